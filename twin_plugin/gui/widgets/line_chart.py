"""A chart of several lines over minutes, each in its colour with its value at the time that is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

from ...core.common.axis_scale import nice_scale
from ..common import formatting
from .chart import Chart
from .contrast import readable

TIME_STEPS_MIN = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720)


@dataclass(frozen=True)
class Line:
    """Values over minutes; NaN leaves a gap."""

    label: str
    colour: str
    minutes: Sequence[float]
    values: Sequence[float]

    def at(self, minutes: float | None) -> float:
        """The value of the step nearest to a time, the greatest by amount without a time; NaN where there is none."""
        if minutes is not None:
            nearest = min(range(len(self.minutes)), key=lambda place: abs(self.minutes[place] - minutes), default=-1)
            return self.values[nearest] if nearest >= 0 else math.nan
        return max((value for value in self.values if math.isfinite(value)), key=abs, default=math.nan)


@dataclass(frozen=True)
class Quantity:
    """What the lines show: its name with the unit, decimals, whether it goes in steps, and bands behind the lines.

    `bands` are (lower, upper, colour), and `from_zero` lets the axis begin at 0.
    """

    title: str
    decimals: int = 2
    stepped: bool = False
    from_zero: bool = True
    bands: tuple[tuple[float, float, str], ...] = ()


class LineChart(Chart):
    """Lines over time with a mark at the time that the map shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.quantity = Quantity("")
        self.marked_min: float | None = None

    def show_lines(self, quantity: Quantity, lines: Sequence[Line]) -> None:
        """Show lines; none of them shows the hint."""
        self.quantity, self.lines = quantity, [line for line in lines if len(line.minutes)]
        self.show_caption()

    def mark(self, minutes: float | None) -> None:
        """Mark a time, or none: then the values in words are the greatest."""
        self.marked_min = minutes
        self.show_caption()

    def caption(self) -> str:
        """The quantity, the time, and the value of each line."""
        if not self.lines:
            return self.hint
        if self.marked_min is None:
            when = self.tr("{quantity}: maximum").format(quantity=self.quantity.title)
        else:
            when = self.tr("{quantity} at {time}")
            when = when.format(quantity=self.quantity.title, time=formatting.clock(self.marked_min))
        return f"{when}\n{' '.join(text for text, _ in self._figures())}"

    def _figures(self) -> list[tuple[str, str]]:
        """Label and value of each line, and its colour."""
        decimals = self.quantity.decimals
        values = (formatting.number(line.at(self.marked_min), decimals) for line in self.lines)
        return [
            (f"{line.label}: {value}" if line.label else value, line.colour)
            for line, value in zip(self.lines, values, strict=True)
        ]

    def draw(self, painter: QPainter, line: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_figures(painter, line)
        low, high, step = self._scale()
        plot = self.plot(formatting.number(high if abs(high) > abs(low) else low, 2), above=2.6, below=2.4)
        end = max(max(line.minutes) for line in self.lines) or 1.0
        painter.setClipRect(plot.adjusted(-2, -2, 2, 2))
        for lower, upper, colour in self.quantity.bands:
            top, bottom = (_height(plot, min(max(v, low), high), low, high) for v in (upper, lower))
            painter.fillRect(QRectF(plot.left(), top, plot.width(), bottom - top), QColor(colour))
        painter.setClipping(False)
        self.draw_grid(painter, plot, low, high, step)
        painter.setClipRect(plot.adjusted(-2, -2, 2, 2))
        for shown in self.lines:
            painter.setPen(QPen(QColor(shown.colour), 1.8))
            for part in self._parts(shown, plot, (low, high), end):
                painter.drawPolyline(part)
        if self.marked_min is not None and 0 <= self.marked_min <= end:
            self._draw_mark(painter, plot, (low, high), end)
        painter.setClipping(False)
        self._draw_times(painter, plot, end, line)

    def _draw_figures(self, painter: QPainter, line: int) -> None:
        """Draw over the second line of the caption the values with the colours of their lines."""
        window = self.palette().window()
        painter.fillRect(QRectF(0, line, self.width(), line), window)
        x, text = 0.0, readable(self.palette())
        for figure, colour in self._figures():
            painter.fillRect(QRectF(x, line * 1.3, line * 0.5, line * 0.5), QColor(colour))
            painter.setPen(text)
            painter.drawText(QRectF(x + line * 0.65, line, self.width(), line), Qt.AlignmentFlag.AlignLeft, figure)
            x += line * 1.3 + self.fontMetrics().horizontalAdvance(figure)

    def _scale(self) -> tuple[float, float, float]:
        values = [value for line in self.lines for value in line.values if math.isfinite(value)]
        low, high = min(values, default=0.0), max(values, default=1.0)
        if self.quantity.bands:
            return 0.0, self.quantity.bands[-1][1], 1.0
        if self.quantity.from_zero:
            low, high = min(low, 0.0), max(high, 0.0)
        _, step = nice_scale((high - low) or abs(high) or 1.0)
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
        return low, high if high > low else low + step, step

    def _parts(self, shown: Line, plot: QRectF, ends: tuple[float, float], end_min: float) -> list[QPolygonF]:
        """The line in its parts between gaps."""
        parts: list[list[QPointF]] = [[]]
        for minutes, value in zip(shown.minutes, shown.values, strict=True):
            if not math.isfinite(value):
                parts.append([])
                continue
            point = QPointF(plot.left() + plot.width() * minutes / end_min, _height(plot, value, *ends))
            if self.quantity.stepped and parts[-1]:
                parts[-1].append(QPointF(point.x(), parts[-1][-1].y()))
            parts[-1].append(point)
        return [QPolygonF(part) for part in parts if part]

    def _draw_mark(self, painter: QPainter, plot: QRectF, ends: tuple[float, float], end_min: float) -> None:
        x = plot.left() + plot.width() * self.marked_min / end_min
        painter.setPen(QPen(readable(self.palette()), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        for shown in self.lines:
            value = shown.at(self.marked_min)
            if math.isfinite(value):
                painter.setBrush(QColor(shown.colour))
                painter.drawEllipse(QPointF(x, _height(plot, value, *ends)), 3.2, 3.2)

    def _draw_times(self, painter: QPainter, plot: QRectF, end_min: float, line: int) -> None:
        painter.setPen(readable(self.palette()))
        wanted = max(1, min(6, int(plot.width() / (2.0 * self.fontMetrics().horizontalAdvance("00:00")))))
        step = next((s for s in TIME_STEPS_MIN if end_min / s <= wanted), 1440)
        for minute in range(0, int(end_min) + 1, step):
            self.draw_time(painter, plot, plot.left() + plot.width() * minute / end_min, formatting.clock(minute))
        label = QRectF(plot.left(), plot.bottom() + line * 1.25, plot.width(), line)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight, self.tr("time, h:min"))


def _height(plot: QRectF, value: float, low: float, high: float) -> float:
    return plot.bottom() - plot.height() * (value - low) / (high - low)
