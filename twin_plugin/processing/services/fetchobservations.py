"""twin:fetchobservations: observations of sensors, the latest values or a series, as points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterBoolean

from ..algorithm import Values
from .asking_algorithm import AskingAlgorithm

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
            "<p>Fetches the observations of the sensors of a SensorThings or OGC API EDR service of the catalogue: "
            "the latest value of each sensor, or all values in an interval, with all pages. For a table of sites in "
            "PostGIS, the observations are those of the table that refers to it.</p><p>Each row is a point with "
            "sensor, site, property, value, unit and time. Among the latest values, a sensor without an observation "
            "has a row too.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.declare_question()
        latest = QgsProcessingParameterBoolean("LATEST", self.tr("Only the latest"), True)
        self.add(latest, self.tr("The latest value of each sensor; otherwise every value in the interval."))
        self.declare_answer(self.tr("Observations"), self.tr("Points with value, unit and time (UTC)."))
        self.style("OUTPUT", "observations")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Query the observations of the service's protocol, latest or all, through `AskingAlgorithm.answer`."""
        latest = self.parameterAsBool(parameters, "LATEST", context)

        def ask(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress) -> Features:
            from ...bridge.services import protocols

            asked = protocols.latest if latest else protocols.series
            return asked(record, query, fetch, progress)

        return self.answer(parameters, context, feedback, ask, "observations")
