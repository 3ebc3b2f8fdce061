"""OGC APIs: from a landing page to one record for each collection and way of asking it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...progress import Progress, silent
from .. import address
from ..record import Protocol, ServiceRecord, record_id
from ..web import Fetch
from . import documents, ogc_records
from .ask import Client, bad
from .paging import Shape, walk

COLLECTIONS = Shape("collections", lambda document, rows, url: _next(document), lambda row: row.get("id"))
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
    client = Client(fetch, address.checked(url, "The address of the OGC API"), auth)
    document = client.json(client.base)
    if isinstance(document.get("collections"), list):
        yield from _listed(client, client.base, _parent(client.base), progress)
    elif isinstance(document.get("id"), str) and "/collections/" in client.base:
        yield from _records(client, document, _parent(client.base), progress)
    else:
        first = documents.link_to(document, client.base, "data", "collections")
        first = first if first and address.same_origin(first, client.base) else ""
        if not first and not isinstance(document.get("links"), list):
            raise bad(client.base, "is no landing page of an OGC API: it has no links")
        listed = first or address.with_path(address.without_query(client.base), "collections")
        yield from _listed(client, listed, address.without_query(client.base, "f"), progress)


def _listed(client: Client, url: str, root: str, progress: Progress) -> Iterator[ServiceRecord]:
    # Servers that do not know `limit` here ignore it.
    url = address.with_query(url, {"limit": PAGE_COLLECTIONS})
    for page in walk(client, url, COLLECTIONS, [], progress, strict=True):
        for row in page.rows:
            yield from _records(client, row, root, progress)


def _records(client: Client, row: dict[str, Any], root: str, progress: Progress) -> Iterator[ServiceRecord]:
    name = row.get("id")
    if not isinstance(name, str) or not name:
        return
    for protocol in protocols_of(row, client.base):
        yield collection_record(row, protocol, root, client)
        if protocol == Protocol.OGC_RECORDS:
            catalogue = address.with_path(root, "collections", name)
            yield from ogc_records.harvest_collection(client, catalogue, progress)


def protocols_of(row: Mapping[str, Any], base: str) -> list[Protocol]:
    """The ways in which a collection can be asked."""
    links = list(documents.links_of(row, base))
    rels = {link.rel.rsplit("/", 1)[-1] for link in links}
    found = []
    if isinstance(row.get("data_queries"), dict):
        found.append(Protocol.OGC_EDR)
    if row.get("itemType") == "record" or row.get("type") == "Catalog":
        found.append(Protocol.OGC_RECORDS)
    elif "items" in rels and not _edr_items_only(row):
        found.append(Protocol.OGC_FEATURES)
    tiled = any(rel.startswith("tilesets-") for rel in rels) or any("/tiles" in link.href for link in links)
    if tiled and not found:
        found.append(Protocol.OGC_TILES)
    return found


def collection_record(row: Mapping[str, Any], protocol: Protocol, root: str, client: Client) -> ServiceRecord:
    """The record of a collection."""
    name = str(row["id"])
    box, start, end = documents.extent_of(row)
    return ServiceRecord(
        id=record_id(protocol, root, name),
        title=documents.title(row.get("title"), name),
        protocol=protocol,
        url=root,
        layer=name,
        description=documents.text(row.get("description")),
        keywords=documents.words(row.get("keywords")),
        crs=documents.crs_names(row),
        box=box,
        time_start=start,
        time_end=end,
        auth=client.auth,
        links=documents.kept_links(row, client.base),
        source=client.base,
    )


def _edr_items_only(row: Mapping[str, Any]) -> bool:
    """An EDR server's link `items` leads to its own query of this name, unless the collection says it has features."""
    return isinstance(row.get("data_queries"), dict) and row.get("itemType") != "feature"


def _parent(url: str) -> str:
    """The landing page above an address of collections."""
    bare = address.without_query(url)
    return bare.split("/collections", 1)[0] or bare


def _next(document: Mapping[str, Any]) -> str:
    for row in document.get("links") or ():
        if isinstance(row, dict) and row.get("rel") == "next" and isinstance(row.get("href"), str):
            return str(row["href"])
    return ""
