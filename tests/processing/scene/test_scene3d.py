"""twin:scene3d: the project that it writes, read again after its folder was moved; what is refused, cancel, a model."""

from __future__ import annotations

import json
import math
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtXml import QDomDocument

from tests.memory_layers import memory_layer, written_layer
from tests.run_log import Log
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("qgis._3d", reason="QGIS was built without 3D")

ID = "twin:scene3d"
X, Y = 506_000.0, 2_494_000.0
HOSTILE = "<script>alert(1)</script> 楼"


def box(x, y, width=20.0, depth=10.0):
    return shapely.box(X + x, Y + y, X + x + width, Y + y + depth).wkt


BUILDINGS = [
    (box(0, 0), {"id": "m/1", "name": HOSTILE, "use": "office", "base_elev_m": 3.0, "roof_elev_m": 12.0}),
    (box(50, 0), {"id": "m/2", "name": "b", "use": "school", "base_elev_m": 3.0, "roof_elev_m": 8.0}),
]
STOREYS = [
    (box(0, 0), {"building_id": "m/1", "number": number, "elev_m": 3.0 + 3 * number, "height_m": 3.0, "use": None})
    for number in (-1, 0, 1, 2)
]
ROOMS = [(box(0, 0), {"id": "c", "building_id": "m/1", "bottom_elev_m": -3.0, "top_elev_m": 3.0, "use": "parking"})]
PIPES = [(f"LINESTRING Z({X} {Y} -2, {X + 70} {Y} -2.5)", {"kind": "water", "diameter_mm": 600.0})]


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


@pytest.fixture
def town(tmp_path):
    """Paths of the layers of a town, in a folder with a space and Chinese characters."""
    folder = tmp_path / "区 data"
    folder.mkdir()
    found = {
        name: written_layer(folder / f"{name.lower()} 层.gpkg", name.lower(), rows)
        for name, rows in (("BUILDINGS", BUILDINGS), ("STOREYS", STOREYS), ("UNDERGROUND", ROOMS), ("PIPES", PIPES))
    }
    found["DTM"] = str(folder / "地形 dtm.tif")
    write_grid(Grid(np.full((80, 80), 2.5, np.float32), X - 30, Y + 60, 2.0, "EPSG:4547"), found["DTM"])
    return found


@pytest.fixture
def make(run_algorithm, tmp_path):
    """A function that writes a project; gives its path, the results and the log."""

    def run(**given):
        log = given.pop("feedback", None) or Log()
        path = tmp_path / "区 data" / "三维 view.qgz"
        path.parent.mkdir(exist_ok=True)
        results = run_algorithm(ID, {"OUTPUT": str(path)} | given, log)
        return path, results, log

    return run


def result(folder, cells=40, steps=5):
    bed = np.full((cells, cells), 2.5, np.float32)
    path, still = Path(folder) / "result 洪水.nc", np.zeros_like(bed)
    with FloodMesh(path, Grid(bed, X - 30, Y + 60, 2.0, "EPSG:4547"), [600.0 * step for step in range(steps)]) as mesh:
        for step in range(steps):
            depth = np.zeros_like(bed)
            depth[10:20, 10:20] = 1.0 - 0.25 * abs(step - 3)  # the deepest at the fourth time
            mesh.write(depth, None, still, still)
    return str(path)


def moved(path):
    """The project in another folder, after the first one is gone."""
    there = path.parent.with_name("移动 to here")
    shutil.move(path.parent, there)
    return there / path.name


def opened(path):
    project = QgsProject.instance()
    project.clear()
    assert project.read(str(path)), project.error()
    return project


def view_of(project):
    """The only 3D view of a project: its element."""
    document = QDomDocument()
    document.appendChild(project.viewsManager().writeXml(document))
    views = document.documentElement().elementsByTagName("view")
    assert views.count() == 1
    return document, views.at(0).toElement()


