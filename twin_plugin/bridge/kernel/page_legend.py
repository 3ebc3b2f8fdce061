"""The legends of maps on pages: symbols, colours and titles, drawn on a print layout or as entries of an HTML page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qgis.core import QgsSymbol
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from ...core.common.document.html import LegendEntry
from . import layout_items as items
from .line_breaks import height_mm, lines
from .map_classes import INK
from .page_flow import PageFlow
from .small_pictures import address

SYMBOL_PX = (24, 18)
"""Size of a symbol in a legend, in pixels of 96 in an inch: 6.3 x 4.8 mm."""


@dataclass(frozen=True)
class LegendLine:
    """A line of a legend: its text, and the symbol or the colour that it explains; a title has neither."""

    text: str
    symbol: QgsSymbol | None = None
    colour: QColor | None = None


class LegendPen:
    """Draws legends on pages.

    Parameters
    ----------
    attached : callable
        From a name to the path of a new file that lives as long as the pages: symbols are drawn from files.
    """

    def __init__(self, attached: Callable[[str], str]) -> None:
        self._attached = attached
        self._pictures: dict[str, str] = {}

    def draw(self, flow: PageFlow, found: Sequence[LegendLine], left: float, top: float, width: float) -> None:
        """Draw lines one below the other on the page of a flow, in millimetres."""
        layout, page = flow.layout, flow.page
        for line in found:
            if line.colour is None and line.symbol is None:
                top += 1.5
                items.label(layout, line.text, (left, top, width, 5), 8.5, INK, True, page=page)
                top += 5.2
                continue
            if line.colour is not None:
                items.rule(layout, (left, top, 6.0, 3.6), line.colour, page)
            else:
                items.picture(layout, self._picture(line.symbol), (left, top - 0.6, 6.3, 4.8), page)
            broken = lines(line.text, width - 8, 7.5)
            box = (left + 8, top, width - 8, height_mm(len(broken), 7.5) + 1)
            items.label(layout, "\n".join(broken), box, 7.5, INK, page=page)
            top += max(5.0, height_mm(len(broken), 7.5) + 1)

    def _picture(self, symbol: QgsSymbol) -> str:
        """A file with a symbol; the same one each time."""
        key = symbol.dump()
        if key not in self._pictures:
            path = self._attached("symbol.svg")
            symbol.exportImage(path, "svg", QSize(*SYMBOL_PX))
            self._pictures[key] = path
        return self._pictures[key]


def html_entries(spoken: Mapping[str, Sequence[LegendLine]]) -> list[LegendEntry]:
    """The entries of an HTML page from the same legend in each of its languages."""
    return [_entry(dict(zip(spoken, lines, strict=True))) for lines in zip(*spoken.values(), strict=True)]


def _entry(lines: Mapping[str, LegendLine]) -> LegendEntry:
    texts = {language: line.text for language, line in lines.items()}
    line = next(iter(lines.values()))
    if line.symbol is not None:
        return LegendEntry(texts, picture=address(line.symbol.asImage(QSize(*SYMBOL_PX)), few=False))
    return LegendEntry(texts, colour=_css(line.colour) if line.colour is not None else "")


def _css(colour: QColor) -> str:
    return f"rgba({colour.red()},{colour.green()},{colour.blue()},{colour.alphaF():.2f})"
