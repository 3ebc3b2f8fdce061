"""Travel on roads in water: earliest arrivals, ways, and the last safe moment to leave.

An edge must be left before it closes. After it opened again it is used only where people may wait for that at a
junction; everywhere else nobody waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..common.cells import FloatArray, IntArray
from .graph import RoadGraph, WaterOnRoads
from .travel_kernels import (
    Arcs,
    Heap,
    Roads,
    fill_driven,
    fill_earliest,
    fill_latest,
    fill_least,
    reached_by,
)


@dataclass(frozen=True)
class Way:
    """A way over a graph.

    Attributes
    ----------
    edges, nodes : tuple of int
        In their order; one more node than edges.
    depart_min, arrive_min : float
    latest_departure_min : float
        The last safe moment by this way; infinite where none of its edges ever closes.
    """

    edges: tuple[int, ...]
    nodes: tuple[int, ...]
    depart_min: float
    arrive_min: float
    latest_departure_min: float


@dataclass(frozen=True)
class Bounds:
    """Minutes to a target that no way takes less than.

    Attributes
    ----------
    target : int
    least_min : float64 array, shape (nodes,)
        From each node, by the highest speeds that edges have from the departure on; infinite where there is no way.
    driven_min : float64 array, shape (sources,)
        From some nodes, of the way that would take so long, by the speeds of the moment; infinite where an edge of it
        closes. Where this is no more than the least, both are exact.
    """

    target: int
    least_min: FloatArray
    driven_min: FloatArray


class Travel:
    """Searches over a graph with water on it.

    Parameters
    ----------
    graph : RoadGraph
    water : WaterOnRoads
    reopened : bool
        Whether an edge is used again after it opened; people then wait at a junction for it.
    """

    def __init__(self, graph: RoadGraph, water: WaterOnRoads, reopened: bool = False) -> None:
        self.graph, self.water = graph, water
        self._roads = _roads(graph, water, reopened)
        nodes = len(graph.node_xy)
        self._out = _arcs(graph, nodes, outward=True)
        self._into = _arcs(graph, nodes, outward=False)
        room = 2 * len(self._out.edge) + 1  # a node may be taken again where bounds are rounded
        self._heap = Heap(np.empty(room), np.empty(room, np.int64))
        self._arrive, self._via = np.full(nodes, np.inf), np.full(nodes, -1, np.int64)
        self._touched = np.empty(nodes, np.int64)
        self._nothing = np.zeros(nodes)

    def earliest(self, source: int, depart_min: float) -> FloatArray:
        """Earliest arrival at every node, min; infinite where there is no way in time."""
        count = self._search(source, -1, depart_min, self._nothing)
        found = self._arrive.copy()
        self._forget(count)
        return found

    def arrival(self, source: int, target: int, depart_min: float, bounds: Bounds | None = None) -> float:
        """Earliest arrival at a node, min; infinite where there is no way in time. With bounds it is found sooner."""
        count = self._search(source, target, depart_min, self._nothing if bounds is None else bounds.least_min)
        found = float(self._arrive[target])
        self._forget(count)
        return found

    def way(self, source: int, target: int, depart_min: float, bounds: Bounds | None = None) -> Way | None:
        """The way of the earliest arrival; None where there is none in time. With bounds it is found sooner."""
        count = self._search(source, target, depart_min, self._nothing if bounds is None else bounds.least_min)
        arrive = float(self._arrive[target])
        edges, nodes = [], [target]
        while np.isfinite(arrive) and nodes[-1] != source:
            edge = int(self._via[nodes[-1]])
            edges.append(edge)
            nodes.append(self._other_end(edge, nodes[-1]))
        self._forget(count)
        if not np.isfinite(arrive):
            return None
        edges.reverse()
        nodes.reverse()
        return Way(tuple(edges), tuple(nodes), depart_min, arrive, self.latest_along(edges))

    def latest(self, target: int) -> FloatArray:
        """The last moment at every node from which a node is reached by any way; minus infinite where there is none."""
        found = np.empty(len(self.graph.node_xy))
        fill_latest(self._roads, self._into, target, self._heap, found)
        return found

    def latest_along(self, edges: Sequence[int]) -> float:
        """The last moment to begin a way of these edges."""
        by = np.inf
        for edge in reversed(edges):
            by = float(reached_by(self._roads, edge, by))
        return by

    def bounds(self, sources: IntArray, target: int, depart_min: float) -> Bounds:
        """Minutes to a target that no way takes less than, without edges that have closed for good."""
        roads, count = self._roads, len(self.graph.node_xy)
        free = roads.free_kmh.copy()
        slowed = np.flatnonzero(roads.slot >= 0)
        free[slowed] = _highest(roads.times_min, roads.speeds, depart_min)[roads.slot[slowed]]
        with np.errstate(divide="ignore"):
            minutes = 60.0 * roads.length_km / free
        gone = depart_min + minutes > roads.closes_min + 1e-6
        minutes[gone & np.isinf(roads.opens_min) if roads.wait else gone] = np.inf
        # A rounding below what is driven: the bounds must stay bounds.
        minutes *= 1.0 - 1e-9
        least, via, driven = np.empty(count), np.empty(count, np.int64), np.empty(len(sources))
        fill_least(minutes, self._into, target, self._heap, least, via)
        fill_driven(roads, self.graph.first, self.graph.last, sources, target, depart_min, via, driven)
        return Bounds(target, least, driven - depart_min)

    def _search(self, source: int, target: int, depart_min: float, least: FloatArray) -> int:
        """Search, and say how many nodes were touched."""
        return int(
            fill_earliest(
                self._roads,
                self._out,
                source,
                target,
                depart_min,
                least,
                self._heap,
                self._arrive,
                self._via,
                self._touched,
            )
        )

    def _forget(self, count: int) -> None:
        """Clear what a search wrote: its nodes only, so that a near search costs little on a large graph."""
        touched = self._touched[:count]
        self._arrive[touched], self._via[touched] = np.inf, -1

    def _other_end(self, edge: int, node: int) -> int:
        first, last = int(self.graph.first[edge]), int(self.graph.last[edge])
        return first if last == node else last


def _roads(graph: RoadGraph, water: WaterOnRoads, reopened: bool) -> Roads:
    """The edges as kernels take them: speeds over time of those only whose speed changes."""
    speeds = np.ascontiguousarray(water.speed_kmh.T, np.float64)
    slowed = (np.abs(speeds - graph.free_kmh[:, None]) > 1e-5 * graph.free_kmh[:, None]).any(axis=1)
    slot = np.where(slowed, np.cumsum(slowed) - 1, -1)
    closes = np.where(np.isnan(water.closes_min), np.inf, water.closes_min)
    opens = np.where(np.isnan(water.opens_min), np.inf, water.opens_min)
    times = np.ascontiguousarray(water.times_min, np.float64)
    return Roads(graph.length_m / 1000.0, graph.free_kmh, slot, times, speeds[slowed], closes, opens, reopened)


def _highest(times_min: FloatArray, speeds: FloatArray, start_min: float) -> FloatArray:
    """The highest speed of each row from a moment on; between its times it changes evenly."""
    if not len(speeds):
        return np.empty(0)
    k = int(np.clip(np.searchsorted(times_min, start_min, side="right") - 1, 0, len(times_min) - 1))
    up = min(k + 1, len(times_min) - 1)
    span = times_min[up] - times_min[k]
    share = float(np.clip((start_min - times_min[k]) / span, 0.0, 1.0)) if span > 0 else 0.0
    now = speeds[:, k] + share * (speeds[:, up] - speeds[:, k])
    return np.asarray(np.maximum(now, speeds[:, up:].max(axis=1)), np.float64)


def _arcs(graph: RoadGraph, nodes: int, outward: bool) -> Arcs:
    """The edges by which one leaves each node, or comes to it, by the number of the edge."""
    own = (graph.first, graph.last) if outward else (graph.last, graph.first)
    at = np.concatenate([own[0][graph.forward], own[1][graph.backward]])
    other = np.concatenate([own[1][graph.forward], own[0][graph.backward]])
    edge = np.concatenate([np.flatnonzero(graph.forward), np.flatnonzero(graph.backward)])
    order = np.lexsort((other, edge, at))
    start = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(at, minlength=nodes), out=start[1:])
    return Arcs(start, edge[order], other[order])
