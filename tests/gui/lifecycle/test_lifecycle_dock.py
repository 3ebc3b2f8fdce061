"""The Life cycle dock: it takes the demo district, shows dates, an object's life and corrections, and meets a gate."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsTemporalNavigationObject,
)
from qgis.PyQt.QtCore import QDateTime, QPointF, Qt
from qgis.PyQt.QtTest import QTest

from tests.processing.lifecycle.test_models import make_model
from twin_plugin.bridge.bim.model_source import ModelSource
from twin_plugin.bridge.demo.layers import write_layers
from twin_plugin.core.demo.lifecycle import PERMIT, REVIEW
from twin_plugin.core.lifecycle.periods import Stage
from twin_plugin.gui.common import state
from twin_plugin.gui.common.run_request import RunResult
from twin_plugin.gui.lifecycle.building_list import EVERY
from twin_plugin.gui.lifecycle.life_actions import ADVANCE, RECORD
from twin_plugin.gui.lifecycle.life_source import BASE

CRS = "EPSG:4547"


@pytest.fixture(scope="module")
def made(synthetic_district, tmp_path_factory):
    """The path of a demo district's tables."""
    path = tmp_path_factory.mktemp("演示 demo") / "district.gpkg"
    write_layers(synthetic_district(60, 1), path)
    return path


@pytest.fixture
def tables(made, tmp_path):
    """A copy that a test may change."""
    return str(shutil.copy(made, tmp_path / "孪生 life.gpkg"))


@pytest.fixture
def dock(make_desktop, qgis_iface):
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem(CRS))
    qgis_iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem(CRS))
    dock = make_desktop().docks["lifecycle"]
    dock.setFloating(True)
    dock.show()
    return dock


@pytest.fixture
def taken(dock, tables, wait_for):
    """The dock with the demo district's stages."""
    dock.take_demo(RunResult(True, outputs={"DISTRICT": tables}))
    wait_for(lambda: bool(dock.status.rows) and not dock.reader.busy())
    return dock


def test_the_file_of_a_demo_district_opens_as_a_base(dock, tables, wait_for, monkeypatch):
    monkeypatch.setattr("twin_plugin.gui.lifecycle.life_source.ask_file", lambda parent: ModelSource(path=tables))
    dock.source.more.menu().actions()[0].trigger()
    wait_for(lambda: bool(dock.status.rows) and not dock.reader.busy())
    assert len(dock.status.rows) == 60
    assert dock.source.base_values() == {"TWIN_BASE": tables}


def day(text):
    return QDateTime.fromString(text, "yyyy-MM-dd")


def settled(dock, wait_for):
    wait_for(lambda: not dock.settle.isActive() and not dock.reader.busy() and not dock.busy())


def choose(dock, wait_for, *ids):
    dock.list.select(set(ids))
    wait_for(lambda: dock.card.papers_box.isVisibleTo(dock))


def test_an_empty_project_says_what_to_do(dock):
    assert dock.notice.isVisibleTo(dock)
    assert "Choose a twin base above" in dock.notice.text.text()
    assert not dock.primary.isEnabled()
    for part in dock.shown:
        assert not part.isVisibleTo(dock)


def test_the_demo_district_is_shown_at_its_day(taken):
    counts = taken.bars.counts
    assert sum(counts.values()) == len(taken.status.rows) == taken.list.model.rowCount()
    assert counts["operation"] > counts["design"] > 0
    assert counts["planning"] > 0
    assert not taken.notice.isVisibleTo(taken)
    assert "2026-08-30" in taken.bars.caption()
    assert len(taken.status.dates) == taken.dates.slider.maximum() + 1


def test_the_slider_goes_along_the_changes_and_the_counts_follow(taken, wait_for):
    slider = taken.dates.slider
    first = taken.status.dates[0]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert taken.dates.date() == first
    settled(taken, wait_for)
    assert taken.bars.counts["operation"] == 0
    assert taken.bars.counts[""] == len(taken.status.rows) - 1
    QTest.keyClick(slider, Qt.Key.Key_End)
    settled(taken, wait_for)
    assert "" not in taken.bars.counts, "the row goes with the last of them"
    taken.dates.set_at(day("2020-01-15"))
    assert taken.status.dates[slider.value()] <= taken.dates.date() < taken.status.dates[slider.value() + 1]


