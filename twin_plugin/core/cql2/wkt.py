"""Well-known text of the geometries that stand in filters: read within limits, written without loss."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from ..common.messages import Message

NAMES = ("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION")
DEPTH_LIMIT = 12
_WORD = re.compile(r"[A-Za-z]+")
_PLAIN = re.compile(r"[A-Za-z0-9\s+\-.,()]*")


def positions(geometry: BaseGeometry) -> list[list[float]]:
    """The corners of a geometry, x and y, without heights."""
    found: list[list[float]] = shapely.get_coordinates(geometry).tolist()
    return found


def read(text: str) -> BaseGeometry:
    """The geometry.

    Raises
    ------
    ValueError
        With a reason in a few words.
    """
    if not _PLAIN.fullmatch(text):
        raise ValueError(Message("only numbers, commas and brackets may stand in it"))
    allowed = {*NAMES, "Z", "M", "ZM", "E"}
    if any(word.upper() not in allowed for word in _WORD.findall(text)):
        raise ValueError(Message("it holds a word that is no kind of geometry"))
    if text.count("(") > 100_000 or _depth(text) > DEPTH_LIMIT:
        raise ValueError(Message("it is nested too deeply"))
    try:
        geometry = shapely.from_wkt(text)
    except (ShapelyError, ValueError) as error:
        reason = str(error).splitlines()[0].removeprefix("ParseException: ").removeprefix("IllegalArgumentException: ")
        raise ValueError(reason or Message("it is not well-known text")) from error
    if geometry is None or geometry.is_empty:
        raise ValueError(Message("it is empty"))
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise ValueError(Message("a coordinate is not a number"))
    return geometry


def _depth(text: str) -> int:
    deepest = depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    return deepest


def number(value: float) -> str:
    """The shortest decimal text that reads back as the same number."""
    text = repr(float(value))
    return text.removesuffix(".0")


def write(geometry: BaseGeometry) -> str:
    """The text, with Z where the geometry has it; coordinates read back as they were."""
    kind = geometry.geom_type.upper()
    if kind == "LINEARRING":
        kind = "LINESTRING"
    if geometry.is_empty:
        return f"{kind} EMPTY"
    return f"{kind}{' Z' if geometry.has_z else ''}{_body(geometry)}"


def _body(geometry: BaseGeometry) -> str:
    kind = geometry.geom_type
    if kind == "GeometryCollection":
        return "(" + ",".join(write(part) for part in geometry.geoms) + ")"
    if kind == "Polygon":
        return _list(_points(ring) for ring in (geometry.exterior, *geometry.interiors))
    if hasattr(geometry, "geoms"):
        return _list(_body(part) for part in geometry.geoms)
    return _points(geometry)


def _points(line: BaseGeometry) -> str:
    coordinates = shapely.get_coordinates(line, include_z=line.has_z)
    return _list(" ".join(number(value) for value in row) for row in coordinates)


def _list(parts: Iterable[str]) -> str:
    return "(" + ",".join(parts) + ")"
