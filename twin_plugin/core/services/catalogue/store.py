"""The catalogue of data services: what is searched for, what comes back, and what every store of records can do."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from ...common.bbox import BoundingBox
from ...common.errors import InputError
from ...common.messages import note
from ...common.progress import Progress, advance, silent
from ...web import address
from ..protocol_table import ServiceProtocol
from ..record import Health, ServiceRecord
from .sanitize import sanitized

BATCH = 1_000
"""Records written in one transaction: a cancel or a crash loses none of those before."""

EDITABLE = (
    "title", "description", "keywords", "themes", "subdivision", "crs", "coord_offset", "box", "time_start", "time_end",
    "lifecycle_stage", "cadence", "auth",
)  # fmt: skip
"""What a person may change; a harvest then leaves it alone."""

_KEPT = ("health", "health_time", "health_reason", "latency_ms")
_NOT_COMPARED = ("harvested", "edited", *_KEPT)

ORDERS = ("title", "live", "added", "newest")
"""By title (a to z, whatever the case of Latin letters); services that answered the last probe first, then those not
probed, those that did not answer, and synthetic ones last, each by title; as added; last harvested first.
"""


@dataclass(frozen=True)
class Search:
    """What is searched for. Everything given must hold; what is empty does not count.

    Attributes
    ----------
    text : str
        Words, each of which must be part of title, description, keywords or layer, whatever its case.
    subdivisions : tuple of str
        Codes of the taxonomy; a category ("C") stands for all of its own. "-" stands for records without one.
    protocols : tuple of ServiceProtocol
    health : tuple of Health
    alive : bool
        Only services that answered the last probe, if slowly.
    box : BoundingBox or None
        Records whose box touches it; those without a box are left out.
    time_start, time_end : str
        Records whose time touches this interval; those whose time is open or unknown on a side do so there.
    stage : str
        Life-cycle stage.
    source : str
        Address that was harvested.
    include_gone : bool
        Also what the sources no longer have.
    made : bool or None
        Only synthetic records, only real ones, or both.
    ids : tuple of str
        Only these records.
    offset, limit : int
        Which part of the answer; a limit of 0 stands for all.
    order : str
        One of `ORDERS`.
    """

    text: str = ""
    subdivisions: tuple[str, ...] = ()
    protocols: tuple[ServiceProtocol, ...] = ()
    health: tuple[Health, ...] = ()
    alive: bool = False
    box: BoundingBox | None = None
    time_start: str = ""
    time_end: str = ""
    stage: str = ""
    source: str = ""
    include_gone: bool = False
    made: bool | None = None
    ids: tuple[str, ...] = ()
    offset: int = 0
    limit: int = 50
    order: str = "title"


@dataclass(frozen=True)
class SearchPage:
    """A part of the answer to a search.

    Attributes
    ----------
    records : tuple of ServiceRecord
    total : int
        How many records the whole answer has.
    offset : int
        Place of the first record in the whole answer.
    """

    records: tuple[ServiceRecord, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True)
class Facets:
    """How many records a search would find for each value, were nothing chosen in that facet itself.

    Attributes
    ----------
    subdivision : mapping of str to int
        By code; "" for records without one.
    protocol : mapping of ServiceProtocol to int
    health : mapping of Health to int
    total : int
        What the search itself finds.
    """

    subdivision: Mapping[str, int]
    protocol: Mapping[ServiceProtocol, int]
    health: Mapping[Health, int]
    total: int


@dataclass(frozen=True)
class Changes:
    """What a harvest or an import changed; `notes` tells what was put right or left out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Probe:
    """What a probe found out about a record."""

    id: str
    health: Health
    reason: str = ""
    latency_ms: float | None = None
    time: str = ""


@dataclass
class _Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)


