"""ArcGIS REST: folders, feature services and map services, and their layers queried."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ...common.errors import InputError
from ...common.messages import note
from ...common.progress import Progress, silent
from ...cql2 import arcgis as where
from ...cql2.split import Split
from ...web.address import Address
from ...web.decode import rows_of
from ...web.fetch import Fetch, Reply, WebError
from ..adapter import Description, Feature, Features, Query, State
from ..record import ServiceRecord
from . import esri_json, geojson_items, service_metadata, times
from .arcgis_pages import ArcgisClient, ArcgisPage, ArcgisQuery, pages_of
from .coordinate_reading import read_pages
from .feature_pages import ClientSideQuery, answer, row_limit, split_notes
from .fields import Casts
from .json_client import bad, tried
from .json_geometry import MalformedGeometryError
from .paging import PAGE_ROWS


class ArcgisLayer:
    """Adapter of `ARCGIS_FEATURES` and `ARCGIS_MAP`: `url` is the service, `layer` the layer's number."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The layer's or service's document is asked for."""

        def ask() -> Reply:
            client = ArcgisClient.of(record, fetch)
            reply = client.get(layer_url(record).with_query({"f": "json"}))
            if client.read(reply).keys().isdisjoint(("type", "layers", "currentVersion", "name")):
                raise bad(reply.url, "is no layer of ArcGIS")
            return reply

        return tried(ask)

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the layer says of itself; of a whole service, what it is about."""
        client = ArcgisClient.of(record, fetch)
        document = client.json(layer_url(record).with_query({"f": "json"}))
        start, end = _time_extent(document)
        return Description(
            title=service_metadata.title(document.get("name"), document.get("mapName"), record.title),
            abstract=service_metadata.text(document.get("description") or document.get("serviceDescription")),
            fields=esri_json.fields_of(document),
            geometry=esri_json.geometry_name(document),
            crs=esri_json.crs_of(document),
            box=esri_json.box_of(document.get("extent") or document.get("fullExtent"), record.title),
            time_start=start,
            time_end=end,
            queryable=bool(record.layer) and queries(document),
            legend=record.address().with_path("legend") if "mapserver" in record.url.lower() else "",
        )

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """The layer's own count; None where a part of the filter is evaluated here."""
        client = ArcgisClient.of(record, fetch)
        document = _layer(client, record)
        ask, client_side = _asked(record, document, query, filtered=True)
        if client_side.condition is not None:
            return None
        url = ask.url.with_query({**ask.parameters, "returnCountOnly": True, "outFields": None})
        found = service_metadata.whole(client.json(url).get("count"))
        return found if found is None or query.limit <= 0 else min(found, query.limit)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The features of a layer, in degrees; a filter that the server refuses is evaluated here."""
        client = ArcgisClient.of(record, fetch, progress)
        document = _layer(client, record)
        fields = esri_json.fields_of(document)
        casts = Casts(fields)
        ask, client_side = _asked(record, document, query, filtered=True)
        pages = pages_of(client, ask, document, client_side.notes)
        try:
            first = next(pages, ArcgisPage([]))
        except WebError as error:
            if query.filter is None or error.status not in geojson_items.REFUSALS:
                raise
            ask, client_side = _asked(record, document, query, filtered=False)
            note(
                client_side.notes,
                "The service refused the filter ({status}): it was evaluated here.",
                status=error.status,
            )
            pages = pages_of(client, ask, document, client_side.notes)
            first = next(pages, ArcgisPage([]))
        dated = [item.name for item in fields if item.type == "datetime"]
        found = _features(itertools.chain([first], pages), ask.id_field, dated, casts, client_side.notes)
        # Servers before 10, and others that speak as ArcGIS does, send what they have whatever is asked for.
        names, box = esri_json.crs_of(document), esri_json.box_of(document.get("extent"), record.title)
        found = read_pages(found, names, box, client_side.notes.append, first.crs)
        return answer(found, query, client_side, fields, casts)


def _layer(client: ArcgisClient, record: ServiceRecord) -> dict[str, Any]:
    """The document of a layer that has features."""
    document = client.json(layer_url(record).with_query({"f": "json"}))
    if not record.layer or not queries(document):
        raise InputError(
            "'{title}' shows pictures only: it has no features to ask for. Add it to the map.", title=record.title
        )
    return document


def _asked(
    record: ServiceRecord, document: dict[str, Any], query: Query, *, filtered: bool
) -> tuple[ArcgisQuery, ClientSideQuery]:
    """The query in ArcGIS's words, with the filter or without it, and what is left to do here."""
    parts = Split(None, query.filter)
    if filtered:
        parts = where.split_filter(query.filter, spatial=query.box is None, zone=_zone(document))
    pushed_down = where.compile_filter(parts.pushed_down, spatial=query.box is None)
    client_side = ClientSideQuery(query.box, parts.client_side, split_notes(parts))
    id_field = _id_field(document)
    names = "*"
    if query.fields and parts.client_side is None:
        names = ",".join(dict.fromkeys(name for name in [id_field, *_known(query.fields, document)] if name)) or "*"
    parameters: dict[str, object] = {
        "where": pushed_down.where,
        "outFields": names,
        "returnGeometry": True,
        "returnZ": True if document.get("hasZ") else None,
        "outSR": 4326,
        "f": "json",
        **pushed_down.parameters,
        **_box(query),
        **_time(query, document, client_side.notes),
    }
    # Sizes beyond the server's own come back cut, and some servers refuse them.
    size = min(
        row_limit(query) if parts.client_side is None else PAGE_ROWS,
        service_metadata.whole(document.get("maxRecordCount")) or PAGE_ROWS,
    )
    return ArcgisQuery(
        layer_url(record).with_path("query"), parameters, id_field, max(min(size, PAGE_ROWS), 1)
    ), client_side


