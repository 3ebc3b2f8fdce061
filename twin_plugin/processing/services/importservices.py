"""twin:importservices: records of services from a file into a catalogue."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterFile,
)

from ...bridge.services.taxonomy import load_guesser
from ...core.common.errors import InputError, unreadable
from ..algorithm import Values
from .base import ServicesAlgorithm
from .common import counted


class ImportServices(ServicesAlgorithm):
    ID = "importservices"
    PACKAGES = ("shapely", "pyproj")
    ICON = "services"

    def title(self) -> str:
        return self.tr("Import services into a catalogue")

    def help_text(self) -> str:
        return self.tr(
            "<p>Adds the records of a file to a catalogue of data services, or updates the existing ones: a "
            "collection of OGC API Records (.json), or a table (.csv) with at least the columns title, protocol and "
            "url, such as 'Export a catalogue of services' writes.</p><p>Fields that a person edited are not "
            "overwritten. Passwords and tokens in addresses are removed, and so are the names of authentication "
            "configurations, with a message. Where a record names no subdivision, it is guessed from its words.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kind = QgsProcessingParameterFile.Behavior.File
        filters = self.tr("Records (*.json *.geojson *.csv)")
        file = QgsProcessingParameterFile("INPUT", self.tr("File"), kind, "", None, False, filters)
        self.add(file, self.tr("A file whose name ends in .json or .csv."))
        self.add_catalogue(new=True)
        self.addOutput(QgsProcessingOutputFile("CATALOGUE", self.tr("Catalogue")))
        self.number_outputs(
            ADDED=self.tr("Services added"),
            CHANGED=self.tr("Services changed"),
            UNCHANGED=self.tr("Services unchanged"),
            LEFT_OUT=self.tr("Records left out"),
        )

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the records read so far are in the catalogue; import again for the rest.")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the records of the file, guess missing subdivisions, and apply them to the catalogue."""
        from ...core.services.catalogue import exchange
        from ...core.services.protocols.ogc_records import services_of

        path = Path(self.parameterAsFile(parameters, "INPUT", context))
        kind = path.suffix.lower()
        if kind not in (".json", ".geojson", ".csv"):
            raise InputError(self.tr("'{name}' ends neither in .json nor in .csv: rename it.").format(name=path.name))
        try:
            if path.stat().st_size > exchange.FILE_LIMIT:
                raise InputError(self.tr("'{name}' is too large: split it.").format(name=path.name))
            data = path.read_bytes()
        except OSError as error:
            raise unreadable(path, error) from error
        if kind == ".csv":
            records, left_out = exchange.from_csv(data, path.name)
            self.warn(exchange.encoding_notes(data, path.name), feedback)
        else:
            records, left_out = exchange.from_json(data, path.name, lambda row: services_of(row, None, ""))
        records, logins = exchange.without_logins(records)
        fill = load_guesser().fill
        with closing(self.catalogue(parameters, context, feedback, create=True)) as catalogue:
            stream = counted(records, len(records), [0], self.progress(feedback))
            changes = catalogue.apply(stream, complete=False, fill=fill)
        self.warn((*left_out, *logins, *changes.notes), feedback)
        text = self.tr("{added} services were added, {changed} changed, {same} unchanged.")
        feedback.pushInfo(text.format(added=changes.added, changed=changes.changed, same=changes.unchanged))
        results: Values = {"ADDED": changes.added, "CHANGED": changes.changed, "UNCHANGED": changes.unchanged}
        place = self.parameterAsString(parameters, "CATALOGUE", context).strip()
        return results | {"LEFT_OUT": len(left_out)} | ({"CATALOGUE": place} if place else {})
