"""twin:searchservices: the services of a catalogue that match, as a layer."""

from __future__ import annotations

from contextlib import closing

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.vectors import write_rows
from ...bridge.services import rows
from ...core.services.catalogue.store import Search, time_span
from ...core.services.protocol_table import ServiceProtocol
from ..algorithm import Values
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

    def declare(self, configuration: Values) -> None:
        self.add_catalogue()
        help_text = self.tr("Words that must all be in a service's record, in any language.")
        self.add_text("TEXT", self.tr("Words"), help_text)
        help_text = self.tr("Codes such as C07 (waterlogging); a letter is a whole category. Empty for all.")
        self.add_choice("SUBDIVISION", self.tr("Subdivisions"), subdivision_codes(), None, help_text, True)
        self.add_extent(self.tr("Only services whose extent touches this one; those without an extent are left out."))
        help_text = self.tr(
            "Only services with data of that day or interval, such as 2024-06-01 or 2024-06-01/.. (from then on); "
            "those of unknown time are kept."
        )
        self.add_text("DATETIME", self.tr("Time"), help_text)
        help_text = self.tr("Only services of these protocols; empty for all.")
        names = [protocol.value for protocol in ServiceProtocol]
        self.add_choice("PROTOCOL", self.tr("Protocols"), names, None, help_text, True)
        alive = QgsProcessingParameterBoolean("ALIVE", self.tr("Only services that are online"), False)
        self.add(alive, self.tr("Only services that answered the last check, even if slowly."))
        gone = QgsProcessingParameterBoolean("GONE", self.tr("Also withdrawn services"), False)
        self.add(gone, self.tr("Also services that their source no longer offers."), True)
        help_text = self.tr("The most services to list, in the order of their titles; 0 for all.")
        self.add_number("LIMIT", self.tr("Limit"), 0, help_text, 0, whole=True, advanced=True)
        area = QgsProcessing.SourceType.TypeVectorPolygon
        output = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Data services"), area)
        self.add(output, self.tr("A layer of extents with the fields of the catalogue."))
        self.number_outputs(FOUND=self.tr("Services found"))
        self.style("OUTPUT", "service")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
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
        with closing(self.catalogue(parameters, context, feedback)) as catalogue:
            page = catalogue.search(search)
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, kind, rows.CRS)
        write_rows(sink, fields, rows.rows_of(page.records), feedback)
        text = self.tr("{n} services match; {written} are in the layer.")
        feedback.pushInfo(text.format(n=page.total, written=len(page.records)))
        return {"OUTPUT": place, "FOUND": page.total}
