"""STAC: collections harvested, and the items of a collection queried, of an API or of a static catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...common.messages import Message, note
from ...common.progress import Progress, advance, silent
from ...common.remarks import remark
from ...web import address
from ...web.address import Address
from ...web.fetch import Fetch, Trouble, WebError
from ..adapter import Description, Features, Query, State
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord
from . import geojson_items, service_metadata, times
from .feature_pages import ClientSideQuery, answer
from .fields import Casts, of_rows
from .json_client import Client, bad, harvested_address, probed
from .ogc_api import COLLECTIONS, PAGE_COLLECTIONS, collection_record
from .ogc_features import OgcFeatures
from .paging import walk

DEPTH_LIMIT = 6
DOCUMENTS_LIMIT = 5_000
"""Documents of a static catalogue that are read for one harvest or query."""


class Stac(OgcFeatures):
    """The adapter of `ServiceProtocol.STAC`.

    Of an API `url` is the landing page and `layer` the collection; of a static catalogue `url` is the collection's own
    document, and `layer` is "".
    """

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The collection's document is asked for."""
        if record.layer:
            return super().probe(record, fetch)
        return probed(record, fetch, record.url, {"links": list})

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """As for features; of a static catalogue what its document says."""
        if record.layer:
            return super().describe(record, fetch)
        document = Client.of(record, fetch).json(record.url)
        return replace(service_metadata.described(document, record.title), geometry="Polygon", crs=())

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """What an API says; a static catalogue has to be read for it."""
        return super().count(record, query, fetch) if record.layer else None

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """Items as features: their properties, and their assets as JSON and as the addresses of data and thumbnail."""
        if record.layer:
            return super().query(record, query, fetch, progress)
        client = Client.of(record, fetch, progress)
        start, end = times.span(query.time)
        lost: list[str] = []
        rows = [row for row in _static_items(client, lost) if times.overlap(_time_of(row), (start, end))]
        fields = of_rows(map(properties_of, rows))
        casts = Casts(fields)
        client_side = ClientSideQuery(
            query.box,
            query.filter,
            [Message("A static catalogue was read whole; box, time and filter were applied here.")],
        )
        if lost:
            note(
                client_side.notes,
                "{count:,} parts of the catalogue could not be read. {error}",
                count=len(lost),
                error=lost[0],
            )
        malformed = geojson_items.Malformed()
        found = geojson_items.converted(rows, properties_of, casts, malformed, 1)
        client_side.notes.extend(geojson_items.geometry_notes(malformed))
        return answer(iter([found]), query, client_side, fields, casts)

    def plan(self, client: Client, record: ServiceRecord, query: Query) -> geojson_items.ItemsQuery:
        """As for features, with the item's assets among its values."""
        plan = super().plan(client, record, query)
        # STAC's own selection of fields is another one than that of OGC API Features.
        attempts = [one for one in plan.attempts if "properties=" not in one.url]
        return replace(plan, attempts=attempts, properties=properties_of)


def properties_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of an item, with its collection and its assets."""
    values = dict(service_metadata.mapping(row.get("properties")))
    assets = service_metadata.mapping(row.get("assets"))
    if assets:
        values["assets"] = {
            name: address.stripped(str(details["href"]))[0]
            for name, details in assets.items()
            if isinstance(details, dict) and isinstance(details.get("href"), str)
        }
    return values


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """One record for each collection of a STAC API or of a static catalogue.

    Raises
    ------
    WebError
        Where this is no STAC, or the network's.
    """
    client = Client.at(url, auth, fetch, Message("The address of the STAC catalogue"), progress)
    document = client.json(client.base)
    if "stac_version" not in document and not isinstance(document.get("collections"), list):
        raise bad(client.base, "is no STAC catalogue: it has no 'stac_version'")
    data = service_metadata.link_to(document, client.base, "data")
    if isinstance(document.get("collections"), list):
        own = harvested_address(client.base)
        data, root = client.base, own.at_path(address.path(own).partition("/collections")[0] or "/")
    else:
        root = harvested_address(client.base)
    if data:
        first = data.with_query({"limit": PAGE_COLLECTIONS})
        for page in walk(client, first, COLLECTIONS, [], strict=True):
            for row in page.rows:
                if isinstance(row.get("id"), str):
                    yield _record(row, root, str(row["id"]), client)
        return
    lost: list[str] = []
    for row, own in _static_documents(client, lost):
        if row.get("type") == "Collection" or isinstance(row.get("extent"), dict):
            yield _record(row, own, "", client)
    if lost:
        # What was not seen must not count as gone.
        raise WebError(
            "{count:,} parts of the catalogue could not be read. {lost}",
            Trouble.BAD_REPLY,
            count=len(lost),
            lost=lost[0],
        )


def _record(row: Mapping[str, Any], url: Address, layer: str, client: Client) -> ServiceRecord:
    record = collection_record(row, ServiceProtocol.STAC, url, layer, client)
    return replace(record, crs=(), links=service_metadata.kept_links(row, url))


def _static_documents(client: Client, lost: list[str]) -> Iterator[tuple[dict[str, Any], Address]]:
    """The catalogues and collections of a static catalogue, from its root down, on its origin alone.

    What cannot be read is left out and added to `lost`.
    """
    waiting, seen = [(client.base, 0)], {client.base}
    read = 0
    while waiting and read < DOCUMENTS_LIMIT:
        url, depth = waiting.pop()
        advance(client.progress, float("nan"), "{read:,} catalogues", read=read)
        document = _tolerant(client, url, lost, first=read == 0)
        read += 1
        if document is None:
            continue
        yield document, url
        for link in service_metadata.links_of(document, url):
            target = Address(link.href)
            below = link.rel == "child" and depth < DEPTH_LIMIT and target not in seen
            if below and not client.base.same_origin(target):
                seen.add(target)
                remark("A part of the catalogue is on another server, '{host}', and was left out.", host=target.host)
            # One more than is read, so that what is left shows.
            if below and client.base.same_origin(target) and len(seen) <= DOCUMENTS_LIMIT:
                seen.add(target)
                waiting.append((target, depth + 1))
    if waiting:
        note(lost, "It has more than {limit:,} documents.", limit=DOCUMENTS_LIMIT)


def _static_items(client: Client, lost: list[str]) -> Iterator[dict[str, Any]]:
    """The items below a static collection."""
    read = 0
    for document, url in _static_documents(client, lost):
        for link in service_metadata.links_of(document, url):
            if link.rel != "item" or read >= DOCUMENTS_LIMIT:
                continue
            if not client.base.same_origin(link.href):
                remark(
                    "Items of the catalogue are on another server, '{host}': left out.", host=Address(link.href).host
                )
                continue
            read += 1
            advance(client.progress, float("nan"), "{read:,} items", read=read)
            row = _tolerant(client, link.href, lost, first=False)
            if row is not None and row.get("type") == "Feature":
                yield row


def _tolerant(client: Client, url: str, lost: list[str], *, first: bool) -> dict[str, Any] | None:
    """A document; None where a part of a catalogue is missing or broken."""
    try:
        return client.json(url)
    except WebError as error:
        if first or error.trouble in (Trouble.UNREACHABLE, Trouble.DENIED, Trouble.TLS):
            raise
        lost.append(str(error))
        return None


def _time_of(row: Mapping[str, Any]) -> tuple[Any, Any]:
    values = service_metadata.mapping(row.get("properties"))
    single = times.instant(values.get("datetime"))
    if single is not None:
        return single, single
    return times.instant(values.get("start_datetime")), times.instant(values.get("end_datetime"))
