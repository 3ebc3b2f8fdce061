"""The surface of buildings as triangles: storeys, roofs, basements and closed shells, or a block for each building."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Prisms
from ..common.solid import Solid
from .scene import Buildings
from .triangles import triangulate, triangulate_polygon

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
GAP_M = 0.05
"""Heights that differ by no more are the same floor."""


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles that turn counter-clockwise seen from outside. No two faces share a corner: each has its own normal.

    Attributes
    ----------
    points : ndarray of float64, shape (n, 3)
        x, y and z.
    triangles : ndarray of int64, shape (m, 3)
        Places of points.
    owner : ndarray of int64, shape (n,)
        The building of each point.
    shade : ndarray of int64, shape (n,)
        What it is coloured by, see `Shades`.
    """

    points: Floats
    triangles: Ints
    owner: Ints
    shade: Ints

    def __len__(self) -> int:
        return len(self.triangles)

    @classmethod
    def none(cls) -> Mesh:
        """No triangle."""
        nothing = np.zeros(0, np.int64)
        return cls(np.zeros((0, 3)), np.zeros((0, 3), np.int64), nothing, nothing)

    @classmethod
    def join(cls, meshes: Sequence[Mesh]) -> Mesh:
        """All triangles of some meshes in one."""
        if not meshes:
            return cls.none()
        starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes)])
        return cls(
            np.concatenate([mesh.points for mesh in meshes]),
            np.concatenate([mesh.triangles + first for mesh, first in zip(meshes, starts, strict=False)]),
            np.concatenate([mesh.owner for mesh in meshes]),
            np.concatenate([mesh.shade for mesh in meshes]),
        )

    def transformed(self, transform: Callable[[Floats], Floats]) -> Mesh:
        """The same triangles in another frame that is no mirror image."""
        return replace(self, points=transform(self.points)) if len(self.points) else self

    def normals(self) -> Floats:
        """The outward direction at each point, of length 1, shape (n, 3)."""
        corners = self.points[self.triangles]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        total = np.empty_like(self.points)
        for axis in range(3):
            weights = np.repeat(across[:, axis], 3)
            total[:, axis] = np.bincount(self.triangles.ravel(), weights, len(self.points))
        length = np.linalg.norm(total, axis=1)
        flat = length < 1e-12
        total[flat], length[flat] = (0.0, 0.0, 1.0), 1.0
        return np.asarray(total / length[:, None])

    def volume_m3(self) -> float:
        """The volume inside, below 0 where faces look inward; parts that overlap count twice."""
        if not len(self):
            return 0.0
        corners = (self.points - self.points[0])[self.triangles]
        return float(np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6.0)


@dataclass(frozen=True)
class Shades:
    """Numbers of the colours of a mesh: two for each class of use, by turns for storeys, and one for below ground.

    Attributes
    ----------
    classes : mapping of str to int
        The class of each use.
    other : int
        The class of all other uses, the last one.
    """

    classes: Mapping[str, int]
    other: int

    @property
    def count(self) -> int:
        """How many colours there are."""
        return 2 * self.other + 3

    @property
    def underground(self) -> int:
        """The number of the colour of what is below ground."""
        return 2 * self.other + 2

    def of(self, uses: Sequence[str]) -> Ints:
        """The colour of each building; the next number is that of its odd storeys."""
        return np.array([2 * self.classes.get(use, self.other) for use in uses], np.int64)


