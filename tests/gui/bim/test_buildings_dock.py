"""The Buildings dock over the runs of a project: states, options, width, and layers that come and go."""

from __future__ import annotations

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtWidgets import QApplication

from tests.gui.bim.model_layers import parts, report, risk
from twin_plugin.bridge.bim import hand_placement
from twin_plugin.gui.bim import algorithm_calls
from twin_plugin.gui.bim.placement_state import Placing


def test_states_and_reasons_of_a_run(listed):
    table = report(3)
    ids = [feature.id() for feature in table.getFeatures()]
    names = table.fields()
    table.dataProvider().changeAttributeValues(
        {
            ids[1]: {
                names.indexOf("status"): "failed",
                names.indexOf("buildings"): 0,
                names.indexOf("reason"): "It is truncated.",
            },
            ids[2]: {names.indexOf("georef_level"): 0},
        }
    )
    dock = listed(table)
    assert "1 read" in dock.models.heading.text()
    assert "without a place" in dock.models.heading.text()
    dock.models.select("m1.ifc")
    zoom, place, again, *_ = dock.models.actions_
    assert not zoom.isEnabled()
    assert not place.isEnabled(), "what could not be read has no footprint to place"
    assert again.isEnabled()
    dock.models.actions_[5].trigger()
    assert QApplication.clipboard().text() == "It is truncated."
    dock.models.select("m2.ifc")
    assert place.isEnabled()


def test_the_full_dock_is_usable_at_320_pixels(listed, wait_for, settle):
    QgsProject.instance().addMapLayer(risk("m0.ifc"))
    dock = listed(report(30), parts("m0.ifc"))
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.card.risk is not None)
    footprint = QgsGeometry.fromWkt("Polygon ((0 0, 12 0, 12 10, 0 10, 0 0))")
    local = hand_placement.LocalModel("m0.ifc", "/data/a long name of a model.ifc", footprint)
    dock.placement.start(
        Placing(local, QgsCoordinateReferenceSystem("EPSG:4547"), hand_placement.HandPlacement(5e5, 2.5e6))
    )
    dock.setFloating(True)
    dock.show()
    dock.resize(320, 700)
    settle(50)
    assert dock.minimumSizeHint().width() <= 320
    assert dock.scroll.widget().width() <= dock.scroll.viewport().width()
    dock.placement.give_up()


def test_layers_removed_while_they_are_shown(listed, wait_for):
    layers = parts("m0.ifc")
    table = report(1)
    dock = listed(table, layers)
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    QgsProject.instance().removeMapLayer(layers["building"].id())
    dock.models.zoom.emit(dock.models.current())
    wait_for(lambda: dock.building.card.building is None)
    assert "no longer in the project" in dock.building.hint.text()
    dock.models.select("m0.ifc")
    QgsProject.instance().removeMapLayer(table.id())
    wait_for(lambda: not dock.models.table.rows)
    assert "Models appear here" in dock.models.heading.text()


def test_a_list_that_is_still_coming_is_dropped_with_its_layer(dock, settle, wait_for):
    table, began = report(3000), []
    dock.loader.began.connect(lambda: began.append(1))
    QgsProject.instance().addMapLayer(table)
    wait_for(lambda: began)
    QgsProject.instance().removeMapLayer(table.id())
    settle(300)
    assert dock.models.table.rows == []


def test_another_project_shows_its_own(listed, settle, tmp_path):
    dock = listed(report(4))
    QgsProject.instance().clear()
    settle(50)
    assert dock.models.table.rows == []
    assert not dock.choice.source


def test_the_list_is_not_read_again_for_layers_that_are_not_its_own(listed, settle):
    dock = listed(report(4))
    began = []
    dock.loader.began.connect(lambda: began.append(1))
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "p", "memory"))
    settle(50)
    assert began == []


@pytest.mark.parametrize(
    ("asked", "made"),
    [({}, False), ({"LOD": "footprint", "SOLIDS_OF": "building"}, False), ({"LOD": "shell"}, True),
     ({"LOD": "storeys"}, True), ({"SOLIDS_OF": "class"}, True)],
)  # fmt: skip
def test_solids_are_made_where_more_than_footprints_is_asked_for(dock, asked, made):
    request = algorithm_calls.load(dock.inputs.options.algorithm, {"FOLDER": "/data/models", **asked})
    assert ("SOLIDS" in request.parameters) == ("SOLIDS" in request.layers) == made
    assert {"BUILDINGS", "STOREYS", "OPENINGS", "REPORT"} <= set(request.layers)
    assert "SOLIDS" in request.hidden


def test_options_of_layers_are_not_shown_for_a_base(dock):
    rows = ("LOD", "SOLIDS_OF", "DTM")
    for is_base in (True, False):
        dock.inputs.show_for(is_base)
        assert [dock.inputs.options.fields[name].isVisibleTo(dock.inputs.options) for name in rows] == [not is_base] * 3


@pytest.fixture
def opened_tables(dock, monkeypatch):
    """The layers whose attribute tables the dock opened."""
    opened = []
    monkeypatch.setattr(dock.shell.iface, "showAttributeTable", opened.append, raising=False)
    return opened


def test_models_without_a_place_have_a_table_to_fill_in(listed, opened_tables, tmp_path):
    QgsProject.instance().write(str(tmp_path / "my data 数据.qgz"))
    dock = listed(report(2, georef_level=0))
    assert dock.notice.isVisibleTo(dock)
    assert "without a place: 2" in dock.notice.text.text()
    dock.notice.cure.click()
    (table,) = opened_tables
    assert table.isEditable()
    assert table.source().startswith(str(tmp_path / "city_twin" / "placements.gpkg"))
    assert sorted(row["path"] for row in table.getFeatures()) == ["/data/m0.ifc", "/data/m1.ifc"]
    assert dock.inputs.options.value("PLACEMENTS") is not None
    first = next(row for row in table.getFeatures() if row["path"] == "/data/m0.ifc")
    table.changeAttributeValue(first.id(), table.fields().indexOf("x"), 500_000.0)
    table.changeAttributeValue(first.id(), table.fields().indexOf("y"), 2_490_000.0)
    assert table.commitChanges()
    dock.open_places()
    assert opened_tables == [table, table], "the same layer, not another one"
    kept = {row["path"]: row["x"] for row in QgsVectorLayer(table.source(), "again", "ogr").getFeatures()}
    assert kept == {"/data/m0.ifc": 500_000.0, "/data/m1.ifc": NULL}, "what was entered stays"


def test_where_all_models_have_a_place_no_table_is_offered(listed):
    dock = listed(report(2))
    assert not dock.notice.isVisibleTo(dock)
