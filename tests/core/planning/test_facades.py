"""How much of a landmark's facade an eye sees: hand computations, and random scenes against shapely."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.core.planning.viewing import eyes, scene
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.planning.facades import look_at, make_facades
from twin_plugin.core.planning.viewshed import Sight
from twin_plugin.core.planning.visibility import GROUND, see_facades

FLAT_EARTH = Sight(refraction=1.0)
SEEN, TERRAIN, AWAY = -1, -2, -3


def bodies(*rows):
    """Prisms of (shape, bottom, top), an object each."""
    shapes, bottom, top = zip(*rows, strict=True)
    ids = [f"b{n}" for n in range(len(rows))]
    return Prisms.of_shapes(list(shapes), np.array(bottom, float), np.array(top, float), np.arange(len(rows)), ids)


LANDMARK = (shapely.box(-10, 100, 10, 120), 0, 30)
BEFORE_IT = (shapely.box(-10, 50, 0, 60), 0, 20)


def seen(prisms, place, sight=FLAT_EARTH, ground=None, panel_m=1.0):
    facades = make_facades(prisms, np.array([0]), ground, panel_m)
    hidden = next(look_at(facades, prisms, ground, eyes(place), sight))
    return facades, hidden, facades.area_m2[hidden == SEEN].sum()


def test_half_a_facade_behind_a_box():
    """From 1.6 m the box of 20 m at 50 m hides up to 38.4 m at 100 m: all of the western half."""
    facades, hidden, area = seen(bodies(LANDMARK, BEFORE_IT), (0, 0, 1.6))
    assert facades.areas(1).tolist() == [pytest.approx(2400)]
    assert area == pytest.approx(300)
    assert facades.area_m2[hidden == 1].sum() == pytest.approx(300)
    assert facades.area_m2[hidden == AWAY].sum() == pytest.approx(1800)


def test_a_lower_box_hides_the_foot():
    """A wall of 6.6 m at 50 m hides up to 1.6 + 5 * 100 / 50 = 11.6 m at 100 m."""
    wall = shapely.box(-50, 50, 50, 50.001), 0, 6.6
    _, _, area = seen(bodies(LANDMARK, wall), (0, 0, 1.6), panel_m=0.1)
    assert area == pytest.approx(20 * (30 - 11.6), abs=20 * 0.1)


def test_storeys_show_as_much_as_the_whole():
    storeys = [(LANDMARK[0], 3 * n, 3 * n + 3) for n in range(10)]
    shapes, bottom, top = zip(*storeys, BEFORE_IT, strict=True)
    owner = np.r_[np.zeros(10, int), 1]
    prisms = Prisms.of_shapes(list(shapes), np.array(bottom, float), np.array(top, float), owner, ["a", "b"])
    facades, _, area = seen(prisms, (0, 0, 1.6))
    assert facades.areas(1).tolist() == [pytest.approx(2400)]
    assert area == pytest.approx(300)


def test_a_raised_body_hides_a_band_and_a_line_through_roof_and_floor():
    bridge = shapely.box(-50, 50, 50, 60), 10, 12
    facades, hidden, _ = seen(bodies(LANDMARK, bridge), (0, 0, 1.6), panel_m=0.5)
    south = hidden != AWAY
    # Its underside at the near edge, and its roof at the far edge, thrown 100 m away: 1.6 + 8.4 * 2, 1.6 + 10.4 / .5.
    taken = facades.z_m[south & (hidden == 1)]
    assert taken.min() == pytest.approx(1.6 + 8.4 * 100 / 60, abs=0.5)
    assert taken.max() == pytest.approx(1.6 + 10.4 * 100 / 50, abs=0.5)
    # From above, the line enters the slab by its roof and leaves it by its floor, without a wall.
    _, hidden, _ = seen(bodies(LANDMARK, (shapely.box(-500, 20, 500, 90), 39, 40)), (0, 0, 80.0))
    assert set(hidden[hidden != AWAY]) == {1}


def test_what_lies_below_ground_or_against_a_neighbour_is_no_facade():
    surface = scene(np.full((200, 200), 10.0))
    block = shapely.box(100, 100, 120, 120)
    prisms = bodies((block, 0, 30), (shapely.box(120, 100, 140, 120), 0, 20))
    facades = make_facades(prisms, np.array([0]), surface.ground, 1.0)
    assert facades.areas(1).tolist() == [pytest.approx(80 * 20 - 20 * 10)]  # the neighbour covers 10 m above ground
    assert facades.z_m.min() > 10


def test_a_ridge_of_the_terrain_hides_the_foot():
    """A ridge of 11.6 m at 50 m hides up to 1.6 + 10 * 2 = 21.6 m at 100 m."""
    ground = np.zeros((200, 200))
    ground[150, :] = 11.6  # its centres lie at y = 49.5, 50 m before the eye at y = -0.5
    surface = scene(ground)
    prisms = bodies((shapely.box(90, 99.5, 110, 120), 0, 30))
    facades, hidden, area = seen(prisms, (100, -0.5, 1.6), ground=surface.ground, panel_m=0.1)
    assert area == pytest.approx(20 * (30 - 21.6), abs=20 * 0.15)
    assert facades.area_m2[hidden == TERRAIN].sum() == pytest.approx(20 * 21.6, abs=20 * 0.15)


def test_curvature_lowers_a_far_tower():
    """At 20 km the earth falls 20000² / 2R * .87 = 27.3 m below an eye at sea level: of 100 m, 72.7 m show."""
    prisms = bodies((shapely.box(-10, 20_000, 10, 20_010), 0, 100), (shapely.box(-500, 10, 500, 11), -10, 1e-6))
    _, _, area = seen(prisms, (0, 0, 0.0), Sight())
    assert area == pytest.approx(20 * (100 - 20_000**2 / 2 / 6_371_000 * 0.87), abs=30)


def test_reach_and_field_of_view():
    prisms = bodies(LANDMARK)
    for sight, whole in (
        (Sight(reach_m=90, refraction=1), 0),
        (Sight(azimuth_deg=0, width_deg=20, refraction=1), 600),
        (Sight(azimuth_deg=180, width_deg=90, refraction=1), 0),
        (Sight(azimuth_deg=350, width_deg=20, refraction=1), 300),
        (Sight(highest_deg=0, refraction=1), 20 * 2),
    ):
        _, _, area = seen(prisms, (0, 0, 1.6), sight)
        assert area == pytest.approx(whole, abs=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_random_scenes_against_shapely(seed):
    random = np.random.default_rng(seed)
    rows = [(shapely.box(480, 480, 520, 530), 0, 80)]
    while len(rows) < 60:
        x, y, size, turn = *random.uniform(0, 1000, 2), random.uniform(5, 40), random.uniform(0, 90)
        shape = shapely.affinity.rotate(shapely.box(x, y, x + size, y + 0.6 * size), turn)
        if random.random() < 0.3:
            shape = shape.difference(shapely.Point(shape.centroid).buffer(size / 5))
        if not shape.intersects(rows[0][0].buffer(5)):
            rows.append((shape, random.choice([0, 0, 15]), random.uniform(16, 70)))
    prisms = bodies(*rows)
    eye = (50.0, 20.0, 30.0)
    while shapely.intersects(shapely.union_all(prisms.outlines), shapely.Point(eye[:2])):
        eye = (eye[0] - 7.0, eye[1], eye[2])
    facades, hidden, _ = seen(prisms, eye, panel_m=8.0)
    column = np.repeat(np.arange(len(facades.columns)), np.diff(facades.first))
    for n in np.flatnonzero(hidden != AWAY):
        x, y = facades.columns[column[n], :2]
        assert (hidden[n] >= 0) == _hidden(prisms, eye, (x, y, facades.z_m[n]))


def _hidden(prisms, eye, point):
    """Whether a body holds a part of the line, by shapely's intersection in plan."""
    line = shapely.LineString([eye[:2], point[:2]])
    for outline, bottom, top in zip(prisms.outlines, prisms.bottom_m, prisms.top_m, strict=True):
        for piece in shapely.get_parts(shapely.intersection(line, outline)):
            if shapely.length(piece) > 1e-9:
                ends = [line.project(shapely.Point(place), normalized=True) for place in piece.coords]
                z = [eye[2] + t * (point[2] - eye[2]) for t in (min(ends), max(ends))]
                if min(z) < top and max(z) > bottom:
                    return True
    return False


