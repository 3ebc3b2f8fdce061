"""twin:comparescheme: schemes for one site by all reviews: hard rules first, then scores and what weights decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...core.common.progress import Progress, part
from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm
from .sunlight import RULES

if TYPE_CHECKING:
    from ...bridge.planning.comparison_run import ComparisonChoices, ComparisonResult
    from ...bridge.planning.scheme_reviews import ComparisonLayers


LANGUAGES = {"both": ("en", "zh"), "en": ("en",), "zh": ("zh",)}
"""Languages of the report by the value of LANGUAGE."""


class CompareScheme(PlanningAlgorithm):
    ID = "comparescheme"

    def title(self) -> str:
        return self.tr("Compare schemes")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares schemes for one site: each takes the place of what stands there, and all reviews whose layers "
            "are given measure the district with it.</p><p>A scheme that breaks a hard rule gets no score. For the "
            "others each criterion is scaled from the worst (0) to the best (1), and the score is the weighted mean. "
            "The ranking is robust when the first scheme stays first whatever weights move by MOVE.</p><p>Criteria, "
            "rules and weights are an editable table, scheme_criteria.csv. Those that ship are an example and no "
            "city's. Reviews without their layers are named as not judged.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        areas = [kinds.TypeVectorPolygon]
        help_text = self.tr(
            "Two layers of planned buildings or more, one for each scheme; or one layer with a field scheme."
        )
        schemes = QgsProcessingParameterMultipleLayers("SCHEMES", self.tr("Schemes"), kinds.TypeVectorPolygon)
        self.add(schemes, help_text)
        self.add_city(terrain_optional=True)
        help_text = self.tr("Land of the schemes: buildings that lie mostly in it are replaced by each of them.")
        self.add(source("SITE", self.tr("Site of the schemes"), areas, optional=True), help_text)
        help_text = self.tr("Parcels with limits, as 'Planning metrics' reads them.")
        self.add(source("PARCELS", self.tr("Control plan"), areas, optional=True), help_text)
        help_text = self.tr("Storeys of the buildings and of the schemes, with building_id, number and area_m2.")
        self.add(source("STOREYS", self.tr("Storeys"), areas, optional=True), help_text)
        help_text = self.tr("Green land. A field scheme names the scheme that an area comes with; empty: today's.")
        self.add(source("GREEN", self.tr("Green land"), areas, optional=True), help_text)
        self._review_layers()
        help_text = self.tr(
            "Rows that change criteria or add some: id, and any of weight, least, greatest, sense, review, measure, "
            "unit, name_en, name_zh. Empty: those of scheme_criteria.csv."
        )
        self.add(source("CRITERIA", self.tr("Criteria"), [kinds.TypeVector], optional=True), help_text, True)
        help_text = self.tr("Weights of criteria by id, as in 'floor_area = 0.3; green = 0.2'; the others keep theirs.")
        self.add_text("WEIGHTS", self.tr("Weights"), help_text)
        help_text = self.tr("By how much each weight moves to either side for the sensitivity.")
        self.add_number("MOVE", self.tr("Weights move by (%)"), 20, help_text, 0, 90, advanced=True)
        self.add_height_fields()
        self.add_text("TITLE", self.tr("Title"), self.tr("Title of the report, such as the name of the site."))
        self.add_text("AUTHOR", self.tr("Author"), self.tr("Who answers for the report."), advanced=True)
        help_text = self.tr("Language of REPORT and PAGE: English, Chinese, or both.")
        self.add_choice("LANGUAGE", self.tr("Language"), LANGUAGES, "both", help_text)
        self._outputs()

    def _review_layers(self) -> None:
        """What reviews of views, shadows and the ground below need; each is optional."""
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        area, line = [kinds.TypeVectorPolygon], [kinds.TypeVectorLine]
        self.add_observers(optional=True)
        for name, label, types, help_text in (
            (
                "CORRIDORS",
                self.tr("View corridors"),
                line,
                self.tr("Lines from an eye to a target, as 'View corridors' reads them."),
            ),
            ("LANDMARKS", self.tr("Landmarks"), area, self.tr("Buildings whose facades the observers should see.")),
            ("PARKS", self.tr("Parks"), area, self.tr("Land on which the hours of sun count; needs DTM.")),
            ("BASEMENTS", self.tr("Rooms below ground"), area, self.tr("Basements and stations of today.")),
            ("PIPES", self.tr("Pipes"), line, self.tr("Pipes, as 'Clearances below ground' reads them.")),
            ("TUNNELS", self.tr("Tunnels"), line, self.tr("Axes of tunnels, as 'Clearances below ground' reads them.")),
        ):
            self.add(source(name, label, types, optional=True), help_text)
        help_text = self.tr("Windows of homes, as 'Sunlight' reads them; empty: points along the facades of homes.")
        windows = source("WINDOWS", self.tr("Windows"), [kinds.TypeVectorPoint], optional=True)
        self.add(windows, help_text)
        help_text = self.tr("Rule of sunlight, of the table sunlight_rules.csv.")
        self.add_choice("SUN_RULE", self.tr("Rule of sunlight"), RULES, "great_cold_3h", help_text)
        help_text = self.tr("Rooms below ground of the schemes: a layer for each, in the order of SCHEMES.")
        label = self.tr("Rooms below ground of the schemes")
        rooms = QgsProcessingParameterMultipleLayers("SCHEME_BASEMENTS", label, kinds.TypeVectorPolygon, None, True)
        self.add(rooms, help_text)

    def _outputs(self) -> None:
        kinds, sink = QgsProcessing.SourceType, QgsProcessingParameterFeatureSink
        help_text = self.tr("A row for each scheme: rank, score and its limits, hard rules that are broken.")
        self.add(sink("OUTPUT", self.tr("Compared schemes"), kinds.TypeVectorPolygon), help_text)
        self.style("OUTPUT", "planning_schemes")
        help_text = self.tr("A row for each scheme and criterion, with its value, score and rank.")
        self.add(sink("TABLE", self.tr("Criteria of the schemes"), kinds.TypeVector, None, True), help_text)
        help_text = self.tr("The scores when one weight moves down or up.")
        self.add(sink("SENSITIVITY", self.tr("Sensitivity of the scores"), kinds.TypeVector, None, True), help_text)
        files, help_text = QgsProcessingParameterFileDestination, self.tr("The report as PDF, in the languages chosen.")
        self.add(files("REPORT", self.tr("Report"), "PDF (*.pdf)", None, True), help_text)
        help_text = self.tr("The report for a browser: one file, which works without a network and prints.")
        self.add(files("PAGE", self.tr("Page for a browser"), "HTML (*.html)", None, True), help_text)
        self.number_outputs(
            SCHEMES_COUNT=self.tr("Schemes"),
            FAILING=self.tr("Schemes that break a hard rule"),
            BEST_SCORE=self.tr("Score of the first scheme"),
            ROBUST=self.tr("1 where the ranking holds when weights move, else 0"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Compare the schemes (bridge/planning/comparison_run), and write what each is worth by what."""
        from ...bridge.planning import comparison_run
        from ...bridge.planning.scheme_layers import scheme_layers
        from ...core.common.messages import Message

        notes = list[Message]()
        given, rooms = (self._vectors(parameters, name, context) for name in ("SCHEMES", "SCHEME_BASEMENTS"))
        schemes = scheme_layers(given, rooms, notes)
        layers, choices = self._layers(parameters, context), self._choices(parameters, context)
        progress = self.progress(feedback)
        result = comparison_run.compare_schemes(schemes, layers, choices, context, feedback, part(progress, 0, 0.8))
        self.push_warnings([*notes, *result.notes], feedback)
        run = parameters, context, feedback
        kind, table = QgsWkbTypes.Type.MultiPolygon, QgsWkbTypes.Type.NoGeometry
        written = write_output(self, "OUTPUT", *run, comparison_run.OUTPUT, result.rows(), kind, result.crs)
        written |= write_output(self, "TABLE", *run, comparison_run.TABLE, result.table(), table)
        written |= write_output(self, "SENSITIVITY", *run, comparison_run.SENSITIVITY, result.sensitivity(), table)
        written |= self._report(parameters, context, result, part(progress, 0.8, 1))
        self.push_lines(result.lines, feedback)
        return written | result.numbers

    def _report(
        self, parameters: Values, context: QgsProcessingContext, result: ComparisonResult, progress: Progress
    ) -> Values:
        """Write REPORT and PAGE where they are wanted; returns their places."""
        from ...bridge.kernel.main_thread import on_main
        from ...bridge.kernel.resources import plugin_version
        from ...bridge.planning.scheme_report import report_of, write_report

        places = {
            name: self.parameterAsFileOutput(parameters, name, context)
            for name in ("REPORT", "PAGE")
            if parameters.get(name)
        }
        if places:
            title, author, language = (
                self.parameterAsString(parameters, name, context) for name in ("TITLE", "AUTHOR", "LANGUAGE")
            )
            report = report_of(result, title.strip(), author.strip(), plugin_version())
            pdf, page = (places.get(name, "") for name in ("REPORT", "PAGE"))
            languages = LANGUAGES[language or "both"]
            # Layouts are graphics scenes: Qt wants them on the main thread. All else is computed where we are.
            on_main(lambda: write_report(report, result, pdf, page, languages, progress), progress)
        return places

    def _layers(self, parameters: Values, context: QgsProcessingContext) -> ComparisonLayers:
        """The layers that are the same for all schemes."""
        from ...bridge.planning.scheme_reviews import ComparisonLayers

        names = ("SITE", "PARCELS", "STOREYS", "GREEN", "OBSERVERS", "CORRIDORS", "LANDMARKS", "WINDOWS", "PARKS")
        given = {name: self.source(parameters, name, context) for name in (*names, "BASEMENTS", "PIPES", "TUNNELS")}
        eye_m, spacing_m = (self.parameterAsDouble(parameters, name, context) for name in ("EYE_HEIGHT", "SPACING"))
        return ComparisonLayers(
            self.source(parameters, "BUILDINGS", context),
            self._raster(parameters, "DTM", context),
            **{name.lower(): source for name, source in given.items()},
            fields=self.height_fields(parameters, context),
            eye_m=eye_m,
            spacing_m=spacing_m,
            sun_rule=self.parameterAsString(parameters, "SUN_RULE", context),
            digs=bool(self._vectors(parameters, "SCHEME_BASEMENTS", context)),
        )

    def _vectors(self, parameters: Values, name: str, context: QgsProcessingContext) -> list[QgsVectorLayer]:
        found = self.parameterAsLayerList(parameters, name, context) or []
        return [layer for layer in found if isinstance(layer, QgsVectorLayer)]

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> ComparisonChoices:
        """What the user decides."""
        from ...bridge.planning.comparison_run import ComparisonChoices

        weights = self.parameterAsString(parameters, "WEIGHTS", context)
        move = self.parameterAsDouble(parameters, "MOVE", context) / 100.0
        return ComparisonChoices(self.source(parameters, "CRITERIA", context), weights, move)
