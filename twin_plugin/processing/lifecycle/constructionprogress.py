"""twin:constructionprogress: what should stand at a date by a model's schedule, and what does."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
)

from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time_or_now
from ..written_rows import write_output


class ConstructionProgress(TwinAlgorithm):
    ID = "constructionprogress"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Construction progress")

    def help_text(self) -> str:
        return self.tr(
            "<p>The share of elements that should stand at a date by the work schedule of an IFC model (IfcTask with "
            "its times and the elements that it builds), against what stands: by a model as built, or by the times and "
            "the completion that the schedule records.</p><p>A task counts by its elements, and grows evenly from its "
            "start to its finish. Summary tasks without elements of their own do not count.</p>"
        )

    def declare(self, configuration: Values) -> None:
        file, kinds = QgsProcessingParameterFile.Behavior.File, self.tr("IFC models (*.ifc *.ifczip)")
        model = QgsProcessingParameterFile("MODEL", self.tr("Model with schedule"), file, "", None, False, kinds)
        self.add(model, self.tr("IFC model with an IfcWorkSchedule."))
        built = QgsProcessingParameterFile("BUILT", self.tr("Model as built"), file, "", None, True, kinds)
        help_text = self.tr("Elements of the tasks that are in it stand; empty: what the schedule has on record.")
        self.add(built, help_text)
        time = QgsProcessingParameterDateTime.Type.DateTime
        when = QgsProcessingParameterDateTime("AT", self.tr("At"), time, None, True)
        self.add(when, self.tr("The date asked for, UTC; empty: now."))
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Tasks"), QgsProcessing.SourceType.TypeVector)
        self.add(sink, self.tr("A row for each task with what should stand and what stands."))
        self.number_outputs(
            TASKS_COUNT=self.tr("Tasks"),
            ELEMENTS_COUNT=self.tr("Elements of the tasks"),
            PLANNED_SHARE=self.tr("Share that should stand (-1: unknown)"),
            DONE_SHARE=self.tr("Share that stands (-1: unknown)"),
            LATE=self.tr("Tasks that are late"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the models in workers, compare with the schedule (bridge/lifecycle/models_run), write the table."""
        from ...bridge.lifecycle.models_run import find_progress
        from ...core.lifecycle.results import TASKS

        model, built = (self.parameterAsFile(parameters, name, context) for name in ("MODEL", "BUILT"))
        found = find_progress(model, built, read_time_or_now(self, parameters, "AT", context), self.progress(feedback))
        self.push_warnings(found.warnings, feedback)
        self.push_lines(found.table, feedback)
        places = write_output(self, "OUTPUT", parameters, context, feedback, TASKS, found.rows)
        return {**places, **found.numbers}
