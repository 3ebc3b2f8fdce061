"""Skylines: the worked case of three boxes, brute force by rays, and what must hold of any envelope."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.planning.curvature import lowering
from twin_plugin.core.planning.observers import Observers
from twin_plugin.core.planning.skyline import SkylineScene, SkylineSight, SkylineWalls, covered, look
from twin_plugin.core.planning.skyline_change import breaks, change
from twin_plugin.core.planning.skyline_measures import AzimuthWindow, measure
from twin_plugin.core.planning.skyline_pieces import Eye, runs_of

BOXES = ((40, 100, 60, 120), (-30, 200, -10, 220), (0, 300, 30, 330))


def prisms(shapes, tops, bottoms=0.0, names=None):
    n = len(shapes)
    names = names or [f"b{k}" for k in range(n)]
    return Prisms.of_shapes(shapes, np.zeros(n) + bottoms, np.zeros(n) + tops, np.arange(n), names)


def three(c_m=90.0):
    return prisms([shapely.box(*box) for box in BOXES], [50, 120, c_m], names=["A", "B", "C"])


def at(*places, eye_m=1.6):
    x, y = np.array(places, float).T
    names = tuple(str(k) for k in range(len(x)))
    return Observers(x, y, np.full(len(x), eye_m), np.full(len(x), np.nan), names, names)


def seen(bodies, place=(0, 0), eye_m=1.6, terrain=None, sight=None, future=None):
    return next(look(SkylineScene.of(bodies, future, terrain, sight or SkylineSight()), at(place, eye_m=eye_m), silent))


def rays(shapes, tops, place, eye_m, azimuths_deg, drop=0.0):
    """The greatest elevation of the walls' tops along rays, by intersecting every ray with every wall."""
    best = np.zeros(len(azimuths_deg))
    q = np.radians(azimuths_deg)
    east, north = np.sin(q), np.cos(q)
    for shape, top in zip(shapes, tops, strict=True):
        for ring in [shape.exterior, *shape.interiors]:
            points = np.array(ring.coords)[:, :2] - place
            for (x0, y0), (x1, y1) in pairwise(points):
                dx, dy = x1 - x0, y1 - y0
                with np.errstate(divide="ignore", invalid="ignore"):
                    distance = (x0 * dy - y0 * dx) / (east * dy - north * dx)
                    along = (x0 * north - y0 * east) / (east * dy - north * dx)
                    rise = (top - eye_m - drop * distance**2) / distance
                best = np.where((distance > 0) & (along >= 0) & (along <= 1), np.fmax(best, rise), best)
    return np.degrees(np.arctan(best))


def random_city(seed, count=60):
    dice = np.random.default_rng(seed)
    shapes = []
    while len(shapes) < count:
        x, y = dice.uniform(-300, 300, 2)
        shape = shapely.affinity.rotate(
            shapely.box(x, y, x + dice.uniform(5, 40), y + dice.uniform(5, 40)), dice.uniform(0, 90)
        )
        if dice.random() < 0.3:
            shape = shapely.Polygon(shape.exterior, [shapely.affinity.scale(shape, 0.5, 0.5).exterior.coords[::-1]])
        if shape.distance(shapely.Point(0, 0)) > 3:
            shapes.append(shape)
    return shapes, dice.uniform(1, 120, count)


def test_three_boxes():
    sky = seen(three()).present
    for azimuth, elevation in (
        (352, 30.3805), (355, 30.5299), (0, 16.4185), (5, 16.3594), (6, 0), (19, 21.5013), (20, 22.4819),
        (22, 24.1685), (25, 23.6848), (30, 22.7413), (31, 0),
    ):  # fmt: skip
        assert sky.elevation_deg(np.array([float(azimuth)]))[0] == pytest.approx(elevation, abs=5e-5), azimuth
    owner = SkylineWalls.of(three()).object_of(sky.source)
    bounds = np.degrees(sky.azimuth)
    ends = {(0, 18.4349), (0, 30.9638), (1, 360 - 8.5308), (1, 360 - 2.6026), (2, 5.7106)}
    for number, end in ends:
        touching = np.flatnonzero(np.abs(bounds - end) < 5e-5)
        assert len(touching) == 1
        assert number in (owner[touching[0] - 1], owner[touching[0]])


