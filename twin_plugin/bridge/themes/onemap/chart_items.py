"""Charts of a theme on a page of its layout, drawn with QGIS's own shapes and labels: they need no plugin to be shown.

A chart is as of the run. A later run draws it again within its frame, wherever the user has moved that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qgis.core import QgsLayoutItem, QgsLayoutItemPolyline, QgsLayoutItemShape, QgsLineSymbol, QgsPrintLayout
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QPolygonF

from ....core.common.axis_scale import nice_scale
from ....core.common.messages import Message
from ....core.themes.chart_values import ChartRows, X
from ....core.themes.theme import Chart
from ...kernel import layout_items as items
from ...kernel.map_classes import INK, QUIET
from ...kernel.translation import Speaker

BARS = 10
"""Bars that have room; the rest are counted."""
FILL, GRID = "#2f6f9f", "#d9dee3"
HEAD, ROW, NAMES, NUMBERS = 12.0, 4.8, 34.0, 20.0
"""Millimetres: above the bars, of a bar, and of the texts before and behind it."""
LETTERS = 21
"""Narrow letters that fit before a bar."""
RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class ThemeChart:
    """A chart and its rows, or why there are none."""

    chart: Chart
    title: str
    rows: ChartRows = field(default_factory=ChartRows)
    reason: str = ""


class ChartDrawer:
    """Draws charts into boxes of a layout."""

    def __init__(self, layout: QgsPrintLayout, speaker: Speaker) -> None:
        self.layout, self.speaker = layout, speaker

    def draw(self, chart: ThemeChart, box: items.Box, page: int) -> None:
        """Draw a chart; what of it was drawn before goes."""
        name = f"city_twin chart {chart.chart.id}"
        for old in self._items():
            if old.id() in (name, f"{name} frame"):
                self.layout.removeLayoutItem(old)
        before = {item.uuid() for item in self._items()}
        items.frame(self.layout, box, GRID, 0.2, page)
        frame = next(item.uuid() for item in self._items() if item.uuid() not in before)
        left, top, width, height = box
        inner = (left + 3, top + HEAD, width - 6, height - HEAD - 5)
        items.label(self.layout, chart.title, (left + 3, top + 2, width - 6, 5), 9, INK, True, page=page)
        items.label(self.layout, self._subtitle(chart), (left + 3, top + 6.8, width - 6, 4), 7, QUIET, page=page)
        if chart.rows.rows and chart.chart.kind == "bar":
            self._bars(chart, inner, page)
        elif chart.rows.rows:
            self._line(chart, inner, page)
        for item in self._items():
            if item.uuid() not in before:
                item.setId(f"{name} frame" if item.uuid() == frame else name)

    def redraw(self, chart: ThemeChart) -> None:
        """Draw a chart again in its frame; one whose frame the user removed stays away."""
        frame = self.layout.itemById(f"city_twin chart {chart.chart.id} frame")
        if isinstance(frame, QgsLayoutItemShape):
            place, size = frame.pagePos(), frame.sizeWithUnits()
            self.draw(chart, (place.x(), place.y(), size.width(), size.height()), frame.page())

    def _items(self) -> list[QgsLayoutItem]:
        return [item for item in self.layout.items() if isinstance(item, QgsLayoutItem)]

    def _subtitle(self, chart: ThemeChart) -> str:
        if not chart.rows.rows:
            return chart.reason or self.speaker.say(Message("There are no values."))
        notes = [self.speaker.say(note) for note in chart.rows.notes]
        return " · ".join(filter(None, (chart.chart.unit, *notes)))

    def _bars(self, chart: ThemeChart, box: items.Box, page: int) -> None:
        left, top, width, height = box
        rows = chart.rows.rows[: min(BARS, int(height / ROW))]
        largest = max(abs(value) for _, value in chart.rows.rows) or 1.0
        room = width - NAMES - NUMBERS
        for number, (x, value) in enumerate(rows):
            y = top + number * ROW
            items.label(self.layout, _short(_text(x)), (left, y, NAMES - 2, ROW), 7.5, INK, align=RIGHT, page=page)
            length = max(0.3, room * abs(value) / largest)
            items.rule(self.layout, (left + NAMES, y + 0.4, length, ROW - 1.6), FILL, page)
            place = (left + NAMES + length + 1.2, y, NUMBERS, ROW)
            items.label(self.layout, _number(value), place, 7.5, INK, page=page)
        if more := len(chart.rows.rows) - len(rows):
            text = self.speaker.say(Message("and {count} more", count=more))
            items.label(self.layout, text, (left + NAMES, top + len(rows) * ROW, room, 4), 7, QUIET, page=page)

    def _line(self, chart: ThemeChart, box: items.Box, page: int) -> None:
        """Values over numbers, times or categories, with the axis from 0."""
        left, top, width, height = box
        axis, plot = 14.0, height - 5.0
        most, step = nice_scale(max(value for _, value in chart.rows.rows))
        least = min(0.0, min(value for _, value in chart.rows.rows))
        span = most - least or 1.0
        line = least if least < 0 else 0.0
        while line <= most + step / 2:
            y = top + plot * (1 - (line - least) / span)
            items.rule(self.layout, (left + axis, y, width - axis, 0.15), GRID, page)
            items.label(self.layout, _number(line), (left, y - 1.6, axis - 1.5, 4), 6.5, QUIET, align=RIGHT, page=page)
            line += step
        places = _places([x for x, _ in chart.rows.rows])
        offset = self.layout.pageCollection().page(page).pos().y()
        points = [
            QPointF(left + axis + place * (width - axis), offset + top + plot * (1 - (value - least) / span))
            for place, (_, value) in zip(places, chart.rows.rows, strict=True)
        ]
        curve = QgsLayoutItemPolyline(QPolygonF(points if len(points) > 1 else points * 2), self.layout)
        curve.setSymbol(QgsLineSymbol.createSimple({"color": FILL, "width": "0.6"}))
        self.layout.addLayoutItem(curve)
        first, last = chart.rows.rows[0][0], chart.rows.rows[-1][0]
        items.label(self.layout, _text(first), (left + axis, top + plot + 0.8, 40, 4), 6.5, QUIET, page=page)
        place = (left + width - 40, top + plot + 0.8, 40, 4)
        items.label(self.layout, _text(last), place, 6.5, QUIET, align=RIGHT, page=page)


def _places(values: Sequence[X]) -> list[float]:
    """Where values lie on an axis from 0 to 1: numbers and times by their size, texts one after the other."""
    if all(isinstance(value, datetime) for value in values):
        numbers = [value.timestamp() for value in values if isinstance(value, datetime)]
    elif all(isinstance(value, float) for value in values):
        numbers = [float(value) for value in values if isinstance(value, float)]
    else:
        numbers = [float(number) for number in range(len(values))]
    low, high = min(numbers), max(numbers)
    return [(number - low) / (high - low) if high > low else 0.5 for number in numbers]


def _text(x: X) -> str:
    if isinstance(x, datetime):
        return x.strftime("%Y-%m-%d %H:%M")
    return _number(x) if isinstance(x, float) else x


def _short(text: str) -> str:
    """A text that has room before a bar."""
    if items.text_width(text) <= LETTERS:
        return text
    while text and items.text_width(text) >= LETTERS:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:,.3g}"
