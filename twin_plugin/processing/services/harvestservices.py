"""twin:harvestservices: the services of a source into the catalogue: added, changed, or marked as withdrawn."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterString,
)

from ...bridge.net import auth, http
from ...bridge.services.taxonomy import load_guesser
from ...core.common.errors import InputError
from ...core.services import registry
from ...core.services.protocol_table import ServiceProtocol
from ...core.web.address import located, redacted
from ..algorithm import Values
from .base import ServicesAlgorithm

if TYPE_CHECKING:
    from ...core.services.catalogue.harvest import Harvested

AUTO = "auto"


class HarvestServices(ServicesAlgorithm):
    ID = "harvestservices"
    PACKAGES = ("shapely", "pyproj")

    def title(self) -> str:
        return self.tr("Harvest services")

    def help_text(self) -> str:
        return self.tr(
            "<p>Reads the services that a server, a catalogue, a folder of GIS files or a PostGIS connection offers, "
            "and brings the catalogue up to date: new services are added, changed ones updated, and those that the "
            "source no longer offers are marked as withdrawn, not deleted. Fields that a person edited are not "
            "overwritten.</p><p>Each service gets the subdivision that its source names, or a guess from its words, "
            "with a confidence.</p>"
        )

    def declare(self, configuration: Values) -> None:
        url = QgsProcessingParameterString("URL", self.tr("Source"))
        help_text = self.tr(
            "Address of the server or catalogue (http or https, without password or token), a folder of GIS files, or "
            "the name of a PostgreSQL connection of QGIS."
        )
        self.add(url, help_text)
        choices = [AUTO, *(protocol.value for protocol in registry.HARVESTED)]
        help_text = self.tr("Protocol of the source; auto detects it, and reads all services of the address.")
        self.add_choice("PROTOCOL", self.tr("Protocol"), choices, AUTO, help_text)
        login = QgsProcessingParameterAuthConfig("AUTHCFG", self.tr("Authentication"), None, True)
        help_text = self.tr(
            "An authentication configuration of QGIS that holds the user and password or the token. The catalogue "
            "keeps its name only. Given with an address, it may go to that server from now on."
        )
        self.add(login, help_text)
        self.add_catalogue(new=True)
        help_text = self.tr("Reading stops after this time; the services that came are kept, none is withdrawn.")
        self.add_number("TIME_LIMIT", self.tr("Time limit (min)"), 10, help_text, 0.01, 1440, advanced=True)
        self.addOutput(QgsProcessingOutputFile("CATALOGUE", self.tr("Catalogue")))
        self.number_outputs(
            ADDED=self.tr("Services added"),
            CHANGED=self.tr("Services changed"),
            GONE=self.tr("Services withdrawn"),
            UNCHANGED=self.tr("Services unchanged"),
        )
        self.addOutput(QgsProcessingOutputString("REPORT", self.tr("Notes on what was done and left out")))

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the records written so far are kept, and none is marked as withdrawn.")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Detect the protocol of the source, harvest it, and apply the records to the catalogue."""
        from ...bridge.services import protocols
        from ...core.services.catalogue import harvest

        url = located(self.parameterAsString(parameters, "URL", context).strip())
        chosen = self.parameterAsString(parameters, "PROTOCOL", context)
        if not url:
            raise InputError(self.tr("URL is empty: enter the address of a server, a folder or a connection."))
        given = self.parameterAsString(parameters, "AUTHCFG", context)
        login = auth.name_of(given)
        auth.confirm_given(given, url)
        seconds = 60.0 * self.parameterAsDouble(parameters, "TIME_LIMIT", context)
        words = load_guesser()
        progress = self.progress(feedback)
        with (
            http.opened(progress) as fetch,
            closing(self.catalogue(parameters, context, feedback, create=True)) as catalogue,
        ):
            kinds = protocols.detect(url, login, fetch) if chosen == AUTO else (ServiceProtocol(chosen),)
            done = harvest.bring_in(
                catalogue, url, kinds, login, fetch, protocols.harvest, words.fill, progress, seconds
            )
        return self._report(done, feedback) | self._where(parameters, context)

    def _report(self, done: list[Harvested], feedback: QgsProcessingFeedback) -> Values:
        """Log the counts and notes; returns them as results."""
        lines = []
        for item in done:
            text = self.tr(
                "{protocol} of {source}: {added} added, {changed} changed, {gone} withdrawn, {unchanged} unchanged."
            )
            changes = item.changes
            counts = {name: getattr(changes, name) for name in ("added", "changed", "gone", "unchanged")}
            lines.append(text.format(protocol=item.protocol.value, source=redacted(item.source), **counts))
            feedback.pushInfo(lines[-1])
        notes = self.warn((note for item in done for note in item.changes.notes), feedback)
        totals = {
            name.upper(): sum(getattr(item.changes, name) for item in done)
            for name in ("added", "changed", "gone", "unchanged")
        }
        return totals | {"REPORT": "\n".join((*lines, *notes))}

    def _where(self, parameters: Values, context: QgsProcessingContext) -> Values:
        path = self.parameterAsString(parameters, "CATALOGUE", context)
        return {"CATALOGUE": path} if path else {}
