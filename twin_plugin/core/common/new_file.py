"""A file that appears complete or not at all, and never replaces another."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from . import leftovers
from .errors import unwritable


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
        try:
            os.link(partial, path)
        except FileExistsError:
            pass
        except OSError:
            # A file system without links.
            if not path.exists():
                partial.rename(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