def layer_url(record: ServiceRecord) -> Address:
    """The address of a record's layer, or of its service where it names none."""
    return record.address().with_path(record.layer) if record.layer else record.address()


def queries(document: Mapping[str, Any]) -> bool:
    """Whether a layer can be asked for features."""
    if str(document.get("type")) in ("Group Layer", "Raster Layer", "Annotation Layer"):
        return False
    stated = document.get("capabilities")
    return not isinstance(stated, str) or not stated or "query" in stated.lower() or "data" in stated.lower()


def _features(
    pages: Iterator[ArcgisPage], id_field: str, dated: list[str], casts: Casts, notes: list[str]
) -> Iterator[list[Feature]]:
    malformed: Counter[str] = Counter()
    number = 0
    try:
        for found_page in pages:
            page = []
            for row in found_page.rows:
                number += 1
                values = service_metadata.mapping(row.get("attributes") or row.get("properties"))
                for name in dated:
                    if isinstance(values.get(name), (int, float)):
                        values[name] = times.from_ms(values[name])
                try:
                    geometry = esri_json.wkb(row.get("geometry"), found_page.has_z)
                except MalformedGeometryError as error:
                    malformed[str(error)] += 1
                    geometry = None
                found = values.get(id_field)
                page.append(Feature(str(number if found is None else found), geometry, casts.row(values)))
            yield page
    finally:
        notes.extend(geojson_items.geometry_notes(malformed))


def _zone(document: Mapping[str, Any]) -> str:
    """The time zone in which a layer reads dates of a filter; "" for UTC, in which it always sends them."""
    reference = service_metadata.mapping(document.get("dateFieldsTimeReference"))
    zone = service_metadata.text(reference.get("timeZoneIANA") or reference.get("timeZone"), 100)
    return "" if zone.upper() in ("UTC", "ETC/UTC", "ETC/GMT", "GMT", "COORDINATED UNIVERSAL TIME") else zone


def _id_field(document: Mapping[str, Any]) -> str:
    stated = service_metadata.text(document.get("objectIdField"), 200)
    if stated:
        return stated
    for details in rows_of(document, "fields"):
        if details.get("type") == "esriFieldTypeOID":
            return service_metadata.text(details.get("name"), 200)
    return ""


def _known(names: tuple[str, ...], document: Mapping[str, Any]) -> list[str]:
    stated = {item.name for item in esri_json.fields_of(document)}
    return [name for name in names if name in stated]


def _box(query: Query) -> dict[str, object]:
    if query.box is None:
        return {}
    box = query.box
    # ArcGIS knows no box across the 180th meridian: all longitudes are asked for, and the rest is left out here.
    west, east = (box.west, box.east) if box.west <= box.east else (-180.0, 180.0)
    return {
        "geometry": f"{west:.12g},{box.south:.12g},{east:.12g},{box.north:.12g}",
        "geometryType": "esriGeometryEnvelope",
        "inSR": 4326,
        "spatialRel": "esriSpatialRelIntersects",
    }


def _time(query: Query, document: Mapping[str, Any], notes: list[str]) -> dict[str, object]:
    if not query.time:
        return {}
    start, end = times.span(query.time)
    if not service_metadata.mapping(document.get("timeInfo")):
        note(notes, "The layer has no time: the time asked for was not applied. Use a filter on a field of dates.")
        return {}
    return {"time": ",".join("null" if moment is None else str(times.to_ms(moment)) for moment in (start, end))}


def _time_extent(document: Mapping[str, Any]) -> tuple[str, str]:
    span = service_metadata.mapping(document.get("timeInfo")).get("timeExtent")
    if not isinstance(span, list) or len(span) != 2:
        return "", ""
    return times.iso(times.from_ms(span[0])), times.iso(times.from_ms(span[1]))
