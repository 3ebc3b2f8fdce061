"""Shows places of a plan on the map."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)

AROUND_M = 250.0
"""What is shown around a place, to each side."""


def show_place(canvas: Any, crs: str, x: float, y: float) -> bool:
    """Move the map to a place and let it flash; whether it has a place in the project's CRS.

    A map that is nearer than `AROUND_M` keeps its scale.
    """
    if not (math.isfinite(x) and math.isfinite(y)):
        return False
    source, target = QgsCoordinateReferenceSystem(crs), canvas.mapSettings().destinationCrs()
    point, corner = QgsPointXY(x, y), QgsPointXY(x + _units(source), y + _units(source))
    try:
        change = QgsCoordinateTransform(source, target, QgsProject.instance())
        point, corner = change.transform(point), change.transform(corner)
    except QgsCsException:
        return False
    half = max(abs(corner.x() - point.x()), abs(corner.y() - point.y()))
    box = QgsRectangle(point.x() - half, point.y() - half, point.x() + half, point.y() + half)
    if canvas.extent().isEmpty() or canvas.extent().width() > 2.0 * box.width():
        canvas.setExtent(box)
    else:
        canvas.setCenter(point)
    canvas.refresh()
    canvas.flashGeometries([QgsGeometry.fromPointXY(point)], target)
    return True


def _units(crs: QgsCoordinateReferenceSystem) -> float:
    """`AROUND_M` in the units of a CRS."""
    return AROUND_M / 111_320.0 if crs.isGeographic() else AROUND_M
