"""What stands in the documents of services, taken with care: texts, extents, times, links."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from ...common.bbox import BoundingBox
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84, known, swapped
from ...web import address
from ...web.address import Address
from ...web.decode import rows_of
from ...web.fetch import WebError
from ..adapter import Description
from ..record import Link
from . import times
from .json_client import plain

TEXT_LIMIT = 10_000
TITLE_LIMIT = 500
WORDS_LIMIT = 200
LINKS_LIMIT = 50

_CRS84_NAMES = ("CRS84", "OGC:CRS84", "OGC:CRS84H", "CRS84H")


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """A text of at most `limit` characters, one line's white space at its ends off; "" for what is no text."""
    return value.strip()[:limit] if isinstance(value, str) else ""


def title(*values: object) -> str:
    """The first that is a text, as a title in one line."""
    for value in values:
        found = " ".join(text(value, TITLE_LIMIT).split())
        if found:
            return found
    return ""


def words(value: object) -> tuple[str, ...]:
    """The texts of a list, each once."""
    if isinstance(value, str):
        value = value.split(",")
    found = [text(item, TITLE_LIMIT) for item in value] if isinstance(value, list) else []
    return tuple(dict.fromkeys(item for item in found if item))[:WORDS_LIMIT]


def number(value: object) -> float | None:
    """A finite number; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def whole(value: object) -> int | None:
    """A count: an integer of 0 or more; None for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def box_of(value: object, crs: str = CRS84, what: str = "") -> BoundingBox | None:
    """A box of [west, south, east, north], or of six numbers with heights, in degrees; None where it cannot be.

    `crs` is its CRS as the service writes it, which tells the order of axes.
    """
    if not isinstance(value, list) or len(value) not in (4, 6):
        return None
    found = [number(item) for item in value]
    numbers = [item for item in (*found[:2], *found[len(found) // 2 :][:2]) if item is not None]
    if len(numbers) != 4 or not known(crs):
        return None
    return box_in_degrees(numbers, (crs, CRS84), what, y_first=swapped(crs))


def extent_of(document: Mapping[str, Any]) -> tuple[BoundingBox | None, str, str]:
    """Box, start and end of the `extent` of a collection; of several the first, which holds the others."""
    extent = mapping(document.get("extent"))
    spatial, temporal = mapping(extent.get("spatial")), mapping(extent.get("temporal"))
    boxes, intervals = spatial.get("bbox"), temporal.get("interval")
    crs = text(spatial.get("crs"), 200) or CRS84
    # pygeoapi's EDR and older servers write one box where a list of boxes is meant.
    first = boxes[0] if isinstance(boxes, list) and boxes and isinstance(boxes[0], list) else boxes
    span = intervals[0] if isinstance(intervals, list) and intervals and isinstance(intervals[0], list) else intervals
    start, end = span if isinstance(span, list) and len(span) == 2 else (None, None)
    what = title(document.get("title"), document.get("id"))
    return box_of(first, crs, what), times.iso(times.instant(start)), times.iso(times.instant(end))


def has_times(document: Mapping[str, Any]) -> bool:
    """Whether the document of a collection names a span of time, be it open; a service may filter others by none."""
    return bool(mapping(mapping(document.get("extent")).get("temporal")))


def described(document: Mapping[str, Any], title_of_record: str) -> Description:
    """What the document of a collection says of it: title, abstract, CRSs, extent; of fields and geometries nothing."""
    box, start, end = extent_of(document)
    return Description(
        title=title(document.get("title"), title_of_record),
        abstract=text(document.get("description")),
        geometry="",
        crs=crs_names(document),
        box=box,
        time_start=start,
        time_end=end,
    )


def mapping(value: object) -> dict[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def crs_name(value: object) -> str:
    """A CRS as authority and code of its URI or URN: EPSG:4490, OGC:CRS84; "" where it is neither."""
    name = text(value, 200).strip("[]")
    if not name:
        return ""
    parts = [part for part in name.replace("::", ":").replace("/", ":").split(":") if part]
    code = parts[-1].upper() if parts else ""
    if code in _CRS84_NAMES:
        return CRS84
    if "EPSG" in name.upper() and code.isdigit():
        return f"EPSG:{code}"
    return ""


def crs_names(document: Mapping[str, Any]) -> tuple[str, ...]:
    """CRSs of a collection, the one of storage first."""
    listed = document.get("crs")
    names = [crs_name(document.get("storageCrs")), *map(crs_name, listed if isinstance(listed, list) else [listed])]
    return tuple(dict.fromkeys(name for name in names if name))


def links_of(document: Mapping[str, Any], base: Address | None) -> Iterator[Link]:
    """The links of a document with full addresses of http and https; templates and what is none are left out.

    Without `base` relative links are none.
    """
    for row in rows_of(document, "links")[: LINKS_LIMIT * 20]:
        href = row.get("href")
        if not isinstance(href, str) or not href.strip() or row.get("templated") is True or "{" in href:
            continue
        try:
            full = base.joined(plain(href)) if base else Address(plain(href))
        except WebError:
            continue
        kind, rel = text(row.get("type"), 200), text(row.get("rel"), 200)
        yield Link(full, rel, kind, title(row.get("title")), text(row.get("protocol"), 200))


def kept_links(document: Mapping[str, Any], base: Address) -> tuple[Link, ...]:
    """Links as a catalogue keeps them: without secrets, and not without bound."""
    return without_secrets(links_of(document, base))


def without_secrets(links: Iterable[Link]) -> tuple[Link, ...]:
    """The first `LINKS_LIMIT` links, without the secrets in their addresses."""
    return tuple(replace(link, href=address.stripped(link.href)[0]) for link in islice(links, LINKS_LIMIT))


def link_to(document: Mapping[str, Any], base: Address, *rels: str, kind: str = "json") -> Address | None:
    """The address of the first link of one of the relations whose type is `kind` or not given.

    None where there is none, or it leads to another server.
    """
    found = list(links_of(document, base))
    for rel in rels:
        ours = [link for link in found if link.rel == rel or link.rel.rsplit("/", 1)[-1] == rel]
        for link in [*(link for link in ours if kind in link.type), *(link for link in ours if not link.type)]:
            target = Address(link.href)
            return target if base.same_origin(target) else None
    return None
