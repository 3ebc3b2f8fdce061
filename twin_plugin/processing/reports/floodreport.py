"""twin:floodreport: the results of a flood run as a styled project, a map and a report with an annex."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMeshLayer,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ...bridge.flood import run_agreement
from ...bridge.kernel.flood_run import read_summary
from ...bridge.kernel.layout_export import export_image, export_pdf
from ...bridge.kernel.raster_kinds import TERRAIN
from ...bridge.reports import input_checks, one_run
from ...bridge.reports.pages import FloodPages
from ...bridge.reports.project import FloodProject, final_place, free_place
from ...bridge.reports.report_figures import RunLayers, count
from ...core.common.errors import InputError
from ...core.common.progress import advance, part
from ..algorithm import TwinAlgorithm, Values

RASTERS = ("DEPTH_MAX", "HAZARD", "ARRIVAL", "VELOCITY_MAX", "LEVEL_MAX", "DURATION_WET", TERRAIN)
VECTORS = ("BUILDING_RISK", "OPENINGS", "ROADS", "WATER", "STORM", "MODEL_BUILDINGS", "MODEL_STOREYS", "MODEL_REPORT")


class FloodReport(TwinAlgorithm):
    ID = "floodreport"
    GROUP_ID = "reports"
    ICON = "report"
    PACKAGES = ("shapely",)

    def __init__(self) -> None:
        super().__init__()
        self._scratch: Path | None = None

    def title(self) -> str:
        return self.tr("Flood report")

    def help_text(self) -> str:
        return self.tr(
            "<p>Turns the results of a flood run into a project with styled, grouped layers and an animation, a map "
            "(PNG) and a report (PDF): a page with the map, three numbers and the worst buildings with the reason for "
            "each, and an annex with the rain, the run and its data, and every building that water reaches.</p>"
            "<p>Choose any of the results; missing ones are left out, and those of two runs are refused. The project "
            "refers to the results by relative paths: move them together. Its layouts 'Flood report' and 'Flood map' "
            "can be edited and exported again. Layers that are only in memory are saved beside it.</p>"
        )

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        # Layouts are graphics scenes: Qt wants them on the main thread.
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def declare(self, configuration: Values) -> None:
        for name, text, help_text in (
            ("DEPTH_MAX", self.tr("Maximum depth"), self.tr("Output DEPTH_MAX of the flood simulation.")),
            ("HAZARD", self.tr("Hazard"), self.tr("Output HAZARD of the flood simulation.")),
            ("ARRIVAL", self.tr("Arrival time"), self.tr("Output ARRIVAL of the flood simulation.")),
            ("VELOCITY_MAX", self.tr("Maximum velocity"), self.tr("Output VELOCITY_MAX of the flood simulation.")),
            ("LEVEL_MAX", self.tr("Maximum water level"), self.tr("Output LEVEL_MAX of the flood simulation.")),
            ("DURATION_WET", self.tr("Time under water"), self.tr("Output DURATION_WET of the flood simulation.")),
            ("DTM", self.tr("Terrain"), self.tr("The terrain, as background.")),
        ):
            self.add(QgsProcessingParameterRasterLayer(name, text, optional=True), help_text)
        result = QgsProcessingParameterMeshLayer("RESULT", self.tr("Flood over time"), optional=True)
        self.add(result, self.tr("Output RESULT of the flood simulation, for the animation."))
        self._declare_tables()
        summary = QgsProcessingParameterFile("SUMMARY", self.tr("Summary"), extension="json", optional=True)
        self.add(summary, self.tr("Output SUMMARY of the flood simulation: its numbers go into the footer."))
        catalogue = QgsProcessingParameterFile("CATALOGUE", self.tr("Catalogue"), extension="gpkg", optional=True)
        self.add(catalogue, self.tr("Catalogue of data services that the dock shows when the project is opened."))
        title = QgsProcessingParameterString("TITLE", self.tr("Title"), self.tr("Flood report"))
        self.add(title, self.tr("Title of the project, the map and the report."))
        self.add_text("DISTRICT", self.tr("District"), self.tr("Name of the district, for the titles."))
        help_text = self.tr("Who answers for the report; by default the author in the project's properties.")
        self.add_text("AUTHOR", self.tr("Author"), help_text)
        help_text = self.tr("What heights count from; by default the vertical part of the terrain's CRS.")
        self.add_text("VERTICAL_DATUM", self.tr("Vertical datum"), help_text)
        page = self.tr("The report: a page and its annex.")
        for name, text, kind, help_text in (
            ("PROJECT", self.tr("Project"), self.tr("QGIS project (*.qgz)"), self.tr("The styled project.")),
            ("MAP", self.tr("Map"), self.tr("PNG picture (*.png)"), self.tr("The map sheet as a picture.")),
            ("REPORT", self.tr("Report"), self.tr("PDF document (*.pdf)"), page),
        ):
            self.add(QgsProcessingParameterFileDestination(name, text, kind, optional=True), help_text)
        self.number_outputs(
            BUILDINGS=self.tr("Buildings"),
            BUILDINGS_WET=self.tr("Buildings with water inside"),
            DEEPEST_M=self.tr("Maximum depth (m)"),
            WET_AREA_M2=self.tr("Wet area (m²)"),
        )

    def _declare_tables(self) -> None:
        kinds = QgsProcessing.SourceType
        risk, doors = self.tr("Output of 'Building risk'."), self.tr("Output OPENINGS of 'Load BIM models'.")
        storm = self.tr("Output of 'Design storm': its depth and duration go into the names.")
        water = self.tr("Sea, lakes and rivers, as background; the flood is drawn over them.")
        models = self.tr("Output {output} of 'Load BIM models': the Buildings dock shows its models and sections.")
        for name, text, kind, help_text in (
            ("BUILDING_RISK", self.tr("Building risk"), kinds.TypeVectorPolygon, risk),
            ("OPENINGS", self.tr("Openings"), kinds.TypeVectorPoint, doors),
            ("ROADS", self.tr("Roads"), kinds.TypeVectorLine, self.tr("Roads, as background.")),
            ("WATER", self.tr("Water bodies"), kinds.TypeVectorPolygon, water),
            ("STORM", self.tr("Storm"), kinds.TypeVector, storm),
            ("MODEL_BUILDINGS", self.tr("Buildings"), kinds.TypeVectorPolygon, models.format(output="BUILDINGS")),
            ("MODEL_STOREYS", self.tr("Storeys"), kinds.TypeVectorPolygon, models.format(output="STOREYS")),
            ("MODEL_REPORT", self.tr("Models read"), kinds.TypeVector, models.format(output="REPORT")),
        ):
            self.add(QgsProcessingParameterVectorLayer(name, text, [kind], optional=True), help_text)

    def take_back(self) -> None:
        """The layers that were only in memory belong to the project: without it they go."""
        if self._scratch is not None:
            self._scratch.unlink(missing_ok=True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Count the results, build the project and its pages, and export the requested files."""
        progress = self.progress(feedback)
        results = self._read(parameters, context)
        advance(progress, 0.05, self.tr("Counting"))
        facts = count(results, feedback)
        one_run.require_agreement(results, facts)
        doubts = *input_checks.doubts(results), *one_run.doubts(results, facts)
        found = run_agreement.report_doubts(results.layers, one_run.RASTERS, context, part(progress, 0.05, 0.1))
        self.push_warnings((*doubts, *found), feedback)
        outputs = {name: self.parameterAsFileOutput(parameters, name, context) for name in ("PROJECT", "MAP", "REPORT")}
        results.report = str(final_place(outputs["REPORT"])) if outputs["REPORT"] else ""
        self._scratch = free_place(outputs["PROJECT"]) if outputs["PROJECT"] else None
        self._write(FloodProject(results, facts, self._scratch), outputs, feedback)
        numbers = {
            "BUILDINGS": facts.buildings,
            "BUILDINGS_WET": facts.wet_inside,
            "DEEPEST_M": facts.deepest_m,
            "WET_AREA_M2": facts.wet_area_m2,
        }
        known = {name: value for name, value in numbers.items() if value == value}
        return {**{name: path for name, path in outputs.items() if path}, **known}

    def _write(self, built: FloodProject, outputs: dict[str, str], feedback: QgsProcessingFeedback) -> None:
        progress = self.progress(feedback)
        built.build()
        pages = FloodPages(built)
        advance(progress, 0.3, self.tr("Drawing the report"))
        report, sheet = pages.report(), pages.sheet()
        if outputs["REPORT"]:
            export_pdf(report, outputs["REPORT"])
        advance(progress, 0.6, self.tr("Drawing the map"))
        if outputs["MAP"]:
            export_image(sheet, outputs["MAP"])
        advance(progress, 0.9, self.tr("Writing the project"))
        if outputs["PROJECT"]:
            built.save(outputs["PROJECT"])

    def _read(self, parameters: Values, context: QgsProcessingContext) -> RunLayers:
        layers = {name: self.parameterAsRasterLayer(parameters, name, context) for name in RASTERS}
        layers |= {name: self.parameterAsVectorLayer(parameters, name, context) for name in VECTORS}
        layers["RESULT"] = self.parameterAsMeshLayer(parameters, "RESULT", context)
        for name, layer in layers.items():
            if layer is None and parameters.get(name) not in (None, ""):
                text = self.tr("The layer '{layer}' of {name} cannot be opened: choose another file.")
                raise InputError(text.format(layer=parameters[name], name=name))
        results = RunLayers(
            {name: layer for name, layer in layers.items() if layer is not None},
            read_summary(self.parameterAsFile(parameters, "SUMMARY", context)),
            self.parameterAsString(parameters, "TITLE", context) or self.title(),
            self.parameterAsString(parameters, "DISTRICT", context),
            catalogue=self.parameterAsFile(parameters, "CATALOGUE", context),
            author=self.parameterAsString(parameters, "AUTHOR", context) or self._author(context),
            vertical_datum=self.parameterAsString(parameters, "VERTICAL_DATUM", context),
        )
        input_checks.require_inputs(results)
        results.run = one_run.run_of_results(results)
        return results

    @staticmethod
    def _author(context: QgsProcessingContext) -> str:
        """The author that someone entered in the project; QGIS itself enters the name of the account."""
        project = context.project()
        author = project.metadata().author() if project is not None else ""
        return "" if author in (QgsApplication.userFullName(), QgsApplication.userLoginName()) else author
