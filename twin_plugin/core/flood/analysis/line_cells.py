"""The cells that a line crosses, in its order, with the length and the normal of the line in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ...common.cells import Cells, FloatArray, IntArray
from ...common.errors import InputError
from ...common.segment_cells import count_pieces, cut_segments

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
    first, last = _segments(parts)
    length = np.hypot(*(last - first).T)
    start_m = np.cumsum(length) - length
    cut = length > SIDE * cells.width
    first, last, length, start_m = first[cut], last[cut], length[cut], start_m[cut]
    if count_pieces(first, last, cells) > MOST_PIECES:
        raise InputError(
            "A line crosses more than {most:,} cells: shorten it, or divide it into several lines.",
            most=MOST_PIECES,
        )
    pieces = cut_segments(first, last, cells)
    own, middle = pieces.segment, pieces.middle
    x, y = (first[own] + middle[:, None] * (last - first)[own]).T
    normal_x, normal_y = (last - first)[own, 1] / length[own], (first - last)[own, 0] / length[own]
    aside = SIDE * cells.width
    right = cells.index(x + aside * normal_x, y + aside * normal_y)
    left = cells.index(x - aside * normal_x, y - aside * normal_y)
    middle_m = start_m[own] + middle * length[own]
    return LineCells(right, left, middle_m, pieces.share * length[own], normal_x, normal_y)


def _segments(parts: Iterable[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """First and last point of every segment, part after part."""
    whole = [np.asarray(part, np.float64).reshape(-1, 2) for part in parts]
    firsts, lasts = [part[:-1] for part in whole], [part[1:] for part in whole]
    none = np.zeros((0, 2))
    return np.concatenate([none, *firsts]), np.concatenate([none, *lasts])
