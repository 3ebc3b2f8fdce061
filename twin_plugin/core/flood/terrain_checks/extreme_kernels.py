"""Kernel that fills small pits, or levels small spikes of a terrain turned upside down."""

from __future__ import annotations

import numpy as np
from numba import njit

DOWN = (-1, -1, -1, 0, 0, 1, 1, 1)
RIGHT = (-1, 0, 1, -1, 1, -1, 0, 1)
SPREAD = 8
"""So many cells more than twice those of a pit are looked at: the eight around a pit of one cell."""


@njit(nogil=True, cache=True)
def _is_lowest(heights, r, c):  # type: ignore[no-untyped-def]
    """Whether no neighbour is lower, or as low and earlier; no data counts as lower."""
    h = heights[r, c]
    for k in range(8):
        n = heights[r + DOWN[k], c + RIGHT[k]]
        if not n >= h or (n == h and k < 4):
            return False
    return True


@njit(nogil=True, cache=True)
def _rim(heights, r0, c0, most, reach, least_m, seen, stamp, front, inside):  # type: ignore[no-untyped-def]
    """Let water rise from a lowest cell: (height of the rim or NaN, cells below it, height that the water came to).

    `front` and `inside` are space for rows, columns (and heights) of cells; those below the rim come first in `inside`.
    """
    (rows, columns), (front_r, front_c, front_h), (in_r, in_c) = heights.shape, front, inside
    bottom = level = heights[r0, c0]
    rim, below_rim, below_level, count, waiting = np.nan, 0, 0, 0, 1
    front_r[0], front_c[0], front_h[0] = r0, c0, bottom
    seen[reach + 1, reach + 1] = stamp
    while waiting > 0 and count <= 2 * most + SPREAD:
        at = 0
        for i in range(1, waiting):
            if front_h[i] < front_h[at]:
                at = i
        r, c, h = front_r[at], front_c[at], front_h[at]
        if h < bottom:
            if below_level <= most:
                rim, below_rim = level, below_level
            break
        if h > level:
            if count <= most and h - level >= 0.5 * least_m:
                rim, below_rim = h, count
            level, below_level = h, count
        if abs(r - r0) > reach or abs(c - c0) > reach:
            break
        waiting -= 1
        front_r[at], front_c[at], front_h[at] = front_r[waiting], front_c[waiting], front_h[waiting]
        in_r[count], in_c[count] = r, c
        count += 1
        for k in range(8):
            y, x = r + DOWN[k], c + RIGHT[k]
            if not (0 <= y < rows and 0 <= x < columns):
                continue
            if seen[y - r0 + reach + 1, x - c0 + reach + 1] != stamp:
                seen[y - r0 + reach + 1, x - c0 + reach + 1] = stamp
                front_r[waiting], front_c[waiting] = y, x
                front_h[waiting] = -np.inf if np.isnan(heights[y, x]) else heights[y, x]
                waiting += 1
    return rim, below_rim, level


@njit(nogil=True, cache=True)
def fill_small(heights, first, behind, most, reach, least_m, filled):  # type: ignore[no-untyped-def]
    """Raise into `filled` the cells of pits of at most `most` cells that are `least_m` deep or deeper.

    The pits' lowest cells are looked for in the rows from `first` to before `behind`. Water rises from each such cell,
    over the lowest cell around at a time. A pit's rim is the level at which its water runs to a cell lower than the
    lowest one, or has no data beside it. Such a cell may be far away, so that the rim is also where the water last
    climbed by half of `least_m` at once, and then spreads over twice the cells without climbing half of the depth: in a
    hollow of the ground it goes on climbing. Nothing further than `reach` rows or columns away is looked at.
    """
    rows, columns = heights.shape
    size = 2 * reach + 3
    seen = np.zeros((size, size), np.int64)
    front = np.empty(size * size, np.int64), np.empty(size * size, np.int64), np.empty(size * size)
    inside = np.empty(size * size, np.int64), np.empty(size * size, np.int64)
    stamp = 0
    for r0 in range(max(first, 1), min(behind, rows - 1)):
        for c0 in range(1, columns - 1):
            if np.isnan(heights[r0, c0]) or not _is_lowest(heights, r0, c0):
                continue
            stamp += 1
            rim, below, level = _rim(heights, r0, c0, most, reach, least_m, seen, stamp, front, inside)
            depth = rim - heights[r0, c0]
            if depth >= least_m and level - rim <= 0.5 * depth:
                for i in range(below):
                    r, c = inside[0][i], inside[1][i]
                    filled[r, c] = max(filled[r, c], rim)
