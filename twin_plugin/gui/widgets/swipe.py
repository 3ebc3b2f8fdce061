"""A swipe on the map: some layers left of a line, others right of it; the line follows the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QImage, QKeyEvent, QPainter, QPainterPath, QPen

from ...bridge.kernel.map_classes import INK, PAPER
from .basics import delay

PAUSE_MS = 60
"""The other side is drawn so long after the map has been: several changes at once are drawn once."""
KEY_STEP = 0.02
"""Share of the map's width that an arrow key moves the line."""
MOST_LETTERS = 44
"""Of a name on the map."""


class SwipeItem(QgsMapCanvasItem):
    """The picture right of the line, the line with its handle, and the names of both sides."""

    def __init__(self, canvas: QgsMapCanvas, names: tuple[str, str]) -> None:
        super().__init__(canvas)
        self._canvas, self._names = canvas, names
        self._share = 0.5
        self._image: QImage | None = None
        self._extent = QgsRectangle()
        self._rotation = 0.0

    @property
    def share(self) -> float:
        """Where the line stands, as a share of the map's width."""
        return self._share

    def move_to(self, share: float) -> None:
        """Put the line somewhere on the map."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def take(self, image: QImage, settings: QgsMapSettings) -> None:
        """Show a picture of what the settings say."""
        self._image, self._extent, self._rotation = image, settings.visibleExtent(), settings.rotation()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def updatePosition(self) -> None:
        """The map has moved or changed its size."""
        self.prepareGeometryChange()
        self.setPos(0, 0)

    def paint(self, painter: QPainter, *_: object) -> None:
        whole = self.boundingRect()
        x = round(self._share * whole.width())
        place = self._place(whole)
        if self._image is not None and place is not None:
            painter.save()
            painter.setClipRect(QRectF(x, 0, whole.width() - x, whole.height()))
            painter.fillRect(place, self._canvas.canvasColor())
            painter.drawImage(place, self._image)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_line(painter, x, whole)
        self._draw_name(painter, self._names[0], x, whole, left=True)
        self._draw_name(painter, self._names[1], x, whole, left=False)

    def _place(self, whole: QRectF) -> QRectF | None:
        """Where the picture lies on the map now; None while a turned map waits for its next picture."""
        if self._canvas.rotation() or self._rotation:
            return whole if self._canvas.mapSettings().visibleExtent() == self._extent else None
        corners = [
            self.toCanvasCoordinates(QgsPointXY(*point))
            for point in (
                (self._extent.xMinimum(), self._extent.yMaximum()),
                (self._extent.xMaximum(), self._extent.yMinimum()),
            )
        ]
        return QRectF(*corners)

    def _draw_line(self, painter: QPainter, x: float, whole: QRectF) -> None:
        middle, radius = QPointF(x, whole.height() / 2), QFontMetricsF(self._canvas.font()).height() * 0.8
        for colour, width in ((INK, 4.0), (PAPER, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, 0), QPointF(x, whole.height()))
        painter.setPen(QPen(QColor(INK), 1.0))
        painter.setBrush(QColor(PAPER))
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(QColor(INK))
        painter.setPen(Qt.PenStyle.NoPen)
        for side in (-1, 1):
            arrow = QPainterPath(middle + QPointF(side * 0.7 * radius, 0))
            arrow.lineTo(middle + QPointF(side * 0.25 * radius, -0.4 * radius))
            arrow.lineTo(middle + QPointF(side * 0.25 * radius, 0.4 * radius))
            painter.drawPath(arrow)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_name(self, painter: QPainter, name: str, x: float, whole: QRectF, left: bool) -> None:
        """A name beside the line at the bottom, as far as its side has room: messages come at the top."""
        font = self._canvas.font()
        font.setBold(True)
        metrics = QFontMetricsF(font)
        space, height = metrics.height() * 0.5, metrics.height() * 1.6
        room = (x if left else whole.width() - x) - 4 * space
        width = min(room, MOST_LETTERS * metrics.averageCharWidth())
        if width < 3 * metrics.averageCharWidth():
            return
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width)
        width = metrics.horizontalAdvance(text) + 2 * space
        box = QRectF(x - space - width if left else x + space, whole.height() - space - height, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(PAPER)
        ground.setAlpha(225)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(font)
        painter.setPen(QColor(INK))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class SwipeTool(QgsMapTool):
    """Moves the line of a swipe by mouse and arrow keys; Escape ends it."""

    moved = pyqtSignal(float)
    stepped = pyqtSignal(float)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def flags(self) -> QgsMapTool.Flags:
        return QgsMapTool.Flags()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._move(event)

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -KEY_STEP, Qt.Key.Key_Right: KEY_STEP}
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.canvas().unsetMapTool(self)
        elif event.key() in steps:
            event.accept()
            self.stepped.emit(steps[event.key()])
        else:
            event.ignore()

    def _move(self, event: QgsMapMouseEvent) -> None:
        self.moved.emit(event.pos().x() / max(self.canvas().width(), 1))


class Swipe(QObject):
    """Draws the map with other layers right of a line; `changed` comes when it begins and when it ends.

    It ends by `stop`, by Escape, when the user takes another map tool, and when one of its layers is removed.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._replaced: Mapping[str, str] = {}
        self._item: SwipeItem | None = None
        self._tool: SwipeTool | None = None
        self._before: QgsMapTool | None = None
        self._job: QgsMapRendererParallelJob | None = None
        self._leaving: list[QgsMapRendererParallelJob] = []
        self._later = delay(self, PAUSE_MS, self._render)

    @property
    def running(self) -> bool:
        """Whether the map is swiped now."""
        return self._item is not None

    @property
    def item(self) -> SwipeItem | None:
        """What is drawn on the map; None while nothing is."""
        return self._item

    def start(self, replaced: Mapping[str, str], names: tuple[str, str]) -> None:
        """Begin.

        Parameters
        ----------
        replaced : mapping of str to str
            Ids of the layers that are drawn right of the line, by those of the map in whose place they are drawn; ""
            for none. All other layers of the map are drawn on both sides.
        names : tuple of str
            What stands left and right of the line.
        """
        self.stop()
        self._replaced = dict(replaced)
        self._item = SwipeItem(self._canvas, names)
        self._before = self._canvas.mapTool()
        self._tool = SwipeTool(self._canvas)
        self._tool.moved.connect(self._item.move_to)
        self._tool.stepped.connect(self._step)
        self._canvas.setMapTool(self._tool)
        self._tool.deactivated.connect(self.stop)
        self._canvas.mapCanvasRefreshed.connect(self._later.start)
        QgsProject.instance().layersWillBeRemoved.connect(self._removed)
        self._render()
        self.changed.emit()

    def stop(self) -> None:
        """End, and give the map tool of before back; nothing where nothing runs."""
        if self._item is None or self._tool is None:
            return
        item, tool, before = self._item, self._tool, self._before
        self._item = self._tool = self._before = None
        self._later.stop()
        tool.deactivated.disconnect(self.stop)
        self._canvas.mapCanvasRefreshed.disconnect(self._later.start)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._removed)
        self._give_up_job()
        if self._canvas.mapTool() is tool:
            if before is not None and not sip.isdeleted(before):
                self._canvas.setMapTool(before)
            else:
                self._canvas.unsetMapTool(tool)
        self._canvas.scene().removeItem(item)
        tool.deleteLater()
        self.changed.emit()

    def close_down(self) -> None:
        """End, and wait for what is still drawn: before the desktop part is taken out."""
        self.stop()
        for job in self._leaving:
            job.finished.disconnect()
            job.cancel()
        self._leaving = []

    def layers(self) -> list[QgsMapLayer]:
        """The layers of the map as they are right of the line."""
        project, found = QgsProject.instance(), []
        for layer in self._canvas.mapSettings().layers():
            other = self._replaced.get(layer.id(), layer.id())
            if other and (there := project.mapLayer(other)) is not None:
                found.append(there)
        return found

    def _step(self, by: float) -> None:
        if self._item is not None:
            self._item.move_to(self._item.share + by)

    def _render(self) -> None:
        """Draw the right side in the background; a picture that is still drawn is given up."""
        if self._item is None:
            return
        self._give_up_job()
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers(self.layers())
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(partial(self._drawn, self._job))
        self._job.start()

    def _give_up_job(self) -> None:
        """Let a job end by itself: deleted while it draws, it would hold the desktop until it has stopped."""
        job, self._job = self._job, None
        if job is not None and job.isActive():
            self._leaving.append(job)
            job.cancelWithoutBlocking()

    def _drawn(self, job: QgsMapRendererParallelJob) -> None:
        if job in self._leaving:
            self._leaving.remove(job)
        elif job is self._job and self._item is not None:
            self._item.take(job.renderedImage(), job.mapSettings())

    def _removed(self, ids: list[str]) -> None:
        if {*self._replaced, *self._replaced.values()} & set(ids):
            self.stop()
