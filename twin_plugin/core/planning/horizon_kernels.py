"""Kernel of horizons on rasters: the hull of what lies behind each cell along digital lines."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def horizons(heights, first, behind, backward, offset, cell_m, total):  # type: ignore[no-untyped-def]
    """Add sin² of the horizon to `total` on the lines from `first` to before `behind`.

    Walking away from the horizon, only the upper hull of the heights passed so far can be a horizon of what comes; each
    cell enters and leaves it once (J. Dozier and J. Frew, 1990, doi:10.1109/36.58986). Distances are those between the
    centres of cells.

    Parameters
    ----------
    heights : ndarray of float64, shape (rows, columns)
        Steps are columns. No data is -inf. The horizon is on the side of the first column, or of the last one where
        `backward`.
    first, behind : int
        Lines, by the row that they would have at the first step; it may lie outside the raster.
    offset : ndarray of int64, shape (columns,)
        How many rows the lines have moved at each step.
    cell_m : float
    total : ndarray of float32, shape (rows, columns)
        sin² of the angle of the horizon above the horizontal is added; nothing where it is not above.
    """
    rows, columns = heights.shape
    at, top = np.empty(columns, np.int64), np.empty(columns)
    for line in range(first, behind):
        count = 0
        for step in range(columns):
            row = line + offset[step]
            if row < 0 or row >= rows:
                continue
            column = columns - 1 - step if backward else step
            here = heights[row, column]
            if not here > -np.inf:
                continue
            while count > 1 and (top[count - 1] - here) * (step - at[count - 2]) <= (top[count - 2] - here) * (
                step - at[count - 1]
            ):
                count -= 1
            if count > 0 and top[count - 1] > here:
                rise, along, across = top[count - 1] - here, step - at[count - 1], offset[step] - offset[at[count - 1]]
                rise2 = rise * rise
                run2 = (along * along + across * across) * cell_m * cell_m
                total[row, column] += np.float32(rise2 / (rise2 + run2))
            at[count], top[count] = step, here
            count += 1
