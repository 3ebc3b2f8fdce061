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
from ....core.flood.structures.records import FLOWS, SERIES, StructureOutcome
from ...algorithm import TwinAlgorithm, Values
from ...written_rows import write_output

if TYPE_CHECKING:
    from ....core.flood.result import FloodResult

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the outputs."""
    kinds = QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood",
        "A line for each structure that passes water: largest flow and when, what governed it, volumes in both "
        "directions, minutes with flow.",
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
    outcome = told if isinstance(told, StructureOutcome) else StructureOutcome((), (), ())
    crs, common = QgsCoordinateReferenceSystem(result.bed.crs), (parameters, context, feedback)
    series = ((None, row) for row in outcome.series)
    line = QgsWkbTypes.Type.LineString
    return {
        **write_output(algorithm, "STRUCTURE_FLOWS", *common, FLOWS.columns, _lines(outcome), line, crs),
        **write_output(algorithm, "STRUCTURE_SERIES", *common, SERIES.columns, series),
    }


def _lines(outcome: StructureOutcome) -> Iterator[tuple[Any, dict[str, Any]]]:
    import shapely

    for link, row in zip(outcome.links, outcome.flows, strict=True):
        yield shapely.LineString(link.path), row
