"""Compares ground floors with a terrain: one that is far off means another datum or unit, or a wrong place."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
    QgsRasterLayer,
)

from ...core.bim.warnings import coded
from ...core.common.warnings import CodedMessage
from ..kernel.raster_kinds import TERRAIN
from ..kernel.raster_units import layer_factor

FAR_M = 5.0
"""A ground floor that is farther than this from the terrain gets a warning."""


class Ground:
    """A terrain that is asked in another CRS.

    Parameters
    ----------
    terrain : QgsRasterLayer
        Elevations in its first band, in metres or the unit that it names, no data where there are none.
    crs : QgsCoordinateReferenceSystem
        CRS of the points it is asked at.
    context : QgsCoordinateTransformContext
    """

    def __init__(
        self, terrain: QgsRasterLayer, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
    ) -> None:
        self.way = QgsCoordinateTransform(crs, terrain.crs(), context)
        self.unit_m = layer_factor(terrain, TERRAIN)
        self.provider = terrain.dataProvider().clone()  # the layer belongs to another thread

    def far(self, name: str, floor_m: float, x: float, y: float) -> CodedMessage | None:
        """A warning where the ground floor lies more than 5 m off the terrain; None otherwise and off the terrain."""
        try:
            point = self.way.transform(QgsPointXY(x, y))
        except QgsCsException:
            return None
        terrain_m, covered = self.provider.sample(point, 1)
        terrain_m *= self.unit_m
        if not covered or not abs(floor_m - terrain_m) > FAR_M:
            return None
        code = "floor_above_terrain" if floor_m > terrain_m else "floor_below_terrain"
        return coded(code, name=name, floor_m=floor_m, distance_m=abs(floor_m - terrain_m))
