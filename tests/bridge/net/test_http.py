"""The HTTP client against servers that break, lie, stall, flood and spy: each is told in a sentence, within limits."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.hostile import Server, read, redirect, refused, reply
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.web.decode import json_of, xml_of
from twin_plugin.core.web.fetch import Request, Trouble, WebError

ROOT = Path(__file__).parents[3]
GOOD = reply(b'{"a": 1}')


def wait_until(condition, seconds=10):
    """Whether a condition comes true in time."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_reply_comes_whole(fetch):
    with Server({"/a b/南": reply('{"名": "南山"}'.encode(), kind="application/geo+json; charset=utf-8")}) as server:
        server.answers["*"] = server.answers["/a b/南"]
        got = fetch(Request(server.url("/a%20b/南?x=1&y=%2B"), accept="application/geo+json", kinds=("json",)))
        assert (got.status, json_of(got, "it"), got.content_type) == (
            200,
            {"名": "南山"},
            "application/geo+json; charset=utf-8",
        )
        assert got.headers["content-type"] == got.content_type
        asked = server.asked[0]
        assert asked.path == "/a%20b/%E5%8D%97?x=1&y=%2B"
        assert asked.headers["accept"] == "application/geo+json"
        assert "QGIS" in asked.headers["user-agent"]


def test_a_body_is_posted(fetch):
    with Server({"*": GOOD}) as server:
        fetch(Request(server.url("/csw"), "POST", "<查询/>".encode(), "application/xml"))
        asked = server.asked[0]
        assert (asked.method, asked.body, asked.headers["content-type"]) == (
            "POST",
            "<查询/>".encode(),
            "application/xml",
        )


def test_head_has_no_body(fetch):
    with Server({"*": reply(b"", Content_Length="400000000000")}) as server:
        assert fetch(Request(server.url(), "HEAD")).body == b""
        assert server.asked[0].method == "HEAD"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_packed_replies_are_unpacked(fetch, encoding):
    body = json.dumps(list(range(20_000))).encode()
    raw = zlib.compressobj(wbits=-15)
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body), "raw": raw.compress(body) + raw.flush()}
    answer = reply(packed[encoding], Content_Encoding="gzip" if encoding == "gzip" else "deflate")
    with Server(
        {"*": answer, "/two": reply(gzip.compress(b"[1,") + gzip.compress(b"2]"), Content_Encoding="gzip")}
    ) as server:
        assert fetch(Request(server.url())).body == body
        assert fetch(Request(server.url("/two"))).body == b"[1,2]"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "data:application/json,{}", "ftp://127.0.0.1/x", "qrc:/x", "http://"]
)
def test_redirects_stay_on_the_web(fetch, target):
    with Server({"*": redirect(target)}) as server:
        text = refused(fetch, server.url(), Trouble.REFUSED)
        assert "root:" not in text


def test_redirects_in_a_circle_end(fetch):
    with Server({"/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self")}) as server:
        refused(fetch, server.url("/a"), Trouble.REFUSED)
        assert len(server.asked) == 2
        refused(fetch, server.url("/self"), Trouble.REFUSED)


def test_redirects_that_never_repeat_end_after_five(fetch):
    with Server() as server:
        server.answers["*"] = lambda connection, asked: connection.sendall(redirect(asked.path + "x"))
        refused(fetch, server.url("/"), Trouble.REFUSED)
        assert len(server.asked) == 6


def test_relative_redirects_are_followed(fetch):
    with Server({"/a/b": redirect("../c?d=1"), "/c": GOOD}) as server:
        got = fetch(Request(server.url("/a/b")))
        assert got.url == server.url("/c?d=1")
        assert json_of(got, "it") == {"a": 1}


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_posts_are_redirected_as_http_says(fetch, status, method):
    with Server({"/a": redirect("/b", status), "/b": GOOD}) as server:
        fetch(Request(server.url("/a"), "POST", b"body", "text/plain"))
        assert (server.asked[1].method, server.asked[1].body) == (method, b"body" if method == "POST" else b"")


