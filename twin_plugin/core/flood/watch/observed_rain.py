"""Observed rain of one or several gauges as one series: their mean, with gaps, silent gauges and age reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...common.errors import InputError
from ...common.messages import Message
from ..rain.gauge_series import FloatArray, GaugeSeries
from ..rain.gauge_table import GaugeRows, gauge_series
from ..rain.rain_times import RainTimes, read_times
from ..rainfall_series import MAX_STEPS, RainSeries


@dataclass(frozen=True)
class ObservedRain:
    """The mean of some gauges over a span of time.

    Attributes
    ----------
    series : RainSeries
        From `start_min` on; where no gauge has a value it counts as dry.
    start_min, end_min : float
        Of the observations, in the minutes of `times`.
    times : RainTimes
    gauges : dict of str to float
        Total by gauge, mm.
    last_min : dict of str to float
        End of the last value by gauge.
    gap_min, forecast_min : float
        Minutes without a value of any gauge, and those that a forecast added.
    rows, left_out : int
        Values that were used, and rows without one, without a time, or before the span.
    notes : list of Message
        What looks like a wrong unit.
    """

    series: RainSeries
    start_min: float
    end_min: float
    times: RainTimes
    gauges: dict[str, float]
    last_min: dict[str, float]
    gap_min: float
    rows: int
    left_out: int
    notes: list[Message]
    forecast_min: float = 0.0


def observed_rain(rows: GaugeRows, last_hours: float = 0.0) -> ObservedRain:
    """The mean rain of the gauges of a table.

    Parameters
    ----------
    rows : GaugeRows
    last_hours : float
        Only so much before the last value; 0 for all.

    Raises
    ------
    InputError
        When no row has a time and a value, each gauge has a single dated one, times repeat or are mixed, or depths are
        negative or impossible.
    """
    times = read_times(rows.times, rows.source)
    series = _series(rows, times)
    if times.dated and all(one.ends_min.size == 1 for one in series):
        raise InputError(
            "{source} has a single value for each gauge, whose step is not known: give all values of the last hours.",
            source=rows.source,
        )
    end_min = max(float(one.ends_min[-1]) for one in series)
    start_min = min(float(one.starts_min[0]) for one in series)
    if last_hours > 0:
        start_min = max(start_min, end_min - 60.0 * last_hours)
    kept = [later for one in series if (later := one.after(start_min)).ends_min.size]
    notes = [text for one in kept for text in one.warnings(rows.source)]
    edges, depths = _mean(kept, rows.source)
    used = sum(one.ends_min.size for one in kept)
    return ObservedRain(
        series=RainSeries(edges[1:], np.nan_to_num(depths)),
        start_min=start_min,
        end_min=end_min,
        times=times,
        gauges={one.name: one.total_mm for one in kept},
        last_min={one.name: float(one.ends_min[-1]) for one in series},
        gap_min=float(np.diff(edges)[np.isnan(depths)].sum()),
        rows=used,
        left_out=len(rows.gauges) - used,
        notes=notes,
    )


def with_forecast(observed: ObservedRain, rows: GaugeRows) -> tuple[ObservedRain, int]:
    """The observations with the part of a forecast that is later, and how many steps of it are not.

    Raises
    ------
    InputError
        When one has moments and the other minutes, or nothing of it is later.
    """
    later = observed_rain(rows)
    if (later.times.dated, later.times.zoned) != (observed.times.dated, observed.times.zoned):
        raise InputError(
            "The times of {source} and of the observations must be of one kind: minutes, moments with a time zone, or "
            "moments without.",
            source=rows.source,
        )
    offset, last = later.start_min - observed.start_min, observed.end_min - observed.start_min
    ends = later.series.end_min + offset
    new = ends > last + 1e-6
    if not new.any():
        raise InputError("No row of {source} is later than the observations: leave FORECAST empty.", source=rows.source)
    edges = np.concatenate([[max(last, offset)], ends[new]])
    dry = edges[:1][edges[:1] > last + 1e-6]  # between the last observation and the first forecast
    series = RainSeries(
        np.concatenate([observed.series.end_min, dry, edges[1:]]),
        np.concatenate(
            [observed.series.depth_mm, np.zeros(dry.size), np.diff(later.series.cumulative_mm(edges - offset))]
        ),
    )
    added_min = float(ends[-1]) - last
    joined = replace(observed, series=series, forecast_min=added_min, notes=observed.notes + later.notes)
    return joined, int((~new).sum())


def silent(observed: ObservedRain, longest_min: float) -> list[str]:
    """Gauges whose last value is older than that of the latest gauge by more than some minutes."""
    return [name for name, last in observed.last_min.items() if observed.end_min - last > longest_min]


def doubts(observed: ObservedRain, source: str) -> list[Message]:
    """Gaps, and gauges that differ."""
    found = list(observed.notes)
    if observed.gap_min > 0:
        found.append(
            Message(
                "{source} has no value for {minutes:g} of {all:g} min: these count as dry, so that more may have "
                "fallen.",
                source=source,
                minutes=round(observed.gap_min, 1),
                all=round(observed.end_min - observed.start_min, 1),
            )
        )
    totals = observed.gauges
    if len(totals) > 1:
        low, high = min(totals, key=totals.__getitem__), max(totals, key=totals.__getitem__)
        found.append(
            Message(
                "The rain is the mean of {n} gauges, which have from {low:.1f} mm ({least}) to {high:.1f} mm ({most}).",
                n=len(totals),
                low=totals[low],
                least=low,
                high=totals[high],
                most=high,
            )
        )
    return found


def _series(rows: GaugeRows, times: RainTimes) -> list[GaugeSeries]:
    """What each gauge measured; rows without a time are left out."""
    by_gauge: dict[str, list[int]] = defaultdict(list)
    for number, (gauge, minutes) in enumerate(zip(rows.gauges, times.minutes, strict=True)):
        if minutes == minutes:
            by_gauge[gauge].append(number)
    series = gauge_series(by_gauge, rows, times)
    if not series:
        raise InputError("{source} has no row with a time and a value of rain.", source=rows.source)
    return series


def _mean(series: Sequence[GaugeSeries], source: str) -> tuple[FloatArray, FloatArray]:
    """Edges of the steps that all gauges have in common, and the mean of those with a value; NaN without any."""
    bounds = [np.round(np.concatenate([one.starts_min, one.ends_min]), 6) for one in series]
    edges = np.unique(np.concatenate([[0.0], *bounds]))
    if edges.size > MAX_STEPS:
        raise InputError(
            "{source} has {steps} different steps: choose fewer rows or gauges, or longer steps.",
            source=source,
            steps=edges.size - 1,
        )
    depths = np.stack([one.on(edges) for one in series])
    there = np.isfinite(depths)
    count = there.sum(axis=0)
    total = np.where(there, depths, 0.0).sum(axis=0)
    return edges, np.where(count > 0, total / np.maximum(count, 1), np.nan)
