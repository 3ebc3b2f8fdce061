"""A server on loopback that answers just as a test says, byte by byte, and keeps what it was asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from twin_plugin.core.web.fetch import Request, Trouble, WebError


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Listening:
    """A listener on loopback while the block lasts; a subclass says in `_answer` what becomes of a connection."""

    host = "127.0.0.1"

    def __enter__(self):
        self._listener = socket.create_server((self.host, 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()


@dataclass
class Server(Listening):
    """Give `answers` a function from a path to what is written to its connection.

    An answer is bytes, or a function (connection, Asked) that writes by itself; the connection is closed afterwards.
    The path counts without its query; "*" stands for all others. `adjust` changes how TLS is spoken.
    """

    answers: dict[str, bytes | Callable[[socket.socket, Asked], None]] = field(default_factory=dict)
    certificate: str = ""
    host: str = "127.0.0.1"
    adjust: Callable[[ssl.SSLContext], None] = lambda context: None
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Server:
        self._context = None
        if self.certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(self.certificate)
            self.adjust(self._context)
        self._lock = threading.Lock()
        self.stopped = threading.Event()
        super().__enter__()
        return self

    def __exit__(self, *_) -> None:
        self.stopped.set()
        super().__exit__()

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.certificate else 'http'}://{self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            asked = read(connection)
            if asked is None:
                return
            with self._lock:
                self.asked.append(asked)
            answer = self.answers.get(asked.path.partition("?")[0], self.answers.get("*", reply(b"", 404)))
            if callable(answer):
                answer(connection, asked)
            else:
                connection.sendall(answer)
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def reply(body: bytes = b"", status: int = 200, kind: str = "application/json", **headers: str) -> bytes:
    """A whole reply. Headers are given as Retry_After="3"; one that is None is left out."""
    given = {
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Connection": "close",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"HTTP/1.1 {status} Told", *(f"{name}: {value}" for name, value in given.items() if value is not None)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def refused(fetch, url: str, trouble: Trouble, status: int | None = None, **request) -> str:
    """The sentence of the error that must come."""
    with pytest.raises(WebError) as caught:
        fetch(Request(url, **request))
    text = str(caught.value)
    assert caught.value.trouble is trouble, text
    assert status is None or caught.value.status == status
    assert "\n" not in text
    assert len(text) < 500
    return text


def redirect(location: str, status: int = 302) -> bytes:
    return reply(b"", status, Location=location)


def read(connection: socket.socket) -> Asked | None:
    """The next request of a connection; None at its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    method, path, _ = first.split(" ", 2)
    return Asked(method, path, headers, body)
