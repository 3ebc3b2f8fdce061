"""A session that only reads, in a PostgreSQL connection that QGIS keeps; its secrets stay in here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from qgis.core import QgsCredentials, QgsDataSourceUri, QgsProviderRegistry

from ..core.errors import InputError, ResourceError

_PASSWORD = re.compile(r"password\s*=\s*('(?:[^'\\]|\\.)*'|\S+)", re.IGNORECASE)
ROWS_AT_ONCE = 2_000


def connection_uri(name: str) -> QgsDataSourceUri:
    """The data source of a connection, by its name.

    Raises
    ------
    InputError
        When QGIS has none of this name.
    """
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = {} if metadata is None else metadata.connections(False)
    if name not in connections:
        known = ", ".join(sorted(connections)) or "none"
        raise InputError(f"QGIS has no PostgreSQL connection '{name}' (it has: {known}). Make it in the browser panel.")
    return QgsDataSourceUri(connections[name].uri())


def without_password(uri: QgsDataSourceUri) -> QgsDataSourceUri:
    """The same source without the password, which QGIS finds in its own memory: a project that is saved has none.

    A source with an authentication configuration has none either, and stays as it is.
    """
    bare = QgsDataSourceUri(uri)
    if uri.password():
        bare.setPassword("")
        known = QgsCredentials.instance()
        known.lock()
        try:
            # The provider asks by this text.
            known.put(bare.connectionInfo(False), uri.username(), uri.password())
        finally:
            known.unlock()
    return bare


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
        full = uri.connectionInfo(True)
        self._secrets = [text for text in (uri.password(), QgsDataSourceUri(full).password()) if text]
        try:
            import psycopg2
        except ImportError as error:
            raise ResourceError("This QGIS lacks psycopg2, which it usually brings: install it.") from error
        self._error: type[Exception] = psycopg2.Error
        with self._told():
            self._database = psycopg2.connect(full, connect_timeout=15, options="-c timezone=UTC")
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

    def pages(self, text: str, values: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a statement, some at a time: the database keeps the others."""
        with self._told(), self._database.cursor("twin_rows") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(text, tuple(values))
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield rows

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The database's errors as ours, without passwords."""
        try:
            yield
        except self._error as error:
            lines = str(error).strip().splitlines()
            reason = self._safe(lines[0] if lines else type(error).__name__)
            with suppress(Exception):
                self._database.rollback()
            raise ResourceError(f"{self.name} cannot be read ({reason}): test it in QGIS's browser.") from None

    def _safe(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret.replace("\\", "\\\\").replace("'", "\\'"), "***").replace(secret, "***")
        return _PASSWORD.sub("password=***", text)
