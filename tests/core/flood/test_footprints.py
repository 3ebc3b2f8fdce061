"""Inflows and buildings that do less than their owner thinks: each is reported or refused, with its number or count."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.footprints import count_footprints
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.solver import simulate

FLAT = Grid(np.zeros((20, 20), np.float32), 0.0, 40.0, 2.0)
HOUSE = np.zeros((20, 20), np.int32)
HOUSE[5:10, 5:10] = 1


def inflow(rows, columns, area_m2=np.nan):
    cells = np.zeros((20, 20), bool)
    cells[rows, columns] = True
    return Inflow(cells, (0.0,), (0.1,), area_m2)


ON, HALF, BESIDE = ((slice(6, 8), columns) for columns in (slice(6, 8), slice(9, 11), slice(14, 16)))


def test_an_inflow_on_a_building_that_is_cut_out_is_refused():
    with pytest.raises(InputError, match="inflow 2 of the layer"):
        flood_setup(FLAT, 60, buildings=HOUSE, buildings_as="wall", inflows=[inflow(*BESIDE), inflow(*ON)])


def test_an_inflow_on_a_roof_is_told():
    setup = flood_setup(FLAT, 60, buildings=HOUSE, inflows=[inflow(*BESIDE), inflow(*ON)])
    (text,) = setup.warnings()
    assert text.startswith("Inflow 2 stands on a roof")
    assert simulate(setup).summary.inflow_m3 == pytest.approx(12)


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_an_inflow_half_on_a_building_enters_beside_it(how):
    setup = flood_setup(FLAT, 30, buildings=HOUSE, buildings_as=how, inflows=[inflow(*HALF)])
    (text,) = setup.warnings()
    assert text.startswith("50% of the cells of inflow 1 lie on buildings")
    result = simulate(setup)
    assert result.summary.inflow_m3 == pytest.approx(3)
    assert not (np.nan_to_num(result.depth_max_m)[HOUSE > 0] > 0).any()


def test_an_inflow_half_outside_is_told():
    cells, hole = (slice(0, 4), slice(0, 4)), FLAT.values.copy()
    (text,) = flood_setup(FLAT, 60, inflows=[inflow(*cells, area_m2=128.0)]).warnings()
    assert text.startswith("50% of the area of inflow 1")
    hole[0:3, 0:4] = np.nan
    (text,) = flood_setup(FLAT.with_values(hole), 60, inflows=[inflow(*cells, area_m2=64.0)]).warnings()
    assert text.startswith("75% of the area")
    assert not list(flood_setup(FLAT, 60, inflows=[inflow(*cells, area_m2=64.0)]).warnings())


def test_buildings_without_effect_are_counted_by_their_reason():
    terrain = FLAT.values.copy()
    terrain[15:, 15:] = np.nan
    labels = HOUSE.copy()
    labels[16:18, 16:18] = 3
    boxes = np.array(
        [[10, 20, 20, 30], [200, 0, 210, 9], [32, 4, 36, 8], [2.1, 2.1, 2.9, 2.9], [np.nan] * 4, [-9, 0, -1, 9]], float
    )
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    counts = count_footprints(boxes, areas, labels, FLAT.with_values(terrain))
    assert counts.effective == 1
    found = [str(text) for text in counts.warnings()]
    assert [text.split(" or narrower")[0] for text in found] == [
        "2 of 6 buildings lie outside the terrain and have no effect.",
        "1 of 6 buildings lie where the terrain has no data and have no effect.",
        "1 of 6 buildings are smaller",
        "1 of 6 buildings have no polygon and no effect.",
    ]
    assert not list(count_footprints(boxes[:1], areas[:1], HOUSE, FLAT).warnings())


def test_a_building_smaller_than_its_cell_is_told():
    """A hut of 0.8 m² holds the centre of a cell and blocks its 4 m²."""
    labels = np.zeros((20, 20), np.int32)
    labels[3, 3] = 1
    counts = count_footprints(np.array([[6.6, 32.6, 7.6, 33.4]]), np.array([0.8]), labels, FLAT)
    assert (counts.effective, counts.smaller) == (1, 1)
    (text,) = counts.warnings()
    assert text.startswith("1 of 1 buildings are smaller than a cell of 2 m and block a whole one")


@pytest.mark.parametrize(("lost", "fails"), [(0.0005, False), (0.002, True), (-0.002, True), (np.nan, True)])
def test_a_run_whose_water_does_not_add_up_fails(lost, fails, monkeypatch):
    """Rain of 1.2 m³ of which a share is not there at the end, as after a fault of a kernel."""
    stored = 1.2 * (1 - lost)
    monkeypatch.setattr("twin_plugin.core.flood.solver.Run._stored_m3", lambda run: stored if run._time_s else 0.0)
    setup = flood_setup(Grid(np.zeros((10, 10), np.float32), 0.0, 0.0, 2.0), 30, rain=[(0.5, 3)])
    if fails:
        with pytest.raises(InputError, match="mass error"):
            simulate(setup)
    else:
        assert simulate(setup).summary.mass_error == pytest.approx(-lost, rel=1e-3)
