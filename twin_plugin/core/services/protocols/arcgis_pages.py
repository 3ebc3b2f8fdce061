"""Rows of an ArcGIS layer, page by page: by offset, or by object ids where the server has no offset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...common.messages import note
from ...common.progress import advance
from ...web import address, decode
from ...web.address import Address
from ...web.fetch import Reply, WebError
from ...web.json_pieces import Compact, kept
from . import esri_json, service_metadata
from .json_client import Client, bad, reply_of
from .paging import ReplyFormat, ReplyPage, is_round, walk

IDS_AT_ONCE = 200
"""Object ids in one address; more would make it too long for proxies."""


class ArcgisClient(Client):
    """A client that finds the errors that ArcGIS sends with the status 200."""

    def read(self, reply: Reply, compact: Compact = kept) -> dict[str, Any]:
        """The object of a reply."""
        return esri_json.checked(decode.mapping_of(reply, reply_of(reply.url), compact), reply.url)

    def json(
        self, url: str, accept: str = "application/json", byte_limit: int = 0, compact: Compact = kept
    ) -> dict[str, Any]:
        """The object of a reply to GET."""
        return self.read(self.get(url, accept, byte_limit), compact)


@dataclass(frozen=True)
class ArcgisPage:
    """Rows of a reply, whether their geometries have heights, and the CRS that the reply names; "" for none."""

    rows: list[dict[str, Any]]
    has_z: bool = False
    crs: str = ""

    @classmethod
    def of(cls, rows: list[dict[str, Any]], document: Mapping[str, Any]) -> ArcgisPage:
        """The page of a reply; `rows` are those of it that are new."""
        return cls(rows, document.get("hasZ") is True, next(iter(esri_json.crs_of(document)), ""))


@dataclass(frozen=True)
class ArcgisQuery:
    """A query of a layer.

    Attributes
    ----------
    url : str
        The layer's `query`.
    parameters : mapping
    id_field : str
        Name of the field of object ids, "" where the layer has none.
    size : int
        Rows of a page.
    """

    url: Address
    parameters: Mapping[str, object]
    id_field: str
    size: int


def pages_of(
    client: ArcgisClient, ask: ArcgisQuery, document: Mapping[str, Any], notes: list[str]
) -> Iterator[ArcgisPage]:
    """The pages of a query; `document` is the layer's."""
    advanced = service_metadata.mapping(document.get("advancedQueryCapabilities"))
    pages = advanced.get("supportsPagination", document.get("supportsPagination"))
    # Before 10.3 there is no offset, and nothing that says so but the version.
    version = service_metadata.number(document.get("currentVersion")) or 0.0
    if pages is True or (pages is None and version >= 10.3):
        yield from _paged(client, ask, notes)
    else:
        yield from _by_ids(client, ask, notes, set())


def _paged(client: ArcgisClient, ask: ArcgisQuery, notes: list[str]) -> Iterator[ArcgisPage]:
    """The pages by offset; those by ids where the service refuses an offset against its word, or pays no heed to it."""
    own: list[str] = []
    sent: set[object] = set()
    try:
        for page in _by_offset(client, ask, own):
            if page.is_cut and not page.rows:
                break
            sent.update(_key(row, ask.id_field) for row in page.rows)
            yield ArcgisPage.of(page.rows, page.document)
        else:
            notes.extend(own)
            return
    except WebError as error:
        if sent or error.status not in _NO_OFFSET:
            raise
    by_ids = _by_ids(client, ask, notes, sent)
    try:
        first = next(by_ids, ArcgisPage([]))
    except WebError:
        if not sent:
            raise
        notes.extend(own)
        return
    note(notes, "The service has no pages, against its word: its rows were asked for by their ids.")
    yield first
    yield from by_ids


_NO_OFFSET = (400, 404, 405, 500, 501)


def _by_offset(client: ArcgisClient, ask: ArcgisQuery, notes: list[str]) -> Iterator[ReplyPage]:
    order = {"orderByFields": ask.id_field} if ask.id_field else {}
    first = {**ask.parameters, **order, "resultOffset": 0, "resultRecordCount": ask.size}
    shape = ReplyFormat(
        "features",
        _next,
        lambda row: _key(row, ask.id_field),
        "resultRecordCount",
        compact=esri_json.compact,
        offset="resultOffset",
        may_hold_back=_may_hold_back,
    )
    return walk(client, ask.url.with_query(first), shape, notes)


def _says_more(document: Mapping[str, Any]) -> object:
    """Whether a reply says that there is more; None where it says nothing."""
    # Nested in the GeoJSON form.
    nested = service_metadata.mapping(document.get("properties"))
    return document.get("exceededTransferLimit", nested.get("exceededTransferLimit"))


def _may_hold_back(document: Mapping[str, Any], rows: list[Any], url: Address) -> bool:
    """Whether a reply that says nothing ends at a number at which servers cut, fewer than were asked for."""
    return _says_more(document) is None and is_round(len(rows))


def _next(document: Mapping[str, Any], rows: list[Any], url: Address) -> str:
    """The same address with a higher offset, while the server says that there is more, or sent a full page."""
    pairs = dict(address.query_pairs(url))
    more = _says_more(document)
    size, offset = int(pairs.get("resultRecordCount", "0")), int(pairs.get("resultOffset", "0"))
    if not rows or more is False or (more is None and len(rows) < size):
        return ""
    return url.with_query({"resultOffset": offset + len(rows)})


def _by_ids(client: ArcgisClient, ask: ArcgisQuery, notes: list[str], sent: set[object]) -> Iterator[ArcgisPage]:
    """The rows by their ids, some hundred at once, without those in `sent`; what a reply leaves out is asked again."""
    url = ask.url.with_query({**ask.parameters, "returnIdsOnly": True, "outFields": None})
    found = client.json(url).get("objectIds")
    if found is None:
        found = []
    if not isinstance(found, list):
        raise bad(url, "has no list '{rows}'", rows="objectIds")
    ids = sorted({value for value in found if isinstance(value, int)} - sent)
    plain = {key: value for key, value in ask.parameters.items() if key in _BY_IDS}
    step, start, received = min(ask.size, IDS_AT_ONCE), 0, 0
    while start < len(ids):
        advance(client.progress, start / len(ids), "{start:,} of {count:,} rows", start=start, count=len(ids))
        some = ids[start : start + step]
        url = ask.url.with_query({**plain, "objectIds": some})
        try:
            document = client.json(url, compact=esri_json.compact)
        except WebError as error:
            if error.status not in (400, 413, 414, 500) or step <= 10:
                raise
            step //= 2
            continue
        rows = document.get("features")
        if not isinstance(rows, list):
            raise bad(url, "has no list '{rows}'", rows="features")
        received += len(rows)
        yield ArcgisPage.of([row for row in rows if isinstance(row, dict)], document)
        came = {_key(row, ask.id_field) for row in rows if isinstance(row, dict)}
        left = [key for key in some if key not in came] if came & set(some) else []
        if left:
            # It gives fewer at once than it says.
            step = len(some) - len(left)
            ids[start : start + len(some)] = [*(key for key in some if key in came), *left]
        start += len(some) - len(left)
    if received != len(ids):
        note(notes, "The service named {count:,} features and sent {received:,}.", count=len(ids), received=received)


_BY_IDS = ("outFields", "returnGeometry", "returnZ", "outSR", "f")


def _key(row: Mapping[str, Any], id_field: str) -> object:
    return service_metadata.mapping(row.get("attributes") or row.get("properties")).get(id_field) if id_field else None
