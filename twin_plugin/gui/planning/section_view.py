"""A section as the dock draws it: ground, buildings, rooms, pipes and tunnels along a line, to scale in height."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.outside_text import as_tip
from ...core.common.axis_scale import nice_scale
from ..common import formatting
from ..widgets.chart import Chart
from ..widgets.contrast import readable

MOST_NAMES = 20
"""Names in the tooltip."""


@dataclass(frozen=True)
class DrawnBody:
    """A ring or a line in the section: distance along it and elevation; what it is called."""

    places: tuple[tuple[float, float], ...]
    colour: str
    name: str
    filled: bool = True


class SectionView(Chart):
    """Bodies over distance; the caption says length and heights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bodies: list[DrawnBody] = []

    def show_section(self, bodies: Sequence[DrawnBody]) -> None:
        """Show other bodies, the first at the back."""
        self.bodies = list(bodies)
        names = dict.fromkeys(body.name for body in self.bodies if body.name)
        self.setToolTip(as_tip("\n".join([*names][:MOST_NAMES])))
        self.show_caption()

    def caption(self) -> str:
        if not self.bodies:
            return self.hint
        west, east, low, high = self._extent()
        text = self.tr("Section, {length} m long\n{low} to {high} m")
        length, low_text, high_text = (formatting.number(value, 0) for value in (east - west, low, high))
        return text.format(length=length, low=low_text, high=high_text)

    def draw(self, painter: QPainter, line: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        west, east, least, most = self._extent()
        _, step = nice_scale(max(most - least, 1.0))
        low, high = math.floor(least / step + 1e-9) * step, math.ceil(most / step - 1e-9) * step
        high = high if high > low else low + step
        plot = self.plot(formatting.number(high, 0), above=2.6, below=2.2)
        self.draw_grid(painter, plot, low, high, step)

        def place(distance: float, level: float) -> QPointF:
            return QPointF(
                plot.left() + plot.width() * (distance - west) / max(east - west, 1e-9),
                plot.bottom() - plot.height() * (level - low) / (high - low),
            )

        painter.setClipRect(plot.adjusted(-1, -1, 1, 1))
        for body in self.bodies:
            points = QPolygonF([place(*at) for at in body.places])
            colour = QColor(body.colour)
            painter.setPen(QPen(colour.darker(140), 1.0 if body.filled else 1.6))
            if body.filled:
                painter.setBrush(colour)
                painter.drawPolygon(points)
            else:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolyline(points)
        painter.setClipping(False)
        self._draw_distances(painter, plot, east - west)

    def _draw_distances(self, painter: QPainter, plot: QRectF, length: float) -> None:
        painter.setPen(readable(self.palette()))
        for number in range(5):
            text = formatting.number(length * number / 4, 0)
            self.draw_time(painter, plot, plot.left() + plot.width() * number / 4, text)

    def _extent(self) -> tuple[float, float, float, float]:
        """Least and greatest distance, lowest and highest level."""
        distances = [at for body in self.bodies for at, _ in body.places]
        levels = [level for body in self.bodies for _, level in body.places]
        return min(distances), max(distances), min(levels), max(levels)