def test_credentials_go_to_their_own_origin_only(fetch, login_for):
    with Server({"*": GOOD}) as other, Server({"/same": redirect("/here"), "/here": GOOD}) as server:
        server.answers["/away"] = redirect(other.url("/caught"))
        name = login_for(server.url())
        fetch(Request(server.url("/same"), auth=name))
        fetch(Request(server.url("/away"), auth=name))
        assert [asked.path for asked in server.asked if "authorization" in asked.headers] == ["/same", "/here", "/away"]
        assert other.paths() == ["/caught"]
        assert not {"authorization", "cookie", "referer"} & set(other.asked[0].headers)


def test_a_login_that_a_redirect_lost_is_explained(fetch, login_for):
    with Server({"*": reply(b"", 401)}) as other, Server({"*": redirect(other.url("/api"))}) as server:
        text = refused(fetch, server.url("/"), Trouble.DENIED, 401, auth=login_for(server.url()))
        assert other.url("/api") in text
        assert "use this address itself" in text


def test_credentials_do_not_come_back_after_a_way_round(fetch, login_for):
    """A redirect away and back again carries them only to the origin that was asked."""
    with Server() as other, Server() as server:
        server.answers = {"/a": redirect(other.url("/b")), "/c": GOOD}
        other.answers = {"/b": redirect(server.url("/c"))}
        fetch(Request(server.url("/a"), auth=login_for(server.url())))
        assert "authorization" not in other.asked[0].headers
        assert "authorization" in server.asked[1].headers


def test_a_missing_configuration_is_told(fetch):
    with Server({"*": GOOD}) as server:
        assert "no-such-name" in refused(fetch, server.url(), Trouble.DENIED, auth="no-such-name")
        assert not server.asked


@pytest.mark.parametrize("status", [401, 403, 407])
def test_denials_ask_nobody_and_are_told(fetch, login_for, status):
    answer = reply(b"no", status, WWW_Authenticate='Basic realm="x"', Proxy_Authenticate='Basic realm="x"')
    with Server({"*": answer}) as server:
        refused(fetch, server.url(), Trouble.DENIED)
        text = refused(fetch, server.url(), Trouble.DENIED, auth=login_for(server.url()))
        assert "canary" not in text.lower()
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (404, Trouble.NOT_FOUND),
        (410, Trouble.NOT_FOUND),
        (400, Trouble.SERVER),
        (500, Trouble.SERVER),
        (304, Trouble.SERVER),
    ],
)
def test_other_statuses_are_told_once(fetch, status, trouble):
    with Server({"*": reply(b'{"description": "The property \\"x\\" is unknown"}', status)}) as server:
        text = refused(fetch, server.url(), trouble, status)
        assert len(server.asked) == 1
        assert trouble is not Trouble.SERVER or status == 304 or "is unknown" in text


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_servers_are_asked_again(fetch, status):
    with Server() as server:
        server.answers["*"] = lambda connection, asked: connection.sendall(
            GOOD if len(server.asked) == 2 else reply(b"", status, Retry_After="0")
        )
        assert fetch(Request(server.url())).status == 200
        assert len(server.asked) == 2


def test_busy_servers_are_given_up(fetch):
    with Server({"*": reply(b"", 503, Retry_After="0")}) as server:
        refused(fetch, server.url(), Trouble.SERVER, 503)
        assert len(server.asked) == 3


