"""twin:fetchobservations: what sensors observed, the latest values or a series, as points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterBoolean

from .query import AskingAlgorithm

if TYPE_CHECKING:
    from ...core.common.progress import Progress
    from ...core.services.adapter import Features, Query
    from ...core.services.record import ServiceRecord
    from ...core.web.fetch import Fetch


class FetchObservations(AskingAlgorithm):
    ID = "fetchobservations"

    def title(self) -> str:
        return self.tr("Fetch observations")

    def help_text(self) -> str:
        return self.tr(
            "<p>Fetches from a SensorThings or OGC API EDR service of the catalogue what its sensors observed: the "
            "latest value of each sensor, or all values in a time, with all pages. Of a table of sites in PostGIS the "
            "observations are those of the table that refers to it.</p><p>Each row is a point with "
            "sensor, site, property, value, unit and time. A sensor without an observation keeps its row among the "
            "latest.</p>"
        )

    def declare(self, configuration: dict[str, Any]) -> None:
        self.declare_question()
        latest = QgsProcessingParameterBoolean("LATEST", self.tr("Only the latest"), True)
        self.add(latest, self.tr("The latest value of each sensor; without it, every value in the time."))
        self.declare_answer(self.tr("Observations"), self.tr("Points with value, unit and time (UTC)."))
        self.style("OUTPUT", "observations")

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        latest = self.parameterAsBool(parameters, "LATEST", context)

        def ask(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress) -> Features:
            from ...bridge.services import protocols

            asked = protocols.latest if latest else protocols.series
            return asked(record, query, fetch, progress)

        return self.answer(parameters, context, feedback, ask, "observations")
