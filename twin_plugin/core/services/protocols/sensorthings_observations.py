"""What SensorThings sensors observed: the latest value of each, or all values in a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...common.messages import Message, note
from ...common.progress import Progress, advance, silent
from ...web.fetch import Fetch, WebError
from ..adapter import Feature, Features, Field, Query
from ..record import ServiceRecord
from . import service_metadata, times
from .feature_pages import ClientSideQuery, answer, in_box
from .fields import Casts, as_text
from .geojson_items import REFUSALS
from .paging import ReplyPage
from .parallel import abreast
from .sensorthings_client import (
    STREAM_VARIANTS,
    Conversation,
    Options,
    Stream,
    Times,
    entity,
    id_of,
    lying,
    property_filter,
    stream_pages,
)

FIELDS = (
    Field("id"),
    Field("sensor_id"),
    Field("sensor"),
    Field("site_id"),
    Field("site"),
    Field("property"),
    Field("value", "real"),
    Field("text"),
    Field("unit"),
    Field("time", "datetime"),
    Field("time_end", "datetime"),
    Field("quality"),
)
"""Fields of an observation: `value` for numbers, `text` for all else; `time_end` only where it is an interval."""

STREAMS_AT_ONCE = 100
"""Datastreams of a page that brings the latest observation of each along."""

FEW_STREAMS = 50
"""So many datastreams are asked one by one for a series; of more, all observations are asked for together."""

UNPROVEN_LIMIT = 100
"""Pages of observations that may all be of one sensor before it is believed that they are."""

_VALUES = "@iot.id,phenomenonTime,resultTime,result,resultQuality"
_BY_TIME, _BY_RESULT = "phenomenonTime desc", "resultTime desc"
_BY_RESULT_NOTE = Message("The server cannot order by phenomenon time: the latest is the latest by result time.")


def latest(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """The latest observation of each sensor, in the query's time where it has one.

    A sensor without any has a row whose values are None. `limit` and `filter` count for these rows.
    """
    talk = Conversation.of(record, fetch)
    casts = Casts(FIELDS)
    reader = _Latest(talk, times.span(query.time))
    pages = reader.pages(record.layer, query, progress)
    features = ([observed(stream, row, casts) for stream, row in page] for page in pages)
    return answer(features, query, ClientSideQuery(query.box, query.filter, talk.notes), FIELDS, casts)


def series(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """All observations of the sensors in the query's box and time."""
    talk = Conversation.of(record, fetch)
    casts = Casts(FIELDS)
    wanted = times.span(query.time)
    found: dict[str | int, Stream] = {}
    for page in stream_pages(talk, record.layer, query.box, progress)[1]:
        found.update((stream.id, stream) for stream in page)
    chosen = _inside(list(found.values()), query)
    pages = _series(talk, record.layer, found, chosen, wanted, progress)
    features = (
        [observed(stream, row, casts) for stream, row in page if row is not None and in_time(row, wanted)]
        for page in pages
    )
    return answer(features, query, ClientSideQuery(None, query.filter, talk.notes), FIELDS, casts)


Observed = tuple[Stream, Mapping[str, Any] | None]


