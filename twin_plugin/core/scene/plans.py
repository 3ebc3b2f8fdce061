"""Outlines as whole numbers: corners of rings, each equal outline once, as the page of a scene holds them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Ints
from ..common.progress import Progress, advance, silent

MOST_CORNERS = 65_535
"""Corners of an outline that uint16 can count."""
BLOCK = 20_000
"""Outlines between two looks whether to go on."""


@dataclass(frozen=True, eq=False)
class Plans:
    """Outlines that differ, and which of them each body has.

    Attributes
    ----------
    corners : ndarray of int32, shape (corners, 2)
        In units, the first corner of each ring from the origin, the others from the one before.
    ring_size : ndarray of uint16, shape (rings,)
        Corners of each ring, the first not repeated.
    rings : ndarray of uint16, shape (plans,)
        Rings of each plan, the outer one first.
    plan : ndarray of int64, shape (bodies,)
        The plan of each body; -1 where it is too small for the unit.
    simplified : int
        How many outlines had too many corners.
    """

    corners: NDArray[np.int32]
    ring_size: NDArray[np.uint16]
    rings: NDArray[np.uint16]
    plan: Ints
    simplified: int

    def __len__(self) -> int:
        return len(self.rings)


def encode_plans(
    outlines: NDArray[Any], origin: tuple[float, float], unit_m: float, progress: Progress = silent
) -> Plans:
    """Round outlines to a unit and keep each that is different once.

    Parameters
    ----------
    outlines : ndarray of shapely Polygon, shape (bodies,)
    origin : tuple of float
        x and y that corners are measured from.
    unit_m : float
        Metres in a unit.

    Raises
    ------
    Cancelled
    """
    shared = np.fromiter(map(id, outlines), np.int64, len(outlines))
    _, earliest, which = np.unique(shared, return_index=True, return_inverse=True)
    if len(earliest) < len(outlines):  # most storeys share the outline of their neighbour
        order = np.argsort(earliest)
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        plans = encode_plans(outlines[earliest[order]], origin, unit_m, progress)
        bodies = place[which.ravel()]
        return replace(plans, plan=plans.plan[bodies])
    outlines, simplified = _light(outlines, unit_m)
    rings, body = shapely.get_rings(outlines, return_index=True)
    advance(progress, 0.2)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    advance(progress, 0.3)
    corners = np.rint((points - np.asarray(origin)) / unit_m).astype(np.int32)
    ends = np.append(ring[1:] != ring[:-1], True) if len(ring) else np.zeros(0, bool)
    moves = np.append((corners[1:] != corners[:-1]).any(axis=1), False) if len(ring) else ends
    keep = ~ends & moves  # a corner equal to the next one goes, and with it the one that closes the ring
    corners, ring = corners[keep], ring[keep]
    advance(progress, 0.4)
    size = np.bincount(ring, minlength=len(rings))
    whole = (size >= 3) & (_areas(corners, ring, size) > 0)
    outer = np.append(True, body[1:] != body[:-1]) if len(body) else np.zeros(0, bool)
    drawn = np.zeros(len(outlines), bool)
    drawn[body[outer]] = whole[outer]
    whole &= drawn[body]
    stays = whole[ring]
    corners, ring = corners[stays], ring[stays]
    advance(progress, 0.5)
    plan, first = _equal(corners, size[whole], body[whole], len(outlines), progress)
    kept_rings = whole & first[body]
    kept = first[body[ring]]
    corners, ring = corners[kept], ring[kept]
    starts = np.append(True, ring[1:] != ring[:-1]) if len(ring) else np.zeros(0, bool)
    steps = np.diff(corners, axis=0, prepend=corners[:1])
    steps[starts] = corners[starts]
    count = np.bincount(body[kept_rings], minlength=len(outlines))[first]
    return Plans(steps.astype(np.int32), size[kept_rings].astype(np.uint16), count.astype(np.uint16), plan, simplified)


def _light(outlines: NDArray[Any], unit_m: float) -> tuple[NDArray[Any], int]:
    """The outlines, those with too many corners or rings simplified, and how many these are."""
    heavy = np.flatnonzero(
        (shapely.get_num_coordinates(outlines) > MOST_CORNERS)
        | (shapely.get_num_interior_rings(outlines) >= MOST_CORNERS)
    )
    if not len(heavy):
        return outlines, 0
    outlines = outlines.copy()
    for place in heavy:
        tolerance, shape = 5 * unit_m, outlines[place]
        while shapely.get_num_coordinates(shape) > MOST_CORNERS and tolerance < 1000 * unit_m:
            simpler = shapely.simplify(outlines[place], tolerance)
            shape = simpler if isinstance(simpler, shapely.Polygon) and not simpler.is_empty else shape
            tolerance *= 3
        if shapely.get_num_coordinates(shape) > MOST_CORNERS:
            shape = shapely.convex_hull(outlines[place])
        outlines[place] = shape
    return outlines, len(heavy)


def _areas(corners: NDArray[np.int32], ring: Ints, size: Ints) -> NDArray[np.float64]:
    """Twice the area of each ring, in units."""
    if not len(corners):
        return np.zeros(len(size))
    start = np.cumsum(size) - size
    after = np.arange(1, len(corners) + 1)
    last = (start + size - 1)[size > 0]
    after[last] = start[size > 0]
    here = (corners - corners[start[ring]]).astype(np.float64)
    there = (corners[after] - corners[start[ring]]).astype(np.float64)
    return np.abs(np.bincount(ring, here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0], minlength=len(size)))


def _equal(
    corners: NDArray[np.int32], size: Ints, body: Ints, count: int, progress: Progress
) -> tuple[Ints, NDArray[np.bool_]]:
    """The plan of each body, and whether it is the first with its plan."""
    plan, first = np.full(count, -1, np.int64), np.zeros(count, bool)
    of_body = np.bincount(body, size, minlength=count).astype(np.int64)
    ends, ring_ends = np.cumsum(of_body) * corners.itemsize * 2, np.cumsum(np.bincount(body, minlength=count))
    data, sizes = np.ascontiguousarray(corners).tobytes(), size.astype(np.uint32)
    known: dict[tuple[bytes, bytes], int] = {}
    begin = ring_begin = 0
    for place, (end, ring_end) in enumerate(zip(ends.tolist(), ring_ends.tolist(), strict=True)):
        if place % BLOCK == 0:
            advance(progress, 0.5 + 0.5 * place / count)
        if ring_end > ring_begin:
            key = data[begin:end], sizes[ring_begin:ring_end].tobytes() if ring_end - ring_begin > 1 else b""
            first[place] = key not in known
            plan[place] = known.setdefault(key, len(known))
        begin, ring_begin = end, ring_end
    return plan, first
