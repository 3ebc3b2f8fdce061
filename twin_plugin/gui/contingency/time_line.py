"""The time line of a level: a lane for each kind of event, with the moment that the map shows."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette
from qgis.PyQt.QtWidgets import QStyle, QStyleOptionFocusRect, QToolTip, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...core.common.document.blocks import LaneKind, TimeLine
from ...core.common.document.wording import moment
from ...core.contingency.document.reached import time_line
from ...core.contingency.plan import Event, LevelPlan
from ..widgets.chart import Chart
from ..widgets.contrast import readable
from .plan_rows import Say

COLOURS = {LaneKind.ACTION: "#b8860b", LaneKind.ROAD: "#c0392b", LaneKind.WATER: "#2c7fb8", LaneKind.PLAIN: "#7a7a7a"}
NEAR_PX = 6.0
TIP_ROWS = 8


class PlanTimeLine(Chart):
    """Draws the events of a level; `chosen` gives the minute that was clicked, or reached with the arrow keys."""

    chosen = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Time line of the plan"))
        self._events: tuple[Event, ...] = ()
        self._line: TimeLine | None = None
        self._names: list[str] = []
        self._say: Say = str
        self._caption = ""
        self.minute = math.nan

    def show_level(self, level: LevelPlan | None, say: Say) -> None:
        """Show the events of a level, or nothing."""
        self._say, self.minute = say, math.nan
        self._line = time_line(level) if level is not None else None
        events = level.events if level is not None else ()
        self._events = tuple(sorted((e for e in events if math.isfinite(e.minute)), key=lambda e: e.minute))
        self._names = [say(lane.title) for lane in self._line.lanes] if self._line is not None else []
        self.hint = say(self._line.empty) if self._line is not None else ""
        self._tell()

    def show_minute(self, minute: float) -> None:
        """Mark the moment that the map shows; NaN for none."""
        self.minute = minute
        self._tell()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 18, round(line * (3.6 + 1.3 * len(self._names))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def caption(self) -> str:
        """The moment, or how many events there are."""
        return self._caption or self.hint

    def _tell(self) -> None:
        self._caption = ""
        if self._names and math.isnan(self.minute):
            text = self.tr("{n} events; choose a moment to show it on the map.")
            self._caption = text.format(n=f"{len(self._events):,}")
        elif self._names:
            time = self._say(moment(self.minute))
            now = [self._words(event) for event in self._events if abs(event.minute - self.minute) < 0.5]
            self._caption = " · ".join([time, *now[:1]]) + (f" (+{len(now) - 1})" if len(now) > 1 else "")
        self.updateGeometry()
        self.show_caption()

    def draw(self, painter: QPainter, line: int) -> None:
        """Lanes with their marks, the axis, and the moment that the map shows."""
        time, area = self._line, self._area(line)
        if time is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, faint = readable(self.palette()), self.palette().color(QPalette.ColorRole.Mid)
        names_px, height = area.left() - 0.4 * line, area.height() / len(time.lanes)
        for row, (lane, name) in enumerate(zip(time.lanes, self._names, strict=True)):
            y = area.top() + (row + 0.5) * height
            painter.setPen(text)
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(names_px))
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - line / 2, names_px, line), align, shown)
            painter.setPen(faint)
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QColor(COLOURS[lane.kind]))
            painter.setBrush(QColor(COLOURS[lane.kind]))
            for minute in lane.minutes:
                painter.drawEllipse(QPointF(self._x(area, minute), y), 0.22 * line, 0.22 * line)
        painter.setPen(text)
        tick, room = time.start_min, -math.inf
        while tick <= time.end_min + 1e-6:
            x = self._x(area, tick)
            if x > room:
                self.draw_time(painter, area, x, self._say(moment(tick)))
                room = x + 1.5 * self.fontMetrics().horizontalAdvance("00:00")
            tick += time.step_min
        if math.isfinite(self.minute):
            painter.setPen(readable(self.palette(), QPalette.ColorRole.Highlight))
            x = self._x(area, min(max(self.minute, time.start_min), time.end_min))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)

    def _area(self, line: int) -> QRectF:
        """Where the marks are: right of the lanes' names, between caption and axis."""
        widest = max((self.fontMetrics().horizontalAdvance(name) for name in self._names), default=0)
        left = min(widest + 0.5 * line, 0.42 * self.width())
        return QRectF(left, 1.4 * line, self.width() - left - 1.2 * line, self.height() - 3.2 * line)

    def _x(self, area: QRectF, minute: float) -> float:
        time = self._line
        if time is None:
            return area.left()
        return area.left() + area.width() * (minute - time.start_min) / (time.end_min - time.start_min)

    def _minute_at(self, x: float) -> float:
        area, time = self._area(self.fontMetrics().height()), self._line
        if time is None or not time.lanes:
            return math.nan
        share = min(max((x - area.left()) / max(area.width(), 1.0), 0.0), 1.0)
        minute = time.start_min + share * (time.end_min - time.start_min)
        near = min(self._events, key=lambda event: abs(event.minute - minute), default=None)
        if near is not None and abs(self._x(area, near.minute) - x) <= NEAR_PX:
            return near.minute
        return minute

    def _words(self, event: Event) -> str:
        return self._say(event.words or event.text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        minute = self._minute_at(event.pos().x())
        if event.button() == Qt.MouseButton.LeftButton and math.isfinite(minute):
            self._choose(minute)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from event to event, Home and End to the first and the last."""
        minutes = sorted({item.minute for item in self._events})
        now = self.minute if math.isfinite(self.minute) else -math.inf
        found = {
            Qt.Key.Key_Right: next((minute for minute in minutes if minute > now + 1e-6), None),
            Qt.Key.Key_Left: next((minute for minute in reversed(minutes) if minute < now - 1e-6), None),
            Qt.Key.Key_Home: minutes[0] if minutes else None,
            Qt.Key.Key_End: minutes[-1] if minutes else None,
        }
        if event.key() not in found:
            super().keyPressEvent(event)
        elif (minute := found[Qt.Key(event.key())]) is not None:
            self._choose(minute)

    def _choose(self, minute: float) -> None:
        self.show_minute(minute)
        self.chosen.emit(minute)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say under the mouse what happens there."""
        if isinstance(event, QHelpEvent):
            area = self._area(self.fontMetrics().height())
            near = [
                f"{self._say(moment(item.minute))}  {self._words(item)}"
                for item in self._events
                if abs(self._x(area, item.minute) - event.pos().x()) <= NEAR_PX
            ]
            more = [self.tr("{n} more").format(n=len(near) - TIP_ROWS)] if len(near) > TIP_ROWS else []
            hint = self.tr("Choose a moment, or go from event to event with the arrow keys.")
            QToolTip.showText(event.globalPos(), as_tip("\n".join([*near[:TIP_ROWS], *more]) or hint), self)
            return True
        return super().event(event)
