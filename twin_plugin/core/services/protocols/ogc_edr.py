"""OGC API EDR: a collection of environmental data; its places are features, its values are observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...common.errors import InputError
from ...common.messages import Message
from ...common.progress import Progress, silent
from ...web.fetch import Fetch
from ..adapter import Description, Features, Field, Query, State
from ..record import ServiceRecord
from . import geojson_items, service_metadata, times
from .feature_pages import ClientSideQuery, box_text
from .json_client import Client, probed
from .ogc_features import collection_url

LOCATIONS = replace(geojson_items.SHAPE, may_hold_back=lambda document, rows, url: False)
"""EDR lists its places at once, and knows no offset."""


class OgcEdr:
    """The adapter of `ServiceProtocol.OGC_EDR`: `url` is the landing page, `layer` the collection.

    Features are the collection's locations; what was observed there is in `core.services.observations`.
    """

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The collection's document is asked for."""
        return probed(record, fetch, collection_url(record), {"data_queries": dict})

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """Parameters as fields, with their units; `extra` names the kinds of query."""
        document = Client.of(record, fetch).json(collection_url(record))
        kinds = queries_of(document)
        return replace(
            service_metadata.described(document, record.title),
            fields=tuple(parameters_of(document)),
            geometry="Point",
            queryable="locations" in kinds or "items" in kinds,
            extra={"queries": ", ".join(kinds)},
        )

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """Nothing tells how many locations there are without sending them."""
        return None

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The locations of the collection, as features; the filter is evaluated here."""
        client = Client.of(record, fetch, progress)
        document = client.json(collection_url(record))
        kinds = queries_of(document)
        way = next((name for name in ("locations", "items") if name in kinds), "")
        if not way:
            raise InputError(
                "'{title}' lists no places (it has {names}): fetch its observations.",
                title=record.title,
                names=", ".join(kinds),
            )
        base = collection_url(record).with_path(way)
        bounds = None if query.box is None else box_text(query.box)
        asked = base.with_query({"datetime": times.asked(query.time) or None, "bbox": bounds})
        note = [] if query.filter is None else [Message("The filter was evaluated here, not by the service.")]
        attempts = [
            geojson_items.Attempt(url, ClientSideQuery(query.box, query.filter, list(note))) for url in (asked, base)
        ]
        names = (*record.crs, *service_metadata.crs_names(document))
        box = service_metadata.extent_of(document)[0] or record.box
        plan = geojson_items.ItemsQuery(attempts, shape=LOCATIONS, crs=names, box=box)
        return geojson_items.run(client, plan, query)


def queries_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of query that a collection answers: position, area, cube, locations, items ..."""
    return tuple(service_metadata.mapping(document.get("data_queries")))


def parameters_of(document: Mapping[str, Any]) -> list[Field]:
    """The parameters of a collection."""
    found = []
    for name, row in service_metadata.mapping(document.get("parameter_names")).items():
        details = service_metadata.mapping(row)
        observed = service_metadata.mapping(details.get("observedProperty"))
        unit = service_metadata.mapping(details.get("unit"))
        symbol = unit.get("symbol")
        stated = service_metadata.mapping(symbol).get("value") if isinstance(symbol, dict) else symbol
        label = observed.get("label")
        words = service_metadata.title(*label.values()) if isinstance(label, dict) else service_metadata.title(label)
        kind = {"integer": "integer", "string": "text"}.get(str(details.get("data-type")), "real")
        found.append(
            Field(name, kind, words or service_metadata.title(details.get("name")), service_metadata.title(stated))
        )
    return found
