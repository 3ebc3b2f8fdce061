"""twin:findwaterlogging from a terrain to polygons and a filled raster, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
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
