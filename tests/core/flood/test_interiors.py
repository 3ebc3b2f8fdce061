"""Buildings as walls with gaps: water enters through doors, fills the inside and leaves again; nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind
from twin_plugin.core.flood.processes.interiors import Interiors
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.underground.rooms import Room, RoomOpening

CELL_M = 2.0


@pytest.fixture
def house():
    labels = np.zeros((20, 20), np.int32)
    labels[7:13, 7:13] = 1
    return labels


def insides(*doors: tuple[float, float, float, float], floor_m: float = 0.0) -> Interiors:
    """The inside of a house of 144 m² whose doors are x, y, sill and width."""
    openings = tuple(RoomOpening(str(n), 0, *door) for n, door in enumerate(doors))
    return Interiors((Room.of_area("1", 144.0, floor_m, floor_m + 50.0, 1.0, 1),), openings, 0.0, 40.0)


SOUTH = (20.0, 13.5, 0.1, 1.0)


def run(house, interiors, duration_s, scheme="inertial", **others):
    bed = Grid(np.zeros(house.shape, np.float32), 0.0, 40.0, CELL_M)
    setup = flood_setup(bed, duration_s, 600, buildings=house, buildings_as="gaps", **others)
    return simulate(
        FloodSetup(setup.surface, setup.output, (*setup.processes, interiors), setup.initial, Numerics(scheme))
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_inside_fills_to_the_level_outside(house, scheme):
    """0.5 m of water around a house in a closed yard of 1456 m² spreads over yard and house: 0.455 m."""
    result = run(house, insides(SOUTH), 7200, scheme, initial_level_m=0.5)
    inside = result.outcomes[Interiors]
    level_m = 0.5 * 1456 / 1600
    assert inside.volume_m3[0] / 144 == pytest.approx(level_m, abs=1e-3)
    assert result.depth_m[0, 0] == pytest.approx(level_m, abs=1e-3)
    assert abs(result.summary.system_error) < 1e-6
    assert inside.on_cells(inside.depth_max_m)[9, 9] == pytest.approx(level_m, abs=2e-3)
    assert np.isnan(inside.on_cells(inside.depth_max_m)[0, 0])


def test_it_drains_again_to_its_sill(house):
    """The yard empties over open edges: what stands below the sill stays inside."""
    edges = Boundaries(dict.fromkeys(("north", "east", "south", "west"), Boundary(BoundaryKind.OPEN)))
    result = run(house, insides((20.0, 13.5, 0.1, 3.0)), 3600, initial_level_m=1.0, boundaries=edges.sides)
    inside = result.outcomes[Interiors]
    assert inside.depth_max_m[0] > 0.2
    assert inside.volume_m3[0] / 144 == pytest.approx(0.1, abs=0.01)
    assert result.summary.from_interiors_m3 > 0
    assert abs(result.summary.system_error) < 1e-6


def test_water_below_the_sill_stays_outside(house):
    result = run(house, insides((20.0, 13.5, 0.6, 1.0)), 1800, initial_level_m=0.5)
    assert result.summary.to_interiors_m3 == 0.0


def test_water_passes_through_a_house_with_two_doors(house):
    """The house closes a gap between two yards: water reaches the second one only through it."""
    house[:, 7:13] = 1
    two = Interiors(
        (Room.of_area("1", 480.0, 0.0, 50.0, 1.0, 1),),
        (RoomOpening("west", 0, 13.5, 20.0, 0.0, 2.0), RoomOpening("east", 0, 26.5, 20.0, 0.0, 2.0)),
        0.0,
        40.0,
    )
    depth = np.zeros(house.shape, np.float32)
    depth[:, :7] = 0.6
    result = run(house, two, 3600, initial_depth_m=depth)
    assert result.depth_m[:, 13:].mean() == pytest.approx(0.6 * 560 / 1600, abs=0.01)
    assert abs(result.summary.system_error) < 1e-6


@pytest.mark.parametrize("turns", [1, 2])
def test_a_turned_house_fills_alike(house, turns):
    doors = {0: (19.0, 13.5), 1: (26.5, 19.0), 2: (21.0, 26.5)}
    straight = run(house, insides((*doors[0], 0.1, 1.0)), 300, initial_level_m=0.5)
    turned = run(house, insides((*doors[turns], 0.1, 1.0)), 300, initial_level_m=0.5)
    np.testing.assert_allclose(np.rot90(straight.depth_m, turns), turned.depth_m, atol=1e-5)
    assert straight.outcomes[Interiors].volume_m3[0] == pytest.approx(turned.outcomes[Interiors].volume_m3[0], rel=1e-5)


def test_rain_falls_on_the_roof_and_not_inside(house):
    result = run(house, insides((20.0, 13.5, 0.6, 1.0)), 1200, rain=[(10, 30)])
    assert result.summary.rain_m3 == pytest.approx(0.030 * 1600, rel=1e-6)
    assert result.summary.interiors_stored_m3 == 0.0
    assert abs(result.summary.mass_error) < 1e-6


def test_without_doors_gaps_are_walls_to_the_last_bit(house):
    bed = Grid(np.zeros(house.shape, np.float32), 0.0, 40.0, CELL_M)
    results = [
        simulate(flood_setup(bed, 900, 600, buildings=house, buildings_as=how, rain=[(10, 30)]))
        for how in ("wall", "gaps")
    ]
    np.testing.assert_array_equal(results[0].depth_m, results[1].depth_m)


def test_doors_need_gaps(house):
    bed = Grid(np.zeros(house.shape, np.float32), 0.0, 40.0, CELL_M)
    setup = flood_setup(bed, 900, 600, buildings=house, buildings_as="wall")
    with pytest.raises(InputError, match="choose gaps"):
        FloodSetup(setup.surface, setup.output, (insides(SOUTH),))
