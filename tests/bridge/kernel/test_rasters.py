"""Reading and writing rasters: what goes out comes back, in the right place, with no data as NaN."""

from __future__ import annotations

import errno
from dataclasses import replace

import numpy as np
import pytest
import shapely
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle

from tests.failing_writer.calls import every_failure
from tests.failing_writer.child import ChildError
from twin_plugin.bridge.kernel import rasters
from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.common.grid import Grid


@pytest.fixture
def layer_of(qgis_app, tmp_path):
    """A function from values (and options) to a raster layer on disk."""

    def make(values, west=500_000.0, north=2_490_000.0, cell=2.0, crs="EPSG:4547", name="dtm 地形.tif"):
        path = tmp_path / name
        rasters.write_grid(Grid(np.asarray(values), west, north, cell, crs), path)
        return QgsRasterLayer(str(path), name)

    return make


def test_round_trip_keeps_values_place_and_no_data(layer_of):
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    values[1, 2] = np.nan
    grid = rasters.read_grid(layer_of(values))
    np.testing.assert_array_equal(grid.values, values)
    assert (grid.west, grid.north, grid.cell_m, grid.crs) == (500_000, 2_490_000, 2, "EPSG:4547")


def test_degrees_under_a_crs_in_metres_are_refused(layer_of):
    """An ASC file without .prj, to which a projected CRS was assigned: a run would take steps of microseconds."""
    layer = layer_of(np.arange(6.0).reshape(2, 3), 114.0, 22.5, 0.00083)
    with pytest.raises(InputError, match=r"would be 0\.00083 m wide in EPSG:4547: its coordinates are rather degrees"):
        rasters.require_metres(layer)
    assert rasters.require_metres(layer_of(np.arange(6.0).reshape(2, 3), cell=0.05)).authid() == "EPSG:4547"


def test_window_takes_whole_cells(layer_of):
    values = np.arange(100, dtype=np.float32).reshape(10, 10)
    layer = layer_of(values)
    grid = rasters.read_grid(layer, rasters.plan_grid(layer, QgsRectangle(500_003, 2_489_985, 500_009, 2_489_995)))
    assert (grid.west, grid.north, grid.rows, grid.columns) == (500_002, 2_489_996, 6, 4)
    np.testing.assert_array_equal(grid.values, values[2:8, 1:5])


def test_plan_agrees_with_what_is_read(layer_of):
    layer = layer_of(np.zeros((9, 7), np.float32))
    for extent, cell in ((None, None), (QgsRectangle(500_001, 2_489_990, 500_010, 2_489_999), None), (None, 5.0)):
        plan = rasters.plan_grid(layer, extent, cell)
        grid = rasters.read_grid(layer, plan)
        assert (plan.rows, plan.columns, plan.west, plan.north) == (grid.rows, grid.columns, grid.west, grid.north)
        assert grid.cells == plan


def test_coarser_cells_average(layer_of):
    values = np.arange(16, dtype=np.float32).reshape(4, 4)
    layer = layer_of(values)
    grid = rasters.read_grid(layer, rasters.plan_grid(layer, cell_m=4.0))
    np.testing.assert_allclose(grid.values, [[2.5, 4.5], [10.5, 12.5]])


def test_nearest_takes_only_values_that_occur(layer_of):
    layer = layer_of(np.arange(16, dtype=np.float32).reshape(4, 4))
    values = rasters.read_cells(layer, rasters.plan_grid(layer, cell_m=3.0), "", nearest=True)
    assert np.isin(values[np.isfinite(values)], np.arange(16)).all()
    assert not np.isin(rasters.read_grid(layer, rasters.plan_grid(layer, cell_m=3.0)).values[0, 0], np.arange(16))


def test_a_window_beyond_the_raster_is_no_data_there(layer_of):
    layer = layer_of(np.ones((4, 4), np.float32))
    cells = replace(rasters.own_cells(layer), west=499_996.0, columns=4)
    np.testing.assert_array_equal(rasters.read_cells(layer, cells, "")[0], [np.nan, np.nan, 1, 1])


