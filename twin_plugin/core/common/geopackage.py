"""What GeoPackages need without GDAL: the first bytes, geometries, and the functions of the triggers in them."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import bbox
from .errors import unreadable

if TYPE_CHECKING:
    import shapely

_HEAD = struct.Struct("<2sBBi4d")
_EMPTY_HEAD = struct.Struct("<2sBBi")
_LITTLE_ENDIAN_WITH_BOX = 0b0000_0011
_LITTLE_ENDIAN_EMPTY = 0b0001_0001
_SEVERAL = {"MULTIPOINT": 4, "MULTILINESTRING": 5, "MULTIPOLYGON": 6}
"""Numbers in WKB of the kinds that hold several of another kind, whose number is less by 3."""


def is_geopackage(path: Path) -> bool:
    """Whether a file is a GeoPackage; raises ResourceError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError as error:
        raise unreadable(path, error) from error
    return head[:15] == b"SQLite format 3" and head[68:72] in (b"GPKG", b"GP10", b"GP11")


def to_blob(shape: shapely.Geometry, srs_id: int, dimensions: int) -> bytes:
    """A geometry that is not empty in the GeoPackage's binary form, with 2 or 3 dimensions and its box."""
    import shapely

    west, south, east, north = shape.bounds
    head = _HEAD.pack(b"GP", 0, _LITTLE_ENDIAN_WITH_BOX, srs_id, west, east, south, north)
    wkb: bytes = shapely.to_wkb(shape, output_dimension=dimensions, byte_order=1, flavor="iso")
    return head + wkb


def to_blobs(shapes: NDArray[Any], srs_id: int, kind: str) -> tuple[list[bytes], NDArray[np.float64]]:
    """Geometries of a layer in two dimensions in the GeoPackage's binary form, and their boxes.

    Parameters
    ----------
    shapes : ndarray of shapely geometries, shape (n,)
        Of the layer's kind or of the single one of it; None becomes an empty one, as GDAL writes it.
    srs_id : int
    kind : str
        Of the layer, with several parts, such as MULTIPOLYGON.

    Returns
    -------
    list of bytes, ndarray of float64, shape (n, 4)
        West, south, east and north of each; NaN for empty ones.
    """
    import shapely

    several = b"\x01" + _SEVERAL[kind].to_bytes(4, "little")
    single = b"\x01" + (_SEVERAL[kind] - 3).to_bytes(4, "little")
    one, none = several + (1).to_bytes(4, "little"), several + bytes(4)
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    empty = _EMPTY_HEAD.pack(b"GP", 0, _LITTLE_ENDIAN_EMPTY, srs_id)
    result = []
    for wkb, (west, south, east, north) in zip(
        shapely.to_wkb(shapes, output_dimension=2, byte_order=1, flavor="iso"), boxes.tolist(), strict=True
    ):
        if west == west:
            head = _HEAD.pack(b"GP", 0, _LITTLE_ENDIAN_WITH_BOX, srs_id, west, east, south, north)
        else:
            head = empty
        if wkb is None:
            result.append(head + none)
        else:
            result.append(head + one + wkb if wkb.startswith(single) else head + wkb)
    return result, boxes


def statement(text: str, schema: str = "main", **names: str | list[str]) -> str:
    """A statement with names in quotes: {columns} is a list of them, {marks} as many question marks."""
    columns = names.pop("columns", [])
    quoted = {key: _quoted(name) for key, name in names.items() if isinstance(name, str)}
    listed, marks = ", ".join(_quoted(column) for column in columns), ", ".join("?" * len(columns))
    return text.format(schema=schema, columns=listed, marks=marks, **quoted)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def add_functions(database: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers of spatial indexes call."""
    for name, place in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        database.create_function(name, 1, _bound(place), deterministic=True)
    database.create_function("ST_IsEmpty", 1, lambda data: int(bbox.envelope(data) is None), deterministic=True)


def _bound(place: int) -> Callable[[bytes | None], float | None]:
    def bound(data: bytes | None) -> float | None:
        found = bbox.envelope(data)
        return None if found is None else found[place]

    return bound
