"""What a user has in a folder, before and after runs whose calls fail."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.failing_writer.calls import Failure
from tests.failing_writer.child import Child, ChildError
from tests.failing_writer.seccomp import KINDS

KEPT = re.compile(r"The results of this run are in '(?P<folder>[^']+)'\.")


def tables(path: Path) -> dict[str, list[tuple]]:
    """The rows of each table of a GeoPackage, which is whole."""
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [name for (name,) in base.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]
        return {name: base.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608


def state(folder: Path) -> dict[str, Any]:
    """Bytes of the files and rows of the GeoPackages in a folder, by path; what is hidden is bytes."""
    found: dict[str, Any] = {path.name: tables(path) for path in sorted(folder.glob("*.gpkg")) if path.name[0] != "."}
    for path in sorted(folder.rglob("*")):  # SQLite has tidied up by now
        name = path.relative_to(folder).as_posix()
        if name not in found:
            found[name] = b"" if path.is_dir() else path.read_bytes()
    return found


def remove_kept(said: str, folder: Path) -> None:
    """Remove the results that a sentence says are kept, which must be there."""
    if match := KEPT.search(said):
        kept = Path(match["folder"])
        assert kept.parent == folder
        assert list(kept.iterdir())
        shutil.rmtree(kept)


class Trial:
    """Runs of one function into one folder, each with another call that fails.

    Parameters
    ----------
    child : Child
        Where it runs.
    folder : Path
        The folder of all its outputs; what lies in it is what the user had before.
    function, arguments
        What runs in the child: for an algorithm `run_algorithm`, its id and its parameters.
    ignore : callable
        From a file's name and content to what must be equal between two runs; times of writing, for instance, are not.
    crashes : str
        The ending of files whose library may crash where it fails to write.
    error : str
        The class of what the function raises.
    """

    def __init__(
        self,
        child: Child,
        folder: Path,
        function: Callable[..., Any],
        *arguments: Any,
        ignore: Callable[[str, Any], Any] | None = None,
        crashes: str = "",
        error: str = "QgsProcessingException",
    ) -> None:
        self.child, self.folder, self._function, self._arguments = child, folder, function, arguments
        self._crashes, self._error = crashes, error
        self.failed = self.succeeded = self.crashed = 0
        self._ignore = ignore or (lambda name, content: content)
        self._files = {path: path.read_bytes() for path in folder.iterdir()}
        self.before = self._state()
        assert self._run(None) is None
        self.wanted = self._state()
        assert self.wanted != self.before

    def count_through(
        self, code: int = errno.ENOSPC, kinds: tuple[str, ...] = KINDS, onwards: bool = False, step: int = 1
    ) -> None:
        """Fail the first call, then the second …: each run leaves either the old state or the whole new one."""
        number, met = 1, True
        while met:
            self._restore()
            failure = Failure(number, code, kinds, onwards)
            error = self._run(failure)
            met = bool(self.child.watch.failed)
            self._judge(error, f"{failure}: {[str(call) for call in self.child.watch.failed]}")
            number += step

    def _judge(self, error: ChildError | None, where: str) -> None:
        if error is None:
            self._must_be(self.wanted, where)
            self.succeeded += 1
            return
        where = f"{where} {error} {error.trace}"
        if error.kind == "Ended":
            assert self._crashes, where
            assert self.child.watch.failed[0].path.endswith(self._crashes), where
            self._next_run_tidies_up()
            self.crashed += 1
            return
        assert error.kind == self._error, where
        assert re.fullmatch(r"[^\n]+\.", str(error)), where
        assert ".twin-" not in str(error), where
        remove_kept(str(error), self.folder)
        self._must_be(self.before, where)
        self.failed += 1

    def _run(self, failure: Failure | None) -> ChildError | None:
        try:
            self.child.call(self._function, *self._arguments, folder=self.folder, failure=failure)
        except ChildError as error:
            return error
        return None

    def _next_run_tidies_up(self) -> None:
        """A process that ended leaves the old files and what was unfinished; the next run removes that."""
        now = {name: content for name, content in self._state().items() if not name.startswith(".twin-")}
        assert now == self.before
        self.child.restart()
        assert self._run(None) is None
        self._must_be(self.wanted, "after a crash")

    def _state(self) -> dict[str, Any]:
        return {name: self._ignore(name, content) for name, content in state(self.folder).items()}

    def _must_be(self, wanted: dict[str, Any], where: str) -> None:
        now = self._state()
        different = sorted(name for name in now.keys() | wanted.keys() if now.get(name) != wanted.get(name))
        assert different == [], f"{different} {where}"

    def _restore(self) -> None:
        for path in self.folder.iterdir():
            if path not in self._files:
                path.unlink()
        for path, content in self._files.items():
            path.write_bytes(content)


SENTENCES = {"InputError", "ResourceError", "QgsProcessingException"}
CURES = ("again", "choose", "free", "check", "close", "save")


def sentence(child: Child, function: Callable[..., Any], *arguments: Any, folder: Path, failure: Failure) -> str:
    """Run a function with a failure; "" where it succeeded, else what it said: one sentence with a file and a cure."""
    try:
        child.call(function, *arguments, folder=folder, failure=failure)
    except ChildError as raised:
        error = raised
    else:
        return ""
    said = str(error)
    assert error.kind in SENTENCES, f"{failure}: {error.trace}"
    assert str(folder) in said, f"{failure}: {said}"
    assert ".twin-" not in said, f"{failure}: {said}"
    assert any(cure in said.lower() for cure in CURES), f"{failure}: {said}"
    assert "\n" not in said
    return said
