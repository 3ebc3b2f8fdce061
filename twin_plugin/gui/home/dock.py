"""The home dock: the steps of the work, what is done of them, and the next one on the button below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ..common import floods, footprints, formatting, project, run_outputs, workflow
from ..common.floods import Flood
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets.basics import button, folded, icon, text_label
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm
from ..widgets.layer_choice import LayerChoice
from ..widgets.notice import Notice
from .district_name import DistrictName
from .step import StepRow

ButtonParts = tuple[str, str, str, Callable[[], object]]
"""Icon, text, tooltip and action."""


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
        self._build_inputs()
        self._build_results()
        self.unsaved = Notice()
        self.body.addWidget(self.unsaved)
        self.chain = button(
            "chain",
            self.tr("All steps as one model…"),
            self.tr("Open the model that runs steps 2 to 5 from one dialog; you can edit it and run it in a batch."),
            self._open_chain,
        )
        self.body.addWidget(self.chain)
        self.body.addWidget(
            button(
                "guide", self.tr("Guide…"), self.tr("How to work with the docks, step by step."), self.shell.open_guide
            )
        )
        self.shell.installer.changed.connect(self._show_packages)
        self.shell.installer.finished.connect(self._show_packages)
        self.shell.warm_up.changed.connect(self._show_packages)

    def close_down(self) -> None:
        super().close_down()
        self.shell.installer.changed.disconnect(self._show_packages)
        self.shell.installer.finished.disconnect(self._show_packages)
        self.shell.warm_up.changed.disconnect(self._show_packages)

    def start(self) -> None:
        """Do the next step."""
        _, _, action = self._next()
        action()

    def refresh(self, *_: object) -> None:
        terrain = project.terrain()
        flood = floods.current()
        self.terrains.show_layers(project.rasters()[0], terrain)
        self.footprints.show_layers(footprints.polygon_layers(), footprints.layer())
        self._show_risk_fields()
        self.district.refresh()
        self.rows["district"].set_state(terrain.name() if terrain is not None else "")
        self.rows["buildings"].set_state(workflow.buildings_state())
        self.rows["storm"].set_state(workflow.storm_state(flood))
        self.rows["flood"].set_state(flood.caption if flood is not None else "")
        self._show_risk(flood)
        self._show_report(flood)
        empty = terrain is None and not any(row.done for row in self.rows.values())
        self.intro.setText(
            self.tr(
                "Six steps from a terrain and buildings to what a storm reaches. Start with the demo district, or add "
                "your own layers."
            )
            if empty
            else self.tr("Six steps from a terrain and buildings to what a storm reaches.")
        )
        notice = run_outputs.safe_notice()
        if notice:
            self.unsaved.say(notice)
        else:
            self.unsaved.clear()
        name, text, _ = self._next()
        self.primary.setIcon(icon(name))
        self.primary.setText(text)
        self._open_the_step_to_do()
        is_done = all(row.done for row in self.rows.values())
        if is_done:
            self.primary.setToolTip(self.tr("All steps are done. For another storm choose it in the Flood dock."))
        else:
            self.primary.setToolTip(self.tr("The next step to do."))
        self._show_packages()

    def _open_the_step_to_do(self) -> None:
        """One step is open, the first that is not done; the others are a line each."""
        first = next((row for row in self.rows.values() if not row.done), None)
        for row in self.rows.values():
            row.set_current(row is first)

    def _show_risk(self, flood: Flood | None) -> None:
        """An assessment counts for the flood and the buildings that it used, and for no others."""
        risk = workflow.assessment(flood)
        other = self.tr("The buildings are not assessed for this flood yet.") if floods.assessments() else ""
        if floods.assessment(flood) is not None:
            other = self.tr("The assessment of this flood is of other buildings than those of step 2.")
        count = risk.featureCount() if risk is not None else 0
        text = self.tr("{n} buildings assessed").format(n=formatting.number(count, 0)) if count else ""
        self.rows["risk"].set_state(text, other)

    def _show_report(self, flood: Flood | None) -> None:
        report = project.last_report()
        is_current = bool(report) and flood is not None and report.get("run", "") in (flood.run, flood.key)
        other = self.tr("The newest report is of another flood.") if report else ""
        self.rows["report"].set_state(report.get("title", "") if is_current else "", other)
        self.open_report.setVisible(bool(report))

    def _next(self) -> tuple[str, str, Callable[[], None]]:
        """Icon, text and action of the first step that is not done."""
        if not self.rows["district"].done:
            return self._next_terrain()
        if not self.rows["buildings"].done:
            if footprints.polygon_layers():
                return "buildings", self.tr("Next: choose the buildings"), partial(self._ask, self.footprints)
            return "buildings", self.tr("Next: load the buildings"), partial(self.shell.show_dock, "buildings")
        if not self.rows["flood"].done:
            return "flood", self.tr("Next: simulate the flood"), partial(self.shell.show_dock, "flood")
        if not self.rows["risk"].done:
            return "risk", self.tr("Next: assess the buildings"), self.assess
        if not self.rows["report"].done:
            return "report", self.tr("Write the report"), self.write_report
        return "report", self.tr("Open the report"), self._open_report

    def _next_terrain(self) -> tuple[str, str, Callable[[], None]]:
        """The step to a terrain: the demo district in an empty project only, since it changes the project's CRS."""
        if project.rasters()[0]:
            return "terrain", self.tr("Next: choose the terrain"), partial(self._ask, self.terrains)
        if QgsProject.instance().mapLayers():
            return "terrain", self.tr("Next: add a terrain"), self._add_terrain
        return "district", self.tr("Create the demo district"), self.create_demo

    def _ask(self, choice: LayerChoice) -> None:
        """Bring a choice of layers into view, opened."""
        for row in self.rows.values():
            if row.isAncestorOf(choice):
                row.set_open(True)
        self.scroll.ensureWidgetVisible(choice)
        choice.box.setFocus()
        choice.box.showPopup()

    def _terrain_chosen(self, layer_id: str) -> None:
        project.choose_terrain(layer_id)
        self.shell.refresh()

    def _footprints_chosen(self, layer_id: str) -> None:
        footprints.choose(layer_id)
        self.shell.refresh()

    def create_demo(self) -> None:
        """Create the demo district."""
        if self.demo_form is None:
            self.panel.notice.say(
                self.tr("The demo district needs packages that are missing: install them first."),
                Qgis.MessageLevel.Warning,
            )
            return
        self.run(workflow.demo_district(self.demo_form.values())).finished.connect(self._demo_created)

    def _open_chain(self) -> None:
        """Open the model of all steps: that for footprints, with what is chosen, where the buildings are such."""
        terrain, buildings = project.terrain(), footprints.layer()
        known = {"DTM": terrain.id()} if terrain is not None else {}
        if buildings is not None and not footprints.of_models(buildings):
            self.shell.open_algorithm("storm_to_footprints", known | {"BUILDINGS": buildings.id()})
        else:
            self.shell.open_algorithm("storm_to_buildings", known)

    def assess(self) -> None:
        """Start the assessment of the buildings."""
        self.run_step(workflow.building_risk)

    def _demo_created(self, result: RunResult) -> None:
        if result.ok:
            self.district.propose(self.tr("Houhai (synthetic district)"))
            self.shell.use_demo(result)

    def _step(self, name: str, title: str, teaching: str, *buttons: ButtonParts) -> StepRow:
        """Add a step with its buttons."""
        row = self.rows[name] = StepRow(name, title, teaching)
        self.body.addWidget(row)
        for parts in buttons:
            row.add(button(*parts))
        return row

    def _build_inputs(self) -> None:
        show = self.shell.show_dock
        row = self._step(
            "district",
            self.tr("1 District"),
            self.tr(
                "Start with a terrain: a ground-height raster in metres. Create the demo district or add your own."
            ),
            (
                "district",
                self.tr("Create the demo district"),
                self.tr("Models, terrain, roads and shelters of a synthetic coastal district near Houhai."),
                self.create_demo,
            ),
        )
        algorithm = self.algorithm("createdemodistrict")
        self.demo_form: ParameterForm | None = None
        if algorithm is not None:
            self.demo_form = ParameterForm(algorithm, ["BUILDINGS", "SEED"], "demo/inputs")
            row.buttons.addWidget(folded(self.tr("Options of the demo"), self.demo_form, "demoOptions"))
        tip = self.tr("Open QGIS's data source manager: choose a raster of ground heights in metres.")
        row.add(button("terrain", self.tr("Add your own terrain…"), tip, self._add_terrain))
        self.terrains = LayerChoice(
            self.tr("Terrain"),
            self.tr("The raster of ground heights in metres, of any name, in which the flood is simulated."),
            self.tr("choose a raster"),
            Qgis.LayerFilter.RasterLayer,
        )
        self.terrains.chosen.connect(self._terrain_chosen)
        row.buttons.addWidget(self.terrains)
        self.district = DistrictName()
        row.buttons.addWidget(self.district)
        self._build_buildings()
        self._step(
            "storm",
            self.tr("3 Storm"),
            self.tr("Choose a design storm by zone and return period, a gauge's table, or a rain depth."),
            ("storm", self.tr("Storm…"), self.tr("Open the Flood dock at the storm."), partial(show, "flood", "storm")),
        )

    def _build_buildings(self) -> None:
        row = self._step(
            "buildings",
            self.tr("2 Buildings"),
            self.tr(
                "Choose a polygon layer of footprints, or read IFC models: they bring storeys, and openings with their "
                "sills."
            ),
            (
                "terrain",
                self.tr("Add your own footprints…"),
                self.tr("Open QGIS's data source manager: choose a layer of polygons in any CRS."),
                lambda: self.shell.iface.openDataSourceManagerPage("ogr"),
            ),
            (
                "buildings",
                self.tr("Buildings…"),
                self.tr("Open the dock that reads models and shows their openings."),
                partial(self.shell.show_dock, "buildings"),
            ),
        )
        self.footprints = LayerChoice(
            self.tr("Footprints"),
            self.tr("The polygon layer that counts as the buildings: obstacles of the flood, assessed in step 5."),
            self.tr("choose a polygon layer"),
            Qgis.LayerFilter.PolygonLayer,
        )
        self.footprints.chosen.connect(self._footprints_chosen)
        row.buttons.addWidget(self.footprints)

    def _build_results(self) -> None:
        self._step(
            "flood",
            self.tr("4 Flood"),
            self.tr("Simulate the storm on the terrain: depth, level, velocity, hazard and arrival of the water."),
            (
                "flood",
                self.tr("Flood…"),
                self.tr("Open the dock that simulates the flood."),
                partial(self.shell.show_dock, "flood", "terrain"),
            ),
        )
        row = self._step(
            "risk",
            self.tr("5 Risk"),
            self.tr("See which opening of which building the water reaches, when, how deep, and why."),
            (
                "risk",
                self.tr("Assess the buildings"),
                self.tr("Compare the flood with the openings, ground floors or footprints of the buildings."),
                self.assess,
            ),
            (
                "settings",
                self.tr("With other inputs…"),
                self.tr("Open the dialog of the assessment to choose layers and curves."),
                partial(self.shell.open_algorithm, "buildingrisk"),
            ),
        )
        algorithm = self.algorithm("buildingrisk")
        self.risk_form: ParameterForm | None = None
        if algorithm is not None:
            names = ("BUILDINGS", "USE_FIELD", "PEOPLE_FIELD", "FLOOR_FIELD", "NO_DATA")
            self.risk_form = ParameterForm(algorithm, names, workflow.RISK_INPUTS)
            self.risk_form.show_row("BUILDINGS", False)  # step 2 chooses them; here the rows of fields need them
            row.buttons.addWidget(folded(self.tr("Options"), self.risk_form, "riskOptions"))
        row = self._step(
            "report",
            self.tr("6 Report"),
            self.tr("Write a styled project, a map and a page to hand over."),
            (
                "report",
                self.tr("Write the report"),
                self.tr("Write the project, the map and the PDF of the flood, with its assessment."),
                self.write_report,
            ),
        )
        tip = self.tr("Open the newest report in the default program for its file type.")
        self.open_report = row.add(button("report", self.tr("Open the report"), tip, self._open_report))

    def _show_risk_fields(self) -> None:
        """Offer the fields of the buildings in the options of the assessment."""
        buildings = footprints.layer()
        if self.risk_form is not None and buildings is not None and self.risk_form.value("BUILDINGS") != buildings.id():
            self.risk_form.set_value("BUILDINGS", buildings.id())
            self.risk_form.restore("BUILDINGS")

    def _add_terrain(self) -> None:
        self.shell.iface.openDataSourceManagerPage("gdal")

    def _open_report(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(project.last_report()["path"]))

    def _show_packages(self, *_: object) -> None:
        installer = self.shell.installer
        if installer.running:
            stage = f" {installer.stage}" if installer.stage else ""
            cancel = (self.tr("Cancel"), self.tr("Stop the installation; no package is installed."), installer.cancel)
            self.packages.say(self.tr("Installing Python packages…") + stage, Qgis.MessageLevel.Info, cure=cancel)
            return
        text = installer.message()
        if not text and self.shell.warm_up.running:
            self.packages.say(
                self.tr(
                    "The flood solver and the risk assessment are being compiled in the background, once, for about "
                    "a minute. You can work meanwhile."
                )
            )
            return
        if not text:
            self.packages.clear()
            return
        cure = (self.tr("Install"), installer.costs(), installer.start)
        self.packages.say(text, Qgis.MessageLevel.Warning, installer.log, cure)
