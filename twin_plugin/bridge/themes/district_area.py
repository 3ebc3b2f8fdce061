"""A district's outline on layers: which features and cells lie in it, whatever CRS they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
)

from ...core.common.errors import InputError
from ...core.themes.district import District

if TYPE_CHECKING:
    import shapely

MARGIN = 0.01
"""Share of its size by which a box is widened, since straight edges bend in another CRS."""
PARTS = 200
"""Parts of the outline's length into which its edges are cut before they are transformed."""


def outline(district: District) -> QgsGeometry:
    """The outline in the CRS of the district."""
    return QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, y in district.outline]])


def district_crs(district: District) -> QgsCoordinateReferenceSystem:
    """The CRS of the outline; raises InputError where QGIS does not know it."""
    crs = QgsCoordinateReferenceSystem(district.crs)
    if not crs.isValid():
        raise InputError(
            "The CRS {crs} of the district '{id}' is not known: correct it in the document.",
            crs=district.crs,
            id=district.id,
        )
    return crs


class DistrictArea:
    """The area of a district for the features of a layer.

    A feature lies in it where a point on its surface does; its edge belongs to it.

    Parameters
    ----------
    district : District
    crs : QgsCoordinateReferenceSystem
        Of the layer, valid.
    """

    def __init__(self, district: District, crs: QgsCoordinateReferenceSystem) -> None:
        own = district_crs(district)
        self._outline = outline(district)
        self._engine = QgsGeometry.createGeometryEngine(self._outline.constGet())
        self._engine.prepareGeometry()
        self._transform = QgsCoordinateTransform(crs, own, QgsCoordinateTransformContext())

    def holds(self, geometry: QgsGeometry) -> bool | None:
        """Whether a feature lies in the district; None where nobody can say, since it has no place."""
        point = geometry.pointOnSurface()
        if point.isNull():
            return None
        try:
            if point.transform(self._transform) != QgsGeometry.OperationResult.Success:
                return None
        except QgsCsException:
            return None
        return bool(self._engine.intersects(point.constGet()))

    def box(self) -> QgsRectangle:
        """A box in the CRS of the layer outside which nothing lies in the district; empty where there is none."""
        back = QgsCoordinateTransform(self._transform)
        reverse = QgsCoordinateTransform.TransformDirection.ReverseTransform
        try:
            box = back.transformBoundingBox(self._outline.boundingBox(), reverse)
        except QgsCsException:
            return QgsRectangle()
        box.grow(MARGIN * max(box.width(), box.height()))
        return box

    def polygon(self) -> shapely.Polygon:
        """The outline in the CRS of the layer; raises InputError where it cannot be transformed."""
        import shapely

        shape = self._outline.densifyByDistance(self._outline.length() / PARTS)
        try:
            shape.transform(self._transform, QgsCoordinateTransform.TransformDirection.ReverseTransform)
        except QgsCsException as error:
            raise InputError(
                "The outline of the district cannot be transformed to the CRS of the layer ({reason}): correct one of "
                "them.",
                reason=str(error),
            ) from error
        return shapely.from_wkb(bytes(shape.asWkb()))
