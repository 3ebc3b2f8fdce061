"""SensorThings: one record for each observed property, and its datastreams as points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import shapely

from ...common.bbox import BoundingBox
from ...common.messages import Message
from ...common.progress import Progress, part, silent
from ...cql2.ast import Condition
from ...cql2.odata import ODataCompiler
from ...cql2.split import split
from ...cql2.visit import Untranslatable, both, properties, with_names
from ...web import address
from ...web.address import Address
from ...web.fetch import Fetch, WebError
from ..adapter import Description, Feature, Features, Field, Query, State
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import service_metadata, times
from .feature_pages import ClientSideQuery, answer, split_notes
from .fields import Casts, as_text
from .geojson_items import REFUSALS
from .json_client import Client, bad, harvested_address, probed
from .sensorthings_client import Conversation, Stream, box_filter, property_filter, stream_pages, unit_of

STREAMS_LIMIT = 50_000
"""Datastreams of one property that a harvest looks through for extent and units."""

SAMPLE = 25
"""Datastreams that a description looks at."""

NAMES_LIMIT = 500
"""Observed properties whose datastreams a harvest looks through."""

FIELDS = (
    Field("id"),
    Field("name"),
    Field("description"),
    Field("property"),
    Field("unit"),
    Field("site_id"),
    Field("site"),
    Field("sensor"),
    Field("time_start", "datetime"),
    Field("time_end", "datetime"),
    Field("properties", "json"),
)
# Fields as the server names them from a datastream on; the others are compared here.
_PATHS = {
    "name": "name",
    "description": "description",
    "property": "ObservedProperty/name",
    "unit": "unitOfMeasurement/symbol",
    "site": "Thing/name",
    "sensor": "Sensor/name",
}


class SensorThings:
    """The adapter of `ServiceProtocol.SENSORTHINGS`.

    `url` is the root of the service, `layer` the name of an observed property, "" for all. Features are the
    datastreams: `core.services.observations` has what they observed.
    """

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The root's list of entity sets is asked for."""
        # With a slash: django-ogc-sensorthings knows no other root, and all others take it.
        return probed(record, fetch, record.address().with_path(), {"value": list})

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """Fields of the datastreams, their number, and the units of the first page."""
        talk = Conversation.of(record, fetch)
        count = self.count(record, Query(), fetch)
        wanted = {"$filter": property_filter(record.layer) or None}
        variants = [
            {**wanted, "$select": "unitOfMeasurement,phenomenonTime"},
            {**wanted, "$select": "unitOfMeasurement"},
            wanted,
        ]
        page = next(talk.pages(["Datastreams"], variants, silent, SAMPLE)[1])
        units = sorted({unit for row in page.rows if (unit := unit_of(row))})
        ends = [end for row in page.rows if (end := times.interval(row.get("phenomenonTime"))[1]) is not None]
        return Description(
            title=record.title,
            abstract=record.description,
            fields=FIELDS,
            geometry="Point",
            crs=("EPSG:4326",),
            box=record.box,
            time_start=record.time_start,
            time_end=times.iso(max(ends)) if ends else record.time_end,
            count=count,
            extra={"unit": ", ".join(units)} if units else {},
        )

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """Datastreams by the server's count; None where the box or the filter are not the server's."""
        pushed_down, client_side, _ = _split(query.filter)
        if client_side is not None or query.time or (query.box is not None and query.box.west > query.box.east):
            return None
        inside = box_filter(query.box) if query.box is not None else ""
        text = " and ".join(part for part in (property_filter(record.layer), inside, pushed_down) if part)
        client = Client.of(record, fetch)
        url = client.base.with_path("Datastreams").with_query(
            {"$count": True, "$top": 1, "$select": "@iot.id", "$filter": text or None}
        )
        try:
            document = client.json(url)
        except WebError as error:
            if error.status in REFUSALS:
                return None
            raise
        found = service_metadata.whole(document.get("@iot.count", document.get("@count")))
        return found if found is None or query.limit <= 0 else min(found, query.limit)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The datastreams as points; `time` keeps those that observed in it."""
        talk = Conversation.of(record, fetch)
        pushed_down, client_side, notes = _split(query.filter)
        _, pages = stream_pages(talk, record.layer, query.box, progress, pushed_down)
        casts = Casts(FIELDS)
        talk.notes.extend(notes)
        # All of the filter again: a server that refused its part was asked without it.
        left = ClientSideQuery(query.box, both([client_side, query.filter if pushed_down else None]), talk.notes)
        wanted = times.span(query.time)
        found = ([_feature(stream, casts) for stream in page if _active(stream, wanted)] for page in pages)
        return answer(found, query, left, FIELDS, casts)


def _active(stream: Stream, wanted: tuple[datetime | None, datetime | None]) -> bool:
    return wanted == (None, None) or (stream.time != (None, None) and times.overlap(stream.time, wanted))


def _split(condition: Condition | None) -> tuple[str, Condition | None, list[str]]:
    """A filter on our fields as OData on datastreams, what remains, and what to say of it."""

    def renamed(part: Condition) -> Condition:
        unknown = [name for name in properties(part) if name not in _PATHS]
        if unknown:
            raise Untranslatable("“{unknown}” is compared here.", unknown=unknown[0])
        return with_names(part, _PATHS.__getitem__)

    compiler = ODataCompiler(geometry="")
    parts = split(condition, lambda part: compiler.compile_filter(renamed(part)))
    pushed_down = compiler.compile_filter(renamed(parts.pushed_down)) if parts.pushed_down is not None else ""
    return pushed_down, parts.client_side, split_notes(parts)


def _feature(stream: Stream, casts: Casts) -> Feature:
    values = {
        "id": str(stream.id),
        "name": stream.name,
        "description": service_metadata.text(stream.row.get("description")),
        "property": stream.property,
        "unit": stream.unit,
        "site_id": stream.site_id,
        "site": stream.site,
        "sensor": stream.sensor,
        "time_start": stream.time[0],
        "time_end": stream.time[1],
        "properties": as_text(stream.row["properties"]) if stream.row.get("properties") else None,
    }
    return Feature(str(stream.id), stream.geometry, casts.row(values))


@dataclass
class _Kind:
    """What is known of an observed property."""

    name: str
    description: str = ""
    definition: str = ""
    count: int = 0
    units: set[str] = field(default_factory=set)
    bounds: list[float] = field(default_factory=list)
    start: datetime | None = None
    end: datetime | None = None

    def add(self, stream: Stream) -> None:
        """Count a datastream in."""
        self.count += 1
        if stream.unit and len(self.units) < 20:
            self.units.add(stream.unit)
        if stream.geometry is not None:
            found = [float(value) for value in shapely.from_wkb(stream.geometry).bounds]
            low, high = (map(min, zip(found, self.bounds, strict=True)), map(max, zip(found, self.bounds, strict=True)))
            self.bounds = [*list(low)[:2], *list(high)[2:]] if self.bounds else found
        start, end = stream.time
        self.start = start if self.start is None else min(self.start, start or self.start)
        self.end = end if self.end is None else max(self.end, end or self.end)


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """One record for each name among the observed properties of a server, however many sensors observe it.

    Servers with ten thousand sensors often have as many observed properties of one name: they are one record. Its box,
    time and units come from the datastreams.

    Raises
    ------
    WebError
        Where this is no SensorThings server, or the network's.
    """
    given = harvested_address(Address.checked(url, Message("The address of the SensorThings server")))
    base = given.at_path(address.path(given).rstrip("/"))
    client = Client(fetch, base, auth)
    root = client.json(base.with_path())
    sets = {service_metadata.text(service_metadata.mapping(row).get("name")) for row in root.get("value") or ()}
    if not {"Datastreams", "Things"} <= sets:
        raise bad(base, "names no Things and Datastreams: it is no root of SensorThings, which ends in /v1.0 or /v1.1")
    talk = Conversation(client)
    kinds: dict[str, _Kind] = {}
    _, pages = talk.pages(["ObservedProperties"], [{"$orderby": "id"}, {}], progress, strict=True)
    for page in pages:
        for row in page.rows:
            name = service_metadata.title(row.get("name"))
            if name:
                about = service_metadata.text(row.get("description"))
                kinds.setdefault(name, _Kind(name, about, service_metadata.text(row.get("definition"), 500)))
    for number, kind in enumerate(kinds.values()):
        complete = number < NAMES_LIMIT and _look_through(talk, kind, part(progress, number / len(kinds), 1.0))
        yield _record(kind, client, complete)


def _look_through(talk: Conversation, kind: _Kind, progress: Progress) -> bool:
    """Add every datastream of a kind; answers whether all were seen."""
    try:
        for page in stream_pages(talk, kind.name, None, progress)[1]:
            for stream in page:
                kind.add(stream)
            if kind.count > STREAMS_LIMIT:
                return False
    except WebError as error:
        if error.status not in REFUSALS:
            raise
        return False
    return True


def _record(kind: _Kind, client: Client, complete: bool) -> ServiceRecord:
    # A box of some sensors would hide the others from a search: rather none.
    box: BoundingBox | None = service_metadata.box_of(list(kind.bounds)) if complete and kind.bounds else None
    parts = [kind.description, f"{kind.count:,} sensors" if complete else "", ", ".join(sorted(kind.units))]
    words: list[Any] = [kind.definition, *sorted(kind.units)]
    return ServiceRecord(
        id=record_id(ServiceProtocol.SENSORTHINGS, client.base, kind.name),
        title=kind.name,
        protocol=ServiceProtocol.SENSORTHINGS,
        url=client.base,
        layer=kind.name,
        description=" – ".join(part for part in parts if part),
        keywords=service_metadata.words(words),
        crs=("EPSG:4326",),
        box=box,
        time_start=times.iso(kind.start) if complete else "",
        time_end=times.iso(kind.end) if complete else "",
        auth=client.auth,
        source=client.base,
    )
