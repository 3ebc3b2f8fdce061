"""Compiles every kernel of evacuations, or loads it from numba's cache, by sending one block over one road."""

from __future__ import annotations

import functools

import numpy as np

from ..roads.graph import RoadGraph, WaterOnRoads
from ..roads.travel import Travel
from .evacuation import Block, Shelter
from .shelters import evacuate_blocks


@functools.cache
def compile_kernels() -> None:
    """Search ways and send people once in a process, over roads that the water slows down and closes."""
    one, both = np.ones(1), np.ones(1, np.bool_)
    first, last = np.zeros(1, np.int64), np.ones(1, np.int64)
    graph = RoadGraph(np.zeros((2, 2)), first, last, 1000.0 * one, 30.0 * one, both, both, first)
    water = WaterOnRoads(np.arange(2.0), np.full((2, 1), 20.0, np.float32), 9.0 * one, 12.0 * one)
    block, shelter = Block("a", "", 0, 1, (), 0.0, 0.0), Shelter("b", "", 1, 1, 0.0, 0.0)
    travel = Travel(graph, water)
    evacuate_blocks(travel, [block], [shelter], 0.0)
    travel.way(0, 1, 0.0)
    travel.earliest(0, 0.0)
