"""twin:exportservices: a catalogue as OGC API Records JSON or as CSV."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
)

from ...core.common.errors import InputError, unwritable
from ...core.services.catalogue.store import Search
from ..algorithm import Values
from .base import ServicesAlgorithm
from .common import counted


class ExportServices(ServicesAlgorithm):
    ID = "exportservices"
    ICON = "services"

    def title(self) -> str:
        return self.tr("Export a catalogue of services")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes a catalogue of data services as a file for others: .json is a collection of OGC API Records, "
            ".csv a table for spreadsheets. Both can be imported again without loss, but for the names of "
            "authentication configurations.</p><p>Neither holds passwords or tokens: a record has only the name of an "
            "authentication configuration. In the table, texts that a spreadsheet would take for a formula begin with "
            "an apostrophe.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_catalogue()
        gone = QgsProcessingParameterBoolean("GONE", self.tr("Also withdrawn services"), True)
        self.add(gone, self.tr("Also services that their source no longer offers, marked as such."), True)
        kinds = self.tr("OGC API Records (*.json);;Table (*.csv)")
        output = QgsProcessingParameterFileDestination("OUTPUT", self.tr("File"), kinds)
        self.add(output, self.tr("A file whose name ends in .json or .csv."))
        self.number_outputs(WRITTEN=self.tr("Services written"))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Write the records of the catalogue in the format of the file's ending."""
        from ...core.services.catalogue import exchange

        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        kind = path.suffix.lower()
        if kind not in (".json", ".csv"):
            raise InputError(self.tr("'{name}' ends neither in .json nor in .csv: rename it.").format(name=path.name))
        catalogue = self.catalogue(parameters, context, feedback)
        search = Search(include_gone=self.parameterAsBool(parameters, "GONE", context), order="added")
        tally: list[int] = [0]
        try:
            total = catalogue.search(Search(include_gone=search.include_gone, limit=1)).total
            records = counted(catalogue.records(search), total, tally, self.progress(feedback))
            if kind == ".json":
                with path.open("w", encoding="utf-8") as stream:
                    stream.writelines(exchange.to_json(records))
            else:
                with path.open("w", encoding="utf-8-sig", newline="") as stream:
                    exchange.to_csv(records, stream)
        except OSError as error:
            raise unwritable(path, error) from error
        finally:
            catalogue.close()
        feedback.pushInfo(self.tr("{n} services were written.").format(n=tally[0]))
        return {"OUTPUT": str(path), "WRITTEN": tally[0]}
