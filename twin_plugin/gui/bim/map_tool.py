"""The map tool that places a model: clicks, drags and keys, with the footprint drawn as it will lie."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsSnapIndicator, QgsVertexMarker
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent

from ...bridge.bim.hand_placement import HandPlacement
from .placement_state import Placing, Stage

INK, PAPER, TURN = QColor("#0b6e6e"), QColor(255, 255, 255, 210), QColor("#e0761c")
REACH_MM = 4.0
"""How near to a handle a press must be."""


class PlaceTool(QgsMapTool):
    """Lets the user place the model of a `Placing` on a canvas."""

    def __init__(self, canvas: QgsMapCanvas, placing: Placing) -> None:
        super().__init__(canvas)
        self.placing = placing
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.halo = self._band(PAPER, 5.0, fill=False)
        self.band = self._band(INK, 2.0, fill=True)
        self.line = self._band(TURN, 2.0, fill=False, line=True)
        self.anchor_mark = self._marker(INK, QgsVertexMarker.IconType.ICON_CIRCLE)
        self.handle_mark = self._marker(TURN, QgsVertexMarker.IconType.ICON_BOX)
        self.snap: QgsSnapIndicator | None = QgsSnapIndicator(canvas)
        self._dragging: Callable[[QgsPointXY], HandPlacement] | None = None
        placing.changed.connect(self.draw)
        self.draw()

    def flags(self) -> QgsMapTool.Flags:
        return QgsMapTool.Flags()

    # Events of the canvas

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        point = self._point(event)
        if point is None:
            return
        if self._dragging is not None:
            self.placing.drag(self._dragging(point))
        elif self.placing.stage is Stage.PLACED:
            self.setCursor(self._cursor(point))
        else:
            self.placing.preview_at(point)

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        point = self._point(event)
        if point is None or event.button() != Qt.MouseButton.LeftButton or self.placing.stage is not Stage.PLACED:
            return
        place, anchor = self.placing.place, self.placing.anchor
        if self._near_handle(point):
            self._dragging = lambda to: anchor.turned(place, to)
        elif self._on_footprint(point):
            held = place
            self._dragging = lambda to: HandPlacement(
                held.x + to.x() - point.x(), held.y + to.y() - point.y(), held.z, held.bearing_deg
            )

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        point = self._point(event)
        if event.button() == Qt.MouseButton.RightButton:
            self.placing.settle()
        elif self._dragging is not None and point is not None:
            place, self._dragging = self._dragging(point), None
            self.placing.put(place)
        elif event.button() == Qt.MouseButton.LeftButton and point is not None:
            self.placing.click(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        undo = event.key() == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._dragging = None
            self.placing.back()
        elif event.key() == Qt.Key.Key_Backspace or undo:
            self.placing.undo()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.placing.accept()
        else:
            event.ignore()
            return
        event.accept()

    def deactivate(self) -> None:
        """Another tool was chosen: the footprint stays until the panel says that it is over."""
        self._dragging = None
        self.placing.preview_at(None)
        super().deactivate()

    # Drawing

    def draw(self) -> None:
        """Draw the footprint where it is, or would be after a click."""
        place = self.placing.shown()
        if place is None or self.placing.over:
            self.hide()
            return
        outline = self.placing.local.outline(place)
        for band in (self.halo, self.band):
            band.setToGeometry(outline, self.placing.crs)
        anchor = self.placing.anchor
        start, end = place.to_map(anchor.x, anchor.y), place.to_map(anchor.toward_x, anchor.toward_y)
        self.line.setToGeometry(QgsGeometry.fromPolylineXY([start, end]), self.placing.crs)
        for mark, point in ((self.anchor_mark, start), (self.handle_mark, end)):
            on_map = self._to_canvas(point)
            mark.setVisible(on_map is not None)
            if on_map is not None:
                mark.setCenter(on_map)

    def hide(self) -> None:
        """Draw nothing."""
        for band in (self.halo, self.band, self.line):
            band.reset()
        for mark in (self.anchor_mark, self.handle_mark):
            mark.hide()

    def remove(self) -> None:
        """Leave the canvas as it was; the tool is not to be used any more."""
        self.placing.changed.disconnect(self.draw)
        self.hide()
        if self.canvas().mapTool() is self:
            self.canvas().unsetMapTool(self)
        scene = self.canvas().scene()
        for item in (self.halo, self.band, self.line, self.anchor_mark, self.handle_mark):
            scene.removeItem(item)
        # Python owns what left the scene: it must go before the canvas does, as must the mark of the snapping.
        self.halo = self.band = self.line = self.anchor_mark = self.handle_mark = self.snap = None
        self.deleteLater()

    # How

    def _band(self, colour: QColor, width: float, fill: bool, line: bool = False) -> QgsRubberBand:
        kind = Qgis.GeometryType.Line if line else Qgis.GeometryType.Polygon
        band = QgsRubberBand(self.canvas(), kind)
        inside = QColor(colour)
        inside.setAlpha(60 if fill else 0)
        band.setStrokeColor(colour)
        band.setFillColor(inside)
        band.setWidth(round(width))
        return band

    def _marker(self, colour: QColor, kind: QgsVertexMarker.IconType) -> QgsVertexMarker:
        mark = QgsVertexMarker(self.canvas())
        mark.setIconType(kind)
        mark.setColor(colour)
        mark.setFillColor(PAPER)
        mark.setIconSize(self.canvas().fontMetrics().height() // 2 + 4)
        mark.setPenWidth(2)
        return mark

    def _point(self, event: QgsMapMouseEvent) -> QgsPointXY | None:
        """Where the mouse is, snapped as the project says, in the CRS of the place."""
        on_map = event.snapPoint()
        if self.snap is not None:
            self.snap.setMatch(event.mapPointMatch())
        try:
            return self._transform().transform(on_map)
        except QgsCsException:
            return None

    def _to_canvas(self, point: QgsPointXY) -> QgsPointXY | None:
        try:
            return self._transform().transform(point, Qgis.TransformDirection.Reverse)
        except QgsCsException:
            return None

    def _transform(self) -> QgsCoordinateTransform:
        own = self.canvas().mapSettings().destinationCrs()
        return QgsCoordinateTransform(own, self.placing.crs, QgsProject.instance())

    def _reach(self) -> float:
        """`REACH_MM` on the screen, in metres of the place's CRS."""
        pixels = REACH_MM * self.canvas().logicalDpiX() / 25.4
        middle = self.canvas().extent().center()
        aside = QgsPointXY(middle.x() + pixels * self.canvas().mapUnitsPerPixel(), middle.y())
        transform = self._transform()
        return transform.transform(middle).distance(transform.transform(aside))

    def _near_handle(self, point: QgsPointXY) -> bool:
        anchor = self.placing.anchor
        handle = self.placing.place.to_map(anchor.toward_x, anchor.toward_y)
        return handle.distance(point) <= self._reach()

    def _on_footprint(self, point: QgsPointXY) -> bool:
        outline = self.placing.local.outline(self.placing.place)
        return outline.distance(QgsGeometry.fromPointXY(point)) <= self._reach()

    def _cursor(self, point: QgsPointXY) -> Qt.CursorShape:
        if self._near_handle(point):
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.SizeAllCursor if self._on_footprint(point) else Qt.CursorShape.ArrowCursor
