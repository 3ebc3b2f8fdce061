"""twin:searchservices: the services of a catalogue that match, as a layer."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.vectors import write_rows
from ...bridge.services import rows
from ...core.common.errors import ResourceError
from ...core.services.catalogue.store import Search, time_span
from ...core.services.protocol_table import ServiceProtocol
from .base import ServicesAlgorithm
from .common import chosen, subdivision_codes


class SearchServices(ServicesAlgorithm):
    ID = "searchservices"
    ICON = "services"

    def title(self) -> str:
        return self.tr("Search data services")

    def help_text(self) -> str:
        return self.tr(
            "<p>Finds services in a catalogue by words, subdivision of the city's taxonomy, place, time, protocol and"
            " state, without network requests. The result is a layer of the services' extents with all fields of "
            "their records; use its field id as SERVICE of 'Query a service'.</p><p>All conditions must hold. Each "
            "word must be part of title, description, keywords or layer name; case does not count, and 南山 finds "
            "南山区.</p>"
        )

    def declare(self, configuration: dict[str, Any]) -> None:
        self.add_catalogue()
        text = QgsProcessingParameterString("TEXT", self.tr("Words"), "", False, True)
        self.add(text, self.tr("Words that must all be in a service's record, in any language."))
        self._enum(
            "SUBDIVISION", self.tr("Subdivisions"), subdivision_codes(),
            self.tr("Codes such as C07 (waterlogging); a letter is a whole category. Empty for all."),
        )  # fmt: skip
        extent = QgsProcessingParameterExtent("EXTENT", self.tr("Extent"), None, True)
        help_text = self.tr("Only services whose extent touches this one; those without an extent are left out.")
        self.add(extent, help_text)
        time = QgsProcessingParameterString("DATETIME", self.tr("Time"), "", False, True)
        help_text = self.tr(
            "Only services with data of that day or interval, such as 2024-06-01 or 2024-06-01/.. (from then on); "
            "those of unknown time are kept."
        )
        self.add(time, help_text)
        help_text = self.tr("Only services of these protocols; empty for all.")
        self._enum("PROTOCOL", self.tr("Protocols"), [protocol.value for protocol in ServiceProtocol], help_text)
        alive = QgsProcessingParameterBoolean("ALIVE", self.tr("Only services that are online"), False)
        self.add(alive, self.tr("Only services that answered the last check, even if slowly."))
        gone = QgsProcessingParameterBoolean("GONE", self.tr("Also withdrawn services"), False)
        self.add(gone, self.tr("Also services that their source no longer offers."), True)
        kind = QgsProcessingParameterNumber.Type.Integer
        limit = QgsProcessingParameterNumber("LIMIT", self.tr("Limit"), kind, 0, False, 0)
        self.add(limit, self.tr("The most services to list, in the order of their titles; 0 for all."), True)
        area = QgsProcessing.SourceType.TypeVectorPolygon
        output = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Data services"), area)
        self.add(output, self.tr("A layer of extents with the fields of the catalogue."))
        self.addOutput(QgsProcessingOutputNumber("FOUND", self.tr("Services found")))
        self.style("OUTPUT", "service")

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Search the catalogue and write the records with their extents."""
        start, end = time_span(self.parameterAsString(parameters, "DATETIME", context))
        search = Search(
            text=self.parameterAsString(parameters, "TEXT", context),
            subdivisions=chosen(self, parameters, "SUBDIVISION", context),
            protocols=tuple(ServiceProtocol(name) for name in chosen(self, parameters, "PROTOCOL", context)),
            alive=self.parameterAsBool(parameters, "ALIVE", context),
            box=self.box(parameters, "EXTENT", context),
            time_start=start,
            time_end=end,
            include_gone=self.parameterAsBool(parameters, "GONE", context),
            limit=self.parameterAsInt(parameters, "LIMIT", context),
        )
        fields, kind = make_fields(rows.COLUMNS), QgsWkbTypes.Type.MultiPolygon
        catalogue = self.catalogue(parameters, context)
        try:
            page = catalogue.search(search)
        finally:
            catalogue.close()
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, kind, rows.CRS)
        if sink is None:
            raise ResourceError(self.tr("The layer cannot be written: choose another place for OUTPUT."))
        write_rows(sink, fields, rows.rows_of(page.records), feedback)
        text = self.tr("{n} services match; {written} are in the layer.")
        feedback.pushInfo(text.format(n=page.total, written=len(page.records)))
        return {"OUTPUT": place, "FOUND": page.total}

    def _enum(self, name: str, label: str, choices: list[str], help_text: str) -> None:
        self.add(QgsProcessingParameterEnum(name, label, choices, True, None, True, True), help_text)