def test_measures_of_three_boxes():
    found = measure(seen(three()).present, SkylineWalls.of(three()), AzimuthWindow.between(-10, 35))
    assert found.mean_deg == pytest.approx(12.5489, abs=5e-4)
    assert found.deviation_deg == pytest.approx(12.1933, abs=5e-4)
    assert found.maximum_deg == pytest.approx(30.594, abs=5e-4)
    assert found.maximum_at_deg == pytest.approx(np.degrees(np.arctan2(-10, 200)) % 360)
    assert (found.objects, found.changes, found.peaks) == (3, 6, 3)


def test_a_scheme_raises_the_skyline_by_what_the_reference_integrates():
    found = seen(three(), future=three(110.0))
    raised = change(found.present, found.future, AzimuthWindow())
    assert (raised.raised_deg2, raised.lowered_deg2) == (pytest.approx(19.664, abs=5e-4), 0)
    back = change(found.future, found.present, AzimuthWindow.between(-20, 60))
    assert (back.raised_deg2, back.lowered_deg2) == (0, pytest.approx(19.664, abs=5e-4))
    assert back.most_raised_deg == 0
    [broken] = breaks(found.future, found.present, SkylineWalls.of(three(110.0)), AzimuthWindow())
    assert broken.object == 2
    assert broken.area_deg2 == pytest.approx(raised.raised_deg2)
    assert broken.width_deg == pytest.approx(5.7106, abs=5e-5)
    assert broken.most_deg == pytest.approx(np.degrees(np.arctan(108.4 / 300) - np.arctan(88.4 / 300)))
    assert broken.at_deg == 0
    assert broken.ranges_deg == ((0, pytest.approx(5.7106, abs=5e-5)),)


@pytest.mark.parametrize("drop", [0.0, lowering(0.13)])
@pytest.mark.parametrize("seed", range(4))
def test_the_envelope_is_what_rays_find(seed, drop):
    shapes, tops = random_city(seed)
    azimuths = np.arange(0.005, 360, 0.01)
    expected = rays(shapes, tops, (0.0, 0.0), 5.0, azimuths, drop)
    sky = seen(prisms(shapes, tops), eye_m=5.0, sight=SkylineSight(drop)).present
    # With a round Earth a wall is lowered at its ends and straight between them.
    assert np.abs(sky.elevation_deg(azimuths) - expected).max() < (1e-9 if drop == 0 else 2e-5)
    assert (np.diff(sky.azimuth) > 0).all()
    assert (sky.azimuth[0], sky.azimuth[-1]) == (0, 2 * np.pi)


@pytest.mark.parametrize("seed", range(6))
def test_walls_in_line_with_the_eye_and_storeys_on_each_other(seed):
    """Boxes on a grid of 5 m that touch, overlap and stand on each other, seen along their walls."""
    dice = np.random.default_rng(seed)
    shapes, tops = [], []
    for _ in range(30):
        x, y = dice.integers(-12, 12, 2) * 5
        width, depth = dice.integers(1, 4, 2) * 5
        for storeys in range(dice.integers(1, 4)):
            shapes.append(shapely.box(x, y, x + width, y + depth))
            tops.append(3.0 * (storeys + dice.integers(1, 8)))
    place = next(
        (float(x), float(y))
        for x, y in dice.integers(-14, 14, (500, 2)) * 5
        if not covered(at((x, y)), prisms(shapes, np.array(tops))).any()
    )
    azimuths = np.arange(0.005, 360, 0.02)
    sky = seen(prisms(shapes, np.array(tops)), place=place).present
    assert np.abs(sky.elevation_deg(azimuths) - rays(shapes, tops, place, 1.6, azimuths)).max() < 1e-9


