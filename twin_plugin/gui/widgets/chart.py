"""The base of the charts over time: a caption above a plot with a grid, drawn with the palette's colours."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ..common import formatting
from .contrast import readable


class Chart(QWidget):
    """Draws its caption and what `draw` of a subclass adds; only the hint while the caption is nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hint = ""

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 18, line * 11)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 8, line * 11)

    def caption(self) -> str:
        """What the chart shows in words; the hint where there is nothing."""
        return self.hint

    def draw(self, painter: QPainter, line: int) -> None:
        """Draw everything but the caption; `line` is the height of a line of text."""

    def show_caption(self) -> None:
        """Say and draw what the chart now shows."""
        self.setAccessibleDescription(self.caption())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), self.fontMetrics()
        painter.setPen(readable(self.palette()))
        if self.caption() == self.hint:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.hint)
            return
        line = metrics.height()
        for row, sentence in enumerate(self.caption().split("\n")):
            shown = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, row * line, self.width(), line), Qt.AlignmentFlag.AlignLeft, shown)
        self.draw(painter, line)

    def plot(self, widest: str, above: float, below: float) -> QRectF:
        """The area of the values, right of their widest label, with so many lines of text above and below."""
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance(widest) + line // 2
        width, height = self.width() - left - line * 0.8, self.height() - (above + below) * line
        return QRectF(left, above * line, max(1.0, width), max(1.0, height))

    def draw_grid(self, painter: QPainter, plot: QRectF, low: float, high: float, step: float) -> None:
        """Draw a labelled line at each step of the values."""
        text, faint = readable(self.palette()), self.palette().color(QPalette.ColorRole.Mid)
        height = self.fontMetrics().height()
        decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
        for number in range(round((high - low) / step) + 1):
            value = low + number * step
            y = plot.bottom() - plot.height() * (value - low) / (high - low)
            painter.setPen(faint)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(text)
            box = QRectF(0, y - height / 2, plot.left() - height / 4, height)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, align, formatting.number(value, decimals))

    def draw_time(self, painter: QPainter, plot: QRectF, x: float, text: str) -> None:
        """Draw a mark and its label below the plot."""
        line, width = self.fontMetrics().height(), 1.3 * self.fontMetrics().horizontalAdvance("00:00")
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + line * 0.25))
        box = QRectF(min(x - width / 2, self.width() - width), plot.bottom() + line * 0.3, width, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)
