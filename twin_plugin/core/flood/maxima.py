"""What is kept of every cell over time: largest depth, speed, depth times speed; arrival; how long it was wet."""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from .layout import Layout
from .scheme import Scheme, Tiles

SPEED_DEPTH_M = 0.01  # thinner films have no speed worth keeping
DRY = np.float32(1e30)


class Maxima:
    """The maxima of a run, brought up to date by `look`. Arrays are flat; see the properties of `FloodResult`."""

    def __init__(self, layout: Layout, wet_depth_m: float) -> None:
        self._layout = layout
        self._wet_depth_m = wet_depth_m
        self.depth_m = layout.zeros()
        self.speed_ms = layout.zeros()
        self.product_m2s = layout.zeros()
        self.arrival_s = np.full(layout.size, DRY)
        self.wet_s = layout.zeros()
        self.wet_cells = 0
        self.fast_cells = 0

    def look(self, scheme: Scheme, tiles: Tiles, time_s: float, span_s: float) -> None:
        """Take the present state in; `span_s` is the time since the last look."""
        counts = np.zeros((len(tiles), 2), np.int64)
        _look(
            scheme.depth_m, scheme.discharge_x, scheme.discharge_y, self.depth_m, self.speed_ms, self.product_m2s,
            self.arrival_s, self.wet_s, self._layout.stride, tiles.astype(np.int64), np.float32(self._wet_depth_m),
            np.float32(time_s), np.float32(span_s), counts,
        )  # fmt: skip
        self.wet_cells = int(counts[:, 0].sum())
        self.fast_cells = int(counts[:, 1].sum())


@njit(nogil=True, cache=True, parallel=True, error_model="numpy", fastmath={"contract", "arcp"})
def _look(h, qx, qy, depth, speed, product, arrival, wet, stride, tiles, limit, now, span, counts):  # type: ignore[no-untyped-def]
    """Update the maxima over tiles; counts wet and supercritical cells."""
    zero = np.float32(0.0)
    half = np.float32(0.5)
    gravity = np.float32(9.80665)
    film = np.float32(SPEED_DEPTH_M)
    for t in prange(tiles.shape[0]):
        wet_cells = np.int32(0)
        fast = np.int32(0)
        n = np.uint64(tiles[t, 3] - tiles[t, 2])
        one = np.uint64(1)
        for r in range(tiles[t, 0], tiles[t, 1]):
            a = np.uint64(r * stride + tiles[t, 2])
            b = a + np.uint64(stride)
            for i in range(n):
                d = h[a + i]
                u = half * (qx[a + i] + qx[a + i + one])
                v = half * (qy[a + i] + qy[b + i])
                q2 = u * u + v * v
                p = math.sqrt(q2)
                p = p if d >= film else zero
                s = p / (d if d >= film else film)
                depth[a + i] = d if d > depth[a + i] else depth[a + i]
                speed[a + i] = s if s > speed[a + i] else speed[a + i]
                product[a + i] = p if p > product[a + i] else product[a + i]
                is_wet = d >= limit
                first = now if is_wet else DRY
                arrival[a + i] = first if first < arrival[a + i] else arrival[a + i]
                wet[a + i] += span if is_wet else zero
                wet_cells = np.int32(wet_cells + (np.int32(1) if is_wet else np.int32(0)))
                fast = np.int32(fast + (np.int32(1) if is_wet and s * s > gravity * d else np.int32(0)))
        counts[t, 0] = wet_cells
        counts[t, 1] = fast


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def cell_speeds(h, qx, qy, stride, first, east, north):  # type: ignore[no-untyped-def]
    """Speed components at cell centres, m/s, positive east and north, 0 in films; east and north have (rows, columns)."""
    half = np.float32(0.5)
    film = np.float32(SPEED_DEPTH_M)
    for r in prange(east.shape[0]):
        a = first + r * stride
        for c in range(east.shape[1]):
            d = h[a + c]
            if d >= film:
                east[r, c] = half * (qx[a + c] + qx[a + c + 1]) / d
                north[r, c] = -half * (qy[a + c] + qy[a + c + stride]) / d
            else:
                east[r, c] = 0.0
                north[r, c] = 0.0
