"""Files that take the places of others together, and go back together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from twin_plugin.core.common import leftovers
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.folder_lock import locked
from twin_plugin.core.common.patience import wait_until
from twin_plugin.core.common.replacement import Replacement


@pytest.fixture(params=["links", "no links"])
def folder(tmp_path, monkeypatch, request):
    """A folder with old files, on a file system with and without hard links."""
    if request.param == "no links":

        def refuse(*_, **__):
            raise PermissionError("no links here")

        monkeypatch.setattr(os, "link", refuse)
    for name in ("a", "b", "stale"):
        (tmp_path / name).write_text(f"old {name}")
    for name in ("a", "b", "c"):
        (tmp_path / f"new {name}").write_text(f"new {name}")
    return tmp_path


def contents(folder):
    """The files of a folder, but for the journal of what moved."""
    return {path.name: path.read_text() for path in folder.iterdir() if not path.name.endswith("-moves")}


def put_all(folder):
    files = Replacement()
    files.put(folder / "new a", folder / "a")
    files.remove(folder / "stale")
    files.put(folder / "new b", folder / "b")
    files.put_new(folder / "new c", folder / "c")
    return files


def test_all_are_put_in_place(folder):
    put_all(folder).finish()
    assert contents(folder) == {"a": "new a", "b": "new b", "c": "new c"}


def test_all_go_back(folder):
    before = contents(folder)
    put_all(folder).undo()
    assert contents(folder) == before


def test_the_old_file_is_never_away_where_there_are_links(folder, request):
    """What a kill in between would leave: every file, old or new."""
    files = put_all(folder)
    assert {"a", "b", "c"} <= {path.name for path in folder.iterdir()}
    assert sorted(text for name, text in contents(folder).items() if name.startswith(".twin-old-")) == [
        "old a", "old b", "old stale",
    ]  # fmt: skip
    files.undo()


def test_a_new_file_does_not_replace_one_that_came_meanwhile(folder):
    files = Replacement()
    with pytest.raises(FileExistsError):
        files.put_new(folder / "new a", folder / "a")
    files.undo()
    assert (folder / "a").read_text() == "old a"


def test_a_copy_goes_away_again_and_respects_what_is_there(folder):
    before = contents(folder)
    files = Replacement()
    files.put_copy(folder / "a", folder / "style")
    files.put_copy(folder / "a", folder / "b")
    assert contents(folder) == before | {"style": "old a"}
    files.undo()
    assert contents(folder) == before


def test_long_names(tmp_path):
    name = "x" * 255
    (tmp_path / name).write_text("old")
    (tmp_path / "new").write_text("new")
    files = Replacement()
    files.put(tmp_path / "new", tmp_path / name)
    files.undo()
    assert contents(tmp_path) == {name: "old", "new": "new"}


def test_two_do_not_hold_a_folder_at_once(tmp_path):
    with locked([tmp_path, tmp_path], 0.0, lambda: True) as first:
        assert first
        with locked([tmp_path], 0.2, lambda: True) as second:
            assert not second
        with pytest.raises(Cancelled), locked([tmp_path], 60.0, lambda: False):
            pass
    with locked([tmp_path], 0.0, lambda: True) as again:
        assert again
    assert list(tmp_path.iterdir()) == []


def test_waiting_ends_when_it_works():
    start, free = time.monotonic(), threading.Event()
    timer = threading.Timer(0.3, free.set)
    timer.start()
    assert wait_until(free.is_set, 60.0, lambda: True)
    assert time.monotonic() - start < 30.0


def killed(folder, moves):
    """Put files in place in a process that is killed before it finishes."""
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from twin_plugin.core.common.replacement import Replacement\n"
        "files, folder = Replacement(), Path(sys.argv[1])\n"
        f"{moves}\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    process = subprocess.run([sys.executable, "-c", program, str(folder)], check=False)
    assert process.returncode == -9


ALL = (
    "files.put(folder / 'new a', folder / 'a'); files.remove(folder / 'stale'); "
    "files.put(folder / 'new b', folder / 'b'); files.put_new(folder / 'new c', folder / 'c')"
)


@pytest.fixture
def plain_folder(tmp_path):
    for name in ("a", "b", "stale"):
        (tmp_path / name).write_text(f"old {name}")
    for name in ("a", "b", "c"):
        (tmp_path / f"new {name}").write_text(f"new {name}")
    return tmp_path


@pytest.mark.parametrize("moves", ["pass", ALL.split(";")[0], ";".join(ALL.split(";")[:3]), ALL])
def test_after_a_kill_the_next_run_takes_all_back(plain_folder, moves):
    killed(plain_folder, moves)
    leftovers.clean(plain_folder)
    there = {name: text for name, text in contents(plain_folder).items() if not name.startswith("new")}
    assert there == {"a": "old a", "b": "old b", "stale": "old stale"}


def test_a_kill_after_the_end_takes_nothing_back(plain_folder):
    killed(plain_folder, f"{ALL}; files.finish()")
    leftovers.clean(plain_folder)
    assert contents(plain_folder) == {"a": "new a", "b": "new b", "c": "new c"}


def test_what_somebody_did_after_a_kill_stays(plain_folder):
    killed(plain_folder, ALL)
    (plain_folder / "a").write_text("mine")
    (plain_folder / "c").unlink()
    (plain_folder / "c").write_text("also mine")
    leftovers.clean(plain_folder)
    assert contents(plain_folder) == {"a": "mine", "b": "old b", "stale": "old stale", "c": "also mine"}


def test_a_run_that_goes_on_is_not_taken_back(plain_folder):
    files = Replacement()
    files.put(plain_folder / "new a", plain_folder / "a")
    leftovers.clean(plain_folder)
    assert (plain_folder / "a").read_text() == "new a"
    files.undo()
    assert (plain_folder / "a").read_text() == "old a"
