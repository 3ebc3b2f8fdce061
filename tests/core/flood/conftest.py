"""Published cases that several tests of the solver run."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from tests.flood_setups import flood_setup
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow


@pytest.fixture
def ea_test_4(shared_data) -> Callable[..., tuple[list[float], list[float]]]:
    """A function that runs UK Environment Agency SC120002 test 4 for so many seconds with settings of `Numerics`.

    It runs the northern half, since the case is symmetric about y = 1000 m, and gives the peaks at the gauges and those
    of LISFLOOD-FP's DG2 (m).
    """
    from twin_plugin.core.flood.solver import simulate

    case = json.loads(shared_data("ea4/ea_test4.json").read_text("utf-8"))
    cell = float(case["dx_m"])
    times, flows = np.array(case["inflow"]["hydrograph_s_m3s"], float).T
    grid = Grid(np.zeros((200, 200), np.float32), 0.0, 2000.0, cell)
    source = np.zeros((200, 200), bool)
    source[-2:, 0] = True
    half = {
        "inflows": [Inflow(source, times, flows / 2)],
        "boundaries": dict.fromkeys(("north", "east"), Boundary(BoundaryKind.OPEN)),
    }
    # Gauges lie on corners of cells: the published depths are those of the cell in the north-east.
    places = np.array(case["gauges_xy"], float) + 0.5 * cell

    def peaks(duration_s: float, **numerics) -> tuple[list[float], list[float]]:
        result = simulate(flood_setup(grid, duration_s, duration_s, case["manning"], **half, **numerics))
        assert abs(result.summary.mass_error) < 1e-6
        numbers = grid.cells.index(places[:, 0], places[:, 1])
        return result.depth_max_m.ravel()[numbers].tolist(), case["lisflood_dg2_5m"]["peak_depth_m"]

    return peaks
