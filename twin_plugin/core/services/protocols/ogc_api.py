"""OGC APIs: from a landing page to one record for each collection and way of asking it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...common.messages import Message
from ...common.progress import Progress, silent
from ...common.remarks import remark
from ...web import address
from ...web.address import Address
from ...web.fetch import Fetch
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import geojson_items, ogc_records, service_metadata
from .json_client import Client, bad, harvested_address
from .paging import ReplyFormat, walk

COLLECTIONS = ReplyFormat(
    "collections",
    geojson_items.next_link,
    lambda row: row.get("id"),
    sizes=(),
    total="numberMatched",
    offset="offset",
)
PAGE_COLLECTIONS = 500


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """The records of an OGC API.

    A collection of features gives a record of `OGC_FEATURES` (its tiles are among the links), one with environmental
    data one of `OGC_EDR`, one of tiles alone one of `OGC_TILES`, and a catalogue one of `OGC_RECORDS`, followed by the
    services in it.

    Parameters
    ----------
    url : str
        The landing page, its list of collections, or one collection.
    auth : str
        Name of an authentication configuration.

    Raises
    ------
    WebError
        Where this is no OGC API, or the network's.
    """
    client = Client.at(url, auth, fetch, Message("The address of the OGC API"), progress)
    left_out: list[str] = []
    yield from _harvested(client, left_out)
    if left_out:
        remark(
            "{count:,} collections have neither features nor values by place nor tiles, and were left out: {names}.",
            count=len(left_out),
            names=", ".join(left_out[:5]) + (", …" if len(left_out) > 5 else ""),
        )


def _harvested(client: Client, left_out: list[str]) -> Iterator[ServiceRecord]:
    """The records; the titles of collections that give none are added to `left_out`."""
    document = client.json(client.base)
    if isinstance(document.get("collections"), list):
        yield from _listed(client, client.base, _parent(client.base), left_out)
    elif isinstance(document.get("id"), str) and "/collections/" in client.base:
        yield from _records(client, document, _parent(client.base), left_out)
    else:
        first = service_metadata.link_to(document, client.base, "data", "collections")
        if not first and not isinstance(document.get("links"), list):
            raise bad(client.base, "is no landing page of an OGC API: it has no links")
        root = harvested_address(client.base)
        yield from _listed(client, first or root.with_path("collections"), root, left_out)


def _listed(client: Client, url: Address, root: Address, left_out: list[str]) -> Iterator[ServiceRecord]:
    # Most servers that do not know `limit` here ignore it, strict ones refuse it: they are asked again without.
    url = url.with_query({"limit": PAGE_COLLECTIONS})
    for page in walk(client, url, COLLECTIONS, [], strict=True):
        for row in page.rows:
            yield from _records(client, row, root, left_out)


def _records(client: Client, row: dict[str, Any], root: Address, left_out: list[str]) -> Iterator[ServiceRecord]:
    name = row.get("id")
    if not isinstance(name, str) or not name:
        return
    protocols = protocols_of(row, client.base)
    if not protocols:
        left_out.append(service_metadata.title(row.get("title"), name)[:80])
    for protocol in protocols:
        yield collection_record(row, protocol, root, name, client)
        if protocol == ServiceProtocol.OGC_RECORDS:
            catalogue = root.with_path("collections", name)
            yield from ogc_records.harvest_collection(client, catalogue)


def protocols_of(row: Mapping[str, Any], base: Address) -> list[ServiceProtocol]:
    """The ways in which a collection can be asked."""
    links = list(service_metadata.links_of(row, base))
    rels = {link.rel.rsplit("/", 1)[-1] for link in links}
    found = []
    if isinstance(row.get("data_queries"), dict):
        found.append(ServiceProtocol.OGC_EDR)
    if row.get("itemType") == "record" or row.get("type") == "Catalog":
        found.append(ServiceProtocol.OGC_RECORDS)
    elif "items" in rels and not _edr_items_only(row):
        found.append(ServiceProtocol.OGC_FEATURES)
    tiled = any(rel.startswith("tilesets-") for rel in rels) or any("/tiles" in link.href for link in links)
    if tiled and not found:
        found.append(ServiceProtocol.OGC_TILES)
    return found


def collection_record(
    row: Mapping[str, Any], protocol: ServiceProtocol, root: Address, name: str, client: Client
) -> ServiceRecord:
    """The record of a collection; `name` is its layer, "" where it has an address of its own."""
    box, start, end = service_metadata.extent_of(row)
    return ServiceRecord(
        id=record_id(protocol, root, name),
        title=service_metadata.title(row.get("title"), row.get("id"), root),
        protocol=protocol,
        url=root,
        layer=name,
        description=service_metadata.text(row.get("description")),
        keywords=service_metadata.words(row.get("keywords")),
        crs=service_metadata.crs_names(row),
        box=box,
        time_start=start,
        time_end=end,
        auth=client.auth,
        links=service_metadata.kept_links(row, client.base),
        source=client.base,
    )


def _edr_items_only(row: Mapping[str, Any]) -> bool:
    """An EDR server's link `items` leads to its own query of this name, unless the collection says it has features."""
    return isinstance(row.get("data_queries"), dict) and row.get("itemType") != "feature"


def _parent(url: Address) -> Address:
    """The landing page above an address of collections."""
    own = harvested_address(url)
    return own.at_path(address.path(own).partition("/collections")[0] or "/")
