"""twin:checkterrain from a raster of any form to findings and a mended raster, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsRasterLayer,
    QgsVectorLayer,
)

from tests.listener import Listener
from twin_plugin.bridge.kernel.gdal_basics import spatial_reference

pytest.importorskip("numba")

ID = "twin:checkterrain"
WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 2.0


def hills(shape=(120, 100)):
    """Low hills with the noise of a laser scan."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    noise = np.random.default_rng(0).normal(0, 0.03, shape)
    return (20 + 2 * np.sin(x / 30) + 1.5 * np.cos(y / 40) + 0.01 * x + noise).astype(np.float32)


@pytest.fixture
def terrain(tmp_path):
    """A function that writes values as another program does, and returns the path."""

    def make(
        values=None, name="地形 dtm.tif", crs="EPSG:4547", no_data=None, transform=None, kind=None, unit=""
    ) -> str:
        values, path = hills() if values is None else values, str(tmp_path / name)
        kind = kind or (gdal.GDT_Float64 if values.dtype == np.float64 else gdal.GDT_Float32)
        dataset = gdal.GetDriverByName("GTiff").Create(path, values.shape[1], values.shape[0], 1, kind)
        dataset.SetGeoTransform(transform or (WEST, CELL, 0, NORTH, 0, -CELL))
        if crs:
            dataset.SetProjection(spatial_reference(crs).ExportToWkt())
        band = dataset.GetRasterBand(1)
        if no_data is not None:
            band.SetNoDataValue(no_data)
        if unit:
            band.SetUnitType(unit)
        band.WriteArray(values)
        return path

    return make


@pytest.fixture
def check(run_algorithm, tmp_path):
    """A function from parameters to (rows, mended heights with NaN, results, listener)."""

    def run(**parameters):
        listener = Listener()
        places = {"OUTPUT": str(tmp_path / "faults 错误.gpkg"), "MENDED": str(tmp_path / "mended 修复.tif")}
        results = run_algorithm(ID, places | parameters, listener)
        layer = QgsVectorLayer(results["OUTPUT"], "faults")
        assert layer.isValid()
        assert layer.featureCount() == results["COUNT"]
        mended = gdal.Open(results["MENDED"])
        heights = mended.ReadAsArray().astype(float)
        assert mended.GetRasterBand(1).GetNoDataValue() == -9999
        assert mended.GetRasterBand(1).GetUnitType() == "m"
        heights[heights == -9999] = np.nan
        return (
            [row.attributeMap() | {"shape": row.geometry()} for row in layer.getFeatures()],
            heights,
            results,
            listener,
        )

    return run


def kinds(rows):
    return [row["kind"] for row in rows]


def test_a_good_terrain_has_no_finding_and_the_copy_is_the_same(check, terrain):
    path = terrain()
    rows, mended, results, listener = check(DTM=path)
    assert rows == []
    assert np.array_equal(mended, gdal.Open(path).ReadAsArray())
    assert gdal.Open(results["MENDED"]).GetGeoTransform() == (WEST, CELL, 0, NORTH, 0, -CELL)
    assert results["CHANGED"] == 0
    assert any("Nothing is wrong with the terrain" in line for line in listener.infos)
    assert not listener.warnings


def test_faults_are_found_where_they_are_and_mended(check, terrain):
    values = hills()
    values[40, 30] -= 3
    values[80:84, 60:64] = -9999
    values[20, 70] = np.nan
    rows, mended, results, _ = check(DTM=terrain(values))
    assert kinds(rows) == ["no_data", "holes", "pits"]
    by_kind = {row["kind"]: row for row in rows}
    assert by_kind["no_data"]["value"] == -9999
    assert by_kind["no_data"]["area_m2"] == 16 * CELL**2 == by_kind["no_data"]["shape"].area()
    box = by_kind["no_data"]["shape"].boundingBox()
    assert (box.xMinimum(), box.yMaximum()) == (WEST + 60 * CELL, NORTH - 80 * CELL)
    assert (by_kind["pits"]["x"], by_kind["pits"]["y"]) == (WEST + 30.5 * CELL, NORTH - 40.5 * CELL)
    assert [row["mended"] for row in rows] == [True, False, True]
    assert np.isnan(mended[80:84, 60:64]).all()
    assert mended[40, 30] == np.delete(values[39:42, 29:32].ravel(), 4).min()
    assert (results["PITS"], results["NO_DATA"], results["HOLES"], results["SEAMS"]) == (1, 1, 1, 0)
    assert results["CHANGED"] == 17
    assert all(row["what"] and row["cure"] for row in rows)


