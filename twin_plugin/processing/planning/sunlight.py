"""twin:sunlight: hours of sun at windows and facades by a rule, before and after a scheme, and who takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.sunlight_run import SunChoices, SunlightResult
    from ...core.planning.sun_rules import SunRule

RULES = (
    "great_cold_2h", "great_cold_3h", "solstice_1h", "aged_home_2h", "nursery_3h", "beijing_great_cold",
    "beijing_solstice", "hangzhou_dwellings", "hangzhou_nurseries", "full_window_great_cold",
)  # fmt: skip
"""Those of resources/tables/sunlight_rules.csv."""


class Sunlight(PlanningAlgorithm):
    ID = "sunlight"

    def title(self) -> str:
        return self.tr("Sunlight")

    def help_text(self) -> str:
        return self.tr(
            "<p>Shows when the sun reaches each window, to the second, and whether it does so for as long as a rule "
            "asks: the day, a band in true solar time, hours as a sum or as the longest spells, the shortest spell "
            "that counts, and the smallest angle between ray and wall.</p><p>POINTS are the windows of a twin base; "
            "without them points are set along the facades of buildings of some uses, storey by storey.</p><p>With "
            "SCHEME each window is compared before and after. BLOCKERS says which building takes how much.</p><p>The "
            "terrain and trees take no sun from windows. GROUND has the hours of ground and roofs in steps.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        self.add_city(terrain_optional=True)
        help_text = self.tr(
            "Windows: OPENINGS of a twin base, or points. Fields used: building_id, kind, sill_elev_m (else the Z of "
            "the point), width_m, is_external, storey_id. Empty: points along facades."
        )
        self.add(source("POINTS", self.tr("Windows"), [kinds.TypeVectorPoint], optional=True), help_text)
        self.add_scheme()
        help_text = self.tr(
            "Day, band, hours and how they count: a row of sunlight_rules.csv. Not used with a table of your own."
        )
        self.add_choice("RULE", self.tr("Rule"), RULES, "great_cold_3h", help_text)
        help_text = self.tr("CSV of your own with the columns of sunlight_rules.csv.")
        table = QgsProcessingParameterFile("RULES", self.tr("Own rules"), extension="csv", optional=True)
        self.add(table, help_text, True)
        help_text = self.tr("Rule of your own table, by its id; empty: the first one.")
        self.add_text("OWN_RULE", self.tr("Own rule"), help_text, advanced=True)
        help_text = self.tr(
            "Uses of the buildings that are reviewed, separated by commas, in the words of the field use; * for all."
        )
        self.add_text("USES", self.tr("Uses of reviewed buildings"), help_text)
        self.parameterDefinition("USES").setDefaultValue("residential")
        help_text = self.tr("Distance between points along a facade: 0.6 to 1 m is usual.")
        self.add_number("SPACING", self.tr("Spacing along facades (m)"), 1, help_text, 0.1, 100)
        help_text = self.tr("Year of the day: the standards take 2001.")
        self.add_number("YEAR", self.tr("Year"), 2001, help_text, 1950, 2100, True, True)
        help_text = self.tr("Latitude that a rule names for its city; empty: that of the layers.")
        self.add_number("LATITUDE", self.tr("Latitude (°)"), None, help_text, -66, 66, advanced=True)
        help_text = self.tr("Hours that clocks are ahead of UTC, for the times of the clock in BY_TIME.")
        self.add_number("TIME_ZONE", self.tr("Time zone (h)"), 8, help_text, -12, 14, advanced=True)
        help_text = self.tr("Cells of GROUND; empty: those of the terrain.")
        self.add_number("CELL_SIZE", self.tr("Cell size of GROUND (m)"), None, help_text, 0.1, 100, advanced=True)
        self.add_height_fields()
        self._outputs()

    def _outputs(self) -> None:
        kinds, sink = QgsProcessing.SourceType, QgsProcessingParameterFeatureSink
        help_text = self.tr("The windows or points with their minutes of sun, spells, verdict and who takes most.")
        self.add(sink("OUTPUT", self.tr("Sunlight of points"), kinds.TypeVectorPoint), help_text)
        self.style("OUTPUT", "sunlight_points")
        help_text = self.tr("The buildings with their worst point, how many fail, and what they take from others.")
        areas = kinds.TypeVectorPolygon
        self.add(sink("BUILDINGS_OUT", self.tr("Sunlight of buildings"), areas, None, True), help_text)
        self.style("BUILDINGS_OUT", "sunlight_buildings")
        help_text = self.tr("A row for each point and building that takes sun from it: for how long, and alone.")
        self.add(sink("BLOCKERS", self.tr("Who takes the sun"), kinds.TypeVector, None, True), help_text)
        help_text = self.tr("How many points are in the sun, every 15 minutes.")
        self.add(sink("BY_TIME", self.tr("Sunlight by time"), kinds.TypeVector, None, True), help_text)
        help_text = self.tr("Hours of sun on ground and roofs by the same rule, in its steps; needs DTM.")
        raster = QgsProcessingParameterRasterDestination("GROUND", self.tr("Hours of sun"), None, True, False)
        self.add(raster, help_text)
        self.style("GROUND", "sun_hours")
        self.number_outputs(
            POINTS_COUNT=self.tr("Points"),
            FACING_AWAY=self.tr("Points that face away from the sun"),
            FAILING=self.tr("Points with too little sun"),
            FAILING_BEFORE=self.tr("Points with too little sun without the scheme"),
            NEWLY_FAILING=self.tr("Points that fail by the scheme"),
            FAILING_MORE=self.tr("Points that failed and lose more"),
            PLANNED_FAILING=self.tr("Points of the scheme with too little sun"),
            BUILDINGS_FAILING=self.tr("Buildings with such points"),
            LEAST_MIN=self.tr("Fewest minutes"),
            LOST_MAX_MIN=self.tr("Greatest loss (min)"),
            LOST_MEAN_MIN=self.tr("Mean loss (min)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Review the windows of the city (bridge/planning/sunlight_run), and write them with their verdicts."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.planning import sunlight_run
        from ...bridge.planning.sun_objects import SunLayers

        layers = SunLayers(*(self.source(parameters, name, context) for name in ("BUILDINGS", "SCHEME", "POINTS")))
        choices = self._choices(parameters, context)
        city = self.city(parameters, context, feedback)
        found = sunlight_run.review_sunlight(city, layers, choices, self.progress(feedback))
        self.push_warnings(found.notes, feedback)
        run = parameters, context, feedback
        kinds = QgsWkbTypes.Type
        written = write_output(self, "OUTPUT", *run, sunlight_run.POINTS_OUT, found.rows(), kinds.PointZ, city.crs)
        written |= write_output(
            self, "BUILDINGS_OUT", *run, sunlight_run.BUILDINGS_OUT, found.buildings(), kinds.MultiPolygon, city.crs
        )
        written |= write_output(self, "BLOCKERS", *run, sunlight_run.BLOCKERS, found.blockers())
        written |= write_output(self, "BY_TIME", *run, sunlight_run.BY_TIME, found.by_time())
        written |= self._ground(found, *run)
        self.push_lines(table_lines(found.entries), feedback)
        return written | found.numbers

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> SunChoices:
        """What the user decides."""
        from ...bridge.kernel.runtime import threads
        from ...bridge.planning.sunlight_run import SunChoices

        latitude = parameters.get("LATITUDE")
        uses = self.parameterAsString(parameters, "USES", context).replace("，", ",").split(",")
        return SunChoices(
            self._rule(parameters, context),
            self.parameterAsInt(parameters, "YEAR", context),
            self.parameterAsDouble(parameters, "TIME_ZONE", context),
            None if latitude in (None, "") else self.parameterAsDouble(parameters, "LATITUDE", context),
            tuple(use.strip() for use in uses if use.strip()) or ("*",),
            self.parameterAsDouble(parameters, "SPACING", context),
            threads(0, QgsApplication.platform() == "desktop"),
        )

    def _rule(self, parameters: Values, context: QgsProcessingContext) -> SunRule:
        """The rule of the plugin's table, or of the user's."""
        from ...bridge.kernel import resources
        from ...core.planning.sun_rules import read_rules

        own, name = (self.parameterAsString(parameters, key, context).strip() for key in ("RULES", "OWN_RULE"))
        if not own:
            return read_rules(resources.table("sunlight_rules"))[self.parameterAsString(parameters, "RULE", context)]
        rules = read_rules(Path(own))
        if name and name not in rules:
            sentence = self.tr("The table '{path}' has no rule '{name}': it has {known}.")
            raise InputError(sentence.format(path=Path(own).name, name=name, known=", ".join(list(rules)[:8])))
        return rules[name] if name else next(iter(rules.values()))

    def _ground(
        self, found: SunlightResult, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Values:
        """Write GROUND where it is wanted."""
        if not parameters.get("GROUND"):
            return {}
        from ...bridge.kernel.rasters import write_grid

        cell = parameters.get("CELL_SIZE")
        size = None if cell in (None, "") else self.parameterAsDouble(parameters, "CELL_SIZE", context)
        place = self.parameterAsOutputLayer(parameters, "GROUND", context)
        write_grid(found.ground(size, self.progress(feedback)), place, description=self.tr("Hours of sun"), unit="h")
        return {"GROUND": place}
