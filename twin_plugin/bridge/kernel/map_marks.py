"""A scale bar and an arrow to the north on the picture of a map."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

from ...core.common.document.wording import length
from .map_classes import FONTS, INK

BAR_SHARE = 0.22
"""The scale bar is at most this share of the picture's width."""


def draw(image: QImage, metres_per_pixel: float, dpi: float) -> None:
    """Draw both into the lower left and the upper right corner; the map has metres and north at the top."""
    unit = dpi / 96.0
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(FONTS[0])
    font.setFamilies(list(FONTS))
    font.setPixelSize(round(12 * unit))
    painter.setFont(font)
    _bar(painter, image, metres_per_pixel, unit)
    left, top = image.width() - 26 * unit, 10 * unit
    arrow = [(8, 0), (16, 26), (8, 20), (0, 26)]
    painter.setPen(QPen(QColor("#ffffff"), 1.5 * unit))
    painter.setBrush(QColor(INK))
    painter.drawPolygon(QPolygonF([QPointF(left + x * unit, top + y * unit) for x, y in arrow]))
    painter.end()


def _bar(painter: QPainter, image: QImage, metres_per_pixel: float, unit: float) -> None:
    most = BAR_SHARE * image.width() * metres_per_pixel
    if not (math.isfinite(most) and most > 0):
        return
    metres = step(most)
    wide = metres / metres_per_pixel
    left, base = 14 * unit, image.height() - 14 * unit
    painter.fillRect(QRectF(left - 8 * unit, base - 26 * unit, wide + 16 * unit, 34 * unit), QColor(255, 255, 255, 215))
    painter.setPen(QPen(QColor(INK), 1.6 * unit))
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(left, base - 6 * unit),
                QPointF(left, base),
                QPointF(left + wide, base),
                QPointF(left + wide, base - 6 * unit),
            ]
        )
    )
    box = QRectF(left, base - 24 * unit, wide, 18 * unit)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, length(metres))


def step(most: float) -> float:
    """The longest of 1, 2, 5 times a power of ten that is not above `most`."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(size * power for size in (5.0, 2.0, 1.0) if size * power <= most)
