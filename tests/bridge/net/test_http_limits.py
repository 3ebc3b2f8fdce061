"""Servers that never come to the point: headers, chunks and provisional replies without end, and lengths that lie."""

from __future__ import annotations

import gzip
import time
from contextlib import ExitStack

import psutil
import pytest

from tests.hostile import Server, read, refused, reply
from twin_plugin.core.web.fetch import Request, Trouble

CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


def many_headers(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Bomb: " + b"y" * 1_000 + b"\r\n")


def one_long_header(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        connection.sendall(b"z" * 100_000)


def long_status(connection, asked):
    connection.sendall(b"HTTP/1.1 200 ")
    while True:
        connection.sendall(b"z" * 100_000)


def provisional(connection, asked):
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def early_hints(connection, asked):
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)


def chunk_extension(connection, asked):
    connection.sendall(CHUNKED + b"5;")
    while True:
        connection.sendall(b"x" * 100_000)


def trailers(connection, asked):
    connection.sendall(CHUNKED + b"2\r\n{}\r\n0\r\n")
    while True:
        connection.sendall(b"X-Trailer: " + b"t" * 1_000 + b"\r\n")


@pytest.mark.parametrize(
    "answer", [many_headers, one_long_header, long_status, provisional, early_hints, chunk_extension, trailers]
)
def test_what_is_no_content_ends_early(fetch, answer):
    sent = []

    def counted(connection, asked):
        class Counting:
            def sendall(self, data):
                connection.sendall(data)
                sent.append(len(data))

        answer(Counting(), asked)

    with Server({"*": counted}) as server:
        started = time.monotonic()
        assert "headers" in refused(fetch, server.url(), Trouble.BAD_REPLY, time_limit_s=30)
        assert time.monotonic() - started < 25
    assert sum(sent) < 20_000_000, "what the system's buffers take, and no more"


def test_headers_that_drip_end_before_the_request(fetch, monkeypatch):
    from twin_plugin.bridge.net import wire

    def drip(connection, asked):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X: y\r\n")
            time.sleep(0.05)

    assert wire.HEAD_S == 10
    monkeypatch.setattr(wire, "HEAD_S", 0.5)
    with Server({"*": drip}) as server:
        started = time.monotonic()
        assert "headers" in refused(fetch, server.url(), Trouble.TIMEOUT, time_limit_s=50)
        assert time.monotonic() - started < 20


def test_a_server_may_think_longer_than_its_headers_may_take(fetch, monkeypatch):
    from twin_plugin.bridge.net import wire

    def thoughtful(connection, asked):
        time.sleep(0.8)
        connection.sendall(reply(b"{}"))

    monkeypatch.setattr(wire, "HEAD_S", 0.3)
    with Server({"*": thoughtful}) as server:
        assert fetch(Request(server.url())).body == b"{}"


def test_hints_before_a_reply_are_passed_over(fetch):
    hints = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    with Server({"*": hints + reply(b"{}")}) as server:
        got = fetch(Request(server.url()))
    assert (got.status, got.body) == (200, b"{}")
    assert "link" not in got.headers


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (reply(b"{}", Content_Length="1"), b"{"),
        (reply(b"{}", Content_Length="-5"), b"{}"),
        (reply(b"{}", Content_Length="many"), b"{}"),
        (reply(b"", 204, Content_Length="50"), b""),
        (CHUNKED + b"1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: a\r\n\r\n", b"{}"),
    ],
    ids=["short", "negative", "words", "none", "extension"],
)
def test_lengths_that_lie_do_no_harm(fetch, answer, body):
    with Server({"*": answer}) as server:
        assert fetch(Request(server.url())).body == body


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 20",
        reply(b"{}", Content_Length="50"),
        CHUNKED + b"5\r\n{}",
        CHUNKED + b"nonsense\r\n{}",
    ],
)
def test_headers_and_chunks_that_break_off_are_no_empty_reply(fetch, answer):
    with Server({"*": answer}) as server:
        whole_head = b"\r\n\r\n" in answer
        text = refused(fetch, server.url(), Trouble.BAD_REPLY if whole_head else Trouble.UNREACHABLE)
    assert ("cut off" if whole_head else "closed") in text


