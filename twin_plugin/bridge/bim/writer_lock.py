"""The lock of the one writer of a twin base in a file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from ...core.common.errors import ResourceError, unwritable


class WriterLock:
    """A file beside the base that this process alone has open; it frees itself when the process is killed.

    Raises
    ------
    ResourceError
        When another run has it, or it cannot be written.
    """

    def __init__(self, base: Path) -> None:
        self.path = base.with_name(f".{base.name}.writer")
        self.stream: IO[bytes] | None = None
        try:
            base.parent.mkdir(parents=True, exist_ok=True)
            while not self._take():
                pass
        except BlockingIOError as error:
            raise ResourceError(
                "Another run is updating '{base}': wait for it to end, or cancel it. A base has one writer at a time.",
                base=base,
            ) from error
        except OSError as error:
            raise unwritable(base.parent, error) from error

    def release(self) -> None:
        """Let others write."""
        if self.stream is None:
            return
        stream, self.stream = self.stream, None
        if sys.platform == "win32":
            _close(stream)
        with suppress(OSError):
            self.path.unlink()
        _close(stream)

    def _take(self) -> bool:
        """Lock the file; False when the one who had it removed it meanwhile."""
        stream = self.path.open("ab")
        try:
            _lock(stream)
            if os.fstat(stream.fileno()).st_ino == os.stat(self.path).st_ino:
                self.stream = stream
                return True
        except FileNotFoundError:
            pass
        except BaseException:
            _close(stream)
            raise
        _close(stream)
        return False


def _close(stream: IO[bytes]) -> None:
    """Close a file in which nothing is written: an error of the system has closed it all the same."""
    with suppress(OSError):
        stream.close()


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
