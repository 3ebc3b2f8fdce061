"""A folder that appears complete or not at all, and never replaces anything of the user's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import leftovers
from .disk import bring_to_disk
from .errors import InputError, TwinError, unwritable, with_places


@contextmanager
def new_folder(path: Path, mark: str = "") -> Iterator[Path]:
    """Give a working folder beside `path`; on success it becomes `path`, on any error it is removed.

    Parameters
    ----------
    path : Path
        A folder that does not exist yet, or is empty.
    mark : str
        Name of a file that tells a folder of our own making: one that holds it is replaced, and the new one gets it.

    Raises
    ------
    InputError
        When `path` is a file or a folder with something in it.
    ResourceError
        When it, or what is in it, cannot be written.
    """
    path = Path(os.path.abspath(path))
    if path.is_file():
        raise InputError("'{path}' is a file, not a folder: choose a new or an empty folder.", path=path)
    leftovers.clean(path.parent)
    try:
        if path.is_dir() and any(path.iterdir()) and not (mark and (path / mark).is_file()):
            raise InputError(
                "The folder '{path}' already holds files and is left as it is: choose a new or an empty folder.",
                path=path,
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        work = path.with_name(leftovers.name())
        work.mkdir()
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        if mark:
            (work / mark).touch()
        yield work
        _publish(work, path)
    except TwinError as error:
        shown = with_places(error, {str(work): str(path)})
        if shown is error:
            raise
        raise shown from error
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _publish(work: Path, path: Path) -> None:
    old = path.with_name(leftovers.aside(path.name))
    try:
        bring_to_disk(work)
        if path.is_dir():
            path.rename(old)
        try:
            work.rename(path)
        except OSError:
            if old.is_dir():
                old.rename(path)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise unwritable(path, error) from error
