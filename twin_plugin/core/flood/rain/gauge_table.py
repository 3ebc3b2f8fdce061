"""A table of what several gauges measured, as rain on the cells of a run: what is used, left out and missing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ...common.cells import Cells
from ...common.errors import InputError
from ...common.messages import Message
from ..rainfall_series import MAX_STEPS
from .gauge_rain import GaugeMethod, GaugeRain
from .gauge_series import FloatArray, GaugeSeries, span_starts, usual_step_min
from .rain_times import RainTimes, minutes_of, moment_text, read_times
from .rain_units import RainUnit

FAR_M = 50_000.0
"""Gauges farther from the terrain have perhaps a wrong place or CRS."""
MOST_VALUES = 50_000_000
MOST_NOTES = 8
"""Of one kind; more gauges are counted."""


@dataclass(frozen=True)
class GaugeRows:
    """Rows of a table, in any order: columns of one length.

    Attributes
    ----------
    gauges : sequence of str
        "" where a row names none.
    times : sequence
        End of each step: minutes, dates or ISO 8601 texts; None where a row has none.
    values : float64 array
        NaN where a row has none.
    units : sequence of RainUnit
    source : str
        Name of the table, for messages.
    """

    gauges: Sequence[str]
    times: Sequence[object]
    values: FloatArray
    units: Sequence[RainUnit]
    source: str


@dataclass(frozen=True)
class GaugesRead:
    """The rain of gauges, and what was found while it was read.

    Attributes
    ----------
    rain : GaugeRain
    start : str
        The moment of the run's start; "" where times are minutes.
    used_rows, left_out_rows, empty_rows : int
        Rows without a value count as gaps.
    gauges, left_out_gauges : int
    notes : list of Message
    """

    rain: GaugeRain
    start: str
    used_rows: int
    left_out_rows: int
    empty_rows: int
    gauges: int
    left_out_gauges: int
    notes: list[Message]


def read_gauges(
    cells: Cells,
    places: Mapping[str, tuple[float, float]],
    rows: GaugeRows,
    method: GaugeMethod,
    start: datetime | None = None,
) -> GaugesRead:
    """The rain of gauges on the cells of a run.

    Parameters
    ----------
    cells : Cells
    places : mapping of str to (x, y)
        Gauges in the CRS of the cells.
    rows : GaugeRows
    method : GaugeMethod
    start : datetime, optional
        When the run starts, for dated rows; by default with the first step.

    Raises
    ------
    InputError
        When no gauge of the layer has a row, times repeat or are mixed, depths are negative or impossible, all gauges
        are far from the terrain, or nothing falls after the start.
    """
    times = read_times(rows.times, rows.source)
    notes: list[Message] = []
    by_gauge = _rows_by_gauge(places, rows, times, notes)
    series = gauge_series(by_gauge, rows, times)
    if not series:
        raise InputError(
            "No row of {source} belongs to a gauge of the layer: the gauges are {gauges}, the rows name {named}.",
            source=rows.source,
            gauges=_listed(places),
            named=_listed(dict.fromkeys(rows.gauges)),
        )
    start_min = _start_min(series, times, start, rows.source)
    early = sum(int((one.ends_min <= start_min).sum()) for one in series)
    series = [one for one in (one.after(start_min) for one in series) if one.ends_min.size]
    if not series:
        raise InputError("No row of {source} is later than the start of the run: check RAIN_START.", source=rows.source)
    for one in series:
        notes += one.warnings(rows.source)
    if early:
        notes.append(Message("{rows} rows end before the run starts and are left out.", rows=early))
    notes += _without_rows(places, series)
    notes += _far_away(cells, {one.name: places[one.name] for one in series})
    rain = _on_cells(cells, places, series, method, rows.source)
    notes += _gaps(rain, [one.name for one in series], times, start_min)
    used = sum(one.ends_min.size for one in series)
    there = sum(len(numbers) for numbers in by_gauge.values())
    empty = sum(int(np.isnan(rows.values[numbers]).sum()) for numbers in by_gauge.values())
    return GaugesRead(
        rain, moment_text(start_min, times.zoned) if times.dated else "", used, len(rows.gauges) - there + early, empty,
        len(series), len(places) - len(series), notes,
    )  # fmt: skip


def _rows_by_gauge(
    places: Mapping[str, tuple[float, float]], rows: GaugeRows, times: RainTimes, notes: list[Message]
) -> dict[str, list[int]]:
    """Numbers of the rows of each gauge that the layer has."""
    found: dict[str, list[int]] = defaultdict(list)
    unknown: dict[str, int] = defaultdict(int)
    without = 0
    for number, (gauge, minutes) in enumerate(zip(rows.gauges, times.minutes, strict=True)):
        if gauge not in places:
            unknown[gauge] += 1
        elif math.isnan(minutes):
            without += 1
        else:
            found[gauge].append(number)
    if unknown:
        notes.append(
            Message(
                "{rows} rows of {source} belong to gauges that the layer does not have, and are left out: {gauges}.",
                rows=sum(unknown.values()),
                source=rows.source,
                gauges=_listed(unknown),
            )
        )
    if without:
        notes.append(
            Message("{rows} rows of {source} have no time and are left out.", rows=without, source=rows.source)
        )
    return found


def gauge_series(by_gauge: Mapping[str, list[int]], rows: GaugeRows, times: RainTimes) -> list[GaugeSeries]:
    """What each gauge measured; gauges without a value are left out."""
    usual = [usual_step_min(np.unique(times.minutes[numbers])) for numbers in by_gauge.values()]
    typical = float(np.median([step for step in usual if step])) if any(usual) else None
    found = []
    for gauge, numbers in by_gauge.items():
        order = np.asarray(numbers)[np.argsort(times.minutes[numbers], kind="stable")]
        ends_min, values = times.minutes[order], rows.values[order]
        repeated = np.flatnonzero(np.diff(ends_min) == 0)
        if repeated.size:
            raise InputError(
                "Gauge {gauge} of {source} has the time {moment} more than once: give one row for each step.",
                gauge=gauge,
                source=rows.source,
                moment=times.moment(float(ends_min[repeated[0]])),
            )
        starts_min = span_starts(ends_min, not times.dated, typical)
        steps_s = 60.0 * (ends_min - starts_min)
        factors = [rows.units[row].depth_factor(step) for row, step in zip(order, steps_s, strict=True)]
        depths_mm = values * np.array(factors)
        if (depths_mm < 0).any():
            row = int(np.argmax(depths_mm < 0))
            raise InputError(
                "Gauge {gauge} of {source} has a negative rain at {moment} ({value:g}): leave the value empty where "
                "the gauge measured nothing.",
                gauge=gauge,
                source=rows.source,
                moment=times.moment(float(ends_min[row])),
                value=float(values[row]),
            )
        _require_steps(gauge, values[steps_s <= 0], rows.source)
        known = np.isfinite(depths_mm) & (steps_s > 0)
        if known.any():
            found.append(GaugeSeries(gauge, starts_min[known], ends_min[known], depths_mm[known]))
    return found


def _require_steps(gauge: str, values: FloatArray, source: str) -> None:
    """Refuse rain in a row at the start of the storm, whose step has no length."""
    if (values > 0).any():
        raise InputError(
            "Gauge {gauge} of {source} has rain at 0 min: a time is the end of its step, so add the step to all times.",
            gauge=gauge,
            source=source,
        )


def _start_min(series: Sequence[GaugeSeries], times: RainTimes, start: datetime | None, source: str) -> float:
    if not times.dated:
        return 0.0
    first = min(float(one.starts_min[0]) for one in series)
    if start is None:
        return first
    if (start.tzinfo is not None) != times.zoned:
        raise InputError(
            "RAIN_START and the times of {source} must both have a time zone, or none: write 2026-06-01T08:00+08:00, "
            "or leave the zone out in both.",
            source=source,
        )
    return minutes_of(start)


def _on_cells(
    cells: Cells,
    places: Mapping[str, tuple[float, float]],
    series: Sequence[GaugeSeries],
    method: GaugeMethod,
    source: str,
) -> GaugeRain:
    """The series in intervals that they have in common."""
    bounds = [np.round(np.concatenate([one.starts_min, one.ends_min]), 6) for one in series]
    edges_min = np.unique(np.concatenate([[0.0], *bounds]))
    intervals = edges_min.size - 1
    if intervals > MAX_STEPS or intervals * len(series) > MOST_VALUES:
        raise InputError(
            "The gauges of {source} have {intervals} different steps: choose fewer rows or gauges, or longer steps.",
            source=source,
            intervals=intervals,
        )
    depths_mm = np.stack([one.on(edges_min) for one in series], axis=1)
    x, y = np.array([places[one.name] for one in series], np.float64).T
    return GaugeRain(cells, x, y, 60.0 * edges_min[1:], depths_mm, method)


def _without_rows(places: Mapping[str, tuple[float, float]], series: Sequence[GaugeSeries]) -> list[Message]:
    names = [name for name in places if name not in {one.name for one in series}]
    if not names:
        return []
    return [Message("Gauges without a value are left out: {gauges}.", gauges=_listed(dict.fromkeys(names)))]


def _far_away(cells: Cells, places: Mapping[str, tuple[float, float]]) -> list[Message]:
    """Gauges far from the terrain; raises where all are."""
    away = {}
    for name, (x, y) in places.items():
        beside = max(cells.west - x, x - cells.east, 0.0), max(cells.south - y, y - cells.north, 0.0)
        away[name] = math.hypot(*beside)
    far = {name: distance_m for name, distance_m in away.items() if distance_m > FAR_M}
    if not far:
        return []
    if len(far) == len(away):
        raise InputError(
            "All gauges are more than {limit:g} km from the terrain, the nearest {km:.0f} km: check the CRS of the "
            "gauges.",
            limit=FAR_M / 1000.0,
            km=min(far.values()) / 1000.0,
        )
    return [
        Message("Gauge {gauge} is {km:.0f} km from the terrain: make sure that its place is right.",
                gauge=name, km=distance_m / 1000.0)
        for name, distance_m in list(far.items())[:MOST_NOTES]
    ]  # fmt: skip


def _gaps(rain: GaugeRain, names: Sequence[str], times: RainTimes, start_min: float) -> list[Message]:
    """Times without a value: of some gauges, whose neighbours take over, and of all, when no rain falls."""
    missing, lengths_min = np.isnan(rain.depths_mm), np.diff(rain.ends_s, prepend=0.0) / 60.0
    none = missing.all(1)
    found = []
    gap_min = lengths_min @ (missing & ~none[:, None])
    gappy = [f"{name} ({minutes:g} min)" for name, minutes in zip(names, gap_min, strict=True) if minutes > 0]
    if gappy:
        found.append(
            Message(
                "Some gauges have no value for a part of the {minutes:g} min, in which the gauges around them take "
                "over: {gauges}.",
                minutes=rain.end_min,
                gauges=_listed(dict.fromkeys(gappy)),
            )
        )
    if none.any():
        first = int(np.argmax(none))
        begin = start_min + (float(rain.ends_s[first - 1]) / 60.0 if first else 0.0)
        found.append(
            Message(
                "No gauge has a value for {minutes:g} min, first from {moment} on: no rain falls then.",
                minutes=float(lengths_min[none].sum()),
                moment=times.moment(begin),
            )
        )
    return found


def _listed(names: Mapping[str, object]) -> str:
    """Some names, and how many more there are."""
    first = [name or "''" for name in names][:MOST_NOTES]
    more = len(names) - len(first)
    return ", ".join(first) + (f" … (+{more})" if more else "")
