"""Cells under footprints, with the exact share of each that the footprint covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray, IntArray
from ..common.messages import Message
from ..common.progress import Progress, advance, silent

CHUNK = 5_000
LEAST_SHARE = 1e-7
"""Less of a cell than this is rounding where an outline runs along the cell's edge."""


@dataclass(frozen=True)
class FootprintCells:
    """Cells that n footprints cover at least in part, in compressed rows.

    Attributes
    ----------
    start : ndarray of int64, shape (n + 1,)
        The cells of building i are `cell[start[i]:start[i + 1]]`, each once.
    cell : ndarray of int64
        Flat cell numbers (row * columns + column).
    share : ndarray of float64
        Part of each cell's area that the footprint covers, above 0 and at most 1.
    """

    start: IntArray
    cell: IntArray
    share: FloatArray

    @property
    def owner(self) -> IntArray:
        """Number of the building of each cell."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def find_footprint_cells(cells: Cells, footprints: NDArray[Any], progress: Progress = silent) -> FootprintCells:
    """The cells under each footprint and how much of each it covers.

    A cell's share is the integral of the footprint's outline across it (Green's theorem), exact but for rounding.
    Footprints that are not valid, as those that cross themselves, count as `shapely.make_valid` mends them.

    Parameters
    ----------
    cells : Cells
        The raster's place.
    footprints : ndarray of shapely polygons, shape (n,)
        In the raster's CRS; None and empty ones have no cells.
    progress : Progress
        Called for every 5,000 buildings.

    Returns
    -------
    FootprintCells

    Raises
    ------
    Cancelled
        When `progress` answers so.
    """
    count = len(footprints)
    sizes, found, shares = np.zeros(count, np.int64), [], []
    for low in range(0, count, CHUNK):
        advance(progress, low / count, Message("Cells under buildings"))
        shapes = np.array(footprints[low : low + CHUNK], object)
        bad = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_valid(shapes))
        shapes[bad] = shapely.make_valid(shapes[bad])
        edges = _signed_edges(cells, shapes)
        place = (cells.rows, cells.columns, cells.width_m, cells.height_m)
        cell, share = _cover(*edges, place, sizes[low : low + CHUNK], LEAST_SHARE)
        found.append(cell)
        shares.append(share)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    if not found:
        return FootprintCells(start, np.empty(0, np.int64), np.empty(0))
    return FootprintCells(start, np.concatenate(found), np.minimum(np.concatenate(shares), 1.0))


def centres_inside(cells: Cells, footprints: NDArray[Any], under: FootprintCells) -> NDArray[np.bool_]:
    """Which of the cells under the footprints have their centre in their own footprint."""
    result = under.share >= 1.0 - LEAST_SHARE
    part = np.flatnonzero(~result)
    x, y = cells.centres(under.cell[part])
    shapes = np.asarray(footprints, object)
    shapely.prepare(shapes)
    result[part] = shapely.contains_xy(shapes[under.owner[part]], x, y)
    return result


def _signed_edges(
    cells: Cells, shapes: NDArray[Any]
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Edges of footprints in metres from the raster's corner, and the sign with which each counts.

    Outlines count as positive areas and holes as negative, in whichever direction they are drawn.
    """
    pieces, of_piece = shapely.get_parts(shapes, return_index=True)
    parts, of_part = shapely.get_parts(pieces, return_index=True)  # again: mending may put polygons into a collection
    of_part = of_piece[of_part]
    polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, of_part = parts[polygon], of_part[polygon]
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, of_point = shapely.get_coordinates(rings, return_index=True)
    outer = np.concatenate([[True], np.diff(of_ring) > 0])[: len(of_ring)]
    x, y = cells.metric(points[:, 0], points[:, 1])
    same = of_point[1:] == of_point[:-1]
    ring = of_point[:-1][same]
    x0, y0, x1, y1 = x[:-1][same], y[:-1][same], x[1:][same], y[1:][same]
    x_first, y_first = (np.zeros(len(rings)) for _ in range(2))
    x_first[of_point[::-1]], y_first[of_point[::-1]] = x[::-1], y[::-1]
    # About the ring's own first point: far from the corner the products would lose digits.
    turn = (x0 - x_first[ring]) * (y1 - y_first[ring]) - (x1 - x_first[ring]) * (y0 - y_first[ring])
    area = np.bincount(ring, turn, len(rings))
    sign = (np.where(outer, 1.0, -1.0) * np.sign(area))[ring]
    building = of_part[of_ring[ring]]
    first = np.searchsorted(building, np.arange(len(shapes) + 1)).astype(np.int64)
    return first, x0, y0, x1, y1, sign


@numba.njit(cache=True, nogil=True)
def _cover(first, x0, y0, x1, y1, sign, place, sizes, least):  # type: ignore[no-untyped-def]
    """Cells of each footprint and the share of them that it covers; fills `sizes`.

    The area of a polygon within a cell is the integral over y, along its outline, of how far x lies beyond the cell's
    left edge, at most the cell's width: what runs right of a cell adds the whole width to it.
    """
    rows, columns, width, height = place
    found, share = np.empty(1024, np.int64), np.empty(1024)
    total = 0
    for building in range(len(first) - 1):
        begin, end = first[building], first[building + 1]
        if begin == end:
            continue
        west, east = x0[begin:end].min(), x0[begin:end].max()
        north, south = y0[begin:end].min(), y0[begin:end].max()
        left, right = max(0, int(np.floor(west / width))), min(columns - 1, int(np.floor(east / width)))
        top, bottom = max(0, int(np.floor(north / height))), min(rows - 1, int(np.floor(south / height)))
        if right < left or bottom < top:
            continue
        within, beyond = np.empty(right - left + 1), np.empty(right - left + 2)
        before = total
        for row in range(top, bottom + 1):
            within[:], beyond[:] = 0.0, 0.0
            for k in range(begin, end):
                _add_edge(x0[k], y0[k], x1[k], y1[k], sign[k], row * height, (row + 1) * height, left, right, width,
                          within, beyond)  # fmt: skip
            whole = beyond[right - left + 1] * width
            for column in range(right - left, -1, -1):
                part = (within[column] + whole) / (width * height)
                whole += beyond[column] * width
                if part < least:
                    continue
                if total == len(found):
                    found, share = _grown(found, share)
                found[total], share[total] = row * columns + left + column, part
                total += 1
        sizes[building] = total - before
    return found[:total].copy(), share[:total].copy()


@numba.njit(cache=True, nogil=True)
def _grown(found, share):  # type: ignore[no-untyped-def]
    more, shares = np.empty(2 * len(found), np.int64), np.empty(2 * len(found))
    more[: len(found)], shares[: len(found)] = found, share
    return more, shares


@numba.njit(cache=True, nogil=True)
def _add_edge(x0, y0, x1, y1, sign, top, bottom, left, right, width, within, beyond):  # type: ignore[no-untyped-def]
    """Add what an edge contributes to a row of cells: `within` its own cells, `beyond` to all cells left of them."""
    if y0 == y1 or max(y0, y1) <= top or min(y0, y1) >= bottom:
        return
    slope = (x1 - x0) / (y1 - y0)
    ya, yb = min(max(y0, top), bottom), min(max(y1, top), bottom)
    xa, xb = x0 + (ya - y0) * slope, x0 + (yb - y0) * slope
    west, east = left * width, (right + 1) * width
    low, high = min(xa, xb), max(xa, xb)
    if high <= west:
        return
    if low >= east:
        beyond[right - left + 1] += sign * (yb - ya)
        return
    first = left if low <= west else min(right, int(np.floor(low / width)))
    last = right if high >= east else max(first, min(right, int(np.floor(high / width))))
    if high > east:
        beyond[right - left + 1] += sign * (yb - ya) * (high - east) / (high - low)
    for column in range(first, last + 1):
        a, b = max(low, column * width), min(high, (column + 1) * width)
        share = (b - a) / (high - low) if high > low else 1.0
        down = sign * (yb - ya) * share
        within[column - left] += down * (0.5 * (a + b) - column * width)
        beyond[column - left] += down
