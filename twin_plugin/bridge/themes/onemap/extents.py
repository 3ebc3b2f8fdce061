"""The outline of a district in the CRS of a layer or a project, and what a project's map shows at first."""

from __future__ import annotations

import math
from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsMapLayer,
    QgsRectangle,
)

from ....core.common.bbox import BoundingBox
from ....core.themes.district import District
from ..district_area import district_crs, outline

DEGREES = "EPSG:4326"


def extent_of(district: District, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """The bounds of a district in a CRS; empty where that CRS does not reach it."""
    return transformed(outline(district).boundingBox(), district_crs(district), crs)


def transformed(
    box: QgsRectangle, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsRectangle:
    """A box in another CRS; empty where that is not possible."""
    if box.isNull() or not box.isFinite():
        return QgsRectangle()
    if source == target or not source.isValid() or not target.isValid():
        return QgsRectangle(box)
    try:
        return QgsCoordinateTransform(source, target, QgsCoordinateTransformContext()).transformBoundingBox(box)
    except QgsCsException:
        return QgsRectangle()


def box_of(district: District) -> BoundingBox:
    """The bounds of a district in degrees."""
    box = extent_of(district, QgsCoordinateReferenceSystem(DEGREES))
    return BoundingBox(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def meets(layer: QgsMapLayer, district: District) -> bool:
    """Whether the extent of a layer and the bounds of a district have a point in common."""
    extent = layer.extent()
    if extent.isNull() or not extent.isFinite() or not layer.crs().isValid():
        return True
    box = extent_of(district, layer.crs())
    return not box.isNull() and extent.intersects(box)


def view_of(
    district: District | None, layers: Iterable[QgsMapLayer], crs: QgsCoordinateReferenceSystem
) -> QgsRectangle:
    """What a map shows at first: the district, else what the layers cover, with a margin."""
    whole = QgsRectangle()
    if district is not None:
        whole = extent_of(district, crs)
    else:
        for layer in layers:
            box = transformed(layer.extent(), layer.crs(), crs)
            if not box.isNull() and box.isFinite():
                whole.combineExtentWith(box)
    if not whole.isNull():
        whole.grow(0.04 * max(whole.width(), whole.height()))
    return whole


def map_crs(district: District | None, layers: Iterable[QgsMapLayer]) -> QgsCoordinateReferenceSystem:
    """The CRS of a new map: the first projected one of the layers or the district, else that of the zone in UTM."""
    named = [layer.crs() for layer in layers]
    if district is not None:
        named.append(QgsCoordinateReferenceSystem(district.crs))
    for crs in named:
        if crs.isValid() and not crs.isGeographic():
            return crs
    if district is not None:
        box = box_of(district)
        zone = math.floor(((box.west + box.east) / 2 + 180) / 6) % 60 + 1
        return QgsCoordinateReferenceSystem(f"EPSG:{(32600 if box.north >= 0 else 32700) + zone}")
    return next((crs for crs in named if crs.isValid()), QgsCoordinateReferenceSystem(DEGREES))
