"""The record of a data service, after OGC API Records Part 1, with what the twin adds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from ..common.bbox import BoundingBox
from ..common.messages import Message
from ..web.address import Address
from .protocol_table import ServiceProtocol


class Offset(StrEnum):
    """The deliberate shift of a Chinese service's coordinates."""

    NONE = "none"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Health(StrEnum):
    """What the last probe found."""

    UNKNOWN = "unknown"
    ALIVE = "alive"
    SLOW = "slow"
    DENIED = "denied"
    DEAD = "dead"


@dataclass(frozen=True)
class Link:
    """A link of a record, as in OGC API Records."""

    href: str
    rel: str = ""
    type: str = ""
    title: str = ""
    protocol: str = ""

    def stated(self) -> dict[str, str]:
        """What it says by name, without what is empty."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class ServiceRecord:
    """One service, or one layer or collection of one.

    Attributes
    ----------
    id : str
        Stable: the same when the same service is harvested again.
    protocol : ServiceProtocol
    url : str
        Address of the service without secrets: no password, no token parameter. A path for `FILE`, the name of a QGIS
        connection for `POSTGIS`.
    layer : str
        Name of the layer, collection, table or data stream in the service.
    subdivision : str
        Code of the taxonomy such as "C07", "" where none is known.
    subdivision_sure : float
        0 to 1: how sure the guess is; 1 where a person or the service said it.
    crs : tuple of str
        CRSs offered, the one of storage first; empty where unknown.
    box : BoundingBox or None
    time_start, time_end : str
        ISO 8601 UTC; "" for open or unknown.
    auth : str
        NAME of an authentication configuration in QGIS; never an id or a secret.
    source : str
        Address that was harvested; records of one source are brought up to date together.
    harvested, gone : str
        ISO 8601 UTC: when last seen; since when the source no longer has it ("" while it has).
    edited : tuple of str
        Names of the attributes that a person changed; a harvest leaves these alone.
    made : bool
        Whether the record is synthetic, for a demonstration, with no service behind it (the column is `made`).
    """

    id: str
    title: str
    protocol: ServiceProtocol
    url: str
    layer: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    subdivision: str = ""
    subdivision_sure: float = 0.0
    crs: tuple[str, ...] = ()
    coord_offset: Offset = Offset.NONE
    box: BoundingBox | None = None
    time_start: str = ""
    time_end: str = ""
    lifecycle_stage: str = ""
    cadence: str = ""
    auth: str = ""
    links: tuple[Link, ...] = ()
    source: str = ""
    harvested: str = ""
    gone: str = ""
    edited: tuple[str, ...] = ()
    health: Health = Health.UNKNOWN
    health_time: str = ""
    health_reason: str = ""
    latency_ms: float | None = None
    made: bool = False

    @property
    def given(self) -> str:
        """The address that a person gave for it: that of the source harvested, else its own."""
        return self.source if "://" in self.source else self.url

    def address(self) -> Address:
        """The address of a service of the web, checked: catalogues come from others.

        Raises
        ------
        WebError
            REFUSED.
        """
        return Address.checked(self.url, Message("The address of '{title}'", title=self.title))


def record_id(protocol: ServiceProtocol, url: str, layer: str = "") -> str:
    """The id of a layer of a service: 20 hexadecimal digits, the same whenever it is harvested.

    Scheme and host count in lower case, a slash at the end does not count.
    """
    scheme, mark, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    address = f"{scheme.lower()}{mark}{host.lower()}{slash}{path}".rstrip("/") if mark else url.strip()
    return hashlib.sha256(f"{protocol.value} {address} {layer}".encode()).hexdigest()[:20]
