"""twin:networkrisk from layers to layers: lengths, times, what fails with what, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import (
    NULL,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingException,
    QgsRasterLayer,
    QgsVectorLayer,
)

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import own_cells, read_cells, write_grid
from twin_plugin.core.common.grid import Grid

WEST, NORTH = 500_000.0, 2_500_000.0
ID = "twin:networkrisk"


@pytest.fixture
def depths(tmp_path):
    """20 x 20 cells of 10 m: 0 in the west, 0.2 m in the middle, 0.5 m in the east, and a hole."""
    values = np.zeros((20, 20), np.float32)
    values[:, 8:14], values[:, 14:] = 0.2, 0.5
    values[10, 2] = np.nan
    path = tmp_path / "水深 depth.tif"
    write_grid(Grid(values, WEST, NORTH, 10.0, "EPSG:4547"), path)
    return str(path)


def layer(kind, rows, fields, crs="EPSG:4547"):
    """A layer in memory of (WKT, values)."""
    made = QgsVectorLayer(f"{kind}?crs={crs}&field=" + "&field=".join(fields), "道路 roads", "memory")
    features = []
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(list(values))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def line(*places):
    return "LINESTRING(" + ", ".join(f"{WEST + x} {NORTH - y}" for x, y in places) + ")"


def point(x, y):
    return f"POINT({WEST + x} {NORTH - y})"


def rows_of(result, context_layer=None):
    found = result if isinstance(result, QgsVectorLayer) else QgsVectorLayer(str(result), "", "ogr")
    names = found.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in found.getFeatures()]


ROADS = [
    (line((5, 5), (195, 5)), ("through", "main", False)),
    (line((5, 25), (75, 25)), ("west", "street", False)),
    (line((85, 45), (135, 45)), ("middle", "street", False)),
    (line((5, 65), (195, 65)), ("over", "main", True)),
    (line((5, 105), (45, 105)), ("hole", "street", False)),
]
FIELDS = ("id:string", "road_class:string", "is_bridge:boolean")


def test_lengths_and_states(run_algorithm, depths, tmp_path):
    out, classes = str(tmp_path / "out.gpkg"), str(tmp_path / "classes.csv")
    found = run_algorithm(
        ID, {"NETWORK": layer("LineString", ROADS, FIELDS), "DEPTH": depths, "OUTPUT": out, "SUMMARY": classes}
    )
    rows = {row["id"]: row for row in rows_of(out)}
    through = rows["through"]
    assert through["passable"] == "closed"
    assert through["length_m"] == pytest.approx(190)
    assert through["over_0_15_m"] == pytest.approx(115)
    assert through["over_0_50_m"] == through["over_0_30_m"] == pytest.approx(55)
    assert through["depth_m"] == pytest.approx(0.5)
    assert (through["speed_kmh"], through["delay_min"]) == (0.0, None)
    assert rows["west"]["passable"] == "open"
    assert rows["west"]["reason"] == "dry"
    assert rows["middle"]["passable"] == "caution"
    assert rows["middle"]["speed_kmh"] == pytest.approx(12.365, abs=1e-3)
    assert rows["over"]["passable"] == "open"
    assert rows["over"]["structure"] == "bridge"
    assert rows["hole"]["unknown_m"] == pytest.approx(10)
    assert (found["COUNT"], found["CLOSED"], found["CAUTION"], found["UNKNOWN"]) == (5, 1, 1, 0)
    assert found["CLOSED_KM"] == pytest.approx(0.19)
    totals = {row["class"]: row for row in rows_of(classes)}
    assert float(totals["all"]["length_km"]) == pytest.approx(0.54)
    assert int(totals["main"]["closed"]) == 1


def test_lengths_equal_an_exact_clip(run_algorithm, depths, tmp_path):
    random = np.random.default_rng(2)
    places = [random.uniform(-20, 220, (6, 2)) for _ in range(30)]
    roads = layer("LineString", [(line(*p), (str(n), "", False)) for n, p in enumerate(places)], FIELDS)
    out = str(tmp_path / "out.gpkg")
    run_algorithm(ID, {"NETWORK": roads, "DEPTH": depths, "OUTPUT": out, "THRESHOLDS": "0.1, 0.45"})
    wet = shapely.box(WEST + 80, NORTH - 200, WEST + 200, NORTH)
    deep = shapely.box(WEST + 140, NORTH - 200, WEST + 200, NORTH)
    for row, place in zip(rows_of(out), places, strict=True):
        shape = shapely.LineString(place * (1, -1) + (WEST, NORTH))
        assert row["length_m"] == pytest.approx(shape.length)
        assert row["over_0_10_m"] == pytest.approx(shapely.intersection(shape, wet).length, abs=1e-3)
        assert row["over_0_45_m"] == pytest.approx(shapely.intersection(shape, deep).length, abs=1e-3)


def test_times_from_a_result(run_algorithm, tmp_path):
    path, bed = tmp_path / "result.nc", np.zeros((4, 4), np.float32)
    grid = Grid(bed, WEST, NORTH, 10.0, "EPSG:4547")
    with FloodMesh(str(path), grid, np.array([0.0, 600.0, 1200.0])) as mesh:
        for depth in (0.0, 0.6, 0.0):
            mesh.write(np.full((4, 4), depth, np.float32), bed, bed, bed)
    out, failures = str(tmp_path / "out.gpkg"), str(tmp_path / "failures.csv")
    roads = layer("LineString", [(line((2, 2), (38, 38)), ("a", "", False))], FIELDS)
    run_algorithm(ID, {"NETWORK": roads, "RESULT": str(path), "OUTPUT": out, "FAILURES": failures})
    [row] = rows_of(out)
    assert row["closes_min"] == pytest.approx(5.0, abs=0.05)
    assert row["opens_min"] == pytest.approx(15.0, abs=0.05)
    assert "closed from 5 to 15 min" in row["reason"]
    assert float(rows_of(failures)[0]["minute"]) == pytest.approx(5.0, abs=0.05)


def test_what_fails_with_a_substation(run_algorithm, depths, tmp_path):
    places = (("S1", point(150, 50)), ("P1", point(20, 50)), ("U1", point(30, 50)))
    assets = layer("Point", [(place, (name,)) for name, place in places], ("asset_id:string",))
    needs = QgsVectorLayer("None?field=asset:string&field=needs:string&field=backup_h:double", "needs", "memory")
    for values in (("P1", "S1", 0.5), ("U1", "P1", None), ("U1", "X9", None)):
        feature = QgsFeature(needs.fields())
        feature.setAttributes(list(values))
        needs.dataProvider().addFeature(feature)
    out, failures = str(tmp_path / "out.gpkg"), str(tmp_path / "failures.csv")
    run_algorithm(ID, {"NETWORK": assets, "DEPTH": depths, "DEPENDENCIES": needs, "OUTPUT": out, "FAILURES": failures})
    rows = [(row["asset"], int(row["step"]), float(row["minute"]), row["because"] or "") for row in rows_of(failures)]
    assert rows == [("S1", 0, 0.0, ""), ("P1", 1, 30.0, "S1"), ("U1", 2, 30.0, "P1")]
    found = rows_of(out)
    assert [row["id"] for row in found] == ["S1", "P1", "U1"], "the ids of OUTPUT are those of FAILURES"
    assert found[0]["length_m"] == NULL


def test_jakarta_equals_a_clip_at_the_cells(run_algorithm, shared_data, tmp_path):
    """The first 300 of the city's roads, in degrees, against shapely on the cells' outlines."""
    depth = QgsRasterLayer(str(shared_data("jakarta/flood_depth.tif")), "depth")
    every = QgsVectorLayer(str(shared_data("jakarta/roads.gpkg")), "roads", "ogr")
    request = QgsFeatureRequest().setFilterRect(depth.extent()).setLimit(300)
    roads = every.materialize(request)
    out = str(tmp_path / "out.gpkg")
    run_algorithm(ID, {"NETWORK": roads, "DEPTH": depth, "OUTPUT": out, "THRESHOLDS": "0.3"})
    cells = own_cells(depth)
    values = read_cells(depth, cells, "EPSG:4326", nearest=True, output="DEPTH_MAX").ravel()
    number = np.flatnonzero(values >= 0.3)
    x, y = cells.centres(number)
    boxes = shapely.union_all(
        shapely.box(x - cells.width / 2, y - cells.height / 2, x + cells.width / 2, y + cells.height / 2)
    )
    wanted = total = 0.0
    for feature in roads.getFeatures():
        shape = shapely.from_wkb(bytes(feature.geometry().asWkb()))
        part = shapely.intersection(shape, boxes)
        share = part.length / shape.length if shape.length else 0.0
        wanted += share
        total += 1
    rows = rows_of(out)
    assert len(rows) == total
    found = sum(row["over_0_30_m"] / row["length_m"] for row in rows if row["length_m"])
    assert found == pytest.approx(wanted, rel=5e-3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"THRESHOLDS": "0.15; deep"}, "up to 12 depths in m"),
        ({"CAUTION_DEPTH": 0.5}, "at most the depth of closure"),
        ({"DEPTH": None}, "Neither depths nor levels"),
    ],
)
def test_what_is_refused(run_algorithm, depths, tmp_path, change, sentence):
    out = tmp_path / "out.gpkg"
    with pytest.raises(QgsProcessingException, match=sentence):
        run_algorithm(ID, {"NETWORK": layer("LineString", ROADS, FIELDS), "DEPTH": depths, "OUTPUT": str(out)} | change)
    assert not out.exists()


def test_polygons_and_a_layer_elsewhere_are_refused(run_algorithm, depths, tmp_path):
    far = layer("LineString", [("LINESTRING(0 0, 10 10)", ("a", "", False))], FIELDS)
    with pytest.raises(QgsProcessingException, match="km"):
        run_algorithm(ID, {"NETWORK": far, "DEPTH": depths, "OUTPUT": str(tmp_path / "out.gpkg")})
