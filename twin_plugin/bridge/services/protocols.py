"""The protocols of services: core's, and those that need QGIS to read, files and PostGIS."""

from __future__ import annotations

from pathlib import Path

from ...core.common.errors import InputError
from ...core.common.progress import Progress, silent
from ...core.services import detect as detection
from ...core.services import observations, registry
from ...core.services.adapter import Adapter, Features, Harvest, Query
from ...core.services.record import ServiceProtocol, ServiceRecord
from ...core.web.fetch import Fetch
from . import local_files, postgis_observations, postgis_service


def adapter(protocol: ServiceProtocol) -> Adapter:
    """The adapter of a protocol.

    Raises
    ------
    InputError
    """
    if protocol is ServiceProtocol.FILE:
        return local_files.LocalLayer()
    if protocol is ServiceProtocol.POSTGIS:
        return postgis_service.PostgisLayer()
    return registry.adapter(protocol)


def harvest(protocol: ServiceProtocol) -> Harvest:
    """The harvest of a protocol.

    Raises
    ------
    InputError
    """
    if protocol is ServiceProtocol.FILE:
        return local_files.harvest_folder
    if protocol is ServiceProtocol.POSTGIS:
        return local_files.harvest_database
    return registry.harvest(protocol)


def latest(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """The latest observation of each sensor of a service, or of each site of a table in PostGIS.

    Raises
    ------
    InputError
        Where the service has no observations.
    WebError, ResourceError
        Also while the pages are read.
    """
    if record.protocol is ServiceProtocol.POSTGIS:
        return postgis_observations.latest(record, query, fetch, progress)
    return observations.latest(record, query, fetch, progress)


def series(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """All observations of a service or a table in the query's box and time; raises as `latest`."""
    if record.protocol is ServiceProtocol.POSTGIS:
        return postgis_observations.series(record, query, fetch, progress)
    return observations.series(record, query, fetch, progress)


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
    if url in local_files.connection_names():
        return (ServiceProtocol.POSTGIS,)
    raise InputError(
        "'{url}' is neither an address (https://...), nor a folder or file that exists, nor a PostgreSQL "
        "connection of QGIS: correct it.",
        url=url,
    )
