"""OGC API Records: a catalogue searched as a layer, and the services that its records lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import shapely

from ...common.bbox import BoundingBox
from ...common.messages import Message
from ...common.progress import Progress, silent
from ...web.address import Address
from ...web.decode import rows_of
from ...web.fetch import Fetch
from ..record import Link, ServiceRecord
from . import geojson_items, service_metadata, times
from .json_client import Client
from .json_geometry import MalformedGeometryError, geojson_wkb
from .ogc_features import OgcFeatures
from .paging import PAGE_ROWS, walk
from .service_links import each_once, records_of


class OgcRecords(OgcFeatures):
    """The adapter of `ServiceProtocol.OGC_RECORDS`: the records of a catalogue are its features."""


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """The services in one catalogue, whose collection is at `url`."""
    client = Client.at(url, auth, fetch, Message("The address of the catalogue"), progress)
    yield from harvest_collection(client, client.base.without_end("/items"))


def harvest_collection(client: Client, url: Address) -> Iterator[ServiceRecord]:
    """The services that the records of a catalogue lead to, page by page; records without any are left out."""
    first = url.with_path("items").with_query({"limit": PAGE_ROWS})
    pages = walk(client, first, geojson_items.SHAPE, [], strict=True)
    yield from each_once(services_of(row, page.url, client.base) for page in pages for row in page.rows)


def services_of(row: Mapping[str, Any], url: Address | None, source: str) -> Iterator[ServiceRecord]:
    """The services of one record, GeoJSON as in OGC API Records.

    Parameters
    ----------
    row : mapping
        The record.
    url : Address or None
        Where it was read: relative links count from there.
    source : str
        What was harvested.
    """
    links = [*service_metadata.links_of(row, url), *_templates(row)]
    values = service_metadata.mapping(row.get("properties"))
    start, end = _time(row, values)
    yield from records_of(
        links,
        url or "",
        source,
        (service_metadata.title(values.get("title")), str(row.get("id", ""))),
        description=service_metadata.text(values.get("description")),
        keywords=service_metadata.words(values.get("keywords")),
        themes=themes_of(values),
        box=box_of_geometry(row.get("geometry")),
        time_start=start,
        time_end=end,
        # Our own records say so; no other catalogue has the word.
        made=values.get("made") is True,
    )


def themes_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Concepts of the themes, by name or id."""
    found = []
    for theme in rows_of(values, "themes"):
        concepts = theme.get("concepts")
        for concept in concepts if isinstance(concepts, list) else ():
            details = service_metadata.mapping(concept)
            found.append(service_metadata.title(details.get("title"), details.get("name"), details.get("id"), concept))
    return tuple(dict.fromkeys(name for name in found if name))[: service_metadata.WORDS_LIMIT]


def box_of_geometry(geometry: object) -> BoundingBox | None:
    """The box of a GeoJSON geometry in degrees; None where it cannot be read or has none."""
    try:
        blob = geojson_wkb(geometry)
    except MalformedGeometryError:
        return None
    if blob is None:
        return None
    return service_metadata.box_of([float(value) for value in shapely.from_wkb(blob).bounds])


def _templates(row: Mapping[str, Any]) -> Iterator[Link]:
    """Links with {z}/{x}/{y} in them, in either of the places that Records and older drafts have for them."""
    for key in ("links", "linkTemplates"):
        for details in rows_of(row, key):
            href = details.get("uriTemplate") or details.get("href")
            if isinstance(href, str) and "{" in href:
                stated = service_metadata.text(details.get("protocol"), 200)
                yield Link(href.strip(), service_metadata.text(details.get("rel"), 200), protocol=stated)


def _time(row: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[str, str]:
    """Start and end of a record's `time`, which is an object, or of the older `extent`."""
    stated = service_metadata.mapping(row.get("time")) or service_metadata.mapping(values.get("time"))
    span = stated.get("interval")
    if isinstance(span, list) and len(span) == 2:
        return times.iso(times.instant(span[0])), times.iso(times.instant(span[1]))
    single = stated.get("timestamp") or stated.get("date")
    if single:
        return times.iso(times.instant(single)), times.iso(times.instant(single))
    _, start, end = service_metadata.extent_of(values)
    return start, end
