"""Buildings on the terrain: rain on roofs is never lost, and blocks make no water and no waves."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import memory, terrain
from twin_plugin.core.flood.setup import FloodSetup
from twin_plugin.core.flood.solver import simulate


def setup(how: str, labels: np.ndarray, bed=None, **changes) -> FloodSetup:
    bed = np.zeros(labels.shape, np.float32) if bed is None else bed
    return flood_setup(Grid(bed, 0.0, 0.0, 2.0), 600, 600, buildings=labels, buildings_as=how, **changes)


@pytest.fixture
def houses():
    labels = np.zeros((30, 40), np.int32)
    labels[5:10, 5:12] = 1
    labels[5:10, 12:20] = 2  # a terrace
    labels[18:25, 30:40] = 3  # at the edge of the terrain
    return labels


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_all_rain_reaches_the_ground(houses, how):
    result = simulate(setup(how, houses, rain=[(5, 30)]))
    assert result.summary.rain_m3 == pytest.approx(0.030 * houses.size * 4, rel=1e-6)
    assert abs(result.summary.mass_error) < 1e-6
    ground = result.depth_m[houses == 0].astype(float).sum() * 4
    assert ground > 0.9 * result.summary.rain_m3
    if how == "wall":
        assert ground == pytest.approx(result.summary.rain_m3, rel=1e-6)
        assert np.isnan(result.depth_m[houses > 0]).all()


def test_blocks_stand_on_their_highest_ground(houses):
    bed = np.tile(np.arange(40, dtype=np.float32) * 0.1, (30, 1))
    result = simulate(setup("raise", houses, bed))
    block = result.level_bed_m[5:10, 5:12]
    np.testing.assert_allclose(block, 1.1 + terrain.ROOF_ABOVE_M, rtol=1e-6)
    np.testing.assert_allclose(result.level_bed_m[houses == 0], bed[houses == 0], atol=1e-6)


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_still_water_between_buildings_stays_still(houses, how):
    speeds = []
    simulate(
        setup(how, houses, initial_level_m=0.7),
        on_frame=lambda f: speeds.append(float(np.abs(f.velocity_east_ms).max())),
    )
    assert max(speeds) < 1e-6


def test_roofs_lose_nothing_to_the_ground(houses):
    dry = simulate(setup("raise", houses, rain=[(5, 30)], infiltration_mm_h=1000.0))
    assert dry.summary.infiltration_m3 < dry.summary.rain_m3
    assert dry.summary.infiltration_m3 > 0.5 * dry.summary.rain_m3
    assert (dry.depth_m[houses > 0] > 0).any()


def test_roof_water_goes_to_the_nearest_free_cells(houses):
    ground = terrain.prepare(setup("wall", houses).surface)
    assert ground.roof_weights.sum() == (houses > 0).sum()
    row, column = ground.layout.place(ground.roof_cells)
    assert (houses[row, column] == 0).all()
    near = np.zeros(houses.shape, bool)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            near |= np.roll(houses > 0, (dy, dx), (0, 1))
    assert near[row, column].all()


def test_buildings_everywhere_are_refused():
    with pytest.raises(InputError, match="whole terrain"):
        simulate(setup("wall", np.ones((5, 5), np.int32)))


def test_memory_is_checked_before(monkeypatch):
    monkeypatch.setattr(memory, "available_bytes", lambda: 4 * 2**30)
    memory.check(4000, 4000, 2.0)
    with pytest.raises(ResourceError, match=r"need 102\.4 GB of memory and 4\.0 GB are free: take cells of 0\.55 m"):
        memory.check(31_623, 31_623, 0.1)
    monkeypatch.setattr(memory, "available_bytes", lambda: None)
    memory.check(10**6, 10**6, 0.1)


def test_memory_is_known_here():
    assert memory.available_bytes() > 10**8
