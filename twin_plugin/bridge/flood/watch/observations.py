"""Observed rain of a table or of the observations of a service, with a forecast; and how old it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from qgis.core import QgsFeatureSource, QgsProcessingFeedback

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.flood.rain.gauge_table import GaugeRows
from ....core.flood.rain.rain_times import minutes_of, read_moment
from ....core.flood.watch.observed_rain import ObservedRain, doubts, observed_rain, silent, with_forecast
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import field_named, read_table
from ..setup.rain_gauges import GAUGE_FIELDS, gauge_rows


@dataclass(frozen=True)
class Watched:
    """What was observed.

    Attributes
    ----------
    rain : ObservedRain
    age_min : float or None
        Minutes since the last value; None where times are minutes of no calendar.
    warnings : list of Message
    entries : list of Entry
    """

    rain: ObservedRain
    age_min: float | None
    warnings: list[Message]
    entries: list[Entry]


def read_observations(
    source: QgsFeatureSource,
    forecast: QgsFeatureSource | None,
    last_hours: float,
    now: str,
    longest_age_min: float,
    feedback: QgsProcessingFeedback,
) -> Watched:
    """The rain of RAIN and FORECAST.

    Parameters
    ----------
    last_hours : float
        Only so much before the last value; 0 for all.
    now : str
        A moment; "" for that of the clock.
    longest_age_min : float
        Older observations are reported.

    Raises
    ------
    InputError
        When a table cannot be used.
    """
    rows = _rows(source, feedback)
    rain = observed_rain(rows, last_hours)
    warnings = doubts(rain, rows.source)
    entries = [Entry(Message("Observed rain"), rain.rows, rain.left_out, 0, _span(rain))]
    if forecast is not None:
        later = _rows(forecast, feedback)
        rain, early = with_forecast(rain, later)
        why = reasons([Message("before the end of the observations: {n}", n=early) if early else None])
        entries.append(Entry(Message("Forecast"), len(later.gauges) - early, early, 0, why))
    age_min = _age_min(rain, now, rows.source)
    warnings += _stale(rain, age_min, longest_age_min, rows.source)
    return Watched(rain, age_min, warnings, entries)


def _rows(source: QgsFeatureSource, feedback: QgsProcessingFeedback) -> GaugeRows:
    table = read_table(source, feedback)
    if not len(table):
        raise InputError("The table '{source}' has no rows.", source=source.sourceName())
    gauge = next((own for name in GAUGE_FIELDS if (own := field_named(table.columns, name))), "")
    return gauge_rows(table, gauge, f"'{source.sourceName()}'")


def _span(rain: ObservedRain) -> Message:
    return Message(
        "{total:.1f} mm from {start} to {end}",
        total=float(rain.series.cumulative_mm(rain.end_min - rain.start_min)),
        start=rain.times.moment(rain.start_min),
        end=rain.times.moment(rain.end_min),
    )


def _age_min(rain: ObservedRain, now: str, source: str) -> float | None:
    """Minutes from the last value to now."""
    given = read_moment(re.sub(r"[zZ]$", "+00:00", now.strip())) if now.strip() else None
    if now.strip() and given is None:
        raise InputError("NOW is no date with a time: '{text}'. Write it as 2026-06-01T08:00Z.", text=now[:40])
    if not rain.times.dated:
        return None
    moment = given or (datetime.now(UTC) if rain.times.zoned else datetime.now())
    if (moment.tzinfo is not None) != rain.times.zoned:
        raise InputError(
            "NOW and the times of {source} must both have a time zone, or none: write 2026-06-01T08:00+08:00, or leave "
            "the zone out in both.",
            source=source,
        )
    return minutes_of(moment) - rain.end_min


def _stale(rain: ObservedRain, age_min: float | None, longest_min: float, source: str) -> Sequence[Message]:
    """Sentences on observations that are old, or later than now, and on silent gauges."""
    found = []
    if age_min is None:
        found.append(Message("The times of {source} are no moments: how old they are is not known.", source=source))
    elif age_min > longest_min:
        found.append(
            Message(
                "The last value of {source} is {age:,.0f} min old, more than {limit:g}: what has fallen since is not "
                "known.",
                source=source,
                age=age_min,
                limit=longest_min,
            )
        )
    elif age_min < 0:
        found.append(
            Message(
                "The last value of {source} is {minutes:,.0f} min later than now: check its time zone.",
                source=source,
                minutes=-age_min,
            )
        )
    names = silent(rain, longest_min)
    if names:
        found.append(
            Message(
                "{n} gauges are silent for more than {limit:g} min before the last value of the others: {names}.",
                n=len(names),
                limit=longest_min,
                names=", ".join(names[:8]),
            )
        )
    return found
