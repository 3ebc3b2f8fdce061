"""twin:queryservice: features of a service, as a layer, whatever its protocol."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..algorithm import Values
from .asking_algorithm import AskingAlgorithm

if TYPE_CHECKING:
    from ...core.common.progress import Progress
    from ...core.services.adapter import Features, Query
    from ...core.services.record import ServiceRecord
    from ...core.web.fetch import Fetch


class QueryService(AskingAlgorithm):
    ID = "queryservice"

    def title(self) -> str:
        return self.tr("Query a service")

    def help_text(self) -> str:
        return self.tr(
            "<p>Queries the features of a service of the catalogue: in an extent, at a time, with a filter, some of "
            "the fields, up to a limit. All pages are fetched.</p><p>The filter is CQL2 text, for instance <i>level "
            "&gt; 2 AND name LIKE '%river%'</i> or <i>S_INTERSECTS(geometry, POLYGON((...)))</i> in longitude and "
            "latitude. It is translated for the service; parts that the service cannot evaluate are evaluated here, "
            "as NOTES reports.</p><p>Shifted coordinates (GCJ-02, BD-09) are corrected.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.declare_question()
        help_text = self.tr("In CQL2 text, such as level > 2 AND name LIKE 'Houhai%'; empty for all.")
        self.add_text("FILTER", self.tr("Filter"), help_text, True)
        self.add_text("FIELDS", self.tr("Fields"), self.tr("Names of fields, separated by commas; empty for all."))
        self.declare_answer(self.tr("Features"), self.tr("The features; feature_id is their id in the service."))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Query the features of the service's protocol with the filter, through `AskingAlgorithm.answer`."""
        return self.answer(parameters, context, feedback, self._ask)

    def question(self, parameters: Values, context: QgsProcessingContext) -> Query:
        from ...core.cql2.parse import parse

        text = self.parameterAsString(parameters, "FILTER", context).strip()
        names = re.split(r"\s*[,;，；]\s*", self.parameterAsString(parameters, "FIELDS", context).strip())
        return replace(
            super().question(parameters, context),
            filter=parse(text) if text else None,
            fields=tuple(name for name in names if name),
        )

    def _ask(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress) -> Features:
        from ...bridge.services import protocols

        features = protocols.adapter(record.protocol).query(record, query, fetch, progress)
        there = {field.name for field in features.fields}
        missing = [name for name in query.fields if name not in there]
        if missing:
            text = self.tr("The service has no field {names}.")
            features.notes.append(text.format(names=", ".join(missing)))
        return features
