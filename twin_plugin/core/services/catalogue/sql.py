"""What the stores of a catalogue share: columns, records as rows, and a search as conditions in SQL.

Values are always bound: a statement holds ``?`` where one goes, in SQLite as in PostgreSQL (whose store puts its own
mark there). No text of a record or a person becomes SQL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...common.bbox import BoundingBox
from ...common.errors import InputError
from ..protocol_table import ServiceProtocol
from ..record import Health, Link, Offset, ServiceRecord
from .sanitize import usable
from .store import EDITABLE, ORDERS, Facets, Search

VERSION = 1
"""Of the schema; raised when an older plugin could no longer read it."""

COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "text"), ("title", "text"), ("description", "text"), ("keywords", "text"), ("themes", "text"),
    ("subdivision", "text"), ("subdivision_sure", "real"), ("protocol", "text"), ("url", "text"), ("layer", "text"),
    ("crs", "text"), ("coord_offset", "text"), ("time_start", "text"), ("time_end", "text"),
    ("lifecycle_stage", "text"), ("cadence", "text"), ("auth", "text"), ("links", "text"), ("source", "text"),
    ("harvested", "text"), ("gone", "text"), ("edited", "text"), ("health", "text"), ("health_time", "text"),
    ("health_reason", "text"), ("latency_ms", "real"), ("made", "boolean"),
)  # fmt: skip
"""Name and kind of each column beside fid and the geometry; lists have a line for each item, links are JSON, times
ISO 8601 UTC."""

NAMES = tuple(name for name, _ in COLUMNS)
LISTS = ("keywords", "themes", "crs", "edited")
SEARCHED = ("title", "description", "keywords", "layer")
EDITED = {name: "geom" if name == "box" else name for name in EDITABLE}
"""The column of each attribute that a person may change: triggers note a change that another program makes."""

WORDS_LIMIT = 12
CODE = re.compile(r"[A-Z][0-9]{0,3}")

Values = list[Any]


def to_row(record: ServiceRecord) -> tuple[Any, ...]:
    """The values of a record in the order of `COLUMNS`."""
    lists = {name: "\n".join(getattr(record, name)) for name in LISTS}
    links = [link.stated() for link in record.links]
    lists["links"] = json.dumps(links, ensure_ascii=False) if links else ""
    return tuple(lists[name] if name in lists else _plain(getattr(record, name)) for name in NAMES)


def from_row(row: Sequence[Any], box: BoundingBox | None) -> ServiceRecord:
    """The record of a row in the order of `COLUMNS`, whatever somebody wrote into it with another program."""
    values: dict[str, Any] = {name: ("" if value is None else value) for name, value in zip(NAMES, row, strict=True)}
    latency = values["latency_ms"]
    return ServiceRecord(
        **values
        | {name: tuple(line for line in str(values[name]).split("\n") if line) for name in LISTS}
        | {
            "protocol": _member(ServiceProtocol, values["protocol"], ServiceProtocol.FILE),
            "coord_offset": _member(Offset, values["coord_offset"], Offset.NONE),
            "health": _member(Health, values["health"], Health.UNKNOWN),
            "links": _links(values["links"]),
            "latency_ms": None if latency == "" else float(latency),
            "subdivision_sure": float(values["subdivision_sure"] or 0.0),
            "made": bool(values["made"]),
            "box": box,
        }
    )


LIVE_RANK = (
    "CASE WHEN {p}made IS TRUE THEN 3 WHEN {p}health IN ('alive', 'slow') THEN 0 "
    "WHEN {p}health IN ('dead', 'denied') THEN 2 ELSE 1 END"
)
"""Of the order "live" in SQL; p is the prefix of the columns."""


@dataclass
class Conditions:
    """Conditions that must all hold, and the values bound in them."""

    parts: list[str] = field(default_factory=list)
    values: Values = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """One more."""
        self.parts.append(part)
        self.values += values

    def sql(self) -> str:
        """The conditions after WHERE."""
        return " AND ".join(self.parts) if self.parts else "1 = 1"


def check(search: Search) -> None:
    """Refuse a search that cannot be meant."""
    if search.order not in ORDERS:
        raise InputError(
            "Records cannot be ordered by '{order}', only by {names}.", order=search.order, names=", ".join(ORDERS)
        )
    if search.offset < 0 or search.limit < 0:
        raise InputError("The offset and the limit of a search must be 0 or more.")
    wrong = [code for code in search.subdivisions if code != "-" and not CODE.fullmatch(code)]
    if wrong:
        raise InputError("'{wrong}' is no code of the taxonomy such as C07: choose one of the table.", wrong=wrong[0])
    if search.box is not None and not usable(search.box):
        raise InputError("The extent of the search is not one in degrees: give west, south, east, north.")


def common(search: Search) -> Conditions:
    """Conditions that every facet keeps and that need no index of words or places."""
    found = Conditions()
    # What is added with another program may have NULL for a text that is none.
    if not search.include_gone:
        found.add("coalesce(gone, '') = ''")
    if search.made is not None:
        found.add("made IS TRUE" if search.made else "made IS NOT TRUE")
    if search.stage:
        found.add("lifecycle_stage = ?", search.stage)
    if search.source:
        found.add("source = ?", search.source)
    # A day stands for all of it: '~' comes after every character of a time.
    if search.time_start:
        found.add("(coalesce(time_end, '') = '' OR time_end || '~' >= ?)", search.time_start)
    if search.time_end:
        found.add("(coalesce(time_start, '') = '' OR time_start <= ?)", f"{search.time_end}~")
    return found


def chosen(search: Search) -> Conditions:
    """Conditions of the three facets."""
    found = Conditions()
    if search.subdivisions:
        exact = [code for code in search.subdivisions if len(code) > 1]
        starts = [code for code in search.subdivisions if len(code) == 1 and code != "-"]
        parts = ["coalesce(subdivision, '') = ''"] if "-" in search.subdivisions else []
        parts += [f"subdivision IN ({marks(exact)})"] if exact else []
        parts += ["substr(subdivision, 1, 1) = ?"] * len(starts)
        found.add(f"({' OR '.join(parts)})", *exact, *starts)
    if search.protocols:
        found.add(f"protocol IN ({marks(search.protocols)})", *(kind.value for kind in search.protocols))
    if search.health:
        found.add(f"coalesce(health, 'unknown') IN ({marks(search.health)})", *(state.value for state in search.health))
    if search.alive:
        found.add("health IN (?, ?)", Health.ALIVE.value, Health.SLOW.value)
    return found


def counted(search: Search, rows: Iterable[Sequence[Any]]) -> Facets:
    """Facets from the counts by (subdivision, protocol, health, count) of a search without choices in them."""
    subdivision: dict[str, int] = {}
    protocol: dict[ServiceProtocol, int] = {}
    health: dict[Health, int] = {}
    total = 0
    for code, speech, state, count in rows:
        kind, condition = _member(ServiceProtocol, speech, None), _member(Health, state, Health.UNKNOWN)
        holds = (
            _code_wanted(search, code or ""),
            not search.protocols or kind in search.protocols,
            (not search.health or condition in search.health)
            and (not search.alive or condition in (Health.ALIVE, Health.SLOW)),
        )
        if holds[1] and holds[2]:
            subdivision[code or ""] = subdivision.get(code or "", 0) + count
        if holds[0] and holds[2] and kind is not None:
            protocol[kind] = protocol.get(kind, 0) + count
        if holds[0] and holds[1]:
            health[condition] = health.get(condition, 0) + count
        if all(holds):
            total += count
    return Facets(subdivision, protocol, health, total)


def sql(text: str, **parts: str) -> str:
    """A statement with names, marks and conditions put in for its ``{part}``; values are bound, never put in."""
    return text.format(**parts)


def words(text: str) -> tuple[str, ...]:
    """The words of a search, without those that are there twice."""
    return tuple(dict.fromkeys(text.split()))[:WORDS_LIMIT]


def like(word: str) -> str:
    """A pattern of LIKE, with a backslash as escape, for texts that hold a word."""
    escaped = re.sub(r"([\\%_])", r"\\\1", word)
    return f"%{escaped}%"


def marks(values: Sequence[Any]) -> str:
    """Marks for as many bound values."""
    return ", ".join("?" * len(values))


def _code_wanted(search: Search, code: str) -> bool:
    if not search.subdivisions:
        return True
    return (code or "-") in search.subdivisions or (bool(code) and code[0] in search.subdivisions)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, (ServiceProtocol, Offset, Health)) else value


def _member(kind: Any, value: Any, default: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        return default


def _links(text: Any) -> tuple[Link, ...]:
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    keys = ("href", "rel", "type", "title", "protocol")
    return tuple(
        Link(**{key: str(item.get(key, "")) for key in keys})
        for item in (found if isinstance(found, list) else ())
        if isinstance(item, dict) and item.get("href")
    )
