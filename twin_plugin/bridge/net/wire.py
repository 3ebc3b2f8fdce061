"""One connection: it waits no longer than its request may, ends when nobody waits for it, and counts what comes."""

from __future__ import annotations

import errno
import io
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence

from ...core.common.messages import Message
from ...core.web.fetch import Trouble
from .no_reply import Abandoned, NoReply
from .resolver import Endpoint

HEAD_BYTES = 256_000
"""Bytes that bring no content at most: status, headers, and what chunks have around them."""

HEAD_S = 10.0
"""Seconds from the first byte of an answer to the end of its headers."""

_SLICE_S = 0.05
_CONNECT_S = 5.0  # where another address of the host is left to try
_BUFFER_BYTES = 64 * 1024
_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN)
# Not every system has poll; select takes only the first 1024 files of a process.
_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)


class Watch:
    """How long a request may go on: to its deadline, and as long as somebody waits for it."""

    def __init__(self, seconds: float, is_abandoned: Callable[[], bool]) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._is_abandoned = is_abandoned

    def slice(self) -> float:
        """Seconds until one has to look again.

        Raises
        ------
        Abandoned
        NoReply
            TIMEOUT.
        """
        if self._is_abandoned():
            raise Abandoned
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise NoReply(Trouble.TIMEOUT, Message("no complete answer within {seconds:.0f} s", seconds=self._seconds))
        return min(left, _SLICE_S)

    def wait(self, event: threading.Event) -> None:
        """Return when the event is set; raises as `slice`."""
        while not event.wait(self.slice()):
            pass


class Wire(io.RawIOBase):
    """A connected socket, as a raw stream for `http.client`.

    Attributes
    ----------
    watch : Watch
        That of the request that uses it; the next one sets its own.
    bare : int
        Bytes that came since the last content.
    answered : bool
        Whether anything came.
    """

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch = watch
        self.bare = 0
        self.answered = False
        self._head_ends: float | None = None
        self._in_head = True
        self._socket: socket.socket | ssl.SSLSocket | None = None
        self._reader: _Reader

    def connect(self, endpoints: Sequence[Endpoint]) -> None:
        """Connect to the first of the endpoints that takes it.

        Raises
        ------
        NoReply
            UNREACHABLE or TIMEOUT, for the last of them.
        """
        for number, endpoint in enumerate(endpoints, 1):
            until = None if number == len(endpoints) else time.monotonic() + _CONNECT_S
            try:
                self._connect(endpoint, until)
            except NoReply:
                self._socket.close()
                self.watch.slice()  # its time may be up: then no other is tried
                if number == len(endpoints):
                    raise
            else:
                return

    def secure(self, context: ssl.SSLContext, host: str) -> bytes:
        """Speak TLS from now on; returns the server's certificate (DER).

        Raises
        ------
        NoReply
            TLS, or as `readinto`.
        ssl.SSLCertVerificationError
            For a certificate that is not trusted.
        """
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
            self._retried(self._socket.do_handshake)
            return self._socket.getpeercert(binary_form=True) or b""
        except ssl.SSLCertVerificationError:
            raise
        except (ssl.SSLError, ValueError) as error:
            raise NoReply(Trouble.TLS, Message("no secure connection could be made")) from error

    def begin(self, watch: Watch) -> None:
        """Start a request."""
        self.watch = watch
        self.bare = 0
        self.answered, self._in_head, self._head_ends = False, True, None
        self._reader = _Reader(self, _BUFFER_BYTES)

    def head_came(self) -> None:
        """The headers are complete: what comes is counted until `content_came`."""
        self._in_head = False
        self.bare = 0

    def content_came(self) -> None:
        """What came until now brought content."""
        self.bare = 0

    def sendall(self, data: bytes) -> None:
        """Send all of it, within the request's time."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._retried(self._socket.send, rest[:_BUFFER_BYTES]) :]

    def readable(self) -> bool:
        """It is, as a stream."""
        return True

    def readinto(self, buffer: memoryview) -> int:
        """Bytes as they come.

        Raises
        ------
        NoReply
            TIMEOUT, BAD_REPLY where too much came that is no content.
        Abandoned
        OSError
            As the socket's.
        """
        if self.bare > HEAD_BYTES:
            raise NoReply(
                Trouble.BAD_REPLY,
                Message("it sends more than {size:.0f} kB of headers", size=HEAD_BYTES / 1000),
            )
        count = self._retried(self._socket.recv_into, buffer)
        if count:
            self.answered = True
            if self._in_head and self._head_ends is None:
                self._head_ends = time.monotonic() + HEAD_S
        elif self._in_head and self.answered:
            raise ConnectionResetError  # http.client would take the headers for complete
        self.bare += count
        return count

    def makefile(self, mode: str) -> io.BufferedReader:
        """The stream that `http.client` reads: the same for a request's provisional and last replies."""
        return self._reader

    def is_idle(self) -> bool:
        """Whether it is connected and nothing came that nobody asked for: then it may serve another request."""
        if self._socket is None:
            return False
        with _Selector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return not selector.select(0)

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        super().close()

    def _connect(self, endpoint: Endpoint, until: float | None) -> None:
        self._socket = socket.socket(endpoint.family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        code = self._socket.connect_ex(endpoint.address)
        if code in (errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)):
            while not self._ready(selectors.EVENT_WRITE):
                if until is not None and time.monotonic() > until:
                    raise NoReply(Trouble.TIMEOUT, Message("it does not answer"))
            code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise no_connection(OSError(code, ""))

    def _retried(self, call: Callable[..., int], *arguments: object) -> int:
        """What a call on the socket returns once it can go on."""
        while True:
            self._look()
            try:
                return call(*arguments)
            except ssl.SSLWantReadError:
                wanted = selectors.EVENT_READ
            except ssl.SSLWantWriteError:
                wanted = selectors.EVENT_WRITE
            except BlockingIOError:
                wanted = selectors.EVENT_WRITE if call.__name__ == "send" else selectors.EVENT_READ
            self._ready(wanted)

    def _ready(self, event: int) -> bool:
        with _Selector() as selector:
            selector.register(self._socket, event)
            return bool(selector.select(self.watch.slice()))

    def _look(self) -> None:
        self.watch.slice()
        if self._in_head and self._head_ends is not None and time.monotonic() > self._head_ends:
            raise NoReply(
                Trouble.TIMEOUT, Message("its headers are not complete after {seconds:.0f} s", seconds=HEAD_S)
            )


class _Reader(io.BufferedReader):
    """The buffer of one request."""

    def close(self) -> None:
        """Stay open: `http.client` closes at the end of each reply, and the connection may serve another request."""


def no_connection(error: OSError) -> NoReply:
    """The reason of an error of a socket before anything was answered."""
    if isinstance(error, ConnectionRefusedError):
        return NoReply(Trouble.UNREACHABLE, Message("it refuses connections"))
    if isinstance(error, TimeoutError):
        return NoReply(Trouble.TIMEOUT, Message("it does not answer"))
    if error.errno in _NO_ROUTE:
        return NoReply(Trouble.UNREACHABLE, Message("no network leads to it"))
    return NoReply(Trouble.UNREACHABLE, Message("it closed the connection without an answer"))
