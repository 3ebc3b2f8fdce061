"""Where a scene stands on Earth: from a projected CRS and elevations to earth-centred coordinates of WGS 84."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common import crs as registry
from ..common.errors import InputError
from ..common.messages import Message

Floats = NDArray[np.float64]
AXIS_M, FLATTENING = 6378137.0, 1 / 298.257223563
"""Of the ellipsoid of WGS 84."""
_SQUARE = FLATTENING * (2 - FLATTENING)
GEOIDS = (
    ("EGM2008", "us_nga_egm08_25.tif"),
    ("EGM96", "us_nga_egm96_15.tif"),
    ("EGM2008", "egm08_25.gtx"),
    ("EGM96", "egm96_15.gtx"),
)
"""Grids of the whole Earth that PROJ may have, by preference, under their new and old names."""
SAME_DATUM = (4326, 4979, 4490, 4480, 4258, 4937)
"""Geographic CRS of WGS 84, CGCS2000 and ETRS89: they differ by less than a metre."""
_SAME_NAMES = ("China 2000", "World Geodetic System 1984")
COARSE_M = 2.0
STEP_DEG = 0.02
"""Between points at which the geoid is looked up: the grids have 0.04 degrees and more."""


def to_ecef(longitude: Floats, latitude: Floats, height_m: Floats) -> Floats:
    """Earth-centred x, y and z (EPSG:4978), shape (n, 3), of degrees on WGS 84 and m above its ellipsoid."""
    lon, lat = np.radians(longitude), np.radians(latitude)
    across = AXIS_M / np.sqrt(1 - _SQUARE * np.sin(lat) ** 2)
    x, y = ((across + height_m) * np.cos(lat) * turn(lon) for turn in (np.cos, np.sin))
    return np.column_stack([x, y, (across * (1 - _SQUARE) + height_m) * np.sin(lat)])


def beyond(west: float, longitude: Floats) -> Floats:
    """How far longitudes lie east of another one, from -180 to 180 degrees: across the meridian of 180 degrees too."""
    return np.asarray((longitude - west + 180) % 360 - 180)


@dataclass(frozen=True)
class LocalFrame:
    """East, north and up at a place of WGS 84, in metres.

    Attributes
    ----------
    longitude, latitude : float
        Degrees.
    height_m : float
        Above the ellipsoid.
    """

    longitude: float
    latitude: float
    height_m: float

    @property
    def origin(self) -> Floats:
        """The place, earth-centred, shape (3,)."""
        return to_ecef(*(np.array([v]) for v in (self.longitude, self.latitude, self.height_m)))[0]

    @property
    def axes(self) -> Floats:
        """East, north and up in earth-centred axes, by rows, shape (3, 3)."""
        lon, lat = math.radians(self.longitude), math.radians(self.latitude)
        east = (-math.sin(lon), math.cos(lon), 0.0)
        north = (-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat))
        up = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
        return np.array([east, north, up])

    def from_ecef(self, points: Floats) -> Floats:
        """Earth-centred points, shape (n, 3), in this frame."""
        return np.asarray((points - self.origin) @ self.axes.T)

    def matrix(self) -> list[float]:
        """From this frame to the Earth's, 16 numbers by columns, as 3D Tiles have them."""
        columns = np.zeros((4, 4))
        columns[:3, :3], columns[3, :3], columns[3, 3] = self.axes, self.origin, 1.0
        return [float(value) for value in columns.ravel()]


@dataclass(frozen=True, eq=False)
class Undulation:
    """How far the zero of elevations lies above the ellipsoid: one number, or a grid in degrees.

    Attributes
    ----------
    name : str
        The geoid, "" for a number that the user gave.
    west, south, step_deg : float
    values_m : ndarray of float64, shape (rows, columns), rows from the south
    bounds_deg : tuple of float, optional
        West, south, east and north of what it was looked up for; the grid is wider.
    """

    name: str
    west: float
    south: float
    step_deg: float
    values_m: Floats
    bounds_deg: tuple[float, float, float, float] | None = None

    @classmethod
    def constant(cls, offset_m: float) -> Undulation:
        """The same everywhere."""
        return cls("", 0.0, 0.0, 1.0, np.full((1, 1), float(offset_m)))

    def at(self, longitude: Floats, latitude: Floats) -> Floats:
        """Its values, bilinear, in metres; beyond the grid those of its edge."""
        rows, columns = self.values_m.shape
        if rows == columns == 1:
            return np.full(len(longitude), self.values_m[0, 0])
        x = np.clip(beyond(self.west, longitude) / self.step_deg, 0, columns - 1)
        y = np.clip((latitude - self.south) / self.step_deg, 0, rows - 1)
        column, row = (np.minimum(v.astype(np.int64), n - 2) for v, n in ((x, columns), (y, rows)))
        right, upper, z = x - column, y - row, self.values_m
        low = z[row, column] * (1 - right) + z[row, column + 1] * right
        high = z[row + 1, column] * (1 - right) + z[row + 1, column + 1] * right
        return np.asarray(low * (1 - upper) + high * upper)

    @property
    def span_m(self) -> tuple[float, float]:
        """Its least and greatest value within its bounds."""
        found = self.values_m
        if self.bounds_deg is not None:
            west, south, east, north = self.bounds_deg
            rows, columns = self.values_m.shape
            lon, lat = np.meshgrid(np.linspace(west, east, columns), np.linspace(south, north, rows))
            found = self.at(lon.ravel(), lat.ravel())
        return float(found.min()), float(found.max())


