"""Files that take the places of others together: all of them, or none."""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path

from . import leftovers, move_journal
from .new_file import give_name

LOG = logging.getLogger(__name__)


class Replacement:
    """Moves files into place one after the other and can take all of it back.

    The file that was there stays under a name of `leftovers.aside` until `finish`, so that `undo` and, after a kill,
    the next run can put it back.
    """

    def __init__(self) -> None:
        # From where (None: it need not go back), to where, what was there before.
        self._done: list[tuple[Path | None, Path, Path | None]] = []
        self._journals: dict[Path, Path] = {}

    def put(self, source: Path, target: Path) -> None:
        """Move a file to a place, whatever is there; raises OSError, and then has done nothing."""
        old = self._aside(target)
        self._note(target, source, old)
        if old is not None:
            self._set_aside(target, old)
        try:
            os.replace(source, target)
        except OSError:
            if old is not None:
                self._restore(old, target)
            raise
        self._done.append((source, target, old))

    def put_new(self, source: Path, target: Path) -> None:
        """Move a file to a place where nothing is; raises FileExistsError when somebody else was first."""
        self._note(target, source, None)
        give_name(source, target)
        self._done.append((source, target, None))
        with suppress(OSError):  # a second name of the file, in a folder that is removed
            source.unlink(missing_ok=True)

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
        old = self._aside(target)
        if old is None:
            return
        self._note(target, None, old)
        self._set_aside(target, old)
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
                    target.unlink() if source.exists() else os.rename(target, source)
            try:
                if old is not None:
                    self._restore(old, target)
                elif source is None:
                    target.unlink()
            except OSError:
                LOG.exception("'%s' could not be put back; what was there is '%s'", target, old)
        self._forget_journals()

    def finish(self) -> None:
        """Forget what was there before: from now on a kill takes nothing back."""
        self._forget_journals()
        while self._done:
            _, _target, old = self._done.pop()
            if old is not None:
                with suppress(OSError):  # the next run in this folder removes it
                    shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()

    def _note(self, target: Path, new: Path | None, old: Path | None) -> None:
        folder = target.parent
        journal = self._journals.setdefault(folder, folder / leftovers.name(move_journal.ENDING))
        move_journal.note(journal, target, new, old)

    def _forget_journals(self) -> None:
        for journal in self._journals.values():
            with suppress(OSError):
                journal.unlink(missing_ok=True)
        self._journals = {}

    @staticmethod
    def _aside(target: Path) -> Path | None:
        """Where the file at a place can go; None where there is none."""
        if not os.path.lexists(target):
            return None
        name = leftovers.aside(target.name)
        if len(os.fsencode(name)) > leftovers.NAME_BYTES:
            name = leftovers.name(target.name)
        return target.with_name(name)

    @staticmethod
    def _set_aside(target: Path, old: Path) -> None:
        """Keep a file under another name; at best under a second one, so that there is no moment without the file."""
        try:
            os.link(target, old, follow_symlinks=False)
        except (OSError, NotImplementedError):
            os.rename(target, old)

    @staticmethod
    def _restore(old: Path, target: Path) -> None:
        if os.path.lexists(target) and os.path.samestat(os.lstat(old), os.lstat(target)):
            old.unlink()  # renaming a file to another name of itself does nothing
        else:
            os.replace(old, target)


def is_writable(path: Path) -> bool:
    """Whether this process may write a file, or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
