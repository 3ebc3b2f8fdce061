"""twin:contingencyplan: for each warning level who is hit, what is closed when, and who goes where by which roads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ...core.common.errors import unwritable
from ...core.contingency import plan_tables
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output
from . import plan_inputs


class ContingencyPlan(TwinAlgorithm):
    ID = "contingencyplan"
    GROUP_ID = "contingency"
    ICON = "plan"
    PACKAGES = ("shapely", "numba")

    def title(self) -> str:
        return self.tr("Contingency plan")

    def help_text(self) -> str:
        return self.tr(
            "<p>Makes a plan from the floods of several warning levels: which buildings, people and assets each level"
            " hits, which roads close when, who goes to which shelter by which roads and until when, where pumps and"
            " barriers go, and who does what.</p><p>Simulate a storm for each level, assess the buildings with each run"
            " ('Building risk' with RESULT), and give the layers from the lowest level. A road must be left before it"
            " closes; people go to shelters by minimum-cost flow, never into water, and those without a place are"
            " listed.</p><p>PLAN stores all of it as JSON; with PREVIOUS it becomes the next version, and CHANGES has"
            " what differs. Thresholds, check-lists and needs are editable tables: those that ship with the plugin are"
            " examples and no city's plan.</p>"
        )

    def declare(self, configuration: Values) -> None:
        plan_inputs.declare(self)
        label = self.tr("Plan")
        plan = QgsProcessingParameterFileDestination("PLAN", label, self.tr("Plans (*.json)"))
        self.add(plan, self.tr("The whole plan: JSON in UTF-8, for PREVIOUS of a later run and for other programs."))
        kinds = QgsProcessing.SourceType
        for name, label, help_text, kind in (
            (
                "CLOSURES",
                self.tr("Closed roads"),
                self.tr("The roads that the water closes, by level."),
                kinds.TypeVectorLine,
            ),
            (
                "ROUTES",
                self.tr("Routes"),
                self.tr("The way of each block of people to its shelter."),
                kinds.TypeVectorLine,
            ),
            (
                "SHELTERS_USED",
                self.tr("Shelters used"),
                self.tr("All shelters by level: people, share of the capacity, and why one is left out."),
                kinds.TypeVectorPoint,
            ),
            (
                "BLOCKS",
                self.tr("Blocks of people"),
                self.tr(
                    "Who must leave, gathered at the junctions: shelter, last safe departure, people without a place."
                ),
                kinds.TypeVectorPoint,
            ),
            (
                "MEASURES_PLACED",
                self.tr("Measures placed"),
                self.tr("Where pumps and barriers go, until when, and why."),
                kinds.TypeVectorPoint,
            ),
            (
                "EVENTS",
                self.tr("Time line"),
                self.tr(
                    "Warnings, actions, departures, closures, entries and failures by minute, with the fields begin and"
                    " end for QGIS's temporal controller: a drill over the animation of RESULT."
                ),
                kinds.TypeVectorPoint,
            ),
            ("ACTIONS", self.tr("Check-list"), self.tr("Who does what when, by level."), kinds.TypeVector),
            ("CHANGES", self.tr("Changes"), self.tr("What the plan says otherwise than PREVIOUS."), kinds.TypeVector),
        ):
            self.add(QgsProcessingParameterFeatureSink(name, label, kind, None, True), help_text)
        self.number_outputs(
            BUILDINGS_HIT=self.tr("Buildings hit at the highest level"),
            PEOPLE_HIT=self.tr("People hit at the highest level"),
            PEOPLE_PLACED=self.tr("People with a place at the highest level"),
            PEOPLE_UNPLACED=self.tr("People without a place at the highest level"),
            ROADS_CLOSED=self.tr("Closed roads at the highest level"),
            VERSION=self.tr("Version of the plan"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Make the plan (bridge/contingency/plan_run), and write it with its layers and tables."""
        from ...bridge.contingency import plan_outputs
        from ...bridge.contingency.plan_run import make_plan
        from ...bridge.flood.files.mesh_file import EPOCH
        from ...bridge.flood.water import WaterSource
        from ...core.contingency.plan_file import plan_text

        layers = plan_inputs.read_layers(self, parameters, context, lambda path: WaterSource(None, None, None, path))
        choices = plan_inputs.read_choices(self, parameters, context, feedback, len(layers.buildings))
        result = make_plan(layers, choices, context, feedback, self.progress(feedback))
        self.push_warnings(result.warnings, feedback)
        place = self.parameterAsFileOutput(parameters, "PLAN", context)
        try:
            Path(place).write_text(plan_text(result.plan), "utf-8")
        except OSError as error:
            raise unwritable(place, error) from error
        types, start, none = QgsWkbTypes.Type, datetime.fromisoformat(EPOCH), QgsCoordinateReferenceSystem()
        written: Values = {"PLAN": place}
        for name, rows, kind in (
            ("CLOSURES", plan_outputs.closures(result), types.MultiLineString),
            ("ROUTES", plan_outputs.routes(result), types.MultiLineString),
            ("SHELTERS_USED", plan_outputs.shelters(result), types.Point),
            ("BLOCKS", plan_outputs.blocks(result), types.Point),
            ("MEASURES_PLACED", plan_outputs.measures(result), types.Point),
            ("EVENTS", plan_outputs.events(result, start), types.Point),
            ("ACTIONS", plan_outputs.actions(result), types.NoGeometry),
            ("CHANGES", plan_outputs.changes(result), types.NoGeometry),
        ):
            crs = none if kind == types.NoGeometry else result.crs
            columns = getattr(plan_tables, name)
            written |= write_output(self, name, parameters, context, feedback, columns, rows, kind, crs)
        self.push_lines(result.table, feedback)
        return written | result.numbers
