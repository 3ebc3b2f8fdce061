"""The first two steps with real algorithms: the demo district is made, and its models are read and shown."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject

from twin_plugin.bridge.kernel.layer_marks import OUTPUT

pytest.importorskip("ifcopenshell")


@pytest.fixture
def district(make_desktop, wait_for):
    """A desktop whose project holds a demo district of three buildings."""
    desktop = make_desktop()
    home = desktop.docks["home"]
    home.demo_form.set_value("BUILDINGS", 3)
    home.start()
    wait_for(lambda: not desktop.runner.active, 60)
    assert home.panel.notice.text.text() == ""
    return desktop


def test_the_demo_is_loaded_and_chosen_in_the_docks(district):
    home = district.docks["home"]
    assert home.rows["district"].done
    assert "buildings" in home.primary.text()
    layers = QgsProject.instance().mapLayers().values()
    marked = [layer for layer in layers if str(layer.customProperty(OUTPUT)).startswith("createdemodistrict/scheme_")]
    assert len(marked) == 5, "two schemes with their rooms, and the site: for planning review"
    root = QgsProject.instance().layerTreeRoot()
    assert not any(root.findLayer(layer.id()).isVisible() for layer in marked)
    assert all(layer.isValid() for layer in layers)
    assert QgsProject.instance().crs().authid() == "EPSG:4547"
    assert home.district.field.text() == "Houhai (synthetic district)"
    assert district.docks["buildings"].inputs.form.value("FOLDER").endswith("models")


@pytest.mark.slow
def test_models_are_read_listed_and_shown(district, wait_for, message_bar):
    dock = district.docks["buildings"]
    dock.start()
    wait_for(lambda: not district.runner.active, 60)
    assert "3 buildings" in message_bar.currentItem().text()
    wait_for(lambda: len(dock.models.table.rows) == 3 and not dock.loader.busy())
    dock.models.filter.setText("00002")
    dock.models.apply_filter()
    assert dock.models.table.rowCount() == 1
    dock.models.view.selectRow(0)
    wait_for(lambda: dock.building.card.building is not None)
    card = dock.building.card
    assert card.openings
    assert card.storeys
    assert dock.building.section.profile.levels
    buildings = QgsProject.instance().mapLayersByName("Buildings")[0]
    assert buildings.renderer().type() == "categorizedSymbol"
    assert district.docks["home"].rows["buildings"].done
    buildings.selectByExpression('"id" <> \'' + card.building["id"] + "'")
    wait_for(lambda: dock.building.card.building["id"] != card.building["id"])
    QgsProject.instance().removeAllMapLayers()
    wait_for(lambda: not dock.models.table.rows)
    assert dock.building.card.building is None
