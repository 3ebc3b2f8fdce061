"""The thread that talks HTTP: single requests on QGIS's network manager, with limits kept while the bytes arrive.

A `Hop` is one request without redirects, retries or judgement of its status; `http.py` makes requests out of hops. All
of Qt's network objects live in this thread, so a caller in any thread may wait without an event loop of its own.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QObject, QThread, QTimer, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest, QSslError

from ...core.common.messages import Message
from ...core.web.address import host
from ...core.web.fetch import Trouble

HOST_LIMIT = 5
"""Requests to one host at once, over all threads."""

TOTAL_LIMIT = 24
"""Requests at once to all hosts."""

_TICK_MS = 50
_BUFFER_BYTES = 512 * 1024
_MANUAL = QNetworkRequest.LoadControl.Manual


@dataclass
class Hop:
    """One request on its way; the results count once `done` is set.

    Attributes
    ----------
    request : QNetworkRequest
        With its headers and authentication.
    byte_limit : int
        For the body, both as it is sent and unpacked.
    seconds_left : float
        The hop is ended after these, counted from when it may start.
    trouble : Trouble or None
        Why there is no usable reply; `reason` says it in a few words. None even for a status such as 404.
    answered : bool
        Whether anything came from the server.
    began, ended : float
        Monotonic seconds; `began` is 0 while it waits for its turn.
    """

    request: QNetworkRequest
    method: str
    body: bytes
    byte_limit: int
    seconds_left: float
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: bool = False
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    trouble: Trouble | None = None
    reason: str = ""
    answered: bool = False
    began: float = 0.0
    ended: float = 0.0


class _Unpacker:
    """Bytes as they come to the body, unpacked where they are packed, never more than a limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._engine: zlib._Decompress | None = None
        self._raw_deflate = False
        self.received = 0
        self.size = 0
        self.pieces: list[bytes] = []

    def begin(self, encoding: str) -> bool:
        """Take a Content-Encoding; False for one that was not asked for."""
        if encoding in ("gzip", "x-gzip", "deflate"):
            self._engine = zlib.decompressobj(47)
            self._raw_deflate = encoding == "deflate"
        return self._engine is not None or encoding in ("", "identity")

    def feed(self, data: bytes) -> bool:
        """Add bytes; False once there are too many. zlib.error for what is not packed as it says."""
        self.received += len(data)
        if self._engine is None:
            return self._keep(data)
        while data:
            data = self._unpack(data)
            if self.size > self._limit:
                return False
        return self.received <= self._limit

    def complete(self) -> bool:
        """Whether the packed stream came to its end."""
        return self._engine is None or self._engine.eof or not self.received

    def _unpack(self, data: bytes) -> bytes:
        engine = self._engine
        if engine is None or engine.eof:  # another member follows
            engine = self._engine = zlib.decompressobj(47)
        try:
            piece = engine.decompress(data, max(1, min(self._limit - self.size + 1, 1 << 20)))
        except zlib.error:
            if not self._raw_deflate or self.size:
                raise
            self._raw_deflate = False
            self._engine = zlib.decompressobj(-15)
            return data
        self._keep(piece)
        return engine.unconsumed_tail or engine.unused_data

    def _keep(self, piece: bytes) -> bool:
        self.size += len(piece)
        if self.size <= self._limit and piece:
            self.pieces.append(piece)
        return self.size <= self._limit


@dataclass
class _Active:
    """A hop whose request is out."""

    hop: Hop
    reply: QNetworkReply
    host: str
    unpacker: _Unpacker
    deadline: float
    tls: str = ""
    judged: bool = False
    over: bool = False


