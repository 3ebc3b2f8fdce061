"""Levels over time at the edges of the terrain: TIDE with its datum and its phase."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.flood.processes.boundaries import SIDES, Boundaries, Boundary, BoundaryKind, MovingLevel
from ....core.flood.time_series import TimeSeries, read_series
from ...kernel.input_table import Entry, reasons
from .parameters import Parameters
from .series_table import SeriesTable, read_rows_of

UNITS = {"level_m": 1.0, "level_cm": 0.01}
WORDS = {"n": "north", "e": "east", "s": "south", "w": "west", "北": "north", "东": "east", "南": "south", "西": "west"}
OTHER_DATUM = ("chart", "海图", "_cd", "cd_", "lat_", "_lat", "mllw", "理论最低", "深度基准")
"""Parts of column names that say that levels are not above the terrain's datum."""
FASTEST_M_H = 4.0
"""No tide or river rises faster: the times have perhaps another unit."""


def read_boundaries(parameters: Parameters, run_s: tuple[float, float]) -> Boundaries:
    """What each edge is: BOUNDARY_… with a fixed level, or with that of TIDE.

    `run_s` is the clock at the start and at the end of the run.

    Raises
    ------
    InputError
        When TIDE cannot be used.
    """
    sides = {side: _boundary(parameters, side.upper()) for side in SIDES}
    source = parameters.source("TIDE")
    if source is None:
        if parameters.number("TIDE_DATUM_M") is not None or parameters.number("TIDE_PEAK_MIN") is not None:
            parameters.warn([Message("TIDE_DATUM_M and TIDE_PEAK_MIN have no effect without TIDE.")])
        return Boundaries(sides)
    cure = Message("It needs time_min (minutes) or time (moments), level_m or level_cm, and may have side.")
    table = read_rows_of(parameters, source, UNITS, ("side",), cure)
    parameters.warn([_datum_note(table, parameters)])
    return Boundaries({**sides, **_levels(parameters, table, sides, run_s)})


def _boundary(parameters: Parameters, side: str) -> Boundary:
    level_m = parameters.number(f"LEVEL_{side}_M")
    return Boundary(BoundaryKind(parameters.text(f"BOUNDARY_{side}")), float("nan") if level_m is None else level_m)


def _levels(
    parameters: Parameters, table: SeriesTable, sides: Mapping[str, Boundary], run_s: tuple[float, float]
) -> dict[str, Boundary]:
    """The edges that follow the tide."""
    found: dict[str, Boundary] = {}
    named: dict[str, list[tuple[object, object]]] = {}
    for key, rows in table.rows.items():
        if key:  # one side may be written in several ways
            named.setdefault(_side(key, table.name), []).extend(rows)
    free = [s for s, edge in sides.items() if edge.kind is BoundaryKind.LEVEL and not np.isfinite(edge.level_m)]
    if not named and not free:
        raise InputError(
            "TIDE is given, but no edge takes its level from it: set BOUNDARY_… of the sea's side to level, and leave "
            "its LEVEL_…_M empty."
        )
    for side in dict.fromkeys((*named, *(free if "" in table.rows else ()))):
        if sides[side].kind is not BoundaryKind.LEVEL or np.isfinite(sides[side].level_m):
            raise InputError(
                "TIDE has levels for the {side}: set BOUNDARY_{name} to level and leave LEVEL_{name}_M empty.",
                side=side,
                name=side.upper(),
            )
        rows = named.get(side) or table.rows[""]
        series = _placed(parameters, read_series(*zip(*rows, strict=True), f"'{table.name}'"))
        found[side] = MovingLevel.of(series.times_s, series.values)
        parameters.warn([_rate_note(series, table.name), series.outside_note(*run_s, f"'{table.name}'")])
        parameters.entries.append(_entry(side, series))
    return found


def _side(text: str, table: str) -> str:
    side = text.strip().lower()
    side = WORDS.get(side, side)
    if side not in SIDES:
        raise InputError(
            "The side '{text}' of '{table}' is none: write north, east, south or west.", text=text, table=table
        )
    return side


def _placed(parameters: Parameters, series: TimeSeries) -> TimeSeries:
    """The series above the terrain's datum, with its high water at TIDE_PEAK_MIN."""
    peak_min = parameters.number("TIDE_PEAK_MIN")
    series = series.raised(parameters.number("TIDE_DATUM_M") or 0.0)
    return series if peak_min is None else series.moved(60.0 * peak_min - series.peak_s)


def _datum_note(table: SeriesTable, parameters: Parameters) -> Message | None:
    """A sentence where a column says that its levels have another datum, and nobody said which."""
    hints = [field for field in table.fields if any(word in field.lower() for word in OTHER_DATUM)]
    if not hints or parameters.number("TIDE_DATUM_M") is not None:
        return None
    return Message(
        "The column {column} of '{table}' names another datum, and its levels count as above the terrain's: give "
        "TIDE_DATUM_M, the height of the tide's zero above the terrain's datum.",
        column=hints[0],
        table=table.name,
    )


def _rate_note(series: TimeSeries, table: str) -> Message | None:
    """A sentence where the level changes faster than water bodies do."""
    if len(series.values) < 2:
        return None
    rates = np.abs(np.diff(series.values)) / np.diff(series.times_s) * 3600.0
    if rates.max() <= FASTEST_M_H:
        return None
    return Message(
        "The level of '{table}' changes by {rate:.3g} m/h: make sure that its times are minutes and its levels metres.",
        table=table,
        rate=float(rates.max()),
    )


def _entry(side: str, series: TimeSeries) -> Entry:
    """Rows of TIDE, and what the level is."""
    first, last = series.times_s[0] / 60.0, series.times_s[-1] / 60.0
    why = [
        Message(
            "{low:g} to {high:g} m, highest at {peak:g} min, from {first:g} to {last:g} min, constant before and after",
            low=min(series.values),
            high=max(series.values),
            peak=series.peak_s / 60.0,
            first=first,
            last=last,
        ),
        Message("0 min is {moment}", moment=_zero(series)) if series.start is not None else None,
        *series.notes,
    ]
    what = Message("Levels over time in the {side}", side=side)
    return Entry(what, len(series.times_s), series.left_out, 0, reasons(why))


def _zero(series: TimeSeries) -> str:
    return series.start.isoformat() if series.start is not None else ""
