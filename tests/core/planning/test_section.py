"""Sections through terrain, buildings and bodies below the ground."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.planning.bodies import BodyBuilder, BuriedBody
from twin_plugin.core.planning.section import cut_bodies, cut_prisms, ground_line, joined

LINE = shapely.LineString([(0, 0), (100, 0)])


def pipe(*points, r=0.5):
    builder = BodyBuilder()
    builder.add_tube(np.array(points, float), r, builder.add(BuriedBody("P", "P", "pipe")))
    return builder.build()


def only(bodies, line=LINE):
    (cut,) = cut_bodies(bodies, line)
    return cut.shape


@pytest.mark.parametrize("degrees", [90, 60, 30, 12, 7])
def test_a_pipe_is_an_ellipse_as_wide_as_its_angle_says(degrees):
    angle = np.radians(degrees)
    way = 40 * np.array([np.cos(angle), np.sin(angle)])
    shape = only(pipe((50 - way[0], -way[1], -3), (50 + way[0], way[1], -3)))
    west, low, east, high = shape.bounds
    assert (low, high) == pytest.approx((-3.5, -2.5))
    assert east - west == pytest.approx(1 / np.sin(angle), rel=1e-3)
    assert (east + west) / 2 == pytest.approx(50)
    assert shape.area == pytest.approx(np.pi * 0.25 / np.sin(angle), rel=3e-3)


def test_a_pipe_along_the_line_is_a_strip():
    assert only(pipe((20, 0, -3), (60, 0, -3))).bounds == pytest.approx((20, -3.5, 60, -2.5))
    beside = only(pipe((20, 0.3, -3), (60, 0.3, -3)))
    assert beside.bounds == pytest.approx((20, -3.4, 60, -2.6))
    assert list(cut_bodies(pipe((20, 0.6, -3), (60, 0.6, -3)), LINE)) == []


def test_a_pipe_that_slopes_and_ends_before_the_line_is_cut_short():
    ends_at = only(pipe((50, -20, -3), (50, -0.0, -3)))
    assert ends_at.bounds == pytest.approx((49.5, -3.5, 50.5, -2.5), abs=1e-3)
    assert list(cut_bodies(pipe((50, -20, -3), (50, -0.1, -3)), LINE)) == []
    sloping = only(pipe((50, -10, -8), (50, 10, 2)))
    assert sloping.bounds[3] - sloping.bounds[1] == pytest.approx(np.hypot(1, 0.5), rel=1e-3)


def test_sections_equal_the_points_that_lie_in_the_tube():
    random = np.random.default_rng(5)
    for _ in range(20):
        start, end = random.uniform((20, -8, -9), (80, 8, -3), (2, 3))
        found = shapely.union_all([cut.shape for cut in cut_bodies(pipe(start, end, r=1.5), LINE)])
        points = random.uniform((0, -12), (100, 0), (4000, 2))
        place = np.column_stack([points[:, 0], np.zeros(len(points)), points[:, 1]])
        along = (place - start) @ (end - start) / np.linalg.norm(end - start)
        way = (end - start) / np.linalg.norm(end - start)
        away = np.linalg.norm(place - start - along[:, None] * way, axis=1)
        inside = (away < 1.5) & (along > 0) & (along < np.linalg.norm(end - start))
        close = np.abs(away - 1.5) < 0.03
        close |= np.minimum(np.abs(along), np.abs(along - np.linalg.norm(end - start))) < 0.03
        same = shapely.contains_xy(found, points[:, 0], points[:, 1]) == inside
        assert (same | close).all()


def test_tunnels_with_a_rectangular_section():
    builder = BodyBuilder()
    builder.add_box(
        np.array([(50, -30, -12), (50, 30, -6)], float), 8, 2, 5, builder.add(BuriedBody("T", "T", "tunnel"))
    )
    builder.add_box(np.array([(10, 0, -12), (40, 0, -9)], float), 8, 2, 5, builder.add(BuriedBody("U", "U", "tunnel")))
    cuts = {cut.owner: cut.shape for cut in cut_bodies(builder.build(), LINE)}
    assert cuts[0].bounds == pytest.approx((46, -11, 54, -4))
    assert shapely.equals(
        shapely.set_precision(cuts[1], 1e-6), shapely.Polygon([(10, -14), (40, -11), (40, -4), (10, -7)])
    )


def test_buildings_and_storeys_along_a_line_with_a_corner():
    line = shapely.LineString([(0, 0), (50, 0), (50, 50)])
    shapes = [shapely.box(20, -5, 30, 5), shapely.box(45, -5, 55, 20), shapely.box(0, 30, 10, 40)]
    prisms = Prisms.of_shapes(shapes, [0, 3, 0], [3, 6, 9], [0, 1, 2], ["a", "b", "c"])
    cuts = joined(list(cut_prisms(prisms, line)))
    assert [(cut.owner, cut.shape.bounds) for cut in cuts] == [(0, (20, 0, 30, 3)), (1, (45, 3, 70, 6))]


def test_the_ground_stops_where_there_is_no_data():
    values = np.tile(np.arange(100.0), (4, 1))
    values[:, 40:50] = np.nan
    stretches = ground_line(Grid(values, 0.1, 2, 1.0), LINE)
    assert [float(s[k, 0]) for s in stretches for k in (0, -1)] == pytest.approx([0.5, 40, 50.5, 100])
    assert stretches[0][:, 1] == pytest.approx(np.floor(stretches[0][:, 0] - 0.1))


def test_cancel_and_nothing():
    assert list(cut_bodies(BodyBuilder().build(), LINE)) == []
    assert list(cut_prisms(Prisms.none(), LINE)) == []
    with pytest.raises(Cancelled):
        list(cut_bodies(pipe((20, 0, -3), (60, 0, -3)), LINE, lambda *_: False))
