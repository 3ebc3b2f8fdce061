"""Text as the maps and reports write it: sizes in points, a list of fonts so that Chinese is never boxes."""

from __future__ import annotations

from qgis.core import Qgis, QgsTextBufferSettings, QgsTextFormat
from qgis.PyQt.QtGui import QColor, QFont

from .map_classes import FONTS, INK


def text_format(size: float, colour: str = INK, bold: bool = False, halo: bool = False) -> QgsTextFormat:
    """A text format of `size` points, with a white halo on maps.

    The families after the first are for characters that it lacks, and for systems that lack it.
    """
    font = QFont(FONTS[0])
    font.setFamilies(list(FONTS))
    font.setBold(bold)
    result = QgsTextFormat()
    result.setFont(font)
    result.setFamilies(list(FONTS[1:]))
    result.setSize(size)
    result.setSizeUnit(Qgis.RenderUnit.Points)
    result.setColor(QColor(colour))
    if halo:
        buffer = QgsTextBufferSettings()
        buffer.setEnabled(True)
        buffer.setSize(0.9)
        buffer.setColor(QColor(255, 255, 255, 225))
        result.setBuffer(buffer)
    return result
