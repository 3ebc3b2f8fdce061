"""Filters as OGC Filter Encoding XML: FES 2.0 for WFS 2.0, Filter 1.1 for WFS 1.1 and CSW 2.0.2."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml  # nosec B405 # only written with here

from shapely.geometry.base import BaseGeometry

from . import ast, instants, like, wkt
from .evaluate import GEOMETRY_NAMES
from .temporal import portable
from .visit import Untranslatable
from .writing import literal, related

FES = "http://www.opengis.net/fes/2.0"
OGC = "http://www.opengis.net/ogc"
GML = "http://www.opengis.net/gml"
GML32 = "http://www.opengis.net/gml/3.2"

_COMPARISONS = {
    ast.Compare.EQUAL: "PropertyIsEqualTo",
    ast.Compare.NOT_EQUAL: "PropertyIsNotEqualTo",
    ast.Compare.LESS: "PropertyIsLessThan",
    ast.Compare.LESS_EQUAL: "PropertyIsLessThanOrEqualTo",
    ast.Compare.GREATER: "PropertyIsGreaterThan",
    ast.Compare.GREATER_EQUAL: "PropertyIsGreaterThanOrEqualTo",
}
_MIRRORED = {
    ast.Compare.LESS: ast.Compare.GREATER,
    ast.Compare.GREATER: ast.Compare.LESS,
    ast.Compare.LESS_EQUAL: ast.Compare.GREATER_EQUAL,
    ast.Compare.GREATER_EQUAL: ast.Compare.LESS_EQUAL,
}
# A name, perhaps with a prefix, and steps into it: nothing that could be another XPath expression.
_PATH = re.compile(r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?(?:/[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)*")
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FesCompiler:
    """Conditions to Filter Encoding.

    Attributes
    ----------
    version : str
        "2.0" or "1.1".
    srs : str
        Name of the geometries' CRS, as the server wants it.
    swap : bool
        Whether that name puts latitude (northing) first.
    geometry : str
        Name of the geometry property.
    change : callable or None
        Brings a geometry from degrees to the CRS; None where it is in degrees.
    spatial : collection of str
        Relations that the server says it knows, in lower case without "s_"; empty for all.
    """

    version: str = "2.0"
    srs: str = "urn:ogc:def:crs:EPSG::4326"
    swap: bool = True
    geometry: str = "geometry"
    change: Callable[[BaseGeometry], BaseGeometry] | None = None
    spatial: frozenset[str] = frozenset()

    def compile_filter(self, condition: ast.Condition) -> Xml.Element:
        """The Filter element; `write` makes text of it.

        Raises
        ------
        Untranslatable
            For what Filter Encoding cannot say as CQL2 means it.
        """
        root = Xml.Element(self._tag("Filter"))
        _FesWriter(self, root).condition(portable(condition), root)
        return root

    def write(self, condition: ast.Condition) -> str:
        """The filter as XML text without a declaration."""
        return text(self.compile_filter(condition))

    def _tag(self, name: str) -> str:
        return f"{{{FES if self.version == '2.0' else OGC}}}{name}"


def text(element: Xml.Element) -> str:
    """The XML of an element with the customary prefixes."""
    for prefix, space in (("fes", FES), ("ogc", OGC)):
        Xml.register_namespace(prefix, space)
    Xml.register_namespace("gml", GML if element.tag.startswith(f"{{{OGC}}}") else GML32)
    return Xml.tostring(element, encoding="unicode")


def together(compiler: FesCompiler, parts: Sequence[Xml.Element]) -> str:
    """A filter, as text, that all of the parts make together; they are elements such as `envelope` gives."""
    root = Xml.Element(compiler._tag("Filter"))
    holder = root if len(parts) == 1 else Xml.SubElement(root, compiler._tag("And"))
    holder.extend(parts)
    return text(root)


def envelope(compiler: FesCompiler, west: float, south: float, east: float, north: float) -> Xml.Element:
    """A BBOX element for a rectangle in the compiler's CRS, x first, to stand beside or in a filter."""
    box = Xml.Element(compiler._tag("BBOX"))
    writer = _FesWriter(compiler, box)
    writer.reference(compiler.geometry, box)
    holder = Xml.SubElement(box, writer.gml("Envelope"), {"srsName": compiler.srs})
    for name, corner in (("lowerCorner", (west, south)), ("upperCorner", (east, north))):
        Xml.SubElement(holder, writer.gml(name)).text = writer.positions([list(corner)])
    return box


