"""A lock on a folder for the moment in which several files in it are replaced; waiting for locks of any kind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

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


@contextmanager
def locked(folders: Iterable[Path], patience_s: float, go_on: GoOn) -> Iterator[bool]:
    """Lock folders against other runs of the plugin; gives whether all are locked.

    Where a file system has no locks, the folder counts as locked. The system frees a lock when its process ends.
    """
    with ExitStack() as stack:
        # One order for everybody: two runs that wait for each other would wait in vain.
        yield all(
            wait_until(lambda folder=folder: _take(folder, stack), patience_s, go_on)  # type: ignore[misc]
            for folder in sorted(set(folders))
        )


def _take(folder: Path, stack: ExitStack) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            # Windows removes the file when it is closed, by us or by the end of the process.
            flags = os.O_RDWR | os.O_CREAT | os.O_TEMPORARY
            descriptor = os.open(folder / ".twin-lock", flags)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                os.close(descriptor)
                return False
        else:
            import fcntl

            descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
            except OSError:
                pass  # a file system without locks
        stack.callback(_close, descriptor)
    except OSError:
        pass  # the folder itself is wrong: whoever writes there finds out why
    return True


def _close(descriptor: int) -> None:
    with suppress(OSError):  # the lock has ended in any case, and what it was for is done
        os.close(descriptor)
