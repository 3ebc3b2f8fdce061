"""Polygons from triangles: what a set of elements covers, seen from above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GEOSException
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .mesh import Mesh

CELL_M = 0.01
"""Coordinates are rounded to this before a union, which is faster than a union on a precision grid."""

GAP_M = 0.1
SMALL_HOLE_M2 = 2.0
TOLERANCE_M = 0.02
SMALL_PART_M2 = 0.05
FIRST = 48
"""How many of the largest shapes are joined before the rest is tested against them."""


def silhouette(mesh: Mesh, shift: NDArray[np.float64]) -> BaseGeometry | None:
    """The projection of a mesh on the ground, in coordinates less `shift` (2,); None for a mesh that covers nothing.

    Of the triangles that look up and those that look down, the side with the larger projected area is used: shells
    that are open or reversed would vanish otherwise.
    """
    flat = np.round((mesh.vertices[:, :2] - shift) / CELL_M) * CELL_M
    triangles = flat[mesh.faces]
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    twice = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    up, down = twice > 1e-6, twice < -1e-6
    side = up if twice[up].sum() >= -twice[down].sum() else down
    if not side.any():
        return None
    corners = triangles[side]
    hull = shapely.convex_hull(shapely.multipoints(corners.reshape(-1, 2)))
    # Triangles of one side that add up to their hull fill it: most walls and slabs are spared a union.
    if abs(float(hull.area) - 0.5 * float(np.abs(twice[side]).sum())) <= 1e-6 * float(hull.area):
        return hull
    return join(shapely.polygons(corners))


def join(shapes: Sequence[BaseGeometry] | NDArray[np.object_]) -> BaseGeometry:
    """The union of shapes, with a precision grid where the plain way fails."""
    try:
        return shapely.union_all(np.asarray(shapes, dtype=object))
    except GEOSException:
        return shapely.union_all(np.asarray(shapes, dtype=object), grid_size=0.001)


def cover(shapes: Iterable[BaseGeometry | None]) -> BaseGeometry:
    """The union of many shapes, the largest first, skipping what they cover already."""
    every = np.array([s for s in shapes if s is not None and not s.is_empty], dtype=object)
    if not len(every):
        return MultiPolygon()
    every = every[np.argsort(-shapely.area(every), kind="stable")]
    if len(every) <= FIRST:
        return join(every)
    base = join(every[:FIRST])
    shapely.prepare(base)
    rest = every[FIRST:]
    rest = rest[~shapely.covers(base, rest)]
    return join(np.append(rest, base)) if len(rest) else base


def tidy(shape: BaseGeometry) -> MultiPolygon:
    """Gaps closed (0.1 m, mitred), holes below 2 m2 dropped, simplified by 2 cm."""
    closed = shape.buffer(GAP_M, join_style="mitre", mitre_limit=2.0).buffer(
        -GAP_M, join_style="mitre", mitre_limit=2.0
    )
    if closed.is_empty:
        closed = shape
    parts = [
        Polygon(p.exterior, [r for r in p.interiors if Polygon(r).area >= SMALL_HOLE_M2])
        for p in polygons(closed)
        if p.area >= SMALL_PART_M2
    ]
    simple = shapely.simplify(MultiPolygon(parts), TOLERANCE_M, preserve_topology=True)
    if not simple.is_valid:
        simple = shapely.make_valid(simple)
    return MultiPolygon(polygons(simple))


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons of any geometry, in it or in its parts."""
    return [
        part for part in shapely.get_parts(shapely.get_parts(shape)) if isinstance(part, Polygon) and not part.is_empty
    ]


def fill_missing_slab(shape: BaseGeometry, outline: BaseGeometry) -> MultiPolygon:
    """Fill the holes of which the outline covers more than half (a slab is not modelled); a courtyard stays open."""
    parts = []
    for polygon in polygons(shape):
        holes = [Polygon(ring) for ring in polygon.interiors]
        kept = [hole.exterior for hole in holes if outline.intersection(hole).area <= 0.5 * hole.area]
        parts.append(Polygon(polygon.exterior, kept))
    return MultiPolygon(polygons(join(parts))) if parts else MultiPolygon()
