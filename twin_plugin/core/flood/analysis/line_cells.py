"""The cells that a line crosses, in its order, with the length and the normal of the line in each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ...common.cells import Cells, FloatArray, IntArray
from ...common.errors import InputError

MOST_PIECES = 2_000_000
SIDE = 1e-6
"""So far to its two sides, in cell widths, a piece looks for its cells: they differ only along an edge of cells."""


@dataclass(frozen=True)
class LineCells:
    """A line cut at the edges of cells; arrays of shape (pieces,).

    Attributes
    ----------
    right, left : arrays of int64
        Number of the cell on each side of the piece; the same, unless the piece runs along an edge of cells. -1
        outside the raster.
    middle_m : array of float64
        Distance of the middle of the piece from the start of the line, metres.
    length_m : array of float64
    normal_x, normal_y : arrays of float64
        Unit vector across the piece, to the right of the line's direction.
    """

    right: IntArray
    left: IntArray
    middle_m: FloatArray
    length_m: FloatArray
    normal_x: FloatArray
    normal_y: FloatArray

    def __len__(self) -> int:
        return len(self.right)

    def cells(self) -> IntArray:
        """The cells of the pieces, each once, without -1."""
        both = np.unique(np.concatenate([self.right, self.left]))
        return both[both >= 0]


def cut_at_cells(parts: Iterable[FloatArray], cells: Cells) -> LineCells:
    """Cut a line at the edges of the cells of a raster.

    Parameters
    ----------
    parts : iterable of arrays of float64, shape (n, 2)
        x and y of the vertices of each part of the line, metres, in the CRS of the cells. The distance goes on from
        part to part.
    cells : Cells
        Their units are metres.

    Returns
    -------
    LineCells
        Without pieces where the line has no length. What lies outside the raster is in pieces as well.

    Raises
    ------
    InputError
        When the line has more than `MOST_PIECES` pieces.
    """
    pieces, start_m, count = [np.zeros((6, 0))], 0.0, 0
    for first, last in _segments(parts):
        length = float(np.hypot(*(last - first)))
        if length > SIDE * cells.width:
            pieces.append(_pieces(first, last, start_m, cells))
            count += pieces[-1].shape[1]
        if count > MOST_PIECES:
            raise InputError(
                "A line crosses more than {most:,} cells: shorten it, or divide it into several lines.",
                most=MOST_PIECES,
            )
        start_m += length
    x, y, middle_m, length_m, normal_x, normal_y = np.concatenate(pieces, axis=1)
    aside = SIDE * cells.width
    right = cells.index(x + aside * normal_x, y + aside * normal_y)
    left = cells.index(x - aside * normal_x, y - aside * normal_y)
    return LineCells(right, left, middle_m, length_m, normal_x, normal_y)


def _segments(parts: Iterable[FloatArray]) -> Iterator[tuple[FloatArray, FloatArray]]:
    for part in parts:
        vertices = np.asarray(part, np.float64)
        yield from pairwise(vertices)


def _pieces(first: FloatArray, last: FloatArray, start_m: float, cells: Cells) -> FloatArray:
    """The pieces of a segment, shape (6, pieces): x, y and distance of the middle, length, and the normal."""
    at = _cuts(first, last, cells)
    middle, length = (at[1:] + at[:-1]) / 2, float(np.hypot(*(last - first)))
    x, y = (first[axis] + middle * (last[axis] - first[axis]) for axis in (0, 1))
    normal_x, normal_y = (last[1] - first[1]) / length, (first[0] - last[0]) / length
    ones = np.ones(len(middle))
    return np.stack((x, y, start_m + middle * length, np.diff(at) * length, normal_x * ones, normal_y * ones))


def _cuts(first: FloatArray, last: FloatArray, cells: Cells) -> FloatArray:
    """Shares of a segment from 0 to 1 at which it passes from cell to cell, both ends included."""
    cuts = [np.array([0.0, 1.0])]
    axes = ((cells.west, cells.width, cells.columns), (cells.south, cells.height, cells.rows))
    for axis, (origin, size, number) in enumerate(axes):
        span = last[axis] - first[axis]
        if span == 0:
            continue
        low, high = sorted((float(first[axis]), float(last[axis])))
        edges = np.arange(
            max(0, math.ceil(min((low - origin) / size, number + 1.0))),
            min(number, math.floor(max((high - origin) / size, -1.0))) + 1,
        )
        cuts.append((origin + edges * size - first[axis]) / span)
    at = np.unique(np.clip(np.concatenate(cuts), 0.0, 1.0))
    length = float(np.hypot(*(last - first)))
    kept = np.concatenate([[True], np.diff(at) * length > SIDE * cells.width])
    at = at[kept]
    at[-1] = 1.0
    return at
