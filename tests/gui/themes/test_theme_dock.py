"""The Themes dock: tiles of a built theme, what is behind them, live figures, districts, and another project."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog

from twin_plugin.bridge.themes import districts, documents, workspaces
from twin_plugin.bridge.themes.feature_filter import OWN_FILTER
from twin_plugin.core.common.errors import TwinError
from twin_plugin.gui.common.run_request import RunResult

X, Y = 493_000.0, 2_490_800.0
PUMPS = (("north", "running", 120.0), ("south", "running", 80.0), ("old", "stopped", 0.0), ("new", "running", None))


def layer_of(path, rows=PUMPS, name="pumps"):
    """Write pumps with state and flow into a GeoPackage."""
    layer = QgsVectorLayer("Point?crs=EPSG:4547", name, "memory")
    kinds = (("name", QMetaType.Type.QString), ("state", QMetaType.Type.QString), ("flow_m3h", QMetaType.Type.Double))
    layer.dataProvider().addAttributes([QgsField(field, kind) for field, kind in (*kinds, ("time", kinds[0][1]))])
    layer.updateFields()
    now = datetime.now(UTC)
    for place, (title, state, flow) in enumerate(rows):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([title, state, flow, (now - timedelta(minutes=place)).strftime("%Y-%m-%dT%H:%M:%SZ")])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(X + 10 * place, Y)))
        layer.dataProvider().addFeature(feature)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", name
    error = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsProject.instance().transformContext(), options
    )
    assert error[0] == QgsVectorFileWriter.WriterError.NoError
    return path


THEME = {
    "id": "pumping",
    "version": "1",
    "title": {"en": "Pumping", "zh": "泵站"},
    "purpose": {"en": "Which pumps run.", "zh": "哪些泵在运行。"},
    "groups": [
        {
            "id": "now",
            "title": {"en": "Now", "zh": "当前"},
            "layers": [
                {
                    "id": "pumps",
                    "title": {"en": "Pumps", "zh": "泵"},
                    "source": {"file": "data.gpkg", "table": "pumps", "folder": "data"},
                    "need": "M",
                }
            ],
        }
    ],
    "indicators": [
        {
            "id": "running",
            "title": {"en": "Pumps running", "zh": "运行泵数"},
            "unit": "",
            "layer": "pumps",
            "statistic": "count",
            "where": "\"state\" = 'running'",
            "time_field": "time",
            "age_limit_s": 3600,
            "thresholds": [{"value": 0, "colour": "#c62828"}, {"value": 2, "colour": "#2e7d32"}],
        },
        {
            "id": "flow",
            "title": {"en": "Flow", "zh": "流量"},
            "unit": "m³/h",
            "layer": "pumps",
            "statistic": "sum",
            "expression": '"flow_m3h"',
        },
    ],
    "charts": [
        {
            "id": "by_state",
            "title": {"en": "Pumps by state", "zh": "按状态"},
            "layer": "pumps",
            "kind": "bar",
            "x": '"state"',
            "y": "",
            "statistic": "count",
        }
    ],
}


@pytest.fixture
def own_documents(tmp_path, monkeypatch):
    """The user's folder of documents, with the theme in it."""
    folder = tmp_path / "我的 documents"
    for module in (documents, districts, workspaces):
        monkeypatch.setattr(module, "own_folder", lambda kind: folder / kind)
    (folder / "themes").mkdir(parents=True)
    (folder / "themes" / "pumping.json").write_text(json.dumps(THEME, ensure_ascii=False), "utf-8")
    return folder


@pytest.fixture
def dock(own_documents, make_desktop):
    return make_desktop().docks["themes"]


@pytest.fixture
def built(dock, tmp_path, wait_for):
    """The dock with its theme built into the project; gives (dock, its view, the layer of the pumps)."""
    folder = tmp_path / "data 数据"
    folder.mkdir()
    layer_of(folder / "data.gpkg")
    dock.what.set_value("THEME", "pumping")
    dock.what.set_value("FOLDER", str(folder))
    dock.start()
    wait_for(lambda: not dock.busy())
    wait_for(lambda: dock.view.tiles.tiles)
    layer = next(layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsVectorLayer))
    return dock, dock.view, layer


def change(layer, field, value, *names):
    """Another program changes the file of a layer."""
    other = QgsVectorLayer(layer.source(), "other", "ogr")
    place = other.fields().lookupField(field)
    rows = [one for one in other.getFeatures() if not names or one["name"] in names]
    assert other.dataProvider().changeAttributeValues({one.id(): {place: value} for one in rows})


def figure(view, name):
    return view.tiles.tiles[name].figure()


def test_before_a_theme_is_built_there_are_no_figures(dock):
    assert not dock.view.isVisibleTo(dock)
    assert dock.primary.text() == "Build the theme"


def test_the_demo_district_is_taken_as_data(dock, tmp_path):
    dock.take_demo(RunResult(True, outputs={"DISTRICT": str(tmp_path / "片区" / "district.gpkg")}))
    assert dock.what.value("FOLDER") == dock.scenarios.form.value("FOLDER") == str(tmp_path / "片区")


