"""Geometries in GML 2, 3.1 and 3.2 to shapely: points, lines, areas and what is made of them, as far as it is straight.

Arcs and circles are read through their given points, and noted. Namespaces are not looked at: servers mix them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from ...common.crs_registry import has_heights, swapped
from ...web.decode import Element
from .json_geometry import MalformedGeometryError

Rows = NDArray[np.float64]

_CURVED: tuple[str, ...] = (
    "Arc",
    "ArcString",
    "ArcByCenterPoint",
    "ArcByBulge",
    "Circle",
    "CircleByCenterPoint",
    "CubicSpline",
    "BSpline",
)
_CURVED += ("Bezier", "Clothoid", "GeodesicString", "ArcStringByBulge", "OffsetCurve")


@dataclass
class GmlReader:
    """Reads geometries, x first.

    Attributes
    ----------
    default : str
        Name of the CRS of geometries that name none.
    dimension : int
        Numbers of a position where none is written beside it; 0 where the numbers tell.
    order : callable
        From the name of a CRS to whether its coordinates come with y first.
    curved : int
        How many arcs were read as straight lines.
    """

    default: str = ""
    order: Callable[[str], bool] = swapped
    curved: int = 0
    dimension: int = 0
    _orders: dict[str, bool] = field(default_factory=dict)
    _heights: dict[str, int] = field(default_factory=dict)

    def read(self, element: Element) -> tuple[BaseGeometry | None, str]:
        """The geometry and the name of its CRS as it is written; None for an empty one.

        Raises
        ------
        MalformedGeometryError
            For what is no geometry, or has coordinates that are none.
        """
        srs = element.get("srsName") or self.default
        try:
            geometry = self._read(element, srs, _dimension(element, self.dimension) or self._axes(srs))
        except (ValueError, ShapelyError) as error:
            raise MalformedGeometryError(str(error).splitlines()[0][:80]) from error
        return (None if geometry is None or geometry.is_empty else geometry), srs

    def _read(self, element: Element, srs: str, dimension: int) -> BaseGeometry | None:
        srs = element.get("srsName") or srs
        dimension = _dimension(element, dimension) or self._axes(srs)
        name = local(element)
        if name == "Point":
            rows = self._rows(element, srs, dimension)
            return shapely.Point(rows[0]) if len(rows) else None
        if name in ("LineString", "LinearRing"):
            return _line(self._rows(element, srs, dimension))
        if name in ("Curve", "CompositeCurve", "OrientableCurve", "Ring"):
            return _line(self._curve(element, srs, dimension))
        if name in ("Polygon", "PolygonPatch", "Triangle", "Rectangle"):
            return self._polygon(element, srs, dimension)
        if name in ("Envelope", "Box"):
            rows = self._rows(element, srs, dimension)
            if len(rows) != 2:
                raise MalformedGeometryError("a box without two corners")
            return shapely.box(*np.min(rows[:, :2], axis=0), *np.max(rows[:, :2], axis=0))
        if name in _COLLECTIONS:
            return self._collection(element, name, srs, dimension)
        raise MalformedGeometryError("unknown geometry '{name}'", name=name[:40])

    def _collection(self, element: Element, name: str, srs: str, dimension: int) -> BaseGeometry | None:
        parts: list[BaseGeometry] = []
        for member in _members(element):
            part = self._read(member, srs, dimension)
            if part is not None and not part.is_empty:
                parts.extend(getattr(part, "geoms", [part]))
        if not parts:
            return None
        make = _COLLECTIONS[name]
        kinds = {part.geom_type for part in parts}
        if make is not None and kinds == {make[0]}:
            return parts[0] if len(parts) == 1 and make[2] else make[1](parts)
        return _gathered(parts, kinds)

    def _polygon(self, element: Element, srs: str, dimension: int) -> BaseGeometry | None:
        shell: Rows | None = None
        holes: list[Rows] = []
        for side in element:
            rings = [ring for ring in side if local(ring) in ("LinearRing", "Ring")]
            for ring in rings:
                own = ring.get("srsName") or srs
                rows = (
                    self._curve(ring, own, dimension)
                    if local(ring) == "Ring"
                    else self._rows(ring, own, _dimension(ring, dimension), is_ring=True)
                )
                if local(side) in ("exterior", "outerBoundaryIs") and shell is None:
                    shell = rows
                else:
                    holes.append(rows)
        if shell is None or not len(shell):
            return None
        width = min(ring.shape[1] for ring in (shell, *holes) if len(ring))
        return shapely.Polygon(shell[:, :width], [ring[:, :width] for ring in holes if len(ring)])

    def _curve(self, element: Element, srs: str, dimension: int) -> Rows:
        """The positions of a curve made of segments or other curves, in their order."""
        pieces: list[Rows] = []
        for part in element:
            name = local(part)
            own = part.get("srsName") or srs
            size = _dimension(part, dimension)
            if name in ("pos", "posList", "coordinates", "coord", "pointProperty"):
                return self._rows(element, srs, dimension)
            if name in ("segments", "curveMember", "curveMembers", "baseCurve"):
                pieces.append(self._curve(part, own, size))
            elif name in ("LineStringSegment", "LineString", *_CURVED):
                self.curved += name in _CURVED
                if name in ("ArcByCenterPoint", "CircleByCenterPoint", "ArcByBulge", "ArcStringByBulge", "OffsetCurve"):
                    raise MalformedGeometryError("a curve of the kind {name}", name=name)
                pieces.append(self._rows(part, own, size))
            elif name in ("Curve", "CompositeCurve", "OrientableCurve"):
                rows = self._curve(part, own, size)
                pieces.append(rows[::-1] if part.get("orientation") == "-" else rows)
        pieces = [rows for rows in pieces if len(rows)]
        if not pieces:
            return np.empty((0, 2))
        width = min(rows.shape[1] for rows in pieces)
        joined = [pieces[0][:, :width]]
        for rows in pieces[1:]:
            rows = rows[:, :width]
            joined.append(rows[1:] if np.array_equal(rows[0], joined[-1][-1]) else rows)
        return np.vstack(joined)

    def _rows(self, element: Element, srs: str, dimension: int, is_ring: bool = False) -> Rows:
        """The positions right in an element, x first, shape (n, 2) or (n, 3)."""
        found: list[Rows] = []
        for part in element:
            name = local(part)
            own = _dimension(part, dimension)
            text = part.text or ""
            if name == "posList":
                found.append(_positions(text, own, is_ring))
            elif name in ("pos", "lowerCorner", "upperCorner"):
                found.append(_positions(text, 0))
            elif name == "coordinates":
                found.append(_coordinates(part))
            elif name == "coord":
                found.append(np.array([[float(axis.text or "nan") for axis in part]]))
            elif name in ("pointProperty", "pointRep"):
                found.extend(self._rows(point, point.get("srsName") or srs, own) for point in part)
        if not found:
            return np.empty((0, 2))
        width = min(3, *(rows.shape[1] for rows in found))
        rows = np.vstack([rows[:, :width] for rows in found])
        if not np.isfinite(rows).all():
            raise MalformedGeometryError("a coordinate that is no number")
        if self._y_first(srs):
            rows = rows[:, [1, 0, *range(2, width)]]
        return rows

    def _axes(self, srs: str) -> int:
        """3 for a CRS with heights; 0 for the others, in which positions may have one all the same."""
        if srs not in self._heights:
            self._heights[srs] = 3 if srs and has_heights(srs) else 0
        return self._heights[srs]

    def _y_first(self, srs: str) -> bool:
        if srs not in self._orders:
            self._orders[srs] = bool(srs) and self.order(srs)
        return self._orders[srs]


# Name of the parts, what several of them make, and whether one alone stays single.
_POINTS = ("Point", shapely.MultiPoint, False)
_LINES = ("LineString", shapely.MultiLineString, False)
_AREAS = ("Polygon", shapely.MultiPolygon, False)
_AREA = ("Polygon", shapely.MultiPolygon, True)
_COLLECTIONS: dict[str, tuple[str, Callable[[list[BaseGeometry]], BaseGeometry], bool] | None] = {
    "MultiPoint": _POINTS,
    "MultiLineString": _LINES,
    "MultiCurve": _LINES,
    "MultiPolygon": _AREAS,
    "MultiSurface": _AREAS,
    "Surface": _AREA,
    "CompositeSurface": _AREA,
    "OrientableSurface": _AREA,
    "PolyhedralSurface": _AREA,
    "TriangulatedSurface": _AREA,
    "Tin": _AREA,
    "Shell": _AREA,
    "MultiGeometry": None,
    "GeometricComplex": None,
}
NAMES = frozenset({"Point", "LineString", "LinearRing", "Curve", "CompositeCurve", "OrientableCurve", "Polygon"}) | {
    *_COLLECTIONS,
    "Envelope",
    "Box",
}
"""Elements that are geometries."""

_BOXES = frozenset({"Envelope", "EnvelopeWithTimePeriod", "Box"})

_HOLDERS = frozenset(
    {
        *("pointMember", "pointMembers", "lineStringMember", "curveMember", "curveMembers", "polygonMember"),
        *("surfaceMember", "surfaceMembers", "geometryMember", "geometryMembers", "patches", "polygonPatches"),
        *("trianglePatches", "baseSurface", "element"),
    }
)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def find(element: Element) -> Element | None:
    """The first geometry in or below an element; a box that bounds another part is none."""
    for part in element:
        if local(part) in NAMES - _BOXES:
            return part
        if local(part) != "boundedBy" and (found := find(part)) is not None:
            return found
    return None


def bounds_of(element: Element) -> Element | None:
    """The box of a feature or a collection, whose CRS and dimension count for geometries that name none."""
    for part in element:
        if local(part) == "boundedBy":
            return next((box for box in part if local(box) in _BOXES), None)
    return None


def dimension_of(element: Element | None) -> int:
    """Numbers of a position by an element's own word; 0 for none."""
    return 0 if element is None else _dimension(element, 0)


