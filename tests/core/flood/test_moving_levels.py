"""Edges whose level changes, and the tables that they come from."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind, MovingLevel
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.run_id import run_id
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.surface import Surface
from twin_plugin.core.flood.time_series import read_series

BASIN = Grid(np.full((6, 20), -2.0, np.float32), 0.0, 0.0, 5.0)
PERIOD_S = 7200.0
TIMES_S = tuple(np.arange(0.0, 2 * PERIOD_S + 1, 60.0).tolist())
LEVELS_M = tuple(0.5 * math.sin(2 * math.pi * t / PERIOD_S) for t in TIMES_S)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_basin_follows_the_tide_and_its_volume_goes_in_and_out(scheme):
    """In a short deep basin the level is that outside: the volume of a tide is area times range, in and out again."""
    tide = {"east": MovingLevel.of(TIMES_S, LEVELS_M)}
    setup = flood_setup(BASIN, 2 * PERIOD_S, 600, initial_level_m=0.0, boundaries=tide, scheme=scheme, roughness=0.02)
    rows = []
    summary = simulate(setup, on_frame=lambda f: rows.append((f.time_s, f.depth_m - 2.0, f.account_m3))).summary
    for time_s, level_m, account in rows:
        outside = float(np.interp(time_s, TIMES_S, LEVELS_M))
        assert float(level_m[:, -1].mean()) == pytest.approx(outside, abs=0.01)
        assert float(level_m.mean()) == pytest.approx(outside, abs=0.02)
        assert abs(account["error_m3"]) < 1e-6 * (account["initial_m3"] + account["boundary_in_m3"])
    area_m2 = BASIN.values.size * 25.0
    assert summary["boundary_in_m3"] == pytest.approx(2 * 1.0 * area_m2, rel=0.02)
    net = summary["boundary_in_m3"] - summary["boundary_out_m3"]
    assert net == pytest.approx(
        summary["stored_m3"] - summary["initial_m3"], rel=1e-6, abs=1e-6 * summary["initial_m3"]
    )
    assert abs(summary["mass_error"]) < 1e-6
    assert summary["levels_m"] == {"east": [pytest.approx(-0.5, abs=1e-6), pytest.approx(0.5, abs=1e-6)]}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_level_over_time_that_stays_is_the_fixed_level_to_the_bit(scheme):
    slope = Grid(np.tile(np.linspace(1.0, 0.0, 20, dtype=np.float32), (6, 1)), 0.0, 0.0, 5.0)
    fixed = flood_setup(slope, 600, 600, boundaries={"east": Boundary(BoundaryKind.LEVEL, 0.6)}, scheme=scheme)
    moving = flood_setup(slope, 600, 600, boundaries={"east": MovingLevel.of((0, 900), (0.6, 0.6))}, scheme=scheme)
    np.testing.assert_array_equal(simulate(fixed).depth_m, simulate(moving).depth_m)
    assert run_id(fixed) != run_id(moving)


def test_a_surge_is_as_high_inside_as_the_steps_are_short():
    """A level that jumps within seconds: the step looks ahead, so that the depth that comes bounds it."""
    jump = MovingLevel.of((0.0, 100.0, 101.0), (-1.5, -1.5, 1.5))
    summary = simulate(flood_setup(BASIN, 600, 600, initial_level_m=-1.5, boundaries={"west": jump})).summary
    assert summary["max_depth_m"] < 6.0
    assert abs(summary["mass_error"]) < 1e-6


@pytest.mark.parametrize(
    ("levels", "word"),
    [((7.9, 9.8), "perhaps above another datum"), ((-9.0, -8.0), "another datum"), ((-3.0, -2.5), "no water enters")],
)
def test_a_tide_of_another_datum_is_said_with_its_numbers(levels, word):
    edges = Boundaries({"east": MovingLevel.of((0, 3600), levels)})
    (text,) = edges.warnings(Surface(BASIN))
    assert word in text
    assert f"{max(levels):g} m" in text
    assert "-2" in text


def test_levels_need_rising_times_and_numbers():
    with pytest.raises(InputError, match="must rise"):
        MovingLevel.of((0, 0), (1, 2))
    with pytest.raises(InputError, match="a number"):
        MovingLevel.of((0, 1), (1, math.nan))


def test_rows_in_any_order_with_gaps_and_repetitions_become_a_series():
    series = read_series([30, 0, 10, 20, 10, None, 100, 110], [3, 0, 1, 2, 1, 9, 4, None], "'tide'")
    assert series.times_s == (0, 600, 1200, 1800, 6000)
    assert series.values == (0, 1, 2, 3, 4)
    assert series.left_out == 3
    assert [text for text in series.notes if "order of time" in text]
    assert [text for text in series.notes if "1 gaps, the longest of 70 min" in text]


def test_moments_count_from_the_first_or_from_a_given_one():
    series = read_series(["2026-06-08T14:00:00+08:00", "2026-06-08T06:30:00"], ["1.0", 2], "'tide'")
    assert series.times_s == (0, 1800)
    assert series.start.isoformat() == "2026-06-08T14:00:00+08:00"
    later = read_series(["2026-06-08T07:00:00Z"], [1], "'tide'", series.start)
    assert later.times_s == (3600,)


@pytest.mark.parametrize(
    ("times", "values", "word"),
    [
        ([0, 0], [1, 2], "twice, with 1 and 2"),
        ([0, 10], ["high", 2], "'high' where a number"),
        ([0, "noon"], [1, 2], "neither a number of minutes nor a moment"),
        ([None], [1], "no row with"),
    ],
)
def test_rows_that_cannot_be_used_are_refused(times, values, word):
    with pytest.raises(InputError, match=word):
        read_series(times, values, "'tide'")


def test_the_volume_of_a_hydrograph_is_its_integral():
    source = np.zeros(BASIN.values.shape, bool)
    source[2:4, 3:6] = True
    times, flows = (0.0, 300.0, 450.0, 1800.0), (0.0, 2.0, 0.5, 0.0)
    summary = simulate(flood_setup(BASIN, 2000, 2000, inflows=[Inflow(source, times, flows)])).summary
    assert summary["inflow_m3"] == pytest.approx(300 + 187.5 + 337.5, rel=1e-6)
    assert abs(summary["mass_error"]) < 1e-6
