"""A scenario that was chosen: question, decision, what it lacks, its settings, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QGridLayout, QWidget

from ...core.scenarios.scenario import Scenario
from ..widgets.basics import bold, button, fill_column, folded, narrow_combo, text_label, wrapped_label
from . import scenario_store
from .scenario_list import state_text
from .scenario_settings import SettingsForm

MINUTES = (15, 60, 360, 1440)
"""How often a scenario may be repeated."""


class ScenarioCard(QWidget):
    """Shows a row of twin:listscenarios; its buttons say what is wanted."""

    details_wanted = pyqtSignal()
    model_wanted = pyqtSignal()
    search_wanted = pyqtSignal(str)
    star_changed = pyqtSignal()
    schedule_changed = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: Mapping[str, Any] = {}
        self.name, self.question = bold(text_label()), text_label()
        self.decision, self.users, self.state = text_label(), text_label(), wrapped_label()
        self.star = QCheckBox(self.tr("Favourite"))
        self.star.setToolTip(self.tr("Keep this scenario among the favourites."))
        self.star.clicked.connect(self._star_clicked)
        self.settings = SettingsForm()
        tip = self.tr("See what the scenario reads, runs and writes.")
        self.details = button("", self.tr("What it does…"), tip, self.details_wanted.emit)
        tip = self.tr("Save the chain of the scenario as a model, which runs by itself and can be changed.")
        self.model = button("", self.tr("Save as model…"), tip, self.model_wanted.emit)
        tip = self.tr("Search the catalogue of services for the data that the scenario lacks.")
        self.search = button("services", self.tr("Find the data"), tip, self._search_clicked)
        self.every = narrow_combo(self.tr("Repeat the scenario so often, until QGIS is closed."))
        self.every.setAccessibleName(self.tr("Repeat"))
        self.every.addItem(self.tr("once"), 0)
        for minutes in MINUTES:
            text = (
                self.tr("every {n} min").format(n=minutes)
                if minutes < 60
                else self.tr("every {n} h").format(n=minutes // 60)
            )
            self.every.addItem(text, minutes)
        self.every.currentIndexChanged.connect(lambda *_: self.schedule_changed.emit(int(self.every.currentData())))
        self.next = wrapped_label()
        grid = QGridLayout()
        for place, item in enumerate((self.details, self.model, self.search, self.star)):
            grid.addWidget(item, place // 2, place % 2)
        texts = (self.name, self.question, self.decision, self.users, self.state)
        repeat = QWidget()
        fill_column(repeat, self.every, self.next)
        self.repeat = folded(self.tr("Repeat while QGIS is open"), repeat, "scenarioRepeat")
        fill_column(self, *texts, self.settings, grid, self.repeat)
        self.hide()

    def show_row(self, row: Mapping[str, Any], every: int) -> None:
        """Show a scenario that is repeated every so many minutes, 0 for once; its settings follow later."""
        self.row = row
        self.name.setText(str(row["name"] or row["id"]))
        self.question.setText(str(row["question"] or ""))
        self.decision.setText(self.tr("Decision: {decision}").format(decision=row["decision"] or "–"))
        self.users.setText(self.tr("For: {users}").format(users=row["users"] or "–"))
        lacks = f": {row['lacks']}" if row["lacks"] else ""
        self.state.setText(f"{state_text(str(row['state']))}{lacks}")
        self.search.setVisible(bool(row["search"]))
        self.star.setChecked(row["id"] in scenario_store.stars())
        self.every.blockSignals(True)
        self.every.setCurrentIndex(max(0, self.every.findData(every)))
        self.every.blockSignals(False)
        runs = row["state"] == "runs"
        for part in (self.model, self.repeat):
            part.setVisible(runs)
        self.settings.show_settings(())
        self.show()

    def show_scenario(self, scenario: Scenario) -> None:
        """Show the settings of the scenario whose row is shown."""
        if scenario.id == self.row.get("id") and self.row.get("state") == "runs":
            self.settings.show_settings(scenario.settings)

    def _star_clicked(self) -> None:
        scenario_store.set_star(str(self.row["id"]), self.star.isChecked())
        self.star_changed.emit()

    def _search_clicked(self) -> None:
        self.search_wanted.emit(str(self.row["search"]))
