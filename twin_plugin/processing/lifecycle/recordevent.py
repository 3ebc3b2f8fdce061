"""twin:recordevent: put a document, a check or a note of objects on record, so that a gate is met."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
)

from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time_or_now
from ..written_rows import write_output
from .base_inputs import declare_base, declare_objects, read_base, read_ids

KINDS = ("document", "check passed", "check failed", "note")
STATES = ("work in progress", "shared", "published", "archived")


class RecordEvent(TwinAlgorithm):
    ID = "recordevent"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Record a document or check")

    def help_text(self) -> str:
        return self.tr(
            "<p>Puts a document with its state, revision and file, a check that passed or failed, or a note of objects "
            "of a twin base on record: what a gate asks for before 'Advance stage' lets them enter the next stage.</p>"
            "<p>A document of the same name and revision gets the new state; another revision is another row. Without "
            "REVISION the last one changes. Each record is also an event with its time, in lifecycle_event.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        declare_base(self, self.tr("GeoPackage with the life cycle. It is changed in place."))
        declare_objects(self)
        self.add_choice("KIND", self.tr("Kind"), KINDS, "document", self.tr("What is put on record."))
        help_text = self.tr("Name of the document or check, as the gate has it; of a note, its text.")
        self.add_text("NAME", self.tr("Name"), help_text)
        help_text = self.tr("State of the document in its container.")
        self.add_choice("STATE", self.tr("State of the document"), STATES, None, help_text)
        help_text = self.tr("Revision of the document, such as B.")
        self.add_text("REVISION", self.tr("Revision"), help_text)
        file = QgsProcessingParameterFile(
            "FILE", self.tr("File"), QgsProcessingParameterFile.Behavior.File, "", None, True
        )
        self.add(file, self.tr("The document's file: its place and its SHA-256 are kept, not the file."))
        when = QgsProcessingParameterDateTime(
            "AT", self.tr("When"), QgsProcessingParameterDateTime.Type.DateTime, None, True
        )
        self.add(when, self.tr("When it happened, UTC; empty: now."))
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Records"), kinds.TypeVector, None, True, False)
        self.add(sink, self.tr("A row for each object, with the state before and now."))
        self.addOutput(QgsProcessingOutputFile("TWIN_BASE", self.tr("Twin base")))
        self.number_outputs(ADDED=self.tr("Records added"), CHANGED=self.tr("Documents changed"))

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the twin base has not changed.")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the objects, record in one transaction (bridge/lifecycle/record_run), write the rows."""
        from ...bridge.lifecycle.record_run import Record, record
        from ...core.lifecycle.results import RECORDED

        place = read_base(self, parameters, context)
        asked = Record(
            read_ids(self, parameters, context, feedback),
            self.parameterAsEnumString(parameters, "KIND", context),
            self.parameterAsString(parameters, "NAME", context),
            read_time_or_now(self, parameters, "AT", context),
            self.parameterAsEnumString(parameters, "STATE", context),
            self.parameterAsString(parameters, "REVISION", context),
            self.parameterAsFile(parameters, "FILE", context),
        )
        done = record(place, asked, self.progress(feedback))
        places = write_output(self, "OUTPUT", parameters, context, feedback, RECORDED, done.rows)
        base = {"TWIN_BASE": place.path} if place.path else {}
        return {**places, **base, "ADDED": done.added, "CHANGED": done.changed}
