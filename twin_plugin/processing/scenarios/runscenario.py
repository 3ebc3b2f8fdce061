"""twin:runscenario: one scenario from its data to its answer, with provenance and checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ...core.common.errors import InputError, TwinError
from ...core.scenarios.tables import RESULTS
from ..algorithm import TwinAlgorithm, Values
from ..parameter_checks import mistakes
from ..question import Question
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.scenarios.found import FoundScenario
    from ...bridge.scenarios.run import ScenarioRun


class RunScenario(TwinAlgorithm):
    ID = "runscenario"
    GROUP_ID = "scenarios"
    ICON = "chain"

    def title(self) -> str:
        return self.tr("Run a scenario")

    def help_text(self) -> str:
        return self.tr(
            "<p>Runs an application scenario on the data of a district: its algorithms one after the other, then its"
            " measures and checks. OUTPUT_FOLDER gets the outputs with their styles, and provenance.json: versions,"
            " the parameters of each step, the sources with age and hash, measures and checks.</p><p>A check that does"
            " not hold is an answer too: the outputs stay, STATE is 'check failed', and the log says which.</p><p>A"
            " scenario that did not ship with the plugin is shown before its first run: what it reads, runs and writes."
            " It runs only algorithms of a list, and writes only into OUTPUT_FOLDER.</p>"
        )

    def declare(self, configuration: Values) -> None:
        behavior = QgsProcessingParameterFile.Behavior
        name = QgsProcessingParameterString("SCENARIO", self.tr("Scenario"), optional=True)
        self.add(name, self.tr("The id of a scenario of 'List scenarios'."))
        label, kind = self.tr("Scenario document"), self.tr("Scenario (*.json)")
        file = QgsProcessingParameterFile("SCENARIO_FILE", label, behavior.File, "", None, True, kind)
        self.add(file, self.tr("A document, instead of SCENARIO."))
        folder = QgsProcessingParameterFile("FOLDER", self.tr("Data of a district"), behavior.Folder, optional=True)
        self.add(folder, self.tr("The folder with dtm.tif, district.gpkg and the like."))
        label, kind = self.tr("Catalogue"), self.tr("GeoPackage (*.gpkg)")
        catalogue = QgsProcessingParameterFile("CATALOGUE", label, behavior.File, "", None, True, kind)
        self.add(catalogue, self.tr("A GeoPackage with a catalogue of services, for scenarios that ask services."))
        area = [QgsProcessing.SourceType.TypeVectorPolygon]
        district = QgsProcessingParameterVectorLayer("DISTRICT", self.tr("District"), area, None, True)
        self.add(district, self.tr("The polygon of a district, for scenarios that have data named DISTRICT."))
        self._overrides()
        self._outputs()

    def _overrides(self) -> None:
        headers = [self.tr("Name"), self.tr("Source")]
        data = QgsProcessingParameterMatrix("DATA", self.tr("Data instead"), 0, False, headers, None, True)
        help_text = self.tr("Rows of a data name of the scenario, such as DTM, and the file or layer to take instead.")
        self.add(data, help_text)
        headers = [self.tr("Name"), self.tr("Value")]
        settings = QgsProcessingParameterMatrix("SETTINGS", self.tr("Settings"), 0, False, headers, None, True)
        self.add(settings, self.tr("Rows of a setting of the scenario, such as RETURN_PERIOD, and its value."))
        confirm = QgsProcessingParameterBoolean("CONFIRM", self.tr("I agree to what this scenario does"), False)
        help_text = self.tr(
            "A document that did not ship runs only with this, or after you agreed to it in the desktop; without, the "
            "log says what it reads, runs and writes."
        )
        self.add(confirm, help_text)

    def _outputs(self) -> None:
        folder = QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", self.tr("Folder of the results"), None, True)
        help_text = self.tr(
            "A new or an empty folder; it appears complete or not at all. Without it only MODEL is written."
        )
        self.add(folder, help_text)
        table = QgsProcessing.SourceType.TypeVector
        sink = QgsProcessingParameterFeatureSink("RESULTS", self.tr("Measures and checks"), table, None, True, False)
        self.add(sink, self.tr("A row for each measure and check, as in provenance.json."))
        label, kind = self.tr("Model of the chain"), self.tr("Model (*.model3)")
        model = QgsProcessingParameterFileDestination("MODEL", label, kind, None, True, False)
        self.add(
            model, self.tr("The chain as a model of QGIS, which the model designer opens and which runs by itself.")
        )
        self.addOutput(QgsProcessingOutputString("STATE", self.tr("ok, or check failed")))
        self.addOutput(QgsProcessingOutputFile("PROVENANCE", self.tr("Provenance (.json)")))
        self.number_outputs(
            STEPS=self.tr("Steps"), CHECKS=self.tr("Checks"), CHECKS_FAILED=self.tr("Checks that do not hold")
        )

    def questions(self, parameters: Values, context: QgsProcessingContext) -> Iterator[Question]:
        from ...bridge.scenarios import description

        try:
            found = self._found(parameters, context)
        except TwinError:
            return  # `execute` says it
        if found.scenario is None or description.is_agreed(found) or self._confirmed(parameters, context):
            return
        yield Question(
            self.tr("Run a scenario that did not ship with City Twin?"),
            self.tr("'{file}' would do the following.").format(file=found.path.name),
            description.as_text(description.describe(found.scenario)),
            self.tr("Run"),
            self.tr("The scenario '{file}' was not run.").format(file=found.path.name),
            lambda: description.agree(found),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Run the scenario (bridge/scenarios/run), and write its model where it is wanted."""
        from ...bridge.scenarios import model, results
        from ...bridge.scenarios.run import ScenarioRequest, run_scenario
        from .scenario_inputs import overrides, sources

        found = self._found(parameters, context)
        self._require_agreed(found, parameters, context, feedback)
        place = self.parameterAsString(parameters, "OUTPUT_FOLDER", context)
        model_path = self.parameterAsFileOutput(parameters, "MODEL", context) if parameters.get("MODEL") else ""
        if not place and not model_path:
            raise InputError(self.tr("OUTPUT_FOLDER is empty: choose a new or an empty folder, or a file for MODEL."))
        folder = self.parameterAsString(parameters, "FOLDER", context)
        given = sources(self, parameters, context)
        request = ScenarioRequest(found, folder, Path(place), given, overrides(self, parameters, "SETTINGS", context))
        written: Values = {}
        if model_path:
            model.write_model(request, mistakes, Path(model_path))
            written["MODEL"] = model_path
        if not place:
            return written
        run = run_scenario(request, mistakes, context, feedback)
        rows = results.result_rows(run, QgsApplication.locale())
        written |= write_output(self, "RESULTS", parameters, context, feedback, RESULTS, rows)
        return written | self._report(run, place, feedback)

    def _report(self, run: ScenarioRun, place: str, feedback: QgsProcessingFeedback) -> Values:
        """Say what was measured and which checks do not hold; the results by name."""
        from ...bridge.scenarios import provenance, results

        self.push_lines(results.measure_lines(run, QgsApplication.locale()), feedback)
        self.push_warnings(results.failed_checks(run, QgsApplication.locale()), feedback)
        text = self.tr("{n} of {all} checks hold.")
        feedback.pushInfo(text.format(n=len(run.checks) - run.failed, all=len(run.checks)))
        return {
            "OUTPUT_FOLDER": place,
            "PROVENANCE": str(Path(place) / provenance.NAME),
            "STATE": run.state,
            "STEPS": len(run.steps),
            "CHECKS": len(run.checks),
            "CHECKS_FAILED": run.failed,
        }

    def _found(self, parameters: Values, context: QgsProcessingContext) -> FoundScenario:
        """The scenario that SCENARIO or SCENARIO_FILE names."""
        from ...bridge.scenarios.found import document, scenario_by_id

        name = self.parameterAsString(parameters, "SCENARIO", context).strip()
        path = self.parameterAsString(parameters, "SCENARIO_FILE", context).strip()
        if bool(name) == bool(path):
            raise InputError(self.tr("Give the id of a scenario in SCENARIO, or a document in SCENARIO_FILE."))
        found = document(Path(path)) if path else scenario_by_id(name)
        if found.scenario is None and found.fault is not None:
            raise InputError(found.fault)
        return found

    def _confirmed(self, parameters: Values, context: QgsProcessingContext) -> bool:
        return self.parameterAsBool(parameters, "CONFIRM", context)

    def _require_agreed(
        self,
        found: FoundScenario,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        """Show what a document of anybody's does, and end unless the user agreed to it."""
        from ...bridge.scenarios import description

        if found.scenario is None or description.is_agreed(found):
            return
        self.push_lines(description.as_text(description.describe(found.scenario)).splitlines(), feedback)
        if not self._confirmed(parameters, context):
            text = self.tr(
                "The scenario '{file}' did not ship with City Twin: read in the log what it reads, runs and writes, "
                "and set CONFIRM to run it."
            )
            raise InputError(text.format(file=found.path.name))
        description.agree(found)
