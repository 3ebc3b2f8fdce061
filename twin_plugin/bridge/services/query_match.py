"""The service of a catalogue that a query of a theme means: the first that fits and answers, all asked at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace

from qgis.core import QgsMapLayer

from ...core.common.bbox import BoundingBox
from ...core.common.errors import Cancelled, InputError, TwinError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.services.catalogue.store import Catalogue, Search
from ...core.services.check import shared
from ...core.services.protocol_table import ServiceProtocol
from ...core.services.record import ServiceRecord
from ...core.themes.theme import ServiceSource
from ...core.web import address
from ..net import http
from . import qgis_layers
from .catalogues import open_catalogue
from .qgis_layers import LayerSource

CANDIDATES = 3
"""Services that are asked for one query: the best ones of the catalogue."""
WORKERS = 16
TIME_S = 10.0
_CHECK_S = 0.05

_Answer = LayerSource | Message


@dataclass(frozen=True)
class QueryMatch:
    """A service that answered, or the reason why there is none."""

    source: LayerSource | None
    reason: str = ""

    @property
    def title(self) -> str:
        """Title of the service, "" for none."""
        return self.source.title if self.source is not None else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it."""
        return self.source.notes if self.source is not None else ()

    def open(self) -> QgsMapLayer:
        """Open its layer, which asks the service again; raises InputError."""
        if self.source is None:
            raise InputError("There is no service: {reason}", reason=self.reason)
        return qgis_layers.make(self.source)


class CatalogueServices:
    """The services of a catalogue in a GeoPackage.

    Parameters
    ----------
    path : str
    box : BoundingBox or None
        The district: services elsewhere do not fit; those of unknown extent come last.
    time_s : float
        Within this time all services must have answered, however many there are.
    """

    def __init__(self, path: str, box: BoundingBox | None, time_s: float = TIME_S) -> None:
        self.path, self.box, self.time_s = path, box, time_s

    def match(self, queries: Iterable[ServiceSource], progress: Progress) -> Mapping[ServiceSource, QueryMatch]:
        """Ask the services that fit each query, all at once.

        Raises
        ------
        InputError, ResourceError
            When the catalogue cannot be read.
        Cancelled
        """
        with closing(open_catalogue(self.path, progress=progress)) as catalogue:
            candidates = {query: self._candidates(catalogue, query) for query in dict.fromkeys(queries)}
        records = {
            record.id: record for found in candidates.values() if not isinstance(found, Message) for record in found
        }
        answers = ask_all(records.values(), self.time_s, progress)
        return {query: _first(found, answers) for query, found in candidates.items()}

    def _candidates(self, catalogue: Catalogue, query: ServiceSource) -> Sequence[ServiceRecord] | Message:
        """The best records for a query, or why there are none."""
        if query.record_id:
            record = catalogue.get([query.record_id]).get(query.record_id)
            return [record] if record is not None else Message("the catalogue has no service {id}", id=query.record_id)
        protocols = (ServiceProtocol(query.protocol),) if query.protocol else ()
        subdivisions = (query.subdivision,) if query.subdivision else ()
        wanted = Search(query.text, subdivisions, protocols, order="live", limit=CANDIDATES, made=False)
        near = catalogue.search(replace(wanted, box=self.box)).records if self.box is not None else ()
        if len(near) < CANDIDATES:
            anywhere = catalogue.search(wanted).records
            near = (*near, *(record for record in anywhere if record.box is None or self.box is None))
        if near:
            return near[:CANDIDATES]
        shown = " ".join(filter(None, (query.text, query.subdivision, query.protocol)))
        if catalogue.search(Search(query.text, subdivisions, protocols, limit=1)).total:
            return Message(
                "for '{query}' the catalogue has only synthetic services, or services elsewhere", query=shown
            )
        return Message("the catalogue has no service for '{query}'", query=shown)


def ask_all(records: Iterable[ServiceRecord], time_s: float, progress: Progress) -> dict[str, _Answer]:
    """What each record can be opened as, or why not, by its id; whoever has not answered in time does not count.

    Raises
    ------
    Cancelled
    """
    every = list(records)
    end = time.monotonic() + time_s
    stop = [False]
    late = Message("no answer within {seconds:g} s", seconds=time_s)
    answers: dict[str, _Answer] = {record.id: late for record in every}
    if not every:
        return answers
    pool = ThreadPoolExecutor(WORKERS, "twin-theme")
    with http.opened(lambda fraction, text="": not stop[0] and time.monotonic() < end, fail_fast=True) as fetch:
        asks = shared(fetch)  # layers of one server share its capabilities

        def plan(record: ServiceRecord) -> _Answer:
            try:
                return qgis_layers.plan(record, asks, sensors=True) or Message(
                    "QGIS has no provider for it: fetch it with 'Query a service'"
                )
            except Cancelled:
                return late
            except TwinError as error:
                return Message("{reason}", reason=address.redacted(error.message))

        running: dict[Future[_Answer], str] = {}
        try:
            for record in every:
                if "://" in record.url:
                    running[pool.submit(plan, record)] = record.id
                else:  # files and databases are QGIS's, which opens them in one thread at a time
                    answers[record.id] = plan(record)
            total = len(running)
            while running:
                done, _ = wait(running, timeout=_CHECK_S, return_when=FIRST_COMPLETED)
                for future in done:
                    answers[running.pop(future)] = future.result()
                advance(progress, (total - len(running)) / total, "Asking services")
        finally:
            stop[0] = True
            pool.shutdown(wait=True, cancel_futures=True)
    return answers


def _first(found: Sequence[ServiceRecord] | Message, answers: Mapping[str, _Answer]) -> QueryMatch:
    """The first record that answered; without one, what the first one said."""
    if isinstance(found, Message):
        return QueryMatch(None, found)
    for record in found:
        answer = answers[record.id]
        if isinstance(answer, LayerSource):
            return QueryMatch(answer)
    said = answers[found[0].id]
    reason = said if isinstance(said, Message) else Message("it does not answer")
    return QueryMatch(None, Message("'{title}': {reason}", title=found[0].title, reason=reason))
