"""Kernels that add water to cells, or take it, without loss of bits: a depth is h + low, two float32."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .array_layout import F32
from .bits import two_sum


@njit(nogil=True, cache=True, error_model="numpy")
def add_depth(h: F32, low: F32, cells: NDArray[np.int64], amount: np.float32) -> np.float32:
    """Add a depth to cells without loss of bits; the largest depth of these cells."""
    deepest = np.float32(0.0)
    for i in range(cells.shape[0]):
        c = cells[i]
        s, e = two_sum(h[c], amount)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
    for i in range(cells.shape[0]):
        deepest = max(deepest, h[cells[i]])
    return deepest


@njit(nogil=True, cache=True, error_model="numpy")
def add_weighted(h: F32, low: F32, cells: NDArray[np.int64], weights: F32, amount: np.float32) -> float:
    """Add weights times a depth to cells; the sum added, in metres of one cell."""
    total = 0.0
    for i in range(cells.shape[0]):
        c = cells[i]
        part = weights[i] * amount
        s, e = two_sum(h[c], part)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
        total += part
    return total


@njit(nogil=True, cache=True, error_model="numpy")
def change_depths(
    h: F32, low: F32, cells: NDArray[np.int64], change_m: F32, moved_m: NDArray[np.float64]
) -> np.float32:
    """Change the depth of each cell, of which none loses more than it has; the largest depth of these cells.

    `moved_m`, of the length of `cells`, is set to what each cell really got (above 0) or lost (below 0), to the last
    bit of the depths: what the account of whoever gives or takes the water is booked with. A cell may occur more than
    once.
    """
    deepest = np.float32(0.0)
    for i in range(cells.shape[0]):
        c = cells[i]
        change = change_m[i]
        if change < np.float32(0.0):
            change = max(change, -max(h[c], np.float32(0.0)))
        s, e = two_sum(h[c], change)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
        moved_m[i] = change
    for i in range(cells.shape[0]):
        deepest = max(deepest, h[cells[i]])
    return deepest
