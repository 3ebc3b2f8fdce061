"""Layers and tables of a run, each row with the id of the run, as its rasters, RESULT and SUMMARY have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingFeedback, QgsWkbTypes

from ....bridge.kernel.flood_run import RUN_FIELD
from ....core.common.tables import Column
from ...algorithm import TwinAlgorithm, Values
from ...written_rows import write_output

COLUMN = Column(RUN_FIELD, "text", "Id of the flood run, as in SUMMARY")


def write_of_run(
    algorithm: TwinAlgorithm,
    name: str,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[Any, Mapping[str, Any]]],
    run: str,
    kind: QgsWkbTypes.Type = QgsWkbTypes.Type.NoGeometry,
    crs: QgsCoordinateReferenceSystem | None = None,
) -> Values:
    """Write (geometry, values by column) rows into an output as `write_output` does, with the id of the run as well."""
    named = ((geometry, {**row, RUN_FIELD: run or None}) for geometry, row in rows)
    return write_output(algorithm, name, parameters, context, feedback, (*columns, COLUMN), named, kind, crs)
