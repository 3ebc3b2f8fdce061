"""The results of a flood in the docks: steps, buttons, other floods, and an animation that leaves the map as it was."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import Qgis, QgsMeshLayer, QgsProject, QgsTemporalNavigationObject, QgsVectorLayer

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel import layer_marks
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import floods, state


@pytest.fixture
def desktop(make_desktop):
    """The docks over an empty project."""
    return make_desktop()


@pytest.fixture
def navigation(qgis_iface, monkeypatch):
    """A temporal controller on the map, which pytest-qgis's canvas lacks."""
    made = QgsTemporalNavigationObject()
    monkeypatch.setattr(qgis_iface.mapCanvas(), "temporalController", lambda: made, raising=False)
    return made


@pytest.fixture
def add_mesh(add_flood, tmp_path):
    """A function that adds a flood with a RESULT of 20 minutes; gives the flood. It may stay outside the project."""

    def add(run, group, loaded=True):
        flood = add_flood(run, group)
        path = tmp_path / run / "result.nc"
        bed, flat = Grid(np.zeros((4, 4), np.float32), 500_000, 2_490_000, 2.0, "EPSG:4547"), np.zeros((4, 4))
        with FloodMesh(path, bed, [0.0, 600.0, 1200.0], run=run) as mesh:
            for depth_m in (0.0, 0.4, 0.2):
                mesh.write((flat + depth_m).astype(np.float32), None, *[flat.astype(np.float32)] * 2)
        if loaded:
            layer = QgsMeshLayer(str(path), "result", "mdal")
            layer_marks.mark(layer, "simulateflood/RESULT", layer_marks.new_run())
            QgsProject.instance().addMapLayer(layer, False)
            QgsProject.instance().layerTreeRoot().findGroup(group).addLayer(layer).setItemVisibilityChecked(False)
        return next(found for found in floods.find() if found.key == flood.key)

    return add


def checked(layer_id):
    return QgsProject.instance().layerTreeRoot().findLayer(layer_id).itemVisibilityChecked()


def remove(flood):
    QgsProject.instance().removeMapLayers(list(flood.layers.values()))


def test_after_a_new_flood_risk_and_report_are_to_do_again(desktop, add_flood, add_assessment, tmp_path):
    home = desktop.docks["home"]
    (tmp_path / "report.pdf").touch()
    state.remember("report/last", {"path": str(tmp_path / "report.pdf"), "title": "T", "run": "aa"})
    add_flood("aa", "one")
    add_assessment("aa")
    desktop.refresh()
    assert home.rows["risk"].done
    assert home.rows["report"].done
    second = add_flood("bb", "two")
    assert home.rows["flood"].done
    assert not home.rows["risk"].done
    assert not home.rows["report"].done
    assert "for this flood" in home.rows["risk"].state.text()
    assert "another flood" in home.rows["report"].state.text()
    add_assessment("bb")
    assert home.rows["risk"].done
    remove(second)
    assert floods.current().key == "aa"
    assert home.rows["report"].done


def test_a_flood_whose_group_was_removed_is_no_step_that_is_done(desktop, add_flood):
    home, dock = desktop.docks["home"], desktop.docks["flood"]
    flood = add_flood("aa", "one")
    desktop.refresh()
    assert home.rows["flood"].done
    assert dock.results.buttons.isVisibleTo(dock)
    remove(flood)
    assert not home.rows["flood"].done
    assert not dock.results.buttons.isVisibleTo(dock)


def test_another_flood_of_the_project_can_be_chosen(desktop, add_flood):
    dock = desktop.docks["flood"]
    first = add_flood("aa", "one", wet_area_m2=10_000.0)
    assert not dock.results.runs.isVisibleTo(dock)
    second = add_flood("bb", "two")
    assert dock.results.runs.isVisibleTo(dock)
    assert [dock.results.runs.itemText(row) for row in range(2)] == ["two", "one"]
    dock.results.runs.setCurrentIndex(1)
    dock.results.runs.activated.emit(1)
    assert floods.current().key == "aa"
    assert dock.results.runs.currentText() == "one"
    root = QgsProject.instance().layerTreeRoot()
    assert root.findLayer(first.layers["DEPTH_MAX"]).isVisible()
    assert not root.findLayer(second.layers["DEPTH_MAX"]).isVisible()
    assert "1.0 ha" in desktop.docks["home"].rows["flood"].state.text()


def test_the_animation_hides_what_covers_it_and_shows_it_again(desktop, add_mesh, add_assessment, navigation):
    dock = desktop.docks["flood"]
    flood = add_mesh("aa", "one")
    risk = add_assessment("aa", QgsProject.instance().layerTreeRoot().findGroup("one"))
    before = {name: checked(layer) for name, layer in flood.layers.items()}
    dock.shown.animate()
    assert dock.panel.notice.text.text() == ""
    assert checked(flood.layers["RESULT"])
    assert not checked(flood.layers["DEPTH_MAX"])
    assert checked(risk.id())
    assert navigation.navigationMode() == Qgis.TemporalNavigationMode.Animated
    assert "End" in dock.results.player.text()
    dock.shown.animate()
    assert {name: checked(layer) for name, layer in flood.layers.items()} == before
    assert navigation.navigationMode() == Qgis.TemporalNavigationMode.Disabled
    assert "End" not in dock.results.player.text()


