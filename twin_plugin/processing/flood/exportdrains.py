"""twin:exportdrains: layers of nodes and conduits as an input of EPA SWMM."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from ...bridge.flood.drain_export import export
from ...bridge.flood.setup.parameters import Parameters
from ...bridge.kernel.input_table import table_lines
from ..algorithm import TwinAlgorithm, Values


class ExportDrains(TwinAlgorithm):
    """Writes what the simulation makes of its layers of drains, so that it can be kept, edited and given to others."""

    ID = "exportdrains"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Export drains to SWMM")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes a layer of nodes and one of conduits as an input of EPA SWMM 5 (.inp), the same that 'Simulate"
            " flood' makes of them, in m³/s and metres. SWMM reads it first: what it refuses is reported with the"
            " object.</p><p>A SWMM input has no inlets of nodes. Give the layer of nodes to the simulation again as"
            " DRAIN_INLETS when you use the .inp there.</p>"
        )

    def declare(self, configuration: Values) -> None:
        source, types = QgsProcessingParameterFeatureSource, QgsProcessing.SourceType
        help_text = self.tr(
            "Points with id, kind (junction, outfall, storage), invert_m or depth_m, and rim_m where DTM does not tell;"
            " storages with area_m2, outfalls with level_m and flap. Usual Chinese names of fields are known."
        )
        self.add(source("NODES", self.tr("Nodes of the drains"), [types.TypeVectorPoint]), help_text)
        help_text = self.tr(
            "Lines from node to node with diameter_m or diameter_mm, or height_m and width_m, levels, roughness n, and"
            " from_node and to_node where their ends do not tell."
        )
        self.add(source("CONDUITS", self.tr("Conduits of the drains"), [types.TypeVectorLine]), help_text)
        help_text = self.tr("Gives nodes the rim that they lack, and its CRS to the coordinates.")
        self.add(QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"), optional=True), help_text)
        help_text = self.tr("Names of fields where they are not the usual ones, as invert_m = NDDG; diameter_mm = GJ.")
        self.add_text("DRAIN_FIELDS", self.tr("Fields of the drains"), help_text, multiline=True, advanced=True)
        help_text = self.tr("An end of a conduit that names no node takes the nearest within this.")
        label = self.tr("Tolerance of the conduits' ends (m)")
        self.add_number("DRAIN_TOLERANCE_M", label, 1, help_text, 0, advanced=True)
        kind, label = self.tr("SWMM input (*.inp)"), self.tr("Drains as SWMM input")
        self.add(QgsProcessingParameterFileDestination("OUTPUT", label, kind), self.tr("In UTF-8."))
        self.number_outputs(NODES_COUNT=self.tr("Number of nodes"), CONDUITS_COUNT=self.tr("Number of conduits"))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the layers as the simulation does, have the engine read the result, and write it."""
        place = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        read = Parameters(self, parameters, context, feedback)
        layers = export(read, Path(place))
        self.push_lines(table_lines(read.entries), feedback)
        return {"OUTPUT": place, "NODES_COUNT": layers.nodes, "CONDUITS_COUNT": layers.conduits}
