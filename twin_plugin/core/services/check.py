"""Many services probed at once: each host in turn, a dead host only once, the same question asked only once."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace

from ..common.errors import Cancelled, TwinError
from ..common.messages import Message
from ..common.progress import Progress, advance, silent
from ..web import address
from ..web.fetch import Fetch, Reply, Request
from .adapter import Adapter, State
from .protocol_table import ServiceProtocol
from .record import Health, ServiceRecord

WORKERS = 16
"""Probes at once; how many of them reach one host is the client's affair."""

TIME_LIMIT_S = 10.0
BYTE_LIMIT = 32_000_000

_KEPT_REPLIES = 24
_KEPT_BYTES = 4_000_000


def check_all(
    records: Iterable[ServiceRecord],
    adapters: Callable[[ServiceProtocol], Adapter],
    fetch: Fetch,
    progress: Progress = silent,
    time_limit_s: float = TIME_LIMIT_S,
    workers: int = WORKERS,
) -> Iterator[tuple[ServiceRecord, State]]:
    """The state of each record, as it becomes known.

    Parameters
    ----------
    records : iterable of ServiceRecord
        Synthetic ones have no service behind them: they come back as unknown, unchecked.
    adapters : callable
        From a protocol to its adapter, such as `registry.adapter`.
    fetch : Fetch
        May be called from several threads at once.
    progress : Progress
        Called in this thread.
    time_limit_s : float
        For each request of a probe.

    Raises
    ------
    Cancelled
        When `progress` stops it: probes that run are waited for, which their `fetch` must make short.
    """
    waiting = deque(by_turns(records))
    total = len(waiting)
    asks = shared(limited(fetch, time_limit_s, BYTE_LIMIT))
    pool = ThreadPoolExecutor(workers, "twin-probe")
    running: dict[Future[State], ServiceRecord] = {}
    done = 0
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                record = waiting.popleft()
                if _host(record.url):
                    running[pool.submit(probe, record, adapters, asks)] = record
                    continue
                # Files and databases are QGIS's, which opens them in one thread at a time: from several it may hang.
                done += 1
                yield record, probe(record, adapters, asks)
                advance(progress, done / total, "{done:,} of {total:,} services", done=done, total=total)
            finished, _ = wait(running, timeout=0.1, return_when=FIRST_COMPLETED)
            for future in finished:
                done += 1
                yield running.pop(future), future.result()
            advance(
                progress, done / total if total else math.nan, "{done:,} of {total:,} services", done=done, total=total
            )
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def probe(record: ServiceRecord, adapters: Callable[[ServiceProtocol], Adapter], fetch: Fetch) -> State:
    """The state of one record; what keeps it from being asked is a reason too."""
    if record.made:
        return State(Health.UNKNOWN, None, Message("This record is synthetic: there is no service behind it."))
    try:
        return adapters(record.protocol).probe(record, fetch)
    except Cancelled:
        raise
    except TwinError as error:
        return State(Health.DEAD, None, address.redacted(error.message))


def by_turns(records: Iterable[ServiceRecord]) -> Iterator[ServiceRecord]:
    """Records so that hosts take turns, and those with the same address follow each other within a host."""
    hosts: dict[str, list[ServiceRecord]] = defaultdict(list)
    for record in records:
        hosts[_host(record.url)].append(record)
    queues = deque(iter(sorted(found, key=lambda record: record.url)) for found in hosts.values())
    while queues:
        queue = queues.popleft()
        if (first := next(queue, None)) is not None:
            yield first
            queues.append(queue)


def limited(fetch: Fetch, time_limit_s: float, byte_limit: int) -> Fetch:
    """The same, with limits where a request names none."""

    def within(request: Request) -> Reply:
        seconds, size = request.time_limit_s or time_limit_s, request.byte_limit or byte_limit
        return fetch(replace(request, time_limit_s=seconds, byte_limit=size))

    return within


def shared(fetch: Fetch) -> Fetch:
    """The same, where equal requests that follow each other are made once: a hundred layers share their capabilities.

    Errors are shared as well. Only some replies that are not large are kept.
    """
    lock = threading.Lock()
    kept: OrderedDict[tuple[object, ...], Future[Reply]] = OrderedDict()

    def once(request: Request) -> Reply:
        if request.method != "GET":
            return fetch(request)
        key = (request.url, request.accept, request.auth, request.kinds, *sorted(request.headers.items()))
        with lock:
            future = kept.get(key)
            mine = future is None
            if future is None:
                future = kept[key] = Future()
                while len(kept) > _KEPT_REPLIES:
                    kept.popitem(last=False)
            else:
                kept.move_to_end(key)
        if mine:
            try:
                reply = fetch(request)
            except BaseException as error:
                future.set_exception(error)
                raise
            future.set_result(reply)
            if len(reply.body) > _KEPT_BYTES:
                with lock:
                    kept.pop(key, None)
        return future.result()

    return once


def _host(url: str) -> str:
    try:
        return address.host(url) if "://" in url else ""
    except ValueError:
        return ""
