"""Rows of the outputs OUTLINES and ENVELOPE of twin:loadbim: surfaces in plan with their levels, and areas by kind."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from .footprint import polygons
from .model import Building, EnvelopeSide, Floats

Plane = tuple[float, float, float]


class OnMap(Protocol):
    """What carries model coordinates to the map: `rows.MapProjector`."""

    @property
    def georeferenced(self) -> bool: ...

    def points(self, local: Floats) -> Floats: ...

    def elevation(self, z: float | None) -> float | None: ...


def outline_rows(
    building: Building, building_id: str, projector: OnMap
) -> Iterator[tuple[BaseGeometry | None, dict[str, Any]]]:
    """Footprint and outline (LoD 0.2), flat roof parts (0.3) and roof planes (0.4) of a building.

    Parameters
    ----------
    building : Building
    building_id : str
    projector : OnMap

    Yields
    ------
    geometry, dict
        Polygons with z in the CRS of the output, None without a georeference; values by column of OUTLINE.
    """
    shell = building.shell
    surfaces: list[tuple[str, str, BaseGeometry, Plane]] = []
    if building.footprint is not None:
        surfaces.append(("0.2", "footprint", building.footprint, (0.0, 0.0, building.ground_m)))
    if building.outline is not None:
        surfaces.append(("0.2", "roof", building.outline, (0.0, 0.0, building.roof_m)))
    for lod, parts in (("0.3", shell.parts), ("0.4", shell.planes)) if shell is not None else ():
        surfaces += [(lod, "roof", part.shape, part.plane) for part in parts]
    numbers: Counter[str] = Counter()
    for lod, kind, shape, plane in surfaces:
        numbers[f"{lod}/{kind}"] += 1
        x, y = shapely.get_coordinates(shape).T
        slope = math.hypot(plane[0], plane[1])
        yield (
            _surface(shape, plane, projector),
            {
                "id": f"{building_id}/{lod}/{kind}/{numbers[f'{lod}/{kind}']}",
                "building_id": building_id,
                "lod": lod,
                "kind": kind,
                "elev_m": projector.elevation(float((plane[0] * x + plane[1] * y + plane[2]).max())),
                "area_m2": float(shape.area),
                "surface_m2": float(shape.area) * math.sqrt(1 + slope**2),
                "slope_deg": math.degrees(math.atan(slope)),
            },
        )


def _surface(shape: BaseGeometry, plane: Plane, projector: OnMap) -> MultiPolygon | None:
    """Polygons in a plane, on the map."""
    if not projector.georeferenced:
        return None

    def lifted(points: Floats) -> Floats:
        z = plane[0] * points[:, 0] + plane[1] * points[:, 1] + plane[2]
        return projector.points(np.column_stack([points[:, :2], z]))

    moved = shapely.transform(shapely.force_3d(shape), lifted, include_z=True)
    return MultiPolygon(polygons(moved)) if np.isfinite(moved.bounds).all() else None


def envelope_row(side: EnvelopeSide, building_id: str) -> dict[str, Any]:
    """The columns of ENVELOPE for a kind of surface of a building."""

    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    return {
        "id": f"{building_id}/{side.kind}",
        "building_id": building_id,
        "kind": side.kind,
        "elements": side.elements,
        "gross_area_m2": rounded(side.gross_area_m2),
        "net_area_m2": rounded(side.net_area_m2),
        "volume_m3": rounded(side.volume_m3),
        "lod": side.lod or None,
    }
