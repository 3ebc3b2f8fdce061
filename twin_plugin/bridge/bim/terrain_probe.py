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

FAR_M = 5.0
"""A ground floor that is farther than this from the terrain is told."""

BEGINNING, END = "The ground floor of ", "check its place, vertical datum and unit."
"""Around what is told of one, by which it is found again among a model's warnings."""


class Ground:
    """A terrain that is asked in another CRS.

    Parameters
    ----------
    terrain : QgsRasterLayer
        Elevations in metres in its first band, no data where there are none.
    crs : QgsCoordinateReferenceSystem
        CRS of the points it is asked at.
    context : QgsCoordinateTransformContext
    """

    def __init__(
        self, terrain: QgsRasterLayer, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
    ) -> None:
        self.way = QgsCoordinateTransform(crs, terrain.crs(), context)
        self.provider = terrain.dataProvider().clone()  # the layer belongs to another thread

    def far(self, name: str, floor_m: float, x: float, y: float) -> str:
        """A sentence where the ground floor lies more than 5 m off the terrain; "" otherwise and off the terrain."""
        try:
            place = self.way.transform(QgsPointXY(x, y))
        except QgsCsException:
            return ""
        ground, found = self.provider.sample(place, 1)
        if not found or not abs(floor_m - ground) > FAR_M:
            return ""
        side = "above" if floor_m > ground else "below"
        apart = f"{abs(floor_m - ground):.1f} m {side} the terrain"
        return f"{BEGINNING}{name} at {floor_m:.2f} m lies {apart}: {END}"
