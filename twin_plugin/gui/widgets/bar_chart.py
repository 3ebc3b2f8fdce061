"""A chart with a bar for each category."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import formatting
from .chart import Chart
from .contrast import readable

COLOUR = QColor("#2f8fd8")
MOST_BARS = 12


class BarChart(Chart):
    """Bars from 0 to the right, negative ones to the left, the categories before them; what does not fit is counted in
    the caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.unit, self.note = "", "", ""
        self.bars: list[tuple[str, float]] = []

    def show_bars(self, title: str, unit: str, bars: Sequence[tuple[str, float]], note: str = "") -> None:
        """Show other bars; `note` says what a reader must know."""
        self.title, self.unit, self.note = title, unit, note
        self.bars = [(name, value) for name, value in bars if math.isfinite(value)]
        self.setToolTip(as_tip(self.caption()))
        self.show_caption()
        self.updateGeometry()

    def caption(self) -> str:
        if not self.title:
            return self.hint
        head = f"{self.title} ({self.unit})" if self.unit else self.title
        more = len(self.bars) - MOST_BARS
        rest = [self.tr("{n} more are not shown").format(n=more)] if more > 0 else []
        return "\n".join([head, *rest, *([self.note] if self.note else [])])

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        rows = self.caption().count("\n") + 1 + 1.35 * max(1, min(len(self.bars), MOST_BARS))
        return QSize(line * 18, math.ceil(line * (rows + 0.5)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def draw(self, painter: QPainter, line: int) -> None:
        shown, metrics = self.bars[:MOST_BARS], self.fontMetrics()
        if not shown:
            return
        top = line * (self.caption().count("\n") + 1.3)
        names = min(max(metrics.horizontalAdvance(name) for name, _ in shown), int(self.width() * 0.4))
        figures = [formatting.number(value, _decimals(value)) for _, value in shown]
        right = max(metrics.horizontalAdvance(text) for text in figures) + line // 2
        width = max(1.0, self.width() - names - right - line)
        low, high = (bound(0.0, *(value for _, value in shown)) for bound in (min, max))
        scale = width / ((high - low) or 1.0)
        zero = names + line / 2 - scale * low
        for row, ((name, value), figure) in enumerate(zip(shown, figures, strict=True)):
            y = top + row * line * 1.35
            painter.setPen(readable(self.palette()))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, names)
            painter.drawText(QRectF(0, y, names, line), Qt.AlignmentFlag.AlignLeft, text)
            start, end = zero + scale * min(value, 0.0), zero + scale * max(value, 0.0)
            painter.fillRect(QRectF(start, y + line * 0.12, end - start, line * 0.76), COLOUR)
            place = QRectF(end + line / 4, y, right, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, figure)


def _decimals(value: float) -> int:
    if abs(value) >= 100 or value == int(value):
        return 0
    return 1 if abs(value) >= 1 else 2
