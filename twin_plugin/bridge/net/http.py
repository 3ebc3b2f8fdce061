"""The one HTTP client: core's `Fetch`, safe against what servers send.

Only http and https. Redirects by hand, at most five, never from https to http, and never into this computer or the
local network unless the address that the user gave lies there. Credentials for the origin asked and no other. Limits on
bytes and time, kept while they come. Cancel within a fraction of a second. Retries only where they help. At most five
requests to a host at once. Proxy and certificates are those of QGIS. Nothing is cached, no cookie kept, no dialog
opened, and no secret gets into a log or an error.
"""

from __future__ import annotations

import math
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

from ...core.common.errors import Cancelled, InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, silent
from ...core.web import address, secrets
from ...core.web.address import Address
from ...core.web.fetch import Fetch, Reply, Request, Trouble, WebError
from . import hop as hops
from . import proxies
from .hop import Connections, Hop
from .no_reply import NoReply
from .outgoing import Outgoing
from .turns import Turns

TIME_LIMIT_S = 55.0
"""Seconds for a request with its redirects and retries, where it names none; waiting for a turn does not count."""

REDIRECTS = 5
RETRIES = 2

_RETRIED = {429, 502, 503, 504}
_DENIED = {401, 403, 407}
_MOVED = {301, 302, 303, 307, 308}
_METHODS = {"GET", "HEAD", "POST"}
# Servers that keep no list of media types send these for anything.
_UNTYPED = {"", "application/octet-stream", "binary/octet-stream", "text/plain"}
_CHECK_S = 0.05


@contextmanager
def opened(progress: Progress = silent, fail_fast: bool = False) -> Iterator[Fetch]:
    """A `Fetch` for as long as the block lasts, in any thread and for several threads at once.

    QGIS's settings of proxies and certificates count as they are at the start.

    Parameters
    ----------
    progress : Progress
        Asked whether to go on, with NaN, while a reply is awaited. It is called in the thread that fetches.
    fail_fast : bool
        Whether a host that gave no answer once is not asked again: its further requests fail at once with the same
        reason, and without retries.
    """
    client = _Client(progress, fail_fast)
    try:
        yield client.fetch
    finally:
        client.close()


_turns = Turns()  # one for all clients: the limits for a host hold over everything that the plugin does


