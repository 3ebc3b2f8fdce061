"""The skyline of one observer as the dock draws it: elevation over azimuth, of today and with the scheme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

from ...core.common.axis_scale import nice_scale
from ..common import formatting
from ..widgets.chart import Chart
from ..widgets.contrast import readable


@dataclass(frozen=True)
class SkylinePart:
    """A piece of a skyline: its places as azimuth and elevation in degrees, clockwise, and what stands behind it."""

    colour: str
    places: tuple[tuple[float, float], ...]


class SkylineView(Chart):
    """Filled pieces of the skyline that is reviewed, and a line for that of today where there is a scheme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.parts, self.before = "", list[SkylinePart](), list[SkylinePart]()

    def show_skyline(self, name: str, parts: Sequence[SkylinePart], before: Sequence[SkylinePart] = ()) -> None:
        """Show the skyline of an observer; `before` is that of today beside one with a scheme."""
        self.name, self.parts, self.before = name, list(parts), list(before)
        self.show_caption()

    def caption(self) -> str:
        """The observer, and the greatest elevation."""
        if not self.parts:
            return self.hint
        text = self.tr("Skyline from {name}\n{degrees}° at most; dashed: today's")
        if not self.before:
            text = self.tr("Skyline from {name}\n{degrees}° at most")
        return text.format(name=self.name, degrees=formatting.number(self._top(self.parts), 1))

    def draw(self, painter: QPainter, line: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low = min(0.0, *(elevation for part in (*self.parts, *self.before) for _, elevation in part.places))
        top = max(self._top(self.parts), self._top(self.before), 1.0)
        _, step = nice_scale(top - low)
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(top / step - 1e-9) * step
        plot = self.plot(formatting.number(high, 0) + "°", above=2.6, below=2.2)
        self.draw_grid(painter, plot, low, high, step)

        def place(azimuth: float, elevation: float) -> QPointF:
            return QPointF(
                plot.left() + plot.width() * azimuth / 360.0,
                plot.bottom() - plot.height() * (elevation - low) / (high - low),
            )

        painter.setPen(Qt.PenStyle.NoPen)
        for part in self.parts:
            points = [place(*at) for at in part.places]
            ends = [QPointF(points[-1].x(), plot.bottom()), QPointF(points[0].x(), plot.bottom())]
            painter.setBrush(QColor(part.colour))
            painter.drawPolygon(QPolygonF([*points, *ends]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in self.before:
            painter.setPen(QPen(readable(self.palette()), 1.0, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF([place(*at) for at in part.places]))
        self._draw_directions(painter, plot, line)

    def _draw_directions(self, painter: QPainter, plot: QRectF, line: int) -> None:
        painter.setPen(readable(self.palette()))
        names = (self.tr("N"), self.tr("E"), self.tr("S"), self.tr("W"), self.tr("N"))
        for number, name in enumerate(names):
            self.draw_time(painter, plot, plot.left() + plot.width() * number / 4, name)

    @staticmethod
    def _top(parts: Sequence[SkylinePart]) -> float:
        return max((elevation for part in parts for _, elevation in part.places), default=0.0)