def test_the_mended_terrain_is_taken_by_a_simulation(run_algorithm, check, terrain, tmp_path):
    values = hills()
    values[80:84, 60:64] = -9999
    path = terrain(values)
    depth = str(tmp_path / "depth.tif")
    with pytest.raises(QgsProcessingException, match="Check terrain"):
        run_algorithm("twin:simulateflood", {"DTM": path, "RAIN_MM": 10, "DURATION_MIN": 1, "DEPTH_MAX": depth})
    _, _, results, _ = check(DTM=path)
    rain = {"DTM": results["MENDED"], "RAIN_MM": 10, "DURATION_MIN": 1, "DEPTH_MAX": depth}
    listener = Listener()
    assert run_algorithm("twin:simulateflood", rain, listener)["DEPTH_MAX"] == depth
    assert any("checked by 'Check terrain'" in line for line in listener.infos)
    assert check(DTM=results["MENDED"], MENDED=str(tmp_path / "again.tif"))[0][0]["kind"] == "holes"


@pytest.mark.parametrize(
    ("unit", "factor", "asked"),
    [("ft", 0.3048, "declared"), ("cm", 0.01, "declared"), ("", 0.01, "cm"), ("", 0.3048, "ft")],
)
def test_heights_come_into_metres(check, terrain, unit, factor, asked):
    values = (hills().astype(float) / factor).astype(np.float64)
    rows, mended, _, _ = check(DTM=terrain(values, unit=unit), HEIGHT_UNIT=asked)
    assert kinds(rows) == ["units"]
    assert rows[0]["mended"]
    assert np.allclose(mended, hills(), atol=1e-9)


def test_a_unit_that_is_guessed_is_reported_and_not_changed(check, terrain):
    rows, mended, _, _ = check(DTM=terrain((hills() * 1000).astype(np.float32)), CHECKS=["units"])
    assert kinds(rows) == ["units"]
    assert not rows[0]["mended"]
    assert "mm" in rows[0]["what"]
    assert np.array_equal(mended, (hills() * 1000).astype(np.float32))


def test_rows_from_south_to_north_become_north_up(check, terrain):
    south_up = (WEST, CELL, 0, NORTH - 120 * CELL, 0, CELL)
    rows, mended, results, _ = check(DTM=terrain(hills()[::-1].copy(), transform=south_up))
    assert kinds(rows) == ["form"]
    assert np.array_equal(mended, hills())
    assert gdal.Open(results["MENDED"]).GetGeoTransform() == (WEST, CELL, 0, NORTH, 0, -CELL)


def test_rotated_and_oblong_cells_become_square_and_keep_undeclared_no_data_apart(check, terrain):
    values = hills()
    values[30:40, 30:40] = -9999
    rows, mended, results, _ = check(
        DTM=terrain(values, transform=(WEST, 4.0, 0, NORTH, 0, -2.0)), CHECKS=["form", "no_data"]
    )
    assert sorted(kinds(rows)) == ["form", "no_data"]
    assert gdal.Open(results["MENDED"]).GetGeoTransform()[1] == 2.0
    assert np.nanmin(mended) > 10
    turn = math.radians(20)
    turned = (WEST, 2 * math.cos(turn), -2 * math.sin(turn), NORTH, -2 * math.sin(turn), -2 * math.cos(turn))
    rows, mended, results, _ = check(DTM=terrain(values, transform=turned), CHECKS=["form", "no_data"])
    assert sorted(kinds(rows)) == ["form", "no_data"]
    assert np.nanmin(mended) > 10
    transform = gdal.Open(results["MENDED"]).GetGeoTransform()
    assert (transform[2], transform[4], transform[1]) == (0, 0, -transform[5])


def test_degrees_become_metres(check, terrain):
    degrees = (114.0, 2e-5, 0, 22.52, 0, -2e-5)
    rows, mended, results, _ = check(DTM=terrain(crs="EPSG:4326", transform=degrees), CHECKS=["form"])
    assert kinds(rows) == ["form"]
    layer = QgsRasterLayer(results["MENDED"], "m")
    assert layer.crs().authid() == "EPSG:32650"
    assert np.nanmean(mended) == pytest.approx(hills().mean(), abs=0.05)
    chosen = check(DTM=terrain(crs="EPSG:4326", transform=degrees), CHECKS=["form"], CRS="EPSG:4547")[2]
    assert QgsRasterLayer(chosen["MENDED"], "m").crs().authid() == "EPSG:4547"
    with pytest.raises(QgsProcessingException, match="not in metres"):
        check(DTM=terrain(), CRS="EPSG:4326")


def test_a_terrain_without_crs_gets_the_one_that_is_chosen(check, terrain):
    rows, _, results, _ = check(DTM=terrain(crs=""), CRS="EPSG:4547")
    assert (kinds(rows), rows[0]["mended"]) == (["form"], True)
    assert QgsRasterLayer(results["MENDED"], "m").crs().authid() == "EPSG:4547"
    rows, mended, _, _ = check(DTM=terrain(crs=""))
    assert (kinds(rows), rows[0]["mended"]) == (["form"], False)
    assert np.array_equal(mended, hills())


def test_whole_metres_are_worth_a_note(check, terrain):
    values = np.rint(hills() + 0.1 * np.arange(100)).astype(np.int16)
    rows, _, _, _ = check(DTM=terrain(values, kind=gdal.GDT_Int16), CHECKS=["units", "flats"])
    assert [(row["kind"], row["severity"]) for row in rows] == [("units", "note")]


