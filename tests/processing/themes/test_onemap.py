"""twin:onemap: what a theme becomes in a project, what a second run keeps, and what is refused."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import (
    QgsLayerNotesUtils,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayoutItemLabel,
    QgsLayoutPoint,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFile,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread

from tests import made_theme
from tests.hostile import Server
from tests.listener import Listener
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.bridge.themes.onemap import marks
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id

ID = "twin:onemap"


class Given:
    """A made theme of six layers with its data, and where its project goes."""

    def __init__(self, folder: Path, layers: list[dict]) -> None:
        self.folder, self.data = folder, folder / "data 数据"
        self.layers = [dict(layer) for layer in layers]
        self.district = f"{folder / 'district.gpkg'}|layername=district"
        self.project = str(folder / "map.qgz")

    def parameters(self, **more):
        theme = made_theme.write_theme(self.folder / "made.json", self.layers, 2, **more)
        return {
            "THEME_FILE": theme, "DISTRICT_LAYER": self.district, "FOLDER": str(self.data), "OUTPUT": self.project,
            "LAYERS": str(self.folder / "layers.csv"), "LANGUAGE": "en",
        }  # fmt: skip

    def rows(self):
        with (self.folder / "layers.csv").open(encoding="utf-8-sig") as stream:
            return {row["id"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def made(qgis_plugin, tmp_path_factory):
    """The data, written once, and the layers of the theme."""
    folder = tmp_path_factory.mktemp("made")
    layers = made_theme.write_data(folder / "data 数据", 4, 2)
    made_theme.district_file(folder / "district.gpkg")
    return folder, layers


@pytest.fixture
def given(made, tmp_path):
    folder, layers = made
    shutil.copytree(folder, tmp_path / "one map 一张图")
    return Given(tmp_path / "one map 一张图", layers)


@pytest.fixture(scope="module")
def built(made, run_algorithm, tmp_path_factory):
    """The project of the theme, built once: its paths are relative, so that it can be copied to the data."""
    folder, layers = made
    place = tmp_path_factory.mktemp("built") / "x"
    shutil.copytree(folder, place)
    own = Given(place, layers)
    run_algorithm(ID, own.parameters())
    return Path(own.project)


@pytest.fixture
def done(given, built):
    """What was given, and the project that a first run built."""
    shutil.copy(built, given.project)
    return given


def read(path):
    project = QgsProject()
    assert project.read(str(path)), project.error()
    return project


def names(node):
    """The tree as nested lists of names."""
    return [
        [child.name(), names(child)] if isinstance(child, QgsLayerTreeGroup) else child.name()
        for child in node.children()
    ]


def by_id(project, name):
    return marks.layers_of(project, "made", district_id(project))[name]


def district_id(project):
    return marks.themes_of(project)[0][1]


def test_a_theme_becomes_a_project(run_algorithm, given):
    given.layers[0] |= {"min_scale": 20000, "max_scale": 500, "opacity": 0.5, "visible": False}
    given.layers[1] |= {"refresh_s": 60, "attribution": "City <b>of</b> 深圳", "where": '"value" > 5'}
    groups = [
        {"id": "a", "title": {"en": "A"}, "exclusive": True, "layers": given.layers[:3]},
        {"id": "b", "title": {"en": "B"}, "visible": False, "layers": given.layers[3:]},
    ]
    found = run_algorithm(ID, given.parameters(groups=groups))
    assert (found["LAYERS_LOADED"], found["LAYERS_MISSING"], found["MUST_MISSING"]) == (6, 0, 0)
    project = read(given.project)
    root = project.layerTreeRoot()
    assert names(root) == [
        [
            "Made theme · district",
            [["A", ["Layer 0", "Layer 1", "Layer 2"]], ["B", ["Layer 3", "Raster 0", "Raster 1"]]],
        ]
    ]
    a, b = root.children()[0].children()
    assert a.isMutuallyExclusive()
    assert [node.itemVisibilityChecked() for node in a.children()] == [False, True, False]
    assert not b.itemVisibilityChecked()
    first, second = by_id(project, "v0"), by_id(project, "v1")
    assert first.hasScaleBasedVisibility()
    assert (first.minimumScale(), first.maximumScale(), first.opacity()) == (20000, 500, 0.5)
    assert second.autoRefreshInterval() == 60_000
    assert second.metadata().rights() == ["City <\u2060b>of<\u2060/b> 深圳"]
    assert (second.subsetString(), second.featureCount()) == ('"value" > 5', 6)
    assert all(layer.isValid() for layer in project.mapLayers().values())
    assert by_id(project, "v1").renderer().type() != "nullSymbol"
    assert "table0" in QgsLayerNotesUtils.layerNotes(first)
    collection = project.mapThemeCollection()
    shown = {layer.id() for layer in collection.mapThemeVisibleLayers("Made theme · First half · district")}
    assert shown == {by_id(project, name).id() for name in ("v0", "v1", "v2")}
    assert len(collection.mapThemes()) == 2
    assert [mark.name() for mark in project.bookmarkManager().bookmarks()] == ["Whole district"]
    assert [layout.name() for layout in project.layoutManager().printLayouts()] == ["Made map · district"]
    assert project.crs().authid() == "EPSG:4547"
    assert not project.customVariables()["made_missing"]


def test_styles_are_those_of_the_theme(run_algorithm, given):
    run_algorithm(ID, given.parameters())
    project = read(given.project)
    plain = QgsVectorLayer(f"{given.data / 'data1.gpkg'}|layername=table1", "", "ogr")
    assert by_id(project, "v1").renderer().dump() != plain.renderer().dump()
    assert by_id(project, "r0").renderer().type() == "singlebandpseudocolor"


def test_what_is_missing_stays_with_its_reason(run_algorithm, given):
    given.layers[1] |= {"need": "M", "source": {"file": "nowhere.gpkg", "table": "x"}}
    given.layers[2] |= {
        "need": "C",
        "condition": {"en": "it rains"},
        "source": {"file": "rain.tif", "folder": "results"},
    }
    listener = Listener()
    found = run_algorithm(ID, given.parameters(), listener)
    assert (found["LAYERS_LOADED"], found["LAYERS_MISSING"], found["MUST_MISSING"]) == (4, 2, 1)
    assert listener.warnings == [
        "Missing, though required: 'Layer 1': there is no file 'nowhere.gpkg' in FOLDER.",
        "'Layer 2': RESULTS is not given; needed when it rains.",
    ]
    project = read(given.project)
    tree = names(project.layerTreeRoot())[0][1]
    must = "Layer 1 – missing: there is no file 'nowhere.gpkg' in FOLDER"
    assert tree[0] == ["Missing, though required: 1", [[must, []]]]
    assert tree[1] == ["Group 0", ["Layer 0", [must, []],
                                   ["Layer 2 – missing: RESULTS is not given; needed when it rains", []]]]  # fmt: skip
    layout = project.layoutManager().printLayouts()[0]
    assert layout.itemById("city_twin missing").text() == "Missing, though required: Layer 1"
    rows = given.rows()
    assert (rows["v1"]["state"], rows["v1"]["need"], rows["v0"]["state"]) == ("missing", "M", "loaded")
    assert project.customVariables()["made_missing"] == "Layer 1"


def test_a_missing_layer_that_comes_back_takes_its_place(run_algorithm, given):
    given.layers[1] |= {"need": "M", "source": {"file": "later.gpkg", "table": "table1"}}
    run_algorithm(ID, given.parameters())
    shutil.copy(given.data / "data1.gpkg", given.data / "later.gpkg")
    found = run_algorithm(ID, given.parameters())
    assert found["MUST_MISSING"] == 0
    project = read(given.project)
    tree = names(project.layerTreeRoot())[0][1]
    assert tree == [["Group 0", ["Layer 0", "Layer 1", "Layer 2"]], ["Group 1", ["Layer 3", "Raster 0", "Raster 1"]]]


def test_a_layer_whose_file_went_stays_and_is_said(run_algorithm, done):
    os.remove(done.data / "raster0.tif")
    found = run_algorithm(ID, done.parameters())
    assert found["LAYERS_MISSING"] == 1
    project = read(done.project)
    assert by_id(project, "r0") is not None
    assert "Raster 0" in str(names(project.layerTreeRoot()))
    assert len(project.mapLayers()) == 6


def change(project, given):
    """What a user does to the project of a theme."""
    root = project.layerTreeRoot()
    whole = root.children()[0]
    group = whole.children()[0]
    nodes = {node.name(): node for node in group.children()}
    nodes["Layer 0"].setItemVisibilityChecked(False)
    last = nodes["Layer 2"].clone()
    group.insertChildNode(0, last)
    group.removeChildNode(nodes["Layer 2"])
    moved = next(node for node in whole.children()[1].findLayers() if node.name() == "Layer 3")
    own = root.insertGroup(0, "Mine 我的")
    own.insertChildNode(0, moved.clone())
    moved.parent().removeChildNode(moved)
    layer = by_id(project, "v1")
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    symbol.setColor(symbol.color().fromRgb(1, 2, 3))
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    by_id(project, "v2").setSubsetString('"class" = 1')
    by_id(project, "r1").setName("My raster")
    extra = QgsVectorLayer(given.district, "extra", "ogr")
    project.addMapLayer(extra)
    assert project.write(given.project)


def test_a_second_run_keeps_what_the_user_changed(run_algorithm, done):
    project = read(done.project)
    change(project, done)
    before, ids = names(project.layerTreeRoot()), set(project.mapLayers())
    done.layers[0] |= {"title": {"en": "New title"}}
    listener = Listener()
    run_algorithm(ID, done.parameters(), listener)
    after = read(done.project)
    assert set(after.mapLayers()) == ids
    assert str(names(after.layerTreeRoot())) == str(before).replace("Layer 0", "New title")
    assert by_id(after, "v1").renderer().symbol().color().getRgb()[:3] == (1, 2, 3)
    assert (by_id(after, "v2").subsetString(), by_id(after, "v2").featureCount()) == ('"class" = 1', 3)
    assert not after.layerTreeRoot().findLayer(by_id(after, "v0").id()).itemVisibilityChecked()
    kept = {name: row["kept"] for name, row in done.rows().items()}
    assert kept == {"v0": "visibility", "v1": "style", "v2": "filter", "v3": "place", "r0": "", "r1": "name"}
    assert "Kept of 'Layer 1' as you changed it: style." in listener.infos
    assert len(after.layoutManager().printLayouts()) == 1
    assert len(after.mapThemeCollection().mapThemes()) == 2
    assert len(after.bookmarkManager().bookmarks()) == 1


def test_a_third_run_says_the_same(run_algorithm, done):
    """What a run keeps counts as the user's in the next one too."""
    change(read(done.project), done)
    run_algorithm(ID, done.parameters())
    rows = done.rows()
    run_algorithm(ID, done.parameters())
    assert {name: row["kept"] for name, row in done.rows().items()} == {name: row["kept"] for name, row in rows.items()}


