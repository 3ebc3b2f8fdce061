"""What GeoPackages need without GDAL: the first bytes, geometries, and the functions of the triggers in them."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from . import bbox
from .errors import unreadable

if TYPE_CHECKING:
    import shapely

_HEAD = struct.Struct("<2sBBi4d")
_LITTLE_ENDIAN_WITH_BOX = 0b0000_0011


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
