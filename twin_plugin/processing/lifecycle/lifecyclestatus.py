"""twin:lifecyclestatus: in which stage of their life objects are at a date, as it was known at a date."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsWkbTypes,
)

from ...bridge.lifecycle.stores import BasePlace
from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time_or_now
from ..written_rows import write_output
from .base_inputs import declare_base, read_base


class LifecycleStatus(TwinAlgorithm):
    ID = "lifecyclestatus"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Life cycle status")

    def help_text(self) -> str:
        return self.tr(
            "<p>The stage of each object (planning, design, construction, operation, demolished) at a date, as it was "
            "known at another date: a correction that was recorded later does not change what was known before.</p>"
            "<p>Give a twin base, or layers in OBJECTS and STAGES. With a base, OUTPUT also says which stage comes "
            "next, and what its gate still asks for.</p><p>HISTORY has all stages of each object; the temporal "
            "controller plays it.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        source, moment = QgsProcessingParameterFeatureSource, QgsProcessingParameterDateTime
        help_text = self.tr("GeoPackage with the life cycle: records, gates, and buildings unless OBJECTS is given.")
        declare_base(self, help_text)
        help_text = self.tr("Objects with ids; empty: the layer building of the twin base.")
        self.add(source("OBJECTS", self.tr("Objects"), [kinds.TypeVector], None, True), help_text)
        help_text = self.tr("Field with the ids that the records of stages have as object_id.")
        field = QgsProcessingParameterField.DataType.Any
        self.add(
            QgsProcessingParameterField("ID_FIELD", self.tr("Field of ids"), "id", "OBJECTS", field, False, True),
            help_text,
        )
        help_text = self.tr(
            "Table with object_id, stage, valid_from, valid_to …; empty: the table lifecycle_stage of the twin base."
        )
        self.add(source("STAGES", self.tr("Records of stages"), [kinds.TypeVector], None, True), help_text)
        help_text = self.tr("The date asked for, UTC; empty: now.")
        time = QgsProcessingParameterDateTime.Type.DateTime
        self.add(moment("AT", self.tr("At"), time, None, True), help_text)
        help_text = self.tr("What was recorded later does not count, UTC; empty: all that is known now.")
        self.add(moment("KNOWN_AT", self.tr("As known at"), time, None, True), help_text)
        sink = QgsProcessingParameterFeatureSink
        help_text = self.tr("A feature for each object with its stage.")
        self.add(sink("OUTPUT", self.tr("Stages at the date")), help_text)
        self.style("OUTPUT", "lifecycle_status")
        help_text = self.tr("A feature for each object and stage, with its start and end.")
        self.add(sink("HISTORY", self.tr("Stages over time"), kinds.TypeVector, None, True, False), help_text)
        self.style("HISTORY", "lifecycle_history")
        self.number_outputs(
            PLANNING=self.tr("Objects in planning"),
            DESIGN=self.tr("Objects in design"),
            CONSTRUCTION=self.tr("Objects under construction"),
            OPERATION=self.tr("Objects in operation"),
            DEMOLISHED=self.tr("Objects demolished"),
            UNKNOWN=self.tr("Objects without a stage"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read objects and records, find the stages (bridge/lifecycle/status_run), write both layers."""
        from ...bridge.lifecycle.status_run import buildings_of, find_status, read_records
        from ...core.lifecycle.results import HISTORY, STATUS

        place = self._place(parameters, context)
        sources = {}
        for name in ("OBJECTS", "STAGES"):
            sources[name] = self.parameterAsSource(parameters, name, context)
            if sources[name] is None and parameters.get(name):
                raise InputError(self.tr("{name} cannot be read: choose another layer.").format(name=name))
        records = read_records(place, sources["STAGES"], feedback)
        objects = sources["OBJECTS"] or buildings_of(place)
        at, known_at = (read_time_or_now(self, parameters, name, context) for name in ("AT", "KNOWN_AT"))
        field = self.parameterAsString(parameters, "ID_FIELD", context) or "id"
        found = find_status(objects, field, records, at, known_at, feedback, self.progress(feedback))
        self.push_warnings(found.warnings, feedback)
        self.push_lines(found.table, feedback)
        run = parameters, context, feedback
        kind = QgsWkbTypes.multiType(QgsWkbTypes.flatType(objects.wkbType()))
        if kind == QgsWkbTypes.Type.Unknown:
            kind = QgsWkbTypes.Type.NoGeometry
        places = write_output(self, "OUTPUT", *run, STATUS, found.status, kind, objects.sourceCrs())
        places |= write_output(self, "HISTORY", *run, HISTORY, found.history, kind, objects.sourceCrs())
        return {**places, **found.numbers}

    def _place(self, parameters: Values, context: QgsProcessingContext) -> BasePlace:
        """The twin base, which layers may stand for."""
        if parameters.get("OBJECTS") and parameters.get("STAGES"):
            path = self.parameterAsString(parameters, "TWIN_BASE", context)
            if not path and not self.parameterAsConnectionName(parameters, "CONNECTION", context):
                return BasePlace()
        return read_base(self, parameters, context)