@pytest.mark.parametrize("asked", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT", "soon"])
def test_waiting_ends_with_the_deadline(fetch, asked):
    with Server({"*": reply(b"", 503, Retry_After=asked)}) as server:
        refused(fetch, server.url(), Trouble.SERVER, 503, time_limit_s=0.3)
        assert len(server.asked) == 1


def test_a_connection_that_breaks_is_tried_again(fetch):
    with Server() as server:
        server.answers["*"] = lambda connection, asked: connection.sendall(GOOD if len(server.asked) == 2 else b"")
        assert fetch(Request(server.url())).status == 200


def test_nobody_there_is_told(fetch):
    with Server() as server:
        gone = server.url("/x")
    assert "refuses" in refused(fetch, gone, Trouble.UNREACHABLE)
    assert "no such host" in refused(fetch, "http://no-such-host.invalid/x", Trouble.UNREACHABLE)


def test_a_dead_host_fails_at_once_where_that_is_asked_for(qgis_app):
    from twin_plugin.bridge.net.http import opened

    with opened(fail_fast=True) as fetch, Server() as server:
        server.answers["*"] = lambda connection, asked: server.stopped.wait(20)
        refused(fetch, server.url("/a"), Trouble.TIMEOUT, time_limit_s=0.2)
        for number in range(100):
            refused(fetch, server.url(f"/{number}"), Trouble.TIMEOUT)
        assert server.paths() == ["/a"]


def drip(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


def drip_head(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-A: b\r\n")
        time.sleep(0.02)


def silence(connection, asked):
    connection.settimeout(30)
    connection.recv(1)


@pytest.mark.parametrize("answer", [drip, drip_head, silence])
def test_slow_servers_end_with_the_deadline(fetch, answer):
    with Server({"*": answer}) as server:
        started = time.monotonic()
        refused(fetch, server.url(), Trouble.TIMEOUT, time_limit_s=0.5)
        assert time.monotonic() - started < 10


@pytest.mark.parametrize("answer", [drip, silence])
def test_a_cancel_ends_the_wait(qgis_app, answer):
    from twin_plugin.bridge.net.http import opened

    calls = []

    def progress(fraction, text=""):
        calls.append(fraction)
        return len(calls) < 4

    with Server({"*": answer}) as server, opened(progress) as fetch:
        with pytest.raises(Cancelled):
            fetch(Request(server.url(), time_limit_s=300))
        assert len(calls) == 4


def test_a_cancel_ends_the_pause_before_a_retry(qgis_app):
    from twin_plugin.bridge.net.http import opened

    with Server({"*": reply(b"", 503, Retry_After="50")}) as server:
        with opened(lambda fraction, text="": not server.asked) as fetch, pytest.raises(Cancelled):
            fetch(Request(server.url(), time_limit_s=300))
        assert len(server.asked) == 1


def flood(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    for _ in range(400):
        connection.sendall(b" " * 1_000_000)


def honest_flood(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400000000\r\n\r\n")
    for _ in range(400):
        connection.sendall(b" " * 1_000_000)


def bomb(megabytes):
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)) + packer.flush()
    return reply(packed, Content_Encoding="gzip")


@pytest.mark.parametrize("answer", [flood, honest_flood, bomb(400)], ids=["flood", "honest", "bomb"])
def test_floods_are_cut(fetch, answer):
    with Server({"*": answer}) as server:
        refused(fetch, server.url(), Trouble.TOO_LARGE, byte_limit=2_000_000)


MEASURE = """
import resource, sys
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
from twin_plugin.bridge.net.http import opened
from twin_plugin.core.web.fetch import Request, WebError
with opened() as fetch:
    fetch(Request(sys.argv[1] + "small"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in sys.argv[2:]:
        try:
            print(len(fetch(Request(sys.argv[1] + path)).body))
        except WebError as error:
            print(error.trouble.value)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
import os
sys.stdout.flush()
os._exit(0)
"""


def test_floods_cost_less_than_a_hundred_megabytes():
    with Server({"/flood": flood, "/honest": honest_flood, "/bomb": bomb(400), "/small": GOOD}) as server:
        ran = subprocess.run(
            [sys.executable, "-c", MEASURE, server.url("/"), "flood", "honest", "bomb"],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    *told, megabytes = ran.stdout.splitlines()
    assert told == [Trouble.TOO_LARGE.value] * 3
    assert float(megabytes) < 100


def chunked(*chunks, end=True):
    body = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + (b"0\r\n\r\n" if end else b"")
    return reply(b"", Content_Length=None, Transfer_Encoding="chunked") + body


def test_chunks_are_put_together(fetch):
    with Server({"*": chunked(b'{"a":', b" 1}")}) as server:
        assert json_of(fetch(Request(server.url())), "it") == {"a": 1}


@pytest.mark.parametrize(
    "answer",
    [
        reply(b'{"a": [1, 2', Content_Length="5000"),
        reply(gzip.compress(b'{"a": 1}' * 1000)[:-20], Content_Encoding="gzip"),
        reply(b"not packed at all", Content_Encoding="gzip"),
        reply(b"x", Content_Encoding="br"),
        b"This is not HTTP at all\r\n\r\n",
        chunked(b'{"a": [1', end=False),
    ],
    ids=["short", "packed", "unpacked", "brotli", "nohttp", "chunked"],
)
def test_broken_replies_are_told(fetch, answer):
    with Server({"*": answer}) as server, pytest.raises(WebError) as caught:
        json_of(fetch(Request(server.url())), "The reply")
    assert caught.value.trouble in (Trouble.BAD_REPLY, Trouble.UNREACHABLE)


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("application/json", True),
        ("application/geo+json", True),
        ("", True),
        ("text/plain; charset=gbk", True),
        ("application/octet-stream", True),
        ("text/html", False),
        ("image/png", False),
        ("application/x-executable", False),
    ],
)
def test_the_media_type_is_checked(fetch, kind, taken):
    with Server({"*": reply(b"5", kind=kind or None)}) as server:
        if taken:
            assert fetch(Request(server.url(), kinds=("json",))).body == b"5"
        else:
            refused(fetch, server.url(), Trouble.BAD_REPLY, kinds=("json",))


@pytest.mark.parametrize(
    ("body", "kind", "wanted", "taken"),
    [
        (b' {"a": 1}', "text/html; charset=utf-8", "json", True),
        (b"[]", "image/png", "json", True),
        (b'\xef\xbb\xbf<?xml version="1.0"?><a/>', "image/png", "xml", True),
        (b"<a/>", "application/x-wms", "xml", True),
        (b"<html></html>", "image/png", "xml", False),
        (b"<!DOCTYPE html><html></html>", "application/json", "xml", False),
        (b"<a/>", "text/html", "json", False),
        (b"{}", "text/html", "image", False),
        (b"\x89PNG", "image/png", "xml", False),
    ],
)
def test_a_wrong_media_type_over_the_right_content_is_no_harm(fetch, body, kind, wanted, taken):
    with Server({"*": reply(body, kind=kind)}) as server:
        if taken:
            assert fetch(Request(server.url(), kinds=(wanted,))).body == body
        else:
            refused(fetch, server.url(), Trouble.BAD_REPLY, kinds=(wanted,))


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a": nan}', b'{"a": [1,', b"<html></html>", b"\xff\xff\xff", b""],
)
def test_hostile_json_is_told(fetch, body):
    with Server({"*": reply(body)}) as server, pytest.raises(WebError) as caught:
        json_of(fetch(Request(server.url())), f"The reply of '{server.url()}'")
    assert caught.value.trouble is Trouble.BAD_REPLY


def test_hostile_xml_is_told(fetch):
    body = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with Server({"*": reply(body, kind="text/xml")}) as server, pytest.raises(WebError, match="DOCTYPE") as caught:
        xml_of(fetch(Request(server.url(), kinds=("xml",))), "The capabilities")
    assert caught.value.trouble is Trouble.BAD_REPLY


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "data:,x", "", "http://u:p@127.0.0.1/", "http://127.0.0.1:1@evil/"]
)
def test_only_web_addresses_are_asked(fetch, url):
    refused(fetch, url, Trouble.REFUSED)


