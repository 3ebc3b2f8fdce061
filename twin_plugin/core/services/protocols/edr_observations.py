"""What a collection of OGC API EDR observed, by location or over an area: a row for each place, time and parameter."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import shapely

from ...common.bbox import BoundingBox
from ...common.crs_registry import CRS84
from ...common.errors import InputError
from ...common.messages import Message, note
from ...common.progress import Progress, advance, silent
from ...web import decode
from ...web.fetch import Fetch, Trouble, WebError
from ..adapter import Feature, Features, Query
from ..record import ServiceRecord
from . import coveragejson, geojson_items, service_metadata, times
from .feature_pages import OUTSIDE_BOX, ClientSideQuery, answer, box_text
from .fields import Casts
from .geojson_items import REFUSALS
from .json_client import Client, reply_of
from .json_geometry import MalformedGeometryError, geojson_wkb, point_wkb
from .ogc_edr import OgcEdr, queries_of
from .ogc_features import collection_url
from .paging import Notes
from .parallel import abreast
from .sensorthings_observations import FIELDS

COVERAGE = "application/prs.coverage+json, application/json;q=0.9"
FEW_PLACES = 50
"""So many places are asked one by one; of more, an area is asked for where the collection answers for areas."""

SPOT_DIGITS = 6
LATEST_WINDOW = timedelta(days=1)
"""Before the collection's end; where nothing was observed in it, all of its time is asked for."""


