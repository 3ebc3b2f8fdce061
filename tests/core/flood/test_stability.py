"""Deep smooth pools stay calm: the step is below the limit of the linear scheme, sqrt(theta / 2) cells a step."""

from __future__ import annotations

import numpy as np
import pytest

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.solver import simulate

CALM_M = 3.0


def pool(**options):
    """A closed basin 3 m deep whose surface is rough by 1 cm, chequered: the wave that grows first."""
    chequered = 0.01 * (-1.0) ** np.add.outer(np.arange(24), np.arange(20))
    return flood_setup(
        bed=Grid(np.zeros((24, 20), np.float32), 0, 0, 2.0),
        duration_s=600.0,
        roughness=0.01,
        initial_depth_m=(CALM_M + chequered).astype(np.float32),
        **options,
    )


@pytest.mark.parametrize("theta", [0.7, 0.8])
def test_a_rough_surface_calms_down(theta):
    result = simulate(pool(theta=theta, courant=0.95 * (theta / 2) ** 0.5))
    # So near the limit of the step, waves of several lengths add up to nearly twice the first one before they fade.
    assert np.abs(result.depth_max_m - CALM_M).max() < 0.02
    assert np.abs(result.depth_m - CALM_M).max() < 0.01


def test_a_pit_with_steep_walls_fills_to_its_brim_and_no_higher():
    bed = np.full((40, 24), 3.0, np.float32)
    bed[10:30, 8:16] = 0.0
    rain = [(5.0 * step, 12.0) for step in range(1, 13)]
    result = simulate(flood_setup(Grid(bed, 0, 0, 2.0), duration_s=5400, roughness=0.016, rain=rain))
    still_m = 0.144 * bed.size / (20 * 8)
    assert still_m < 3.0
    assert result.depth_max_m.max() < still_m + 0.05
    assert result.depth_m[20, 12] == pytest.approx(still_m, abs=0.03)


@pytest.mark.parametrize("courant", [0.0, 0.64, 0.7])
def test_a_step_beyond_the_limit_is_refused(courant):
    with pytest.raises(InputError, match=r"at most 0\.632"):
        simulate(pool(courant=courant))
