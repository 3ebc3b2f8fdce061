"""Numbers of the results of a run: number outputs, and statistics of layers, tables and rasters."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from osgeo import gdal
from qgis.core import (
    NULL,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.scenarios.scenario import Measure
from ..kernel import limited_expressions
from ..kernel.gdal_calls import checked, damaged_raster, every_feature
from ..kernel.vectors import field_named

BLOCK_ROWS = 512


@dataclass(frozen=True)
class MeasureValue:
    """A measure with its value.

    Attributes
    ----------
    value : float
        NaN where there is none; `reason` then says why.
    used, left_out : int
        Rows or cells that were counted, and those without a number.
    """

    measure: Measure
    value: float
    used: int = 0
    left_out: int = 0
    reason: str = ""


def measured(
    measure: Measure, source: Any, where: str, context: QgsProcessingContext, progress: Progress
) -> MeasureValue:
    """The value of a measure.

    Parameters
    ----------
    source
        What the step gave as the output, or the place of the data.
    where : str
        The measure's filter, with settings filled in.

    Raises
    ------
    InputError
        When the output cannot be read, or lacks the field.
    """
    if measure.statistic == "value":
        return _number(measure, source)
    layer = source if isinstance(source, QgsMapLayer) else QgsProcessingUtils.mapLayerFromString(str(source), context)
    if layer is None:
        raise InputError("Measure {id}: '{place}' cannot be read as a layer.", id=measure.id, place=str(source))
    if isinstance(layer, QgsRasterLayer):
        return _of_raster(measure, layer, progress)
    if isinstance(layer, QgsVectorLayer):
        return _of_features(measure, layer, where, progress)
    raise InputError("Measure {id}: '{place}' is neither a raster nor rows.", id=measure.id, place=layer.name())


def _number(measure: Measure, source: Any) -> MeasureValue:
    try:
        value = float(source)
    except (TypeError, ValueError):
        value = math.nan
    if math.isfinite(value):
        return MeasureValue(measure, value, 1)
    return MeasureValue(measure, math.nan, 0, 1, Message("the step gave no number"))


def _of_features(measure: Measure, layer: QgsVectorLayer, where: str, progress: Progress) -> MeasureValue:
    names = layer.fields().names()
    request, column = QgsFeatureRequest(), ""
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    if where:
        limited_expressions.check(where, names)
        if "$" not in where:
            request.setFilterExpression(where)
        else:
            request = QgsFeatureRequest().setFilterExpression(where)
    if measure.field:
        column = field_named(names, measure.field)
        if not column:
            raise InputError(
                "Measure {id}: the layer '{layer}' has no field '{field}'; it has {names}.",
                id=measure.id,
                layer=layer.name(),
                field=measure.field,
                names=", ".join(names),
            )
    elif measure.statistic != "count":
        raise InputError("Measure {id}: '{statistic}' needs a field.", id=measure.id, statistic=measure.statistic)
    values: list[Any] = []
    for number, feature in enumerate(every_feature(layer, layer.name(), request)):
        if number % 1000 == 0:
            advance(progress, math.nan)
        found = feature[column] if column else number
        values.append(None if found == NULL else found)
    if measure.statistic in ("count", "distinct"):
        known = [value for value in values if value is not None]
        count = len(known) if measure.statistic == "count" else len(set(known))
        return MeasureValue(measure, float(count), len(known), len(values) - len(known))
    return _statistic(measure, *_numbers(values))


def _numbers(values: Iterable[Any]) -> tuple[np.ndarray, int]:
    """The finite numbers, and how many values are none."""
    found, none = [], 0
    for value in values:
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if math.isfinite(number):
            found.append(number)
        else:
            none += 1
    return np.array(found, np.float64), none


def _statistic(measure: Measure, numbers: np.ndarray, left_out: int) -> MeasureValue:
    if measure.statistic == "sum":
        return MeasureValue(measure, math.fsum(numbers), len(numbers), left_out)
    if not len(numbers):
        return MeasureValue(measure, math.nan, 0, left_out, Message("there are no numbers"))
    call = {"min": np.min, "max": np.max, "mean": np.mean}[measure.statistic]
    return MeasureValue(measure, float(call(numbers)), len(numbers), left_out)


def _of_raster(measure: Measure, layer: QgsRasterLayer, progress: Progress) -> MeasureValue:
    """Of the valid cells of the first band, read block by block."""
    if measure.statistic not in ("count", "sum", "min", "max", "mean"):
        raise InputError("Measure {id}: a raster has no '{statistic}'.", id=measure.id, statistic=measure.statistic)
    try:
        dataset = checked(lambda: gdal.OpenEx(layer.source(), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR))
        band = dataset.GetRasterBand(1)
        none, rows, columns = band.GetNoDataValue(), dataset.RasterYSize, dataset.RasterXSize
        count, sums, least, most = 0, [], math.inf, -math.inf
        for row in range(0, rows, BLOCK_ROWS):
            advance(progress, math.nan)
            cells = checked(band.ReadAsArray, 0, row, columns, min(BLOCK_ROWS, rows - row))
            valid = np.isfinite(cells)
            if none is not None and none == none:
                valid &= cells != cells.dtype.type(none)
            values = cells[valid].astype(np.float64)
            if values.size:
                count, sums = count + values.size, [*sums, float(values.sum())]
                least, most = min(least, float(values.min())), max(most, float(values.max()))
    except OSError as error:
        raise InputError(damaged_raster(layer.name(), error)) from error
    left_out = rows * columns - count
    total = math.fsum(sums)
    if measure.statistic in ("count", "sum"):
        return MeasureValue(measure, float(count) if measure.statistic == "count" else total, count, left_out)
    if not count:
        return MeasureValue(measure, math.nan, 0, left_out, Message("all cells are no data"))
    return MeasureValue(measure, {"min": least, "max": most, "mean": total / count}[measure.statistic], count, left_out)