def test_another_district_is_another_group(run_algorithm, done):
    made_theme.write_table(done.folder / "east.gpkg", "east", "Polygon", [(made_theme.shape("Polygon", 5), {"n": 1})])
    run_algorithm(ID, done.parameters() | {"DISTRICT_LAYER": str(done.folder / "east.gpkg")})
    project = read(done.project)
    assert len(project.mapLayers()) == 12
    assert [name for name, _ in names(project.layerTreeRoot())] == ["Made theme · east", "Made theme · district"]
    assert marks.themes_of(project) == [("made", "district"), ("made", "east")]
    assert len(project.mapThemeCollection().mapThemes()) == 4
    assert len(project.layoutManager().printLayouts()) == 2


def test_into_the_open_project(run_algorithm, given):
    project = QgsProject.instance()
    project.clear()
    own = QgsVectorLayer(f"{given.data / 'data0.gpkg'}|layername=table0", "mine", "ogr")
    project.addMapLayer(own)
    parameters = given.parameters()
    del parameters["OUTPUT"]
    try:
        run_algorithm(ID, parameters)
        run_algorithm(ID, parameters)
        assert len(project.mapLayers()) == 7
        tree = names(project.layerTreeRoot())
        assert [item if isinstance(item, str) else item[0] for item in tree] == ["Made theme · district", "mine"]
        assert isinstance(project.layerTreeRoot().children()[1], QgsLayerTreeLayer)
    finally:
        project.clear()


