"""Colours of the palette that can be read on each other, for widgets that draw themselves."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette

LEAST_CONTRAST = 4.5
"""Of text, by the Web Content Accessibility Guidelines 2.2, 1.4.3."""


def readable(
    palette: QPalette,
    role: QPalette.ColorRole = QPalette.ColorRole.WindowText,
    on: QPalette.ColorRole = QPalette.ColorRole.Window,
) -> QColor:
    """A colour of the palette, or black or white where it could not be read on the background `on`.

    QGIS's dark themes colour texts by style sheets: their palettes keep black text on dark windows.
    """
    colour, background = palette.color(role), palette.color(on)
    if contrast(colour, background) >= LEAST_CONTRAST:
        return colour
    return max((QColor("#f2f2f2"), QColor("#101010")), key=lambda other: contrast(other, background))


def contrast(one: QColor, other: QColor) -> float:
    """Ratio of the luminances of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
