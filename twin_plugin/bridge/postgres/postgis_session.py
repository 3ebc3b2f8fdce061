"""A session that only reads, in a PostgreSQL connection that QGIS keeps; its secrets stay in here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ...core.common.errors import ResourceError
from ...core.common.progress import Progress, advance
from ...core.cql2.sql import Sql
from .postgres_connection import connection_uri, driver, passwords, reason_of

ROWS_AT_ONCE = 2_000


class Session:
    """A read-only session, in UTC.

    Parameters
    ----------
    connection : str
        Name of a PostgreSQL connection in QGIS.

    Raises
    ------
    InputError
        When QGIS has no such connection.
    ResourceError
        When the database cannot be reached.
    """

    def __init__(self, connection: str) -> None:
        self.name = f"The connection '{connection}'"
        uri = connection_uri(connection)
        self._secrets = passwords(uri)
        psycopg2 = driver()
        self._error: type[Exception] = psycopg2.Error
        with self._told():
            self._database = psycopg2.connect(uri.connectionInfo(True), connect_timeout=15, options="-c timezone=UTC")
            self._database.set_session(readonly=True, isolation_level="REPEATABLE READ")

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the session."""
        with suppress(self._error):
            self._database.close()

    def select(self, text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement with psycopg2's marks."""
        with self._told(), self._database.cursor() as cursor:
            cursor.execute(text, tuple(values))
            return cursor.fetchall()

    def pages(self, select: Sql, progress: Progress) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a statement, some at a time: the database keeps the others. The session ends with them."""
        total = 0
        with self, self._told(), self._database.cursor("twin_rows") as cursor:
            advance(progress, math.nan)
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(select.text, tuple(select.parameters))
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield rows
                total += len(rows)
                advance(progress, math.nan, "{count:,} rows", count=total)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The database's errors as ours, without passwords."""
        try:
            yield
        except self._error as error:
            reason = reason_of(error, self._secrets)
            with suppress(Exception):
                self._database.rollback()
            raise ResourceError(
                "{name} cannot be read ({reason}): test it in QGIS's browser.", name=self.name, reason=reason
            ) from None