def test_the_districts_own_project_is_refused(run_algorithm, done):
    project = QgsProject.instance()
    project.read(done.project)
    try:
        with pytest.raises(QgsProcessingException, match="OUTPUT is the project that is open: leave OUTPUT empty"):
            run_algorithm(ID, done.parameters())
    finally:
        project.clear()


def test_a_style_of_another_geometry_is_said(run_algorithm, given):
    given.layers[0] |= {"style": "roads"}
    given.layers[3] |= {"style": "flood_depth"}
    given.layers[4] |= {"style": "roads"}
    listener = Listener()
    run_algorithm(ID, given.parameters(), listener)
    assert listener.warnings == [
        "'Layer 0': the style 'roads' does not fit (Cannot apply style with symbology to layer with a different "
        "geometry type): the layer is drawn plainly.",
        "'Layer 3': the style 'flood_depth' is for another kind of layer: this one is drawn plainly.",
        "'Raster 0': the style 'roads' is for another kind of layer: this one is drawn plainly.",
    ]


def test_a_filter_that_the_source_does_not_take_is_said(run_algorithm, given):
    given.layers[1] |= {"where": '"class" / 4 > 0.5'}  # of whole numbers, which SQLite divides without decimals
    listener = Listener()
    run_algorithm(ID, given.parameters(), listener)
    project = read(given.project)
    assert by_id(project, "v1").subsetString() == ""
    assert listener.warnings[-1] == (
        "'Layer 1': its source understands the filter '\"class\" / 4 > 0.5' in another way: all rows are shown."
    )
    assert int(given.rows()["v1"]["features"]) == made_theme.ROWS


def test_an_empty_layer_and_one_outside_are_said(run_algorithm, given):
    made_theme.write_table(given.data / "empty.gpkg", "none", "Point", [])
    made_theme.write_table(given.data / "far.gpkg", "far", "Point", [("POINT(1000 1000)", {"name": "x"})])
    given.layers[0] |= {"source": {"file": "empty.gpkg", "table": "none"}}
    given.layers[3] |= {"source": {"file": "far.gpkg", "table": "far"}, "style": "rain_gauges"}
    run_algorithm(ID, given.parameters())
    rows = given.rows()
    assert (rows["v0"]["state"], rows["v0"]["reason"]) == ("empty", "it has no rows")
    assert (rows["v3"]["state"], rows["v3"]["reason"]) == ("outside", "it lies outside of the district")


