"""Room on a disk that is kept back while a file is written, for a library that must be able to finish it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from . import leftovers

_PIECE = bytes(1 << 20)


class Reserve:
    """A file of so many allocated bytes beside another one, until `release`.

    Parameters
    ----------
    beside : Path
        A file in the folder.
    size : int
        Bytes.

    Raises
    ------
    OSError
        When the disk has not that much room; nothing is left then.
    """

    def __init__(self, beside: Path, size: int) -> None:
        self._path = beside.with_name(leftovers.name())
        try:
            with self._path.open("xb", buffering=0) as file:
                _allocate(file.fileno(), size)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Give the room back; a second time does nothing."""
        with suppress(OSError):
            self._path.unlink()


def _allocate(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    while size > 0:
        size -= os.write(descriptor, _PIECE[:size])
