"""View corridors: the worked line of sight, the ceiling on a round Earth, buildings, terrain, its classes."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.planning.corridor import (
    CONE,
    STRIP,
    CorridorForm,
    ceiling,
    cells_within,
    corridor,
    is_target,
    note_of_targets,
    standing_in,
    terrain_in,
    zones,
)
from twin_plugin.core.planning.curvature import lowering

TEXTS = ("V/T", "V to T", "V", "T")


def view(eye=(0.0, 0.0, 11.6), landmark=None, target_m=80.0, kind=STRIP, width_m=40.0, bend=0.0):
    return corridor(TEXTS, eye, landmark or shapely.Point(1000, 0), target_m, CorridorForm(kind, width_m, bend))


def standing(seen, shapes, tops):
    count = len(shapes)
    names = [f"b{k}" for k in range(count)]
    bodies = Prisms.of_shapes(shapes, np.zeros(count), np.asarray(tops, float), np.arange(count), names)
    return standing_in(seen, bodies, shapely.STRtree(bodies.outlines)), bodies


def test_the_worked_line_of_sight():
    assert view().allowed_m(np.array([250.0, 400.0, 900.0])) == pytest.approx([28.70, 38.96, 73.16])
    lowered = view().allowed_m(np.array([400.0])) - view(bend=lowering(0.13)).allowed_m(np.array([400.0]))
    assert lowered[0] == pytest.approx(0.0164, abs=5e-5)
    turned = view(eye=(100.0, 900.0, 11.6), landmark=shapely.Point(700, 100))  # 1000 m too
    assert turned.allowed_m(turned.along(np.array([400.0]), np.array([500.0]))) == pytest.approx([45.8])


def test_buildings_exceed_by_their_top_above_the_lowest_ceiling_over_them():
    shapes = [shapely.box(240, -10, 260, 10), shapely.box(400, 15, 420, 60), shapely.box(500, 25, 520, 60)]
    found, _ = standing(view(), shapes, [30.0, 38.0, 200.0])
    assert [item.object for item in found] == [0, 1]
    assert found[0].allowed_m == pytest.approx(11.6 + 68.4 * 0.24)
    assert found[0].exceed_m == pytest.approx(30 - 28.016)
    assert found[0].along_m == pytest.approx(240)
    assert not found[1].exceeds
    assert found[1].exceed_m == pytest.approx(38 - 38.96)
    assert found[1].part.bounds == pytest.approx((400, 15, 420, 20))
    # looking down, the far side of a building is what counts
    found, _ = standing(view(eye=(0.0, 0.0, 80.0), target_m=11.6), shapes[:1], [63.0])
    assert found[0].allowed_m == pytest.approx(80 - 68.4 * 0.26)


def test_the_worst_body_of_a_building_decides():
    shapes = [shapely.box(240, -10, 260, 10), shapely.box(250, -5, 255, 5)]
    bodies = Prisms.of_shapes(shapes, np.zeros(2), np.array([15.0, 60.0]), np.zeros(2, int), ["podium and tower"])
    [found] = standing_in(view(), bodies, shapely.STRtree(bodies.outlines))
    assert (found.top_m, found.along_m) == (60, 250)
    assert shapely.area(found.part) == pytest.approx(400)


@pytest.mark.parametrize("bend", [0.0, lowering(0.13), 1e-4])
@pytest.mark.parametrize("target_m", [80.0, 12.0, -30.0])
def test_the_lowest_ceiling_is_that_of_all_places(bend, target_m):
    seen = view(target_m=target_m, bend=bend)
    along = np.linspace(123.0, 789.0, 20001)
    lowest, at = seen.lowest_allowed(np.float64(123.0), np.float64(789.0))
    assert lowest == pytest.approx(seen.allowed_m(along).min(), abs=1e-6)
    assert seen.allowed_m(np.array([at]))[0] == pytest.approx(lowest)


def test_the_target_and_the_building_of_the_eye_do_not_stand_in_the_way():
    shapes = [shapely.box(990, -20, 1010, 20), shapely.box(-5, -5, 5, 5), shapely.box(500, -5, 510, 5)]
    found, bodies = standing(view(), shapes, [200.0, 20.0, 100.0])
    assert is_target(view(), bodies).tolist() == [True, True, False]
    assert [item.object for item in found] == [2]
    assert note_of_targets([view()], bodies)[0].values["n"] == 2
    assert note_of_targets([view(target_m=90)], bodies.keep(np.array([False, False, True]))) == []


def test_a_cone_opens_to_the_landmark_and_ends_at_its_near_side():
    landmark = shapely.box(990, -50, 1010, 50)
    seen = view(landmark=landmark, kind=CONE)
    assert (seen.x1, seen.y1, seen.length_m) == (990, 0, 990)
    assert seen.allowed_m(np.array([990.0]))[0] == 80
    assert shapely.area(seen.area) == pytest.approx(990 * 100 / 2)
    assert not shapely.overlaps(seen.area, landmark)
    point = view(kind=CONE, width_m=100.0)
    assert shapely.area(point.area) == pytest.approx(1000 * 100 / 2)
    strip = view(landmark=landmark, width_m=30.0)
    assert strip.area.bounds == pytest.approx((0, -15, 990, 15))


def test_an_eye_at_its_target():
    with pytest.raises(InputError, match="has its eye at its target"):
        view(landmark=shapely.Point(0.2, 0))
    with pytest.raises(InputError, match="has its eye at its target"):
        view(landmark=shapely.box(-5, -5, 5, 5))


def grid(values, cell=10.0, west=-100.0, north=200.0):
    return Grid(np.asarray(values, np.float32), west, north, cell)


def test_terrain_above_the_ceiling():
    heights = np.zeros((40, 120))
    heights[20, 60] = 60.0  # centre at x 505, y -5
    heights[20, 30] = np.nan
    heights[0, 60] = 500.0  # beside the corridor
    heights[20, 109] = 500.0  # within a cell of the target
    found = terrain_in(view(), grid(heights), silent)
    assert found.exceed_m == pytest.approx(60 - (11.6 + 68.4 * 0.505))
    assert found.along_m == pytest.approx(505)
    assert (found.cells, found.unknown) == (4 * 98, 1)
    assert np.isnan(terrain_in(view(), grid(np.full((40, 120), np.nan)), silent).exceed_m)
    with pytest.raises(Cancelled):
        terrain_in(view(), grid(heights), lambda fraction, text="": False)


def test_cells_within_are_those_whose_centres_lie_in_the_polygon():
    place, dice = grid(np.zeros((50, 60)), cell=7.0), np.random.default_rng(4)
    holed = shapely.box(-90, -100, 300, 150).difference(shapely.Point(60, 20).buffer(50))
    star = shapely.Polygon([(-200, 0), (50, 60), (100, 300), (120, 40), (500, 20), (90, -10), (60, -300), (40, 10)])
    turned = [shapely.affinity.rotate(shapely.box(-20, -300, 15, 300), angle) for angle in dice.uniform(0, 180, 8)]
    x, y = (axis.ravel() for axis in np.meshgrid(*place.cells.axes()))
    for area in (holed, star, *turned, shapely.box(1000, 0, 1100, 5), shapely.box(0, 0, 1, 1)):
        found = np.zeros((50, 60), bool)
        for rows, columns, at_x, at_y in cells_within(area, place, silent):
            assert not found[rows, columns].any()
            found[rows, columns] = True
            assert shapely.contains_xy(area, at_x, at_y).all()
        assert (found.ravel() == shapely.contains_xy(area, x, y)).all()


def test_the_ceiling_is_the_lowest_of_all_corridors():
    one, two = view(), view(eye=(0.0, 0.0, 50.0), landmark=shapely.Point(0, 150), target_m=10.0, width_m=60)
    found = ceiling([one, two], grid(np.zeros((40, 120))), silent)
    row, column = 19, 60  # y 5, x 505: only the first
    assert found.values[row, column] == pytest.approx(11.6 + 68.4 * 0.505, abs=1e-4)
    row, column = 18, 11  # y 15, x 15: both
    assert found.values[row, column] == pytest.approx(11.6 + 68.4 * 0.015, abs=1e-4)
    assert np.isnan(found.values[0, 60])
    inside = np.isfinite(found.values)
    assert inside.sum() == 4 * 100 + 6 * 15 - 2 * 3  # two strips that share 2 rows and 3 columns


def test_classes_of_the_ceiling_tile_the_corridor():
    for seen in (view(), view(kind=CONE, landmark=shapely.box(990, -50, 1010, 50)), view(target_m=-20.0)):
        found = list(zones(seen, 10.0))
        assert sum(shapely.area(part) for part, _, _ in found) == pytest.approx(shapely.area(seen.area))
        for part, low, high in found:
            points = shapely.get_coordinates(part)
            allowed = seen.allowed_m(np.clip(seen.along(points[:, 0], points[:, 1]), 0, seen.length_m))
            assert allowed.min() > low - 0.1
            assert allowed.max() < high + 0.1
    assert [(low, high) for _, low, high in zones(view(), 20.0)] == [(0, 20), (20, 40), (40, 60), (60, 80)]
