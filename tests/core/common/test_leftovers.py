"""What a killed run left is removed, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from twin_plugin.core.common import leftovers

ROOT = Path(__file__).resolve().parents[3]
RUN = """
import sys
from pathlib import Path
from twin_plugin.core.common import leftovers
folder = Path(sys.argv[1])
(folder / leftovers.name("roads.gpkg")).write_text("half")
(folder / (leftovers.name("roads.gpkg") + "-journal")).write_text("half")
below = folder / leftovers.name()
below.mkdir()
(below / "depth.tif").write_text("half")
if len(sys.argv) > 2:
    (folder / sys.argv[2]).rename(folder / leftovers.aside(sys.argv[2]))
print("written", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path):
    """Starts a process that leaves unfinished files; what it is given lies aside."""
    started = []

    def start(*names):
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(tmp_path), *names],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        assert process.stdout.readline() == "written\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_only_what_a_killed_run_left_is_removed(tmp_path, run):
    mine = [".twin-4.gpkg", ".twin-0123abcd", "roads.gpkg", ".twin-notes", ".twin-x-1-2-00000000"]
    for name in mine:
        (tmp_path / name).write_text("mine")
    process = run()
    assert leftovers.clean(tmp_path) == 0, "its process still runs"
    assert len(names(tmp_path)) == len(mine) + 3
    process.kill()
    process.wait()
    assert leftovers.clean(tmp_path) == 3
    assert names(tmp_path) == sorted(mine)


def test_files_of_this_process_stay(tmp_path):
    own = leftovers.name("a.gpkg")
    (tmp_path / own).write_text("being written")
    assert leftovers.clean(tmp_path) == 0
    assert names(tmp_path) == [own]


def test_a_number_that_another_process_got_later_is_no_sign_of_life(tmp_path):
    head, host, pid, start, mark = leftovers.name().split("-")
    assert (head, pid) == (".twin", str(os.getpid()))
    (tmp_path / "-".join((head, host, pid, f"{int(start, 16) - 1:x}", mark))).write_text("of an earlier process")
    assert leftovers.clean(tmp_path) == 1


def test_files_of_another_machine_stay(tmp_path):
    parts = leftovers.name("a.gpkg").split("-")
    parts[1] = "00000000" if parts[1] != "00000000" else "00000001"
    parts[2] = "4999999"  # above the greatest number of a process
    (tmp_path / "-".join(parts)).write_text("being written there")
    assert leftovers.clean(tmp_path) == 0


def test_what_was_set_aside_goes_back_unless_its_place_is_taken(tmp_path, run):
    for name in ("替换 one.gpkg", "two.gpkg"):
        (tmp_path / name).write_text("of the user")
    processes = [run("替换 one.gpkg"), run("two.gpkg")]
    (tmp_path / "two.gpkg").write_text("new")
    for process in processes:
        process.kill()
        process.wait()
    leftovers.clean(tmp_path)
    assert names(tmp_path) == ["two.gpkg", "替换 one.gpkg"]
    assert (tmp_path / "替换 one.gpkg").read_text() == "of the user"
    assert (tmp_path / "two.gpkg").read_text() == "new"


def test_a_link_is_removed_and_what_it_leads_to_stays(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "keep").write_text("keep")
    head, host, pid, start, mark = leftovers.name().split("-")
    (tmp_path / f"{head}-{host}-{pid}-{int(start, 16) - 1:x}-{mark}").symlink_to(tmp_path / "elsewhere")
    assert leftovers.clean(tmp_path) == 1
    assert names(tmp_path / "elsewhere") == ["keep"]


def test_a_long_name_fits_and_keeps_its_suffix(tmp_path):
    for destination in (f"{'r' * 250}.gpkg", f"{'道' * 83}.qgz"):
        (tmp_path / destination).touch()
        name = leftovers.name(destination)
        (tmp_path / f"{name}-journal").touch()
        assert Path(name).suffix == Path(destination).suffix
        assert re.fullmatch(r"r{100,}\.gpkg|道{40,}\.qgz", leftovers.tail(name))


def test_the_tail_is_the_name_it_was_made_for():
    assert leftovers.tail(leftovers.name("a-b 1.qgz")) == "a-b 1.qgz"
    assert leftovers.tail(leftovers.aside("a-b 1.qgz")) == "a-b 1.qgz"
    assert leftovers.tail(leftovers.name()) == ""
    assert leftovers.tail("plan.qgz") == "plan.qgz"


def planted(folder, lines):
    """A journal of moves that looks as if a killed run of this machine had left it."""
    head, host, pid, start, mark = leftovers.name().split("-")
    journal = folder / f"{head}-{host}-{pid}-{int(start, 16) - 1:x}-{mark}-moves"
    journal.write_bytes(b"".join(lines))
    return journal


@pytest.mark.parametrize("way", ["../home", "{home}", "../models/../home"])
def test_a_planted_journal_moves_nothing_out_of_its_folder_and_removes_nothing_there(tmp_path, way):
    home, models = tmp_path / "home", tmp_path / "models"
    home.mkdir()
    models.mkdir()
    (home / "letter").write_text("of the user")
    (models / "payload.py").write_text("of an attacker")
    way, stat = way.format(home=home), os.lstat(home / "letter")
    entries = [
        {"target": f"{way}/usercustomize.py", "old": "payload.py", "new": None},
        {"target": f"{way}/letter", "old": None, "new": [stat.st_ino, stat.st_size, stat.st_mtime_ns]},
        {"target": "copy", "old": f"{way}/letter", "new": None},
    ]
    planted(models, [json.dumps(entry).encode() + b"\n" for entry in entries])
    assert leftovers.clean(models) == 1
    assert (names(home), names(models)) == (["letter"], ["payload.py"])


@pytest.mark.parametrize(
    "line",
    [
        b"3",
        b"[]",
        b"\xff\xfe",
        b"{}",
        b'{"target": 3, "old": null, "new": null}',
        b'{"target": "a", "old": 3}',
        b"[" * 100_000,
    ],
    ids=["number", "list", "bytes", "nothing", "target", "old", "deep"],
)
def test_a_journal_that_says_nothing_is_removed(tmp_path, line):
    planted(tmp_path, [line, b"\n"])
    assert leftovers.clean(tmp_path) == 1
    assert names(tmp_path) == []


def test_a_pipe_in_the_place_of_a_journal_holds_up_nothing(tmp_path):
    pipe = planted(tmp_path, [])
    pipe.unlink()
    os.mkfifo(pipe)
    assert leftovers.clean(tmp_path) == 1
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path):
    assert leftovers.clean(tmp_path / "none") == 0
