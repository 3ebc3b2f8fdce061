"""Rings: the raster cells just outside each footprint, where the water that reaches a building stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray, IntArray
from ..common.messages import Message
from ..common.progress import Progress, advance, part, silent
from .footprints import centroids

CHUNK = 20_000

COARSE_M = 5.0
"""Where cells are wider, the ring is the cells that the outline touches: the next ones lie a whole cell away."""
TOUCH_M = 1e-6
"""An outline this near to a cell touches it, so that rounding does not decide where it runs along the cell's edge."""


@dataclass(frozen=True)
class RingCells:
    """Ring cells of n buildings, in compressed rows.

    Attributes
    ----------
    start : ndarray of int64, shape (n + 1,)
        The cells of building i are `cell[start[i]:start[i + 1]]`.
    cell : ndarray of int64
        Flat cell numbers (row * columns + column).
    under : ndarray of bool, shape (n,)
        True where the ring has no cell free of buildings, so that the cell under the building stands in.
    built : ndarray of bool, shape (rows * columns,)
        Cells whose centre lies in a building.
    """

    start: IntArray
    cell: IntArray
    under: NDArray[np.bool_]
    built: NDArray[np.bool_]

    @property
    def count(self) -> IntArray:
        """Cells of each ring, shape (n,); 0 off the raster."""
        return np.diff(self.start)

    def highest(self, values: FloatArray) -> tuple[FloatArray, IntArray]:
        """Largest value in each ring and the cell that has it; NaN and -1 where a ring has none.

        Parameters
        ----------
        values : ndarray, shape (rows * columns,)
            By flat cell number, NaN where there is none.
        """
        best, where = np.full(len(self.under), np.nan), np.full(len(self.under), -1, np.int64)
        _highest(self.start, self.cell, values, best, where)
        return best, where

    def lowest(self, values: FloatArray) -> FloatArray:
        """Smallest value in each ring; NaN where a ring has none."""
        return -self.highest(-values)[0]

    def nearest(
        self, cells: Cells, building: IntArray, x: FloatArray, y: FloatArray, known: NDArray[np.bool_]
    ) -> IntArray:
        """The ring cell nearest to each point, among those with `known` data; -1 where the ring has none.

        Cells whose centre lies in a building are taken where there is no other: a simulation may have raised them.

        Parameters
        ----------
        building : ndarray of int64, shape (m,)
            The building that each point belongs to.
        x, y : ndarray, shape (m,)
            In the CRS of the raster.
        known : ndarray of bool, shape (rows * columns,)
        """
        east, south = cells.metric(x, y)
        place = cells.columns, cells.width_m, cells.height_m
        result = np.full(len(building), -1, np.int64)
        _nearest(self.start, self.cell, building, east, south, known & ~self.built, *place, result)
        built = np.flatnonzero(result < 0)
        if len(built):
            found = np.full(len(built), -1, np.int64)
            _nearest(self.start, self.cell, building[built], east[built], south[built], known, *place, found)
            result[built] = found
        return result


def is_coarse(cells: Cells) -> bool:
    """Whether the ring is the cells that the outline touches: cells are wider than 5 m."""
    return bool(max(cells.width_m, cells.height_m) > COARSE_M)


