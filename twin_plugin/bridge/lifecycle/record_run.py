"""What twin:recordevent and twin:setgates join: objects, documents, checks and gates of a twin base."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ...core.common.errors import InputError
from ...core.common.progress import Progress, advance
from ...core.lifecycle.gates import DOCUMENT, Demand, Document, Event, demand, require_state
from ...core.lifecycle.periods import written
from .advance_run import require_known
from .stores import BasePlace, open_life

CHUNK = 1 << 20


@dataclass(frozen=True)
class Record:
    """A document, check or note of objects.

    Attributes
    ----------
    kind : str
        document, check passed, check failed or note.
    name : str
        Of the document or check; the text of a note.
    state, revision, file : str
        Of a document.
    """

    ids: Sequence[str]
    kind: str
    name: str
    at: datetime
    state: str = ""
    revision: str = ""
    file: str = ""


@dataclass(frozen=True)
class Recorded:
    """A row for each object, and how many documents are new or have changed."""

    rows: list[tuple[None, dict[str, Any]]]
    added: int
    changed: int


def record(place: BasePlace, asked: Record, progress: Progress) -> Recorded:
    """Put a document, check or note of objects on record, in one transaction.

    Raises
    ------
    InputError
        When a name or the state is missing, the file is not there, or an object is none of the base.
    ResourceError
        When the twin base cannot be written.
    """
    name = asked.name.strip()
    if not name:
        raise InputError("NAME is empty: give the name of the document or check, as the gate has it, or the note.")
    if asked.at > datetime.now(UTC) + timedelta(days=1):  # a clock of another zone
        raise InputError("AT is {at}, which has not come yet: only what happened goes on record.", at=written(asked.at))
    is_document = asked.kind == DOCUMENT
    if is_document:
        require_state(asked.state)
    elif asked.file or asked.revision or asked.state:
        raise InputError("STATE, REVISION and FILE belong to documents: leave them empty, or choose KIND = document.")
    sha256 = _sha256(asked.file, progress) if asked.file else ""
    store = open_life(place, progress)
    rows, ids = list[tuple[None, dict[str, Any]]](), tuple(dict.fromkeys(asked.ids))
    try:
        require_known(store, ids)
        with store.changing() as write:
            for number, identity in enumerate(ids):
                advance(progress, number / len(ids))
                row = {"object_id": identity, "kind": asked.kind, "name": name, "state": asked.state, "before": ""}
                note = name
                if is_document:
                    document = Document(identity, name, asked.state, asked.revision.strip(), sha256, asked.file)
                    old = write.put_document(document)
                    row["before"] = old.state if old is not None else ""
                    row["revision"] = document.revision or (old.revision if old is not None else "")
                    note = " · ".join(part for part in (name, row["revision"], asked.state) if part)
                write.add_events([Event(identity, asked.kind, asked.at, note)])
                rows.append((None, row))
    finally:
        store.close()
    changed = sum(bool(row["before"]) for _, row in rows)
    return Recorded(rows, len(rows) - changed, changed)


def set_gates(place: BasePlace, rows: Iterable[Mapping[str, Any]], name: str, progress: Progress) -> int:
    """Let the gates of a base ask for the rows of a table, and for nothing else; returns how many there are.

    Raises
    ------
    InputError
        When the table has no row, lacks a column, or a word of it is none that is known.
    ResourceError
        When the twin base cannot be written.
    """
    demands = dict[Demand, None]()
    for row in rows:
        for column in ("stage", "kind", "name"):
            if column not in row:
                raise InputError(
                    "The table '{name}' has no column {column}: gates need stage, kind, name and least_state.",
                    name=name,
                    column=column,
                )
        stage, kind, title, least = (_text(row.get(key)) for key in ("stage", "kind", "name", "least_state"))
        demands[demand(stage, kind.lower(), title, least.lower())] = None
    store = open_life(place, progress)
    try:
        with store.changing() as write:
            write.put_gates(demands)
    finally:
        store.close()
    return len(demands)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _sha256(path: str, progress: Progress) -> str:
    """The hash of a file."""
    found = hashlib.sha256()
    try:
        with Path(path).open("rb") as file:
            while chunk := file.read(CHUNK):
                advance(progress, 0.0)
                found.update(chunk)
    except OSError as error:
        raise InputError(
            "The file '{path}' cannot be read ({reason}): choose the document again.",
            path=path,
            reason=error.strerror or str(error),
        ) from error
    return found.hexdigest()