def as_kind(renderer, name):
    """A renderer that QGIS has read, as its class: Python is given the abstract one."""
    import qgis._3d

    assert renderer is not None
    return sip.cast(renderer, getattr(qgis._3d, name))


def names_in(view):
    layers = view.firstChildElement("qgis3d").firstChildElement("terrain").firstChildElement("layers")
    ids = layers.elementsByTagName("layer")
    return [QgsProject.instance().mapLayer(ids.at(k).toElement().attribute("id")).name() for k in range(ids.count())]


def test_the_project_opens_with_its_view_after_its_folder_was_moved(make, town):
    path, results, log = make(**town, RESULT=result(Path(town["DTM"]).parent))
    assert (results["BUILDINGS_COUNT"], results["STOREYS_COUNT"], results["LAYERS_COUNT"]) == (2, 4, 7)
    assert "1 of 2 buildings have no storeys" in log.text
    project = opened(moved(path))
    layers = project.mapLayers().values()
    assert {layer.name(): layer.isValid() for layer in layers} == dict.fromkeys(
        ("Buildings", "Buildings without storeys", "Storeys", "Basements", "Pipes", "Terrain", "Flood over time"), True
    )
    assert all("移动 to here" in layer.source() for layer in layers)
    assert project.crs().authid() == "EPSG:4547"
    document, view = view_of(project)
    assert (view.attribute("name"), view.attribute("isOpen")) == ("City Twin 3D", "1")
    assert set(names_in(view)) == {
        "Buildings without storeys", "Storeys", "Basements", "Pipes", "Terrain", "Flood over time",
    }  # fmt: skip
    del document


def test_all_that_the_view_shows_is_switched_on_in_the_layer_tree(make, town):
    path, _, _ = make(**town)
    project = opened(path)
    shown = {layer.name() for layer in project.layerTreeRoot().checkedLayers()}
    document, view = view_of(project)
    assert shown == set(names_in(view)) | {"Buildings"}
    buildings = project.mapLayersByName("Buildings")[0]
    assert buildings.renderer3D() is None, "else they would hide their storeys"
    storeys = project.mapLayersByName("Storeys")[0]
    assert {feature["building_use"] for feature in storeys.getFeatures()} == {"office"}
    assert len(as_kind(storeys.renderer3D(), "QgsRuleBased3DRenderer").rootRule().children()) > 3
    bare = project.mapLayersByName("Buildings without storeys")[0]
    assert [feature["id"] for feature in bare.getFeatures()] == ["m/2"]
    del document


def test_the_button_finds_the_layers_again(make, town):
    from twin_plugin.bridge.scene.view_layers import find_layers

    path, _, _ = make(**town)
    there = find_layers(opened(path))
    assert (there.buildings.name(), there.storeys.name(), there.terrain.name()) == ("Buildings", "Storeys", "Terrain")
    assert [layer.name() for layer in (*there.rooms, *there.pipes)] == ["Basements", "Pipes"]
    assert there.bodies == []


def test_the_see_through_ground_lies_in_the_project(make, town):
    path, _, _ = make(**town, SEE_THROUGH=True)
    project = opened(moved(path))
    ground = project.mapLayersByName("See-through ground")[0]
    assert ground.isValid()
    assert ground.featureCount() > 10
    heights = {round(vertex.z(), 3) for feature in ground.getFeatures() for vertex in feature.geometry().vertices()}
    assert heights == {2.5}
    symbol = as_kind(as_kind(ground.renderer3D(), "QgsVectorLayer3DRenderer").symbol(), "QgsPolygon3DSymbol")
    assert as_kind(symbol.materialSettings(), "QgsPhongMaterialSettings").opacity() < 0.5
    document, view = view_of(project)
    assert view.attribute("name") == "City Twin 3D, below ground"
    assert "See-through ground" in names_in(view)
    terrain = view.firstChildElement("qgis3d").firstChildElement("terrain")
    assert terrain.attribute("terrain-rendering-enabled") == "0"
    del document


