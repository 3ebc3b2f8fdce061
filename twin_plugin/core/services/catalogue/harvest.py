"""From a source to the catalogue: what it offers is added, changed, or marked as gone; one bad layer stops nothing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ...common.errors import Cancelled, TwinError
from ...common.messages import note
from ...common.progress import Progress, advance, part, silent
from ...common.remarks import collected
from ...web.address import Address, located
from ...web.fetch import Fetch, Reply, Request, Trouble, WebError
from ..adapter import Harvest
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord
from .store import Catalogue, Changes

RECORDS_LIMIT = 500_000
"""Records of one source at most; the rest is left out and reported."""

TIME_LIMIT_S = 600.0
"""Seconds for a harvest: each request has a limit of its own, but a server may have pages without end."""


@dataclass(frozen=True)
class Harvested:
    """What came of one protocol of a source."""

    protocol: ServiceProtocol
    source: str
    changes: Changes


def bring_in(
    catalogue: Catalogue,
    url: str,
    protocols: Sequence[ServiceProtocol],
    auth: str,
    fetch: Fetch,
    harvests: Callable[[ServiceProtocol], Harvest],
    fill: Callable[[ServiceRecord], ServiceRecord] | None = None,
    progress: Progress = silent,
    time_limit_s: float = TIME_LIMIT_S,
) -> list[Harvested]:
    """Harvest a source into a catalogue.

    Records are read to their end before the first is written. Where a source breaks off or the time is up, what came
    is written, and nothing is marked as gone; where it gives nothing at all, the catalogue stays as it was.

    Parameters
    ----------
    catalogue : Catalogue
    url : str
        The source, without secrets.
    protocols : sequence of ServiceProtocol
        Those to harvest at this address; each is brought up to date by itself.
    auth : str
        Name of an authentication configuration. Records on other origins do not get it.
    harvests : callable
        From a protocol to its harvest, such as `registry.harvest`.
    fill : callable, optional
        Guesses a record's subdivision.
    time_limit_s : float
        For reading, over all protocols.

    Raises
    ------
    WebError, InputError
        When the only protocol, or every one, gave nothing.
    Cancelled
        When `progress` stops it.
    """
    url = located(url)
    done: list[Harvested] = []
    errors: list[TwinError] = []
    timer = _Timer(time_limit_s)
    for number, protocol in enumerate(protocols):
        share = part(progress, number / len(protocols), (number + 1) / len(protocols))
        source = source_of(url, protocol)
        try:
            with collected() as remarks:
                records, notes, complete = _read(harvests(protocol), url, source, auth, fetch, share, timer)
        except WebError as error:
            errors.append(error)
            continue
        notes.extend(remarks.texts())
        changes = catalogue.apply(records, source, complete, fill, share)
        done.append(Harvested(protocol, source, replace(changes, notes=(*notes, *changes.notes))))
    if not done and errors:
        raise errors[0]
    lost = tuple(str(error) for error in errors)
    return [*done[:-1], replace(done[-1], changes=replace(done[-1].changes, notes=done[-1].changes.notes + lost))]


def source_of(url: str, protocol: ServiceProtocol) -> str:
    """The name of a source: its address, with SERVICE where one address answers for several services."""
    plain = located(url)
    if not isinstance(plain, Address):
        return url
    service = protocol.definition.service
    bare = plain.without_query("service", "request", "version", "f")
    return bare.with_query({"SERVICE": service}) if service else bare


class _Timer:
    """The time that is left for a harvest."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self._end = time.monotonic() + limit_s

    def is_up(self) -> bool:
        """Whether no time is left."""
        return time.monotonic() >= self._end

    def progress(self, progress: Progress) -> Progress:
        """The same, which also stops when the time is up."""

        def timed(fraction: float, text: str = "") -> bool:
            return progress(fraction, text) and not self.is_up()

        return timed

    def fetch(self, fetch: Fetch) -> Fetch:
        """The same, which begins no request when the time is up; one that has begun has its own limit."""

        def timed(request: Request) -> Reply:
            if self.is_up():
                raise Cancelled  # passes through what notes a failed part and goes on
            return fetch(request)

        return timed


def _read(
    harvest: Harvest, url: str, source: str, auth: str, fetch: Fetch, progress: Progress, timer: _Timer
) -> tuple[list[ServiceRecord], list[str], bool]:
    """All records of a source, the notes about it, and whether they are all."""
    records: list[ServiceRecord] = []
    notes: list[str] = []
    timed = timer.progress(progress)
    try:
        for record in harvest(url, auth, timer.fetch(fetch), timed):
            if len(records) == RECORDS_LIMIT:
                note(
                    notes,
                    "'{source}' has more than {limit:,} records: the rest was left out.",
                    source=source,
                    limit=RECORDS_LIMIT,
                )
                return records, notes, False
            records.append(replace(record, source=source, auth=_kept_auth(record, url, auth)))
            if len(records) % 100 == 0 or timer.is_up():
                advance(timed, math.nan, "{count:,} records", count=len(records))
    except Cancelled:
        if not timer.is_up() or not progress(math.nan, ""):
            raise
        if not records:
            raise _out_of_time(source, timer) from None
        note(
            notes,
            "'{source}' was stopped after {minutes:g} min with {count:,} records, which are kept; nothing was marked "
            "as withdrawn. Raise TIME_LIMIT to read all of it.",
            source=source,
            minutes=timer.limit_s / 60.0,
            count=len(records),
        )
        return records, notes, False
    except WebError as error:
        if not records:
            raise
        note(
            notes,
            "The source broke off after {count} records, and nothing was marked as withdrawn: {error}",
            count=len(records),
            error=error,
        )
        return records, notes, False
    return records, notes, True


def _out_of_time(source: str, timer: _Timer) -> WebError:
    return WebError(
        "'{source}' gave no record within {minutes:g} min: raise TIME_LIMIT, or harvest a part of it.",
        Trouble.TIMEOUT,
        source=source,
        minutes=timer.limit_s / 60.0,
    )


def _kept_auth(record: ServiceRecord, url: str, auth: str) -> str:
    """The configuration of the source for its own records; none for what is elsewhere, whatever the source names."""
    return url.auth_for(record.url, auth) if isinstance(url, Address) and "://" in record.url else ""
