"""Metadata in ISO 19139 (gmd, gmi and srv), which catalogues send instead of Dublin Core: what leads to services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...common.bbox import BoundingBox, around
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84
from ...web import address
from ...web.decode import Element
from . import service_metadata
from .gml import local

ROOTS = ("MD_Metadata", "MI_Metadata")


@dataclass(frozen=True)
class OnlineResource:
    """A link of a record: address, protocol, name of the layer and a description."""

    url: str
    protocol: str = ""
    name: str = ""
    description: str = ""


@dataclass(frozen=True)
class IsoRecord:
    """What is read of a record; texts are "" where it has none."""

    id: str
    title: str
    abstract: str
    type: str
    keywords: tuple[str, ...]
    modified: str
    start: str
    end: str
    box: BoundingBox | None
    resources: tuple[OnlineResource, ...]


def read(metadata: Element) -> IsoRecord:
    """The record of an element of `ROOTS`; the first identification counts, which describes the resource itself."""
    about = next((part[0] for part in _below(metadata, "identificationInfo") if len(part)), None)
    citation = _first(about, "citation", "CI_Citation")
    title = service_metadata.title(_text(_first(citation, "title")))
    begin, end = _period(about)
    words = (_text(item) for item in _all(about, "keyword"))
    return IsoRecord(
        id=_text(_first(metadata, "fileIdentifier")) or _text(_deep(_first(metadata, "metadataIdentifier"), "code")),
        title=title,
        abstract=_text(_first(about, "abstract")),
        type=_text(_first(metadata, "hierarchyLevel"))
        or _text(_deep(_first(metadata, "metadataScope"), "MD_ScopeCode")),
        keywords=tuple(dict.fromkeys(word for word in words if word))[: service_metadata.WORDS_LIMIT],
        modified=_text(_first(metadata, "dateStamp")) or _text(_deep(_first(metadata, "dateInfo"), "date")),
        start=begin,
        end=end,
        box=_box(about, title),
        resources=tuple(_resources(metadata, about)),
    )


def _resources(metadata: Element, about: Element | None) -> Iterator[OnlineResource]:
    """The online resources of the distribution, and those at which a service takes its requests."""
    kind = " ".join(_text(_first(about, name)) for name in ("serviceType", "serviceTypeVersion")).strip()
    for holder in _below(metadata, "distributionInfo"):
        for part in _all(holder, "CI_OnlineResource"):
            url = _text(_first(part, "linkage"), address.LENGTH_LIMIT)
            if url:
                protocol, name, about_it = (_text(_first(part, one)) for one in ("protocol", "name", "description"))
                # The locator of a service is often no more than its address.
                protocol = protocol or (located_protocol(kind, url) if kind else "")
                yield OnlineResource(url, protocol, name, about_it)
    for point in _all(metadata, "connectPoint"):
        for part in _all(point, "CI_OnlineResource"):
            url = _text(_first(part, "linkage"), address.LENGTH_LIMIT)
            if url:
                # Its name is that of an operation, and no layer.
                protocol = _text(_first(part, "protocol"))
                yield OnlineResource(url, protocol if _SERVICE.search(protocol) else service_protocol(kind, url))


_SERVICE = re.compile(r"(?<![a-z])(WMTS|WMS|WFS|WCS|CSW)(?![a-z])", re.IGNORECASE)
_ENDS = re.compile(r"/(wmts|wms|wfs|wcs|csw|ows)/?(\?|$)", re.IGNORECASE)
_OF_INSPIRE = {"view": ("WMTS", "WMS"), "download": ("WFS", "WCS"), "discovery": ("CSW",)}
"""Services by the kinds of INSPIRE; where the address names none, the last of a view and of a discovery is meant."""


def service_protocol(kind: str, url: str) -> str:
    """The protocol of a service by its type and version, such as "download OGC:WFS 2.0" or "view"; "" for no known.

    A download is an Atom feed as often as a WFS: it is one only where type, version or address say so.
    """
    if named := _SERVICE.search(kind):
        return f"OGC:{named[1].upper()}"
    kinds = next((kinds for name, kinds in _OF_INSPIRE.items() if name in kind.lower().split()), ())
    if named := _SERVICE.search(url):
        return f"OGC:{named[1].upper()}"
    return f"OGC:{kinds[-1]}" if kinds and "WFS" not in kinds else ""


def located_protocol(kind: str, url: str) -> str:
    """The same of a link of a service that names no protocol: only where its address ends as that of a service."""
    return service_protocol(kind, url) if _ENDS.search(url) else ""


def _box(about: Element | None, title: str) -> BoundingBox | None:
    """The box around all that the record names; one that says what is excluded is none of them."""
    sides = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    boxes = []
    for part in _all(about, "EX_GeographicBoundingBox"):
        if _text(_first(part, "extentTypeCode")) in ("false", "0"):
            continue
        try:
            numbers = [float(_text(_first(part, side))) for side in sides]
        except ValueError:
            continue
        if (box := box_in_degrees(numbers, (CRS84,), title)) is not None:
            boxes.append(box)
    return around(boxes)


def _period(about: Element | None) -> tuple[str, str]:
    for part in _all(about, "TimePeriod"):
        ends = [_text(_first(part, f"{name}Position")) or _text(_first(part, name)) for name in ("begin", "end")]
        if any(ends):
            return ends[0], ends[1]
    for part in _all(about, "TimeInstant"):
        moment = _text(_first(part, "timePosition"))
        return moment, moment
    return "", ""


def _below(element: Element | None, name: str) -> list[Element]:
    return [part for part in element if local(part) == name] if element is not None else []


def _first(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next(iter(_below(element, name)), None)
    return element


def _deep(element: Element | None, name: str) -> Element | None:
    """The first of a name below an element, however deep."""
    return next(iter(_all(element, name)), None)


def _all(element: Element | None, name: str) -> list[Element]:
    return [part for part in element.iter() if local(part) == name] if element is not None else []


def _text(element: Element | None, limit: int = service_metadata.TEXT_LIMIT) -> str:
    """The first text in an element (gco:CharacterString, gmx:Anchor, a date, an address), else a code's value."""
    if element is None:
        return ""
    for part in element.iter():
        if found := service_metadata.text(part.text, limit):
            return found
        if code := service_metadata.text(part.get("codeListValue"), limit):
            return code
    return ""