def test_lines_in_another_crs_open_the_ground(check, terrain):
    y, x = np.mgrid[0:120, 0:100]
    values = (30 - 0.02 * y - np.clip(2 - np.abs(x - 50) / 2, 0, 1.5)).astype(np.float32)
    values[50:100] = 31
    layer = QgsVectorLayer("LineString?crs=EPSG:4547", "culverts 涵洞", "memory")
    line = QgsFeature()
    middle = WEST + 50.5 * CELL
    ends = (QgsPointXY(middle, NORTH - 110 * CELL), QgsPointXY(middle, NORTH - 30 * CELL))
    line.setGeometry(QgsGeometry.fromPolylineXY(ends))
    outside = QgsFeature()
    outside.setGeometry(QgsGeometry.fromPolylineXY([QgsPointXY(0, 0), QgsPointXY(9, 9)]))
    layer.dataProvider().addFeatures([line, QgsFeature(), outside])
    rows, mended, _, listener = check(DTM=terrain(values), LINES=layer, CHECKS=["bridges"])
    assert kinds(rows) == ["bridges"]
    assert any("3 were read, 1 lie on the terrain; 2 are left out" in text for text in listener.infos)
    assert (np.diff(mended[30:110, 50]) <= 0.05).all()
    assert np.array_equal(np.delete(mended, 50, axis=1), np.delete(values, 50, axis=1))


def test_what_is_refused(check, terrain, tmp_path):
    gdal.Translate(str(tmp_path / "cover.tif"), gdal.Open(terrain()), outputType=gdal.GDT_Byte)
    with pytest.raises(QgsProcessingException, match=r"'cover' is no terrain.*bytes"):
        check(DTM=str(tmp_path / "cover.tif"))
    with pytest.raises(QgsProcessingException, match="degrees"):
        check(DTM=terrain(name="tiny.tif", transform=(114.0, 2e-5, 0, 22.5, 0, -2e-5)))
    names = {path.name for path in tmp_path.iterdir()}
    assert not {name for name in names if "错误" in name or "修复" in name}


def test_a_terrain_without_any_height(check, terrain):
    rows, mended, _, listener = check(DTM=terrain(np.full((20, 20), -5.0, np.float32), no_data=-5.0))
    assert rows == []
    assert np.isnan(mended).all()
    assert any("100.00%" in line for line in listener.infos)
    assert any("has no heights" in line for line in listener.infos)
    assert not any("Nothing is wrong" in line for line in listener.infos)


@pytest.mark.parametrize("no_data", [None, -5.0])
def test_a_terrain_of_one_height_is_a_fault(check, terrain, no_data):
    values = np.full((20, 20), 3.0, np.float32)
    values[:5] = 3.0 if no_data is None else no_data
    rows, _, results, listener = check(DTM=terrain(values, no_data=no_data))
    assert [(row["kind"], row["severity"]) for row in rows] == [("flats", "check")]
    assert "has the height 3 m" in rows[0]["what"]
    assert results["FLATS"] == 1
    assert not any("Nothing is wrong" in line for line in listener.infos)


def test_a_crs_of_another_part_of_the_world_is_a_fault(check, terrain):
    rows, _, _, _ = check(DTM=terrain(), CRS="EPSG:32645", CHECKS=["form"])
    assert [(row["kind"], row["severity"]) for row in rows] == [("form", "wrong")]
    assert "EPSG:32645" in rows[0]["what"]


def test_a_cancel_leaves_nothing(run_algorithm, terrain, tmp_path):
    class Impatient(Listener):
        def isCanceled(self):
            return True

    path = terrain()
    places = {"OUTPUT": str(tmp_path / "faults.gpkg"), "MENDED": str(tmp_path / "mended.tif")}
    assert run_algorithm(ID, {"DTM": path, **places}, Impatient()) == {}
    assert {item.name for item in tmp_path.iterdir()} <= {"地形 dtm.tif", "地形 dtm.tif.aux.xml"}


def test_tiles_of_the_file_give_what_one_piece_gives(check, terrain, tmp_path, monkeypatch):
    from twin_plugin.bridge.flood import terrain_check

    values = hills((300, 300))
    values[255:257, 255:257] -= 2
    values[100, 40:300] = np.nan
    values[10:290, 256] = -32768
    turn = math.radians(7)
    turned = (WEST, 2 * math.cos(turn), -2 * math.sin(turn), NORTH, -2 * math.sin(turn), -2 * math.cos(turn))
    for transform in (None, turned):
        path = terrain(values, transform=transform)
        whole, mended, _, _ = check(DTM=path)
        monkeypatch.setattr(terrain_check, "TILE", 64)
        parts, again, _, _ = check(DTM=path)
        monkeypatch.undo()
        assert np.array_equal(mended, again, equal_nan=True)
        assert [{**row, "shape": row["shape"].asWkt()} for row in whole] == [
            {**row, "shape": row["shape"].asWkt()} for row in parts
        ]
        assert len(whole) > 1
