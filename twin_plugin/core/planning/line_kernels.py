"""Kernels that measure a line of a chart: the boxes that it touches, and its peaks."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def touched_boxes(x, y, size):  # type: ignore[no-untyped-def]
    """How many squares of a size a line of points goes through; the first square's corner is at the least x and y.

    A square has its left and lower edge, and not the others: a line that ends on one touches the next square too.
    """
    left, low = x.min(), y.min()
    columns = int((x.max() - left) / size + 1e-9) + 1
    rows = int((y.max() - low) / size + 1e-9) + 1
    taken = np.zeros((columns, rows), np.bool_)
    for k in range(len(x) - 1):
        x0, y0, x1, y1 = (x[k] - left) / size, (y[k] - low) / size, (x[k + 1] - left) / size, (y[k + 1] - low) / size
        if x1 < x0:
            x0, y0, x1, y1 = x1, y1, x0, y0
        first, last = min(int(x0), columns - 1), min(int(x1), columns - 1)
        for column in range(first, last + 1):
            begin, end = y0, y1
            if x1 > x0:
                begin = y0 + (y1 - y0) * (max(column, x0) - x0) / (x1 - x0)
                end = y0 + (y1 - y0) * (min(column + 1, x1) - x0) / (x1 - x0)
            for row in range(min(int(min(begin, end)), rows - 1), min(int(max(begin, end)), rows - 1) + 1):
                taken[column, row] = True
    return taken.sum()


@njit(cache=True, nogil=True)
def count_peaks(values, least, closed):  # type: ignore[no-untyped-def]
    """Rises of at least so much that are followed by such a fall; around a circle, or with low ground at both ends."""
    count = len(values)
    shift = np.argmin(values) if closed else 0
    low, high, up, found = values[shift], values[shift], not closed, 0
    for k in range(count + 1):
        value = values[(shift + k) % count] if k < count or closed else -np.inf
        if up:
            high = max(high, value)
            if high - value >= least:
                found += 1
                up, low = False, value
        else:
            low = min(low, value)
            if value - low >= least:
                up, high = True, value
    return found
