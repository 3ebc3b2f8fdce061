"""Filters as ArcGIS REST asks for them: a `where` in standardized SQL, and at most one geometry with its relation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from . import ast, instants, like, wkt
from .split import Split, split
from .temporal import portable
from .visit import Untranslatable, conjuncts, nodes
from .writing import literal, lower, quoted, related

_NAME = re.compile(r"[^\W\d][\w.]*")
# ArcGIS names the relation from the side of the geometry asked with.
_RELATIONS = {
    ast.Spatial.INTERSECTS: "esriSpatialRelIntersects",
    ast.Spatial.WITHIN: "esriSpatialRelContains",
    ast.Spatial.CONTAINS: "esriSpatialRelWithin",
    ast.Spatial.TOUCHES: "esriSpatialRelTouches",
    ast.Spatial.OVERLAPS: "esriSpatialRelOverlaps",
    ast.Spatial.CROSSES: "esriSpatialRelCrosses",
}


@dataclass(frozen=True)
class ArcgisFilter:
    """`where` is "1=1" for all; `parameters` hold geometry, geometryType, inSR and spatialRel, or nothing."""

    where: str = "1=1"
    parameters: Mapping[str, str] = field(default_factory=dict)


def compile_filter(condition: ast.Condition | None, *, spatial: bool = True) -> ArcgisFilter:
    """The parameters of a query.

    Parameters
    ----------
    condition : Condition or None
    spatial : bool
        Whether the one geometry that a query takes is still free.

    Raises
    ------
    Untranslatable
        For what ArcGIS cannot say as CQL2 means it.
    """
    wheres: list[str] = []
    parameters: dict[str, str] = {}
    for part in conjuncts(condition) if condition is not None else ():
        if isinstance(part, ast.SpatialRelation):
            if parameters or not spatial:
                raise Untranslatable("ArcGIS takes one geometry in a query.")
            parameters = _geometry(part)
        else:
            wheres.append(_condition(portable(part)))
    return ArcgisFilter(" AND ".join(wheres) or "1=1", parameters)


def split_filter(condition: ast.Condition | None, *, spatial: bool = True, zone: str = "") -> Split:
    """What is sent and what remains, as `split` does for other protocols; of several geometries the first is sent.

    `zone` names the time zone in which the service reads dates of a filter where it is not UTC: these are not sent.
    """
    free = spatial

    def compiled(part: ast.Condition) -> None:
        nonlocal free
        if zone and any(isinstance(node, ast.Literal) and isinstance(node.value, date) for node in nodes(part)):
            raise Untranslatable("The service reads times in the zone {zone}: they are compared here.", zone=zone)
        compile_filter(part, spatial=free)
        free = free and not isinstance(part, ast.SpatialRelation)

    return split(condition, compiled)


def _condition(node: ast.Condition) -> str:
    match node:
        case ast.And(parts) | ast.Or(parts) if parts:
            word = " AND " if isinstance(node, ast.And) else " OR "
            return "(" + word.join(_condition(part) for part in parts) + ")"
        case ast.Not(inner):
            return f"NOT ({_condition(inner)})"
        case ast.Comparison(operator, left, right):
            return _comparison(operator, left, right)
        case ast.Between(value, low, high, negated):
            return f"{_value(value)} {'NOT ' if negated else ''}BETWEEN {_value(low)} AND {_value(high)}"
        case ast.In(value, options, negated) if options:
            return f"{_value(value)} {'NOT ' if negated else ''}IN ({', '.join(_value(option) for option in options)})"
        case ast.IsNull(value, negated):
            return f"{_value(value)} IS {'NOT ' if negated else ''}NULL"
        case ast.Like():
            return _like(node)
        case ast.Truth(ast.Literal(value)):
            return "1=1" if value else "1=0"
        case ast.Truth(ast.Property() as value):
            return f"{_value(value)} = 1"
        case _:
            raise Untranslatable("ArcGIS has no words for a part of this filter.")


def _comparison(operator: ast.Compare, left: ast.Value, right: ast.Value) -> str:
    if isinstance(right, ast.Literal) and isinstance(right.value, datetime) and right.value.microsecond == 999_999:
        # The end of a day or second: ArcGIS counts whole seconds.
        following = ast.Literal(right.value + timedelta(microseconds=1))
        if operator is ast.Compare.LESS_EQUAL:
            operator, right = ast.Compare.LESS, following
        elif operator is ast.Compare.GREATER:
            operator, right = ast.Compare.GREATER_EQUAL, following
    return f"{_value(left)} {operator.value} {_value(right)}"


def _like(node: ast.Like) -> str:
    bare = like.caseless(node.value, node.pattern)
    value, pattern = bare or (node.value, node.pattern)
    if not isinstance(pattern, str) or "\\" in pattern:
        raise Untranslatable("ArcGIS finds no patterns with escaped characters or without accents.")
    what = _value(value)
    if bare is not None:
        what, pattern = f"LOWER({what})", lower(pattern)
    return f"{what} {'NOT ' if node.negated else ''}LIKE {_quoted(pattern)}"


def _value(node: ast.Value) -> str:
    match node:
        case ast.Property(name):
            if not _NAME.fullmatch(name):
                raise Untranslatable("“{name}” is no name of a field in ArcGIS.", name=name)
            return name
        case ast.Literal(value):
            return literal(value, _quoted, _time, ("0", "1"))
        case ast.Function("CASEI", (ast.Literal(value),)) if isinstance(value, str):
            return _quoted(lower(value))
        case ast.Function("CASEI", (ast.Property() as inner,)):
            return f"LOWER({_value(inner)})"
        case ast.Arithmetic(operator, left, right) if operator in (ast.Sum.ADD, ast.Sum.SUBTRACT, ast.Sum.MULTIPLY):
            return f"({_value(left)} {operator.value} {_value(right)})"
        case ast.Arithmetic(ast.Sum.DIVIDE, left, ast.Literal(value)) if isinstance(value, int | float) and value:
            return f"({_value(left)} / {float(value)!r})"
        case _:
            raise Untranslatable("ArcGIS does not know a function or an operation of this filter.")


def _time(value: date) -> str:
    moment = instants.first(value)
    if moment.microsecond:
        raise Untranslatable("ArcGIS takes times to the second.")
    return f"TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S}'"


def _quoted(text: str) -> str:
    # A database behind the server may read a backslash as an escape: what could end the text early is not sent.
    if "\0" in text or "\\" in text:
        raise Untranslatable("A text with a backslash is not sent to ArcGIS.")
    return quoted(text)


def _geometry(node: ast.SpatialRelation) -> dict[str, str]:
    operator, left, right = related(node)
    if not isinstance(left, ast.Property) or not isinstance(right, ast.Shape) or operator not in _RELATIONS:
        raise Untranslatable("ArcGIS cannot relate geometries this way.")
    kind, given = esri(right.geometry)
    return {
        "geometry": json.dumps(given, separators=(",", ":")),
        "geometryType": kind,
        "inSR": "4326",
        "spatialRel": _RELATIONS[operator],
    }


def esri(geometry: BaseGeometry) -> tuple[str, dict[str, Any]]:
    """Kind and Esri JSON of a geometry in longitude and latitude, heights left out.

    Raises
    ------
    Untranslatable
        For a collection of different kinds.
    """
    reference = {"spatialReference": {"wkid": 4326}}
    match geometry.geom_type:
        case "Point":
            return "esriGeometryPoint", {"x": geometry.x, "y": geometry.y, **reference}
        case "MultiPoint":
            return "esriGeometryMultipoint", {"points": wkt.positions(geometry), **reference}
        case "LineString" | "LinearRing" | "MultiLineString":
            lines = getattr(geometry, "geoms", [geometry])
            return "esriGeometryPolyline", {"paths": [wkt.positions(line) for line in lines], **reference}
        case "Polygon" | "MultiPolygon":
            rings = []
            for polygon in getattr(geometry, "geoms", [geometry]):
                # Outer rings run clockwise, holes the other way.
                turned = orient(polygon, sign=-1.0)
                rings += [wkt.positions(ring) for ring in (turned.exterior, *turned.interiors)]
            return "esriGeometryPolygon", {"rings": rings, **reference}
    raise Untranslatable("ArcGIS takes no collection of different geometries.")
