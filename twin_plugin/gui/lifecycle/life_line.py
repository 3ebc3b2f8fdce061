"""The life of one object on a line: what is known now, below it what was known before corrections."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QDateTime, QLineF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QHelpEvent, QPainter
from qgis.PyQt.QtWidgets import QToolTip, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..widgets.chart import Chart
from ..widgets.contrast import readable
from .stage_names import stage_brush, stage_name, stage_pen

DAY = "yyyy-MM-dd"
OPEN_SHARE = 0.06
"""A stage that lasts goes on for so much of the line behind its last date."""


@dataclass(frozen=True, eq=False)
class Bar:
    """A stage on the line; `ends` is invalid while it lasts, and `was` says that a correction took its place."""

    stage: str
    starts: QDateTime
    ends: QDateTime
    was: bool = False

    @property
    def words(self) -> str:
        end = self.ends.toString(DAY) if self.ends.isValid() else "…"
        return f"{stage_name(self.stage)} {self.starts.toString(DAY)} – {end}"


class LifeLine(Chart):
    """Draws the bars, the years below them, and the date that the dock shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: list[Bar] = []
        self.at = QDateTime()
        self._caption = ""
        self.setAccessibleName(self.tr("Life of the object"))

    def show_bars(self, bars: Sequence[Bar], at: QDateTime) -> None:
        """Show the stages of an object, and a date."""
        self.bars, self.at = list(bars), at
        now = next((bar for bar in self.bars if not bar.was and _holds(bar, at)), None)
        self._caption = f"{at.toString(DAY)}: {stage_name(now.stage if now is not None else '')}"
        self.setAccessibleDescription("; ".join([self._caption, *(bar.words for bar in self.bars if not bar.was)]))
        self.setVisible(bool(self.bars))
        self.updateGeometry()
        self.update()

    def caption(self) -> str:
        return self._caption

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        lanes = 2 if any(bar.was for bar in self.bars) else 1
        return QSize(line * 18, math.ceil(line * (2.9 + 1.25 * lanes)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def draw(self, painter: QPainter, line: int) -> None:
        """Bars in two lanes, the axis with years, and the mark of the date."""
        if not self.bars:
            return
        text = readable(self.palette())
        for bar in self.bars:
            box = self._box(bar)
            painter.setPen(stage_pen(bar.stage))
            painter.setBrush(stage_brush(bar.stage))
            painter.setOpacity(0.45 if bar.was else 1.0)
            painter.drawRect(box)
        painter.setOpacity(1.0)
        low, high = self._reach()
        bottom = self.height() - 1.35 * line
        painter.setPen(text)
        painter.drawLine(QLineF(0, bottom, self.width() - 1, bottom))
        first, last = (QDateTime.fromSecsSinceEpoch(int(time), Qt.TimeSpec.UTC).date().year() for time in (low, high))
        label = self.fontMetrics().horizontalAdvance("0000")
        step = next(
            n for n in (1, 2, 5, 10, 20, 50, 100) if (last - first) / n * 1.6 * label <= self.width() or n == 100
        )
        for year in range(first + (-first) % step, last + 1, step):
            x = self._x(QDateTime.fromString(f"{year}-01-01T00:00:00Z", Qt.DateFormat.ISODate).toSecsSinceEpoch())
            if label / 2 <= x <= self.width() - label / 2:
                painter.drawLine(QLineF(x, bottom, x, bottom + 0.2 * line))
                box = QRectF(x - label, bottom + 0.2 * line, 2 * label, line)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, str(year))
        if self.at.isValid() and low <= self.at.toSecsSinceEpoch() <= high:
            x = self._x(self.at.toSecsSinceEpoch())
            pen = painter.pen()
            pen.setWidthF(2.0)
            painter.setPen(pen)
            painter.drawLine(QLineF(x, 1.2 * line, x, bottom))

    def event(self, event: QHelpEvent) -> bool:
        """Say under the mouse which stage that is."""
        if isinstance(event, QHelpEvent):
            was = self.tr("{stage}, as it was known before a correction")
            found = [
                was.format(stage=bar.words) if bar.was else bar.words
                for bar in self.bars
                if self._box(bar).contains(event.pos().x(), event.pos().y())
            ]
            QToolTip.showText(event.globalPos(), as_tip("\n".join(found)), self)
            return True
        return bool(super().event(event))

    def _box(self, bar: Bar) -> QRectF:
        line = self.fontMetrics().height()
        left = self._x(bar.starts.toSecsSinceEpoch())
        right = self._x(bar.ends.toSecsSinceEpoch()) if bar.ends.isValid() else self.width() - 1.0
        top = 1.35 * line + (1.25 * line if bar.was else 0.0)
        return QRectF(left, top, max(right - left, 1.0), line)

    def _reach(self) -> tuple[float, float]:
        times = [time.toSecsSinceEpoch() for bar in self.bars for time in (bar.starts, bar.ends) if time.isValid()]
        if self.at.isValid():
            times.append(self.at.toSecsSinceEpoch())
        low, high = min(times), max(times)
        return low, high + max((high - low) * OPEN_SHARE, 86_400.0)

    def _x(self, seconds: float) -> float:
        low, high = self._reach()
        return (self.width() - 1.0) * (seconds - low) / (high - low)


def _holds(bar: Bar, at: QDateTime) -> bool:
    return bar.starts <= at and (not bar.ends.isValid() or at < bar.ends)
