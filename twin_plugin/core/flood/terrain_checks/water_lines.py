"""Lines along which water passes, such as culverts and streams: what the ground must be lowered by there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...common.cells import Cells
from ...common.grid import FloatArray

STEPS = 4
"""Points in a cell's width at which a line is followed."""
LEAST_CUT_M = 0.05
"""Ground that stands less in the way is roughness of the bed."""

Ints = NDArray[np.int64]


def cells_along(x: FloatArray, y: FloatArray, cells: Cells) -> tuple[Ints, Ints]:
    """Rows and columns of the cells of a line, each beside the one before by a side; those outside are left out."""
    column, row = (x - cells.west) / cells.width, (cells.north - y) / cells.height
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for r0, c0, r1, c1 in zip(row[:-1], column[:-1], row[1:], column[1:], strict=True):
        share = np.linspace(0.0, 1.0, 2 + int(STEPS * max(abs(r1 - r0), abs(c1 - c0))))
        rows.append(np.floor(r0 + share * (r1 - r0)).astype(np.int64))
        columns.append(np.floor(c0 + share * (c1 - c0)).astype(np.int64))
    r, c = np.concatenate(rows), np.concatenate(columns)
    if not len(r):
        return r, c
    corner = (r[1:] != r[:-1]) & (c[1:] != c[:-1])
    at = np.flatnonzero(corner) + 1
    r, c = np.insert(r, at, r[at - 1]), np.insert(c, at, c[at])
    new = np.concatenate(([True], (r[1:] != r[:-1]) | (c[1:] != c[:-1])))
    inside = new & (r >= 0) & (r < cells.rows) & (c >= 0) & (c < cells.columns)
    return r[inside], c[inside]


def passable(heights: FloatArray) -> FloatArray:
    """Heights along a line that fall from its higher end to its lower one; cells without data stay so.

    Ground that stands `LEAST_CUT_M` or more in the way is lowered to the lowest ground before it, but not below the
    lower end.
    """
    there = np.isfinite(heights)
    along = heights[there]
    if not len(along):
        return heights.copy()
    if along[-1] > along[0]:
        along = along[::-1]
    lowered = np.minimum(along, np.maximum(np.minimum.accumulate(along), along[-1]))
    lowered = np.where(along - lowered >= LEAST_CUT_M, lowered, along)
    result = heights.copy()
    result[there] = lowered if heights[there][0] >= heights[there][-1] else lowered[::-1]
    return result


@dataclass
class WaterLines:
    """The cells of all lines, and what becomes of them.

    Attributes
    ----------
    lines : list of (rows, columns)
        Cells of each line.
    """

    lines: list[tuple[Ints, Ints]]
    columns: int
    _number: Ints = field(init=False)
    _height: FloatArray = field(init=False)
    _wanted: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        numbers = [row * self.columns + column for row, column in self.lines]
        self._number = np.unique(np.concatenate([np.zeros(0, np.int64), *numbers]))
        self._height = np.full(len(self._number), np.nan)
        self._wanted = self._height

    @classmethod
    def of(cls, lines: Iterable[tuple[FloatArray, FloatArray]], cells: Cells) -> WaterLines:
        """The lines through points given by their x and y."""
        return cls([cells_along(x, y, cells) for x, y in lines], cells.columns)

    def __len__(self) -> int:
        return len(self._number)

    def _within(self, row: int, column: int, shape: tuple[int, int]) -> tuple[Ints, Ints, Ints]:
        """Which cells of the lines lie in a window, and where there."""
        low, high = np.searchsorted(self._number, (row * self.columns, (row + shape[0]) * self.columns))
        r, c = np.divmod(self._number[low:high], self.columns)
        inside = (c >= column) & (c < column + shape[1])
        return np.flatnonzero(inside) + low, r[inside] - row, c[inside] - column

    def take(self, heights: FloatArray, row: int, column: int) -> None:
        """Remember the heights of a tile on the cells of the lines."""
        which, r, c = self._within(row, column, (len(heights), heights.shape[1]))
        self._height[which] = heights[r, c]

    def settle(self) -> None:
        """Find the heights that let water pass; every cell's height must have been taken."""
        self._wanted = self._height.copy()
        for row, column in self.lines:
            at = np.searchsorted(self._number, row * self.columns + column)
            np.fmin.at(self._wanted, at, passable(self._height[at]))

    def lower(self, heights: FloatArray, row: int, column: int) -> None:
        """Lower the cells of the lines in a window."""
        which, r, c = self._within(max(row, 0), column, (heights.shape[0] + min(row, 0), heights.shape[1]))
        r += max(row, 0) - row
        heights[r, c] = np.fmin(heights[r, c], self._wanted[which])
