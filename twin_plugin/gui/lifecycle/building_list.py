"""The objects with their stage and the gate before them, to filter and to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...core.lifecycle.periods import Stage
from ..common import formatting
from ..widgets.basics import fill_column, narrow_combo, wrapped_label
from ..widgets.feature_list import row_table
from .stage_names import stage_brush, stage_name
from .status_reader import LifeRow

ID, STAGE, SORT = (Qt.ItemDataRole.UserRole + number for number in range(3))
ROWS_SHOWN = 8
EVERY = "*"


class LifeFilter(QSortFilterProxyModel):
    """Rows of a stage (EVERY for all) with a text in their name or id."""

    stage, text = EVERY, ""

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        index = self.sourceModel().index(row, 0, parent)
        if self.stage != EVERY and index.data(STAGE) != self.stage:
            return False
        return self.text in str(index.data()).lower() or self.text in str(index.data(ID)).lower()


class BuildingList(QWidget):
    """`chosen()` when the selection is another one."""

    chosen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, LifeRow] = {}
        self.which = narrow_combo(self.tr("List the objects of this stage only."))
        self.which.setAccessibleName(self.tr("Stage"))
        self.which.addItem(self.tr("All stages"), EVERY)
        for stage in (*(stage.value for stage in Stage), ""):
            self.which.addItem(stage_name(stage), stage)
        self.search = QgsFilterLineEdit()
        self.search.setPlaceholderText(self.tr("Name or id"))
        self.search.setToolTip(self.tr("List the objects with this text in their name or id."))
        self.search.setAccessibleName(self.tr("Name or id"))
        self.model = QStandardItemModel(self)
        self.shown = LifeFilter(self)
        self.shown.setSourceModel(self.model)
        self.shown.setSortRole(SORT)
        self.view = row_table(self.shown)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setWordWrap(False)
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # numbers of buildings stand at the end
        self.view.verticalHeader().setDefaultSectionSize(round(1.5 * self.fontMetrics().height()))
        self.view.setAccessibleName(self.tr("Objects"))
        self.view.setToolTip(
            self.tr(
                "Choose an object to see its life; several to let them enter a stage together. "
                "The gate of the next stage is open (✓) or not met (✗)."
            )
        )
        self.view.setFixedHeight(self.fontMetrics().height() * (ROWS_SHOWN + 3))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.count = wrapped_label()
        self.which.currentIndexChanged.connect(lambda *_: self._filter())
        self.search.textChanged.connect(lambda *_: self._filter())
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.which)
        line.addWidget(self.search, 1)
        fill_column(self, line, self.view, self.count)

    def show_rows(self, rows: Sequence[LifeRow]) -> None:
        """List other objects; those that were chosen stay so where they are still there."""
        kept = set(self.selected())
        self.rows = {row.id: row for row in rows}
        order = {stage.value: number for number, stage in enumerate(Stage)}
        self.view.selectionModel().blockSignals(True)
        self.model.clear()
        self.model.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Stage"), self.tr("Gate")])
        for row in rows:
            cells = [QStandardItem(text) for text in (row.name, stage_name(row.stage), self._gate(row))]
            cells[0].setData(row.id, ID)
            cells[0].setData(row.stage, STAGE)
            cells[1].setData(stage_brush(row.stage).color(), Qt.ItemDataRole.DecorationRole)
            gate = 0 if row.gate_met is False else 1 if row.gate_met else 2
            for cell, key in zip(cells, (row.name.lower(), order.get(row.stage, 9), gate), strict=True):
                cell.setData(key, SORT)
                cell.setToolTip(as_tip("\n".join(text for text in (row.name, row.id, row.missing) if text)))
            self.model.appendRow(cells)
        self.view.selectionModel().blockSignals(False)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(2, self.fontMetrics().horizontalAdvance(self.tr("Gate")) + self.fontMetrics().height())
        self._filter()
        self.select(kept)

    def selected(self) -> list[str]:
        """The ids of what is chosen."""
        return [str(index.data(ID)) for index in self.view.selectionModel().selectedRows(0)]

    def select(self, ids: set[str]) -> None:
        """Choose objects by their ids."""
        model, flags = self.view.selectionModel(), self.view.selectionModel().SelectionFlag
        model.blockSignals(True)
        model.clearSelection()
        for row in range(self.shown.rowCount()):
            index = self.shown.index(row, 0)
            if index.data(ID) in ids:
                model.select(index, flags.Select | flags.Rows)
                self.view.scrollTo(index)
        model.blockSignals(False)
        self.view.viewport().update()
        self.chosen.emit()

    def show_stage(self, stage: str) -> None:
        """List the objects of a stage."""
        self.which.setCurrentIndex(max(self.which.findData(stage), 0))

    def _filter(self) -> None:
        self.shown.stage, self.shown.text = str(self.which.currentData()), self.search.text().strip().lower()
        self.shown.invalidateFilter()
        text = self.tr("{shown} of {all} objects")
        shown, every = (formatting.number(count, 0) for count in (self.shown.rowCount(), len(self.rows)))
        self.count.setText(text.format(shown=shown, all=every))

    def _gate(self, row: LifeRow) -> str:
        if row.gate_met is None:
            return ""
        return "✓" if row.gate_met else "✗"
