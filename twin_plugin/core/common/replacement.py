"""Files that take the places of others together: all of them, or none."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from . import leftovers

LOG = logging.getLogger(__name__)


class Replacement:
    """Moves files into place one after the other and can take all of it back.

    The file that was there stays under a name of `leftovers.aside` until `finish`, so that `undo` and, after a kill,
    the next run can put it back.
    """

    def __init__(self) -> None:
        # From where (None: it need not go back), to where, what was there before.
        self._done: list[tuple[Path | None, Path, Path | None]] = []

    def put(self, source: Path, target: Path) -> None:
        """Move a file to a place, whatever is there; raises OSError, and then has done nothing."""
        old = self._set_aside(target)
        try:
            os.replace(source, target)
        except OSError:
            if old is not None:
                self._restore(old, target)
            raise
        self._done.append((source, target, old))

    def put_new(self, source: Path, target: Path) -> None:
        """Move a file to a place where nothing is; raises FileExistsError when somebody else was first."""
        if sys.platform == "win32":
            os.rename(source, target)
        else:
            try:
                os.link(source, target)  # renaming would replace what is there
            except FileExistsError:
                raise
            except OSError:  # a file system without hard links
                if os.path.lexists(target):
                    raise FileExistsError(target) from None
                os.rename(source, target)
            else:
                source.unlink()
        self._done.append((source, target, None))

    def put_copy(self, original: Path, target: Path) -> None:
        """Put a copy of a file to a place where nothing is; what is there meanwhile stays."""
        copy = target.with_name(leftovers.name(target.name))
        try:
            shutil.copyfile(original, copy)
            self.put_new(copy, target)
            self._done[-1] = (None, target, None)
        except FileExistsError:
            pass
        finally:
            with suppress(OSError):
                copy.unlink(missing_ok=True)

    def remove(self, target: Path) -> None:
        """Take a file away, if it is there."""
        old = self._set_aside(target)
        if old is not None:
            try:
                target.unlink(missing_ok=True)
            except OSError:
                self._restore(old, target)
                raise
            self._done.append((None, target, old))

    def undo(self) -> None:
        """Put everything back, the last first; what cannot be put back is named in the log."""
        while self._done:
            source, target, old = self._done.pop()
            if source is not None:
                with suppress(OSError):  # the new file is worth less than the old one
                    os.rename(target, source)
            try:
                if old is not None:
                    self._restore(old, target)
                elif source is None:
                    target.unlink()
            except OSError:
                LOG.exception("'%s' could not be put back; what was there is '%s'", target, old)

    def finish(self) -> None:
        """Forget what was there before."""
        while self._done:
            _, _target, old = self._done.pop()
            if old is not None:
                with suppress(OSError):  # the next run in this folder removes it
                    shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()

    @staticmethod
    def _set_aside(target: Path) -> Path | None:
        """Keep what is at a place; at best under a second name, so that there is no moment without the file."""
        if not os.path.lexists(target):
            return None
        name = leftovers.aside(target.name)
        if len(os.fsencode(name)) > leftovers.NAME_BYTES:
            name = leftovers.name(target.name)
        old = target.with_name(name)
        try:
            os.link(target, old, follow_symlinks=False)
        except (OSError, NotImplementedError):
            os.rename(target, old)
        return old

    @staticmethod
    def _restore(old: Path, target: Path) -> None:
        if os.path.lexists(target) and os.path.samestat(os.lstat(old), os.lstat(target)):
            old.unlink()  # renaming a file to another name of itself does nothing
        else:
            os.replace(old, target)


def is_writable(path: Path) -> bool:
    """Whether this process may write a file, or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
