"""twin:findwaterlogging: the depressions of a terrain, how much rain fills them, and where they overflow."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from ...bridge.flood import waterlogging
from ...bridge.flood.setup.ground import read_ground
from ...bridge.kernel import kernels
from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.vectors import read_table, write_rows
from ...core.common.errors import InputError
from ...core.common.progress import part
from ..algorithm import TwinAlgorithm, Values


class FindWaterlogging(TwinAlgorithm):
    ID = "findwaterlogging"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("numba", "shapely")

    def title(self) -> str:
        return self.tr("Find waterlogging")

    def help_text(self) -> str:
        return self.tr(
            "<p>Finds the depressions of a terrain in which rain collects: depth, volume, pour point, catchment, the"
            " rain that fills them, and the depression that they overflow into. Depressions inside others are found"
            " too. This is a quick search by the shape of the ground, without drains, infiltration and time: check what"
            " it finds with 'Simulate flood'.</p>"
        )

    def declare(self, configuration: Values) -> None:
        source, vector = QgsProcessingParameterFeatureSource, QgsProcessing.SourceType
        dtm = QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"))
        self.add(dtm, self.tr("Ground levels in metres, in a projected CRS. Water leaves where there is no data."))
        help_text = self.tr("Footprints that block the water, as blocks 5 m high: any polygon layer, in any CRS.")
        self.add(source("BUILDINGS", self.tr("Buildings"), [vector.TypeVectorPolygon], optional=True), help_text)
        help_text = self.tr("Depth from which a full depression is shown.")
        self.add_number("MIN_DEPTH", self.tr("Least depth (m)"), 0.15, help_text, 0)
        help_text = self.tr("Area from which a full depression is shown.")
        self.add_number("MIN_AREA", self.tr("Least area (m²)"), 100, help_text, 0)
        help_text = self.tr(
            "Rain on the whole terrain without losses; OUTPUT then has the water in each depression, with the overflow"
            " of others. Empty: none."
        )
        self.add_number("RAIN", self.tr("Rain (mm)"), None, help_text, 0)
        extent = QgsProcessingParameterExtent("EXTENT", self.tr("Extent"), optional=True)
        help_text = self.tr("The area to search; water leaves at its edge, so take it wide. Empty: all of the terrain.")
        self.add(extent, help_text, True)
        help_text = self.tr("Empty: the terrain's own.")
        self.add_number("CELL_SIZE", self.tr("Cell size (m)"), None, help_text, 0.01, advanced=True)
        help_text = self.tr("Polygons of the full depressions, the outermost ones below those inside them.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Waterlogging"), vector.TypeVectorPolygon)
        self.add(sink, help_text)
        self.style("OUTPUT", "waterlogging")
        help_text = self.tr("The terrain, with buildings as blocks and every depression filled to its overflow, in m.")
        filled = QgsProcessingParameterRasterDestination("FILLED", self.tr("Filled terrain"), None, True, False)
        self.add(filled, help_text)
        self.style("FILLED", "terrain")
        self._declare_points()
        self.number_outputs(
            COUNT=self.tr("Outermost depressions shown"),
            VOLUME_M3=self.tr("Volume of the depressions shown (m³)"),
            HITS=self.tr("Reported places that were found"),
            MISSES=self.tr("Reported places that were not found"),
            FALSE_ALARMS=self.tr("Found places that nobody reported"),
            CSI=self.tr("Critical success index"),
        )

    def _declare_points(self) -> None:
        """Points of a simulated flood, and the comparison with reported places."""
        help_text = self.tr("Depths over time: RESULT of the flood simulation (.nc). POINTS are found in it.")
        self.add(
            QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc", optional=True), help_text
        )
        help_text = self.tr("Depth from which a cell of RESULT counts for POINTS.")
        self.add_number("POINT_DEPTH", self.tr("Depth of points (m)"), 0.15, help_text, 0.01)
        help_text = self.tr("Time without a break that a cell of RESULT must be so deep.")
        self.add_number("POINT_MINUTES", self.tr("Time of points (min)"), 30, help_text, 0)
        kinds = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        reported = QgsProcessingParameterFeatureSource("REPORTED", self.tr("Reported places"), kinds, optional=True)
        help_text = self.tr(
            "Places where water stood, in any CRS. They are compared with the areas of POINTS where RESULT is given,"
            " else with the outermost depressions: hits, misses, false alarms and the critical success index."
        )
        self.add(reported, help_text)
        help_text = self.tr("A reported place so near to a found one is a hit.")
        self.add_number("NEAR", self.tr("Near (m)"), 50, help_text, 0, advanced=True)
        help_text = self.tr("A point for each area of RESULT that is deep enough for long enough, at its deepest cell.")
        kind = QgsProcessing.SourceType.TypeVectorPoint
        points = QgsProcessingParameterFeatureSink("POINTS", self.tr("Waterlogging points"), kind, None, True, False)
        self.add(points, help_text)
        self.style("POINTS", "waterlogging_points")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the terrain with its buildings, find the depressions, and write those that are large enough."""
        least = [self.parameterAsDouble(parameters, name, context) for name in ("MIN_DEPTH", "MIN_AREA")]
        rain_mm = None
        if parameters.get("RAIN") not in (None, ""):
            rain_mm = self.parameterAsDouble(parameters, "RAIN", context)
        ground = read_ground(self, parameters, context, feedback)
        progress = self.progress(feedback)
        kernels.ready("flood", progress)
        from ...core.flood.terrain import raise_blocks
        from ...core.flood.waterlogging.depression_table import COLUMNS, find_waterlogging
        from ...core.flood.waterlogging.depressions import find_depressions

        terrain = ground.grid
        if ground.buildings is not None:
            raise_blocks(terrain.values, ground.buildings)
        basins = find_depressions(terrain, part(progress, 0.1, 0.7))
        found = find_waterlogging(basins, *least)
        fields, multi = make_fields(COLUMNS), QgsWkbTypes.Type.MultiPolygon
        crs = self.parameterAsRasterLayer(parameters, "DTM", context).crs()
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, multi, crs)
        rows = list(waterlogging.feature_rows(found, terrain, rain_mm, part(progress, 0.7, 0.9)))
        write_rows(sink, fields, rows, feedback)
        filled = self.parameterAsOutputLayer(parameters, "FILLED", context) if parameters.get("FILLED") else None
        if filled:
            waterlogging.write_filled(found, terrain, filled)
        outer = [n for n in found.numbers if basins.parent[n] == 0]
        text = self.tr("{shown} depressions shown, {outer} of them outermost, of {all} in the terrain.")
        feedback.pushInfo(text.format(shown=len(found.numbers), outer=len(outer), all=len(basins.order)))
        self.push_lines(ground.table, feedback)
        results = {"OUTPUT": place, "COUNT": len(outer), "VOLUME_M3": float(basins.volume_m3[outer].sum())}
        shapes = [shape for shape, row in rows if row["nesting"] == 0]
        points, shapes = self._points(parameters, context, feedback, shapes, found.labels(0), terrain)
        score = self._score(parameters, context, feedback, shapes)
        return results | points | score | ({"FILLED": filled} if filled else {})

    def _points(
        self,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        shapes: list[Any],
        depressions: Any,
        terrain: Any,
    ) -> tuple[Values, list[Any]]:
        """Write the points of RESULT: POINTS, and the outlines found there, or those given where there is no RESULT."""
        path = self.parameterAsFile(parameters, "RESULT", context)
        if not path:
            if parameters.get("POINTS"):
                raise InputError(self.tr("POINTS are found in the result of a simulation: choose it in RESULT."))
            return {}, shapes
        from ...bridge.flood.ponding import ResultPonds
        from ...core.flood.waterlogging.ponding import POINT_COLUMNS

        names = ("POINT_DEPTH", "POINT_MINUTES", "MIN_AREA")
        depth, minutes, area = (self.parameterAsDouble(parameters, name, context) for name in names)
        dtm = self.parameterAsRasterLayer(parameters, "DTM", context)
        ponds = ResultPonds(path, dtm, (depth, minutes), area, part(self.progress(feedback), 0.9, 1.0))
        self.push_warnings(ponds.warnings, feedback)
        text = self.tr("{count} areas of the result are at least {depth} m deep for {minutes} min.")
        feedback.pushInfo(text.format(count=len(ponds.areas.cells), depth=f"{depth:g}", minutes=f"{minutes:g}"))
        if not parameters.get("POINTS"):
            return {}, ponds.shapes()
        fields, kind = make_fields(POINT_COLUMNS), QgsWkbTypes.Type.Point
        sink, place = self.parameterAsSink(parameters, "POINTS", context, fields, kind, dtm.crs())
        write_rows(sink, fields, ponds.rows(depressions, terrain), feedback)
        return {"POINTS": place}, ponds.shapes()

    def _score(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback, shapes: list[Any]
    ) -> Values:
        """Compare the outlines with REPORTED, where it is given."""
        reported = self.parameterAsSource(parameters, "REPORTED", context)
        if reported is None:
            return {}
        from ...bridge.flood.ponding import agreement, reported_doubts

        dtm = self.parameterAsRasterLayer(parameters, "DTM", context)
        places = list(read_table(reported, feedback, dtm.crs(), (), context.transformContext()).geometries)
        near_m = self.parameterAsDouble(parameters, "NEAR", context)
        self.push_warnings(reported_doubts(places, dtm.extent().buffered(near_m)), feedback)
        score = agreement(shapes, places, near_m)
        text = self.tr("{hits} hits, {misses} misses, {alarms} false alarms: critical success index {csi}.")
        line = text.format(hits=score.hits, misses=score.misses, alarms=score.false_alarms, csi=f"{score.csi:.2f}")
        feedback.pushInfo(line)
        return {"HITS": score.hits, "MISSES": score.misses, "FALSE_ALARMS": score.false_alarms, "CSI": score.csi}
