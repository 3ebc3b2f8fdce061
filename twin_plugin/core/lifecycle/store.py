"""The tables of the life cycle in a twin base, whatever holds it: how they are read, and changed in one transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from ..common.errors import InputError
from ..common.geopackage import statement
from ..common.tables import Table
from .gates import Demand, Document, Event, demand
from .periods import Change, Period, Stage, moment, written
from .tables import DOCUMENT, GATE, LIFECYCLE_EVENT, LIFECYCLE_STAGE, TABLES
from .words import stage_of


class LifecycleStore(ABC):
    """The life cycle of a twin base; what it lacks of the tables is created with the first change.

    A subclass says how statements of SQL, with a question mark for each value, are run; names of tables stand in them
    without a schema.

    Attributes
    ----------
    name : str
        What it is, as the subject of a sentence.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def close(self) -> None:
        """Let go of the file or the database."""

    @abstractmethod
    def changing(self) -> AbstractContextManager[Writer]:
        """A transaction: what its `Writer` writes is kept at its end, or nothing."""

    @abstractmethod
    def select(self, text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""

    @abstractmethod
    def write(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of some rows of values, within a transaction."""

    @abstractmethod
    def columns(self, table: str) -> set[str]:
        """The columns of a table; none where it is not there."""

    def object_ids(self) -> set[str]:
        """The ids of all buildings of the base; empty where it has no such table."""
        return {row[0] for row in self.select("SELECT id FROM building")} if self.columns("building") else set()

    def periods(self) -> list[Period]:
        """All records of stages.

        Raises
        ------
        InputError
            Naming the row that cannot be read.
        """
        found = []
        for row in self.rows(LIFECYCLE_STAGE):
            identity, stage, start, end, recorded, superseded, model = row
            found.append(period(identity, stage, start, end, recorded, superseded, model))
        return found

    def demands(self) -> list[Demand]:
        """What the gates ask for."""
        return [demand(*row) for row in self.rows(GATE)]

    def documents(self) -> list[Document]:
        """The documents of all objects."""
        return [Document(*row) for row in self.rows(DOCUMENT)]

    def events(self) -> list[Event]:
        """The events of all objects."""
        rows = self.rows(LIFECYCLE_EVENT)
        return [Event(identity, kind, moment(time, "lifecycle_event"), note) for identity, kind, time, note in rows]

    def rows(self, table: Table, object_id: str | None = None) -> list[tuple[str, ...]]:
        """The rows of a table as texts, those of an object alone where one is named, in the order of their writing.

        There are none where the table is not there.
        """
        if not self.columns(table.name):
            return []
        every, own = "SELECT {columns} FROM {table}", "SELECT {columns} FROM {table} WHERE object_id = ?"
        text = (every if object_id is None else own) + " ORDER BY fid"
        query = statement(text, columns=list(table.names), table=table.name)
        found = self.select(query, () if object_id is None else (object_id,))
        return [tuple("" if value is None else str(value) for value in row) for row in found]

    def check(self) -> None:
        """Check that tables of our names are ours.

        Raises
        ------
        InputError
        """
        for table in TABLES:
            there = self.columns(table.name)
            if there and not set(table.names) <= there:
                raise InputError(
                    "{name} holds a table '{table}' without the columns {missing}: it is not that of a life cycle. "
                    "Rename it, or choose another file.",
                    name=self.name,
                    table=table.name,
                    missing=", ".join(sorted(set(table.names) - there)),
                )


class Writer:
    """Writes into a store within its transaction."""

    def __init__(self, store: LifecycleStore) -> None:
        self._store = store

    def change(self, change: Change) -> None:
        """End records, and add others."""
        update = (
            "UPDATE lifecycle_stage SET superseded_at = ? WHERE object_id = ? AND stage = ? AND valid_from = ? "
            "AND coalesce(recorded_at, '') = ? AND coalesce(superseded_at, '') = ''"
        )
        for old in change.superseded:
            end = written(old.superseded_at)
            self._store.write(
                update,
                [(end, old.object_id, stage, start, recorded or "") for stage, start, recorded in self._as_in(old)],
            )
        self._insert(
            LIFECYCLE_STAGE,
            [
                (new.object_id, new.stage.value, written(new.valid_from), written(new.valid_to),
                 written(new.recorded_at), written(new.superseded_at), new.model_id)
                for new in change.added
            ],
        )  # fmt: skip

    def add_events(self, events: Iterable[Event]) -> None:
        """Add events."""
        self._insert(
            LIFECYCLE_EVENT, [(event.object_id, event.kind, written(event.time), event.note) for event in events]
        )

    def put_document(self, document: Document) -> Document | None:
        """Add a document, or change the row of its revision; returns the row that was there before.

        Without a revision it changes the last row of that name, which keeps its revision.
        """
        query = statement(
            "SELECT {columns} FROM document WHERE object_id = ? AND name = ? ORDER BY fid", columns=list(DOCUMENT.names)
        )
        rows = self._store.select(query, (document.object_id, document.name))
        there = [Document(*("" if value is None else str(value) for value in row)) for row in rows]
        mine = [item for item in there if document.revision in ("", item.revision)]
        if not mine:
            values = (document.object_id, document.name, document.state, document.revision, document.sha256)
            self._insert(DOCUMENT, [(*values, document.path)])
            return None
        old = mine[-1]
        update = (
            "UPDATE document SET state = ?, sha256 = ?, path = ? WHERE object_id = ? AND name = ? "
            "AND coalesce(revision, '') = ?"
        )
        file = (document.sha256, document.path) if document.sha256 else (old.sha256, old.path)
        self._store.write(update, [(document.state, *file, old.object_id, old.name, old.revision)])
        return old

    def put_gates(self, demands: Iterable[Demand]) -> None:
        """Let gates ask for this, and for nothing else."""
        self._store.write("DELETE FROM gate", [()])
        self._insert(GATE, [(asked.stage.value, asked.kind, asked.name, asked.least_state) for asked in demands])

    def _insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        text = statement(
            "INSERT INTO {table} ({columns}) VALUES ({marks})", table=table.name, columns=list(table.names)
        )
        self._store.write(text, rows)

    def _as_in(self, old: Period) -> list[tuple[str, str, str]]:
        """stage, valid_from and recorded_at of a record as its row has them: people may have written them otherwise."""
        query = (
            "SELECT stage, valid_from, recorded_at FROM lifecycle_stage WHERE object_id = ? "
            "AND coalesce(superseded_at, '') = ''"
        )
        found = []
        for stage, start, recorded in self._store.select(query, (old.object_id,)):
            known = recorded or start
            mine = (stage_of(str(stage)), moment(str(start), "valid_from"), moment(str(known), "recorded_at"))
            if mine == (old.stage, old.valid_from, old.recorded_at):
                found.append((stage, start, recorded))
        return found


def period(
    object_id: str, stage: str, start: str, end: str, recorded: str, superseded: str = "", model: str = ""
) -> Period:
    """A record of a stage from texts; the stage in English or Chinese.

    Raises
    ------
    InputError
        Naming the object and what of it cannot be read.
    """
    found = stage_of(stage)
    if found is None:
        raise InputError(
            "The object '{id}' has the stage '{stage}', which is none of {stages}.",
            id=object_id[:80],
            stage=stage[:40],
            stages=", ".join(item.value for item in Stage),
        )
    begin = _moment(start, "valid_from", object_id)
    known = _moment(recorded, "recorded_at", object_id) if recorded else begin
    ends = [
        _moment(text, column, object_id) if text else None
        for text, column in ((end, "valid_to"), (superseded, "superseded_at"))
    ]
    return Period(object_id, found, begin, ends[0], known, ends[1], model)


def _moment(text: str, column: str, object_id: str) -> datetime:
    return moment(text, f"{column} of {object_id[:60]}")


def new_events(change: Change) -> list[Event]:
    """The events that a change of stages brings with it."""
    last = change.added[-1]
    return [Event(last.object_id, "stage", last.valid_from, last.stage.value)]