def find_rings(
    cells: Cells, footprints: NDArray[Any], progress: Progress = silent, beside: NDArray[Any] | None = None
) -> RingCells:
    """The ring of each footprint: the cells outside it where the water that reaches it stands.

    Where cells are wider than 5 m these are the cells that the outline touches, those under buildings included: a
    coarse cell holds street and building. Else they are the cells within max(1 cell, 1 m) outside it and outside
    every building. A cell is within that distance when its centre is; it belongs to a building when its centre lies
    in a footprint. Courtyards count as outside. Where no such cell is left, as between terraced houses, the cell
    under the footprint's centroid stands in.

    Parameters
    ----------
    cells : Cells
        The raster's place.
    footprints : ndarray of shapely polygons, shape (n,)
        In the raster's CRS; None and empty ones have no ring.
    progress : Progress
        Called for every 20,000 buildings.
    beside : ndarray of shapely polygons, optional
        Further buildings, whose cells are in no ring either.

    Returns
    -------
    RingCells

    Raises
    ------
    Cancelled
        When `progress` answers so.
    """
    count = len(footprints)
    first, x0, y0, x1, y1 = _segments(cells, footprints)
    taken = np.zeros(cells.size, np.bool_)
    _mark(cells, (first, x0, y0, x1, y1), taken, part(progress, 0.0, 0.2))
    if beside is not None and len(beside):
        _mark(cells, _segments(cells, beside), taken, part(progress, 0.2, 0.3))
    coarse = is_coarse(cells)
    reach_m, left_out = (TOUCH_M, np.zeros(cells.size, np.bool_)) if coarse else (cells.reach_m, taken)
    stamp = np.zeros(cells.size, np.int32)
    sizes = np.zeros(count, np.int64)
    parts = []
    for low in range(0, count, CHUNK):
        advance(progress, 0.3 + 0.7 * low / count, Message("Rings of buildings"))
        high = min(low + CHUNK, count)
        place = (cells.rows, cells.columns, cells.width_m, cells.height_m, reach_m, coarse)
        parts.append(_rings(low, high, first, x0, y0, x1, y1, place, left_out, stamp, sizes))
    del stamp, left_out, x0, y0, x1, y1  # as large as what follows
    bare = np.flatnonzero(sizes == 0)
    below = np.full(count, -1, np.int64)
    below[bare] = cells.index(*centroids(footprints[bare]))
    under = below >= 0
    ring = np.concatenate(parts) if parts else np.empty(0, np.int64)
    parts.clear()
    if under.any():
        before = np.concatenate([[0], np.cumsum(sizes)])
        ring = np.insert(ring, before[:-1][under], below[under])
    start = np.concatenate([[0], np.cumsum(sizes + under)]).astype(np.int64)
    return RingCells(start, ring, under, taken)


_Edges = tuple[IntArray, FloatArray, FloatArray, FloatArray, FloatArray]


def _mark(cells: Cells, edges: _Edges, taken: NDArray[np.bool_], progress: Progress) -> None:
    """Mark the cells whose centres lie in a footprint."""
    count = len(edges[0]) - 1
    for low in range(0, count, CHUNK):
        advance(progress, low / count, Message("Cells of buildings"))
        size = (cells.rows, cells.columns, cells.width_m, cells.height_m)
        _fill(low, min(low + CHUNK, count), *edges, *size, taken)


