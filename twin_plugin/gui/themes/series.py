"""A chart of a theme: a line over numbers or times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.outside_text import as_tip
from ...core.common.axis_scale import nice_scale
from ..common import formatting
from ..widgets.chart import Chart
from ..widgets.contrast import readable

COLOUR = QColor("#2f8fd8")
Place = tuple[float | datetime, float]


class SeriesChart(Chart):
    """A line; its ends are labelled below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.unit, self.note = "", "", ""
        self.points: list[tuple[float, float]] = []
        self.ends = ("", "")

    def show_points(self, title: str, unit: str, rows: Sequence[Place], note: str = "") -> None:
        """Show other points, which are in ascending order of x."""
        self.title, self.unit, self.note = title, unit, note
        places = [(x.timestamp() if isinstance(x, datetime) else float(x), y) for x, y in rows]
        self.points = [(x, y) for x, y in places if math.isfinite(x) and math.isfinite(y)]
        self.ends = (label_of(rows[0][0]), label_of(rows[-1][0])) if rows else ("", "")
        self.setToolTip(as_tip(self.caption()))
        self.show_caption()

    def caption(self) -> str:
        if not self.title:
            return self.hint
        head = f"{self.title} ({self.unit})" if self.unit else self.title
        return "\n".join([head, *([self.note] if self.note else [])])

    def draw(self, painter: QPainter, line: int) -> None:
        if not self.points:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = min(0.0, *(y for _, y in self.points)), max(0.0, *(y for _, y in self.points))
        _, step = nice_scale((high - low) or 1.0)
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
        high = high if high > low else low + step
        plot = self.plot(formatting.number(high, 2), above=self.caption().count("\n") + 1.6, below=1.6)
        self.draw_grid(painter, plot, low, high, step)
        first, span = self.points[0][0], (self.points[-1][0] - self.points[0][0]) or 1.0
        places = [
            QPointF(
                plot.left() + plot.width() * (x - first) / span,
                plot.bottom() - plot.height() * (y - low) / (high - low),
            )
            for x, y in self.points
        ]
        painter.setPen(QPen(COLOUR, 1.8))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(readable(self.palette()))
        under = QRectF(plot.left(), plot.bottom() + line * 0.3, plot.width(), line)
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, self.ends[0])
        painter.drawText(under, Qt.AlignmentFlag.AlignRight, self.ends[1])


def label_of(x: float | str | datetime) -> str:
    if isinstance(x, datetime):
        return x.astimezone().strftime("%Y-%m-%d %H:%M")
    return x if isinstance(x, str) else formatting.number(float(x), 0 if float(x).is_integer() else 1)
