"""Tiles of indicators: value, unit, change since the last, age, and the colour of its class."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...bridge.kernel.translation import language, localized
from ...core.common.languages import in_language
from ...core.themes.indicator_values import IndicatorState, IndicatorValue
from ..common import formatting
from ..widgets.contrast import readable

COLUMNS = 2
LINES = 6.4
"""Height of a tile in lines of text."""
SMALL, LARGE = 0.9, 1.5
"""Sizes of its letters."""


class IndicatorTile(QAbstractButton):
    """One indicator; checked while the map and the list show what is behind its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.value: IndicatorValue | None = None

    def show_value(self, value: IndicatorValue) -> None:
        """Show another value."""
        self.value = value
        self.setText(in_language(value.title, language(QgsApplication.locale())))
        sentences = [self.text(), self.figure(), self.under(), self.label(), localized(value.reason)]
        self.setToolTip(as_tip("\n".join(line for line in sentences if line)))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(", ".join(line for line in sentences[1:] if line))
        self.update()

    def figure(self) -> str:
        """The value with its unit; a dash where there is none."""
        value = self.value
        if value is None or value.value is None:
            return "–"
        return f"{formatting.number(value.value, value.decimals)} {value.unit}".strip()

    def label(self) -> str:
        """The name of the value's class, "" for none."""
        return in_language(self.value.label, language(QgsApplication.locale())) if self.value is not None else ""

    def change(self) -> str:
        """The change since the last value, with an arrow; "" where it did not change."""
        value = self.value
        if value is None or value.change is None:
            return ""
        amount = formatting.number(abs(value.change), value.decimals)
        if round(abs(value.change), value.decimals) == 0.0:
            return ""
        return f"▲ {amount}" if value.change > 0 else f"▼ {amount}"

    def age(self) -> str:
        """How old the data are; since when for data that are out of date."""
        value = self.value
        if value is None or value.state is IndicatorState.NO_VALUE:
            return self.tr("no value")
        if value.stale:
            if value.time is None:
                return self.tr("out of date: no time is known")
            since = value.time.astimezone().strftime("%Y-%m-%d %H:%M")
            return self.tr("out of date since {time}").format(time=since)
        if value.age_s is None:
            return ""
        return self.tr("{duration} old").format(duration=formatting.duration(max(0.0, value.age_s)))

    def under(self) -> str:
        """Change and age in one line."""
        return " · ".join(part for part in (self.change(), self.age()) if part)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 9, round(line * LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 6, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line, palette = QPainter(self), self.fontMetrics().height(), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        stale = self.value is None or self.value.state is not IndicatorState.CURRENT
        strong = self.isChecked() or self.hasFocus()
        edge = palette.color(QPalette.ColorRole.Highlight if strong else QPalette.ColorRole.Mid)
        painter.setPen(QPen(edge, 2.0 if strong else 1.0))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.value.colour) if self.value is not None else edge)
        painter.drawRoundedRect(QRectF(frame.left() + 3, frame.top() + 5, 4, frame.height() - 10), 2, 2)
        ink = readable(palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base)
        quiet = QColor(ink)
        quiet.setAlphaF(0.7)
        inner = frame.adjusted(line * 0.7, line * 0.2, -line * 0.3, -line * 0.2)
        under = inner.adjusted(0, inner.height() - 2 * line * SMALL, 0, 0)
        figure = inner.adjusted(0, 2 * line * SMALL, 0, -2 * line * SMALL)
        self._write(painter, inner.adjusted(0, 0, 0, -inner.height() + 2 * line * SMALL), self.text(), quiet, SMALL)
        self._write(painter, figure, self.figure(), quiet if stale else ink, LARGE)
        self._write(painter, under, self.under(), quiet, SMALL)

    def _write(self, painter: QPainter, frame: QRectF, text: str, ink: QColor, size: float) -> None:
        """Small texts wrap in two lines; the value stands in one."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * size)
        font.setBold(size > 1.0)
        painter.setFont(font)
        painter.setPen(ink)
        wraps = Qt.TextFlag.TextWordWrap if size < 1.0 else Qt.TextFlag.TextSingleLine
        place = Qt.AlignmentFlag.AlignTop if size < 1.0 else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(frame, Qt.AlignmentFlag.AlignLeft | place | wraps, text)


class TileGrid(QWidget):
    """The tiles of a theme; `chosen` gives the id of the indicator that is asked for, "" for none."""

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[str, IndicatorTile] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(6)

    def show_values(self, values: Sequence[IndicatorValue]) -> None:
        """Show these values, one tile for each."""
        if [value.id for value in values] != list(self.tiles):
            self._rebuild(values)
        for value in values:
            self.tiles[value.id].show_value(value)

    def choose(self, name: str) -> None:
        """Mark a tile as chosen; "" for none."""
        for own, tile in self.tiles.items():
            tile.setChecked(own == name)

    def _rebuild(self, values: Sequence[IndicatorValue]) -> None:
        for tile in self.tiles.values():
            self.grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for place, value in enumerate(values):
            tile = IndicatorTile()
            tile.clicked.connect(lambda checked, name=value.id: self._clicked(name, checked))
            self.tiles[value.id] = tile
            self.grid.addWidget(tile, place // COLUMNS, place % COLUMNS)

    def _clicked(self, name: str, checked: bool) -> None:
        self.choose(name if checked else "")
        self.chosen.emit(name if checked else "")
