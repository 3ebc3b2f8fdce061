"""The plan dock: which floods become levels, what a stored plan shows, where its rows are, and its time line."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsTemporalNavigationObject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from tests.core.contingency.plans import RED, YELLOW, closure, hit, level, plan
from twin_plugin.core.contingency.plan import Event
from twin_plugin.core.contingency.plan_file import plan_text
from twin_plugin.gui.common import state
from twin_plugin.gui.contingency.dock import PROPOSED, inputs_of
from twin_plugin.gui.widgets.proposals import named_layer

X, Y = 493_000.0, 2_490_800.0
EVENTS = (
    Event(-60.0, "warning", "Warning is given"),
    Event(30.0, "closure", "Road r1 closes", "r1", X, Y),
    Event(40.0, "entry", "Water enters <b>House</b>", "b1", X, Y),
)


def stored(folder, *levels, name="plan.json", title="Plan 预案"):
    path = folder / name
    path.write_text(plan_text(plan(*levels, title=title)), "utf-8")
    return str(path)


@pytest.fixture
def red():
    hits = [hit("b1", x=X, y=Y), hit("b2", 2, 5, x=X + 100, y=Y)]
    return replace(level(RED, hits, [closure("r1", x=X, y=Y)]), events=EVENTS)


@pytest.fixture
def dock(make_desktop):
    return make_desktop().docks["plan"]


@pytest.fixture
def controller(dock, monkeypatch, qgis_iface):
    made = QgsTemporalNavigationObject()
    monkeypatch.setattr(qgis_iface.mapCanvas(), "temporalController", lambda: made, raising=False)
    return made


def titles(view):
    return [view.lists.which.itemText(row) for row in range(view.lists.which.count())]


def cells(view, column=0):
    shown = view.lists.shown
    return [shown.index(row, column).data() for row in range(shown.rowCount())]


def test_without_assessed_floods_the_dock_says_what_to_do(dock):
    assert dock.levels.empty.isVisibleTo(dock)
    assert "Flood dock" in dock.levels.empty.text()
    assert not dock.primary.isEnabled()
    assert not dock.view.isVisibleTo(dock)
    dock.start()
    assert not dock.busy()


def test_assessed_floods_become_levels_and_others_do_not(dock, add_flood, add_assessment):
    add_flood("aa", "Storm A")
    add_flood("bb", "Storm B")
    risk = add_assessment("aa")
    dock.refresh()
    assert [item.flood.run for item in dock.levels.chosen()] == ["aa"]
    assert inputs_of(dock.levels.chosen())["BUILDING_RISK"] == [risk.id()]
    assert dock.primary.isEnabled()
    dock.levels.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dock.primary.isEnabled()
    dock.refresh()
    assert dock.levels.chosen() == []


def test_layers_are_proposed_by_name_and_geometry_once(dock):
    project = QgsProject.instance()
    roads = QgsVectorLayer("LineString?crs=EPSG:4547", "Roads of Houhai", "memory")
    project.addMapLayers([QgsVectorLayer("Point?crs=EPSG:4547", "road signs", "memory"), roads])
    assert named_layer(*PROPOSED["ROADS"]) == roads
    dock.refresh()
    assert dock.places.value("ROADS") == roads.id()
    dock.places.set_value("ROADS", None)
    dock.refresh()
    assert dock.places.value("ROADS") is None


def test_blocks_with_people_are_proposed_as_districts_and_results_never(dock):
    """A plan's own layers have the names of its inputs, and come into a project without a mark of the dock too."""
    polygons = [QgsVectorLayer("Polygon?crs=EPSG:4547", name, "memory") for name in ("district", "a population")]
    results = [
        QgsVectorLayer(f"LineString?crs=EPSG:4547&field={field}:string", name, "memory")
        for field, name in (("plan_id", "roads"), ("flood_run", "roads in water"))
    ]
    QgsProject.instance().addMapLayers([*polygons, *results])
    dock.refresh()
    assert dock.places.value("DISTRICTS") == polygons[1].id()
    assert dock.places.value("ROADS") is None


