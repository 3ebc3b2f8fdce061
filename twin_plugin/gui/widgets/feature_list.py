"""A table of features to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QAbstractItemModel, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ..common import formatting
from .basics import button, fill_column, wrapped_label

SORT, FEATURE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
ROWS_SHOWN = 7


def row_table(model: QAbstractItemModel) -> QTableView:
    """A table of rows to choose, sorted by a click on a heading."""
    view = QTableView()
    view.setModel(model)
    view.setSortingEnabled(True)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    return view


@dataclass(frozen=True)
class Row:
    """A feature with its name and its value; None where a count has none."""

    id: int
    label: str
    value: float | None


class FeatureList(QWidget):
    """A table of at most `most` features; `chosen` gives the id of one, `closed` says that all are wanted again."""

    chosen = pyqtSignal(int)
    closed = pyqtSignal()

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most = most
        self.heading = wrapped_label()
        self.model = QStandardItemModel(self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.model)
        self.shown.setSortRole(SORT)
        self.view = row_table(self.shown)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setToolTip(self.tr("Choose a row to show it on the map; click a heading to sort."))
        self.view.setFixedHeight(self.fontMetrics().height() * (ROWS_SHOWN + 3))
        self.view.selectionModel().selectionChanged.connect(self._selected)
        tip = self.tr("Let the layer show what it showed before.")
        self.close_button = button("", self.tr("Show all features"), tip, self.closed.emit)
        fill_column(self, self.heading, self.view, self.close_button)

    def show_rows(self, title: str, unit: str, rows: Sequence[Row], filtered: bool) -> None:
        """List the features behind a number; `filtered` says that the map shows only them."""
        shown = rows[: self.most]
        self.model.clear()
        self.model.setHorizontalHeaderLabels([self.tr("Feature"), unit or self.tr("Value")])
        for row in shown:
            name = QStandardItem(row.label or str(row.id))
            name.setData(name.text(), SORT)
            name.setData(row.id, FEATURE)
            figure = QStandardItem("" if row.value is None else formatting.number(row.value, 2))
            figure.setData(row.value if row.value is not None else 0.0, SORT)
            figure.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.model.appendRow([name, figure])
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.view.setColumnHidden(1, all(row.value is None for row in shown))
        sentences = [self.tr("{title}: {count} features.").format(title=title, count=formatting.number(len(rows), 0))]
        if len(rows) > len(shown):
            sentences.append(self.tr("The first {n} are listed.").format(n=formatting.number(len(shown), 0)))
        if filtered:
            sentences.append(self.tr("The map shows only these."))
        elif rows:
            sentences.append(self.tr("They are selected on the map: its source cannot be filtered by feature."))
        self.heading.setText(" ".join(sentences))
        self.show()

    def _selected(self, *_: object) -> None:
        rows = self.view.selectionModel().selectedRows(0)
        if rows:
            self.chosen.emit(int(rows[0].data(FEATURE)))