def test_stages_of_a_bar_are_listed_and_names_found(taken):
    row = list(Stage).index(Stage.DESIGN)
    line = taken.bars.fontMetrics().height()
    QTest.mouseClick(taken.bars, Qt.MouseButton.LeftButton, pos=QPointF(5, line * (1.6 + 1.5 * row)).toPoint())
    assert taken.list.shown.rowCount() == taken.bars.counts["design"]
    taken.list.show_stage(EVERY)
    name = taken.status.rows[0].id
    taken.list.search.setText(name.upper())
    assert taken.list.shown.rowCount() == 1


def test_a_corrected_life_shows_both_and_what_was_known_before(taken, wait_for):
    corrected = next(name for name, spans in taken.status.spans.items() if len(spans) == 4)
    choose(taken, wait_for, corrected)
    bars = taken.card.line.bars
    assert [bar.stage for bar in bars if not bar.was] == ["planning", "design", "construction", "operation"]
    assert {bar.stage for bar in bars if bar.was} == {"design", "construction"}
    assert taken.card.history.text().count("superseded 2026-08-30") == 2
    assert "施工日志" in taken.card.history.text()
    moved = next(bar for bar in bars if bar.stage == "construction" and not bar.was)
    taken.dates.set_at(moved.starts.addDays(-10))
    settled(taken, wait_for)
    assert taken.list.rows[corrected].stage == "design"
    taken.dates.set_known(day("2026-08-29"))
    settled(taken, wait_for)
    assert taken.list.rows[corrected].stage == "construction"


def test_a_gate_is_met_in_the_dock(taken, wait_for):
    name = next(row.id for row in taken.status.rows if row.stage == "design" and row.gate_met is False)
    choose(taken, wait_for, name)
    assert "not met" in taken.card.gate.text()
    assert "✗" in taken.card.asked.text()
    assert PERMIT in taken.card.asked.text()
    taken.card.advance_button.click()
    form = taken.forms[ADVANCE]
    assert form.form.value("STAGE") == "construction"
    form.go.click()
    settled(taken, wait_for)
    assert PERMIT in taken.panel.notice.text.text() or REVIEW in taken.panel.notice.text.text()
    assert form.isVisibleTo(taken), "it stays open for a second try"
    for given in ({"KIND": "document", "NAME": PERMIT, "STATE": "published"}, {"KIND": "check passed", "NAME": REVIEW}):
        choose(taken, wait_for, name)
        taken.card.record_button.click()
        form = taken.forms[RECORD]
        assert {key: form.form.value(key) for key in given} == given, "what the gate lacks stands in the form"
        assert form.go.isEnabled(), form.go.toolTip()
        form.go.click()
        settled(taken, wait_for)
        assert not form.isVisibleTo(taken)
    assert taken.list.rows[name].gate_met
    choose(taken, wait_for, name)
    taken.card.advance_button.click()
    taken.forms[ADVANCE].form.set_value("NOTE", "site handed over <b>")
    taken.forms[ADVANCE].go.click()
    settled(taken, wait_for)
    assert "1 entered the stage" in taken.panel.notice.text.text()
    assert taken.list.rows[name].stage == "construction"


def test_several_enter_together_and_who_may_not_is_named(taken, wait_for):
    names = [row.id for row in taken.status.rows if row.stage == "design"]
    assert {taken.list.rows[name].gate_met for name in names} == {True, False}
    choose(taken, wait_for, *names)
    taken.card.advance_button.click()
    taken.forms[ADVANCE].go.click()
    settled(taken, wait_for)
    assert "did not" in taken.panel.notice.text.text()
    assert taken.panel.notice.details.isVisibleTo(taken)


