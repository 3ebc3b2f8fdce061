"""The marks of what asks a flood on the map: points, and a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

LINE = "#c2185b"
RADIUS = 9.0


class QueryMarks(QgsMapCanvasItem):
    """The points with their numbers, and the line with its start and the side to which a discharge is positive."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._map = canvas
        self.points: list[tuple[QgsPointXY, str]] = []
        self.line: list[QgsPointXY] = []
        self.setZValue(200)

    def show_points(self, points: Sequence[tuple[QgsPointXY, str]]) -> None:
        """Mark points, each with the colour of its line in the chart; they are numbered from 1."""
        self.points = list(points)
        self.updateCanvas()

    def show_line(self, line: Sequence[QgsPointXY]) -> None:
        """Draw a line; one without vertices takes it away."""
        self.line = list(line)
        self.updateCanvas()

    def remove(self) -> None:
        """Take everything off the map."""
        if not sip.isdeleted(self) and self.scene() is not None:
            self.scene().removeItem(self)

    def updateCanvas(self) -> None:
        self.update()
        self._map.viewport().update()

    def updatePosition(self) -> None:
        self.prepareGeometryChange()
        self.setPos(0, 0)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._map.width(), self._map.height())

    def paint(self, painter: QPainter, *_: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [self.toCanvasCoordinates(point) for point in self.line]
        if len(places) > 1:
            for colour, width in (("#ffffff", 4.5), (LINE, 2.2)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawPolyline(QPolygonF(places))
            self._draw_side(painter, places)
        for number, (point, colour) in enumerate(self.points, start=1):
            self._draw_number(painter, self.toCanvasCoordinates(point), number, colour)

    def _draw_side(self, painter: QPainter, places: list[QPointF]) -> None:
        """Draw the start as a dot and an arrow to the right of the longest segment."""
        painter.setBrush(QColor(LINE))
        painter.setPen(QPen(QColor("#ffffff"), 1.2))
        painter.drawEllipse(places[0], 4.0, 4.0)
        pairs = list(pairwise(places))
        first, last = max(pairs, key=lambda pair: math.hypot(pair[1].x() - pair[0].x(), pair[1].y() - pair[0].y()))
        length = math.hypot(last.x() - first.x(), last.y() - first.y())
        if length < 8:
            return
        along = QPointF((last.x() - first.x()) / length, (last.y() - first.y()) / length)
        right = QPointF(-along.y(), along.x())  # y runs downwards on the screen
        middle = (first + last) / 2
        tip = middle + right * 20
        for colour, width in (("#ffffff", 4.0), (LINE, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(middle, tip)
            painter.drawPolyline(QPolygonF([tip - right * 7 + along * 5, tip, tip - right * 7 - along * 5]))
        painter.setPen(QColor(LINE))
        painter.drawText(tip + right * 10 + QPointF(-4, 4), "+")

    def _draw_number(self, painter: QPainter, place: QPointF, number: int, colour: str) -> None:
        painter.setPen(QPen(QColor("#ffffff"), 2.0))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(place, RADIUS, RADIUS)
        font = QFont(self._map.font())
        font.setBold(True)
        painter.setFont(font)
        box = QRectF(place.x() - RADIUS, place.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