@dataclass
class _Latest:
    """How the latest observations of a server are read; what it cannot do is found out once."""

    talk: Conversation
    wanted: Times
    way: int = 0

    def pages(self, layer: str, query: Query, progress: Progress) -> Iterator[list[Observed]]:
        """Datastreams with their latest observation, None for none."""
        nested = self._nested()
        variants = [*nested, *STREAM_VARIANTS]
        taken, pages = stream_pages(self.talk, layer, query.box, progress, "", variants, STREAMS_AT_ONCE)
        trusted = taken < len(nested)
        checked = False
        if trusted and taken % 2:
            self.talk.notes.append(_BY_RESULT_NOTE)
        done = 0
        for number, page in enumerate(pages):
            page = _inside(page, query)
            if trusted and not checked:
                trusted, checked = self._checked(page)
            alone = [stream for stream in page if not trusted or _behind(stream, self.wanted)]
            asked = dict(zip((stream.id for stream in alone), self._each(alone, progress, done), strict=True))
            found: list[Observed] = []
            for stream in page:
                held = asked[stream.id] if stream.id in asked else _last(stream.row.get("Observations"), self.wanted)
                found.append((stream, held))
            done += len(page)
            advance(progress, float("nan"), "{done:,} sensors, page {number}", done=done, number=number + 1)
            yield found

    def _each(self, page: list[Stream], progress: Progress, done: int) -> Iterator[Mapping[str, Any] | None]:
        """The latest observation of each datastream, asked for one by one, several at once."""
        if not page:
            return
        # The first shows what the server can do.
        yield self.one(page[0])
        for number, found in enumerate(abreast(self.one, page[1:]), done + 1):
            advance(progress, float("nan"), "{number:,} sensors", number=number)
            yield found

    def _nested(self) -> list[Options]:
        """Datastreams that bring their latest observation along: by phenomenon time, or by result time."""
        inner = time_filter(self.wanted)
        found: list[Options] = []
        for options in STREAM_VARIANTS[:3]:
            for order in (_BY_TIME, _BY_RESULT):
                filtered = f"$filter={inner};" if inner else ""
                observations = f"Observations({filtered}$orderby={order};$top=1;$select={_VALUES})"
                found.append({**options, "$expand": f"{options['$expand']},{observations}"})
        return found

    def _checked(self, page: list[Stream]) -> tuple[bool, bool]:
        """Whether the expanded observations are the latest, by asking for one alone; and whether it answered."""
        for stream in reversed(page):
            held = _last(stream.row.get("Observations"), self.wanted)
            if held is not None:
                alone = self.one(stream)
                if alone is None or _time_of(alone)[0] == _time_of(held)[0]:
                    return True, True
                note(self.talk.notes, "The server's expanded observations are not the latest: each sensor was asked.")
                return False, True
        return True, False

    def one(self, stream: Stream) -> Mapping[str, Any] | None:
        """The latest observation of one datastream, asked for by itself; None for none."""
        text = time_filter(self.wanted)
        every: list[Options] = [{"$orderby": _BY_TIME}, {"$orderby": _BY_RESULT}, {}]
        start = self.way
        variants = [{**options, "$filter": text or None} for options in every[start:]]
        path = [entity("Datastreams", stream.id), "Observations"]
        number, pages = self.talk.pages(path, variants, silent, 0 if start == len(every) - 1 else 1)
        if start + number == 1:
            self.talk.notes.append(_BY_RESULT_NOTE)
        # Several threads come here at once.
        self.way = max(self.way, start + number)
        if start + number < len(every) - 1:
            return _last(next(pages).rows, (None, None))
        # No order at all: all are read.
        rows = [row for page in self.talk.pages(path, variants[number:], silent)[1] for row in page.rows]
        return _last(rows, self.wanted)


def _behind(stream: Stream, wanted: Times) -> bool:
    """Whether the datastream's own last time is later than the observation that came with it."""
    end = stream.time[1]
    if end is None or (wanted[1] is not None and end > wanted[1]):
        return False
    held = _last(stream.row.get("Observations"), wanted)
    start, stop = _time_of(held) if held is not None else (None, None)
    last = stop or start
    return last is None or (end - last).total_seconds() > 1.0


def _last(rows: object, wanted: Times) -> Mapping[str, Any] | None:
    """The observation with the latest time; servers that ignore `$top` send several."""
    found = [row for row in rows if isinstance(row, dict) and in_time(row, wanted)] if isinstance(rows, list) else []
    timed = [(start, row) for row in found if (start := _time_of(row)[0]) is not None]
    if timed:
        return max(timed, key=lambda pair: pair[0])[1]
    return found[0] if found else None


def _series(
    talk: Conversation,
    layer: str,
    every: Mapping[str | int, Stream],
    chosen: Sequence[Stream],
    wanted: Times,
    progress: Progress,
) -> Iterator[list[Observed]]:
    """Pages of observations with their datastreams."""
    if len(chosen) > FEW_STREAMS and len(chosen) * 4 > len(every):
        try:
            pages = _together(talk, layer, wanted, progress)
            yield from _attributed(pages, {stream.id: stream for stream in chosen})
        except _UntrueError:
            note(talk.notes, "The server mixes up whose observations are whose: each sensor was asked by itself.")
        else:
            return
    reader = _Single(talk, wanted, _stopper(progress))
    # The first shows what the server can do; of the others several are asked at once.
    results = itertools.chain(map(reader.all_of, chosen[:1]), abreast(reader.all_of, chosen[1:]))
    for number, (stream, rows) in enumerate(zip(chosen, results, strict=True), 1):
        advance(progress, number / len(chosen), "{number:,} of {count:,} sensors", number=number, count=len(chosen))
        yield [(stream, row) for row in rows]


@dataclass
class _Single:
    """The observations of one datastream after another; `way` is the first order that the server takes."""

    talk: Conversation
    wanted: Times
    progress: Progress
    way: int = 0

    def all_of(self, stream: Stream) -> list[dict[str, Any]]:
        """All observations of a datastream in the time, oldest first where the server can."""
        orders: list[Options] = [{"$orderby": "phenomenonTime,id"}, {"$orderby": "id"}, {"$orderby": "resultTime"}, {}]
        start = self.way
        base = {"$select": _VALUES, "$filter": time_filter(self.wanted) or None}
        path = [entity("Datastreams", stream.id), "Observations"]
        taken, pages = self.talk.pages(path, [{**base, **options} for options in orders[start:]], self.progress)
        self.way = max(self.way, start + taken)
        return [row for page in pages for row in page.rows]


