"""twin:section: what an upright section along a line cuts of terrain, buildings, basements, pipes and tunnels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from ...core.common.progress import part
from ..algorithm import Values
from ..written_rows import write_output
from .underground_algorithm import UndergroundAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.section_run import SectionLayers


class SectionAlong(UndergroundAlgorithm):
    ID = "section"

    def title(self) -> str:
        return self.tr("Section")

    def help_text(self) -> str:
        return self.tr(
            "<p>Cuts terrain, buildings or storeys, basements, pipes, tunnels and water along lines, as layers, as an "
            "SVG and as a PDF to scale. x is the distance along the line and y the elevation, so that the layers have "
            "no CRS. Each object has its name.</p>"
            "<p>A pipe that crosses the section obliquely is an ellipse, as wide as its diameter over the sine of the "
            "angle. With SCHEME, what is planned has a thick edge, and what it replaces is dashed.</p>"
        )

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        # Layouts are graphics scenes: Qt wants them on the main thread.
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr("Lines in plan, each a section from its first vertex on; up to 20.")
        self.add(source("LINE", self.tr("Lines of sections"), [kinds.TypeVectorLine]), help_text)
        self.add_city(terrain=False, buildings_optional=True)
        help_text = self.tr(
            "Storeys of these buildings (building_id, elev_m, height_m): each is drawn, named by its building."
        )
        areas = [kinds.TypeVectorPolygon]
        self.add(source("STOREYS", self.tr("Storeys"), areas, optional=True), help_text)
        self.add_ground()
        self.add_underground()
        self.add_scheme()
        help_text = self.tr("Planned basements, with the fields of BASEMENTS.")
        self.add(source("SCHEME_BASEMENTS", self.tr("Basements of the scheme"), areas, optional=True), help_text)
        help_text = self.tr("Level of water or groundwater in m, such as LEVEL_MAX of the flood simulation.")
        self.add(QgsProcessingParameterRasterLayer("WATER", self.tr("Water level"), optional=True), help_text)
        help_text = self.tr("Heights are drawn so many times larger than distances.")
        self.add_number("EXAGGERATION", self.tr("Heights times"), 1, help_text, 0.1, 100)
        help_text = self.tr("Drawings are 1 to so much; 0: the largest usual scale that fits on A3.")
        self.add_number("SCALE", self.tr("Scale 1 to"), 0, help_text, 0, 1_000_000)
        self.add_underground_details()
        self.add_height_fields()
        self._outputs()

    def _outputs(self) -> None:
        kinds = QgsProcessing.SourceType
        sink = QgsProcessingParameterFeatureSink
        help_text = self.tr("What the section cuts, as polygons in metres along the line and elevations.")
        self.add(sink("SECTION", self.tr("Section"), kinds.TypeVectorPolygon), help_text)
        help_text = self.tr("The ground and the water along the line, in the same coordinates.")
        self.add(sink("SURFACES", self.tr("Ground and water"), kinds.TypeVectorLine, None, True, False), help_text)
        for name, label, kind, help_text in (
            ("SVG", self.tr("Drawing"), self.tr("SVG drawing (*.svg)"), self.tr("To scale, in millimetres.")),
            (
                "LAYOUT",
                self.tr("Sheets"),
                self.tr("PDF document (*.pdf)"),
                self.tr("A page to scale for each section."),
            ),
        ):
            self.add(QgsProcessingParameterFileDestination(name, label, kind, None, True, False), help_text)
        for name, style in (("SECTION", "section_parts"), ("SURFACES", "section_surfaces")):
            self.style(name, style)
        self.number_outputs(
            SECTIONS_COUNT=self.tr("Sections"),
            OBJECTS_COUNT=self.tr("Objects that they cut"),
            LENGTH_M=self.tr("Length of the sections (m)"),
            SCALE_OF_DRAWING=self.tr("Scale of the smallest drawing, 1 to"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Cut (bridge/planning/section_run), draw (section_drawing), and write layers, SVG and PDF."""
        from ...bridge.planning.section_files import write_pages, write_svg
        from ...bridge.planning.section_run import PARTS, SURFACES, SectionChoices, review_sections

        scale, heights = (self.parameterAsDouble(parameters, name, context) for name in ("SCALE", "EXAGGERATION"))
        kinds = self.parameterAsFile(parameters, "KINDS", context)
        choices = SectionChoices(scale, heights, kinds, self.pipe_choices(parameters, context))
        layers, progress = self._layers(parameters, context), self.progress(feedback)
        result = review_sections(layers, choices, context, feedback, part(progress, 0.0, 0.8))
        self.push_warnings(result.warnings, feedback)
        run = parameters, context, feedback
        types = QgsWkbTypes.Type
        places = write_output(self, "SECTION", *run, PARTS, result.parts, types.Polygon)
        places |= write_output(self, "SURFACES", *run, SURFACES, result.surfaces, types.LineString)
        svg, pages = (self.parameterAsFileOutput(parameters, name, context) for name in ("SVG", "LAYOUT"))
        if svg:
            write_svg(result.drawings, svg)
            places["SVG"] = svg
        if pages:
            write_pages(result.drawings, pages, part(progress, 0.8, 1.0))
            places["LAYOUT"] = pages
        self.push_lines(result.table, feedback)
        return {**places, **result.numbers}

    def _layers(self, parameters: Values, context: QgsProcessingContext) -> SectionLayers:
        """The layers that are there."""
        from ...bridge.planning.section_run import SectionLayers
        from ...bridge.planning.underground_layers import UndergroundLayers

        basements, pipes, tunnels, planned = (
            self.source(parameters, name, context) for name in ("BASEMENTS", "PIPES", "TUNNELS", "SCHEME_BASEMENTS")
        )
        line, storeys, site = (self.source(parameters, name, context) for name in ("LINE", "STOREYS", "SITE"))
        below = UndergroundLayers(basements, pipes, tunnels, None, planned, site)
        water = self._raster(parameters, "WATER", context)
        return SectionLayers(line, self.city_layers(parameters, context), below, storeys, water)
