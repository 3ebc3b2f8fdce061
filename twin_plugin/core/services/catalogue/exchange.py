"""Catalogues to carry: OGC API Records JSON and CSV, out and in again with nothing lost.

JSON is a FeatureCollection of records (OGC 20-004r1, record core); what the twin adds has names that begin with
"twin:". CSV is UTF-8 with a byte order mark, which spreadsheets need, and no text in it can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, TextIO

import shapely

from ...common import bbox
from ...common.bbox import BoundingBox
from ...common.csv_table import guarded, plain_cell
from ...common.encoding_guess import SAMPLE, guess, guessed
from ...common.errors import InputError
from ...common.messages import Message, note
from ...web.address import redacted
from ...web.decode import json_of, rows_of
from ...web.fetch import WebError
from ..protocol_table import ServiceProtocol
from ..record import Health, Link, Offset, ServiceRecord, record_id
from . import record_json

FILE_LIMIT = 512_000_000
"""Bytes of a file at most."""
RECORDS_LIMIT = 1_000_000
CELL_LIMIT = 1_000_000

_OURS = (
    "protocol", "url", "layer", "subdivision", "subdivision_sure", "crs", "coord_offset", "lifecycle_stage", "cadence",
    "auth", "source", "gone", "edited", "health", "health_time", "health_reason", "latency_ms", "made",
)  # fmt: skip
_LISTS = ("keywords", "themes", "crs", "edited")
_CORNERS = ("west", "south", "east", "north")
_CHOICES: dict[str, Any] = {"protocol": ServiceProtocol, "coord_offset": Offset, "health": Health}
_COLUMNS = tuple(item.name for item in fields(ServiceRecord) if item.name != "box")
_NUMBERS = ("subdivision_sure", "latency_ms", *_CORNERS)

Imported = tuple[list[ServiceRecord], list[str]]


def to_json(records: Iterable[ServiceRecord]) -> Iterator[str]:
    """A FeatureCollection of records, piece by piece."""
    yield '{"type": "FeatureCollection", "features": ['
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + json.dumps(feature_of(record), ensure_ascii=False)
    yield "\n]}\n"


def from_json(
    data: bytes, name: str, foreign: Callable[[dict[str, Any]], Iterable[ServiceRecord]] | None = None
) -> Imported:
    """The records of a FeatureCollection, and sentences about what was left out.

    Parameters
    ----------
    data : bytes
    name : str
        How errors call the file.
    foreign : callable, optional
        Finds services in a record that another program wrote, by its links.

    Raises
    ------
    InputError
        When it is no JSON, no FeatureCollection, or beyond the limits.
    """
    try:
        document = json_of(_within(data, name), f"'{name}'", FILE_LIMIT)
    except WebError as error:
        raise InputError(str(error)) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise InputError(
            "'{name}' is no FeatureCollection of records: export one from a catalogue of OGC API Records.", name=name
        )
    records: list[ServiceRecord] = []
    notes: list[str] = []
    for number, feature in enumerate(rows_of(document, "features"), 1):
        if len(records) >= RECORDS_LIMIT:
            raise InputError(
                "'{name}' has more than {records_limit:,} records: split it.", name=name, records_limit=RECORDS_LIMIT
            )
        values = feature.get("properties")
        if isinstance(values, dict) and "twin:url" in values:
            try:
                records.append(record_of(feature))
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                note(
                    notes,
                    "Record {number} of '{name}' was left out: {error}.",
                    number=number,
                    name=name,
                    error=_why(error),
                )
            continue
        found = list(foreign(feature)) if foreign is not None else []
        records += found
        if not found:
            note(
                notes,
                "Record {number} of '{name}' leads to no service that is known here: it was left out.",
                number=number,
                name=name,
            )
    return records, notes


def without_logins(records: Iterable[ServiceRecord]) -> Imported:
    """Records of a file without the names of logins, and a sentence on how many named one.

    Whoever wrote the file chose name and address together: a login of the same name here is another person's.
    """
    kept = list(records)
    named = {record.auth for record in kept if record.auth}
    if not named:
        return kept, []
    count = sum(1 for record in kept if record.auth)
    bare = [replace(record, auth="", edited=tuple(name for name in record.edited if name != "auth")) for record in kept]
    text = Message(
        "{count:,} records named an authentication configuration ({names}): the name was left out, since the file also "
        "chose where the login would go. Harvest their servers with AUTHCFG, or name it under 'Edit record'.",
        count=count,
        names=", ".join(sorted(named)[:5]),
    )
    return bare, [text]


def feature_of(record: ServiceRecord) -> dict[str, Any]:
    """A record as a feature of OGC API Records that holds all of it."""
    values: dict[str, Any] = {f"twin:{name}": getattr(record, name) for name in _OURS}
    if record.themes:
        values["themes"] = [{"scheme": "", "concepts": [{"id": theme} for theme in record.themes]}]
    return record_json.feature(record, values, [link.stated() for link in (_service_link(record), *record.links)])


def record_of(feature: dict[str, Any]) -> ServiceRecord:
    """The record of a feature that `feature_of` made; ValueError, TypeError or KeyError where it is not one."""
    properties = dict(feature["properties"])
    ours = {name: properties[f"twin:{name}"] for name in _OURS if f"twin:{name}" in properties}
    interval = (feature.get("time") or {}).get("interval") or ["..", ".."]
    themes = [concept["id"] for theme in properties.get("themes") or () for concept in theme.get("concepts") or ()]
    links = [Link(**{key: str(link.get(key) or "") for key in vars(Link(""))}) for link in feature.get("links") or ()]
    values: dict[str, Any] = {
        **ours,
        "id": feature["id"],
        "title": properties.get("title") or "",
        "description": properties.get("description") or "",
        "keywords": properties.get("keywords") or (),
        "themes": themes,
        "harvested": properties.get("updated") or "",
        "time_start": "" if interval[0] in (None, "..") else interval[0],
        "time_end": "" if interval[1] in (None, "..") else interval[1],
        "box": _box_of(feature.get("geometry")),
    }
    record = _record(values)
    if links and links[0] == _service_link(record):
        links = links[1:]
    return replace(record, links=tuple(links))


def to_csv(records: Iterable[ServiceRecord], stream: TextIO) -> None:
    """Records as a table with a row each.

    Parameters
    ----------
    records : iterable of ServiceRecord
    stream : text stream
        Opened with encoding "utf-8-sig" and newline "".
    """
    writer = csv.writer(stream)
    writer.writerow((*_COLUMNS, *_CORNERS))
    for record in records:
        row = [_cell(getattr(record, name)) for name in _COLUMNS]
        writer.writerow([*row, *(_cell(getattr(record.box, name) if record.box else None) for name in _CORNERS)])


def from_csv(data: bytes, name: str) -> Imported:
    """The records of a table, and sentences about rows that were left out.

    It needs the columns title, protocol and url; others may be absent. Without an id, the one of the address is taken.

    Raises
    ------
    InputError
        When it is no table of text, lacks a column, or is beyond the limits.
    """
    text = _text(_within(data, name), name)
    csv.field_size_limit(CELL_LIMIT)
    records: list[ServiceRecord] = []
    notes: list[str] = []
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [column for column in ("title", "protocol", "url") if column not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                "'{name}' lacks the column {missing}: export a catalogue to see what a table needs.",
                name=name,
                missing=missing[0],
            )
        for number, row in enumerate(reader, 2):
            if len(records) >= RECORDS_LIMIT:
                raise InputError(
                    "'{name}' has more than {records_limit:,} rows: split it.", name=name, records_limit=RECORDS_LIMIT
                )
            try:
                records.append(_of_row({key: value for key, value in row.items() if key and isinstance(value, str)}))
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                note(
                    notes,
                    "Row {number} of '{name}' was left out: {error}.",
                    number=number,
                    name=name,
                    error=_why(error),
                )
    except csv.Error as error:
        raise InputError(
            "'{name}' is no table of comma-separated values ({error}): save it as CSV in UTF-8.", name=name, error=error
        ) from error
    return records, notes


def _of_row(row: dict[str, str]) -> ServiceRecord:
    values: dict[str, Any] = {}
    for key, cell in row.items():
        text = cell if key in _NUMBERS else plain_cell(cell)
        if key in _LISTS:
            values[key] = json.loads(text) if text.startswith("[") else [part for part in text.split(";") if part]
        elif key == "links":
            values[key] = tuple(Link(**link) for link in json.loads(text)) if text else ()
        elif key in _CORNERS or key in _COLUMNS:
            values[key] = text
    corners = [values.pop(name, "") for name in _CORNERS]
    values["box"] = BoundingBox(*(_number(corner) for corner in corners)) if any(corners) else None
    return _record(values)


def _record(values: dict[str, Any]) -> ServiceRecord:
    """A record from values of JSON or of texts; those that are absent have their defaults."""
    values = {key: value for key, value in values.items() if value is not None and value != ""}
    for name in ("title", "protocol", "url"):
        if not isinstance(values.get(name, "" if name == "title" else None), str):
            raise ValueError(Message("it has no {name}", name=name))  # noqa: TRY004 - the sentence is for the user
    for item in fields(ServiceRecord):
        value = values.get(item.name)
        if value is None or item.name in ("box", "links"):
            continue
        if item.name in _LISTS:
            if isinstance(value, str) or not all(isinstance(part, str) for part in value):
                raise ValueError(Message("{name} is no list of texts", name=item.name))
            values[item.name] = tuple(value)
        elif item.name in _NUMBERS:
            values[item.name] = _number(value)
        elif item.name == "made":
            values[item.name] = value in (True, "true", "True", "1", 1)
        elif not isinstance(value, str):
            raise ValueError(Message("{name} is no text", name=item.name))
    for name, kind in _CHOICES.items():
        if name in values:
            values[name] = kind(values[name])
    values.setdefault("title", "")
    values.setdefault("id", record_id(values["protocol"], values["url"], values.get("layer", "")))
    return ServiceRecord(**values)


def _box_of(geometry: Any) -> BoundingBox | None:
    if not isinstance(geometry, dict):
        return None
    try:
        return bbox.from_wkb(shapely.to_wkb(shapely.from_geojson(json.dumps(geometry))))
    except shapely.errors.GEOSException as error:
        raise ValueError(Message("its geometry cannot be read")) from error


def _service_link(record: ServiceRecord) -> Link:
    return Link(record.url, "service", "", record.layer, record.protocol.value)


def _cell(value: Any) -> str:
    """A value as a cell; a text never begins like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, tuple):
        items = [item.stated() if isinstance(item, Link) else item for item in value]
        return json.dumps(items, ensure_ascii=False) if items else ""
    return guarded(str(value))


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(Message("a number is not finite"))
    return number


def encoding_notes(data: bytes, name: str) -> list[Message]:
    """A sentence on a table that is not in UTF-8, since its encoding is a guess."""
    encoding = _encoding(data)
    return [] if encoding == "utf-8-sig" else [guessed(name, encoding)]


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return guess([line for line in data.splitlines() if not line.isascii()][:SAMPLE])
    return "utf-8-sig"


def _text(data: bytes, name: str) -> str:
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            "'{name}' is neither in UTF-8 nor in {encoding}: save it as CSV in UTF-8.",
            name=name,
            encoding=encoding.upper(),
        ) from error


def _within(data: bytes, name: str) -> bytes:
    if len(data) > FILE_LIMIT:
        raise InputError(
            "'{name}' has more than {file_limit:.0f} MB: split it.", name=name, file_limit=FILE_LIMIT / 1000000.0
        )
    return data


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return Message("{name} is missing", name=error)
    return redacted(error.args[0] if error.args and isinstance(error.args[0], Message) else str(error))
