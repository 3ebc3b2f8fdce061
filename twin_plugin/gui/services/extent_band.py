"""The extent of a service, drawn on the map."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QPalette

from ...bridge.services.rows import rectangle_of
from ...core.services.record import ServiceRecord

MARGIN = 1.1
"""The map shows an extent with this much space around it: its outline is then visible."""


class ExtentBand:
    """Draws one extent at a time."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self.canvas = canvas
        self.band: QgsRubberBand | None = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self.band.setWidth(2)

    def show(self, record: ServiceRecord) -> None:
        """Draw the extent of a service; nothing where it has none on this map."""
        rectangle = self._on_map(record)
        if rectangle is None or self.band is None:
            self.hide()
            return
        colour = self.canvas.palette().color(QPalette.ColorRole.Highlight)
        self.band.setStrokeColor(colour)
        # Only its edge: an extent is often all of the map, and must not tint it.
        colour.setAlpha(0)
        self.band.setFillColor(colour)
        self.band.setToGeometry(QgsGeometry.fromRect(rectangle), None)
        self.band.show()

    def hide(self) -> None:
        """Draw nothing."""
        if self.band is not None:
            self.band.hide()

    def zoom_to(self, record: ServiceRecord) -> None:
        """Show the extent of a service on the map."""
        rectangle = self._on_map(record)
        if rectangle is not None:
            rectangle.scale(MARGIN)
            self.canvas.setExtent(rectangle)
            self.canvas.refresh()

    def remove(self) -> None:
        """Leave the canvas as it was."""
        band, self.band = self.band, None
        if band is not None and self.canvas is not None and self.canvas.scene() is not None:
            # Python owns what left the scene: it must go before the canvas does.
            self.canvas.scene().removeItem(band)

    def _on_map(self, record: ServiceRecord) -> QgsRectangle | None:
        """The extent of a service in the map's CRS; None where it has none there."""
        if record.box is None:
            return None
        target = self.canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), target, QgsProject.instance())
        transform.setBallparkTransformsAreAppropriate(True)
        try:
            rectangle = transform.transformBoundingBox(rectangle_of(record.box))
        except Exception:  # noqa: BLE001 - PROJ's errors are of several kinds, and an extent is only shown
            return None
        return rectangle if rectangle.isFinite() else None
