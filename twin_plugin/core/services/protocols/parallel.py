"""Several requests to one server at once, for servers that have to be asked sensor by sensor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

AT_ONCE = 5
"""So many requests the HTTP client sends to a host at once; more would only wait."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def abreast(work: Callable[[_T], _R], items: Iterable[_T]) -> Iterator[_R]:
    """The results of `work` in the order of the items; a few are worked on at once, and none far ahead.

    The first error ends it: what has not begun is dropped, what has is waited for.
    """
    with ThreadPoolExecutor(AT_ONCE, "twin-services") as pool:
        waiting: deque[Future[_R]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(copy_context().run, work, item))
                if len(waiting) > 2 * AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