def _segments(cells: Cells, footprints: NDArray[Any]) -> _Edges:
    """Edges of all footprints in metres from the raster's corner; footprint i has `first[i]` to `first[i + 1]`."""
    parts, of_part = shapely.get_parts(footprints, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, of_point = shapely.get_coordinates(rings, return_index=True)
    x, y = cells.metric(points[:, 0], points[:, 1])
    same = of_point[1:] == of_point[:-1]
    building = of_part[of_ring[of_point]][:-1][same] if len(points) else np.empty(0, np.int64)
    first = np.searchsorted(building, np.arange(len(footprints) + 1)).astype(np.int64)
    return first, x[:-1][same], y[:-1][same], x[1:][same], y[1:][same]


@numba.njit(cache=True, nogil=True)
def _fill(low, high, first, x0, y0, x1, y1, rows, columns, width, height, taken):  # type: ignore[no-untyped-def]
    """Mark the cells whose centres lie in a footprint, by even and odd crossings of each row."""
    for building in range(low, high):
        begin, end = first[building], first[building + 1]
        if begin == end:
            continue
        crossing = np.empty(end - begin)
        top, bottom = np.inf, -np.inf
        for k in range(begin, end):
            top = min(top, y0[k])
            bottom = max(bottom, y0[k])
        for row in range(max(0, int(np.floor(top / height - 0.5))), min(rows, int(np.ceil(bottom / height + 0.5)))):
            middle = (row + 0.5) * height
            found = 0
            for k in range(begin, end):
                if (y0[k] <= middle) != (y1[k] <= middle):
                    crossing[found] = x0[k] + (middle - y0[k]) / (y1[k] - y0[k]) * (x1[k] - x0[k])
                    found += 1
            _sort(crossing, found)
            for pair in range(0, found - 1, 2):
                left = max(0, int(np.ceil(crossing[pair] / width - 0.5)))
                right = min(columns - 1, int(np.ceil(crossing[pair + 1] / width - 0.5)) - 1)
                for column in range(left, right + 1):
                    taken[row * columns + column] = True


@numba.njit(cache=True, nogil=True, inline="always")
def _sort(values, count):  # type: ignore[no-untyped-def]
    """Sort the first values in their place: most often there are two."""
    if count > 32:
        values[:count] = np.sort(values[:count])
        return
    for k in range(1, count):
        value, place = values[k], k
        while place > 0 and values[place - 1] > value:
            values[place] = values[place - 1]
            place -= 1
        values[place] = value


@numba.njit(cache=True, nogil=True)
def _rings(low, high, first, x0, y0, x1, y1, place, taken, stamp, sizes):  # type: ignore[no-untyped-def]
    """Cells not `taken` whose centres are within reach of an edge, building after building; fills `sizes`.

    With `touching` it is the cells themselves that must be within reach.
    """
    rows, columns, width, height, reach, touching = place
    # A centre on the zone's very edge is not in it: rounding must not decide.
    limit2 = (reach * (1.0 - 1e-6)) ** 2
    found = np.empty(max(64, 32 * (high - low)), np.int64)
    total = 0
    for building in range(low, high):
        before = total
        for k in range(first[building], first[building + 1]):
            top, bottom = min(y0[k], y1[k]) - reach, max(y0[k], y1[k]) + reach
            for row in range(max(0, int(np.floor(top / height))), min(rows - 1, int(np.floor(bottom / height))) + 1):
                left, right = _span(x0[k], y0[k], x1[k], y1[k], row * height - reach, (row + 1) * height + reach)
                begin = max(0, int(np.floor((left - reach) / width)))
                end = min(columns - 1, int(np.floor((right + reach) / width)))
                for column in range(begin, end + 1):
                    cell = row * columns + column
                    if taken[cell] or stamp[cell] == building + 1:
                        continue
                    x, y = (column + 0.5) * width, (row + 0.5) * height
                    if not touching and _apart2(x0[k], y0[k], x1[k], y1[k], x, y) > limit2:
                        continue
                    stamp[cell] = building + 1
                    if total == len(found):
                        grown = np.empty(2 * total, np.int64)
                        grown[:total] = found
                        found = grown
                    found[total] = cell
                    total += 1
        sizes[building] = total - before
    return found[:total].copy()


@numba.njit(cache=True, nogil=True, inline="always")
def _span(x0, y0, x1, y1, top, bottom):  # type: ignore[no-untyped-def]
    """The stretch in x of an edge within a band of y."""
    if y0 == y1:
        return min(x0, x1), max(x0, x1)
    slope = (x1 - x0) / (y1 - y0)
    low, high = max(min(y0, y1), top), min(max(y0, y1), bottom)
    at_low, at_high = x0 + (low - y0) * slope, x0 + (high - y0) * slope
    return min(at_low, at_high), max(at_low, at_high)


@numba.njit(cache=True, nogil=True, inline="always")
def _apart2(x0, y0, x1, y1, x, y):  # type: ignore[no-untyped-def]
    """Squared distance between an edge and a point."""
    dx, dy = x1 - x0, y1 - y0
    length2 = dx * dx + dy * dy
    share = 0.0 if length2 == 0.0 else min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length2))
    across, along = x - x0 - share * dx, y - y0 - share * dy
    return across * across + along * along


@numba.njit(cache=True, nogil=True)
def _highest(start, cell, values, best, where):  # type: ignore[no-untyped-def]
    for building in range(len(best)):
        for k in range(start[building], start[building + 1]):
            value = values[cell[k]]
            if value > best[building] or (where[building] < 0 and not np.isnan(value)):
                best[building] = value
                where[building] = cell[k]


@numba.njit(cache=True, nogil=True)
def _nearest(start, cell, building, east, south, known, columns, width, height, result):  # type: ignore[no-untyped-def]
    for point in range(len(building)):
        least = np.inf
        for k in range(start[building[point]], start[building[point] + 1]):
            if not known[cell[k]]:
                continue
            row, column = cell[k] // columns, cell[k] % columns
            across, along = east[point] - (column + 0.5) * width, south[point] - (row + 0.5) * height
            apart = across * across + along * along
            if apart < least:
                least = apart
                result[point] = cell[k]
