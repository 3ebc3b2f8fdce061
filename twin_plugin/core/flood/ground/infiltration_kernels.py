"""Kernels of infiltration: what each cell of pervious ground takes of the water on it in one step.

All three have the same arguments. The cells are handled in chunks of fixed length, so that sums do not depend on the
number of threads.

Parameters
----------
h, low : float32 arrays, flat
    Depth of the water, changed in place: the water is h + low.
cells : int64 array, shape (n,)
    Flat positions of pervious cells.
kinds : int32 array, shape (n,)
    Class of each cell.
numbers : float64 array, shape (classes, …)
    What the class has by its method (`methods.py`).
shares, parts : float64 and int64 arrays, shape (classes,)
    Pervious share of the area, and the part of the account.
state : float64 array, shape (states, n)
    Changed in place; what its rows are is said at each kernel.
rain_m, rain_cells : float, float32 array
    Rain of the step on every cell, and on each cell (flat; empty where rain is even).
dt, dry_s : float
    Seconds of the step, and those in which dry ground recovers: 0 while it rains, or rain waits for the next step.
taken : float64 array, shape (n,)
    Metres that each cell took since the start of the run, averaged over its area; added to.
sums : float64 array, shape (chunks, parts)
    Written: metres taken in this step, summed over the cells of each chunk and part.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from ..schemes.bits import two_sum

CHUNK = 4096
"""Cells that one thread handles at a time."""
DRY_M_S = 0.1 / 3.6e6
"""Ground that gets less water (0.1 mm/h) counts as dry, and recovers."""
CLOSE_M = 1e-9
"""A step of Newton's so small leaves an error below 1e-12 m."""


@njit(forceinline=True, error_model="numpy")
def _take(h, low, c, depth):  # type: ignore[no-untyped-def]
    """Take up to `depth` out of a cell without losing bits; what was taken."""
    amount = min(np.float32(depth), h[c])
    s, e = two_sum(h[c], -amount)
    rest = low[c] + e
    h[c] = s + rest
    low[c] = rest - (h[c] - s)
    return np.float64(amount)


@njit(nogil=True, error_model="numpy")
def front_depth(before, water, drive, conducted):  # type: ignore[no-untyped-def]
    """Metres that enter under a wetting front in a step: F2 - F - S ln((F2 + S) / (F + S)) = K dt, at most `water`.

    Newton's steps from above the root of a convex function never pass it.
    """
    if water <= conducted or drive <= 0.0:
        return min(water, conducted)
    start = before + drive
    if water * (before + water) <= conducted * (start + water):  # even the rate at the end would let it in
        return water
    most = conducted * (1.0 + drive / before) if before > 0.0 else water  # the rate at the start is the largest
    if water <= most and water - drive * math.log((start + water) / start) <= conducted:
        return water
    after = before + min(most, water)
    for _ in range(50):
        miss = after - before - drive * math.log((after + drive) / start) - conducted
        change = miss * (after + drive) / after
        after -= change
        if change < CLOSE_M:
            break
    return min(max(after - before, 0.0), water)


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def green_ampt(h, low, cells, kinds, numbers, shares, parts, state, rain_m, rain_cells, dt, dry_s, taken, sums):  # type: ignore[no-untyped-def]
    """State: taken in this storm (m), water of the upper zone (m), deficit, seconds until a new storm may begin."""
    for chunk in prange(sums.shape[0]):
        sums[chunk] = 0.0
        for i in range(chunk * CHUNK, min((chunk + 1) * CHUNK, cells.shape[0])):
            c, kind = cells[i], kinds[i]
            conductivity, zone = numbers[kind, 0], numbers[kind, 3]
            most = numbers[kind, 2] * zone
            water = np.float64(h[c])
            state[3, i] -= dt
            if water > DRY_M_S * dt:
                if water > conductivity * dt:
                    state[3, i] = numbers[kind, 5]
                drive = (numbers[kind, 1] + water) * state[2, i]
                due = front_depth(state[0, i], water, drive, conductivity * dt) * shares[kind]
            else:
                due = max(water, 0.0)
                lost = numbers[kind, 4] * most * dry_s
                state[0, i] = max(state[0, i] - lost, 0.0)
                state[1, i] -= lost
                if state[1, i] <= 0.0:
                    state[0, i], state[1, i], state[2, i] = 0.0, 0.0, numbers[kind, 2]
                elif state[3, i] <= 0.0:
                    state[0, i], state[2, i] = 0.0, (most - state[1, i]) / zone
            if due > 0.0:
                amount = _take(h, low, c, due)
                state[0, i] += amount / shares[kind]
                state[1, i] = min(state[1, i] + amount / shares[kind], most)
                taken[i] += amount
                sums[chunk, parts[kind]] += amount


