"""A folder that appears complete or not at all, and never replaces anything of the user's."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError, ResourceError


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a working folder beside `path`; on success it becomes `path`, on any error it is removed.

    Parameters
    ----------
    path : Path
        A folder that does not exist yet, or is empty.

    Raises
    ------
    InputError
        When `path` is a file or a folder with something in it.
    ResourceError
        When it cannot be made.
    """
    path = Path(os.path.abspath(path))
    if path.is_file():
        raise InputError(f"'{path}' is a file, not a folder: choose a new or an empty folder.")
    try:
        if path.is_dir() and any(path.iterdir()):
            raise InputError(
                f"The folder '{path}' already holds files and is left as it is: choose a new or an empty folder."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        work = path.with_name(f".twin-{uuid.uuid4().hex[:8]}")
        work.mkdir()
    except OSError as error:
        raise ResourceError(
            f"The folder '{path}' cannot be written ({error.strerror or error}): choose another one."
        ) from error
    try:
        yield work
        _publish(work, path)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _publish(work: Path, path: Path) -> None:
    try:
        if path.is_dir():
            path.rmdir()
        work.rename(path)
    except OSError as error:
        raise ResourceError(
            f"The folder '{path}' cannot be put in place ({error.strerror or error}): choose another one."
        ) from error
