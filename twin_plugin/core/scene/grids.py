"""Terrain and water of a scene on fewer, wider cells."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid


def factor_for(rows: int, columns: int, most: int) -> int:
    """How many cells along an edge become one, so that at most `most` remain."""
    factor = max(1, math.isqrt(max(rows * columns // max(most, 1), 1)))
    while -(-rows // factor) * -(-columns // factor) > most and factor < max(rows, columns):
        factor += 1
    return factor


def block_means(values: NDArray[np.floating[Any]], factor: int) -> NDArray[np.floating[Any]]:
    """The mean of each block of cells, shape (..., ceil(rows / factor), ceil(columns / factor)).

    No data is left out of a mean; a block without any data has none. Blocks at the south and east edge may be smaller.
    """
    if factor == 1:
        return values
    rows, columns = values.shape[-2:]
    known = np.isfinite(values)
    starts = np.arange(0, rows, factor), np.arange(0, columns, factor)
    total, count = np.where(known, values, 0.0), known.astype(np.float64)
    for axis, first in zip((-2, -1), starts, strict=True):
        total, count = (np.add.reduceat(part, first, axis=axis) for part in (total, count))
    means = np.full(total.shape, np.nan)
    np.divide(total, count, out=means, where=count > 0)
    return means.astype(values.dtype)


def coarser(grid: Grid, factor: int) -> Grid:
    """A grid of blocks of cells, whose values are the means of `block_means`."""
    return Grid(block_means(grid.values, factor), grid.west, grid.north, grid.cell_m * factor, grid.crs)
