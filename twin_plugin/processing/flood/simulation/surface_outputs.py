"""What sponge surfaces did in a run: a layer, and the volume capture ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ....bridge.kernel.vectors import read_table
from ....core.flood.sponge.capture import COLUMNS, capture_figures, surface_rows
from ....core.flood.sponge.surfaces import SpongeSurfaces
from ...algorithm import TwinAlgorithm, Values
from .of_run import write_of_run

if TYPE_CHECKING:
    from ....core.flood.result import FloodResult

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the outputs."""
    polygons = QgsProcessing.SourceType.TypeVectorPolygon
    help_text = translate(
        "SimulateFlood",
        "SURFACES with what each took up, passed on and held (m³), when it was full, and its share of the rain.",
    )
    label = translate("SimulateFlood", "Sponge surfaces filled")
    algorithm.add(QgsProcessingParameterFeatureSink("SURFACES_FILLED", label, polygons, None, True, False), help_text)
    algorithm.style("SURFACES_FILLED", "sponge_surfaces")
    algorithm.number_outputs(VOLUME_CAPTURE_PCT=translate("SimulateFlood", "Rain that was kept where it fell (%)"))


def write(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    result: FloodResult,
) -> Values:
    """Write SURFACES_FILLED where it is wanted; the ratio."""
    volumes: Any = result.outcomes.get(SpongeSurfaces)
    captured = capture_figures(result.summary, volumes)["volume_capture_pct"]
    numbers = {} if captured is None else {"VOLUME_CAPTURE_PCT": captured}
    source = algorithm.parameterAsSource(parameters, "SURFACES", context)
    if source is None:
        if parameters.get("SURFACES_FILLED"):
            feedback.pushWarning(translate("SimulateFlood", "SURFACES_FILLED is not written: SURFACES is empty."))
        return numbers
    import shapely

    table = read_table(source, feedback, fields=())
    rows = [] if volumes is None else list(surface_rows(volumes))
    shapes = [shapely.multipolygons(shapely.get_parts(table.geometries[row["surface"] - 1])) for row in rows]
    kind, crs = QgsWkbTypes.Type.MultiPolygon, source.sourceCrs()
    placed = zip(shapes, rows, strict=True)
    written = write_of_run(
        algorithm, "SURFACES_FILLED", parameters, context, feedback, COLUMNS, placed, result.run, kind, crs
    )
    return numbers | written
