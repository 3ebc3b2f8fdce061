"""The proxies of QGIS's settings: HTTP and SOCKS5, with logins, for http and https, and what passes them by."""

from __future__ import annotations

import base64
import socket
import struct
import threading
from contextlib import contextmanager, suppress

import pytest

from tests.authority import Authority
from tests.hostile import Listening, Server, redirect, refused, reply
from twin_plugin.core.web.fetch import Request, Trouble

GOOD = reply(b'{"a": 1}')


@pytest.fixture
def through(qgis_app):
    """A context manager from proxy settings of QGIS to the client that reads them."""
    from qgis.core import QgsSettings

    from twin_plugin.bridge.net.http import opened

    @contextmanager
    def client(port, type="HttpProxy", **values):
        settings = QgsSettings()
        given = {"proxyEnabled": True, "proxyType": type, "proxyHost": "127.0.0.1", "proxyPort": str(port), **values}
        for name, value in given.items():
            settings.setValue(f"proxy/{name}", value)
        try:
            with opened() as fetch:
                yield fetch
        finally:
            settings.remove("proxy")

    return client


def relay(one, other):
    """Copy bytes both ways until one side ends."""

    def copy(source, sink):
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    thread = threading.Thread(target=copy, args=(one, other), daemon=True)
    thread.start()
    copy(other, one)
    thread.join(10)


def connecting(target):
    """An answer to CONNECT: a way to `target`, whatever name was asked for."""

    def answer(connection, asked):
        if asked.method != "CONNECT":
            connection.sendall(reply(b"", 405))
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", target.port)) as onward:
            relay(connection, onward)

    return answer


class Socks(Listening):
    """A SOCKS5 proxy that leads every name to one server, and keeps the names and logins that it was given."""

    def __init__(self, target, login=None, status=0):
        self._target, self._login, self._status = target, login, status
        self.names, self.logins = [], []

    def _answer(self, connection):
        with connection, connection.makefile("rb") as stream, suppress(OSError):
            methods = stream.read(stream.read(2)[1])
            wanted = 2 if self._login else 0
            if wanted not in methods:
                connection.sendall(b"\x05\xff")
                return
            connection.sendall(bytes((5, wanted)))
            if self._login:
                stream.read(1)
                self.logins.append(tuple(stream.read(stream.read(1)[0]).decode() for _ in range(2)))
                connection.sendall(bytes((1, self.logins[-1] != self._login)))
            assert stream.read(3) == b"\x05\x01\x00"
            kind = stream.read(1)[0]
            if kind == 3:
                name = stream.read(stream.read(1)[0]).decode()
            else:
                name = socket.inet_ntop(*{1: (socket.AF_INET, stream.read(4))}[kind])
            self.names.append((name, struct.unpack(">H", stream.read(2))[0]))
            connection.sendall(bytes((5, self._status, 0, 1)) + bytes(6))
            with socket.create_connection(("127.0.0.1", self._target.port)) as onward:
                relay(connection, onward)


def test_a_proxy_is_asked_with_whole_addresses(through):
    with Server({"*": GOOD}) as proxy, through(proxy.port) as fetch:
        assert fetch(Request("http://service.invalid/x?y=1")).status == 200
    assert proxy.paths() == ["http://service.invalid/x?y=1"]
    assert proxy.asked[0].headers["host"] == "service.invalid"
    assert "proxy-authorization" not in proxy.asked[0].headers


def test_the_login_of_the_settings_goes_to_the_proxy(through, canary):
    with (
        Server({"*": GOOD}) as proxy,
        through(proxy.port, proxyUser="twin", proxyPassword=canary) as fetch,
    ):
        fetch(Request("http://service.invalid/"))
    basic = base64.b64encode(f"twin:{canary}".encode()).decode()
    assert proxy.asked[0].headers["proxy-authorization"] == f"Basic {basic}"


def test_the_login_of_a_configuration_goes_to_the_proxy(through, credentials, canary):
    from qgis.core import QgsApplication

    name = credentials("the proxy's")
    found = QgsApplication.authManager().availableAuthMethodConfigs()
    login = next(key for key, config in found.items() if config.name() == name)
    with Server({"*": GOOD}) as proxy, through(proxy.port, authcfg=login) as fetch:
        fetch(Request("http://service.invalid/"))
    basic = base64.b64encode(f"twin:{canary}".encode()).decode()
    assert proxy.asked[0].headers["proxy-authorization"] == f"Basic {basic}"


