"""PostgreSQL connections that QGIS keeps: found by their names, and their passwords kept out of texts and projects."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import QgsCredentials, QgsDataSourceUri, QgsProviderRegistry

from ...core.common.errors import InputError

_PASSWORD = re.compile(r"password\s*=\s*('(?:[^'\\]|\\.)*'|\S+)", re.IGNORECASE)


def connection(name: str) -> Any:
    """The connection of this name, a QgsAbstractDatabaseProviderConnection.

    Raises
    ------
    InputError
        When QGIS has none of this name, or no provider for PostgreSQL.
    """
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = {} if metadata is None else metadata.connections(False)
    if name not in connections:
        known = ", ".join(sorted(connections)) or "none"
        raise InputError(
            "QGIS has no PostgreSQL connection '{name}' (it has: {known}). Make it in the browser panel.",
            name=name,
            known=known,
        )
    return connections[name]


def connection_uri(name: str) -> QgsDataSourceUri:
    """The data source of a connection, by its name; raises as `connection`."""
    return QgsDataSourceUri(connection(name).uri())


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


def hidden(text: str, secrets: list[str]) -> str:
    """A message of the database without passwords."""
    for secret in secrets:
        escaped = secret.replace("\\", "\\\\").replace("'", "\\'")
        text = text.replace(escaped, "***").replace(secret, "***")
    return _PASSWORD.sub("password=***", text)
