"""A list of a plan to search and sort; a row that is chosen is shown on the map."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..widgets.basics import fill_column, narrow_combo, wrapped_label
from .plan_rows import PlanList, PlanRow

SORT, ROW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
ROWS_SHOWN = 9


class PlanLists(QWidget):
    """One of several lists at a time; `chosen` gives the row that was chosen."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists: Sequence[PlanList] = ()
        self.which = narrow_combo(self.tr("Which list of the plan is shown."))
        self.which.setAccessibleName(self.tr("List"))
        self.which.currentIndexChanged.connect(lambda *_: self._show())
        self.filter = QgsFilterLineEdit()
        self.filter.setShowSearchIcon(True)
        self.filter.setPlaceholderText(self.tr("Search"))
        self.filter.setToolTip(self.tr("Show only the rows with this text in one of their columns."))
        self.filter.setAccessibleName(self.tr("Search the list"))
        self.model = QStandardItemModel(self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.model)
        self.shown.setSortRole(SORT)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.view = self._view()
        self.note = wrapped_label()
        search = QHBoxLayout()
        search.addWidget(self.which, 1)
        search.addWidget(self.filter, 1)
        fill_column(self, search, self.view, self.note)

    def show_lists(self, lists: Sequence[PlanList]) -> None:
        """Show other lists; the one of the same place stays chosen, at first the first one with rows."""
        first = next((place for place, item in enumerate(lists) if item.rows), 0)
        kept, self._lists = self.which.currentIndex() if self._lists else first, lists
        self.which.blockSignals(True)
        self.which.clear()
        for item in lists:
            self.which.addItem(f"{item.title} ({len(item.rows):,})")
        self.which.setCurrentIndex(min(kept, len(lists) - 1))
        self.which.blockSignals(False)
        self._show()

    def choose(self, title: str) -> None:
        """Show the list with a title."""
        titles = [item.title for item in self._lists]
        if title in titles:
            self.which.setCurrentIndex(titles.index(title))

    def _view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.shown)
        view.setSortingEnabled(True)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.setToolTip(self.tr("Choose a row to show it on the map; click a heading to sort."))
        view.setAccessibleName(self.tr("Rows of the list"))
        line = view.verticalHeader().defaultSectionSize()
        view.setMinimumHeight(line * ROWS_SHOWN)
        view.selectionModel().currentRowChanged.connect(self._row_chosen)
        view.clicked.connect(self._row_chosen)
        return view

    def _show(self) -> None:
        number = self.which.currentIndex()
        item = self._lists[number] if 0 <= number < len(self._lists) else None
        header = self.view.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.clear()
        self.filter.clear()
        if item is not None:
            self.model.setHorizontalHeaderLabels(list(item.headings))
            for row in item.rows:
                self.model.appendRow(_items(row))
        self.shown.sort(-1)
        self.view.resizeColumnsToContents()
        widest = 24 * self.fontMetrics().averageCharWidth()
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, min(self.view.columnWidth(column), widest))
        header.setStretchLastSection(True)
        self.note.setText(item.empty if item is not None and not item.rows else "")
        self.note.setVisible(bool(self.note.text()))
        self.view.setVisible(item is not None and bool(item.rows))

    def _row_chosen(self, index: QModelIndex, *_: object) -> None:
        row = index.siblingAtColumn(0).data(ROW)
        if isinstance(row, PlanRow):
            self.chosen.emit(row)


def _items(row: PlanRow) -> list[QStandardItem]:
    """The cells of a row; texts come from layers and are shown as they are."""
    items = []
    for text, key in zip(row.cells, row.keys, strict=True):
        item = QStandardItem(text)
        item.setData(key, SORT)
        item.setToolTip(as_tip(text))
        if not isinstance(key, str):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        items.append(item)
    items[0].setData(row, ROW)
    return items
