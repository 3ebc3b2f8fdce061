"""Solids of buildings for 3D views: the footprint drawn up from the base to the roof."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .footprint import polygons


def extrude(shape: BaseGeometry, base_m: float, roof_m: float) -> MultiPolygon:
    """The walls, floor and roof of a prism as polygons with z.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        Plan of the prism.
    base_m, roof_m : float
        Elevation of its floor and of its roof.
    """
    faces: list[Polygon] = []
    for polygon in polygons(shapely.force_2d(shape)):
        flat = shapely.orient_polygons(polygon) if hasattr(shapely, "orient_polygons") else polygon
        for z, up in ((roof_m, True), (base_m, False)):
            shell = _lift(flat.exterior, z, up)
            faces.append(Polygon(shell, [_lift(ring, z, up) for ring in flat.interiors]))
        for ring in (flat.exterior, *flat.interiors):
            corners = np.asarray(ring.coords)[:, :2]
            for (x0, y0), (x1, y1) in pairwise(corners):
                faces.append(Polygon([(x0, y0, base_m), (x1, y1, base_m), (x1, y1, roof_m), (x0, y0, roof_m)]))
    return MultiPolygon(faces)


def _lift(ring: LinearRing, z: float, up: bool) -> list[tuple[float, float, float]]:
    points = [(float(x), float(y), z) for x, y in np.asarray(ring.coords)[:, :2]]
    return points if up else points[::-1]
