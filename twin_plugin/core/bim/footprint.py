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
from .model import Floats

CELL_M = 0.01
"""Coordinates are rounded to this before a union, which is faster than a union on a precision grid."""

GAP_M = 0.1
SMALL_HOLE_M2 = 2.0
TOLERANCE_M = 0.02
SMALL_PART_M2 = 0.05
FIRST = 12
"""How many of the largest shapes are joined before the rest is tested against them."""

FLAT = 1e-6
"""Twice the area (m2) below which a projected triangle counts as upright."""

BATCH = 200_000
"""Triangles that are worked on at a time."""


class Silhouette:
    """What an element covers, seen from above; the union of its triangles is made when first asked for.

    Attributes
    ----------
    bound : geometry
        Encloses the shape: its convex hull, or the shape itself.
    """

    __slots__ = ("_shape", "_triangles", "bound")

    def __init__(self, bound: BaseGeometry, triangles: Floats | None = None) -> None:
        self.bound = bound
        self._triangles = triangles
        self._shape: BaseGeometry | None = bound if triangles is None else None

    @property
    def shape(self) -> BaseGeometry:
        """The polygon or polygons."""
        if self._shape is None:
            self._shape = join(shapely.polygons(self._triangles))
            self._triangles = None
        return self._shape


def silhouettes(meshes: Sequence[Mesh], shift: Floats) -> list[Silhouette | None]:
    """The projections of meshes on the ground, in coordinates less `shift` (2,); None for one that covers nothing.

    Of the triangles that look up and those that look down, the side with the larger projected area is used: shells
    that are open or reversed would vanish otherwise.
    """
    found: list[Silhouette | None] = []
    start = 0
    while start < len(meshes):
        end, faces = start, 0
        while end < len(meshes) and (end == start or faces + len(meshes[end].faces) <= BATCH):
            faces += len(meshes[end].faces)
            end += 1
        found.extend(_batch(meshes[start:end], shift))
        start = end
    return found


def _batch(meshes: Sequence[Mesh], shift: Floats) -> list[Silhouette | None]:
    """The same for meshes that are joined into one array, since a call for each costs more than its work."""
    sizes = np.array([len(mesh.vertices) for mesh in meshes])
    counts = np.array([len(mesh.faces) for mesh in meshes])
    flat = np.concatenate([mesh.vertices[:, :2] for mesh in meshes]) - shift
    flat = np.round(flat / CELL_M) * CELL_M
    faces = np.concatenate([mesh.faces for mesh in meshes]) + np.repeat(np.cumsum(sizes) - sizes, counts)[:, None]
    owner = np.repeat(np.arange(len(meshes)), counts)
    triangles = flat[faces]
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    twice = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    up = np.bincount(owner, np.where(twice > FLAT, twice, 0.0), len(meshes))
    down = np.bincount(owner, np.where(twice < -FLAT, -twice, 0.0), len(meshes))
    side = np.where((up >= down)[owner], twice, -twice) > FLAT
    owner, corners = owner[side], triangles[side]
    ends = np.cumsum(np.bincount(owner, minlength=len(meshes)))
    some, order = np.unique(owner, return_inverse=True)
    found: list[Silhouette | None] = [None] * len(meshes)
    if not len(some):
        return found
    hulls = shapely.convex_hull(shapely.linestrings(corners.reshape(-1, 2), indices=np.repeat(order, 3)))
    areas = shapely.area(hulls)
    # Triangles of one side that add up to their hull fill it: most walls and slabs are spared a union.
    filled = np.abs(areas - 0.5 * np.maximum(up, down)[some]) <= 1e-6 * areas
    for key, hull, whole in zip(some, hulls, filled, strict=True):
        start = ends[key - 1] if key else 0
        found[key] = Silhouette(hull, None if whole else corners[start : ends[key]])
    return found


def join(shapes: Sequence[BaseGeometry] | NDArray[np.object_]) -> BaseGeometry:
    """The union of shapes, with a precision grid where the plain way fails."""
    try:
        return shapely.union_all(np.asarray(shapes, dtype=object))
    except GEOSException:
        return shapely.union_all(np.asarray(shapes, dtype=object), grid_size=0.001)


def cover(plans: Iterable[Silhouette | None]) -> BaseGeometry:
    """The union of many silhouettes, the largest first, skipping what they cover already."""
    every = [plan for plan in plans if plan is not None]
    if not every:
        return MultiPolygon()
    bounds = np.array([plan.bound for plan in every], dtype=object)
    order = np.argsort(-shapely.area(bounds), kind="stable")
    base = join([every[i].shape for i in order[:FIRST]])
    rest = order[FIRST:]
    if not len(rest):
        return base
    shapely.prepare(base)
    rest = rest[~shapely.covers(base, bounds[rest])]
    return join([*(every[i].shape for i in rest), base]) if len(rest) else base


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
