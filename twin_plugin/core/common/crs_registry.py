"""Coordinate reference systems as services name them: one name for each, its axis order, and transformations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .bbox import BoundingBox
from .crs import CRS, CRSError, ProjError, Transformer
from .errors import InputError

CRS84 = "OGC:CRS84"
WGS84 = "EPSG:4326"

_CRS84 = re.compile(r"(?:.*[:/#])?CRS:?84(h?)", re.IGNORECASE)
_WGS84 = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:*)?WGS[\s_]*(?:19)?84", re.IGNORECASE)
_URN = re.compile(r"urn:(?:x-)?ogc:def:crs:(\w+):(?:[^:]*:)?([\w.]+)", re.IGNORECASE)
_HTTP = re.compile(r"https?://(?:www\.)?opengis\.net/def/crs/(\w+)/[^/]*/([\w.]+)", re.IGNORECASE)
_GML = re.compile(r"https?://(?:www\.)?opengis\.net/gml/srs/(\w+)\.xml#(\w+)", re.IGNORECASE)
_PLAIN = re.compile(r"(EPSG|ESRI|IGNF|OGC|USER|AUTO2?)\s*[:_]+\s*([\w.]+)", re.IGNORECASE)
_COMPOUND = re.compile(r"urn:(?:x-)?ogc:def:crs,crs:(\w+):[^:]*:([\w.]+)", re.IGNORECASE)
# Old and foreign codes of the web Mercator projection.
_MERCATOR = ("EPSG:900913", "EPSG:102100", "EPSG:102113", "EPSG:3785", "ESRI:102100", "ESRI:102113")
_ALIASES = dict.fromkeys(_MERCATOR, "EPSG:3857") | {"EPSG:404000": ""}


def canonical(name: str | int | None) -> str:
    """One name for a CRS however a service writes it: "EPSG:4490", "OGC:CRS84", "USER:100001"; "" for none.

    Takes EPSG codes alone and with prefix, URNs, http addresses, GML's old addresses, CRS84 in all its forms, codes of
    ArcGIS and QGIS's user CRSs. Other texts (WKT, PROJ) come back as they are where PROJ understands them, else as "".
    """
    text = str(name if name is not None else "").strip()
    if not text:
        return ""
    if text.isdigit():
        return _by_code(int(text))
    # GeoNetwork's "urn:ogc:def:crs:::WGS 1984" is a name without a code, and comes with longitude first.
    if _CRS84.fullmatch(text) or _WGS84.fullmatch(text):
        return CRS84
    for pattern in (_COMPOUND, _URN, _HTTP, _GML, _PLAIN):
        found = pattern.match(text)
        if found:
            code = f"{found.group(1).upper()}:{found.group(2)}"
            return CRS84 if code.startswith("OGC:") and "84" in code else _ALIASES.get(code, code)
    return text if len(text) > 20 and _crs(text) is not None else ""


def _by_code(code: int) -> str:
    """EPSG's code, or ESRI's where EPSG has none, as ArcGIS mixes them."""
    name = _ALIASES.get(f"EPSG:{code}", f"EPSG:{code}")
    if _crs(name) is None and _crs(f"ESRI:{code}") is not None:
        return f"ESRI:{code}"
    return name


def authority_swapped(name: str) -> bool:
    """Whether the authority puts latitude or northing first: EPSG:4326, 4490, 4547 and 4526 do, CRS84 does not."""
    crs = _crs(canonical(name))
    directions = [axis.direction.lower() for axis in crs.axis_info[:2]] if crs is not None else []
    # In polar projections both axes run north or south; their first is x.
    polar = len(directions) == 2 and directions[0] == directions[1]
    return bool(directions) and directions[0] in ("north", "south") and not polar


def swapped(name: str) -> bool:
    """Whether coordinates beside this very name come with y first in WFS, GML and CSW.

    A URN or an http address of the definition means the authority's order; "EPSG:4326" and GML's old address mean
    x first, by the custom of WFS 1.0 that servers keep.
    """
    text = name.strip()
    return any(pattern.match(text) for pattern in (_URN, _HTTP, _COMPOUND)) and authority_swapped(text)


def swapped_in_wms(name: str, version: str) -> bool:
    """Whether WMS wants boxes with y first: the authority's order from 1.3 on, x first before."""
    return version >= "1.3" and authority_swapped(name)


def urn(name: str) -> str:
    """The URN of a CRS, which tells the axis order; the name itself where there is none."""
    if name == CRS84:
        return "urn:ogc:def:crs:OGC:1.3:CRS84"
    authority, _, code = name.partition(":")
    return f"urn:ogc:def:crs:{authority}::{code}" if code and authority in ("EPSG", "ESRI") else name


def known(name: str) -> bool:
    """Whether PROJ knows a CRS."""
    return _crs(canonical(name)) is not None


def definition(name: str) -> CRS | None:
    """What PROJ knows of a CRS; None where it does not know it."""
    return _crs(canonical(name))


def is_geographic(name: str) -> bool:
    """Whether coordinates in a CRS are degrees."""
    crs = _crs(canonical(name))
    return crs is not None and bool(crs.is_geographic)


def has_heights(name: str) -> bool:
    """Whether positions in a CRS have three numbers: geographic with ellipsoidal height, or compound."""
    crs = definition(name)
    return crs is not None and len(crs.axis_info) == 3 and not crs.is_geocentric


