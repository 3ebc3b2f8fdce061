"""The flood dock: terrain, buildings and a storm in; a simulated flood with its maps and numbers out."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from qgis.core import Qgis, QgsProcessingContext, QgsProcessingParameters, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QTimer

from ...bridge.kernel import kernels
from ...bridge.kernel.storm_name import run_name
from ..common import floods, footprints, formatting, layer_order, project, run_outputs, settings, state, workflow
from ..common.floods import Flood
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.basics import bold, button, delay, folded, text_label
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm
from ..widgets.notice import Notice
from . import estimate
from .after_flood import AfterFlood
from .compared_floods import ComparedFloods
from .comparison_panel import ComparisonPanel
from .input_groups import InputGroups, outputs_of
from .query_panel import QueryPanel
from .result_queries import ResultQueries
from .results import FloodResults
from .shown_run import ShownRun
from .storm import DESIGN, EVEN, TABLE, StormPanel
from .terrain_tools import TerrainTools

TERRAIN = ("DTM", "EXTENT", "BUILDINGS", "BUILDINGS_AS")
RUN = ("DURATION_MIN", "CELL_SIZE")
RAIN = ("RAIN", "RAIN_MM")
SIDES = ("NORTH", "EAST", "SOUTH", "WEST")
DECIDED = "flood/obstacles_of"
"""Key of the layer of buildings for which the user chose the obstacles."""
DELAY_MS = 300
"""The button's estimate is updated so long after the last change."""
SCROLL_MS = 200
"""The result is scrolled to when its rows have their places, which takes Qt a few turns of the event loop."""
AFTER_RAIN_MIN = 60.0
"""Simulated beyond the rain where no time is entered, as the algorithm does."""


