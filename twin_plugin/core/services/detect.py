"""Detects the protocol of an address: from the address itself, from its reply, or by trying."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..common.messages import Message
from ..web import address, decode, secrets
from ..web.address import Address
from ..web.fetch import Fetch, Reply, Request, Trouble, WebError
from .protocol_table import ServiceProtocol
from .protocols.ows import exception

_TIME_LIMIT_S = 20.0
_BYTE_LIMIT = 64_000_000
_ACCEPT = "application/json, application/xml;q=0.9, */*;q=0.5"
_FINAL = (Trouble.DENIED, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.TLS)
_FAILING = (500, 502, 503, 504)
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})</title>", re.IGNORECASE)
_ANOTHER = re.compile(r"service|operation|request|parameter|version", re.IGNORECASE)
"""In an error report: words of a server that does not know what it is asked for, and tells nothing of itself."""

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
    several = []
    for protocol in (one for one in ServiceProtocol if one.definition.service):
        asked = {"SERVICE": protocol.definition.service, "REQUEST": "GetCapabilities"}
        if probe.protocol(base.with_query(asked)) is protocol:
            several.append(protocol)
        if probe.page_again:
            # The same web page whatever service is asked for: it is not asked for each.
            break
    if several:
        return tuple(several)
    for other in (base.with_query({"f": "json"}), *(base.with_path(v) for v in ("v1.1", "v1.0"))):
        if found := probe.protocol(other):
            return (found,)
        if probe.page_again > 1:
            break
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
        self._page = b""
        self.page_again = 0
        """How often the web page that came first came again."""

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
            if decode.is_web_page(reply.body):
                self._take_page(reply.body)
            root = decode.xml_of(reply, what)
            if (said := exception(root)) and "service=" in url.lower() and not _ANOTHER.search(said):
                words = address.redacted(secrets.without(said))[:200]
                self._broken = self._broken or Message("says '{words}'", words=words)
            return _of_xml(root)
        except WebError as error:
            self._broken = self._broken or error.message.values.get("reason")
            return None

    def _take_page(self, body: bytes) -> None:
        """Note a web page: pages of a login differ in hidden numbers, and not in their title."""
        titled = _TITLE.search(body[:20_000])
        name = titled[1].strip() if titled else body
        if not self._page:
            self._page = name
        elif name == self._page:
            self.page_again += 1

    def nothing(self, base: Address) -> WebError:
        """Why no protocol was found."""
        if self._refused is not None:
            return self._refused
        if self._page:
            return WebError(
                "'{base}' is a web page, perhaps a login, and no service that is known: choose an authentication "
                "configuration or its PROTOCOL, or give the address of the service itself.",
                Trouble.BAD_REPLY,
                base=base.shown,
            )
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
            tells = error.trouble in _TELLING or error.status in _FAILING
            if tells and self._refused is None:
                self._refused = error
            return None


def _of_json(url: str, value: Mapping[str, Any]) -> ServiceProtocol | None:
    tests = ((protocol, protocol.definition.reply) for protocol in reversed(ServiceProtocol))
    return next((protocol for protocol, test in tests if test and test(url, value)), None)


def _of_xml(root: decode.Element) -> ServiceProtocol | None:
    return next((protocol for protocol in ServiceProtocol if protocol.definition.has_root(root.tag)), None)
