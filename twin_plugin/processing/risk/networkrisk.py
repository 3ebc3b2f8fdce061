"""twin:networkrisk: which roads, rails, pipes and other assets the water closes, when, and what fails with them."""

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

from ...bridge.kernel.vectors import write_rows
from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.risk.network_run import NetworkChoices

VEHICLES = ("small_car", "large_car", "four_wheel_drive")
MOST_THRESHOLDS = 12


class NetworkRisk(TwinAlgorithm):
    ID = "networkrisk"
    GROUP_ID = ICON = "risk"
    PACKAGES = ("shapely", "numba")

    def title(self) -> str:
        return self.tr("Network risk")

    def help_text(self) -> str:
        return self.tr(
            "<p>Shows which roads, rails, pipes or points the water closes: the length above each depth, the greatest"
            " depth, when an asset closes and opens again, and the speed that is left on it.</p><p>Lines are cut at the"
            " cells of the depths, so that lengths are exact. Choose DEPTH, or RESULT, or both; times need RESULT."
            " Bridges and tunnels (fields is_bridge, bridge, is_tunnel, tunnel) count as open: the water on the ground"
            " is not on them.</p><p>With DEPENDENCIES, FAILURES says what fails with what is closed: a pump without its"
            " substation, an underpass without its pump.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        source, raster = QgsProcessingParameterFeatureSource, QgsProcessingParameterRasterLayer
        help_text = self.tr("Roads, rails, pipes, or points. Fields used: id, asset_id, road_id; speed_km_h, maxspeed.")
        assets = [kinds.TypeVectorLine, kinds.TypeVectorPoint]
        self.add(source("NETWORK", self.tr("Lines or points"), assets), help_text)
        help_text = self.tr("Maximum depth in m, 0 where dry: DEPTH_MAX of the flood simulation.")
        self.add(raster("DEPTH", self.tr("Maximum depth"), optional=True), help_text)
        help_text = self.tr("Depths over time: RESULT of the flood simulation (.nc).")
        result = QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc", optional=True)
        self.add(result, help_text)
        help_text = self.tr(
            "Maximum velocity in m/s: VELOCITY_MAX of the flood simulation. Its product with the depth then also closes"
            " an asset: see VEHICLE."
        )
        self.add(raster("VELOCITY", self.tr("Maximum velocity"), optional=True), help_text)
        self.add_number("CAUTION_DEPTH", self.tr("Caution from (m)"), 0.15, self.tr("Depth that closes a lane."), 0.01)
        self.add_number("CLOSED_DEPTH", self.tr("Closed from (m)"), 0.30, self.tr("Depth that closes an asset."), 0.01)
        help_text = self.tr("OUTPUT has the length of each line with at least so much water; up to 12 depths.")
        thresholds = self.tr("Depths of the lengths (m)")
        self.add_text("THRESHOLDS", thresholds, help_text)
        self.parameterDefinition("THRESHOLDS").setDefaultValue("0.15; 0.30; 0.50")
        help_text = self.tr(
            "Whose product of depth and speed closes: small_car 0.30 m²/s, large_car 0.45, four_wheel_drive 0.60. Only"
            " with VELOCITY."
        )
        self.add_choice("VEHICLE", self.tr("Vehicle"), VEHICLES, VEHICLES[0], help_text, advanced=True)
        help_text = self.tr(
            "Field of the class by which SUMMARY counts; empty: road_class, highway, kind and the like."
        )
        label, any_type = self.tr("Class field"), QgsProcessingParameterField.DataType.Any
        field = QgsProcessingParameterField("CLASS_FIELD", label, None, "NETWORK", any_type, optional=True)
        self.add(field, help_text, True)
        help_text = self.tr("Speed on dry lines that have none of their own.")
        self.add_number("FREE_SPEED", self.tr("Speed without water (km/h)"), 30, help_text, 1, 300, advanced=True)
        help_text = self.tr(
            "Rows with asset and needs (ids of NETWORK); group: rows of one group are alternatives, of which one is "
            "enough; backup_h: hours that the asset goes on without."
        )
        table = source("DEPENDENCIES", self.tr("What needs what"), [kinds.TypeVector], optional=True)
        self.add(table, help_text, True)
        self._outputs()

    def _outputs(self) -> None:
        kinds = QgsProcessing.SourceType
        help_text = self.tr("The assets with their own fields and the results.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Network risk"), kinds.TypeVectorAnyGeometry)
        self.add(sink, help_text)
        self.style("OUTPUT", "network_risk")
        help_text = self.tr("A row for each class: assets and length by whether they are open, and the first closure.")
        sink = QgsProcessingParameterFeatureSink("SUMMARY", self.tr("Classes"), kinds.TypeVector, None, True)
        self.add(sink, help_text)
        help_text = self.tr("A row for each asset that fails, by water or with others: step, minute and reason.")
        sink = QgsProcessingParameterFeatureSink("FAILURES", self.tr("Failures"), kinds.TypeVector, None, True)
        self.add(sink, help_text)
        self.number_outputs(
            COUNT=self.tr("Assets"),
            CLOSED=self.tr("Closed assets"),
            CAUTION=self.tr("Assets that need caution"),
            UNKNOWN=self.tr("Assets without known depths"),
            CLOSED_KM=self.tr("Length of the closed lines (km)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Assess the assets against the water (bridge/risk/network_run), and write them with the results."""
        from ...bridge.flood.water import WaterSource
        from ...bridge.risk.network_layers import FAILURES, SUMMARY
        from ...bridge.risk.network_run import NetworkLayers, assess_network

        network, needs = (self.parameterAsSource(parameters, n, context) for n in ("NETWORK", "DEPENDENCIES"))
        if network is None:
            raise InputError(self.tr("NETWORK cannot be read: choose a layer of lines or points."))
        depth, velocity = (self.parameterAsRasterLayer(parameters, name, context) for name in ("DEPTH", "VELOCITY"))
        water = WaterSource(depth, None, None, self.parameterAsFile(parameters, "RESULT", context))
        layers = NetworkLayers(network, velocity, needs)
        choices = self._choices(parameters, context)
        result = assess_network(layers, water, choices, context, feedback, self.progress(feedback))
        self.push_warnings([*water.warnings(), *result.warnings], feedback)
        kind, crs = network.wkbType(), network.sourceCrs()
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, result.fields, kind, crs)
        write_rows(sink, result.fields, result.rows, feedback)
        if QgsWkbTypes.geometryType(kind) == QgsWkbTypes.GeometryType.PointGeometry:
            self.style("OUTPUT", "network_risk_points")
        run = parameters, context, feedback
        tables = write_output(self, "SUMMARY", *run, SUMMARY, result.summary)
        tables |= write_output(self, "FAILURES", *run, FAILURES, result.failures)
        self.push_lines(result.table, feedback)
        return {"OUTPUT": place, **tables, **result.numbers}

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> NetworkChoices:
        """What the user decides."""
        from ...bridge.risk.network_run import NetworkChoices

        text, vehicle, of_class = (
            self.parameterAsString(parameters, name, context) for name in ("THRESHOLDS", "VEHICLE", "CLASS_FIELD")
        )
        caution_m, closed_m, free_kmh = (
            self.parameterAsDouble(parameters, n, context) for n in ("CAUTION_DEPTH", "CLOSED_DEPTH", "FREE_SPEED")
        )
        return NetworkChoices(self._thresholds(text), caution_m, closed_m, vehicle, of_class, free_kmh)

    def _thresholds(self, text: str) -> tuple[float, ...]:
        """Depths from a text, rising and each once."""
        try:
            depths = sorted({float(word) for word in text.replace(",", ";").split(";") if word.strip()})
        except ValueError:
            depths = [-1.0]
        if any(not 0 < depth < 100 for depth in depths) or len(depths) > MOST_THRESHOLDS:
            sentence = self.tr("THRESHOLDS must be up to 12 depths in m, as in '0.15; 0.30; 0.50', not '{text}'.")
            raise InputError(sentence.format(text=text))
        return tuple(depths)
