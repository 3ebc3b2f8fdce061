"""The proxy that QGIS uses for an address, and the way through it."""

from __future__ import annotations

import base64
import http.client
import ipaddress
import struct
from dataclasses import dataclass
from enum import Enum

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from ...core.common.messages import Message
from ...core.web import secrets
from ...core.web.fetch import Trouble
from .no_reply import NoReply
from .wire import Wire

DENIED = 407
"""The status with which a proxy, never a service, asks for a login."""
NO_LOGIN = Message(
    "the proxy that is set in QGIS does not accept the user name and password: correct them under Settings, Options, "
    "Network"
)


class ProxyType(Enum):
    """How a proxy is asked."""

    HTTP = "http"
    SOCKS5 = "socks5"


@dataclass(frozen=True)
class Proxy:
    """A proxy, with its login where it has one."""

    type: ProxyType
    host: str
    port: int
    user: str = ""
    password: str = ""

    def headers(self) -> list[tuple[str, str]]:
        """What it wants of a request."""
        if not self.user:
            return []
        login = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        secrets.remember(self.password, login)
        return [("Proxy-Authorization", f"Basic {login}")]


_TYPES = {
    QNetworkProxy.ProxyType.HttpProxy: ProxyType.HTTP,
    QNetworkProxy.ProxyType.HttpCachingProxy: ProxyType.HTTP,
    QNetworkProxy.ProxyType.Socks5Proxy: ProxyType.SOCKS5,
}
_NAMES = {
    "HttpProxy": QNetworkProxy.ProxyType.HttpProxy,
    "HttpCachingProxy": QNetworkProxy.ProxyType.HttpCachingProxy,
    "Socks5Proxy": QNetworkProxy.ProxyType.Socks5Proxy,
}


class Proxies:
    """QGIS's proxy settings at one moment, as QgsNetworkAccessManager reads them.

    The manager itself is not asked: beyond the main thread it would be a new object of Qt in every thread.
    """

    def __init__(self) -> None:
        settings = QgsSettings()

        def value(name: str, default: object = "") -> object:
            return settings.value(f"proxy/{name}", default)

        self._enabled = str(value("proxyEnabled", False)).lower() in ("true", "1")
        self._of_system = value("proxyType") == "DefaultProxy"
        self._direct = _starts(value("noProxyUrls", []))
        self._excluded = _starts(value("proxyExcludedUrls", []))
        port = str(value("proxyPort"))
        proxy = QNetworkProxy(
            _NAMES.get(str(value("proxyType")), QNetworkProxy.ProxyType.NoProxy),
            str(value("proxyHost")),
            int(port) if port.isdigit() else 0,
            str(value("proxyUser")),
            str(value("proxyPassword")),
        )
        if self._enabled and (login := str(value("authcfg"))):
            done = QgsApplication.authManager().updateNetworkProxy(proxy, login)
            proxy = done[1] if isinstance(done, tuple) and len(done) > 1 else proxy
        self._proxy = proxy

    def of(self, url: QUrl) -> Proxy | None:
        """The proxy for an address; None for none."""
        if not self._enabled:
            return None
        text = url.toString()
        if text.startswith(self._direct):
            return None
        query = QNetworkProxyQuery(url)
        if text.startswith(self._excluded):
            return _first(QNetworkProxyFactory.proxyForQuery(query))
        if self._of_system:
            return _first(QNetworkProxyFactory.systemProxyForQuery(query))
        return _first([self._proxy])


def _starts(value: object) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else list(value or [])
    return tuple(text for text in texts if text.strip())


def _first(proxies: list[QNetworkProxy]) -> Proxy | None:
    """The first that we can ask; none where the first entry is a direct way."""
    for proxy in proxies:
        if proxy.type() == QNetworkProxy.ProxyType.NoProxy:
            return None
        if proxy.type() in _TYPES and proxy.hostName():
            return Proxy(_TYPES[proxy.type()], proxy.hostName(), proxy.port(), proxy.user(), proxy.password())
    return None


def tunnel(wire: Wire, proxy: Proxy, host: str, port: int) -> None:
    """Lead a connection to a proxy on to a host, whose name the proxy looks up.

    Raises
    ------
    NoReply
        DENIED where the proxy wants another login, UNREACHABLE where it refuses.
    """
    if proxy.type is ProxyType.SOCKS5:
        _socks5(wire, proxy, host, port)
        return
    name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {name} HTTP/1.1", f"Host: {name}", *(f"{key}: {value}" for key, value in proxy.headers())]
    wire.sendall("\r\n".join((*lines, "", "")).encode("latin-1"))
    reply = http.client.HTTPResponse(wire, method="CONNECT")
    reply.begin()
    if reply.status == DENIED:
        raise NoReply(Trouble.DENIED, NO_LOGIN)
    if reply.status != 200:
        raise _refused()


def _socks5(wire: Wire, proxy: Proxy, host: str, port: int) -> None:
    """RFC 1928, with a login as in RFC 1929."""
    stream = wire.makefile("rb")

    def read(count: int) -> bytes:
        data = stream.read(count)
        if len(data) < count:
            raise _refused()
        return data

    wire.sendall(b"\x05\x02\x00\x02" if proxy.user else b"\x05\x01\x00")
    version, method = read(2)
    if version != 5 or method not in (0, 2) or (method == 2 and not proxy.user):
        raise _refused()
    if method == 2:
        user, password = proxy.user.encode()[:255], proxy.password.encode()[:255]
        secrets.remember(proxy.password)
        wire.sendall(b"\x01" + bytes((len(user),)) + user + bytes((len(password),)) + password)
        if read(2)[1] != 0:
            raise _refused()
    wire.sendall(b"\x05\x01\x00" + _socks5_address(host) + struct.pack(">H", port))
    _, status, _, kind = read(4)
    if status != 0 or kind not in (1, 3, 4):
        raise _refused()
    read({1: 4, 4: 16}.get(kind) or read(1)[0])
    read(2)


def _socks5_address(host: str) -> bytes:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("ascii")
        return bytes((3, len(name))) + name
    return bytes((1 if ip.version == 4 else 4,)) + ip.packed


def _refused() -> NoReply:
    return NoReply(Trouble.UNREACHABLE, Message("the proxy that is set in QGIS does not let it through"))
