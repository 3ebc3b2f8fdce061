"""Names of coordinate reference systems, their areas of use, and transformations between them."""

from __future__ import annotations

import math
import os
import re
import sys
import warnings
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

with warnings.catch_warnings():
    # A system's pyproj looks for its data below the virtual environment, finds none and warns.
    warnings.simplefilter("ignore")
    import pyproj
    from pyproj import CRS, Transformer
    from pyproj.aoi import AreaOfUse
    from pyproj.exceptions import CRSError, DataDirError, ProjError


def _set_data_folder() -> None:
    """Let pyproj read its data where they are installed.

    Newer ones find none in a virtual environment, and then know no CRS; older ones take a proj.db of the current
    folder, which may be one of somebody else's models, for their own.
    """
    try:
        found = pyproj.datadir.get_data_dir().split(os.pathsep)
    except DataDirError:
        found = []
    installed = [str(Path(prefix) / "share" / "proj") for prefix in (sys.prefix, sys.base_prefix)]
    given = [folder for folder in found if os.path.isabs(folder)]
    folders = [folder for folder in given or installed if (Path(folder) / "proj.db").is_file()]
    if folders and folders != found:
        pyproj.datadir.set_data_dir(os.pathsep.join(dict.fromkeys(folders)))


_set_data_folder()

MARGIN_DEG = 1.0
_AUTHORITY = re.compile(r"(?:^|[^A-Z])(EPSG|ESRI|IGNF)[\s:_/#-]*(?:[\d.]*:)?(\d{4,6})\b", re.IGNORECASE)


def parse(name: str | None) -> CRS | None:
    """The CRS that a name, code, WKT or PROJ string stands for; None when it is empty or unknown.

    Accepts "EPSG:28992", "28992", "urn:ogc:def:crs:EPSG::28992", a name in the EPSG register, WKT and compound codes.
    """
    return _parse((name or "").strip())


@lru_cache(maxsize=256)
def _parse(text: str) -> CRS | None:
    if not text:
        return None
    found = _AUTHORITY.search(text) if "[" not in text else None
    candidates = [f"EPSG:{text}"] if text.isdigit() else [text]
    if found:
        # A compound code (EPSG:4547+5737) is known as it is; whatever stands around a single one is not.
        candidates.insert(1 if "+" in text else 0, f"{found.group(1).upper()}:{found.group(2)}")
    for candidate in candidates:
        try:
            crs = CRS.from_user_input(candidate)
        except (CRSError, ProjError, ValueError):
            continue
        flat = horizontal(crs)
        if flat.is_projected or flat.is_geographic:
            return crs
    return None


def horizontal(crs: CRS) -> CRS:
    """The horizontal part of a compound or bound CRS."""
    if crs.is_compound:
        return horizontal(crs.sub_crs_list[0])
    if crs.is_bound and crs.source_crs is not None:
        return horizontal(crs.source_crs)
    return crs


def label(crs: CRS) -> str:
    """Authority code of a CRS where it has one, else its PROJ string or WKT."""
    return _label(crs.srs)


@lru_cache(maxsize=256)
def _label(written: str) -> str:
    """The label of a CRS by how it is written; looking its code up takes longer than anything else that is asked."""
    crs = CRS.from_user_input(written)
    authority = crs.to_authority()
    if authority is None and crs.to_epsg() is not None:
        authority = ("EPSG", str(crs.to_epsg()))
    return f"{authority[0]}:{authority[1]}" if authority else str(crs.srs if crs.srs.startswith("+") else crs.to_wkt())


def unit_m(crs: CRS) -> float:
    """Metres in one unit of the CRS's first axis; 1 for degrees."""
    axis = crs.axis_info[0] if crs.axis_info else None
    return float(axis.unit_conversion_factor) if axis is not None and crs.is_projected else 1.0


@lru_cache(maxsize=512)
def transformer(source: str, target: str) -> Transformer:
    """A remembered transformer of (x or longitude, y or latitude) between two CRS given as strings."""
    return Transformer.from_crs(source, target, always_xy=True)


def transform(source: str, target: str, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2 or more) from one CRS to another; further columns stay as they are."""
    if source == target or not len(points):
        return points
    x, y = transformer(source, target).transform(points[:, 0], points[:, 1])
    result = np.array(points, dtype=np.float64, copy=True)
    result[:, 0], result[:, 1] = x, y
    return result


def _area(crs: CRS) -> AreaOfUse | None:
    """The area of use of a CRS; of one given as WKT without any, that of the CRS which it is by its parameters."""
    area = crs.area_of_use
    return area if area is not None or crs.srs.startswith("+") else _area_of_wkt(crs.srs)


@lru_cache(maxsize=64)
def _area_of_wkt(wkt: str) -> AreaOfUse | None:
    code = CRS.from_user_input(wkt).to_epsg()
    return None if code is None else CRS.from_epsg(code).area_of_use


def in_area(crs: CRS, x: float, y: float) -> bool | None:
    """Whether a point lies in the area of use of a CRS (with a margin of 1 degree); None when the CRS names no area."""
    area = _area(crs)
    if area is None or not (math.isfinite(x) and math.isfinite(y)):
        return None if area is None else False
    lonlat = to_lonlat(crs, x, y)
    return lonlat is not None and area_holds(crs, *lonlat)


def area_of(crs: CRS | None) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the area of use of a CRS; None where it names none."""
    area = None if crs is None else _area(crs)
    return None if area is None else (area.west, area.south, area.east, area.north)


