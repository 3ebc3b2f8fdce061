"""Asking a flood from its dock: clicks and a line on the map, charts, other floods, and what cannot be asked."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsDateTimeRange, QgsPointXY, QgsTemporalNavigationObject
from qgis.gui import QgsMapMouseEvent  # noqa: TID251
from qgis.PyQt.QtCore import QDateTime, QEvent, QPoint, Qt
from qgis.PyQt.QtWidgets import QFileDialog

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import floods
from twin_plugin.gui.flood.result_queries import COLOURS

WEST, NORTH = 500_000.0, 2_490_000.0
DEPTHS = (0.0, 0.4, 0.2)


@pytest.fixture
def add_result(add_flood, tmp_path):
    """A function that adds a flood with a RESULT of 8 x 8 cells and 20 minutes, of a given depth, flowing east."""

    def add(run, scale=1.0):
        add_flood(run, run)
        bed = Grid(np.tile(np.arange(8, dtype=np.float32), (8, 1)), WEST, NORTH, 2.0, "EPSG:4547")
        with FloodMesh(tmp_path / run / "result.nc", bed, [0.0, 600.0, 1200.0], run=run) as mesh:
            for depth_m in DEPTHS:
                depth = np.full((8, 8), depth_m * scale, np.float32)
                mesh.write(depth, bed.values, np.where(depth > 0, np.float32(1.5), 0), np.zeros_like(depth))
        return next(found for found in floods.find() if found.run == run)

    return add


@pytest.fixture
def asked(make_desktop, add_result, wait_for, qgis_iface):
    """The queries of a flood dock over one flood, and a function that waits for their answers."""
    add_result("aa")
    desktop = make_desktop()
    qgis_iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    desktop.refresh()
    queries = desktop.docks["flood"].queries

    def settle():
        wait_for(lambda: not queries._running and not queries._again)
        return queries

    return queries, settle, desktop


def place(column, row):
    return QgsPointXY(WEST + 2 * column + 1, NORTH - 2 * row - 1)


def test_a_click_shows_the_water_there_over_time(asked):
    queries, settle, _ = asked
    assert not queries.panel.hint.isHidden()
    assert queries.panel.charts.isEnabled()
    assert queries.panel.hydrographs.isHidden()
    queries.add_point(place(2, 3))
    queries.add_point(place(5, 3))
    settle()
    panel = queries.panel
    assert [line.label for line in panel.hydrographs.lines] == ["1", "2"]
    assert list(panel.hydrographs.lines[0].minutes) == [0, 10, 20]
    np.testing.assert_allclose(panel.hydrographs.lines[0].values, DEPTHS, atol=1e-4)
    assert "1: 0.40" in panel.hydrographs.caption()
    assert panel.hint.isHidden()
    panel.quantity.setCurrentIndex(panel.quantity.findData("level_m"))
    panel.quantity_chosen.emit()
    np.testing.assert_allclose(panel.hydrographs.lines[1].values, [np.nan, 5.4, 5.2], atol=1e-4)
    panel.quantity.setCurrentIndex(panel.quantity.findData("hazard_class"))
    panel.quantity_chosen.emit()
    assert list(panel.hydrographs.lines[0].values) == [0, 2, 1]
    assert not panel.grab_charts().isNull()


def test_a_line_shows_profile_and_discharge(asked, monkeypatch):
    queries, settle, _ = asked
    queries.take_line([place(3, 7), place(3, 0)])  # to the north: east is on its right
    settle()
    assert len(queries.panel.profile.pieces) == 8
    assert {piece.terrain_m for piece in queries.panel.profile.pieces} == {3.0}
    assert queries.panel.profile.pieces[0].level_m == pytest.approx(3.4)
    assert "maximum" in queries.panel.profile.caption()
    np.testing.assert_allclose(queries.panel.discharge.lines[0].values, [0, 14 * 0.4 * 1.5, 14 * 0.2 * 1.5], atol=1e-3)
    controller = QgsTemporalNavigationObject()
    controller.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
    monkeypatch.setattr(queries.canvas, "temporalController", lambda: controller, raising=False)
    begin = QDateTime(2026, 1, 1, 0, 19, 0, 0, Qt.TimeSpec.UTC)
    queries.canvas.setTemporalRange(QgsDateTimeRange(begin, begin.addSecs(300)))
    assert queries.panel.profile.pieces[0].level_m == pytest.approx(3.2)
    assert queries.panel.discharge.marked_min == 19
    assert "00:20" in queries.panel.profile.caption()
    controller.setNavigationMode(Qgis.TemporalNavigationMode.Disabled)
    queries._time_changed()
    assert queries.panel.discharge.marked_min is None
    queries.canvas.setTemporalRange(QgsDateTimeRange(QDateTime(), QDateTime()))


def test_another_flood_is_asked_at_the_same_places(asked, add_result):
    queries, settle, desktop = asked
    queries.add_point(place(2, 3))
    queries.take_line([place(3, 7), place(3, 0)])
    settle()
    floods.choose(add_result("bb", 0.5))
    desktop.refresh()
    settle()
    assert max(queries.panel.hydrographs.lines[0].values) == pytest.approx(0.2, abs=1e-4)
    assert max(queries.panel.discharge.lines[0].values) == pytest.approx(14 * 0.2 * 1.5, abs=1e-3)


def test_a_flood_without_a_file_over_time_says_so(make_desktop, add_flood):
    add_flood("cc", "three")
    desktop = make_desktop()
    panel = desktop.docks["flood"].query_panel
    assert "has no file over time" in panel.hint.text()
    assert not panel.points.isEnabled()


def test_without_a_flood_there_is_no_panel(make_desktop):
    assert make_desktop().docks["flood"].query_box.isHidden()


def test_points_without_a_cell_are_named(asked):
    queries, settle, _ = asked
    queries.add_point(QgsPointXY(WEST - 50, NORTH))
    queries.add_point(place(1, 1))
    settle()
    assert "data): 1." in queries.notice.text.text()
    assert [line.label for line in queries.panel.hydrographs.lines] == ["2"]


def test_more_points_than_colours_are_refused(asked):
    queries, settle, _ = asked
    for number in range(len(COLOURS) + 1):
        queries.add_point(place(number % 8, 1))
    settle()
    assert len(queries.points) == len(COLOURS)
    assert "Up to 6 points" in queries.notice.text.text()


def test_clear_takes_all_away(asked):
    queries, settle, _ = asked
    queries.add_point(place(2, 3))
    queries.take_line([place(3, 7), place(3, 0)])
    settle()
    queries.clear()
    for chart in (queries.panel.hydrographs, queries.panel.profile, queries.panel.discharge, queries.panel.actions):
        assert chart.isHidden()
    assert queries._marks is None


def test_tables_are_saved_and_never_over_another_file(asked, tmp_path, monkeypatch, wait_for):
    queries, settle, _ = asked
    queries.take_line([place(3, 7), place(3, 0)])
    settle()
    path = tmp_path / "断面 profile.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    queries.save_table()
    discharges = tmp_path / "断面 profile_discharge.csv"
    wait_for(discharges.exists)
    wait_for(lambda: "Saved" in queries.notice.text.text())
    with discharges.open(encoding="utf-8") as file:
        assert [float(row["discharge_m3s"]) for row in csv.DictReader(file)] == pytest.approx([0, 8.4, 4.2], abs=1e-3)
    queries.save_table()
    assert "exists already" in queries.notice.text.text()


def test_the_map_in_another_crs(asked, qgis_iface):
    queries, settle, _ = asked
    canvas = qgis_iface.mapCanvas()
    from qgis.core import QgsCoordinateTransform, QgsProject

    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    canvas.setDestinationCrs(degrees)
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4547"), degrees, QgsProject.instance())
    queries.add_point(transform.transform(place(5, 3)))
    settle()
    assert queries.points[0].x() == pytest.approx(place(5, 3).x(), abs=1e-3)
    assert len(queries.panel.hydrographs.lines) == 1
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))


def click(tool, canvas, x, y, button=Qt.MouseButton.LeftButton):
    event = QgsMapMouseEvent(
        canvas, QEvent.Type.MouseButtonRelease, QPoint(x, y), button, button, Qt.KeyboardModifier.NoModifier
    )
    tool.canvasReleaseEvent(event)


def test_the_tools_give_points_and_lines(asked, qgis_iface):
    queries, settle, _ = asked
    canvas = qgis_iface.mapCanvas()
    queries.panel.points.click()
    assert canvas.mapTool() is queries.point_tool
    click(queries.point_tool, canvas, 10, 10)
    assert len(queries.points) == 1
    queries.panel.line.click()
    assert not queries.panel.points.isChecked()
    for x in (10, 60, 110):
        click(queries.line_tool, canvas, x, 20)
    assert len(queries._marked().line) == 3
    click(queries.line_tool, canvas, 110, 20, Qt.MouseButton.RightButton)
    assert len(queries.line) == 3
    click(queries.line_tool, canvas, 10, 20)
    queries.line_tool.give_up()
    assert len(queries._marked().line) == 3  # the one before is back
    queries.panel.line.click()
    assert canvas.mapTool() is not queries.line_tool
    settle()


def test_a_new_project_forgets_the_points(asked):
    queries, settle, desktop = asked
    queries.add_point(place(2, 3))
    settle()
    desktop.docks["flood"].project_changed()
    assert queries.points == []
    assert queries.panel.hydrographs.isHidden()