@pytest.mark.parametrize(
    "given",
    [
        {"method": "DELETE"},
        {"headers": {"Authorization": "Basic x"}},
        {"headers": {"X-Api-Key": "x"}},
        {"headers": {"A": "b\r\nC: d"}},
        {"headers": {"A: b\r\nC": "d"}},
        {"accept": "a\r\nb: c"},
    ],
)
def test_requests_that_no_service_needs_are_refused(fetch, given):
    with Server({"*": GOOD}) as server:
        refused(fetch, server.url(), Trouble.REFUSED, **given)
        assert not server.asked


def test_cookies_are_neither_kept_nor_sent(fetch):
    with Server({"*": reply(b"{}", Set_Cookie="id=1; Path=/")}) as server:
        assert "set-cookie" not in fetch(Request(server.url())).headers
        fetch(Request(server.url()))
        assert all("cookie" not in asked.headers for asked in server.asked)


def test_nothing_is_cached(fetch):
    with Server({"*": reply(b"{}", Cache_Control="public, max-age=3600", ETag='"1"')}) as server:
        for _ in range(3):
            fetch(Request(server.url()))
        assert len(server.asked) == 3


def test_what_qgis_cached_is_no_answer(fetch):
    """Qt answers from its cache where a server fails: a dead service looked alive, or the request never ended."""
    from qgis.core import QgsBlockingNetworkRequest
    from qgis.PyQt.QtCore import QUrl
    from qgis.PyQt.QtNetwork import QNetworkRequest

    with Server(
        {"*": reply(b'{"a": 1}', Cache_Control="max-age=3600", Last_Modified="Sat, 01 Jun 2024 00:00:00 GMT")}
    ) as server:
        assert QgsBlockingNetworkRequest().get(QNetworkRequest(QUrl(server.url("/x")))) == 0
        server.answers["*"] = reply(b"failed", 500)
        refused(fetch, server.url("/x"), Trouble.SERVER, 500, time_limit_s=5)


