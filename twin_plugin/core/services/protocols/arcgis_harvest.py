"""ArcGIS REST: the records of a site, a folder, a service or a layer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...common.messages import Message, note
from ...common.progress import Progress, advance, silent
from ...common.remarks import remark
from ...web import address
from ...web.address import Address
from ...web.decode import rows_of
from ...web.fetch import Fetch, Trouble, WebError
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import esri_json, service_metadata
from .arcgis_pages import ArcgisClient
from .json_client import bad, harvested_address
from .parallel import abreast

FOLDER_DEPTH = 3
"""ArcGIS has folders one deep; portals in front of it sometimes nest them."""

SERVICES_LIMIT = 10_000
FOLDERS_LIMIT = 1_000
_KINDS = {"FeatureServer": ServiceProtocol.ARCGIS_FEATURES, "MapServer": ServiceProtocol.ARCGIS_MAP}
_SERVICE = re.compile(r"^(.*/(FeatureServer|MapServer))(?:/(\d+)(?:/query)?)?/?$", re.IGNORECASE)


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """One record for each layer of the feature and map services, and one for each map service as a whole.

    Parameters
    ----------
    url : str
        The root `.../rest/services`, a folder, a service or a layer.
    auth : str
        Name of an authentication configuration.

    Raises
    ------
    WebError
        Where this is no ArcGIS server, or the network's; for folders and services that fail after all others came.
    """
    given = harvested_address(Address.checked(url, Message("The address of the ArcGIS server")))
    base = given.at_path(address.path(given).rstrip("/"))
    client = ArcgisClient(fetch, base, auth, progress)
    found = _SERVICE.match(address.path(base))
    if found:
        yield from _service(client, base.at_path(found[1]), found[2], found[3] or "")
        return
    services: dict[Address, str] = {}
    lost: list[str] = []
    _collect(client, services, lost)
    results = abreast(lambda item: _tolerant(client, *item, lost), services.items())
    for number, records in enumerate(results, 1):
        advance(
            progress, number / len(services), "{number:,} of {count:,} services", number=number, count=len(services)
        )
        yield from records
    if lost:
        # What was not seen must not count as gone.
        raise WebError(
            "{count:,} folders or services could not be read. {lost}", Trouble.SERVER, count=len(lost), lost=lost[0]
        )


def _tolerant(client: ArcgisClient, url: Address, kind: str, lost: list[str]) -> list[ServiceRecord]:
    """The records of one service of many; none where it is stopped or wants another login."""
    try:
        return list(_service(client, url, kind, ""))
    except WebError as error:
        _note_error(error, lost)
        return []


def _note_error(error: WebError, lost: list[str]) -> None:
    """Note a part that gave nothing; raise where the network is gone, since nothing further would succeed."""
    if error.trouble in (Trouble.UNREACHABLE, Trouble.TLS):
        raise error
    if error.trouble is not Trouble.NOT_FOUND:
        lost.append(str(error))


def _collect(client: ArcgisClient, services: dict[Address, str], lost: list[str]) -> None:
    """The services below an address, by address, folder by folder; what cannot be read is added to `lost`."""
    waiting, seen = [(client.base, 0)], {client.base}
    while waiting:
        if len(services) >= SERVICES_LIMIT:
            note(lost, "It has more than {limit:,} services.", limit=SERVICES_LIMIT)
            return
        url, depth = waiting.pop()
        advance(client.progress, float("nan"), "{count:,} services", count=len(services))
        try:
            names = _read_folder(client, url, depth == 0, services)
        except WebError as error:
            if depth == 0:
                raise
            _note_error(error, lost)
            continue
        below = [url.with_path(name.rsplit("/", 1)[-1]) for name in names] if depth < FOLDER_DEPTH else []
        fresh = [folder for folder in dict.fromkeys(below) if folder not in seen]
        if len(seen) + len(fresh) > FOLDERS_LIMIT:
            note(lost, "It has more than {limit:,} folders.", limit=FOLDERS_LIMIT)
            return
        seen.update(fresh)
        waiting += [(folder, depth + 1) for folder in reversed(fresh)]


def _read_folder(client: ArcgisClient, url: Address, is_root: bool, services: dict[Address, str]) -> tuple[str, ...]:
    """Add the services of a folder; returns the names of the folders in it."""
    document = client.json(url.with_query({"f": "json"}))
    if is_root and not isinstance(document.get("services"), list) and not isinstance(document.get("folders"), list):
        raise bad(url, "is no list of ArcGIS services")
    for row in rows_of(document, "services"):
        name, kind = row.get("name"), row.get("type")
        if isinstance(name, str) and name and kind in _KINDS:
            # Names are given from the root on: 'Folder/Name'.
            services.setdefault(url.with_path(name.rsplit("/", 1)[-1], str(kind)), str(kind))
        elif isinstance(name, str) and name:
            remark(
                "The service '{name}' ({kind}) was left out: of ArcGIS only feature and map services are read.",
                name=address.redacted(name)[:80],
                kind=service_metadata.title(kind)[:40],
            )
    return service_metadata.words(document.get("folders"))


def _service(client: ArcgisClient, url: Address, kind: str, only: str) -> Iterator[ServiceRecord]:
    """The records of a service: of its layers and tables, and of a map service as a whole."""
    protocol = next(value for name, value in _KINDS.items() if name.lower() == kind.lower())
    document = client.json(url.with_query({"f": "json"}))
    if protocol is ServiceProtocol.ARCGIS_MAP and not only:
        yield _record(client, protocol, url, "", document, {})
    rows = [*rows_of(document, "layers"), *rows_of(document, "tables")]
    for row in rows:
        number = service_metadata.whole(row.get("id"))
        if number is None or row.get("subLayerIds") or row.get("type") == "Group Layer":
            continue
        if not only or only == str(number):
            yield _record(client, protocol, url, str(number), document, row)


def _record(
    client: ArcgisClient,
    protocol: ServiceProtocol,
    url: Address,
    layer: str,
    service: dict[str, Any],
    row: dict[str, Any],
) -> ServiceRecord:
    about = service_metadata.mapping(service.get("documentInfo"))
    name = address.unquoted(address.path(url).rstrip("/").split("/")[-2]).replace("_", " ")
    title = (
        service_metadata.title(row.get("name"))
        if layer
        else service_metadata.title(about.get("Title"), service.get("mapName"))
    )
    return ServiceRecord(
        id=record_id(protocol, url, layer),
        title=(f"{name}: {title}" if layer and title else title) or name,
        protocol=protocol,
        url=url,
        layer=layer,
        description=service_metadata.text(service.get("serviceDescription") or service.get("description")),
        keywords=service_metadata.words(about.get("Keywords")),
        crs=esri_json.crs_of(service),
        box=esri_json.box_of(service.get("fullExtent") or service.get("initialExtent"), title or name),
        auth=client.auth,
        source=client.base,
    )