def test_an_error_page_of_any_size_is_an_error_of_the_server(fetch):
    with Server({"*": reply(b'{"message": "the disk is full"}' + b" " * 10_000_000, 500)}) as server:
        text = refused(fetch, server.url(), Trouble.SERVER, 500, byte_limit=1_000_000)
    assert "the disk is full" in text


def test_an_endless_error_page_is_not_read(fetch):
    sent = []

    def answer(connection, asked):
        connection.sendall(b"HTTP/1.1 500 Bad\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(1_000):
            connection.sendall(b" " * 100_000)
            sent.append(100_000)

    with Server({"*": answer}) as server:
        refused(fetch, server.url(), Trouble.SERVER, 500, time_limit_s=30)
    assert sum(sent) < 20_000_000, "what the system's buffers take, and no more"


def keep_alive(connection, asked):
    while asked is not None:
        connection.sendall(reply(b"{}", Connection="keep-alive"))
        asked = read(connection)


def test_a_connection_serves_one_request_after_the_other(fetch):
    connections = []

    def answer(connection, asked):
        connections.append(connection)
        keep_alive(connection, asked)

    with Server({"*": answer}) as server:
        for _ in range(5):
            fetch(Request(server.url()))
        fetch(Request(server.url(), "POST", b"{}", "application/json"))
    assert len(connections) == 1


def test_few_connections_are_kept(fetch):
    """A check of thousands of services must not keep a file open for each."""
    servers = [Server({"*": keep_alive}) for _ in range(14)]
    with ExitStack() as stack:
        for server in servers:
            stack.enter_context(server)
        before = open_sockets()
        for server in servers:
            fetch(Request(server.url()))
        kept = [socket for socket in open_sockets() - before if socket[1] in {server.port for server in servers}]
    assert 0 < len(kept) <= 10


def open_sockets():
    """Local port and remote port of the connections of this process that are established."""
    listed = psutil.Process().net_connections("tcp") if hasattr(psutil.Process, "net_connections") else []
    listed = listed or psutil.Process().connections("tcp")
    return {(one.laddr.port, one.raddr.port) for one in listed if one.status == psutil.CONN_ESTABLISHED}


def test_a_kept_connection_that_the_server_closed_is_not_missed(qgis_app):
    """Closed before, or in the moment that the next request is written: it is asked over another one, at once."""
    from twin_plugin.bridge.net.http import opened

    asked_twice = []

    def answer(connection, asked):
        connection.sendall(reply(b"{}", Connection="keep-alive"))
        if asked.path == "/late" and read(connection) is not None:  # reads the next request, and goes away
            asked_twice.append(True)

    with Server({"*": answer}) as server, opened(fail_fast=True) as fetch:
        for _ in range(3):
            fetch(Request(server.url("/early")))
            time.sleep(0.1)
        fetch(Request(server.url("/late")))
        assert fetch(Request(server.url("/next"))).status == 200
    assert asked_twice == [True]


def test_what_follows_a_reply_is_no_reply(fetch):
    """A server that sends two replies for one request must not answer the next one with the second."""

    def answer(connection, asked):
        while asked is not None:
            body = asked.path.encode()
            connection.sendall(reply(body, Connection="keep-alive") + reply(b"planted", Connection="keep-alive"))
            asked = read(connection)

    with Server({"*": answer}) as server:
        for number in range(10):
            assert fetch(Request(server.url(f"/{number}"))).body == f"/{number}".encode()


def test_what_comes_unasked_on_a_kept_connection_is_no_reply(fetch):
    def answer(connection, asked):
        while asked is not None:
            connection.sendall(reply(asked.path.encode(), Connection="keep-alive"))
            time.sleep(0.05)
            connection.sendall(reply(b"planted", Connection="keep-alive"))
            asked = read(connection)

    with Server({"*": answer}) as server:
        for number in range(3):
            assert fetch(Request(server.url(f"/{number}"))).body == f"/{number}".encode()
            time.sleep(0.3)


def test_a_packed_reply_ends_where_it_says(fetch):
    packed = gzip.compress(b"{}")
    with Server({"*": reply(packed + b"junk", Content_Encoding="gzip")}) as server:
        refused(fetch, server.url(), Trouble.BAD_REPLY)
