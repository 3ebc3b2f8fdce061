"""twin:setgates: let the gates between stages ask for the documents and checks of a table."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterFeatureSource,
)

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from .base_inputs import declare_base, read_base


class SetGates(TwinAlgorithm):
    ID = "setgates"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Set the gates")

    def help_text(self) -> str:
        return self.tr(
            "<p>Lets the gates between the stages of a twin base ask for the documents and checks of a table, and for "
            "nothing else. An object enters a stage when it has what the gate asks for.</p><p>Columns: stage "
            "(planning, design, construction, operation or demolished, or its word in Chinese), kind (document or "
            "check), name, least_state (of a document: shared, published or archived; empty: published).</p>"
        )

    def declare(self, configuration: Values) -> None:
        declare_base(self, self.tr("GeoPackage with the life cycle. It is changed in place."))
        gates = QgsProcessingParameterFeatureSource("GATES", self.tr("Gates"), [QgsProcessing.SourceType.TypeVector])
        self.add(gates, self.tr("Table with the columns stage, kind, name and least_state."))
        self.addOutput(QgsProcessingOutputFile("TWIN_BASE", self.tr("Twin base")))
        self.number_outputs(DEMANDS=self.tr("Documents and checks that gates ask for"))

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the twin base has not changed.")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the table, write it in one transaction (bridge/lifecycle/record_run)."""
        from ...bridge.kernel.vectors import read_table
        from ...bridge.lifecycle.record_run import set_gates

        place = read_base(self, parameters, context)
        source = self.parameterAsSource(parameters, "GATES", context)
        if source is None:
            raise InputError(self.tr("{name} cannot be read: choose another layer.").format(name="GATES"))
        rows = read_table(source, feedback).rows()
        if not rows:
            raise InputError(
                self.tr("The table '{name}' has no rows: gates would ask for nothing. Give a table with rows.").format(
                    name=source.sourceName()
                )
            )
        count = set_gates(place, rows, source.sourceName(), self.progress(feedback))
        base = {"TWIN_BASE": place.path} if place.path else {}
        return {**base, "DEMANDS": count}
