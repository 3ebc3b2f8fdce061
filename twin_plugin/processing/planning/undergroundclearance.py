"""twin:undergroundclearance: how near basements, tunnels and pipes come to each other, and what room is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsWkbTypes,
)

from ..algorithm import Values
from ..written_rows import write_output
from .underground_algorithm import UndergroundAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.underground_run import ClearanceChoices


class UndergroundClearance(UndergroundAlgorithm):
    ID = "undergroundclearance"

    def title(self) -> str:
        return self.tr("Underground clearance")

    def help_text(self) -> str:
        return self.tr(
            "<p>Measures how near basements, tunnels and pipes come to each other below the ground: the exact gap in "
            "space, the distance in plan, the gap in height, and the volume that they share. Tables of rules say what "
            "is asked of each pair of kinds, which cover pipes need, and how wide protection zones of rail are.</p>"
            "<p>What is connected is no conflict: pipes that share start_node or end_node, and objects whose field "
            "connects names the other one. A scheme is measured in the place of what it replaces.</p>"
            "<p>With PARCELS, FREE has the volume below each parcel that nothing takes, by depth, today and with the "
            "scheme.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        source = QgsProcessingParameterFeatureSource
        self.add_underground()
        self.add_planned()
        self.add_ground()
        areas = [kinds.TypeVectorPolygon]
        help_text = self.tr("Land in which works need a permit, whatever their depth.")
        self.add(source("ZONES", self.tr("Zones"), areas, optional=True), help_text)
        help_text = self.tr("Land whose free volume is asked; ground_elev_m says where depths begin off the terrain.")
        self.add(source("PARCELS", self.tr("Parcels"), areas, optional=True), help_text)
        help_text = self.tr("All pairs whose gap is at most so wide are listed; conflicts also beyond.")
        self.add_number("SEARCH", self.tr("Search distance (m)"), 2, help_text, 0, 200)
        self.add_text("DEPTHS", self.tr("Depths of FREE (m)"), self.tr("Lower ends of the bands; up to 12."))
        self.parameterDefinition("DEPTHS").setDefaultValue("15; 30; 50")
        self.add_underground_details()
        help_text = self.tr(
            "CSV with kind_a, kind_b, horizontal_m, vertical_m, source; empty: clearance_rules.csv of the plugin."
        )
        rules = QgsProcessingParameterFile("RULES", self.tr("Least clearances"), extension="csv", optional=True)
        self.add(rules, help_text, True)
        self._outputs()

    def _outputs(self) -> None:
        kinds = QgsProcessing.SourceType
        sink = QgsProcessingParameterFeatureSink
        help_text = self.tr("A line between the nearest points of each pair, with its gaps and verdict.")
        self.add(sink("PAIRS", self.tr("Clearances below the ground"), kinds.TypeVectorLine), help_text)
        help_text = self.tr("Round pipes and tunnels with the least ground above their crown; needs a terrain.")
        label = self.tr("Cover of pipes and tunnels")
        self.add(sink("COVER", label, kinds.TypeVectorLine, None, True, False), help_text)
        help_text = self.tr("A row for each parcel and band of depth, with the volume that nothing takes.")
        label = self.tr("Free volume below parcels")
        self.add(sink("FREE", label, kinds.TypeVectorPolygon, None, True, False), help_text)
        for name, style in (("PAIRS", "clearance_pairs"), ("COVER", "pipe_cover"), ("FREE", "free_volume")):
            self.style(name, style)
        self.number_outputs(
            PAIRS_COUNT=self.tr("Pairs"),
            OVERLAPS=self.tr("Pairs that overlap"),
            OVERLAP_M3=self.tr("Volume that they share (m³)"),
            TOO_CLOSE=self.tr("Pairs that are too close"),
            IN_ZONES=self.tr("Pairs in protection zones"),
            PLANNED_PAIRS=self.tr("Pairs with the scheme"),
            PLANNED_OVERLAPS=self.tr("Pairs with the scheme that overlap"),
            PLANNED_TOO_CLOSE=self.tr("Pairs with the scheme that are too close"),
            PLANNED_IN_ZONES=self.tr("Pairs with the scheme in protection zones"),
            LEAST_GAP_M=self.tr("Least gap (m)"),
            SHALLOW_COUNT=self.tr("Pipes with too little cover"),
            FREE_M3=self.tr("Free volume (m³)"),
            FREE_BEFORE_M3=self.tr("Free volume today (m³)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Review what lies below the ground (bridge/planning/underground_run), and write the tables."""
        from ...bridge.planning.underground_run import COVER, FREE, PAIRS, review_underground

        layers, choices = self.underground_layers(parameters, context), self._choices(parameters, context)
        reader, terrain = self.ground(layers, parameters, context, feedback)
        result = review_underground(reader, terrain, layers, choices, self.progress(feedback))
        self.push_warnings(result.warnings, feedback)
        run = parameters, context, feedback
        types = QgsWkbTypes.Type
        places: Values = {}
        for name, columns, rows, kind in (
            ("PAIRS", PAIRS, result.pairs, types.LineStringZ),
            ("COVER", COVER, result.cover, types.MultiLineStringZ),
            ("FREE", FREE, result.free, types.MultiPolygon),
        ):
            places |= write_output(self, name, *run, columns, rows, kind, reader.crs)
        self.push_lines(result.table, feedback)
        return {**places, **result.numbers}

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> ClearanceChoices:
        """What the user decides."""
        from ...bridge.planning.underground_run import ClearanceChoices, depths_of

        depths = depths_of(self.parameterAsString(parameters, "DEPTHS", context))
        kinds, rules = (self.parameterAsFile(parameters, name, context) for name in ("KINDS", "RULES"))
        search = self.parameterAsDouble(parameters, "SEARCH", context)
        return ClearanceChoices(search, depths, self.pipe_choices(parameters, context), kinds, rules)
