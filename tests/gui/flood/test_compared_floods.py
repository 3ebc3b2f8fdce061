"""Two floods of a project compared in the flood dock, and swiped on the map."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRectangle
from qgis.gui import QgsMapToolPan  # noqa: TID251
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QImage, QKeyEvent, QPainter
from qgis.PyQt.QtTest import QTest

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import floods
from twin_plugin.gui.flood.compared_floods import figures
from twin_plugin.gui.widgets.swipe import SwipeTool


@pytest.fixture
def dock(make_desktop):
    """The flood dock of a desktop over an empty project."""
    return make_desktop().docks["flood"]


@pytest.fixture
def two_floods(add_flood):
    """Flood A and then flood B, the newer one, of 4 x 4 cells of 2 m."""
    return add_flood("aa", "one", rain_mm=80.0), add_flood("bb", "two", rain_mm=100.0)


@pytest.fixture
def canvas(qgis_iface, settle):
    """The map, over both floods, with the pan tool."""
    canvas = qgis_iface.mapCanvas()
    tool = QgsMapToolPan(canvas)
    canvas.setMapTool(tool)
    canvas.setMinimumSize(400, 300)
    canvas.window().show()  # hidden, it keeps the size of its pictures
    settle(50)
    canvas.setDestinationCrs(QgsProject.instance().crs())
    canvas.setExtent(QgsRectangle(499_998, 2_489_990, 500_010, 2_490_002))
    yield canvas
    canvas.unsetMapTool(tool)
    canvas.setMinimumSize(0, 0)
    canvas.window().hide()
    settle()


def shown_layers(canvas):
    """Let the canvas have what the layer tree shows, as QGIS's bridge does."""
    root = QgsProject.instance().layerTreeRoot()
    canvas.setLayers([node.layer() for node in root.findLayers() if node.isVisible()])


def checked(layer_id):
    return QgsProject.instance().layerTreeRoot().findLayer(layer_id).isVisible()


def test_the_panel_is_offered_where_there_is_another_flood(dock, add_flood):
    box = dock.comparison_box
    assert not box.isVisibleTo(dock)
    add_flood("aa", "one")
    dock.refresh()
    assert not box.isVisibleTo(dock)
    add_flood("bb", "two")
    dock.refresh()
    assert box.isVisibleTo(dock)
    assert dock.comparison.shown.text() == "two"
    assert [dock.comparison.others.itemText(row) for row in range(dock.comparison.others.count())] == ["one"]


def test_a_comparison_adds_its_layers_and_lists_the_figures(dock, two_floods, wait_for):
    first, second = two_floods
    dock.refresh()
    dock.compared.compare()
    wait_for(lambda: not dock.busy() and dock.comparison.table.rowCount())
    table = dock.comparison.table
    rows = {
        table.item(row, 0).text(): [table.item(row + 1, column).text() for column in range(3)]
        for row in range(0, table.rowCount(), 2)
    }
    assert rows["Maximum depth (m)"] == ["1.00", "1.00", "0.00"]
    assert rows["Area that was ever wet (ha)"] == ["0.01", "0.01", "0.00"]
    assert rows["Setting rain_mm (mm)"] == ["100", "80", "-20"]
    names = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
    assert "Depth of B minus depth of A" in names
    difference = QgsProject.instance().mapLayersByName("Depth of B minus depth of A")[0]
    assert checked(difference.id())
    assert not checked(first.layers["DEPTH_MAX"])
    assert not checked(second.layers["DEPTH_MAX"])
    dock.shown.show_map()
    assert checked(second.layers["DEPTH_MAX"])
    assert not checked(difference.id())
    assert len(floods.find()) == 2


def test_the_swipe_draws_the_other_flood_right_of_the_line(dock, two_floods, canvas, wait_for, settle):
    first, second = two_floods
    for flood, depth_m in ((first, 0.1), (second, 3.0)):
        layer = QgsProject.instance().mapLayer(flood.layers["DEPTH_MAX"])
        grid = Grid(np.full((4, 4), depth_m, np.float32), 500_000, 2_490_000, 2.0, "EPSG:4547")
        metadata = {"CITY_TWIN_OUTPUT": "DEPTH_MAX", "CITY_TWIN_RUN": flood.run}
        write_grid(grid, layer.source(), metadata=metadata)
        layer.dataProvider().reloadData()
    dock.refresh()
    before = canvas.mapTool()
    dock.compared.toggle_swipe()
    shown_layers(canvas)
    swipe = dock.compared.swipe
    assert swipe.running
    assert "End" in dock.comparison.swiper.text()
    assert isinstance(canvas.mapTool(), SwipeTool)
    ids = [layer.id() for layer in swipe.layers()]
    assert first.layers["DEPTH_MAX"] in ids
    assert second.layers["DEPTH_MAX"] not in ids
    swipe._render()
    wait_for(lambda: swipe.item._image is not None)
    width, height = canvas.width(), canvas.height()
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    painter = QPainter(picture)
    swipe.item.move_to(0.25)
    swipe.item.paint(painter)
    painter.end()
    assert picture.pixelColor(width // 10, 20) == Qt.GlobalColor.red, "left of the line the map itself is seen"
    assert picture.pixelColor(width - 20, 20) != Qt.GlobalColor.red
    dock.compared.toggle_swipe()
    assert not swipe.running
    assert canvas.mapTool() is before
    assert "Swipe" in dock.comparison.swiper.text()


def test_the_line_follows_mouse_and_keys_and_escape_ends(dock, two_floods, canvas, settle):
    dock.refresh()
    before = canvas.mapTool()
    dock.compared.toggle_swipe()
    swipe = dock.compared.swipe
    assert swipe.item.share == 0.5
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 50))
    assert swipe.item.share == pytest.approx(100 / canvas.width(), abs=0.01)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 50))
    share = swipe.item.share
    tool = canvas.mapTool()
    none = Qt.KeyboardModifier.NoModifier
    tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, none))
    assert swipe.item.share == pytest.approx(share + 0.02)
    tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, none))
    assert not swipe.running
    assert canvas.mapTool() in (before, None)
    assert "Swipe" in dock.comparison.swiper.text()


@pytest.mark.parametrize("how", ["tool", "layer", "project", "flood"])
def test_the_swipe_ends_cleanly_whatever_ends_it(dock, two_floods, canvas, settle, how):
    dock.refresh()
    dock.compared.toggle_swipe()
    swipe, items = dock.compared.swipe, len(canvas.scene().items())
    assert swipe.running
    if how == "tool":
        other = QgsMapToolPan(canvas)
        canvas.setMapTool(other)
        assert canvas.mapTool() is other
    elif how == "layer":
        QgsProject.instance().removeMapLayer(two_floods[0].layers["DEPTH_MAX"])
    elif how == "project":
        QgsProject.instance().clear()
    else:
        dock.shown.choose(two_floods[0].key)
    settle(50)
    assert not swipe.running
    assert len(canvas.scene().items()) < items
    assert not isinstance(canvas.mapTool(), SwipeTool)
    if how == "tool":
        canvas.unsetMapTool(other)


def test_a_desktop_that_is_taken_out_leaves_no_swipe_behind(make_desktop, two_floods, canvas):
    desktop = make_desktop()
    dock = desktop.docks["flood"]
    dock.refresh()
    dock.compared.toggle_swipe()
    assert isinstance(canvas.mapTool(), SwipeTool)
    items = len(canvas.scene().items())
    desktop.remove()
    assert not isinstance(canvas.mapTool(), SwipeTool)
    assert len(canvas.scene().items()) < items


def test_a_table_that_is_missing_lists_nothing():
    assert figures(None) == []
