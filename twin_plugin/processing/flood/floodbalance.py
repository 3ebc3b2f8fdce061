"""twin:floodbalance: the water of zones over time, from the result of a simulation."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ...bridge.flood.analysis import balance_chart, zone_reading
from ...bridge.kernel.chart_page import draw
from ...core.common.progress import advance, part
from ...core.flood.analysis.zone_balance import COLUMNS
from ...core.flood.setup import MIN_WET_DEPTH_M
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output


class FloodBalance(TwinAlgorithm):
    ID = "floodbalance"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Water balance of zones")

    def help_text(self) -> str:
        return self.tr(
            "<p>Adds up the water of a simulated flood by zone and time: volume, wet area, greatest and mean depth, the"
            " change, and what came in from around. Zones are any polygons: catchments, blocks, districts.</p><p>A cell"
            " belongs to the zone that holds its centre. The zones and what is outside them add up to the water that"
            " the run stored, which is checked and reported.</p>"
        )

    def declare(self, configuration: Values) -> None:
        result = QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc")
        self.add(result, self.tr("Output RESULT of the flood simulation."))
        vector = QgsProcessing.SourceType
        zones = QgsProcessingParameterFeatureSource("ZONES", self.tr("Zones"), [vector.TypeVectorPolygon])
        self.add(zones, self.tr("Polygons in any CRS. Where they overlap, the later one in the layer counts."))
        field = QgsProcessingParameterField("ID_FIELD", self.tr("Name of the zones"), None, "ZONES", optional=True)
        self.add(field, self.tr("Field whose values name the zones in OUTPUT and PICTURE; empty: the feature id."))
        table = QgsProcessingParameterFeatureSource(
            "BALANCE", self.tr("Water balance of the run"), [vector.TypeVector], optional=True
        )
        help_text = self.tr(
            "Output BALANCE of the simulation: with it the rain and the exchange of each zone are known."
        )
        self.add(table, help_text)
        help_text = self.tr("Depth from which a cell counts as wet.")
        self.add_number("WET_DEPTH_M", self.tr("Wet from (m)"), 0.05, help_text, MIN_WET_DEPTH_M)
        summary = QgsProcessingParameterFile("SUMMARY", self.tr("Summary"), extension="json", optional=True)
        help_text = self.tr("Output SUMMARY of the simulation; empty: that of the run in the folder of RESULT.")
        self.add(summary, help_text, True)
        help_text = self.tr("A row for each zone and time, for what is outside all zones, and for all together.")
        output = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Water of the zones"), vector.TypeVector)
        self.add(output, help_text)
        kinds = self.tr("PNG picture (*.png);;SVG drawing (*.svg)")
        picture = QgsProcessingParameterFileDestination("PICTURE", self.tr("Chart"), kinds, None, True, False)
        self.add(
            picture, self.tr("The volumes of the zones over time, stacked: the largest seven, the others together.")
        )
        whole = QgsProcessingParameterFileDestination(
            "BALANCE_PICTURE", self.tr("Chart of the run"), kinds, None, True, False
        )
        help_text = self.tr(
            "Where the water of the run went over time, stacked: on the terrain, into the ground and drains, over each"
            " edge. It needs BALANCE."
        )
        self.add(whole, help_text)
        self.number_outputs(
            ZONES_COUNTED=self.tr("Zones that hold cells"),
            PEAK_VOLUME_M3=self.tr("Most water at one time (m³)"),
            END_VOLUME_M3=self.tr("Water at the end (m³)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the result and the zones, add up their water, compare it with the run's, and write table and chart."""
        progress = self.progress(feedback)
        reader = zone_reading.ZoneReader(self, parameters, context, feedback)
        account = reader.account()
        wet_m = self.parameterAsDouble(parameters, "WET_DEPTH_M", context)
        zones = reader.balance(wet_m, part(progress, 0.05, 0.7))
        rain_m = reader.rain_m(account)
        reader.check(zones, account)
        self.push_warnings(reader.warnings, feedback)
        advance(progress, 0.75, self.tr("Writing"))
        rows = zone_reading.rows(zones, rain_m)
        results = write_output(self, "OUTPUT", parameters, context, feedback, COLUMNS, rows)
        if parameters.get("PICTURE"):
            results["PICTURE"] = self.parameterAsFileOutput(parameters, "PICTURE", context)
            draw(balance_chart.zone_chart(zones), results["PICTURE"])
        if parameters.get("BALANCE_PICTURE"):
            results["BALANCE_PICTURE"] = self.parameterAsFileOutput(parameters, "BALANCE_PICTURE", context)
            draw(reader.whereabouts(account), results["BALANCE_PICTURE"])
        self.push_lines(reader.table, feedback)
        volumes = [float(state.volume_m3[-1]) for state in zones.states]
        return results | {
            "ZONES_COUNTED": len(zones.names) - len(zones.empty()),
            "PEAK_VOLUME_M3": max(volumes),
            "END_VOLUME_M3": volumes[-1],
        }
