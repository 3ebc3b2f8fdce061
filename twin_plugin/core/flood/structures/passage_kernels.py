"""Kernels of the structures in a run: levels at their ends, flows, and the water that they move.

Arrays of pools list their cells one pool after the other: pool p has `cells[first[p]:first[p + 1]]`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..schemes.addition_kernels import change_depths
from ..schemes.array_layout import F32
from .culvert_kernels import culvert, inlet_flow
from .flow_states import CLOSED, DRY, RUNNING
from .opening_kernels import GRAVITY_MS2, bridge, gate, orifice, weir

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]

WEIR, ORIFICE, GATE, BRIDGE, CULVERT, PUMP = range(6)
"""Numbers of the kinds. What their numbers are, levels in metres above datum:

WEIR: crest, width, coefficient. ORIFICE: invert, height, width (0: circle), coefficient, openings. GATE: sill, opening,
width, coefficient. BRIDGE: invert, soffit, deck, width of the opening, length of the deck, coefficients of the free
surface, sluice, full opening and deck. CULVERT: rise, width (0: circle), length, inverts at start and end, Manning's n,
entrance loss, barrels, c, y, slope factor. PUMP: none; its flow is given.
"""
NUMBERS = 11


@njit(nogil=True, cache=True, error_model="numpy")
def pool_levels(
    h: F32, low: F32, bed: F32, base_m: float, first: I64, cells: I64, level_m: F64, held_m: F64, deepest_m: F64,
    wet: I64,
) -> None:  # fmt: skip
    """Level of each pool (that of its cells weighted by depth; dry: its lowest ground), sum and largest of its depths,
    and how many of its cells are wet.
    """
    for p in range(first.shape[0] - 1):
        ground, held, weighted, deepest, count = np.inf, 0.0, 0.0, 0.0, 0
        for i in range(first[p], first[p + 1]):
            c = cells[i]
            depth, bottom = float(h[c]) + float(low[c]), float(bed[c])
            ground = min(ground, bottom)
            if depth > 0.0:
                held += depth
                deepest = max(deepest, depth)
                weighted += depth * (bottom + depth)
                count += 1
        level_m[p] = base_m + (weighted / held if held > 0.0 else ground)
        held_m[p], deepest_m[p], wet[p] = held, deepest, count


@njit(nogil=True, cache=True, error_model="numpy")
def _culvert_flow(up_m: float, down_m: float, back: bool, n: F64, table: F64) -> tuple[float, int]:
    """A culvert with all of its barrels; `back`: from its end to its start."""
    rise, width, length = n[0], n[1], n[2]
    inlet, outlet = (n[4], n[3]) if back else (n[3], n[4])
    slope = (inlet - outlet) / length
    row = 2 if back else 0
    fall = n[10] * slope if slope > 0.0 and not back else 0.0
    most = inlet_flow(up_m - inlet, table[row], table[row + 1], rise, width, n[8], n[9], fall)
    flow, state = culvert(up_m - inlet, down_m - outlet, most, rise, width, length, slope, n[5], n[6])
    return flow * n[7], state


@njit(nogil=True, cache=True, error_model="numpy")
def passage_flow(kind: int, up_m: float, down_m: float, back: bool, n: F64, table: F64) -> tuple[float, int]:
    """Discharge from the higher to the lower level, m³/s, and how it flows."""
    if kind == WEIR:
        return weir(up_m, down_m, n[0], n[1], n[2])
    if kind == ORIFICE:
        flow, state = orifice(up_m, down_m, n[0], n[1], n[2], n[3])
        return flow * n[4], state
    if kind == GATE:
        return gate(up_m, down_m, n[0], n[1], n[2], n[3])
    if kind == BRIDGE:
        return bridge(up_m, down_m, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8])
    return _culvert_flow(up_m, down_m, back, n, table)


@njit(nogil=True, cache=True, error_model="numpy")
def _least_level(kind: int, back: bool, n: F64) -> float:
    """Level below which nothing flows out of the higher side."""
    return n[4] if kind == CULVERT and back else n[3] if kind == CULVERT else n[0]


@njit(nogil=True, cache=True, error_model="numpy")
def nominal_flows(
    kind: I64, numbers: F64, tables: F64, table_of: I64, one_way: NDArray[np.bool_], on: NDArray[np.bool_],
    level_m: F64, held_m: F64, flow_m3s: F64, state: I64,
) -> None:  # fmt: skip
    """Flow of each passage, positive from its start (pool 2 p) to its end (pool 2 p + 1); pumps have theirs already."""
    for p in range(kind.shape[0]):
        if kind[p] == PUMP:
            state[p] = RUNNING if flow_m3s[p] > 0.0 else CLOSED
            continue
        start, end = level_m[2 * p], level_m[2 * p + 1]
        back = end > start
        source = 2 * p + 1 if back else 2 * p
        flow_m3s[p] = 0.0
        if not on[p] or (back and one_way[p]):
            state[p] = CLOSED
        elif held_m[source] <= 0.0:
            state[p] = DRY
        else:
            flow, state[p] = passage_flow(
                kind[p], max(start, end), min(start, end), back, numbers[p], tables[table_of[p]]
            )
            flow_m3s[p] = -flow if back else flow


@njit(nogil=True, cache=True, error_model="numpy")
def _speeding_up(flow_m3s: float, before_m3s: float, head_m: float, pull: float) -> float:
    """A flow that approaches its rating as fast as the difference of the levels can speed up the water.

    dQ/dt = pull (head - head (Q / rating)²), the loss implicit. Water that already flows keeps on: two cells that give
    and get as much as they pass on need no difference of levels besides the structure's own. Never above the rating,
    so that the flow ends with the difference of the levels and does not turn it round.
    """
    speed = pull * head_m
    return min((before_m3s + speed) / (1.0 + speed * before_m3s / flow_m3s**2), flow_m3s)


@njit(nogil=True, cache=True, error_model="numpy")
def limited_flows(
    kind: I64, numbers: F64, level_m: F64, held_m: F64, deepest_m: F64, wet: I64, first: I64, share: F64,
    cell_m2: float, dt: float, nominal_m3s: F64, before_m3s: F64, flow_m3s: F64, limited: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Flows of a step, which take no more than is there and do not swing between two ends that are level.

    `share` is the part of a pool's water that the passage may count on: others may draw from the same cells.
    `before_m3s` are the flows of the step before, `limited` is set where what is there decides.
    """
    for p in range(kind.shape[0]):
        flow = abs(nominal_m3s[p])
        flow_m3s[p], limited[p] = 0.0, False
        if flow == 0.0:
            continue
        back = nominal_m3s[p] < 0.0
        source, target = (2 * p + 1, 2 * p) if back else (2 * p, 2 * p + 1)
        most = held_m[source] * share[source] * cell_m2
        if kind[p] != PUMP:
            cells = min(wet[source] * share[source], (first[target + 1] - first[target]) * share[target])
            pull = 0.5 * GRAVITY_MS2 * max(deepest_m[source], deepest_m[target]) * cells * dt
            before = max(-before_m3s[p] if back else before_m3s[p], 0.0)
            flow = _speeding_up(flow, before, level_m[source] - level_m[target], pull)
            above = level_m[source] - _least_level(kind[p], back, numbers[p])
            most = min(most, max(above, 0.0) * wet[source] * share[source] * cell_m2)
        limited[p] = flow * dt > most
        flow = min(flow, most / dt)
        flow_m3s[p] = -flow if back else flow


