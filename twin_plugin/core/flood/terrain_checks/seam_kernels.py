"""Kernel that measures steps along lines between rows."""

from __future__ import annotations

import numpy as np
from numba import njit

AROUND = 4
"""Rows beyond the tile that the measure takes in."""
SAME_SHARE = 0.75
"""In this share of the cells of a segment the ground steps in one direction."""
TIMES = 4.0
"""A step is this many times what the lines two rows before and behind have."""


@njit(nogil=True, cache=True)
def _excess(heights, r, c):  # type: ignore[no-untyped-def]
    """Rise from a row to the next beyond the mean of the rises before and behind; NaN where a height is missing."""
    before, here = heights[r, c] - heights[r - 1, c], heights[r + 1, c] - heights[r, c]
    return here - 0.5 * (before + heights[r + 2, c] - heights[r + 1, c])


@njit(nogil=True, cache=True)
def _mean(heights, r, c0, c1):  # type: ignore[no-untyped-def]
    total, count = 0.0, 0
    for c in range(c0, c1):
        e = _excess(heights, r, c)
        if not np.isnan(e):
            total += e
            count += 1
    return total / count if count else 0.0


@njit(nogil=True, cache=True)
def measure_steps(heights, size, least_m):  # type: ignore[no-untyped-def]
    """Segments of `size` cells with a step behind a row of the tile: their rows, numbers and mean steps.

    The tile lies `AROUND` rows inside the heights, and fills their columns.
    """
    rows, columns = heights.shape
    lines, segments, steps = [np.int64(0)], [np.int64(0)], [0.0]
    for r in range(AROUND, rows - AROUND):
        for s in range((columns + size - 1) // size):
            c0, c1 = s * size, min(columns, (s + 1) * size)
            up, down, known = 0, 0, 0
            for c in range(c0, c1):
                e = _excess(heights, r, c)
                if not np.isnan(e):
                    known += 1
                    up += e > 0.0
                    down += e < 0.0
            if 2 * known < size or max(up, down) < SAME_SHARE * known:
                continue
            step = _mean(heights, r, c0, c1)
            usual = max(abs(_mean(heights, r - 2, c0, c1)), abs(_mean(heights, r + 2, c0, c1)))
            if abs(step) >= least_m and abs(step) >= TIMES * usual:
                lines.append(np.int64(r - AROUND))
                segments.append(np.int64(s))
                steps.append(step)
    return lines[1:], segments[1:], steps[1:]
