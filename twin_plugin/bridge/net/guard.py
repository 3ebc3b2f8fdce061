"""Whether a request may go where the name of its host leads (`core.web.places`).

A request connects to the very addresses that were judged here, so that a name cannot be one address when it is judged
and another one when it is asked. Behind a proxy the proxy looks names up: there only addresses without a name can be
judged.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from qgis.PyQt.QtCore import QUrl

from ...core.common.messages import Message
from ...core.web.address import Address
from ...core.web.fetch import Trouble
from ...core.web.places import Place, may_lead, place_of, place_of_host
from .no_reply import NoReply
from .resolver import Endpoint, lookup
from .wire import Watch

Admits = Callable[[list[Endpoint], Watch], list[Endpoint]]


class Guard:
    """Judges the requests of one client; it remembers where names led."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def admits(self, url: Address, given: Address) -> Admits:
        """What says which endpoints of the host of `url` may be asked, where the user gave `given`."""
        host, own = url.origin[1], given.origin[1]
        if host == own:
            return lambda endpoints, watch: self._own(host, endpoints)
        return lambda endpoints, watch: self._led(endpoints, given, watch)

    def check_by_proxy(self, url: Address, given: Address) -> None:
        """Refuse an address without a name to which the given one may not lead.

        Raises
        ------
        NoReply
            REFUSED.
        """
        target = place_of_host(url.origin[1])
        if target is None or url.origin[1] == given.origin[1]:
            return
        if not may_lead(place_of_host(given.origin[1]) or Place.INTERNET, target):
            raise _refused(url.origin[1], given)

    def _own(self, host: str, endpoints: list[Endpoint]) -> list[Endpoint]:
        """The user's own host: an IP address as it is, a name where it always led.

        A name of the local network is usual. One that leads into this computer is a trap, unless it is its own name.
        """
        if place_of_host(host) is not None or host == socket.gethostname().lower():
            return endpoints
        places = {place_of(endpoint.ip) for endpoint in endpoints}
        found = next((place for place in (Place.INTERNET, Place.LOCAL_NETWORK) if place in places), None)
        place = self._places.setdefault(host, found) if found else None
        kept = [endpoint for endpoint in endpoints if place_of(endpoint.ip) in (place, Place.INTERNET)]
        if place is None or not kept:
            raise NoReply(
                Trouble.REFUSED,
                Message(
                    "its name leads to {ip}, into this computer or a network where it was not before: where that is "
                    "meant, enter the IP address itself",
                    ip=endpoints[0].ip,
                ),
            )
        return kept

    def _led(self, endpoints: list[Endpoint], given: Address, watch: Watch) -> list[Endpoint]:
        """A host that a server named."""
        outside = [endpoint for endpoint in endpoints if place_of(endpoint.ip) is Place.INTERNET]
        if outside:
            return outside
        start = self._place_of(given, watch)
        kept = [endpoint for endpoint in endpoints if may_lead(start, place_of(endpoint.ip))]
        if not kept:
            raise _refused(endpoints[0].ip, given)
        return kept

    def _place_of(self, given: Address, watch: Watch) -> Place:
        _, host, port = given.origin
        if (place := place_of_host(host)) is not None:
            return place
        if host not in self._places:
            self._own(host, lookup(bytes(QUrl.toAce(host)).decode("ascii"), port, watch.wait))
        return self._places[host]


def _refused(ip: str, given: Address) -> NoReply:
    return NoReply(
        Trouble.REFUSED,
        Message(
            "it leads to {ip}, in this computer or the local network, where '{given}' itself is not: where that is "
            "meant, enter its address yourself",
            ip=ip,
            given=given.host,
        ),
    )
