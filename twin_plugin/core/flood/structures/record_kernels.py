"""Kernels that keep account of the structures in every step."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..schemes.array_layout import F32

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]
Flags = NDArray[np.bool_]

FLOW, MOST, MOST_S, FORTH, BACK, RUNNING, SUBMERGED, LIMITED, HIGHEST_START, HIGHEST_END, START_M, END_M = range(12)
"""Rows of the sums of each link: present and largest flow (m³/s) and its time, volumes (m³) in both directions, seconds
with flow, submerged and limited by the cells, highest and present levels (m) at both ends."""
SUMS = 12


@njit(nogil=True, cache=True, error_model="numpy")
def note_levels(level_m: F64, lowest: I64, sums: F64) -> None:
    """Levels of each link: those of its lowest passage."""
    for i in range(lowest.shape[0]):
        sums[START_M, i], sums[END_M, i] = level_m[2 * lowest[i]], level_m[2 * lowest[i] + 1]
        sums[HIGHEST_START, i] = max(sums[HIGHEST_START, i], sums[START_M, i])
        sums[HIGHEST_END, i] = max(sums[HIGHEST_END, i], sums[END_M, i])


@njit(nogil=True, cache=True, error_model="numpy")
def note_step(
    begin: I64, flow_m3s: F64, state: I64, limited: Flags, under: Flags, end_s: float, dt: float, sums: F64, now: I64,
    at_most: I64,
) -> None:  # fmt: skip
    """Add a step: a link flows as the passage that moved most, and is limited where one of its passages is."""
    for i in range(now.shape[0]):
        total, largest, held = 0.0, -1.0, False
        for p in range(begin[i], begin[i + 1]):
            total += flow_m3s[p]
            held = held or limited[p]
            if abs(flow_m3s[p]) > largest:
                largest, now[i] = abs(flow_m3s[p]), state[p]
        sums[FLOW, i] = total
        sums[FORTH, i] += max(total, 0.0) * dt
        sums[BACK, i] += max(-total, 0.0) * dt
        if abs(total) > sums[MOST, i]:
            sums[MOST, i], sums[MOST_S, i], at_most[i] = abs(total), end_s, now[i]
        if total != 0.0:
            sums[RUNNING, i] += dt
            if under[now[i]]:
                sums[SUBMERGED, i] += dt
        if held:
            sums[LIMITED, i] += dt


@njit(nogil=True, cache=True, error_model="numpy")
def settle(taken_m: F64, flow_m3s: F64, cell_m2: float, dt: float, before_m3s: F64, limited: Flags) -> None:
    """The flows that came about, and whether the cells held less than was asked for."""
    for p in range(taken_m.shape[0]):
        moved = taken_m[p] * cell_m2 / dt
        limited[p] = limited[p] or moved < (1.0 - 1e-4) * abs(flow_m3s[p])
        before_m3s[p] = -moved if flow_m3s[p] < 0.0 else moved


@njit(nogil=True, cache=True, error_model="numpy")
def longest_step(h: F32, first: I64, cells: I64, flow_m3s: F64, cell_m2: float, start_m: float, dt: float) -> float:
    """The longest step in which no flow heaps up more than `start_m` and the least depth where it arrives."""
    for p in range(flow_m3s.shape[0]):
        target = 2 * p + 1 if flow_m3s[p] > 0.0 else 2 * p
        count = first[target + 1] - first[target]
        if flow_m3s[p] == 0.0 or count == 0:
            continue
        rise_ms = abs(flow_m3s[p]) / (count * cell_m2)
        if rise_ms * dt > start_m:
            least = float(h[cells[first[target]]])
            for i in range(first[target], first[target + 1]):
                least = min(least, float(h[cells[i]]))
            dt = min(dt, (start_m + max(least, 0.0)) / rise_ms)
    return dt
