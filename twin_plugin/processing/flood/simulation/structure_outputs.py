"""The flow through structures: a line for each, and a table over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.processes.structures import Structures
from ....core.flood.structures.records import FLOWS, SERIES, StructureOutcome, wall_row
from ...algorithm import TwinAlgorithm, Values
from .of_run import write_of_run

if TYPE_CHECKING:
    from ....core.flood.result import FloodResult

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the outputs."""
    kinds = QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood",
        "A line for each structure. One that passes water: largest flow and when, what governed it, volumes in both "
        "directions, minutes with flow. A wall, kerb or levee: the greatest depth on its top, and when water "
        "came over.",
    )
    label = translate("SimulateFlood", "Flow through structures")
    flows = QgsProcessingParameterFeatureSink("STRUCTURE_FLOWS", label, kinds.TypeVectorLine, None, True, False)
    algorithm.add(flows, help_text)
    algorithm.style("STRUCTURE_FLOWS", "structure_flows")
    help_text = translate(
        "SimulateFlood", "A row for each of these structures and output step: flow, levels on both sides, volume."
    )
    label = translate("SimulateFlood", "Structures over time")
    series = QgsProcessingParameterFeatureSink("STRUCTURE_SERIES", label, kinds.TypeVector, None, True, False)
    algorithm.add(series, help_text)


def write(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    result: FloodResult,
) -> Values:
    """Write STRUCTURE_FLOWS and STRUCTURE_SERIES where they are wanted."""
    told = result.outcomes.get(Structures)
    outcome = told if isinstance(told, StructureOutcome) else StructureOutcome()
    crs, common = QgsCoordinateReferenceSystem(result.bed.crs), (parameters, context, feedback)
    series = ((None, row) for row in outcome.series)
    line = QgsWkbTypes.Type.LineString
    return {
        **write_of_run(
            algorithm, "STRUCTURE_FLOWS", *common, FLOWS.columns, _lines(outcome, result), result.run, line, crs
        ),
        **write_of_run(algorithm, "STRUCTURE_SERIES", *common, SERIES.columns, series, result.run),
    }


def _lines(outcome: StructureOutcome, result: FloodResult) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A line for each link, and for each part of a wall."""
    import shapely

    for link, row in zip(outcome.links, outcome.flows, strict=True):
        yield shapely.LineString(link.path), row
    for wall in outcome.walls:
        row = wall_row(wall, result.depth_max_m, result.arrival_s)
        for path in wall.paths:
            yield shapely.LineString(path), row
