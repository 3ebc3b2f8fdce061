"""Talking to a SensorThings server: entities page by page, asked more plainly where the server refuses, and sensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any

from ...common.bbox import BoundingBox
from ...common.messages import note
from ...common.progress import Progress
from ...web import address
from ...web.address import Address
from ...web.fetch import Fetch, Trouble, WebError
from ..record import ServiceRecord
from . import service_metadata, times
from .geojson_items import REFUSALS
from .json_client import Client, plain
from .json_geometry import MalformedGeometryError, geojson_wkb
from .paging import Notes, ReplyFormat, ReplyPage, walk

TOP = 1000
"""Entities of a page; halved until the server takes it (django-ogc-sensorthings takes 100)."""

SMALLEST_TOP = 25
TIMES_RIGHT = 3
"""So many pages whose rows all have the same entity, and rightly so, are proof that the server is right."""

Options = Mapping[str, str | None]
Times = tuple[datetime | None, datetime | None]


def _next(document: Mapping[str, Any], rows: list[Any], url: str) -> str:
    link = document.get("@iot.nextLink", document.get("@nextLink"))
    if not isinstance(link, str) or not link:
        return ""
    ours, theirs = (address.unquoted(address.path(text)).rstrip("/").split("/")[-2:] for text in (url, plain(link)))
    if "(" in ours[0] and ours != theirs:
        # A page of all entities of the kind instead of those of this one: only what it counts by is taken.
        return Address(url).with_query(address.query_pairs(plain(link)))
    return link


def id_of(row: Mapping[str, Any]) -> str | int | None:
    """The id of an entity, as SensorThings 1.1 or 2.0 write it."""
    found = row.get("@iot.id", row.get("id"))
    return found if isinstance(found, (str, int)) and not isinstance(found, bool) else None


ENTITIES = ReplyFormat("value", _next, id_of, "$top")


@dataclass
class Conversation:
    """One run's requests to a server: what the server refused once is not asked again.

    Attributes
    ----------
    client : Client
    notes : list of str
    top : int
        Entities of a page that the server takes.
    lies : dict of (str, str) to bool
        Whether the server gives wrong single entities, by set and by name of what is expanded, where it is proven.
    right : dict of (str, str) to int
        How often one that was suspicious was found to be right.
    things : dict of str or int to mapping, or None
        Things with their places by the ids of their datastreams, once they were asked for.
    """

    client: Client
    notes: list[str] = field(default_factory=Notes)
    top: int = TOP
    lies: dict[tuple[str, str], bool] = field(default_factory=dict)
    right: dict[tuple[str, str], int] = field(default_factory=dict)
    things: dict[str | int, Mapping[str, Any]] | None = None

    @classmethod
    def of(cls, record: ServiceRecord, fetch: Fetch) -> Conversation:
        """The conversation with a record's service."""
        return cls(Client.of(record, fetch))

    def pages(
        self, path: Sequence[str], variants: Sequence[Options], progress: Progress, top: int = 0, strict: bool = False
    ) -> tuple[int, Iterator[ReplyPage]]:
        """The pages of the first variant of options that the server does not refuse, and which one that is.

        Raises
        ------
        WebError
            Where every variant is refused, or the network's.
        """
        for number, options in enumerate(variants):
            try:
                return number, self._opened(path, options, progress, top, strict)
            except WebError as error:
                refused = error.status in REFUSALS or error.trouble is Trouble.BAD_REPLY
                if not refused or number == len(variants) - 1:
                    raise
        raise ValueError("no variants")

    def _opened(
        self, path: Sequence[str], options: Options, progress: Progress, top: int, strict: bool
    ) -> Iterator[ReplyPage]:
        size = min(top or self.top, self.top)
        while True:
            url = self.client.base.with_path(*path).with_query({**options, "$top": size})
            pages = walk(replace(self.client, progress=progress), url, ENTITIES, self.notes, strict=strict)
            try:
                first = next(pages)
            except WebError as error:
                if error.status not in REFUSALS or size <= SMALLEST_TOP:
                    raise
                # Told apart from a refused option by asking for fewer: a server that takes neither is asked twice.
                if size > 100:
                    size = 100
                    continue
                raise
            if size < min(top or self.top, self.top):
                self.top = size
            return chain([first], pages)