class _Client:
    def __init__(self, progress: Progress, fail_fast: bool) -> None:
        self._progress = progress
        self._fail_fast = fail_fast
        self._dead: dict[str, WebError] = {}
        self._outgoing = Outgoing()
        self._connections = Connections()

    def close(self) -> None:
        """Close the connections that are kept for further requests."""
        self._connections.close()

    def fetch(self, request: Request) -> Reply:
        """As `Fetch` says."""
        url = Address(request.url)
        _check(request)
        host = url.host
        if (dead := self._dead.get(host)) is not None:
            raise WebError(dead.message, dead.trouble, dead.status)
        try:
            return self._follow(request, url)
        except WebError as error:
            if self._fail_fast and error.status == 0 and error.trouble in (Trouble.UNREACHABLE, Trouble.TIMEOUT):
                self._dead[host] = error
            raise

    def _follow(self, request: Request, url: Address) -> Reply:
        """The request with its redirects."""
        first, method, spent = url, request.method.upper(), 0.0
        seen = {url}
        limit = request.time_limit_s or TIME_LIMIT_S
        for _ in range(REDIRECTS + 1):
            hop, spent = self._tries(request, url, method, first.same_origin(url), limit, spent)
            location = hop.received_headers.get("location", "")
            if hop.status not in _MOVED or not location:
                return _judged(request, url, hop, spent)
            target = url.redirected(location)
            if target in seen and method != "POST":
                raise _error(first, "it redirects in a circle", Trouble.REFUSED, hop.status)
            seen.add(target)
            url = target
            if method == "POST" and hop.status in (301, 302, 303):
                method = "GET"
        raise _error(first, "it redirects more than {redirects} times", Trouble.REFUSED, redirects=REDIRECTS)

    def _tries(
        self, request: Request, url: Address, method: str, at_home: bool, limit: float, spent: float
    ) -> tuple[Hop, float]:
        """One address, again where it helps; the hop and the seconds spent so far."""
        retries = 0 if self._fail_fast else RETRIES
        for attempt in range(retries + 1):
            hop = self._asked(request, url, method, at_home, limit - spent)
            spent += hop.ended - hop.began
            again = hop.status in _RETRIED or (hop.trouble is Trouble.UNREACHABLE and not hop.answered)
            pause = _pause(hop, attempt)
            if not again or attempt == retries or spent + pause >= limit:
                break
            self._sleep(pause)
            spent += pause
        if hop.trouble is not None and hop.status not in _RETRIED:
            raise _error(url, hop.reason, hop.trouble, hop.status)
        return hop, spent

    def _asked(self, request: Request, url: Address, method: str, at_home: bool, seconds: float) -> Hop:
        """One try; a second one where the server's certificate is one that the user accepted though it has errors."""
        hop = self._hop(request, url, method, at_home, seconds)
        if hop.untrusted and self._outgoing.accept(hop.target):
            began, left = hop.began, seconds - (hop.ended - hop.began)
            hop = self._hop(request, url, method, at_home, left)
            hop.began = began
        return hop

    def _hop(self, request: Request, url: Address, method: str, at_home: bool, seconds: float) -> Hop:
        try:
            hop = self._outgoing.hop(request, url, method, at_home, seconds)
        except InputError as error:
            raise WebError(error.message, Trouble.DENIED) from None
        except WebError:
            raise
        except Exception as error:  # noqa: BLE001 - such as certificates in QGIS that cannot be read
            failed = error if isinstance(error, NoReply) else hops.unforeseen(error)
            raise _error(url, failed.reason, failed.trouble) from None
        self._run(hop, url.host)
        return hop

    def _run(self, hop: Hop, host: str) -> None:
        """Wait for a hop's turn and for its end."""
        turn = _turns.ask(host)
        try:
            self._wait(turn.come)
            hops.start(hop, self._connections)
            self._wait(hop.done)
        except BaseException:
            hop.cancelled = True  # nobody waits for it any more
            raise
        finally:
            _turns.give_back(turn)

    def _wait(self, event: threading.Event) -> None:
        """Wait, asking whether to go on; in the main thread its events go on, but for the user's."""
        in_main = threading.current_thread() is threading.main_thread() and QCoreApplication.instance() is not None
        while not event.wait(_CHECK_S):
            if not self._progress(math.nan, ""):
                raise Cancelled
            if in_main:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._progress(math.nan, ""):
                raise Cancelled
            time.sleep(min(left, _CHECK_S))


def _check(request: Request) -> None:
    """Refuse what no request of ours may be."""
    if request.method.upper() not in _METHODS:
        raise _error(request.url, "'{method}' is not asked of services", Trouble.REFUSED, method=request.method)
    texts = [request.accept, request.content_type, *request.headers.values()]
    if any(re.search(r"[\r\n\0]", text) for text in texts) or not all(
        re.fullmatch(r"[A-Za-z0-9-]+", name) for name in request.headers
    ):
        raise _error(request.url, "a header has a line break or a strange name", Trouble.REFUSED)
    for name in request.headers:
        if address.is_secret(name) or name.lower() in ("cookie", "host", "content-length", "accept-encoding"):
            raise _error(
                request.url,
                "the header '{name}' is not set by hand: use an authentication configuration of QGIS",
                Trouble.REFUSED,
                name=name,
            )


def _pause(hop: Hop, attempt: int) -> float:
    """Seconds before the next try: what the server asks for, else more each time and never the same for all."""
    asked = hop.received_headers.get("retry-after", "").strip()
    if asked.isdigit() and len(asked) < 10:
        return float(asked)
    if asked:
        try:
            when = parsedate_to_datetime(asked)
        except (ValueError, TypeError, IndexError):
            pass
        else:
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            return max(0.0, (when - datetime.now(UTC)).total_seconds())
    return 0.5 * 2.0**attempt * random.uniform(0.8, 1.2)  # noqa: S311  # nosec B311


