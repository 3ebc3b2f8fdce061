"""What twin:lifecyclestatus joins: objects, records of their stages, and two dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qgis.core import QgsFeatureSource, QgsProcessingFeedback, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.lifecycle.gates import Gates
from ...core.lifecycle.periods import Period, Stage, faults, following, known, status, written
from ..kernel.input_table import Entry, table_lines
from ..kernel.line_layers import NAMES, first_field, id_text
from ..kernel.number_fields import column, require_field
from ..kernel.period_table import read_periods
from ..kernel.translation import localized
from ..kernel.vectors import FeatureTable, read_table
from ..postgres.postgres_connection import connection_uri, twin_table
from .stores import BasePlace, open_life

Rows = Iterable[tuple[Any, dict[str, Any]]]
OPEN_END = datetime(2999, 12, 31, tzinfo=UTC)
"""The end of a stage that lasts, for the temporal controller."""
MOST_FAULTS = 5


@dataclass(frozen=True)
class StatusResult:
    """The rows of both outputs, and what the log says."""

    status: Rows
    history: Rows
    numbers: dict[str, int]
    warnings: list[Message]
    table: list[Message]


@dataclass(frozen=True)
class Records:
    """Records of stages, how they are called, and what gates ask for; None where that is not known."""

    periods: list[Period]
    name: str
    gates: Gates | None = None


def read_records(place: BasePlace, stages: QgsFeatureSource | None, feedback: QgsProcessingFeedback) -> Records:
    """The records of a layer, else those of a twin base; gates where there is a base.

    Raises
    ------
    InputError
        Where there is neither, or a row cannot be read.
    """
    if not place:
        if stages is None:
            raise InputError("No records of stages were given: choose a twin base in TWIN_BASE, or a table in STAGES.")
        return Records(read_periods(stages, feedback), stages.sourceName())
    store = open_life(place)
    try:
        gates = Gates(store.demands(), store.documents(), store.events())
        if stages is not None:
            return Records(read_periods(stages, feedback), stages.sourceName(), gates)
        return Records(store.periods(), store.name, gates)
    finally:
        store.close()


def buildings_of(place: BasePlace) -> QgsVectorLayer:
    """The layer of the buildings of a twin base.

    Raises
    ------
    InputError
        Where it has none.
    """
    if place.connection:
        uri = twin_table(connection_uri(place.connection), place.schema, "building").uri(False)
        layer = QgsVectorLayer(uri, "building", "postgres")
    else:
        layer = QgsVectorLayer(f"{place.path}|layername=building", "building", "ogr")
    if not place or not layer.isValid():
        raise InputError("No objects were given: choose a layer in OBJECTS, or a twin base that has a layer building.")
    return layer


def find_status(
    objects: QgsFeatureSource,
    id_field: str,
    records: Records,
    at: datetime,
    known_at: datetime,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> StatusResult:
    """The stage of each object at a time, as it was known at another, and all its stages as known then.

    Raises
    ------
    InputError
        Where the objects have no ids, or the records cannot be read.
    """
    table = read_table(objects, feedback)
    require_field(table, id_field, objects.sourceName())
    ids = [id_text(value) for value in column(table, id_field)]
    if ids and not any(ids):
        raise InputError(
            "The field '{field}' of the layer '{layer}' is empty: choose the field with the ids of the objects.",
            field=id_field,
            layer=objects.sourceName(),
        )
    periods = [item for item in records.periods if item.object_id]
    nameless = len(records.periods) - len(periods)
    warnings = [
        *_without_id(nameless, records.name),
        *_without_id(ids.count(""), objects.sourceName()),
        *_doubtful(periods, ids, known_at, objects.sourceName()),
    ]
    found, then = status(periods, at, known_at), known(periods, known_at)
    rows, counts = _status_rows(table, ids, found, at, records.gates, progress)
    entries = [
        Entry(Message("Objects"), len(ids)),
        Entry(
            Message("Records of stages"),
            len(periods),
            nameless,
            0,
            Message("known then: {n}", n=len(then)),
        ),
    ]
    return StatusResult(rows, _history_rows(table, ids, then), counts, warnings, table_lines(entries))


def _without_id(count: int, layer: str) -> list[Message]:
    if not count:
        return []
    return [Message("{n} rows of '{layer}' have no id: no stage is looked up by it.", n=count, layer=layer)]


def _doubtful(periods: list[Period], ids: list[str], known_at: datetime, layer: str) -> list[Message]:
    """What is wrong with records, and which of them are of nobody."""
    wrong = faults(periods, known_at)
    notes = wrong[:MOST_FAULTS]
    if len(wrong) > MOST_FAULTS:
        notes.append(
            Message("{n} more objects have stages that overlap or end before they begin.", n=len(wrong) - MOST_FAULTS)
        )
    strangers = {item.object_id for item in periods} - set(ids)
    if strangers:
        notes.append(
            Message(
                "{n} objects with records of stages are not in the layer '{layer}', such as '{id}'.",
                n=len(strangers),
                layer=layer,
                id=min(strangers)[:80],
            )
        )
    return notes


def _status_rows(
    table: FeatureTable,
    ids: list[str],
    found: dict[str, Period],
    at: datetime,
    gates: Gates | None,
    progress: Progress,
) -> tuple[Rows, dict[str, int]]:
    names, stated = _names(table), column(table, "lifecycle_stage")
    counts, rows = Counter[str](), []
    words = [stage.value for stage in Stage]
    for number, (shape, identity) in enumerate(zip(table.geometries, ids, strict=True)):
        if number % 1000 == 0:
            advance(progress, number / max(len(ids), 1))
        record = found.get(identity)
        own = str(stated[number] or "")
        values: dict[str, Any] = {"object_id": identity, "name": names[number]}
        if record is not None:
            values |= {
                "stage": record.stage.value,
                "valid_from": written(record.valid_from),
                "valid_to": written(record.valid_to),
                "days": (at - record.valid_from).days,
                "recorded_at": written(record.recorded_at),
                "source": "record",
                "model_id": record.model_id,
            }
        elif own in words:
            values |= {"stage": own, "source": "model"}
        values |= _next_gate(identity, values.get("stage", ""), gates)
        counts[values.get("stage", "")] += 1
        rows.append((shape, values))
    numbers = {stage.value.upper(): counts[stage.value] for stage in Stage} | {"UNKNOWN": counts[""]}
    return rows, numbers


def _next_gate(identity: str, stage: str, gates: Gates | None) -> dict[str, Any]:
    """The stage that follows, and what its gate still asks of an object."""
    after = following(Stage(stage)) if stage else None
    if after is None:
        return {}
    if gates is None:
        return {"next_stage": after.value}
    missing = gates.missing(identity, after)
    text = localized(Message.joined(missing, "; ")) if missing else ""
    return {"next_stage": after.value, "gate_met": not missing, "missing": text}


def _history_rows(table: FeatureTable, ids: list[str], periods: list[Period]) -> Rows:
    by_object = defaultdict[str, list[Period]](list)
    for item in periods:
        by_object[item.object_id].append(item)
    for shape, identity, name in zip(table.geometries, ids, _names(table), strict=True):
        for item in by_object.get(identity, ()):
            yield (
                shape,
                {
                    "object_id": identity,
                    "name": name,
                    "stage": item.stage.value,
                    "starts": _for_layer(item.valid_from),
                    "ends": _for_layer(item.valid_to or OPEN_END),
                    "recorded_at": written(item.recorded_at),
                    "model_id": item.model_id,
                },
            )


def _names(table: FeatureTable) -> list[str]:
    return ["" if value is None else str(value) for value in table.get(first_field(table, NAMES))]


def _for_layer(time: datetime) -> QDateTime:
    """A time as a field of QGIS holds it, in UTC."""
    return QDateTime.fromSecsSinceEpoch(int(time.timestamp()), Qt.TimeSpec.UTC)
