"""Cuts polygons into triangles by clipping ears: plans of roofs and floors, and faces of shells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_Corner = tuple[float, float, int]
HALVES = 12
"""How often a polygon is halved at most, until its parts can be cut."""


def triangulate(rings: Sequence[Floats]) -> Ints | None:
    """The triangles of a polygon, wherever it lies in a plane.

    Ears are clipped one after the other, and all of them turn left: since together they have the outline of the
    polygon, they cover it exactly once.

    Parameters
    ----------
    rings : sequence of ndarray of float64, each of shape (corners, 2)
        The outline and the holes, each without its closing corner, turning either way.

    Returns
    -------
    ndarray of int64, shape (triangles, 3), or None
        Places of corners, counted through all rings, turning counter-clockwise. None where the rings cross.
    """
    middle = rings[0][0]
    corners, start = [], 0
    for number, ring in enumerate(rings):
        local = ring - middle
        places = np.arange(start, start + len(ring))
        start += len(ring)
        if (_area(local) > 0) != (number == 0):
            local, places = local[::-1], places[::-1]
        corners.append([(x, y, k) for (x, y), k in zip(local.tolist(), places.tolist(), strict=True)])
    outline = corners[0]
    if len(corners) == 1 and _is_convex(outline):
        k = np.array([corner[2] for corner in outline], np.int64)
        first = np.full(len(k) - 2, k[0])
        return np.column_stack([first, k[1:-1], k[2:]])
    for hole in sorted(corners[1:], key=lambda ring: max(corner[0] for corner in ring), reverse=True):
        joined = _with_hole(outline, hole)
        if joined is None:
            return None
        outline = joined
    found = _clip(outline)
    return None if found is None else np.array(found, np.int64).reshape(-1, 3)


def triangulate_polygon(polygon: shapely.Polygon, depth: int = 0) -> tuple[Floats, Ints]:
    """The corners of a valid polygon in plan and its triangles.

    Returns
    -------
    corners : ndarray of float64, shape (n, 2)
    triangles : ndarray of int64, shape (m, 3)
        Counter-clockwise. A polygon that cannot be cut, such as one whose holes touch each other, is cut in halves
        first, which gives it more corners.
    """
    rings = [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(polygon)]
    found = triangulate(rings)
    if found is not None:
        return np.concatenate(rings), found
    if depth == HALVES:
        return np.zeros((0, 2)), np.zeros((0, 3), np.int64)
    west, south, east, north = shapely.bounds(polygon)
    if east - west > north - south:
        middle = (west + east) / 2
        boxes = shapely.box([west, middle], south, [middle, east], north)
    else:
        middle = (south + north) / 2
        boxes = shapely.box(west, [south, middle], east, [middle, north])
    corners, triangles, first = [np.zeros((0, 2))], [np.zeros((0, 3), np.int64)], 0
    for part in shapely.get_parts(shapely.get_parts(shapely.intersection(polygon, boxes))):
        if shapely.get_type_id(part) == shapely.GeometryType.POLYGON and shapely.area(part) > 0:
            own, cut = triangulate_polygon(part, depth + 1)
            corners.append(own)
            triangles.append(cut + first)
            first += len(own)
    return np.concatenate(corners), np.concatenate(triangles)


def _area(ring: Floats) -> float:
    """Twice the area, above 0 for a ring that turns left."""
    x, y = ring[:, 0], ring[:, 1]
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def _turn(a: _Corner, b: _Corner, c: _Corner) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _is_convex(ring: list[_Corner]) -> bool:
    """Whether a ring turns left at every corner; a spiral cannot, since the rings of a polygon do not cross."""
    return all(_turn(ring[k - 2], ring[k - 1], ring[k]) > 0 for k in range(len(ring)))


def _with_hole(outline: list[_Corner], hole: list[_Corner]) -> list[_Corner] | None:
    """The outline with a hole joined to it by a cut, there and back, from the hole's easternmost corner."""
    at = max(range(len(hole)), key=lambda k: hole[k][:2])
    corner = hole[at]
    bridge = _seen_from(outline, corner)
    if bridge is None:
        return None
    return [*outline[: bridge + 1], *hole[at:], *hole[: at + 1], *outline[bridge:]]