def test_the_sun_by_the_clock_of_the_place(make, town):
    """The altitude by the formulas of NOAA, computed here: 21 December, 9:00 in Shenzhen."""
    _, _, log = make(**town, START="2026-12-21T09:00:00")
    path, _, zulu = make(**town, START="2026-12-21T01:00:00Z")
    line = next(line for line in log.lines if line.startswith("Sun of"))
    assert line == next(line for line in zulu.lines if line.startswith("Sun of"))
    assert "2026-12-21 09:00 (UTC+0800)" in line
    stated = float(line.split("altitude ")[1].split("°")[0])
    assert stated == pytest.approx(altitude(datetime(2026, 12, 21, 1, tzinfo=UTC), 22.55, 114.06), abs=0.3)
    document, view = view_of(opened(path))
    light = view.firstChildElement("qgis3d").firstChildElement("lights").firstChildElement()
    down = -math.sin(math.radians(stated))
    assert any(float(light.attribute(axis)) == pytest.approx(down, abs=0.01) for axis in "yz")
    del document


def altitude(moment, latitude, longitude):
    """Of the sun, by Spencer's series."""
    day = moment.timetuple().tm_yday - 1 + moment.hour / 24
    g = 2 * math.pi * day / 365
    declination = (
        0.006918 - 0.399912 * math.cos(g) + 0.070257 * math.sin(g) - 0.006758 * math.cos(2 * g)
        + 0.000907 * math.sin(2 * g) - 0.002697 * math.cos(3 * g) + 0.00148 * math.sin(3 * g)
    )  # fmt: skip
    equation = 229.18 * (
        0.000075 + 0.001868 * math.cos(g) - 0.032077 * math.sin(g) - 0.014615 * math.cos(2 * g)
        - 0.040849 * math.sin(2 * g)
    )  # fmt: skip
    hour = math.radians((moment.hour * 60 + moment.minute + equation + 4 * longitude) / 4 - 180)
    phi = math.radians(latitude)
    high = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(hour)
    return math.degrees(math.asin(high))


def test_the_flood_is_shown_at_its_deepest(make, town):
    path, _, _ = make(**town, RESULT=result(Path(town["DTM"]).parent))
    project = opened(path)
    document, view = view_of(project)
    span = view.firstChildElement("qgis3d").firstChildElement("temporal-range")
    first = project.timeSettings().temporalRange().begin()
    from qgis.PyQt.QtCore import QDateTime, Qt

    shown = QDateTime.fromString(span.attribute("start"), Qt.DateFormat.ISODateWithMs)
    assert first.secsTo(shown) == 1800
    mesh = project.mapLayersByName("Flood over time")[0]
    assert mesh.renderer3D().type() == "mesh"
    assert mesh.temporalProperties().isActive()
    del document


def test_tiles_stand_at_the_elevations_of_the_other_layers(make, town, run_algorithm):
    folder = Path(town["DTM"]).parent / "瓦 tiles"
    given = {"BUILDINGS": town["BUILDINGS"], "FOLDER": str(folder), "GEOID_OFFSET_M": -3.2, "WORKERS": 1}
    run_algorithm("twin:exporttiles", given)
    path, _, _ = make(TILES=str(folder), DTM=town["DTM"])
    project = opened(moved(path))
    tiles = project.mapLayersByName("3D Tiles")[0]
    assert tiles.isValid()
    assert tiles.elevationProperties().zOffset() == pytest.approx(3.2)
    assert tiles.renderer3D() is not None


def test_tiles_of_others_say_no_offset(make, town):
    folder = Path(town["DTM"]).parent / "others"
    folder.mkdir()
    region = {"region": [1.99, 0.39, 1.991, 0.391, 0, 50]}
    root = {"boundingVolume": region, "geometricError": 10, "refine": "ADD"}
    text = json.dumps({"asset": {"version": "1.1"}, "geometricError": 100, "root": root})
    (folder / "tileset.json").write_text(text, "utf-8")
    _, _, log = make(TILES=str(folder), DTM=town["DTM"])
    assert "does not say how high its zero lies" in log.text


