"""Bodies below the ground: slabs with flat, maybe sloping tops and bottoms, and round tubes along their axes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Floats, Ints, Prisms

PRESENT, PLANNED, REMOVED = "present", "planned", "removed"
"""States of a body: it stands and stays, a scheme builds it, a scheme takes its place."""
UPRIGHT = 0.05
"""A tube whose axis has a smaller share of its length in plan is an upright shaft: a slab with a round outline."""
_SIDES = 16
"""Straight pieces of a quarter of the outline of a shaft."""
_MITRE = 4.0
"""Outlines of box tunnels end at sharp bends so many half widths from the axis."""


@dataclass(frozen=True)
class BuriedBody:
    """What is said of an object below the ground. Bodies that touch by design say so by nodes or ids, not by distance.

    Attributes
    ----------
    id, name, kind : str
        The kind is a row of underground_kinds.csv.
    state : str
        present, planned or removed.
    nodes : frozenset of str
        Network nodes at which it ends: bodies with a common one are connected.
    connects : frozenset of str
        Ids of bodies, or of rooms of bodies, that join it by design.
    rooms : frozenset of str
        Ids of its rooms.
    """

    id: str
    name: str
    kind: str
    state: str = PRESENT
    nodes: frozenset[str] = frozenset()
    connects: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Bodies:
    """Objects below the ground, and the parts that they consist of: tubes first, then slabs.

    Attributes
    ----------
    items : tuple of BuriedBody
    start, end : ndarray of float64, shape (tubes, 3)
        Ends of straight axes.
    radius_m : ndarray of float64, shape (tubes,)
        Outer radius.
    outlines : ndarray of shapely Polygon, shape (slabs,)
    bottom, top : ndarray of float64, shape (slabs, 3)
        Planes z = p0 + p1 (x - x0) + p2 (y - y0) about the first point x0, y0 of the outline.
    owner : ndarray of int64, shape (tubes + slabs,)
        The object of each part, its place in `items`.
    """

    items: tuple[BuriedBody, ...]
    start: Floats
    end: Floats
    radius_m: Floats
    outlines: NDArray[Any]
    bottom: Floats
    top: Floats
    owner: Ints

    def __len__(self) -> int:
        return len(self.items)

    @property
    def tubes(self) -> int:
        """How many of the parts are tubes."""
        return len(self.radius_m)

    @cached_property
    def plan(self) -> NDArray[Any]:
        """What to measure distances from in plan: axes of tubes, outlines of slabs."""
        ends = np.stack([self.start[:, :2], self.end[:, :2]], axis=1)
        axes = np.asarray(shapely.linestrings(ends), object) if len(ends) else np.zeros(0, object)
        still = (ends[:, 0] == ends[:, 1]).all(axis=1)
        axes[still] = shapely.points(ends[still, 0])
        return np.concatenate([axes, self.outlines])

    @cached_property
    def reach_m(self) -> Floats:
        """How far each part extends beyond its `plan`: the radius of tubes, 0 for slabs."""
        return np.concatenate([self.radius_m, np.zeros(len(self.outlines))])

    @cached_property
    def anchors(self) -> Floats:
        """The point about which the planes of each slab are, shape (slabs, 2)."""
        if not len(self.outlines):
            return np.zeros((0, 2))
        return shapely.get_coordinates(shapely.get_point(shapely.get_exterior_ring(self.outlines), 0))

    def levels(self, slab: Any, x: Any, y: Any) -> tuple[Floats, Floats]:
        """Bottom and top of slabs at places; the arguments are arrays of one shape, or single values."""
        dx, dy = x - self.anchors[slab, 0], y - self.anchors[slab, 1]
        planes = (self.bottom[slab], self.top[slab])
        bottom, top = (plane[..., 0] + plane[..., 1] * dx + plane[..., 2] * dy for plane in planes)
        return bottom, top

    def heights_of(self, tube: int) -> tuple[float, float]:
        """The lowest and the highest elevation of a tube."""
        ends, radius = (self.start[tube, 2], self.end[tube, 2]), float(self.radius_m[tube])
        return float(min(ends)) - radius, float(max(ends)) + radius

    def heights(self) -> tuple[Floats, Floats]:
        """The lowest and the highest elevation of each part."""
        low, high = np.minimum(self.start[:, 2], self.end[:, 2]), np.maximum(self.start[:, 2], self.end[:, 2])
        points, slab = shapely.get_coordinates(self.outlines, return_index=True)
        bottom, top = self.levels(slab, points[:, 0], points[:, 1])
        least, most = np.full(len(self.outlines), np.inf), np.full(len(self.outlines), -np.inf)
        np.minimum.at(least, slab, bottom)
        np.maximum.at(most, slab, top)
        return np.concatenate([low - self.radius_m, least]), np.concatenate([high + self.radius_m, most])


@dataclass
class BodyBuilder:
    """Collects bodies by their shapes."""

    items: list[BuriedBody] = field(default_factory=list)
    _tubes: list[tuple[Floats, Floats, Floats, Ints]] = field(default_factory=list)
    _slabs: list[tuple[Any, Floats, Floats, int]] = field(default_factory=list)

    def add(self, body: BuriedBody) -> int:
        """An object; its place, to which parts are added."""
        self.items.append(body)
        return len(self.items) - 1

    def add_prism(self, outline: shapely.Geometry, bottom_m: float, top_m: float, owner: int) -> None:
        """An upright prism, from one elevation to another."""
        for part in shapely.get_parts(shapely.get_parts(shapely.force_2d(outline))):
            if shapely.get_type_id(part) == shapely.GeometryType.POLYGON and shapely.area(part) > 0:
                self._slabs.append((part, np.array([bottom_m, 0, 0]), np.array([top_m, 0, 0]), owner))

    def add_prisms(self, prisms: Prisms, bodies: Iterable[BuriedBody]) -> None:
        """Prisms with their objects, in the order of these."""
        first = len(self.items)
        self.items += bodies
        for outline, bottom, top, owner in zip(
            prisms.outlines, prisms.bottom_m, prisms.top_m, prisms.owner, strict=True
        ):
            self.add_prism(outline, float(bottom), float(top), first + int(owner))

    def add_tube(self, axis: Floats, radius_m: float, owner: int) -> None:
        """A round pipe or tunnel about an axis of shape (vertices, 3)."""
        self.add_tubes(axis, np.zeros(len(axis), np.int64), np.array([radius_m]), np.array([owner]))

    def add_tubes(self, points: Floats, line: Ints, radius_m: Floats, owner: Ints) -> None:
        """Round pipes: vertices of shape (n, 3), the line of each, and the radius and the object of each line."""
        same = line[1:] == line[:-1]
        start, end, which = points[:-1][same], points[1:][same], line[1:][same]
        length = np.linalg.norm(end - start, axis=1)
        flat = np.hypot(*(end - start)[:, :2].T)
        upright = flat < UPRIGHT * length
        for k in np.flatnonzero(upright & (length > 0)):
            low, high = sorted((start[k, 2], end[k, 2]))
            disc = shapely.Point(start[k, :2]).buffer(radius_m[which[k]], quad_segs=_SIDES)
            self.add_prism(disc, float(low), float(high), int(owner[which[k]]))
        keep = ~upright & (length > 0)
        self._tubes.append((start[keep], end[keep], radius_m[which[keep]], owner[which[keep]]))

    def add_box(self, axis: Floats, width_m: float, below_m: float, above_m: float, owner: int) -> None:
        """A tunnel with a rectangular section, from `below_m` below its line of shape (vertices, 3) to `above_m` above.

        Its walls are upright; at bends the pieces meet at the mitre.
        """
        step = np.hypot(*np.diff(axis[:, :2], axis=0).T)
        points = axis[np.r_[True, step > 0]]
        if len(points) < 2:
            return
        way = np.diff(points[:, :2], axis=0)
        length = np.hypot(*way.T)[:, None]
        way = way / length
        left = np.column_stack([-way[:, 1], way[:, 0]])
        before, after = np.vstack([left[:1], left]), np.vstack([left, left[-1:]])
        share = np.maximum(1.0 + (before * after).sum(axis=1), 2.0 / _MITRE**2)[:, None]
        side = (before + after) / share * width_m / 2
        slope = np.diff(points[:, 2]) / length[:, 0]
        for k in range(len(points) - 1):
            one, two = points[k, :2], points[k + 1, :2]
            ring = [one - side[k], two - side[k + 1], two + side[k + 1], one + side[k]]
            outline = shapely.Polygon(ring)
            if not shapely.is_valid(outline):  # a bend tighter than the tunnel is wide
                outline = shapely.convex_hull(outline)
            x0, y0 = shapely.get_coordinates(outline)[0]
            gradient = slope[k] * way[k]
            level = points[k, 2] + float(gradient @ (np.array([x0, y0]) - one))
            planes = (np.array([level + shift, *gradient]) for shift in (-below_m, above_m))
            self._slabs.append((outline, *planes, owner))

    def build(self) -> Bodies:
        """All of them."""
        start, end, radius, owner = _joined(self._tubes)
        outlines = np.array([slab[0] for slab in self._slabs], object)
        bottom, top = (np.array([slab[k] for slab in self._slabs], np.float64).reshape(-1, 3) for k in (1, 2))
        of_slabs = np.array([slab[3] for slab in self._slabs], np.int64)
        return Bodies(tuple(self.items), start, end, radius, outlines, bottom, top, np.concatenate([owner, of_slabs]))


def _joined(tubes: Sequence[tuple[Floats, Floats, Floats, Ints]]) -> tuple[Floats, Floats, Floats, Ints]:
    start, end = (np.concatenate([np.zeros((0, 3)), *(tube[k] for tube in tubes)]) for k in (0, 1))
    radius = np.concatenate([np.zeros(0), *(tube[2] for tube in tubes)])
    owner = np.concatenate([np.zeros(0, np.int64), *(tube[3] for tube in tubes)]).astype(np.int64)
    return start, end, radius, owner
