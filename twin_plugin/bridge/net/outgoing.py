"""Requests as they are sent: with the proxy, the certificates and the login that QGIS has for them."""

from __future__ import annotations

import ssl
from dataclasses import replace

from qgis.core import Qgis, QgsSettings
from qgis.PyQt.QtCore import QLocale, QUrl

from ...core.common.messages import Message
from ...core.web.address import Address
from ...core.web.fetch import Request, Trouble
from . import certificates
from .certificates import ClientCertificate
from .credentials import Credentials, credentials
from .guard import Guard
from .hop import Hop, Target
from .no_reply import NoReply
from .proxies import Proxies, ProxyType

BYTE_LIMIT = 64_000_000
"""Bytes of a reply, unpacked, where the request names none."""

_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded


class Outgoing:
    """Makes hops of the requests of one client; QGIS's settings count as they are when it is made."""

    def __init__(self) -> None:
        self._proxies = Proxies()
        self._headers = _common_headers()
        self._guard = Guard()
        self._contexts: dict[ClientCertificate | None, ssl.SSLContext] = {}
        self._accepted: dict[Target, Target] = {}

    def hop(self, request: Request, url: Address, method: str, at_home: bool, seconds: float) -> Hop:
        """One request to `url`, with the login of `request` where it is at home there.

        Raises
        ------
        NoReply
            REFUSED, for an address that must not be asked.
        InputError
            Where the login cannot be used.
        """
        given = Address(request.given or request.url)
        login = Credentials(_qurl(url), [], None)
        if request.auth and at_home:
            login = credentials(request.auth, login.url)
        sent = login.url
        resource = sent.path(_ENCODED) + (f"?{sent.query(_ENCODED)}" if sent.hasQuery() else "")
        body = (request.body or b"") if method == "POST" else b""
        headers = [("Host", _authority(sent)), *self._headers, *request.headers.items(), ("Accept", request.accept)]
        if method == "POST":
            headers.append(("Content-Type", request.content_type or "application/octet-stream"))
            headers.append(("Content-Length", str(len(body))))
        headers += login.headers
        target = self._target(sent, login.certificate)
        if target.proxy is not None:
            self._guard.check_by_proxy(url, given)
            if target.context is None and target.proxy.type is ProxyType.HTTP:
                resource = f"http://{_authority(sent)}{resource}"
                headers += target.proxy.headers()
        admits = self._guard.admits(url, given)
        limit = request.byte_limit or BYTE_LIMIT
        return Hop(target, method, resource, _last_counts(headers), body, limit, seconds, admits)

    def accept(self, target: Target) -> bool:
        """Whether the user accepted a certificate of this server though it has errors; it is taken from now on."""
        if target in self._accepted or target.accepted:
            return False
        found = certificates.accepted(target.host, target.port, target.login)
        if found is not None:
            self._accepted[target] = replace(target, context=found.context, accepted=found.certificate)
        return found is not None

    def _target(self, url: QUrl, login: ClientCertificate | None) -> Target:
        secure = url.scheme() == "https"
        target = Target(url.host(_ENCODED), url.port(443 if secure else 80), self._proxies.of(url))
        if not secure:
            return target
        if login not in self._contexts:
            self._contexts[login] = certificates.context(login)
        target = replace(target, context=self._contexts[login], login=login)
        return self._accepted.get(target, target)


def _common_headers() -> list[tuple[str, str]]:
    """Who asks, in which language, and how replies may be packed: unpacked by us, within the limit."""
    agent = str(QgsSettings().value("qgis/networkAndProxy/userAgent", "Mozilla/5.0"))
    language = QLocale.system().name().replace("_", "-")
    others = ",*" if language.startswith("en-") else ",en,*"
    return [
        ("User-Agent", f"{agent} QGIS/{Qgis.version().partition('-')[0]}".strip()),
        ("Accept-Language", "en,*" if language == "C" else language + others),
        ("Accept-Encoding", "gzip, deflate"),
    ]


def _last_counts(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each header once, whatever the case of its name."""
    return list({name.lower(): (name, value) for name, value in headers}.values())


def _authority(url: QUrl) -> str:
    """Host and port as a request names them."""
    host = url.host(_ENCODED)
    host = f"[{host}]" if ":" in host else host
    return host if url.port() == -1 else f"{host}:{url.port()}"


def _qurl(url: Address) -> QUrl:
    """The address as Qt reads it, which must be as we read it."""
    read = QUrl(url)
    _, name, port = url.origin
    same = QUrl.toAce(read.host()) == QUrl.toAce(name) and read.port(443 if read.scheme() == "https" else 80) == port
    if not read.isValid() or read.userInfo() or not same:
        raise NoReply(Trouble.REFUSED, Message("its host cannot be made out"))
    return read
