"""twin:exporttiles: what QGIS opens, where it lies, what a second run does, and what is refused."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProcessingException,
    QgsProject,
    QgsRectangle,
    QgsTiledSceneLayer,
    QgsTiledSceneRequest,
    QgsVector3D,
    QgsVectorLayer,
)

from tests.core.scene.glb_reader import Glb
from tests.core.scene.test_tiles import ecef, walk
from tests.memory_layers import memory_layer
from tests.run_log import Log
from twin_plugin.core.common.errors import InputError

WEST, SOUTH = 500_000, 2_495_000
FIELDS = ("id:string", "name:string", "use:string", "base_elev_m:double", "roof_elev_m:double")
HOSTILE = "市民中心 <script>alert(1)</script> ü"


def box(x, y, dx=20, dy=12):
    corners = ((x, y), (x + dx, y), (x + dx, y + dy), (x, y + dy), (x, y))
    return f"POLYGON(({','.join(f'{WEST + a} {SOUTH + b}' for a, b in corners)}))"


@pytest.fixture
def city(qgis_plugin):
    """A function from a number of buildings to their layer, in rows of 25."""

    def make(count=60, roof=17.0, crs="EPSG:4547"):
        rows = [
            (box(40 * (k % 25), 40 * (k // 25)), [f"m/{k}", HOSTILE if k == 0 else f"楼 {k}", "office", 5.0, roof])
            for k in range(count)
        ]
        return memory_layer("Polygon", rows, FIELDS, "城 buildings", crs)

    return make


def storeys(count):
    rows = [
        (box(40 * (k % 25), 40 * (k // 25)), [f"m/{k}", floor, 5.0 + 4 * floor, 4.0])
        for k in range(count)
        for floor in range(3)
    ]
    return memory_layer("Polygon", rows, ("building_id:string", "number:int", "elev_m:double", "height_m:double"), "s")


@pytest.fixture
def export(run_algorithm, tmp_path):
    """A function that exports into a folder with spaces and Chinese, and gives the results and the log."""

    def run(layer, name="瓦 tiles", **more):
        log = Log()
        folder = tmp_path / name
        given = {"BUILDINGS": layer, "FOLDER": str(folder), "GEOID_OFFSET_M": -3.0, "WORKERS": 1, **more}
        return run_algorithm("twin:exporttiles", given, log), log.text

    return run


def content(folder):
    return {path.name: path.read_bytes() for path in (Path(folder) / "tiles").iterdir()}


def test_qgis_opens_it_at_its_place_and_height(export, city):
    layer = city()
    found, log = export(layer, STOREYS=storeys(60))
    assert (found["BUILDINGS_COUNT"], found["STOREYS_COUNT"], found["TILES_FAILED"]) == (60, 180, 0)
    scene = QgsTiledSceneLayer(f"url={Path(found['TILESET']).as_uri()}", "tiles", "cesiumtiles")
    assert scene.isValid()
    assert scene.crs().authid() == "EPSG:4979"
    expected = degrees(layer)
    extent = scene.extent()
    # A hundred-millionth of a degree is a millimetre.
    corners = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    assert corners == pytest.approx([*expected.min(axis=0), *expected.max(axis=0)], abs=1e-8)
    heights = scene.dataProvider().zRange()
    assert (heights.lower(), heights.upper()) == pytest.approx((5.0 - 3.0, 17.0 - 3.0), abs=1e-3)
    assert "EPSG:4979" in log
    assert "-3.00 m" in log


def degrees(layer):
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    change = QgsCoordinateTransform(layer.crs(), wgs84, QgsProject.instance())
    points = [vertex for feature in layer.getFeatures() for vertex in feature.geometry().vertices()]
    moved = [change.transform(QgsPointXY(point)) for point in points]
    return np.array([(point.x(), point.y()) for point in moved])


def test_corners_come_back_to_the_map_within_a_centimetre(export, city):
    found, _ = export(city(), STOREYS=storeys(60))
    document = json.loads(Path(found["TILESET"]).read_text(encoding="utf-8"))
    change = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4978"), QgsCoordinateReferenceSystem("EPSG:4547"), QgsProject.instance()
    )
    points = []
    for tile, above in walk(document["root"]):
        if tile["geometricError"] == 0.0:
            file = Glb((Path(found["FOLDER"]) / tile["content"]["uri"]).read_bytes())
            points.append(ecef(file, tile, above))
    moved = [change.transform(QgsVector3D(*point)) for point in np.concatenate(points)]
    x, y, z = np.array([(point.x() - WEST, point.y() - SOUTH, point.z() + 3.0) for point in moved]).T
    off = np.minimum(x % 40, np.abs(x % 40 - 20))
    assert np.minimum(off, 40 - x % 40).max() < 0.01
    off = np.minimum(y % 40, np.abs(y % 40 - 12))
    assert np.minimum(off, 40 - y % 40).max() < 0.01
    assert {round(float(v), 2) for v in z} == {5.0, 9.0, 13.0, 17.0}


def test_what_a_viewer_reads_from_afar_and_near(export, city):
    found, _ = export(city(500))
    scene = QgsTiledSceneLayer(f"url={Path(found['TILESET']).as_uri()}", "tiles", "cesiumtiles")
    index = scene.dataProvider().index()
    counts = {}
    for error in (1000.0, 10.0, 0.5):
        request = QgsTiledSceneRequest()
        request.setRequiredGeometricError(error)
        counts[error] = len(index.getTiles(request))
    assert counts[1000.0] == 1
    assert counts[1000.0] < counts[10.0] <= counts[0.5]
    names = [name for file in content(found["FOLDER"]).values() for name in names_of(Glb(file))]
    assert HOSTILE in names


def names_of(file):
    return file.table()["name"] if "extensions" in file.document else []


def test_a_second_run_makes_nothing(export, city):
    first, _ = export(city(500))
    before = content(first["FOLDER"]), Path(first["TILESET"]).read_bytes()
    again, log = export(city(500))
    assert (again["TILES_MADE"], again["TILES_KEPT"]) == (0, first["TILES_COUNT"])
    assert (content(again["FOLDER"]), Path(again["TILESET"]).read_bytes()) == before
    assert f"0 made, {again['TILES_KEPT']} of an earlier run" in log


def test_half_a_run_is_gone_on_with_byte_for_byte(export, city):
    whole, _ = export(city(500), "whole")
    half, _ = export(city(500), "half")
    folder = Path(half["FOLDER"])
    journal = folder / "city-twin-tiles.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[: len(lines) // 2]) + b'{"tile": "2-1')
    (folder / "tileset.json").unlink()
    again, _ = export(city(500), "half")
    assert 0 < again["TILES_MADE"] < again["TILES_COUNT"]
    assert content(folder) == content(whole["FOLDER"])
    assert Path(again["TILESET"]).read_bytes() == Path(whole["TILESET"]).read_bytes()


def test_a_changed_input_is_made_anew_with_a_word(export, city):
    first, _ = export(city(500))
    changed, log = export(city(500, roof=20.0))
    assert changed["TILES_MADE"] == first["TILES_COUNT"]
    assert "not those of the earlier run" in log
    other, _ = export(city(500, roof=20.0), GEOID_OFFSET_M=-2.0)
    assert other["TILES_KEPT"] == 0
    plain, _ = export(city(500, roof=20.0), GEOID_OFFSET_M=-2.0, NORMALS=False)
    assert plain["TILES_KEPT"] == 0
    assert plain["BYTES"] < other["BYTES"]
    other, _ = export(city(500, roof=20.0), GEOID_OFFSET_M=-2.0)
    fresh, _ = export(city(500, roof=20.0), "fresh", GEOID_OFFSET_M=-2.0)
    assert content(other["FOLDER"]) == content(fresh["FOLDER"])


def test_a_tile_that_fails_stops_nothing(export, city, monkeypatch):
    from twin_plugin.bridge.scene import tiles_run
    from twin_plugin.core.common.processes import FinishedJob

    real = tiles_run.submit

    def failing(*arguments):
        for number, finished in enumerate(real(*arguments)):
            yield FinishedJob(finished.job, error=ValueError("a broken shape")) if number == 3 else finished

    monkeypatch.setattr(tiles_run, "submit", failing)
    found, log = export(city(900))
    assert found["TILES_FAILED"] == 1
    assert "a broken shape" in log
    assert QgsTiledSceneLayer(f"url={Path(found['TILESET']).as_uri()}", "tiles", "cesiumtiles").isValid()
    monkeypatch.undo()
    again, _ = export(city(900))
    assert (again["TILES_MADE"], again["TILES_FAILED"]) == (1, 0)


def test_cancel_keeps_what_is_finished(run_algorithm, city, tmp_path):
    class Stopping(Log):
        at = 0.0

        def setProgressText(self, text):
            self.at = self.at or (time.monotonic() if "of" in text and text.startswith("2 ") else 0.0)

        def isCanceled(self):
            return self.at > 0

    log = Stopping()
    folder = tmp_path / "tiles"
    given = {"BUILDINGS": city(2500), "FOLDER": str(folder), "GEOID_OFFSET_M": 0, "WORKERS": 1}
    assert run_algorithm("twin:exporttiles", given, log) == {}
    assert time.monotonic() - log.at < 2.0
    assert not (folder / "tileset.json").exists()
    assert not list(folder.rglob(".twin-*"))
    again = run_algorithm("twin:exporttiles", given, Log())
    assert again["TILES_KEPT"] >= 2


def test_basements_and_a_terrain(export, city):
    rooms = memory_layer(
        "Polygon", [(box(0, 0, 30, 30), ["m/0", 5.0, -4.0])],
        ("building_id:string", "top_elev_m:double", "bottom_elev_m:double"), "rooms",
    )  # fmt: skip
    found, _ = export(city(3), UNDERGROUND=rooms)
    (near,) = (file for name, file in content(found["FOLDER"]).items() if "near" in name)
    assert Glb(near).volume() == pytest.approx(3 * 20 * 12 * 12 + 900 * 9, rel=2e-4)
    assert "Below ground" in [primitive.material["name"] for primitive in Glb(near).primitives()]


def test_closed_shells_replace_what_is_upright(export, city):
    corners = [(0, 0), (20, 0), (20, 12), (0, 12)]

    def face(points):
        ring = ",".join(f"{WEST + x} {SOUTH + y} {z}" for x, y, z in (*points, points[0]))
        return f"(({ring}))"

    low, high = ([(x, y, z) for x, y in corners] for z in (5, 11))
    faces = [low[::-1], high, *([low[k], low[(k + 1) % 4], high[(k + 1) % 4], high[k]] for k in range(4))]
    shell = f"MULTIPOLYGONZ({','.join(face(points) for points in faces)})"
    solids = memory_layer("MultiPolygonZ", [(shell, ["m/0", "2.2"])], ("id:string", "lod:string"), "solids")
    found, log = export(city(2), SOLIDS=solids)
    assert "SOLIDS | 1 | 0" in log
    (near,) = (file for name, file in content(found["FOLDER"]).items() if "near" in name)
    assert Glb(near).volume() == pytest.approx(20 * 12 * (6 + 12), rel=2e-4)


def test_a_layer_in_degrees_is_brought_to_metres_and_said(export, city):
    layer = city(5)
    change = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance())
    moved = memory_layer("Polygon", [], FIELDS, "degrees", "EPSG:4326")
    features = []
    for feature in layer.getFeatures():
        shape = feature.geometry()
        shape.transform(change)
        feature.setGeometry(shape)
        features.append(feature)
    moved.dataProvider().addFeatures(features)
    found, log = export(moved)
    assert "EPSG:32650" in log or "EPSG:32649" in log
    scene = QgsTiledSceneLayer(f"url={Path(found['TILESET']).as_uri()}", "tiles", "cesiumtiles")
    assert scene.extent().center().x() == pytest.approx(QgsRectangle(moved.extent()).center().x(), abs=1e-7)


def refused(export, *arguments, **more):
    with pytest.raises(QgsProcessingException) as error:
        export(*arguments, **more)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_what_is_refused(export, city, tmp_path, monkeypatch):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "论文.docx").touch()
    assert "论文.docx" in refused(export, city(2), "full")
    assert "EPSG:3857" in refused(export, city(2), CRS="EPSG:3857")
    assert "has no CRS" in refused(export, city(2, crs=""))
    nothing = memory_layer("Polygon", [], FIELDS, "empty")
    assert "holds no building" in refused(export, nothing)
    flat = memory_layer("Polygon", [(box(0, 0), ["a", "", "", None, None])], FIELDS, "flat")
    assert "height" in refused(export, flat)

    from twin_plugin.core.scene import tile_plan

    def none(bounds):
        raise InputError("No grid: give GEOID_OFFSET_M.")

    monkeypatch.setattr(tile_plan, "undulation", none)
    assert "GEOID_OFFSET_M" in refused(export, city(2), GEOID_OFFSET_M=None)


def test_buildings_far_apart_are_refused(export, city):
    layer = city(2)
    lost = memory_layer("Polygon", [("POLYGON((0 0, 9 0, 9 9, 0 0))", ["x", "", "", 0.0, 5.0])], FIELDS, "lost")
    layer.dataProvider().addFeatures(list(lost.getFeatures()))
    assert "km apart" in refused(export, layer)


def test_a_full_disk_is_said_and_gone_on_from(run_algorithm, city, disk):
    folder = disk.folder / "tiles"
    given = {"BUILDINGS": city(500), "FOLDER": str(folder), "GEOID_OFFSET_M": 0, "WORKERS": 1}
    disk(500)
    with pytest.raises(QgsProcessingException, match="No space left on device"):
        run_algorithm("twin:exporttiles", given)
    assert not (folder / "tileset.json").exists()
    for path in (folder / "tiles").iterdir():
        Glb(path.read_bytes())
    disk(disk.size_kb)
    found = run_algorithm("twin:exporttiles", given)
    assert found["TILES_FAILED"] == 0


@pytest.mark.servers
def test_a_dask_scheduler_makes_the_same_tiles(export, city, scheduler):
    here, _ = export(city(500), "here")
    given = {"SCHEDULER": scheduler.address, "SCHEDULER_CERTIFICATES": str(scheduler.certificates)}
    there, _ = export(city(500), "there", **given)
    assert content(here["FOLDER"]) == content(there["FOLDER"])


def test_it_runs_on_a_file_with_blocks(export, city, tmp_path, monkeypatch):
    from qgis.core import QgsVectorFileWriter

    from twin_plugin.bridge.scene import tile_layers

    layer = city(120)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "building"
    path = str(tmp_path / "城 市.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsProject.instance().transformContext(), options)
    whole, _ = export(QgsVectorLayer(path, "b", "ogr"), "whole", STOREYS=storeys(120))
    monkeypatch.setattr(tile_layers, "BLOCK", 50)
    blocks, log = export(path, "blocks", STOREYS=storeys(120))
    assert content(whole["FOLDER"]) == content(blocks["FOLDER"])
    assert "BUILDINGS | 120 | 0" in log
    assert "STOREYS | 360 | 0" in log


def test_exportscene_writes_gltf_and_tiles(run_algorithm, city, tmp_path):
    tiles, model = tmp_path / "瓦", tmp_path / "城.glb"
    log = Log()
    run_algorithm("twin:exportscene", {"BUILDINGS": city(30), "GLTF": str(model), "TILES": str(tiles)}, log)
    assert Glb(model.read_bytes()).volume() == pytest.approx(30 * 20 * 12 * 12, rel=1e-5)
    scene = QgsTiledSceneLayer(f"url={(tiles / 'tileset.json').as_uri()}", "tiles", "cesiumtiles")
    assert scene.isValid()
    assert "its origin is 500000, 2495000" in log.text
    assert "above the ellipsoid" in log.text


def test_radians_of_the_region_are_those_of_the_extent(export, city):
    found, _ = export(city(3))
    document = json.loads(Path(found["TILESET"]).read_text(encoding="utf-8"))
    west = document["root"]["boundingVolume"]["region"][0]
    assert math.degrees(west) == pytest.approx(114.0, abs=1e-9)


@pytest.fixture
def small_blocks(monkeypatch):
    from twin_plugin.bridge.scene import tile_layers

    monkeypatch.setattr(tile_layers, "BLOCK", 10)


def without_heights(layer, field, ids):
    """The layer with no value in a field of some features."""
    number = layer.fields().indexOf(field)
    layer.dataProvider().changeAttributeValues({k: {number: None} for k in ids})
    return layer


def test_a_block_without_heights_is_counted_and_left_out(export, city, small_blocks):
    """Features 11 to 20 are a block of their own, which alone would be refused."""
    found, log = export(without_heights(city(30), "roof_elev_m", range(11, 21)))
    assert found["BUILDINGS_COUNT"] == 20
    assert "10 of 30 features of the layer '城 buildings' are left out: no height: 10." in log
    floors = without_heights(without_heights(storeys(10), "height_m", range(11, 21)), "elev_m", range(11, 21))
    found, log = export(city(30), "floors", STOREYS=floors)
    assert found["STOREYS_COUNT"] == 20
    assert "10 of 30 features of the layer 's' are left out" in log


def test_no_block_with_heights_is_refused(export, city, small_blocks):
    with pytest.raises(QgsProcessingException, match="has a polygon and a height"):
        export(without_heights(city(30), "roof_elev_m", range(1, 31)))
    floors = without_heights(without_heights(storeys(10), "height_m", range(1, 31)), "elev_m", range(1, 31))
    with pytest.raises(QgsProcessingException, match="has a polygon and a height"):
        export(city(30), "floors", STOREYS=floors)


def test_an_extent_takes_a_part(export, city):
    """Of 60 buildings 40 m apart, 25 in a row, the 3 x 2 nearest to the south-west."""
    extent = f"{WEST - 5},{WEST + 85},{SOUTH - 5},{SOUTH + 45} [EPSG:4547]"
    found, log = export(city(), STOREYS=storeys(60), EXTENT=extent)
    assert (found["BUILDINGS_COUNT"], found["STOREYS_COUNT"]) == (6, 18)
    assert "Buildings within EXTENT" in log
    assert "belong to no building" not in log
    names = [name for file in content(found["FOLDER"]).values() for name in names_of(Glb(file))]
    assert set(names) == {HOSTILE, "楼 1", "楼 2", "楼 25", "楼 26", "楼 27"}
    with pytest.raises(QgsProcessingException, match="lies in EXTENT"):
        export(city(), "far", EXTENT="0,1,0,1 [EPSG:4547]")
