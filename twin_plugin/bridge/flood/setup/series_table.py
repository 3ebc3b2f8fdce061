"""Tables of a quantity over time: which column is what, in which unit, and the rows of each name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsFeatureSource
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ...kernel.vectors import field_named, read_table
from .parameters import Parameters

TIMES = ("time_min", "time", "datetime", "result_time")
"""Columns of times; all but the first have moments in ISO 8601."""


@dataclass(frozen=True)
class SeriesTable:
    """Rows of a table, by name where it has a column of names.

    Attributes
    ----------
    name : str
        Of the table.
    fields : tuple of str
        All that it has.
    rows : dict of str to list of (time, value)
        In the unit that the value's column was asked for in; "" is the name where there is no column of names, or
        where it is empty.
    """

    name: str
    fields: tuple[str, ...]
    rows: Mapping[str, list[tuple[object, object]]]


def read_rows_of(
    parameters: Parameters, source: QgsFeatureSource, units: Mapping[str, float], names: Iterable[str], cure: Message
) -> SeriesTable:
    """The rows of a table with a column of times and one of values.

    Parameters
    ----------
    parameters : Parameters
    source : QgsFeatureSource
    units : mapping of str to float
        Columns that may have the values, and what makes them the unit that is asked for.
    names : iterable of str
        Columns that may have the names.
    cure : Message
        A sentence that says which columns are needed.

    Raises
    ------
    InputError
        When a column is missing, or one of times has numbers without a unit.
    """
    fields = tuple(source.fields().names())
    time = next((name for name in TIMES if field_named(fields, name)), None)
    value = next((name for name in units if field_named(fields, name)), None)
    if time is None or value is None:
        raise InputError(
            "The table '{source}' lacks a column of times or of values. {cure}", source=source.sourceName(), cure=cure
        )
    parameters.warn([_several(fields, TIMES, source.sourceName()), _several(fields, tuple(units), source.sourceName())])
    named = next((name for name in names if field_named(fields, name)), None)
    columns = read_table(source, parameters.feedback, fields=(time, value, *([named] if named else ()))).columns
    times = [plain_time(item) for item in columns[time]]
    if time != TIMES[0] and any(is_number(item) for item in times):
        raise InputError(
            "The column {column} of '{source}' has numbers: name it time_min and give minutes, or give moments such as "
            "2026-06-08T14:00:00Z.",
            column=time,
            source=source.sourceName(),
        )
    keys = [_text(item) for item in columns[named]] if named else [""] * len(times)
    rows: dict[str, list[tuple[object, object]]] = {}
    for key, at, number in zip(keys, times, columns[value], strict=True):
        rows.setdefault(key, []).append((at, _scaled(number, units[value])))
    return SeriesTable(source.sourceName(), fields, rows)


def _several(fields: tuple[str, ...], names: tuple[str, ...], table: str) -> Message | None:
    """A sentence where several columns could be meant, and one counts."""
    found = [name for name in names if field_named(fields, name)]
    if len(found) < 2:
        return None
    return Message(
        "'{table}' has the columns {columns}: {first} counts.", table=table, columns=", ".join(found), first=found[0]
    )


def plain_time(value: Any) -> Any:
    """A time as a number or a text: dates of QGIS in ISO 8601, in UTC where they name a time zone."""
    if isinstance(value, QDateTime):
        zoned = value.timeSpec() != Qt.TimeSpec.LocalTime
        return value.toUTC().toString(Qt.DateFormat.ISODate) if zoned else value.toString(Qt.DateFormat.ISODate)
    return value.toString(Qt.DateFormat.ISODate) if isinstance(value, QDate) else value


def _scaled(value: object, factor: float) -> object:
    """A value in another unit; what is no number stays, and is refused with its text later."""
    if factor == 1.0 or value is None:
        return value
    try:
        return float(str(value)) * factor
    except ValueError:
        return value


def is_number(value: object) -> bool:
    """Whether a value is a number, or a text of one."""
    try:
        float(str(value))
    except ValueError:
        return False
    return True


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