@dataclass(frozen=True)
class Stream:
    """A datastream: one property that one sensor of a thing observes.

    Attributes
    ----------
    id : str or int
    geometry : bytes or None
        Where the thing is (WKB, degrees); the observed area where it has no place.
    time : tuple of datetime or None
        First and last phenomenon time, as the server tells them.
    row : mapping
        The entity as it came.
    """

    id: str | int
    name: str
    unit: str
    property: str
    sensor: str
    site_id: str
    site: str
    geometry: bytes | None
    time: Times
    row: Mapping[str, Any]


_FIELDS = "@iot.id,name,description,unitOfMeasurement,observedArea,properties"
_SELECTED = (
    "Thing($select=@iot.id,name;$expand=Locations($select=@iot.id,location)),"
    "Sensor($select=@iot.id,name),ObservedProperty($select=@iot.id,name)"
)

# Each asks for less that a server may get wrong: the order, the phenomenon time (django-ogc-sensorthings fails on one
# that is an instant), the choice of properties, the nesting.
STREAM_VARIANTS: tuple[Options, ...] = (
    {"$select": f"{_FIELDS},phenomenonTime", "$expand": _SELECTED, "$orderby": "id"},
    {"$select": f"{_FIELDS},phenomenonTime", "$expand": _SELECTED},
    {"$select": _FIELDS, "$expand": _SELECTED, "$orderby": "id"},
    {"$expand": "Thing($expand=Locations),Sensor,ObservedProperty", "$orderby": "id"},
    {"$expand": "Thing/Locations,Sensor,ObservedProperty"},
)


def stream_pages(
    talk: Conversation,
    layer: str,
    box: BoundingBox | None,
    progress: Progress,
    more: str = "",
    variants: Sequence[Options] = STREAM_VARIANTS,
    top: int = 0,
) -> tuple[int, Iterator[list[Stream]]]:
    """The datastreams of an observed property, page by page, and which variant of options the server took.

    Parameters
    ----------
    talk : Conversation
    layer : str
        Name of the observed property; "" for all of the service.
    box : BoundingBox or None
        Asked of the server where it can; what it sends may lie outside.
    more : str
        A further condition in OData, which is left out where the server refuses it.
    variants : sequence of options
    top : int
        Entities of a page at most.
    """
    base, inside = property_filter(layer), box_filter(box) if box is not None else ""
    tried: list[tuple[int, Options]] = []
    for parts in dict.fromkeys([(base, inside, more), (base, more), (base, inside), (base,)]):
        text = " and ".join(part for part in parts if part)
        # With a place or a condition that is refused all variants fail alike: only the last text is worth all of them.
        some = variants if not any(parts[1:]) else variants[:3]
        for number, options in enumerate(some):
            candidate = {**options, "$filter": text or None}
            if all(candidate != other for _, other in tried):
                tried.append((number, candidate))
    number, pages = talk.pages(["Datastreams"], [options for _, options in tried], progress, top)
    return tried[number][0], _streams(talk, pages, layer, progress)


def _streams(talk: Conversation, pages: Iterator[ReplyPage], layer: str, progress: Progress) -> Iterator[list[Stream]]:
    expanded = ("Thing", "Sensor", *(() if layer else ("ObservedProperty",)))
    for page in pages:
        lies = lying(talk, "Datastreams", page.rows, expanded)
        rows: list[dict[str, Any]] = page.rows
        if lies:
            names = " and ".join(sorted(lies))
            note(
                talk.notes,
                "The server gives wrong entities for an expanded {names}: these were asked for anew.",
                names=names,
            )
            rows = [{**row, **dict.fromkeys(lies)} for row in rows]
        if "Thing" in lies:
            if talk.things is None:
                talk.things = things_of_streams(talk, progress)
            rows = [{**row, "Thing": talk.things.get(-1 if (key := id_of(row)) is None else key)} for row in rows]
        yield [stream for row in rows if (stream := stream_of(row, layer)) is not None]


