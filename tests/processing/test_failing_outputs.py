"""Whatever call fails while a run writes its outputs: one sentence, the old files as they were, nothing left behind."""

from __future__ import annotations

import errno

import pytest

from tests.failing_writer.child import run_algorithm
from tests.failing_writer.outcomes import Trial

STORM = "twin:designstorm"


@pytest.mark.parametrize("name", ["s.csv", "s.geojson"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_a_layer_instead_of_an_old_one(failing_child, tmp_path, name, code):
    parameters = {"OUTPUT": str(tmp_path / name)}
    failing_child.call(run_algorithm, STORM, parameters)
    trial = Trial(failing_child, tmp_path, STORM, parameters | {"DURATION": 60})
    trial.count_through(code)
    assert trial.failed >= 5


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("old", [False, True], ids=["new file", "old table"])
def test_a_geopackage(failing_child, tmp_path, code, old):
    parameters = {"OUTPUT": str(tmp_path / "s.gpkg")}
    if old:
        failing_child.call(run_algorithm, STORM, parameters)
    trial = Trial(failing_child, tmp_path, STORM, parameters | {"DURATION": 60})
    trial.count_through(code)
    assert trial.failed >= 60


@pytest.mark.slow
def test_a_disk_that_is_full_from_some_write_on(failing_child, tmp_path):
    parameters = {"OUTPUT": str(tmp_path / "s.gpkg")}
    failing_child.call(run_algorithm, STORM, parameters)
    trial = Trial(failing_child, tmp_path, STORM, parameters | {"DURATION": 60})
    trial.count_through(onwards=True, kinds=("write", "truncate", "sync"))
    assert trial.failed >= 60
