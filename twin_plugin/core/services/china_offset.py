"""The deliberate shift of Chinese coordinates: GCJ-02 and BD-09 to WGS 84 and back, for points and geometries.

The formulas are the published reconstruction that all open converters share (for example eviltransform and
coordtransform); their inverse is found here by a fixed point to 1e-6 m. The shift ends at the borders: the regions
table holds the rule of thumb of the same converters for the mainland, with Taiwan outside, and real boundaries of Hong
Kong and Macau, where the shift does not apply. BD-09's second shift, which Baidu adds on top, has no such border.

Where shifted positions of the mainland and unshifted ones of Hong Kong overlap, some 600 m along the border,
coordinates alone cannot tell them apart: they count as the mainland's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..common.csv_table import read_rows
from ..common.errors import InputError
from .record import Offset

Points = NDArray[np.float64]
"""Shape (n, 2): longitude and latitude in degrees. NaN stays NaN."""

_AXIS_M = 6378245.0  # Krasovsky's ellipsoid
_ECCENTRICITY2 = 0.00669342162296594323
_BAIDU = math.pi * 3000.0 / 180.0
_CLOSE_DEG = 1e-6 / 111_320.0 / 4
_STEPS = 20


@dataclass(frozen=True)
class Regions:
    """Where the shift applies: inside `applies` and outside `exempt`."""

    applies: BaseGeometry
    exempt: BaseGeometry

    def shifted(self, points: Points) -> NDArray[np.bool_]:
        """Which points, in WGS 84, lie where the shift applies."""
        longitude, latitude = points[:, 0], points[:, 1]
        inside = shapely.contains_xy(self.applies, longitude, latitude)
        return inside & ~shapely.contains_xy(self.exempt, longitude, latitude)


def read_regions(path: Path) -> Regions:
    """The regions of a table with the columns region, kind (applies, exempt), longitude and latitude.

    Raises
    ------
    InputError
        Where the table cannot be read.
    """
    rings: dict[tuple[str, str], list[tuple[float, float]]] = {}
    try:
        for row in read_rows(path):
            corner = (float(row["longitude"]), float(row["latitude"]))
            rings.setdefault((row["region"], row["kind"]), []).append(corner)
        kinds = {
            kind: shapely.union_all([shapely.Polygon(ring) for (_, of), ring in rings.items() if of == kind])
            for kind in ("applies", "exempt")
        }
    except (KeyError, ValueError, shapely.errors.ShapelyError) as error:
        raise InputError(
            "The table of regions '{path}' cannot be read ({error}): it needs the columns region, kind, "
            "longitude and latitude, at least three corners for each region, and WGS 84 degrees.",
            path=path,
            error=error,
        ) from error
    for geometry in kinds.values():
        shapely.prepare(geometry)
    return Regions(kinds["applies"], kinds["exempt"])


def from_wgs84(points: Points, offset: Offset, regions: Regions) -> Points:
    """WGS 84 to the shifted coordinates.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees.
    offset : Offset
    regions : Regions

    Returns
    -------
    ndarray of float64, shape (n, 2)
    """
    points = np.asarray(points, float)
    if offset is Offset.NONE:
        return points.copy()
    shifted = np.where(regions.shifted(points)[:, None], points + _gcj_shift(points), points)
    return shifted if offset is Offset.GCJ02 else shifted + _baidu_shift(shifted)


def to_wgs84(points: Points, offset: Offset, regions: Regions) -> Points:
    """Shifted coordinates to WGS 84, to 1e-6 m; shapes as in `from_wgs84`."""
    points = np.asarray(points, float)
    if offset is Offset.NONE:
        return points.copy()
    if offset is Offset.BD09:
        points = _solved(points, _baidu_shift)
    unshifted = _solved(points, _gcj_shift)
    return np.where(regions.shifted(unshifted)[:, None], unshifted, points)


def corrected(geometries: Iterable[BaseGeometry | None], offset: Offset, regions: Regions) -> NDArray[np.object_]:
    """Geometries in shifted longitude and latitude, moved to WGS 84; None stays None and heights stay as they are."""
    array = np.array(list(geometries), dtype=object)
    if offset is Offset.NONE or not len(array):
        return array
    flat = array.reshape(-1)
    height = shapely.has_z(flat)
    for has_z in (False, True):
        chosen = (height == has_z) & ~shapely.is_missing(flat)
        if chosen.any():
            flat[chosen] = shapely.transform(
                flat[chosen], lambda coordinates: _moved(coordinates, offset, regions), include_z=has_z
            )
    return flat


def _moved(coordinates: NDArray[np.float64], offset: Offset, regions: Regions) -> NDArray[np.float64]:
    moved = coordinates.copy()
    moved[:, :2] = to_wgs84(coordinates[:, :2], offset, regions)
    return moved


def _solved(target: Points, shift: Callable[[Points], Points]) -> Points:
    """The points that the shift brings to `target`. Its slope is below 0.01, so that three or four steps do."""
    points = target.copy()
    for _ in range(_STEPS):
        step = target - (points + shift(points))
        points = points + step
        if not np.nanmax(np.abs(step), initial=0.0) > _CLOSE_DEG:
            break
    return points


def _gcj_shift(points: Points) -> Points:
    """Degrees of longitude and latitude that GCJ-02 adds."""
    x, y = points[:, 0] - 105.0, points[:, 1] - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    latitude = np.radians(points[:, 1])
    magic = 1.0 - _ECCENTRICITY2 * np.sin(latitude) ** 2
    meridian = _AXIS_M * (1.0 - _ECCENTRICITY2) / (magic * np.sqrt(magic))
    parallel = _AXIS_M / np.sqrt(magic) * np.cos(latitude)
    return np.stack([np.degrees(east / parallel), np.degrees(north / meridian)], axis=1)


def _baidu_shift(points: Points) -> Points:
    """Degrees of longitude and latitude that BD-09 adds to GCJ-02."""
    x, y = points[:, 0], points[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return np.stack([radius * np.cos(angle) + 0.0065 - x, radius * np.sin(angle) + 0.006 - y], axis=1)