def test_like_reads_across_crs(layer_of):
    layer = layer_of(np.full((200, 200), 7, np.float32))
    there = QgsCoordinateReferenceSystem("EPSG:32650")
    from qgis.core import QgsCoordinateTransform, QgsPointXY, QgsProject

    point = QgsCoordinateTransform(layer.crs(), there, QgsProject.instance()).transform(QgsPointXY(500_200, 2_489_800))
    like = Grid(np.zeros((3, 3), np.float32), point.x(), point.y(), 2.0, "EPSG:32650")
    np.testing.assert_allclose(rasters.read_cells(layer, like.cells, like.crs), 7)


def test_scale_and_offset_are_applied(layer_of, tmp_path):
    layer = layer_of(np.array([[1, 2], [3, 4]], np.float32), name="scaled.tif")
    dataset = gdal.Open(layer.source(), gdal.GA_Update)
    dataset.GetRasterBand(1).SetScale(0.1)
    dataset.GetRasterBand(1).SetOffset(10)
    del dataset
    np.testing.assert_allclose(rasters.read_grid(layer).values, [[10.1, 10.2], [10.3, 10.4]], rtol=1e-6)


def test_extent_elsewhere_is_told_with_the_layer(layer_of):
    with pytest.raises(InputError, match=r"overlap the raster 'dtm"):
        rasters.plan_grid(layer_of(np.zeros((2, 2), np.float32)), QgsRectangle(0, 0, 10, 10))


@pytest.mark.parametrize(
    ("crs", "words"), [("", "no CRS"), ("EPSG:4326", "not in metres"), ("EPSG:2263", "not in metres")]
)
def test_crs_that_cannot_be_used_is_told_with_the_cure(layer_of, crs, words):
    layer = layer_of(np.zeros((2, 2), np.float32), crs=crs, west=113.9, north=22.5, cell=0.001, name="d.tif")
    with pytest.raises(InputError, match=words):
        rasters.require_metres(layer)


def test_unwritable_path_is_told(tmp_path):
    with pytest.raises(ResourceError, match="cannot be written"):
        rasters.write_grid(Grid(np.zeros((2, 2), np.float32), 0, 0, 1), tmp_path / "absent" / "a.tif")


def write_one(path):
    """Runs in a process of its own."""
    from twin_plugin.bridge.kernel.rasters import write_grid
    from twin_plugin.core.common.grid import Grid

    write_grid(Grid(np.arange(12, dtype=np.float32).reshape(3, 4), 500_000, 2_490_000, 2.0, "EPSG:4547"), path)


def test_a_write_that_fails_is_an_error_or_the_raster_is_whole(failing_child, tmp_path):
    path, failed = tmp_path / "grid.tif", 0
    for failure in every_failure(failing_child.watch, errno.ENOSPC, kinds=("write",)):
        path.unlink(missing_ok=True)
        error = None
        try:
            failing_child.call(write_one, str(path), folder=tmp_path, failure=failure)
        except ChildError as raised:
            error, failed = raised, failed + 1
        if error is None:
            np.testing.assert_array_equal(gdal.Open(str(path)).ReadAsArray(), np.arange(12).reshape(3, 4))
        else:
            assert error.kind == "ResourceError", error.trace
    assert failed >= 1


def test_both_halves_of_a_bow_tie_are_burnt():
    from twin_plugin.bridge.kernel.rasterize import burn

    grid = Grid(np.zeros((10, 10), np.float32), 0.0, 10.0, 1.0)
    tie = shapely.Polygon([(0, 10), (10, 0), (10, 10), (0, 0)])
    line = shapely.Polygon([(0, 0), (5, 5), (9, 9)])
    labels = burn([line, tie], grid)
    x, y = np.meshgrid(np.arange(10) + 0.5, 9.5 - np.arange(10))
    inside = np.abs(y - 5) < np.abs(x - 5)
    assert (labels[inside] == 2).all()
    assert not labels[np.abs(y - 5) > np.abs(x - 5)].any()
