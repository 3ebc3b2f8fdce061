"""Names to IP addresses, without waiting longer than a request may.

The system's resolver cannot be stopped, so that each lookup has a daemon thread; who asks for the same name meanwhile
waits for the same thread.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from ...core.common.messages import Message
from ...core.web.fetch import Trouble
from .no_reply import NoReply


@dataclass(frozen=True)
class Endpoint:
    """An IP address with its port, as a socket takes it."""

    family: socket.AddressFamily
    address: tuple

    @property
    def ip(self) -> str:
        return self.address[0]


@dataclass(eq=False)
class _Lookup:
    done: threading.Event = field(default_factory=threading.Event)
    found: list[Endpoint] = field(default_factory=list)


_lock = threading.Lock()
_under_way: dict[tuple[str, int], _Lookup] = {}


def lookup(host: str, port: int, wait: Callable[[threading.Event], None]) -> list[Endpoint]:
    """The endpoints of a host, in the order in which they are tried.

    Parameters
    ----------
    host : str
        ASCII; an IP address is taken as it is.
    wait : callable
        Returns when the event is set, or raises.

    Raises
    ------
    NoReply
        UNREACHABLE.
    """
    if (literal := _literal(host, port)) is not None:
        return [literal]
    key = (host, port)
    with _lock:
        found = _under_way.get(key)
        if found is None:
            found = _Lookup()
            threading.Thread(target=_look_up, args=(key, found), name="twin-lookup", daemon=True).start()
            _under_way[key] = found
    wait(found.done)
    if not found.found:
        raise NoReply(Trouble.UNREACHABLE, Message("no such host is known"))
    return found.found


def _look_up(key: tuple[str, int], lookup: _Lookup) -> None:
    try:
        found = socket.getaddrinfo(*key, type=socket.SOCK_STREAM)
        lookup.found = [Endpoint(family, address) for family, _, _, _, address in found]
    except (OSError, UnicodeError):
        pass  # without an endpoint the name is unknown
    finally:
        with _lock:
            del _under_way[key]
        lookup.done.set()


def _literal(host: str, port: int) -> Endpoint | None:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return None
    if ip.version == 4:
        return Endpoint(socket.AF_INET, (host, port))
    return Endpoint(socket.AF_INET6, (host, port, 0, 0))
