"""What a user has in a folder, before and after runs whose calls fail."""

from __future__ import annotations

import errno
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from .calls import every_failure
from .child import Child, ChildError, run_algorithm

KEPT = re.compile(r"The results of this run are in '(?P<folder>[^']+)'\.")


def tables(path: Path) -> dict[str, list[tuple]]:
    """The rows of each table of a GeoPackage, which is whole."""
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [name for (name,) in base.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]
        return {name: base.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608


def state(folder: Path) -> dict[str, Any]:
    """Bytes of the files and rows of the GeoPackages in a folder, by name."""
    found: dict[str, Any] = {path.name: tables(path) for path in sorted(folder.rglob("*.gpkg"))}
    for path in sorted(folder.rglob("*")):  # SQLite has tidied up by now
        if path.is_dir() or path.suffix != ".gpkg":
            found[path.name] = b"" if path.is_dir() else path.read_bytes()
    return found


class Trial:
    """Runs of one algorithm into one folder, each with another call that fails.

    Parameters
    ----------
    child : Child
        Where it runs.
    folder : Path
        The folder of all its outputs; what lies in it is what the user had before.
    identifier, parameters
        The algorithm.
    ignore : callable
        From a file's name and content to what must be equal between two runs; times of writing, for instance, are not.
    """

    def __init__(self, child: Child, folder: Path, identifier: str, parameters: dict[str, Any], ignore=None) -> None:
        self.child, self.folder, self.identifier, self.parameters = child, folder, identifier, parameters
        self._ignore = ignore or (lambda name, content: content)
        self._files = {path: path.read_bytes() for path in folder.iterdir()}
        self.before = self._state()
        assert self._run(None) is None
        self.wanted = self._state()
        assert self.wanted != self.before
        self.failed = self.succeeded = 0

    def count_through(self, code: int = errno.ENOSPC, **options: Any) -> None:
        """Fail the first call, then the second …: each run leaves either the old state or the whole new one."""
        for failure in every_failure(self.child.watch, code, **options):
            self._restore()
            error = self._run(failure)
            where = f"{failure}: {[str(call) for call in self.child.watch.failed]} {error} {error and error.trace}"
            if error is None:
                assert self._state() == self.wanted, where
                self.succeeded += 1
                continue
            assert error.kind == "QgsProcessingException", where
            assert re.fullmatch(r"[^\n]+\.", str(error)), where
            assert ".twin-" not in str(error), where
            self._remove_kept(error)
            assert self._state() == self.before, where
            self.failed += 1

    def _run(self, failure: Any) -> ChildError | None:
        try:
            answer = self.child.call(
                run_algorithm, self.identifier, self.parameters, folder=self.folder, failure=failure
            )
        except ChildError as error:
            return error
        assert answer["succeeded"]
        return None

    def _state(self) -> dict[str, Any]:
        return {name: self._ignore(name, content) for name, content in state(self.folder).items()}

    def _restore(self) -> None:
        for path in self.folder.iterdir():
            if path not in self._files:
                path.unlink()
        for path, content in self._files.items():
            path.write_bytes(content)

    def _remove_kept(self, error: ChildError) -> None:
        """Remove the results that a sentence says are kept, which must be there."""
        if match := KEPT.search(str(error)):
            kept = Path(match["folder"])
            assert kept.parent == self.folder
            files = list(kept.iterdir())
            assert files
            for path in files:
                path.unlink()
            kept.rmdir()
