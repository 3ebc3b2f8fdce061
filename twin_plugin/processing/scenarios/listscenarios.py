"""twin:listscenarios: which scenarios run on the data of a district, and what each of the others lacks."""

from __future__ import annotations

from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
)

from ...core.scenarios.tables import SCENARIOS
from ..algorithm import TwinAlgorithm, Values
from ..parameter_checks import mistakes
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.scenarios.listing import Search
    from ...core.scenarios.scenario import DataNeed
    from ...core.services.catalogue.store import Catalogue


class ListScenarios(TwinAlgorithm):
    ID = "listscenarios"
    GROUP_ID = "scenarios"
    ICON = "chain"

    def title(self) -> str:
        return self.tr("List scenarios")

    def help_text(self) -> str:
        return self.tr(
            "<p>Lists the application scenarios: the question, who asks it, the decision it serves, and whether it runs"
            " on the data of a district. Nothing is run: documents, algorithms, parameters and files are checked.</p>"
            "<p>state is runs, lacks data, lacks an algorithm, lacks a package or invalid; lacks names what it lacks,"
            " and search has the words and the subdivision for 'Search data services'. With CATALOGUE the services that"
            " this search finds are counted.</p><p>Documents of your own lie in the folder city_twin/scenarios of the"
            " profile, or in USER_FOLDER.</p>"
        )

    def declare(self, configuration: Values) -> None:
        behavior = QgsProcessingParameterFile.Behavior
        folder = QgsProcessingParameterFile("FOLDER", self.tr("Data of a district"), behavior.Folder, optional=True)
        help_text = self.tr("The folder with dtm.tif, district.gpkg and so on. Without it every scenario lacks data.")
        self.add(folder, help_text)
        kind = self.tr("GeoPackage (*.gpkg)")
        label = self.tr("Catalogue")
        catalogue = QgsProcessingParameterFile("CATALOGUE", label, behavior.File, "", None, True, kind)
        self.add(catalogue, self.tr("A GeoPackage with a catalogue of services, searched for the missing data."))
        self.add_text("DOMAIN", self.tr("Domain"), self.tr("Only scenarios of this domain, such as water; empty: all."))
        self.add_text("TEXT", self.tr("Words"), self.tr("Words that must all be in name, question, users or decision."))
        label = self.tr("Folder of own scenarios")
        own = QgsProcessingParameterFile("USER_FOLDER", label, behavior.Folder, optional=True)
        self.add(own, self.tr("A further folder with documents of your own (.json)."))
        help_text = self.tr("A row for each scenario with its state and what it lacks.")
        table = QgsProcessing.SourceType.TypeVector
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Scenarios"), table), help_text)
        self.number_outputs(
            COUNT=self.tr("Scenarios"),
            RUNS=self.tr("Scenarios that run"),
            LACKS_DATA=self.tr("Scenarios that lack data"),
            LACKS_ALGORITHM=self.tr("Scenarios that lack an algorithm"),
            LACKS_PACKAGE=self.tr("Scenarios that lack a Python package"),
            INVALID=self.tr("Scenarios with a mistake"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Look at all scenarios (bridge/scenarios/listing), and write a row for each."""
        from ...bridge.scenarios import listing
        from ...bridge.scenarios.data import DataFolder
        from ...bridge.scenarios.found import find_scenarios

        texts = {n: self.parameterAsString(parameters, n, context).strip() for n in ("DOMAIN", "TEXT", "USER_FOLDER")}
        folder = DataFolder(self.parameterAsString(parameters, "FOLDER", context))
        path = self.parameterAsString(parameters, "CATALOGUE", context)
        found = find_scenarios([Path(texts["USER_FOLDER"])] if texts["USER_FOLDER"] else [])
        given = {"CATALOGUE", "DISTRICT"} if path else {"DISTRICT"}
        found = [one for one in found if listing.is_wanted(one, texts["DOMAIN"], texts["TEXT"])]
        examined = listing.listed(found, folder, given, mistakes, self.progress(feedback))
        with self._opened(path, feedback) as catalogue:
            search = _search(catalogue) if catalogue is not None else None
            rows = listing.rows(examined, QgsApplication.locale(), search)
        numbers = listing.counts(examined)
        written = write_output(self, "OUTPUT", parameters, context, feedback, SCENARIOS, rows)
        text = self.tr(
            "{n} scenarios: {runs} run, {data} lack data, {algorithms} lack an algorithm, {invalid} have mistakes."
        )
        feedback.pushInfo(
            text.format(
                n=numbers["COUNT"], runs=numbers["RUNS"], data=numbers["LACKS_DATA"],
                algorithms=numbers["LACKS_ALGORITHM"] + numbers["LACKS_PACKAGE"], invalid=numbers["INVALID"],
            )
        )  # fmt: skip
        return written | numbers

    def _opened(self, path: str, feedback: QgsProcessingFeedback) -> closing[Catalogue] | nullcontext[None]:
        """The catalogue, closed at the end; nothing without a path."""
        from ...bridge.services.catalogues import open_catalogue

        return closing(open_catalogue(path, progress=self.progress(feedback))) if path else nullcontext()


def _search(catalogue: Catalogue) -> Search:
    """How many services there are for a data need, each search asked once."""
    from ...core.services.catalogue.store import Search as Query

    known: dict[tuple[str, str], int] = {}

    def search(need: DataNeed) -> int:
        key = need.subdivision, need.search
        if key not in known:
            subdivisions = (need.subdivision,) if need.subdivision else ()
            known[key] = catalogue.search(Query(text=need.search, subdivisions=subdivisions, limit=1)).total
        return known[key]

    return search
