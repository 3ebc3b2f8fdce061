"""The panel that asks a flood over time: hydrographs at points, a profile and a discharge along a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import QPoint, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPixmap
from qgis.PyQt.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ...bridge.kernel.map_classes import classes
from ..widgets.basics import button, narrow_combo, wrapped_label
from ..widgets.line_chart import Line, LineChart, Quantity
from .profile_chart import Piece, ProfileChart

HAZARD_SHADE = "55"
"""Opacity of the bands of the classes behind the lines."""


class QueryPanel(QWidget):
    """Buttons of the two tools, charts of what was asked, and what can be done with them."""

    point_tool = pyqtSignal(bool)
    line_tool = pyqtSignal(bool)
    clear = pyqtSignal()
    quantity_chosen = pyqtSignal()
    save_table = pyqtSignal()
    save_picture = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("Click places on the map: the water there over time is shown here. Escape ends it.")
        self.points = button("hydrograph", self.tr("Hydrographs"), tip, lambda: None)
        tip = self.tr(
            "Draw a line on the map; a double click ends it: ground and water along it, and the discharge through it, "
            "are shown here. Escape ends it."
        )
        self.line = button("profile", self.tr("Profile"), tip, lambda: None)
        for tool, signal in ((self.points, self.point_tool), (self.line, self.line_tool)):
            tool.setCheckable(True)
            tool.clicked.connect(signal.emit)
        self.hint = wrapped_label()
        self.quantity = narrow_combo(self.tr("What the lines over time show."))
        for name, title in self._quantities().items():
            self.quantity.addItem(title.title, name)
        self.quantity.activated.connect(lambda *_: self.quantity_chosen.emit())
        self.hydrographs, self.profile, self.discharge = LineChart(), ProfileChart(), LineChart()
        self.hydrographs.setToolTip(self.tr("The water at the points over time; the numbers are those on the map."))
        self.profile.setToolTip(self.tr("Ground and water along the line, from its dot to its end."))
        self.discharge.setToolTip(
            self.tr("Discharge through the line over time: positive in the direction of the arrow on the map.")
        )
        self.charts = QWidget()
        column = QVBoxLayout(self.charts)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.quantity, self.hydrographs, self.profile, self.discharge):
            column.addWidget(widget)
        tip = self.tr("Save the table behind the charts as CSV: the algorithm runs once more and writes it.")
        self.table = button("", self.tr("Save table…"), tip, self.save_table.emit)
        self.picture = button("", self.tr("Save picture…"), self.tr("Save the charts as PNG."), self.save_picture.emit)
        self.eraser = button("", self.tr("Clear"), self.tr("Remove points, line and charts."), self.clear.emit)
        buttons = QGridLayout()
        buttons.addWidget(self.points, 0, 0)
        buttons.addWidget(self.line, 0, 1)
        self.actions = QWidget()
        actions = QGridLayout(self.actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.addWidget(self.table, 0, 0)
        actions.addWidget(self.picture, 0, 1)
        actions.addWidget(self.eraser, 1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.hint)
        layout.addWidget(self.charts)
        layout.addWidget(self.actions)
        self.show_hydrographs([])
        self.show_profile([], "")
        self.show_discharge(None)

    def show_state(self, hint: str, able: bool, is_busy: bool = False) -> None:
        """Say what to do or what is wrong, and whether the tools can be used."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        for tool in (self.points, self.line):
            tool.setEnabled(able)
        self.table.setEnabled(not is_busy)

    def chosen(self) -> str:
        """The column of the chosen quantity."""
        return str(self.quantity.currentData())

    def show_hydrographs(self, lines: Sequence[Line]) -> None:
        """Show the chosen quantity at the points."""
        self.hydrographs.show_lines(self._quantities()[self.chosen()], lines)
        for widget in (self.quantity, self.hydrographs):
            widget.setVisible(bool(lines))
        self._show_actions()

    def show_profile(self, pieces: Sequence[Piece], when: str) -> None:
        """Show ground and water along the line."""
        self.profile.show_profile(pieces, when)
        self.profile.setVisible(bool(pieces))
        self._show_actions()

    def show_discharge(self, line: Line | None) -> None:
        """Show the discharge through the line."""
        title = self.tr("Discharge, m³/s")
        self.discharge.show_lines(Quantity(title, 3), [line] if line is not None else [])
        self.discharge.setVisible(line is not None)

    def mark(self, minutes: float | None) -> None:
        """Mark the time that the map shows."""
        self.hydrographs.mark(minutes)
        self.discharge.mark(minutes)

    def grab_charts(self) -> QPixmap:
        """A picture of the charts as they are shown, without the list of quantities."""
        shown = [chart for chart in (self.hydrographs, self.profile, self.discharge) if not chart.isHidden()]
        scale = self.devicePixelRatioF()
        space = self.fontMetrics().height()
        width = max(chart.width() for chart in shown) + 2 * space
        height = sum(chart.height() + space for chart in shown) + space
        picture = QPixmap(round(width * scale), round(height * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(self.palette().window().color())
        painter, top = QPainter(picture), space
        for chart in shown:
            chart.render(painter, QPoint(space, top))
            top += chart.height() + space
        painter.end()
        return picture

    def _show_actions(self) -> None:
        self.actions.setVisible(not (self.hydrographs.isHidden() and self.profile.isHidden()))

    def _quantities(self) -> Mapping[str, Quantity]:
        bands = [
            (item.lower - 0.5, item.upper + 0.5, f"#{HAZARD_SHADE}{item.colour[1:]}")
            for item in classes("flood_hazard")
        ]
        return {
            "depth_m": Quantity(self.tr("Depth, m")),
            "level_m": Quantity(self.tr("Water level, m"), from_zero=False),
            "speed_ms": Quantity(self.tr("Velocity, m/s")),
            "product_m2s": Quantity(self.tr("Depth x velocity, m²/s")),
            "hazard_class": Quantity(self.tr("Hazard, class H1 to H6"), 0, True, True, tuple(bands)),
        }
