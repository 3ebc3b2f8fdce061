"""Footprints of many buildings in little memory: their WKB, and what is asked of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray, IntArray
from ..common.progress import Progress, advance, silent

CHUNK = 20_000
"""Geometries that exist at one time; one of shapely's fills several times the memory of its WKB."""
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class Footprints:
    """Polygons of n buildings.

    Attributes
    ----------
    wkb : ndarray of bytes or None, shape (n,)
    box : ndarray of float64, shape (n, 4)
        West, south, east and north; NaN where there is none.
    x, y : ndarray of float64, shape (n,)
        Of the centroid; NaN where there is none.
    flat : ndarray of bool, shape (n,)
        Whether the area is 0, also of empty ones.
    parts : ndarray of int64, shape (n,)
        Polygons of each; 0 where it is missing or empty.
    others : int
        Geometries that were no polygons and count as missing.
    """

    wkb: NDArray[np.object_]
    box: FloatArray
    x: FloatArray
    y: FloatArray
    flat: NDArray[np.bool_]
    parts: IntArray
    others: int = 0

    def __len__(self) -> int:
        return len(self.wkb)

    @classmethod
    def of(cls, shapes: NDArray[Any], progress: Progress = silent) -> Footprints:
        """Those of an array of shapely geometries, None where there is none."""
        starts = range(0, len(shapes), CHUNK)
        return cls.joined([cls._of_few(shapes[low : low + CHUNK]) for low in starts if _go_on(progress, low, shapes)])

    @classmethod
    def joined(cls, several: Iterable[Footprints]) -> Footprints:
        """Several, one after the other."""
        pieces = list(several) or [cls._of_few(np.empty(0, object))]
        names = [name for name in cls.__dataclass_fields__ if name != "others"]
        values: dict[str, Any] = {name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in names}
        return cls(**values | {"others": sum(piece.others for piece in pieces)})

    @classmethod
    def _of_few(cls, given: NDArray[Any]) -> Footprints:
        shapes, others = polygons_only(np.array(given, object))
        parts = np.where(shapely.is_empty(shapes), 0, np.maximum(shapely.get_num_geometries(shapes), 0))
        box = shapely.bounds(shapes).reshape(-1, 4)
        x, y = centroids(shapes)
        return cls(shapely.to_wkb(shapes, include_srid=False), box, x, y, shapely.area(shapes) == 0, parts, others)

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which are missing or empty."""
        return self.parts == 0

    def shapes(self, rows: IntArray | slice) -> NDArray[Any]:
        """The geometries of some rows."""
        return np.asarray(shapely.from_wkb(self.wkb[rows]), object)

    def off(self, cells: Cells) -> NDArray[np.bool_]:
        """Which have their centroid outside the raster; False for those without geometry."""
        return np.asarray((cells.index(self.x, self.y) < 0) & np.isfinite(self.x))

    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all; NaN where there are none."""
        if np.isnan(self.box).all():
            return (np.nan,) * 4
        low, high = np.nanmin(self.box[:, :2], axis=0), np.nanmax(self.box[:, 2:], axis=0)
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _go_on(progress: Progress, low: int, shapes: NDArray[Any]) -> bool:
    advance(progress, low / len(shapes))
    return True


def polygons_only(shapes: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """Polygons as they are, those of collections together, and how many geometries are left out as None."""
    kinds = shapely.get_type_id(shapes)
    other = (kinds >= 0) & ~np.isin(kinds, _AREAS)
    if not other.any():
        return shapes, 0
    shapes = np.array(shapes, object)
    for row in np.flatnonzero(other):
        parts = shapely.get_parts(shapely.get_parts(shapes[row]))
        parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        shapes[row] = shapely.multipolygons(parts) if len(parts) else None
    return shapes, int(shapely.is_missing(shapes[other]).sum())


def centroids(footprints: NDArray[Any]) -> tuple[FloatArray, FloatArray]:
    """x and y of the centroids; NaN for missing and empty footprints."""
    shapes = np.array(footprints, object)
    # GEOS refuses the centroid of a ring of three points, which comes back to its first one.
    for row in np.flatnonzero(shapely.area(shapes) == 0):
        shapes[row] = shapely.multipoints(shapely.get_coordinates(shapes[row]))
    points = np.array(shapely.centroid(shapes), object)
    points[shapely.is_empty(points)] = None  # also of shapes with infinite coordinates
    return shapely.get_x(points), shapely.get_y(points)
