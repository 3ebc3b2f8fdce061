"""The life cycle in a PostGIS schema, reached through a connection that QGIS keeps; its secrets stay in here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ...core.common.errors import InputError, ResourceError
from ...core.common.messages import Message
from ...core.common.patience import wait_until
from ...core.common.progress import Progress, silent
from ...core.common.sqlite_locks import WAIT_S, locked
from ...core.lifecycle.store import LifecycleStore, Writer
from ...core.lifecycle.tables import TABLES
from ..postgres.postgres_connection import check_schema, connection_uri, driver, passwords, reason_of
from ..postgres.sql import name as quoted

DEFAULT_SCHEMA = "twin_base"
_LOCK_MS = 200
"""One try for the lock of a table: between two of them the user may cancel."""


class PostgresLifecycle(LifecycleStore):
    """The life cycle in a schema of a PostGIS database.

    Parameters
    ----------
    connection : str
        Name of a PostgreSQL connection in QGIS.
    schema : str
        A schema that exists.

    Raises
    ------
    InputError
        When QGIS has no such connection, or the schema is not there or holds another table of one of our names.
    ResourceError
        When the database cannot be reached or read.
    """

    def __init__(self, connection: str, schema: str = DEFAULT_SCHEMA, progress: Progress = silent) -> None:
        self.schema, self._progress = schema or DEFAULT_SCHEMA, progress
        super().__init__(
            Message("The twin base '{schema}' of the connection '{name}'", schema=self.schema, name=connection)
        )
        check_schema(self.schema)
        uri = connection_uri(connection)
        self._secrets = passwords(uri)
        psycopg2 = driver()
        self._error: type[Exception] = psycopg2.Error
        self._refused: type[Exception] = psycopg2.errors.LockNotAvailable
        with self._told():
            self._database = psycopg2.connect(uri.connectionInfo(True), connect_timeout=15)
        self._database.autocommit = True
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the session; what is open of a transaction is taken back."""
        with suppress(self._error):
            self._database.close()

    @contextmanager
    def changing(self) -> Iterator[Writer]:
        """A transaction: of several writers one goes on, and the others wait for it.

        Raises
        ------
        ResourceError
            When another session does not let go in time, or the database cannot be written.
        """
        self._run("BEGIN")
        try:
            # For those that would create the same table at once; it is freed with the transaction.
            self._patiently(lambda: self._one("SELECT pg_try_advisory_xact_lock(hashtext(?))", f"life {self.schema}"))
            for table in TABLES:
                if not self.columns(table.name):
                    fields = ", ".join(f"{quoted(column)} text" for column in table.names)
                    self._run(f"CREATE TABLE {quoted(table.name)} (fid serial PRIMARY KEY, {fields})")
            # For those that edit the tables in QGIS.
            names = ", ".join(quoted(table.name) for table in TABLES)
            self._patiently(lambda: self._locked(names))
            yield Writer(self)
            self._run("COMMIT")
        except BaseException:
            with suppress(self._error, ResourceError):
                self._run("ROLLBACK")
            raise

    def select(self, text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._told(), self._database.cursor() as cursor:
            cursor.execute(_marked(text), tuple(values))
            return list(cursor.fetchall())

    def write(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._told(), self._database.cursor() as cursor:
            cursor.executemany(_marked(text), [tuple(row) for row in rows])

    def columns(self, table: str) -> set[str]:
        query = "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
        return {str(row[0]) for row in self.select(query, (self.schema, table))}

    def _open(self) -> None:
        if not self.select("SELECT 1 FROM pg_namespace WHERE nspname = ?", (self.schema,)):
            raise InputError(
                "{name} is not there: choose the schema that 'Update the twin base' wrote.", name=self.name
            )
        self._run(f"SET search_path TO {quoted(self.schema)}")
        self._run("SET timezone TO 'UTC'")
        self.check()

    def _patiently(self, taken: Any) -> None:
        if not wait_until(taken, WAIT_S, lambda: self._progress(math.nan, "")):
            raise locked(self.name)

    def _one(self, text: str, value: str) -> bool:
        return bool(self.select(text, (value,))[0][0])

    def _locked(self, names: str) -> bool:
        """Whether the tables are ours alone to write until the transaction ends; others may read them."""
        self._run("SAVEPOINT before_lock")
        self._run(f"SET LOCAL lock_timeout = {_LOCK_MS}")
        try:
            with self._database.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
        except self._refused:
            self._run("ROLLBACK TO SAVEPOINT before_lock")
            return False
        except self._error as error:
            raise self._as_ours(error) from None
        self._run(f"SET LOCAL lock_timeout = {int(1000 * WAIT_S)}")
        return True

    def _run(self, text: str) -> None:
        with self._told(), self._database.cursor() as cursor:
            cursor.execute(text)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The database's errors as ours, without passwords."""
        try:
            yield
        except self._error as error:
            raise self._as_ours(error) from None

    def _as_ours(self, error: Exception) -> ResourceError:
        return ResourceError(
            "{name} cannot be used ({reason}): test the connection in QGIS's browser, and ask for the right to write "
            "the schema.",
            name=self.name,
            reason=reason_of(error, self._secrets),
        )


def _marked(text: str) -> str:
    """A statement with psycopg2's marks: ours hold no other question marks or percent signs."""
    return text.replace("?", "%s")
