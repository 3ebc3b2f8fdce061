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
_BYTE_LIMIT = 64_000_000
_ACCEPT = "application/json, application/xml;q=0.9, */*;q=0.5"
_FINAL = (Trouble.DENIED, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.TLS)
_TELLING = (Trouble.REFUSED, Trouble.TOO_LARGE, Trouble.BAD_REPLY)


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
    probe = _Probe(auth, fetch)
    if found := probe.protocol(base):
        return (found,)
    several = tuple(
        protocol
        for protocol in ServiceProtocol
        if (service := protocol.definition.service)
        and probe.protocol(base.with_query({"SERVICE": service, "REQUEST": "GetCapabilities"})) is protocol
    )
    if several:
        return several
    for other in (base.with_query({"f": "json"}), *(base.with_path(v) for v in ("v1.1", "v1.0"))):
        if found := probe.protocol(other):
            return (found,)
    raise probe.nothing(base)


def by_address(url: str) -> ServiceProtocol | None:
    """The protocol that the address names; None where it has to be asked."""
    text = address.unquoted(url)
    templates_first = sorted(ServiceProtocol, key=lambda protocol: not protocol.definition.template)
    return next((protocol for protocol in templates_first if protocol.definition.has_address(text)), None)


class _Probe:
    """Asks addresses of one server, and remembers the first reason why a reply says nothing."""

    def __init__(self, auth: str, fetch: Fetch) -> None:
        self._auth = auth
        self._fetch = fetch
        self._refused: WebError | None = None
        self._broken: object = None

    def protocol(self, url: Address) -> ServiceProtocol | None:
        """The protocol of the reply of an address, None for one that says nothing.

        Raises
        ------
        WebError
            For what counts for the other addresses of the server as well.
        """
        reply = self._got(url)
        if reply is None or not reply.body.strip():
            return None
        what = Message("The reply of '{url}'", url=address.redacted(url))
        try:
            if reply.body.lstrip()[:1] in (b"{", b"["):
                value = decode.json_of(reply, what)
                return _of_json(url, value) if isinstance(value, dict) else None
            return _of_xml(decode.xml_of(reply, what))
        except WebError as error:
            self._broken = self._broken or error.message.values.get("reason")
            return None

    def nothing(self, base: Address) -> WebError:
        """Why no protocol was found."""
        if self._refused is not None:
            return self._refused
        if self._broken is not None:
            return WebError(
                "'{base}' answers, but in none of the protocols that are known: its reply {reason}. Choose its "
                "PROTOCOL, or give the address of the service itself.",
                Trouble.BAD_REPLY,
                base=base.shown,
                reason=self._broken,
            )
        return WebError(
            "'{base}' answers, but in none of the protocols that are known: choose its PROTOCOL, or give the "
            "address of the service itself.",
            Trouble.BAD_REPLY,
            base=base.shown,
        )

    def _got(self, url: Address) -> Reply | None:
        request = Request(url, accept=_ACCEPT, auth=self._auth, byte_limit=_BYTE_LIMIT, time_limit_s=_TIME_LIMIT_S)
        try:
            return self._fetch(request)
        except WebError as error:
            if error.trouble in _FINAL:
                raise
            if error.trouble in _TELLING and self._refused is None:
                self._refused = error
            return None


def _of_json(url: str, value: Mapping[str, Any]) -> ServiceProtocol | None:
    tests = ((protocol, protocol.definition.reply) for protocol in reversed(ServiceProtocol))
    return next((protocol for protocol, test in tests if test and test(url, value)), None)


def _of_xml(root: decode.Element) -> ServiceProtocol | None:
    return next((protocol for protocol in ServiceProtocol if protocol.definition.has_root(root.tag)), None)
