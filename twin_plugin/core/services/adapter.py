"""What every protocol's adapter answers: is it there, what is in it, how many, and the features asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..common.bbox import BoundingBox
from ..common.progress import Progress, silent
from ..cql2.ast import Condition
from ..web.fetch import Fetch
from .record import Health, ServiceRecord


@dataclass(frozen=True)
class State:
    """What a probe found; `reason` is one sentence where the service is not alive."""

    health: Health
    latency_ms: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Field:
    """A field of the features: type is text, integer, real, boolean, datetime, date or json."""

    name: str
    type: str = "text"
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Description:
    """What a service says of one of its layers.

    Attributes
    ----------
    geometry : str
        "Point", "LineString", "Polygon", their Multi forms, "Geometry" for mixed, "" for none.
    queryable : bool
        Whether features can be asked for; a picture service has none.
    count : int or None
    legend : str
        Address of a picture, "" for none.
    """

    title: str = ""
    abstract: str = ""
    fields: tuple[Field, ...] = ()
    geometry: str = "Geometry"
    crs: tuple[str, ...] = ()
    box: BoundingBox | None = None
    time_start: str = ""
    time_end: str = ""
    queryable: bool = True
    count: int | None = None
    legend: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """What is asked for.

    Attributes
    ----------
    box : BoundingBox or None
        In degrees.
    filter : Condition or None
        Geometries in it are in degrees.
    time : str
        An instant or an interval as in OGC APIs: "2024-06-01T00:00:00Z/..", "" for all.
    limit : int
        Features at most; 0 for all, up to `ROWS_LIMIT`.
    fields : tuple of str
        Fields wanted; empty for all.
    """

    box: BoundingBox | None = None
    filter: Condition | None = None
    time: str = ""
    limit: int = 0
    fields: tuple[str, ...] = ()


ROWS_LIMIT = 1_000_000
"""Features that a query gives at most; beyond it the result is reported as truncated."""


@dataclass(frozen=True)
class Feature:
    """One feature: geometry as WKB in `Features.crs`, None for none.

    Values are Python's own by the field's type: str, int, float, bool, an aware datetime in UTC, a date, json as its
    text; or None.
    """

    id: str
    geometry: bytes | None
    values: Mapping[str, Any]


@dataclass
class Features:
    """The answer to a query, filled as `pages` is read.

    Attributes
    ----------
    fields : tuple of Field
    crs : str
        Of the geometries, x or longitude first whatever the authority's axis order.
    pages : iterator of list of Feature
        Rows as they come, without duplicates.
    notes : list of str
        What was evaluated here instead of by the server, truncated, left out or repaired; complete once `pages` ended.
    """

    fields: tuple[Field, ...]
    crs: str
    pages: Iterator[list[Feature]]
    notes: list[str] = field(default_factory=list)


class Adapter(Protocol):
    """One protocol. Stateless: everything comes from the record and the network."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """Whether the service answers as it should, with the cheapest request that tells; never raises WebError."""

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """Fields, extent, CRS and what else the service says."""

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """How many features a query would give; None where the service cannot tell without sending them."""

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The features asked for; InputError where the protocol has none (pictures, tiles)."""


Harvest = Callable[[str, str, Fetch, Progress], Iterator[ServiceRecord]]
"""harvest(url, auth, fetch, progress): the records that a source offers, one for each layer or collection.

`auth` is the name of an authentication configuration. Subdivisions that the service does not name are left empty.
"""
