"""A fetch over the standard library, and a small HTTP server on loopback that answers as a test says."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from twin_plugin.core.web import address
from twin_plugin.core.web.address import Address
from twin_plugin.core.web.fetch import Reply, Request, Trouble, WebError

_TROUBLES = {401: Trouble.DENIED, 403: Trouble.DENIED, 404: Trouble.NOT_FOUND}


@dataclass
class Wire:
    """A fetch that remembers what was asked: `requests` in their order."""

    requests: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        _, _, port = Address(request.url).origin
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        started = time.perf_counter()
        try:
            path = "/" + request.url.split("/", 3)[3]
            headers = {"Accept": request.accept, **request.headers}
            if request.content_type:
                headers["Content-Type"] = request.content_type
            connection.request(request.method, path, request.body, headers)
            reply = connection.getresponse()
            body = reply.read()
        except OSError as error:
            raise WebError(f"'{request.url}' cannot be reached: {error}.", Trouble.UNREACHABLE) from None
        finally:
            connection.close()
        if not 200 <= reply.status < 300:
            trouble = _TROUBLES.get(reply.status, Trouble.SERVER)
            raise WebError(f"'{request.url}' answered {reply.status}.", trouble, reply.status)
        found = {name.lower(): value for name, value in reply.getheaders()}
        kind = found.get("content-type", "")
        if request.kinds and not any(part in kind for part in request.kinds):
            raise WebError(f"'{request.url}' sent {kind}.", Trouble.BAD_REPLY, reply.status)
        return Reply(request.url, reply.status, body, kind, found, time.perf_counter() - started)

    @property
    def urls(self) -> list[str]:
        """The addresses asked."""
        return [request.url for request in self.requests]


Answers = Callable[[str, dict[str, str]], object]
"""From path and parameters to a JSON value, bytes, or an integer status."""


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """The address of a server on loopback that answers every GET with what `answers` gives."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = f"http://x{self.path}"
            given = answers(address.unquoted(address.path(url)), dict(address.query_pairs(url)))
            status = given if type(given) is int else 200
            body = given if isinstance(given, bytes) else json.dumps({} if type(given) is int else given).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/xml" if body[:1] == b"<" else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
