"""Kernel that numbers areas of cells that touch at sides or corners."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def number_areas(marked):  # type: ignore[no-untyped-def]
    """Number of the area that each marked cell belongs to, from 1 in the order of their first cells; 0 elsewhere."""
    rows, columns = marked.shape
    areas = np.zeros((rows, columns), np.int32)
    stack = np.zeros(marked.sum(), np.int64)
    count = 0
    for start in range(rows * columns):
        r, c = start // columns, start % columns
        if not marked[r, c] or areas[r, c] != 0:
            continue
        count += 1
        areas[r, c], stack[0], height = count, start, 1
        while height > 0:
            height -= 1
            r, c = stack[height] // columns, stack[height] % columns
            for y in range(max(r - 1, 0), min(r + 2, rows)):
                for x in range(max(c - 1, 0), min(c + 2, columns)):
                    if marked[y, x] and areas[y, x] == 0:
                        areas[y, x] = count
                        stack[height] = y * columns + x
                        height += 1
    return areas
