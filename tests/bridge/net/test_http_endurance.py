"""Thousands of requests of every fate in one process: none ends it, and memory, files and threads stay flat."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("count", [600, pytest.param(10_000, marks=pytest.mark.slow)])
def test_requests_of_every_fate_cost_nothing_that_stays(count, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bridge.net.endurance", str(count), str(tmp_path / "tls")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert sum(told["fates"].values()) == count
    assert set(told["fates"]) == {"came", "cancelled", "timeout", "unreachable", "certificate", "bad reply", "refused"}
    assert told["wrong"] == []
    assert told["files"] <= 10, "more than at the half"
    assert told["threads"] == 0
    assert told["megabytes"] < 10
