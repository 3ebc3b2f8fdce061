"""Structures on small terrains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
from twin_plugin.core.flood.structure_layer.features import StructureFeature
from twin_plugin.core.flood.structure_layer.plan import plan_structures
from twin_plugin.core.flood.structures.kinds import read_structure_tables
from twin_plugin.core.flood.surface import Surface

TABLES = Path(__file__).parents[4] / "resources" / "tables"


@pytest.fixture(scope="session")
def structure_tables():
    """The tables of the plugin."""
    return read_structure_tables(
        *(TABLES / f"{n}.csv" for n in ("structure_kinds", "structure_fields", "culvert_inlets"))
    )


@pytest.fixture(scope="session")
def feature(structure_tables):
    """A function from name, kind, points and fields to a feature."""

    def make(name, kind, points, **fields):
        return StructureFeature(name, structure_tables.kind(kind, name), [np.array(points, float)], fields)

    return make


@pytest.fixture(scope="session")
def plan(structure_tables):
    """A function from features and a terrain (a grid or a surface) to a plan."""

    def make(features, ground):
        surface = ground if isinstance(ground, Surface) else Surface(ground)
        return plan_structures(features, surface, structure_tables)

    return make


@pytest.fixture(scope="session")
def run(plan):
    """A function that runs features on a terrain with a depth at the start: (result, outcome of the structures)."""
    from twin_plugin.core.flood.processes.structures import Structures
    from twin_plugin.core.flood.solver import simulate

    def compute(features, ground, depth_m, duration_s, step_s=60.0, scheme="inertial", others=(), **numerics):
        made = plan(features, ground)
        setup = FloodSetup(
            made.surface, RunOutput(duration_s, step_s), (made.structures, *others), InitialWater(depth_m),
            Numerics(scheme, threads=1, **numerics),
        )  # fmt: skip
        result = simulate(setup)
        return result, result.outcomes.get(Structures)

    return compute


@pytest.fixture
def tanks():
    """Two basins of 8 x 8 cells of 4 m with a column of cells between them, and the water of the start."""

    def make(left_m, right_m):
        bed = Grid(np.zeros((8, 17), np.float32), 0.0, 32.0, 4.0)
        depth = np.zeros((8, 17), np.float32)
        depth[:, :8], depth[:, 9:] = left_m, right_m
        return bed, depth

    return make
