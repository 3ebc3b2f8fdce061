"""twin:railoptions: whom options of a rail line serve, what they run into, and which entrances a flood reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.rail.run import RailChoices, RailLayers

MOST_MINUTES = 6
SOURCES = ("ALIGNMENTS", "STATIONS", "ENTRANCES", "ROADS", "PEOPLE", "UNDERGROUND", "WORKS")


class RailOptions(TwinAlgorithm):
    ID = "railoptions"
    GROUP_ID = ICON = "rail"
    PACKAGES = ("shapely", "numba")

    def title(self) -> str:
        return self.tr("Rail options")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares options of rail lines: people and jobs within 5, 10 and 15 minutes on foot of their stations,"
            " each counted once; protection zones; basements, works and other lines that the structure runs into; and"
            " entrances below the level of a flood. OPTIONS has one row for each option.</p>"
            "<p>Catchments are the streets that people reach from the entrances, and the land beside them; without "
            "ROADS they are circles. Gaps are those of the structure along the sloping rail to prisms with a flat top "
            "and bottom.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr(
            "Pieces of lines in a projected CRS in metres. Fields: option, line, kind (underground, at_grade, "
            "elevated), state, rail_start_m and rail_end_m (level of the rail) unless the geometry has heights, "
            "cost_mcny."
        )
        self.add(source("ALIGNMENTS", self.tr("Alignments"), [kinds.TypeVectorLine]), help_text)
        help_text = self.tr("Stations with the fields option, station_id and name.")
        self.add(source("STATIONS", self.tr("Stations"), [kinds.TypeVectorPoint]), help_text)
        help_text = self.tr("Entrances with the fields station_id and sill_elev_m. People walk from them.")
        self.add(source("ENTRANCES", self.tr("Entrances"), [kinds.TypeVectorPoint], optional=True), help_text)
        help_text = self.tr("Streets and paths that meet where they share a vertex; people walk in both directions.")
        self.add(source("ROADS", self.tr("Streets and paths"), [kinds.TypeVectorLine], optional=True), help_text)
        people = [kinds.TypeVectorPoint, kinds.TypeVectorPolygon]
        help_text = self.tr("Points or polygons with people and jobs; polygons count by the share of their area.")
        self.add(source("PEOPLE", self.tr("People and jobs"), people, optional=True), help_text)
        help_text = self.tr("Basements with the fields top_elev_m and bottom_elev_m: table underground of a twin base.")
        areas = [kinds.TypeVectorPolygon]
        self.add(source("UNDERGROUND", self.tr("Basements"), areas, optional=True), help_text)
        help_text = self.tr("Works that dig, with top_elev_m and bottom_elev_m or excavation_m (depth).")
        self.add(source("WORKS", self.tr("Works"), areas, optional=True), help_text)
        help_text = self.tr("Level of the flood of 100 years in m: LEVEL_MAX of the flood simulation.")
        flood = QgsProcessingParameterRasterLayer("FLOOD_LEVEL", self.tr("Flood level"), optional=True)
        self.add(flood, help_text)
        help_text = self.tr("Minutes of the catchments; up to 6.")
        self.add_text("MINUTES", self.tr("Minutes on foot"), help_text)
        self.parameterDefinition("MINUTES").setDefaultValue("5; 10; 15")
        self._details()
        self._outputs()

    def _details(self) -> None:
        speed = self.tr("Speed on foot (km/h)")
        self.add_number("WALK_SPEED_KMH", speed, 4.5, self.tr("How fast people walk."), 1, 10, advanced=True)
        help_text = self.tr("Land within this distance of a street that is reached belongs to the catchment.")
        self.add_number("BESIDE", self.tr("Land beside a street (m)"), 50, help_text, 1, 500, advanced=True)
        help_text = self.tr("A station whose entrances all lie further from every street has no catchment.")
        self.add_number("REACH", self.tr("Way to the street (m)"), 200, help_text, 1, 2000, advanced=True)
        help_text = self.tr("Without ROADS: ways are so much longer than the straight line.")
        self.add_number("DETOUR", self.tr("Detour factor"), 1.3, help_text, 1, 3, advanced=True)
        any_type = QgsProcessingParameterField.DataType.Any
        for name, label, help_text in (
            ("PEOPLE_FIELD", self.tr("Field of people"), self.tr("Empty: residents, people or population.")),
            ("JOBS_FIELD", self.tr("Field of jobs"), self.tr("Empty: jobs or workers.")),
        ):
            field = QgsProcessingParameterField(name, label, None, "PEOPLE", any_type, optional=True)
            self.add(field, help_text, True)
        help_text = self.tr(
            "CSV with kind, words, protection_m, width_m, below_m, above_m, cost_mcny_km; empty: rail_zones.csv of the "
            "plugin (50 m beside tunnels, 30 m beside other structures)."
        )
        zones = QgsProcessingParameterFile("ZONES", self.tr("Protection zones"), extension="csv", optional=True)
        self.add(zones, help_text, True)

    def _outputs(self) -> None:
        kinds = QgsProcessing.SourceType
        sink = QgsProcessingParameterFeatureSink
        polygon, point, line = kinds.TypeVectorPolygon, kinds.TypeVectorPoint, kinds.TypeVectorLine
        for name, label, kind, style, help_text in (
            (
                "OPTIONS",
                self.tr("Rail options"),
                line,
                "rail_options",
                self.tr("A row for each option, with its figures."),
            ),
            (
                "CATCHMENTS",
                self.tr("Rail catchments"),
                polygon,
                "rail_catchments",
                self.tr("A row for each station and number of minutes, with its people and jobs."),
            ),
            (
                "PROTECTION",
                self.tr("Rail protection zones"),
                polygon,
                "rail_protection",
                self.tr("The protection zone of each option, by kind of structure."),
            ),
            (
                "CONFLICTS",
                self.tr("Rail conflicts"),
                polygon,
                "rail_conflicts",
                self.tr("A row for each piece of an option and each object in its protection zone, with both gaps."),
            ),
            (
                "ENTRANCE_LEVELS",
                self.tr("Rail entrances and flood"),
                point,
                "rail_entrance_levels",
                self.tr("The entrances with the level of the flood near them, and how far it lies above the sill."),
            ),
        ):
            optional = name != "OPTIONS"
            self.add(sink(name, label, kind, None, optional, not optional), help_text)
            self.style(name, style)
        self.number_outputs(
            OPTIONS_COUNT=self.tr("Options"),
            STATIONS_COUNT=self.tr("Stations"),
            CLASHES=self.tr("Objects that structures run into"),
            ENTRANCES_BELOW=self.tr("Entrances below the level of the flood"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Compare the options (bridge/rail/run), and write the five tables."""
        from ...bridge.rail.run import compare_options
        from ...core.rail.tables import CATCHMENTS, CONFLICTS, ENTRANCES, PROTECTION, option_columns

        layers, choices = self._layers(parameters, context), self._choices(parameters, context)
        result = compare_options(layers, choices, context, feedback, self.progress(feedback))
        self.push_warnings(result.warnings, feedback)
        run = parameters, context, feedback
        area, point = QgsWkbTypes.Type.MultiPolygon, QgsWkbTypes.Type.Point
        line, minutes = QgsWkbTypes.Type.MultiLineString, choices.walking.minutes
        places: Values = {}
        for name, columns, rows, kind in (
            ("OPTIONS", option_columns(minutes), result.options, line),
            ("CATCHMENTS", CATCHMENTS, result.catchments, area),
            ("PROTECTION", PROTECTION, result.protection, area),
            ("CONFLICTS", CONFLICTS, result.conflicts, area),
            ("ENTRANCE_LEVELS", ENTRANCES, result.entrances, point),
        ):
            places |= write_output(self, name, *run, columns, rows, kind, result.crs)
        self.push_lines(result.table, feedback)
        return {**places, **result.numbers}

    def _layers(self, parameters: Values, context: QgsProcessingContext) -> RailLayers:
        """The layers that are there."""
        from ...bridge.rail.run import RailLayers

        sources = [self.parameterAsSource(parameters, name, context) for name in SOURCES]
        for name, source in zip(SOURCES, sources, strict=True):
            if source is None and (parameters.get(name) or name in ("ALIGNMENTS", "STATIONS")):
                raise InputError(self.tr("{name} cannot be read: choose another layer.").format(name=name))
        alignments, stations, *rest = sources
        return RailLayers(alignments, stations, *rest, self.parameterAsRasterLayer(parameters, "FLOOD_LEVEL", context))

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> RailChoices:
        """What the user decides."""
        from ...bridge.rail.run import RailChoices
        from ...core.rail.catchments import Walking

        speed, beside, reach, detour = (
            self.parameterAsDouble(parameters, name, context)
            for name in ("WALK_SPEED_KMH", "BESIDE", "REACH", "DETOUR")
        )
        minutes = self._minutes(self.parameterAsString(parameters, "MINUTES", context))
        people, jobs = (self.parameterAsString(parameters, name, context) for name in ("PEOPLE_FIELD", "JOBS_FIELD"))
        zones = self.parameterAsFile(parameters, "ZONES", context)
        return RailChoices(Walking(speed, minutes, beside, reach, detour), people, jobs, zones)

    def _minutes(self, text: str) -> tuple[float, ...]:
        """Minutes from a text, rising and each once."""
        try:
            minutes = sorted({float(word) for word in text.replace(",", ";").split(";") if word.strip()})
        except ValueError:
            minutes = []
        if not 0 < len(minutes) <= MOST_MINUTES or any(not 0 < value <= 120 for value in minutes):
            sentence = self.tr("MINUTES must be 1 to 6 numbers up to 120, as in '5; 10; 15', not '{text}'.")
            raise InputError(sentence.format(text=text))
        return tuple(minutes)
