"""Faces of a closed body that lie in one plane and share an edge, joined; every other edge stays where it was."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import Polygon

from ..common.solid import Solid
from .model import Floats

NORMAL_DIGITS, OFFSET_DIGITS = 4, 2
"""Faces lie in one plane when their normals and their offsets (m) agree to so many digits."""

GRID_M = 1e-4
STRAIGHT_M = 1e-4
"""A corner that lies no farther from the line between its neighbours is none."""

Edge = tuple[int, int]


def join_faces(solid: Solid) -> Solid:
    """The same body with fewer faces, as closed as it was.

    Edges that two faces of one plane share are dropped; corners that others need stay, so that every edge left has the
    partner that it had. A plane in which the rings that are left make no polygons keeps its faces as they are.
    """
    if not solid.faces_count:
        return solid
    origin = solid.points.mean(axis=0)
    points = solid.points - origin
    _, first_of, number = np.unique(
        np.round(points / GRID_M).astype(np.int64), axis=0, return_index=True, return_inverse=True
    )
    number = number.ravel()
    corners = points[first_of]
    first = np.cumsum(solid.counts) - solid.counts
    after = np.arange(1, len(points) + 1)
    after[first + solid.counts - 1] = first
    rings = np.add.reduceat(np.cross(points, points[after]), first)
    normals = np.zeros((solid.faces_count, 3))
    np.add.at(normals, solid.faces, rings)
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    starts = np.searchsorted(solid.faces, np.arange(solid.faces_count))
    offsets = np.einsum("ij,ij->i", normals, points[first[starts]])
    key = np.column_stack([np.round(normals, NORMAL_DIGITS), np.round(offsets, OFFSET_DIGITS)]) + 0.0
    _, plane = np.unique(key, axis=0, return_inverse=True)
    plane = plane.ravel()
    ring_plane = plane[solid.faces]
    faces: list[list[list[int]]] = []
    for group in range(int(plane.max()) + 1):
        members = np.flatnonzero(ring_plane == group)
        own = [number[first[r] : first[r] + solid.counts[r]].tolist() for r in members]
        joined = _joined(own, corners, normals[np.flatnonzero(plane == group)[0]]) if len(own) > 1 else None
        faces += joined if joined is not None else _as_they_are(own, solid.faces[members].tolist())
    spare = _spare([ring for rings_of in faces for ring in rings_of], corners)
    kept = [[[corner for corner in ring if corner not in spare] for ring in rings_of] for rings_of in faces]
    whole = Solid.from_faces([[corners[ring] + origin for ring in rings_of] for rings_of in kept])
    return Solid(whole.points, whole.counts, whole.faces, solid.kind, solid.owner, solid.elements)


def _spare(rings: Sequence[list[int]], corners: Floats) -> set[int]:
    """The corners at which one straight edge goes on and no other edge ends."""
    beside: dict[int, set[int]] = {}
    for ring in rings:
        for before, here in zip(ring[-1:] + ring[:-1], ring, strict=True):
            beside.setdefault(here, set()).add(before)
            beside.setdefault(before, set()).add(here)
    spare = set()
    for here, ends in beside.items():
        if len(ends) == 2:
            a, b = (corners[end] - corners[here] for end in ends)
            if np.linalg.norm(np.cross(a, b)) < STRAIGHT_M * np.linalg.norm(a - b) and a @ b < 0:
                spare.add(here)
    return spare


def _as_they_are(rings: Sequence[list[int]], faces: Sequence[int]) -> list[list[list[int]]]:
    kept: dict[int, list[list[int]]] = {}
    for ring, face in zip(rings, faces, strict=True):
        kept.setdefault(face, []).append(ring)
    return list(kept.values())


def _joined(rings: Sequence[list[int]], corners: Floats, normal: Floats) -> list[list[list[int]]] | None:
    """The rings of joined faces, outlines before their holes; None where they make no polygons."""
    left: dict[int, list[int]] = {}
    edges: dict[Edge, int] = {}
    for ring in rings:
        for edge in zip(ring, ring[1:] + ring[:1], strict=True):
            back = (edge[1], edge[0])
            if edges.get(back, 0):
                edges[back] -= 1
            else:
                edges[edge] = edges.get(edge, 0) + 1
    for (start, end), count in edges.items():
        left.setdefault(start, []).extend([end] * count)
    helper = np.array([0.0, 0.0, 1.0]) if abs(normal[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    across = np.cross(helper, normal)
    across /= np.linalg.norm(across)
    flat = np.column_stack([corners @ across, corners @ np.cross(normal, across)])
    traced = _traced(left, flat)
    outer: list[tuple[Polygon, list[list[int]]]] = []
    holes: list[list[int]] = []
    for ring in traced:
        x, y = flat[ring].T
        area = float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
        if area > 0:
            outer.append((Polygon(flat[ring]), [ring]))
        elif area < 0:
            holes.append(ring)
    if not all(shape.is_valid for shape, _ in outer):
        return None
    for ring in holes:
        hole = Polygon(flat[ring])
        if not hole.is_valid:
            return None
        around = [pair for pair in outer if shapely.covers(pair[0], hole)]
        if not around:
            return None
        min(around, key=lambda pair: pair[0].area)[1].append(ring)
    return [rings_of for _, rings_of in outer]


def _traced(left: dict[int, list[int]], flat: Floats) -> list[list[int]]:
    """Closed rings of directed edges; where several go on, the one farthest to the left, which keeps rings apart."""
    rings = []
    for start in list(left):
        while left.get(start):
            ring, before, here = [start], start, left[start].pop()
            while here != start:
                ways = left.get(here)
                if not ways:
                    break
                if len(ways) > 1:
                    ways.sort(key=lambda way: _turn(flat, before, here, way))
                ring.append(here)
                before, here = here, ways.pop()
            rings.append(ring)
    return [ring for ring in rings if len(ring) > 2]


def _turn(flat: Floats, before: int, here: int, way: int) -> float:
    """The turn to the left, radians between -pi and pi."""
    a, b = flat[here] - flat[before], flat[way] - flat[here]
    return float(np.arctan2(a[0] * b[1] - a[1] * b[0], a @ b))
