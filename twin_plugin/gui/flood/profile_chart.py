"""A chart of the ground and the water along a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen
from qgis.PyQt.QtWidgets import QWidget

from ...core.common.axis_scale import nice_scale
from ..common import formatting
from ..widgets.chart import Chart
from ..widgets.contrast import readable

GROUND, GROUND_EDGE, WATER, WATER_EDGE = "#b08d66", "#7a5c3a", "#7db8e8", "#1f6fb5"


@dataclass(frozen=True)
class Piece:
    """The line within one cell: where it begins and ends, ground and level there; NaN where there is none."""

    start_m: float
    end_m: float
    terrain_m: float
    level_m: float


class ProfileChart(Chart):
    """Ground in brown and water in blue, cell by cell; what has no cell is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pieces: list[Piece] = []
        self.when = ""

    def show_profile(self, pieces: Sequence[Piece], when: str) -> None:
        """Show the pieces of a line; `when` says of which time the water is."""
        self.pieces, self.when = list(pieces), when
        self.show_caption()

    def caption(self) -> str:
        """What is drawn, and the greatest depth."""
        if not self.pieces:
            return self.hint
        depths = [piece.level_m - piece.terrain_m for piece in self.pieces if math.isfinite(piece.level_m)]
        text = self.tr("Ground and water, m · {when}\n{length} m long, up to {depth} m deep")
        length = self.pieces[-1].end_m - self.pieces[0].start_m
        depth = formatting.number(max(depths, default=0.0), 2)
        return text.format(when=self.when, length=formatting.number(length, 0), depth=depth)

    def draw(self, painter: QPainter, line: int) -> None:
        levels = [v for piece in self.pieces for v in (piece.terrain_m, piece.level_m) if math.isfinite(v)]
        if not levels:
            return
        _, step = nice_scale((max(levels) - min(levels)) or 1.0)
        low, high = math.floor(min(levels) / step - 0.3) * step, math.ceil(max(levels) / step - 1e-9) * step
        high = high if high > low else low + step
        plot = self.plot(formatting.number(high, 2), above=2.8, below=2.4)
        self.draw_grid(painter, plot, low, high, step)
        start, length = self.pieces[0].start_m, (self.pieces[-1].end_m - self.pieces[0].start_m) or 1.0

        def place(distance: float, level: float) -> QPointF:
            return QPointF(
                plot.left() + plot.width() * (distance - start) / length,
                plot.bottom() - plot.height() * (level - low) / (high - low),
            )

        for piece in self.pieces:
            if math.isfinite(piece.level_m) and math.isfinite(piece.terrain_m):
                self._fill(painter, QRectF(place(piece.start_m, piece.level_m), place(piece.end_m, low)), WATER)
        for piece in self.pieces:
            if math.isfinite(piece.terrain_m):
                self._fill(painter, QRectF(place(piece.start_m, piece.terrain_m), place(piece.end_m, low)), GROUND)
        for values, colour in (
            ([piece.terrain_m for piece in self.pieces], GROUND_EDGE),
            ([piece.level_m for piece in self.pieces], WATER_EDGE),
        ):
            painter.setPen(QPen(QColor(colour), 1.4))
            for piece, value in zip(self.pieces, values, strict=True):
                if math.isfinite(value):
                    painter.drawLine(place(piece.start_m, value), place(piece.end_m, value))
        self._draw_distances(painter, plot, length, line)

    def _fill(self, painter: QPainter, box: QRectF, colour: str) -> None:
        # Half a pixel more: no seams between cells.
        painter.fillRect(box.adjusted(0, 0, 0.5, 0), QColor(colour))

    def _draw_distances(self, painter: QPainter, plot: QRectF, length: float, line: int) -> None:
        painter.setPen(readable(self.palette()))
        _, step = nice_scale(length)
        for number in range(int(length / step + 1e-6) + 1):
            x = plot.left() + plot.width() * number * step / length
            self.draw_time(painter, plot, x, formatting.number(number * step, 0 if step >= 1 else 1))
        label = QRectF(plot.left(), plot.bottom() + line * 1.25, plot.width(), line)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight, self.tr("distance, m"))
