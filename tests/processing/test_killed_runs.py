"""A run that is killed while it puts its outputs in place: each file is old or new, and the next run tidies up."""

from __future__ import annotations

import os
import signal

import pytest

from tests.failing_writer.child import ChildError, run_algorithm
from tests.failing_writer.trial import state

STORM = "twin:designstorm"


def visible(folder):
    """What a user sees; a journal of SQLite's that holds nothing yet stays until somebody writes."""
    found = state(folder)
    return {name: found[name] for name in found if not name.startswith(".twin-") and not name.endswith("-journal")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kinds", "step"), [("s.csv", ("link", "rename", "unlink"), 1), ("s.gpkg", ("write", "sync"), 40)]
)
def test_killed_at_any_moment(failing_child, tmp_path, name, kinds, step):
    parameters = {"OUTPUT": str(tmp_path / name), "DURATION": 60}
    failing_child.call(run_algorithm, STORM, parameters | {"DURATION": 30})
    old, files = visible(tmp_path), {path: path.read_bytes() for path in tmp_path.iterdir()}
    failing_child.call(run_algorithm, STORM, parameters, folder=tmp_path)
    moments = [call.number for call in failing_child.watch.calls if call.kind in kinds][::step]
    new = visible(tmp_path)
    assert len(moments) >= 3
    for moment in moments:
        for path, content in files.items():
            path.write_bytes(content)
        killed = failing_child.process.pid

        def kill(call, moment=moment, killed=killed):
            if call.number == moment:
                os.kill(killed, signal.SIGKILL)
            return 0

        with pytest.raises(ChildError, match="-9"):
            failing_child.call(run_algorithm, STORM, parameters, folder=tmp_path, failure=kill)
        assert visible(tmp_path) in (old, new), moment
        failing_child.restart()
        failing_child.call(run_algorithm, STORM, parameters)
        assert state(tmp_path) == new, moment  # with nothing hidden left


def test_files_of_a_run_that_goes_on_are_not_touched(failing_child, run_algorithm_here, tmp_path):
    """Another run in the same folder starts and ends while the first one writes."""
    seen = []

    def meanwhile(call):
        if call.kind == "sync" and not seen:
            before = sorted(path.name for path in tmp_path.glob(".twin-*"))
            run_algorithm_here(STORM, {"OUTPUT": str(tmp_path / "other.csv")})
            seen.append((before, sorted(path.name for path in tmp_path.glob(".twin-*"))))
        return 0

    failing_child.call(run_algorithm, STORM, {"OUTPUT": str(tmp_path / "s.csv")}, folder=tmp_path, failure=meanwhile)
    ((before, after),) = seen
    assert before == after != []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.csv", "s.csv"]


@pytest.fixture
def run_algorithm_here(qgis_plugin):
    """Runs in this process, in the thread of the watch."""
    return run_algorithm