def refused(run_algorithm, given, sentence, **changes):
    parameters = given.parameters() | changes
    with pytest.raises(QgsProcessingException) as caught:
        run_algorithm(ID, {name: value for name, value in parameters.items() if value is not None})
    assert sentence in str(caught.value)
    assert not os.path.exists(parameters["OUTPUT"]) or changes.get("OUTPUT")
    left = [path.name for path in given.folder.iterdir() if "twin" in path.name]
    assert left == []


def test_a_district_that_overlaps_nothing_is_refused(run_algorithm, given):
    far = made_theme.district_file(given.folder / "far.gpkg", made_theme.WEST + 50_000)
    refused(run_algorithm, given, "overlaps none of the 6 layers that were opened", DISTRICT_LAYER=far)


def test_no_data_is_refused(run_algorithm, given):
    (given.folder / "bare").mkdir()
    refused(
        run_algorithm, given, "None of the 6 layers of 'Made theme' can be opened", FOLDER=str(given.folder / "bare")
    )
    refused(run_algorithm, given, "FOLDER is not given", FOLDER=None)
    refused(run_algorithm, given, "is no folder", FOLDER=given.project)


def test_a_file_that_is_no_project_stays_as_it_is(run_algorithm, given):
    path = given.folder / "mine.qgz"
    path.write_bytes(b"not a project")
    refused(run_algorithm, given, "is no project that QGIS can read", OUTPUT=str(path))
    assert path.read_bytes() == b"not a project"


def test_links_out_of_the_folder_are_not_followed(run_algorithm, given):
    outside = given.folder / "outside.tif"
    shutil.move(given.data / "raster1.tif", outside)
    (given.data / "raster1.tif").symlink_to(outside)
    run_algorithm(ID, given.parameters())
    row = given.rows()["r1"]
    assert row["state"] == "missing"
    assert "leads out of the folder" in row["reason"]


@pytest.mark.parametrize("before", ["", "<!-- GDAL looks behind this -->\n"])
def test_a_raster_that_describes_another_is_not_followed(run_algorithm, given, before):
    (given.data / "elsewhere.tif").write_bytes((given.data / "raster0.tif").read_bytes())
    source = f"<SimpleSource><SourceFilename>{given.data / 'elsewhere.tif'}</SourceFilename></SimpleSource>"
    band = f'<VRTRasterBand dataType="Float32" band="1">{source}</VRTRasterBand>'
    description = f'{before}<VRTDataset rasterXSize="50" rasterYSize="50">{band}</VRTDataset>'
    (given.data / "raster0.tif").write_text(description, "utf-8")
    assert run_algorithm(ID, given.parameters())["LAYERS_MISSING"] == 1
    assert given.rows()["r0"]["reason"].endswith("raster0.tif' only describes data in another place")


def test_a_cancel_changes_nothing(run_algorithm, given):
    class Impatient(Listener):
        def setProgressText(self, text):
            if text == "Layer 2":
                self.cancel()

    assert run_algorithm(ID, given.parameters(), Impatient()) == {}
    assert sorted(path.name for path in given.folder.iterdir()) == ["data 数据", "district.gpkg", "made.json"]


def test_a_damaged_file_is_a_missing_layer(run_algorithm, given):
    (given.data / "raster1.tif").write_bytes(b"II*\0 nothing")
    (given.data / "data0.gpkg").write_bytes(b"SQLite format 3\0" + bytes(200))
    run_algorithm(ID, given.parameters())
    rows = given.rows()
    assert {name for name, row in rows.items() if row["state"] == "missing"} == {"r1", "v0"}


def test_the_time_of_a_table_is_its_own(run_algorithm, given):
    with sqlite3.connect(given.data / "data2.gpkg") as database:
        database.execute("UPDATE gpkg_contents SET last_change = '2020-01-02T03:04:05.678Z'")
    run_algorithm(ID, given.parameters())
    assert given.rows()["v2"]["modified"] == "2020-01-02T03:04:05Z"


def test_in_a_worker_the_project_changes_on_the_main_thread(run_algorithm, given):
    """As the desktop runs it: the layers belong to the main thread, where they were added."""
    project, main, threads = QgsProject.instance(), QCoreApplication.instance().thread(), []
    project.clear()
    project.layersAdded.connect(lambda layers: threads.append(QThread.currentThread()))
    parameters = given.parameters()
    del parameters["OUTPUT"]
    found = {}
    worker = threading.Thread(target=lambda: found.update(run_algorithm(ID, parameters)))
    worker.start()
    while worker.is_alive():
        QCoreApplication.processEvents()
        worker.join(0.01)
    try:
        assert found["LAYERS_LOADED"] == 6
        assert threads == [main]  # one call for all
        assert all(layer.thread() == main for layer in project.mapLayers().values())
        assert by_id(project, "v1").featureCount() == made_theme.ROWS
    finally:
        project.clear()