def _judged(request: Request, url: Address, hop: Hop, seconds: float) -> Reply:
    """The reply of the last hop, or why it is none."""
    kind = hop.received_headers.get("content-type", "")
    if hop.status == proxies.DENIED and hop.target.proxy is not None:
        raise _error(url, proxies.NO_LOGIN, Trouble.DENIED, hop.status)
    if hop.status in _DENIED:
        cure = Message("it needs an authentication configuration")
        if request.auth and not url.same_origin(request.url):
            cure = Message(
                "the login stays with '{host}', which led there: use this address itself",
                host=address.host(request.url),
            )
        elif request.auth:
            cure = Message("check the authentication configuration")
        raise _error(
            url, "it denies access (status {status}): {cure}", Trouble.DENIED, hop.status, status=hop.status, cure=cure
        )
    if hop.status in (404, 410):
        raise _error(url, "it has nothing there (status {status})", Trouble.NOT_FOUND, hop.status, status=hop.status)
    if not 200 <= hop.status < 300:
        if said := _said(hop):
            reason = Message("it answers with status {status} and says '{said}'", status=hop.status, said=said)
        else:
            reason = Message("it answers with status {status}", status=hop.status)
        raise _error(url, reason, Trouble.SERVER, hop.status)
    plain = kind.partition(";")[0].strip().lower()
    fits = plain in _UNTYPED or any(part in plain for part in request.kinds) or _looks_right(hop.content, request.kinds)
    if hop.content and request.kinds and not fits:
        wanted = " or ".join(request.kinds)
        raise _error(
            url,
            "it sends '{plain}' where {wanted} was asked for",
            Trouble.BAD_REPLY,
            hop.status,
            plain=plain[:60],
            wanted=wanted,
        )
    return Reply(url, hop.status, hop.content, kind, hop.received_headers, seconds)


def _looks_right(content: bytes, kinds: tuple[str, ...]) -> bool:
    """Whether a body begins as what was asked for, whatever type a proxy wrote over it."""
    start = content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = start[:1] == b"<" and re.match(rb"<(!doctype\s+html|html)", start, re.IGNORECASE) is None
    return ("json" in kinds and start[:1] in (b"{", b"[")) or ("xml" in kinds and is_xml)


def _said(hop: Hop) -> str:
    """What a server says of its error, shortened to one line."""
    text = hop.content[:20_000].decode("utf-8", "replace")
    if re.search(r"<(html|!doctype html)", text, re.IGNORECASE):
        return ""
    found = re.search(r'"(?:description|detail|message)"\s*:\s*"((?:[^"\\]|\\.){1,300})', text)
    plain = found[1] if found else re.sub(r"<[^>]*>", " ", text) if text.lstrip().startswith("<") else ""
    return " ".join(address.redacted(secrets.without(plain)).split())[:160]


_CURES = {
    Trouble.UNREACHABLE: Message("Check the address, the network and QGIS's proxy settings."),
    Trouble.TIMEOUT: Message("Try later, or ask for less."),
    Trouble.TOO_LARGE: Message("Ask for fewer rows or a smaller area."),
    Trouble.TLS: Message(
        "If you know the server, accept its certificate under QGIS's Settings, Options, Authentication."
    ),
    Trouble.NOT_FOUND: Message("Check the address, or harvest its source again."),
    Trouble.SERVER: Message("Ask whoever runs the service."),
    Trouble.BAD_REPLY: Message("Check the address and the protocol."),
}


def _error(url: str, reason: str, trouble: Trouble, status: int = 0, /, **values: object) -> WebError:
    known = {"url": address.redacted(url), "reason": Message(reason, **values)}
    if trouble not in _CURES:
        return WebError("'{url}' cannot be used: {reason}.", trouble, status, **known)
    return WebError("'{url}' cannot be used: {reason}. {cure}", trouble, status, cure=_CURES[trouble], **known)
