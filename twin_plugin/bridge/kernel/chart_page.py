"""What the charts that are written as files share: the page, its axis of values, texts, and .png or .svg."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from qgis.PyQt.QtCore import QBuffer, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from qgis.PyQt.QtSvg import QSvgGenerator

from ...core.common.axis_scale import nice_scale
from ...core.common.errors import unwritable
from .map_classes import FONTS, INK, PAPER, QUIET

WIDTH, HEIGHT = 1600, 900
MARGIN, LEGEND = 60.0, 400.0
"""Around everything, and the width of the legend, in pixels of 1600 x 900."""
SIZE = 24
GRID = "#d9dee3"


class Painted(Protocol):
    """What paints itself on a page of WIDTH x HEIGHT."""

    def paint(self, painter: QPainter) -> None:
        """Draw everything."""


def draw(chart: Painted, path: str) -> None:
    """Write a chart as .svg, or as a picture of 1600 x 900 pixels.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    if Path(path).suffix.lower() == ".svg":
        generator, buffer = QSvgGenerator(), QBuffer()
        generator.setOutputDevice(buffer)  # it says nothing of a file that it cannot write
        generator.setSize(QSize(WIDTH, HEIGHT))
        generator.setViewBox(QRectF(0, 0, WIDTH, HEIGHT))
        painter = QPainter(generator)
        chart.paint(painter)
        painter.end()
        try:
            Path(path).write_bytes(bytes(buffer.data()))
        except OSError as error:
            raise unwritable(path, error) from error
        return
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chart.paint(painter)
    painter.end()
    if not image.save(path):
        raise unwritable(path, "the picture cannot be saved in this format")


class ChartPage:
    """A page with a title, a plot whose axis of values begins at 0, and room for a legend at its right.

    Parameters
    ----------
    title : str
    greatest : float
        The greatest value that is drawn.
    """

    def __init__(self, title: str, greatest: float) -> None:
        self._title = title
        self._top, self._step = nice_scale(greatest)
        left = MARGIN + self._metrics(SIZE).horizontalAdvance(self._value(self._top)) + 16
        self._plot = QRectF(left, 2.4 * MARGIN, WIDTH - left - MARGIN - LEGEND, HEIGHT - 4.0 * MARGIN)

    def _value(self, value: float) -> str:
        return f"{value:,.0f}" if self._step >= 1 else f"{value:,.3g}"

    def _y(self, value: float) -> float:
        return self._plot.bottom() - self._plot.height() * value / self._top

    def _draw_page(self, painter: QPainter) -> None:
        """The paper, the title, and the axis of values with its lines."""
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(PAPER))
        self._text(painter, self._title, QRectF(MARGIN, MARGIN * 0.7, WIDTH, 50), SIZE * 1.3, bold=True)
        for number in range(round(self._top / self._step) + 1):
            value = number * self._step
            y = self._y(value)
            painter.setPen(QPen(QColor(GRID), 1.5))
            painter.drawLine(QPointF(self._plot.left(), y), QPointF(self._plot.right(), y))
            box = QRectF(0, y - SIZE, self._plot.left() - 12, 2.0 * SIZE)
            self._text(painter, self._value(value), box, SIZE, QUIET, Qt.AlignmentFlag.AlignRight)

    def _draw_tick(self, painter: QPainter, x: float, text: str) -> None:
        """A tick below the plot with its text."""
        painter.setPen(QPen(QColor(QUIET), 1.5))
        painter.drawLine(QPointF(x, self._plot.bottom()), QPointF(x, self._plot.bottom() + 8))
        box = QRectF(x - 80, self._plot.bottom() + 8, 160, 2.0 * SIZE)
        self._text(painter, text, box, SIZE, QUIET, Qt.AlignmentFlag.AlignHCenter)

    def _draw_axis_name(self, painter: QPainter, text: str) -> None:
        """What the ticks below the plot are."""
        box = QRectF(self._plot.left(), self._plot.bottom() + 2.0 * SIZE + 10, self._plot.width(), 2.0 * SIZE)
        self._text(painter, text, box, SIZE, QUIET, Qt.AlignmentFlag.AlignRight)

    def _draw_legend_row(self, painter: QPainter, number: int, colour: str, name: str, more: str) -> None:
        """A row of the legend: a colour, a name, and a quiet line below it."""
        left, y = self._plot.right() + 40, self._plot.top() + number * 2.9 * SIZE
        painter.fillRect(QRectF(left, y + 4, 28, 28), QColor(colour))
        width = WIDTH - MARGIN / 2 - left - 44
        name = self._metrics(SIZE).elidedText(name, Qt.TextElideMode.ElideRight, width)
        self._text(painter, name, QRectF(left + 44, y, width, 1.5 * SIZE), SIZE)
        self._text(painter, more, QRectF(left + 44, y + 1.25 * SIZE, width, 1.5 * SIZE), SIZE * 0.85, QUIET)

    def _text(
        self,
        painter: QPainter,
        text: str,
        box: QRectF,
        size: float,
        colour: str = INK,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        bold: bool = False,
    ) -> None:
        painter.setFont(_font(size, bold))
        painter.setPen(QColor(colour))
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    @staticmethod
    def _metrics(size: float) -> QFontMetricsF:
        return QFontMetricsF(_font(size))


def _font(size: float, bold: bool = False) -> QFont:
    font = QFont()
    font.setFamilies(list(FONTS))
    font.setPixelSize(round(size))
    font.setBold(bold)
    return font
