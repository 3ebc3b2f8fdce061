"""Solids of buildings for 3D views, at a level of detail: footprint extruded, storeys extruded, faces of the shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GEOSException
from shapely.geometry import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from .footprint import polygons
from .mesh import Mesh
from .model import Floats

THIN_M2 = 1e-8
NORMAL_DIGITS, OFFSET_DIGITS = 4, 3
"""Triangles of one element lie in one plane when their normals and offsets (m) agree to so many digits."""

MANY = 5000
"""Elements with more triangles are finely meshed curves, which have no faces to join."""


class Detail(str, Enum):
    """How a building is drawn in 3D."""

    FOOTPRINT = "footprint"
    STOREYS = "storeys"
    SHELL = "shell"


def extrude(shape: BaseGeometry, base_m: float, roof_m: float) -> MultiPolygon:
    """The walls, floor and roof of a prism as polygons with z.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        Plan of the prism.
    base_m, roof_m : float
        Elevation of its floor and of its roof.
    """
    faces: list[Polygon] = []
    for polygon in polygons(shapely.force_2d(shape)):
        flat = orient(polygon)
        for z, up in ((roof_m, True), (base_m, False)):
            shell = _lift(flat.exterior, z, up)
            faces.append(Polygon(shell, [_lift(ring, z, up) for ring in flat.interiors]))
        for ring in (flat.exterior, *flat.interiors):
            corners = np.asarray(ring.coords)[:, :2]
            for (x0, y0), (x1, y1) in pairwise(corners):
                faces.append(Polygon([(x0, y0, base_m), (x1, y1, base_m), (x1, y1, roof_m), (x0, y0, roof_m)]))
    return MultiPolygon(faces)


def _lift(ring: LinearRing, z: float, up: bool) -> list[tuple[float, float, float]]:
    points = [(float(x), float(y), z) for x, y in np.asarray(ring.coords)[:, :2]]
    return points if up else points[::-1]


def stack(storeys: Iterable[tuple[BaseGeometry | None, float | None, float | None]]) -> MultiPolygon | None:
    """Storeys of (plan, floor, top) as prisms above one another; None when none has all three."""
    faces: list[Polygon] = []
    for plan, floor, top in storeys:
        if plan is not None and floor is not None and top is not None and top > floor:
            faces.extend(polygons(extrude(plan, floor, top)))
    return MultiPolygon(faces) if faces else None


def shell_faces(meshes: Sequence[Mesh], shift: Floats) -> MultiPolygon | None:
    """The faces of elements, in model coordinates: the triangles that lie in one plane of an element joined.

    Parameters
    ----------
    meshes : sequence of Mesh
    shift : ndarray, shape (2,)
        A point near the meshes, which keeps large coordinates exact.

    Returns
    -------
    MultiPolygon or None
        Polygons with z whose corners run counter-clockwise seen from outside; None without any triangle.
    """
    origin = np.array([float(shift[0]), float(shift[1]), 0.0])
    faces: list[Polygon] = []
    for mesh in meshes:
        faces.extend(_faces(mesh, origin))
    return MultiPolygon(faces) if faces else None


def _faces(mesh: Mesh, origin: Floats) -> list[Polygon]:
    corners = (mesh.vertices - origin)[mesh.faces]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    double = np.linalg.norm(cross, axis=1)
    solid = double > THIN_M2
    corners, normals = corners[solid], cross[solid] / double[solid, None]
    if not len(corners):
        return []
    if len(corners) > MANY:
        return [Polygon(triangle + origin) for triangle in corners]
    offsets = np.einsum("ij,ij->i", normals, corners[:, 0])
    keys = np.column_stack([np.round(normals, NORMAL_DIGITS), np.round(offsets, OFFSET_DIGITS)]) + 0.0
    _, group = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(group.ravel(), kind="stable")
    starts = np.flatnonzero(np.diff(group.ravel()[order], prepend=-1))
    faces: list[Polygon] = []
    for rows in np.split(order, starts[1:]):
        faces.extend(_joined(corners[rows], normals[rows[0]], origin))
    return faces


def _joined(triangles: Floats, normal: Floats, origin: Floats) -> list[Polygon]:
    """The triangles of one plane as few polygons; as they are where joining them loses something."""
    if len(triangles) > 1:
        across, along = _axes(normal)
        base = triangles[0, 0]
        flat = np.stack([(triangles - base) @ across, (triangles - base) @ along], axis=-1)
        whole = _union(np.round(flat, 4))
        if whole is not None:
            found = []
            for polygon in polygons(whole):
                rings = [
                    base + c[:, :1] * across + c[:, 1:] * along + origin for c in map(_points, _rings(orient(polygon)))
                ]
                found.append(Polygon(rings[0], rings[1:]))
            return found
    return [Polygon(triangle + origin) for triangle in triangles]


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


def _points(ring: LinearRing) -> NDArray[np.float64]:
    return np.asarray(ring.coords, dtype=np.float64)[:, :2]


def _axes(normal: Floats) -> tuple[Floats, Floats]:
    """Two unit vectors that make a right-handed frame with a normal."""
    helper = np.array([0.0, 0.0, 1.0]) if abs(normal[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    across = np.cross(helper, normal)
    across /= np.linalg.norm(across)
    return across, np.cross(normal, across)
