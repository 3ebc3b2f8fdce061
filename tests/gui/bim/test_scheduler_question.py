"""The desktop asks before a new dask scheduler is connected to; a model, which cannot ask, is refused."""

from __future__ import annotations

import threading

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from tests.bridge.kernel.test_schedulers import counting_listener
from twin_plugin.bridge.kernel import cluster, schedulers
from twin_plugin.gui.common.run_request import RunRequest

pytest.importorskip("distributed", reason="the package distributed is not installed")
ID = "twin:updatetwinbase"


@pytest.fixture
def desktop(make_desktop, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    monkeypatch.setattr(cluster, "ANSWER_S", 0.0)
    schedulers.forget()
    yield make_desktop()
    schedulers.forget()


@pytest.fixture
def scheduler(district_models, tmp_path):
    """A function from a port to the parameters of a run with a scheduler there."""
    folder = district_models(1, 3)
    return lambda port: {
        "FOLDER": str(folder), "TWIN_BASE": str(tmp_path / "base.gpkg"), "CRS": "EPSG:4547",
        "SCHEDULER": f"tcp://127.0.0.1:{port}", "TRUSTED_NETWORK": True,
    }  # fmt: skip


def run(desktop, parameters, wait_for):
    ended = []
    desktop.runner.start(RunRequest(ID, parameters, "Update")).finished.connect(ended.append)
    wait_for(lambda: ended, 60)
    return ended[0]


def test_a_new_address_is_asked_about_once(desktop, scheduler, answer_questions, wait_for):
    with counting_listener() as (port, came):
        address = f"tcp://127.0.0.1:{port}"
        asked = answer_questions(False)
        result = run(desktop, scheduler(port), wait_for)
        assert result.cancelled
        assert f"The scheduler at {address} was not asked" in result.log
        assert address in asked[0]
        assert came == []
        answer_questions(True)
        assert "No dask scheduler answers" in run(desktop, scheduler(port), wait_for).error
        assert len(asked) == 2
        assert came
        run(desktop, scheduler(port), wait_for)
        assert len(asked) == 2


def test_what_is_refused_anyway_is_not_asked_about(desktop, scheduler, answer_questions, wait_for):
    asked = answer_questions(True)
    with counting_listener() as (port, came):
        result = run(desktop, {**scheduler(port), "TRUSTED_NETWORK": False}, wait_for)
        assert "TRUSTED_NETWORK" in result.error
        assert came == []
    assert asked == []


def test_a_run_that_cannot_ask_is_refused(desktop, scheduler, answer_questions, wait_for):
    """As a step of a model that runs in the background."""
    asked, errors = answer_questions(True), []

    def behind(port):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(ID)
        try:
            algorithm.run(scheduler(port), QgsProcessingContext(), QgsProcessingFeedback(False), {}, False)
        except QgsProcessingException as error:
            errors.append(str(error))

    with counting_listener() as (port, came):
        thread = threading.Thread(target=behind, args=(port,))
        thread.start()
        wait_for(lambda: not thread.is_alive(), 60)
        assert "is new" in errors[0]
        assert came == []
    assert asked == []