def test_few_requests_reach_a_host_at_once(qgis_app):
    from twin_plugin.bridge.net.http import opened

    lock, now, most = threading.Lock(), {}, {}

    def answer(connection, asked):
        port = connection.getsockname()[1]
        with lock:
            now[port] = now.get(port, 0) + 1
            most[port] = max(most.get(port, 0), now[port])
        time.sleep(0.05)
        with lock:
            now[port] -= 1
        connection.sendall(GOOD)

    with Server({"*": answer}) as server, Server({"*": answer}) as other, ThreadPoolExecutor(20) as pool:

        def ask(number):
            # Several clients in several threads share the limit.
            with opened() as fetch:
                return fetch(Request((server if number % 2 else other).url(f"/{number}"))).status

        assert list(pool.map(ask, range(80))) == [200] * 80
        assert 1 < most[server.port] <= 5
        assert 1 < most[other.port] <= 5
        assert len(server.asked) == 40


def test_the_event_loop_goes_on_while_threads_wait(qgis_app):
    from qgis.PyQt.QtCore import QCoreApplication, QTimer

    from twin_plugin.bridge.net.http import opened

    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)
    with Server({"*": silence}) as server:

        def ask():
            with opened() as fetch, pytest.raises(WebError):
                fetch(Request(server.url(), time_limit_s=1))

        thread = threading.Thread(target=ask)
        thread.start()
        while thread.is_alive():
            QCoreApplication.processEvents()
            time.sleep(0.001)
    timer.stop()
    assert len(ticks) > 50


def test_nothing_is_left_after_the_last_request(qgis_app):
    from twin_plugin.bridge.net.http import opened

    def left():
        return [thread.name for thread in threading.enumerate() if thread.name.startswith("twin-")]

    def answer(connection, asked):
        while asked is not None:
            connection.sendall(reply(b"{}", Connection="keep-alive"))
            asked = read(connection)
        closed.set()

    closed = threading.Event()
    with Server({"*": answer}) as server:
        with opened() as fetch:
            fetch(Request(server.url()))
            assert not closed.is_set()
        assert closed.wait(10)
        assert wait_until(lambda: not left())


