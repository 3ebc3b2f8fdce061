"""The planes of a building that are seen from above, each cut to where no other lies above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from .element_triangles import ElementTriangles
from .footprint import join, polygons
from .inside_columns import EnvelopeColumns, Ints
from .model import Floats

SAME_NORMAL = 0.9995
"""Cosine of the angle up to which triangles have one plane."""

SAME_PLANE_M = 0.03
"""So far the corners of a triangle may lie from a plane that is theirs."""

LEAST_M2, LEAST_BELOW_M2 = 0.25, 0.03
"""What is seen of a plane from above, and of one below what hangs over; less is left to its neighbours."""

STEEPEST = 0.05
"""z of the normal of the steepest face that is a roof and no wall."""

MOST_PLANES = 1500
ROUND_M = 0.001
ABOVE_M = 0.005
"""A plane less than this above another does not hide it."""


@dataclass(frozen=True, eq=False)
class PlanePatch:
    """Where a plane ``z = a x + b y + c`` (m) is to be seen, and the triangles that lie in it."""

    plane: tuple[float, float, float]
    shape: BaseGeometry
    members: Ints


def seen_from_above(triangles: ElementTriangles, columns: EnvelopeColumns) -> list[PlanePatch] | None:
    """The planes at the tops of the columns, cut to where they are the highest; None for more than MOST_PLANES."""
    patches = _patches(triangles, columns.top_face, columns.cell_m, LEAST_M2)
    return _cut(patches) if patches is not None else None


def seen_from_below(triangles: ElementTriangles, columns: EnvelopeColumns) -> list[PlanePatch] | None:
    """The planes at the bottoms of what hangs over, also where they lie in rooms; None for too many."""
    return _patches(triangles, columns.bottom_face, columns.cell_m, LEAST_BELOW_M2)


def standing_tops(triangles: ElementTriangles, columns: EnvelopeColumns) -> list[PlanePatch] | None:
    """The planes at the tops of what stands below something that hangs over; None for too many."""
    return _patches(triangles, columns.stand_face, columns.cell_m, LEAST_BELOW_M2)


def _patches(triangles: ElementTriangles, faces: Ints, cell_m: float, least_m2: float) -> list[PlanePatch] | None:
    seen, counts = np.unique(faces[faces >= 0], return_counts=True)
    if not len(seen):
        return []
    area = counts * cell_m**2
    normals = _normals(triangles.corners)
    groups = _groups(triangles, normals, seen, area, least_m2)
    if groups is None:
        return None
    whole = []
    for plane, members in groups:
        plan = shapely.polygons(np.round(triangles.corners[members][:, :, :2] / ROUND_M) * ROUND_M)
        shape = join(plan[shapely.is_valid(plan)])
        if not shape.is_empty:
            whole.append(PlanePatch(plane, shape, members))
    return whole


def _normals(corners: Floats) -> Floats:
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(cross, axis=1)
    return np.asarray(cross / np.maximum(length, 1e-12)[:, None])


def _groups(
    triangles: ElementTriangles, normals: Floats, seen: Ints, area: Floats, least_m2: float
) -> list[tuple[tuple[float, float, float], Ints]] | None:
    """Planes by the area that is seen of them, the largest first, with all triangles that lie in each."""
    corners = triangles.corners
    flat = np.flatnonzero(np.abs(normals[:, 2]) > STEEPEST)
    # Only the triangles of elements that are seen can lie in a plane that is.
    flat = flat[np.isin(triangles.owner[flat], np.unique(triangles.owner[seen]))]
    upward = normals[flat] * np.sign(normals[flat, 2])[:, None]
    visible = np.zeros(len(corners))
    visible[seen] = area
    left = visible[flat] > 0
    weight = visible[flat].copy()
    free = np.ones(len(flat), dtype=np.bool_)
    groups: list[tuple[tuple[float, float, float], Ints]] = []
    while left.any():
        first = int(np.argmax(np.where(left, weight, -1.0)))
        normal, base = upward[first], corners[flat[first], 0]
        near = free & (upward @ normal > SAME_NORMAL)
        some = np.flatnonzero(near)
        away = np.abs((corners[flat[some]] - base) @ normal).max(axis=1)
        same = some[away < SAME_PLANE_M]
        same = np.union1d(same, [first])
        total = float(weight[same].sum())
        left[same] = False
        if total < least_m2:
            continue
        free[same] = False
        a, b = -normal[0] / normal[2], -normal[1] / normal[2]
        if abs(a) + abs(b) < 1e-6:
            a = b = 0.0
        groups.append(((float(a), float(b), float(base[2] - a * base[0] - b * base[1])), flat[same]))
        if len(groups) > MOST_PLANES:
            return None
    return groups


def _cut(patches: Sequence[PlanePatch]) -> list[PlanePatch]:
    """Each less what of the others lies above it."""
    shapes = np.array([patch.shape for patch in patches], dtype=object)
    tree = shapely.STRtree(shapes)
    kept = []
    for number, patch in enumerate(patches):
        hidden = []
        for other in tree.query(patch.shape, predicate="intersects").tolist():
            if other != number:
                over = _over(patches[other], patch, other < number)
                if over is not None:
                    hidden.append(over)
        left = shapely.difference(patch.shape, join(hidden)) if hidden else patch.shape
        if any(part.area > 0 for part in polygons(left)):
            kept.append(PlanePatch(patch.plane, left, patch.members))
    return kept


def _over(upper: PlanePatch, lower: PlanePatch, first: bool) -> BaseGeometry | None:
    """Where one plane hides another; of two that lie in each other the first does."""
    a, b, c = (p - q for p, q in zip(upper.plane, lower.plane, strict=True))
    common = shapely.intersection(upper.shape, lower.shape)
    if common.is_empty or common.area <= 0:
        return None
    x, y = shapely.get_coordinates(common).T
    height = a * x + b * y + c
    if (np.abs(height) <= ABOVE_M).all():
        return common if first else None
    if (height >= -ABOVE_M).all():
        return common
    if (height <= ABOVE_M).all():
        return None
    half = _half_plane(a, b, c, common.bounds)
    return shapely.intersection(common, half) if half is not None else None


def _half_plane(a: float, b: float, c: float, bounds: tuple[float, ...]) -> Polygon | None:
    """Where a x + b y + c > 0 in a rectangle."""
    west, south, east, north = bounds
    corners = np.array(box(west - 1, south - 1, east + 1, north + 1).exterior.coords)[:-1]
    ring: list[NDArray[np.float64]] = []
    value = corners @ (a, b) + c
    for i in range(4):
        p, q, u, v = corners[i], corners[(i + 1) % 4], value[i], value[(i + 1) % 4]
        if u > 0:
            ring.append(p)
        if (u > 0) != (v > 0):
            ring.append(p + (q - p) * (u / (u - v)))
    return Polygon(ring) if len(ring) > 2 else None
