"""The panel that compares the shown flood with another one of the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel.outside_text import as_tip
from ..common.floods import Flood
from ..widgets.basics import button, narrow_combo, plain_label, wrapped_label

MOST_FIGURES = 10
"""Figures that are seen without scrolling."""


@dataclass(frozen=True)
class FigureRow:
    """One figure in words; `unit` as in the table, where areas are in m² and shown in ha."""

    title: str
    unit: str
    a: str
    b: str
    difference: str


class ComparisonPanel(QWidget):
    """Chooses the other flood, and shows the figures of both; `chosen` when the choice changes."""

    chosen = pyqtSignal()
    compare = pyqtSignal()
    swipe = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = wrapped_label()
        self.others = narrow_combo(self.tr("The flood that is compared with the one shown; it is B."))
        self.others.activated.connect(lambda *_: self.chosen.emit())
        form = QFormLayout()
        form.addRow(plain_label("A"), self.shown)
        form.addRow(plain_label("B"), self.others)
        tip = self.tr("Write the differences as layers, and list the figures of both floods here.")
        self.start = button("compare", self.tr("Compare"), tip, self.compare.emit)
        tip = self.tr("Show A left and B right of a line on the map; drag it. Escape ends it.")
        self.swiper = button("swipe", "", tip, self.swipe.emit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start)
        buttons.addWidget(self.swiper)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels(["A", "B", self.tr("B - A")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setToolTip(as_tip(self.tr("Figures of both floods, then the settings that differ.")))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(buttons)
        layout.addWidget(self.table)
        self.show_swiping(False)
        self.show_figures([])

    def other(self) -> str:
        """The key of the flood that is chosen as B; "" for none."""
        return str(self.others.currentData() or "")

    def show_floods(self, shown: Flood | None, others: Sequence[Flood]) -> None:
        """Name the flood that the docks are at, and offer the others; a choice that is still there stays."""
        kept = self.other()
        self.shown.setText(shown.title if shown is not None else "")
        self.others.clear()
        for flood in others:
            self.others.addItem(flood.title, flood.key)
        self.others.setCurrentIndex(max(self.others.findData(kept), 0) if others else -1)
        if self.other() != kept:
            self.chosen.emit()

    def show_swiping(self, is_swiping: bool) -> None:
        """Say on the button of the swipe what it does."""
        self.swiper.setText(self.tr("End the swipe") if is_swiping else self.tr("Swipe on the map"))

    def show_figures(self, rows: Sequence[FigureRow]) -> None:
        """List figures, each as its name and below it the values; nothing is shown where there are none."""
        self.table.setVisible(bool(rows))
        self.table.clearSpans()
        self.table.setRowCount(2 * len(rows))
        for number, row in enumerate(rows):
            unit = "ha" if row.unit == "m²" else row.unit
            title = f"{row.title} ({unit})" if unit else row.title
            head = QTableWidgetItem(title)
            head.setToolTip(as_tip(title))
            head.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
            self.table.setItem(2 * number, 0, head)
            self.table.setSpan(2 * number, 0, 1, 3)
            for column, text in enumerate((row.a, row.b, row.difference)):
                item = QTableWidgetItem(text)
                item.setToolTip(as_tip(title))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(2 * number + 1, column, item)
        line = self.fontMetrics().height() + 4
        self.table.verticalHeader().setMinimumSectionSize(line)
        self.table.verticalHeader().setDefaultSectionSize(line)
        self.table.setMinimumHeight(line * 2 * min(len(rows), MOST_FIGURES) + 2 * line if rows else 0)
