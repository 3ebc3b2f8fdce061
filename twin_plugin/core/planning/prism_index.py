"""Prisms as plain arrays, with a grid of their bounding boxes, for kernels that look along lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely

from ..common.prisms import Floats, Ints, Prisms

MOST_BINS = 1_000_000


class IndexArrays(NamedTuple):
    """What kernels take: see `PrismIndex`."""

    edges: Floats
    edge_first: Ints
    levels: Floats
    bin_first: Ints
    members: Ints
    corner: Floats
    shape: Ints


@dataclass(frozen=True, eq=False)
class PrismIndex:
    """An index of prisms.

    Attributes
    ----------
    arrays : IndexArrays
        `edges`, shape (e, 4): x0, y0, x1, y1 of the walls in plan, those of a prism one after the other, from
        `edge_first[prism]` to `edge_first[prism + 1]`. `levels`, shape (n, 2): bottom and top. `members` has the prisms
        whose bounding boxes touch a bin, from `bin_first[bin]` to `bin_first[bin + 1]`, bin = row * columns + column;
        `corner` is the south-west corner of bin 0 and the width of a bin, `shape` the rows and columns.
    """

    arrays: IndexArrays

    @classmethod
    def of(cls, prisms: Prisms) -> PrismIndex:
        """The index of some prisms, none allowed."""
        edges = prisms.edges()
        order = np.argsort(edges.prism, kind="stable")
        table = np.column_stack([edges.x0, edges.y0, edges.x1, edges.y1])[order].reshape(-1, 4)
        first = np.searchsorted(edges.prism[order], np.arange(len(prisms) + 1)).astype(np.int64)
        levels = np.column_stack([prisms.bottom_m, prisms.top_m]).reshape(-1, 2).astype(np.float64)
        boxes = shapely.bounds(prisms.outlines).reshape(-1, 4)
        return cls(IndexArrays(np.ascontiguousarray(table), first, np.ascontiguousarray(levels), *_bins(boxes)))


def _bins(boxes: Floats) -> tuple[Ints, Ints, Floats, Ints]:
    """First member of each bin, members, corner and width, rows and columns."""
    if not len(boxes):
        return np.zeros(2, np.int64), np.zeros(0, np.int64), np.array([0.0, 0.0, 1.0]), np.ones(2, np.int64)
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    usual = float(np.median(np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])))
    width = max(usual, math.sqrt((east - west) * (north - south) / MOST_BINS), max(east - west, north - south) / 1e5)
    width = max(width, 0.1)
    columns, rows = int((east - west) // width) + 1, int((north - south) // width) + 1
    low = ((boxes[:, :2] - (west, south)) // width).astype(np.int64)
    high = ((boxes[:, 2:] - (west, south)) // width).astype(np.int64)
    wide, tall = (high - low + 1).T
    number = wide * tall
    prism = np.repeat(np.arange(len(boxes)), number)
    within = np.arange(len(prism)) - np.repeat(np.cumsum(number) - number, number)
    column = low[prism, 0] + within % wide[prism]
    row = low[prism, 1] + within // wide[prism]
    place = row * columns + column
    order = np.argsort(place, kind="stable")
    first = np.searchsorted(place[order], np.arange(rows * columns + 1)).astype(np.int64)
    corner = np.array([west, south, width], np.float64)
    return first, prism[order].astype(np.int64), corner, np.array([rows, columns], np.int64)