def lying(talk: Conversation, entities: str, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> frozenset[str]:
    """Which of the expanded single entities are wrong: django-ogc-sensorthings gives every row that of the first one.

    Only rows that all have the same one are suspicious; then that of the last row is asked for by itself. Rows that
    have several prove that the server is right, as do some such answers.
    """
    last = next((key for row in reversed(rows) if (key := id_of(row)) is not None), None)
    for name in names:
        held = [id_of(service_metadata.mapping(row.get(name))) for row in rows]
        if (entities, name) in talk.lies or len(rows) < 2 or last is None or held[0] is None:
            continue
        if len(set(held)) > 1:
            talk.lies[entities, name] = False
            continue
        url = talk.client.base.with_path(entity(entities, last), name)
        try:
            if id_of(talk.client.json(url)) != held[0]:
                talk.lies[entities, name] = True
            elif (asked := talk.right.get((entities, name), 0) + 1) < TIMES_RIGHT:
                talk.right[entities, name] = asked
            else:
                talk.lies[entities, name] = False
        except WebError as error:
            if error.status not in REFUSALS:
                raise
    return frozenset(name for name in names if talk.lies.get((entities, name)))


def things_of_streams(talk: Conversation, progress: Progress) -> dict[str | int, Mapping[str, Any]]:
    """Things with their locations by the ids of their datastreams, asked for from the things on."""
    nested = "Locations($select=@iot.id,location),Datastreams($select=@iot.id)"
    variants: list[Options] = [
        {"$select": "@iot.id,name", "$expand": nested, "$orderby": "id"},
        {"$expand": "Locations,Datastreams", "$orderby": "id"},
        {"$expand": "Locations,Datastreams"},
    ]
    found: dict[str | int, Mapping[str, Any]] = {}
    _, pages = talk.pages(["Things"], variants, progress)
    for page in pages:
        for row in page.rows:
            held = row.get("Datastreams")
            streams = [entry for entry in held if isinstance(entry, dict)] if isinstance(held, list) else []
            thing = id_of(row)
            if row.get("Datastreams@iot.nextLink") and thing is not None:
                # What is expanded ends with its first page.
                _, further = talk.pages([entity("Things", thing), "Datastreams"], [{"$orderby": "id"}, {}], progress)
                streams = [entry for one in further for entry in one.rows]
            for entry in streams:
                key = id_of(entry)
                if key is not None:
                    found[key] = row
    return found


def property_filter(layer: str, path: str = "") -> str:
    """The condition that a datastream, or an entity from which `path` leads to it, observes a property."""
    return f"{path}ObservedProperty/name eq {quoted(layer)}" if layer else ""


def box_filter(box: BoundingBox, path: str = "Thing/Locations/location") -> str:
    """The condition that a place lies in a box."""
    if box.west > box.east:
        return ""
    w, s, e, n = (f"{value:.9g}" for value in (box.west, box.south, box.east, box.north))
    return f"st_within({path}, geography'POLYGON (({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))')"


def quoted(value: str | int) -> str:
    """A value in OData: a text in apostrophes, a number as it is."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def entity(name: str, key: str | int) -> str:
    """A segment of a path such as Datastreams(5)."""
    return f"{name}({quoted(key)})"


def stream_of(row: Mapping[str, Any], layer: str = "") -> Stream | None:
    """A datastream with its thing, its property (`layer`, where given) and its sensor; None without an id."""
    key = id_of(row)
    if key is None:
        return None
    thing, sensor = service_metadata.mapping(row.get("Thing")), service_metadata.mapping(row.get("Sensor"))
    observed = service_metadata.mapping(row.get("ObservedProperty"))
    site_id = id_of(thing)
    return Stream(
        id=key,
        name=service_metadata.title(row.get("name")),
        unit=unit_of(row),
        property=layer or service_metadata.title(observed.get("name")),
        sensor=service_metadata.title(sensor.get("name")),
        site_id="" if site_id is None else str(site_id),
        site=service_metadata.title(thing.get("name")),
        geometry=place_of(thing, row),
        time=times.interval(row.get("phenomenonTime")),
        row=row,
    )


def unit_of(row: Mapping[str, Any]) -> str:
    """The unit's symbol, else its name."""
    unit = service_metadata.mapping(row.get("unitOfMeasurement"))
    return service_metadata.title(unit.get("symbol"), unit.get("name"))[:100]


def place_of(thing: Mapping[str, Any], row: Mapping[str, Any]) -> bytes | None:
    """The geometry of a thing's first location that can be read, else the observed area."""
    held = thing.get("Locations")
    places = [service_metadata.mapping(place).get("location") for place in held] if isinstance(held, list) else []
    for place in (*places, row.get("observedArea")):
        details = service_metadata.mapping(place)
        if details.get("type") == "Feature":
            details = service_metadata.mapping(details.get("geometry"))
        if not details:
            continue
        try:
            found = geojson_wkb(details)
        except MalformedGeometryError:
            continue
        if found is not None:
            return found
    return None
