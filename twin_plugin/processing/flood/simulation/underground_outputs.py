"""What became of rooms below ground: the rooms, their openings, and the water in them over time."""

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

from ....bridge.kernel.vectors import FeatureTable, read_table
from ....core.common.messages import Message
from ....core.flood.processes.underground import UndergroundWater
from ....core.flood.underground.room_water import Filling
from ....core.flood.underground.tables import FILLED, OPENINGS, SERIES, opening_rows, room_row, series_rows
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
        "The rooms of UNDERGROUND with the water in them (m³), greatest depth and level (m), minutes until 0.15, 0.30"
        " and 1.20 m, and the opening by which water came first.",
    )
    label = translate("SimulateFlood", "Water in rooms below ground")
    _sink(algorithm, "UNDERGROUND_FILLED", label, kinds.TypeVectorPolygon, help_text)
    algorithm.style("UNDERGROUND_FILLED", "underground_filled")
    help_text = translate(
        "SimulateFlood", "Their openings: when water came in by each, greatest inflow (m³/s), and volumes (m³)."
    )
    label = translate("SimulateFlood", "Inflow at openings of rooms below ground")
    _sink(algorithm, "UNDERGROUND_OPENINGS", label, kinds.TypeVectorPoint, help_text)
    algorithm.style("UNDERGROUND_OPENINGS", "underground_openings")
    help_text = translate("SimulateFlood", "A row for each room and output step: volume (m³), depth and level (m).")
    label = translate("SimulateFlood", "Rooms below ground over time")
    _sink(algorithm, "UNDERGROUND_SERIES", label, kinds.TypeVector, help_text)


def _sink(algorithm: TwinAlgorithm, name: str, label: str, kind: QgsProcessing.SourceType, help_text: str) -> None:
    algorithm.add(QgsProcessingParameterFeatureSink(name, label, kind, None, True, False), help_text)


def write(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    result: FloodResult,
) -> Values:
    """Write UNDERGROUND_FILLED, UNDERGROUND_OPENINGS and UNDERGROUND_SERIES where they are wanted."""
    if not any(parameters.get(name) for name in ("UNDERGROUND_FILLED", "UNDERGROUND_OPENINGS", "UNDERGROUND_SERIES")):
        return {}
    told = result.outcomes.get(UndergroundWater)
    filling = told if isinstance(told, Filling) else None
    crs, kinds = QgsCoordinateReferenceSystem(result.bed.crs), QgsWkbTypes.Type
    source = algorithm.parameterAsSource(parameters, "UNDERGROUND", context)
    given = read_table(source, feedback, crs, ("id", "building_id"), context.transformContext())
    more = (algorithm, parameters, context, feedback)
    asked, rows = ("UNDERGROUND_FILLED", "UNDERGROUND_OPENINGS", "UNDERGROUND_SERIES"), (
        _rooms(given, filling),
        _points(filling),
        ((None, row) for row in (series_rows(filling) if filling else ())),
    )  # fmt: skip
    shapes = (kinds.MultiPolygon, crs), (kinds.Point, crs), (kinds.NoGeometry, None)
    places: Values = {}
    for name, table, values, (kind, own_crs) in zip(asked, (FILLED, OPENINGS, SERIES), rows, shapes, strict=True):
        run, wanted, where, log = more
        places |= write_of_run(run, name, wanted, where, log, table.columns, values, result.run, kind, own_crs)
    return places


def _rooms(given: FeatureTable, filling: Filling | None) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every row of UNDERGROUND, also those that were left out."""
    import shapely

    filled = {room.room.row: room for room in filling.rooms} if filling else {}
    for row, (shape, own_id, building) in enumerate(
        zip(given.geometries, given.get("id"), given.get("building_id"), strict=True)
    ):
        room = filled.get(row)
        values = {"id": own_id, "note": Message("left out: see the log")}
        if room is not None and filling is not None:
            values = room_row(room, filling.openings)
        if shape is not None and shape.geom_type == "Polygon":
            shape = shapely.MultiPolygon([shape])
        yield shape, {**values, "building_id": building}


def _points(filling: Filling | None) -> Iterator[tuple[Any, dict[str, Any]]]:
    import shapely

    for place, row in opening_rows(filling) if filling else ():
        yield shapely.Point(place), row
