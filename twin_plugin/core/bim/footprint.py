"""Polygons from faces: what a set of elements covers, seen from above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GEOSException
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .mesh import Mesh
from .model import Floats

Index = NDArray[np.int64]

CELL_M = 0.01
"""Coordinates are rounded to this before a union, which is faster than a union on a precision grid."""

GAP_M = 0.1005
"""Half the width of the gaps that close; a little more than 0.1 m, so that one of 0.2 m closes wherever zero is."""
SMALL_HOLE_M2 = 2.0
TOLERANCE_M = 0.02
SMALL_PART_M2 = 0.05
FIRST = 12
"""How many of the largest shapes are joined before the rest is tested against them."""

FLAT = 1e-6
"""Twice the area (m2) below which a projected triangle counts as upright."""

SAME = 1e-6
"""Areas and moments that differ by less than this share are the same."""

BATCH = 200_000
"""Faces that are worked on at a time."""


class Silhouette:
    """What an element covers, seen from above; the union of its faces is computed when first asked for.

    Attributes
    ----------
    bound : geometry
        Encloses the shape: its convex hull, or the shape itself.
    """

    __slots__ = ("_faces", "_shape", "bound")

    def __init__(self, bound: BaseGeometry, faces: Faces | None = None) -> None:
        self.bound = bound
        self._faces = faces
        self._shape: BaseGeometry | None = bound if faces is None else None

    @property
    def shape(self) -> BaseGeometry:
        """The polygon or polygons."""
        if self._shape is None and self._faces is not None:
            self._shape = join(self._faces.polygons())
            self._faces = None
        return self._shape


@dataclass(frozen=True)
class Faces:
    """Faces in plan: the points of all their rings (n, 2), the number of each ring's, and the face each belongs to."""

    points: Floats
    counts: NDArray[np.int64]
    owners: NDArray[np.int64]

    def polygons(self) -> NDArray[np.object_]:
        """The faces as polygons; polygons that rounding made invalid are repaired."""
        if (self.counts == 3).all() and (np.diff(self.owners) > 0).all():
            return np.asarray(shapely.polygons(self.points.reshape(-1, 3, 2)))
        rings = shapely.linearrings(self.points, indices=np.repeat(np.arange(len(self.counts)), self.counts))
        number = np.cumsum(np.diff(self.owners, prepend=self.owners[0]) != 0)
        shapes = np.asarray(shapely.polygons(rings, indices=number))
        bad = ~shapely.is_valid(shapes)
        if bad.any():
            shapes[bad] = [_repaired(shape) for shape in shapes[bad]]
        return shapes


def _repaired(shape: Polygon) -> BaseGeometry:
    """A valid polygon; holes are cut out one by one, since GEOS fills one that shares an edge with its outline."""
    outer, *holes = (shapely.make_valid(Polygon(ring)) for ring in (shape.exterior, *shape.interiors))
    return shapely.difference(outer, join(holes)) if holes else outer


def silhouettes(meshes: Sequence[Mesh], shift: Floats, cell_m: float | None = None) -> list[Silhouette | None]:
    """The projections of meshes on the ground, in coordinates less `shift` (2,); None for one that covers nothing.

    Of the faces that look up and those that look down, the side with the larger projected area is used: shells
    that are open or reversed would vanish otherwise. Coordinates are rounded to `cell_m`, by default `CELL_M`.
    """
    plans: list[Silhouette | None] = []
    start = 0
    while start < len(meshes):
        end, faces = start, 0
        while end < len(meshes) and (end == start or faces + meshes[end].size <= BATCH):
            faces += meshes[end].size
            end += 1
        plans.extend(_batch(meshes[start:end], shift, CELL_M if cell_m is None else cell_m))
        start = end
    return plans


