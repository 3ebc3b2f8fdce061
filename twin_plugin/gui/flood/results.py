"""What came out of a flood run: its numbers, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QGridLayout, QGroupBox, QVBoxLayout, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import formatting
from ..common.floods import Flood
from ..widgets.basics import button, narrow_combo, plain_label, wrapped_label


class FloodResults(QGroupBox):
    """The numbers and buttons of a flood of the project; `chosen(key)` when the user wants another one."""

    chosen = pyqtSignal(str)
    show_map = pyqtSignal()
    animate = pyqtSignal()
    assess = pyqtSignal()
    report = pyqtSignal()
    film = pyqtSignal()
    export = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Result"))
        self.runs = narrow_combo(
            self.tr("The floods of the project, the newest first: the chosen one is shown, assessed and reported.")
        )
        self.runs.activated.connect(lambda row: self.chosen.emit(self.runs.itemData(row)))
        self.hint = wrapped_label()
        self.numbers = QFormLayout()
        self.numbers.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.buttons = QWidget()
        grid = QGridLayout(self.buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        show = self.tr("Show the maximum depth on the map.")
        play = self.tr("Play the flood over time with QGIS's temporal controller; press again to end it.")
        assess = self.tr("Compare the flood with the openings, ground floors or footprints of the buildings.")
        report = self.tr("Write the project, the map and the report of this flood.")
        self.player = button("animate", "", play, self.animate.emit)
        grid.addWidget(button("flood", self.tr("Map"), show, self.show_map.emit), 0, 0)
        grid.addWidget(self.player, 0, 1)
        grid.addWidget(button("risk", self.tr("Building risk"), assess, self.assess.emit), 1, 0)
        grid.addWidget(button("report", self.tr("Report"), report, self.report.emit), 1, 1)
        film = self.tr("Write the flood over time as an animated GIF or an MP4, over what the map shows.")
        export = self.tr("Write the flood over time as GeoTIFFs, or as the grids of LISFLOOD-FP.")
        grid.addWidget(button("animate", self.tr("Save as film…"), film, self.film.emit), 2, 0)
        grid.addWidget(button("terrain", self.tr("Export…"), export, self.export.emit), 2, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.runs)
        layout.addWidget(self.hint)
        layout.addLayout(self.numbers)
        layout.addWidget(self.buttons)
        self.show_playing(False)
        self.show_run(None, [])

    def show_run(self, run: Flood | None, every: Sequence[Flood]) -> None:
        """Show a flood, None for none, and offer every one of the project."""
        while self.numbers.rowCount():
            self.numbers.removeRow(0)
        self.runs.clear()
        for flood in every:
            self.runs.addItem(flood.title, flood.key)
        self.runs.setCurrentIndex(self.runs.findData(run.key if run is not None else ""))
        self.runs.setVisible(len(every) > 1)
        self.buttons.setVisible(run is not None)
        empty = self.tr(
            "After a run this shows its figures, and leads to the map, the animation, the building risk and the report."
        )
        font = self.hint.font()
        font.setBold(run is not None)
        self.hint.setFont(font)
        self.hint.setText(run.title if run is not None else empty)
        self.hint.setVisible(len(every) < 2)
        for label, value, tip in self._rows(run) if run is not None else []:
            text = plain_label(value)
            text.setToolTip(as_tip(tip))
            self.numbers.addRow(label, text)
            self.numbers.labelForField(text).setToolTip(as_tip(tip))

    def show_playing(self, is_playing: bool) -> None:
        """Say on the button of the animation what it does."""
        self.player.setText(self.tr("End the animation") if is_playing else self.tr("Animate"))

    def _rows(self, run: Flood) -> list[tuple[str, str, str]]:
        """Name, value and explanation of each figure that the run has."""
        rows = []

        def add(label: str, name: str, factor: float, decimals: int, unit: str, tip: str) -> None:
            if (value := run.number(name)) is not None:
                rows.append((label, f"{formatting.number(value * factor, decimals)} {unit}", tip))

        tip = self.tr("The deepest cell of the whole map, often a channel or an underpass.")
        add(self.tr("Maximum depth"), "max_depth_m", 1.0, 2, "m", tip)
        tip = self.tr(
            "The area that was under water at some time, at least as deep as the wet depth (0.05 m unless changed)."
        )
        add(self.tr("Wet area"), "wet_area_m2", 1e-4, 2, "ha", tip)
        tip = self.tr("The most water that was on the terrain at one time.")
        add(self.tr("Peak volume"), "peak_volume_m3", 1.0, 0, "m³", tip)
        if (error := run.number("mass_error")) is not None:
            tip = self.tr(
                "Water that the arithmetic created or lost, as a share of all water: far below 0.001 in a sound run."
            )
            rows.append((self.tr("Mass error"), f"{error:.1e}", tip))
        tip = self.tr("The fastest flow in any cell of the whole map.")
        add(self.tr("Maximum velocity"), "max_speed_ms", 1.0, 1, "m/s", tip)
        if (seconds := run.number("wall_s")) is not None:
            tip = self.tr("How long the simulation itself took.")
            rows.append((self.tr("Computing time"), formatting.duration(seconds), tip))
        return rows
