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

from ....bridge.kernel.columns import make_fields
from ....bridge.kernel.vectors import write_rows
from ....core.flood.processes.structures import Structures
from ....core.flood.structures.records import FLOWS, SERIES, StructureOutcome
from ...algorithm import TwinAlgorithm, Values

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
    crs, kinds = QgsCoordinateReferenceSystem(result.bed.crs), QgsWkbTypes.Type
    places: Values = {}
    for name, table, kind, rows in (
        ("STRUCTURE_FLOWS", FLOWS, kinds.LineString, _lines(outcome)),
        ("STRUCTURE_SERIES", SERIES, kinds.NoGeometry, ((None, row) for row in outcome.series)),
    ):
        if parameters.get(name):
            fields, own_crs = make_fields(table.columns), crs if table.geometry else QgsCoordinateReferenceSystem()
            sink, places[name] = algorithm.parameterAsSink(parameters, name, context, fields, kind, own_crs)
            write_rows(sink, fields, rows, feedback)
    return places


def _lines(outcome: StructureOutcome) -> Iterator[tuple[Any, dict[str, Any]]]:
    import shapely

    for link, row in zip(outcome.links, outcome.flows, strict=True):
        yield shapely.LineString(link.path), row
