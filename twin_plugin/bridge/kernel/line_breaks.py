"""Lines of a text for a given width: QGIS's own wrapping knows no place to break in Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

from qgis.PyQt.QtGui import QFontMetricsF

from .lettering import text_format

MM_IN_POINT = 25.4 / 72
MEASURED_PX = 100
LINE = 0.48
"""Height of a line in mm for each point of the letters' size."""
_PIECES = re.compile(r"[（《“]*[\u2e80-\uffef][，。：；、）》”]*|\s+|[^\s\u2e80-\uffef]+[，。：；、）》”]*")


@lru_cache(maxsize=4)
def _metrics(bold: bool) -> QFontMetricsF:
    font = text_format(10, bold=bold).font()
    font.setPixelSize(MEASURED_PX)
    return QFontMetricsF(font)


@lru_cache(maxsize=20_000)
def width_mm(text: str, size: float, bold: bool = False) -> float:
    """How wide a text of one line is with letters of `size` points."""
    return float(_metrics(bold).horizontalAdvance(text)) / MEASURED_PX * size * MM_IN_POINT


def lines(text: str, most_mm: float, size: float, bold: bool = False) -> list[str]:
    """A text in lines of at most `most_mm`; a word that is wider is broken between letters.

    Chinese is broken after any character, but not before punctuation. Line breaks of the text stay.
    """
    found = []
    for paragraph in text.split("\n"):
        found += _lines(paragraph, most_mm / 1.02, size, bold)
    return found


def _lines(text: str, most_mm: float, size: float, bold: bool) -> list[str]:
    found = [""]
    for piece in _PIECES.findall(text):
        if width_mm((found[-1] + piece).rstrip(), size, bold) <= most_mm:
            found[-1] += piece if found[-1] or not piece.isspace() else ""
            continue
        if piece.isspace():
            found.append("")
            continue
        if found[-1]:
            found.append("")
        for letter in piece:
            if found[-1] and width_mm(found[-1] + letter, size, bold) > most_mm:
                found.append("")
            found[-1] += letter
    return [line.rstrip() for line in found]


def one_line(text: str, most_mm: float, size: float, bold: bool = False) -> str:
    """A text in one line; what does not fit becomes three dots."""
    found = lines(text, most_mm, size, bold)
    if len(found) == 1:
        return found[0]
    return lines(text, most_mm - width_mm("…", size, bold), size, bold)[0] + "…"


def height_mm(count: int, size: float) -> float:
    """The height of some lines."""
    return LINE * size * count
