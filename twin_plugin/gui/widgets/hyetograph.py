"""A chart of a storm: intensity over time, drawn with the palette's colours."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ..common import formatting
from .ink import readable


class Hyetograph(QWidget):
    """Bars of intensity in mm/h over minutes, with the total and the peak in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Intensity of the rain in each time step."))
        self.ends_min: list[float] = []
        self.intensity_mm_h: list[float] = []
        self.total_mm = 0.0
        self.hint = ""

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 18, line * 11)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 8, line * 11)

    def set_storm(self, ends_min: Sequence[float], intensity_mm_h: Sequence[float], total_mm: float) -> None:
        """Show steps by the minute they end at and their intensity."""
        self.ends_min, self.intensity_mm_h = list(ends_min), list(intensity_mm_h)
        self.total_mm, self.hint = total_mm, ""
        self.setAccessibleDescription(self.caption())
        self.update()

    def clear(self, hint: str = "") -> None:
        """Show nothing but a hint."""
        self.ends_min, self.intensity_mm_h, self.total_mm, self.hint = [], [], 0.0, hint
        self.update()

    def caption(self) -> str:
        """The storm in two lines: total and peak."""
        if not self.intensity_mm_h:
            return self.hint
        peak = max(range(len(self.intensity_mm_h)), key=self.intensity_mm_h.__getitem__)
        text = self.tr("{total} mm in {time}\npeak {peak} mm/h at {clock}")
        return text.format(
            total=formatting.number(self.total_mm, 1),
            time=formatting.duration(60 * self.ends_min[-1]),
            peak=formatting.number(self.intensity_mm_h[peak], 0),
            clock=formatting.clock(self.ends_min[peak]),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, metrics = self.palette(), self.fontMetrics()
        text, line = readable(palette), metrics.height()
        painter.setPen(text)
        if not self.intensity_mm_h:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.hint)
            return
        for row, sentence in enumerate(self.caption().split("\n")):
            shown = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, row * line, self.width(), line), Qt.AlignmentFlag.AlignLeft, shown)
        top, step = nice_scale(max(self.intensity_mm_h))
        left = metrics.horizontalAdvance(formatting.number(top, 0)) + line // 2
        plot = QRectF(
            left, 3.5 * line, max(1.0, self.width() - left - line * 0.8), max(1.0, self.height() - 6.0 * line)
        )
        painter.drawText(QPointF(0, 3.0 * line), self.tr("mm/h"))
        self._draw_grid(painter, plot, top, step)
        self._draw_bars(painter, plot, top)
        self._draw_times(painter, plot, line)

    def _draw_grid(self, painter: QPainter, plot: QRectF, top: float, step: float) -> None:
        text = readable(self.palette())
        faint = self.palette().color(QPalette.ColorRole.Mid)
        height = self.fontMetrics().height()
        value = 0.0
        while value <= top + 1e-9:
            y = plot.bottom() - plot.height() * value / top
            painter.setPen(faint)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(text)
            box = QRectF(0, y - height / 2, plot.left() - height / 4, height)
            painter.drawText(
                box,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                formatting.number(value, 0 if step >= 1 else 1),
            )
            value += step

    def _draw_bars(self, painter: QPainter, plot: QRectF, top: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        end, before = self.ends_min[-1], 0.0
        for minute, value in zip(self.ends_min, self.intensity_mm_h, strict=True):
            left, right = plot.left() + plot.width() * before / end, plot.left() + plot.width() * minute / end
            height = plot.height() * value / top
            gap = 1.0 if right - left > 3.0 else 0.0
            painter.drawRect(QRectF(left, plot.bottom() - height, max(right - left - gap, 0.5), height))
            before = minute

    def _draw_times(self, painter: QPainter, plot: QRectF, line: int) -> None:
        painter.setPen(readable(self.palette()))
        end = self.ends_min[-1]
        width = 1.2 * self.fontMetrics().horizontalAdvance("00:00")
        wanted = max(1, min(6, int(plot.width() / (2 * width))))
        step = next((s for s in (5, 10, 15, 20, 30, 60, 120, 180, 360, 720) if end / s <= wanted), 1440)
        for minute in range(0, int(end) + 1, step):
            x = plot.left() + plot.width() * minute / end
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + line * 0.25))
            left = min(x - width / 2, self.width() - width)
            box = QRectF(left, plot.bottom() + line * 0.3, width, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, formatting.clock(minute))
        label = QRectF(plot.left(), plot.bottom() + line * 1.2, plot.width(), line)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight, self.tr("time, h:min"))


def nice_scale(maximum: float) -> tuple[float, float]:
    """The top of an axis and the step of its lines: at most five steps of 1, 2 or 5 times a power of ten."""
    if maximum <= 0 or not math.isfinite(maximum):
        return 1.0, 1.0
    raw = maximum / 4.0
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= raw - 1e-12)
    return step * math.ceil(maximum / step - 1e-9), step
