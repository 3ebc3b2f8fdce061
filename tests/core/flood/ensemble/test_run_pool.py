"""Child processes of runs: answers, crashes, cancel, and the marker that tells other machines to go on."""

from __future__ import annotations

import os
import pickle
import threading
import time

import pytest

from twin_plugin.core.common.errors import Cancelled, ResourceError
from twin_plugin.core.flood.ensemble.run_pool import Program, run_group, run_here

PROGRAM = Program("tests.core.flood.ensemble.echo_runs", {"mark": "中文"})


def is_there(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stream:
            return stream.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_runs_share_processes_and_all_are_answered():
    shares = []
    ended = list(run_here([{"n": n} for n in range(6)], 2, PROGRAM, shares.append))
    assert {finished.job["n"]: finished.answer["value"] for finished in ended} == {n: 2 * n for n in range(6)}
    assert {finished.answer["mark"] for finished in ended} == {"中文"}
    assert 1 <= len({finished.answer["pid"] for finished in ended}) <= 2
    assert all(0 <= share <= 1 for share in shares)


def test_a_crash_costs_one_run_which_is_tried_twice(tmp_path):
    jobs = [{"n": 1}, {"n": 2, "crash": True}, {"n": 3, "crash_once": str(tmp_path / "crashed")}, {"n": 4}]
    ended = {finished.job["n"]: finished for finished in run_here(jobs, 1, PROGRAM, lambda done: None)}
    assert {n: finished.answer["value"] for n, finished in ended.items() if finished.answer} == {1: 2, 3: 6, 4: 8}
    assert "ended with 3: the last words" in str(ended[2].error)
    again = pickle.loads(pickle.dumps(ended[2]))  # noqa: S301 - as dask sends it
    assert isinstance(again.error, ResourceError)


def test_a_cancel_ends_the_processes_at_once():
    pids = []

    def poll(done):
        if pids:
            raise Cancelled

    runs = run_here([{"n": 1}, {"n": 2, "wait_s": 60}, {"n": 3, "wait_s": 60}], 2, PROGRAM, poll)
    pids.append(next(runs).answer["pid"])
    started = time.monotonic()
    with pytest.raises(Cancelled):
        next(runs)
    assert time.monotonic() - started < 1.0
    if os.path.isdir("/proc/self"):
        assert not is_there(pids[0])


def test_a_group_stops_when_its_marker_goes_or_was_never_seen(tmp_path):
    marker = tmp_path / "wanted"
    with pytest.raises(ResourceError, match="does not see the folder"):
        run_group([{"n": 1}], PROGRAM, str(marker))
    marker.touch()
    assert [finished.answer["value"] for finished in run_group([{"n": 1}, {"n": 2}], PROGRAM, str(marker))] == [2, 4]
    threading.Timer(1.0, marker.unlink).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        run_group([{"n": 1, "wait_s": 60}], PROGRAM, str(marker))
    assert time.monotonic() - started < 10.0