def test_a_scheme_takes_the_view():
    surface = scene(np.zeros((250, 250)))
    move = {"xoff": 125, "yoff": 50}
    landmark, there, planned = (
        shapely.affinity.translate(shape, **move) for shape in (LANDMARK[0], BEFORE_IT[0], shapely.box(0, 50, 10, 60))
    )
    before = bodies((landmark, 0, 30), (there, 0, 20))
    after = bodies((landmark, 0, 30), (there, 0, 20), (planned, 0, 40))
    facades = make_facades(before, np.array([0]), surface.ground, 1.0)
    near, beside = see_facades(
        facades, 1, after, before, surface.ground, eyes((125, 50, 1.6), (20, 125, 1.6)), FLAT_EARTH
    )
    assert (near.before_m2, near.seen_m2) == (pytest.approx(300), 0)
    assert near.taken_m2 == {2: pytest.approx(300)}
    assert near.hidden_m2 == {1: pytest.approx(300), 2: pytest.approx(300)}
    assert near.before_share == pytest.approx(300 / 2400)
    assert beside.seen_m2 == beside.before_m2
    assert not beside.taken_m2
    assert GROUND not in near.hidden_m2


def test_a_landmark_without_walls_and_nobody_to_look():
    prisms = bodies(LANDMARK)
    facades = make_facades(prisms, np.zeros(0, np.int64), None, 1.0)
    assert len(facades) == 0
    assert [len(hidden) for hidden in look_at(facades, prisms, None, eyes((0, 0, 1.6)), FLAT_EARTH)] == [0]
