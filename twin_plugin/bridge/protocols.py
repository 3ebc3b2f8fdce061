"""The protocols of services: core's, and those that need QGIS to read, files and PostGIS."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import InputError
from ..core.services import detect as detection
from ..core.services import registry
from ..core.services.adapter import Adapter, Harvest
from ..core.services.record import Protocol
from ..core.services.web import Fetch
from . import local_services


def adapter(protocol: Protocol) -> Adapter:
    """The adapter of a protocol.

    Raises
    ------
    InputError
    """
    if protocol in (Protocol.FILE, Protocol.POSTGIS):
        return local_services.LocalLayer()
    return registry.adapter(protocol)


def harvest(protocol: Protocol) -> Harvest:
    """The harvest of a protocol.

    Raises
    ------
    InputError
    """
    if protocol is Protocol.FILE:
        return local_services.harvest_folder
    if protocol is Protocol.POSTGIS:
        return local_services.harvest_database
    return registry.harvest(protocol)


def detect(url: str, auth: str, fetch: Fetch) -> tuple[Protocol, ...]:
    """The protocols of an address, a path or a connection's name.

    Raises
    ------
    InputError, WebError
    """
    if "://" in url:
        return detection.detect(url, auth, fetch)
    if Path(url).exists():
        return (Protocol.FILE,)
    if url in local_services.connection_names():
        return (Protocol.POSTGIS,)
    raise InputError(
        f"'{url}' is neither an address (https://...), nor a folder or file that exists, nor a PostgreSQL connection "
        "of QGIS: correct it."
    )
