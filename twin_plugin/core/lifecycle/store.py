"""The tables of the life cycle in the GeoPackage of a twin base, changed in one transaction.

SQLite alone writes the file: after an error, such as a full disk, nothing of a transaction stays.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ..common import geopackage, sqlite_locks
from ..common.errors import InputError
from ..common.geopackage import statement
from ..common.progress import Progress, silent
from ..common.tables import Table
from .gates import Demand, Document, Event, demand
from .periods import Change, Period, Stage, moment, written
from .tables import DOCUMENT, GATE, LIFECYCLE_EVENT, LIFECYCLE_STAGE, TABLES

_TITLES = {
    "lifecycle_stage": "Stages of the life cycle",
    "lifecycle_event": "Events of the life cycle",
    "gate": "Gates: documents and checks that stages ask for",
    "document": "Documents of objects",
}


class LifecycleStore:
    """The life cycle of a twin base; what it lacks of the tables is created with the first change.

    Parameters
    ----------
    path : Path
        A GeoPackage that exists.

    Raises
    ------
    InputError
        When it is none, or holds another table of one of our names.
    """

    def __init__(self, path: Path, progress: Progress = silent) -> None:
        self.path, self._progress = Path(os.path.abspath(path)), progress
        if not self.path.is_file() or not geopackage.is_geopackage(self.path):
            raise InputError(
                "'{path}' is no GeoPackage: choose the twin base that 'Update the twin base' wrote.", path=self.path
            )
        self._database = sqlite3.connect(self.path, isolation_level=None, timeout=sqlite_locks.WAIT_S)
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def object_ids(self) -> set[str]:
        """The ids of all buildings of the base; empty where it has no such table."""
        if not self._columns("building"):
            return set()
        return {row[0] for row in self._database.execute("SELECT id FROM building")}

    def periods(self) -> list[Period]:
        """All records of stages.

        Raises
        ------
        InputError
            Naming the row that cannot be read.
        """
        found = []
        for row in self._rows(LIFECYCLE_STAGE):
            identity, stage, start, end, recorded, superseded, model = row
            found.append(period(identity, stage, start, end, recorded, superseded, model))
        return found

    def demands(self) -> list[Demand]:
        """What the gates ask for."""
        return [demand(*row) for row in self._rows(GATE)]

    def documents(self) -> list[Document]:
        """The documents of all objects."""
        return [
            Document(identity, name, state, revision) for identity, name, state, revision, *_ in self._rows(DOCUMENT)
        ]

    def events(self) -> list[Event]:
        """The events of all objects."""
        rows = self._rows(LIFECYCLE_EVENT)
        return [Event(identity, kind, moment(time, "lifecycle_event"), note) for identity, kind, time, note in rows]

    @contextmanager
    def changing(self) -> Iterator[Callable[[Change, Sequence[Event]], None]]:
        """A transaction: the function that it gives writes a change and events; all is kept at its end, or nothing.

        Raises
        ------
        ResourceError
            When another program keeps the file locked, or it cannot be written.
        """
        database = self._database
        try:
            sqlite_locks.patiently(database, lambda: database.execute("BEGIN IMMEDIATE"), self._progress)
        except sqlite3.OperationalError as error:
            if sqlite_locks.is_locked(error):
                raise sqlite_locks.locked(f"'{self.path}'") from error
            raise
        try:
            self._create()
            yield self._write
            for table in (LIFECYCLE_STAGE, LIFECYCLE_EVENT):
                text = "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?"
                now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
                database.execute(text, (now, table.name))
            sqlite_locks.patiently(database, lambda: database.execute("COMMIT"), self._progress)
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise

    def _write(self, change: Change, events: Sequence[Event]) -> None:
        update = (
            "UPDATE lifecycle_stage SET superseded_at = ? WHERE object_id = ? AND stage = ? AND valid_from = ? "
            "AND recorded_at = ? AND coalesce(superseded_at, '') = ''"
        )
        for old in change.superseded:
            end = written(old.superseded_at)
            for start, recorded in self._written_as(old):
                self._database.execute(update, (end, old.object_id, old.stage.value, start, recorded))
        insert = "INSERT INTO {table} ({columns}) VALUES ({marks})"
        rows = [
            (new.object_id, new.stage.value, written(new.valid_from), written(new.valid_to), written(new.recorded_at),
             written(new.superseded_at), new.model_id)
            for new in change.added
        ]  # fmt: skip
        stages = statement(insert, table=LIFECYCLE_STAGE.name, columns=list(LIFECYCLE_STAGE.names))
        self._database.executemany(stages, rows)
        happened = [(event.object_id, event.kind, written(event.time), event.note) for event in events]
        what = statement(insert, table=LIFECYCLE_EVENT.name, columns=list(LIFECYCLE_EVENT.names))
        self._database.executemany(what, happened)

    def _written_as(self, old: Period) -> Iterable[tuple[str, str]]:
        """valid_from and recorded_at of a record as its row has them, which people may have written otherwise."""
        query = (
            "SELECT valid_from, recorded_at FROM lifecycle_stage WHERE object_id = ? AND stage = ? "
            "AND coalesce(superseded_at, '') = ''"
        )
        for start, recorded in self._database.execute(query, (old.object_id, old.stage.value)).fetchall():
            mine = (moment(str(start), "valid_from"), moment(str(recorded), "recorded_at"))
            if mine == (old.valid_from, old.recorded_at):
                yield start, recorded

    def _create(self) -> None:
        """Create the tables that the file lacks, within the transaction."""
        for table in TABLES:
            if self._columns(table.name):
                continue
            fields = ", ".join(f"{name} TEXT" for name in table.names)
            create = "CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT, " + fields + ")"
            self._database.execute(statement(create, table=table.name))
            about = "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
            row = (table.name, "attributes", table.name, _TITLES[table.name], 0)
            self._database.execute(about + "VALUES (?, ?, ?, ?, ?)", row)

    def _check(self) -> None:
        for table in TABLES:
            there = self._columns(table.name)
            if there and not set(table.names) <= there:
                raise InputError(
                    "'{path}' holds a table '{table}' without the columns {missing}: it is not that of a life cycle. "
                    "Rename it, or choose another file.",
                    path=self.path,
                    table=table.name,
                    missing=", ".join(sorted(set(table.names) - there)),
                )

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self._database.execute(statement("PRAGMA table_info({table})", table=table))}

    def _rows(self, table: Table) -> list[tuple[str, ...]]:
        if not self._columns(table.name):
            return []
        query = statement("SELECT {columns} FROM {table}", columns=list(table.names), table=table.name)
        return [tuple("" if value is None else str(value) for value in row) for row in self._database.execute(query)]


def period(
    object_id: str, stage: str, start: str, end: str, recorded: str, superseded: str = "", model: str = ""
) -> Period:
    """A record of a stage from texts.

    Raises
    ------
    InputError
        Naming the object and what of it cannot be read.
    """
    if stage not in [item.value for item in Stage]:
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
    return Period(object_id, Stage(stage), begin, ends[0], known, ends[1], model)


def _moment(text: str, column: str, object_id: str) -> datetime:
    return moment(text, f"{column} of {object_id[:60]}")


def new_events(change: Change) -> list[Event]:
    """The events that a change of stages brings with it."""
    last = change.added[-1]
    return [Event(last.object_id, "stage", last.valid_from, last.stage.value)]
