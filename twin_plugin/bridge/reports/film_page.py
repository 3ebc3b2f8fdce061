"""The frame of a film: the map over a foot with the time, the title, the legend and a scale bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from ...core.common.clock import clock
from ..kernel.map_classes import FONTS, INK, PAPER, QUIET, MapClass, see_through

FULL_HEIGHT = 720.0
"""Letters and lines have their size at this height and grow with the film."""
LEAST_LETTER = 11.0
"""Smaller letters, in pixels, cannot be read."""
TRACK, DONE = "#d9dee3", "#115292"


@dataclass(frozen=True)
class PageText:
    """What stands below the map; empty or False leaves a part out.

    Attributes
    ----------
    title : str
        Drawn as it is.
    legend : sequence of MapClass
    arrows : bool
        Whether the legend explains the arrows of velocity.
    scale_bar : bool
    """

    title: str = ""
    legend: Sequence[MapClass] = ()
    arrows: bool = False
    scale_bar: bool = True


class FilmPage:
    """Draws frames of one size.

    Parameters
    ----------
    size : QSize
        Of the whole frame, in pixels.
    text : PageText

    Attributes
    ----------
    map_size : QSize
        What remains for the map.
    dpi : float
        For symbols and labels of the map, so that they grow with the film.
    """

    def __init__(self, size: QSize, text: PageText) -> None:
        self._size, self._text = size, text
        self._unit = max(size.height() / FULL_HEIGHT, 0.5)
        self.dpi = 96.0 * self._unit
        self._small, self._big = self._font(14), self._font(30, bold=True)
        self._bold = self._font(16, bold=True)
        self._clock_width = max(
            QFontMetricsF(self._big).horizontalAdvance("00:00"),
            QFontMetricsF(self._small).horizontalAdvance(self._caption()),
        )
        self._places, legend_height = self._flow()
        middle = (self._line(self._bold) if text.title else 0.0) + legend_height
        left = self._line(self._big) + self._line(self._small)
        self._foot = math.ceil(max(middle, left) + 24 * self._unit)
        self.map_size = QSize(size.width(), max(size.height() - self._foot, 1))

    def draw(self, map_image: QImage, minutes: float, share: float, metres_per_pixel: float) -> QImage:
        """A frame: the map at a time, `share` of the film being over after it."""
        image = QImage(self._size, QImage.Format.Format_RGB32)
        image.fill(QColor(PAPER))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(0, 0, map_image)
        top = float(self.map_size.height())
        height = 4 * self._unit
        painter.fillRect(QRectF(0, top, self._size.width(), height), QColor(TRACK))
        painter.fillRect(QRectF(0, top, self._size.width() * share, height), QColor(DONE))
        self._draw_clock(painter, top + 12 * self._unit, minutes)
        self._draw_middle(painter, top + 12 * self._unit)
        if self._text.scale_bar:
            self._draw_scale(painter, top, metres_per_pixel)
        painter.end()
        return image

    def _font(self, size: float, bold: bool = False) -> QFont:
        font = QFont(FONTS[0])
        font.setFamilies(list(FONTS))
        font.setPixelSize(round(max(size * self._unit, LEAST_LETTER)))
        font.setBold(bold)
        return font

    @staticmethod
    def _line(font: QFont) -> float:
        return QFontMetricsF(font).height()

    @staticmethod
    def _caption() -> str:
        return QCoreApplication.translate("FilmPage", "h:min after the start")

    @property
    def _left(self) -> float:
        """Where title and legend begin."""
        return 16 * self._unit + self._clock_width + 28 * self._unit

    @property
    def _right(self) -> float:
        """Where they end."""
        return self._size.width() - (200 if self._text.scale_bar else 16) * self._unit

    def _entries(self) -> list[tuple[str, str]]:
        """Colour and text of each entry of the legend; arrows have no colour."""
        entries = [(item.colour, item.text.split(",")[0].split("，")[0]) for item in self._text.legend]
        if self._text.arrows:
            entries.append(("", QCoreApplication.translate("FilmPage", "velocity")))
        return entries

    def _flow(self) -> tuple[list[tuple[float, float]], float]:
        """Left and top of each entry in lines as wide as there is room, and their height together."""
        places, x, y = [], 0.0, 0.0
        letters, line = QFontMetricsF(self._small), 1.25 * self._line(self._small)
        for _, text in self._entries():
            width = 28 * self._unit + letters.horizontalAdvance(text)
            if x and x + width > self._right - self._left:
                x, y = 0.0, y + line
            places.append((x, y))
            x += width + 18 * self._unit
        return places, y + line if places else 0.0

    def _draw_clock(self, painter: QPainter, top: float, minutes: float) -> None:
        left = 16 * self._unit
        painter.setPen(QColor(INK))
        painter.setFont(self._big)
        painter.drawText(QPointF(left, top + QFontMetricsF(self._big).ascent()), clock(minutes))
        painter.setPen(QColor(QUIET))
        painter.setFont(self._small)
        below = top + self._line(self._big) + QFontMetricsF(self._small).ascent()
        painter.drawText(QPointF(left, below), self._caption())

    def _draw_middle(self, painter: QPainter, top: float) -> None:
        if self._text.title:
            letters = QFontMetricsF(self._bold)
            painter.setFont(self._bold)
            painter.setPen(QColor(INK))
            cut = letters.elidedText(self._text.title, Qt.TextElideMode.ElideRight, self._right - self._left)
            painter.drawText(QPointF(self._left, top + letters.ascent()), cut)
            top += letters.height()
        letters = QFontMetricsF(self._small)
        painter.setFont(self._small)
        top += 0.15 * letters.height()
        for (colour, text), (x, y) in zip(self._entries(), self._places, strict=True):
            patch = QRectF(self._left + x, top + y + 0.15 * letters.height(), 20 * self._unit, 0.7 * letters.height())
            if colour:
                painter.fillRect(patch, see_through(colour))
            else:
                self._draw_arrow(painter, patch)
            painter.setPen(QColor(INK))
            painter.drawText(QPointF(patch.right() + 8 * self._unit, top + y + letters.ascent()), text)

    def _draw_arrow(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(QColor(INK), max(1.2 * self._unit, 1.0)))
        tip, middle, head = box.right(), box.center().y(), 4 * self._unit
        painter.drawLine(QPointF(box.left(), middle), QPointF(tip, middle))
        for side in (-head, head):
            painter.drawLine(QPointF(tip, middle), QPointF(tip - 1.4 * head, middle + side))

    def _draw_scale(self, painter: QPainter, top: float, metres_per_pixel: float) -> None:
        metres, text = scale_length(150 * self._unit * metres_per_pixel)
        if metres <= 0:
            return
        width, right = metres / metres_per_pixel, self._size.width() - 16 * self._unit
        base, tick = top + self._foot - 18 * self._unit, 6 * self._unit
        painter.setPen(QPen(QColor(INK), max(1.5 * self._unit, 1.0)))
        painter.drawLine(QPointF(right - width, base), QPointF(right, base))
        for x in (right - width, right):
            painter.drawLine(QPointF(x, base), QPointF(x, base - tick))
        painter.setFont(self._small)
        letters = QFontMetricsF(self._small)
        middle = right - 0.5 * (width + letters.horizontalAdvance(text))
        painter.drawText(QPointF(middle, base - tick - 0.3 * letters.descent()), text)


def scale_length(most_m: float) -> tuple[float, str]:
    """The longest round length up to `most_m`: 1, 2 or 5 times a power of ten, and its text; 0 where there is none."""
    if not (most_m > 0 and math.isfinite(most_m)):
        return 0.0, ""
    power = 10.0 ** math.floor(math.log10(most_m))
    metres = max(step * power for step in (1, 2, 5) if step * power <= most_m * (1 + 1e-9))
    return metres, f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