def test_an_error_of_the_client_itself_ends_one_request(qgis_app, monkeypatch):
    from twin_plugin.bridge.net import hop
    from twin_plugin.bridge.net.http import opened

    class Broken:
        def __init__(self, limit):
            raise KeyError("a mistake")

    with Server({"*": GOOD}) as server, opened() as fetch:
        with monkeypatch.context() as patch:
            patch.setattr(hop, "Unpacker", Broken)
            assert "KeyError" in refused(fetch, server.url(), Trouble.BAD_REPLY)
        assert fetch(Request(server.url())).status == 200


def test_a_system_without_threads_ends_one_request(qgis_app, monkeypatch):
    from twin_plugin.bridge.net.http import opened

    start = threading.Thread.start

    def full(thread):
        if thread.name in refusing:
            raise RuntimeError("can't start new thread")
        start(thread)

    refusing = ()
    monkeypatch.setattr(threading.Thread, "start", full)
    with Server({"*": GOOD}) as server, opened() as fetch:
        for name, url in (("twin-http", server.url()), ("twin-lookup", f"http://localhost:{server.port}/")):
            refusing = (name,)
            assert "thread" in refused(fetch, url, Trouble.BAD_REPLY, time_limit_s=20)
            refusing = ()
            assert fetch(Request(url, time_limit_s=20)).status == 200


def test_an_error_while_waiting_ends_the_request(qgis_app):
    from twin_plugin.bridge.net.http import opened

    left = threading.Event()

    def answer(connection, asked):
        connection.recv(1)  # until the client goes away
        left.set()

    def broken(fraction, text=""):
        raise RuntimeError("the dialog is gone")

    with Server({"*": answer}) as server, opened():
        with pytest.raises(RuntimeError, match="gone"), opened(broken) as fetch:
            fetch(Request(server.url(), time_limit_s=50))
        assert left.wait(10)


def test_no_secret_is_told(qgis_app, fetch, login_for, canary):
    from qgis.core import QgsApplication, QgsNetworkAccessManager

    told = []
    QgsApplication.messageLog().messageReceived.connect(lambda *arguments: told.append(repr(arguments)))
    seen = []
    QgsNetworkAccessManager.instance().requestAboutToBeCreated.connect(lambda request: seen.append(request))
    with Server({"/slow": silence, "/denied": reply(b"", 401), "/bad": reply(b"x", kind="text/html")}) as server:
        name = login_for(server.url())
        for path, trouble in (("/slow", Trouble.TIMEOUT), ("/denied", Trouble.DENIED), ("/bad", Trouble.BAD_REPLY)):
            url = server.url(f"{path}?token={canary}")
            text = refused(fetch, url, trouble, auth=name, kinds=("json",), time_limit_s=0.3)
            assert canary not in text
        with pytest.raises(WebError) as caught:
            fetch(Request(f"http://user:{canary}@127.0.0.1:{server.port}/"))
        told.append(str(caught.value))
    QgsApplication.processEvents()
    assert canary not in "".join(told)
    assert not seen


MANY = """
import os, sys
from qgis.core import QgsApplication
from tests.hostile import Server, read, reply

def answer(connection, asked):
    while asked is not None:
        connection.sendall(reply(b"x" * int(asked.path[1:]), Connection="keep-alive"))
        asked = read(connection)

application = QgsApplication([], False)
application.initQgis()
from twin_plugin.bridge.net.http import opened
from twin_plugin.core.web.fetch import Request
with Server({"*": answer}) as server, opened() as fetch:
    for number in range(2500):
        size = number * 997 % 200_000
        assert len(fetch(Request(server.url(f"/{size}"))).body) == size
print("all came", flush=True)
os._exit(0)
"""


def test_many_requests_one_after_the_other():
    """Connections are kept, thousands of times."""
    ran = subprocess.run(
        [sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, timeout=200, check=False
    )
    assert ran.stdout.strip() == "all came", ran.stderr[-2000:]
