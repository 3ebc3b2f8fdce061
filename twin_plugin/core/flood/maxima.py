"""What is kept of each cell over time: largest depth, speed, their product, Froude number; arrival, wet time, limit."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from .constants import GRAVITY_MS2
from .schemes.array_layout import ArrayLayout
from .schemes.bits import bits
from .schemes.scheme import Scheme, Tiles

SPEED_DEPTH_M = 0.01  # thinner films have no speed worth keeping
FILM = np.float32(SPEED_DEPTH_M)
ZERO = np.float32(0.0)
ONE = np.float32(1.0)
GRAVITY = np.float32(GRAVITY_MS2)
DRY = np.float32(1e30)


class Maxima:
    """The maxima of a run, brought up to date by `update`. Arrays are flat; see the properties of `FloodResult`."""

    def __init__(self, layout: ArrayLayout, wet_depth_m: float, froude_cap: float) -> None:
        self._froude_cap = froude_cap
        self._layout = layout
        self._wet_depth_m = wet_depth_m
        self.depth_m = layout.zeros()
        self.speed_ms = layout.zeros()
        self.product_m2s = layout.zeros()
        self.arrival_s = np.full(layout.size, DRY)
        self.wet_s = layout.zeros()
        self.froude2 = layout.zeros()
        self.limited = layout.zeros()
        self.looks = 0
        self.fastest_ms, self.fastest_cell = 0.0, 0

    def update(self, scheme: Scheme, tiles: Tiles, time_s: float, span_s: float) -> list[int]:
        """Take in the state, `span_s` after the last one; the numbers of wet, supercritical and capped cells."""
        counts = np.zeros((len(tiles), 5), np.int64)
        held = np.float32(math.inf if scheme.centred else 0.9 * self._froude_cap**2 * GRAVITY)
        state = scheme.depth_m, scheme.bed_m, scheme.motion_x, scheme.motion_y
        kept = (
            self.depth_m, self.speed_ms, self.product_m2s, self.arrival_s, self.wet_s, self.froude2, self.limited,
        )  # fmt: skip
        _update(
            state, scheme.centred, scheme.limited, kept, np.uint64(self._layout.stride), tiles,
            np.float32(self._wet_depth_m), np.float32(time_s), np.float32(span_s), held, counts,
        )  # fmt: skip
        if span_s > 0:
            self.looks += 1
        pattern, self.fastest_cell = (int(number) for number in counts[counts[:, 3].argmax(), 3:])
        self.fastest_ms = float(np.int32(pattern).view(np.float32))
        return [int(number) for number in counts[:, :3].sum(axis=0)]

    @cached_property
    def wet(self) -> NDArray[np.bool_]:
        """Cells that reached the wet depth by the end of the run, shape (rows, columns)."""
        return np.asarray(self._layout.view(self.depth_m) >= np.float32(self._wet_depth_m))

    def figures(self, cell_m2: float) -> dict[str, float]:
        """The maxima over all cells as SUMMARY has them."""
        return {
            "wet_area_m2": int(self.wet.sum()) * cell_m2,
            "max_depth_m": float(self.depth_m.max()),
            "max_speed_ms": float(self.speed_ms.max()),
        }


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
    one = np.uint64(1)
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
def _keep_largest(kept, values, a, o, n):  # type: ignore[no-untyped-def]
    """kept[a:a + n] raised to values[o:o + n]."""
    for i in range(n):
        v = values[o + i]
        old = kept[a + i]
        kept[a + i] = v if v > old else old


@njit(forceinline=True, error_model="numpy")
def _speeds(out, o, h, z, qx, qy, a, n, stride):  # type: ignore[no-untyped-def]
    """Speed, and its product with the depth n further on, of n cells; 0 in films."""
    for i in range(n):
        d = h[a + i]
        u, v = _velocity(h, z, qx, qy, a + i, stride)
        norm = math.sqrt(u * u + v * v)
        s = norm if d >= FILM else ZERO
        out[i] = s
        out[o + i] = s * d


@njit(forceinline=True, error_model="numpy")
def _centred_speeds(out, o, h, u, v, a, n):  # type: ignore[no-untyped-def]
    """The same from the velocities of cells."""
    for i in range(n):
        d = h[a + i]
        norm = math.sqrt(u[a + i] * u[a + i] + v[a + i] * v[a + i])
        s = norm if d >= FILM else ZERO
        out[i] = s
        out[o + i] = s * d


@njit(forceinline=True, error_model="numpy")
def _times(arrival, wet, h, a, n, limit, now, span):  # type: ignore[no-untyped-def]
    """First arrival and time under water of n cells."""
    for i in range(n):
        is_wet = h[a + i] >= limit
        first = now if is_wet else DRY
        old = arrival[a + i]
        arrival[a + i] = first if first < old else old
        wet[a + i] += span if is_wet else ZERO


@njit(forceinline=True, error_model="numpy")
def _froudes(kept, speeds, h, a, n, limit):  # type: ignore[no-untyped-def]
    """The largest square of the Froude number of n cells while they are wet."""
    for i in range(n):
        d = h[a + i]
        s = speeds[i]
        f = s * s / (GRAVITY * d) if d >= limit else ZERO
        old = kept[a + i]
        kept[a + i] = f if f > old else old


@njit(forceinline=True, error_model="numpy")
def _limits(kept, marks, speeds, h, a, n, held):  # type: ignore[no-untyped-def]
    """Looks at which n cells paid out all that they held, or ran at the Froude cap."""
    for i in range(n):
        s = speeds[i]
        kept[a + i] += ONE if marks[a + i] != 0 or s * s > held * h[a + i] else ZERO


@njit(forceinline=True, error_model="numpy")
def _where(speeds, n, pattern):  # type: ignore[no-untyped-def]
    """Place of the speed of a pattern."""
    for i in range(n):
        if bits(speeds[i]) == pattern:
            return np.int64(i)
    return np.int64(0)


@njit(forceinline=True, error_model="numpy")
def _count(speeds, h, a, n, limit, held):  # type: ignore[no-untyped-def]
    """How many of n cells are wet, of these supercritical, and at the Froude cap; the fastest as a bit pattern."""
    wet = np.int32(0)
    fast = np.int32(0)
    capped = np.int32(0)
    fastest = np.int32(0)
    for i in range(n):
        d = h[a + i]
        s = speeds[i]
        is_wet = d >= limit
        wet = np.int32(wet + (np.int32(1) if is_wet else np.int32(0)))
        fast = np.int32(fast + (np.int32(1) if is_wet and s * s > GRAVITY * d else np.int32(0)))
        capped = np.int32(capped + (np.int32(1) if is_wet and s * s > held * d else np.int32(0)))
        pattern = bits(s)
        fastest = pattern if pattern > fastest else fastest
    return wet, fast, capped, fastest


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def _update(state, centred, marks, kept, stride, tiles, limit, now, span, held, counts):  # type: ignore[no-untyped-def]
    """Update the maxima over tiles; counts wet and supercritical cells. One array is written by a loop: it
    vectorises.
    """
    h, z, qx, qy = state
    depth, speed, product, arrival, wet, froude2, limited = kept
    for t in prange(tiles.shape[0]):
        n = tiles[t, 3] - tiles[t, 2]
        moving = np.empty(np.uint64(2) * n, np.float32)
        r = tiles[t, 0]
        wet_cells = np.int64(0)
        fast_cells = np.int64(0)
        capped_cells = np.int64(0)
        fastest = np.int32(0)
        while r < tiles[t, 1]:
            a = r * stride + tiles[t, 2]
            if centred:
                _centred_speeds(moving, n, h, qx, qy, a, n)
            else:
                _speeds(moving, n, h, z, qx, qy, a, n, stride)
            _keep_largest(depth, h, a, a, n)
            _keep_largest(speed, moving, a, np.uint64(0), n)
            _keep_largest(product, moving, a, n, n)
            _times(arrival, wet, h, a, n, limit, now, span)
            _froudes(froude2, moving, h, a, n, limit)
            _limits(limited, marks, moving, h, a, n, held)
            w, f, c, s = _count(moving, h, a, n, limit, held)
            wet_cells += w
            fast_cells += f
            capped_cells += c
            if s > fastest:
                fastest = s
                counts[t, 4] = np.int64(a) + _where(moving, n, s)
            r += np.uint64(1)
        counts[t, 0] = wet_cells
        counts[t, 1] = fast_cells
        counts[t, 2] = capped_cells
        counts[t, 3] = fastest


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def cell_speeds(h, z, qx, qy, centred, stride, first, east, north):  # type: ignore[no-untyped-def]
    """Velocity at cell centres, m/s, positive east and north, 0 in films; east and north have shape (rows, columns)."""
    for r in prange(east.shape[0]):
        a = first + np.uint64(r) * stride
        for c in range(east.shape[1]):
            b = a + np.uint64(c)
            if centred:
                u, v = qx[b], qy[b]
            else:
                u, v = _velocity(h, z, qx, qy, b, stride)
            moving = h[b] >= FILM
            east[r, c] = u if moving else ZERO
            north[r, c] = -v if moving else ZERO
