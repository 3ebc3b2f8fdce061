"""Metadata in ISO 19139 (gmd, gmi and srv), which catalogues send instead of Dublin Core: what leads to services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...common.bbox import BoundingBox
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
        id=_text(_first(metadata, "fileIdentifier")),
        title=title,
        abstract=_text(_first(about, "abstract")),
        type=_text(_first(metadata, "hierarchyLevel")),
        keywords=tuple(dict.fromkeys(word for word in words if word))[: service_metadata.WORDS_LIMIT],
        modified=_text(_first(metadata, "dateStamp")),
        start=begin,
        end=end,
        box=_box(about, title),
        resources=tuple(_resources(metadata)),
    )


def _resources(metadata: Element) -> Iterator[OnlineResource]:
    """The online resources of the distribution, and those at which a service takes its requests."""
    holders = [*_below(metadata, "distributionInfo"), *_all(metadata, "connectPoint")]
    for holder in holders:
        for part in _all(holder, "CI_OnlineResource"):
            url = _text(_first(part, "linkage"), address.LENGTH_LIMIT)
            if url:
                names = ("protocol", "name", "description")
                yield OnlineResource(url, *(_text(_first(part, name)) for name in names))


def _box(about: Element | None, title: str) -> BoundingBox | None:
    sides = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    for part in _all(about, "EX_GeographicBoundingBox"):
        try:
            numbers = [float(_text(_first(part, side))) for side in sides]
        except ValueError:
            continue
        if (box := box_in_degrees(numbers, (CRS84,), title)) is not None:
            return box
    return None


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