class _FesWriter:
    """Adds elements to a filter; `count` numbers its geometries."""

    def __init__(self, compiler: FesCompiler, root: Xml.Element) -> None:
        self.compiler = compiler
        self.root = root
        self.count = 0

    def add(self, parent: Xml.Element, name: str, attributes: dict[str, str] | None = None) -> Xml.Element:
        return Xml.SubElement(parent, self.compiler._tag(name), attributes or {})

    def gml(self, name: str) -> str:
        return f"{{{GML32 if self.compiler.version == '2.0' else GML}}}{name}"

    def condition(self, node: ast.Condition, parent: Xml.Element) -> None:
        match node:
            case ast.And((only,)) | ast.Or((only,)):
                self.condition(only, parent)
            case ast.And(parts) | ast.Or(parts) if parts:
                holder = self.add(parent, "And" if isinstance(node, ast.And) else "Or")
                for part in parts:
                    self.condition(part, holder)
            case ast.Not(inner):
                self.condition(inner, self.add(parent, "Not"))
            case ast.Comparison():
                self.comparison(node, parent)
            case ast.Between(value, low, high, negated):
                holder = self.add(self.negated(parent, negated=negated), "PropertyIsBetween")
                self.value(value, holder)
                self.value(low, self.add(holder, "LowerBoundary"))
                self.value(high, self.add(holder, "UpperBoundary"))
            case ast.In(value, options, negated) if options:
                outer = self.negated(parent, negated=negated)
                equal = tuple(ast.Comparison(ast.Compare.EQUAL, value, option) for option in options)
                self.condition(ast.Or(equal), outer)
            case ast.IsNull(value, negated):
                self.value(value, self.add(self.negated(parent, negated=negated), "PropertyIsNull"))
            case ast.Like():
                self.like(node, parent)
            case ast.SpatialRelation():
                self.spatial(node, parent)
            case ast.Truth(ast.Property() as value):
                self.condition(ast.Comparison(ast.Compare.EQUAL, value, ast.Literal(value=True)), parent)
            case _:
                raise Untranslatable("Filter Encoding has no words for a part of this filter.")

    def negated(self, parent: Xml.Element, *, negated: bool) -> Xml.Element:
        return self.add(parent, "Not") if negated else parent

    def comparison(self, node: ast.Comparison, parent: Xml.Element) -> None:
        operator, left, right = node.operator, node.left, node.right
        if isinstance(left, ast.Literal) and isinstance(right, ast.Property):
            operator, left, right = _MIRRORED.get(operator, operator), right, left
        if not isinstance(left, ast.Property):
            raise Untranslatable("Filter Encoding compares properties with values.")
        holder = self.add(parent, _COMPARISONS[operator])
        self.value(left, holder)
        self.value(right, holder)

    def like(self, node: ast.Like, parent: Xml.Element) -> None:
        value, pattern = like.caseless(node.value, node.pattern) or (node.value, node.pattern)
        if not isinstance(pattern, str) or not isinstance(value, ast.Property):
            raise Untranslatable("Filter Encoding finds no patterns without accents or in functions.")
        if self.compiler.version != "2.0" and "\\" in pattern:
            raise Untranslatable("Servers of the older Filter Encoding (QGIS Server) do not find escaped characters.")
        attributes = {"wildCard": "%", "singleChar": "_", "escapeChar": "\\"}
        attributes["matchCase"] = "true" if value is node.value else "false"
        holder = self.add(self.negated(parent, negated=node.negated), "PropertyIsLike", attributes)
        self.value(value, holder)
        self.add(holder, "Literal").text = _writable(like.plain(pattern))

    def value(self, node: ast.Value, parent: Xml.Element) -> None:
        match node:
            case ast.Property(name):
                is_geometry = name.lower() in GEOMETRY_NAMES
                self.reference(self.compiler.geometry if is_geometry else name, parent)
            case ast.Literal(value):
                self.add(parent, "Literal").text = literal(value, _writable, instants.write)
            case ast.Function(name):
                raise Untranslatable("Filter Encoding does not know the function “{name}”.", name=name)
            case _:
                raise Untranslatable("Filter Encoding does not calculate.")

    def reference(self, name: str, parent: Xml.Element) -> None:
        if not _PATH.fullmatch(name):
            raise Untranslatable("“{name}” is no name of a property in XML.", name=name)
        self.add(parent, "ValueReference" if self.compiler.version == "2.0" else "PropertyName").text = name

    def spatial(self, node: ast.SpatialRelation, parent: Xml.Element) -> None:
        operator, left, right = related(node)
        if not isinstance(left, ast.Property) or not isinstance(right, ast.Shape):
            raise Untranslatable("Filter Encoding relates a property with a geometry.")
        name = operator.value.removeprefix("s_")
        if self.compiler.spatial and name not in self.compiler.spatial:
            raise Untranslatable("The server does not know the relation {operator}.", operator=operator.value.upper())
        shape = right.geometry if self.compiler.change is None else self.compiler.change(right.geometry)
        parts = list(getattr(shape, "geoms", [shape]))
        if len(parts) > 1 and operator in (ast.Spatial.INTERSECTS, ast.Spatial.DISJOINT):
            # Servers know single geometries best; to meet one of several is to meet any.
            parent = self.add(parent, "Or" if operator is ast.Spatial.INTERSECTS else "And")
        else:
            parts = [shape]
        for part in parts:
            holder = self.add(parent, name.capitalize())
            self.value(left, holder)
            self.shape(part, holder)

    def shape(self, geometry: BaseGeometry, parent: Xml.Element, *, inner: bool = False) -> None:
        attributes = {} if inner else {"srsName": self.compiler.srs}
        self.count += 1
        if self.compiler.version == "2.0":
            attributes[self.gml("id")] = f"g{self.count}"
        kind = geometry.geom_type
        if kind in ("Point", "LineString", "LinearRing"):
            outer, inside = ("Point", "pos") if kind == "Point" else ("LineString", "posList")
            holder = Xml.SubElement(parent, self.gml(outer), attributes)
            Xml.SubElement(holder, self.gml(inside)).text = self.positions(wkt.positions(geometry))
        elif kind == "Polygon":
            self.polygon(geometry, Xml.SubElement(parent, self.gml("Polygon"), attributes))
        else:
            names = {
                "MultiPoint": ("MultiPoint", "pointMember"),
                "MultiLineString": ("MultiCurve", "curveMember"),
                "MultiPolygon": ("MultiSurface", "surfaceMember"),
            }
            outer, member = names.get(kind, ("MultiGeometry", "geometryMember"))
            holder = Xml.SubElement(parent, self.gml(outer), attributes)
            for part in geometry.geoms:
                self.shape(part, Xml.SubElement(holder, self.gml(member)), inner=True)

    def polygon(self, geometry: BaseGeometry, parent: Xml.Element) -> None:
        for index, ring in enumerate((geometry.exterior, *geometry.interiors)):
            side = Xml.SubElement(parent, self.gml("interior" if index else "exterior"))
            line = Xml.SubElement(Xml.SubElement(side, self.gml("LinearRing")), self.gml("posList"))
            line.text = self.positions(wkt.positions(ring))

    def positions(self, rows: list[list[float]]) -> str:
        ordered = [row[::-1] if self.compiler.swap else row for row in rows]
        return " ".join(wkt.number(value) for row in ordered for value in row)


def _writable(given: str) -> str:
    if _UNWRITABLE.search(given):
        raise Untranslatable("A text with control characters cannot stand in XML.")
    return given
