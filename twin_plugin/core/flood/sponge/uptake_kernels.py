"""Kernels of sponge surfaces: what they take from cells, and what they pass on."""

from __future__ import annotations

import numpy as np
from numba import njit

from ..schemes.bits import two_sum

FULL = 0.999
"""A storage is full from this share on: the last drop comes with the rounding of float32."""


@njit(nogil=True, cache=True, error_model="numpy")
def take_up(  # type: ignore[no-untyped-def]
    h, low, cells, unit, surface, rate_ms, dt_s, cell_m2, capacity_m3, outflow_m3s, stored_m3, factor, taken_m3, held_m
):
    """Take water from cells into the storage that each belongs to, at most at its rate and while there is room.

    What flows out of the storage within the step makes room for as much. Cells that share a storage get the same share
    of what they could take when it becomes full.

    Parameters
    ----------
    h, low : float32 arrays
        Depths of two parts; changed.
    cells, unit, surface : int64 arrays, shape (cells,)
        Position in `h`, storage and surface of each cell.
    rate_ms : float64 array, shape (cells,)
        Fastest uptake, m/s over the cell.
    capacity_m3, outflow_m3s, stored_m3, factor : float64 arrays, shape (units,)
        Of each storage; `stored_m3` is changed, `factor` is scratch.
    taken_m3 : float64 array, shape (surfaces,)
        Taken in all, added to.
    held_m : float32 array, shape (cells,)
        Set to what each cell gave.
    """
    factor[:] = 0.0
    for i in range(cells.shape[0]):
        depth = np.float64(h[cells[i]])
        want = min(max(depth, 0.0), rate_ms[i] * dt_s)
        factor[unit[i]] += want * cell_m2
    for u in range(factor.shape[0]):
        wanted = factor[u]
        room = max(capacity_m3[u] - stored_m3[u] + outflow_m3s[u] * dt_s, 0.0)
        factor[u] = 1.0 if wanted <= room else room / wanted
    for i in range(cells.shape[0]):
        c, u = cells[i], unit[i]
        depth = np.float64(h[c])
        want = min(max(depth, 0.0), rate_ms[i] * dt_s)
        part = np.float32(want * factor[u])
        s, e = two_sum(h[c], -part)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
        volume = np.float64(part) * cell_m2
        stored_m3[u] += volume
        taken_m3[surface[i]] += volume
        held_m[i] = part


@njit(nogil=True, cache=True, error_model="numpy")
def let_out(  # type: ignore[no-untyped-def]
    stored_m3, capacity_m3, seepage_m3s, drain_m3s, surface, dt_s, now_s, seeped_m3, drained_m3, full_s, empty
):
    """Let each storage pass on what it holds to the ground and the drains, at most at its rates.

    `full_s`, of each surface, is set where it is infinite and all its storages are full; `empty` is scratch.
    """
    empty[:] = 0
    for u in range(stored_m3.shape[0]):
        s = surface[u]
        if stored_m3[u] < FULL * capacity_m3[u]:
            empty[s] += 1
        rate = seepage_m3s[u] + drain_m3s[u]
        if rate <= 0.0 or stored_m3[u] <= 0.0:
            continue
        out = min(stored_m3[u], rate * dt_s)
        to_ground = out * (seepage_m3s[u] / rate)
        stored_m3[u] = max(stored_m3[u] - out, 0.0)
        seeped_m3[s] += to_ground
        drained_m3[s] += out - to_ground
    for s in range(full_s.shape[0]):
        if empty[s] == 0 and now_s < full_s[s]:
            full_s[s] = now_s
