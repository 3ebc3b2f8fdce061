"""twin:advancestage: let objects of a twin base enter a stage of their life, where its gate is met."""

from __future__ import annotations

from datetime import UTC, datetime

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
)

from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time_or_now
from ..written_rows import write_output
from .base_inputs import declare_base, declare_objects, read_base, read_ids

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
            "lifecycle_event, gate and document are created in the twin base where they are missing.</p><p>'Record a "
            "document or check' puts on record what a gate asks for.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        help_text = self.tr("GeoPackage that 'Update the twin base' wrote. It is changed in place.")
        declare_base(self, help_text)
        declare_objects(self)
        help_text = self.tr("The stage that the objects enter; also its word in Chinese, such as 施工.")
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
        help_text = self.tr("What is to be remembered with it: a row of kind note in lifecycle_event for each object.")
        self.add_text("NOTE", self.tr("Note"), help_text)
        sink = QgsProcessingParameterFeatureSink(
            "OUTPUT", self.tr("Objects and gates"), kinds.TypeVector, None, True, False
        )
        self.add(sink, self.tr("A row for each object: whether it entered the stage, and if not, why."))
        self.addOutput(QgsProcessingOutputFile("TWIN_BASE", self.tr("Twin base")))
        self.number_outputs(ENTERED=self.tr("Objects that entered the stage"), REFUSED=self.tr("Objects that did not"))

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the twin base has not changed.")

    def checkParameterValues(self, parameters: Values, context: QgsProcessingContext) -> tuple[bool, str]:
        """Take the stage in other words than its code too."""
        fits, reason = super().checkParameterValues(with_code(parameters), context)
        return fits, reason

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the objects, advance them in one transaction (bridge/lifecycle/advance_run), write the rows."""
        from ...bridge.lifecycle.advance_run import Wish, advance_objects
        from ...core.lifecycle.periods import Stage
        from ...core.lifecycle.results import ADVANCED

        parameters = with_code(parameters)
        place = read_base(self, parameters, context)
        wish = Wish(
            read_ids(self, parameters, context, feedback),
            Stage(self.parameterAsEnumString(parameters, "STAGE", context)),
            read_time_or_now(self, parameters, "AT", context),
            datetime.now(UTC).replace(microsecond=0),
            self.parameterAsBool(parameters, "CORRECT", context),
            self.parameterAsString(parameters, "MODEL_ID", context).strip(),
            self.parameterAsString(parameters, "NOTE", context).strip(),
        )
        done = advance_objects(place, wish, self.progress(feedback))
        self.push_warnings(done.warnings[:MOST_WARNINGS], feedback)
        if len(done.warnings) > MOST_WARNINGS:
            text = self.tr("{n} more objects did not enter the stage: see OUTPUT.")
            feedback.pushWarning(text.format(n=len(done.warnings) - MOST_WARNINGS))
        places = write_output(self, "OUTPUT", parameters, context, feedback, ADVANCED, done.rows)
        base = {"TWIN_BASE": place.path} if place.path else {}
        return {**places, **base, "ENTERED": done.entered, "REFUSED": len(done.rows) - done.entered}


def with_code(parameters: Values) -> Values:
    """The values with the code of the stage where another word for it was given."""
    from ...core.lifecycle.words import stage_of

    given = parameters.get("STAGE")
    found = stage_of(given) if isinstance(given, str) else None
    return parameters if found is None else {**parameters, "STAGE": found.value}
