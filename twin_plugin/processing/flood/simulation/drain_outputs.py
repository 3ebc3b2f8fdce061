"""What a run tells of its drains, as layers of nodes and conduits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.drains.network import DrainOutcome
from ....core.flood.drains.result_tables import CONDUITS, NODES, link_rows, node_rows
from ....core.flood.processes.drains import DrainSettings
from ...algorithm import TwinAlgorithm, Values
from .of_run import write_of_run

if TYPE_CHECKING:
    from ....core.flood.result import FloodResult

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the outputs."""
    types = QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood",
        "Nodes of the network: largest depth and level with their time, what they took from the street and gave back"
        " (m³), minutes above the rim, and whether they exchange water with the terrain or why not.",
    )
    label = translate("SimulateFlood", "Nodes of the drains after the run")
    sink = QgsProcessingParameterFeatureSink("DRAIN_NODES", label, types.TypeVectorPoint, None, True, False)
    algorithm.add(sink, help_text)
    algorithm.style("DRAIN_NODES", "drain_nodes")
    help_text = translate(
        "SimulateFlood", "Links of the network: largest flow with its time, velocity, and filling from 0 to 1."
    )
    label = translate("SimulateFlood", "Conduits of the drains after the run")
    sink = QgsProcessingParameterFeatureSink("DRAIN_CONDUITS", label, types.TypeVectorLine, None, True, False)
    algorithm.add(sink, help_text)
    algorithm.style("DRAIN_CONDUITS", "drain_conduits")


def write(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    result: FloodResult,
) -> Values:
    """Write the layers of nodes and conduits that are wanted."""
    outcome = result.outcomes.get(DrainSettings)
    if not isinstance(outcome, DrainOutcome) or outcome.network is None:
        return {}
    crs, kinds = QgsCoordinateReferenceSystem(result.bed.crs), QgsWkbTypes.Type
    nodes, links = node_rows(outcome.network, outcome), link_rows(outcome.network, outcome)
    common = (parameters, context, feedback)
    return {
        **write_of_run(algorithm, "DRAIN_NODES", *common, NODES.columns, nodes, result.run, kinds.Point, crs),
        **write_of_run(
            algorithm, "DRAIN_CONDUITS", *common, CONDUITS.columns, links, result.run, kinds.LineString, crs
        ),
    }
