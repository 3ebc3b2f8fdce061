"""Sunlight at windows: the worked examples of a box before a window, and rays tested one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from tests.core.planning.sunlight_cases import GREAT_COLD, RULES, SHENZHEN, box_before, window
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.sun_position import SunDay
from twin_plugin.core.planning.sun_points import SunPoints
from twin_plugin.core.planning.sun_rules import hours_text
from twin_plugin.core.planning.sunlight import find_sunlight

WINTER = SunDay(date(2001, 12, 21), 22.55, 114.06, declination_deg=-23.44)


def spells(height_m, sun=SHENZHEN, rule=GREAT_COLD):
    light = find_sunlight(window(), box_before(height_m), sun, rule)
    return light, (light.to_h - light.from_h) * 60


def test_the_box_of_21_m():
    light, minutes = spells(21)
    times = [f"{hours_text(a)}-{hours_text(b)}" for a, b in zip(light.from_h, light.to_h, strict=True)]
    assert times == ["08:00:00-09:59:18", "10:13:28-13:46:32", "14:00:42-16:00:00"]
    assert minutes == pytest.approx([119.30, 213.07, 119.30], abs=0.01)
    assert light.lit_h()[0] * 60 == pytest.approx(451.66, abs=0.01)
    assert light.longest_h()[0] * 60 == pytest.approx(213.07, abs=0.01)
    assert light.counted_h(replace(GREAT_COLD, spells=1))[0] * 60 == pytest.approx(213.07, abs=0.01)
    assert light.counted_h(replace(GREAT_COLD, spells=2))[0] * 60 == pytest.approx(332.37, abs=0.01)
    assert light.taken_h * 60 == pytest.approx([480 - 451.66], abs=0.01)
    assert light.alone_h == pytest.approx(light.taken_h)


@pytest.mark.parametrize(
    ("height_m", "middle"), [(22, 130.83), (22.57, 18.44), (22.575, 13.81), (22.58, 6.43)]
)  # fmt: skip
def test_the_spell_at_noon_over_higher_boxes(height_m, middle):
    _light, minutes = spells(height_m)
    assert minutes == pytest.approx([119.295, middle, 119.295], abs=0.01)


def test_boxes_that_take_nothing_and_all():
    assert spells(20)[1] == pytest.approx([480])
    for height_m in (24, 30, 300):
        assert spells(height_m)[1].sum() == pytest.approx(238.59, abs=0.01)


@pytest.mark.parametrize(("height_m", "cumulative"), [(19, 405.48), (20, 298.26), (21, 217.43)])
def test_boxes_at_the_winter_solstice(height_m, cumulative):
    assert spells(height_m, WINTER)[1].sum() == pytest.approx(cumulative, abs=0.01)


@pytest.mark.parametrize(("least_min", "counts"), [(5, True), (10, True), (13.8, True), (13.82, False), (15, False)])
def test_a_spell_counts_from_the_shortest_on(least_min, counts):
    light, _minutes = spells(22.575)
    hours = light.counted_h(replace(GREAT_COLD, least_min=least_min))[0]
    assert hours * 60 == pytest.approx(252.40 if counts else 238.59, abs=0.01)


def test_a_spell_of_exactly_the_shortest_counts():
    """With nothing around, the band is the spell."""
    light = find_sunlight(window(), Prisms.none(), SHENZHEN, replace(GREAT_COLD, start_h=11.9, end_h=12.1))
    assert light.counted_h(replace(GREAT_COLD, least_min=12))[0] == pytest.approx(0.2)
    assert light.counted_h(replace(GREAT_COLD, least_min=12.001))[0] == 0
    assert replace(GREAT_COLD, hours=0.2).passed(light.lit_h()).all()
    assert not replace(GREAT_COLD, hours=0.2001).passed(light.lit_h()).any()


def test_afternoon_mirrors_morning():
    boxes = [shapely.box(-30, -40, -12, -15), shapely.box(12, -40, 30, -15)]
    west, east = (
        find_sunlight(window(), Prisms.of_shapes([box], [0], [18], [0], ["b"]), SHENZHEN, GREAT_COLD) for box in boxes
    )
    assert 24 - east.to_h[::-1] == pytest.approx(west.from_h, abs=1e-9)
    assert 24 - east.from_h[::-1] == pytest.approx(west.to_h, abs=1e-9)
    assert 0 < west.lit_h()[0] < 8


def test_ray_and_wall():
    """A wall to the east sees the sun until noon; with an angle asked for, less."""
    east = window(facing_deg=90.0)
    assert find_sunlight(east, Prisms.none(), SHENZHEN, GREAT_COLD).to_h.tolist() == pytest.approx([12.0])
    light = find_sunlight(east, Prisms.none(), SHENZHEN, replace(GREAT_COLD, wall_angle_deg=12))
    assert SHENZHEN.at(light.to_h).azimuth_deg == pytest.approx([168.0], abs=1e-6)
    turned = replace(SHENZHEN, map_north_deg=3.0)
    light = find_sunlight(east, Prisms.none(), turned, GREAT_COLD)
    assert turned.at(light.to_h).azimuth_deg == pytest.approx([180.0], abs=1e-6)
    north = find_sunlight(window(facing_deg=0.0), Prisms.none(), SHENZHEN, GREAT_COLD)
    assert north.possible_h.tolist() == [0.0]
    assert len(north.point) == 0


def test_whole_windows_need_the_sun_at_both_ends():
    """A wall that ends before the middle of the window takes as much from the whole window as from its worse end."""
    wall = Prisms.of_shapes([shapely.box(0, -30, 300, -2)], [0], [60], [0], ["b"])
    rule = replace(GREAT_COLD, whole_window=True)
    both = find_sunlight(window(width_m=2.0), wall, SHENZHEN, rule)
    east, west = (find_sunlight(window(x=x), wall, SHENZHEN, GREAT_COLD) for x in (1.0, -1.0))
    assert both.from_h == pytest.approx(east.from_h)
    assert both.lit_h()[0] == pytest.approx(min(east.lit_h()[0], west.lit_h()[0]))
    assert both.taken_h == pytest.approx(east.taken_h)
    assert find_sunlight(window(width_m=2.0), wall, SHENZHEN, GREAT_COLD).lit_h()[0] > both.lit_h()[0]


def test_who_takes_it():
    """Of two boxes in a row each takes nothing alone while the other one is there too; their order does not matter."""
    boxes = [shapely.box(-15, -30, 15, -20), shapely.box(-15, -50, 15, -40), shapely.box(40, -30, 60, -10)]
    prisms = Prisms.of_shapes(boxes, np.zeros(3), np.array([24.0, 70.0, 30.0]), np.arange(3), ["near", "far", "side"])
    light = find_sunlight(window(), prisms, SHENZHEN, GREAT_COLD)
    taken = dict(zip(light.taken_object.tolist(), zip(light.taken_h, light.alone_h, strict=True), strict=True))
    assert taken[0][0] > taken[1][0] > 1
    assert taken[1][1] == pytest.approx(0, abs=1e-6)
    without = find_sunlight(window(), prisms.keep(np.array([False, True, True])), SHENZHEN, GREAT_COLD)
    assert without.lit_h()[0] - light.lit_h()[0] == pytest.approx(taken[0][1])
    without = find_sunlight(window(), prisms.keep(np.array([True, True, False])), SHENZHEN, GREAT_COLD)
    assert without.lit_h()[0] - light.lit_h()[0] == pytest.approx(taken[2][1])
    assert light.possible_h[0] - light.lit_h()[0] <= light.taken_h.sum()


def test_a_bridge_takes_only_what_it_covers():
    """Under a body that hangs in the air the low sun shines through, also where only its underside is met."""
    rule = replace(GREAT_COLD, start_h=8, end_h=12)
    ceiling = Prisms.of_shapes([shapely.box(-100, -100, 100, -10)], [10.9], [300], [0], ["b"])
    light = find_sunlight(window(), ceiling, SHENZHEN, rule)
    high = SHENZHEN.at(light.to_h)  # the last ray passes below the edge, 10 m above the point
    assert 10 / np.tan(np.radians(high.altitude_deg)) == pytest.approx(
        100 / np.cos(np.radians(180 - high.azimuth_deg)), rel=1e-6
    ) or 10 / np.tan(np.radians(high.altitude_deg)) * np.sin(np.radians(high.azimuth_deg)) == pytest.approx(100)


def test_a_window_that_is_built_over_is_dark():
    """What stands over a window takes all, and no sun comes out of it."""
    prisms = Prisms.of_shapes(
        [shapely.box(-5, -5, 5, 5), shapely.box(-15, -30, 15, -20)], [0, 0], [9, 21], [0, 1], ["over", "before"]
    )
    light = find_sunlight(window(), prisms, SHENZHEN, GREAT_COLD)
    assert light.lit_h().tolist() == [0]
    assert light.taken_object.tolist() == [0]
    assert light.taken_h == pytest.approx([8])
    above = replace_height(window(), 10.0)
    assert find_sunlight(above, prisms, SHENZHEN, GREAT_COLD).lit_h() == pytest.approx([8])


def test_a_grazing_corner_does_not_part_a_spell():
    """A tower that only touches the ray at one moment takes nothing."""
    needle = Prisms.of_shapes([shapely.Polygon([(0, -10), (1e-7, -10.1), (-1e-7, -10.1)])], [0], [90], [0], ["b"])
    light = find_sunlight(window(), needle, SHENZHEN, GREAT_COLD)
    assert light.lit_h()[0] == pytest.approx(8)
    assert light.longest_h()[0] > 3.99


def test_a_later_look_gives_the_same():
    """The times are lit, and between them something stands before the sun."""
    light, _minutes = spells(21)
    assert [bool(light.lit_at(hour)[0]) for hour in (9.9, 10.1, 12.0, 13.9, 15.0)] == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("latitude", "north", "day"),
    [
        (22.55, 0.7, date(2001, 1, 20)),
        (-33, 0, date(2001, 6, 21)),
        (5, 0, date(2001, 3, 25)),
        (60, -2, date(2001, 6, 1)),
    ],
)
def test_rays_one_by_one(latitude, north, day):
    """In random cities, with holes and hanging bodies, the kernel sees what single rays see."""
    random = np.random.default_rng(int(abs(latitude)))
    prisms = _city(random, 20)
    count = 16
    facing = np.r_[np.full(4, np.nan), random.uniform(0, 360, count - 4)]
    x, y = random.uniform(-60, 60, (2, count))
    nothing = np.zeros(count)
    names = tuple(map(str, range(count)))
    points = SunPoints(x, y, random.uniform(0.5, 10, count), facing, nothing, np.zeros(count, int), names, names)
    sun, rule = SunDay(day, latitude, 114.0, north), replace(GREAT_COLD, wall_angle_deg=12)
    light = find_sunlight(points, prisms, sun, rule, 2)
    path = sun.midpoints(*rule.band(sun), 4.0)
    seen = np.array([light.lit_at(hour) for hour in path.tst_h])
    wrong = 0
    for point in range(count):
        shapes, low, high = prisms.outlines, prisms.bottom_m - points.z[point], prisms.top_m - points.z[point]
        if (shapely.contains_xy(shapes, x[point], y[point]) & (low <= 0) & (high > 0)).any():
            continue
        off = np.abs((path.azimuth_deg - facing[point] + 180) % 360 - 180)
        before = np.isnan(off) | (off <= 78)
        blocked = np.array([_blocks(x[point], y[point], shapes, low, high, *at) for at in _rays(path)])
        of = np.stack([blocked[:, prisms.owner == who].any(1) for who in range(prisms.objects)], 1) & before[:, None]
        wrong += (seen[:, point] != (before & ~of.any(1))).sum()
        mine = light.taken_point == point
        taken, alone = np.zeros((2, prisms.objects))
        taken[light.taken_object[mine]], alone[light.taken_object[mine]] = light.taken_h[mine], light.alone_h[mine]
        assert np.abs(taken - of.sum(0) * path.step_h).max() < 0.15
        assert np.abs(alone - (of & (of.sum(1) == 1)[:, None]).sum(0) * path.step_h).max() < 0.15
    assert wrong <= 2  # of some 1,900: a ray along a wall may be on either side of it
    assert seen.any()


def replace_height(points, height_m):
    return replace(points, z=np.array([height_m]))


def _city(random, count):
    shapes = []
    for _ in range(count):
        angle = np.sort(random.random(7) * 2 * np.pi)
        reach, (x, y) = 25 * (0.4 + 0.6 * random.random(7)), random.uniform(-60, 60, 2)
        shape = shapely.make_valid(shapely.Polygon(np.c_[x + reach * np.cos(angle), y + reach * np.sin(angle)]))
        shapes.append(shape.difference(shapely.Point(x, y).buffer(6, quad_segs=2)))
    bottom = np.where(random.random(count) < 0.5, 0, random.uniform(1, 20, count))
    top = bottom + random.uniform(3, 40, count)
    return Prisms.of_shapes(shapes, bottom, top, np.arange(count) // 2, [str(n) for n in range(count // 2)])


def _rays(path):
    return zip(np.tan(np.radians(path.altitude_deg)), np.radians(path.azimuth_deg), strict=True)


def _blocks(x, y, shapes, low, high, tangent, bearing):
    """Which bodies a ray meets: between the heights of a body it lies over a piece of a line on the map."""
    start, end = np.maximum(low, 0) / tangent, np.maximum(high, 0) / tangent
    ends = [(x + far * np.sin(bearing), y + far * np.cos(bearing)) for far in (start, end)]
    lines = shapely.linestrings(np.array(ends).transpose(2, 0, 1))
    return shapely.intersects(lines, shapes) & (high > 0)


def test_nothing_in_nothing_out_and_cancel():
    none = window().keep(np.array([False]))
    light = find_sunlight(none, box_before(21), SHENZHEN, GREAT_COLD)
    assert (len(light.point), len(light.lit_h()), len(light.counted_h(GREAT_COLD))) == (0, 0, 0)
    with pytest.raises(Cancelled):
        find_sunlight(window(), box_before(21), SHENZHEN, GREAT_COLD, progress=lambda fraction, text="": False)


def test_no_sun_during_the_band():
    with pytest.raises(InputError, match=r"2001-12-21 the sun stays below 0° .*latitude 75"):
        find_sunlight(window(), Prisms.none(), SunDay(date(2001, 12, 21), 75.0, 20.0), RULES["solstice_1h"])
    sun = SunDay(date(2001, 1, 20), 60.0, 20.0)
    start, end = RULES["great_cold_2h"].band(sun)
    assert sun.at(np.array([start, end])).altitude_deg == pytest.approx([0, 0], abs=1e-6)
    assert "only from" in RULES["great_cold_2h"].notes(sun, 1.0)[0]
