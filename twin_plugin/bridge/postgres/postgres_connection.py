"""PostgreSQL connections that QGIS keeps: found by their names, and their passwords kept out of texts and projects."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import QgsCredentials, QgsDataSourceUri, QgsProviderRegistry

from ...core.bim.tables import GEOMETRY_COLUMN, TABLES
from ...core.common.errors import InputError, ResourceError

_SCHEMA = re.compile(r"[^\W\d]\w{0,62}")
_PASSWORD = re.compile(r"password\s*=\s*('(?:[^'\\]|\\.)*'|\S+)", re.IGNORECASE)


def connections() -> dict[str, Any]:
    """The connections by name; none where QGIS has no provider for PostgreSQL."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    return {} if metadata is None else metadata.connections(False)


def connection(name: str) -> Any:
    """The connection of this name, a QgsAbstractDatabaseProviderConnection.

    Raises
    ------
    InputError
        When QGIS has none of this name, or no provider for PostgreSQL.
    """
    known = connections()
    if name not in known:
        raise InputError(
            "QGIS has no PostgreSQL connection '{name}' (it has: {known}). Make it in the browser panel.",
            name=name,
            known=", ".join(sorted(known)) or "none",
        )
    return known[name]


def connection_uri(name: str) -> QgsDataSourceUri:
    """The data source of a connection, by its name; raises as `connection`."""
    return QgsDataSourceUri(connection(name).uri())


def twin_table(database: QgsDataSourceUri, schema: str, table: str) -> QgsDataSourceUri:
    """The data source of a table of a twin base."""
    uri = QgsDataSourceUri(database)
    uri.setDataSource(schema, table, GEOMETRY_COLUMN if TABLES[table].geometry else "", "", "fid")
    return uri


def check_schema(name: str) -> None:
    """Raise InputError for a name that no schema of ours may have."""
    if not _SCHEMA.fullmatch(name):
        raise InputError(
            "'{schema}' is no name of a schema: use letters, digits and underscores, beginning with a letter.",
            schema=name,
        )


def driver() -> Any:
    """The module psycopg2; raises ResourceError where QGIS lacks it."""
    try:
        import psycopg2
    except ImportError as error:
        raise ResourceError("This QGIS lacks psycopg2, which it usually brings: install it, or use a file.") from error
    return psycopg2


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


def passwords(uri: QgsDataSourceUri, expand: bool = True) -> list[str]:
    """The passwords of a source: its own, and with `expand` that of its authentication configuration."""
    expanded = QgsDataSourceUri(uri.connectionInfo(True)).password() if expand else ""
    return [text for text in (uri.password(), expanded) if text]


def reason_of(error: Exception, secrets: list[str]) -> str:
    """The first line of an error of the database, without passwords."""
    lines = str(error).strip().splitlines()
    return hidden(lines[0] if lines else type(error).__name__, secrets)


def hidden(text: str, secrets: list[str]) -> str:
    """A message of the database without passwords."""
    for secret in secrets:
        escaped = secret.replace("\\", "\\\\").replace("'", "\\'")
        text = text.replace(escaped, "***").replace(secret, "***")
    return _PASSWORD.sub("password=***", text)
