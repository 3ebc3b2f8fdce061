"""CSW 2.0.2: the services that a catalogue's records lead to, and the records themselves as a layer of rectangles."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...common.bbox import BoundingBox, around, rectangles, to_wkb
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84, WGS84, canonical, is_geographic, swapped
from ...common.messages import Message, note
from ...common.progress import Progress, advance, silent
from ...common.remarks import remark
from ...cql2 import ast, fes
from ...cql2.fes import FesCompiler
from ...cql2.split import Split, split
from ...cql2.visit import Untranslatable, nodes, with_names
from ...web import address
from ...web.address import Address
from ...web.decode import Element
from ...web.fetch import Fetch, Reply, Trouble, WebError
from ..adapter import Description, Feature, Features, Field, Query, State
from ..record import Link, ServiceRecord
from . import iso19139, ows, service_metadata, times
from .feature_pages import ClientSideQuery, answer, row_limit, split_notes
from .fields import Casts
from .gml import local
from .json_client import tried
from .ows import Service
from .paging import Notes
from .seen_rows import SeenRows
from .service_links import each_once, records_of

VERSION = "2.0.2"
PAGE_RECORDS = 100
RECORDS_LIMIT = 500_000
_ROOTS = ("Capabilities",)
_RECORDS = ("Record", "SummaryRecord", "BriefRecord")
_URN4326 = "urn:x-ogc:def:crs:EPSG:6.11:4326"

FIELDS = (
    Field("identifier"),
    Field("title"),
    Field("abstract"),
    Field("type"),
    Field("subject"),
    Field("modified", "datetime"),
    Field("references"),
)


@dataclass(frozen=True)
class Found:
    """A record of the catalogue."""

    id: str
    title: str
    abstract: str
    type: str
    subjects: tuple[str, ...]
    modified: str
    start: str
    end: str
    box: BoundingBox | None
    links: tuple[Link, ...]


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """The services that the records of a catalogue lead to; records without any are left out.

    Raises
    ------
    WebError
        The network's; after all records, where the catalogue says that it has more.
    """
    service = Service.at(url, auth, fetch, progress)
    notes = Notes()
    pages = records(service, "", notes)
    yield from each_once(services_of(found, service.base, url) for page in pages for found in page)
    if notes:
        # What was not seen must not count as gone.
        raise WebError(
            "The catalogue was not read to its end. {reason}", Trouble.BAD_REPLY, reason=Message.joined(notes)
        )


def services_of(found: Found, base: str, source: str) -> Iterator[ServiceRecord]:
    """The services of one record."""
    yield from records_of(
        found.links,
        base,
        source,
        (found.title, found.id),
        description=found.abstract,
        keywords=found.subjects,
        box=found.box,
        time_start=found.start,
        time_end=found.end,
    )


def records(service: Service, constraint: str, notes: Notes, most: int = 0) -> Iterator[list[Found]]:
    """The records of a catalogue by page, each once.

    Stops where the catalogue says it ends, where a page brings nothing new, and where its `nextRecord` does not go on;
    its counts are not relied on.

    Parameters
    ----------
    constraint : str
        A filter in XML, "" for all.
    most : int
        Records at most, 0 for all.
    """
    asked = _asked("results", "full", constraint)
    asked |= {"OUTPUTSCHEMA": "http://www.opengis.net/cat/csw/2.0.2", "OUTPUTFORMAT": "application/xml"}
    seen = SeenRows[Found](lambda found: found.id, hash)
    start, matched, came, received = 1, None, 0, 0
    while received < RECORDS_LIMIT:
        advance(
            service.progress,
            min(received / matched, 1.0) if matched else math.nan,
            "{count:,} records",
            count=received,
        )
        size = min(PAGE_RECORDS, most - received) if most else PAGE_RECORDS
        results = _results(service, {**asked, "STARTPOSITION": start, "MAXRECORDS": size})
        matched = _number(results, "numberOfRecordsMatched") if matched is None else matched
        page = list(_records(results, service.base))
        fresh = seen.take(page)
        sent = len(results)
        came += sent if fresh or not page else 0
        received += len(fresh)
        if fresh:
            yield fresh
        following = _number(results, "nextRecord")
        if most and received >= most:
            return
        if not sent or (following is None and sent < size) or following == 0:
            break
        if page and not fresh:
            if matched is None or matched > came:
                note(notes, "The catalogue sent the same records again as its next page: reading stopped there.")
            break
        # Some catalogues leave `nextRecord` out or let it stand still.
        start = following if following and following > start else start + sent
    if matched is not None and matched > came:
        note(
            notes,
            "The catalogue says that it has {count:,} records and sent {received:,}.",
            count=matched,
            received=came,
        )


def _asked(kind: str, elements: str, constraint: str = "") -> dict[str, object]:
    """The parameters of GetRecords that every request has."""
    asked: dict[str, object] = {
        "SERVICE": "CSW", "VERSION": VERSION, "REQUEST": "GetRecords", "TYPENAMES": "csw:Record", "RESULTTYPE": kind,
        "ELEMENTSETNAME": elements,
    }  # fmt: skip
    if constraint:
        asked |= {"CONSTRAINTLANGUAGE": "FILTER", "CONSTRAINT_LANGUAGE_VERSION": "1.1.0", "CONSTRAINT": constraint}
    return asked


def _results(service: Service, asked: dict[str, object]) -> Element:
    root = service.xml(asked)
    results = ows.child(root, "SearchResults")
    if results is None:
        raise ows.refused(service.base, Message("it sent no search results"))
    return results


def _number(element: Element, name: str) -> int | None:
    text = element.get(name, "").strip()
    return int(text) if text.isdigit() else None


def _records(results: Element, base: Address) -> Iterator[Found]:
    """The records of a reply: in Dublin Core as it was asked for, or in ISO 19139, which some catalogues only have."""
    for element in results:
        if local(element) in _RECORDS:
            yield _record(element, base)
        elif local(element) in iso19139.ROOTS:
            yield _iso_record(element, base)
        else:
            remark("Records of the kind '{kind}' were left out: they cannot be read.", kind=local(element)[:60])


def _iso_record(element: Element, base: Address) -> Found:
    read = iso19139.read(element)
    links = []
    for resource in read.resources:
        try:
            url = resource.url if "{" in resource.url else base.joined(resource.url.replace(" ", "%20"))
        except WebError:
            continue
        links.append(Link(url, "service", "", service_metadata.title(resource.name), resource.protocol))
    title = read.title or service_metadata.title(*(resource.name for resource in read.resources), read.id)
    return Found(
        id=(read.id or f"{title} {links[0].href if links else ''}")[: service_metadata.TITLE_LIMIT],
        title=title,
        abstract=read.abstract,
        type=read.type,
        subjects=read.keywords,
        modified=times.iso(times.instant(read.modified)),
        start=times.iso(times.instant(read.start)),
        end=times.iso(times.instant(read.end)),
        box=read.box,
        links=tuple(links),
    )


def _record(element: Element, base: Address) -> Found:
    texts: dict[str, list[str]] = {}
    for part in element:
        value = service_metadata.text(part.text)
        if value:
            texts.setdefault(local(part), []).append(value)
    title = service_metadata.title(*texts.get("title", []))
    links = tuple(_links(element, base, is_service="service" in texts.get("type", [])))
    name = next(iter(texts.get("identifier", [])), "") or f"{title} {links[0].href if links else ''}"
    start, end = _time(texts.get("temporal", []))
    modified = [*texts.get("modified", []), *texts.get("date", [])]
    words = [word for item in texts.get("subject", []) for word in service_metadata.words(item)]
    return Found(
        id=name[: service_metadata.TITLE_LIMIT],
        title=title,
        abstract=next(iter([*texts.get("abstract", []), *texts.get("description", [])]), ""),
        type=next(iter(texts.get("type", [])), ""),
        subjects=tuple(dict.fromkeys(words))[: service_metadata.WORDS_LIMIT],
        modified=times.iso(times.instant(modified[0])) if modified else "",
        start=start,
        end=end,
        box=_box(element, title),
        links=links,
    )


def _links(element: Element, base: Address, *, is_service: bool) -> Iterator[Link]:
    """dct:references with its scheme, and dc:URI with protocol and name, as GeoNetwork writes it."""
    for part in element:
        href = service_metadata.text(part.text, address.LENGTH_LIMIT)
        if local(part) not in ("references", "URI", "source") or "://" not in href:
            continue
        scheme = part.get("scheme") or part.get("protocol") or ""
        if is_service and not scheme:
            scheme = iso19139.located_protocol("", href)
        if "{" in href:
            yield Link(href, "service", protocol=scheme)
            continue
        try:
            full = base.joined(href.replace(" ", "%20"))
        except WebError:
            continue
        yield Link(full, "service", "", service_metadata.title(part.get("name")), scheme)


def _time(texts: list[str]) -> tuple[str, str]:
    """dct:temporal as DCMI writes periods: "start=2024-01-01; end=2024-12-31"."""
    for item in texts:
        found = dict(re.findall(r"(start|end)\s*=\s*([^;\s]+)", item))
        if found:
            return tuple(times.iso(times.instant(found.get(key))) for key in ("start", "end"))  # type: ignore[return-value]
    return "", ""


def _box(element: Element, title: str) -> BoundingBox | None:
    """The box around all of a record: latitude first by the standard, longitude first where only that makes sense."""
    boxes = []
    for part in element:
        if local(part) not in ("BoundingBox", "WGS84BoundingBox"):
            continue
        found, named = ows.corners(part), (part.get("crs") or "").strip()
        crs = canonical(named)
        # GeoNetwork writes degrees, east and south before west and north, and beside them the CRS of the data.
        is_geonetwork = bool(found) and found[0] > found[2] and found[1] < found[3]
        if local(part) == "WGS84BoundingBox" or crs == CRS84 or is_geonetwork or (named and not crs):
            first, y_first = CRS84, False
        else:
            first = crs or WGS84
            y_first = is_geographic(first) or swapped(named)
        if found and (box := box_in_degrees(found, (first, CRS84), title, y_first=y_first)) is not None:
            boxes.append(box)
    return around(boxes)


class Csw:
    """The adapter of `ServiceProtocol.CSW`: its records are features, each the rectangle that it describes."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """One record is asked for."""

        def ask() -> Reply:
            service = Service.of(record, fetch)
            asked = {**_asked("results", "brief"), "MAXRECORDS": 1}
            reply = service.get(asked, ows.XML_KINDS)
            if local(ows.xml_of(reply, service.url(asked))) != "GetRecordsResponse":
                raise ows.refused(service.base, Message("it sent no records"))
            return reply

        return tried(ask)

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the catalogue says of itself, and how many records it has."""
        service = Service.of(record, fetch)
        found = service.capabilities("CSW", (VERSION,), _ROOTS)
        about = ows.child(found, "ServiceIdentification")
        return Description(
            title=ows.title(about, record.title),
            abstract=ows.text(about, "Abstract") or record.description,
            fields=FIELDS,
            geometry="MultiPolygon",
            crs=("EPSG:4326",),
            box=record.box,
            count=_hits(service, ""),
            extra={"version": found.get("version") or VERSION},
        )

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """What the catalogue counts; None where a part of the query is left to do here."""
        parts, constraint = _constraint(query)
        if parts.client_side is not None or query.time.strip():
            return None
        found = _hits(Service.of(record, fetch), constraint)
        return found if found is None or query.limit <= 0 else min(found, query.limit)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The records asked for; texts and the box are sent, the rest is evaluated here."""
        parts, constraint = _constraint(query)
        notes = Notes(split_notes(parts))
        if query.time.strip():
            note(notes, "A catalogue has no times of its own: the time asked for was left out.")
        # The box is not looked at again: catalogues round it when they write it (pycsw to 0.01 degrees).
        client_side = ClientSideQuery(None, parts.client_side, notes)
        most = 0 if client_side.condition is not None else row_limit(query)
        casts = Casts(FIELDS)
        pages = records(Service.of(record, fetch, progress), constraint, notes, most)
        return answer(_features(pages, casts), query, client_side, FIELDS, casts)


_COMPILER = FesCompiler("1.1", _URN4326, swap=True, geometry="ows:BoundingBox")
_SENT = {"identifier": "dc:identifier", "title": "dc:title", "abstract": "dct:abstract", "type": "dc:type"}


def _constraint(query: Query) -> tuple[Split, str]:
    """What of a query is sent, and its XML."""

    def named(condition: ast.Condition) -> ast.Condition:
        return with_names(condition, lambda name: _SENT.get(name, name))

    def compiled(condition: ast.Condition) -> object:
        for node in nodes(condition):
            if isinstance(node, ast.SpatialRelation) or (isinstance(node, ast.Property) and node.name not in _SENT):
                raise Untranslatable("Catalogues are asked for texts and a box only.")
        return _COMPILER.compile_filter(named(condition))

    parts = split(query.filter, compiled)
    roots = []
    if query.box is not None:
        boxes = rectangles(query.box)
        bounds = boxes[0] if len(boxes) == 1 else (-180.0, boxes[0][1], 180.0, boxes[0][3])
        roots.append(fes.envelope(_COMPILER, *bounds))
    if parts.pushed_down is not None:
        roots.extend(_COMPILER.compile_filter(named(parts.pushed_down)))
    return parts, fes.together(_COMPILER, roots) if roots else ""


def _hits(service: Service, constraint: str) -> int | None:
    try:
        return _number(_results(service, _asked("hits", "brief", constraint)), "numberOfRecordsMatched")
    except WebError as error:
        if error.trouble not in ows.REFUSALS:
            raise
        return None


def _features(pages: Iterator[list[Found]], casts: Casts) -> Iterator[list[Feature]]:
    for page in pages:
        yield [
            Feature(
                found.id,
                None if found.box is None else to_wkb(found.box),
                casts.row(
                    {
                        "identifier": found.id,
                        "title": found.title,
                        "abstract": found.abstract or None,
                        "type": found.type or None,
                        "subject": ", ".join(found.subjects) or None,
                        "modified": found.modified or None,
                        "references": " ".join(link.href for link in found.links) or None,
                    }
                ),
            )
            for found in page
        ]
