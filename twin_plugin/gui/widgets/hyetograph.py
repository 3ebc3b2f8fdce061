"""A chart of a storm: intensity over time."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import QWidget

from ...core.common.axis_scale import nice_scale
from ..common import formatting
from .chart import Chart
from .contrast import readable


class Hyetograph(Chart):
    """Bars of intensity in mm/h over minutes, with the total and the peak in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(self.tr("Intensity of the rain in each time step."))
        self.ends_min: list[float] = []
        self.intensity_mm_h: list[float] = []
        self.total_mm = 0.0

    def set_storm(self, ends_min: Sequence[float], intensity_mm_h: Sequence[float], total_mm: float) -> None:
        """Show steps by the minute they end at and their intensity."""
        self.ends_min, self.intensity_mm_h = list(ends_min), list(intensity_mm_h)
        self.total_mm, self.hint = total_mm, ""
        self.show_caption()

    def clear(self, hint: str = "") -> None:
        """Show nothing but a hint."""
        self.ends_min, self.intensity_mm_h, self.total_mm, self.hint = [], [], 0.0, hint
        self.show_caption()

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

    def draw(self, painter: QPainter, line: int) -> None:
        top, step = nice_scale(max(self.intensity_mm_h))
        plot = self.plot(formatting.number(top, 0), above=3.5, below=2.5)
        painter.drawText(QPointF(0, 3.0 * line), self.tr("mm/h"))
        self.draw_grid(painter, plot, 0.0, top, step)
        self._draw_bars(painter, plot, top)
        self._draw_times(painter, plot, line)

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
        wanted = max(1, min(6, int(plot.width() / (2.6 * self.fontMetrics().horizontalAdvance("00:00")))))
        step = next((s for s in (5, 10, 15, 20, 30, 60, 120, 180, 360, 720) if end / s <= wanted), 1440)
        for minute in range(0, int(end) + 1, step):
            self.draw_time(painter, plot, plot.left() + plot.width() * minute / end, formatting.clock(minute))
        label = QRectF(plot.left(), plot.bottom() + line * 1.2, plot.width(), line)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight, self.tr("time, h:min"))
