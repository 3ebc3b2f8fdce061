"""The home dock: the steps of the work, what is done of them, and the next one on the button below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.core import Qgis
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon

from ...bridge.kernel import resources
from ..common import project, run_outputs, state, workflow
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.basics import button, folded, text_label
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm
from ..widgets.notice import Notice
from .step import StepRow


class HomeDock(TwinDock):
    """From a district to a report in six steps."""

    NAME = "home"
    ICON = "twin"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("City Twin"))
        self.packages = Notice()
        self.body.addWidget(self.packages)
        self.intro = text_label()
        self.body.addWidget(self.intro)
        self.rows: dict[str, StepRow] = {}
        self._district()
        self._buildings()
        self._storm()
        self._flood()
        self._risk()
        self._report()
        self.unsaved = Notice()
        self.body.addWidget(self.unsaved)
        self.chain = button(
            "chain",
            self.tr("All of it as one model…"),
            self.tr(
                "Open the model that runs the steps 2 to 5 with one dialog; it can be edited, and repeated in a batch."
            ),
            lambda: self.shell.open_algorithm("storm_to_buildings"),
        )
        self.body.addWidget(self.chain)
        self.body.addWidget(
            button(
                "guide", self.tr("Guide…"), self.tr("How to work with the docks, step by step."), self.shell.open_guide
            )
        )
        self.shell.installer.changed.connect(self._show_packages)
        self.shell.installer.finished.connect(self._show_packages)

    def close_down(self) -> None:
        super().close_down()
        self.shell.installer.changed.disconnect(self._show_packages)
        self.shell.installer.finished.disconnect(self._show_packages)

    def start(self) -> None:
        """Do the next step."""
        _, _, action = self._next()
        action()

    def refresh(self, *_: object) -> None:
        terrain = project.terrain()
        flood = project.last_flood()
        self.rows["district"].set_state(terrain.name() if terrain is not None else "")
        self.rows["buildings"].set_state(workflow.buildings_state())
        self.rows["storm"].set_state(state.recall("storm/caption", "") or "")
        self.rows["flood"].set_state(flood.get("caption", "") if flood else "")
        risk = workflow.layer_count("buildingrisk/OUTPUT")
        self.rows["risk"].set_state(self.tr("{n} buildings assessed").format(n=risk) if risk else "")
        report = project.last_report()
        self.rows["report"].set_state(report.get("title", ""))
        self.open_report.setVisible(bool(report))
        empty = terrain is None and not any(row.done for row in self.rows.values())
        self.intro.setText(
            self.tr("Six steps from building models to the doors that a storm reaches. Start with the demo district.")
            if empty
            else self.tr("Six steps from building models to the doors that a storm reaches.")
        )
        notice = run_outputs.safe_notice()
        if notice:
            self.unsaved.say(notice)
        else:
            self.unsaved.clear()
        icon, text, _ = self._next()
        self.primary.setIcon(QIcon(str(resources.icon(icon))))
        self.primary.setText(text)
        self.primary.setToolTip(self.tr("The next step that is still to do."))
        self._show_packages()

    def _next(self) -> tuple[str, str, Callable[[], None]]:
        """Icon, text and action of the first step that is not done."""
        if not self.rows["district"].done:
            return "district", self.tr("Make the demo district"), self.create_demo
        if not self.rows["buildings"].done:
            return "buildings", self.tr("Next: load the buildings"), partial(self.shell.show_dock, "buildings")
        if not self.rows["flood"].done:
            return "flood", self.tr("Next: simulate the flood"), partial(self.shell.show_dock, "flood")
        if not self.rows["risk"].done:
            return "risk", self.tr("Next: assess the buildings"), self.assess
        return "report", self.tr("Write the report"), self.write_report

    def create_demo(self) -> None:
        """Create the demo district."""
        if self.demo_form is None:
            self.panel.notice.say(
                self.tr("The demo district needs packages that are missing: install them first."),
                Qgis.MessageLevel.Warning,
            )
            return
        self.run(workflow.demo_district(self.demo_form.values())).finished.connect(self._demo_created)

    def assess(self) -> None:
        """Start the assessment of the buildings."""
        self.run_step(workflow.building_risk)

    def write_report(self) -> None:
        """Start the report."""
        job = self.run_step(workflow.report)
        if job is not None:
            job.finished.connect(lambda result: self._reported(job.request, result))

    def _demo_created(self, result: RunResult) -> None:
        if result.ok:
            self.shell.use_demo(result)

    def _reported(self, request: RunRequest, result: RunResult) -> None:
        if result.ok:
            workflow.remember_report(request, result)
            self.refresh()

    def _row(self, name: str, icon: str, title: str, teaching: str) -> StepRow:
        row = StepRow(icon, title, teaching)
        self.rows[name] = row
        self.body.addWidget(row)
        return row

    def _district(self) -> None:
        row = self._row(
            "district",
            "district",
            self.tr("1 District"),
            self.tr("A terrain in metres is where everything happens. Make a demo, or add your own."),
        )
        row.add(
            button(
                "district",
                self.tr("Make the demo district"),
                self.tr("Models, terrain, roads and shelters of a made coastal district near Houhai."),
                self.create_demo,
            )
        )
        algorithm = self.algorithm("createdemodistrict")
        self.demo_form: ParameterForm | None = None
        if algorithm is not None:
            self.demo_form = ParameterForm(algorithm, ["BUILDINGS", "SEED"], "demo/inputs")
            row.buttons.addWidget(folded(self.tr("Options of the demo"), self.demo_form, "demoOptions"))
        row.add(
            button(
                "terrain",
                self.tr("Add your own terrain…"),
                self.tr("Open QGIS's data source manager: choose a raster of ground levels in metres."),
                self._add_terrain,
            )
        )

    def _add_terrain(self) -> None:
        self.shell.iface.openDataSourceManagerPage("gdal")

    def _buildings(self) -> None:
        row = self._row(
            "buildings",
            "buildings",
            self.tr("2 Buildings"),
            self.tr("IFC models become footprints, storeys and openings with their sills."),
        )
        row.add(
            button(
                "buildings",
                self.tr("Buildings…"),
                self.tr("Open the dock that reads models and shows their openings."),
                partial(self.shell.show_dock, "buildings"),
            )
        )

    def _storm(self) -> None:
        row = self._row(
            "storm",
            "storm",
            self.tr("3 Storm"),
            self.tr("A design storm by zone and return period, a gauge's table, or a depth of your own."),
        )
        row.add(
            button(
                "storm",
                self.tr("Storm…"),
                self.tr("Open the Flood dock at the storm."),
                partial(self.shell.show_dock, "flood", "storm"),
            )
        )

    def _flood(self) -> None:
        row = self._row(
            "flood",
            "flood",
            self.tr("4 Flood"),
            self.tr("The storm runs over the terrain: depth, level, speed, hazard and arrival of the water."),
        )
        row.add(
            button(
                "flood",
                self.tr("Flood…"),
                self.tr("Open the dock that simulates the flood."),
                partial(self.shell.show_dock, "flood", "terrain"),
            )
        )

    def _risk(self) -> None:
        row = self._row(
            "risk",
            "risk",
            self.tr("5 Risk"),
            self.tr("Which opening of which building the water reaches, when and how deep, and why."),
        )
        row.add(
            button(
                "risk",
                self.tr("Assess the buildings"),
                self.tr("Compare the newest flood with the openings of the loaded buildings."),
                self.assess,
            )
        )
        row.add(
            button(
                "settings",
                self.tr("With other inputs…"),
                self.tr("Open the dialog of the assessment to choose layers and curves."),
                lambda: self.shell.open_algorithm("buildingrisk"),
            )
        )

    def _report(self) -> None:
        row = self._row(
            "report", "report", self.tr("6 Report"), self.tr("A styled project, a map and a page to hand over.")
        )
        row.add(
            button(
                "report",
                self.tr("Write the report"),
                self.tr("Write the project, the map and the PDF of the newest flood."),
                self.write_report,
            )
        )
        self.open_report = row.add(
            button(
                "report",
                self.tr("Open the report"),
                self.tr("Open the newest report in the program for its kind of file."),
                self._open_report,
            )
        )

    def _open_report(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(project.last_report()["path"]))

    def _show_packages(self, *_: object) -> None:
        installer = self.shell.installer
        if installer.running:
            stage = f" {installer.stage}" if installer.stage else ""
            cancel = (self.tr("Cancel"), self.tr("Stop; nothing is installed then."), installer.cancel)
            self.packages.say(self.tr("Installing Python packages…") + stage, Qgis.MessageLevel.Info, cure=cancel)
            return
        missing = installer.missing()
        if not missing:
            self.packages.clear()
            return
        text = self.tr("Missing Python packages: {names}. What needs them waits until they are installed.").format(
            names=", ".join(missing)
        )
        cure = (
            self.tr("Install"),
            self.tr("Download the packages into your QGIS profile, about 430 MB."),
            installer.start,
        )
        self.packages.say(text, Qgis.MessageLevel.Warning, installer.log, cure)
