"""At which cells of a terrain the water of an opening stands."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
REACH_M = 10.0
"""An opening takes its water from cells at most so far from it, or three cells where these are wider."""
REACH_CELLS = 3.0
ALONG_CELLS = 1.5
"""The cells of a wide opening lie at most half its width and this much from it."""


def mouth_cells(
    free: NDArray[np.bool_], row: float, column: float, width_m: float, cell_m: float
) -> tuple[Numbers, Numbers]:
    """Rows and columns of the free cells across the width of an opening, the nearest first; none where none is near.

    Beside a building these are cells that touch it, so that they lie along its wall.

    Parameters
    ----------
    free : bool array, shape (rows, columns)
        Cells where water can stand: with a height, and without a building.
    row, column : float
        The opening in cells from the terrain's corner in the north-west; the centre of the first cell is at 0.5, 0.5.
    width_m, cell_m : float
    """
    reach = max(REACH_M / cell_m, REACH_CELLS)
    wide = width_m / cell_m
    size = math.ceil(reach + wide / 2 + ALONG_CELLS) + 1
    top, left = max(math.floor(row) - size, 0), max(math.floor(column) - size, 0)
    part = free[top : max(math.floor(row) + size + 1, 0), left : max(math.floor(column) + size + 1, 0)]
    rows, columns = np.nonzero(part)
    if not len(rows):
        return rows, columns
    away = np.hypot(rows + top + 0.5 - row, columns + left + 0.5 - column)
    order = np.lexsort((columns, rows, away))
    rows, columns, away = rows[order], columns[order], away[order]
    if away[0] > reach:
        return rows[:0], columns[:0]
    wall = _beside(~part)[rows, columns]
    fits = away <= max(away[0], wide / 2 + ALONG_CELLS)
    if wall[0]:
        fits &= wall
    chosen = np.flatnonzero(fits)[: max(1, round(wide))]
    return rows[chosen] + top, columns[chosen] + left


def _beside(blocked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells with a blocked one beside them; beyond the array nothing is blocked."""
    padded = np.pad(blocked, 1)
    return padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
