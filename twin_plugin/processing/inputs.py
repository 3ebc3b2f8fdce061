"""Reads parameters that several algorithms have in common."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

from ..bridge.kernel.vectors import read_table


def crs_name(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> str:
    """Authority code of a CRS, its WKT where it has none, or "" where the parameter is empty."""
    crs = algorithm.parameterAsCrs(parameters, name, context)
    return (crs.authid() or crs.toWkt()) if crs.isValid() else ""


def placements(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[dict[str, Any], ...]:
    """The rows of a table of placements as mappings; none where it is empty."""
    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        return ()
    table = read_table(source, feedback)
    return tuple({key: values[i] for key, values in table.columns.items()} for i in range(len(table)))
