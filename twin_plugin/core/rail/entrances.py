"""Entrances of stations against the level of a flood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.cells import FloatArray
from ..common.grid import Grid

BELOW, ABOVE, DRY, UNKNOWN = "below", "above", "dry", "unknown"
NEAR_M = 5.0
"""The highest water within so much of an entrance counts: its own cell may be that of a building."""


@dataclass(frozen=True)
class EntranceLevels:
    """Arrays of shape (entrances,).

    Attributes
    ----------
    level_m : float64 array
        Highest level of the flood near the entrance; NaN where it stays dry, or outside the raster.
    over_sill_m : float64 array
        Level above the sill, negative where the sill is higher; NaN where one of them is unknown.
    state : list of str
        below: the sill lies below the level; above; dry: no water comes near; unknown: outside the raster, or no sill.
    """

    level_m: FloatArray
    over_sill_m: FloatArray
    state: list[str]


def compare_levels(x: FloatArray, y: FloatArray, sill_m: FloatArray, flood: Grid) -> EntranceLevels:
    """Entrances against the highest level of a flood near them, whose dry cells are NaN."""
    reach = max(1, int(np.ceil(NEAR_M / flood.cell_m)))
    level, inside = np.full(len(x), np.nan), np.zeros(len(x), bool)
    number = flood.cells.index(x, y)
    for k in np.flatnonzero(number >= 0):
        inside[k] = True
        level[k] = _highest(flood, number[k], reach, float(x[k]), float(y[k]))
    over = level - sill_m
    state = [
        UNKNOWN if not known or np.isnan(sill) else DRY if np.isnan(depth) else BELOW if depth > 0 else ABOVE
        for known, sill, depth in zip(inside, sill_m, over, strict=True)
    ]
    return EntranceLevels(level, over, state)


def _highest(flood: Grid, number: np.int64, reach: int, x: float, y: float) -> float:
    """The highest level of the cells whose centre lies within `NEAR_M` of a place, and of the cell that holds it."""
    row, column = divmod(int(number), flood.columns)
    rows = np.arange(max(0, row - reach), min(flood.rows, row + reach + 1))
    columns = np.arange(max(0, column - reach), min(flood.columns, column + reach + 1))
    block = flood.values[np.ix_(rows, columns)]
    far_y = flood.north - (rows + 0.5) * flood.cell_m - y
    far_x = flood.west + (columns + 0.5) * flood.cell_m - x
    near = np.hypot(far_y[:, None], far_x[None]) <= NEAR_M
    near |= (rows[:, None] == row) & (columns[None] == column)
    found = block[near & np.isfinite(block)]
    return float(found.max()) if len(found) else float("nan")
