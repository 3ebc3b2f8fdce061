"""Two hundred runs of four algorithms in a process: memory, open files, threads, temporary files stay as they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba")
pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

WARM_UP = 2
ROUNDS = 50
"""Of four runs that succeed and one that fails each."""
MOST_MB = 10.0
"""50 kB a run: what a layer that stays open costs is four times that."""


def test_two_hundred_runs_leave_nothing_behind(tmp_path):
    folder, temporary = tmp_path / "work", tmp_path / "tmp"
    folder.mkdir()
    temporary.mkdir()
    program = Path(__file__).with_name("many_runs.py")
    environment = {**os.environ, "TMPDIR": str(temporary), "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile")}
    done = subprocess.run(
        [sys.executable, str(program), str(folder), str(WARM_UP + ROUNDS)],
        capture_output=True, text=True, env=environment, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-3000:]
    rounds = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(rounds) == WARM_UP + ROUNDS
    warm, *later = rounds[WARM_UP - 1 :]
    assert {each["layers"] for each in later} == {0}
    assert max(each["files"] for each in later) <= warm["files"]
    assert max(each["threads"] for each in later) <= warm["threads"] + 1  # QGIS's pool may take another one
    for what in ("python_threads", "temporary", "results"):
        assert all(each[what] == warm[what] for each in later), what
    assert later[-1]["mb"] - warm["mb"] < MOST_MB
