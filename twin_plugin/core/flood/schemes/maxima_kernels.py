"""What a sweep keeps of the state that it starts from: kernels for a row of cells that lies in the cache.

The kept arrays lie one after the other in one flat array, each as long as a field: largest depth, first arrival, time
under water, then what only a look brings up to date: largest speed, product of depth and speed, square of the Froude
number, and looks at which the cell was limited. A row is worked through in pieces, so that films and dry ground cost
nothing but their depth. Each loop writes one array: such loops vectorise.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from ..constants import GRAVITY_MS2, SPEED_DEPTH_M
from .bits import bits
from .kernel_numbers import ONE, ZERO, i32, u64

DEPTH, ARRIVAL, WET, SPEED, PRODUCT, FROUDE2, LIMITED = range(7)
"""Order of the kept arrays."""
KEPT = 7
WET_CELLS, FAST_CELLS, CAPPED_CELLS, FASTEST, FASTEST_CELL = range(5)
"""Order of the counts of a tile: wet, supercritical and capped cells; the largest speed as a bit pattern and where."""
COUNTS = 5
FILM = np.float32(SPEED_DEPTH_M)
FILM_PATTERN = int(FILM.view(np.int32))
GRAVITY = np.float32(GRAVITY_MS2)
DRY = np.float32(1e30)
"""Arrival where no water has arrived."""
PIECE = 64  # cells of a row that are asked together whether they have any water


@njit(forceinline=True, error_model="numpy")
def _flow_depth(h0, z0, h1, z1):  # type: ignore[no-untyped-def]
    """Depth of the water that can pass between two cells: highest level over highest bed."""
    dz = z1 - z0
    up = dz if dz > ZERO else ZERO
    a = h0 - up
    b = h1 + (dz - up)
    d = a if a > b else b
    return d if d > ZERO else ZERO


@njit(forceinline=True, error_model="numpy")
def _velocity(h, z, qx, qy, a, stride):  # type: ignore[no-untyped-def]
    """Velocity (east, south) of the cell at a flat position: discharge of its faces over the depth that passes there.

    The cell's own depth would not do: below a step it is a film while the discharge is that of the deep water above.
    """
    one = u64(1)
    west = _flow_depth(h[a - one], z[a - one], h[a], z[a])
    east = _flow_depth(h[a], z[a], h[a + one], z[a + one])
    north = _flow_depth(h[a - stride], z[a - stride], h[a], z[a])
    south = _flow_depth(h[a], z[a], h[a + stride], z[a + stride])
    across = west + east
    along = north + south
    # The face of an open edge carries water, but no depth is known beyond it.
    q_west = qx[a] if west > ZERO else ZERO
    q_east = qx[a + one] if east > ZERO else ZERO
    q_north = qy[a] if north > ZERO else ZERO
    q_south = qy[a + stride] if south > ZERO else ZERO
    u = (q_west + q_east) / (across if across > FILM else FILM)
    v = (q_north + q_south) / (along if along > FILM else FILM)
    return u, v


@njit(forceinline=True, error_model="numpy")
def _speeds(out, o, h, z, qx, qy, a, n, stride):  # type: ignore[no-untyped-def]
    """Speeds of n cells from the discharges of their faces; 0 in films."""
    for i in range(n):
        u, v = _velocity(h, z, qx, qy, a + i, stride)
        norm = math.sqrt(u * u + v * v)
        out[o + i] = norm if h[a + i] >= FILM else ZERO


@njit(forceinline=True, error_model="numpy")
def _centred_speeds(out, o, h, u, v, a, n):  # type: ignore[no-untyped-def]
    """The same from the velocities of cells."""
    for i in range(n):
        norm = math.sqrt(u[a + i] * u[a + i] + v[a + i] * v[a + i])
        out[o + i] = norm if h[a + i] >= FILM else ZERO


@njit(forceinline=True, error_model="numpy")
def _keep_depths(kept, h, a, n):  # type: ignore[no-untyped-def]
    """Raise the largest depths of n cells; the largest of now as a bit pattern."""
    top = i32(0)
    for i in range(n):
        v = h[a + i]
        old = kept[a + i]
        kept[a + i] = v if v > old else old
        pattern = bits(v)
        top = pattern if pattern > top else top
    return top


@njit(forceinline=True, error_model="numpy")
def _keep_times(kept, size, h, a, n, numbers):  # type: ignore[no-untyped-def]
    """First arrival and time under water of n cells."""
    limit, now, span = numbers[0], numbers[1], numbers[2]
    b = a + u64(ARRIVAL) * size
    for i in range(n):
        first = now if h[a + i] >= limit else DRY
        old = kept[b + i]
        kept[b + i] = first if first < old else old
    b = a + u64(WET) * size
    for i in range(n):
        kept[b + i] += span if h[a + i] >= limit else ZERO


@njit(forceinline=True, error_model="numpy")
def _keep_speeds(kept, size, speeds, o, h, a, n, limit):  # type: ignore[no-untyped-def]
    """Largest speed, product with the depth, and square of the Froude number where wet, of n cells."""
    b = a + u64(SPEED) * size
    for i in range(n):
        v = speeds[o + i]
        old = kept[b + i]
        kept[b + i] = v if v > old else old
    b = a + u64(PRODUCT) * size
    for i in range(n):
        v = speeds[o + i] * h[a + i]
        old = kept[b + i]
        kept[b + i] = v if v > old else old
    b = a + u64(FROUDE2) * size
    for i in range(n):
        d = h[a + i]
        s = speeds[o + i]
        f = s * s / (GRAVITY * d) if d >= limit else ZERO
        old = kept[b + i]
        kept[b + i] = f if f > old else old


@njit(forceinline=True, error_model="numpy")
def _keep_limits(kept, size, shares, p, speeds, o, h, a, n, held):  # type: ignore[no-untyped-def]
    """Count the look for those of n cells that pay out all that they hold, or run at the Froude cap."""
    b = a + u64(LIMITED) * size
    for i in range(n):
        d = h[a + i]
        s = speeds[o + i]
        kept[b + i] += ONE if (shares[p + i] < ONE and d > ZERO) or s * s > held * d else ZERO


@njit(forceinline=True, error_model="numpy")
def _keep_film_limits(kept, size, shares, p, h, a, n):  # type: ignore[no-untyped-def]
    """The same where nothing is deeper than a film, which has no speed."""
    some = i32(0)
    for i in range(n):
        some |= i32(1) if shares[p + i] < ONE and h[a + i] > ZERO else i32(0)
    if some != i32(0):
        b = a + u64(LIMITED) * size
        for i in range(n):
            kept[b + i] += ONE if shares[p + i] < ONE and h[a + i] > ZERO else ZERO


@njit(forceinline=True, error_model="numpy")
def _place(speeds, o, n, pattern):  # type: ignore[no-untyped-def]
    """Place of the speed of a pattern."""
    for i in range(n):
        if bits(speeds[o + i]) == pattern:
            return np.int64(i)
    return np.int64(0)


@njit(forceinline=True, error_model="numpy")
def _count(counts, speeds, o, h, a, n, limit, held):  # type: ignore[no-untyped-def]
    """Count which of n cells are wet, of these supercritical, and at the Froude cap; note the fastest."""
    wet = i32(0)
    fast = i32(0)
    capped = i32(0)
    fastest = i32(0)
    for i in range(n):
        d = h[a + i]
        s = speeds[o + i]
        is_wet = d >= limit
        wet = i32(wet + (i32(1) if is_wet else i32(0)))
        fast = i32(fast + (i32(1) if is_wet and s * s > GRAVITY * d else i32(0)))
        capped = i32(capped + (i32(1) if is_wet and s * s > held * d else i32(0)))
        pattern = bits(s)
        fastest = pattern if pattern > fastest else fastest
    counts[WET_CELLS] += wet
    counts[FAST_CELLS] += fast
    counts[CAPPED_CELLS] += capped
    if fastest > counts[FASTEST]:
        counts[FASTEST] = fastest
        counts[FASTEST_CELL] = np.int64(a) + _place(speeds, o, n, fastest)


@njit(forceinline=True, error_model="numpy")
def keep_row(kept, size, counts, numbers, look, centred, h, z, qx, qy, shares, p, speeds, o, a, n, stride):  # type: ignore[no-untyped-def]
    """Take the state of n cells from the flat position a on.

    Parameters
    ----------
    kept, size : float32 array, uint64
        The arrays named above, each of `size`.
    counts : int64 array, shape (COUNTS,)
        Of the tile; changed where `look`.
    numbers : float32 array
        Wet depth, time, time since the state before, and the square of the Froude cap with 10 % off times g.
    look, centred : bool
        Also speeds and limits; whether qx and qy are velocities of cells.
    shares, p : float32 array, uint64
        The share of its outflow that each cell can pay for, from position p on.
    speeds, o : float32 array, uint64
        Room for PIECE numbers from position o on.
    """
    limit, held = numbers[0], numbers[3]
    limit_pattern = bits(limit)
    i = u64(0)
    while i < n:
        m = min(u64(PIECE), n - i)
        b = a + i
        top = _keep_depths(kept, h, b, m)
        if top >= limit_pattern:
            _keep_times(kept, size, h, b, m, numbers)
        if look:
            if top >= i32(FILM_PATTERN) or top >= limit_pattern:
                if centred:
                    _centred_speeds(speeds, o, h, qx, qy, b, m)
                else:
                    _speeds(speeds, o, h, z, qx, qy, b, m, stride)
                _keep_speeds(kept, size, speeds, o, h, b, m, limit)
                _keep_limits(kept, size, shares, p + i, speeds, o, h, b, m, held)
                _count(counts, speeds, o, h, b, m, limit, held)
            else:
                _keep_film_limits(kept, size, shares, p + i, h, b, m)
        i += u64(PIECE)


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def keep_state(kept, counts, numbers, centred, h, z, qx, qy, stride, tiles):  # type: ignore[no-untyped-def]
    """Take a state, with speeds but no limits, outside a sweep; `counts` has a row for each tile."""
    size = u64(h.shape[0])
    for t in prange(tiles.shape[0]):
        n = tiles[t, 3] - tiles[t, 2]
        buf = np.ones(n + u64(PIECE), np.float32)
        r = tiles[t, 0]
        while r < tiles[t, 1]:
            a = r * stride + tiles[t, 2]
            keep_row(kept, size, counts[t], numbers, True, centred, h, z, qx, qy, buf, u64(0), buf, n, a, n, stride)
            r += u64(1)


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def cell_speeds(h, z, qx, qy, centred, stride, first, east, north):  # type: ignore[no-untyped-def]
    """Velocity at cell centres, m/s, positive east and north, 0 in films; east and north have shape (rows, columns)."""
    for r in prange(east.shape[0]):
        a = first + u64(r) * stride
        for c in range(east.shape[1]):
            b = a + u64(c)
            if centred:
                u, v = qx[b], qy[b]
            else:
                u, v = _velocity(h, z, qx, qy, b, stride)
            moving = h[b] >= FILM
            east[r, c] = u if moving else ZERO
            north[r, c] = -v if moving else ZERO