class Catalogue(ABC):
    """A store of records. One object belongs to one thread; only `interrupt` may be called from another.

    Attributes
    ----------
    name : str
        How texts for people call it.
    """

    name = "The catalogue"

    @abstractmethod
    def search(self, search: Search) -> SearchPage:
        """The records found, and how many there are in all.

        Raises
        ------
        InputError
            When the search cannot be understood.
        Cancelled
            When `interrupt` was called.
        """

    @abstractmethod
    def facets(self, search: Search) -> Facets:
        """Counts for the same search."""

    @abstractmethod
    def get(self, ids: Sequence[str]) -> dict[str, ServiceRecord]:
        """Records by id; those that are not there are left out."""

    @abstractmethod
    def interrupt(self) -> None:
        """Stop the query that another thread is waiting for."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; nothing else may be called then."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[object]:
        """All or nothing of what is written inside."""

    @abstractmethod
    def _write(self, added: Sequence[ServiceRecord], changed: Sequence[ServiceRecord]) -> None:
        """Insert records, and replace those of the same id."""

    @abstractmethod
    def _touch(self, ids: Sequence[str], when: str) -> None:
        """Note that records were seen."""

    @abstractmethod
    def _mark_gone(self, source: str, seen: frozenset[str], when: str) -> int:
        """Mark records of a source whose ids are not among `seen`; returns how many were marked now."""

    @abstractmethod
    def _write_probes(self, probes: Sequence[Probe]) -> None:
        """Write what probes found."""

    def one(self, record_id: str) -> ServiceRecord:
        """The record of an id.

        Raises
        ------
        InputError
            When there is none.
        """
        found = self.get([record_id]).get(record_id)
        if found is None:
            raise InputError(
                "{name} has no record '{record_id}': search for it again.", name=self.name, record_id=record_id
            )
        return found

    def records(self, search: Search | None = None) -> Iterator[ServiceRecord]:
        """All records that a search finds, whatever its offset and limit; without one, all that there are."""
        wanted = search or Search(include_gone=True, order="added")
        offset = 0
        while True:
            page = self.search(replace(wanted, offset=offset, limit=2 * BATCH))
            yield from page.records
            offset += len(page.records)
            if not page.records or offset >= page.total:
                return

    def apply(
        self,
        records: Iterable[ServiceRecord],
        source: str = "",
        complete: bool = True,
        fill: Callable[[ServiceRecord], ServiceRecord] | None = None,
        progress: Progress = silent,
    ) -> Changes:
        """Bring the records of a source up to date.

        Parameters
        ----------
        records : iterable of ServiceRecord
            As harvested or imported. It is read while nothing is locked.
        source : str
            Address of the source, given to records that name none. Records of it that did not come are marked as gone.
        complete : bool
            Whether the iterable holds all that the source has; nothing is marked as gone otherwise.
        fill : callable, optional
            Completes a record before it is compared, for instance with a guess of its subdivision.
        progress : Progress

        Raises
        ------
        Cancelled
            When `progress` stops it: batches that were written stay, and nothing is marked as gone.
        """
        now, tally, seen = utc_now(), _Tally(), set[str]()
        stream = iter(records)
        while batch := list(islice(stream, BATCH)):
            fresh: dict[str, ServiceRecord] = {}
            for record in batch:
                if record.id in seen:
                    note(tally.notes, "'{title}' came twice from the source: the first is kept.", title=record.title)
                    continue
                seen.add(record.id)
                whole, notes = sanitized(
                    replace(record, source=record.source or source, harvested=record.harvested or now)
                )
                tally.notes += notes
                if whole is not None:
                    fresh[whole.id] = fill(whole) if fill is not None else whole
            with self._transaction():
                self._merge(fresh, tally, now)
            advance(progress, math.nan, "{count:,} records", count=len(seen))
        gone = 0
        if complete and source:
            with self._transaction():
                gone = self._mark_gone(source, frozenset(seen), now)
        return Changes(tally.added, tally.changed, tally.unchanged, gone, tuple(tally.notes))

    def set_health(self, probes: Iterable[Probe]) -> None:
        """Write what probes found; ids that are not there are passed over."""
        now, stream = utc_now(), iter(probes)
        while batch := [replace(probe, time=probe.time or now) for probe in islice(stream, BATCH)]:
            with self._transaction():
                self._write_probes(batch)

    def edit(self, record_id: str, values: Mapping[str, Any]) -> ServiceRecord:
        """Change attributes of a record as a person wants them; later harvests leave these alone.

        Raises
        ------
        InputError
            When there is no such record, or an attribute is none of `EDITABLE`.
        """
        wrong = [name for name in values if name not in EDITABLE]
        if wrong:
            raise InputError(
                "'{wrong}' of a record cannot be edited, only {names}.", wrong=wrong[0], names=", ".join(EDITABLE)
            )
        with self._transaction():
            old = self.one(record_id)
            changes = {name: value for name, value in values.items() if value != getattr(old, name)}
            if values.get("subdivision") and "subdivision" not in old.edited:
                changes["subdivision"] = values["subdivision"]  # a guess that a person confirms is no guess any more
            if not changes:
                return old
            edited = tuple(sorted({*old.edited, *changes}))
            if "subdivision" in changes:
                changes["subdivision_sure"] = 1.0 if changes["subdivision"] else 0.0
            new, notes = sanitized(replace(old, **changes, edited=edited))
            if new is None or notes:
                raise InputError(" ".join(notes))
            self._write([], [new])
        return new

    def _merge(self, fresh: Mapping[str, ServiceRecord], tally: _Tally, now: str) -> None:
        known = self.get(list(fresh))
        added, changed, same = [], [], []
        for record in fresh.values():
            old = known.get(record.id)
            if old is None:
                added.append(record)
                continue
            new = merged(old, record)
            if any(getattr(new, name) != getattr(old, name) for name in _COMPARED):
                changed.append(new)
                tally.changed += 1
            else:
                tally.unchanged += 1
                if replace(new, harvested=old.harvested) == old:
                    same.append(new.id)
                else:
                    changed.append(new)
        tally.added += len(added)
        self._write(added, changed)
        self._touch(same, now)


_COMPARED = tuple(item.name for item in fields(ServiceRecord) if item.name not in _NOT_COMPARED)


def merged(old: ServiceRecord, new: ServiceRecord) -> ServiceRecord:
    """A record as its source now has it, with what a person edited and what probes found as they were."""
    kept = {name: getattr(old, name) for name in old.edited if name in EDITABLE}
    if "subdivision" in kept:
        kept["subdivision_sure"] = old.subdivision_sure
    if new.health is Health.UNKNOWN:
        kept |= {name: getattr(old, name) for name in _KEPT}
    edited = {*old.edited, *new.edited}
    if not _same_place(old.url, new.url):
        kept.pop("auth", None)  # a person gave the login to the server of the old address
        edited.discard("auth")
    elif not new.auth:
        kept["auth"] = old.auth
    return replace(new, **kept, edited=tuple(sorted(edited)))


def _same_place(a: str, b: str) -> bool:
    """Whether two services are on one server, or in one place of this machine."""
    return address.same_origin(a, b) if "://" in a and "://" in b else a == b


def time_span(text: str) -> tuple[str, str]:
    """Start and end of an instant, a day or an interval such as "2024-06-01/..", as the OGC APIs write them.

    Returns
    -------
    tuple of str
        ISO 8601 UTC or days; "" for an open side, twice for an empty text.

    Raises
    ------
    InputError
        When it is none of these, or ends before it starts.
    """
    start, mark, end = text.strip().partition("/")
    span = _moment(start, text), _moment(end if mark else start, text)
    if all(span) and span[1] + "~" < span[0]:
        raise InputError("The time '{text}' ends before it starts: write it as start/end.", text=text)
    return span


def _moment(text: str, whole: str) -> str:
    text = text.strip()
    if text in ("", ".."):
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            "'{whole}' is no time: write a day or an instant such as 2024-06-01 or 2024-06-01T08:00:00Z, or "
            "an interval such as 2024-06-01/.. of two of them.",
            whole=whole,
        ) from None
    if len(text) == 10:
        return text
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_now() -> str:
    """The time as ISO 8601 UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