def test_a_failure_at_the_end_takes_back_what_was_added(run_algorithm, given, monkeypatch):
    from twin_plugin.bridge.themes.onemap import project_parts

    def fail(*arguments):
        raise ResourceError("The disk is gone.")

    monkeypatch.setattr(project_parts, "add_bookmarks", fail)
    project = QgsProject.instance()
    project.clear()
    own = QgsVectorLayer(f"{given.data / 'data0.gpkg'}|layername=table0", "mine", "ogr")
    project.addMapLayer(own)
    parameters = given.parameters()
    del parameters["OUTPUT"]
    try:
        with pytest.raises(QgsProcessingException, match="The disk is gone"):
            run_algorithm(ID, parameters)
        assert list(project.mapLayers()) == [own.id()]
        assert names(project.layerTreeRoot()) == ["mine"]
        assert project.mapThemeCollection().mapThemes() == []
        assert project.customVariables() == {}
    finally:
        project.clear()


def test_services_of_the_catalogue(run_algorithm, given):
    """One that answers is opened; those that take a connection and say nothing are missing, with the reason."""
    catalogue = str(given.folder / "services.gpkg")
    with Server({"*": lambda connection, asked: time.sleep(20)}) as server:
        down = f"http://127.0.0.1:{server.port}/wms"
        records = [
            ServiceRecord(record_id(kind, url, title), title, kind, url, title)
            for title, kind, url in (
                ("radar", ServiceProtocol.WMS, down),
                ("gauges", ServiceProtocol.FILE, str(given.data / "data0.gpkg")),
            )
        ]
        records[1] = replace(records[1], layer="table0")
        store = open_catalogue(catalogue, create=True)
        store.apply(records, complete=False)
        store.close()
        given.layers[0] |= {"source": {"service": {"text": "gauges"}}}
        given.layers[1] |= {"source": {"service": {"text": "radar"}}, "need": "M"}
        given.layers[2] |= {"sources": [{"service": {"text": "snow"}}, given.layers[2].pop("source")]}
        listener = Listener()
        found = run_algorithm(ID, given.parameters() | {"CATALOGUE": catalogue, "TIMEOUT": 0.5}, listener)
    assert (found["LAYERS_LOADED"], found["MUST_MISSING"]) == (5, 1)
    assert listener.warnings == ["Missing, though required: 'Layer 1': 'radar': no answer within 0.5 s."]
    rows = given.rows()
    assert (rows["v0"]["state"], rows["v0"]["source"], rows["v0"]["modified"]) == ("loaded", "gauges", "")
    assert (rows["v2"]["state"], rows["v2"]["source"]) == ("loaded", "data2.gpkg (table2)")
    project = read(given.project)
    assert by_id(project, "v0").featureCount() == made_theme.ROWS
    tree = names(project.layerTreeRoot())[0][1]
    assert "Layer 1 – missing: 'radar': no answer within 0.5 s" in str(tree)


CHARTS = [
    {"id": "bars", "title": {"en": "By class"}, "layer": "v0", "kind": "bar", "x": 'to_string("class")',
     "statistic": "count"},
    {"id": "line", "title": {"en": "Over x"}, "layer": "v1", "kind": "line", "x": '"value"', "y": '"class"',
     "statistic": "max", "unit": "m"},
    {"id": "gone", "title": {"en": "Gone"}, "layer": "v2", "kind": "bar", "x": '"name"', "statistic": "count"},
]  # fmt: skip


def texts_of(layout):
    return [item.text() for item in layout.items() if isinstance(item, QgsLayoutItemLabel)]


def test_charts_are_drawn_and_follow_the_next_run(run_algorithm, given):
    given.layers[2] |= {"source": {"file": "later.gpkg", "table": "x"}}
    run_algorithm(ID, given.parameters(charts=CHARTS))
    project = read(given.project)
    layout = project.layoutManager().printLayouts()[0]
    texts = texts_of(layout)
    for title in ("By class", "Over x", "Gone"):
        assert texts.count(title) == 1
    assert texts.count("3") >= 4  # three rows in each of four classes
    assert "Its layer is missing." in texts
    frame = layout.itemById("city_twin chart bars frame")
    frame.attemptMove(QgsLayoutPoint(100, 150), page=1)
    layout.removeLayoutItem(layout.itemById("city_twin chart line frame"))
    assert project.write(given.project)
    layer = QgsVectorLayer(f"{given.data / 'data0.gpkg'}|layername=table0", "", "ogr")
    number = layer.fields().indexOf("class")
    high = [feature.id() for feature in layer.getFeatures() if feature["class"] > 1]
    assert layer.dataProvider().changeAttributeValues({name: {number: 7} for name in high})
    run_algorithm(ID, given.parameters(charts=CHARTS))
    after = read(given.project)
    layout = after.layoutManager().printLayouts()[0]
    place = layout.itemById("city_twin chart bars frame")
    assert (place.page(), round(place.pagePos().x()), round(place.pagePos().y())) == (1, 100, 150)
    texts = texts_of(layout)
    assert "7" in texts
    assert "6" in texts
    assert texts.count("By class") == 1
    assert layout.itemById("city_twin chart line frame") is None