def _members(element: Element) -> Iterable[Element]:
    for part in element:
        if local(part) in _HOLDERS:
            yield from part


def _dimension(element: Element, given: int) -> int:
    text = element.get("srsDimension") or element.get("dimension") or ""
    return int(text) if text in ("2", "3") else given


def _positions(text: str, dimension: int, is_ring: bool = False) -> Rows:
    try:
        values = np.array(text.split(), float)
    except ValueError as error:
        raise MalformedGeometryError("a coordinate that is no number") from error
    if dimension == 0:
        # A single position tells its dimension itself; in a list two is meant where nothing speaks against it.
        three = len(values) == 3 or (len(values) % 2 == 1 and len(values) % 3 == 0)
        if is_ring and len(values) % 6 == 0 and len(values):
            # A ring ends where it began: that tells heights that no attribute tells.
            three = not np.array_equal(values[:2], values[-2:]) and np.array_equal(values[:3], values[-3:])
        dimension = 3 if three else 2
    if not len(values):
        return np.empty((0, 2))
    if len(values) % dimension:
        raise MalformedGeometryError("a list of coordinates that is cut off")
    return values.reshape(-1, dimension)


def _coordinates(element: Element) -> Rows:
    """GML 2: "x,y x,y", with signs that the element may change."""
    decimal, comma, blank = (element.get(name) for name in ("decimal", "cs", "ts"))
    text = (element.text or "").strip()
    tuples = text.split(blank) if blank and blank.strip() else text.split()
    rows = []
    for item in tuples:
        parts = [part for part in item.strip().split(comma or ",") if part]
        rows.append([float(part.replace(decimal, ".")) if decimal else float(part) for part in parts])
    if not rows:
        return np.empty((0, 2))
    if len({len(row) for row in rows}) != 1 or len(rows[0]) < 2:
        raise MalformedGeometryError("a list of coordinates that is cut off")
    return np.array(rows)


def _line(rows: Rows) -> BaseGeometry | None:
    return shapely.LineString(rows) if len(rows) > 1 else None


def _gathered(parts: list[BaseGeometry], kinds: set[str]) -> BaseGeometry:
    for kind, many, _ in (_POINTS, _LINES, _AREAS):
        if kinds == {kind}:
            return many(parts)
    return shapely.GeometryCollection(parts)