class _UntrueError(Exception):
    """Expanded datastreams of observations are wrong, or cannot be had."""


def _together(talk: Conversation, layer: str, wanted: Times, progress: Progress) -> Iterator[ReplyPage]:
    """All observations of a property with the ids of their datastreams.

    Raises
    ------
    _UntrueError
        Before anything is yielded that is not so.
    """
    text = " and ".join(part for part in (property_filter(layer, "Datastream/"), time_filter(wanted)) if part)
    base = {"$select": _VALUES, "$expand": "Datastream($select=@iot.id)", "$filter": text or None}
    variants: list[Options] = [{**base, "$orderby": order} for order in ("phenomenonTime,id", "id", "resultTime,id")]
    try:
        _, pages = talk.pages(["Observations"], variants, progress)
        waiting: list[ReplyPage] = []
        proven = False
        for page in pages:
            owners = {id_of(service_metadata.mapping(row.get("Datastream"))) for row in page.rows}
            if not proven and len(owners) == 1 and lying(talk, "Observations", page.rows, ("Datastream",)):
                raise _UntrueError
            proven = proven or len(owners) > 1
            waiting.append(page)
            # Pages of one sensor prove nothing: they wait for one of two.
            if proven or len(waiting) > UNPROVEN_LIMIT:
                yield from waiting
                waiting.clear()
        yield from waiting
    except WebError as error:
        if error.status not in REFUSALS:
            raise
        raise _UntrueError from error


def _attributed(pages: Iterator[ReplyPage], by_id: Mapping[str | int, Stream]) -> Iterator[list[Observed]]:
    for page in pages:
        found: list[Observed] = []
        for row in page.rows:
            owner = id_of(service_metadata.mapping(row.get("Datastream")))
            stream = by_id.get(owner) if owner is not None else None
            if stream is not None:
                found.append((stream, row))
        yield found


def _stopper(progress: Progress) -> Progress:
    """Asks whether to go on without a text: progress is reported by sensor."""

    def ask(fraction: float, text: str = "") -> bool:
        return progress(float("nan"), "")

    return ask


def _inside(page: list[Stream], query: Query) -> list[Stream]:
    if query.box is None:
        return page
    kept = {row.id for row in in_box([Feature(str(s.id), s.geometry, {}) for s in page], query.box)}
    return [stream for stream in page if str(stream.id) in kept]


def time_filter(wanted: Times) -> str:
    """A time as a condition on observations, in OData."""
    start, end = wanted
    parts = []
    if start is not None:
        parts.append(f"phenomenonTime ge {times.iso(start)}")
    if end is not None:
        parts.append(f"phenomenonTime le {times.iso(end)}")
    return " and ".join(parts)


def in_time(row: Mapping[str, Any], wanted: Times) -> bool:
    """Whether an observation lies in a time; one without a time of its own only in an open one."""
    if wanted == (None, None):
        return True
    own = _time_of(row)
    return own != (None, None) and times.overlap(own, wanted)


def _time_of(row: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """Start and end of the phenomenon time; servers that lack one have a result time."""
    found = times.interval(row.get("phenomenonTime"))
    return found if found != (None, None) else times.interval(row.get("resultTime"))


def observed(stream: Stream, row: Mapping[str, Any] | None, casts: Casts) -> Feature:
    """An observation as a feature; without one, its sensor with nothing observed."""
    values: dict[str, Any] = {
        "sensor_id": str(stream.id),
        "sensor": stream.name or None,
        "site_id": stream.site_id or None,
        "site": stream.site or None,
        "property": stream.property or None,
        "unit": stream.unit or None,
    }
    if row is None:
        return Feature(f"{stream.id}", stream.geometry, casts.row(values))
    key = id_of(row)
    start, end = _time_of(row)
    result, quality = row.get("result"), row.get("resultQuality")
    number = _number(result)
    values["id"] = None if key is None else str(key)
    values["value"] = number
    if number is None and result is not None and not _is_nothing(result):
        values["text"] = as_text(result)
    values["time"] = start
    values["time_end"] = end if end != start else None
    if quality is not None and quality != "":
        values["quality"] = as_text(quality)
    return Feature(
        str(key) if key is not None else f"{stream.id} {times.iso(start)}", stream.geometry, casts.row(values)
    )


def _number(result: object) -> float | None:
    """A result as a number, which many servers write as a text."""
    if isinstance(result, str):
        try:
            result = float(result)
        except ValueError:
            return None
    return service_metadata.number(result)


def _is_nothing(result: object) -> bool:
    """Whether a result is a text for no value."""
    return isinstance(result, str) and result.strip().lower() in ("", "nan", "null", "none", "inf", "-inf")
