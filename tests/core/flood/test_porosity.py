"""Porous buildings: volume kept, still water still, levels and discharges of closed forms."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.processes.porosity import BuildingPorosity
from twin_plugin.core.flood.processes.roofs import Downpipe, Roofs
from twin_plugin.core.flood.setup import FloodSetup
from twin_plugin.core.flood.solver import simulate


@pytest.fixture
def houses():
    labels = np.zeros((24, 30), np.int32)
    labels[4:10, 5:12] = 1
    labels[14:20, 12:25] = 2
    return labels


def run(bed, labels, duration_s, share, *, roofs=None, how="porosity", on_frame=None, **others):
    setup = flood_setup(Grid(bed, 0.0, 0.0, 2.0), duration_s, 300, buildings=labels, buildings_as=how, **others)
    more = (BuildingPorosity(share),) if roofs is None else (BuildingPorosity(share), roofs)
    return simulate(
        FloodSetup(setup.surface, setup.output, (*setup.processes, *more), setup.initial, setup.numerics),
        on_frame=on_frame,
    )


@pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
def test_water_spreads_to_the_level_that_the_open_room_gives(houses, share):
    """0.6 m on the free cells of a closed yard, dry houses: the level is the volume over free and open area."""
    depth = np.where(houses == 0, np.float32(0.6), np.float32(0.0))
    result = run(np.zeros(houses.shape, np.float32), houses, 3600, share, initial_depth_m=depth)
    free, built = int((houses == 0).sum()), int((houses > 0).sum())
    level_m = 0.6 * free / (free + share * built)
    np.testing.assert_allclose(result.depth_m, level_m, atol=2e-3)
    assert abs(result.summary.mass_error) < 1e-7
    assert result.summary.stored_m3 == pytest.approx(0.6 * free * 4, rel=1e-7)


def test_still_water_stays_still(houses):
    rng = np.random.default_rng(2)
    bed = rng.random(houses.shape).astype(np.float32) * 0.5
    speeds = []
    run(bed, houses, 600, 0.3, initial_level_m=0.8, on_frame=lambda f: speeds.append(np.abs(f.velocity_east_ms).max()))
    assert max(speeds) < 2e-5


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_porous_channel_has_the_normal_depth_of_its_open_width(share):
    """A channel of 3 cells, 0.5 % steep, closed in by cells without data; its middle reach is porous.

    In the reach the open width has all of the discharge: h = (Q n / (share W S^0.5))^(3/5).
    """
    slope, n, flow, width = 0.005, 0.03, 0.6, 2.0 * 3
    bed = np.full((5, 240), np.nan, np.float32)
    bed[1:4] = (240 - np.arange(240)) * 2.0 * slope
    labels = np.zeros(bed.shape, np.int32)
    labels[1:4, 80:180] = 1
    bed[[0, 4], :] = bed[1] + 5.0  # banks, so that the channel's cells are not at the edge of the data
    source = np.zeros(bed.shape, bool)
    source[1:4, 2] = True
    result = run(
        bed, labels, 3600, share, roughness=n, inflows=[Inflow(source, (0.0,), (flow,))],
        boundaries={"east": Boundary(BoundaryKind.OPEN)},
    )  # fmt: skip
    normal_m = (flow * n / (share * width * slope**0.5)) ** 0.6
    assert result.depth_m[2, 100:140] == pytest.approx(normal_m, rel=0.01)
    free_m = (flow * n / (width * slope**0.5)) ** 0.6
    assert result.depth_m[2, 195:215] == pytest.approx(free_m, rel=0.01)
    assert abs(result.summary.mass_error) < 1e-6


def test_a_porosity_of_one_is_open_ground_to_the_last_bit(houses):
    depth = np.where(np.arange(30) < 12, np.float32(0.5), np.float32(0.0)) * np.ones((24, 1), np.float32)
    bed = np.zeros(houses.shape, np.float32)
    porous = run(bed, houses, 600, 1.0, initial_depth_m=depth)
    free = simulate(flood_setup(Grid(bed, 0.0, 0.0, 2.0), 600, 300, initial_depth_m=depth))
    np.testing.assert_array_equal(porous.depth_m, free.depth_m)


@pytest.mark.parametrize("roofs", [None, Roofs(4.0, (Downpipe(1, 22, 3),))])
def test_all_rain_is_there(houses, roofs):
    result = run(np.zeros(houses.shape, np.float32), houses, 1800, 0.3, roofs=roofs, rain=[(10, 30)])
    assert result.summary.rain_m3 == pytest.approx(0.030 * houses.size * 4, rel=1e-6)
    held = 0.004 * (houses > 0).sum() * 4 if roofs else 0.0
    assert result.summary.roofs_stored_m3 == pytest.approx(held, rel=1e-6, abs=1e-6)
    assert abs(result.summary.mass_error) < 1e-6
    assert abs(result.summary.system_error) < 1e-6


def test_open_edges_and_houses_at_them_keep_the_account(houses):
    labels = houses.copy()
    labels[10:14, 26:] = 3
    sides = dict.fromkeys(("north", "east", "south", "west"), Boundary(BoundaryKind.OPEN))
    bed = np.tile((30 - np.arange(30, dtype=np.float32)) * 0.02, (24, 1))
    result = run(bed, labels, 1800, 0.3, boundaries=sides, rain=[(10, 60)])
    assert result.summary.boundary_out_m3 > 0.5 * result.summary.rain_m3
    assert abs(result.summary.mass_error) < 1e-6


def test_turned_houses_do_the_same(houses):
    rng = np.random.default_rng(7)
    bed, depth = (rng.random(houses.shape).astype(np.float32) * most for most in (0.2, 0.5))

    def depths(turn):
        turned = [np.ascontiguousarray(turn(values)) for values in (bed, houses, depth)]
        return run(*turned[:2], 600, 0.3, initial_depth_m=turned[2]).depth_m

    straight = depths(lambda a: a)
    np.testing.assert_allclose(depths(np.rot90), np.rot90(straight), atol=1e-6)
    np.testing.assert_allclose(depths(np.fliplr), np.fliplr(straight), atol=1e-6)


def test_other_schemes_and_shares_are_refused(houses):
    with pytest.raises(InputError, match="choose inertial"):
        flood_setup(
            Grid(np.zeros(houses.shape, np.float32), 0.0, 0.0, 2.0), 60, buildings=houses, buildings_as="porosity",
            scheme="shockcapturing",
        )  # fmt: skip
    with pytest.raises(InputError, match="must be from"):
        BuildingPorosity(0.0)