def prism_mesh(
    prisms: Prisms, shade: Ints, floor: Bools | None = None, roof: Bools | None = None, cut: Cuts | None = None
) -> Mesh:
    """The walls of prisms, and the floors and roofs of those that show one (by default of all)."""
    if not len(prisms):
        return Mesh.none()
    edges = prisms.edges()
    bottom, top, prism = prisms.bottom_m[edges.prism], prisms.top_m[edges.prism], edges.prism
    x, y = np.column_stack([edges.x0, edges.x1]), np.column_stack([edges.y0, edges.y1])
    corners = np.empty((len(prism), 4, 3))
    corners[:, :, 0], corners[:, :, 1] = x[:, [0, 1, 1, 0]], y[:, [0, 1, 1, 0]]
    corners[:, :2, 2], corners[:, 2:, 2] = bottom[:, None], top[:, None]
    first = 4 * np.arange(len(prism))[:, None]
    triangles = np.concatenate([first + np.array([0, 1, 2]), first + np.array([0, 2, 3])])
    owner = np.repeat(prisms.owner[prism], 4)
    walls = Mesh(corners.reshape(-1, 3), triangles, owner, np.repeat(shade[prism], 4))
    every = np.ones(len(prisms), bool)
    return Mesh.join(
        [walls, _caps(prisms, shade, every if floor is None else floor, every if roof is None else roof, cut)]
    )


