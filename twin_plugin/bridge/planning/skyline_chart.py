"""The chart of a skyline: elevation over azimuth as a silhouette, the same as a dome of the sky, and its measures."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF

from ...core.planning.skyline import Skyline, SkylineWalls
from ...core.planning.skyline_measures import Strips
from ..kernel.chart_page import GRID, HEIGHT, MARGIN, SIZE, WIDTH, ChartPage
from ..kernel.map_classes import INK, PAPER, QUIET
from .skyline_run import TERRAIN, DrawnSkyline

SKY, HILL, HOUSE, PLANNED, RIDGE = "#e3edf5", "#b4c3a2", "#8d98a3", "#e0762f", "#9b1b30"
EDGE = "#55606b"
LABELS = 4
"""Buildings above the ridge line that are named at most."""
BOLDER = 1.12
"""How much wider bold letters are."""
SHOWN_DEG = 0.02
"""A skyline of before that differs less is the same line."""
LEAST_TOP_DEG = 4.0
translate = QCoreApplication.translate


class SkylineChart(ChartPage):
    """Draws the skyline of one observer.

    Parameters
    ----------
    drawn : DrawnSkyline
    """

    def __init__(self, drawn: DrawnSkyline) -> None:
        self._drawn = drawn
        seen, window = drawn.seen, drawn.window
        self._strips = Strips.of([seen.shown, seen.present, seen.terrain], window)
        greatest = max(float(np.degrees(self._strips.highest(number)[0].max())) for number in (0, 1))
        title = translate("SkylineChart", "Skyline from {name}").format(name=drawn.name)
        super().__init__(title, max(greatest * 1.12, LEAST_TOP_DEG))
        self._plot.adjust(0.0, 16.0, 0.0, -40.0)  # room for the key
        self._kinds = _kinds(seen.shown, self._strips, drawn.scene.shown, drawn.planned)

    def paint(self, painter: QPainter) -> None:
        """Draw sky, silhouette, lines of before and of the ridge, names, the dome and the measures."""
        self._draw_page(painter)
        eye = f"{self._drawn.row['eye_m']:.1f}"
        text = translate("SkylineChart", "Elevation angle in degrees · eye at {eye} m").format(eye=eye)
        self._text(painter, text, QRectF(MARGIN, MARGIN * 1.6, WIDTH, 40), SIZE, QUIET)
        self._draw_silhouette(painter)
        self._draw_lines(painter)
        self._draw_azimuths(painter)
        self._draw_names(painter)
        self._draw_dome(painter)
        self._draw_measures(painter)
        self._draw_key(painter)

    def _value(self, value: float) -> str:
        return f"{super()._value(value)}°"

    def _x(self, azimuth_deg: float) -> float:
        window = self._drawn.window
        return self._plot.left() + self._plot.width() * (azimuth_deg - window.from_deg) / window.width_deg

    def _line(self, number: int, rows: slice = slice(None)) -> list[QPointF]:
        """A skyline as points of the page."""
        strips = self._strips
        ends = [np.degrees(strips.elevation(number, place)) for place in (strips.start, strips.end)]
        points = []
        for start, end, low, high in zip(strips.start[rows], strips.end[rows], *(e[rows] for e in ends), strict=True):
            for place, elevation in ((start, low), (end, high)):
                points.append(QPointF(self._x(math.degrees(place)), self._y(float(elevation))))
        return points

    def _runs(self) -> Iterator[tuple[slice, str]]:
        """Strips beside each other that show things of one colour."""
        new = np.flatnonzero(np.r_[True, self._kinds[1:] != self._kinds[:-1]])
        for first, last in zip(new.tolist(), [*new[1:].tolist(), len(self._kinds)], strict=True):
            colour = (None, HILL, HOUSE, PLANNED)[self._kinds[first]]
            if colour is not None:
                yield slice(first, last), colour

    def _draw_silhouette(self, painter: QPainter) -> None:
        foot = self._y(0.0)
        for rows, colour in self._runs():
            points = self._line(0, rows)
            outline = [QPointF(points[0].x(), foot), *points, QPointF(points[-1].x(), foot)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawPolygon(QPolygonF(outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(EDGE), 2))
        painter.drawPolyline(QPolygonF(self._line(0)))

    def _draw_lines(self, painter: QPainter) -> None:
        """Today's skyline where the scheme changes it, and the ridge line."""
        if self._drawn.seen.future is not None:
            strips = self._strips
            middle = (strips.start + strips.end) / 2.0
            apart = np.abs(strips.elevation(0, middle) - strips.elevation(1, middle)) > math.radians(SHOWN_DEG)
            edges = np.flatnonzero(np.diff(np.r_[False, apart, False].astype(int)))
            painter.setPen(QPen(QColor(INK), 2.5, Qt.PenStyle.DashLine))
            for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
                painter.drawPolyline(QPolygonF(self._line(1, slice(first, last))))
        if self._drawn.ridge == TERRAIN:
            painter.setPen(QPen(QColor(RIDGE), 2.5))
            painter.drawPolyline(QPolygonF(self._line(2)))

    def _draw_azimuths(self, painter: QPainter) -> None:
        """Ticks with the points of the compass, or with degrees in a narrow window."""
        window = self._drawn.window
        points = _compass()
        step = next((s for s in (1, 2, 5, 10, 15, 30, 45) if window.width_deg / s <= 9), 45)
        place = math.ceil(window.from_deg / step - 1e-9) * step
        while place <= window.to_deg + 1e-9:
            turn = place % 360
            text = points[turn // 45] if turn % 45 == 0 else f"{turn}°"
            self._draw_tick(painter, self._x(place), text)
            place += step
        self._draw_axis_name(painter, translate("SkylineChart", "azimuth, clockwise from the map's north"))

    def _draw_names(self, painter: QPainter) -> None:
        """Who rises above the ridge line, and by how much; buildings of the scheme first. Names stand like flags at
        their lines, the one nearest to where they point lowest: so no line crosses a name."""
        prisms, planned = self._drawn.scene.shown.prisms, self._drawn.planned
        silhouette, flags = self._line(0), []
        for item in sorted(self._drawn.broken, key=lambda found: not planned[found.object])[:LABELS]:
            turn = item.at_deg + 360.0 * (item.at_deg < self._drawn.window.from_deg - 1e-9)
            y = self._y(float(self._drawn.seen.shown.elevation_deg(np.array([item.at_deg]))[0]))
            text = translate("SkylineChart", "{name} +{degrees}°").format(
                name=prisms.names[item.object], degrees=f"{item.most_deg:.1f}"
            )
            flags.append((self._x(turn), y, text))
        if not flags:
            return
        back = sum(x for x, _, _ in flags) / len(flags) > self._plot.center().x()
        lowest = self._plot.bottom()
        for x, y, text in sorted(flags, reverse=not back):
            room = x - self._plot.left() if back else self._plot.right() - x
            wide = min(self._metrics(SIZE).horizontalAdvance(text) * BOLDER, max(room - 8.0, 440.0))
            text = self._metrics(SIZE).elidedText(text, Qt.TextElideMode.ElideMiddle, wide / BOLDER + 1)
            left = x - wide - 4 if back else x + 4
            over = min((p.y() for p in silhouette if min(left, x) <= p.x() <= max(left + wide, x)), default=y)
            lowest = min(lowest, over - 0.5 * SIZE)
            box = QRectF(left, lowest - 1.3 * SIZE, wide, 1.3 * SIZE)
            if box.top() < 2.0 * MARGIN or left < 0 or left + wide > self._plot.right() + 30:
                continue
            painter.setPen(QPen(QColor(RIDGE), 1.5))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, y))
            painter.fillRect(box, QColor(PAPER))
            side = Qt.AlignmentFlag.AlignRight if back else Qt.AlignmentFlag.AlignLeft
            self._text(painter, text, box, SIZE, RIDGE, side, bold=True)
            lowest = box.top()

    def _draw_dome(self, painter: QPainter) -> None:
        """The sky above the eye: the zenith in the middle, the horizon around it, north at the top."""
        left = self._plot.right() + 70
        radius = (WIDTH - MARGIN - left) / 2
        centre = QPointF(left + radius, self._plot.top() + radius - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(SKY))
        rim = self._dome_line(centre, radius, np.zeros_like(self._strips.start))
        closed = self._drawn.window.closed
        painter.drawPolygon(QPolygonF(rim if closed else [centre, *rim]))
        for rows, colour in self._runs():
            outer = self._dome_line(centre, radius, np.zeros_like(self._strips.start), rows)
            inner = self._dome_line(centre, radius, None, rows)
            painter.setBrush(QColor(colour))
            painter.drawPolygon(QPolygonF([*outer, *reversed(inner)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(GRID), 1.2))
        for elevation in (30.0, 60.0):
            painter.drawEllipse(centre, radius * (1 - elevation / 90), radius * (1 - elevation / 90))
        painter.setPen(QPen(QColor(EDGE), 1.5))
        painter.drawEllipse(centre, radius, radius)
        points = _compass()
        for number in range(0, 8, 2):
            angle = math.radians(45 * number)
            x = centre.x() + (radius + 17) * math.sin(angle)
            y = centre.y() - (radius + 17) * math.cos(angle)
            box = QRectF(x - 20, y - SIZE / 2, 40, SIZE)
            self._text(painter, points[number], box, SIZE * 0.8, QUIET, Qt.AlignmentFlag.AlignHCenter)

    def _dome_line(
        self, centre: QPointF, radius: float, elevation: np.ndarray | None, rows: slice = slice(None)
    ) -> list[QPointF]:
        """A skyline, or one elevation in radians for each strip, on the dome."""
        strips, points = self._strips, []
        ends = [strips.elevation(0, place) if elevation is None else elevation for place in (strips.start, strips.end)]
        for start, end, low, high in zip(strips.start[rows], strips.end[rows], *(e[rows] for e in ends), strict=True):
            for azimuth, height in ((start, low), (end, high)):
                reach = radius * (1.0 - height / (math.pi / 2))
                points.append(QPointF(centre.x() + reach * math.sin(azimuth), centre.y() - reach * math.cos(azimuth)))
        return points

    def _draw_measures(self, painter: QPainter) -> None:
        """The measures below the dome; with a scheme, before and after."""
        now, before, row = self._drawn.measures, self._drawn.before, self._drawn.row
        left = self._plot.right() + 50
        y = self._plot.top() + (WIDTH - MARGIN - left - 20) + 36
        rows = [
            (translate("SkylineChart", "open sky"), "sky_share", 100.0, "{:.0f} %"),
            (translate("SkylineChart", "mean"), "mean_deg", 1.0, "{:.1f}°"),
            (translate("SkylineChart", "highest"), "maximum_deg", 1.0, "{:.1f}°"),
            (translate("SkylineChart", "peaks"), "peaks", 1.0, "{:.0f}"),
            (translate("SkylineChart", "tortuosity"), "tortuosity", 1.0, "{:.2f}"),
            (translate("SkylineChart", "box dimension"), "dimension", 1.0, "{:.2f}"),
        ]
        lines = []
        for name, key, factor, form in rows:
            text = form.format(getattr(now, key) * factor)
            if before is not None and form.format(getattr(before, key) * factor) != text:
                text = f"{form.format(getattr(before, key) * factor)} → {text}"
            lines.append((name, text))
        if before is not None:
            raised, lowered = (f"{row[name]:.1f}" for name in ("raised_deg2", "lowered_deg2"))
            area = f"+{raised} / {'0' if lowered == '0.0' else f'−{lowered}'} deg²"
            lines.append((translate("SkylineChart", "raised / lowered"), area))
        right = WIDTH - MARGIN / 2
        for number, (name, text) in enumerate(lines):
            box = QRectF(left, y + number * 1.45 * SIZE, right - left, 1.4 * SIZE)
            self._text(painter, name, box, SIZE * 0.85, QUIET)
            self._text(painter, text, box, SIZE * 0.85, INK, Qt.AlignmentFlag.AlignRight)

    def _draw_key(self, painter: QPainter) -> None:
        """What the colours are, in a row below the axis."""
        items = [
            (HILL, translate("SkylineChart", "terrain"), False),
            (HOUSE, translate("SkylineChart", "buildings"), False),
        ]
        if self._drawn.seen.future is not None:
            items.append((PLANNED, translate("SkylineChart", "scheme"), False))
            items.append((INK, translate("SkylineChart", "today"), True))
        if self._drawn.ridge == TERRAIN:
            items.append((RIDGE, translate("SkylineChart", "ridge line"), True))
        x, y = self._plot.left(), HEIGHT - MARGIN * 0.4
        for colour, name, line in items:
            if line:
                painter.setPen(
                    QPen(QColor(colour), 3, Qt.PenStyle.DashLine if colour == INK else Qt.PenStyle.SolidLine)
                )
                painter.drawLine(QPointF(x, y), QPointF(x + 34, y))
            else:
                painter.fillRect(QRectF(x, y - 10, 34, 20), QColor(colour))
            wide = self._metrics(SIZE * 0.9).horizontalAdvance(name)
            self._text(painter, name, QRectF(x + 44, y - SIZE, wide + 4, 2.0 * SIZE), SIZE * 0.9, INK)
            x += 44 + wide + 40


def _kinds(skyline: Skyline, strips: Strips, walls: SkylineWalls, planned: np.ndarray) -> np.ndarray:
    """0 where nothing rises, 1 for terrain, 2 for buildings, 3 for those of the scheme, for each strip."""
    source = skyline.source[strips.piece[0]]
    behind = walls.object_of(source)
    kinds = np.where(source < -1, 1, np.where(source == -1, 0, 2))
    kinds[behind >= 0] += planned[behind[behind >= 0]]
    return kinds


def _compass() -> tuple[str, ...]:
    """The eight points of the compass, clockwise from north."""
    return (
        translate("SkylineChart", "N"), translate("SkylineChart", "NE"), translate("SkylineChart", "E"),
        translate("SkylineChart", "SE"), translate("SkylineChart", "S"), translate("SkylineChart", "SW"),
        translate("SkylineChart", "W"), translate("SkylineChart", "NW"),
    )  # fmt: skip
