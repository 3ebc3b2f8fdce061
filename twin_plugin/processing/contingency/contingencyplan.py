"""twin:contingencyplan: for each warning level who is hit, what is closed when, and who goes where by which roads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...core.common.progress import part
from ...core.contingency import plan_tables
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output
from . import plan_declarations, plan_inputs

if TYPE_CHECKING:
    from ...bridge.contingency.plan_run import PlanResult


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

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        # Layouts are graphics scenes: Qt wants them on the main thread.
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def declare(self, configuration: Values) -> None:
        plan_inputs.declare(self)
        plan_declarations.declare(self)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Make the plan (bridge/contingency/plan_run), and write it with its layers, tables and pages."""
        from ...bridge.contingency.plan_run import make_plan
        from ...bridge.flood.water import WaterSource
        from ...bridge.kernel import kernels
        from .plan_documents import write_documents

        layers = plan_inputs.read_layers(self, parameters, context, lambda path: WaterSource(None, None, None, path))
        choices = plan_inputs.read_choices(self, parameters, context, feedback, len(layers.buildings))
        progress = self.progress(feedback)
        kernels.ready("contingency", progress)
        result = make_plan(layers, choices, context, feedback, part(progress, 0.0, 0.8))
        self.push_warnings(result.warnings, feedback)
        written = write_documents(self, parameters, context, result, part(progress, 0.8, 1.0))
        written |= self._layers(parameters, context, feedback, result)
        self.push_lines(result.table, feedback)
        return written | result.numbers

    def _layers(
        self,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        result: PlanResult,
    ) -> Values:
        """Write the layers and tables that are wanted."""
        from ...bridge.contingency import plan_outputs
        from ...bridge.flood.files.mesh_file import EPOCH

        types, start, none = QgsWkbTypes.Type, datetime.fromisoformat(EPOCH), QgsCoordinateReferenceSystem()
        written: Values = {}
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
        return written