def _batch(meshes: Sequence[Mesh], shift: Floats, cell_m: float) -> list[Silhouette | None]:
    """The same for meshes that are joined into one array, since a call for each costs more than its work."""
    flat, corners, counts, holes, owner = _rings(meshes, shift, cell_m)
    points = flat[corners]
    first = np.cumsum(counts) - counts
    # Twice the area of each ring, about its first corner.
    ring = np.repeat(np.arange(len(counts)), counts)
    own = points - points[first][ring]
    after = np.roll(own, -1, axis=0)
    after[first + counts - 1] = 0.0
    twice = np.add.reduceat(own[:, 0] * after[:, 1] - own[:, 1] * after[:, 0], first)
    face = np.cumsum(~holes) - 1
    outer = np.flatnonzero(~holes)
    lost = np.bincount(face, np.where(holes, np.abs(twice), 0.0))
    twice = np.sign(twice[outer]) * np.maximum(np.abs(twice[outer]) - lost, 0.0)
    owner = owner[outer]
    up = np.bincount(owner, np.where(twice > FLAT, twice, 0.0), len(meshes))
    down = np.bincount(owner, np.where(twice < -FLAT, -twice, 0.0), len(meshes))
    side = np.where((up >= down)[owner], twice, -twice) > FLAT
    plans: list[Silhouette | None] = [None] * len(meshes)
    seen = side[face]
    if seen.any():
        faces = Faces(points[seen[ring]], counts[seen], face[seen])
        for key, plan in _plans(faces, owner[face[seen]], 0.5 * np.maximum(up, down)):
            plans[key] = plan
    return plans


def _plans(faces: Faces, owner: Index, covered_m2: Floats) -> Iterator[tuple[int, Silhouette]]:
    """The silhouettes of meshes: the faces on the side that is used, the mesh of each ring, each mesh's area."""
    some, order = np.unique(owner, return_inverse=True)
    hulls = shapely.convex_hull(shapely.linestrings(faces.points, indices=np.repeat(order, faces.counts)))
    areas = shapely.area(hulls)
    # Faces of one side that add up to their hull fill it: most walls and slabs are spared a union.
    filled = np.abs(areas - covered_m2[some]) <= SAME * areas
    filled[filled] &= _spread_alike(faces, order, hulls, filled)
    ring_ends = np.searchsorted(owner, some, side="right")
    point_ends = np.cumsum(faces.counts)[ring_ends - 1]
    a = b = 0
    for key, hull, whole, c, d in zip(
        some.tolist(), hulls, filled, ring_ends.tolist(), point_ends.tolist(), strict=True
    ):
        yield key, Silhouette(hull, None if whole else Faces(faces.points[b:d], faces.counts[a:c], faces.owners[a:c]))
        a, b = c, d