def test_order_does_not_matter_and_turning_the_city_turns_the_skyline():
    shapes, tops = random_city(9)
    azimuths = np.arange(0.05, 360, 0.1)
    sky = seen(prisms(shapes, tops)).present
    turned = seen(prisms([shapely.affinity.rotate(s, -40, origin=(0, 0)) for s in shapes], tops)).present
    other = seen(prisms(shapes[::-1], tops[::-1])).present
    assert other.elevation_deg(azimuths) == pytest.approx(sky.elevation_deg(azimuths), abs=1e-9)
    assert turned.elevation_deg(azimuths + 40) == pytest.approx(sky.elevation_deg(azimuths), abs=1e-9)


def test_runs_tile_the_circle_and_their_lines_lie_on_the_tops():
    shapes, tops = random_city(3)
    bodies = prisms(shapes, tops)
    found = seen(bodies)
    runs = list(runs_of(found.present, SkylineWalls.of(bodies), found.horizon_m, Eye(0, 0, 1.6, 0.0), AzimuthWindow()))
    assert sum(run.width_deg for run in runs) == pytest.approx(360)
    for before, after in pairwise(runs):
        assert before.to_deg % 360 == pytest.approx(after.from_deg % 360)
    for run in runs:
        if run.kind == "level":
            assert (run.object, run.most_deg, run.lines) == (-1, 0, [])
            continue
        assert run.top_m == pytest.approx(tops[run.object])
        assert np.degrees(np.arctan((run.top_m - 1.6) / run.distance_m)) == pytest.approx(run.most_deg)
        for line in run.lines:
            assert shapely.distance(shapely.LineString(line[:, :2]), shapes[run.object].boundary) < 1e-6
            assert line[:, 2] == pytest.approx(tops[run.object])


def hill(x, y):
    return np.where(np.abs(y - 500) < 5.1, 60.0, 0.0) + 0 * x


def ground(of, cell=10.0, count=120, west=-600.0, north=600.0):
    x, y = west + cell * (np.arange(count) + 0.5), north - cell * (np.arange(count) + 0.5)
    return Grid(of(*np.meshgrid(x, y)).astype(np.float32), west, north, cell)


def test_the_terrain_is_a_horizon():
    terrain = ground(hill)  # a wall of 60 m from west to east whose centre line is 495 or 505 m north
    found = seen(Prisms.none(), place=(5, 5), terrain=terrain)
    # cells have centres at …, 495, 505, …: both are within 5.1 m of 500, the nearer is 490 m away from y = 5
    for azimuth in (0.0, 20.0, 340.0, 30.0):
        expected = np.degrees(np.arctan(58.4 * np.cos(np.radians(azimuth)) / 490))
        assert found.present.elevation_deg(np.array([azimuth]))[0] == pytest.approx(expected, abs=1e-3)
    assert found.present.elevation_deg(np.array([90.0, 180.0]))[1] == 0
    bent = seen(Prisms.none(), place=(5, 5), terrain=terrain, sight=SkylineSight(lowering(0.13)))
    drop = 490**2 / (2 * 6_371_000) * 0.87
    assert bent.present.elevation_deg(np.zeros(1))[0] == pytest.approx(np.degrees(np.arctan((58.4 - drop) / 490)))
    assert found.horizon_m[0] == pytest.approx(490)


def test_the_terrains_horizon_is_that_of_a_fine_march():
    """Against heights interpolated between four cells every 0.5 m along each ray, on hills."""
    terrain = ground(lambda x, y: 40 * np.sin(x / 83 + 1) * np.cos(y / 97) + 25 * np.sin(x / 31) * np.sin(y / 37))
    eye_m = float(terrain.sample(np.array([5.0]), np.array([5.0]))[0]) + 1.6
    sky = seen(Prisms.none(), place=(5, 5), eye_m=eye_m, terrain=terrain).present
    azimuths = np.arange(0.25, 360, 0.5)  # half-way between the rays
    distance = np.arange(10, 900, 0.5)
    x = 5 + distance * np.sin(np.radians(azimuths))[:, None]
    y = 5 + distance * np.cos(np.radians(azimuths))[:, None]
    column, row = (x + 600) / 10 - 0.5, (600 - y) / 10 - 0.5
    inside = (column >= 0) & (column < 119) & (row >= 0) & (row < 119)
    c, r = (np.clip(np.floor(v), 0, 118).astype(int) for v in (column, row))
    u, v, z = column - c, row - r, terrain.values.astype(float)
    height = (1 - v) * ((1 - u) * z[r, c] + u * z[r, c + 1]) + v * ((1 - u) * z[r + 1, c] + u * z[r + 1, c + 1])
    rise = np.where(inside, (height - eye_m) / distance, 0.0)
    apart = np.abs(sky.elevation_deg(azimuths) - np.degrees(np.arctan(np.maximum(rise.max(axis=1), 0))))
    assert np.median(apart) < 0.02
    assert np.percentile(apart, 95) < 0.2


