"""A file that appears complete or not at all, and never replaces another."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from . import leftovers
from .errors import unwritable


def give_name(source: Path, target: Path) -> None:
    """Give a file a name that is free; where the system can, the name it had stays as well.

    Raises
    ------
    FileExistsError
        When somebody else was first with the name.
    OSError
    """
    if sys.platform == "win32":
        os.rename(source, target)
        return
    try:
        os.link(source, target)  # renaming would replace what is there
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.rename(source, target)


def create(path: Path, data: bytes) -> None:
    """Write a new file, and its folder where it is missing; a file that is there first stays as it is.

    Raises
    ------
    ResourceError
        When it cannot be written.
    """
    partial = path.with_name(leftovers.name(path.name))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        leftovers.clean(path.parent)
        with partial.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            give_name(partial, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
