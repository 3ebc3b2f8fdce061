"""Models read by the workers of a dask scheduler: the content that this machine alone would give."""

from __future__ import annotations

import time

import pytest
from qgis.core import QgsProcessingException

ID = "twin:updatetwinbase"


def test_the_same_content_as_on_this_machine(run_algorithm, scheduler, made_models, content, tmp_path):
    (made_models / "junk.ifc").write_bytes(b"junk" * 1000)
    try:
        alone = run_algorithm(ID, {"FOLDER": str(made_models), "TWIN_BASE": str(tmp_path / "alone.gpkg")})
        given = {"FOLDER": str(made_models), "TWIN_BASE": str(tmp_path / "many.gpkg"), **scheduler.parameters()}
        many = run_algorithm(ID, given)
        assert (many["READ"], many["FAILED"]) == (alone["READ"], alone["FAILED"]) == (6, 1)
        assert content(tmp_path / "many.gpkg") == content(tmp_path / "alone.gpkg")
        assert run_algorithm(ID, given)["UNCHANGED"] == 7
    finally:
        (made_models / "junk.ifc").unlink()


def test_workers_that_cannot_see_a_file_are_sent_it(made_models, monkeypatch, tmp_path):
    from twin_plugin.core.bim import remote
    from twin_plugin.core.bim.read import ModelJob, describe

    file = sorted(made_models.iterdir())[0]
    known = describe(ModelJob("a", str(file)))
    elsewhere = ModelJob("a", str(tmp_path / "not here" / file.name))
    reports, missing = remote.read_parcels([remote.Parcel(elsewhere, known.size, known.modified)])
    assert (reports, missing) == ([], ["a"])
    sent = remote.Parcel(elsewhere, known.size, known.modified, file.read_bytes())
    ((report,), missing) = remote.read_parcels([sent])
    assert missing == []
    assert (report.path, report.size, report.modified) == (elsewhere.path, known.size, known.modified)
    assert report.buildings


def test_cancel_stops_within_a_second(scheduler, made_models, tmp_path):
    from twin_plugin.bridge.bim.dask_reader import cluster_reader
    from twin_plugin.bridge.kernel.schedulers import Scheduler
    from twin_plugin.core.bim.read import ModelJob
    from twin_plugin.core.common.errors import Cancelled

    asked = []

    def progress(fraction, text=""):
        asked.append(time.monotonic())
        return len(asked) < 3

    jobs = [ModelJob(path.name, str(path)) for path in made_models.iterdir()]
    with pytest.raises(Cancelled):
        list(cluster_reader(Scheduler(scheduler.address, str(scheduler.certificates)))(jobs, progress))
    assert time.monotonic() - asked[-1] < 1.0


def test_a_scheduler_that_does_not_answer_is_told(run_algorithm, made_models, tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    monkeypatch.setattr("twin_plugin.bridge.kernel.cluster.CONNECT_S", 0.5)
    given = {"FOLDER": str(made_models), "TWIN_BASE": str(tmp_path / "b.gpkg"), "SCHEDULER": "tcp://127.0.0.1:9"}
    given["TRUSTED_NETWORK"] = True
    with pytest.raises(QgsProcessingException, match="No dask scheduler answers"):
        run_algorithm(ID, given)
