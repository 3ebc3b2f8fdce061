"""The life cycle in the GeoPackage of a twin base.

SQLite alone writes the file: after an error, such as a full disk, nothing of a transaction stays.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..common import geopackage, sqlite_locks
from ..common.errors import InputError
from ..common.geopackage import statement
from ..common.messages import Message
from ..common.progress import Progress, silent
from ..common.tables import Table
from .store import LifecycleStore, Writer
from .tables import TABLES

_TITLES = {
    "lifecycle_stage": "Stages of the life cycle",
    "lifecycle_event": "Events of the life cycle",
    "gate": "Gates: documents and checks that stages ask for",
    "document": "Documents of objects",
}


class FileLifecycle(LifecycleStore):
    """The life cycle in a GeoPackage.

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
        super().__init__(Message("'{path}'", path=self.path))
        if not self.path.is_file() or not geopackage.is_geopackage(self.path):
            raise InputError(
                "'{path}' is no GeoPackage: choose the twin base that 'Update the twin base' wrote.", path=self.path
            )
        self._database = sqlite3.connect(self.path, isolation_level=None, timeout=sqlite_locks.WAIT_S)
        try:
            self.check()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def changing(self) -> Iterator[Writer]:
        """A transaction: what is written in it is kept at its end, or nothing.

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
            for table in TABLES:
                if not self.columns(table.name):
                    self._create(table)
            yield Writer(self)
            for table in TABLES:
                text = "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?"
                now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
                database.execute(text, (now, table.name))
            sqlite_locks.patiently(database, lambda: database.execute("COMMIT"), self._progress)
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise

    def select(self, text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._database.execute(text, tuple(values)).fetchall()

    def write(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        self._database.executemany(text, rows)

    def columns(self, table: str) -> set[str]:
        return {row[1] for row in self._database.execute(statement("PRAGMA table_info({table})", table=table))}

    def _create(self, table: Table) -> None:
        """Create a table that the file lacks, within the transaction."""
        fields = ", ".join(f"{name} TEXT" for name in table.names)
        create = "CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT, " + fields + ")"
        self._database.execute(statement(create, table=table.name))
        about = "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
        row = (table.name, "attributes", table.name, _TITLES[table.name], 0)
        self._database.execute(about + "VALUES (?, ?, ?, ?, ?)", row)
