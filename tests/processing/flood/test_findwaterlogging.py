"""twin:findwaterlogging from a terrain to polygons and a filled raster, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from tests.listener import Listener
from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

ID = "twin:findwaterlogging"
WEST, NORTH = 493_000.0, 2_491_000.0


def two_bowls() -> np.ndarray:
    """A slope to the south with two bowls in it, 1 m and 0.6 m deep, that overflow one into the other."""
    y, x = np.mgrid[0:60, 0:40].astype(np.float32)
    values = 30 - 0.1 * y + 0.2 * np.abs(x - 20)
    for row, depth in ((15, 2.0), (40, 1.2)):
        values -= depth * np.exp(-((x - 20) ** 2 + (y - row) ** 2) / 18)
    return values.astype(np.float32)


@pytest.fixture
def terrain(tmp_path):
    """A function that writes heights as a terrain and returns its path."""

    def make(values=None, crs="EPSG:4547", name="地形 dtm.tif") -> str:
        path = tmp_path / name
        write_grid(Grid(two_bowls() if values is None else values, WEST, NORTH, 2.0, crs), path)
        return str(path)

    return make


@pytest.fixture
def find(run_algorithm, tmp_path):
    """A function from parameters to (rows with their geometries, results, listener)."""

    def run(**parameters):
        listener = Listener()
        results = run_algorithm(ID, {"OUTPUT": str(tmp_path / "found 低洼.gpkg"), **parameters}, listener)
        layer = QgsVectorLayer(results["OUTPUT"], "found")
        assert layer.isValid()
        return list(layer.getFeatures()), results, listener

    return run


def test_two_bowls(find, terrain, tmp_path):
    filled = str(tmp_path / "filled.tif")
    rows, results, listener = find(DTM=terrain(), MIN_AREA=20, RAIN=30, FILLED=filled)
    by_north = sorted(rows, key=lambda row: -row["pour_y"])
    assert len(rows) == results["COUNT"] == 2
    assert by_north[0]["spills_to"] == by_north[1]["id"]
    assert by_north[1]["spills_to"] == NULL
    assert [row["steps_out"] for row in by_north] == [1, 0]
    ground, full = two_bowls().astype(float), read_grid(QgsRasterLayer(filled, "f")).values.astype(float)
    assert (full >= ground - 1e-6).all()
    assert results["VOLUME_M3"] == pytest.approx(4 * (full - ground).sum(), rel=1e-4)
    for row in rows:
        assert row.geometry().area() == pytest.approx(row["area_m2"])
        assert row.geometry().isGeosValid()
        assert 0 < row["filled_pct"] <= 100
        column, line = int((row["pour_x"] - WEST) / 2), int((NORTH - row["pour_y"]) / 2)
        assert full[line, column] == pytest.approx(row["level_m"], abs=1e-4)
    assert not listener.warnings
    assert any("2 of them outermost" in line for line in listener.infos)


def test_without_rain_the_water_is_empty(find, terrain):
    rows, results, _ = find(DTM=terrain(), MIN_AREA=20)
    assert "FILLED" not in results
    assert len(rows) == 2
    assert all(row["water_m3"] == NULL for row in rows)
    none, results, _ = find(DTM=terrain(), MIN_AREA=1e6)
    assert (none, results["COUNT"], results["VOLUME_M3"]) == ([], 0, 0.0)


def test_a_building_across_the_valley_makes_a_depression(find, terrain, tmp_path):
    y, x = np.mgrid[0:40, 0:30].astype(np.float32)
    slope = terrain((20 - 0.1 * y + 0.3 * np.abs(x - 15)).astype(np.float32))
    assert find(DTM=slope, MIN_AREA=0)[0] == []
    layer = QgsVectorLayer("Polygon?crs=EPSG:4547", "houses", "memory")
    house = QgsFeature()
    house.setGeometry(QgsGeometry.fromRect(QgsRectangle(WEST, NORTH - 60, WEST + 60, NORTH - 50)))
    layer.dataProvider().addFeatures([house])
    rows, _, _ = find(DTM=slope, BUILDINGS=layer, MIN_AREA=0)
    assert len(rows) == 1
    assert rows[0].geometry().boundingBox().yMinimum() == pytest.approx(NORTH - 50)


def test_rows_from_south_to_north_give_the_same(find, terrain, tmp_path):
    usual = terrain()
    mirrored = str(tmp_path / "south up.tif")
    source = gdal.Open(usual)
    copy = gdal.GetDriverByName("GTiff").Create(mirrored, source.RasterXSize, source.RasterYSize, 1, gdal.GDT_Float32)
    copy.SetGeoTransform((WEST, 2.0, 0, NORTH - 2.0 * source.RasterYSize, 0, 2.0))
    copy.SetProjection(source.GetProjection())
    copy.GetRasterBand(1).WriteArray(source.ReadAsArray()[::-1])
    del copy
    first, second = (find(DTM=path, MIN_AREA=20)[0] for path in (usual, mirrored))
    assert [row.attributes()[1:] for row in first] == [row.attributes()[1:] for row in second]
    assert [row.geometry().asWkt(3) for row in first] == [row.geometry().asWkt(3) for row in second]


def test_what_is_refused(find, terrain):
    with pytest.raises(QgsProcessingException, match="not in metres"):
        find(DTM=terrain(crs="EPSG:4326", name="degrees.tif"))


def test_cancel_writes_nothing(run_algorithm, terrain, tmp_path):
    listener = Listener()
    listener.cancel()
    place = tmp_path / "never.gpkg"
    assert run_algorithm(ID, {"DTM": terrain(), "OUTPUT": str(place)}, listener) == {}
    assert not place.exists()


def test_outlines_of_nested_depressions_are_their_cells(find, terrain):
    """Random ground has depressions in depressions; each outline has the area of its row and holds those inside it."""
    heights = np.random.default_rng(5).random((50, 60)).astype(np.float32) * 3 + 10
    rows, results, _ = find(DTM=terrain(heights), MIN_DEPTH=0, MIN_AREA=0)
    shapes = {row["id"]: row.geometry() for row in rows}
    assert max(row["nesting"] for row in rows) >= 3
    assert results["COUNT"] == sum(row["nesting"] == 0 for row in rows)
    for row in rows:
        assert row.geometry().isGeosValid()
        assert row.geometry().area() == pytest.approx(row["area_m2"])
        if row["parent_id"] != NULL:
            parent = shapes[row["parent_id"]]
            assert parent.intersection(row.geometry()).area() == pytest.approx(row["area_m2"])


@pytest.fixture
def flood(run_algorithm, terrain, tmp_path):
    """A simulated flood of the two bowls: its terrain and its RESULT."""
    dtm, result = terrain(), str(tmp_path / "flood.nc")
    given = {"DTM": dtm, "RAIN_MM": 150, "DURATION_MIN": 60, "OUTPUT_STEP_MIN": 5, "RESULT": result}
    run_algorithm("twin:simulateflood", given)
    return {"DTM": dtm, "RESULT": result}


def places(*points):
    layer = QgsVectorLayer("Point?crs=EPSG:4547", "reported", "memory")
    features = []
    for x, y in points:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_points_of_a_simulation_lie_in_the_bowls_and_are_scored(find, flood, tmp_path):
    """Reported: one bowl, and a place far from water; the other bowl is a false alarm."""
    upper = (WEST + 41, NORTH - 33)
    points = str(tmp_path / "points.gpkg")
    rows, results, listener = find(
        **flood, MIN_AREA=20, POINT_MINUTES=20, NEAR=5, POINTS=points, REPORTED=places(upper, (WEST + 5, NORTH - 115))
    )
    found = list(QgsVectorLayer(points, "points").getFeatures())
    assert len(found) == 2
    by_id = {row["id"]: row for row in rows}
    for point in found:
        assert by_id[point["depression_id"]].geometry().contains(point.geometry())
        assert point["depth_m"] >= 0.15
        assert 20 <= point["minutes"] <= 60
        assert point["area_m2"] >= 20
    assert [results[name] for name in ("HITS", "MISSES", "FALSE_ALARMS")] == [1, 1, 1]
    assert results["CSI"] == pytest.approx(1 / 3)
    assert not listener.warnings


def test_a_result_shorter_than_the_rule_is_said(find, flood, tmp_path):
    _, results, listener = find(**flood, POINT_MINUTES=90, POINTS=str(tmp_path / "none.gpkg"))
    assert any("less than the 90 min of the rule" in text for text in listener.warnings)
    assert not list(QgsVectorLayer(results["POINTS"], "points").getFeatures())


def test_reported_places_are_compared_with_depressions_where_there_is_no_simulation(find, terrain):
    _, results, _ = find(DTM=terrain(), MIN_AREA=20, REPORTED=places((WEST + 41, NORTH - 33)), NEAR=1)
    assert [results[name] for name in ("HITS", "MISSES", "FALSE_ALARMS", "CSI")] == [1, 0, 1, 0.5]


def test_points_need_a_result_and_its_terrain(find, terrain, flood, tmp_path):
    with pytest.raises(QgsProcessingException, match="choose it in RESULT"):
        find(DTM=terrain(), POINTS=str(tmp_path / "points.gpkg"))
    with pytest.raises(QgsProcessingException, match="choose the terrain of the simulation"):
        find(DTM=terrain(crs="EPSG:4526", name="other.tif"), RESULT=flood["RESULT"])


def test_reported_places_that_cannot_be_hit_are_said(find, terrain):
    layer = places((WEST + 41, NORTH - 33), (113.9, 22.5))
    layer.dataProvider().addFeatures([QgsFeature()])
    _, results, listener = find(DTM=terrain(), MIN_AREA=20, REPORTED=layer, NEAR=1)
    assert (results["HITS"], results["MISSES"]) == (1, 1)
    assert [text[:46] for text in listener.warnings] == [
        "1 reported places have no geometry and are lef",
        "1 reported places lie outside the terrain and ",
    ]
    _, _, listener = find(DTM=terrain(), MIN_AREA=20, REPORTED=places())
    assert any("nothing is compared" in text for text in listener.warnings)
