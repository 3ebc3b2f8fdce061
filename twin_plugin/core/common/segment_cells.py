"""Segments cut at the edges of cells, all at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cells import Cells, FloatArray, IntArray

SHORTEST = 1e-6
"""Shorter pieces, in cell widths, come from rounding at corners of cells and are left out; their length is not lost."""


class SegmentPieces(NamedTuple):
    """Pieces of segments within one cell each, in the order of the segments and along them.

    Attributes
    ----------
    segment : int64 array
        Number of the segment of each piece.
    share_from, share_to : float64 arrays
        Where the piece begins and ends, as a share of the segment; those of one segment go from 0 to 1 without a gap.
    """

    segment: IntArray
    share_from: FloatArray
    share_to: FloatArray

    @property
    def share(self) -> FloatArray:
        """Length of each piece, as a share of its segment."""
        return self.share_to - self.share_from

    @property
    def middle(self) -> FloatArray:
        """The middle of each piece, as a share of its segment."""
        return 0.5 * (self.share_from + self.share_to)


def count_pieces(first: FloatArray, last: FloatArray, cells: Cells) -> int:
    """At most so many pieces `cut_segments` gives: to ask before memory is used."""
    crossed = np.zeros(len(first))
    for axis, (origin, size, number) in enumerate(_axes(cells)):
        low, high = _range(first[:, axis], last[:, axis], origin, size, number)
        crossed += np.maximum(high - low + 1, 0)
    return int(crossed.sum()) + len(first)


def cut_segments(first: FloatArray, last: FloatArray, cells: Cells) -> SegmentPieces:
    """Cut segments at the edges of the cells of a raster; what lies outside it is in pieces as well.

    Parameters
    ----------
    first, last : float64 arrays, shape (n, 2)
        x and y of both ends, in the CRS of the cells.
    cells : Cells

    Returns
    -------
    SegmentPieces
        At least one for each segment.
    """
    count = len(first)
    numbers = [np.arange(count), np.arange(count)]
    shares = [np.zeros(count), np.ones(count)]
    for axis, (origin, size, number) in enumerate(_axes(cells)):
        low, high = _range(first[:, axis], last[:, axis], origin, size, number)
        crossed = np.maximum(high - low + 1, 0).astype(np.int64)
        segment = np.repeat(np.arange(count), crossed)
        place = np.arange(len(segment)) - np.repeat(np.cumsum(crossed) - crossed, crossed)
        edge = origin + (low[segment] + place) * size
        start, span = first[segment, axis], last[segment, axis] - first[segment, axis]
        numbers.append(segment)
        shares.append(np.clip((edge - start) / span, 0.0, 1.0))
    segment, share = np.concatenate(numbers), np.concatenate(shares)
    order = np.lexsort((share, segment))
    segment, share = segment[order], share[order]
    kept = _long_enough(segment, share, first, last, cells)
    segment, share = segment[kept], share[kept]
    within = segment[1:] == segment[:-1]
    return SegmentPieces(segment[1:][within], share[:-1][within], share[1:][within])


def _axes(cells: Cells) -> tuple[tuple[float, float, int], ...]:
    """Origin, size and number of the cells along x and y."""
    return (cells.west, cells.width, cells.columns), (cells.south, cells.height, cells.rows)


def _range(
    start: FloatArray, end: FloatArray, origin: float, size: float, number: int
) -> tuple[FloatArray, FloatArray]:
    """First and last edge of cells that each segment meets along an axis; none where the last is below the first."""
    low = np.ceil((np.minimum(start, end) - origin) / size)
    high = np.floor((np.maximum(start, end) - origin) / size)
    high = np.where(start == end, -1.0, np.minimum(high, number))
    return np.maximum(low, 0.0), high


def _long_enough(
    segment: IntArray, share: FloatArray, first: FloatArray, last: FloatArray, cells: Cells
) -> NDArray[np.bool_]:
    """Cuts that begin a piece of some length; the ends of a segment always stay."""
    length = np.hypot(*(last - first).T)[segment]
    least = SHORTEST * min(cells.width, cells.height)
    begins = np.concatenate([[True], segment[1:] != segment[:-1]])[: len(segment)]
    ends = np.concatenate([begins[1:], [True]])[: len(segment)]
    inner = (share * length > least) & ((1.0 - share) * length > least)
    apart = np.concatenate([[0.0], np.diff(share)])[: len(segment)] * length > least
    return begins | ends | (inner & apart)
