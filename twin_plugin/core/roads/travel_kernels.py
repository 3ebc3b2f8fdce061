"""Kernels that drive along roads whose speeds change over time, and find the fastest ways and the last safe moments.

Times are minutes, lengths km, speeds km/h. A speed changes evenly between two times of the water, and whoever is on an
edge has the speed of the moment: so nobody overtakes by leaving later, and the first label of a junction is the best
one (Ichoua, Gendreau, Potvin 2003, doi:10.1016/S0377-2217(02)00147-9).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray

SLACK_MIN = 1e-9
"""Rounding of sums of minutes: to leave an edge just when it closes is early enough."""


class Roads(NamedTuple):
    """The edges as kernels take them; arrays of shape (edges,).

    Attributes
    ----------
    length_km, free_kmh : float64 arrays
    slot : int64 array
        Row of `speeds`; -1 where the speed is always the free one.
    times_min : float64 array, shape (times,)
    speeds : float64 array, shape (slots, times)
    closes_min, opens_min : float64 arrays
        Infinite where an edge never does.
    wait : bool
        Whether people wait at a node until an edge opens again; else an edge that closed is not used any more.
    """

    length_km: FloatArray
    free_kmh: FloatArray
    slot: IntArray
    times_min: FloatArray
    speeds: FloatArray
    closes_min: FloatArray
    opens_min: FloatArray
    wait: bool


class Arcs(NamedTuple):
    """The edges at each node: those of node n are `edge[start[n]:start[n + 1]]`, and `node` their other ends."""

    start: IntArray
    edge: IntArray
    node: IntArray


class Heap(NamedTuple):
    """Room for the labels of a search, as long as there are arcs and one more."""

    keys: FloatArray
    nodes: NDArray[np.int64]


@njit(nogil=True, cache=True)
def leave_at(roads, edge, enter):  # type: ignore[no-untyped-def]
    """When an edge is left that is entered at a time; infinite where its speed stays 0."""
    rest = 60.0 * roads.length_km[edge]  # km/h times minutes
    if roads.slot[edge] < 0:
        return enter + rest / roads.free_kmh[edge]
    times, speeds = roads.times_min, roads.speeds[roads.slot[edge]]
    last, now = len(times) - 1, enter
    k = np.searchsorted(times, now, side="right") - 1
    if k < 0:
        way = speeds[0] * (times[0] - now)
        if way >= rest:
            return now + rest / speeds[0]
        rest -= way
        now, k = times[0], 0
    while k < last:
        rise = (speeds[k + 1] - speeds[k]) / (times[k + 1] - times[k])
        speed = speeds[k] + rise * (now - times[k])
        way = 0.5 * (speed + speeds[k + 1]) * (times[k + 1] - now)
        if way >= rest:
            return now + 2.0 * rest / (speed + np.sqrt(max(speed * speed + 2.0 * rise * rest, 0.0)))
        rest -= way
        now, k = times[k + 1], k + 1
    return now + rest / speeds[last] if speeds[last] > 0.0 else np.inf


@njit(nogil=True, cache=True)
def enter_at(roads, edge, leave):  # type: ignore[no-untyped-def]
    """When an edge is entered at the latest to be left at a time; minus infinite where its speed was always 0."""
    rest = 60.0 * roads.length_km[edge]
    if leave == np.inf or roads.slot[edge] < 0:
        return leave - rest / roads.free_kmh[edge]
    times, speeds = roads.times_min, roads.speeds[roads.slot[edge]]
    last, now = len(times) - 1, leave
    k = np.searchsorted(times, now, side="left") - 1
    if k >= last:
        way = speeds[last] * (now - times[last])
        if way >= rest:
            return now - rest / speeds[last]
        rest -= way
        now, k = times[last], last - 1
    while k >= 0:
        rise = (speeds[k + 1] - speeds[k]) / (times[k + 1] - times[k])
        speed = speeds[k] + rise * (now - times[k])
        way = 0.5 * (speeds[k] + speed) * (now - times[k])
        if way >= rest:
            return now - 2.0 * rest / (speed + np.sqrt(max(speed * speed - 2.0 * rise * rest, 0.0)))
        rest -= way
        now, k = times[k], k - 1
    return now - rest / speeds[0] if speeds[0] > 0.0 else -np.inf


@njit(nogil=True, cache=True)
def passed_at(roads, edge, enter):  # type: ignore[no-untyped-def]
    """When an edge is left by whoever is at its entry at a time; infinite where it closes before that."""
    leave = leave_at(roads, edge, enter)
    if leave <= roads.closes_min[edge] + SLACK_MIN:
        return leave
    if not roads.wait or roads.opens_min[edge] == np.inf:
        return np.inf
    return leave_at(roads, edge, max(enter, roads.opens_min[edge]))


@njit(nogil=True, cache=True)
def reached_by(roads, edge, leave):  # type: ignore[no-untyped-def]
    """The last moment at the entry of an edge to have left it by a time."""
    if roads.wait and roads.opens_min[edge] < np.inf:
        enter = enter_at(roads, edge, leave)
        if enter >= roads.opens_min[edge] - SLACK_MIN:
            return enter
    return enter_at(roads, edge, min(leave, roads.closes_min[edge]))


@njit(nogil=True, cache=True)
def _push(heap, size, key, node):  # type: ignore[no-untyped-def]
    """Add to a heap of `size` labels, the least first; equal ones by node, whatever the order of the roads."""
    keys, nodes, at = heap.keys, heap.nodes, size
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] < key or (keys[up] == key and nodes[up] <= node):
            break
        keys[at], nodes[at] = keys[up], nodes[up]
        at = up
    keys[at], nodes[at] = key, node


@njit(nogil=True, cache=True)
def _drop_first(heap, size):  # type: ignore[no-untyped-def]
    """Remove the first of `size` labels: the last one sinks from its place."""
    keys, nodes, last = heap.keys, heap.nodes, size - 1
    key, node, at = keys[last], nodes[last], 0
    while True:
        down = 2 * at + 1
        if down >= last:
            break
        other = down + 1
        if other < last and (keys[other] < keys[down] or (keys[other] == keys[down] and nodes[other] < nodes[down])):
            down = other
        if key < keys[down] or (key == keys[down] and node <= nodes[down]):
            break
        keys[at], nodes[at] = keys[down], nodes[down]
        at = down
    keys[at], nodes[at] = key, node


@njit(nogil=True, cache=True)
def fill_earliest(roads, arcs, source, target, depart, least, heap, arrive, via, touched):  # type: ignore[no-untyped-def]
    """Earliest arrival from a node, until a target is final; at all nodes where the target is -1.

    `least` are minutes to the target from each node that no way takes less than, 0 where nothing is known: nodes are
    taken in the order of arrival and these (A*; Hart, Nilsson, Raphael 1968, doi:10.1109/TSSC.1968.300136). Writes
    `arrive` (infinite before) and `via`, the edge by which a node is reached, of the nodes that it lists in `touched`;
    returns how many these are.
    """
    count, size = 1, 1
    arrive[source], via[source], touched[0] = depart, -1, source
    heap.keys[0], heap.nodes[0] = depart + least[source], source
    while size > 0:
        key, node = heap.keys[0], heap.nodes[0]
        _drop_first(heap, size)
        size -= 1
        now = arrive[node]
        if node == target:
            break
        if key > now + least[node]:
            continue
        for a in range(arcs.start[node], arcs.start[node + 1]):
            other = arcs.node[a]
            if least[other] == np.inf:
                continue
            there = passed_at(roads, arcs.edge[a], now)
            if there < arrive[other]:
                if arrive[other] == np.inf:
                    touched[count] = other
                    count += 1
                arrive[other], via[other] = there, arcs.edge[a]
                _push(heap, size, there + least[other], other)
                size += 1
    return count


@njit(nogil=True, cache=True)
def fill_latest(roads, arcs, target, heap, latest):  # type: ignore[no-untyped-def]
    """The last moment at each node from which a node is reached; minus infinite where there is no way.

    `arcs` are the edges by which one comes to a node.
    """
    latest[:] = -np.inf
    latest[target], size = np.inf, 1
    heap.keys[0], heap.nodes[0] = -np.inf, target
    while size > 0:
        by, node = -heap.keys[0], heap.nodes[0]
        _drop_first(heap, size)
        size -= 1
        if by < latest[node]:
            continue
        for a in range(arcs.start[node], arcs.start[node + 1]):
            other = arcs.node[a]
            enter = reached_by(roads, arcs.edge[a], by)
            if enter > latest[other]:
                latest[other] = enter
                _push(heap, size, -enter, other)
                size += 1


@njit(nogil=True, cache=True)
def fill_least(minutes, arcs, target, heap, least, via):  # type: ignore[no-untyped-def]
    """The least sum of fixed `minutes` of edges from each node to a node, and the edge that begins the way.

    `arcs` are the edges by which one comes to a node; an edge of infinite minutes is not used.
    """
    least[:], via[:] = np.inf, -1
    least[target], size = 0.0, 1
    heap.keys[0], heap.nodes[0] = 0.0, target
    while size > 0:
        so_far, node = heap.keys[0], heap.nodes[0]
        _drop_first(heap, size)
        size -= 1
        if so_far > least[node]:
            continue
        for a in range(arcs.start[node], arcs.start[node + 1]):
            other, edge = arcs.node[a], arcs.edge[a]
            total = so_far + minutes[edge]
            if total < least[other]:
                least[other], via[other] = total, edge
                _push(heap, size, total, other)
                size += 1


@njit(nogil=True, cache=True)
def fill_driven(roads, first, last, sources, target, depart, via, arrive):  # type: ignore[no-untyped-def]
    """When each source arrives at a node by the edges that `via` begins its way with; infinite where they close."""
    for n in range(len(sources)):
        node, now = sources[n], depart
        while node != target and now < np.inf:
            edge = via[node]
            if edge < 0:
                now = np.inf
                break
            now = passed_at(roads, edge, now)
            node = last[edge] if first[edge] == node else first[edge]
        arrive[n] = now
