"""Map tools that draw: points by clicks, a line by its vertices."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent


class PointTool(QgsMapTool):
    """Gives each point that is clicked."""

    clicked = pyqtSignal(QgsPointXY)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.mapPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.canvas().unsetMapTool(self)
            event.accept()


class LineTool(QgsMapTool):
    """Draws a line: a click for each vertex, a double click, the right button or Enter at its end, Escape gives up."""

    drawn = pyqtSignal(list)
    changed = pyqtSignal(list)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.vertices: list[QgsPointXY] = []

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        if self.vertices:
            self.changed.emit([*self.vertices, event.mapPoint()])

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.end()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._add(event.mapPoint())

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:
        self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.vertices:
                self.canvas().unsetMapTool(self)
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end()
        elif event.key() == Qt.Key.Key_Backspace and self.vertices:
            self.vertices.pop()
            self.changed.emit(list(self.vertices))
        else:
            return
        event.accept()

    def deactivate(self) -> None:
        self.give_up()
        super().deactivate()

    def end(self) -> None:
        """Take the line as it is; one point is none."""
        vertices, self.vertices = self.vertices, []
        if len(vertices) > 1:
            self.drawn.emit(vertices)
        else:
            self.changed.emit([])

    def give_up(self) -> None:
        """Forget the vertices of a line that is not complete."""
        if self.vertices:
            self.vertices = []
            self.changed.emit([])

    def _add(self, point: QgsPointXY) -> None:
        if not self.vertices or point != self.vertices[-1]:
            self.vertices.append(point)
        self.changed.emit(list(self.vertices))
