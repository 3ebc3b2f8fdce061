"""The demo project as a newcomer opens it: every dock finds what it shows, and every step is done."""

from __future__ import annotations

import shutil

import pytest
from qgis.core import QgsProject

from tests.gui.conftest import (  # noqa: F401 - fixtures
    make_desktop,
    message_bar,
    plugin_menu,
    results,
    wait_for,
)
from twin_plugin.gui.common import floods

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def opened(make_desktop, small_demo, tmp_path):  # noqa: F811
    """The docks over a copy of the demo that lies elsewhere."""
    shutil.copytree(small_demo[0], tmp_path / "moved demo")
    desktop = make_desktop()
    assert QgsProject.instance().read(str(tmp_path / "moved demo" / "demo.qgz"))
    return desktop


def layer_of(output):
    return next(
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("city_twin/output") == output
    )


def test_all_steps_are_done_and_the_button_opens_the_report(opened, tmp_path):
    home = opened.docks["home"]
    assert [name for name, row in home.rows.items() if not row.done] == []
    assert home.rows["district"].state.text() == "Terrain (m)"
    assert "4 buildings" in home.rows["buildings"].state.text()
    assert "in 30 min" in home.rows["storm"].state.text()
    assert "report" in home.primary.text().lower()
    assert home.primary.text() != "Write the report"
    assert str(tmp_path) in floods.current().results["DEPTH_MAX"]


def test_the_models_are_listed_and_a_click_on_a_building_opens_its_section(opened, wait_for):  # noqa: F811
    dock = opened.docks["buildings"]
    wait_for(lambda: len(dock.models.table.rows) == 4 and not dock.loader.busy())
    risk = layer_of("buildingrisk/OUTPUT")
    wettest = max(risk.getFeatures(), key=lambda feature: feature["depth_m"])
    risk.selectByIds([wettest.id()])
    wait_for(lambda: dock.building.card.building is not None)
    assert dock.building.card.building["id"] == wettest["id"]
    assert str(wettest["risk_class"]) in dock.building.risk.text()
    assert dock.building.section.profile.levels
    wait_for(lambda: "4" in dock.primary.text())  # what was read can be read again
    assert dock.primary.isEnabled()


def test_the_storm_is_drawn_and_the_services_are_there_live_ones_first(opened, wait_for, qgis_iface):  # noqa: F811
    storm = opened.docks["flood"].storm
    assert storm.kind() == "table"
    wait_for(lambda: "in 30 min" in storm.chart.caption())
    services = opened.docks["services"]
    qgis_iface.mainWindow().show()
    opened.show_dock("services")
    services.search.show()
    services.search.run()
    wait_for(lambda: len(services.search.list.rows.records) > 100)
    made = [record.made for record in services.search.list.rows.records]
    assert made[:10] == [False] * 10
    assert made == sorted(made)


def test_results_lie_above_everything_else_and_one_flood_is_shown(opened):
    root = QgsProject.instance().layerTreeRoot()
    names = [node.name() for node in root.children()]
    assert "storm" in names[0]
    assert names[1:] == ["Buildings from models", "Base map"]
    assert root.findLayer(layer_of("buildingrisk/OUTPUT")).isVisible()
    assert not root.findLayer(layer_of("loadbim/BUILDINGS")).isVisible()