class Cuts:
    """Plans cut into triangles, each once: the storeys of a building mostly have the same."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[Floats, Ints]] = {}

    def __call__(self, outline: shapely.Polygon) -> tuple[Floats, Ints]:
        key = shapely.to_wkb(outline)
        if key not in self._known:
            self._known[key] = triangulate_polygon(outline)
        return self._known[key]


def _caps(prisms: Prisms, shade: Ints, floor: Bools, roof: Bools, cut: Cuts | None) -> Mesh:
    cut = cut or Cuts()
    points, triangles, counts, of = [np.zeros((0, 3))], [np.zeros((0, 3), np.int64)], [], []
    start = 0
    for k in np.flatnonzero(floor | roof):
        plan, cuts = cut(prisms.outlines[k])
        for shown, level, turned in ((floor[k], prisms.bottom_m[k], True), (roof[k], prisms.top_m[k], False)):
            if shown:
                points.append(np.column_stack([plan, np.full(len(plan), level)]))
                triangles.append((cuts[:, ::-1] if turned else cuts) + start)
                start += len(plan)
                counts.append(len(plan))
                of.append(k)
    prism = np.repeat(np.array(of, np.int64), counts)
    return Mesh(np.concatenate(points), np.concatenate(triangles), prisms.owner[prism], shade[prism])


def solid_mesh(solid: Solid, owner: int, shade: int) -> Mesh:
    """The faces of a shell."""
    points, triangles, start = [np.zeros((0, 3))], [np.zeros((0, 3), np.int64)], 0
    ends = np.cumsum(solid.counts)
    first = np.searchsorted(solid.faces, np.arange(solid.faces_count + 1))
    for face in range(solid.faces_count):
        rings = [solid.points[ends[r] - solid.counts[r] : ends[r]] for r in range(first[face], first[face + 1])]
        corners = np.concatenate(rings)
        cuts = _face_triangles(rings)
        if cuts is not None:
            points.append(corners)
            triangles.append(cuts + start)
            start += len(corners)
    every = np.concatenate(points)
    return Mesh(every, np.concatenate(triangles), np.full(len(every), owner), np.full(len(every), shade))


def _face_triangles(rings: Sequence[Floats]) -> Ints | None:
    """The triangles of a flat face, from its shadow on the plane that sees most of it; None for one without an area."""
    ring = rings[0] - rings[0][0]
    across = np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0)
    axis = int(np.argmax(np.abs(across)))
    if abs(across[axis]) < 1e-12 or len(ring) < 3:
        return None
    # The axes that follow in turn keep the sense of rotation where the normal looks along the axis left out.
    plane = [(axis + 1) % 3, (axis + 2) % 3]
    found = triangulate([own[:, plane] for own in rings])
    if found is None:
        return None
    return found if across[axis] > 0 else found[:, ::-1]


def near_mesh(buildings: Buildings, shades: Shades) -> Mesh:
    """Buildings as they are known best: the shell, else the storeys and what the body has beside them, else the body.

    Floors between storeys with the same plan are left out: nobody sees them.
    """
    colour, cut = shades.of(buildings.uses), Cuts()
    known = np.zeros(len(buildings), bool)
    known[list(buildings.shells)] = True
    shells = [solid_mesh(shell, k, int(colour[k])) for k, shell in sorted(buildings.shells.items())]
    storeys, numbers = _kept(buildings.storeys, ~known), buildings.storey_numbers
    numbers = numbers[~known[buildings.storeys.owner]] if len(buildings.storeys) else numbers
    parts = [_stacked(storeys, colour[storeys.owner] + numbers % 2, cut)] if len(storeys) else []
    bodies = _beside_storeys(_kept(buildings.bodies, ~known), storeys, buildings.underground, len(buildings))
    parts.append(_stacked(bodies, colour[bodies.owner], cut))
    rooms = buildings.underground
    parts.append(_stacked(rooms, np.full(len(rooms), shades.underground), cut))
    return Mesh.join([*shells, *parts])


def far_mesh(buildings: Buildings, shades: Shades, tolerance_m: float) -> Mesh:
    """One block for each body: its outline without holes, and without corners that are less than a tolerance away."""
    bodies = buildings.bodies
    plain = shapely.simplify(shapely.polygons(shapely.get_exterior_ring(bodies.outlines)), tolerance_m)
    good = shapely.is_valid(plain) & (shapely.area(plain) > 0)
    plain = np.where(good, plain, bodies.outlines)
    return prism_mesh(replace(bodies, outlines=plain), shades.of(buildings.uses)[bodies.owner])


def _kept(prisms: Prisms, objects: Bools) -> Prisms:
    """The prisms of some objects, whose numbers stay."""
    return _chosen(prisms, objects[prisms.owner]) if len(prisms) else prisms


def _chosen(prisms: Prisms, rows: Bools | Ints) -> Prisms:
    return replace(
        prisms,
        outlines=prisms.outlines[rows],
        bottom_m=prisms.bottom_m[rows],
        top_m=prisms.top_m[rows],
        owner=prisms.owner[rows],
    )


def _stacked(prisms: Prisms, shade: Ints, cut: Cuts) -> Mesh:
    """Prisms without the floors between those that stand on one with the same plan."""
    if not len(prisms):
        return Mesh.none()
    _, plan = np.unique(shapely.to_wkb(prisms.outlines), return_inverse=True)
    order = np.lexsort((prisms.bottom_m, plan, prisms.owner))
    prisms, shade, plan = _chosen(prisms, order), shade[order], plan[order]
    on = (
        (prisms.owner[1:] == prisms.owner[:-1])
        & (plan[1:] == plan[:-1])
        & (np.abs(prisms.bottom_m[1:] - prisms.top_m[:-1]) <= GAP_M)
    )
    bottom = prisms.bottom_m.copy()
    bottom[1:][on] = prisms.top_m[:-1][on]
    prisms = replace(prisms, bottom_m=bottom)
    return prism_mesh(prisms, shade, np.r_[True, ~on], np.r_[~on, True], cut)


def _beside_storeys(bodies: Prisms, storeys: Prisms, rooms: Prisms, count: int) -> Prisms:
    """What bodies have above the highest storey, and below the lowest where nothing underground is known."""
    if not len(storeys):
        return bodies
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, storeys.owner, storeys.bottom_m)
    np.maximum.at(high, storeys.owner, storeys.top_m)
    dug = np.zeros(count, bool)
    dug[rooms.owner] = True
    of = bodies.owner
    without = ~np.isfinite(low[of])
    above = replace(bodies, bottom_m=np.maximum(bodies.bottom_m, np.where(without, -np.inf, high[of])))
    below = replace(bodies, top_m=np.minimum(bodies.top_m, np.where(without, -np.inf, low[of])))
    upper = _chosen(above, above.top_m - above.bottom_m > GAP_M)
    lower = _chosen(below, (below.top_m - below.bottom_m > GAP_M) & ~dug[of])
    return Prisms(
        np.concatenate([upper.outlines, lower.outlines]),
        np.concatenate([upper.bottom_m, lower.bottom_m]),
        np.concatenate([upper.top_m, lower.top_m]),
        np.concatenate([upper.owner, lower.owner]),
        bodies.ids,
        bodies.names,
    )
