"""The chart of damage over annual probability: the area below the line is the expected annual damage."""

from __future__ import annotations

import math
from itertools import pairwise

from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF

from ...core.common.axis_scale import nice_scale
from ...core.risk.damage_curve import CurvePart, Part, damage_curve
from ...core.risk.expected_damage import Rule, Tail
from ..kernel.chart_page import MARGIN, SIZE, WIDTH, ChartPage
from ..kernel.map_classes import INK, PAPER, QUIET
from .damage_run import DamageResult, Side

COLOURS = {Part.BETWEEN: "#ea8a4c", Part.RARE_TAIL: "#b8412f", Part.FREQUENT_TAIL: "#f9c98a"}
"""Of the parts, as in the map of expected damage; tails are hatched too."""
LINE, MEASURE = "#5f1225", "#115292"
translate = QCoreApplication.translate


def amount(value: float) -> str:
    """A sum for people: whole from 1,000 on, else with four digits."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"


class DamageChart(ChartPage):
    """Draws what `assess_damage` integrated, for all assets that are known in all events.

    Parameters
    ----------
    result : DamageResult
    """

    def __init__(self, result: DamageResult) -> None:
        self._result = result
        self._parts, *with_it = [self._curve(side) for side in result.sides]
        self._measure = with_it[0] if with_it else []
        greatest = max(float(part.damage.max()) for part in [*self._parts, *self._measure])
        unit = f" {result.unit}" if result.unit else ""
        title = translate("DamageChart", "Expected annual damage: {ead}{unit} a year")
        super().__init__(title.format(ead=amount(result.numbers["EAD"]), unit=unit), greatest)
        self._right = float(self._parts[-1].probability[-1])

    def paint(self, painter: QPainter) -> None:
        """Draw title, grid, the parts of the area, the lines, the events and the legend."""
        self._draw_page(painter)
        unit = self._result.unit or translate("DamageChart", "in the unit of the damage")
        text = translate("DamageChart", "Damage of an event ({unit})").format(unit=unit)
        self._text(painter, text, QRectF(MARGIN, MARGIN * 1.6, WIDTH, 40), SIZE, QUIET)
        for part in self._parts:
            self._draw_area(painter, part)
        self._draw_line(painter, self._parts, LINE, Qt.PenStyle.SolidLine)
        self._draw_line(painter, self._measure, MEASURE, Qt.PenStyle.DashLine)
        self._draw_events(painter)
        self._draw_probabilities(painter)
        self._draw_legend(painter)

    def _curve(self, side: Side) -> list[CurvePart]:
        return damage_curve(side.events.periods(), side.sums(), self._result.integral)

    def _x(self, probability: float) -> float:
        return self._plot.left() + self._plot.width() * probability / self._right

    def _points(self, part: CurvePart) -> list[QPointF]:
        pairs = zip(part.probability, part.damage, strict=True)
        return [QPointF(self._x(float(p)), self._y(float(d))) for p, d in pairs]

    def _draw_area(self, painter: QPainter, part: CurvePart) -> None:
        points = self._points(part)
        feet = [QPointF(points[-1].x(), self._y(0.0)), QPointF(points[0].x(), self._y(0.0))]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS[part.part]))
        painter.drawPolygon(QPolygonF([*points, *feet]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if part.part is Part.BETWEEN:
            return
        # Lines, and no brush with a pattern: an .svg would have it as a picture.
        painter.setPen(QPen(QColor(PAPER), 1.5))
        foot = self._y(0.0)
        for first, second in pairwise(points):
            steps = max(1, math.ceil((second.x() - first.x()) / 14))
            for number in range(1, steps):
                share = number / steps
                x, y = first.x() + share * (second.x() - first.x()), first.y() + share * (second.y() - first.y())
                painter.drawLine(QPointF(x, y), QPointF(x, foot))

    def _draw_line(self, painter: QPainter, parts: list[CurvePart], colour: str, style: Qt.PenStyle) -> None:
        painter.setPen(QPen(QColor(colour), 4, style))
        points = [point for part in parts for point in self._points(part)]
        if points:
            painter.drawPolyline(QPolygonF(points))

    def _draw_events(self, painter: QPainter) -> None:
        """A dot for each event on the line, with its return period where that finds room."""
        side, taken = self._result.sides[0], QRectF()
        for period, damage in reversed(list(zip(side.events.periods(), side.sums(), strict=True))):
            x, y = self._x(1.0 / period), self._y(float(damage))
            painter.setPen(QPen(QColor(PAPER), 2))
            painter.setBrush(QColor(LINE))
            painter.drawEllipse(QPointF(x, y), 8, 8)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            text = translate("DamageChart", "{period} years").format(period=f"{period:g}")
            wide = self._metrics(SIZE).horizontalAdvance(text) + 8
            box = QRectF(min(x + 14, self._plot.right() - wide), y - 1.9 * SIZE, wide, 1.5 * SIZE)
            if not box.intersects(taken):
                self._text(painter, text, box, SIZE, INK)
                taken = box

    def _draw_probabilities(self, painter: QPainter) -> None:
        _, step = nice_scale(self._right)
        for number in range(int(self._right / step + 1e-9) + 1):
            self._draw_tick(painter, self._x(number * step), f"{number * step:.4g}")
        text = translate("DamageChart", "probability in a year (beside the dots: return period)")
        self._draw_axis_name(painter, text)

    def _draw_legend(self, painter: QPainter) -> None:
        """The parts with their sums and shares, and the total with a measure."""
        total = self._result.numbers["EAD"]
        rule, tail = self._result.integral.rule, self._result.integral.tail
        names = {
            Part.RARE_TAIL: translate("DamageChart", "rarer than the rarest event"),
            Part.BETWEEN: translate("DamageChart", "between the events"),
            Part.FREQUENT_TAIL: translate("DamageChart", "before the first event"),
        }
        rows = 0
        for part, value in self._result.sides[0].by_part().items():
            if part in {item.part for item in self._parts}:
                share = f"{100.0 * value / total:.1f}" if total else "0"
                text = translate("DamageChart", "{value} a year, {share} %").format(value=amount(value), share=share)
                self._draw_legend_row(painter, rows, COLOURS[part], names[part], text)
                rows += 1
        if self._measure:
            text = translate("DamageChart", "{value} a year").format(value=amount(self._result.numbers["EAD_MEASURE"]))
            self._draw_legend_row(painter, rows, MEASURE, translate("DamageChart", "with the measure"), text)
            rows += 1
        if tail is Tail.NONE:
            text = translate("DamageChart", "what is rarer is left out")
            self._note(painter, rows, text)
            rows += 1
        straight = translate("DamageChart", "straight over probability")
        curved = translate("DamageChart", "straight over log return period")
        self._note(painter, rows, straight if rule is Rule.TRAPEZOID else curved)
        known = int(self._result.sides[0].known.sum())
        text = translate("DamageChart", "{n} of {all} assets are known").format(
            n=f"{known:,}", all=f"{len(self._result.assets):,}"
        )
        self._note(painter, rows + 0.5, text)

    def _note(self, painter: QPainter, row: float, text: str) -> None:
        """A quiet line below the legend."""
        box = QRectF(self._plot.right() + 40, self._plot.top() + row * 2.9 * SIZE, WIDTH, 1.5 * SIZE)
        self._text(painter, text, box, SIZE * 0.85, QUIET)