class FloodDock(TwinDock):
    """A storm over a terrain."""

    NAME = "flood"
    ICON = "flood"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Flood"))
        self.primary.setToolTip(
            self.tr("Simulate in the background; the time is an estimate from earlier runs on this machine.")
        )
        self.ready = False
        self.size: estimate.Estimate | None = None
        self._request: RunRequest | None = None
        self._obstacles: Any = None
        self._compiled = False
        flood, design = self.algorithm("simulateflood"), self.algorithm("designstorm")
        if flood is None or design is None:
            notice = Notice()
            notice.say(
                self.tr("The flood tools are missing: switch on the provider City Twin in Processing's options."),
                Qgis.MessageLevel.Warning,
            )
            self.body.addWidget(notice)
            return
        self.flood, canvas = flood, self.shell.iface.mapCanvas()
        self._section("terrain", self.tr("Where"))
        labels = {
            "EXTENT": self.tr("Extent (empty: all of the terrain)"),
            "BUILDINGS": self.tr("Buildings as obstacles"),
        }
        self.inputs = self._form(TERRAIN, "flood/inputs", labels)
        self.tools = TerrainTools(self.inputs.values, lambda request: self.run(request))
        self.body.addWidget(self.tools)
        self._section("storm", self.tr("Storm"))
        self.storm = StormPanel(design, flood)
        self.body.addWidget(self.storm)
        self._section("run", self.tr("Simulation"))
        self.run_form = self._form(
            RUN,
            "flood/run",
            {
                "DURATION_MIN": self.tr("Simulated time, min (empty: duration of the rain plus 60 min)"),
                "CELL_SIZE": self.tr("Cell size, m (empty: the terrain's own)"),
            },
        )
        self.groups = InputGroups(flood, (*TERRAIN, *RUN, *RAIN), canvas)
        self.edges = self.groups.forms["edges"]
        self.body.addWidget(self.groups)
        tip = self.tr("Simulate a flood for each row of a table: storms, tides, drains, measures. Opens the dialog.")
        self.several = button("", self.tr("Compare several storms…"), tip, self.open_ensemble)
        self.body.addWidget(self.several)
        self.results = FloodResults()
        self.shown = ShownRun(self.results, shell, self.panel.notice, self)
        self.results.assess.connect(lambda: self.run_step(workflow.building_risk))
        self.results.report.connect(self.write_report)
        self.body.addWidget(self.results)
        self.query_panel = QueryPanel()
        self.query_box = folded(self.tr("Points and lines"), self.query_panel, "floodQueries", collapsed=False)
        self.queries = ResultQueries(self.query_panel, shell, self.panel.notice, self)
        self.body.addWidget(self.query_box)
        self.comparison = ComparisonPanel()
        self.comparison_box = folded(self.tr("Compare with another flood"), self.comparison, "floodComparison")
        self.compared = ComparedFloods(self.comparison, shell, self.run_step, self.panel.notice, self)
        self.body.addWidget(self.comparison_box)
        self.after = AfterFlood(self.algorithm, canvas, lambda request: self.run(request))
        self.body.addWidget(self.after)
        self.forms = (self.inputs, self.run_form, *self.groups.forms.values())
        self._later = delay(self, DELAY_MS, self._update_primary)
        for form in self.forms:
            form.changed.connect(self._later.start)
        self.storm.changed.connect(self._later.start)
        self.inputs.edited.connect(self._inputs_edited)
        self.edges.changed.connect(self._show_levels)
        self._show_levels()
        self.ready = True

    def refresh(self, *_: object) -> None:
        if not self.ready:
            self.primary.setText(self.tr("Simulate"))
            self.primary.setEnabled(False)
            return
        self._propose_terrain()
        self._propose_buildings()
        self.shown.refresh()
        self.query_box.setVisible(self.queries.refresh())
        self.comparison_box.setVisible(self.compared.refresh())
        self.after.refresh()
        self._later.start()

    def project_changed(self, *_: object) -> None:
        if self.ready:
            self.shown.animation.give_up()
            self.compared.swipe.stop()
            self.queries.clear()
            for form in (*self.forms, self.storm, self.groups, self.after):
                form.restore()
        self.refresh()

    def close_down(self) -> None:
        if self.ready:
            self.shown.animation.stop()
            self.compared.swipe.close_down()
            self.queries.close_down()
        super().close_down()

    def _propose_terrain(self) -> None:
        """Offer only rasters that may be a terrain, and choose the likeliest where the user has chosen none.

        QGIS's own list takes the first raster in the alphabet.
        """
        _, others = project.rasters()
        self.inputs.leave_out("DTM", others)
        kept = (state.recall("flood/inputs", {}) or {}).get("DTM")
        terrain = project.terrain()
        if terrain is not None and (kept is None or self.inputs.value("DTM") != kept):
            self.inputs.set_value("DTM", terrain.id())

    def _propose_buildings(self) -> None:
        """Take the project's buildings as obstacles, unless the user chose others here, or none."""
        buildings = footprints.layer()
        if buildings is not None and state.recall(DECIDED) != buildings.id():
            self.inputs.set_value("BUILDINGS", buildings.id())
        self._obstacles = self.inputs.value("BUILDINGS")

    def _inputs_edited(self) -> None:
        """Keep the user's own choice of terrain and obstacles.

        A file becomes a layer of the project, and the obstacles become the buildings of all steps: Home, the assessment
        and the report look for them there.
        """
        for name in ("DTM", "BUILDINGS"):
            if (layer_id := self.inputs.taken_into_project(name)) is not None:
                self.inputs.set_value(name, layer_id)
                self.inputs.remember()
        chosen = self.inputs.value("BUILDINGS")
        if chosen == self._obstacles:
            return
        self._obstacles = chosen
        if chosen in (layer.id() for layer in footprints.polygon_layers()):
            footprints.choose(chosen)
        buildings = footprints.layer()
        state.remember(DECIDED, buildings.id() if buildings is not None else "")
        QTimer.singleShot(0, self.shell.refresh)

    def choose_terrain(self, layer_id: str) -> None:
        """Take a raster of the project as terrain."""
        if self.ready:
            self.inputs.set_value("DTM", layer_id)
            self.inputs.remember()

    def take_demo(self, result: RunResult) -> None:
        if "DTM" in result.layers:
            self.choose_terrain(result.layers["DTM"])

    def start(self) -> None:
        """Simulate: a design storm is written as a table first, so that the run can be repeated from it."""
        if not self.ready:
            return
        self.storm.settle()
        self._update_primary()
        if self.storm.problem:
            return
        for form in (*self.forms, self.storm):
            form.remember()
        footprints.confirm(self.inputs.value("BUILDINGS"))
        self._compiled = kernels.compiled("flood")
        title = run_outputs.named(self.tr("Flood"), self._storm_title())
        folder = run_outputs.new_folder(title)
        entered = self._entered()
        parameters = run_outputs.with_settings(self.flood, entered, {"THREADS": settings.load().threads}) | self._rain()
        shown = outputs_of(self.flood, parameters)
        places = {name: str(folder / f"{name.lower()}.gpkg") for name in shown}
        if self.groups.keep_state.isChecked():
            places["STATE"] = str(folder / "end.state")
        self._request = run_outputs.request_for(
            "simulateflood",
            parameters | places | {"BALANCE": str(folder / "balance.csv")},
            title,
            self._names(),
            unloaded=("BALANCE",),
            summary=self._summary,
            folder=folder,
        )
        hidden = tuple(output for output in self._request.layers if output not in ("DEPTH_MAX", *shown))
        self._request = replace(self._request, hidden=hidden, is_result=True, group=self._group())
        if self.storm.kind() == DESIGN and not self._measured():
            storm = run_outputs.request_for(
                "designstorm",
                self.storm.parameters(),
                run_outputs.named(self.tr("Storm"), self.storm.title()),
                unloaded=("OUTPUT",),
                folder=folder,
            )
            self.run(replace(storm, quiet=True)).finished.connect(self._storm_written)
        else:
            self.run(self._request).finished.connect(self._simulated)

    def open_ensemble(self) -> None:
        """Open the dialog that simulates the rows of a table, with the inputs of the dock."""
        if self.ready:
            self.shell.open_algorithm("runensemble", self._entered() | self._rain())

    def _entered(self) -> dict[str, Any]:
        """What the forms of the dock hold."""
        return {name: value for form in reversed(self.forms) for name, value in form.values().items()}

    def _rain(self) -> dict[str, Any]:
        """The rain of the dock where it is no design storm, which is written as a table first."""
        if self._measured():
            return {}
        if self.storm.kind() == EVEN:
            return dict(self.storm.even.values())
        return dict(self.storm.rain.values()) if self.storm.kind() == TABLE else {}

    def _measured(self) -> str:
        """The input of rain in space that takes the place of the dock's storm; "" where there is none."""
        entered = self._entered()
        return next((name for name in ("GAUGES", "RAIN_RASTERS") if entered.get(name)), "")

    def _storm_title(self) -> str:
        """What the results are called by."""
        titles = {"GAUGES": self.tr("rain of gauges"), "RAIN_RASTERS": self.tr("rain of rasters")}
        return titles.get(self._measured(), "") or self.storm.title()

    def _storm_written(self, result: RunResult) -> None:
        if result.ok and self._request is not None:
            table = str(result.outputs["OUTPUT"])
            self._request = replace(self._request, parameters={**self._request.parameters, "RAIN": table})
            self.run(self._request).finished.connect(self._simulated)

    def _simulated(self, result: RunResult) -> None:
        if not result.ok or self._request is None:
            return
        flood = floods.with_layers(result.layers)
        if flood is not None:
            floods.keep(flood, self._storm_title(), str(self._request.parameters.get("RAIN") or ""))
            floods.choose(flood)
            if self.size is not None and self._compiled:
                estimate.learn(self.size, self._minutes(), flood.number("wall_s") or 0.0)
            layer_order.show_alone(flood)
            self._show_buildings(flood)
        self.shell.refresh()
        QTimer.singleShot(SCROLL_MS, self._show_results)

    def _show_buildings(self, flood: Flood) -> None:
        """Show the buildings while no assessment of the flood shows them."""
        buildings = footprints.layer()
        node = QgsProject.instance().layerTreeRoot().findLayer(buildings.id()) if buildings is not None else None
        if node is not None and workflow.assessment(flood) is None:
            node.setItemVisibilityCheckedParentRecursive(True)

    def _show_levels(self) -> None:
        """A level is asked for only where an edge has one."""
        for side in SIDES:
            self.edges.show_row(f"LEVEL_{side}_M", self.edges.value(f"BOUNDARY_{side}") == "level")

    def _show_results(self) -> None:
        bar = self.scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _group(self) -> str:
        """The group of the run's layers: what tells it from other runs stands there, and first."""
        terrain, chosen = self._terrain(), self.run_form.value("CELL_SIZE")
        own_m = terrain.rasterUnitsPerPixelX() if terrain is not None else math.nan
        run = run_name(self._storm_title(), 60.0 * self._minutes(), float(chosen) if chosen else own_m)
        return run_outputs.named(run or self.tr("Flood"))

    def _names(self) -> dict[str, str]:
        return {
            "DEPTH_MAX": self.tr("Maximum depth"),
            "HAZARD": self.tr("Hazard"),
            "VELOCITY_MAX": self.tr("Maximum velocity"),
            "ARRIVAL": self.tr("Arrival time"),
            "DURATION_WET": self.tr("Time under water"),
            "LEVEL_MAX": self.tr("Maximum water level"),
            "RESULT": self.tr("Flood over time"),
        }

    def _summary(self, results: dict[str, Any]) -> str:
        text = self.tr("{area} ha were wet; {volume} m³ of water at the peak; mass error {error}.")
        return text.format(
            area=formatting.number(results.get("WET_AREA_M2", 0.0) / 1e4, 1),
            volume=formatting.number(results.get("PEAK_VOLUME_M3", 0.0), 0),
            error=f"{results.get('MASS_ERROR', 0.0):.1e}",
        )

    def _update_primary(self) -> None:
        """Say on the button what it will do, or what is missing."""
        terrain = self._terrain()
        self.size = None
        self.tools.setEnabled(terrain is not None)
        minutes = self._minutes()
        if terrain is None:
            self.primary.setText(self.tr("Choose a terrain first"))
        elif self.storm.problem:
            self.primary.setText(self.tr("Choose a storm first"))
        else:
            self.size = self._estimate(terrain, minutes)
            self.primary.setText(self._action(minutes))
        wanted = terrain is not None and not self.storm.problem
        self.primary.setEnabled(wanted and not self.busy())

    def _minutes(self) -> float:
        """Simulated minutes; left empty, the rain's and an hour more, as the algorithm takes it."""
        chosen = self.run_form.value("DURATION_MIN")
        if chosen:
            return float(chosen)
        return self.storm.duration_min + AFTER_RAIN_MIN

    def _action(self, minutes: float) -> str:
        time = formatting.duration(60 * minutes)
        if self.size is None:
            return self.tr("Simulate {time}").format(time=time)
        text = self.tr("Simulate {time} · {cells} cells · about {seconds}")
        if not kernels.compiled("flood"):
            text = self.tr("Simulate {time} · {cells} cells · about {seconds}\nafter a minute of compiling")
        return text.format(
            time=time, cells=formatting.count(self.size.cells), seconds=formatting.about(self.size.seconds)
        )

    def _terrain(self) -> QgsRasterLayer | None:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        layer = QgsProcessingParameters.parameterAsRasterLayer(
            self.flood.parameterDefinition("DTM"), self.inputs.values(), context
        )
        if layer is not None and QgsProject.instance().mapLayer(layer.id()) is None:
            layer = layer.clone()
        return layer

    def _estimate(self, terrain: QgsRasterLayer, minutes: float) -> estimate.Estimate | None:
        context, values = QgsProcessingContext(), self.inputs.values()
        context.setProject(QgsProject.instance())
        definition = self.flood.parameterDefinition("EXTENT")
        box = QgsProcessingParameters.parameterAsExtent(definition, values, context, terrain.crs())
        cell = self.run_form.value("CELL_SIZE")
        return estimate.estimate(terrain, box, float(cell) if cell else None, minutes)

    def _section(self, name: str, title: str) -> None:
        label = bold(text_label(title))
        self.sections[name] = label
        self.body.addWidget(label)

    def _form(self, names: tuple[str, ...], key: str, labels: dict[str, str]) -> ParameterForm:
        form = ParameterForm(self.flood, names, key, self.shell.iface.mapCanvas(), labels)
        self.body.addWidget(form)
        return form
