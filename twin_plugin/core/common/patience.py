"""Waiting for what others hold: for a while, and not after a cancel."""

from __future__ import annotations

import time
from collections.abc import Callable

from .errors import Cancelled

POLL_S = 0.1

GoOn = Callable[[], bool]
"""Whether to go on waiting: False after a cancel."""


def wait_until(taken: Callable[[], bool], patience_s: float, go_on: GoOn) -> bool:
    """Try until it works or the patience is at its end; returns whether it worked.

    Raises
    ------
    Cancelled
        When `go_on` says no.
    """
    end = time.monotonic() + patience_s
    while not taken():
        if not go_on():
            raise Cancelled
        if time.monotonic() >= end:
            return False
        time.sleep(POLL_S)
    return True