def test_terrain_hides_low_buildings_and_high_ones_break_the_ridge():
    bodies = prisms([shapely.box(-10, 550, 10, 560), shapely.box(100, 550, 120, 560)], [50, 150])
    found = seen(bodies, place=(5, 5), terrain=ground(hill))
    [broken] = breaks(found.present, found.terrain, SkylineWalls.of(bodies), AzimuthWindow())
    assert broken.object == 1
    kinds = [
        run.kind
        for run in runs_of(found.present, SkylineWalls.of(bodies), found.horizon_m, Eye(5, 5, 1.6, 0), AzimuthWindow())
    ]
    assert kinds.count("building") == 1
    assert kinds.count("terrain") == 2


def test_no_data_hides_nothing():
    terrain = ground(lambda x, y: np.where(x < 0, np.nan, 0.0) + hill(x, y))
    sky = seen(Prisms.none(), place=(5, 5), terrain=terrain).present
    assert sky.elevation_deg(np.array([330.0]))[0] == 0
    assert sky.elevation_deg(np.array([30.0]))[0] > 5


def test_nothing_gives_a_level_horizon_and_all_sky():
    sky = seen(Prisms.none()).present
    assert sky.source.tolist() == [-1]
    found = measure(sky, SkylineWalls.of(Prisms.none()), AzimuthWindow())
    assert (found.mean_deg, found.sky_share, found.sky_view, found.peaks, found.objects) == (0, 1, 1, 0, 0)
    assert found.tortuosity == pytest.approx(1)


def test_a_courtyard_leaves_the_sky_that_its_walls_leave():
    yard = shapely.Point(0, 0).buffer(30, 256).difference(shapely.Point(0, 0).buffer(20, 256))
    bodies = prisms([yard], [21.6])
    found = measure(seen(bodies).present, SkylineWalls.of(bodies), AzimuthWindow())
    assert found.mean_deg == pytest.approx(45, abs=1e-3)  # as high as it is far
    assert found.sky_share == pytest.approx(1 - np.sqrt(0.5), abs=1e-4)
    assert found.sky_view == pytest.approx(0.5, abs=1e-4)


def test_who_stands_at_a_wall_or_below_a_body_is_covered():
    bodies = prisms([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)], [20, 20], [0, 10])
    places = at((0, 5), (5, 5), (25, 5), (15, 5))
    assert covered(places, bodies).tolist() == [True, True, True, False]
    assert not covered(at((5, 5), eye_m=25), bodies).any()


def test_threads_do_not_change_what_is_seen():
    shapes, tops = random_city(5)
    scene = SkylineScene.of(prisms(shapes, tops), None, ground(hill), SkylineSight(lowering(0.13)))
    places = at(*[(k, -k) for k in range(3)], eye_m=130)
    alone, many = (list(look(scene, places, silent, threads)) for threads in (1, 4))
    assert [seen.number for seen in many] == [0, 1, 2]
    for one, two in zip(alone, many, strict=True):
        assert one.present.azimuth.tolist() == two.present.azimuth.tolist()


def test_cancel_and_no_observer():
    scene = SkylineScene.of(three(), None, None, SkylineSight())
    with pytest.raises(Cancelled):
        list(look(scene, at(*[(0, k) for k in range(5)]), lambda fraction, text="": fraction < 0.5))
    with pytest.raises(InputError, match="no observer"):
        list(look(scene, at((0, 0)).keep(np.zeros(1, bool)), silent))