@lru_cache(maxsize=512)
def _crs(name: str) -> CRS | None:
    if not name or name.startswith(("USER:", "AUTO")):
        return None
    try:
        return CRS.from_user_input(name)
    except (CRSError, ProjError, ValueError):
        return None


@dataclass(frozen=True)
class CrsRegistry:
    """Transformations between CRSs by name.

    Attributes
    ----------
    users : mapping of str to str
        WKT or PROJ text of the CRSs that a person made in QGIS, by "USER:100001".
    """

    users: Mapping[str, str] | None = None

    def transformer(self, source: str, target: str) -> Transformer:
        """x first on both sides.

        Raises
        ------
        InputError
            Where one of the CRSs is not known.
        """
        return _transformer(self._definition(source), self._definition(target))

    def transformed(self, geometry: BaseGeometry, source: str, target: str) -> BaseGeometry:
        """The geometry in another CRS; heights stay as they are.

        Raises
        ------
        InputError
            Where a CRS is not known or the geometry lies beyond what it can hold.
        """
        if canonical(source) == canonical(target):
            return geometry
        change = self.transformer(source, target)

        def moved(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
            x, y = change.transform(coordinates[:, 0], coordinates[:, 1])
            if not (np.isfinite(x).all() and np.isfinite(y).all()):
                raise InputError(
                    "A position cannot be brought from {source} to {target}: it lies outside of it.",
                    source=source,
                    target=target,
                )
            return np.column_stack([x, y, *coordinates.T[2:]])

        return shapely.transform(geometry, moved, include_z=bool(geometry.has_z))

    def bounds(self, box: BoundingBox, target: str) -> tuple[float, float, float, float]:
        """(min x, min y, max x, max y) in `target` around a box in degrees that does not cross the 180th meridian."""
        if canonical(target) in (CRS84, WGS84):
            return box.west, box.south, box.east, box.north
        change = self.transformer(CRS84, target)
        found = change.transform_bounds(box.west, box.south, box.east, box.north, densify_pts=21)
        if not np.isfinite(found).all():
            raise InputError("The area asked for lies outside of {target}: choose a smaller one.", target=target)
        return found

    def box(self, bounds: tuple[float, float, float, float], source: str) -> BoundingBox | None:
        """The box in degrees around bounds (min x, min y, max x, max y) in a CRS; None where that is impossible."""
        try:
            change = self.transformer(source, CRS84)
            west, south, east, north = change.transform_bounds(*bounds, densify_pts=21)
        except (InputError, ProjError):
            return None
        return clamped(west, south, east, north)

    def _definition(self, name: str) -> str:
        code = canonical(name)
        definition = (self.users or {}).get(code, code)
        if _crs(definition) is None:
            raise InputError(
                "The coordinate system '{name}' is not known: give the service another one in its record.", name=name
            )
        return definition


def clamped(west: float, south: float, east: float, north: float) -> BoundingBox | None:
    """A box in degrees, cut at the poles and the 180th meridian; None for what is no box."""
    values = np.array([west, south, east, north], float)
    if not np.isfinite(values).all() or south > min(north, 90) or north < -90 or max(abs(west), abs(east)) > 540:
        return None
    if east - west >= 360:
        west, east = -180.0, 180.0
    return BoundingBox(max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north))


@lru_cache(maxsize=128)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(_crs(source), _crs(target), always_xy=True)


@dataclass(frozen=True)
class Guess:
    """A CRS guessed from coordinates, "" for none; `note` says what was assumed, `swap` that northing comes first."""

    crs: str = ""
    note: str = ""
    swap: bool = False


def guess(bounds: tuple[float, float, float, float]) -> Guess:
    """The CRS of coordinates whose service names none, from (min x, min y, max x, max y).

    Degrees, web Mercator over China, and Gauss-Krueger with the number of the zone before the easting: 13 to 23 for
    zones of 6 degrees, 25 to 45 for those of 3. The datum cannot be seen from the numbers; CGCS2000 is taken.
    """
    low_x, low_y, high_x, high_y = bounds
    if not np.isfinite(bounds).all():
        return Guess()
    if low_x >= -180 and high_x <= 180 and low_y >= -90 and high_y <= 90:
        return Guess(CRS84, "degrees were taken for WGS 84")
    for swap in (False, True):
        x, y = ((low_x, high_x), (low_y, high_y)) if not swap else ((low_y, high_y), (low_x, high_x))
        zone = _zone(*x) if y[0] > 1.5e6 and y[1] < 6.2e6 else 0
        if zone:
            code = 4491 + zone - 13 if zone < 24 else 4513 + zone - 25
            order = ", northing first" if swap else ""
            note = f"eastings with zone {zone}{order} were taken for CGCS2000 Gauss-Krueger"
            return Guess(f"EPSG:{code}", note, swap)
    if low_x > 8.0e6 and high_x < 1.55e7 and low_y > 1.9e6 and high_y < 7.2e6:
        return Guess("EPSG:3857", "coordinates were taken for web Mercator")
    return Guess()


def _zone(low: float, high: float) -> int:
    """The zone before eastings, 0 for none: the same for both, and what follows within 350 km of the middle."""
    zone = int(low // 1e6)
    if zone != int(high // 1e6) or not (13 <= zone <= 23 or 25 <= zone <= 45):
        return 0
    reach = (low - zone * 1e6 - 5e5, high - zone * 1e6 - 5e5)
    return zone if reach[0] >= -3.5e5 and reach[1] <= 3.5e5 else 0