def latest(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """The latest value of each place and parameter that is not missing."""
    talk = _Talk.of(record, fetch, progress)
    _, _, end = service_metadata.extent_of(talk.document)
    last = times.instant(end)
    found: list[Feature] = []
    if not query.time and last is not None:
        found = _latest(talk.pages(replace(query, time=f"{times.iso(last - LATEST_WINDOW)}/..")))
    found = found or _latest(talk.pages(query))
    return answer(iter([found]), _shown(query), talk.client_side(query), FIELDS, talk.casts)


def series(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """All values in the query's box and time."""
    talk = _Talk.of(record, fetch, progress)
    return answer(talk.pages(query), _shown(query), talk.client_side(query), FIELDS, talk.casts)


def _shown(query: Query) -> Query:
    """The query with the fields of the answer alone: its others are parameters, which the service was asked for."""
    names = [field.name for field in FIELDS]
    return replace(query, fields=tuple(name for name in query.fields if name in names))


def _latest(pages: Iterator[list[Feature]]) -> list[Feature]:
    """Of each place and parameter the row with the latest time that has a value, else one without."""
    best: dict[tuple[Any, ...], Feature] = {}
    for page in pages:
        for row in page:
            values = row.values
            key = (values["site_id"], row.geometry, values["property"])
            held = best.get(key)
            if held is None or _rank(row) > _rank(held):
                best[key] = row
    return list(best.values())


def _rank(row: Feature) -> tuple[bool, float]:
    values = row.values
    there = values["value"] is not None or values["text"] is not None
    return there, values["time"].timestamp() if values["time"] is not None else -math.inf


@dataclass
class _Talk:
    """One run's requests to a collection."""

    client: Client
    record: ServiceRecord
    document: dict[str, Any]
    casts: Casts
    notes: list[str]
    spots: dict[tuple[float, float], Feature] = field(default_factory=dict)

    @classmethod
    def of(cls, record: ServiceRecord, fetch: Fetch, progress: Progress) -> _Talk:
        """The conversation about a record; its collection's document is asked for."""
        client = Client.of(record, fetch, progress)
        return cls(client, record, client.json(collection_url(record)), Casts(FIELDS), Notes())

    def client_side(self, query: Query) -> ClientSideQuery:
        """What is done here: the filter, and the box, which grids exceed by a cell."""
        return ClientSideQuery(query.box, query.filter, self.notes)

    def pages(self, query: Query) -> Iterator[list[Feature]]:
        """Rows by the best of the queries that the collection answers: an area at once, else place by place."""
        kinds = queries_of(self.document)
        box = query.box or service_metadata.extent_of(self.document)[0]
        areas = [name for name in ("cube", "area") if name in kinds] if box is not None else []
        ways = [self._over(name, box, query) for name in areas if box is not None]
        if "locations" in kinds:
            places = self._listed(query)
            if len(places) > FEW_PLACES:
                # Requested together and distinguished by their positions.
                self.spots = {spot: place for place in places if (spot := _spot(place)) is not None}
                ways.append(self._places(places, query))
            else:
                ways.insert(0, self._places(places, query))
        problem: WebError | None = None
        for pages in ways:
            first = True
            try:
                for page in pages:
                    first = False
                    yield page
            except WebError as error:
                if not first or error.status not in REFUSALS:
                    raise
                problem = error
            else:
                return
        if problem is not None:
            raise problem
        if "position" in kinds and box is not None:
            yield from self._position(box, query)
            return
        raise InputError(
            "'{title}' answers only queries of the kinds {names}: none of them gives values over an area. "
            "Ask for a box where the collection has no extent.",
            title=self.record.title,
            names=", ".join(kinds) or Message("none"),
        )

    def _over(self, way: str, box: BoundingBox, query: Query) -> Iterator[list[Feature]]:
        """An area or a cube in one request."""
        where = {"bbox": box_text(box)} if way == "cube" else {"coords": _polygon(box)}
        advance(self.client.progress, math.nan, way)
        yield self._read(self._url([way], query, where))

    def _position(self, box: BoundingBox, query: Query) -> Iterator[list[Feature]]:
        """The middle of the box: collections that answer positions alone have nothing else."""
        note(self.notes, "The service answers for single points only: these are the values at the middle of the box.")
        advance(self.client.progress, math.nan, "position")
        x, y = (box.west + box.east) / 2, (box.south + box.north) / 2
        yield self._read(self._url(["position"], query, {"coords": f"POINT({x:.9g} {y:.9g})"}))

    def _listed(self, query: Query) -> list[Feature]:
        """The places of the collection."""
        listed = OgcEdr().query(self.record, Query(box=query.box), self.client.fetch, silent)
        places = [row for page in listed.pages for row in page]
        self.notes.extend(note for note in listed.notes if getattr(note, "code", "") != OUTSIDE_BOX)
        return places

    def _places(self, places: list[Feature], query: Query) -> Iterator[list[Feature]]:
        """Place by place, each with its own name and position."""
        for number, rows in enumerate(abreast(lambda place: self._place(place, query), places), 1):
            advance(
                self.client.progress,
                number / len(places),
                "{number:,} of {count:,} places",
                number=number,
                count=len(places),
            )
            yield rows

    def _place(self, place: Feature, query: Query) -> list[Feature]:
        """The rows of one place; none where the service lists it and knows nothing about it."""
        try:
            return self._read(self._url(["locations", place.id], query, {}), place)
        except WebError as error:
            if error.trouble is not Trouble.NOT_FOUND and error.status not in (204, 404):
                raise
            note(self.notes, "The service lists places that it has nothing about.")
            return []

    def _url(self, path: list[str], query: Query, more: Mapping[str, object]) -> str:
        wanted = [
            name for name in query.fields if name in service_metadata.mapping(self.document.get("parameter_names"))
        ]
        asked: dict[str, object] = {"datetime": times.asked(query.time) or None, "f": None, **more}
        if wanted:
            asked["parameter-name"] = wanted
        return collection_url(self.record).with_path(*path).with_query(asked)

    def _read(self, url: str, place: Feature | None = None) -> list[Feature]:
        """The rows of a reply: CoverageJSON, or GeoJSON where the service answers that."""
        reply = self.client.get(url, COVERAGE)
        if reply.status == 204 or not reply.body.strip():
            return []
        document = decode.mapping_of(reply, reply_of(url))
        if document.get("type") == "FeatureCollection":
            return self._geojson(document)
        crs = coveragejson.crs_of(document)
        if crs not in ("", CRS84, "EPSG:4326", "EPSG:4490", "EPSG:4979"):
            raise InputError(
                "'{title}' gives its values in {crs}, not in degrees: this is not read.",
                title=self.record.title,
                crs=crs,
            )
        return [self._row(value, place) for value in coveragejson.values_of(document, url)]

    def _row(self, value: coveragejson.Value, place: Feature | None) -> Feature:
        if place is None and value.x is not None and value.y is not None:
            place = self.spots.get((round(value.x, SPOT_DIGITS), round(value.y, SPOT_DIGITS)))
        geometry = place.geometry if place is not None else None
        if geometry is None and value.x is not None and value.y is not None:
            geometry = point_wkb(value.x, value.y, value.z)
        site = place.id if place is not None else value.site
        if not site and value.x is not None:
            site = f"{value.x:.6f} {value.y:.6f}"
        name = (
            next((place.values[key] for key in ("name", "title", "label") if place.values.get(key)), None)
            if place
            else None
        )
        key = f"{site} {value.parameter} {times.iso(value.time)}"
        row = {
            "id": key,
            "sensor_id": f"{site} {value.parameter}",
            "sensor": None,
            "site_id": site,
            "site": name,
            "property": value.title,
            "value": value.value,
            "text": value.text or None,
            "unit": value.unit or None,
            "time": value.time,
        }
        return Feature(key, geometry, self.casts.row(row))

    def _geojson(self, document: Mapping[str, Any]) -> list[Feature]:
        """EDR's GeoJSON: features whose properties hold the parameters' values, or lists of them over `datetime`."""
        names = service_metadata.mapping(self.document.get("parameter_names"))
        found = []
        for number, row in enumerate(document.get("features") or ()):
            details = service_metadata.mapping(row)
            try:
                geometry = geojson_wkb(details.get("geometry"))
            except MalformedGeometryError:
                geometry = None
            values = service_metadata.mapping(details.get("properties"))
            site = geojson_items.id_of(details)
            moment = values.get("datetime", values.get("time"))
            for name, held in values.items():
                if name not in names:
                    continue
                moments = moment if isinstance(moment, list) else [moment]
                several = held if isinstance(held, list) else [held]
                for at, single in zip(moments, several, strict=False):
                    key = f"{number if site is None else site} {name} {at}"
                    one: dict[str, Any] = {
                        "id": key,
                        "site_id": str(number if site is None else site),
                        "property": name,
                        "sensor_id": f"{site} {name}",
                        "value": service_metadata.number(single),
                        "time": times.instant(at),
                    }
                    found.append(Feature(key, geometry, self.casts.row(one)))
        return found


def _spot(place: Feature) -> tuple[float, float] | None:
    """Where a place is, as rounded degrees; None where it is no point."""
    shape = shapely.from_wkb(place.geometry) if place.geometry is not None else None
    if shape is None or shape.geom_type != "Point" or shape.is_empty:
        return None
    return round(shape.x, SPOT_DIGITS), round(shape.y, SPOT_DIGITS)


def _polygon(box: BoundingBox) -> str:
    w, s, e, n = (f"{value:.9g}" for value in (box.west, box.south, box.east, box.north))
    return f"POLYGON(({w} {s},{e} {s},{e} {n},{w} {n},{w} {s}))"
