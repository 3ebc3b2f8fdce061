"""Whatever a request waits for, a cancel and the end of its time are noticed at once, and the desktop goes on."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from tests.hostile import Server, refused, reply
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.web.fetch import Request, Trouble

GOOD = reply(b"{}")


@pytest.fixture
def mute():
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def full():
    """The port of a server that takes no further connection: none is refused, and none comes about."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = []
        for _ in range(4):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex(listener.getsockname())
            waiting.append(connection)
        yield listener.getsockname()[1]
        for connection in waiting:
            connection.close()


@pytest.fixture
def hanging(monkeypatch):
    """A host whose name is looked up without an end."""
    from twin_plugin.bridge.net import resolver

    ended = threading.Event()
    look_up = socket.getaddrinfo

    def hang(host, *arguments, **named):
        if host == "hanging.example":
            ended.wait(60)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return look_up(host, *arguments, **named)

    monkeypatch.setattr(resolver.socket, "getaddrinfo", hang)
    yield "hanging.example"
    ended.set()


@pytest.fixture(params=["name", "connection", "handshake", "answer", "proxy"])
def url(request, hanging, full, mute):
    """An address that never comes to its reply, and where it stops."""
    places = {"name": f"http://{hanging}/", "connection": f"http://127.0.0.1:{full}/"}
    places |= {"handshake": f"https://127.0.0.1:{mute}/", "answer": f"http://127.0.0.1:{mute}/"}
    if request.param != "proxy":
        yield places[request.param]
        return
    from qgis.core import QgsSettings

    settings = QgsSettings()
    values = {"proxyEnabled": True, "proxyType": "Socks5Proxy", "proxyHost": "127.0.0.1", "proxyPort": str(mute)}
    for name, value in values.items():
        settings.setValue(f"proxy/{name}", value)
    yield "http://service.invalid/"
    settings.remove("proxy")


def test_its_time_ends_it(url, fetch):
    started = time.monotonic()
    refused(fetch, url, Trouble.TIMEOUT, time_limit_s=0.3)
    assert time.monotonic() - started < 10, "not the 20 s that the first answer of a name server may take"


def test_a_cancel_ends_it(url, qgis_app):
    from twin_plugin.bridge.net.http import opened

    calls = []

    def progress(fraction, text=""):
        calls.append(time.monotonic())
        return len(calls) < 3

    with opened(progress) as fetch:
        with pytest.raises(Cancelled):
            fetch(Request(url, time_limit_s=300))
        assert time.monotonic() - calls[-1] < 5
    assert len(calls) == 3


def test_a_cancelled_request_gives_its_turn_back(qgis_app, mute):
    """Of one host only five are asked at once: those that hang must not keep out what comes later."""
    from twin_plugin.bridge.net.http import opened

    for _ in range(12):
        with opened(lambda fraction, text="": False) as fetch, pytest.raises(Cancelled):
            fetch(Request(f"http://127.0.0.1:{mute}/"))
    with opened() as fetch:
        refused(fetch, f"http://127.0.0.1:{mute}/", Trouble.TIMEOUT, time_limit_s=0.2)


def test_a_name_that_hangs_is_looked_up_once(hanging, fetch, monkeypatch):
    started = []
    start = threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda thread: (started.append(thread.name), start(thread))[1])
    for _ in range(5):
        refused(fetch, f"http://{hanging}/", Trouble.TIMEOUT, time_limit_s=0.1)
    assert started.count("twin-lookup") == 1


def test_the_desktop_goes_on_while_its_own_thread_waits(fetch):
    from qgis.PyQt.QtCore import QTimer

    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(20)

    def slow(connection, asked):
        time.sleep(1)
        connection.sendall(GOOD)

    with Server({"*": slow}) as server:
        assert fetch(Request(server.url())).status == 200
    timer.stop()
    assert len(ticks) > 3
