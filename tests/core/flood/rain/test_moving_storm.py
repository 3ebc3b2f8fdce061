"""A storm that moves arrives when it should, and rains everywhere as much as its table."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.spatial_rain import SpatialRain
from twin_plugin.core.flood.rain.moving_storm import MovingStorm
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import simulate
from twin_plugin.core.flood.surface import Surface

STEPS = ((5.0, 12.0), (10.0, 3.0))


def islands(rows, columns):
    """Cells without a neighbour: no water leaves them."""
    bed = np.full((rows, columns), np.nan, np.float32)
    bed[::2, ::2] = 0.0
    return Grid(bed, 1000.0, 5000.0, 10.0)


def run(bed, direction_deg, speed_ms=2.0, duration_s=1500.0, wet_depth_m=0.001):
    storm = MovingStorm(bed.cells, STEPS, direction_deg, speed_ms)
    output = RunOutput(duration_s, 300.0, wet_depth_m)
    return simulate(FloodSetup(Surface(bed, 0.03), output, (SpatialRain(storm),)))


@pytest.mark.parametrize(("direction_deg", "turns"), [(180.0, 0), (90.0, 1), (0.0, 2), (270.0, 3)])
def test_a_storm_arrives_after_its_way_from_each_side(direction_deg, turns):
    result = run(islands(*((41, 21) if turns % 2 == 0 else (21, 41))), direction_deg)
    arrival_s = np.rot90(result.arrival_s, -turns)[::2, 0]  # from the side that the storm comes from
    reaches_s = 10.0 * (2 * np.arange(len(arrival_s)) + 0.5) / 2.0
    millimetre_s = 300.0 / 12.0  # until the first mm has fallen
    np.testing.assert_allclose(arrival_s, reaches_s + millimetre_s, atol=25.0)
    np.testing.assert_allclose(np.diff(arrival_s).mean(), 10.0, rtol=0.05)
    assert result.summary.rain_min_mm == pytest.approx(15.0, rel=1e-6)
    assert result.summary.rain_max_mm == pytest.approx(15.0, rel=1e-6)


def test_a_storm_that_moves_to_the_north_east_reaches_the_south_west_first():
    result = run(islands(31, 31), 45.0)
    arrival = result.arrival_s[::2, ::2]
    assert arrival[15, 0] == arrival.min()
    assert arrival[0, 15] == arrival.max()
    along = (np.arange(16)[None, :] - np.arange(16)[:, None] + 15) * 20.0 / np.sqrt(2.0)
    slope_s_m = np.polyfit(along.ravel(), arrival.ravel(), 1)[0]
    assert slope_s_m == pytest.approx(1 / 2.0, rel=0.05)


def test_the_rain_of_a_run_that_ends_before_it_has_passed_is_what_fell():
    bed = islands(1, 101)
    result = run(bed, 90.0, duration_s=300.0)
    x = 10.0 * (np.arange(0, 101, 2) + 0.5)
    fallen = np.interp(300.0 - x / 2.0, [0.0, 300.0, 600.0], [0.0, 12.0, 15.0])
    assert result.summary.rain_m3 == pytest.approx(fallen.sum() / 1000.0 * 100.0, rel=1e-6)
    assert result.summary.rain_mm == pytest.approx(fallen.mean(), rel=1e-6)


def test_a_speed_in_km_h_is_suspected_and_none_is_refused():
    cells = islands(3, 3).cells
    assert "divided by 3.6" in MovingStorm(cells, STEPS, 0.0, 50.0).warnings()[0]
    with pytest.raises(InputError, match="above 0 m/s"):
        MovingStorm(cells, STEPS, 0.0, 0.0)
    assert MovingStorm(cells, STEPS, 90.0, 2.0).end_min == pytest.approx(10.0 + 25.0 / 2.0 / 60.0)
