"""The page of scenarios: listed with what they lack, run with settings, remembered, repeated, saved as a model."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QFileDialog

from tests.gui.themes.test_theme_dock import layer_of
from twin_plugin.bridge.kernel import runtime
from twin_plugin.bridge.scenarios import found as scenarios
from twin_plugin.gui.themes import scenario_store

pytestmark = pytest.mark.slow
SCENARIO = {
    "id": "OWN-1",
    "domain": "water",
    "name": {"en": "Reach of pumps", "zh": "泵站范围"},
    "question": {"en": "What lies within reach of a pump?", "zh": "泵站范围内有什么？"},
    "users": {"en": "duty officer", "zh": "值班员"},
    "decision": {"en": "where the next pump goes", "zh": "下一处泵站选址"},
    "data": [{"name": "PUMPS", "subdivision": "B04", "path": "data.gpkg|layername=pumps", "geometry": "point"}],
    "settings": [
        {
            "name": "REACH",
            "title": {"en": "Reach", "zh": "半径"},
            "value": 300,
            "minimum": 1,
            "maximum": 5000,
            "unit": "m",
        }
    ],
    "steps": [
        {
            "id": "near",
            "algorithm": "native:buffer",
            "parameters": {"INPUT": {"data": "PUMPS"}, "DISTANCE": {"setting": "REACH"}},
        }
    ],
    "outputs": [{"step": "near", "output": "OUTPUT", "title": {"en": "Reach", "zh": "范围"}, "file": "reach.gpkg"}],
    "measures": [
        {"id": "pumps", "title": {"en": "Pumps", "zh": "泵"}, "data": "PUMPS", "statistic": "count"},
        {"id": "areas", "title": {"en": "Areas", "zh": "面"}, "step": "near", "output": "OUTPUT", "statistic": "count"},
    ],
    "checks": [
        {
            "left": "pumps",
            "relation": "=",
            "right": "areas",
            "reason": {"en": "One for each pump.", "zh": "每泵一个。"},
        },
        {"left": "areas", "relation": "<", "right": 2, "reason": {"en": "Wrong on purpose.", "zh": "故意设错。"}},
    ],
}


@pytest.fixture
def page(make_desktop, tmp_path, monkeypatch, wait_for):
    """The page, with a scenario of the user's own and its data listed."""
    own, data = tmp_path / "own 自有", tmp_path / "data 数据"
    (own / "scenarios").mkdir(parents=True)
    data.mkdir()
    # Agreed to once, a document runs without a question: each test has one of its own.
    (own / "scenarios" / "own-1.json").write_text(
        json.dumps(SCENARIO | {"source": str(tmp_path)}, ensure_ascii=False), "utf-8"
    )
    monkeypatch.setattr(runtime, "own_folder", lambda kind: own / kind)
    monkeypatch.setattr(scenarios, "library_table", lambda: tmp_path / "no library.csv")
    layer_of(data / "data.gpkg")
    dock = make_desktop().docks["themes"]
    dock.tabs.setCurrentIndex(2)
    found = dock.scenarios
    found.form.set_value("FOLDER", str(data))
    found.list_button.click()
    wait_for(lambda: not dock.busy(), 60)
    assert found.list.model.rowCount() >= 1, dock.panel.notice.text.text()
    found.list.search.setText("reach pump")
    wait_for(lambda: found.list.shown.rowCount() == 1)
    found.list.choose("OWN-1")
    wait_for(lambda: found.scenario is not None)
    return dock, found


def test_a_scenario_is_shown_run_and_remembered(page, wait_for, answer_questions):
    dock, found = page
    card = found.card
    assert "What lies within reach" in card.question.text()
    assert "where the next pump goes" in card.decision.text()
    assert card.state.text() == "runs"
    assert list(card.settings.fields) == ["REACH"]
    assert card.settings.changed() == []
    card.settings.fields["REACH"].setValue(50)
    assert card.settings.changed() == ["REACH", "50"]
    asked = answer_questions(True)
    assert dock.primary.isEnabled()
    dock.start()
    wait_for(lambda: not dock.busy(), 60)
    assert asked
    assert "native:buffer" in asked[0]
    run = scenario_store.runs()[0]
    assert (run.scenario_id, run.state, run.checks, run.failed) == ("OWN-1", "check failed", 2, 1)
    assert "do not hold" in dock.panel.notice.text.text()
    layers = [layer for layer in QgsProject.instance().mapLayers().values() if layer.name() == "Reach"]
    assert len(layers) == 1
    areas = [feature.geometry().area() for feature in layers[0].getFeatures()]
    assert max(areas) == pytest.approx(3.1416 * 50**2, rel=0.03)
    assert found.runs.count() == 1


def test_who_says_no_runs_nothing(page, wait_for, answer_questions):
    dock, _ = page
    answer_questions(False)
    dock.start()
    wait_for(lambda: not dock.busy(), 60)
    assert not [layer for layer in QgsProject.instance().mapLayers().values() if layer.name() == "Reach"]
    assert scenario_store.runs() == []


def test_a_chain_becomes_a_model_and_favourites_are_listed(page, wait_for, tmp_path, monkeypatch, answer_questions):
    dock, found = page
    answer_questions(True)
    path = tmp_path / "链 chain.model3"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    found.ask_model()
    wait_for(lambda: not dock.busy(), 60)
    assert path.is_file(), dock.panel.notice.text.text()
    found.card.star.click()
    found.list.search.clear()
    found.list.only_stars.setChecked(True)
    assert found.list.shown.rowCount() == 1
    found.card.star.click()
    assert found.list.shown.rowCount() == 0
    found.list.only_stars.setChecked(False)


def test_what_is_due_runs_and_ends_with_the_project(page, wait_for, answer_questions, monkeypatch):
    dock, found = page
    answer_questions(True)
    found.card.every.setCurrentIndex(found.card.every.findData(15))
    assert "Next run" in found.card.next.text()
    found.schedule.repeated["OWN-1"].next_s = 0.0
    found.schedule.look()
    wait_for(lambda: not dock.busy(), 60)
    assert scenario_store.runs()[0].scenario_id == "OWN-1"
    assert found.schedule.left_s("OWN-1") > 800
    dock.project_changed()
    assert found.schedule.left_s("OWN-1") is None
