"""The rows of the list of models: filtered and sorted as whole lists, so that ten thousand stay quick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from ...bridge.bim.model_tables import ModelRow
from ...bridge.kernel.outside_text import as_tip
from ..widgets.basics import icon

translate = QCoreApplication.translate

NAME, STATE, PLACE, REASON = range(4)
STATES = ("ok", "partial", "failed", "unplaced", "gone")
_ICONS = {"ok": "present", "partial": "risk", "failed": "cancel", "unplaced": "place", "gone": "absent"}
_ORDER = {"failed": 0, "unplaced": 1, "partial": 2, "gone": 3, "ok": 4}
"""What needs a hand comes first when the column is sorted."""


def state_name(state: str) -> str:
    """A state in the user's language."""
    names = {
        "ok": translate("ModelList", "read"),
        "partial": translate("ModelList", "read in part"),
        "failed": translate("ModelList", "not read"),
        "unplaced": translate("ModelList", "without a place"),
        "gone": translate("ModelList", "file missing"),
    }
    return names.get(state, state)


def place_name(row: ModelRow) -> str:
    """Where a model's place was taken from, and whether it can be trusted."""
    if row.georef_level == 0:
        return translate("ModelList", "none")
    if row.georef_level == 60:
        return translate("ModelList", "by hand")
    if row.confidence == "unsure":
        return translate("ModelList", "unsure: {source}").format(source=row.georef_source)
    return row.georef_source


class ModelTable(QAbstractTableModel):
    """Models in the order and the choice that is shown.

    A sort filter proxy asks this model, in Python, twice for each comparison: 255,000 times and 1.7 s for a sort of
    10,000 rows. Sorting a list of keys looks at each row once, and takes 7 ms. `index.row()` counts the rows shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ModelRow] = []
        self.shown: list[int] = []
        self.counts: Counter[str] = Counter()
        self._cells: list[tuple[str, str, str, str]] = []  # as they are shown
        self._texts: list[str] = []
        self._names = {state: state_name(state) for state in STATES}
        self._places: dict[tuple[int, str, str], str] = {}
        self._words: tuple[str, ...] = ()
        self._state = ""
        self._sorted: tuple[int, Qt.SortOrder] = (NAME, Qt.SortOrder.AscendingOrder)
        self._icons = {state: icon(name) for state, name in _ICONS.items()}
        self.in_two_lines = False

    def show_in_two_lines(self, wanted: bool) -> None:
        """Put the reason, or else the place, below the name: for a list that has no room for columns of them."""
        if wanted != self.in_two_lines:
            self.in_two_lines = wanted
            if self.shown:
                self.dataChanged.emit(self.index(0, NAME), self.index(len(self.shown) - 1, NAME))

    def clear(self) -> None:
        """Hold nothing."""
        self.beginResetModel()
        self.rows, self.shown, self._cells, self._texts = [], [], [], []
        self.counts = Counter()
        self.endResetModel()

    def append(self, rows: Sequence[ModelRow]) -> None:
        """Add rows at the end, whatever the order is; `settle` sorts them when all are there."""
        start = len(self.rows)
        self.rows.extend(rows)
        for row in rows:
            state = row.state
            self.counts[state] += 1
            cells = (row.name, self._names.get(state, state), self._place(row), row.reason)
            self._cells.append(cells)
            self._texts.append("\n".join((row.id, *cells)).casefold())
        new = [number for number in range(start, len(self.rows)) if self._wanted(number)]
        if new:
            self.beginInsertRows(QModelIndex(), len(self.shown), len(self.shown) + len(new) - 1)
            self.shown.extend(new)
            self.endInsertRows()

    def settle(self) -> None:
        """Put the rows into the order that was asked for."""
        self.sort(*self._sorted)

    def set_filter(self, text: str, state: str) -> None:
        """Show only the rows with every word of a text in their name, state, place or reason, and with a state."""
        words = tuple(text.casefold().split())
        if (words, state) == (self._words, self._state):
            return
        self._words, self._state = words, state
        self.beginResetModel()
        self.shown = self._ordered([number for number in range(len(self.rows)) if self._wanted(number)])
        self.endResetModel()

    def find(self, model_id: str) -> int:
        """The shown row of a model, or -1."""
        return next((row for row, number in enumerate(self.shown) if self.rows[number].id == model_id), -1)

    def row_at(self, index: QModelIndex) -> ModelRow | None:
        """The model of an index."""
        return self.rows[self.shown[index.row()]] if index.isValid() and index.row() < len(self.shown) else None

    # What Qt calls

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt calls it
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt calls it
        return 0 if parent.isValid() else 4

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            cells = self._cells[self.shown[index.row()]]
            if index.column() == NAME and self.in_two_lines:
                return "\n".join((cells[NAME], " ".join((cells[REASON] or cells[PLACE]).split())))
            return cells[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == NAME:
            return self._icons.get(row.state)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = (row.path or row.id, f"{state_name(row.state)} · {place_name(row)}", row.reason, row.warnings)
            return as_tip("\n".join(line for line in lines if line))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return f"{row.name}, {state_name(row.state)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("ModelList", "Model"),
            translate("ModelList", "State"),
            translate("ModelList", "Place"),
            translate("ModelList", "Reason"),
        )[section]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self._sorted = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self.shown[index.row()] for index in before]
        self.shown = self._ordered(self.shown)
        where = {number: row for row, number in enumerate(self.shown)} if before else {}
        moved = [self.index(where[number], index.column()) for number, index in zip(kept, before, strict=True)]
        self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()

    def _wanted(self, number: int) -> bool:
        if self._state and self.rows[number].state != self._state:
            return False
        return all(word in self._texts[number] for word in self._words)

    def _ordered(self, numbers: Sequence[int]) -> list[int]:
        column, order = self._sorted
        rows, cells = self.rows, self._cells

        def key(number: int) -> tuple[Any, str]:
            first = _ORDER.get(rows[number].state, 9) if column == STATE else cells[number][column].casefold()
            return first, rows[number].id

        return sorted(numbers, key=key, reverse=order == Qt.SortOrder.DescendingOrder)

    def _place(self, row: ModelRow) -> str:
        """The name of a place; many models share one."""
        key = (row.georef_level, row.confidence, row.georef_source)
        if key not in self._places:
            self._places[key] = place_name(row)
        return self._places[key]
