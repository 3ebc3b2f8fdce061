"""What came out of a flood run: its numbers, and what can be done with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QGridLayout, QGroupBox, QVBoxLayout, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import formatting
from ..widgets.basics import button, plain_label, wrapped_label


class FloodResults(QGroupBox):
    """The newest run's numbers and buttons."""

    show_map = pyqtSignal()
    animate = pyqtSignal()
    assess = pyqtSignal()
    report = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Result"))
        self.hint = wrapped_label()
        self.numbers = QFormLayout()
        self.numbers.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.buttons = QWidget()
        grid = QGridLayout(self.buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        show = self.tr("Show the maximum depth on the map.")
        play = self.tr("Play the flood over time with QGIS's temporal controller.")
        assess = self.tr("Compare the flood with the openings, ground floors or footprints of the buildings.")
        report = self.tr("Write the project, the map and the report of this flood.")
        grid.addWidget(button("flood", self.tr("Map"), show, self.show_map.emit), 0, 0)
        grid.addWidget(button("animate", self.tr("Animate"), play, self.animate.emit), 0, 1)
        grid.addWidget(button("risk", self.tr("Building risk"), assess, self.assess.emit), 1, 0)
        grid.addWidget(button("report", self.tr("Report"), report, self.report.emit), 1, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.hint)
        layout.addLayout(self.numbers)
        layout.addWidget(self.buttons)
        self.show_run({})

    def show_run(self, run: dict[str, Any]) -> None:
        """Show a run as the flood dock remembers it; {} for none."""
        while self.numbers.rowCount():
            self.numbers.removeRow(0)
        self.buttons.setVisible(bool(run))
        empty = self.tr(
            "After a run this shows its figures, and leads to the map, the animation, the building risk and the report."
        )
        font = self.hint.font()
        font.setBold(bool(run))
        self.hint.setFont(font)
        self.hint.setText(run["title"] if run else empty)
        for label, value in self._rows(run) if run else []:
            text = plain_label(value)
            text.setToolTip(as_tip(label))
            self.numbers.addRow(label, text)

    def _rows(self, run: dict[str, Any]) -> list[tuple[str, str]]:
        results, rows = run.get("results", {}), []

        def add(label: str, name: str, factor: float, decimals: int, unit: str) -> None:
            if isinstance(results.get(name), (int, float)):
                rows.append((label, f"{formatting.number(results[name] * factor, decimals)} {unit}"))

        deepest = summary_number(results.get("SUMMARY", ""), "max_depth_m")
        if deepest is not None:
            rows.append((self.tr("Maximum depth"), f"{formatting.number(deepest, 2)} m"))
        add(self.tr("Wet area"), "WET_AREA_M2", 1e-4, 2, "ha")
        add(self.tr("Peak volume"), "PEAK_VOLUME_M3", 1.0, 0, "m³")
        if isinstance(results.get("MASS_ERROR"), (int, float)):
            label = self.tr("Mass error")
            rows.append((label, f"{results['MASS_ERROR']:.1e}"))
        fastest = summary_number(results.get("SUMMARY", ""), "max_speed_ms")
        if fastest is not None:
            rows.append((self.tr("Maximum velocity"), f"{formatting.number(fastest, 1)} m/s"))
        if run.get("seconds"):
            rows.append((self.tr("Computing time"), formatting.duration(run["seconds"])))
        return rows


def summary_number(path: str, name: str) -> float | None:
    """A number of a run's summary; None without the file or the key."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return None
    value = content.get(name)
    return float(value) if isinstance(value, (int, float)) else None
