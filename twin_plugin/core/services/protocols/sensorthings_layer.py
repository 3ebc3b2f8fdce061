"""Whether a SensorThings server can give places with the latest observation of each sensor in one request.

QGIS's layers of sensors ask for that and nothing simpler.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...web import decode
from ...web.fetch import Fetch, Trouble, WebError
from ..record import ServiceRecord
from . import service_metadata
from .geojson_items import REFUSALS
from .json_client import Client, reply_of
from .sensorthings_client import property_filter

ORDERS = ("phenomenonTime", "resultTime")
"""What the latest observation may be ordered by, the better one first."""
ENTITY = "Location"
_ENTITIES = "Locations"
_SAMPLE = 5
_FRESH = re.compile(r"no-store|no-cache|must-revalidate|max-age=0\b", re.IGNORECASE)


@dataclass(frozen=True)
class LatestByPlace:
    """How a server is asked for the latest observations by place.

    Attributes
    ----------
    order : str
        One of `ORDERS`; "" where it answers in none of them.
    servers : tuple of str
        Addresses that its answers lead to: a layer of QGIS follows them.
    may_be_kept : bool
        Whether it lets its answers be kept: QGIS then shows the first one for ever.
    """

    order: str
    servers: tuple[str, ...] = ()
    may_be_kept: bool = False


def place_filter(layer: str) -> str:
    """The condition that something at a place observes a property; "" for all."""
    return property_filter(layer, "Things/Datastreams/")


def ask(record: ServiceRecord, fetch: Fetch, expand: Callable[[str], str]) -> LatestByPlace:
    """Ask as QGIS will.

    Parameters
    ----------
    record : ServiceRecord
        Of SensorThings.
    expand : callable
        From an order to the $expand of the request, "Things(…)".

    Raises
    ------
    WebError
        The network's; what the server refuses is no error.
    """
    client = Client.of(record, fetch)
    root = client.json(client.base.with_path())
    servers = [service_metadata.text(service_metadata.mapping(row).get("url")) for row in root.get("value") or ()]
    for order in ORDERS:
        options = {"$top": _SAMPLE, "$filter": place_filter(record.layer) or None, "$expand": expand(order)}
        try:
            reply = client.get(client.base.with_path(_ENTITIES).with_query(options))
            document = decode.mapping_of(reply, reply_of(reply.url))
        except WebError as error:
            if error.status in REFUSALS or error.trouble is Trouble.BAD_REPLY:
                continue
            raise
        if not _is_complete(document):
            continue
        servers.append(service_metadata.text(document.get("@iot.nextLink")))
        may_be_kept = _FRESH.search(reply.headers.get("cache-control", "")) is None
        return LatestByPlace(order, tuple(filter(None, servers)), may_be_kept)
    return LatestByPlace("")


def _is_complete(document: Mapping[str, Any]) -> bool:
    """Whether everything that was to be expanded is there, and of each sensor one observation at most."""
    if not isinstance(document.get("value"), list):
        return False
    try:
        for place in document["value"]:
            for thing in place["Things"]:
                if any(len(stream["Observations"]) > 1 for stream in _rows(thing["Datastreams"])):
                    return False
    except (KeyError, TypeError):
        return False
    return True


def _rows(value: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for row in value:
        if not isinstance(row, Mapping):
            raise TypeError("no entity")
        yield row
