"""The protocols of services: core's, and those that need QGIS to read, files and PostGIS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from ...core.common.errors import InputError
from ...core.common.progress import Progress, silent
from ...core.services import detect as detection
from ...core.services import observations, registry
from ...core.services.adapter import Adapter, Features, Harvest, Query
from ...core.services.protocol_table import ServiceProtocol
from ...core.services.record import ServiceRecord
from ...core.web.fetch import Fetch
from ..postgres.postgres_connection import connections
from . import local_files, postgis_observations, postgis_service


@dataclass(frozen=True)
class _Bridged:
    """What the definition row of a protocol that needs QGIS cannot name in core."""

    adapter: Callable[[], Adapter]
    harvest: Harvest
    observations: ModuleType | None = None


_BRIDGED = {
    ServiceProtocol.FILE: _Bridged(local_files.LocalLayer, local_files.harvest_folder),
    ServiceProtocol.POSTGIS: _Bridged(postgis_service.PostgisLayer, local_files.harvest_database, postgis_observations),
}


def adapter(protocol: ServiceProtocol) -> Adapter:
    """The adapter of a protocol.

    Raises
    ------
    InputError
    """
    bridged = _BRIDGED.get(protocol)
    return registry.adapter(protocol) if bridged is None else bridged.adapter()


def harvest(protocol: ServiceProtocol) -> Harvest:
    """The harvest of a protocol.

    Raises
    ------
    InputError
    """
    bridged = _BRIDGED.get(protocol)
    return registry.harvest(protocol) if bridged is None else bridged.harvest


def latest(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """The latest observation of each sensor of a service, or of each site of a table in PostGIS.

    Raises
    ------
    InputError
        Where the service has no observations.
    WebError, ResourceError
        Also while the pages are read.
    """
    return _observations(record).latest(record, query, fetch, progress)


def series(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """All observations of a service or a table in the query's box and time; raises as `latest`."""
    return _observations(record).series(record, query, fetch, progress)


def _observations(record: ServiceRecord) -> ModuleType:
    bridged = _BRIDGED.get(record.protocol)
    return observations if bridged is None or bridged.observations is None else bridged.observations


def detect(url: str, auth: str, fetch: Fetch) -> tuple[ServiceProtocol, ...]:
    """The protocols of an address, a path or a connection's name.

    Raises
    ------
    InputError, WebError
    """
    if "://" in url:
        return detection.detect(url, auth, fetch)
    if Path(url).exists():
        return (ServiceProtocol.FILE,)
    if url in connections():
        return (ServiceProtocol.POSTGIS,)
    raise InputError(
        "'{url}' is neither an address (https://...), nor a folder or file that exists, nor a PostgreSQL "
        "connection of QGIS: correct it.",
        url=url,
    )
