"""Indicators of layers: the very layer given is read, never one of its name, and a value is never without a reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qgis.core import QgsFeedback, QgsMapLayer, QgsRasterLayer, QgsVectorLayer

from ...core.common.errors import Cancelled, TwinError
from ...core.common.library_errors import explained
from ...core.common.messages import Message
from ...core.cql2 import instants
from ...core.themes.district import District
from ...core.themes.indicator_values import (
    CLOCK_LIMIT_S,
    IndicatorValue,
    Measured,
    judged,
    statistic_of,
    without_value,
)
from ...core.themes.theme import Indicator, Statistic
from ..kernel.vectors import field_named
from . import raster_values
from .feature_values import NO_NUMBER, NO_VALUE, FeatureReader, LayerFeatures, moment, quoted

LATER = Message("whose time lies in the future")
NO_TIME = Message("without a time")


class Preparation:
    """An indicator and what its layer is now: made in the layer's thread, computed in any.

    Parameters
    ----------
    indicator : Indicator
    layer : QgsMapLayer or None
    district : District or None
        Only what lies in it counts.
    absence : Message, optional
        Why there is no layer.
    """

    def __init__(
        self,
        indicator: Indicator,
        layer: QgsMapLayer | None,
        district: District | None,
        absence: Message | None = None,
    ) -> None:
        self.indicator, self.district = indicator, district
        self._absence = absence
        self._features: LayerFeatures | None = None
        self._raster: QgsRasterLayer | None = None
        if layer is None:
            self._absence = absence or Message("The layer of the indicator is not there.")
        elif not layer.isValid():
            reason = Message("The layer '{layer}' cannot be read: repair its source.", layer=layer.name())
            self._absence = absence or reason
        elif isinstance(layer, QgsVectorLayer):
            self._features = LayerFeatures.of(layer)
        elif isinstance(layer, QgsRasterLayer):
            self._raster = layer.clone()
        else:
            self._absence = Message(
                "The layer '{layer}' is neither a vector layer nor a raster: it has no values.", layer=layer.name()
            )

    def compute(
        self, now: datetime, previous: float | None = None, feedback: QgsFeedback | None = None
    ) -> IndicatorValue:
        """The value now; a fault of the layer is the reason for none.

        Raises
        ------
        Cancelled
        """
        try:
            if self._features is not None:
                measured = _features_measured(self.indicator, self._features, self.district, now, feedback)
            elif self._raster is not None:
                measured = raster_values.measure(self.indicator, self._raster, self.district, feedback)
            else:
                measured = Measured(notes=(self._absence,) if self._absence is not None else ())
            return judged(self.indicator, measured, now, previous)
        except Cancelled:
            raise
        except Exception as error:
            fault = error if isinstance(error, TwinError) else explained(error)
            if fault is None:
                raise
            return without_value(self.indicator, fault.message, now, previous)


def compute(
    indicator: Indicator,
    layer: QgsMapLayer | None,
    district: District | None,
    now: datetime,
    previous: float | None = None,
    feedback: QgsFeedback | None = None,
    absence: Message | None = None,
) -> IndicatorValue:
    """The value of an indicator from its layer, within a district.

    Parameters
    ----------
    indicator : Indicator
    layer : QgsMapLayer or None
    district : District or None
        None for all of the layer.
    now : datetime
        Aware, or in UTC.
    previous : float, optional
        The value of the run before.
    feedback : QgsFeedback, optional
        Asked for cancel.
    absence : Message, optional
        Why there is no layer.

    Raises
    ------
    Cancelled
    """
    return Preparation(indicator, layer, district, absence).compute(now, previous, feedback)


@dataclass
class Behind:
    """The features that an indicator is computed from.

    Attributes
    ----------
    ids : list of int
        Of the features in their layer.
    values, times : list
        Of each of them; the time is None where it has none.
    left_out : mapping of Message to int
        Features that fulfil the conditions and could not be used, and those outside the district, by reason.
    notes : list of Message
        What a reader of the values must know.
    matched : int
        Features that fulfil the conditions.
    """

    ids: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    times: list[datetime | None] = field(default_factory=list)
    left_out: Mapping[Message, int] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)
    matched: int = 0


def features_behind(
    indicator: Indicator,
    features: LayerFeatures,
    district: District | None,
    now: datetime,
    feedback: QgsFeedback | None = None,
) -> Behind:
    """The very features that `compute` uses, from any thread.

    Raises
    ------
    InputError
        Where an expression cannot be used, or the layer cannot be read.
    Cancelled
    """
    time_field = field_named(features.fields.names(), indicator.time_field) if indicator.time_field else ""
    expressions = (indicator.expression or "1", quoted(time_field) or "NULL")
    reader = FeatureReader(features, indicator.where, expressions, district)
    latest_possible = instants.aware(now) + timedelta(seconds=CLOCK_LIMIT_S)
    found = Behind(left_out=reader.left_out, notes=reader.notes)
    for number, raw, raw_time in reader.read(feedback):
        value, time = finite_number(raw), moment(raw_time)
        if time is not None and time > latest_possible:
            reader.left_out[LATER] += 1
        elif indicator.statistic is Statistic.LATEST and time is None:
            reader.left_out[NO_TIME] += 1
        elif value is None:
            reader.left_out[NO_VALUE if raw is None else NO_NUMBER] += 1
        else:
            found.ids.append(number)
            found.values.append(value)
            found.times.append(time)
    if indicator.time_field and not time_field:
        found.notes.append(Message("The layer has no field '{field}' with times.", field=indicator.time_field))
    found.matched = reader.matched
    return found


def _features_measured(
    indicator: Indicator,
    features: LayerFeatures,
    district: District | None,
    now: datetime,
    feedback: QgsFeedback | None,
) -> Measured:
    found = features_behind(indicator, features, district, now, feedback)
    value = statistic_of(indicator.statistic, found.values, found.times)
    notes = list(found.notes)
    if not found.matched:
        notes.append(_nothing(features))
    elif not found.values:
        value = None
        notes.append(Message("None of {n} features has a value.", n=found.matched))
    newest = max((time for time in found.times if time is not None), default=None)
    return Measured(value, newest, len(found.values), dict(found.left_out), tuple(notes))


def _nothing(features: LayerFeatures) -> Message:
    """Why no feature counts."""
    if not features.count:
        return Message("The layer '{layer}' has no features.", layer=features.name)
    return Message("No feature of the layer '{layer}' fulfils the conditions.", layer=features.name)


def finite_number(value: Any) -> float | None:
    """A finite number; None for all else, texts too."""
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    return None