def test_other_indicators_make_a_new_layout_and_leave_the_old_one(run_algorithm, done):
    count = {"id": "n", "title": {"en": "Places"}, "unit": "", "layer": "v0", "statistic": "count"}
    listener = Listener()
    run_algorithm(ID, done.parameters(indicators=[count]), listener)
    project = read(done.project)
    names = [layout.name() for layout in project.layoutManager().printLayouts()]
    assert names == ["Made map · district", "Made map · district (2)"]
    assert "Kept the layout 'Made map · district'; a new one has the indicators of this run." in listener.infos


def test_in_chinese(run_algorithm, given):
    """Titles, notes and the legends of shipped styles, while QGIS speaks English."""
    run_algorithm(ID, given.parameters() | {"LANGUAGE": "zh"})
    project = read(given.project)
    tree = names(project.layerTreeRoot())
    assert tree == [
        ["虚构专题 · district", [["组0", ["图层0", "图层1", "图层2"]], ["组1", ["图层3", "栅格0", "栅格1"]]]]
    ]
    shader = by_id(project, "r0").renderer().shader().rasterShaderFunction()
    assert any("封闭道路" in item.label for item in shader.colorRampItemList())
    assert "来源：data0.gpkg (table0)" in QgsLayerNotesUtils.layerNotes(by_id(project, "v0"))
    assert project.layoutManager().printLayouts()[0].itemById("city_twin title").text() == "虚构地图"


def test_another_language_doubles_nothing(run_algorithm, done):
    """The names of the first run follow; those that the user gave stay."""
    project = read(done.project)
    project.layerTreeRoot().children()[0].children()[1].setName("My own")
    assert project.write(done.project)
    run_algorithm(ID, done.parameters() | {"LANGUAGE": "zh"})
    project = read(done.project)
    tree = names(project.layerTreeRoot())
    assert tree == [
        ["虚构专题 · district", [["组0", ["图层0", "图层1", "图层2"]], ["My own", ["图层3", "栅格0", "栅格1"]]]]
    ]
    shader = by_id(project, "r0").renderer().shader().rasterShaderFunction()
    assert any("封闭道路" in item.label for item in shader.colorRampItemList())
    assert project.mapThemeCollection().mapThemes() == ["虚构专题 · 前半 · district", "虚构专题 · 后半 · district"]
    assert len(project.layoutManager().printLayouts()) == 1
    run_algorithm(ID, done.parameters())
    project = read(done.project)
    assert project.mapThemeCollection().mapThemes() == [
        "Made theme · First half · district", "Made theme · Second half · district",
    ]  # fmt: skip
    assert {row["kept"] for row in done.rows().values()} == {""}


def test_two_themes_of_one_title_and_a_users_map_theme_share_nothing(run_algorithm, given):
    """A theme that was copied and changed has the titles of the first one."""
    run_algorithm(ID, given.parameters())
    project = read(given.project)
    mine = project.mapThemeCollection().mapThemeState("Made theme · First half · district")
    project.mapThemeCollection().clear()
    project.mapThemeCollection().insert("Made theme · First half · district", mine)
    assert project.write(given.project)
    parameters = given.parameters()
    copied = Path(parameters["THEME_FILE"]).with_name("copied.json")
    document = json.loads(Path(parameters["THEME_FILE"]).read_text("utf-8"))
    copied.write_text(json.dumps(document | {"id": "copied"}), "utf-8")
    for _ in range(2):
        run_algorithm(ID, parameters | {"THEME_FILE": str(copied)})
    project = read(given.project)
    collection = project.mapThemeCollection()
    assert collection.mapThemes() == [
        "Made theme · First half · district", "Made theme · First half · district (2)",
        "Made theme · Second half · district",
    ]  # fmt: skip
    shown = [set(collection.mapThemeVisibleLayerIds(name)) for name in collection.mapThemes()]
    assert shown[0] == {by_id(project, name).id() for name in ("v0", "v1", "v2")} - shown[1]
    copies = marks.layers_of(project, "copied", district_id(project))
    assert shown[1] == {copies[name].id() for name in ("v0", "v1", "v2")}
    assert sorted(layout.name() for layout in project.layoutManager().printLayouts()) == [
        "Made map · district", "Made map · district (2)",
    ]  # fmt: skip


def test_an_output_that_is_no_file_is_refused(run_algorithm, given):
    os.mkfifo(given.folder / "pipe.qgz")
    with pytest.raises(QgsProcessingException, match="cannot be written"):
        run_algorithm(ID, given.parameters() | {"OUTPUT": str(given.folder / "pipe.qgz")})


