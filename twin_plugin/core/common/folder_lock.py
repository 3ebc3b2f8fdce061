"""A lock on a folder for the moment in which several files in it are replaced."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from .patience import GoOn, wait_until


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
