"""Writes rows into the table or layer of an output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingFeedback, QgsWkbTypes

from ..bridge.kernel.columns import make_fields
from ..bridge.kernel.vectors import write_rows
from ..core.common.tables import Column
from .algorithm import TwinAlgorithm, Values


def write_output(
    algorithm: TwinAlgorithm,
    name: str,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[Any, Mapping[str, Any]]],
    kind: QgsWkbTypes.Type = QgsWkbTypes.Type.NoGeometry,
    crs: QgsCoordinateReferenceSystem | None = None,
) -> Values:
    """Write (geometry, values by column) rows into an output, a table or a layer of some kind in a CRS.

    Returns
    -------
    dict
        The place by the name of the output; empty where the output is not wanted.

    Raises
    ------
    ResourceError
        When it cannot be written.
    """
    if not parameters.get(name):
        return {}
    fields = make_fields(columns)
    sink, place = algorithm.parameterAsSink(
        parameters, name, context, fields, kind, crs or QgsCoordinateReferenceSystem()
    )
    write_rows(sink, fields, rows, feedback)
    return {name: place}