class _Worker(QObject):
    """Runs hops in the thread where it was made; only `submit` is called from others."""

    wake = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._manager = QgsNetworkAccessManager.instance()
        # QGIS asks the user about passwords and certificates, blocks until the main thread answers, and shows requests
        # with their secrets in its network log: none of that for ours. Proxies and certificates are still QGIS's own.
        self._manager.disconnect()
        # For a status of 500 and more Qt gives what it once cached instead, whatever a request says, and never ends.
        self._manager.setCache(None)
        self._incoming: deque[Hop] = deque()
        self._waiting: deque[Hop] = deque()
        self._active: list[_Active] = []
        self._load: Counter[str] = Counter()
        self.wake.connect(self._take)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def submit(self, hop: Hop) -> None:
        self._incoming.append(hop)
        self.wake.emit()

    def close(self) -> None:
        """End all that is under way."""
        self._timer.stop()
        for active in list(self._active):
            self._end(active, Trouble.UNREACHABLE, Message("the network was closed"))
        for hop in (*self._waiting, *self._incoming):
            hop.trouble, hop.reason = Trouble.UNREACHABLE, Message("the network was closed")
            hop.done.set()

    def _take(self) -> None:
        while self._incoming:
            self._waiting.append(self._incoming.popleft())
        later: deque[Hop] = deque()
        while self._waiting and len(self._active) < TOTAL_LIMIT:
            hop = self._waiting.popleft()
            name = host(hop.request.url().toString())
            if hop.cancelled:
                hop.done.set()
            elif self._load[name] >= HOST_LIMIT:
                later.append(hop)
            else:
                self._start(hop, name)
        later.extend(self._waiting)
        self._waiting = later

    def _start(self, hop: Hop, name: str) -> None:
        hop.began = time.monotonic()
        body = QByteArray(hop.body)
        if hop.method == "POST":
            reply = self._manager.post(hop.request, body)
        elif hop.method == "HEAD":
            reply = self._manager.head(hop.request)
        else:
            reply = self._manager.get(hop.request)
        _unmonitored(reply)
        # QGIS would ask the user about certificates, and log the address when its own time is up.
        reply.sslErrors.disconnect()
        # Ours is mostly up before: then the timer is left alone, since its wrapper may crash PyQt (see _unmonitored).
        if 1000 * hop.seconds_left >= QgsNetworkAccessManager.timeout():
            timer = _unmonitored(reply.findChild(QTimer, "timeoutTimer"))
            if timer is not None:
                timer.stop()
        reply.setReadBufferSize(_BUFFER_BYTES)
        active = _Active(hop, reply, name, _Unpacker(hop.byte_limit), hop.began + hop.seconds_left)
        self._active.append(active)
        self._load[name] += 1
        reply.sslErrors.connect(partial(self._tls, active))
        reply.metaDataChanged.connect(partial(self._head, active))
        reply.readyRead.connect(partial(self._read, active))
        reply.finished.connect(partial(self._finished, active))
        if reply.isFinished():
            self._finished(active)

    def _tick(self) -> None:
        now = time.monotonic()
        for active in list(self._active):
            if active.hop.cancelled:
                self._end(active, None, "")
            elif now > active.deadline:
                reason = Message("no complete answer within {seconds:.0f} s", seconds=active.hop.seconds_left)
                self._end(active, Trouble.TIMEOUT, reason)
        if self._waiting:
            self._take()

    def _tls(self, active: _Active, errors: list[QSslError]) -> None:
        """Certificates with errors are refused, but for those that the user accepted for this host in QGIS."""
        if _accepted(active.reply, errors):
            active.reply.ignoreSslErrors(errors)
        else:
            active.tls = errors[0].errorString() if errors else "an unknown error"

    def _head(self, active: _Active) -> None:
        """Look at status and headers before the body comes."""
        if active.judged or active.over:
            return
        status = active.reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status is None:
            return
        hop = active.hop
        active.judged = hop.answered = True
        hop.status = int(status)
        hop.headers = _headers(active.reply)
        if hop.method == "HEAD" or 300 <= hop.status < 400:
            return
        if not active.unpacker.begin(hop.headers.get("content-encoding", "").strip().lower()):
            self._later(active, Trouble.BAD_REPLY, Message("it is packed in a way that was not asked for"))
        length = hop.headers.get("content-length", "").strip()
        if length.isdigit() and len(length) < 20 and int(length) > hop.byte_limit:
            self._later(active, Trouble.TOO_LARGE, _too_large(hop))

    def _read(self, active: _Active) -> None:
        if active.over:
            return
        self._head(active)
        data = bytes(active.reply.readAll())
        if active.hop.trouble is not None or 300 <= active.hop.status < 400:
            return
        try:
            if not active.unpacker.feed(data):
                self._later(active, Trouble.TOO_LARGE, _too_large(active.hop))
        except zlib.error:
            self._later(active, Trouble.BAD_REPLY, Message("it is packed, and broken"))

    def _later(self, active: _Active, trouble: Trouble, reason: str) -> None:
        """End a hop from within one of its reply's own signals."""
        active.hop.trouble, active.hop.reason = trouble, reason
        active.unpacker.pieces.clear()
        QTimer.singleShot(0, partial(self._end, active, trouble, reason))

    def _finished(self, active: _Active) -> None:
        if active.over:
            return
        self._read(active)
        trouble, reason = self._verdict(active)
        if trouble is None:
            active.hop.content = b"".join(active.unpacker.pieces)
        self._end(active, trouble, reason)

    def _verdict(self, active: _Active) -> tuple[Trouble | None, str]:
        """Why a finished hop has no usable reply, or None."""
        hop, error = active.hop, active.reply.error()
        if hop.trouble is not None:
            return hop.trouble, hop.reason
        if active.tls:
            return Trouble.TLS, Message("its certificate is not trusted ({error})", error=active.tls.rstrip("."))
        if not hop.status:
            return _no_answer(error)
        cut = 200 <= hop.status < 300 and hop.method != "HEAD" and not _whole(hop, active.unpacker)
        if cut or error in _INCOMPLETE:
            return Trouble.BAD_REPLY, Message("its answer was cut off")
        return None, ""

    def _end(self, active: _Active, trouble: Trouble | None, reason: str) -> None:
        if active.over:
            return
        active.over = True
        hop, reply = active.hop, active.reply
        hop.trouble, hop.reason, hop.ended = trouble, reason, time.monotonic()
        if not reply.isFinished():
            reply.abort()
        # The slots hold this hop, and with it the reply: let go of both.
        for signal in (reply.sslErrors, reply.metaDataChanged, reply.readyRead, reply.finished):
            with suppress(TypeError):
                signal.disconnect()
        reply.deleteLater()
        active.unpacker.pieces = []
        self._active.remove(active)
        self._load[active.host] -= 1
        if self._load[active.host] <= 0:
            del self._load[active.host]
        hop.done.set()
        if self._waiting or self._incoming:
            QTimer.singleShot(0, self._take)