@pytest.mark.parametrize("name", ["service.invalid", "服务.invalid"])
def test_secure_connections_go_through_a_tunnel(through, tmp_path, monkeypatch, name):
    """The proxy sees host and port; address and headers are between client and server."""
    from twin_plugin.bridge.net import certificates

    authority = Authority(tmp_path / "city")
    ascii_name = name.encode("idna").decode()
    trusted = authority.certificate.read_bytes()
    monkeypatch.setattr(certificates, "trusted_authorities", lambda: trusted)
    with (
        Server({"*": GOOD}, str(authority.issue("service", f"DNS:{ascii_name}"))) as server,
        Server({"*": connecting(server)}) as proxy,
        through(proxy.port, proxyUser="twin", proxyPassword="x") as fetch,
    ):
        for _ in range(2):
            assert fetch(Request(f"https://{name}/x")).status == 200
    assert [(asked.method, asked.path) for asked in proxy.asked] == [("CONNECT", f"{ascii_name}:443")] * 2
    assert "proxy-authorization" in proxy.asked[0].headers
    assert server.paths() == ["/x", "/x"]
    assert "proxy-authorization" not in server.asked[0].headers


def test_socks_looks_names_up_itself(through, canary):
    with (
        Server({"*": GOOD}) as server,
        Socks(server, ("twin", canary)) as proxy,
        through(proxy.port, "Socks5Proxy", proxyUser="twin", proxyPassword=canary) as fetch,
    ):
        assert fetch(Request("http://service.invalid:8080/x")).status == 200
        assert fetch(Request("http://127.0.0.9/y")).status == 200
    assert proxy.names == [("service.invalid", 8080), ("127.0.0.9", 80)]
    assert proxy.logins == [("twin", canary)] * 2
    assert server.paths() == ["/x", "/y"]


@pytest.mark.parametrize("given", [{"login": ("a", "b")}, {"status": 2}])
def test_a_socks_proxy_that_refuses_is_told(through, given):
    with (
        Server({"*": GOOD}) as server,
        Socks(server, **given) as proxy,
        through(proxy.port, "Socks5Proxy") as fetch,
    ):
        assert "proxy" in refused(fetch, "http://service.invalid/", Trouble.UNREACHABLE)
    assert not server.asked


@pytest.mark.parametrize("type", ["HttpProxy", "Socks5Proxy"])
def test_a_proxy_that_is_not_there_or_refuses_is_told(through, type):
    with Server({"*": reply(b"", 407)}) as proxy:
        if type == "HttpProxy":
            with through(proxy.port, type) as fetch:
                for address in ("https://service.invalid/", "http://service.invalid/"):
                    text = refused(fetch, address, Trouble.DENIED)
                    assert "the proxy that is set in QGIS does not accept the user name and password" in text
    with through(proxy.port, type) as fetch:
        assert "proxy" in refused(fetch, "http://service.invalid/", Trouble.UNREACHABLE)


def test_some_addresses_pass_the_proxy_by(through):
    with (
        Server({"*": GOOD}) as server,
        Server({"*": GOOD}) as proxy,
        through(proxy.port, noProxyUrls=["", server.url("/in")]) as fetch,
    ):
        fetch(Request(server.url("/inside")))
        fetch(Request(server.url("/outside")))
    assert server.paths() == ["/inside"]
    assert proxy.paths() == [server.url("/outside")]


def test_the_proxy_of_the_system_is_used(through, monkeypatch):
    from qgis.PyQt.QtNetwork import QNetworkProxyFactory

    with Server({"*": GOOD}) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        try:
            with through(1, "DefaultProxy") as fetch:
                fetch(Request("http://service.invalid/x"))
        finally:
            QNetworkProxyFactory.setUseSystemConfiguration(False)
    assert proxy.paths() == ["http://service.invalid/x"]


def test_behind_a_proxy_a_server_does_not_lead_to_numbers_of_this_computer(through):
    """The proxy looks names up, so that only addresses without a name can be judged."""
    with Server() as proxy, through(proxy.port) as fetch:
        for target in ("http://127.0.0.1:1/", "http://localhost/", "http://169.254.169.254/", "http://[::1]/"):
            proxy.answers["*"] = redirect(target)
            assert "this computer" in refused(fetch, "http://service.invalid/", Trouble.REFUSED)
        assert set(proxy.paths()) == {"http://service.invalid/"}
