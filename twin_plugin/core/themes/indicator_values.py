"""Values of indicators: statistic, class by thresholds, age, change, and what was used or left out to get them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np

from ..common.languages import Texts, in_language
from ..common.messages import Message
from ..common.tables import Table, columns
from ..cql2 import instants
from .theme import Indicator, Statistic, Threshold

Tell = Callable[[Message], str]
GREY = "#9e9e9e"
"""Of values that are out of date, and of those that there are none of."""
PLAIN = "#546e7a"
"""Of values without thresholds, and below the first one."""
CLOCK_LIMIT_S = 300.0
"""Times that lie further in the future are no times of measurements."""


class IndicatorState(StrEnum):
    """What a value is worth."""

    CURRENT = "current"
    STALE = "stale"
    NO_VALUE = "no value"


@dataclass(frozen=True)
class Measured:
    """What a layer gave for an indicator.

    Attributes
    ----------
    value : float or None
    time : datetime or None
        Of the newest data, aware.
    used : int
        Features or cells that the value is computed from.
    left_out : mapping of Message to int
        Features or cells that could not be used, by reason.
    notes : tuple of Message
        What else a reader of the value must know, such as a filter of the layer.
    """

    value: float | None = None
    time: datetime | None = None
    used: int = 0
    left_out: Mapping[Message, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class IndicatorValue:
    """The value of an indicator at a moment.

    Attributes
    ----------
    value : float or None
        None where there is none: `reason` says why.
    previous, change : float or None
        The value of the run before, and the difference to it.
    time : datetime or None
        Of the newest data; None where the data have no times.
    age_s : float or None
        From then to now.
    colour, label
        Of the class that the thresholds give; grey where the value is stale or there is none.
    used, left_out : int
        Features, or cells of a raster.
    reason : Message
        What a reader must know: why there is no value, what was left out, which filter was on; "" for nothing.
    """

    id: str
    title: Texts
    unit: str
    decimals: int
    value: float | None
    previous: float | None
    change: float | None
    time: datetime | None
    age_s: float | None
    state: IndicatorState
    colour: str
    label: Texts
    used: int
    left_out: int
    reason: Message

    @property
    def stale(self) -> bool:
        """Whether the data are older than the indicator allows, or nobody knows how old."""
        return self.state is IndicatorState.STALE


INDICATORS = Table(
    "indicators",
    columns("""
        id        text     id of the indicator in the theme
        title     text     name of the indicator
        unit      text     unit of the value
        value     real     value; empty where there is none
        previous  real     value of the run before
        change    real     value less the previous one
        time      text     time of the newest data, ISO 8601 in UTC
        age_s     real     seconds from then to the run
        stale     boolean  whether the data are older than the indicator's age limit
        colour    text     colour by the thresholds; grey for a stale value and for none
        state     text     current, stale or no value
        class     text     what the thresholds call the value
        used      long     features or cells that the value is computed from
        left_out  long     features or cells that could not be used
        reason    text     why there is no value, what was left out, which filter was on
    """),
)


def judged(indicator: Indicator, measured: Measured, now: datetime, previous: float | None = None) -> IndicatorValue:
    """The value of an indicator from what its layer gave.

    Parameters
    ----------
    indicator : Indicator
    measured : Measured
    now : datetime
        Aware, or in UTC.
    previous : float, optional
        The value of the run before.
    """
    value = measured.value if measured.value is None or math.isfinite(measured.value) else None
    previous = previous if previous is not None and math.isfinite(previous) else None
    age_s = (instants.aware(now) - measured.time).total_seconds() if measured.time is not None else None
    old = indicator.age_limit_s > 0 and (age_s is None or age_s > indicator.age_limit_s)
    state = IndicatorState.NO_VALUE if value is None else IndicatorState.STALE if old else IndicatorState.CURRENT
    reached = reached_threshold(indicator.thresholds, value)
    colour = reached.colour if reached is not None else PLAIN
    return IndicatorValue(
        indicator.id,
        indicator.title,
        indicator.unit,
        indicator.decimals,
        value,
        previous,
        value - previous if value is not None and previous is not None else None,
        measured.time,
        age_s,
        state,
        colour if state is IndicatorState.CURRENT else GREY,
        reached.label if reached is not None else {},
        measured.used,
        sum(measured.left_out.values()),
        _reason(measured, state, age_s),
    )


def without_value(
    indicator: Indicator, reason: Message, now: datetime, previous: float | None = None
) -> IndicatorValue:
    """The value of an indicator that has none, such as that of a layer that is not there."""
    return judged(indicator, Measured(notes=(reason,)), now, previous)


def reached_threshold(thresholds: Sequence[Threshold], value: float | None) -> Threshold | None:
    """The last of ascending thresholds that a value reaches; None below the first and without a value."""
    if value is None:
        return None
    return next((threshold for threshold in reversed(thresholds) if value >= threshold.value), None)


def statistic_of(statistic: Statistic, values: Sequence[float], times: Sequence[datetime | None] = ()) -> float | None:
    """A statistic of finite values; None of no values, but 0 for a count or sum.

    The latest value is that with the latest time, the largest where several have it.
    """
    if statistic is Statistic.COUNT:
        return float(len(values))
    if statistic is Statistic.SUM:
        return math.fsum(values)
    if not values:
        return None
    if statistic is Statistic.LATEST:
        timed = [(time, value) for time, value in zip(times, values, strict=True) if time is not None]
        return max(timed)[1] if timed else None
    if statistic is Statistic.MEAN:
        return math.fsum(values) / len(values)
    return float(np.min(values) if statistic is Statistic.MINIMUM else np.max(values))


def rows(values: Iterable[IndicatorValue], language: str = "en", tell: Tell = str) -> list[dict[str, Any]]:
    """Rows of the table `INDICATORS`; `tell` says a message in a language."""
    return [
        {
            "id": one.id,
            "title": in_language(one.title, language),
            "unit": one.unit,
            "value": one.value,
            "previous": one.previous,
            "change": one.change,
            "time": instants.write(one.time) if one.time is not None else "",
            "age_s": one.age_s,
            "stale": one.stale,
            "colour": one.colour,
            "state": one.state.value,
            "class": in_language(one.label, language),
            "used": one.used,
            "left_out": one.left_out,
            "reason": tell(one.reason),
        }
        for one in values
    ]


def as_json(values: Iterable[IndicatorValue], language: str = "en", tell: Tell = str) -> str:
    """The rows as JSON: a list of objects with the keys of `INDICATORS`."""
    return json.dumps(rows(values, language, tell), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _reason(measured: Measured, state: IndicatorState, age_s: float | None) -> Message:
    """All that a reader must know, in one text."""
    parts = [Message("Left out: {n} {reason}.", n=n, reason=reason) for reason, n in measured.left_out.items() if n]
    if state is IndicatorState.STALE and age_s is None:
        parts.append(Message("The data have no times: how old they are is not known."))
    return Message.joined([*measured.notes, *parts])
