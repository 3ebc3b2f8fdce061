"""A first look at a service: what it says of itself, its legend, and a few of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...core.common.errors import Cancelled, TwinError
from ...core.common.progress import Progress, silent
from ...core.services.record import ServiceRecord
from ...core.web import address
from ...core.web.fetch import Fetch, Request
from ..net import http

if TYPE_CHECKING:
    from ...core.services.adapter import Description, Field, State

ROWS = 20
LEGEND_BYTES = 2_000_000
TIME_S = 15.0


@dataclass(frozen=True)
class Preview:
    """What a look found.

    Attributes
    ----------
    record_id : str
    description : Description or None
    legend : bytes
        A picture; empty for none.
    fields : tuple of Field
    rows : list of tuple
        Values in the order of `fields`, as many as were asked for.
    notes : tuple of str
        Why something is missing.
    """

    record_id: str
    description: Description | None = None
    legend: bytes = b""
    fields: tuple[Field, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    notes: tuple[str, ...] = ()


def describe(record: ServiceRecord, progress: Progress = silent) -> Preview:
    """What a service says of one of its layers, and the legend's picture; works off the main thread."""
    from . import protocols

    with http.opened(progress) as fetch:
        quick = _hurried(fetch)
        try:
            found = protocols.adapter(record.protocol).describe(record, quick)
        except Cancelled:
            raise
        except TwinError as error:
            return Preview(record.id, notes=_why(error))
        legend, notes = b"", ()
        if found.legend:
            try:
                legend = quick(_picture(record, found.legend)).body
            except Cancelled:
                raise
            except TwinError as error:
                notes = _why(error)
        return Preview(record.id, found, legend, found.fields, (), notes)


def sample(record: ServiceRecord, progress: Progress = silent) -> Preview:
    """The first rows of a service; works off the main thread."""
    from ...core.services.adapter import Query
    from . import protocols

    with http.opened(progress) as fetch:
        try:
            features = protocols.adapter(record.protocol).query(record, Query(limit=ROWS), _hurried(fetch), progress)
            rows: list[tuple[Any, ...]] = []
            for page in features.pages:
                rows += [tuple(row.values.get(field.name) for field in features.fields) for row in page]
                if len(rows) >= ROWS:
                    break
        except Cancelled:
            raise
        except TwinError as error:
            return Preview(record.id, notes=_why(error))
        return Preview(record.id, fields=features.fields, rows=tuple(rows[:ROWS]), notes=tuple(features.notes))


def probe(record: ServiceRecord, progress: Progress = silent) -> State:
    """Whether a service answers; works off the main thread."""
    from ...core.services import check
    from . import protocols

    with http.opened(progress) as fetch:
        return check.probe(record, protocols.adapter, _hurried(fetch))


def _why(error: TwinError) -> tuple[str, ...]:
    return (address.redacted(error.message),)


def _picture(record: ServiceRecord, legend: str) -> Request:
    """The request for a legend; it gets the service's credentials only on the service's own server."""
    at_home = "://" in record.url and address.same_origin(record.url, legend)
    auth = record.auth if at_home else ""
    return Request(legend, accept="image/*", kinds=("image",), auth=auth, byte_limit=LEGEND_BYTES, given=record.given)


def _hurried(fetch: Fetch) -> Callable[[Request], Any]:
    def quick(request: Request) -> Any:
        return fetch(replace(request, time_limit_s=request.time_limit_s or TIME_S))

    return quick
