"""Geometries of JSON replies to WKB (ISO), with every coordinate looked at."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError

Rows = NDArray[np.float64]

COLLECTION_DEPTH = 4
POSITIONS_LIMIT = 5_000_000
"""Positions of one geometry at most."""

_POINT, _LINE, _POLYGON, _MULTI_POINT, _MULTI_LINE, _MULTI_POLYGON, _COLLECTION = 1, 2, 3, 4, 5, 6, 7
NAMES = {
    "Point": _POINT,
    "LineString": _LINE,
    "Polygon": _POLYGON,
    "MultiPoint": _MULTI_POINT,
    "MultiLineString": _MULTI_LINE,
    "MultiPolygon": _MULTI_POLYGON,
    "GeometryCollection": _COLLECTION,
}


class MalformedGeometryError(InputError):
    """A geometry that cannot be read; the text says why in a few words."""


def geojson_wkb(geometry: object) -> bytes | None:
    """A GeoJSON geometry as WKB; None for null and for empty ones.

    Heights are kept where every position has one, and are left out otherwise; a fourth number is left out. Rings that
    are not closed are closed.

    Raises
    ------
    MalformedError
        For an unknown type, coordinates that are no finite numbers, or wrong nesting.
    """
    return _geojson(geometry, 0)


def compact(row: Any) -> Any:
    """A GeoJSON feature with WKB in the place of its coordinates, a position as a tuple, and all else as it is.

    Of a page of features this is a third of the memory, and nothing that the garbage collector has to look at.
    """
    if isinstance(row, dict):
        _pack(row.get("geometry"))
    return as_position(row)


def as_position(value: Any) -> Any:
    """A list of numbers as a tuple; all else as it is."""
    return tuple(value) if type(value) is list and value and type(value[0]) in (int, float) else value


def _pack(geometry: object) -> None:
    if not isinstance(geometry, dict):
        return
    members = geometry.get("geometries")
    for member in members if isinstance(members, list) else ():
        _pack(member)
    if isinstance(geometry.get("coordinates"), list):
        # One that is malformed stays, for whoever reads the row to say why.
        with suppress(MalformedGeometryError):
            packed = geojson_wkb(geometry)
            if packed is not None:
                geometry["coordinates"] = packed


def _geojson(geometry: object, depth: int) -> bytes | None:
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise MalformedGeometryError("the geometry is no object")
    name = geometry.get("type")
    if name not in NAMES:
        raise MalformedGeometryError("unknown geometry type '{name}'", name=str(name)[:40])
    code = NAMES[name]
    if code == _COLLECTION:
        members = geometry.get("geometries")
        if depth >= COLLECTION_DEPTH or not isinstance(members, list):
            raise MalformedGeometryError("a geometry collection without a list of geometries, or nested too deep")
        parts = [part for part in (_geojson(member, depth + 1) for member in members) if part]
        return _collection(parts)
    coordinates = geometry.get("coordinates")
    if isinstance(coordinates, bytes):
        return coordinates
    if not isinstance(coordinates, list):
        raise MalformedGeometryError("the coordinates are no list")
    if not coordinates:
        return None
    return _BUILDERS[code](coordinates)


def _point(value: list[Any]) -> bytes | None:
    if len(value) == 2 and type(value[0]) is float and type(value[1]) is float:
        # Most geometries of a city are these; JSON has no numbers that are not finite.
        return struct.pack("<BIdd", 1, _POINT, *value)
    row = positions([value])
    return _head(_POINT, row) + row.tobytes()


def _multi_point(value: list[Any]) -> bytes | None:
    rows = positions(value)
    return _head(_MULTI_POINT, rows) + _count(len(rows)) + b"".join(_head(_POINT, rows) + row.tobytes() for row in rows)


def _line(value: list[Any]) -> bytes | None:
    return line_wkb(positions(value))


def _multi_line(value: list[Any]) -> bytes | None:
    lines = _same_width([positions(part) for part in _lists(value) if part])
    if not lines:
        return None
    return _head(_MULTI_LINE, lines[0]) + _count(len(lines)) + b"".join(line_wkb(line) for line in lines)


def _polygon(value: list[Any]) -> bytes | None:
    return polygon_wkb([positions(part) for part in _lists(value) if part])


def _multi_polygon(value: list[Any]) -> bytes | None:
    return multi_polygon_wkb([[positions(ring) for ring in _lists(part) if ring] for part in _lists(value) if part])


_BUILDERS: dict[int, Callable[[list[Any]], bytes | None]] = {
    _POINT: _point,
    _LINE: _line,
    _POLYGON: _polygon,
    _MULTI_POINT: _multi_point,
    _MULTI_LINE: _multi_line,
    _MULTI_POLYGON: _multi_polygon,
}


def positions(value: object) -> Rows:
    """A list of positions as an array of shape (n, 2) or (n, 3); such an array as it is.

    Raises
    ------
    MalformedError
        Where one has fewer than two numbers, or what is no finite number.
    """
    if isinstance(value, np.ndarray):
        return value
    if not isinstance(value, list) or not value:
        raise MalformedGeometryError("positions are missing or nested wrongly")
    if len(value) > POSITIONS_LIMIT:
        raise MalformedGeometryError("more than {positions_limit:,} positions", positions_limit=POSITIONS_LIMIT)
    if not set(map(type, value)) <= {list, tuple}:
        raise MalformedGeometryError("positions are nested wrongly")
    lengths = set(map(len, value))
    if min(lengths) < 2:
        raise MalformedGeometryError("a position has fewer than two numbers")
    width = 3 if min(lengths) > 2 and all(row[2] is not None for row in value) else 2
    rows = value if lengths == {width} else [row[:width] for row in value]
    numbers = list(itertools.chain.from_iterable(rows))
    # Truth values are numbers to Python, and text that looks like one is to numpy.
    if not set(map(type, numbers)) <= {int, float}:
        raise MalformedGeometryError("a coordinate is no number, or nested wrongly")
    try:
        found = np.array(numbers, np.float64).reshape(-1, width)
    except OverflowError:
        raise MalformedGeometryError("a coordinate is beyond all limits") from None
    if not np.isfinite(found).all():
        raise MalformedGeometryError("a coordinate is not finite")
    return found


def point_wkb(x: float, y: float, z: float | None = None) -> bytes:
    """A point as WKB, with a height where there is one."""
    return struct.pack("<BIdd", 1, 1, x, y) if z is None else struct.pack("<BIddd", 1, 1001, x, y, z)


def line_wkb(line: Rows) -> bytes:
    """An open line as WKB."""
    if len(line) < 2:
        raise MalformedGeometryError("a line of one position")
    return _head(_LINE, line) + _count(len(line)) + line.tobytes()


def multi_line_wkb(lines: list[Rows]) -> bytes | None:
    """Lines as one geometry: of one line a line."""
    lines = _same_width(lines)
    if len(lines) <= 1:
        return line_wkb(lines[0]) if lines else None
    return _head(_MULTI_LINE, lines[0]) + _count(len(lines)) + b"".join(line_wkb(line) for line in lines)


def polygon_wkb(rings: list[Rows]) -> bytes | None:
    """Rings, the outer one first, as WKB of a polygon; None for no ring."""
    rings = _same_width([closed(ring) for ring in rings])
    if not rings:
        return None
    return _head(_POLYGON, rings[0]) + _count(len(rings)) + b"".join(_count(len(r)) + r.tobytes() for r in rings)


def multi_polygon_wkb(polygons: list[list[Rows]]) -> bytes | None:
    """Polygons, each of rings, as WKB of a multi polygon; None for none."""
    polygons = [[closed(ring) for ring in rings] for rings in polygons if rings]
    if not polygons:
        return None
    width = min(ring.shape[1] for rings in polygons for ring in rings)
    polygons = [[np.ascontiguousarray(ring[:, :width]) for ring in rings] for rings in polygons]
    parts = [polygon_wkb(rings) or b"" for rings in polygons]
    return _head(_MULTI_POLYGON, polygons[0][0]) + _count(len(parts)) + b"".join(parts)


def closed(ring: Rows) -> Rows:
    """A ring whose last position is its first.

    Raises
    ------
    MalformedError
        Where fewer than three positions differ from the closing one.
    """
    if len(ring) and not np.array_equal(ring[0], ring[-1]):
        ring = np.concatenate([ring, ring[:1]])
    if len(ring) < 4:
        raise MalformedGeometryError("a ring of fewer than four positions")
    return ring


def _collection(parts: list[bytes]) -> bytes | None:
    if not parts:
        return None
    with_z = all(struct.unpack_from("<I", part, 1)[0] > 1000 for part in parts)
    if not with_z and any(struct.unpack_from("<I", part, 1)[0] > 1000 for part in parts):
        raise MalformedGeometryError("a geometry collection with heights in some of its geometries only")
    return struct.pack("<BII", 1, _COLLECTION + (1000 if with_z else 0), len(parts)) + b"".join(parts)


def _lists(value: object) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(part, list) for part in value):
        raise MalformedGeometryError("coordinates are nested wrongly")
    return value


def _same_width(arrays: list[Rows]) -> list[Rows]:
    if len({array.shape[1] for array in arrays}) > 1:
        return [np.ascontiguousarray(array[:, :2]) for array in arrays]
    return arrays


def _head(code: int, rows: Rows) -> bytes:
    return struct.pack("<BI", 1, code + (1000 if rows.shape[1] == 3 else 0))


def _count(number: int) -> bytes:
    return struct.pack("<I", number)
