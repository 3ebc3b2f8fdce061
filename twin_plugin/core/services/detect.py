"""Detects the protocol of an address: from the address itself, from its reply, or by trying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..common.messages import Message
from ..web import address, decode
from ..web.address import Address
from ..web.fetch import Fetch, Reply, Request, Trouble, WebError
from .protocol_table import ServiceProtocol

_TIME_LIMIT_S = 20.0
_BYTE_LIMIT = 32_000_000
_ACCEPT = "application/json, application/xml;q=0.9, */*;q=0.5"
_FINAL = (Trouble.DENIED, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.TLS)


def detect(url: str, auth: str, fetch: Fetch) -> tuple[ServiceProtocol, ...]:
    """The protocols that an address speaks; several where one address answers for several services.

    Parameters
    ----------
    url : str
        http or https.
    auth : str
        Name of an authentication configuration.

    Raises
    ------
    WebError
        Where it cannot be reached, denies access, or speaks nothing that is known.
    """
    base = Address.checked(url)
    if protocol := by_address(base):
        return (protocol,)
    reply = _got(base, auth, fetch)
    if found := by_reply(base, reply):
        return (found,)
    several = tuple(
        protocol for protocol in ServiceProtocol if protocol.definition.service and _speaks(base, protocol, auth, fetch)
    )
    if several:
        return several
    for other in (base.with_query({"f": "json"}), *(base.with_path(v) for v in ("v1.1", "v1.0"))):
        if found := by_reply(other, _got(other, auth, fetch)):
            return (found,)
    raise WebError(
        "'{base}' answers, but in none of the protocols that are known: choose its PROTOCOL, or give the "
        "address of the service itself.",
        Trouble.BAD_REPLY,
        base=base.shown,
    )


def by_address(url: str) -> ServiceProtocol | None:
    """The protocol that the address names; None where it has to be asked."""
    text = address.unquoted(url)
    templates_first = sorted(ServiceProtocol, key=lambda protocol: not protocol.definition.template)
    return next((protocol for protocol in templates_first if protocol.definition.has_address(text)), None)


def by_reply(url: str, reply: Reply | None) -> ServiceProtocol | None:
    """The protocol of a reply, None for one that tells nothing."""
    if reply is None or not reply.body.strip():
        return None
    what = Message("The reply of '{url}'", url=address.redacted(url))
    try:
        if reply.body.lstrip()[:1] in (b"{", b"["):
            value = decode.json_of(reply, what)
            return _of_json(url, value) if isinstance(value, dict) else None
        return _of_xml(decode.xml_of(reply, what))
    except WebError:
        return None


def _of_json(url: str, value: Mapping[str, Any]) -> ServiceProtocol | None:
    tests = ((protocol, protocol.definition.reply) for protocol in reversed(ServiceProtocol))
    return next((protocol for protocol, test in tests if test and test(url, value)), None)


def _of_xml(root: decode.Element) -> ServiceProtocol | None:
    return next((protocol for protocol in ServiceProtocol if protocol.definition.has_root(root.tag)), None)


def _speaks(url: Address, protocol: ServiceProtocol, auth: str, fetch: Fetch) -> bool:
    asked = url.with_query({"SERVICE": protocol.definition.service, "REQUEST": "GetCapabilities"})
    return by_reply(asked, _got(asked, auth, fetch)) is protocol


def _got(url: str, auth: str, fetch: Fetch) -> Reply | None:
    """A reply, None for an error that says nothing about other addresses of the same server."""
    try:
        return fetch(Request(url, accept=_ACCEPT, auth=auth, byte_limit=_BYTE_LIMIT, time_limit_s=_TIME_LIMIT_S))
    except WebError as error:
        if error.trouble in _FINAL:
            raise
        return None