def test_tiles_show_value_age_and_colour_and_charts_the_categories(built):
    _, view, _ = built
    assert figure(view, "running") == "3"
    assert figure(view, "flow").startswith("200")
    assert view.tiles.tiles["running"].value.colour == "#2e7d32"
    assert "old" in view.tiles.tiles["running"].age()
    assert "without a value" in view.tiles.tiles["flow"].toolTip()
    assert view._charts["by_state"].bars == [("running", 3.0), ("stopped", 1.0)]
    assert not view.tiles.tiles["running"].grab().isNull()


def test_a_click_lists_and_shows_only_what_is_behind_and_a_second_gives_the_filter_back(built, wait_for):
    _, view, layer = built
    assert layer.setSubsetString("\"name\" <> 'south'")
    view.live.compute()
    wait_for(lambda: figure(view, "running") == "2")
    QTest.mouseClick(view.tiles.tiles["running"], Qt.MouseButton.LeftButton)
    wait_for(lambda: view.list.model.rowCount() == 2)
    assert sorted(view.list.model.item(row, 0).text() for row in range(2)) == ["new", "north"]
    assert layer.featureCount() == 2
    assert "only these" in view.list.heading.text()
    view.live.compute()  # the other figures still count all that the user's own filter lets through
    wait_for(lambda: figure(view, "flow").startswith("120"))
    assert sum(value for _, value in view._charts["by_state"].bars) == 3
    QTest.mouseClick(view.tiles.tiles["running"], Qt.MouseButton.LeftButton)
    assert layer.subsetString() == "\"name\" <> 'south'"
    assert layer.featureCount() == 3
    assert layer.customProperty(OWN_FILTER) is None


def test_the_filter_is_given_back_when_the_dock_is_removed(built, wait_for):
    dock, view, layer = built
    QTest.mouseClick(view.tiles.tiles["running"], Qt.MouseButton.LeftButton)
    wait_for(lambda: layer.featureCount() == 3)
    dock.view.close_down()
    assert layer.subsetString() == ""
    assert layer.featureCount() == 4


def test_live_figures_follow_the_data_and_tell_the_change(built, wait_for):
    _, view, layer = built
    change(layer, "state", "stopped", "north")
    view.again.click()
    wait_for(lambda: figure(view, "running") == "2")
    assert view.tiles.tiles["running"].change() == "▼ 1"


def test_values_out_of_date_are_grey_and_say_since_when(built, wait_for):
    _, view, layer = built
    change(layer, "time", "2020-01-01T00:00:00Z")
    view.again.click()
    wait_for(lambda: view.tiles.tiles["running"].value.stale)
    assert "out of date since" in view.tiles.tiles["running"].under()


def test_a_removed_layer_leaves_a_reason_and_no_number(built, wait_for, settle):
    dock, view, layer = built
    QgsProject.instance().removeMapLayer(layer.id())
    settle()
    dock.refresh()
    wait_for(lambda: view.tiles.tiles.get("running") is not None and figure(view, "running") == "–")
    assert "not there" in view.tiles.tiles["running"].toolTip()


def test_another_project_has_no_figures_of_this_one(built, settle):
    dock, view, _ = built
    view.live.compute()  # under way while the project goes
    QgsProject.instance().clear()
    dock.project_changed()
    settle()
    assert view.theme is None
    assert not view.isVisibleTo(dock)
    assert view.which.count() == 0


def test_districts_have_cards_and_open_on_the_map(dock, qgis_iface):
    dock.tabs.setCurrentIndex(1)
    cards = {card.district.id: card for card in dock.districts.cards}
    assert {"houhai", "xiangmihu", "guangming"} <= set(cards)
    assert "approximate" in cards["houhai"].title.text() + cards["houhai"].note.text()
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    cards["houhai"].open_button.click()
    assert dock.what.value("DISTRICT") == "houhai"
    assert canvas.extent().contains(QgsPointXY(493_600, 2_489_900))
    assert not dock.primary.isVisibleTo(dock)


def test_an_own_district_from_the_selection_handed_over_and_taken_over(
    dock, own_documents, qgis_iface, monkeypatch, tmp_path
):
    layer = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "lots", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(X, Y, X + 500, Y + 400)))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    monkeypatch.setattr(qgis_iface, "activeLayer", lambda: layer)
    dock.districts.ask_own()
    assert "Select a polygon" in dock.panel.notice.text.text()
    layer.selectAll()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("New Bay", True))
    dock.districts.ask_own()
    assert [card.district.id for card in dock.districts.cards][-1] == "new_bay"
    path = tmp_path / "交接 workspace.zip"
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("New Bay", True))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dock.districts.ask_export()
    assert path.is_file(), dock.panel.notice.text.text()
    for file in (own_documents / "districts").iterdir():
        file.unlink()
    (own_documents / "themes" / "pumping.json").unlink()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dock.districts.ask_import()
    assert (own_documents / "districts" / "new_bay.json").is_file(), dock.panel.notice.text.text()
    assert (own_documents / "themes" / "pumping.json").is_file()
    mine = own_documents / "districts" / "new_bay.json"
    mine.write_text(mine.read_text("utf-8").replace("New Bay", "My Bay"), "utf-8")
    with pytest.raises(TwinError, match="another document"):
        workspaces.take_over(path, lambda _: None)
    assert "My Bay" in mine.read_text("utf-8")