def test_a_users_style_and_3d_renderer_stay(make, town):
    from qgis._3d import QgsPolygon3DSymbol, QgsVectorLayer3DRenderer

    layer = QgsVectorLayer(town["UNDERGROUND"], "mine", "ogr")
    QgsProject.instance().addMapLayer(layer)
    symbol = QgsPolygon3DSymbol()
    symbol.setExtrusionHeight(77.0)
    layer.setRenderer3D(QgsVectorLayer3DRenderer(symbol))
    path, _, _ = make(UNDERGROUND=layer.id(), BUILDINGS=town["BUILDINGS"])
    rooms = opened(path).mapLayersByName("Basements")[0]
    symbol = as_kind(as_kind(rooms.renderer3D(), "QgsVectorLayer3DRenderer").symbol(), "QgsPolygon3DSymbol")
    assert symbol.extrusionHeight() == 77.0


def test_degrees_become_metres_of_utm_and_it_is_said(make, tmp_path):
    (tmp_path / "区 data").mkdir()
    shape = shapely.box(114.0, 22.5, 114.001, 22.501).wkt
    path = written_layer(tmp_path / "区 data" / "b.gpkg", "b", [(shape, BUILDINGS[0][1])], 4326)
    project, _, log = make(BUILDINGS=path)
    assert "EPSG:32649" in log.text or "EPSG:32650" in log.text
    assert not opened(project).crs().isGeographic()


def test_the_open_project_is_left_alone(make, town):
    layer = QgsVectorLayer(town["STOREYS"], "mine", "ogr")
    QgsProject.instance().addMapLayer(layer)
    make(**{**town, "STOREYS": layer.id()})
    assert [item.name() for item in QgsProject.instance().mapLayers().values()] == ["mine"]
    assert layer.renderer3D() is None
    assert not QgsProject.instance().fileName()


def in_temporary_folder():
    return written_layer(Path(QgsProcessingUtils.tempFolder()) / "b.gpkg", "b", BUILDINGS)


def in_memory():
    rows = [(box(0, 0), ["a", 3.0, 9.0])]
    return memory_layer("Polygon", rows, ["id:string", "base_elev_m:double", "roof_elev_m:double"], "mem")


@pytest.mark.parametrize("source", [in_temporary_folder, in_memory])
def test_temporary_layers_are_refused(make, source):
    Path(QgsProcessingUtils.tempFolder(), "b.gpkg").unlink(missing_ok=True)
    with pytest.raises(QgsProcessingException, match="for BUILDINGS is temporary"):
        make(BUILDINGS=source())


def test_a_password_is_not_written_into_a_project(make):
    from twin_plugin.bridge.scene.project_layers import GivenLayer, opened_layer
    from twin_plugin.core.common.errors import InputError

    login = "user='u' password='canary'"  # pragma: allowlist secret
    uri = f"dbname='x' host=127.0.0.1 port=1 {login} key='id' table=\"a\".\"b\" (geom)"
    with pytest.raises(InputError, match="holds a password") as raised:
        opened_layer(GivenLayer("BUILDINGS", QgsVectorLayer(uri, "b", "postgres")), "b", [])
    assert "canary" not in str(raised.value)


def shapes(folder, rows, epsg=4547, name="b"):
    return written_layer(folder / f"{name}.gpkg", name, rows, epsg)


def without_crs(folder):
    text = 'id,base_elev_m,roof_elev_m,wkt\na,3,9,"' + box(0, 0) + '"\n'
    (folder / "b.csv").write_text(text)
    return QgsVectorLayer(f"file://{folder}/b.csv?wktField=wkt&type=csv", "b", "delimitedtext")