def test_the_stages_come_on_the_map_and_are_played(taken, wait_for, monkeypatch, qgis_iface):
    navigation = QgsTemporalNavigationObject()
    monkeypatch.setattr(qgis_iface.mapCanvas(), "temporalController", lambda: navigation, raising=False)
    taken.play_button.click()
    settled(taken, wait_for)
    wait_for(lambda: taken.player.running)
    root = QgsProject.instance().layerTreeRoot()
    names = {node.name(): node.itemVisibilityChecked() for node in root.findLayers()}
    assert names == {"Stages 2026-08-30": False, "Stages over time": True}
    assert taken.play_button.isChecked()
    extents = navigation.temporalExtents()
    assert extents.begin() == taken.status.dates[0]
    assert extents.end() > taken.status.dates[-1]
    taken.play_button.click()
    assert not taken.player.running
    names = {node.name(): node.itemVisibilityChecked() for node in root.findLayers()}
    assert names == {"Stages 2026-08-30": True, "Stages over time": False}
    taken.play_button.click()
    assert taken.player.running, "the same layer again"
    QgsProject.instance().clear()
    assert not taken.player.running


def test_the_source_is_kept_in_the_project(taken, tables, tmp_path, wait_for):
    assert state.recall(BASE) == f"file:{tables}"
    path = tmp_path / "kept.qgz"
    QgsProject.instance().write(str(path))
    QgsProject.instance().clear()
    assert not taken.status.rows
    assert not taken.source.base
    QgsProject.instance().read(str(path))
    wait_for(lambda: bool(taken.status.rows))
    assert taken.source.base == ModelSource(path=tables)
    assert taken.bars.counts["planning"] > 0


def test_a_base_that_is_gone_is_named(dock, tmp_path, wait_for):
    dock.source.choose(ModelSource(path=str(tmp_path / "<script>.gpkg")))
    wait_for(lambda: "script" in dock.notice.text.text())
    assert "is no GeoPackage" in dock.notice.text.text()
    assert not dock.list.isVisibleTo(dock)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ("construction", "2026-04-01", ""),
            "design and construction of 'demo_00007_home.ifc' overlap from 2026-04-01",
        ),
        (("construction", "2027-01-01", "2026-01-01"), "ends on 2026-01-01, before it begins on 2027-01-01"),
    ],
)
def test_records_that_cannot_be_are_named(dock, tables, wait_for, row, said):
    with sqlite3.connect(tables) as database:
        insert = (
            "INSERT INTO lifecycle_stage (object_id, stage, valid_from, valid_to, recorded_at) VALUES (?, ?, ?, ?, ?)"
        )
        database.execute(insert, ("demo_00007_home.ifc", *row, "2026-04-01"))
    dock.take_demo(RunResult(True, outputs={"DISTRICT": tables}))
    wait_for(lambda: bool(dock.status.rows))
    assert said in dock.notice.text.text()
    assert dock.list.isVisibleTo(dock), "the others are shown"


def test_a_schedule_with_a_cycle_is_refused_in_its_place(dock, tmp_path, wait_for):
    ifcopenshell = pytest.importorskip("ifcopenshell")
    path = tmp_path / "进度 cycle.ifc"
    model, _, tasks = make_model(path)
    model.createIfcRelSequence(ifcopenshell.guid.new(), None, None, None, tasks[2], tasks[0])
    model.write(str(path))
    tools = dock.tools
    tools.which.setCurrentIndex(tools.which.findData("constructionprogress"))
    tools.forms["constructionprogress"].set_value("MODEL", str(path))
    assert tools.go.isEnabled(), tools.go.toolTip()
    tools.go.click()
    wait_for(lambda: not dock.busy(), 60)
    assert "has a cycle" in dock.panel.notice.text.text()


def test_other_tools_say_what_they_lack(dock):
    tools = dock.tools
    assert set(tools.algorithms) == {"comparestages", "comparemodels", "constructionprogress", "setgates"}
    for name in tools.algorithms:
        tools.which.setCurrentIndex(tools.which.findData(name))
        assert not tools.go.isEnabled(), name
        assert "Give these first" in tools.go.toolTip()
    assert "twin base" in tools.go.toolTip()
    said = tools.summary("constructionprogress")({"PLANNED_SHARE": 0.5041, "DONE_SHARE": -1, "LATE": 1})
    assert said == "Planned 50.4 %, done –; 1 tasks are late."
    said = tools.summary("comparemodels")({"GEOMETRY": 2, "PROPERTIES": 1, "BOTH": 0, "ADDED": 1, "DELETED": 0})
    assert said == "3 changed, 1 added, 0 deleted."
