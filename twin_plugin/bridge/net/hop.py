"""One request without redirects, retries or judgement of its status: its bytes out, its reply in, within its limits.

A hop runs in a thread of its own, on sockets of the standard library. No object of Qt takes part: PyQt watches those of
other threads from the main thread, and an exception in one of their slots ends the process.
"""

from __future__ import annotations

import http.client
import logging
import ssl
import threading
import time
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from ...core.common.messages import Message
from ...core.web import address, secrets
from ...core.web.fetch import Trouble
from .certificates import ClientCertificate
from .no_reply import Abandoned, NoReply
from .proxies import Proxy, ProxyType, tunnel
from .resolver import Endpoint, lookup
from .unpacking import Unpacker
from .wire import Watch, Wire, no_connection

IDLE_LIMIT = 10
"""Connections that are kept for further requests of a client: each is an open file."""

_PIECE_BYTES = 64 * 1024
_ERROR_BYTES = 100_000  # of a reply that says why there is none

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Target:
    """Where a request goes: requests with the same target may use the same connection.

    Attributes
    ----------
    host : str
        ASCII.
    context : ssl.SSLContext or None
        For https.
    accepted : bytes
        The only certificate (DER) that is taken, where there is one.
    login : ClientCertificate or None
        What the client shows, which is in the context.
    """

    host: str
    port: int
    proxy: Proxy | None = None
    context: ssl.SSLContext | None = None
    accepted: bytes = b""
    login: ClientCertificate | None = None


@dataclass(eq=False)
class Hop:
    """One request on its way; the results count once `done` is set.

    Attributes
    ----------
    resource : str
        Path and query as they are sent; the whole address where a proxy of HTTP is asked.
    admits : callable
        From the endpoints of the host to those that may be asked; raises NoReply where there is none.
    byte_limit : int
        For the body, both as it is sent and unpacked.
    seconds_left : float
        The hop is ended after these, counted from `began`.
    untrusted : bool
        Whether the certificate was refused.
    trouble : Trouble or None
        Why there is no usable reply; `reason` says it in a few words. None even for a status such as 404.
    answered : bool
        Whether anything came from the server.
    """

    target: Target
    method: str
    resource: str
    headers: list[tuple[str, str]]
    body: bytes
    byte_limit: int
    seconds_left: float
    admits: Callable[[list[Endpoint], Watch], list[Endpoint]]
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: bool = False
    status: int = 0
    received_headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    untrusted: bool = False
    trouble: Trouble | None = None
    reason: str = ""
    answered: bool = False
    began: float = 0.0
    ended: float = 0.0


class Connections:
    """Connections that may serve another request; each is used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[Target, Wire]] = []
        self._open = True

    def take(self, target: Target) -> Wire | None:
        """An idle connection to the target."""
        while True:
            with self._lock:
                found = next((pair for pair in self._idle if pair[0] == target), None)
                if found is None:
                    return None
                self._idle.remove(found)
            if found[1].is_idle():
                return found[1]
            found[1].close()

    def give(self, target: Target, wire: Wire) -> None:
        """Keep a connection for another request; of too many the oldest one is closed."""
        with self._lock:
            self._idle.append((target, wire))
            surplus = self._idle[: -IDLE_LIMIT if self._open else None]
            del self._idle[: len(surplus)]
        for _, old in surplus:
            old.close()

    def close(self) -> None:
        """Close all, and those that are given from now on."""
        with self._lock:
            self._open = False
            idle, self._idle = self._idle, []
        for _, wire in idle:
            wire.close()


def start(hop: Hop, connections: Connections) -> None:
    """Run a hop in a thread of its own."""
    hop.began = time.monotonic()
    try:
        threading.Thread(target=_run, args=(hop, connections), name="twin-http", daemon=True).start()
    except RuntimeError as error:  # the system has no more threads
        _end(hop, unforeseen(error))


def unforeseen(error: Exception) -> NoReply:
    """An error of ours ends one request, not the process; the log holds where it came from."""
    trace = secrets.without(address.redacted("".join(traceback.format_exception(error))))
    _log.error("A request failed for a reason that nobody thought of.\n%s", trace)
    text = address.redacted(f"{type(error).__name__}: {error}"[:200])
    return NoReply(Trouble.BAD_REPLY, Message("the request failed ({error})", error=text))


def _run(hop: Hop, connections: Connections) -> None:
    """Whatever happens ends in the hop's results."""
    try:
        _exchange(hop, connections)
    except NoReply as error:
        _end(hop, error)
    except Abandoned:
        hop.cancelled = True
        _end(hop, None)
    except Exception as error:  # noqa: BLE001 - also what nobody thought of
        _end(hop, unforeseen(error))
    else:
        _end(hop, None)


def _end(hop: Hop, failed: NoReply | None) -> None:
    if failed is not None:
        hop.trouble, hop.reason, hop.content = failed.trouble, failed.reason, b""
    hop.ended = time.monotonic()
    hop.done.set()


def _exchange(hop: Hop, connections: Connections) -> None:
    watch = Watch(hop.seconds_left, lambda: hop.cancelled)
    wire = connections.take(hop.target)
    if wire is not None:
        try:
            _served(hop, wire, watch, connections)
        except NoReply as error:
            if hop.answered or error.trouble is not Trouble.UNREACHABLE:
                raise
        else:
            return
    # The server may have closed an idle connection in the moment that we wrote to it: then it saw no request.
    _served(hop, None, watch, connections)


