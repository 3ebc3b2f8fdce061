"""A RESULT read back: steps, greatest water, and files that are something else."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from twin_plugin.bridge.flood.ugrid_reader import Result
from twin_plugin.bridge.flood.ugrid_writer import FloodMesh
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def result(tmp_path):
    """A slope of 2 x 3 cells at 1 to 6 m, one without data, dry first, then 0.5 m deep, then 0.2 m."""
    bed = Grid(np.array([[1, 2, 3], [4, np.nan, 6]], np.float32), 500_000.0, 2_490_000.0, 2.0, "EPSG:4547")
    path = tmp_path / "result.nc"
    with FloodMesh(path, bed, [0.0, 60.0, 120.0]) as mesh:
        for deep in (0.0, 0.5, 0.2):
            depth = np.where(np.isfinite(bed.values), np.float32(deep), np.float32(0))
            mesh.write(depth, bed.values, np.zeros_like(depth), np.zeros_like(depth))
    return path


def test_steps_and_the_greatest_water(result):
    found = Result(result)
    assert found.crs.authid() == "EPSG:4547"
    assert found.minutes.tolist() == [0.0, 1.0, 2.0]
    face = found.number(np.array([500_001.0, 500_003.0, 499_000.0]), np.array([2_489_999.0, 2_489_997.0, 2_489_999.0]))
    assert face[0] >= 0
    assert face[1:].tolist() == [-1, -1]
    rows = [(done, minutes, depth[0], level[0]) for done, minutes, depth, level in found.steps(face[:1])]
    np.testing.assert_allclose([row[:3] for row in rows], [(1 / 3, 0, 0), (2 / 3, 1, 0.5), (1, 2, 0.2)], rtol=1e-6)
    np.testing.assert_allclose([row[3] for row in rows], [np.nan, 1.5, 1.2], rtol=1e-6)
    depth, level = (values.reshape(2, 3) for values in found.greatest(0.05))
    np.testing.assert_allclose(depth, [[0.5, 0.5, 0.5], [0.5, np.nan, 0.5]])
    np.testing.assert_allclose(level, [[1.5, 2.5, 3.5], [4.5, np.nan, 6.5]])


def test_a_file_of_something_else_is_told(tmp_path):
    source = gdal.GetDriverByName("MEM").Create("", 3, 2, 1, gdal.GDT_Float32)
    gdal.Translate(str(tmp_path / "picture.nc"), source, format="netCDF")
    with pytest.raises(
        InputError, match=r"picture\.nc' cannot be read \(it has no variable 'depth' by time and face\)"
    ):
        Result(tmp_path / "picture.nc")
    (tmp_path / "text.nc").write_text("no NetCDF", "utf-8")
    for name in ("text.nc", "nowhere.nc"):
        with pytest.raises(InputError, match="it is no NetCDF file"):
            Result(tmp_path / name)
