"""Rain on roofs: what they hold back, downpipes, and rain that differs from cell to cell."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import terrain
from twin_plugin.core.flood.ledger import Ledger
from twin_plugin.core.flood.process import Domain, Step
from twin_plugin.core.flood.processes.roofs import Roofs
from twin_plugin.core.flood.roofs.runoff import Downpipe, RoofRunoff
from twin_plugin.core.flood.schemes.inertial import LocalInertial
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.solver import SCHEMES, simulate

CELL_M2 = 4.0
ROOF_M2 = 30 * CELL_M2


@pytest.fixture
def house():
    labels = np.zeros((20, 24), np.int32)
    labels[5:10, 5:11] = 1
    return labels


def setup(house, how, roofs, **others):
    bed = Grid(np.zeros(house.shape, np.float32), 0.0, 0.0, 2.0)
    return flood_setup(bed, 1800, 600, buildings=house, buildings_as=how, roofs=roofs, **{"rain": [(10, 30)]} | others)


@pytest.mark.parametrize("how", ["raise", "wall", "gaps"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_roof_holds_back_its_storage_and_no_more(house, how, scheme):
    summary = simulate(setup(house, how, Roofs(8.0), scheme=scheme)).summary
    assert summary.rain_m3 == pytest.approx(0.030 * house.size * CELL_M2, rel=1e-6)
    assert summary.roofs_stored_m3 == pytest.approx(0.008 * ROOF_M2, rel=1e-6)
    assert abs(summary.mass_error) < 1e-6
    assert abs(summary.system_error) < 1e-6
    small = simulate(setup(house, how, Roofs(50.0), scheme=scheme)).summary
    assert small.roofs_stored_m3 == pytest.approx(0.030 * ROOF_M2, rel=1e-6)
    assert small.roof_runoff_m3 == 0.0


@pytest.mark.parametrize("how", ["raise", "wall", "gaps"])
def test_roof_rain_reaches_its_downpipe_with_its_whole_volume(house, how):
    """The downpipe stands in a yard that nothing else reaches, since cells without data surround it."""
    bed = np.zeros(house.shape, np.float32)
    bed[13:18, 13:18] = np.nan
    bed[14:17, 14:17] = 0.0
    roofs = Roofs(5.0, (Downpipe(1, 15, 15),))
    grid = Grid(bed, 0.0, 0.0, 2.0)
    result = simulate(flood_setup(grid, 1800, 600, buildings=house, buildings_as=how, roofs=roofs, rain=[(10, 30)]))
    yard_m3 = float(result.depth_m[14:17, 14:17].astype(float).sum()) * CELL_M2
    assert yard_m3 == pytest.approx(0.025 * ROOF_M2 + 0.030 * 9 * CELL_M2, rel=1e-6)
    assert result.summary.roof_runoff_m3 == pytest.approx(0.025 * ROOF_M2, rel=1e-6)
    assert abs(result.summary.system_error) < 1e-6


def test_a_building_shares_its_rain_among_its_downpipes(house):
    roofs = Roofs(0.0, (Downpipe(1, 2, 2), Downpipe(1, 17, 20), Downpipe(1, 7, 7)))
    result = simulate(setup(house, "wall", roofs, rain=[(10, 30)]))
    assert result.summary.roof_runoff_m3 == pytest.approx(0.030 * ROOF_M2, rel=1e-6)
    assert result.summary.roofs_stored_m3 == pytest.approx(0.0, abs=1e-6)


def test_no_heap_stands_at_a_downpipe(house):
    """A cloudburst of 600 mm/h on 120 m² comes through one pipe: 20 L/s onto 4 m², and depths stay below 0.2 m."""
    summary = simulate(setup(house, "raise", Roofs(0.0, (Downpipe(1, 15, 15),)), rain=[(10, 100)])).summary
    assert summary.max_depth_m < 0.3
    assert abs(summary.system_error) < 1e-6


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_roofs_that_hold_nothing_change_no_bit(house, how):
    plain = simulate(setup(house, how, Roofs()))
    known = simulate(flood_setup(plain.bed, 1800, 600, buildings=house, buildings_as=how, rain=[(10, 30)]))
    np.testing.assert_array_equal(plain.depth_m, known.depth_m)
    assert "roofs_stored_m3" not in plain.summary


def domain(house, how) -> Domain:
    surface = setup(house, how, Roofs()).surface
    ground = terrain.prepare(surface)
    scheme = LocalInertial(ground.layout, ground.bed_m, ground.friction, 2.0, Numerics())
    return Domain(ground, scheme, Ledger(("rain_m3", "roof_runoff_m3"), ("roof_taken_m3",)), 2.0, CELL_M2, 3.0)


@pytest.mark.parametrize("roofs", [Roofs(), Roofs(0.001)])
def test_rain_that_differs_from_cell_to_cell_reaches_the_cells_beside_its_own_roof(house, roofs):
    """Only the western half of the roof has rain: the eastern free cells get none, and nothing is lost."""
    where = domain(house, "wall")
    rain_m = where.terrain.layout.zeros()
    where.terrain.layout.view(rain_m)[:, :8] = 0.002
    running = roofs.start(where)
    for second in range(50):
        running.add(Step(second, second + 1.0, 1.0, rain_cells_m=rain_m))
    depth = where.terrain.layout.view(where.scheme.depth_m)
    assert depth[:, 11:].sum() == 0.0
    stored_m3 = depth.astype(float).sum() * CELL_M2
    held_m3 = sum(store.stored_m3 for store in where.ledger.stores.values())
    assert stored_m3 + held_m3 == pytest.approx(50 * 0.002 * 15 * CELL_M2, rel=1e-6)
    assert where.ledger.added["rain_m3"] == pytest.approx(50 * 0.002 * 15 * CELL_M2, rel=1e-6)


def test_a_stopped_roof_goes_on_as_one_that_was_not(house):
    settings = Roofs(2.0, (Downpipe(1, 15, 15),))
    whole, first, second = domain(house, "wall"), domain(house, "wall"), domain(house, "wall")
    running = RoofRunoff(settings.storage_mm, settings.downpipes, whole)
    stopped, restarted = (
        RoofRunoff(settings.storage_mm, settings.downpipes, first),
        RoofRunoff(settings.storage_mm, settings.downpipes, second),
    )
    for i in range(20):
        step = Step(float(i), i + 1.0, 1.0, rain_m=3e-4)
        running.add(step)
        if i == 9:
            restarted.restore(stopped.state() if stopped.add(step) is None else {})
            second.scheme.depth_m[:] = first.scheme.depth_m
            second.scheme.low_m[:] = first.scheme.low_m
        elif i < 9:
            stopped.add(step)
        else:
            restarted.add(step)
    np.testing.assert_array_equal(whole.scheme.depth_m, second.scheme.depth_m)
    for name, values in running.state().items():
        np.testing.assert_array_equal(values, restarted.state()[name])
    assert abs(second.ledger.stores["roofs"].error_m3) < 1e-12


def test_wrong_settings_are_refused(house):
    with pytest.raises(InputError, match="storage of roofs"):
        Roofs(-1.0)
    with pytest.raises(InputError, match="no building"):
        setup(house, "raise", Roofs(0.0, (Downpipe(7, 2, 2),)))
    with pytest.raises(InputError, match="no building"):
        setup(house, "raise", Roofs(0.0, (Downpipe(1, 200, 2),)))
