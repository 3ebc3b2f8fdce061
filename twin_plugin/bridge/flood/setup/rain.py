"""The rain of a run and how long it goes on: which kind is asked for, and the table of one gauge."""

from __future__ import annotations

import math

from qgis.core import QgsFeatureSource

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.process import Process
from ....core.flood.processes.rain import Rain
from ....core.flood.processes.spatial_rain import SpatialRain
from ....core.flood.rain.moving_storm import MovingStorm
from ....core.flood.rain.rain_field import RainField
from ....core.flood.rainfall_series import RainSeries, end_warnings, from_rows, number_of, series_warnings, uniform
from ...kernel.vectors import FeatureTable, read_table
from .entries import duration_entry, rain_entry
from .parameters import Parameters
from .rain_gauges import read_gauge_rain
from .rain_rasters import read_raster_rain

RAIN_FIELDS = ("time_min", "depth_mm")
AREAL_FIELD = "areal_factor"
TAIL_MIN = 60.0  # simulated after the rain where no duration is given


def read_rain(parameters: Parameters, clock_min: float = 0.0) -> tuple[Rain, float] | None:
    """Rain that is even on the terrain, and the duration in minutes; None where the rain differs from place to place.

    Parameters
    ----------
    clock_min : float
        The run's clock at its start: above 0 where it goes on from a state, so that earlier rain is over.

    Raises
    ------
    InputError
        When several kinds of rain are given, or one cannot be used.
    """
    _require_one_kind(parameters)
    total_mm, duration_min = parameters.number("RAIN_MM") or 0.0, parameters.number("DURATION_MIN")
    if duration_min is not None and not duration_min > 0:
        raise InputError("The duration must be above 0 min: leave it empty for the rain's length plus an hour.")
    if parameters.given("GAUGES") or parameters.given("RAIN_RASTERS"):
        return None
    source = parameters.source("RAIN")
    if source is not None:
        return None if _moves(parameters) else _read_table(parameters, source, duration_min, clock_min)
    if total_mm < 0:
        raise InputError("The rain must not be negative: {total_mm:g} mm.", total_mm=total_mm)
    length_min = duration_min or TAIL_MIN
    parameters.entries.append(duration_entry(length_min, duration_min is not None))
    if total_mm:
        parameters.warn(series_warnings(uniform(total_mm, length_min), "RAIN_MM"))
    return Rain(((length_min, total_mm),) if total_mm else ()), length_min


def read_rain_on(parameters: Parameters, grid: Grid, clock_min: float = 0.0) -> tuple[Process, float]:
    """Rain that differs from place to place, and the duration in minutes; `clock_min` as for `read_rain`."""
    field = _read_field(parameters, grid)
    duration_min = parameters.number("DURATION_MIN")
    whole_min = duration_min or max(field.end_min - clock_min, 0.0) + TAIL_MIN
    if clock_min + whole_min < field.end_min:
        parameters.warn(
            [
                Message(
                    "The run ends after {end:g} min, before the rain does ({rain:g} min): what falls later is left "
                    "out. Give a longer DURATION_MIN, or leave it empty.",
                    end=clock_min + whole_min,
                    rain=field.end_min,
                )
            ]
        )
    parameters.entries.append(duration_entry(whole_min, duration_min is not None))
    return SpatialRain(field), whole_min


def _read_field(parameters: Parameters, grid: Grid) -> RainField:
    if parameters.given("GAUGES"):
        return read_gauge_rain(parameters, grid)
    if parameters.given("RAIN_RASTERS"):
        return read_raster_rain(parameters, grid)
    source = parameters.source("RAIN")
    if source is None:
        raise InputError("RAIN is empty: choose the table of the storm that moves.")
    table = read_table(source, parameters.feedback, fields=(*RAIN_FIELDS, AREAL_FIELD))
    series, notes = _rain_of(table, source.sourceName())
    direction_deg, speed_ms = parameters.number("STORM_DIRECTION") or 0.0, parameters.number("STORM_SPEED") or 0.0
    storm = MovingStorm(grid.cells, _steps(series), direction_deg, speed_ms, _areal_factor(parameters, table))
    notes = [*notes, *storm.warnings()]
    parameters.warn(notes)
    way = Message("moves to {direction:g}° at {speed:g} m/s", direction=direction_deg, speed=speed_ms)
    parameters.entries.append(rain_entry(table.columns[RAIN_FIELDS[1]], [way, *notes], series, math.inf))
    return storm