def _seen_from(outline: list[_Corner], corner: _Corner) -> int | None:
    """Place in the outline of a corner that can be joined with a corner of a hole without crossing it."""
    x, y, _ = corner
    east, found = float("inf"), None
    for k, a in enumerate(outline):
        b = outline[(k + 1) % len(outline)]
        # The outline turns left: the edge to the east of a point inside runs north.
        if not (a[1] <= y <= b[1] and a[1] < b[1]):
            continue
        hit = a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        if hit >= x and hit < east:
            east, found = hit, k if a[0] > b[0] else (k + 1) % len(outline)
    if found is None:
        return None
    p, hit_point = outline[found], (east, y, -1)
    if p[:2] == hit_point[:2] or p[:2] == (x, y):
        return _of_equal(outline, found, corner)
    triangle = (corner, hit_point, p) if _turn(corner, hit_point, p) > 0 else (corner, p, hit_point)
    best, slope = found, float("inf")
    for k, q in enumerate(outline):
        if q[0] < x or q[:2] == p[:2] or q[:2] == (x, y):
            continue
        before, after = outline[k - 1], outline[(k + 1) % len(outline)]
        if _turn(before, q, after) >= 0 and k != found:
            continue
        if all(_turn(triangle[i], triangle[(i + 1) % 3], q) >= 0 for i in range(3)):
            steep = abs(q[1] - y) / max(q[0] - x, 1e-300)
            if steep < slope or (steep == slope and q[0] < outline[best][0]):
                best, slope = k, steep
    return _of_equal(outline, best, corner)


def _of_equal(outline: list[_Corner], place: int, corner: _Corner) -> int:
    """Of the corners at one point, which cuts of earlier holes leave, the one that opens towards another corner."""
    same = [k for k, q in enumerate(outline) if q[:2] == outline[place][:2]]
    for k in same:
        before, here, after = outline[k - 1], outline[k], outline[(k + 1) % len(outline)]
        left_of_both = _turn(before, here, corner) >= 0 and _turn(here, after, corner) >= 0
        if left_of_both if _turn(before, here, after) >= 0 else (
            _turn(before, here, corner) >= 0 or _turn(here, after, corner) >= 0
        ):  # fmt: skip
            return k
    return place


def _clip(ring: list[_Corner]) -> list[tuple[int, int, int]] | None:
    """Ears of a ring that turns left, one after the other; None where none is left."""
    ring, found = list(ring), []
    k, idle = 0, 0
    while len(ring) > 3:
        n = len(ring)
        k %= n
        a, b, c = ring[k - 1], ring[k], ring[(k + 1) % n]
        turn = _turn(a, b, c)
        if turn == 0 or (turn > 0 and (idle >= n or _is_ear(ring, a, b, c))):
            if turn > 0:
                found.append((a[2], b[2], c[2]))
            del ring[k]
            k, idle = k + 1 if turn else k - 1, 0  # skipping one makes fans of slivers rarer
            continue
        k, idle = k + 1, idle + 1
        if idle >= 2 * n:
            return None
    if len(ring) == 3:
        turn = _turn(*ring)
        if turn < 0:
            return None
        if turn > 0:
            found.append((ring[0][2], ring[1][2], ring[2][2]))
    return found


def _is_ear(ring: list[_Corner], a: _Corner, b: _Corner, c: _Corner) -> bool:
    """Whether no other corner lies in a triangle of neighbours."""
    ax, ay, _ = a
    bx, by, _ = b
    cx, cy, _ = c
    low_x, high_x, low_y, high_y = min(ax, bx, cx), max(ax, bx, cx), min(ay, by, cy), max(ay, by, cy)
    corners = (a[:2], b[:2], c[:2])
    for x, y, _ in ring:
        if x < low_x or x > high_x or y < low_y or y > high_y or (x, y) in corners:
            continue
        if (
            (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
            and (cx - bx) * (y - by) - (cy - by) * (x - bx) >= 0
            and (ax - cx) * (y - cy) - (ay - cy) * (x - cx) >= 0
        ):
            return False
    return True
