"""From the docks alone: a terrain and footprints of the user's own, and no model, to the report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.compat import TEXT
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import footprints, project, settings, state, workflow

WEST, NORTH, CELL = 500_000.0, 2_490_000.0, 2.0


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "my data 数据"
    made.mkdir()
    return made


@pytest.fixture
def heights(folder):
    """A bowl of 40 x 40 cells, as a raster whose name says nothing."""
    rows, columns = np.mgrid[0:40, 0:40] - 19.5
    values = (10.0 + 0.004 * (rows**2 + columns**2)).astype(np.float32)
    write_grid(Grid(values, WEST, NORTH, CELL, "EPSG:4547"), folder / "tile_7.tif")
    return QgsRasterLayer(str(folder / "tile_7.tif"), "tile_7")


@pytest.fixture
def houses(folder):
    """Three houses as a shapefile in degrees with one field: in the middle, half-way up, and at the rim of the bowl."""
    made = QgsVectorLayer("Polygon?crs=EPSG:4326", "made", "memory")
    made.dataProvider().addAttributes([QgsField("zweck", TEXT)])
    made.updateFields()
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4547"), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    for metres in (36.0, 56.0, 70.0):
        x, y = WEST + metres, NORTH - 40.0
        shape = QgsGeometry.fromRect(QgsRectangle(x, y - 4, x + 8, y + 4)).densifyByCount(1)
        shape.transform(transform)
        feature = QgsFeature(made.fields())
        feature.setGeometry(shape)
        feature["zweck"] = "residential"
        made.dataProvider().addFeature(feature)
    path = folder / "地块 A.shp"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding = "ESRI Shapefile", "UTF-8"
    context = QgsProject.instance().transformContext()
    error, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(made, str(path), context, options)
    assert not error
    return QgsVectorLayer(str(path), "地块 A")


def add(*layers):
    for layer in layers:
        assert layer.isValid()
        QgsProject.instance().addMapLayer(layer)


def choose(choice, layer):
    """Take a layer in a row as a person does."""
    choice.box.setLayer(layer)
    choice.box.activated.emit(choice.box.currentIndex())


def test_any_raster_and_any_polygons_tick_the_first_two_steps(make_desktop, heights, houses, settle):
    home = make_desktop().docks["home"]
    add(houses)
    settle()
    assert "terrain" in home.primary.text()
    add(heights, heights.clone())
    settle()
    assert not home.rows["district"].done  # which of the two?
    assert "choose the terrain" in home.primary.text()
    choose(home.terrains, heights)
    assert home.rows["district"].state.text() == "tile_7"
    assert not home.rows["buildings"].done
    assert "choose the buildings" in home.primary.text()
    home.start()
    choose(home.footprints, houses)
    assert home.rows["buildings"].done
    assert "3" in home.rows["buildings"].state.text()
    assert "地块 A" in home.rows["buildings"].state.text()
    assert "flood" in home.primary.text()


def test_the_advice_to_save_goes_when_the_project_is_saved(make_desktop, heights, folder, settle, monkeypatch):
    monkeypatch.setattr(settings, "load", settings.Settings)  # no folder of results chosen
    home = make_desktop().docks["home"]
    add(heights)
    settle()
    assert "not saved yet" in home.unsaved.text.text()
    assert QgsProject.instance().write(str(folder / "own 项目.qgz"))
    settle()
    assert home.unsaved.text.text() == ""
    assert not QgsProject.instance().isDirty()


def test_the_choice_is_kept_in_the_project(make_desktop, heights, houses, folder, settle):
    home = make_desktop().docks["home"]
    add(heights, houses)
    choose(home.footprints, houses)
    QgsProject.instance().write(str(folder / "kept.qgz"))
    QgsProject.instance().clear()
    settle()
    assert not home.rows["buildings"].done
    QgsProject.instance().read(str(folder / "kept.qgz"))
    settle()
    assert home.rows["buildings"].done
    assert home.footprints.box.currentLayer().name() == "地块 A"


def test_the_flood_dock_takes_the_footprints_as_obstacles_until_the_user_decides(make_desktop, heights, houses, settle):
    desktop = make_desktop()
    flood = desktop.docks["flood"]
    add(heights, houses)
    assert flood.inputs.value("BUILDINGS") is None
    choose(desktop.docks["home"].footprints, houses)
    assert flood.inputs.value("BUILDINGS") == houses.id()
    flood.inputs.set_value("BUILDINGS", None)
    flood.inputs.edited.emit()
    settle()
    desktop.refresh()
    assert flood.inputs.value("BUILDINGS") is None
    other = houses.clone()
    add(other)
    flood.inputs.set_value("BUILDINGS", other.id())
    flood.inputs.edited.emit()
    settle()
    assert footprints.layer() == other
    assert flood.inputs.value("BUILDINGS") == other.id()
    choose(desktop.docks["home"].footprints, houses)
    assert flood.inputs.value("BUILDINGS") == houses.id()


def test_files_that_are_chosen_in_the_flood_dock_become_layers_of_the_project(make_desktop, heights, houses, settle):
    desktop = make_desktop()
    home, flood = desktop.docks["home"], desktop.docks["flood"]
    flood.inputs.set_value("DTM", heights.source())
    flood.inputs.set_value("BUILDINGS", houses.source())
    flood.inputs.edited.emit()
    settle()
    layers = QgsProject.instance().mapLayers()
    assert sorted(layer.name() for layer in layers.values()) == ["tile_7", "地块 A"]
    assert flood.inputs.value("DTM") in layers
    assert flood.inputs.value("BUILDINGS") in layers
    assert home.rows["district"].done
    assert "3 footprints" in home.rows["buildings"].state.text()
    flood.inputs.edited.emit()
    settle()
    assert len(QgsProject.instance().mapLayers()) == 2


def test_the_options_of_the_assessment_offer_the_fields_of_the_footprints(make_desktop, heights, houses):
    home = make_desktop().docks["home"]
    add(heights, houses)
    choose(home.footprints, houses)
    home.risk_form.set_value("USE_FIELD", "zweck")
    home.risk_form.set_value("NO_DATA", "dry")
    assert home.risk_form.value("USE_FIELD") == "zweck"
    home.risk_form.remember()
    assert state.recall(workflow.RISK_INPUTS)["USE_FIELD"] == "zweck"
    home.shell.refresh()
    assert home.risk_form.value("USE_FIELD") == "zweck"


@pytest.mark.slow
def test_from_terrain_and_footprints_to_the_report(make_desktop, heights, houses, folder, wait_for, message_bar):
    desktop = make_desktop()
    home, flood, buildings = (desktop.docks[name] for name in ("home", "flood", "buildings"))
    add(heights, houses)
    QgsProject.instance().write(str(folder / "我的 project.qgz"))
    choose(home.footprints, houses)
    flood.storm.source.setCurrentIndex(flood.storm.source.findData("even"))
    flood.storm.even.set_value("RAIN_MM", 80.0)
    flood.run_form.set_value("DURATION_MIN", 30.0)
    wait_for(lambda: flood.primary.isEnabled() and flood.storm.total_mm == 80.0)
    flood.start()
    wait_for(lambda: not desktop.runner.active, 240)
    assert flood.panel.notice.text.text() == ""
    assert home.rows["storm"].done
    assert home.rows["flood"].done
    home.assess()
    wait_for(lambda: not desktop.runner.active, 240)
    assert home.panel.notice.text.text() == ""
    assert "0.15 m above the ground outside" in message_bar.currentItem().text()
    risk = project.layer("buildingrisk/OUTPUT")
    classes = {feature["id"]: feature["risk_class"] for feature in risk.getFeatures()}
    assert len(classes) == 3
    middle, _, rim = (classes[key] for key in sorted(classes, key=int))
    assert middle >= 2  # 80 mm on a bowl of 80 m stand a metre deep in its middle
    assert rim == 0
    wettest = max(risk.getFeatures(), key=lambda feature: feature["risk_class"])
    risk.selectByIds([wettest.id()])
    wait_for(lambda: buildings.building.card.building is not None)
    assert buildings.building.reason.text() == wettest["reason"]
    assert "footprints" in buildings.building.no_section.text()
    assert not buildings.building.write_button.isEnabled()
    desktop.refresh()
    home.write_report()
    wait_for(lambda: not desktop.runner.active, 240)
    assert home.panel.notice.text.text() == ""
    assert Path(project.last_report()["path"]).stat().st_size > 10_000
    assert all(row.done for row in home.rows.values())


def test_the_model_of_all_steps_is_that_for_footprints(make_desktop, heights, houses, monkeypatch):
    desktop = make_desktop()
    home, opened = desktop.docks["home"], []
    monkeypatch.setattr(desktop, "open_algorithm", lambda *given: opened.append(given))
    add(heights, houses)
    home.chain.click()
    choose(home.footprints, houses)
    home.chain.click()
    assert opened == [
        ("storm_to_buildings", {"DTM": heights.id()}),
        ("storm_to_footprints", {"DTM": heights.id(), "BUILDINGS": houses.id()}),
    ]
