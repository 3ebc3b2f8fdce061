"""Solids of buildings for 3D views, at a level of detail: footprint extruded, storeys extruded, faces of the shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GEOSException
from shapely.geometry import LinearRing, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from ..common.solid import Solid
from .footprint import polygons
from .mesh import Mesh
from .model import Floats

THIN_M2 = 1e-8
NORMAL_DIGITS, OFFSET_DIGITS = 4, 3
"""Triangles of one element lie in one plane when their normals and offsets (m) agree to so many digits."""

SAME_M = 1e-6
MANY = 5000
"""Elements with more triangles are finely meshed curves, which have no faces to join."""


class Detail(str, Enum):
    """How a building is drawn in 3D: plainly, or as a closed shell of a level of detail (Biljecki et al. 2016)."""

    FOOTPRINT = "footprint"
    STOREYS = "storeys"
    SHELL = "shell"
    LOD12 = "lod12"
    LOD13 = "lod13"
    LOD22 = "lod22"


CLOSED = frozenset({Detail.LOD12, Detail.LOD13, Detail.LOD22})
"""Closed shells, of whole buildings."""

FACED = frozenset({Detail.SHELL, Detail.LOD13, Detail.LOD22})
"""What needs the faces of elements."""


def extrude(shape: BaseGeometry, base_m: float, roof_m: float) -> Solid:
    """The roof, floor and walls of a prism.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        Plan of the prism.
    base_m, roof_m : float
        Elevation of its floor and of its roof.
    """
    prisms = []
    for polygon in polygons(shapely.force_2d(shape)):
        rings = [_points(ring) for ring in _rings(orient(polygon))]
        ends = [[_at(ring, roof_m) for ring in rings], [_at(np.roll(ring[::-1], 1, axis=0), base_m) for ring in rings]]
        prisms.append(Solid.from_faces(ends))
        for ring in rings:
            low, high = _at(ring, base_m), _at(ring, roof_m)
            walls = [low, np.roll(low, -1, axis=0), np.roll(high, -1, axis=0), high]
            prisms.append(Solid.from_corners(np.stack(walls, axis=1)))
    return Solid.join(prisms)


def _at(ring: Floats, z: float) -> Floats:
    """Points in plan (n, 2) at an elevation."""
    return np.column_stack([ring, np.full(len(ring), z)])


def stack(storeys: Iterable[tuple[BaseGeometry | None, float | None, float | None]]) -> Solid | None:
    """Storeys of (plan, floor, top) as prisms above one another; None when none has all three."""
    prisms = [
        extrude(plan, floor, top)
        for plan, floor, top in storeys
        if plan is not None and floor is not None and top is not None and top > floor
    ]
    return Solid.join(prisms) if any(prism.faces_count for prism in prisms) else None


def shell_faces(meshes: Sequence[Mesh], shift: Floats) -> Solid | None:
    """The faces of elements, in model coordinates: the triangles that lie in one plane of an element joined.

    Parameters
    ----------
    meshes : sequence of Mesh
    shift : ndarray, shape (2,)
        A point near the meshes, which keeps large coordinates exact.

    Returns
    -------
    Solid or None
        None without any triangle.
    """
    origin = np.array([float(shift[0]), float(shift[1]), 0.0])
    triangles, normals, planes = _planes(meshes, origin)
    if not len(triangles):
        return None
    order = np.argsort(planes, kind="stable")
    triangles, normals = triangles[order], normals[order]
    starts = np.flatnonzero(np.diff(planes[order], prepend=-1))
    counts = np.diff(starts, append=len(order))
    quads, joined = _quads(triangles, starts[counts == 2])
    faces: list[Sequence[Floats]] = []
    many = [
        *zip(starts[counts > 2], counts[counts > 2], strict=True),
        *((start, 2) for start in starts[counts == 2][~joined]),
    ]
    for start, count in many:
        faces.extend(_joined(triangles[start : start + count], normals[start], origin))
    plain = [Solid.from_corners(quads + origin), Solid.from_corners(triangles[starts[counts == 1]] + origin)]
    return Solid.join([*plain, Solid.from_faces(faces)])


def _planes(meshes: Sequence[Mesh], origin: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """All triangles (n, 3, 3) less `origin`, their normals (n, 3), and the number of the plane in which each lies."""
    corners: list[Floats] = [np.zeros((0, 3, 3))]
    keys: list[Floats] = [np.zeros((0, 5))]
    for number, mesh in enumerate(meshes):
        own = (mesh.vertices - origin)[mesh.faces]
        corners.append(own)
        # Each triangle of a finely meshed curve counts as a plane.
        apart = np.arange(len(own)) if len(own) > MANY else np.zeros(len(own))
        keys.append(np.column_stack([np.full(len(own), float(number)), apart, np.zeros((len(own), 3))]))
    every, key = np.concatenate(corners), np.concatenate(keys)
    cross = np.cross(every[:, 1] - every[:, 0], every[:, 2] - every[:, 0])
    double = np.linalg.norm(cross, axis=1)
    solid = double > THIN_M2
    every, normals, key = every[solid], cross[solid] / double[solid, None], key[solid, :2]
    offsets = np.einsum("ij,ij->i", normals, every[:, 0])
    key = np.column_stack([key, np.round(normals, NORMAL_DIGITS), np.round(offsets, OFFSET_DIGITS)]) + 0.0
    _, planes = np.unique(key, axis=0, return_inverse=True)
    return every, normals, planes.ravel().astype(np.int64)


def _quads(triangles: Floats, starts: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
    """Pairs of triangles that share an edge as quadrilaterals (n, 4, 3), and which pairs do."""
    first, second = triangles[starts], triangles[starts + 1]
    same = np.abs(first[:, :, None, :] - second[:, None, :, :]).max(axis=3) < SAME_M
    shared, seen = same.any(axis=2), same.any(axis=1)
    joined = (shared.sum(axis=1) == 2) & (seen.sum(axis=1) == 2)
    rows = np.arange(len(starts))
    apex, other = np.argmin(shared, axis=1), np.argmin(seen, axis=1)
    # Neighbours run along their common edge in opposite directions; else one lies upon the other.
    joined &= same[rows, (apex + 1) % 3, (other + 2) % 3]
    ring = np.stack(
        [first[rows, apex], first[rows, (apex + 1) % 3], second[rows, other], first[rows, (apex + 2) % 3]], axis=1
    )
    return ring[joined], joined


def _joined(triangles: Floats, normal: Floats, origin: Floats) -> list[list[Floats]]:
    """The triangles of one plane as few faces; as they are where joining them loses something."""
    if len(triangles) > 1:
        across, along = _axes(normal)
        base = triangles[0, 0]
        flat = np.stack([(triangles - base) @ across, (triangles - base) @ along], axis=-1)
        whole = _union(np.round(flat, 4))
        if whole is not None:
            return [
                [base + c[:, :1] * across + c[:, 1:] * along + origin for c in map(_points, _rings(orient(polygon)))]
                for polygon in polygons(whole)
            ]
    return [[triangle + origin] for triangle in triangles]


def _union(flat: Floats) -> BaseGeometry | None:
    shapes = shapely.polygons(flat)
    try:
        whole = shapely.union_all(shapes)
    except GEOSException:
        return None
    area = float(shapely.area(shapes).sum())
    # Triangles of a shell that is drawn twice join to half their area; less means that something was lost.
    return whole if whole.area >= 0.45 * area else None


def _rings(polygon: Polygon) -> list[LinearRing]:
    return [polygon.exterior, *polygon.interiors]


def _points(ring: LinearRing) -> Floats:
    """The corners of a ring in plan (n, 2), the first not again as the last."""
    return np.asarray(ring.coords, dtype=np.float64)[:-1, :2]


def _axes(normal: Floats) -> tuple[Floats, Floats]:
    """Two unit vectors that make a right-handed frame with a normal."""
    helper = np.array([0.0, 0.0, 1.0]) if abs(normal[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    across = np.cross(helper, normal)
    across /= np.linalg.norm(across)
    return across, np.cross(normal, across)
