"""twin:viewcorridor: how high one may build below the lines of sight to a landmark, and what rises above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterDestination,
    QgsWkbTypes,
)

from ...core.planning.curvature import REFRACTION
from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.corridor_run import CorridorChoices, CorridorResult

FORMS = ("strip", "cone")


class ViewCorridor(PlanningAlgorithm):
    ID = "viewcorridor"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("View corridors")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares buildings and terrain with the lines of sight from viewpoints to landmarks: the allowed "
            "elevation over each building in a corridor, and by how much it is exceeded.</p><p>Give LINES from the eye "
            "to the landmark, or OBSERVERS and TARGETS: then each observer has a corridor to each target. The line of "
            "sight runs straight from the eye to the lowest elevation of the target that must be seen. The building "
            "of the target does not stand in its own way.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        source = QgsProcessingParameterFeatureSource
        self.add_city(terrain_optional=True)
        self.add_scheme()
        help_text = self.tr(
            "Lines from the eye (first vertex) to the target (last vertex). Fields: eye_elev_m, target_elev_m, width_m."
        )
        self.add(source("LINES", self.tr("Corridor lines"), [kinds.TypeVectorLine], optional=True), help_text)
        self.add_observers(optional=True)
        help_text = self.tr(
            "Points or polygons that must stay in view. The field target_elev_m is the lowest elevation that must be "
            "seen; without it the top (roof_elev_m, or base and height_m) counts, or TARGET_HEIGHT."
        )
        targets = source("TARGETS", self.tr("Targets"), [kinds.TypeVectorPoint, kinds.TypeVectorPolygon], optional=True)
        self.add(targets, help_text)
        help_text = self.tr("Height above the ground from which a target must be seen; empty: see TARGETS.")
        self.add_number("TARGET_HEIGHT", self.tr("Target visible from (m)"), None, help_text, 0, 5000)
        help_text = self.tr(
            "strip: of one width; cone: from the eye to the outline of a target that is a polygon, else to WIDTH at "
            "the target."
        )
        self.add_choice("FORM", self.tr("Form of the corridors"), FORMS, FORMS[0], help_text)
        help_text = self.tr("Width of corridors; the field width_m of LINES comes first.")
        self.add_number("WIDTH", self.tr("Width (m)"), 40, help_text, 0.1, 10_000)
        self._details()
        self._outputs()

    def _details(self) -> None:
        self.add_height_fields()
        help_text = self.tr("Let levels bend with the Earth below the straight line of sight.")
        curved = QgsProcessingParameterBoolean("CURVATURE", self.tr("Curvature of the Earth"), True)
        self.add(curved, help_text, True)
        help_text = self.tr("Share of the curvature by which light bends. Only with CURVATURE.")
        self.add_number("REFRACTION", self.tr("Refraction"), REFRACTION, help_text, 0, 0.5, advanced=True)
        help_text = self.tr("Step of the allowed elevations in ZONES.")
        self.add_number("ZONE_STEP", self.tr("Step of the zones (m)"), 10, help_text, 0.5, 500, advanced=True)
        help_text = self.tr("Cells of ALLOWED without DTM; with it they are its own.")
        self.add_number("CELL_SIZE", self.tr("Cell size (m)"), 5, help_text, 0.1, 1000, advanced=True)

    def _outputs(self) -> None:
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        for name, label, style, usual, help_text in (
            (
                "CORRIDORS",
                self.tr("View corridors"),
                "view_corridors",
                True,
                self.tr("A row for each corridor: free, or what rises above the line of sight and by how much."),
            ),
            (
                "OBSTACLES",
                self.tr("Buildings in view corridors"),
                "view_obstacles",
                True,
                self.tr("A row for each building in a corridor: allowed elevation, top, and by how much it exceeds."),
            ),
            (
                "ZONES",
                self.tr("Allowed elevations"),
                "view_zones",
                False,
                self.tr("The corridors cut into zones of the allowed elevation."),
            ),
        ):
            optional = name != "CORRIDORS"
            self.add(QgsProcessingParameterFeatureSink(name, label, kind, None, optional, usual), help_text)
            self.style(name, style)
        allowed = QgsProcessingParameterRasterDestination("ALLOWED", self.tr("Allowed elevation"), None, True, False)
        help_text = self.tr("The lowest allowed elevation of all corridors in m above the datum; no data outside them.")
        self.add(allowed, help_text)
        self.style("ALLOWED", "view_allowed")
        self.number_outputs(
            CORRIDORS_COUNT=self.tr("Corridors"),
            EXCEEDED_COUNT=self.tr("Corridors that are not free"),
            EXCEEDING_COUNT=self.tr("Buildings above a line of sight"),
            EXCEEDING_PLANNED=self.tr("Buildings of the scheme above a line of sight"),
            EXCEED_MAX_M=self.tr("Greatest height above a line of sight (m)"),
            EXCEED_BEFORE_MAX_M=self.tr("Greatest height above a line of sight without the scheme (m)"),
            TERRAIN_EXCEED_MAX_M=self.tr("Greatest height of the terrain above a line of sight (m)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the district and the corridors, review them (bridge/planning/corridor_run), and write them."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.planning.corridor_run import CorridorLayers, review_corridors
        from ...core.common.progress import part
        from ...core.planning.view_tables import CORRIDORS, OBSTACLES, ZONES

        choices, progress = self._choices(parameters, context), self.progress(feedback)
        city = self.city(parameters, context, feedback)
        read = self.observers(city, parameters, context, feedback) if parameters.get("OBSERVERS") else None
        targets, lines = (self.source(parameters, name, context) for name in ("TARGETS", "LINES"))
        layers = CorridorLayers(None if read is None else read.observers, targets, lines)
        result = review_corridors(city, layers, choices, part(progress, 0.0, 0.8))
        self.push_warnings(result.notes, feedback)
        run, places, area = (parameters, context, feedback), Values(), QgsWkbTypes.Type.MultiPolygon
        for name, columns, rows in (
            ("CORRIDORS", CORRIDORS, result.corridors),
            ("OBSTACLES", OBSTACLES, result.obstacles),
            ("ZONES", ZONES, result.zones),
        ):
            places |= write_output(self, name, *run, columns, rows, area, city.crs)
        if parameters.get("ALLOWED"):
            places["ALLOWED"] = self._write_allowed(result, parameters, context, feedback)
        entries = [*city.entries, *([] if read is None else [read.entry]), *result.entries]
        self.push_lines(table_lines(entries), feedback)
        return {**places, **result.numbers}

    def _write_allowed(
        self,
        result: CorridorResult,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> str:
        """Write the ceiling of all corridors."""
        from ...bridge.kernel.rasters import write_grid
        from ...core.common.progress import part

        path = self.parameterAsOutputLayer(parameters, "ALLOWED", context)
        allowed = result.allowed(part(self.progress(feedback), 0.8, 1.0))
        write_grid(allowed, path, description=self.tr("Allowed elevation"), unit="m")
        return path

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> CorridorChoices:
        """What the user decides."""
        from ...bridge.planning.corridor_run import CorridorChoices

        width, eye, refraction, step, cell = (
            self.parameterAsDouble(parameters, name, context)
            for name in ("WIDTH", "EYE_HEIGHT", "REFRACTION", "ZONE_STEP", "CELL_SIZE")
        )
        given = parameters.get("TARGET_HEIGHT") is not None
        height = self.parameterAsDouble(parameters, "TARGET_HEIGHT", context) if given else None
        curved = self.parameterAsBoolean(parameters, "CURVATURE", context)
        form = self.parameterAsString(parameters, "FORM", context)
        return CorridorChoices(form, width, eye, height, refraction if curved else None, step, cell)
