"""The job runner: success, failure, cancel, history, and one instance of the algorithm for each run."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QPushButton

from twin_plugin.gui.common import jobs, result_layers, run_outputs
from twin_plugin.gui.common.jobs import JobRunner
from twin_plugin.gui.common.run_request import RunRequest


@pytest.fixture
def runner(qgis_plugin, toy_provider, qgis_new_project):
    made = JobRunner()
    yield made
    made.cancel_all()


def collect(runner):
    ended = []
    runner.finished.connect(lambda job, result: ended.append(result))
    return ended


def test_a_run_reports_progress_stage_and_results(runner, wait_for):
    ended, seen = collect(runner), []
    job = runner.start(RunRequest("toy:wait", {"STEPS": 180}, "Waiting"))
    job.progressed.connect(lambda percent, stage, left: seen.append((percent, stage, left)))
    wait_for(lambda: ended)
    assert ended[0].ok
    assert ended[0].outputs == {"DONE": 180}
    assert any(0 < percent < 100 and stage.startswith("Step") for percent, stage, _ in seen)
    assert any(0 < left < 10 for _, _, left in seen)
    assert runner.active == []


def test_the_time_left_does_not_count_what_came_before_the_first_progress(runner, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: now[0])
    job, seen = jobs.Job(RunRequest("toy:wait", {}, "Waiting"), None, runner), []
    job.progressed.connect(lambda percent, stage, left: seen.append(left))
    for seconds, percent in ((60.0, 0.0), (60.0, 2.0), (10.0, 22.0)):  # a minute of compiling, then 2 % a second
        now[0] += seconds
        job.feedback.setProgress(percent)
        job.poll()
    assert seen == [-1.0, -1.0, pytest.approx(39.0)]


def test_a_failure_gives_its_sentence_and_log(runner, wait_for):
    ended = collect(runner)
    runner.start(RunRequest("toy:wait", {"FAIL": "The file 'a' is empty: choose another."}, "Failing"))
    wait_for(lambda: ended)
    assert not ended[0].ok
    assert ended[0].error == "The file 'a' is empty: choose another."
    assert "The file 'a' is empty" in ended[0].log


def test_the_sentence_of_a_failure_is_shown_as_it_is(runner, wait_for):
    ended = collect(runner)
    runner.start(RunRequest("toy:wait", {"FAIL": "The file 'A&amp;B &lt;b&gt; [%1+1%]' is empty."}, "Failing"))
    wait_for(lambda: ended)
    assert ended[0].error == "The file 'A&amp;B &lt;b&gt; [%1+1%]' is empty."


def test_wrong_parameters_and_unknown_algorithms_end_with_a_reason(runner, wait_for):
    ended = collect(runner)
    runner.start(RunRequest("toy:wait", {"STEPS": -5}, "Wrong"))
    runner.start(RunRequest("toy:nothing", {}, "Nothing"))
    wait_for(lambda: len(ended) == 2)
    assert all(not result.ok and result.error for result in ended)
    assert "toy:nothing" in ended[1].error


def test_layers_that_a_run_opened_are_closed_when_the_plugin_goes_and_after_more_runs(runner, wait_for, settle):
    from qgis.PyQt import sip

    def opened(job):
        layer = QgsVectorLayer("Point", "opened", "memory")
        job.context.temporaryLayerStore().addMapLayer(layer)
        return layer

    ended = collect(runner)
    jobs = [runner.start(RunRequest("toy:wait", {"STEPS": 0}, f"Run {number}")) for number in range(11)]
    layers = [opened(job) for job in jobs]
    wait_for(lambda: len(ended) == len(jobs))
    settle()
    assert sorted(sip.isdeleted(layer) for layer in layers) == [False] * 10 + [True]
    assert sum(sip.isdeleted(job) for job in jobs) == 1
    runner.cancel_all()
    assert all(sip.isdeleted(layer) for layer in layers)


def test_cancel_stops_within_a_second(runner, wait_for):
    ended = collect(runner)
    job = runner.start(RunRequest("toy:wait", {"STEPS": 10_000}, "Long"))
    wait_for(lambda: job.feedback.progress() > 0)
    job.cancel()
    wait_for(lambda: ended, 1.0)
    assert ended[0].cancelled
    assert ended[0].error == ""


def test_unload_cancels_what_runs(runner):
    ended = collect(runner)
    runner.start(RunRequest("toy:wait", {"STEPS": 10_000}, "Long"))
    runner.cancel_all()
    assert ended
    assert ended[0].cancelled
    assert runner.active == []


def test_runs_side_by_side_have_instances_of_their_own(runner, wait_for):
    ended = collect(runner)
    first = runner.start(RunRequest("toy:wait", {"STEPS": 30}, "One"))
    second = runner.start(RunRequest("toy:wait", {"STEPS": 20}, "Two"))
    assert first.algorithm is not second.algorithm
    wait_for(lambda: len(ended) == 2)
    assert sorted(result.outputs["DONE"] for result in ended) == [20, 30]


def test_a_run_is_in_the_history_as_python_and_as_command(runner, wait_for):
    from qgis.gui import QgsGui  # noqa: TID251

    ended = collect(runner)
    job = runner.start(RunRequest("toy:wait", {"STEPS": 2}, "Kept"))
    wait_for(lambda: ended)
    entry, found = QgsGui.historyProviderRegistry().entry(job.entry.number)
    assert found
    assert entry.entry["algorithm_id"] == "toy:wait"
    assert "processing.run(" in entry.entry["python_command"]
    assert "qgis_process run toy:wait" in entry.entry["process_command"]
    assert entry.entry["results"] == {"DONE": 2}


def test_outputs_are_loaded_named_grouped_and_found_again(runner, wait_for, results):
    ended = collect(runner)
    request = run_outputs.request_for("designstorm", {"RETURN_PERIOD": 20}, "Storm P20", {"OUTPUT": "Rain · P20"})
    runner.start(request)
    wait_for(lambda: ended)
    assert ended[0].ok, ended[0].error
    layer = QgsProject.instance().mapLayer(ended[0].layers["OUTPUT"])
    assert layer.name() == "Rain · P20"
    assert layer.source().startswith(str(results))
    assert QgsProject.instance().layerTreeRoot().findGroup("Storm P20").findLayer(layer.id()) is not None
    assert result_layers.newest("designstorm/OUTPUT").id() == layer.id()
    assert any("twin:designstorm" in item for item in layer.metadata().history())


def test_a_second_run_of_a_name_gets_a_group_and_a_folder_of_its_own(runner, wait_for, results):
    ended = collect(runner)
    for _ in range(2):
        runner.start(run_outputs.request_for("designstorm", {}, "Storm", {"OUTPUT": "Rain"}))
        wait_for(lambda: not runner.active)
    names = [group.name() for group in QgsProject.instance().layerTreeRoot().findGroups()]
    assert sorted(names) == ["Storm", "Storm (2)"]
    assert len({result.outputs["OUTPUT"] for result in ended}) == 2


def test_the_message_bar_tells_success_and_failure_with_details(make_desktop, toy_provider, message_bar, wait_for):
    desktop = make_desktop()
    message_bar.clearWidgets()
    desktop.runner.start(RunRequest("toy:wait", {}, "Good", summary=lambda results: f"{results['DONE']} step."))
    wait_for(lambda: not desktop.runner.active)
    assert "Good" in message_bar.currentItem().text()
    assert "1 step." in message_bar.currentItem().text()
    desktop.runner.start(RunRequest("toy:wait", {"FAIL": "Bad input: change it."}, "Bad"))
    wait_for(lambda: not desktop.runner.active)
    assert message_bar.currentItem().text() == "Bad input: change it."
    message_bar.currentItem().findChildren(QPushButton)[0].click()
    dialog = next(w for w in QgsApplication.topLevelWidgets() if type(w).__name__ == "DetailsDialog")
    assert "Bad input: change it." in dialog.view.toPlainText()
    dialog.close()
