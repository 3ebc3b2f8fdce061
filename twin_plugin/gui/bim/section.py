"""A building in section: its storeys, the sills of its openings, the ground and the water, in the palette's colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...bridge.kernel import enum_labels
from ...bridge.kernel.map_classes import classes
from ..common import formatting
from ..widgets.contrast import readable

GROUND_FLOOR = 2.2
"""How much taller the ground floor is drawn than the others: there the doors are."""
LEAST_BODY = 0.18
"""What the building keeps of the width at least; the rest is for the labels of its sills."""
MOST_ABOVE = 3
"""Storeys above ground that are drawn one by one; a line above the drawing counts the others."""


@dataclass(frozen=True)
class DrawnStorey:
    """A storey as it is drawn."""

    name: str
    number: int
    floor_m: float
    top_m: float


@dataclass(frozen=True)
class DrawnSill:
    """Openings of one kind whose sills are at one height, to the centimetre."""

    text: str
    level_m: float
    enters: bool = False


@dataclass(frozen=True)
class Profile:
    """What a section shows; elevations in metres."""

    levels: tuple[DrawnStorey, ...] = ()
    sills: tuple[DrawnSill, ...] = ()
    ground_m: float = 0.0
    roof_m: float = 0.0
    above: int = 0  # storeys that are not drawn one by one
    water_m: float | None = None
    inside: bool = False

    @property
    def bottom_m(self) -> float:
        """The lowest elevation that is drawn."""
        return min([level.floor_m for level in self.levels] + [sill.level_m for sill in self.sills] + [self.ground_m])

    @property
    def top_m(self) -> float:
        """The highest elevation that is drawn to scale."""
        tops = [level.top_m for level in self.levels]
        return max([*tops, self.ground_m + 1.0, *([self.water_m + 0.3] if self.water_m is not None else [])])


def profile(
    building: dict[str, Any],
    storeys: Sequence[dict[str, Any]],
    openings: Sequence[dict[str, Any]],
    risk: dict[str, Any] | None = None,
) -> Profile | None:
    """What to draw of a building; None where its levels are not known, as without a place."""
    known = sorted((item for item in storeys if item.get("elev_m") is not None), key=lambda item: item["elev_m"])
    floor = building.get("ground_floor_elev_m")
    if floor is None or not known:
        return None
    roof = building.get("roof_elev_m")
    roof = known[-1]["elev_m"] + (known[-1].get("height_m") or 3.0) if roof is None else roof
    levels = []
    for item, upper in zip(known, [*known[1:], None], strict=True):
        top = item["elev_m"] + item["height_m"] if item.get("height_m") else None
        top = (upper["elev_m"] if upper is not None else roof) if top is None else top
        number = int(item["number"]) if item.get("number") is not None else 0
        levels.append(DrawnStorey(str(item.get("name") or number), number, item["elev_m"], max(top, item["elev_m"])))
    shown = [level for level in levels if level.number < MOST_ABOVE]
    # A single further storey is drawn rather than counted.
    shown = levels if len(levels) - len(shown) <= 1 else shown
    level_m, depth_m = (risk.get(name) if risk else None for name in ("level_m", "depth_m"))
    ground = level_m - depth_m if level_m is not None and depth_m is not None else floor
    inside = bool(risk and (risk.get("storeys_reached") or 0) > 0)
    highest = max((level.top_m for level in shown), default=floor)
    sills = _sills([item for item in openings if (item.get("sill_elev_m") or 0.0) <= highest], risk)
    return Profile(tuple(shown), sills, ground, roof, len(levels) - len(shown), level_m, inside)


def _sills(openings: Sequence[dict[str, Any]], risk: dict[str, Any] | None) -> tuple[DrawnSill, ...]:
    entered = (risk or {}).get("ingress_opening_id")
    groups: dict[tuple[float, str], list[dict[str, Any]]] = {}
    for item in openings:
        if item.get("sill_elev_m") is not None:
            groups.setdefault((round(item["sill_elev_m"], 2), str(item.get("kind") or "")), []).append(item)
    found = []
    for (level, kind), members in sorted(groups.items()):
        name = enum_labels.label(kind)
        text = name if len(members) == 1 else f"{len(members)} × {name}"
        found.append(DrawnSill(text, level, entered is not None and any(item["id"] == entered for item in members)))
    return tuple(found)


class Section(QWidget):
    """Draws a `Profile`; as high as its storeys need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.profile: Profile | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setToolTip(
            self.tr(
                "The building in section: floors with their levels on the left, sills of openings on the right, "
                "the ground and, where a result is chosen, the highest water."
            )
        )

    def show_profile(self, shown: Profile | None) -> None:
        """Draw this from now on; nothing for None."""
        self.profile = shown
        self.setVisible(shown is not None)
        self.setAccessibleName(self.tr("Section of the building"))
        self.setAccessibleDescription(self.summary())
        self.updateGeometry()
        self.update()

    def summary(self) -> str:
        """The section in words."""
        if self.profile is None:
            return ""
        lines = [f"{level.name} {formatting.number(level.floor_m, 2)} m" for level in reversed(self.profile.levels)]
        lines += [f"{sill.text} {formatting.number(sill.level_m, 2)} m" for sill in self.profile.sills]
        if self.profile.water_m is not None:
            lines.append(_water_text(self.profile.water_m))
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 18, round(self._height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 10, round(self._height()))

    def _height(self) -> float:
        line = self.fontMetrics().height()
        if self.profile is None:
            return 0.0
        rows = max(2.2 * (len(self.profile.levels) + 1), 1.2 * min(len(self.profile.sills), 9), 5.0)
        return line * (rows + (2.6 if self.profile.above else 1.2) + 1.0)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.profile is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        line = metrics.height()
        left = (
            max(metrics.horizontalAdvance(formatting.number(v, 2)) for v in (-99.99, self.profile.roof_m)) + line * 0.6
        )
        right = min(self._label_width(), self.width() - left - max(self.width() * LEAST_BODY, line * 3.0))
        top = line * (2.4 if self.profile.above else 0.8)
        self._body = QRectF(left, top, max(line, self.width() - left - right), self.height() - top - line * 0.8)
        self._ground(painter)
        self._water(painter, outside=True)
        self._storeys(painter)
        if self.profile.inside:
            self._water(painter, outside=False)
        self._names(painter)
        self._break(painter)
        self._labels(painter, left - line * 0.4)
        self._openings(painter)
        painter.end()

    def _label_width(self) -> float:
        """What the labels on the right need, in the bold type that some have."""
        font = self.font()
        font.setBold(True)
        metrics, line = QFontMetricsF(font), self.fontMetrics().height()
        texts = [_sill_text(sill) for sill in self.profile.sills]
        if self.profile.water_m is not None:
            texts.append(_water_text(self.profile.water_m))
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + line

    def y_of(self, elevation_m: float) -> float:
        """Where an elevation is drawn, in pixels from the top."""
        share = self._weight(elevation_m) / max(self._weight(self.profile.top_m), 0.1)
        return self._body.bottom() - self._body.height() * share

    def _weight(self, elevation_m: float) -> float:
        """Metres from the bottom up to an elevation, those of the ground floor counted `GROUND_FLOOR` times."""
        bottom = self.profile.bottom_m
        metres = elevation_m - bottom
        for level in self.profile.levels:
            if level.number == 0:
                low = max(level.floor_m, bottom)
                metres += (GROUND_FLOOR - 1.0) * min(max(elevation_m - low, 0.0), level.top_m - low)
        return metres

    def _ink(self, on: QPalette.ColorRole = QPalette.ColorRole.Window) -> QColor:
        return readable(self.palette(), on=on)

    def _fill(self, role: QPalette.ColorRole) -> QColor:
        return QColor(self.palette().color(role))

    def _ground(self, painter: QPainter) -> None:
        """Earth beside and below the building."""
        y = self.y_of(self.profile.ground_m)
        earth = self._fill(QPalette.ColorRole.Mid)
        earth.setAlpha(110)
        painter.fillRect(QRectF(self._body.left() - 2, y, self.width(), self.height() - y), earth)
        painter.setPen(QPen(self._ink(), 1.6))
        painter.drawLine(
            QPointF(self._body.left() - 2, y), QPointF(self._body.right() + self.fontMetrics().height() * 0.6, y)
        )

    def _water(self, painter: QPainter, outside: bool) -> None:
        level, ground = self.profile.water_m, self.profile.ground_m
        if level is None:
            return
        tint = _water_colour()
        tint.setAlpha(120)
        y = self.y_of(level)
        if outside:
            x, y_ground = self._body.right(), self.y_of(ground)
            painter.fillRect(QRectF(x, y, self.width() - x, max(0.0, y_ground - y)), tint)
            return
        floor = min((item.floor_m for item in self.profile.levels), default=ground)
        painter.fillRect(QRectF(self._body.left(), y, self._body.width(), max(0.0, self.y_of(floor) - y)), tint)

    def _storeys(self, painter: QPainter) -> None:
        for item in self.profile.levels:
            box = QRectF(
                QPointF(self._body.left(), self.y_of(item.top_m)), QPointF(self._body.right(), self.y_of(item.floor_m))
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._fill(QPalette.ColorRole.Base))
            painter.drawRect(box)
            if item.number < 0:
                hatch = self._fill(QPalette.ColorRole.Mid)
                painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
                painter.drawRect(box)
            painter.setPen(QPen(self._ink(), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)

    def _names(self, painter: QPainter) -> None:
        """Names of the storeys, over the water."""
        metrics = self.fontMetrics()
        line = metrics.height()
        for item in self.profile.levels:
            top, bottom = self.y_of(item.top_m), self.y_of(item.floor_m)
            if bottom - top < line:
                continue
            left = self._body.left() + line * 0.3
            name = metrics.elidedText(item.name, Qt.TextElideMode.ElideRight, round(self._body.width() - line * 0.6))
            middle = QRectF(left, (top + bottom - line) / 2, metrics.horizontalAdvance(name) + 4, line)
            painter.fillRect(middle, self._fill(QPalette.ColorRole.Base))
            painter.setPen(self._ink(QPalette.ColorRole.Base))
            painter.drawText(middle, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _break(self, painter: QPainter) -> None:
        """The roof, and a line for the storeys that are not drawn one by one."""
        line = self.fontMetrics().height()
        if not self.profile.above:
            return
        y, left, right = self._body.top() - line * 0.35, self._body.left(), self._body.right()
        steps = 8
        points = [
            QPointF(left + (right - left) * n / steps, y + (line * 0.2 if n % 2 else -line * 0.2))
            for n in range(steps + 1)
        ]
        painter.setPen(QPen(self._ink(), 1.0))
        painter.drawPolyline(QPolygonF(points))
        text = self.tr("{n} more storeys, up to {roof} m")
        line_text = text.format(n=self.profile.above, roof=formatting.number(self.profile.roof_m, 1))
        line_text = self.fontMetrics().elidedText(line_text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), line * 1.3), Qt.AlignmentFlag.AlignCenter, line_text)

    def _labels(self, painter: QPainter, right: float) -> None:
        """Levels of floors on the left, from the ground up and down; where there is no room one is left out."""
        line = self.fontMetrics().height()
        taken: list[float] = []
        levels = sorted(self.profile.levels, key=lambda item: (item.number != 0, item.number))
        painter.setPen(self._ink())
        for item in levels:
            y = self.y_of(item.floor_m)
            if all(abs(y - other) >= line * 0.95 for other in taken):
                taken.append(y)
                box = QRectF(0, y - line / 2, right, line)
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, flags, formatting.number(item.floor_m, 2))
                painter.drawLine(QPointF(right + line * 0.1, y), QPointF(self._body.left(), y))

    def _openings(self, painter: QPainter) -> None:
        """Sills on the right, the lowest first, and the water's level among them; labels move apart."""
        line = self.fontMetrics().height()
        marks = [(sill.level_m, _sill_text(sill), sill) for sill in self.profile.sills]
        room = max(1, int((self.height() - line) / line))
        water = self.profile.water_m
        entries: list[tuple[float, str, DrawnSill | None]] = [*marks[: room - (2 if water is not None else 1)]]
        left_out = len(marks) - len(entries)
        if water is not None:
            entries.append((water, _water_text(water), None))
        entries.sort(key=lambda item: item[0])
        marked = [self.y_of(level) for level, _, _ in entries]
        places = apart(marked, line, self.height() - line * 0.5)
        for y, at, (_, text, sill) in zip(marked, places, entries, strict=True):
            self._mark(painter, y, max(at, line * 0.5), text, sill)
        if left_out > 0:
            at = places[-1] if places else self.height() - line * 0.5
            more = self.tr("{n} more above").format(n=left_out)
            painter.setPen(self._ink())
            box = QRectF(self._body.right() + line, max(0.0, at - 1.5 * line), self.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, more)

    def _mark(self, painter: QPainter, y: float, at: float, text: str, sill: DrawnSill | None) -> None:
        line, edge = self.fontMetrics().height(), self._body.right()
        colour = _water_colour() if sill is None else self._ink()
        painter.setPen(QPen(colour, 2.4 if sill is None or sill.enters else 1.4))
        if sill is not None:
            painter.drawLine(QPointF(edge - line * 0.45, y), QPointF(edge + line * 0.2, y))
            painter.setPen(QPen(colour, 0.8))
            painter.drawLine(QPointF(edge + line * 0.2, y), QPointF(edge + line * 0.7, at))
        else:
            painter.drawLine(QPointF(edge, y), QPointF(edge + line * 0.7, at))
        font = painter.font()
        font.setBold(sill is None or sill.enters)
        painter.setFont(font)
        painter.setPen(self._ink())
        width = round(self.width() - edge - line * 0.8)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        box = QRectF(edge + line * 0.8, at - line / 2, width, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        font.setBold(False)
        painter.setFont(font)


def apart(places: Sequence[float], line: float, lowest: float) -> list[float]:
    """Where labels stand so that none lies on another: at their places from the lowest up, else a line above the last.

    Parameters
    ----------
    places : sequence of float
        Pixels from the top, the lowest label (the greatest number) first.
    line : float
        Height of a label.
    lowest : float
        The lowest place for one.
    """
    found: list[float] = []
    for place in places:
        found.append(min(place, found[-1] - line if found else lowest))
    return found


def _water_colour() -> QColor:
    return QColor(classes("flood_depth")[3].colour)


def _sill_text(sill: DrawnSill) -> str:
    return f"{formatting.number(sill.level_m, 2)} {sill.text}"


def _water_text(level_m: float) -> str:
    return QCoreApplication.translate("Section", "{level} water").format(level=formatting.number(level_m, 2))