def _moves(parameters: Parameters) -> bool:
    """Whether the storm of RAIN moves."""
    given = [name for name in ("STORM_DIRECTION", "STORM_SPEED") if parameters.number(name) is not None]
    if len(given) == 1:
        raise InputError(
            "A storm that moves needs STORM_DIRECTION and STORM_SPEED: only {name} is given.", name=given[0]
        )
    return bool(given)


def _steps(series: RainSeries) -> tuple[tuple[float, float], ...]:
    return tuple(zip(series.end_min.tolist(), series.depth_mm.tolist(), strict=True))


def given_rain(parameters: Parameters) -> list[str]:
    """The parameters of rain that have a value, of which a run has one."""
    given = [name for name in ("RAIN", "GAUGES", "RAIN_RASTERS") if parameters.given(name)]
    if parameters.number("RAIN_MM"):
        given.insert(1 if "RAIN" in given else 0, "RAIN_MM")
    return given


def _require_one_kind(parameters: Parameters) -> None:
    given = given_rain(parameters)
    if len(given) == 2:
        raise InputError("{first} and {second} are both given: choose one of them.", first=given[0], second=given[1])
    if len(given) > 2:
        raise InputError("{names} are all given: choose one of them.", names=", ".join(given))
    if parameters.given("GAUGE_RAIN") and "GAUGES" not in given:
        raise InputError("GAUGE_RAIN needs the places of its gauges: choose their point layer in GAUGES.")
    if "RAIN" not in given and _moves(parameters):
        raise InputError("STORM_DIRECTION and STORM_SPEED move the storm of RAIN, which is empty: choose its table.")


def _read_table(
    parameters: Parameters, source: QgsFeatureSource, duration_min: float | None, clock_min: float
) -> tuple[Rain, float]:
    """The rain of RAIN."""
    table = read_table(source, parameters.feedback, fields=(*RAIN_FIELDS, AREAL_FIELD))
    series, notes = _rain_of(table, source.sourceName())
    whole_min = duration_min or max(series.duration_min - clock_min, 0.0) + TAIL_MIN
    end_min = clock_min + whole_min
    notes = [*notes, *end_warnings(series, end_min, source.sourceName())]
    parameters.warn(notes)
    parameters.entries.append(rain_entry(table.columns[RAIN_FIELDS[1]], notes, series, end_min))
    parameters.entries.append(duration_entry(whole_min, duration_min is not None))
    return Rain(_steps(series), _areal_factor(parameters, table)), whole_min


def _areal_factor(parameters: Parameters, table: FeatureTable) -> float:
    """The areal factor that the depths of a table have, as 'Design storm' writes it; 1 where it says none.

    Of rows that differ it is that of the whole storm: its depth over that of the rain at a point.
    """
    found = [number_of(value, AREAL_FIELD, "RAIN") for value in table.get(AREAL_FIELD)]
    wrong = next((factor for factor in found if math.isfinite(factor) and not 0 < factor <= 1), None)
    if wrong is not None:
        raise InputError(
            "RAIN has an areal_factor of {factor:g}: it is a share above 0 and at most 1. Correct it, or leave it "
            "empty.",
            factor=wrong,
        )
    factors = [factor if math.isfinite(factor) else 1.0 for factor in found]
    if len(set(factors)) == 1:
        return factors[0]
    depths = [number_of(value, RAIN_FIELDS[1], "RAIN") for value in table.get(RAIN_FIELDS[1])]
    depths = [depth if math.isfinite(depth) else 0.0 for depth in depths]
    point_mm = math.fsum(depth / factor for depth, factor in zip(depths, factors, strict=True))
    whole = math.fsum(depths) / point_mm if point_mm > 0 else 1.0
    parameters.warn(
        [
            Message(
                "RAIN has areal factors from {low:g} to {high:g}: SUMMARY has that of the whole storm, {whole:.4g}. "
                "The depths are taken as they are.",
                low=min(factors),
                high=max(factors),
                whole=whole,
            )
        ]
    )
    return whole


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
