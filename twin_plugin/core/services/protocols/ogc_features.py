"""OGC API Features: a collection of features, with bbox, datetime and, where the server claims it, CQL2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...common.messages import note
from ...common.progress import Progress, silent
from ...cql2.ast import Compare, Comparison, Condition, Literal, Property
from ...cql2.evaluate import GEOMETRY_NAMES
from ...cql2.split import split
from ...cql2.visit import conjuncts, properties
from ...web.address import Address
from ...web.fetch import Fetch
from ..adapter import Description, Features, Field, Query, State
from ..record import ServiceRecord
from . import fields, geojson_items, ogc_filter, service_metadata, times
from .feature_pages import ClientSideQuery, box_text, row_limit, split_notes
from .json_client import Client, optional, probed
from .paging import PAGE_ROWS

SCHEMA = "application/schema+json, application/json;q=0.9"


class OgcFeatures:
    """The adapter of `ServiceProtocol.OGC_FEATURES`: `url` is the landing page, `layer` the collection."""

    shape = geojson_items.SHAPE

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The collection's document is asked for."""
        return probed(record, fetch, collection_url(record), {"links": list})

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """Fields from the schema or the queryables, else from a first feature."""
        client = Client.of(record, fetch)
        document = client.json(collection_url(record))
        declared, geometry = self.schema(client, record)
        base = items_url(client, record, document)
        sample: dict[str, Any] = optional(client, base.with_query({"limit": 10}), geojson_items.GEOJSON)
        count = service_metadata.whole(sample.get("numberMatched"))
        rows = [row for row in sample.get("features") or () if isinstance(row, dict)]
        found = fields.of_rows((geojson_items.properties_of(row) for row in rows), declared, complete=False)
        if count is None:
            plan = geojson_items.ItemsQuery([geojson_items.Attempt(base, ClientSideQuery())])
            count = geojson_items.counted(client, plan)
        geometry = geometry if geometry not in ("", "Geometry") else _geometry_of(rows) or geometry
        described = service_metadata.described(document, record.title)
        return replace(described, fields=found, geometry=geometry, count=count)

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """What the server says that matches; None where it does not say, or where the filter is not the server's."""
        client = Client.of(record, fetch)
        plan = self.plan(client, record, query)
        found = geojson_items.counted(client, plan)
        return found if found is None or query.limit <= 0 else min(found, query.limit)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The features; what the server cannot filter is filtered here."""
        client = Client.of(record, fetch, progress)
        return geojson_items.run(client, self.plan(client, record, query), query)

    def plan(self, client: Client, record: ServiceRecord, query: Query) -> geojson_items.ItemsQuery:
        """The ways to ask for a query, the one in which the server does most first."""
        document = client.json(collection_url(record))
        declared, _ = self.schema(client, record)
        base = items_url(client, record, document).with_query(self.parameters(query))
        attempts = [*_filtered(client, query, base, [item.name for item in declared]), _plain(query, base)]
        if query.time and not service_metadata.has_times(document):
            for attempt in attempts:
                note(
                    attempt.client_side.notes,
                    "The service names no span of time, so it may have passed over DATETIME: compare the times of the "
                    "rows, or use FILTER with their field of time.",
                )
        names = (*record.crs, *service_metadata.crs_names(document))
        box = service_metadata.extent_of(document)[0] or record.box
        return geojson_items.ItemsQuery(_slim(attempts, query), declared, self.shape, crs=names, box=box)

    def schema(self, client: Client, record: ServiceRecord) -> tuple[tuple[Field, ...], str]:
        """Fields and geometry type that the service tells, from what it returns or from what it filters by."""
        for part in ("schema", "queryables"):
            found = fields.of_schema(optional(client, collection_url(record).with_path(part), SCHEMA))
            if found[0]:
                return found
        return (), ""

    def parameters(self, query: Query) -> dict[str, object]:
        """Parameters that every server of the protocol takes."""
        size = PAGE_ROWS if query.filter is not None else min(row_limit(query), PAGE_ROWS)
        return {
            "limit": size,
            "bbox": box_text(query.box) if query.box else None,
            "datetime": times.asked(query.time) or None,
        }


def collection_url(record: ServiceRecord) -> Address:
    """The address of a record's collection."""
    return record.address().with_path("collections", record.layer)


def items_url(client: Client, record: ServiceRecord, document: dict[str, Any]) -> Address:
    """The address of the features of a collection: as its link says, on the same origin, else by the standard."""
    link = service_metadata.link_to(document, client.base, "items", kind="json")
    return link or collection_url(record).with_path("items")


def conformance(client: Client) -> tuple[str, ...]:
    """The classes that a service says it conforms to."""
    for part in (client.base.with_path("conformance"), client.base):
        names = service_metadata.words(optional(client, part).get("conformsTo"))
        if names:
            return names
    return ()


def _slim(attempts: list[geojson_items.Attempt], query: Query) -> list[geojson_items.Attempt]:
    """The same ways, first with the fields alone that are asked for or looked at here."""
    if not query.fields:
        return attempts
    first = attempts[0]
    looked_at = properties(first.client_side.condition) if first.client_side.condition is not None else ()
    names = dict.fromkeys([*query.fields, *(name for name in looked_at if name.lower() not in GEOMETRY_NAMES)])
    return [geojson_items.Attempt(first.url.with_query({"properties": list(names)}), first.client_side), *attempts]


def _filtered(client: Client, query: Query, base: Address, names: list[str]) -> list[geojson_items.Attempt]:
    """The ways in which the server filters; none where nothing is to be filtered."""
    if query.filter is None:
        return []
    conforms = conformance(client)
    if ogc_filter.filters(conforms):
        parts = split(query.filter, ogc_filter.compiler(conforms))
        if parts.pushed_down is not None:
            pushed_down = ogc_filter.compiler(())(parts.pushed_down)
            url = base.with_query({"filter": pushed_down, "filter-lang": "cql2-text"})
            return [geojson_items.Attempt(url, ClientSideQuery(query.box, parts.client_side, split_notes(parts)))]
        return []
    equal = list(_equalities(query.filter, names))
    return [_plain(query, base, equal)] if equal else []


def _plain(query: Query, base: Address, equal: Iterable[tuple[str, object]] = ()) -> geojson_items.Attempt:
    """Without CQL2: properties that must equal a value as parameters, and all of the filter evaluated here too."""
    notes: list[str] = []
    if query.filter is not None:
        note(notes, "The filter was evaluated here, not by the service.")
    url = base.with_query(list(equal)) if equal else base
    return geojson_items.Attempt(url, ClientSideQuery(query.box, query.filter, notes))


def _equalities(condition: Condition, names: list[str]) -> Iterable[tuple[str, object]]:
    """The parts `property = value` of a filter, for properties that the service says it filters by."""
    for part in conjuncts(condition):
        match part:
            case Comparison(Compare.EQUAL, Property(name), Literal(str() | int() | float() as value)):
                # A star stands for any text on some servers; a larger answer would do no harm, a smaller one would.
                if name in names and name not in ("limit", "bbox", "datetime", "f", "offset"):
                    yield name, value


def _geometry_of(rows: list[dict[str, Any]]) -> str:
    kinds = {service_metadata.mapping(row.get("geometry")).get("type") for row in rows} - {None}
    return str(kinds.pop()) if len(kinds) == 1 else "Geometry" if kinds else ""
