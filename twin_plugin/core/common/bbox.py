"""Bounding boxes in degrees as geometries and back: one rectangle, or two where a box crosses the 180th meridian."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

_GPKG = struct.Struct("<2sBBi4d")
_LITTLE_XY = 0b0000_0011  # little endian, an envelope of x and y


@dataclass(frozen=True)
class BoundingBox:
    """A rectangle in degrees (WGS 84, longitude first). `west` beyond `east` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


def rectangles(box: BoundingBox) -> tuple[tuple[float, float, float, float], ...]:
    """(west, south, east, north) of each rectangle that a box consists of."""
    if box.west <= box.east:
        return ((box.west, box.south, box.east, box.north),)
    return (box.west, box.south, 180.0, box.north), (-180.0, box.south, box.east, box.north)


def touches(one: BoundingBox, other: BoundingBox) -> bool:
    """Whether two boxes have a point in common."""
    return any(
        a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
        for a in rectangles(one)
        for b in rectangles(other)
    )


def around(boxes: Iterable[BoundingBox]) -> BoundingBox | None:
    """The narrowest box that holds all of several, across the 180th meridian where that is narrower; None for none."""
    every = list(boxes)
    if len(every) < 2:
        return every[0] if every else None
    south, north = min(box.south for box in every), max(box.north for box in every)
    widths = (box.east - box.west + 360 * (box.west > box.east) for box in every)
    spans = sorted((box.west, box.west + width) for box, width in zip(every, widths, strict=True))
    # What crosses the meridian covers the first degrees behind it as well.
    gaps, reach = [], max(spans[0][1], max(east for _, east in spans) - 360)
    for west, east in spans[1:]:
        gaps.append((west - reach, west, reach))
        reach = max(reach, east)
    # The gap behind the last one comes first: of equal ones it is that of a box that crosses nothing.
    gap, west, east = max([(spans[0][0] + 360 - reach, spans[0][0], reach), *gaps], key=lambda item: item[0])
    if gap <= 0:
        return BoundingBox(-180.0, south, 180.0, north)
    return BoundingBox(west, south, east if east <= 180 else east - 360, north)


def to_wkb(box: BoundingBox) -> bytes:
    """A box as MultiPolygon in WKB."""
    parts = rectangles(box)
    head = struct.pack("<BII", 1, 6, len(parts))
    return head + b"".join(_rectangle(*part) for part in parts)


def to_geopackage(box: BoundingBox) -> bytes:
    """A box as MultiPolygon in the GeoPackage's binary form, EPSG:4326."""
    parts = rectangles(box)
    west, east = min(part[0] for part in parts), max(part[2] for part in parts)
    return _GPKG.pack(b"GP", 0, _LITTLE_XY, 4326, west, east, box.south, box.north) + to_wkb(box)


def from_wkb(data: bytes | None) -> BoundingBox | None:
    """The box around a geometry in WKB; None without one.

    Two polygons of which one ends at 180 and the other begins at -180 are one box across the meridian.
    """
    import shapely  # may be missing when a catalogue is only listed

    geometry = shapely.from_wkb(data, on_invalid="ignore") if data else None
    if geometry is None or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    parts = [part.bounds for part in getattr(geometry, "geoms", ())]
    if len(parts) == 2 and west == -180 and east == 180:
        eastern, western = sorted(parts, key=lambda bounds: -float(bounds[2]))
        if eastern[2] == 180 and western[0] == -180 and western[2] < eastern[0]:
            west, east = eastern[0], western[2]
    return BoundingBox(float(west), float(south), float(east), float(north))


def from_geopackage(data: bytes | None) -> BoundingBox | None:
    """The box of a geometry in the GeoPackage's binary form."""
    if not data or len(data) < 8 or data[:2] != b"GP":
        return None
    wkb = wkb_of(data)
    if data[3] & 0b0001_0000:
        return None
    bounds = envelope(data)
    # Two parts make the only geometry that is not its own envelope; short ones need no reading.
    if bounds is not None and (len(wkb) < 180 or not (bounds[0] == -180 and bounds[1] == 180)):
        return BoundingBox(bounds[0], bounds[2], bounds[1], bounds[3])
    return from_wkb(wkb)


def envelope(data: bytes | None) -> tuple[float, float, float, float] | None:
    """(min x, max x, min y, max y) of a geometry in the GeoPackage's binary form; None for an empty one."""
    if not data or len(data) < 8 or data[:2] != b"GP" or data[3] & 0b0001_0000:
        return None
    order = "<" if data[3] & 1 else ">"
    if _envelope_bytes(data) >= 32 and len(data) >= 40:
        found: tuple[float, float, float, float] = struct.unpack(f"{order}4d", data[8:40])
        return found if found[0] == found[0] else None
    box = from_wkb(data[8:])
    return None if box is None else (min(box.west, box.east), max(box.west, box.east), box.south, box.north)


def wkb_of(data: bytes) -> bytes:
    """The WKB in a geometry of a GeoPackage."""
    return data[8 + _envelope_bytes(data) :]


_BOX_BYTES = (0, 32, 48, 48, 64, 0, 0, 0)
"""By what the flags of a geometry say of its box."""


def _envelope_bytes(data: bytes) -> int:
    return _BOX_BYTES[(data[3] >> 1) & 0b111]


def _rectangle(west: float, south: float, east: float, north: float) -> bytes:
    corners = (west, south, east, south, east, north, west, north, west, south)
    return struct.pack("<BIII10d", 1, 3, 1, 5, *corners)
