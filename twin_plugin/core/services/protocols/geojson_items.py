"""Features that come as GeoJSON, page by page: OGC API Features and Records, STAC, and the locations of EDR."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ...common.bbox import BoundingBox
from ...common.crs_registry import canonical
from ...common.messages import Message, note
from ...web.address import Address
from ...web.decode import rows_of
from ...web.fetch import WebError
from ..adapter import Feature, Features, Field, Query
from . import service_metadata
from .coordinate_reading import read_pages
from .feature_pages import ClientSideQuery, answer
from .fields import Casts, of_rows
from .json_client import Client
from .json_geometry import MalformedGeometryError, compact, geojson_wkb
from .paging import ReplyFormat, ReplyPage, walk

GEOJSON = "application/geo+json, application/json;q=0.9"
REFUSALS = (400, 404, 405, 414, 422, 500, 501)
"""Statuses with which servers answer a parameter that they do not understand."""

Malformed = Counter[str]
"""Geometries that could not be read, by reason."""

Properties = Callable[[Mapping[str, Any]], dict[str, Any]]


def next_link(document: Mapping[str, Any], rows: list[Any], url: str) -> str:
    """The link `next` of a reply."""
    nexts = (row["href"] for row in rows_of(document, "links") if row.get("rel") == "next" and "href" in row)
    return next((href for href in nexts if isinstance(href, str)), "")


def id_of(row: Mapping[str, Any]) -> object:
    """The id of a GeoJSON feature, None where it has none."""
    found = row.get("id")
    return found if isinstance(found, (str, int, float)) and not isinstance(found, bool) else None


SHAPE = ReplyFormat(
    "features",
    next_link,
    id_of,
    "limit",
    GEOJSON,
    compact,
    (250, 100),
    total="numberMatched",
    offset="offset",
    may_hold_back=lambda document, rows, url: "numberMatched" not in document,
)


def properties_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a GeoJSON feature."""
    return service_metadata.mapping(row.get("properties"))


@dataclass(frozen=True)
class Attempt:
    """One way to ask for the same features; where it is refused the next one is tried.

    Attributes
    ----------
    url : str
        The first page.
    client_side : ClientSideQuery
        What remains to be done here when it is asked this way.
    """

    url: Address
    client_side: ClientSideQuery


@dataclass
class ItemsQuery:
    """A query of GeoJSON features.

    Attributes
    ----------
    attempts : sequence of Attempt
        In the order of preference.
    fields : tuple of Field
        What the service says of its fields.
    shape : Shape
    properties : callable
        From a row to its values by field name.
    crs : tuple of str
        CRSs that the service names for the layer, the likeliest first: for coordinates that are no degrees.
    box : BoundingBox or None
        Where the layer lies by its own word.
    """

    attempts: Sequence[Attempt]
    fields: tuple[Field, ...] = ()
    shape: ReplyFormat = field(default_factory=lambda: SHAPE)
    properties: Properties = properties_of
    crs: tuple[str, ...] = ()
    box: BoundingBox | None = None


def run(client: Client, plan: ItemsQuery, query: Query) -> Features:
    """The features of a plan; the first page is asked for at once, the others as they are read.

    Raises
    ------
    WebError
        Where every way is refused, or the network's.
    InputError
        Where the coordinates are no degrees, and nothing says what they are.
    """
    pages, first, client_side = opened(client, plan)
    fields = of_rows((plan.properties(row) for row in first.rows), plan.fields, first.last)
    casts = Casts(fields)
    features = _features(chain([first], pages), plan, casts, client_side.notes)
    named, add = crs_of(first.document), client_side.notes.append
    return answer(read_pages(features, plan.crs, plan.box, add, named), query, client_side, fields, casts)


def opened(client: Client, plan: ItemsQuery) -> tuple[Iterator[ReplyPage], ReplyPage, ClientSideQuery]:
    """The pages, the first of them, and what is left to do here, for the first way that is not refused."""
    refused: list[str] = []
    for number, attempt in enumerate(plan.attempts):
        notes: list[str] = []
        pages = walk(client, attempt.url, plan.shape, notes)
        try:
            first = next(pages)
        except WebError as error:
            if number + 1 == len(plan.attempts) or error.status not in REFUSALS:
                raise
            note(refused, "The service refused a request ({status}) and was asked more plainly.", status=error.status)
            continue
        client_side = attempt.client_side
        # The pages go on writing to their own list: it becomes that of the answer.
        notes[:0] = [*client_side.notes, *dict.fromkeys(refused)]
        client_side.notes = notes
        return pages, first, client_side
    raise AssertionError("a plan has at least one attempt")


def counted(client: Client, plan: ItemsQuery, name: str = "numberMatched") -> int | None:
    """What the service says that a plan gives; None where it does not, or where something is left to do here."""
    for attempt in plan.attempts:
        if attempt.client_side.condition is not None:
            return None
        try:
            document = client.json(attempt.url.with_query({plan.shape.size: 1}), plan.shape.accept)
            found = service_metadata.whole(document.get(name))
            if found is None:
                # pygeoapi counts some sources only when it is asked for nothing else.
                hits = attempt.url.with_query({plan.shape.size: 1, "resulttype": "hits"})
                found = service_metadata.whole(client.json(hits, plan.shape.accept).get(name))
        except WebError as error:
            if error.status not in REFUSALS:
                raise
            continue
        return found
    return None


def crs_of(document: Mapping[str, Any]) -> str:
    """The CRS that a reply names for its coordinates, as GeoJSON did before 2016; "" for none that is known."""
    crs = service_metadata.mapping(document.get("crs"))
    details = service_metadata.mapping(crs.get("properties"))
    return canonical(str(details.get("name") or details.get("code") or "")[:200])


def converted(
    rows: list[dict[str, Any]], properties: Properties, casts: Casts, malformed: Malformed, start: int
) -> list[Feature]:
    """Features of GeoJSON rows; a geometry that cannot be read is None, its reason counted in `malformed`."""
    found = []
    for number, row in enumerate(rows, start):
        try:
            geometry = geojson_wkb(row.get("geometry"))
        except MalformedGeometryError as error:
            malformed[str(error)] += 1
            geometry = None
        name = id_of(row)
        found.append(Feature(str(number if name is None else name), geometry, casts.row(properties(row))))
    return found


def geometry_notes(malformed: Malformed) -> list[str]:
    """What to say of geometries that could not be read."""
    return [
        Message(
            "{count:,} features have a geometry that cannot be read ({reason}): it was left empty.",
            count=count,
            reason=reason,
        )
        for reason, count in malformed.most_common(10)
    ]


def _features(pages: Iterator[ReplyPage], plan: ItemsQuery, casts: Casts, notes: list[str]) -> Iterator[list[Feature]]:
    malformed = Malformed()
    received = 0
    matched: int | None = None
    last: ReplyPage | None = None
    try:
        for page in pages:
            matched = service_metadata.whole(page.document.get("numberMatched")) if matched is None else matched
            yield converted(page.rows, plan.properties, casts, malformed, received + 1)
            received += len(page.rows)
            last = page
        if last is not None and last.last and matched is not None and matched != received:
            differ = Message(
                "The service says that {count:,} features match and sent {received:,}: its count is wrong.",
                count=matched,
                received=received,
            )
            cut = Message(
                "The service says that {total:,} features match and sent {received:,}.",
                total=matched,
                received=received,
            )
            notes.append(cut if last.is_cut else differ)
    finally:
        # Also where the reader stops early because it has enough.
        notes.extend(geometry_notes(malformed))
