"""Charts of layers: the very layer given is read, within a district."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsFeedback, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.themes.chart_values import MOST_ROWS, ChartRows, X, gathered, takes_no_value
from ...core.themes.district import District
from ...core.themes.theme import Chart
from .feature_values import NO_NUMBER, NO_VALUE, FeatureReader, LayerFeatures, moment
from .indicators import finite_number

NO_X = Message("without x")


def chart_rows(
    chart: Chart, layer: QgsVectorLayer, district: District | None, feedback: QgsFeedback | None = None
) -> ChartRows:
    """The bars or points of a chart; to be called in the layer's thread."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        raise InputError("The chart '{id}' needs a vector layer that can be read.", id=chart.id)
    return features_chart(chart, LayerFeatures.of(layer), district, feedback)


def features_chart(
    chart: Chart, features: LayerFeatures, district: District | None, feedback: QgsFeedback | None = None
) -> ChartRows:
    """The bars or points of a chart from features that any thread can read.

    Raises
    ------
    InputError
        Where an expression cannot be used, or the layer cannot be read.
    Cancelled
    """
    reader = FeatureReader(features, "", (chart.x, "1" if takes_no_value(chart) else chart.y), district)
    pairs: list[tuple[X, float]] = []
    for _, raw_x, raw_y in reader.read(feedback):
        x, y = _x(raw_x), finite_number(raw_y)
        if x is None:
            reader.left_out[NO_X] += 1
        elif y is None:
            reader.left_out[NO_VALUE if raw_y is None else NO_NUMBER] += 1
        else:
            pairs.append((x, y))
    rows = gathered(chart, pairs)
    notes = [*reader.notes]
    notes += [Message("Left out: {n} {reason}.", n=n, reason=reason) for reason, n in reader.left_out.items()]
    if len(rows) > MOST_ROWS:
        notes.append(Message("The chart has {n} values of x: the first {most} are shown.", n=len(rows), most=MOST_ROWS))
    return ChartRows(rows[:MOST_ROWS], len(pairs), sum(reader.left_out.values()), tuple(notes))


def _x(value: Any) -> X | None:
    """A category or a place on the axis: a number, a time or a text."""
    if isinstance(value, QDate | QDateTime):
        return moment(value)
    number = finite_number(value)
    if number is not None:
        return number
    return value if isinstance(value, str) and value else None