def test_a_stored_plan_shows_its_levels_figures_and_lists(dock, red, tmp_path):
    dock.view.open_plan(stored(tmp_path, level(YELLOW), red))
    view = dock.view
    assert view.isVisibleTo(dock)
    assert view.title.text() == "Plan 预案"
    assert view.levels.currentText().startswith("Red")
    assert "1 roads close" in view.figures.text()
    assert "30 people have a place, 10 have none" in view.figures.text()
    assert titles(view)[:3] == ["People without a place (1)", "Buildings in water (2)", "Closed roads (1)"]
    assert cells(view) == ["House b1"]
    assert cells(view, 2) == ["the shelters are full"]
    view.lists.which.setCurrentIndex(1)
    assert cells(view) == ["House b1", "House b2"]
    view.lists.filter.setText("b2")
    assert cells(view) == ["House b2"]
    view.lists.filter.clear()
    view.lists.view.sortByColumn(5, Qt.SortOrder.AscendingOrder)
    assert cells(view) == ["House b2", "House b1"]  # 5 people, 10 people
    view.levels.setCurrentIndex(0)
    assert titles(view)[2] == "Closed roads (1)"


def test_a_row_is_shown_on_the_map(dock, red, tmp_path, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    dock.view.open_plan(stored(tmp_path, red))
    dock.view.lists.which.setCurrentIndex(1)
    dock.view.lists.view.selectRow(0)
    assert canvas.center().x() == pytest.approx(X, abs=1)
    assert canvas.center().y() == pytest.approx(Y, abs=1)
    assert dock.view.time_line.minute == 40.0
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    dock.view.lists.view.selectRow(1)
    assert 113.0 < canvas.center().x() < 115.0
    assert 22.0 < canvas.center().y() < 23.0


def test_the_time_line_is_walked_by_keyboard_and_sets_the_time(dock, red, tmp_path, controller):
    dock.view.open_plan(stored(tmp_path, red))
    line, minutes = dock.view.time_line, []
    line.chosen.connect(minutes.append)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(line, key)
    assert minutes == [-60.0, 30.0, 40.0, 30.0, -60.0]
    QTest.keyClick(line, Qt.Key.Key_End)
    start = controller.temporalExtents().begin()
    frame = controller.dateTimeRangeForFrameNumber(controller.currentFrameNumber())
    assert start.secsTo(frame.begin()) == 60 * (60 + 40)
    assert "<b>House</b>" in line.accessibleDescription()
    assert not line.grab().toImage().isNull()


def test_the_drill_follows_the_temporal_controller_and_ends(dock, red, tmp_path, controller):
    dock.view.open_plan(stored(tmp_path, red))
    dock.view.play.click()
    assert dock.view.drill.running
    controller.pause()
    controller.setCurrentFrameNumber(18)
    assert dock.view.time_line.minute == 30.0
    dock.view.play.click()
    assert not dock.view.drill.running
    assert math.isnan(dock.view.time_line.minute)


def test_two_plans_are_compared(dock, red, tmp_path):
    before = replace(red, closures=())
    dock.view.open_plan(stored(tmp_path, red))
    dock.view.compare_with(stored(tmp_path, before, name="before.json"))
    view = dock.view
    assert view.lists.which.currentText() == "Changes (2)"
    assert cells(view, 2) == ["red", "r1"]
    assert cells(view, 3) == ["changed", "added"]


def test_a_file_that_is_no_plan_is_said_and_the_plan_stays(dock, red, tmp_path):
    dock.view.open_plan(stored(tmp_path, red))
    other = tmp_path / "other.json"
    other.write_text("[1", "utf-8")
    dock.view.open_plan(str(other))
    assert "other.json" in dock.panel.notice.text.text()
    assert dock.view.title.text() == "Plan 预案"


def test_the_project_remembers_the_plan(dock, red, tmp_path):
    dock.view.open_plan(stored(tmp_path, red))
    dock.project_changed()
    assert dock.view.title.text() == "Plan 预案"
    (tmp_path / "plan.json").unlink()
    dock.project_changed()
    assert dock.view.plan is None
    assert not dock.view.isVisibleTo(dock)
    assert state.recall("contingency/plan")


def test_pages_beside_the_plan_are_offered(dock, red, tmp_path):
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4")
    dock.view.open_plan(stored(tmp_path, red))
    assert dock.view.pdf.isEnabled()
    assert not dock.view.html.isEnabled()


def test_the_first_list_with_rows_is_shown_at_first(dock, red, tmp_path):
    everyone = replace(red, evacuation=replace(red.evacuation, unplaced=()))
    dock.view.open_plan(stored(tmp_path, everyone))
    assert dock.view.lists.which.currentText() == "Buildings in water (2)"