def undulation(bounds_deg: tuple[float, float, float, float], grids: Sequence[tuple[str, str]] = GEOIDS) -> Undulation:
    """The geoid of the first grid that PROJ has, over west, south, east and north in degrees.

    Raises
    ------
    InputError
        When there is none.
    """
    west, south, east, north = bounds_deg
    west, south = (math.floor(v / STEP_DEG - 1) * STEP_DEG for v in (west, south))
    columns, rows = (max(2, math.ceil((b - a) / STEP_DEG) + 2) for a, b in ((west, east), (south, north)))
    lon, lat = np.meshgrid(west + STEP_DEG * np.arange(columns), south + STEP_DEG * np.arange(rows))
    for name, grid in grids:
        steps = f"+proj=pipeline +step +proj=vgridshift +grids={grid} +multiplier=1"
        try:
            shift = registry.Transformer.from_pipeline(steps)
            _, _, found = shift.transform(lon.ravel(), lat.ravel(), np.zeros(lon.size), radians=False, errcheck=True)
        except registry.ProjError:
            continue
        if np.isfinite(found).all():
            return Undulation(name, west, south, STEP_DEG, np.asarray(found).reshape(lon.shape), bounds_deg)
    raise InputError(
        "No grid of a geoid is installed, so that the ellipsoidal heights of 3D Tiles are unknown: give "
        "GEOID_OFFSET_M, the height of the zero of your elevations above the ellipsoid of WGS 84, such as -3.1 in "
        "Shenzhen."
    )


@dataclass(frozen=True, eq=False)
class Earthing:
    """From a projected CRS with elevations to a local frame on Earth.

    Attributes
    ----------
    crs : str
        Code or WKT of the horizontal CRS.
    offset : Undulation
    frame : LocalFrame
    """

    crs: str
    offset: Undulation
    frame: LocalFrame

    def ecef(self, points: Floats) -> Floats:
        """Points x, y and elevation, shape (n, 3), earth-centred."""
        lon, lat = to_degrees(self.crs, points[:, 0], points[:, 1])
        return to_ecef(lon, lat, points[:, 2] + self.offset.at(lon, lat))

    def local(self, points: Floats) -> Floats:
        """The same in the frame."""
        return self.frame.from_ecef(self.ecef(points))


def to_degrees(crs: str, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude on WGS 84.

    Raises
    ------
    InputError
        Where a position lies outside what the projection can do.
    """
    lon, lat = (np.asarray(v) for v in registry.transformer(crs, "EPSG:4326").transform(x, y))
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise InputError(
            "A position of the buildings has no place on Earth in {crs}: set the CRS in which the layer is.",
            crs=crs[:60],
        )
    return lon, lat


def datum_note(crs: str) -> Message | None:
    """A warning where PROJ brings positions in a CRS to WGS 84 by metres only, or not at all; else None."""
    own = registry.horizontal(registry.CRS.from_user_input(crs)).geodetic_crs
    if own is None or own.to_epsg() in SAME_DATUM or (own.datum is not None and own.datum.name in _SAME_NAMES):
        return None
    found = registry.pyproj.transformer.TransformerGroup(crs, "EPSG:4326", always_xy=True).transformers
    accuracy = found[0].accuracy if found else -1.0
    if accuracy < 0:
        return Message(
            "PROJ knows no transformation from the datum {datum} to WGS 84 and takes both for the same: the tiles may "
            "lie a hundred metres off. Bring the layers to a CRS of CGCS2000 or WGS 84 first.",
            datum=own.name,
        )
    if accuracy < COARSE_M:
        return None
    return Message(
        "PROJ brings positions from {datum} to WGS 84 within {accuracy:g} m only.", datum=own.name, accuracy=accuracy
    )
