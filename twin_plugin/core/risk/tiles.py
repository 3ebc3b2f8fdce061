"""Tiles of a raster with the buildings on them, so that a city needs the memory of a tile at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray, IntArray

SIDE = 2048
"""Cells along a tile; a tile of all rasters and masks takes some hundred MB, and half of that stays in no cache."""
AROUND_CELLS = 2
"""Cells around the reach of the outermost building of a tile, so that rounding loses none of its ring."""


@dataclass(frozen=True)
class Tile:
    """Some buildings and the cells that hold them and their rings.

    Attributes
    ----------
    rows : ndarray of int64
        Numbers of the buildings, ascending; each is in one tile.
    beside : ndarray of int64
        Numbers of other buildings that may lie on the same cells.
    cells : Cells
        A window of the raster; it may reach over those of other tiles.
    row, column : int
        Of the window's first cell in the raster.
    own : (slice, slice)
        Rows and columns within the window that belong to no other tile.
    """

    rows: IntArray
    beside: IntArray
    cells: Cells
    row: int
    column: int
    own: tuple[slice, slice]

    def flat(self, number: IntArray, whole: Cells) -> IntArray:
        """Numbers in the raster of cells of the window; -1 stays."""
        row, column = np.divmod(number, self.cells.columns)
        return np.where(number < 0, -1, (row + self.row) * whole.columns + column + self.column)


def whole_tile(cells: Cells, count: int) -> Tile:
    """One tile of everything."""
    every = slice(0, cells.rows), slice(0, cells.columns)
    return Tile(np.arange(count), np.empty(0, np.int64), cells, 0, 0, every)


def tiles(cells: Cells, box: FloatArray, side: int = SIDE) -> Iterator[Tile]:
    """Tiles with buildings, from north to south.

    A building belongs to the tile that holds the middle of its box; those whose ring cannot meet the raster to none.

    Parameters
    ----------
    cells : Cells
    box : ndarray of float64, shape (n, 4)
        West, south, east and north of each building in the CRS of the raster; NaN where it has no footprint.
    side : int
        Cells along a tile.
    """
    first, last = _spans(cells, box)
    limits = np.array([cells.rows, cells.columns])
    around = math.ceil(cells.reach_m / min(cells.width_m, cells.height_m)) + AROUND_CELLS
    met = np.isfinite(box).all(axis=1) & (last >= -around).all(axis=1) & (first < limits + around).all(axis=1)
    across = math.ceil(cells.columns / side)
    middle = np.clip((first + last) // 2, 0, limits - 1)
    tile = np.where(met, middle[:, 0] // side * across + middle[:, 1] // side, -1)
    order = np.argsort(tile, kind="stable")
    ordered = tile[order]
    # Windows of smaller buildings reach less than half a tile beyond theirs, and so do the buildings on them.
    is_large = met & ((last - first) > side // 2).any(axis=1)
    large = np.flatnonzero(is_large)
    for number in np.unique(ordered[ordered >= 0]).tolist():
        rows = order[slice(*np.searchsorted(ordered, [number, number + 1]))]
        low = np.maximum(first[rows].min(0) - around, 0)
        high = np.minimum(last[rows].max(0) + around + 1, limits)
        some = [large, *_neighbours(order, ordered, number, across)]
        near = np.flatnonzero(met) if is_large[rows].any() else np.concatenate(some)
        meets = (last[near] >= low).all(axis=1) & (first[near] < high).all(axis=1)
        beside = np.setdiff1d(near[meets], rows)
        yield _tile(cells, rows, beside, low, high, np.array(divmod(number, across)) * side, side)


def _tile(
    cells: Cells, rows: IntArray, beside: IntArray, low: IntArray, high: IntArray, corner: IntArray, side: int
) -> Tile:
    (row, column), (end_row, end_column) = low.tolist(), high.tolist()
    window = replace(
        cells,
        west=cells.west + column * cells.width,
        north=cells.north - row * cells.height,
        rows=end_row - row,
        columns=end_column - column,
    )
    begin, end = np.maximum(corner - low, 0), np.minimum(corner + side, high) - low
    own = slice(int(begin[0]), int(end[0])), slice(int(begin[1]), int(end[1]))
    return Tile(rows, beside, window, row, column, own)


def _spans(cells: Cells, box: FloatArray) -> tuple[IntArray, IntArray]:
    """First and last row and column of each box; they may lie beyond the raster."""
    known = np.where(np.isfinite(box), box, 0.0)
    first = np.column_stack([(cells.north - known[:, 3]) / cells.height, (known[:, 0] - cells.west) / cells.width])
    last = np.column_stack([(cells.north - known[:, 1]) / cells.height, (known[:, 2] - cells.west) / cells.width])
    most = 2.0**40
    return tuple(np.floor(np.clip(values, -most, most)).astype(np.int64) for values in (first, last))  # type: ignore[return-value]


def _neighbours(order: IntArray, ordered: IntArray, number: int, across: int) -> Iterator[NDArray[np.int64]]:
    """Buildings of a tile and of the eight around it."""
    line, place = divmod(number, across)
    for row in (line - 1, line, line + 1):
        if row >= 0:
            ends = (row * across + max(place - 1, 0), row * across + min(place + 1, across - 1) + 1)
            yield order[slice(*np.searchsorted(ordered, ends))]
