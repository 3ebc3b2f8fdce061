"""Shadows on rasters: worked lengths, marching rays, UMEP, symmetries, no data, cancel."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.core.planning.ground import district, grid, marched, town
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.sun_position import SunDay, SunPath
from twin_plugin.core.planning import ground_sun, shadows
from twin_plugin.core.planning.ground_sun import Counting, ground_sun_hours, sun_hours
from twin_plugin.core.planning.shadows import Shadows, cast_shadows

GOLDEN = json.loads((Path(__file__).parent / "umep_golden.json").read_text())
LINES = range(0, 360, 45)
DAY = SunDay(date(2001, 1, 20), 22.55, 114.06, declination_deg=-20.14)


def shadow(heights, azimuth, altitude, cell=1.0):
    return cast_shadows(grid(heights, cell), np.array([azimuth]), np.array([altitude])).at(0)


@pytest.mark.parametrize(("time", "length"), [(12.0, 27.674), (9.0, 54.670), (8.0, 94.874)])
def test_length_of_the_shadow_of_30_m(time, length):
    sun = DAY.at(time)
    assert 30.0 / math.tan(math.radians(sun.altitude_deg[0])) == pytest.approx(length, abs=1e-3)
    heights = np.zeros((250, 9))
    heights[200:, :] = 30.0
    found = shadow(heights, 180.0, sun.altitude_deg[0], 0.5)
    # The wall is half a cell nearer than the centre of its cell: as many cells as half metres.
    assert found[:200].sum(axis=0).tolist() == [math.floor(length / 0.5)] * 9
    assert not found[200:].any()


@pytest.mark.parametrize("azimuth", LINES)
def test_along_axes_and_diagonals_shadows_are_those_of_marching_rays(azimuth):
    for altitude in (7.3, 24.1, 61.7):
        assert np.array_equal(shadow(district(), azimuth, altitude), marched(district(), azimuth, altitude))


@pytest.mark.parametrize("azimuth", [11.0, 63.4, 121.5, 143.3, 199.0, 247.0, 301.9])
def test_elsewhere_nearly_all_cells_agree_with_marching_rays(azimuth):
    assert (shadow(town(), azimuth, 25.0) == marched(town(), azimuth, 25.0)).mean() > 0.985


@pytest.mark.parametrize("number", range(8))
def test_equal_to_umep_as_computed_once(number):
    azimuth, altitude = GOLDEN["suns"][number]
    expected = np.array([[letter == "#" for letter in row] for row in GOLDEN["shadow"][number]])
    assert 0.1 < expected.mean() < 0.5
    assert np.array_equal(shadow(district(), azimuth, altitude), expected)


def umep_shadows():
    """UMEP's function, whose module needs numpy alone; its package needs more and is not imported."""
    found = importlib.util.find_spec("umep") if "umep" not in sys.modules else None
    if found is None:
        pytest.skip("UMEP is not installed (pip install --no-deps umep)")
    path = Path(found.submodule_search_locations[0]) / "util" / "shadowingfunctions.py"
    spec = importlib.util.spec_from_file_location("umep_shadowing", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.shadowingfunctionglobalradiation


def test_equal_to_umep_itself():
    umep = umep_shadows()
    for azimuth in LINES:
        for altitude in (9.1, 33.3):
            with np.errstate(divide="ignore"):
                lit = umep(town() + 0.013 * district(120, 120), float(azimuth), altitude, 1.0, 1)
            assert np.array_equal(shadow(town() + 0.013 * district(120, 120), azimuth, altitude), lit == 0)


def test_turning_the_surface_turns_the_shadow():
    for azimuth in (20.0, 75.0, 110.0):
        found = shadow(district(), azimuth, 22.0)
        assert np.array_equal(shadow(np.rot90(district(), -1), azimuth + 90.0, 22.0), np.rot90(found, -1))


def test_many_suns_are_those_one_by_one_whatever_threads_and_blocks(monkeypatch):
    azimuths = np.linspace(5.0, 355.0, 41)
    altitudes = 20.0 + 15.0 * np.cos(azimuths)
    monkeypatch.setattr(shadows, "BLOCK_CELLS", 100)
    together = cast_shadows(grid(district()), azimuths, altitudes, threads=3)
    monkeypatch.undo()
    for number in range(41):
        assert np.array_equal(together.at(number), shadow(district(), azimuths[number], altitudes[number]))


def test_a_sun_that_is_too_low_leaves_all_in_shadow():
    found = cast_shadows(grid(district()), np.array([90.0, 90.0, 90.0]), np.array([-3.0, 9.9, 10.0]), lowest_deg=10.0)
    assert found.at(0).all()
    assert found.at(1).all()
    assert not found.at(2).all()


def test_no_data_casts_no_shadow_and_has_none():
    heights = np.zeros((20, 9))
    heights[12] = 10.0
    heights[12, 4] = heights[8, 2] = np.nan
    found = cast_shadows(grid(heights), np.array([180.0]), np.array([45.0]))
    assert found.at(0)[8].tolist() == [True, True, False, True, False, True, True, True, True]
    hours = sun_hours(found, np.array([60.0]), Counting())
    assert hours.values[8, 1:5].tolist()[0] == 0.0
    assert np.isnan(hours.values[8, 2])
    assert hours.values[8, 4] == 1.0


def test_nothing_stands_in_the_way_on_a_plain():
    path = DAY.midpoints(8.0, 16.0, 5.0)
    hours = ground_sun_hours(grid(np.zeros((5, 7))), path)
    assert np.allclose(hours.values, 8.0)
    assert not ground_sun_hours(grid(np.zeros((5, 7))), path, Counting(lowest_deg=80.0)).values.any()


def spells_of(lit, minutes):
    found, now = [], 0.0
    for shines, length in zip([*lit, False], [*minutes, 0.0], strict=True):
        if shines:
            now += length
        elif now:
            found.append(now)
            now = 0.0
    return found


@pytest.mark.parametrize("counting", [Counting(), Counting(1), Counting(2), Counting(3, 12.0), Counting(0, 20.0)])
def test_spells_are_counted_by_the_rule(counting, monkeypatch):
    monkeypatch.setattr(ground_sun, "BLOCK_CELLS", 64)
    random = np.random.default_rng(4)
    lit = random.random((30, 20, 11)) < 0.6
    lit[:, 0, 0], lit[:, 0, 1] = True, False
    plane, bit = np.arange(30) // 8, np.arange(30) % 8
    plane[13] = -1  # a sun that is too low
    planes = np.zeros((4, 20, 11), np.uint8)
    for time in range(30):
        planes[time // 8] |= (~lit[time]).astype(np.uint8) << bit[time]
    lit[13] = False
    minutes = random.uniform(1.0, 10.0, 30)
    hours = sun_hours(Shadows(grid(np.zeros((20, 11))), planes, plane, bit), minutes, counting, threads=2).values
    for row in range(20):
        for column in range(11):
            spells = [s for s in spells_of(lit[:, row, column], minutes) if s >= counting.least_spell_min]
            spells = sorted(spells, reverse=True)[: counting.longest or None]
            assert hours[row, column] == pytest.approx(sum(spells) / 60.0, abs=1e-5)


def test_hours_are_the_times_without_shadow():
    path = SunPath(*(np.array(v) for v in ([10.0, 11.0, 12.0], [30.0, 40.0, 45.0], [140.0, 160.0, 180.0])), 0.25)
    hours = ground_sun_hours(grid(district()), path)
    lit = sum(~shadow(district(), a, h) for a, h in zip(path.azimuth_deg, path.altitude_deg, strict=True))
    assert np.allclose(hours.values, lit * 0.25)


def test_cancel_ends_it():
    asked = []
    with pytest.raises(Cancelled):
        cast_shadows(grid(town()), np.linspace(0, 359, 90), np.full(90, 20.0), progress=lambda f, t="": asked.append(f))
    assert len(asked) == 1