def test_a_model_builds_a_theme(qgis_plugin, given):
    """A model whose own input is the folder of the data, and whose output is the project."""
    model = QgsProcessingModelAlgorithm("themes", "test", "test")
    folder = QgsProcessingParameterFile("data", "data", QgsProcessingParameterFile.Behavior.Folder)
    model.addModelParameter(folder, QgsProcessingModelParameter("data"))
    child = QgsProcessingModelChildAlgorithm(ID)
    child.setChildId("map")
    source = QgsProcessingModelChildParameterSource
    for name, value in given.parameters().items():
        if name not in ("OUTPUT", "LAYERS", "FOLDER"):
            child.addParameterSources(name, [source.fromStaticValue(value)])
    child.addParameterSources("FOLDER", [source.fromModelParameter("data")])
    output = QgsProcessingModelOutput("project", "project")
    output.setChildId("map")
    output.setChildOutputName("OUTPUT")
    child.setModelOutputs({"project": output})
    model.addChildAlgorithm(child)
    model.updateDestinationParameters()
    context = QgsProcessingContext()
    parameters = {"data": str(given.data), "project": given.project}
    results, fine = model.run(parameters, context, QgsProcessingFeedback(False))
    assert fine
    assert results["project"] == given.project
    assert len(read(given.project).mapLayers()) == 6


def test_every_table_is_read_beside_filtered_ones_of_its_file(run_algorithm, given):
    """QGIS 3.40 cannot read further tables of a GeoPackage that it has open once a filter of one of them was set."""
    tables = [f"table{number}" for number in range(8)]
    for number, table in enumerate(tables):
        rows = [(made_theme.shape("Point", k), {"class": k % 2}) for k in range(number + 2)]
        made_theme.write_table(given.data / "one.gpkg", table, "Point", rows)
    given.layers = [
        {"id": name, "title": {"en": name}, "source": {"file": "one.gpkg", "table": name}} for name in tables
    ]
    for number in (2, 3):
        given.layers[number] |= {"where": '"class" = 1'}
    more = {"indicators": [
        {"id": f"i_{name}", "title": {"en": name}, "unit": "", "layer": name, "statistic": "count"} for name in tables
    ]}  # fmt: skip
    paper = given.folder / "indicators.json"
    for output in (given.project, given.project, "", ""):
        run_algorithm(ID, given.parameters(**more) | {"OUTPUT": output, "INDICATORS_JSON": str(paper)})
        rows = given.rows().values()
        assert [row["features"] for row in rows] == ["2", "3", "2", "2", "6", "7", "8", "9"], output
        assert {(row["state"], row["reason"]) for row in rows} == {("loaded", "")}
        numbers = [row["value"] for row in json.loads(paper.read_text("utf-8"))["indicators"]]
        assert numbers == [2, 3, 2, 2, 6, 7, 8, 9], output
    QgsProject.instance().clear()


@pytest.mark.parametrize(("language", "chinese"), [("zh", "true"), ("en", "false")])
def test_texts_in_the_expressions_of_styles_are_in_the_language_of_the_run(run_algorithm, given, language, chinese):
    """Whatever QGIS speaks where the project is opened."""
    given.layers[0] |= {"style": "crews"}
    run_algorithm(ID, given.parameters() | {"LANGUAGE": language})
    project = read(given.project)
    layer = by_id(project, "v0")
    expressions = [rule.settings().fieldName for rule in layer.labeling().rootRule().children()]
    assert expressions == [f"\"people\" || if({chinese}, ' 人', ' persons')"]


def remove(project, given):
    """What a user takes out of the project of a theme."""
    project.removeMapLayer(by_id(project, "v1").id())
    project.removeMapLayer(by_id(project, "r0").id())
    project.mapThemeCollection().removeMapTheme("Made theme · First half · district")
    project.bookmarkManager().removeBookmark(project.bookmarkManager().bookmarks()[0].id())
    project.layoutManager().removeLayout(project.layoutManager().printLayouts()[0])
    assert project.write(given.project)


def parts(project):
    """Layers, map themes, bookmarks and layouts of a project."""
    return (
        sorted(layer.customProperty(marks.LAYER) for layer in project.mapLayers().values()),
        project.mapThemeCollection().mapThemes(),
        [bookmark.name() for bookmark in project.bookmarkManager().bookmarks()],
        [layout.name() for layout in project.layoutManager().printLayouts()],
    )


def test_what_the_user_removed_stays_away_until_it_is_asked_for(run_algorithm, done):
    whole = parts(read(done.project))
    remove(read(done.project), done)
    left = (["r1", "v0", "v2", "v3"], ["Made theme · Second half · district"], [], [])
    for _ in range(2):
        listener = Listener()
        results = run_algorithm(ID, done.parameters(), listener)
        assert parts(read(done.project)) == left
        assert (results["LAYERS_LOADED"], results["LAYERS_MISSING"], results["MUST_MISSING"]) == (4, 0, 0)
        said = [text for text in listener.infos if text.startswith("Left out")]
        assert said == [
            "Left out 'Layer 1', as you removed it.", "Left out 'Raster 0', as you removed it.",
            "Left out the map theme 'Made theme · First half · district', as you removed it.",
            "Left out the bookmark 'Whole district', as you removed it.",
            "Left out the layout 'Made map · district', as you removed it.",
        ]  # fmt: skip
        row = done.rows()["v1"]
        assert (row["state"], row["reason"]) == ("removed", "you removed it from the project")
        project = read(done.project)
        tree = names(project.layerTreeRoot())[0][1]
        assert tree == [["Group 0", ["Layer 0", "Layer 2"]], ["Group 1", ["Layer 3", "Raster 1"]]]
    run_algorithm(ID, done.parameters() | {"RESTORE": True})
    assert parts(read(done.project)) == (whole[0], sorted(whole[1]), *whole[2:])


