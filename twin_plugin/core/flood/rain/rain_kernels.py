"""Kernels of rain in space: which gauge is nearest, weights by distance, and rain brought to cells and depths."""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from ..schemes.array_layout import F32
from ..schemes.bits import two_sum
from ..schemes.kernel_numbers import DOMAIN_LIMIT, ZERO, u64

F64 = NDArray[np.float64]
PIECE = 16384  # cells that one thread takes at a time


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def spread_units(amounts: F32, units: NDArray[np.int32], rain: F32) -> None:
    """Give each cell the amount of its unit; `units` has the last amount, which is 0, where no rain falls."""
    size = u64(rain.shape[0])
    for piece in prange((rain.shape[0] + PIECE - 1) // PIECE):
        first = u64(piece) * u64(PIECE)
        for i in range(min(u64(PIECE), size - first)):
            rain[first + i] = amounts[units[first + i]]


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def add_rain(h: F32, low: F32, z: F32, rain: F32) -> None:
    """Add rain to the depths of cells that are no walls, without loss of bits: a depth is h + low."""
    size = u64(h.shape[0])
    for piece in prange((h.shape[0] + PIECE - 1) // PIECE):
        first = u64(piece) * u64(PIECE)
        for i in range(min(u64(PIECE), size - first)):
            c = first + i
            s, e = two_sum(h[c], rain[c] if z[c] < DOMAIN_LIMIT else ZERO)
            rest = low[c] + e
            v = s + rest
            low[c] = rest - (v - s)
            h[c] = v


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def find_nearest(x: F64, y: F64, gauge_x: F64, gauge_y: F64, there: NDArray[np.bool_], lost: NDArray[np.bool_],
                 units: NDArray[np.int32]) -> NDArray[np.int32]:  # fmt: skip
    """The nearest gauge of those that are `there`, for each cell whose unit is `lost`; -1 for the other cells.

    Of gauges equally far the first is taken. x and y are those of the columns and rows of cells.
    """
    found = np.full((y.shape[0], x.shape[0]), -1, np.int32)
    for r in prange(y.shape[0]):
        for c in range(x.shape[0]):
            if not lost[units[r, c]]:
                continue
            best = np.inf
            for g in range(gauge_x.shape[0]):
                if there[g]:
                    d2 = (x[c] - gauge_x[g]) ** 2 + (y[r] - gauge_y[g]) ** 2
                    if d2 < best:
                        best = d2
                        found[r, c] = g
    return found


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def weigh_gauges(x: F64, y: F64, gauge_x: F64, gauge_y: F64, depths: F64, stride: int, first: int, field: F32) -> None:
    """Depth on each cell as the mean of gauges weighted by 1 / distance², of one gauge where the cell is at it.

    `field` is flat and padded; `first` is the position of the cell in row 0 and column 0.
    """
    for r in prange(y.shape[0]):
        for c in range(x.shape[0]):
            total = 0.0
            weights = 0.0
            at = -1
            for g in range(gauge_x.shape[0]):
                d2 = (x[c] - gauge_x[g]) ** 2 + (y[r] - gauge_y[g]) ** 2
                if d2 == 0.0:
                    at = g
                    break
                total += depths[g] / d2
                weights += 1.0 / d2
            field[first + r * stride + c] = np.float32(depths[at] if at >= 0 else total / weights)


@njit(nogil=True, cache=True, parallel=True, error_model="numpy", fastmath={"reassoc"})
def add_share(field: F32, share: np.float32, z: F32, begin: bool, rain: F32) -> float:
    """Rain of a share of an interval, added to `rain` or at its `begin` written there; the sum of `rain` over cells
    that are no walls, in metres of one cell. The sum is vectorised in any order (`reassoc`); no other sum here has one.
    """
    pieces = (rain.shape[0] + PIECE - 1) // PIECE
    sums = np.zeros(pieces)
    size = u64(rain.shape[0])
    for piece in prange(pieces):
        first = u64(piece) * u64(PIECE)
        total = np.float64(0.0)
        for i in range(min(u64(PIECE), size - first)):
            c = first + i
            after = (ZERO if begin else rain[c]) + field[c] * share
            rain[c] = after
            total += np.float64(after if z[c] < DOMAIN_LIMIT else ZERO)
        sums[piece] = total
    return float(sums.sum())
