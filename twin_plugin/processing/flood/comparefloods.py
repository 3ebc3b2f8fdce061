"""twin:comparefloods: what changes from one flood run to another, in each cell and in figures."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ...bridge.flood.analysis import compared_runs, comparison_outputs
from ...core.common.progress import advance, part
from ...core.flood.analysis.comparison import COLUMNS, compare_depths
from ...core.flood.setup import MIN_WET_DEPTH_M
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

STYLES = {
    "DIFFERENCE": "flood_difference",
    "CHANGE": "flood_change",
    "LEVEL_DIFFERENCE": "flood_difference",
    "ARRIVAL_DIFFERENCE": "flood_arrival_difference",
}


class CompareFloods(TwinAlgorithm):
    ID = "comparefloods"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Compare floods")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares two flood runs of one area: where B is deeper or shallower than A, where only one of them is"
            " wet, and the figures of both in a table, with the settings that differ. Two runs of the same input differ"
            " by 0.</p><p>Choose the maximum depths of both runs. Levels, arrival times, hazard and summaries are taken"
            " from the folders of the depths, where they are of the same run. Runs in two coordinate reference systems"
            " or at two places are refused. Cells of B that are not those of A are brought onto them by the nearest"
            " neighbour; the log says so.</p>"
        )

    def declare(self, configuration: Values) -> None:
        for side in "AB":
            depth = QgsProcessingParameterRasterLayer(
                f"DEPTH_{side}", self.tr("Maximum depth of run {side}").format(side=side), optional=True
            )
            self.add(depth, self.tr("Output DEPTH_MAX of a flood simulation, or depths of another program, in metres."))
        help_text = self.tr("Depths that differ by no more count as the same.")
        self.add_number("TOLERANCE", self.tr("Same to (m)"), 0.01, help_text, 0)
        help_text = self.tr("Depth from which a cell counts as wet.")
        self.add_number("WET_DEPTH_M", self.tr("Wet from (m)"), 0.05, help_text, MIN_WET_DEPTH_M)
        polygons = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        for side in "AB":
            label = self.tr("Building risk of run {side}").format(side=side)
            risk = QgsProcessingParameterFeatureSource(f"RISK_{side}", label, polygons, optional=True)
            self.add(risk, self.tr("Output of 'Building risk' for this run: the table counts buildings by class."))
        for side in "AB":
            self._declare_more(side)
        for name, label, help_text, usual in (
            ("DIFFERENCE", self.tr("Difference of depths"),
             self.tr("Depth of B minus depth of A, in metres; no data where both are dry."), True),
            ("CHANGE", self.tr("Change"),
             self.tr("0 dry, 1 the same, 2 deeper in B, 3 shallower in B, 4 wet in B only, 5 wet in A only."), True),
            ("LEVEL_DIFFERENCE", self.tr("Difference of water levels"),
             self.tr("Level of B minus level of A, in metres; no data where one is dry."), False),
            ("ARRIVAL_DIFFERENCE", self.tr("Difference of arrival times"),
             self.tr("Minutes that the water comes later in B than in A; no data where one is dry."), False),
        ):  # fmt: skip
            self.add(QgsProcessingParameterRasterDestination(name, label, None, True, usual), help_text)
            self.style(name, STYLES[name])
        kind = QgsProcessing.SourceType.TypeVector
        table = QgsProcessingParameterFeatureSink("TABLE", self.tr("Comparison of figures"), kind, None, True)
        self.add(table, self.tr("A row for each figure: its value in A and B, the difference, and that in percent."))
        self.number_outputs(
            MAX_DIFFERENCE_M=self.tr("Largest difference of depths (m)"),
            ONLY_A_AREA_M2=self.tr("Area wet in A only (m²)"),
            ONLY_B_AREA_M2=self.tr("Area wet in B only (m²)"),
            DEEPER_AREA_M2=self.tr("Area deeper in B (m²)"),
            SHALLOWER_AREA_M2=self.tr("Area shallower in B (m²)"),
        )

    def _declare_more(self, side: str) -> None:
        """What is found beside the depths of a run, where it is not given."""
        help_text = self.tr(
            "Output {output} of the flood simulation; empty: that of the run in the folder of the depths."
        )
        for name, label, output in (
            ("LEVEL", self.tr("Maximum water level of run {side}"), "LEVEL_MAX"),
            ("ARRIVAL", self.tr("Arrival time of run {side}"), "ARRIVAL"),
            ("HAZARD", self.tr("Hazard of run {side}"), "HAZARD"),
        ):
            layer = QgsProcessingParameterRasterLayer(f"{name}_{side}", label.format(side=side), optional=True)
            self.add(layer, help_text.format(output=output), True)
        label = self.tr("Flood over time of run {side}").format(side=side)
        result = QgsProcessingParameterFile(f"RESULT_{side}", label, extension="nc", optional=True)
        self.add(result, self.tr("Output RESULT of the flood simulation, where there is no raster of depths."), True)
        label = self.tr("Summary of run {side}").format(side=side)
        summary = QgsProcessingParameterFile(f"SUMMARY_{side}", label, extension="json", optional=True)
        self.add(summary, help_text.format(output="SUMMARY"), True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read both runs onto the cells of A, compare them, and write what is wanted."""
        progress = self.progress(feedback)
        wet_m, tolerance_m = (self.parameterAsDouble(parameters, n, context) for n in ("WET_DEPTH_M", "TOLERANCE"))
        pair = compared_runs.read_pair(self, parameters, context, wet_m, part(progress, 0.0, 0.6))
        self.push_warnings(pair.notes, feedback)
        classes, notes = compared_runs.read_classes(self, parameters, context, feedback, pair)
        self.push_warnings(notes, feedback)
        outputs = {n: self.parameterAsOutputLayer(parameters, n, context) for n in STYLES if parameters.get(n)}
        comparison_outputs.require_sources(pair, outputs)
        comparison = compare_depths(*pair.values["DEPTH"], wet_m, tolerance_m)
        advance(progress, 0.7, self.tr("Writing"))
        comparison_outputs.write_rasters(pair, comparison, outputs)
        results: Values = dict(outputs)
        rows = comparison_outputs.rows(pair, comparison, wet_m, classes)
        results |= write_output(self, "TABLE", parameters, context, feedback, COLUMNS, rows)
        numbers = comparison_outputs.numbers(pair, comparison)
        text = self.tr(
            "Wet in B only {only_b} m², in A only {only_a} m²; deeper in B {deeper} m², shallower {shallower} m²;"
            " largest difference {largest} m."
        )
        areas = {n.removesuffix("_AREA_M2").lower(): f"{v:,.0f}" for n, v in numbers.items() if n.endswith("_M2")}
        feedback.pushInfo(text.format(largest=f"{numbers['MAX_DIFFERENCE_M']:+.3f}", **areas))
        return results | numbers
