"""The page of scenarios: which there are for a district's data, what one asks, its runs, and what is repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qgis.core import NULL, Qgis, QgsProcessingUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...bridge.scenarios import description
from ...bridge.scenarios import found as scenarios
from ...core.scenarios.scenario import Scenario
from ..common import formatting, run_outputs
from ..common.background import Background, Ticket
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.basics import bold, button, fill_column, wrapped_label
from ..widgets.form import ParameterForm
from ..widgets.notice import DetailsDialog, Notice
from . import scenario_results, scenario_store
from .scenario_card import ScenarioCard
from .scenario_list import ScenarioList, state_text
from .schedule import Repeated, Schedule

Run = Callable[[RunRequest], Any]
RUNS_SHOWN = 5


class ScenariosPage(QWidget):
    """Lists, explains, runs and repeats scenarios; `able` says that the chosen one can be run, or no longer."""

    able = pyqtSignal()

    def __init__(self, shell: Shell, run: Run, busy: Callable[[], bool], notice: Notice, algorithm: Any) -> None:
        super().__init__()
        self.shell, self._run, self._busy, self.notice = shell, run, busy, notice
        self.scenario: Scenario | None = None
        self.form = ParameterForm(algorithm, ("FOLDER", "CATALOGUE"), "scenarios/data", shell.iface.mapCanvas())
        tip = self.tr("See which scenarios run with these data, and what the others lack.")
        self.list_button = button("", self.tr("List the scenarios"), tip, self.ask_list)
        self.list, self.card = ScenarioList(), ScenarioCard()
        self.list.chosen.connect(self._chosen)
        self.card.details_wanted.connect(self._show_details)
        self.card.model_wanted.connect(self.ask_model)
        self.card.search_wanted.connect(self._search_services)
        self.card.star_changed.connect(self.list.refilter)
        self.card.schedule_changed.connect(self._schedule_changed)
        self.schedule = Schedule(self)
        self.schedule.due.connect(self._due)
        self.runs_heading = bold(wrapped_label(self.tr("Runs of this project")))
        self.runs = QListWidget()
        self.runs.setToolTip(self.tr("Runs, the newest first: double-click one to open the folder of its results."))
        self.runs.setFixedHeight(self.fontMetrics().height() * RUNS_SHOWN + 24)
        self.runs.itemActivated.connect(self._open_run)
        self.background = Background("scenarios", self)
        self.background.done.connect(self._read)
        self.background.failed.connect(lambda text: self.notice.say(text, Qgis.MessageLevel.Warning))
        fill_column(self, self.form, self.list_button, self.list, self.card, self.runs_heading, self.runs)

    def refresh(self) -> None:
        """Show the runs that the project remembers."""
        found = scenario_store.runs()
        self.runs.clear()
        for run in found:
            checks = self.tr("{ok} of {all} checks hold").format(ok=run.checks - run.failed, all=run.checks)
            when = run.time[:16].replace("T", " ")
            item = QListWidgetItem(f"{when} · {run.name} · {state_text(run.state)} · {checks}")
            item.setToolTip(as_tip(run.folder))
            item.setData(0x100, run.folder)
            self.runs.addItem(item)
        for part in (self.runs_heading, self.runs):
            part.setVisible(bool(found))

    def project_changed(self) -> None:
        """Another project: other data, and nothing is repeated any more."""
        self.schedule.clear()
        self.form.restore()
        self.refresh()

    def close_down(self) -> None:
        """End the thread and what is repeated: before the dock is deleted."""
        self.schedule.clear()
        self.background.stop()

    def can_run(self) -> bool:
        """Whether the chosen scenario can be run."""
        row = self.card.row
        return bool(row) and row["state"] == "runs" and row["id"] == self.list.current_id()

    # The list

    def ask_list(self) -> None:
        """Ask twin:listscenarios what runs with the data."""
        self.form.remember()
        values = self.form.values() | {"OUTPUT": "TEMPORARY_OUTPUT"}
        job = self._run(RunRequest("twin:listscenarios", values, self.tr("Scenarios"), quiet=True))
        job.finished.connect(lambda result, job=job: self._listed(result, job))

    def _listed(self, result: RunResult, job: Any) -> None:
        place = result.outputs.get("OUTPUT")
        layer = QgsProcessingUtils.mapLayerFromString(str(place), job.context) if result.ok and place else None
        if isinstance(layer, QgsVectorLayer):
            names = layer.fields().names()
            self.list.show_rows([_row(names, feature) for feature in layer.getFeatures()])
            self.able.emit()

    def _chosen(self, row: Mapping[str, Any]) -> None:
        self.scenario = None
        self.card.show_row(row, self.schedule.minutes(str(row["id"])))
        self._show_next()
        name = str(row["id"])

        def work(_: Ticket) -> Scenario | None:
            return scenarios.scenario_by_id(name).scenario

        if row["state"] != "invalid":
            self.background.ask(work)
        self.able.emit()

    def _read(self, scenario: Scenario | None) -> None:
        if scenario is not None and scenario.id == self.card.row.get("id"):
            self.scenario = scenario
            self.card.show_scenario(scenario)

    def _show_details(self) -> None:
        if self.scenario is not None:
            text = description.as_text(description.describe(self.scenario))
            dialog = DetailsDialog(self.tr("What the scenario does"), text, self)
            dialog.show()

    def _search_services(self, words: str) -> None:
        self.shell.show_dock("services")
        self.shell.open_algorithm("searchservices", {"TEXT": words})

    # Runs

    def start(self) -> None:
        """Run the chosen scenario with the settings of its card."""
        if self.can_run():
            self._start(str(self.card.row["id"]), str(self.card.row["name"]), self.card.settings.changed())

    def ask_model(self) -> None:
        """Ask where the chain of the chosen scenario goes as a model, and write it."""
        title, kinds = self.tr("Save as model"), self.tr("Models (*.model3)")
        path, _ = QFileDialog.getSaveFileName(self, title, f"{self.card.row['id']}.model3", kinds)
        if not path:
            return
        values = self._inputs(str(self.card.row["id"]), self.card.settings.changed()) | {"MODEL": path}
        self._run(RunRequest("twin:runscenario", values, self.tr("Model of the scenario")))

    def _inputs(self, scenario_id: str, settings: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {"SCENARIO": scenario_id, **self.form.values()}
        return values | ({"SETTINGS": settings} if settings else {})

    def _start(self, scenario_id: str, name: str, settings: list[str]) -> None:
        self.form.remember()
        folder = run_outputs.new_folder(name or scenario_id)
        values = self._inputs(scenario_id, settings) | {"OUTPUT_FOLDER": str(folder)}
        began = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        job = self._run(RunRequest("twin:runscenario", values, run_outputs.named(name or scenario_id)))
        job.finished.connect(lambda result: self._ran(result, scenario_id, name, began, folder))

    def _ran(self, result: RunResult, scenario_id: str, name: str, began: str, folder: Path) -> None:
        if result.cancelled:
            return
        state = str(result.outputs.get("STATE", "failed")) if result.ok else "failed"
        checks, failed = (int(result.outputs.get(key, 0) or 0) for key in ("CHECKS", "CHECKS_FAILED"))
        place = str(folder) if result.ok else ""
        scenario_store.add_run(scenario_store.ScenarioRun(scenario_id, name, began, state, place, checks, failed))
        if result.ok:
            scenario_results.add_to_project(folder, run_outputs.named(name or scenario_id))
            if failed:
                text = self.tr("{n} of {all} checks of the scenario do not hold: see its report before you use it.")
                self.notice.say(text.format(n=failed, all=checks), Qgis.MessageLevel.Warning, result.log)
        self.refresh()

    def _open_run(self, item: QListWidgetItem) -> None:
        folder = str(item.data(0x100) or "")
        if folder and Path(folder).is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
        else:
            self.notice.say(self.tr("The results of this run are no longer there."), Qgis.MessageLevel.Warning)

    # What is repeated

    def _schedule_changed(self, minutes: int) -> None:
        self.schedule.set(str(self.card.row["id"]), minutes, self.card.settings.changed())
        self._show_next()

    def _show_next(self) -> None:
        left = self.schedule.left_s(str(self.card.row.get("id", "")))
        self.card.next.setText(
            self.tr("Runs only while QGIS is open.")
            if left is None
            else self.tr("Next run in {time}, and only while QGIS and this project are open.").format(
                time=formatting.about(left)
            )
        )

    def _due(self, repeated: Repeated) -> None:
        """Run what is due, unless another run of the dock goes on: then it waits for its end."""
        if self._busy():
            return
        self.schedule.done(repeated.scenario_id)
        self._start(repeated.scenario_id, repeated.scenario_id, repeated.settings)
        self._show_next()


def _row(names: list[str], feature: Any) -> dict[str, Any]:
    """The values of a row; NULL as None."""
    return {name: None if feature[name] == NULL else feature[name] for name in names}
