"""Records as a catalogue may keep them: without secrets, without characters that stores refuse, within limits."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from ...common.bbox import BoundingBox
from ...common.messages import Message, note
from ...web.address import redacted, stripped
from ..protocol_table import ServiceProtocol
from ..record import Link, ServiceRecord

TEXT_LIMIT = 20_000
"""Characters of a text at most; what is longer is cut."""
LIST_LIMIT = 500
SHORT_LIMIT = 200
_SHORT = ("subdivision", "time_start", "time_end", "lifecycle_stage", "cadence", "auth", "health_time")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CONNECTION = re.compile(r"\b(password|user|sslkey|authcfg)\s*=", re.IGNORECASE)


def sanitized(record: ServiceRecord) -> tuple[ServiceRecord | None, list[str]]:
    """The record as it may be kept, None where it cannot be, and sentences about what was taken out.

    Passwords and token parameters of its addresses are taken out; they belong into an authentication configuration,
    whose name the record then holds.
    """
    notes: list[str] = []
    title = redacted(_clean(record.title) or _clean(record.layer) or record.id)
    if not record.id or not record.url.strip():
        return None, [Message("'{title}' has no id or no address: it was left out.", title=title)]
    if record.protocol is ServiceProtocol.POSTGIS and _CONNECTION.search(record.url):
        refusal = Message(
            "'{title}' holds a data source instead of the name of a connection: it was left out.", title=title
        )
        return None, [refusal]
    url, taken = _address(record.url)
    links = []
    for link in record.links[:LIST_LIMIT]:
        href, more = _address(link.href)
        taken += tuple(item for item in more if item not in taken)
        if href:
            links.append(Link(href, *(_clean(text) for text in (link.rel, link.type, link.title, link.protocol))))
    source, more = _address(record.source)
    taken += tuple(item for item in more if item not in taken)
    if taken:
        note(
            notes,
            "'{title}' had secrets in its addresses ({names}): they were taken out. Put them into an "
            "authentication configuration of QGIS and name it in the record.",
            title=title,
            names=", ".join(taken),
        )
    box = record.box
    if box is not None and not usable(box):
        note(
            notes,
            "'{title}' has an extent that is none ({west:g}, {south:g}, ...): it was left out.",
            title=title,
            west=box.west,
            south=box.south,
        )
        box = None
    latency = record.latency_ms
    short: dict[str, Any] = {name: _clean(getattr(record, name)).strip()[:SHORT_LIMIT] for name in _SHORT}
    kept = replace(
        record,
        title=title,
        url=url,
        layer=_clean(record.layer),
        description=redacted(_clean(record.description)),
        keywords=_words(record.keywords),
        themes=_words(record.themes),
        crs=_words(record.crs),
        links=tuple(links),
        source=source,
        box=box,
        health_reason=redacted(_clean(record.health_reason)),
        latency_ms=latency if latency is not None and math.isfinite(latency) else None,
        subdivision_sure=min(1.0, max(0.0, record.subdivision_sure)),
        **short,
    )
    return kept, notes


def usable(box: BoundingBox) -> bool:
    """Whether a box is one: finite, in degrees, south below north."""
    numbers = (box.west, box.south, box.east, box.north)
    return (
        all(math.isfinite(number) for number in numbers)
        and -90 <= box.south <= box.north <= 90
        and all(-180 <= number <= 180 for number in (box.west, box.east))
    )


def _address(text: str) -> tuple[str, tuple[str, ...]]:
    """An address without its secrets; one without a scheme is a path or a name, and is left."""
    text = _clean(text).strip()
    return stripped(text) if "://" in text else (text, ())


def _words(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for text in texts[:LIST_LIMIT] if (word := " ".join(redacted(_clean(text)).split())))


def _clean(text: str) -> str:
    """Without characters that no store and no XML takes; cut at the limit."""
    text = _CONTROL.sub("", text)
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"
