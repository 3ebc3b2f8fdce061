"""Placing by hand: clicks, drags, keys and numbers; undo and escape; and the import that repeats the place."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent  # noqa: TID251
from qgis.PyQt.QtCore import QEvent, QPoint, QSize, Qt
from qgis.PyQt.QtGui import QKeyEvent

from twin_plugin.bridge.bim import hand_placement
from twin_plugin.bridge.bim.hand_placement import HandPlacement, LocalModel
from twin_plugin.bridge.bim.model_source import ModelSource
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.bim import algorithm_calls, sources
from twin_plugin.gui.bim.map_tool import PlaceTool
from twin_plugin.gui.bim.placement_panel import PlacingPanel
from twin_plugin.gui.bim.placement_state import Placing, Stage
from twin_plugin.gui.common import result_layers

CRS = "EPSG:4547"
EAST, NORTH = 500_000.0, 2_490_000.0
SAMPLE = "AC90R1-niedriha-V2-2x3.ifc"
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def at(east: float, north: float) -> QgsPointXY:
    return QgsPointXY(EAST + east, NORTH + north)


@pytest.fixture
def session(qgis_new_project):
    """The placing of a made model, 12 m by 10 m, whose ground floor is 0.5 m above its zero point."""
    footprint = QgsGeometry.fromWkt("Polygon ((0 0, 12 0, 12 10, 0 10, 0 0))")
    return Placing(LocalModel("a.ifc", "/m/a.ifc", footprint, 0.5), QgsCoordinateReferenceSystem(CRS))


@pytest.fixture
def canvas(widget):
    """A canvas of 400 x 400 pixels over 100 m x 100 m of the same CRS."""
    made = widget(QgsMapCanvas)
    made.resize(QSize(400, 400))
    made.setDestinationCrs(QgsCoordinateReferenceSystem(CRS))
    made.setExtent(QgsRectangle(EAST - 50, NORTH - 50, EAST + 50, NORTH + 50))
    return made


class Mouse:
    """Sends a tool what the canvas would."""

    def __init__(self, canvas, tool) -> None:
        self.canvas, self.tool = canvas, tool

    def _event(self, kind: QEvent.Type, point: QgsPointXY, button) -> QgsMapMouseEvent:
        on_map = self.tool._to_canvas(point)
        pixel = self.canvas.getCoordinateTransform().transform(on_map)
        return QgsMapMouseEvent(self.canvas, kind, QPoint(round(pixel.x()), round(pixel.y())), button)

    def move(self, point: QgsPointXY) -> None:
        self.tool.canvasMoveEvent(self._event(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton))

    def click(self, point: QgsPointXY, button=LEFT) -> None:
        self.tool.canvasPressEvent(self._event(QEvent.Type.MouseButtonPress, point, button))
        self.tool.canvasReleaseEvent(self._event(QEvent.Type.MouseButtonRelease, point, button))

    def drag(self, start: QgsPointXY, end: QgsPointXY) -> None:
        self.tool.canvasPressEvent(self._event(QEvent.Type.MouseButtonPress, start, LEFT))
        self.move(end)
        self.tool.canvasReleaseEvent(self._event(QEvent.Type.MouseButtonRelease, end, LEFT))

    def key(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


@pytest.fixture
def mouse(canvas, session):
    tool = PlaceTool(canvas, session)
    canvas.setMapTool(tool)
    yield Mouse(canvas, tool)
    tool.remove()


def pixel(canvas) -> float:
    return 1.01 * canvas.mapUnitsPerPixel()


def test_two_clicks_place_a_model_with_a_preview_on_the_way(mouse, session, canvas):
    ended = []
    session.ended.connect(ended.append)
    assert session.shown() is None
    mouse.move(at(5, 5))
    assert session.shown().to_map(0, 0).distance(at(5, 5)) < pixel(canvas)
    assert session.stage is Stage.POINT, "moving places nothing"
    mouse.click(at(-10, -20))
    mouse.move(at(-10, 20))
    assert session.shown().bearing_deg == pytest.approx(0.0, abs=1.5)
    mouse.click(at(30, -20))
    assert session.stage is Stage.PLACED
    assert session.place.bearing_deg == pytest.approx(90.0, abs=1.5)
    assert session.place.to_map(0, 0).distance(at(-10, -20)) < pixel(canvas)
    shown = mouse.tool.band.asGeometry()
    assert shown.area() == pytest.approx(120.0, rel=1e-6)
    mouse.key(Qt.Key.Key_Return)
    assert ended == [True]


def test_the_footprint_is_dragged_and_turned_about_what_it_is_held_by(mouse, session, canvas):
    session.put(HandPlacement(EAST, NORTH, 1.0, 0.0))
    session.hold("south-west")
    mouse.drag(at(6, 5), at(16, 25))
    assert session.place.to_map(0, 0).distance(at(10, 20)) < 2 * pixel(canvas)
    corner = session.place.to_map(0, 0)
    mouse.drag(session.place.to_map(12, 0), QgsPointXY(corner.x(), corner.y() + 12))
    assert session.place.bearing_deg == pytest.approx(270.0, abs=4)
    assert session.place.to_map(0, 0).distance(corner) < 1e-6, "the corner stays where it is"
    before = session.place
    mouse.drag(at(-40, -40), at(-30, -30))
    assert session.place == before, "off the footprint nothing is dragged"


def test_undo_goes_back_step_by_step_and_escape_in_its_order(mouse, session):
    ended = []
    session.ended.connect(ended.append)
    mouse.click(at(0, 0))
    mouse.click(at(0, 20))
    session.put(HandPlacement(EAST + 9, NORTH, 0.0, 12.0))
    mouse.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.stage is Stage.PLACED
    assert session.place.bearing_deg == pytest.approx(0.0, abs=1.5)
    mouse.key(Qt.Key.Key_Backspace)
    assert session.stage is Stage.BEARING
    mouse.key(Qt.Key.Key_Escape)
    assert session.stage is Stage.POINT
    assert not session.can_undo()
    assert ended == []
    mouse.key(Qt.Key.Key_Return)
    assert ended == [], "nothing is placed yet"
    mouse.key(Qt.Key.Key_Escape)
    mouse.key(Qt.Key.Key_Escape)
    assert ended == [False], "it ends once"


def test_the_right_button_keeps_the_bearing(mouse, session):
    mouse.click(at(0, 0))
    mouse.click(at(30, 30), RIGHT)
    assert session.stage is Stage.PLACED
    assert session.place.bearing_deg == 0.0


def test_escape_leaves_a_drag(mouse, session):
    session.put(HandPlacement(EAST, NORTH))
    mouse.tool.canvasPressEvent(mouse._event(QEvent.Type.MouseButtonPress, at(5, 5), LEFT))
    mouse.move(at(30, 30))
    mouse.key(Qt.Key.Key_Escape)
    mouse.tool.canvasReleaseEvent(mouse._event(QEvent.Type.MouseButtonRelease, at(30, 30), LEFT))
    assert session.place == HandPlacement(EAST, NORTH)
    assert not session.over


def test_a_map_in_degrees_places_in_metres(mouse, session, canvas):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    canvas.setExtent(QgsRectangle(113.9995, 22.5035, 114.0005, 22.5045))
    centre = mouse.tool._point(mouse._event(QEvent.Type.MouseMove, at(0, 0), LEFT)) or at(0, 0)
    mouse.click(centre)
    mouse.click(QgsPointXY(centre.x() + 40, centre.y()))
    assert session.place.bearing_deg == pytest.approx(90.0, abs=2)
    assert mouse.tool.band.asGeometry().boundingBox().width() < 0.001, "drawn in degrees"


def test_the_tool_leaves_nothing_on_the_canvas(canvas, session):
    before = len(canvas.scene().items())
    tool = PlaceTool(canvas, session)
    canvas.setMapTool(tool)
    session.put(HandPlacement(EAST, NORTH))
    assert len(canvas.scene().items()) > before
    tool.remove()
    session.changed.emit()
    assert canvas.mapTool() is not tool
    assert len(canvas.scene().items()) <= before + 1, "QGIS's own mark of snapping may stay, hidden"


def test_the_ground_floor_stands_on_the_terrain_unless_a_level_is_typed(qgis_new_project, session, tmp_path):
    path = tmp_path / "dtm.tif"
    write_grid(Grid(np.full((40, 40), 7.25, np.float32), EAST - 20, NORTH + 20, 1.0, CRS), path)
    QgsProject.instance().addMapLayer(QgsRasterLayer(str(path), "terrain"))
    placed = Placing(session.local, session.crs)
    assert placed.on_terrain
    placed.click(at(0, 0))
    assert placed.place.z == pytest.approx(6.75)
    placed.put(HandPlacement(EAST + 500, NORTH, placed.place.z))
    assert placed.place.z == pytest.approx(6.75), "off the terrain the level stays"
    placed.set_on_terrain(False)
    placed.put(HandPlacement(EAST, NORTH, 3.0))
    assert placed.place.z == 3.0
    placed.set_on_terrain(True)
    assert placed.place.z == pytest.approx(6.75)


def test_numbers_are_typed_one_at_a_time(session, widget):
    panel = widget(PlacingPanel)
    panel.follow(session)
    assert not panel.accept.isEnabled()
    session.put(HandPlacement(EAST + 0.12345, NORTH, 2.0, 30.00049))
    assert panel.accept.isEnabled()
    panel.z.setValue(4.5)
    assert session.place == HandPlacement(EAST + 0.12345, NORTH, 4.5, 30.00049), (
        "what was not typed keeps all its digits"
    )
    session.hold("north-east")
    corner = session.place.to_map(12, 10)
    panel.bearing.setValue(75.0)
    assert session.place.bearing_deg == 75.0
    assert session.place.to_map(12, 10).distance(corner) < 1e-6
    panel.undo.click()
    assert session.place.bearing_deg == 30.00049
    panel.leave()
    session.put(HandPlacement(0, 0))
    assert not panel.isVisibleTo(panel.parentWidget())


# The real thing, from end to end


@pytest.fixture
def model(shared_data, tmp_path):
    """The sample without a place, in a folder with a space and Chinese characters."""
    folder = tmp_path / "models 模型"
    folder.mkdir()
    return Path(shutil.copy(shared_data(f"ifc/{SAMPLE}"), folder / SAMPLE))


@pytest.fixture
def dock(make_desktop):
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem(CRS))
    return make_desktop().docks["buildings"]


def place_by_hand(dock, wait_for) -> HandPlacement:
    """Choose the model, click its south-west corner and the direction of its wall, and accept."""
    dock.models.select(SAMPLE)
    assert dock.models.current().state == "unplaced"
    dock.models.actions_[1].trigger()
    wait_for(lambda: dock.placement.placing is not None, 60)
    session = dock.placement.placing
    session.hold("south-west")
    session.click(at(0, 0))
    session.click(at(40, 30))
    place = session.place
    dock.placing_panel.accept.click()
    return place


def preview(dock, model, place) -> QgsGeometry:
    """The footprint as it was drawn: from the layer that the footprint was read from."""
    folder = sorted((algorithm_calls.temporary_folder("local").parent).iterdir(), key=lambda item: int(item.name))
    made = next(item for item in reversed(folder) if (item / "buildings.gpkg").exists())
    local = hand_placement.local_model("", "", QgsVectorLayer(str(made / "buildings.gpkg"), "b", "ogr"))
    return local.outline(place)


def a_report(name: str) -> QgsVectorLayer:
    """The report of one model that was read and has no place."""
    fields = "field=id:string&field=path:string&field=status:string&field=reason:string&field=buildings:int"
    layer = QgsVectorLayer(f"NoGeometry?{fields}&field=georef_level:int", "Models read", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes([name, f"/data/{name}", "ok", "", 1, 0])
    layer.dataProvider().addFeature(feature)
    return layer


def same_shape(one: QgsGeometry, other: QgsGeometry) -> bool:
    return one.symDifference(other).area() < 0.01


@pytest.mark.slow
def test_a_model_without_a_place_is_placed_and_the_next_import_repeats_it(dock, model, wait_for, settle, tmp_path):
    QgsProject.instance().write(str(tmp_path / "project 项目.qgz"))
    dock.inputs.form.set_value("FOLDER", str(model.parent))
    dock.start()
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.busy() and not dock.loader.busy(), 60)
    place = place_by_hand(dock, wait_for)
    wait_for(lambda: [item.state for item in dock.models.table.rows] == ["ok"] and not dock.loader.busy(), 60)
    row = dock.models.table.rows[0]
    assert (row.georef_level, row.confidence) == (60, "sure")
    assert dock.models.current().id == SAMPLE, "it is still selected"
    (building,) = result_layers.newest("loadbim/BUILDINGS").getFeatures()
    assert building.geometry().area() == pytest.approx(95.8, abs=0.2)
    assert same_shape(building.geometry(), preview(dock, model, place))
    corner = QgsGeometry.fromPointXY(at(0, 0))
    assert building.geometry().distance(corner) < 0.001, "the corner lies where it was clicked"
    dock.models.actions_[1].trigger()
    wait_for(lambda: dock.placement.placing is not None, 60)
    held = dock.placement.placing.place
    assert dock.placement.placing.stage is Stage.PLACED, "a model that has a place starts from there"
    assert (held.x, held.y) == pytest.approx((place.x, place.y), abs=1e-3)
    assert held.bearing_deg == pytest.approx(place.bearing_deg, abs=1e-5)
    dock.placing_panel.give_up.click()
    kept = tmp_path / "city_twin" / "placements.gpkg"
    assert kept.exists(), "beside the project"
    assert dock.inputs.options.value("PLACEMENTS").startswith(str(kept))
    # The next import, with nothing but the primary button, in the project as it was saved and opened again.
    QgsProject.instance().write()
    QgsProject.instance().read(str(tmp_path / "project 项目.qgz"))
    settle(50)
    dock.start()
    wait_for(lambda: not dock.busy(), 60)
    (again,) = result_layers.newest("loadbim/BUILDINGS").getFeatures()
    assert same_shape(again.geometry(), building.geometry())


@pytest.mark.slow
def test_a_model_without_a_place_is_placed_by_a_row_of_the_table(dock, model, wait_for, tmp_path, monkeypatch):
    QgsProject.instance().write(str(tmp_path / "project 项目.qgz"))
    opened = []
    monkeypatch.setattr(dock.shell.iface, "showAttributeTable", opened.append, raising=False)
    dock.inputs.form.set_value("FOLDER", str(model.parent))
    dock.start()
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.busy() and not dock.loader.busy(), 60)
    assert "without a place: 1" in dock.notice.text.text()
    dock.notice.cure.click()
    (table,) = opened
    (row,) = table.getFeatures()
    for name, value in {"x": EAST, "y": NORTH, "z": 4.0, "crs": CRS}.items():
        assert table.changeAttributeValue(row.id(), table.fields().indexOf(name), value)
    assert table.commitChanges()
    dock.start()
    wait_for(lambda: [item.state for item in dock.models.table.rows] == ["ok"] and not dock.loader.busy(), 60)
    assert not dock.notice.isVisibleTo(dock)
    (building,) = result_layers.newest("loadbim/BUILDINGS").getFeatures()
    assert building.geometry().area() == pytest.approx(95.8, abs=0.2)
    assert building.geometry().boundingBox().center().distance(at(0, 0)) < 30


@pytest.mark.slow
def test_a_model_of_a_base_is_placed_and_the_base_keeps_it(dock, model, wait_for, tmp_path):
    base = tmp_path / "city base.gpkg"
    dock.choice.choose(ModelSource(path=str(base)))
    assert dock.models.table.rows == []
    dock.inputs.form.set_value("FOLDER", str(model.parent))
    dock.inputs.form.set_value("CRS", QgsCoordinateReferenceSystem(CRS))
    dock.start()
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.busy() and not dock.loader.busy(), 60)
    place = place_by_hand(dock, wait_for)
    wait_for(lambda: [item.state for item in dock.models.table.rows] == ["ok"] and not dock.loader.busy(), 60)
    with closing(sqlite3.connect(base)) as database:
        rows = database.execute("SELECT path, x, y, bearing_deg, crs FROM model_placement").fetchall()
    assert len(rows) == 1
    assert rows[0][0] == SAMPLE
    assert rows[0][1:4] == pytest.approx((place.x, place.y, place.bearing_deg), abs=1e-3)
    first = next(QgsVectorLayer(f"{base}|layername=building", "b", "ogr").getFeatures()).geometry()
    assert same_shape(first, preview(dock, model, place))
    # Placed again, by the full path that somebody gave it: that row is replaced, since it would be preferred.
    with closing(sqlite3.connect(base)) as database, database:
        database.execute("UPDATE model_placement SET path = ?", (str(model),))
    tables = sources.tables(dock.choice.source)
    table = algorithm_calls.placement_in_base(
        tables, dock.models.table.rows[0], place, QgsCoordinateReferenceSystem(CRS)
    )
    (kept,) = hand_placement.rows_of(QgsVectorLayer(table, "p", "ogr"))
    assert kept["path"] == str(model)
    # A changed file is read again, and stands where it stood.
    model.write_bytes(model.read_bytes() + b"\n")
    job = dock.reading.update_base(dock.choice.source, str(model.parent), {})
    wait_for(lambda: job.result is not None, 60)
    assert job.result.outputs["READ"] == 1
    again = next(QgsVectorLayer(f"{base}|layername=building", "b", "ogr").getFeatures()).geometry()
    assert same_shape(again, first)


def test_a_file_that_is_gone_cannot_be_placed(dock, wait_for):
    QgsProject.instance().addMapLayer(a_report("m0.ifc"))
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.loader.busy())
    dock.models.select("m0.ifc")
    dock.models.actions_[1].trigger()
    assert "/data/m0.ifc" in dock.notice.text.text()
    assert dock.placement.placing is None


def test_a_footprint_that_comes_after_its_project_is_not_placed(dock, model, wait_for, settle):
    dock.inputs.form.set_value("FOLDER", str(model.parent))
    dock.start()
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.busy() and not dock.loader.busy(), 60)
    dock.models.select(SAMPLE)
    dock.models.actions_[1].trigger()
    QgsProject.instance().clear()
    wait_for(lambda: not dock.busy(), 60)
    settle(20)
    assert dock.placement.placing is None
    assert dock.placement.tool is None


def test_another_project_ends_a_placing_and_gives_the_map_back(dock, session, settle):
    canvas = dock.shell.iface.mapCanvas()
    dock.placement.start(session)
    assert canvas.mapTool() is dock.placement.tool
    assert dock.placing_panel.isVisibleTo(dock)
    assert not dock.models.isEnabled()
    QgsProject.instance().clear()
    settle(20)
    assert session.over
    assert dock.placement.tool is None
    assert not dock.placing_panel.isVisibleTo(dock)
    assert dock.models.isEnabled()