def test_a_theme_that_the_user_removed_as_a_whole_is_built_anew(run_algorithm, done):
    whole = parts(read(done.project))
    project = read(done.project)
    project.removeMapLayers(list(project.mapLayers()))
    project.layerTreeRoot().removeAllChildren()
    remaining = project.bookmarkManager().bookmarks()[0].id()
    project.bookmarkManager().removeBookmark(remaining)
    assert project.write(done.project)
    run_algorithm(ID, done.parameters())
    assert parts(read(done.project)) == whole


def test_a_missing_layer_that_was_never_there_is_no_removed_one(run_algorithm, given):
    given.layers[1] |= {"source": {"file": "later.gpkg", "table": "table1"}}
    run_algorithm(ID, given.parameters())
    assert given.rows()["v1"]["state"] == "missing"
    shutil.copy(given.data / "data1.gpkg", given.data / "later.gpkg")
    run_algorithm(ID, given.parameters())
    assert given.rows()["v1"]["state"] == "loaded"


def test_names_follow_the_language_but_those_that_the_user_gave(run_algorithm, done):
    run_algorithm(ID, done.parameters() | {"LANGUAGE": "zh"})
    project = read(done.project)
    bookmark = project.bookmarkManager().bookmarks()[0]
    assert (project.title(), bookmark.name(), bookmark.group()) == (
        "虚构专题 · district",
        "全区",
        "虚构专题 · district",
    )
    assert [layout.name() for layout in project.layoutManager().printLayouts()] == ["虚构地图 · district"]
    project.setTitle("Mine")
    bookmark.setName("My place")
    assert project.bookmarkManager().updateBookmark(bookmark)
    project.layoutManager().printLayouts()[0].setName("My map")
    assert project.write(done.project)
    for _ in range(2):
        run_algorithm(ID, done.parameters())
        project = read(done.project)
        bookmark = project.bookmarkManager().bookmarks()[0]
        assert (project.title(), bookmark.name(), bookmark.group()) == ("Mine", "My place", "Made theme · district")
        assert [layout.name() for layout in project.layoutManager().printLayouts()] == ["My map"]


def test_the_document_is_found_again_where_the_project_was_moved_with_it(run_algorithm, given, tmp_path):
    from twin_plugin.bridge.themes.onemap import runs

    run_algorithm(ID, given.parameters())
    moved = tmp_path / "moved 移动"
    given.folder.rename(moved)
    project = read(moved / "map.qgz")
    found = runs.run_documents(project, *marks.themes_of(project)[0])
    assert found.reason is None
    assert found.theme.id == "made"
    with zipfile.ZipFile(moved / "map.qgz") as archive:
        assert all(str(tmp_path) not in archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_a_tile_says_its_number_once_and_the_table_goes_on_at_the_top_of_a_page(run_algorithm, given):
    """Below the number: its class, the change, the time of the data."""
    steps = [
        {"value": 0, "colour": "#2e7d32", "label": {"en": "few"}},
        {"value": 2, "colour": "#c62828", "label": {"en": "many"}},
    ]
    rows = [
        {"id": "n", "title": {"en": "How many"}, "unit": "", "layer": "v0", "statistic": "count", "thresholds": steps}
    ]
    chart = {"title": {"en": "c"}, "layer": "v0", "kind": "bar", "x": '"name"', "statistic": "count"}
    charts = [{"id": f"c{n}", **chart} for n in range(4)]
    first = given.layers[0]
    given.layers = [{**first, "id": f"v{n}", "title": {"en": f"Layer {n}"}} for n in range(60)]
    run_algorithm(ID, given.parameters(indicators=rows, charts=charts))
    run_algorithm(ID, given.parameters(indicators=rows, charts=charts))
    project = read(given.project)
    (layout,) = project.layoutManager().printLayouts()
    assert layout.itemById("city_twin tile n snapshot").text() == "many · +0"
    frames = [layout.itemById(f"city_twin chart c{n} frame") for n in range(4)]
    assert len({round(frame.pagePos().y(), 3) for frame in frames}) == 1
    table = next(frame for frame in layout.multiFrames())
    tops = [(frame.page(), round(frame.pagePos().y(), 3)) for frame in table.frames()]
    assert tops[0][1] > 80
    assert tops[1] == (2, 12.0)
    assert len({page for page, _ in tops}) == len(tops)