def _unmonitored(item: Any) -> Any:
    """Keep PyQt from watching an object of this thread.

    PyQt learns in the main thread, and later, that an object made by Qt is gone. By then another one may have its
    address, and is taken for the dead one: "wrapped C/C++ object has been deleted".
    """
    if item is not None:
        # Nothing is connected where PyQt still has a wrapper for the address.
        with suppress(TypeError):
            item.destroyed.disconnect()
    return item


class _HttpThread(QThread):
    """The thread, with its event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("twin-http")
        self.ready = threading.Event()
        self.worker: _Worker
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            self.worker = _Worker()
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            self.failure = error
            return
        finally:
            self.ready.set()
        self.exec()
        self.worker.close()
        del self.worker


_lock = threading.Lock()
_users = 0
_thread: _HttpThread | None = None


@contextmanager
def running() -> Iterator[Callable[[Hop], None]]:
    """The function that hands a hop to the thread, which runs as long as anyone is inside.

    One thread serves all, so that the limits for a host hold over everything that the plugin does.
    """
    global _users, _thread
    with _lock:
        if _thread is None:
            QgsApplication.authManager().isDisabled()  # sets it up, in a thread that may
            _thread = _HttpThread()
            _thread.start()
            _thread.ready.wait()
            if _thread.failure is not None:
                failed, _thread = _thread, None
                failed.wait()
                raise failed.failure
        _users += 1
        thread = _thread
    try:
        yield thread.worker.submit
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                _thread = None
                thread.quit()
                thread.wait()


_ERROR = QNetworkReply.NetworkError
# With a status, these say that the body did not come whole.
_INCOMPLETE = (_ERROR.RemoteHostClosedError, _ERROR.TimeoutError, _ERROR.TemporaryNetworkFailureError)


_PROXY_ERRORS = (
    _ERROR.ProxyAuthenticationRequiredError, _ERROR.ProxyConnectionRefusedError, _ERROR.ProxyConnectionClosedError,
    _ERROR.ProxyNotFoundError, _ERROR.ProxyTimeoutError,
)  # fmt: skip


def _no_answer(error: QNetworkReply.NetworkError) -> tuple[Trouble, str]:
    if error == _ERROR.HostNotFoundError:
        return Trouble.UNREACHABLE, Message("no such host is known")
    if error == _ERROR.ConnectionRefusedError:
        return Trouble.UNREACHABLE, Message("it refuses connections")
    if error in (_ERROR.TimeoutError, _ERROR.OperationCanceledError):
        return Trouble.TIMEOUT, Message("it does not answer")
    if error == _ERROR.SslHandshakeFailedError:
        return Trouble.TLS, Message("no secure connection could be made")
    if error in _PROXY_ERRORS:
        return Trouble.UNREACHABLE, Message("the proxy that is set in QGIS does not let it through")
    if error in (_ERROR.ProtocolFailure, _ERROR.ProtocolUnknownError, _ERROR.ProtocolInvalidOperationError):
        return Trouble.BAD_REPLY, Message("what it sends is not HTTP")
    return Trouble.UNREACHABLE, Message("it closed the connection without an answer")


def _too_large(hop: Hop) -> str:
    return Message("its answer is larger than the {size:.3g} MB that are taken", size=hop.byte_limit / 1e6)


def _whole(hop: Hop, unpacker: _Unpacker) -> bool:
    length = hop.headers.get("content-length", "").strip()
    return unpacker.complete() and (not length.isdigit() or len(length) > 18 or unpacker.received >= int(length))


def _headers(reply: QNetworkReply) -> dict[str, str]:
    """Names in lower case; cookies stay out."""
    found = {bytes(name).decode("latin-1").lower(): bytes(value) for name, value in reply.rawHeaderPairs()}
    return {
        name: value.decode("utf-8", "replace") for name, value in found.items() if not name.startswith("set-cookie")
    }


def _accepted(reply: QNetworkReply, errors: list[QSslError]) -> bool:
    """Whether the user has told QGIS to accept just these errors of just this certificate at this host."""
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not errors:
        return False
    url = reply.url()
    config = manager.sslCertCustomConfigByHost(f"{url.host().strip()}:{url.port(443)}")
    if config.isNull() or config.sslCertificate() != reply.sslConfiguration().peerCertificate():
        return False
    ignored = set(config.sslIgnoredErrorEnums())
    return all(error.error() in ignored for error in errors)
