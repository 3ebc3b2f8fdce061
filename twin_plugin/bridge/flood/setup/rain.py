"""The rain of a run and how long it goes on."""

from __future__ import annotations

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.flood.processes.rain import Rain
from ....core.flood.rainfall_series import RainSeries, end_warnings, from_rows, series_warnings, uniform
from ...kernel.vectors import FeatureTable, read_table
from .entries import duration_entry, rain_entry
from .parameters import Parameters

RAIN_FIELDS = ("time_min", "depth_mm")
TAIL_MIN = 60.0  # simulated after the rain where no duration is given


def read_rain(parameters: Parameters) -> tuple[Rain, float]:
    """Rain from a table or evenly over the duration, and the duration in minutes."""
    source, total_mm = parameters.source("RAIN"), parameters.number("RAIN_MM") or 0.0
    duration_min = parameters.number("DURATION_MIN")
    if duration_min is not None and not duration_min > 0:
        raise InputError("The duration must be above 0 min: leave it empty for the rain's length plus an hour.")
    if source is None:
        if total_mm < 0:
            raise InputError("The rain must not be negative: {total_mm:g} mm.", total_mm=total_mm)
        length_min = duration_min or TAIL_MIN
        parameters.entries.append(duration_entry(length_min, duration_min is not None))
        if total_mm:
            parameters.warn(series_warnings(uniform(total_mm, length_min), "RAIN_MM"))
        return Rain(((length_min, total_mm),) if total_mm else ()), length_min
    if total_mm:
        raise InputError("RAIN and RAIN_MM are both given: choose one of them.")
    table = read_table(source, parameters.feedback, fields=RAIN_FIELDS)
    series, notes = _rain_of(table, source.sourceName())
    whole_min = duration_min or series.duration_min + TAIL_MIN
    notes = [*notes, *end_warnings(series, whole_min, source.sourceName())]
    parameters.warn(notes)
    parameters.entries.append(rain_entry(table.columns[RAIN_FIELDS[1]], notes, series, whole_min))
    parameters.entries.append(duration_entry(whole_min, duration_min is not None))
    steps = tuple(zip(series.end_min.tolist(), series.depth_mm.tolist(), strict=True))
    return Rain(steps), whole_min


def _rain_of(table: FeatureTable, name: str) -> tuple[RainSeries, list[Message]]:
    """The rain of a table with time_min and depth_mm, and what looks wrong in it."""
    if missing := [column for column in RAIN_FIELDS if column not in table.columns]:
        raise InputError(
            "The rain table '{source}' has no field {names}: it needs time_min (end of each step) and depth_mm (rain "
            "of the step), as 'Design storm' writes them.",
            source=name,
            names=", ".join(missing),
        )
    return from_rows(*(table.columns[column] for column in RAIN_FIELDS), f"'{name}'")