def _spread_alike(faces: Faces, order: Index, hulls: NDArray[np.object_], some: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the faces of some meshes fill their hulls, as whose areas they add up to.

    Faces that overlap may leave as much open elsewhere: the moment of inertia tells. One face alone overlaps nothing.
    """
    firsts = np.diff(faces.owners, prepend=-1) != 0
    several = some & (np.bincount(order, firsts, len(hulls)) > 1)
    alike = np.ones(len(hulls), dtype=np.bool_)
    if several.any():
        ring = several[order]
        point = np.repeat(ring, faces.counts)
        origins = np.zeros((len(hulls), 2))
        origins[several] = shapely.get_coordinates(shapely.centroid(hulls[several]))
        own = faces.points[point] - np.repeat(origins[order[ring]], faces.counts[ring], axis=0)
        moments = np.abs(_moments(own, faces.counts[ring])) * np.where(firsts[ring], 1.0, -1.0)
        corners, owner = shapely.get_coordinates(hulls[several], return_index=True)
        whole = np.abs(_moments(corners - origins[several][owner], np.bincount(owner)))
        found = np.bincount(order[ring], moments, len(hulls))[several]
        alike[several] = np.abs(found - whole) <= SAME * whole
    return alike[some]


def _moments(points: Floats, counts: Index) -> Floats:
    """The polar moments of inertia of rings about zero (m4), negative where they run with the clock."""
    first = np.cumsum(counts) - counts
    after = np.arange(1, len(points) + 1)
    after[first + counts - 1] = first
    (x, y), (u, v) = points.T, points[after].T
    parts = (x * v - u * y) * (x * x + x * u + u * u + y * y + y * v + v * v) / 12
    return np.asarray(np.add.reduceat(parts, first))


def _rings(
    meshes: Sequence[Mesh], shift: Floats, cell_m: float
) -> tuple[Floats, Index, Index, NDArray[np.bool_], Index]:
    """Rounded vertices of all meshes in plan, the corners of all rings, their counts, which are holes, and the mesh."""
    sizes = np.array([len(mesh.vertices) for mesh in meshes])
    flat = np.concatenate([mesh.vertices[:, :2] for mesh in meshes]) - shift
    flat = np.round(flat / cell_m) * cell_m
    corners: list[Index] = []
    counts: list[Index] = []
    holes: list[NDArray[np.bool_]] = []
    for mesh in meshes:
        if mesh.rings is None:
            corners.append(mesh.faces.ravel().astype(np.int64))
            counts.append(np.full(len(mesh.faces), 3))
            holes.append(np.zeros(len(mesh.faces), dtype=np.bool_))
        else:
            corners.append(mesh.rings.corners)
            counts.append(mesh.rings.counts)
            holes.append(mesh.rings.holes)
    starts = np.repeat(np.cumsum(sizes) - sizes, [len(part) for part in corners])
    owner = np.repeat(np.arange(len(meshes)), [len(part) for part in counts])
    return flat, np.concatenate(corners) + starts, np.concatenate(counts), np.concatenate(holes), owner


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


def clean_polygon(shape: BaseGeometry) -> MultiPolygon:
    """Gaps closed (0.1 m, mitred), holes below 2 m2 dropped, simplified by 2 cm."""
    closed = shape.buffer(GAP_M, join_style="mitre", mitre_limit=2.0).buffer(
        -GAP_M, join_style="mitre", mitre_limit=2.0
    )
    if closed.is_empty:
        closed = shape
    parts = [_without_small_holes(p) for p in polygons(closed) if p.area >= SMALL_PART_M2]
    simple = shapely.simplify(together(parts), TOLERANCE_M, preserve_topology=True)
    if not simple.is_valid:
        simple = shapely.make_valid(simple)
    return together(polygons(simple))


class FloorPlans:
    """What sets of elements cover, each cleaned and computed once: the footprint is mostly the ground floor too."""

    def __init__(self, outline: BaseGeometry) -> None:
        self.outline = outline
        self._known: dict[tuple[int, ...], tuple[tuple[Silhouette | None, ...], MultiPolygon | None]] = {}

    def of(self, plans: Iterable[Silhouette | None]) -> MultiPolygon | None:
        """What they cover, with slabs that are not modelled filled in; None where that is nothing."""
        every = tuple(plans)
        key = tuple(id(plan) for plan in every)
        if key not in self._known:
            shape = cover(every)
            whole = None if shape.is_empty else fill_missing_slab(clean_polygon(shape), self.outline)
            self._known[key] = every, whole  # kept, so that none of these numbers becomes another plan's
        return self._known[key][1]


def _without_small_holes(polygon: Polygon) -> Polygon:
    holes = list(polygon.interiors)
    kept = [hole for hole in holes if Polygon(hole).area >= SMALL_HOLE_M2]
    return polygon if len(kept) == len(holes) else Polygon(polygon.exterior, kept)


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons of any geometry, in it or in its parts."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    parts = shapely.get_parts(shape)
    parts = parts if isinstance(shape, MultiPolygon) else shapely.get_parts(parts)
    return [
        part
        for part, is_empty in zip(parts, shapely.is_empty(parts), strict=True)
        if not is_empty and isinstance(part, Polygon)
    ]


def together(parts: Sequence[Polygon]) -> MultiPolygon:
    """Polygons as one geometry; its own constructor looks at each of them once more."""
    return shapely.multipolygons(parts) if len(parts) else MultiPolygon()


def fill_missing_slab(shape: BaseGeometry, outline: BaseGeometry) -> MultiPolygon:
    """Fill the holes of which the outline covers more than half (a slab is not modelled); a courtyard stays open."""
    every = polygons(shape)
    if not shapely.get_num_interior_rings(every).any():
        return together(every)
    parts = []
    for polygon in every:
        holes = [Polygon(ring) for ring in polygon.interiors]
        kept = [hole.exterior for hole in holes if outline.intersection(hole).area <= 0.5 * hole.area]
        parts.append(Polygon(polygon.exterior, kept))
    return MultiPolygon(polygons(join(parts))) if parts else MultiPolygon()
