"""A project of a theme whose n-th write fails: one sentence, the old project as it was, nothing left behind."""

from __future__ import annotations

import errno

import pytest

from tests import made_theme
from tests.failing_writer.child import run_algorithm
from tests.failing_writer.trial import Trial


@pytest.mark.slow
def test_every_write_that_fails(failing_child, tmp_path):
    given, out = tmp_path / "in", tmp_path / "out 结果"
    out.mkdir()
    layers = made_theme.write_data(given, 1, 1)
    parameters = {
        "THEME_FILE": made_theme.write_theme(given / "made.json", layers, 1), "FOLDER": str(given),
        "OUTPUT": str(out / "map.qgz"),
    }  # fmt: skip
    failing_child.call(run_algorithm, "twin:onemap", parameters)
    old = (out / "map.qgz").read_bytes()

    def kind_of(name, content):
        """Of two projects, which hold the time: that they are whole, or that it is the old one."""
        return "old" if content == old else (name, content[:4])

    trial = Trial(failing_child, out, run_algorithm, "twin:onemap", parameters, ignore=kind_of)
    trial.count_through(errno.ENOSPC, kinds=("write", "sync", "rename"))
    assert trial.failed >= 2
