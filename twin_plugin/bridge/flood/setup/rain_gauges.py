"""GAUGES and GAUGE_RAIN: points and what they measured, in a table or as the observations of a service."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.rain.gauge_rain import GaugeMethod, GaugeRain
from ....core.flood.rain.gauge_table import GaugeRows, GaugesRead, read_gauges
from ....core.flood.rain.rain_times import read_moment
from ....core.flood.rain.rain_units import RainUnit, require_unit
from ....core.flood.rainfall_series import number_of
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable, field_named, read_table
from .parameters import Parameters

GAUGE_FIELDS = ("gauge", "gauge_id", "sensor_id", "site_id", "station_id", "site", "station", "id", "name")
"""Of the field that names the gauge, in points and rows: the first that both have counts."""
TIME_FIELDS = ("time_min", "time", "datetime", "date_time")
VALUE_FIELDS = {"depth_mm": "mm", "intensity_mm_h": "mm/h", "value": ""}
"""By name, with the unit; that of `value` stands in the field unit."""
_RAIN = re.compile(r"rain|precip|雨|降水", re.IGNORECASE)
"""Properties of observations that are rain."""


def read_start_moment(parameters: Parameters) -> datetime | None:
    """RAIN_START; None where it is empty.

    Raises
    ------
    InputError
        When it is no moment.
    """
    text = parameters.text("RAIN_START").strip()
    if not text:
        return None
    moment = read_moment(text)
    if moment is None:
        raise InputError(
            "RAIN_START is no date with a time: '{text}'. Write it as 2026-06-01T08:00+08:00.", text=text[:40]
        )
    return moment


def read_gauge_rain(parameters: Parameters, grid: Grid) -> GaugeRain:
    """The rain of GAUGES with GAUGE_RAIN, or of observations in GAUGES, on the cells of a terrain.

    Raises
    ------
    InputError
        When fields are missing, or the rows give no rain.
    """
    points_source, table_source = parameters.source("GAUGES"), parameters.source("GAUGE_RAIN")
    if points_source is None:
        raise InputError("GAUGES is empty: choose the point layer of the gauges.")
    points = parameters.features(points_source, grid, *_all_fields())
    name = f"'{points_source.sourceName()}'"
    if table_source is None:
        gauge_field = _field(points, GAUGE_FIELDS, name)
        rows = gauge_rows(points, gauge_field, name)
    else:
        table, table_name = read_table(table_source, parameters.feedback), f"'{table_source.sourceName()}'"
        gauge_field = _shared_field(points, table, name, table_name)
        rows = gauge_rows(table, field_named(table.columns, gauge_field), table_name)
    notes: list[Message] = []
    places = _places(points, gauge_field, name, notes)
    read = read_gauges(
        grid.cells, places, rows, GaugeMethod(parameters.text("GAUGE_METHOD")), read_start_moment(parameters)
    )
    notes += read.notes
    if not read.start and parameters.given("RAIN_START"):
        notes.append(Message("RAIN_START has no effect: the times of {source} are minutes.", source=rows.source))
    parameters.warn(notes)
    parameters.entries.extend(_entries(read, notes))
    return read.rain


def _entries(read: GaugesRead, notes: Sequence[Message]) -> list[Entry]:
    start = Message("the run starts at {moment}", moment=read.start) if read.start else None
    return [
        Entry(Message("Gauges"), read.gauges, read.left_out_gauges, 0, reasons(notes)),
        Entry(Message("Rows of rain"), read.used_rows, read.left_out_rows, read.empty_rows, reasons([start])),
    ]


def _all_fields() -> tuple[str, ...]:
    return (*GAUGE_FIELDS, *TIME_FIELDS, *VALUE_FIELDS, "unit", "property")


def _field(table: FeatureTable, names: Sequence[str], source: str) -> str:
    """The first of some fields that a table has."""
    for name in names:
        if field_named(table.columns, name):
            return name
    raise InputError("{source} has none of the fields {names}: name one so.", source=source, names=", ".join(names))


def _shared_field(points: FeatureTable, table: FeatureTable, points_name: str, table_name: str) -> str:
    """The field that names the gauge in points and rows."""
    for name in GAUGE_FIELDS:
        if field_named(points.columns, name) and field_named(table.columns, name):
            return name
    raise InputError(
        "{points} and {table} have no field in common that names the gauge: give both a field gauge (one of {names}).",
        points=points_name,
        table=table_name,
        names=", ".join(GAUGE_FIELDS),
    )


def gauge_rows(table: FeatureTable, gauge_field: str, source: str) -> GaugeRows:
    """The rows of a table with times and values; without a field of gauges all are of one.

    Raises
    ------
    InputError
        When fields are missing, or a value or unit cannot be read.
    """
    time_field = field_named(table.columns, _field(table, TIME_FIELDS, source))
    value_name = _field(table, tuple(VALUE_FIELDS), source)
    kept = _of_rain(table, source)
    values = [number_of(value, value_name, source) for value in table.columns[field_named(table.columns, value_name)]]
    names = [_text(value) for value in table.columns[gauge_field]] if gauge_field else ["-"] * len(table)
    times = [_plain_time(value) for value in table.columns[time_field]]
    return GaugeRows(
        [names[row] for row in kept],
        [times[row] for row in kept],
        np.array([values[row] for row in kept], np.float64),
        _units(table, value_name, kept, source),
        source,
    )


def _of_rain(table: FeatureTable, source: str) -> list[int]:
    """Rows whose property is rain, where a table has properties."""
    properties = [_text(value) for value in table.get("property", "")]
    if len(set(properties)) < 2:
        return list(range(len(table)))
    kept = [row for row, name in enumerate(properties) if _RAIN.search(name)]
    if not kept:
        raise InputError(
            "{source} has several properties and none of them is rain by its name: {names}. Keep the rows of the rain.",
            source=source,
            names=", ".join(sorted(set(properties))[:8]),
        )
    return kept


def _units(table: FeatureTable, value_name: str, kept: Sequence[int], source: str) -> list[RainUnit]:
    fixed = VALUE_FIELDS[value_name]
    if fixed:
        return [require_unit(fixed, source)] * len(kept)
    if not field_named(table.columns, "unit"):
        raise InputError(
            "{source} has values without a unit: add a field unit (mm or mm/h), or name the values depth_mm or "
            "intensity_mm_h.",
            source=source,
        )
    texts = [_text(value) for value in table.columns[field_named(table.columns, "unit")]]
    known = {text: require_unit(text, source) for text in {texts[row] for row in kept}}
    return [known[texts[row]] for row in kept]


def _places(
    points: FeatureTable, gauge_field: str, source: str, notes: list[Message]
) -> dict[str, tuple[float, float]]:
    """Where each gauge is, by its name."""
    import shapely

    found: dict[str, tuple[float, float]] = {}
    nowhere = 0
    names = points.columns[field_named(points.columns, gauge_field)]
    for name, geometry in zip(names, points.geometries, strict=True):
        if geometry is None or shapely.is_empty(geometry) or not _text(name):
            nowhere += 1
            continue
        x, y = shapely.centroid(geometry).coords[0]
        known = found.setdefault(_text(name), (x, y))
        if math.dist(known, (x, y)) > 1.0:
            raise InputError(
                "Gauge {gauge} of {source} has several places: give each gauge a name of its own in the field {field}.",
                gauge=_text(name),
                source=source,
                field=gauge_field,
            )
    if nowhere:
        notes.append(
            Message("{n} points of {source} have no place or no name and are left out.", n=nowhere, source=source)
        )
    if not found:
        raise InputError("{source} has no gauge with a place and a name.", source=source)
    return found


def _plain_time(value: Any) -> object:
    """A time as core reads it: a moment has its time zone where QGIS knows one."""
    if isinstance(value, QDate):
        value = QDateTime(value)
    if not isinstance(value, QDateTime):
        return value
    if not value.isValid():
        return None
    moment = value.toPyDateTime().replace(tzinfo=None)
    if value.timeSpec() == Qt.TimeSpec.LocalTime:
        return moment
    return value.toUTC().toPyDateTime().replace(tzinfo=UTC)


def _text(value: Any) -> str:
    """A name as text: whole numbers without decimals, as a table may have them as real ones."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
