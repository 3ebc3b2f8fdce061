"""Esri's JSON: its geometries, fields and errors."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import shapely

from ...common.bbox import BoundingBox
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import canonical, known
from ...common.messages import Message
from ...web import address
from ...web.decode import rows_of
from ...web.fetch import Trouble, WebError
from ..adapter import Field
from . import json_geometry, service_metadata
from .json_geometry import (
    MalformedGeometryError,
    Rows,
    closed,
    geojson_wkb,
    multi_line_wkb,
    multi_polygon_wkb,
    point_wkb,
    polygon_wkb,
    positions,
)

_TYPES = {
    "esriFieldTypeOID": "integer",
    "esriFieldTypeInteger": "integer",
    "esriFieldTypeSmallInteger": "integer",
    "esriFieldTypeBigInteger": "integer",
    "esriFieldTypeDouble": "real",
    "esriFieldTypeSingle": "real",
    "esriFieldTypeDate": "datetime",
    "esriFieldTypeTimestampOffset": "datetime",
    "esriFieldTypeDateOnly": "date",
}
_NO_VALUES = ("esriFieldTypeGeometry", "esriFieldTypeBlob", "esriFieldTypeRaster")
_GEOMETRIES = {
    "esriGeometryPoint": "Point",
    "esriGeometryMultipoint": "MultiPoint",
    "esriGeometryPolyline": "MultiLineString",
    "esriGeometryPolygon": "MultiPolygon",
}
_DENIED = (401, 403, 498, 499)
_MERCATOR = (3857, 102100, 102113, 900913)
_DEGREES = (4326, 4490, 104100, 4269)
_MERCATOR_RADIUS_M = 6378137.0


def checked(document: dict[str, Any], url: str) -> dict[str, Any]:
    """The reply, or the error that stands in it: ArcGIS answers errors with the status 200.

    Raises
    ------
    WebError
        DENIED for missing or wrong tokens, NOT_FOUND, or SERVER.
    """
    error = document.get("error")
    if not isinstance(error, dict):
        return document
    code = service_metadata.whole(error.get("code")) or 500
    details = error.get("details")
    said = service_metadata.title(error.get("message")) or "; ".join(service_metadata.words(details))
    reason = address.redacted(said or Message("no reason given"))
    shown = address.redacted(url)
    if code in _DENIED:
        raise WebError(
            "'{url}' wants a login or another one ({reason}): choose an authentication configuration.",
            Trouble.DENIED,
            code,
            url=shown,
            reason=reason,
        )
    trouble = Trouble.NOT_FOUND if code == 404 else Trouble.SERVER
    raise WebError(
        "'{url}' answered with the error {code} ({reason}).", trouble, code, url=shown, code=code, reason=reason
    )


def fields_of(document: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields of a layer or of a reply."""
    found = []
    for details in rows_of(document, "fields"):
        name, kind = service_metadata.text(details.get("name"), 200), details.get("type")
        if name and kind not in _NO_VALUES:
            alias = service_metadata.title(details.get("alias"))
            found.append(Field(name, _TYPES.get(str(kind), "text"), alias if alias != name else ""))
    return tuple(found)


def geometry_name(document: Mapping[str, Any]) -> str:
    """The kind of geometry of a layer, "" for a table."""
    return _GEOMETRIES.get(str(document.get("geometryType")), "Geometry" if document.get("geometryType") else "")


def box_of(extent: object, what: str = "") -> BoundingBox | None:
    """An extent in degrees, from whatever CRS it is in; None where that is not known, or the extent is empty."""
    details = service_metadata.mapping(extent)
    found = [service_metadata.number(details.get(key)) for key in ("xmin", "ymin", "xmax", "ymax")]
    names = _names(service_metadata.mapping(details.get("spatialReference")))
    numbers = [value for value in found if value is not None]
    return box_in_degrees(numbers, names, what, y_first=None) if names and len(numbers) == 4 else None


def _names(reference: Mapping[str, Any]) -> tuple[str, ...]:
    """The CRS of a spatial reference: by EPSG's code, Esri's own, or as WKT; the first that is known."""
    written = [reference.get(key) for key in ("latestWkid", "wkid", "wkt2", "wkt")]
    names = (canonical(value) for value in written if isinstance(value, (int, str)) and not isinstance(value, bool))
    return tuple(name for name in names if known(name))[:1]