def _served(hop: Hop, wire: Wire | None, watch: Watch, connections: Connections) -> None:
    """Ask over a connection, a new one where there is none; keep it where it may serve again."""
    reusable = False
    fresh = wire is None
    wire = wire or Wire(watch)
    try:
        if fresh:
            _connect(hop, wire, watch)
        reusable = _ask(hop, wire, watch)
    except (http.client.RemoteDisconnected, OSError) as error:
        raise _broken(hop, error) from error
    except http.client.IncompleteRead as error:
        raise NoReply(Trouble.BAD_REPLY, Message("its answer was cut off")) from error
    except http.client.HTTPException as error:
        raise NoReply(Trouble.BAD_REPLY, _not_http(error)) from error
    finally:
        hop.answered = hop.answered or wire.answered
        if reusable:
            connections.give(hop.target, wire)
        else:
            wire.close()


def _not_http(error: http.client.HTTPException) -> Message:
    if isinstance(error, http.client.LineTooLong) or type(error) is http.client.HTTPException:  # of too many
        return Message("it sends longer or more headers than are read")
    return Message("what it sends is not HTTP")


def _broken(hop: Hop, error: Exception) -> NoReply:
    """Why a connection that broke gave no reply."""
    if isinstance(error, ssl.SSLCertVerificationError):
        hop.untrusted = True
        reason = Message("its certificate is not trusted ({error})", error=error.verify_message.rstrip("."))
        return NoReply(Trouble.TLS, reason)
    if hop.status:
        return NoReply(Trouble.BAD_REPLY, Message("its answer was cut off"))
    if isinstance(error, ssl.SSLError):
        return NoReply(Trouble.TLS, Message("no secure connection could be made"))
    return no_connection(error if isinstance(error, OSError) else OSError())


def _connect(hop: Hop, wire: Wire, watch: Watch) -> None:
    target = hop.target
    if target.proxy is None:
        endpoints = hop.admits(lookup(target.host, target.port, watch.wait), watch)
        wire.connect(endpoints)
    else:
        _to_proxy(wire, target, watch)
    if target.context is not None:
        shown = wire.secure(target.context, target.host)
        if target.accepted and shown != target.accepted:
            raise NoReply(Trouble.TLS, Message("its certificate is another one than the one that was accepted"))


def _to_proxy(wire: Wire, target: Target, watch: Watch) -> None:
    proxy = target.proxy
    wire.begin(watch)
    try:
        wire.connect(lookup(proxy.host, proxy.port, watch.wait))
        if target.context is not None or proxy.type is ProxyType.SOCKS5:
            tunnel(wire, proxy, target.host, target.port)
    except (OSError, http.client.HTTPException, NoReply) as error:
        watch.slice()
        if isinstance(error, NoReply) and error.trouble is Trouble.DENIED:
            raise
        raise NoReply(Trouble.UNREACHABLE, Message("the proxy that is set in QGIS does not let it through")) from error


def _ask(hop: Hop, wire: Wire, watch: Watch) -> bool:
    """Send the request and read its reply; whether the connection may serve another one."""
    wire.begin(watch)
    lines = [f"{hop.method} {hop.resource} HTTP/1.1", *(f"{name}: {value}" for name, value in hop.headers)]
    try:
        wire.sendall("\r\n".join((*lines, "", "")).encode("utf-8") + hop.body)
    except OSError:
        pass  # it may have answered before it had read everything
    reply = http.client.HTTPResponse(wire, method=hop.method)
    reply.begin()
    while 100 <= reply.status < 200:  # provisional, such as Early Hints
        reply = http.client.HTTPResponse(wire, method=hop.method)
        reply.begin()
    wire.head_came()
    hop.status, hop.received_headers = reply.status, _headers(reply)
    if 300 <= hop.status < 400:
        return reply.length == 0 and not reply.will_close
    _read(hop, reply, wire)
    return (reply.isclosed() or reply.length == 0) and not reply.will_close


def _read(hop: Hop, reply: http.client.HTTPResponse, wire: Wire) -> None:
    """The body of a reply."""
    unpacker = Unpacker(hop.byte_limit)
    if hop.method == "HEAD":
        return
    if not unpacker.begin(hop.received_headers.get("content-encoding", "").strip().lower()):
        raise NoReply(Trouble.BAD_REPLY, Message("it is packed in a way that was not asked for"))
    succeeded = 200 <= hop.status < 300
    if succeeded and (reply.length or 0) > hop.byte_limit:
        raise _too_large(hop)
    try:
        while piece := reply.read1(_PIECE_BYTES):
            wire.content_came()
            if not unpacker.feed(piece):
                if not succeeded:
                    break
                raise _too_large(hop)
            if not succeeded and unpacker.size > _ERROR_BYTES:
                break
    except zlib.error as error:
        if succeeded:
            raise NoReply(Trouble.BAD_REPLY, Message("it is packed, and broken")) from error
    if succeeded and (reply.length or not unpacker.complete()):
        raise NoReply(Trouble.BAD_REPLY, Message("its answer was cut off"))
    hop.content = unpacker.body()


def _headers(reply: http.client.HTTPResponse) -> dict[str, str]:
    """Names in lower case; cookies stay out."""
    found: dict[str, str] = {}
    for name, value in reply.headers.items():
        name, value = name.lower(), value.encode("latin-1", "replace").decode("utf-8", "replace")
        if not name.startswith("set-cookie"):
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _too_large(hop: Hop) -> NoReply:
    return NoReply(
        Trouble.TOO_LARGE,
        Message("its answer is larger than the {size:.3g} MB that are taken", size=hop.byte_limit / 1e6),
    )
