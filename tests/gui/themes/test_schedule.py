"""Scenarios that are repeated: due after their time, put off, ended; what is remembered of runs and favourites."""

from __future__ import annotations

import pytest

from twin_plugin.gui.themes import scenario_store
from twin_plugin.gui.themes import schedule as module
from twin_plugin.gui.themes.scenario_store import ScenarioRun
from twin_plugin.gui.themes.schedule import Schedule


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def test_what_is_due_is_said_until_it_is_done(qgis_app, clock):
    schedule, heard = Schedule(), []
    schedule.due.connect(lambda one: heard.append(one.scenario_id))
    schedule.set("WAT-01", 15, ["RAIN", "50"])
    schedule.set("WAT-02", 60, [])
    assert schedule.left_s("WAT-01") == 900
    schedule.look()
    assert heard == []
    clock[0] += 901
    schedule.look()
    schedule.look()  # the dock was busy
    assert heard == ["WAT-01", "WAT-01"]
    schedule.done("WAT-01")
    schedule.look()
    assert len(heard) == 2
    clock[0] += 3600
    schedule.look()
    assert heard[-1] == "WAT-01"  # it waits longest
    schedule.done("WAT-01")
    schedule.look()
    assert heard[-1] == "WAT-02"
    schedule.set("WAT-02", 0, [])
    assert schedule.left_s("WAT-02") is None
    schedule.clear()
    assert not schedule.timer.isActive()


def test_runs_are_remembered_in_the_project_the_newest_first(qgis_new_project):
    for number in range(scenario_store.MOST_RUNS + 5):
        scenario_store.add_run(ScenarioRun(f"S{number}", "名称", "2026-01-01T00:00:00Z", "ok", "/a b"))
    runs = scenario_store.runs()
    assert len(runs) == scenario_store.MOST_RUNS
    assert runs[0].scenario_id == f"S{scenario_store.MOST_RUNS + 4}"
    scenario_store.state.remember(scenario_store.RUNS, [{"wrong": 1}, 3, {"scenario_id": "x"}])
    assert scenario_store.runs() == []


def test_favourites_stay_in_the_profile(qgis_app):
    scenario_store.set_star("A", True)
    scenario_store.set_star("B", True)
    assert scenario_store.stars()[:2] == ("B", "A")
    scenario_store.set_star("B", False)
    assert "B" not in scenario_store.stars()
    scenario_store.set_star("A", False)
