"""Places from which people look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..common.prisms import Bools, Floats, Prisms


@dataclass(frozen=True, eq=False)
class Observers:
    """Eyes at places of the map.

    Attributes
    ----------
    x, y, eye_m : ndarray of float64, shape (n,)
        Metres in the CRS of the review; the elevation of the eye.
    along_m : ndarray of float64, shape (n,)
        Distance along the path; NaN for single points.
    ids, names : tuple of str
        Of each observer; on a path "PATH/1", "PATH/2" and so on.
    """

    x: Floats
    y: Floats
    eye_m: Floats
    along_m: Floats
    ids: tuple[str, ...]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.x)

    def keep(self, rows: Bools) -> Observers:
        """Some of them."""
        chosen = np.flatnonzero(rows).tolist()
        ids, names = (tuple(texts[row] for row in chosen) for texts in (self.ids, self.names))
        return Observers(self.x[rows], self.y[rows], self.eye_m[rows], self.along_m[rows], ids, names)


def inside(observers: Observers, prisms: Prisms) -> Bools:
    """Which observers look from within a body: they would see nothing but its walls."""
    found = np.zeros(len(observers), bool)
    if not len(prisms):
        return found
    points = shapely.points(observers.x, observers.y)
    who, prism = shapely.STRtree(prisms.outlines).query(points, predicate="within")
    eye = observers.eye_m[who]
    found[who[(eye > prisms.bottom_m[prism]) & (eye < prisms.top_m[prism])]] = True
    return found


def along(line: shapely.LineString, spacing_m: float) -> tuple[Floats, Floats, Floats]:
    """Points along a line at equal distances of at most a spacing, both ends among them: x, y, distance."""
    length = float(shapely.length(line))
    number = max(int(np.ceil(length / spacing_m - 1e-9)), 1)
    at = np.linspace(0.0, length, number + 1)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    return points[:, 0], points[:, 1], at