def empty(folder):
    layer = memory_layer("Polygon", [], ["id:string", "base_elev_m:double", "roof_elev_m:double"], "b")
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(folder / "b.gpkg"), QgsProject.instance().transformContext(),
                                              options)  # fmt: skip
    return str(folder / "b.gpkg")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (lambda _: {}, "Nothing is given that stands in 3D"),
        (lambda folder: {"BUILDINGS": without_crs(folder)}, "has no CRS"),
        (lambda folder: {"BUILDINGS": empty(folder)}, "is empty"),
        (lambda folder: {"BUILDINGS": shapes(folder, [(box(0, 0), {"id": "a", "base_elev_m": 1})])}, "'roof_elev_m'"),
        (lambda folder: {"PIPES": shapes(folder, [("LINESTRING (0 0, 1 1)", {"kind": "a"})])}, "no heights in its"),
        (lambda folder: {"TILES": str(folder)}, "no folder of 3D Tiles"),
        (lambda folder: {"BUILDINGS": shapes(folder, BUILDINGS), "CRS": "EPSG:4326"}, "cannot carry a scene"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_one_sentence(make, tmp_path, given, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        make(**given(tmp_path))
    assert not list((tmp_path / "区 data").iterdir())


def test_result_and_depth_are_both_water(make, town, tmp_path):
    with pytest.raises(QgsProcessingException, match="both water"):
        make(**town, RESULT=result(tmp_path), DEPTH=town["DTM"])


class Cancelling(QgsProcessingFeedback):
    """Cancels when it was asked so many times."""

    def __init__(self, after):
        super().__init__(False)
        self.left = after

    def isCanceled(self):
        self.left -= 1
        return self.left < 0


def there(folder):
    """What lies in a folder, without what GDAL knows of a raster."""
    return sorted(item.name for item in folder.iterdir() if not item.name.endswith(".aux.xml"))


@pytest.mark.parametrize("after", [0, 1, 3, 5, 7])
def test_a_cancel_leaves_what_was_there(make, town, after):
    path = Path(town["DTM"]).parent / "三维 view.qgz"
    path.write_text("the old one")
    before = there(path.parent)
    _, results, _ = make(**town, feedback=Cancelling(after))
    assert results == {}
    assert path.read_text() == "the old one"
    assert there(path.parent) == before


def test_in_a_model_a_file_of_a_step_goes_into_the_project(qgis_plugin, town, tmp_path):
    """Buildings above 10 m are picked into a file, and the project shows that file."""
    model = QgsProcessingModelAlgorithm("tall", "tests", "tall")
    source = QgsProcessingModelChildParameterSource
    pick = QgsProcessingModelChildAlgorithm("native:extractbyexpression")
    pick.setChildId("pick")
    pick.addParameterSources("INPUT", [source.fromStaticValue(town["BUILDINGS"])])
    pick.addParameterSources("EXPRESSION", [source.fromStaticValue('"roof_elev_m" > 10')])
    show = QgsProcessingModelChildAlgorithm(ID)
    show.setChildId("show")
    show.addParameterSources("BUILDINGS", [source.fromChildOutput("pick", "OUTPUT")])
    for child, name in ((pick, "tall"), (show, "project")):
        output = QgsProcessingModelOutput(name, name)
        output.setChildId(child.childId())
        output.setChildOutputName("OUTPUT")
        child.setModelOutputs({name: output})
        model.addChildAlgorithm(child)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    folder = tmp_path / "out 出"
    folder.mkdir()
    given = {"pick:tall": str(folder / "tall 高.gpkg"), "show:project": str(folder / "p.qgz")}
    _, ok = model.run(given, context, QgsProcessingFeedback(False))
    assert ok
    project = opened(moved(folder / "p.qgz"))
    assert [feature["id"] for feature in project.mapLayersByName("Buildings")[0].getFeatures()] == ["m/1"]
