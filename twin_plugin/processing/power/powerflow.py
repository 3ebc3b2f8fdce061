"""twin:powerflow: who is without power, what cables and transformers carry, and where a station fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.power.run import PowerChoices

METHODS = ("auto", "pandapower", "builtin", "topology")
INPUTS = ("NODES", "FEEDERS", "SUBSTATIONS", "LOADS", "STORAGE", "CRITICAL", "FAILURES", "WATER")


class PowerFlow(TwinAlgorithm):
    ID = "powerflow"
    GROUP_ID = ICON = "power"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Power flow")

    def help_text(self) -> str:
        return self.tr(
            "<p>Shows who has power and who has not, what cables and transformers carry, the voltage at each node, and "
            "how much can be added there: where a charging station fits.</p><p>Switch off substations, cables or nodes "
            "(OUT_OF_SERVICE), or let the water do it (FAILURES, WATER); close open cables (SWITCH_ON) to feed from "
            "another side. SUPPLY lists who is without power.</p><p>The load flow is that of the Python package "
            "pandapower where it is installed, and built in where it is not; both give the same figures.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        help_text = self.tr(
            "Nodes of the network. Fields: id; kv, name, feeder, state; without LOADS also p_kw, q_kvar."
        )
        self.add(source("NODES", self.tr("Nodes"), [kinds.TypeVectorPoint]), help_text)
        help_text = self.tr(
            "Cables between nodes. Fields: id, from_node, to_node; length_km, r_ohm_km, x_ohm_km, c_nf_km, i_max_a or "
            "cable (a type of resources/tables/cable_types.csv); state (open, out of service); feeder."
        )
        self.add(source("FEEDERS", self.tr("Feeders"), [kinds.TypeVectorLine]), help_text)
        help_text = self.tr(
            "Transformers to the grid above. Fields: id, node (busbar, an id of NODES); mva, kv_high, vk_percent, "
            "vkr_percent, pfe_kw, i0_percent, vm_pu, state."
        )
        self.add(source("SUBSTATIONS", self.tr("Substations"), [kinds.TypeVectorAnyGeometry]), help_text)
        help_text = self.tr("Rows with node, hour, p_kw; q_kvar, generation_kw, storage_kw (negative: it charges).")
        self.add(source("LOADS", self.tr("Loads by hour"), [kinds.TypeVector], optional=True), help_text)
        help_text = self.tr("Storage with node, mwh, mw and soc_pct: how long a node goes on without the network.")
        self.add(source("STORAGE", self.tr("Storage"), [kinds.TypeVector], optional=True), help_text)
        help_text = self.tr("Critical buildings with id, node, name, p_kw and backup_h; they stand in SUPPLY.")
        self.add(source("CRITICAL", self.tr("Critical buildings"), [kinds.TypeVector], optional=True), help_text)
        help_text = self.tr("Hour of LOADS; empty for all: then the worst hour of each cable and node is shown.")
        self.add_number("HOUR", self.tr("Hour"), None, help_text, 0, 8783, whole=True)
        self._states()
        help_text = self.tr(
            "auto: pandapower where it is installed, else builtin; topology: who has power, no load flow."
        )
        self.add_choice("METHOD", self.tr("Method"), METHODS, METHODS[0], help_text)
        help_text = self.tr("Load of a station in kW: NODES_OUT says at which nodes it fits.")
        self.add_number("STATION_KW", self.tr("Station to place (kW)"), None, help_text, 0.1)
        help_text = self.tr("Power factor of what is added, from 0.5 to 1.")
        self.add_number("STATION_FACTOR", self.tr("Its power factor"), 1.0, help_text, 0.5, 1.0, advanced=True)
        label, help_text = self.tr("Lowest voltage"), self.tr("As a share of the rated one; GB/T 12325: 0.93.")
        self.add_number("VOLTAGE_LOW", label, 0.93, help_text, 0.5, 1.0, advanced=True)
        label, help_text = self.tr("Highest voltage"), self.tr("As a share of the rated one; GB/T 12325: 1.07.")
        self.add_number("VOLTAGE_HIGH", label, 1.07, help_text, 1.0, 1.5, advanced=True)
        label, help_text = (
            self.tr("Greatest loading (%)"),
            self.tr("Of cables and transformers, for what can be added."),
        )
        self.add_number("LOADING_MOST", label, 100.0, help_text, 1.0, 200.0, advanced=True)
        self._outputs()

    def _states(self) -> None:
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        help_text = self.tr("Ids of substations, cables or nodes, parted by semicolons: 'A006; L0005'.")
        self.add_text("OUT_OF_SERVICE", self.tr("Out of service"), help_text)
        help_text = self.tr("Ids of open cables that are closed, parted by semicolons, to feed from another side.")
        self.add_text("SWITCH_ON", self.tr("Cables to close"), help_text)
        help_text = self.tr(
            "FAILURES of Network risk: substations, cables and nodes among the assets are out; a substation takes its "
            "busbar with it."
        )
        self.add(source("FAILURES", self.tr("Failures by water"), [kinds.TypeVector], optional=True), help_text)
        help_text = self.tr(
            "OUTPUT of Building risk: substations whose building, at most 15 m away, has water above a sill are out, "
            "with their busbar."
        )
        water = source("WATER", self.tr("Buildings in water"), [kinds.TypeVectorPolygon], optional=True)
        self.add(water, help_text)

    def _outputs(self) -> None:
        kinds, sink = QgsProcessing.SourceType, QgsProcessingParameterFeatureSink
        help_text = self.tr("The cables with their own fields, loading, current, flow and state.")
        self.add(sink("LINES", self.tr("Cables"), kinds.TypeVectorLine), help_text)
        self.style("LINES", "power_lines")
        help_text = self.tr("The nodes with their own fields, supply, voltage, reserve and spare power.")
        self.add(sink("NODES_OUT", self.tr("Nodes with results"), kinds.TypeVectorPoint), help_text)
        self.style("NODES_OUT", "power_nodes")
        help_text = self.tr("Who is without power: nodes and critical buildings, since when and until when they go on.")
        self.add(sink("SUPPLY", self.tr("Without power"), kinds.TypeVector, None, True), help_text)
        help_text = self.tr("A row for each feeder: load, greatest loading, lowest voltage, spare power.")
        self.add(sink("BY_FEEDER", self.tr("Feeders"), kinds.TypeVector, None, True), help_text)
        help_text = self.tr("A row for each hour: load, generation, storage, losses, greatest loading.")
        self.add(sink("BY_HOUR", self.tr("Hours"), kinds.TypeVector, None, True), help_text)
        self.number_outputs(
            WITHOUT_POWER=self.tr("Nodes without power"),
            LOST_KW=self.tr("Load without power in the worst hour (kW)"),
            CRITICAL_WITHOUT_POWER=self.tr("Critical buildings without power"),
            LOADING_MAX=self.tr("Greatest loading of a cable (%)"),
            TRANSFORMER_MAX=self.tr("Greatest loading of a transformer (%)"),
            VOLTAGE_MIN=self.tr("Lowest voltage (share of the rated one)"),
            OVERLOADED=self.tr("Overloaded cables"),
            LOSSES_KW=self.tr("Greatest losses (kW)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Compute the network with what is out (bridge/power/run), and write cables, nodes and tables."""
        from ...bridge.kernel.vectors import write_rows
        from ...bridge.power.run import PowerLayers, run_power
        from ...core.power import tables

        layers = PowerLayers(*(self.parameterAsSource(parameters, name, context) for name in INPUTS))
        choices = self._choices(parameters, context)
        result = run_power(layers, choices, context, feedback, self.progress(feedback))
        self.push_warnings(result.warnings, feedback)
        places = {}
        for name, layer, output in (
            ("LINES", layers.feeders, result.lines), ("NODES_OUT", layers.nodes, result.nodes)
        ):  # fmt: skip
            kind, crs = layer.wkbType(), layer.sourceCrs()
            sink, places[name] = self.parameterAsSink(parameters, name, context, output.fields, kind, crs)
            write_rows(sink, output.fields, output.rows, feedback)
        run = parameters, context, feedback
        places |= write_output(self, "SUPPLY", *run, tables.SUPPLY, result.supply)
        places |= write_output(self, "BY_FEEDER", *run, tables.BY_FEEDER, result.by_feeder)
        places |= write_output(self, "BY_HOUR", *run, tables.BY_HOUR, result.by_hour)
        self.push_lines(result.table, feedback)
        return places | result.numbers

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> PowerChoices:
        """What the user decides."""
        from ...bridge.power.run import PowerChoices
        from ...core.power.outages import split_ids
        from ...core.power.spare import SpareLimits

        def given(name: str) -> bool:
            return parameters.get(name) is not None and parameters.get(name) != ""

        numbers = ("VOLTAGE_LOW", "VOLTAGE_HIGH", "LOADING_MOST", "STATION_FACTOR")
        limits = SpareLimits(*(self.parameterAsDouble(parameters, name, context) for name in numbers))
        return PowerChoices(
            self.parameterAsInt(parameters, "HOUR", context) if given("HOUR") else None,
            self.parameterAsString(parameters, "METHOD", context),
            split_ids(self.parameterAsString(parameters, "OUT_OF_SERVICE", context)),
            split_ids(self.parameterAsString(parameters, "SWITCH_ON", context)),
            self.parameterAsDouble(parameters, "STATION_KW", context) if given("STATION_KW") else None,
            limits,
        )