def crs_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The CRS of a layer or service."""
    for holder in (
        document,
        service_metadata.mapping(document.get("extent")),
        service_metadata.mapping(document.get("fullExtent")),
    ):
        for key in ("spatialReference", "sourceSpatialReference"):
            if names := _names(service_metadata.mapping(holder.get(key))):
                return names
    return ()


def wkb(geometry: object, has_z: bool = False) -> bytes | None:
    """A geometry of Esri's JSON (or GeoJSON, which some servers send instead) as WKB; None for an empty one.

    Parameters
    ----------
    geometry : object
        As it stands in the feature.
    has_z : bool
        What the reply says of all its geometries; a geometry's own `hasZ` goes first.

    Raises
    ------
    MalformedError
        For what cannot be read, curves among it.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise MalformedGeometryError("the geometry is no object")
    if "coordinates" in geometry or "geometries" in geometry:
        return geojson_wkb(geometry)
    with_z = bool(geometry.get("hasZ", has_z))
    if "x" in geometry:
        return _point(geometry)
    if "points" in geometry:
        points = geometry["points"]
        shown = None if _is_empty(points) else _flat(points, with_z).tolist()
        return geojson_wkb({"type": "MultiPoint", "coordinates": shown}) if shown else None
    if "paths" in geometry:
        return multi_line_wkb([_flat(path, with_z) for path in _parts(geometry["paths"])])
    if "rings" in geometry:
        polygons = polygons_of([closed(_flat(ring, with_z)) for ring in _parts(geometry["rings"])])
        return polygon_wkb(polygons[0]) if len(polygons) == 1 else multi_polygon_wkb(polygons)
    if "curveRings" in geometry or "curvePaths" in geometry:
        raise MalformedGeometryError("curves are not read")
    if not geometry:
        return None
    raise MalformedGeometryError("no x, points, paths or rings")


def compact(row: Any) -> Any:
    """A feature with arrays in the place of its lists of positions; `json_geometry.compact` says why."""
    geometry = row.get("geometry") if isinstance(row, dict) else None
    if not isinstance(geometry, dict) or "coordinates" in geometry or "geometries" in geometry:
        return json_geometry.compact(row)
    for name in ("rings", "paths"):
        parts = geometry.get(name)
        if isinstance(parts, list):
            with suppress(MalformedGeometryError):
                geometry[name] = [positions(part) if part else part for part in parts]
    if not _is_empty(geometry.get("points")):
        with suppress(MalformedGeometryError):
            geometry["points"] = positions(geometry["points"])
    return row


def polygons_of(rings: list[Rows]) -> list[list[Rows]]:
    """Rings sorted into polygons: those that turn clockwise are outer rings, the others holes of the one around them.

    Where none turns clockwise, or a hole lies in no outer ring, how they lie in each other decides.
    """
    outer = [ring for ring in rings if _area(ring) < 0]
    holes = [ring for ring in rings if _area(ring) >= 0]
    if not outer:
        return _by_nesting(rings)
    found = [[ring] for ring in outer]
    if not holes:
        return found
    shapes = [shapely.Polygon(ring[:, :2]) for ring in outer]
    order = sorted(range(len(outer)), key=lambda number: shapes[number].area)
    for hole in holes:
        probe = _inner_point(hole)
        # The smallest outer ring around it, and not the island in it, where the point may lie.
        size = abs(_area(hole)) / 2
        owner = next((n for n in order if shapes[n].area >= size and shapes[n].covers(probe)), None)
        if owner is None:
            found.append([hole])
        else:
            found[owner].append(hole)
    return found


def _by_nesting(rings: list[Rows]) -> list[list[Rows]]:
    """Even depths are outer rings, odd ones holes of the ring around them."""
    shapes = [shapely.Polygon(ring[:, :2]) for ring in rings]
    order = sorted(range(len(rings)), key=lambda number: -shapes[number].area)
    owner_of: dict[int, int] = {}
    depth: dict[int, int] = {}
    for place, number in enumerate(order):
        probe = _inner_point(rings[number])
        around = [other for other in order[:place] if shapes[other].covers(probe)]
        depth[number] = len(around)
        if around:
            owner_of[number] = around[-1]
    found = {number: [rings[number]] for number in range(len(rings)) if depth[number] % 2 == 0}
    for number, level in depth.items():
        if level % 2:
            found[owner_of[number]].append(rings[number])
    return list(found.values())


def _inner_point(ring: Rows) -> shapely.Point:
    return shapely.Polygon(ring[:, :2]).representative_point()


def _area(ring: Rows) -> float:
    """Twice the signed area: negative for clockwise. Counted from the first corner, so that no digits are lost."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def _point(geometry: Mapping[str, Any]) -> bytes | None:
    x, y = geometry.get("x"), geometry.get("y")
    if x in (None, "NaN") or y in (None, "NaN"):
        return None
    east, north = service_metadata.number(x), service_metadata.number(y)
    if east is None or north is None:
        raise MalformedGeometryError("a coordinate is no number")
    return point_wkb(east, north, service_metadata.number(geometry.get("z")))


def _flat(value: object, with_z: bool) -> Rows:
    """Positions without their M."""
    found = positions(value)
    return found if with_z else np.ascontiguousarray(found[:, :2])


def _parts(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedGeometryError("paths or rings are no list")
    for part in value:
        if isinstance(part, list) and any(isinstance(step, dict) for step in part):
            raise MalformedGeometryError("curves are not read")
    return [part for part in value if not _is_empty(part)]


def _is_empty(part: object) -> bool:
    return not len(part) if isinstance(part, np.ndarray) else not part