@njit(nogil=True, error_model="numpy")
def horton_left(water, final, above, decay):  # type: ignore[no-untyped-def]
    """Share of `above`, the capacity over `final`, that is left when it has let `water` in.

    Newton's steps on a concave function of time, from the root of the parabola that it begins as: the first step may
    come from above the root, the others from below, and none passes it.
    """
    rate = final + above
    if rate <= 0.0:
        return 1.0
    square = rate * rate - 2.0 * above * decay * water
    time_s, left = 2.0 * water / (rate + math.sqrt(square)) if square >= 0.0 else 0.0, 1.0
    for _ in range(50):
        left = math.exp(-decay * time_s)
        change = (water - final * time_s - above / decay * (1.0 - left)) / (final + above * left)
        time_s += change
        left -= left * decay * change
        if abs(change) < 1e-6 * time_s:
            break
    return left


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def horton(h, low, cells, kinds, numbers, shares, parts, state, rain_m, rain_cells, dt, dry_s, taken, sums):  # type: ignore[no-untyped-def]
    """State: the share of the difference between dry and wet capacity that is left."""
    fallen, dried = np.exp(-numbers[:, 2] * dt), np.exp(-numbers[:, 3] * dry_s)
    for chunk in prange(sums.shape[0]):
        sums[chunk] = 0.0
        for i in range(chunk * CHUNK, min((chunk + 1) * CHUNK, cells.shape[0])):
            c, kind = cells[i], kinds[i]
            final, above, decay = numbers[kind, 0], numbers[kind, 1] * state[0, i], numbers[kind, 2]
            water = np.float64(h[c])
            if water > DRY_M_S * dt:
                due = final * dt + above / decay * (1.0 - fallen[kind])
                if water >= due:
                    state[0, i] *= fallen[kind]
                else:
                    due = water
                    state[0, i] *= horton_left(water, final, above, decay)
                due *= shares[kind]
            else:
                due = max(water, 0.0)
                state[0, i] = 1.0 - (1.0 - state[0, i]) * dried[kind]
            if due > 0.0:
                amount = _take(h, low, c, due)
                taken[i] += amount
                sums[chunk, parts[kind]] += amount


@njit(nogil=True, error_model="numpy")
def curve_loss(rain, storage, share):  # type: ignore[no-untyped-def]
    """Metres lost of so much rain: all up to the initial abstraction, then by the runoff curve."""
    more = rain - share * storage
    return rain if more <= 0.0 else share * storage + storage * more / (more + storage)


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def curve(h, low, cells, kinds, numbers, shares, parts, state, rain_m, rain_cells, dt, dry_s, taken, sums):  # type: ignore[no-untyped-def]
    """State: rain of this storm (m), what it still has to lose (m), storage at its start and now (m), seconds without
    rain.
    """
    for chunk in prange(sums.shape[0]):
        sums[chunk] = 0.0
        for i in range(chunk * CHUNK, min((chunk + 1) * CHUNK, cells.shape[0])):
            c, kind = cells[i], kinds[i]
            rain = rain_m + (np.float64(rain_cells[c]) if rain_cells.shape[0] else 0.0)
            if rain > 0.0:
                if state[4, i] >= numbers[kind, 3]:
                    state[0, i], state[1, i], state[2, i] = 0.0, 0.0, state[3, i]
                before = curve_loss(state[0, i], state[2, i], numbers[kind, 1])
                state[0, i] += rain
                state[1, i] += curve_loss(state[0, i], state[2, i], numbers[kind, 1]) - before
                state[4, i] = 0.0
            else:
                state[4, i] += dry_s
            due = min(state[1, i], np.float64(h[c]))
            if due > 0.0:
                amount = _take(h, low, c, due)
                state[1, i] = max(state[1, i] - amount, 0.0)
                state[3, i] = max(state[3, i] - amount, 0.0)
                taken[i] += amount
                sums[chunk, parts[kind]] += amount
            elif rain <= 0.0:
                state[3, i] = min(state[3, i] + numbers[kind, 2] * numbers[kind, 0] * dry_s, numbers[kind, 0])