@njit(nogil=True, cache=True, error_model="numpy")
def move_water(
    h: F32, low: F32, first: I64, cells: I64, flow_m3s: F64, dt: float, cell_m2: float, owed_m: F64, taken_m: F64,
    change: F32, moved: F64,
) -> float:  # fmt: skip
    """Take water at one end of each passage and give the same at the other; the largest depth where it was given.

    `taken_m` is set to what left, as a depth of one cell. What the float32 depths could not take up is kept in
    `owed_m` until the next step. `change` and `moved` are scratch, as long as the largest pool.
    """
    deepest = 0.0
    for p in range(flow_m3s.shape[0]):
        taken_m[p] = 0.0
        if flow_m3s[p] == 0.0:
            continue
        source = 2 * p if flow_m3s[p] > 0.0 else 2 * p + 1
        begin, count, held = first[source], first[source + 1] - first[source], 0.0
        for i in range(count):
            held += max(float(h[cells[begin + i]]), 0.0)
        if held <= 0.0:
            continue
        share = min(abs(flow_m3s[p]) * dt / cell_m2 / held, 1.0)
        for i in range(count):
            change[i] = -np.float32(share * max(float(h[cells[begin + i]]), 0.0))
        change_depths(h, low, cells[begin : begin + count], change[:count], moved[:count])
        for i in range(count):
            taken_m[p] -= moved[i]
    for p in range(flow_m3s.shape[0]):
        target = 2 * p + 1 if flow_m3s[p] > 0.0 else 2 * p
        begin, count = first[target], first[target + 1] - first[target]
        if taken_m[p] == 0.0 or count == 0:
            continue
        owed_m[p] += taken_m[p]
        for i in range(count):
            change[i] = np.float32(owed_m[p] / count)
        top = change_depths(h, low, cells[begin : begin + count], change[:count], moved[:count])
        for i in range(count):
            owed_m[p] -= moved[i]
        deepest = max(deepest, float(top))
    return deepest
