"""How many objects are in each stage: a bar for each, in the colours of the map; a click lists those of one."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QMouseEvent, QPainter
from qgis.PyQt.QtWidgets import QWidget

from ...core.lifecycle.periods import Stage
from ..common import formatting
from ..widgets.chart import Chart
from ..widgets.contrast import readable
from .stage_names import stage_brush, stage_name, stage_pen

ROW = 1.5
"""Height of a row in lines of text."""
NAMES = 0.5
"""The share of the width that the names may take at most."""


class StageBars(Chart):
    """Bars of counts; `chosen(stage)` for one that was clicked."""

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[str, int] = {}
        self.title = ""
        self.setToolTip(self.tr("Objects in each stage at the date. Click a bar to list them."))

    def show_counts(self, title: str, counts: dict[str, int]) -> None:
        """Show counts by stage; "" for unknown, which is left out where there are none."""
        self.title = title
        order = [stage.value for stage in Stage]
        self.counts = {stage: counts.get(stage, 0) for stage in order}
        if counts.get(""):
            self.counts[""] = counts[""]
        said = ", ".join(f"{stage_name(stage)} {count}" for stage, count in self.counts.items())
        self.updateGeometry()
        self.update()
        self.setAccessibleDescription(f"{title}: {said}")

    def caption(self) -> str:
        return self.title or self.hint

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 18, math.ceil(line * (1.4 + ROW * max(len(self.counts), 1))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def draw(self, painter: QPainter, line: int) -> None:
        """A row for each stage: its name, its bar, its count."""
        metrics, most = self.fontMetrics(), max(self.counts.values(), default=0)
        widest = max(metrics.horizontalAdvance(stage_name(stage)) for stage in self.counts)
        names = min(widest, int(self.width() * NAMES))
        figures = max(metrics.horizontalAdvance(formatting.number(count, 0)) for count in self.counts.values())
        left = names + line / 2
        room = max(1.0, self.width() - left - figures - line)
        for row, (stage, count) in enumerate(self.counts.items()):
            y = line * (1.4 + ROW * row)
            painter.setPen(readable(self.palette()))
            text = metrics.elidedText(stage_name(stage), Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, y, names, line), Qt.AlignmentFlag.AlignLeft, text)
            width = room * count / most if most else 0.0
            if count:
                painter.setPen(stage_pen(stage))
                painter.setBrush(stage_brush(stage))
                painter.drawRect(QRectF(left, y + line * 0.1, max(width, 2.0), line * 0.8))
            painter.setPen(readable(self.palette()))
            place = QRectF(left + width + line / 3, y, figures + line, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, formatting.number(count, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.fontMetrics().height()
        row = math.floor((event.pos().y() / line - 1.4) / ROW)
        stages = list(self.counts)
        if 0 <= row < len(stages):
            self.chosen.emit(stages[row])
