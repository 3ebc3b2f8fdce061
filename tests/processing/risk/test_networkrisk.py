"""twin:networkrisk from layers to layers: lengths, times, what fails with what, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import (
    NULL,
    QgsFeature,
    QgsFeatureRequest,
    QgsProcessingException,
    QgsRasterLayer,
    QgsVectorLayer,
)

from tests.listener import Listener
from tests.memory_layers import memory_layer
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
    return memory_layer(kind, rows, fields, "道路 roads", crs)


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


def test_roads_that_leave_the_result(run_algorithm, tmp_path):
    """What lies beside the result is unknown; it had been read as some other place of the file."""
    path, bed = tmp_path / "result.nc", np.zeros((4, 4), np.float32)
    grid = Grid(bed, WEST, NORTH, 10.0, "EPSG:4547")
    with FloodMesh(str(path), grid, np.array([0.0, 600.0])) as mesh:
        for depth in (0.0, 0.6):
            mesh.write(np.full((4, 4), depth, np.float32), bed, bed, bed)
    out = str(tmp_path / "out.gpkg")
    rows = [(line((-50, 2), (38, 2)), ("partly", "", False)), (line((-50, 9), (-20, 9)), ("beside", "", False))]
    run_algorithm(ID, {"NETWORK": layer("LineString", rows, FIELDS), "RESULT": str(path), "OUTPUT": out})
    partly, beside = rows_of(out)
    assert partly["closes_min"] == pytest.approx(5.0, abs=0.05)
    assert partly["unknown_m"] == pytest.approx(50)
    assert (beside["passable"], beside["closes_min"]) == (None, None)


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


def needs_table(*rows, fields=("asset:string", "needs:string", "group:string", "backup_h:string")):
    made = QgsVectorLayer("None?field=" + "&field=".join(fields), "needs", "memory")
    for values in rows:
        feature = QgsFeature(made.fields())
        feature.setAttributes(list(values))
        made.dataProvider().addFeature(feature)
    return made


@pytest.fixture
def fails(run_algorithm, depths, tmp_path):
    """A function from rows of dependencies, and the ids of a wet and of dry points, to (failures, log)."""

    def run(*rows, ids=("S", "P", "U", "T"), **parameters):
        places = [point(150, 50), *(point(20, 50 + 10 * number) for number in range(len(ids) - 1))]
        assets = layer("Point", [(place, (name,)) for place, name in zip(places, ids, strict=True)], ("id:string",))
        out, failures, listener = str(tmp_path / "out.gpkg"), str(tmp_path / "failures.csv"), Listener()
        given = {"NETWORK": assets, "DEPTH": depths, "OUTPUT": out, "FAILURES": failures, **parameters}
        run_algorithm(ID, given | {"DEPENDENCIES": needs_table(*rows)}, listener)
        text = (tmp_path / "failures.csv").read_text("utf-8")
        found = [(row["asset"], int(row["step"]), row["because"] or "") for row in rows_of(failures)]
        return found, "\n".join([*listener.warnings, *listener.infos]), text

    return run


def test_rows_that_say_nothing_are_counted_and_fail_nothing(fails):
    """Empty cells of a CSV are empty texts: they stood for an asset without a name that everything needed."""
    found, log, _ = fails(("P", "S", "", ""), ("U", "", "", ""), ("", "S", "", ""), ("T", " ", "", "1"))
    assert found == [("S", 0, ""), ("P", 1, "S")]
    assert "Rows of DEPENDENCIES | 1 | 3 | 0 | without asset or needs: 3" in log


def test_what_needs_itself_needs_nothing_and_is_no_alternative(fails):
    found, log, _ = fails(("P", "P", "", ""), ("U", "S", "g", ""), ("U", "U", "g", ""))
    assert found == [("S", 0, ""), ("U", 1, "S")]
    assert "assets that need themselves: 2" in log


def test_strangers_backups_and_repeated_ids_are_said(fails):
    rows = (("P", "S", "", "two"), ("U", "S", "", "-3"), ("X9", "S", "", ""), ("T", "Y9", "", ""))
    found, log, _ = fails(*rows, ids=("S", "S", "P", "U", "T"))
    assert found == [("S", 0, ""), ("P", 1, "S"), ("U", 1, "S"), ("X9", 1, "S")]
    assert "2 values of the field 'backup_h' are no numbers or no possible ones, such as 'two'" in log
    assert "1 assets in the column asset of 'needs' are not in the layer, such as 'X9'" in log
    assert "1 assets in the column needs of 'needs' are not in the layer, such as 'Y9'" in log
    assert "1 ids of '道路 roads' are those of several features, such as 'S'" in log


def test_whole_numbers_of_a_csv_have_no_quotes_and_texts_like_numbers_do(fails):
    _, _, text = fails(("2", "1", "", ""), ids=("1", "2"))
    assert text.splitlines()[1:] == ['"1",0,0,,in water', '"2",1,0,"1",without 1']


def test_lines_without_length_are_said(run_algorithm, depths, tmp_path):
    dot = line((150, 5), (150, 5))
    roads = layer("LineString", [*ROADS, (dot, ("dot", "main", False))], FIELDS)
    out, listener = str(tmp_path / "out.gpkg"), Listener()
    run_algorithm(ID, {"NETWORK": roads, "DEPTH": depths, "OUTPUT": out}, listener)
    assert any("1 lines have no length" in text for text in listener.warnings)
    assert rows_of(out)[-1]["passable"] == "closed"


def test_speeds_of_another_run_or_another_place_are_refused(run_algorithm, depths, tmp_path):
    run = {"NETWORK": layer("LineString", ROADS, FIELDS), "OUTPUT": str(tmp_path / "out.gpkg")}
    grids = {
        "near": Grid(np.full((20, 20), 0.5, np.float32), WEST, NORTH, 10.0, "EPSG:4547"),
        "far": Grid(np.full((20, 20), 0.5, np.float32), WEST + 9000.0, NORTH, 10.0, "EPSG:4547"),
    }
    for name, grid in grids.items():
        write_grid(grid, tmp_path / f"{name}.tif", metadata={"CITY_TWIN_RUN": f"run of {name}"})
    with pytest.raises(QgsProcessingException, match="no value where the depths are"):
        run_algorithm(ID, run | {"DEPTH": depths, "VELOCITY": str(tmp_path / "far.tif")})
    deep = tmp_path / "deep.tif"
    write_grid(grids["near"], deep, metadata={"CITY_TWIN_RUN": "another run"})
    with pytest.raises(QgsProcessingException, match=r"results of two flood runs \(another run and run of near\)"):
        run_algorithm(ID, run | {"DEPTH": str(deep), "VELOCITY": str(tmp_path / "near.tif")})