def area_holds(crs: CRS, lon: float, lat: float) -> bool | None:
    """Whether a longitude and latitude lie in the area of use of a CRS; None when the CRS names no area."""
    area = _area(crs)
    if area is None:
        return None
    west, east = area.west - MARGIN_DEG, area.east + MARGIN_DEG
    inside_lon = west <= lon <= east if area.west <= area.east else lon >= west or lon <= east
    return bool(inside_lon and area.south - MARGIN_DEG <= lat <= area.north + MARGIN_DEG)


def to_lonlat(crs: CRS, x: float, y: float) -> tuple[float, float] | None:
    """Longitude and latitude of a point, on the CRS's own datum; None outside what the projection can do."""
    if crs.is_geographic:
        return (x, y) if abs(x) <= 360 and abs(y) <= 90 else None
    geodetic = crs.geodetic_crs
    if geodetic is None:
        return None
    there = transformer(label(crs), label(geodetic))
    try:
        lon, lat = there.transform(x, y, errcheck=True)
        back_x, back_y = there.transform(lon, lat, direction="INVERSE", errcheck=True)
    except ProjError:
        return None
    if not (math.isfinite(lon) and math.isfinite(lat)) or math.hypot(back_x - x, back_y - y) > 1.0 + 1e-6 * math.hypot(
        x, y
    ):
        return None
    return float(lon), float(lat)


def local_plane(lat_deg: float, lon_deg: float, geodetic: str = "") -> str:
    """PROJ string of the east-north plane that touches the earth at a point (by default of WGS 84)."""
    ellipsoid = geodetic or "+datum=WGS84"
    return (
        f"+proj=aeqd +lat_0={lat_deg:.12g} +lon_0={lon_deg:.12g} +x_0=0 +y_0=0 {ellipsoid} +units=m +no_defs +type=crs"
    )


def utm(lat_deg: float, lon_deg: float) -> str:
    """Code of the WGS 84 UTM zone of a point."""
    zone = min(60, max(1, int((lon_deg + 180.0) // 6.0) + 1))
    return f"EPSG:{(32600 if lat_deg >= 0 else 32700) + zone}"


_ZONES = {4490: (4513, 4491), 4610: (2349, 2327), 4214: (2401, 21413)}
"""Codes of the Gauss-Krueger zones 25 (of 3 degrees) and 13 (of 6) by datum: CGCS2000, Xian 1980, Beijing 1954."""


def zoned(x: float, y: float, like: CRS | None = None) -> str | None:
    """The Chinese Gauss-Krueger CRS with zone prefix of an easting such as 38505955; None when it has no prefix.

    It is of the datum of `like`, and none where that is not one of China's; without `like` it is of CGCS2000.
    """
    zone = int(x // 1_000_000)
    if not (0 < y < 7_000_000) or not 200_000 < x - zone * 1_000_000 < 800_000:
        return None
    datum = 4490
    if like is not None:
        geodetic = like.geodetic_crs
        datum = (geodetic.to_epsg() or 0) if geodetic is not None else 0
    if datum not in _ZONES:
        return None
    narrow, wide = _ZONES[datum]
    if 25 <= zone <= 45:
        return f"EPSG:{narrow + zone - 25}"
    if 13 <= zone <= 23:
        return f"EPSG:{wide + zone - 13}"
    return None


def in_zone(name: str | None, x: float, y: float) -> bool:
    """Whether a point lies in the area of the CRS of a zone, as `zoned` names it."""
    zone = parse(name)
    return zone is not None and in_area(zone, x, y) is not False


def carried_prefix_m(crs: CRS, x: float, y: float) -> float:
    """The zone prefix that an easting carries although the CRS has none; 0 where it carries none.

    32,000,000 of 32,458,657 in EPSG:25832, whose form with prefix is EPSG:4647. The prefix has to be the number of the
    CRS's own zone: of UTM, or of 1, 3 or 6 degrees, and the point without it in the area of the CRS.
    """
    operation, number = crs.coordinate_operation, int(x // 1e6)
    if operation is None or number < 1 or unit_m(crs) != 1.0 or prefix_m(crs):
        return 0.0
    given = {p.name: float(p.value) for p in operation.params}
    middle = given.get("Longitude of natural origin")
    if middle is None:
        return 0.0
    numbers = {round(zone, 6) for zone in ((middle + 183.0) / 6.0, middle / 3.0, (middle + 3.0) / 6.0, middle)}
    return number * 1e6 if number in numbers and in_area(crs, x - number * 1e6, y) else 0.0


def prefix_m(crs: CRS) -> float:
    """The zone prefix in the eastings of a CRS (38,000,000 for a false easting of 38,500,000); 0 where it has none."""
    operation = crs.coordinate_operation
    given = {p.name: float(p.value) for p in operation.params} if operation is not None else {}
    return given.get("False easting", 0.0) // 1e6 * 1e6


def vertical(name: str, crs: CRS | None = None) -> str:
    """What to call a vertical datum: as a model names it, or the vertical part of a compound CRS; "" for none."""
    name = name.strip()
    found = None
    if name:
        code = _AUTHORITY.search(name)
        try:
            found = CRS.from_user_input(f"{code.group(1).upper()}:{code.group(2)}" if code else name)
        except (CRSError, ProjError, ValueError):
            return name
        return f"{name} ({found.name})" if found.is_vertical and found.name != name else name
    parts = crs.sub_crs_list if crs is not None and crs.is_compound else []
    return next((str(part.name) for part in parts if part.is_vertical), "")


def is_projected(name: str) -> bool:
    """Whether a stored label stands for a projected CRS of a register (not for a local plane)."""
    crs = None if name.startswith("+proj=aeqd") else parse(name)
    return crs is not None and horizontal(crs).is_projected


__all__ = ["CRS", "CRSError", "ProjError", "Transformer", "pyproj"]
"""What other modules take from here of pyproj, so that its data are found first."""
