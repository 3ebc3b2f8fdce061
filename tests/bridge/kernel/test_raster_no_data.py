"""No data of float rasters, which is found in the values themselves, is what GDAL's own mask says."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsRasterLayer

from twin_plugin.bridge.kernel.rasters import own_cells, read_cells


@pytest.mark.parametrize("no_data", [-9999.0, 0.0, 1e-30, -3.4028234663852886e38, float("nan"), None])
def test_no_data_is_that_of_the_mask(qgis_app, tmp_path, no_data):
    base = np.float32(-9999.0 if no_data is None or no_data != no_data else no_data)
    steps = [base]
    for _ in range(12):  # neighbours among floats, on both sides
        steps += [np.nextafter(steps[-1], np.float32(np.inf))]
    if base > -3e38:
        steps += [np.nextafter(base, np.float32(-np.inf)), base * np.float32(0.9999)]
    values = np.array([*steps, np.nan, np.inf, 7.0], np.float32).reshape(1, -1)
    path = tmp_path / "made.tif"
    raster = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[1], 1, 1, gdal.GDT_Float32)
    raster.SetGeoTransform((0, 1, 0, 1, 0, -1))
    if no_data is not None:
        raster.GetRasterBand(1).SetNoDataValue(no_data)
    raster.GetRasterBand(1).WriteArray(values)
    raster = None
    raster = gdal.Open(str(path))
    expected = (raster.GetRasterBand(1).GetMaskBand().ReadAsArray() == 0) | ~np.isfinite(values)
    layer = QgsRasterLayer(str(path), "made")
    np.testing.assert_array_equal(np.isnan(read_cells(layer, own_cells(layer), "")), expected)
