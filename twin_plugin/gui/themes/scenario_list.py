"""The list of scenarios: searched by words, by domain, by state, or only the favourites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QListView, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..widgets.basics import delay, fill_column, icon, narrow_combo, plain_label
from . import scenario_store

translate = QCoreApplication.translate
ROW = Qt.ItemDataRole.UserRole + 1
ROWS_SHOWN = 9
PAUSE_MS = 150
ICONS = {"runs": "present", "invalid": "cancel"}
"""Icons of states; the others have that of what is absent."""
Row = Mapping[str, Any]
STATES = ("runs", "lacks data", "lacks an algorithm", "lacks a package", "invalid")


def state_text(state: str) -> str:
    """The name of a state in the user's language."""
    return {
        "runs": translate("Scenarios", "runs"),
        "lacks data": translate("Scenarios", "lacks data"),
        "lacks an algorithm": translate("Scenarios", "lacks an algorithm"),
        "lacks a package": translate("Scenarios", "lacks a package"),
        "invalid": translate("Scenarios", "invalid"),
        "ok": translate("Scenarios", "ok"),
        "check failed": translate("Scenarios", "check failed"),
        "failed": translate("Scenarios", "failed"),
    }.get(state, state)


class ScenarioFilter(QSortFilterProxyModel):
    """Lets through what has all words, is of the domain and in the state, and is a favourite where that is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()
        self.domain, self.state = "", ""
        self.stars: frozenset[str] | None = None

    def filterAcceptsRow(self, number: int, parent: QModelIndex) -> bool:
        row = self.sourceModel().index(number, 0, parent).data(ROW)
        if self.domain and row["domain"] != self.domain:
            return False
        if self.state and row["state"] != self.state:
            return False
        if self.stars is not None and row["id"] not in self.stars:
            return False
        text = " ".join(str(row[name] or "") for name in ("id", "name", "question", "users", "decision")).lower()
        return all(word in text for word in self.words)


class ScenarioList(QWidget):
    """Shows the rows of twin:listscenarios; `chosen` gives the row that was chosen."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setToolTip(self.tr("Words that must all be in name, question, users or decision."))
        self.search.setAccessibleName(self.tr("Search the scenarios"))
        self.domains = narrow_combo(self.tr("Only scenarios of this domain."))
        self.domains.setAccessibleName(self.tr("Domain"))
        self.states = narrow_combo(self.tr("Only scenarios in this state."))
        self.states.setAccessibleName(self.tr("State"))
        self.only_stars = QCheckBox(self.tr("Favourites only"))
        self.only_stars.setToolTip(self.tr("Show only the scenarios that you marked as favourites."))
        self.model = QStandardItemModel(self)
        self.shown = ScenarioFilter(self)
        self.shown.setSourceModel(self.model)
        self.view = QListView()
        self.view.setModel(self.shown)
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setToolTip(self.tr("Choose a scenario to see its question, its decision and what it lacks."))
        self.view.setFixedHeight(self.fontMetrics().height() * ROWS_SHOWN + 30)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.count = plain_label()
        self._pause = delay(self, PAUSE_MS, self.refilter)
        self.search.textChanged.connect(lambda *_: self._pause.start())
        for combo in (self.domains, self.states):
            combo.currentIndexChanged.connect(lambda *_: self.refilter())
        self.only_stars.toggled.connect(lambda *_: self.refilter())
        choices, under = QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self.domains, 1)
        choices.addWidget(self.states, 1)
        under.addWidget(self.count, 1)
        under.addWidget(self.only_stars)
        fill_column(self, self.search, choices, self.view, under)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other scenarios; the one that was chosen stays so."""
        kept = self.current_id()
        self.model.clear()
        for row in rows:
            item = QStandardItem(f"{row['name'] or row['id']}")
            item.setIcon(icon(ICONS.get(str(row["state"]), "absent")))
            item.setData(row, ROW)
            item.setToolTip(as_tip(f"{row['id']} · {state_text(str(row['state']))}\n{row['question'] or ''}"))
            self.model.appendRow(item)
        self._fill(self.domains, self.tr("All domains"), sorted({str(row["domain"]) for row in rows if row["domain"]}))
        states = [name for name in STATES if any(row["state"] == name for row in rows)]
        self._fill(self.states, self.tr("All states"), states, [state_text(name) for name in states])
        self.refilter()
        self.choose(kept)

    def choose(self, scenario_id: str) -> None:
        """Choose a scenario by its id."""
        for number in range(self.shown.rowCount()):
            index = self.shown.index(number, 0)
            if index.data(ROW)["id"] == scenario_id:
                self.view.setCurrentIndex(index)
                return

    def current_id(self) -> str:
        """Id of the chosen scenario, "" for none."""
        row = self.view.currentIndex().data(ROW)
        return str(row["id"]) if row else ""

    @staticmethod
    def _fill(combo: Any, every: str, values: Sequence[str], texts: Sequence[str] = ()) -> None:
        kept = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem(every, "")
        for value, text in zip(values, texts or values, strict=True):
            combo.addItem(text, value)
        combo.setCurrentIndex(max(0, combo.findData(kept)))
        combo.blockSignals(False)

    def refilter(self) -> None:
        """Show what the search, the choices and the favourites let through."""
        shown = self.shown
        shown.words = tuple(self.search.text().lower().split())
        shown.domain, shown.state = self.domains.currentData() or "", self.states.currentData() or ""
        shown.stars = frozenset(scenario_store.stars()) if self.only_stars.isChecked() else None
        shown.invalidateFilter()
        text = self.tr("{shown} of {all} scenarios")
        self.count.setText(text.format(shown=shown.rowCount(), all=self.model.rowCount()))

    def _current_changed(self, index: QModelIndex, _: QModelIndex) -> None:
        row = index.data(ROW)
        if row:
            self.chosen.emit(row)
