"""The id of a run: the same for the same inputs, another one for any other."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("shapely")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.run_id import LETTERS, run_id

HEIGHTS = np.arange(20, dtype=np.float32).reshape(4, 5)


def run(heights=HEIGHTS, **changes):
    values = {"bed": Grid(heights, 0.0, 0.0, 2.0), "duration_s": 600.0, "rain": [(3, 12), (5, 20)]}
    return run_id(flood_setup(**{**values, **changes}))


def test_the_same_inputs_have_the_same_id():
    assert run() == run(HEIGHTS.copy())
    assert len(run()) == LETTERS
    int(run(), 16)


def test_what_changes_no_bit_of_a_run_does_not_change_its_id():
    assert run(threads=1) == run(threads=2)
    assert run(skip_dry=False) == run(skip_dry=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"heights": HEIGHTS + np.float32(0.001)},
        {"bed": Grid(HEIGHTS, 0.0, 0.0, 2.5)},
        {"bed": Grid(HEIGHTS.reshape(5, 4), 0.0, 0.0, 2.0)},
        {"rain": [(3, 12), (5, 21)]},
        {"rain": [(3, 12)]},
        {"duration_s": 660.0},
        {"roughness": 0.04},
        {"roughness": np.full((4, 5), 0.03)},
        {"buildings": np.eye(4, 5, dtype=np.int32)},
        {"buildings": np.eye(4, 5, dtype=np.int32), "buildings_as": "wall"},
        {"boundaries": {"north": Boundary(BoundaryKind.OPEN)}},
        {"boundaries": {"north": Boundary(BoundaryKind.LEVEL, 3.0)}},
        {"infiltration_mm_h": 5.0},
        {"initial_level_m": 1.0},
        {"wet_depth_m": 0.1},
    ],
    ids=lambda changes: " ".join(changes),
)
def test_whatever_changes_a_run_changes_its_id(changes):
    assert run(**changes) != run()
