"""A chart of what a sensor measured: one line over a day, with the thresholds, drawn with the palette's colours."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from qgis.PyQt.QtCore import QDateTime, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.map_classes import CAUTION, CLOSED
from ...core.common.axis_scale import nice_scale
from ..common import formatting
from ..widgets.chart import Chart
from ..widgets.contrast import readable

POINTS = 2_000
"""Points drawn at most; of more, the highest and the lowest of each stretch."""


class SensorChart(Chart):
    """Values by time in seconds since 1970, with a caution and an alarm line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(self.tr("What the sensor measured during the last day."))
        self.times_s: list[float] = []
        self.values: list[float] = []
        self.title = self.unit = ""
        self.limits: tuple[float | None, float | None] = (None, None)

    def show_series(
        self,
        title: str,
        unit: str,
        times_s: Sequence[float],
        values: Sequence[float],
        limits: tuple[float | None, float | None] = (None, None),
    ) -> None:
        """Show a sensor; the times need no order."""
        pairs = sorted((t, v) for t, v in zip(times_s, values, strict=True) if math.isfinite(t) and math.isfinite(v))
        pairs = thinned(pairs, POINTS)
        self.times_s, self.values = [t for t, _ in pairs], [v for _, v in pairs]
        self.title, self.unit, self.limits = title, unit, limits
        self.hint = "" if pairs else self.tr("No values during the last day.")
        self.show_caption()

    def clear(self, hint: str = "") -> None:
        """Show nothing but a hint."""
        self.times_s, self.values, self.hint, self.title = [], [], hint, ""
        self.show_caption()

    def caption(self) -> str:
        """The newest value in words."""
        if not self.values:
            return self.hint
        moment = QDateTime.fromSecsSinceEpoch(int(self.times_s[-1])).toString("HH:mm")
        text = self.tr("{title}: {value} {unit} at {time}")
        return text.format(title=self.title, value=formatting.number(self.values[-1], 2), unit=self.unit, time=moment)

    def draw(self, painter: QPainter, line: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high, step = self._scale()
        plot = self.plot(formatting.number(high, 2), above=1.6, below=1.8)
        self.draw_grid(painter, plot, low, high, step)
        end = max(time.time(), self.times_s[-1])
        start = end - 24 * 3600.0

        def place(t: float, v: float) -> QPointF:
            across = (t - start) / (end - start)
            return QPointF(
                plot.left() + plot.width() * across, plot.bottom() - plot.height() * (v - low) / (high - low)
            )

        for limit, colour in zip(self.limits, (CAUTION, CLOSED), strict=True):
            if limit is not None and low <= limit <= high:
                painter.setPen(QPen(QColor(colour), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(place(start, limit), place(end, limit))
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 1.6))
        painter.setClipRect(plot.adjusted(0, -2, 0, 2))
        points = [place(t, v) for t, v in zip(self.times_s, self.values, strict=True)]
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], 2.5, 2.5)
        painter.setClipping(False)
        self._draw_times(painter, plot, start, end)

    def _scale(self) -> tuple[float, float, float]:
        wanted = [*self.values, *(limit for limit in self.limits if limit is not None)]
        low, high = min(wanted), max(wanted)
        if low >= 0 and low < 0.4 * high:
            low = 0.0
        _, step = nice_scale((high - low) or abs(high) or 1.0)
        low = math.floor(low / step + 1e-9) * step
        high = math.ceil(high / step - 1e-9) * step
        return low, high if high > low else low + step, step

    def _draw_times(self, painter: QPainter, plot: QRectF, start: float, end: float) -> None:
        painter.setPen(readable(self.palette()))
        count = max(1, min(4, int(plot.width() / (2 * self.fontMetrics().horizontalAdvance("00:00")))))
        for number in range(count + 1):
            moment = QDateTime.fromSecsSinceEpoch(int(start + (end - start) * number / count))
            self.draw_time(painter, plot, plot.left() + plot.width() * number / count, moment.toString("HH:mm"))


def thinned(pairs: list[tuple[float, float]], most: int) -> list[tuple[float, float]]:
    """Fewer points in the same order, with the lowest and the highest of each stretch among them, and the last."""
    if len(pairs) <= most:
        return pairs
    size = 2 * len(pairs) / most
    kept: list[tuple[float, float]] = []
    for number in range(most // 2):
        part = pairs[round(number * size) : round((number + 1) * size)]
        if part:
            ends = {min(part, key=lambda pair: pair[1]), max(part, key=lambda pair: pair[1])}
            kept += sorted(ends)
    return kept if kept[-1] == pairs[-1] else [*kept, pairs[-1]]
