"""Tells a GeoPackage from other files by its first bytes."""

from __future__ import annotations

from pathlib import Path

from .errors import unreadable


def is_geopackage(path: Path) -> bool:
    """Whether a file is a GeoPackage; raises ResourceError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError as error:
        raise unreadable(path, error) from error
    return head[:15] == b"SQLite format 3" and head[68:72] in (b"GPKG", b"GP10", b"GP11")
