"""twin:advancestage: let objects of a twin base enter a stage of their life, where its gate is met."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
)

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time_or_now
from ..written_rows import write_output

STAGES = ("planning", "design", "construction", "operation", "demolished")
MOST_WARNINGS = 10


class AdvanceStage(TwinAlgorithm):
    ID = "advancestage"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Advance stage")

    def help_text(self) -> str:
        return self.tr(
            "<p>Lets objects of a twin base enter a stage of their life from a date on. The gate of the stage, rows of "
            "the table gate, asks for documents and checks: an object that lacks one stays in its stage, and the log "
            "and OUTPUT name what is missing.</p><p>Nothing is overwritten: records that no longer hold get the time "
            "in superseded_at, so that what was known before can still be asked for. The tables lifecycle_stage, "
            "lifecycle_event, gate and document are created in the twin base where they are missing.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds, file = QgsProcessing.SourceType, QgsProcessingParameterFile.Behavior.File
        help_text = self.tr("GeoPackage that 'Update the twin base' wrote. It is changed in place.")
        base = QgsProcessingParameterFile(
            "TWIN_BASE", self.tr("Twin base"), file, "", None, False, self.tr("GeoPackage (*.gpkg)")
        )
        self.add(base, help_text)
        help_text = self.tr("The objects, such as the selected features of the layer building.")
        objects = QgsProcessingParameterFeatureSource("OBJECTS", self.tr("Objects"), [kinds.TypeVector], optional=True)
        self.add(objects, help_text)
        field = QgsProcessingParameterField(
            "ID_FIELD",
            self.tr("Field of ids"),
            "id",
            "OBJECTS",
            QgsProcessingParameterField.DataType.Any,
            optional=True,
        )
        self.add(field, self.tr("Field of OBJECTS with their ids in the twin base."), True)
        self.add_text("IDS", self.tr("Ids"), self.tr("Ids of objects, one in each line, instead of OBJECTS."), True)
        help_text = self.tr("The stage that the objects enter.")
        self.add_choice("STAGE", self.tr("Stage"), STAGES, None, help_text)
        definition = self.parameterDefinition("STAGE")
        definition.setFlags(definition.flags() & ~definition.Flag.FlagOptional)
        time = QgsProcessingParameterDateTime.Type.DateTime
        when = QgsProcessingParameterDateTime("AT", self.tr("From"), time, None, True)
        self.add(when, self.tr("When the stage begins, UTC; empty: now."))
        help_text = self.tr("Correct the date of a stage that the objects have entered already; gates do not count.")
        self.add(QgsProcessingParameterBoolean("CORRECT", self.tr("Correct the date"), False), help_text)
        help_text = self.tr("The model or document that says so; it is kept in model_id.")
        self.add_text("MODEL_ID", self.tr("Model or document"), help_text, advanced=True)
        sink = QgsProcessingParameterFeatureSink(
            "OUTPUT", self.tr("Objects and gates"), kinds.TypeVector, None, True, False
        )
        self.add(sink, self.tr("A row for each object: whether it entered the stage, and if not, why."))
        self.addOutput(QgsProcessingOutputFile("TWIN_BASE", self.tr("Twin base")))
        self.number_outputs(ENTERED=self.tr("Objects that entered the stage"), REFUSED=self.tr("Objects that did not"))

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the twin base has not changed.")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the objects, advance them in one transaction (bridge/lifecycle/advance_run), write the rows."""
        from ...bridge.lifecycle.advance_run import Wish, advance_objects
        from ...core.lifecycle.periods import Stage
        from ...core.lifecycle.results import ADVANCED

        wish = Wish(
            self._ids(parameters, context, feedback),
            Stage(self.parameterAsEnumString(parameters, "STAGE", context)),
            read_time_or_now(self, parameters, "AT", context),
            datetime.now(UTC).replace(microsecond=0),
            self.parameterAsBool(parameters, "CORRECT", context),
            self.parameterAsString(parameters, "MODEL_ID", context).strip(),
        )
        path = self.parameterAsFile(parameters, "TWIN_BASE", context)
        done = advance_objects(Path(path), wish, self.progress(feedback))
        self.push_warnings(done.warnings[:MOST_WARNINGS], feedback)
        if len(done.warnings) > MOST_WARNINGS:
            text = self.tr("{n} more objects did not enter the stage: see OUTPUT.")
            feedback.pushWarning(text.format(n=len(done.warnings) - MOST_WARNINGS))
        places = write_output(self, "OUTPUT", parameters, context, feedback, ADVANCED, done.rows)
        return {**places, "TWIN_BASE": path, "ENTERED": done.entered, "REFUSED": len(done.rows) - done.entered}

    def _ids(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> tuple[str, ...]:
        """The ids of OBJECTS and IDS."""
        from ...bridge.kernel.line_layers import id_text
        from ...bridge.kernel.number_fields import column, require_field
        from ...bridge.kernel.vectors import read_table

        ids = [line.strip() for line in self.parameterAsString(parameters, "IDS", context).splitlines()]
        source = self.parameterAsSource(parameters, "OBJECTS", context)
        if source is None and parameters.get("OBJECTS"):
            raise InputError(self.tr("{name} cannot be read: choose another layer.").format(name="OBJECTS"))
        if source is not None:
            field = self.parameterAsString(parameters, "ID_FIELD", context) or "id"
            table = read_table(source, feedback, fields=(field,))
            require_field(table, field, source.sourceName())
            ids += [id_text(value) for value in column(table, field)]
        return tuple(identity for identity in ids if identity)
