"""Roads as a graph, and the water on its edges over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray


@dataclass(frozen=True)
class RoadGraph:
    """Stretches of road between junctions.

    Attributes
    ----------
    node_xy : float64 array, shape (nodes, 2)
        In the CRS of the water, from west to east and then from south to north: numbers of nodes and edges do not
        depend on the order of the features.
    first, last : int64 arrays, shape (edges,)
        Nodes at the ends of each edge.
    length_m, free_kmh : float64 arrays, shape (edges,)
        Length, and speed without water.
    forward, backward : bool arrays, shape (edges,)
        Whether it may be used from `first` to `last`, and back.
    line : int64 array, shape (edges,)
        Number of the feature that the edge is a part of.
    """

    node_xy: FloatArray
    first: IntArray
    last: IntArray
    length_m: FloatArray
    free_kmh: FloatArray
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    line: IntArray


@dataclass(frozen=True)
class WaterOnRoads:
    """The water on the edges of a graph.

    Attributes
    ----------
    times_min : float64 array, shape (times,)
        Minutes from the start of the run, rising.
    speed_kmh : float32 array, shape (times, edges)
        Mean speed along each edge at each time: its length by the time that its pieces take in their water. Between
        two times it changes evenly; before the first and after the last it stays. 0 where one cannot pass.
    closes_min, opens_min : float64 arrays, shape (edges,)
        When the water first reaches the depth that closes, and when it falls below it for good; NaN where never.
    """

    times_min: FloatArray
    speed_kmh: NDArray[np.float32]
    closes_min: FloatArray
    opens_min: FloatArray


def without_water(graph: RoadGraph) -> WaterOnRoads:
    """No water on any edge."""
    never = np.full(len(graph.first), np.nan)
    return WaterOnRoads(np.zeros(1), graph.free_kmh[None].astype(np.float32), never, never.copy())
