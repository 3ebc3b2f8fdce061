"""Fields of features: their types by schema or by what was sent, and values brought to these types.

Values are Python's own by type: text str, integer int, real float, boolean bool, datetime an aware datetime in UTC,
date a date, json its text. What does not fit a field's type becomes None, and is counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from ...common.messages import Message, note
from ..adapter import Field
from . import service_metadata, times

FIELDS_LIMIT = 1_000
VALUE_LIMIT = 100_000
"""Characters of a text value at most."""

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d(:?\d\d)?)?$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_LARGE = 2**63


def of_schema(document: Mapping[str, Any]) -> tuple[tuple[Field, ...], str]:
    """Fields and geometry type of a JSON schema, such as queryables; geometry "" where the schema names none."""
    found, geometry = [], ""
    for name, row in list(service_metadata.mapping(document.get("properties")).items())[:FIELDS_LIMIT]:
        details = service_metadata.mapping(row)
        reference = service_metadata.text(details.get("$ref"))
        form = service_metadata.text(details.get("format"))
        if (
            form.startswith("geometry-")
            or "geojson.org" in reference
            or details.get("x-ogc-role") == "primary-geometry"
        ):
            geometry = geometry or _geometry(f"{form} {reference}")
        elif "type" in details:
            unit = service_metadata.text(details.get("x-ogc-unit"), 50)
            found.append(Field(name, _schema_type(details, form), service_metadata.title(details.get("title")), unit))
    return tuple(found), geometry


def _geometry(declared: str) -> str:
    low = declared.lower()
    for name in ("MultiPoint", "MultiLineString", "MultiPolygon", "Point", "LineString", "Polygon"):
        if name.lower() in low:
            return name
    return "Geometry"


def _schema_type(details: Mapping[str, Any], form: str) -> str:
    kind = details.get("type")
    if isinstance(kind, list):
        kind = next((item for item in kind if item != "null"), "string")
    if kind == "string":
        return {"date-time": "datetime", "date": "date"}.get(form, "text")
    return {"integer": "integer", "number": "real", "boolean": "boolean", "object": "json", "array": "json"}.get(
        str(kind), "text"
    )


def of_rows(
    rows: Iterable[Mapping[str, Any]], declared: tuple[Field, ...] = (), complete: bool = True
) -> tuple[Field, ...]:
    """The fields of features: those that the service declares, then what else the rows have.

    Parameters
    ----------
    rows : iterable of mapping
        Values by name of the first page.
    declared : tuple of Field
        What the service says. Texts that are all timestamps become datetime, since servers often leave that out.
    complete : bool
        Whether there are no further pages. Where there are, whole numbers that no schema calls integer are taken for
        real: a later row may have a fraction.
    """
    values: dict[str, list[Any]] = {field.name: [] for field in declared}
    for row in rows:
        for name, value in row.items():
            if name in values:
                values[name].append(value)
            elif len(values) < FIELDS_LIMIT:
                values[name] = [value]
    known = {field.name: field for field in declared}
    return tuple(_field(name, found, known.get(name), complete) for name, found in values.items())


def _field(name: str, values: list[Any], declared: Field | None, complete: bool) -> Field:
    found = [value for value in values if value is not None]
    if declared is None:
        return Field(name, guessed(found, complete))
    kind = declared.type
    if kind == "text" and found:
        guess = guessed(found, complete)
        kind = guess if guess in ("datetime", "date", "json") else "text"
    elif kind == "real" and complete and found and guessed(found, True) == "integer":
        kind = "integer"
    return Field(name, kind, declared.title, declared.unit)


def guessed(values: list[Any], complete: bool = True) -> str:
    """The type that holds all values."""
    kinds = {_kind(value) for value in values}
    if not kinds:
        return "text"
    if len(kinds) == 1:
        kind = kinds.pop()
        return "real" if kind == "integer" and not complete else kind
    if kinds == {"integer", "real"}:
        return "real"
    if kinds == {"date", "datetime"}:
        return "datetime"
    return "text"


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -_LARGE <= value < _LARGE else "text"
    if isinstance(value, float):
        return "real"
    if isinstance(value, (dict, list)):
        return "json"
    if isinstance(value, datetime):
        return "datetime"
    if isinstance(value, date):
        return "date"
    if isinstance(value, str):
        if _DAY.match(value) and times.day(value):
            return "date"
        if _TIMESTAMP.match(value) and times.instant(value):
            return "datetime"
    return "text"


class Casts:
    """Brings values to the types of their fields, and remembers what did not fit.

    Parameters
    ----------
    fields : tuple of Field
    """

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._types = {field.name: field.type for field in fields}
        self._casts: dict[str, Callable[[Any], Any]] = {
            name: _CASTS.get(kind, as_text) for name, kind in self._types.items()
        }
        self._misfits: Counter[str] = Counter()
        self._left_out: set[str] = set()

    def row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of one feature by field name; missing ones are None."""
        found: dict[str, Any] = dict.fromkeys(self._types)
        for name, value in values.items():
            cast = self._casts.get(name)
            if cast is None:
                if len(self._left_out) < FIELDS_LIMIT:
                    self._left_out.add(name)
            elif value is not None:
                found[name] = fitting = cast(value)
                if fitting is None:
                    self._misfits[name] += 1
        return found

    def notes(self) -> list[str]:
        """What was emptied or left out, a sentence each."""
        declared: list[str] = [
            Message(
                "The field '{name}' had {count:,} values that are no {type}: they were left empty.",
                name=name,
                count=count,
                type=self._types[name],
            )
            for name, count in self._misfits.items()
        ]
        if self._left_out:
            names = ", ".join(sorted(self._left_out)[:10])
            note(declared, "Fields that came only after the first page were left out: {names}.", names=names)
        return declared


def as_text(value: Any) -> str:
    """A text as it is; lists and objects as JSON."""
    if isinstance(value, str):
        return value[:VALUE_LIMIT]
    if isinstance(value, datetime):
        return times.iso(value)
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False)[:VALUE_LIMIT]
    return str(value)


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = int(value[:40])
        except ValueError:
            return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and -_LARGE <= value < _LARGE else None


def _real(value: Any) -> float | None:
    if isinstance(value, str):
        try:
            value = float(value[:40])
        except ValueError:
            return None
    return service_metadata.number(value)


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    return None


def _json(value: Any) -> str:
    return value[:VALUE_LIMIT] if isinstance(value, str) else as_text(value)


def _date(value: Any) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else times.day(value)


_CASTS: dict[str, Callable[[Any], Any]] = {
    "text": as_text,
    "json": _json,
    "integer": _integer,
    "real": _real,
    "boolean": _boolean,
    "datetime": times.instant,
    "date": _date,
}
