"""Buildings as upright prisms: what views, shadows and clearances are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Edges:
    """The walls of prisms in plan: straight pieces of their rings, closed, each with the prism it belongs to.

    Attributes
    ----------
    x0, y0, x1, y1 : ndarray of float64, shape (e,)
        Ends, in metres. Outer rings run counter-clockwise and holes clockwise: the inside lies on the left.
    prism : ndarray of int64, shape (e,)
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    prism: Ints


@dataclass(frozen=True, eq=False)
class Prisms:
    """Upright bodies, each an outline from one elevation to another. An object (a building) has one or several.

    Attributes
    ----------
    outlines : ndarray of shapely Polygon, shape (n,)
        Valid, two-dimensional, with an area above 0, maybe with holes; in a CRS in metres.
    bottom_m, top_m : ndarray of float64, shape (n,)
        Elevations, top above bottom.
    owner : ndarray of int64, shape (n,)
        The object of each prism, its place in `ids`.
    ids, names : tuple of str, one for each object
        Ids are unique.
    """

    outlines: NDArray[Any]
    bottom_m: Floats
    top_m: Floats
    owner: Ints
    ids: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of_shapes(
        cls, shapes: Sequence[shapely.Geometry], bottom_m: Floats, top_m: Floats, owner: Ints, ids: Sequence[str],
        names: Sequence[str] = (),
    ) -> Prisms:  # fmt: skip
        """Prisms of polygons and multipolygons, one for each part with an area."""
        parts, row = parts_of(shapes)
        return cls(
            parts,
            np.asarray(bottom_m, np.float64)[row],
            np.asarray(top_m, np.float64)[row],
            np.asarray(owner, np.int64)[row],
            tuple(ids),
            tuple(names) or tuple(ids),
        )

    @classmethod
    def none(cls) -> Prisms:
        """No building at all."""
        nothing = np.zeros(0)
        return cls(np.zeros(0, object), nothing, nothing, np.zeros(0, np.int64), (), ())

    def __len__(self) -> int:
        return len(self.outlines)

    @property
    def objects(self) -> int:
        """How many objects there are."""
        return len(self.ids)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all; NaN where there is none."""
        if not len(self):
            return (np.nan,) * 4
        west, south, east, north = shapely.total_bounds(self.outlines)
        return float(west), float(south), float(east), float(north)

    def edges(self) -> Edges:
        """The walls of all prisms in plan."""
        rings, prism = shapely.get_rings(self.outlines, return_index=True)
        outer = np.r_[True, prism[1:] != prism[:-1]] if len(prism) else np.zeros(0, bool)
        turn = np.where(shapely.is_ccw(rings) == outer, 1, 0).astype(bool) if len(rings) else outer
        rings = np.where(turn, rings, shapely.reverse(rings))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[1:] == ring[:-1]
        start, end = points[:-1][same], points[1:][same]
        return Edges(start[:, 0], start[:, 1], end[:, 0], end[:, 1], prism[ring[1:][same]].astype(np.int64))

    def object_tops(self) -> Floats:
        """The highest elevation of each object, shape (objects,)."""
        tops = np.full(self.objects, -np.inf)
        np.maximum.at(tops, self.owner, self.top_m)
        return tops

    def object_outlines(self) -> NDArray[Any]:
        """What each object covers in plan, shape (objects,)."""
        order = np.argsort(self.owner, kind="stable")
        found = np.empty(self.objects, object)
        first = np.searchsorted(self.owner[order], np.arange(self.objects + 1))
        for number in range(self.objects):
            mine = self.outlines[order[first[number] : first[number + 1]]]
            found[number] = mine[0] if len(mine) == 1 else shapely.union_all(mine)
        return found

    def keep(self, objects: Bools) -> Prisms:
        """The prisms of some objects, shape (objects,) true for those that stay."""
        place = np.cumsum(objects) - 1
        stays = objects[self.owner] if len(self) else np.zeros(0, bool)
        ids, names = (
            tuple(t for t, yes in zip(texts, objects, strict=True) if yes) for texts in (self.ids, self.names)
        )
        owner = place[self.owner[stays]].astype(np.int64)
        return Prisms(self.outlines[stays], self.bottom_m[stays], self.top_m[stays], owner, ids, names)

    def joined(self, other: Prisms) -> Prisms:
        """These and others, whose objects come after these."""
        return Prisms(
            np.concatenate([self.outlines, other.outlines]),
            np.concatenate([self.bottom_m, other.bottom_m]),
            np.concatenate([self.top_m, other.top_m]),
            np.concatenate([self.owner, other.owner + self.objects]),
            self.ids + other.ids,
            self.names + other.names,
        )


def parts_of(shapes: Sequence[shapely.Geometry] | NDArray[Any]) -> tuple[NDArray[Any], Ints]:
    """The polygons with an area of some shapes, two-dimensional and normalized, and the place of the shape of each."""
    parts, row = shapely.get_parts(np.asarray(shapes, object), return_index=True)
    parts, nested = shapely.get_parts(parts, return_index=True)  # mending leaves multipolygons in collections
    row = row[nested]
    keep = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > 0)
    parts = shapely.force_2d(parts[keep])
    return shapely.normalize(parts), row[keep].astype(np.int64)
