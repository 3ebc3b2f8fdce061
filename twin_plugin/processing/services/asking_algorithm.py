"""Base of the algorithms that query a service: their parameters, and writing the features to a layer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
)

from ...bridge.net import http
from ..algorithm import Values
from .base import ServicesAlgorithm, translate
from .common import find_service

if TYPE_CHECKING:
    from ...core.common.progress import Progress
    from ...core.services.adapter import Features, Query
    from ...core.services.record import ServiceRecord
    from ...core.web.fetch import Fetch

    Ask = Callable[[ServiceRecord, Query, Fetch, Progress], Features]


@dataclass(frozen=True)
class _Asker:
    """An adapter that only queries."""

    query: Ask


STYLES = {"point": "service_points", "line": "service_lines", "polygon": "service_polygons"}


class AskingAlgorithm(ServicesAlgorithm):
    """Base of the algorithms that query a service of the catalogue."""

    PACKAGES = ("shapely", "pyproj")

    def declare_question(self) -> None:
        """CATALOGUE, SERVICE, EXTENT and DATETIME."""
        self.add_catalogue()
        text = translate("AskingAlgorithm", "Service")
        help_text = translate(
            "AskingAlgorithm", "The id of a service in the catalogue, or its title where only one service has it."
        )
        self.add(QgsProcessingParameterString("SERVICE", text), help_text)
        self.add_extent(translate("AskingAlgorithm", "Only features in or touching this extent; empty for all."))
        text = translate("AskingAlgorithm", "Time")
        help_text = translate(
            "AskingAlgorithm",
            "Only features of this instant or interval; two dots for an open side: "
            "2024-06-01T00:00:00Z/2024-06-02T00:00:00Z or 2024-06-01T00:00:00Z/.. Times without a zone are UTC.",
        )
        self.add_text("DATETIME", text, help_text)

    def declare_answer(self, label: str, help_text: str) -> None:
        """LIMIT, CRS, OUTPUT, and the outputs COUNT and NOTES."""
        text = translate("AskingAlgorithm", "Limit")
        limit_help = translate("AskingAlgorithm", "The most rows to fetch; 0 for all, up to a million.")
        self.add_number("LIMIT", text, 0, limit_help, 0, whole=True)
        text = translate("AskingAlgorithm", "CRS of the layer")
        crs_help = translate("AskingAlgorithm", "By default the CRS that the service sends.")
        self.add(QgsProcessingParameterCrs("CRS", text, optional=True), crs_help, True)
        anything = QgsProcessing.SourceType.TypeVector
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", label, anything), help_text)
        self.number_outputs(COUNT=translate("AskingAlgorithm", "Rows"))
        text = translate("AskingAlgorithm", "Notes: parts of the query evaluated here, or left out")
        self.addOutput(QgsProcessingOutputString("NOTES", text))

    def question(self, parameters: Values, context: QgsProcessingContext) -> Query:
        """The query that the parameters state; subclasses add filter and fields."""
        from ...core.services.adapter import Query

        return Query(
            box=self.box(parameters, "EXTENT", context),
            time=self.parameterAsString(parameters, "DATETIME", context).strip(),
            limit=self.parameterAsInt(parameters, "LIMIT", context),
        )

    def answer(
        self,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        ask: Ask,
        style: str = "",
    ) -> Values:
        """Query, and write the features; returns the results."""
        from ...bridge.kernel import resources
        from ...bridge.services import feature_writer
        from ...core.common.remarks import collected
        from ...core.services import china_offset, china_offset_query

        query = self.question(parameters, context)
        with closing(self.catalogue(parameters, context, feedback)) as catalogue:
            record = find_service(catalogue, self.parameterAsString(parameters, "SERVICE", context))
        progress = self.progress(feedback)
        with http.opened(progress) as fetch, collected() as remarks:
            regions = china_offset.read_regions(resources.table("gcj02_regions"))
            features = china_offset_query.query_in_wgs84(_Asker(ask), record, query, fetch, regions, progress)
            plan = feature_writer.layout(features, self.parameterAsCrs(parameters, "CRS", context))
            sink, place = self.parameterAsSink(parameters, "OUTPUT", context, plan.fields, plan.geometry, plan.crs)
            count = feature_writer.write(plan, sink, progress)
        if name := style or STYLES.get(plan.family, ""):
            self.style("OUTPUT", name)
        notes = self.warn((*features.notes, *remarks.texts(), *plan.notes), feedback)
        feedback.pushInfo(translate("AskingAlgorithm", "{count} rows.").format(count=count))
        return {"OUTPUT": place, "COUNT": count, "NOTES": "\n".join(notes)}