ENDS = {
    "map": lambda dock, flood, navigation: dock.shown.show_map(),
    "controller": lambda dock, flood, navigation: navigation.setNavigationMode(Qgis.TemporalNavigationMode.Disabled),
    "layer switched off": lambda dock, flood, navigation: (
        QgsProject.instance().layerTreeRoot().findLayer(flood.layers["RESULT"]).setItemVisibilityChecked(False)
    ),
    "layer removed": lambda dock, flood, navigation: QgsProject.instance().removeMapLayer(flood.layers["RESULT"]),
    "unload": lambda dock, flood, navigation: dock.shell.remove(),
}


@pytest.mark.parametrize("end", ENDS)
def test_however_an_animation_ends_the_map_is_as_before(desktop, add_mesh, navigation, end):
    flood = add_mesh("aa", "one")
    dock = desktop.docks["flood"]
    dock.shown.animate()
    assert not checked(flood.layers["DEPTH_MAX"])
    ENDS[end](dock, flood, navigation)
    assert not dock.shown.animation.running
    assert checked(flood.layers["DEPTH_MAX"])
    assert checked(flood.layers["HAZARD"])
    if end != "layer removed":
        assert not checked(flood.layers["RESULT"])


def test_the_time_over_the_map_counts_from_the_start(desktop, add_mesh, navigation):
    add_mesh("aa", "one")
    shown = desktop.docks["flood"].shown
    shown.animate()
    navigation.pause()
    navigation.setCurrentFrameNumber(1)
    assert shown.animation._label.text().startswith("00:10 after")
    shown.animate()
    assert shown.animation._label is None


def test_the_controller_is_opened_for_the_animation_only(desktop, add_mesh, navigation, qgis_iface):
    from qgis.PyQt.QtWidgets import QDockWidget

    window = qgis_iface.mainWindow()
    controller = QDockWidget("Temporal Controller", window)
    controller.setObjectName("Temporal Controller")
    controller.hide()
    add_mesh("aa", "one")
    shown = desktop.docks["flood"].shown
    shown.animate()
    assert not controller.isHidden()
    shown.animate()
    assert controller.isHidden()
    controller.setParent(None)
    controller.deleteLater()


def test_another_project_ends_the_animation(desktop, add_mesh, navigation):
    add_mesh("aa", "one")
    shown = desktop.docks["flood"].shown
    shown.animate()
    QgsProject.instance().clear()
    assert not shown.animation.running


def test_a_result_on_the_disk_is_played_though_its_layer_was_removed(desktop, add_mesh, navigation):
    flood = add_mesh("aa", "one", loaded=False)
    assert "RESULT" not in flood.layers
    shown = desktop.docks["flood"].shown
    shown.animate()
    assert shown.animation.running
    assert "RESULT" in floods.current().layers


def test_what_is_missing_is_named_with_the_cure(desktop, add_flood, navigation):
    dock = desktop.docks["flood"]
    add_flood("aa", "one")
    dock.shown.animate()
    assert "RESULT" in dock.panel.notice.text.text()
    assert not dock.shown.animation.running


def test_the_card_of_a_building_shows_the_water_of_the_flood_that_the_docks_are_at(desktop, add_flood, add_assessment):
    form = desktop.docks["buildings"].building
    add_flood("aa", "one")
    first = add_assessment("aa")
    assert form.results.currentData() == first.id()
    add_flood("bb", "two")
    second = add_assessment("bb")
    assert form.results.currentData() == second.id()
    form.results.setCurrentIndex(form.results.findData(first.id()))
    desktop.refresh()
    assert form.results.currentData() == first.id()
    form.results.setCurrentIndex(form.results.findData(second.id()))
    desktop.docks["flood"].shown.choose("aa")
    assert form.results.currentData() == first.id()


def test_a_film_starts_with_what_the_map_shows(desktop, add_mesh, add_assessment, monkeypatch):
    """Buildings that lie over the water go over it, the ground under it; rasters of the flood would cover it."""
    opened = []
    monkeypatch.setattr(desktop, "open_algorithm", lambda *given: opened.append(given))
    flood = add_mesh("aa", "one")
    assessment = add_assessment("aa")
    ground, hidden = (QgsVectorLayer("Point?crs=EPSG:4547", name, "memory") for name in ("ground", "hidden"))
    for layer in (ground, hidden):
        QgsProject.instance().addMapLayer(layer, False)
        QgsProject.instance().layerTreeRoot().addLayer(layer)
    QgsProject.instance().layerTreeRoot().findLayer(hidden.id()).setItemVisibilityChecked(False)
    dock = desktop.docks["flood"]
    dock.refresh()
    dock.results.film.emit()
    name, parameters = opened.pop()
    assert name == "floodanimation"
    assert parameters["RESULT"] == flood.layers["RESULT"]
    order = [layer.id() for layer in QgsProject.instance().layerTreeRoot().layerOrder()]
    over = order.index(assessment.id()) < order.index(flood.layers["RESULT"])
    assert parameters["OVER" if over else "UNDER"][:1] == [assessment.id()]
    assert parameters["UNDER"][-1:] == [ground.id()]
    assert set(parameters["OVER"] + parameters["UNDER"]) == {assessment.id(), ground.id()}
    assert parameters["TITLE"] == flood.title
    dock.results.export.emit()
    assert opened == [("exportflood", {"RESULT": flood.results["RESULT"]})]
