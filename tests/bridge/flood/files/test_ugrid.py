"""Results over time as a mesh: what QGIS reads back, frame by frame."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsMeshDatasetIndex, QgsMeshLayer, QgsPointXY
from qgis.PyQt.QtCore import QDate

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh, frame_times
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.common.grid import Grid

TIMES = [0.0, 300.0, 400.0]


@pytest.fixture
def bed():
    values = np.arange(20, dtype=np.float32).reshape(4, 5)
    values[0, 0] = np.nan
    return Grid(values, 493_000.0, 2_491_000.0, 2.0, "EPSG:4547")


def write(path, bed, **options) -> FloodMesh:
    with FloodMesh(path, bed, TIMES, **options) as mesh:
        for number in range(len(TIMES)):
            depth = np.where(np.isfinite(bed.values), np.float32(0.2 * number), 0).astype(np.float32)
            depth[3, 4] = 0.004
            mesh.write(depth, bed.values, 0.5 * depth, -depth)
    return mesh


def groups(layer: QgsMeshLayer) -> dict:
    found = {}
    for number in layer.datasetGroupsIndexes():
        meta = layer.datasetGroupMetadata(QgsMeshDatasetIndex(number, 0))
        found[meta.name()] = (number, meta.isVector(), layer.dataProvider().datasetCount(number))
    return found


def test_qgis_reads_it(qgis_app, tmp_path, bed):
    path = tmp_path / "结果 result.nc"
    mesh = write(path, bed)
    assert (mesh.faces, mesh.block) == (19, 1)
    layer = QgsMeshLayer(str(path), "result", "mdal")
    assert layer.isValid()
    assert layer.crs() == QgsCoordinateReferenceSystem("EPSG:4547")
    assert layer.meshFaceCount() == 19
    assert layer.extent().xMinimum() == 493_000
    assert layer.extent().yMaximum() == 2_491_000
    # The style names groups by number: depth must be the first and velocity the second.
    assert groups(layer) == {
        "depth": (0, False, 3), "velocity": (1, True, 3), "water hazard": (2, False, 3), "water level": (3, False, 3),
        "z of the bed": (4, False, 1)
    }  # fmt: skip
    assert layer.temporalProperties().isActive()
    assert layer.temporalProperties().referenceTime().date() == QDate(2026, 1, 1)
    span = layer.temporalProperties().timeExtent()
    assert span.begin().secsTo(span.end()) == 400
    layer.updateTriangularMesh()
    place = QgsPointXY(493_003.0, 2_490_997.0)  # the cell in the second row and column
    value = layer.datasetValue(QgsMeshDatasetIndex(0, 2), place)
    assert value.scalar() == pytest.approx(0.4)
    assert layer.datasetValue(QgsMeshDatasetIndex(3, 2), place).scalar() == pytest.approx(6.4)
    assert [layer.datasetValue(QgsMeshDatasetIndex(2, step), place).scalar() for step in range(3)] == [0, 1, 2]
    velocity = layer.datasetValue(QgsMeshDatasetIndex(1, 2), place)
    assert (velocity.x(), velocity.y()) == (pytest.approx(0.2), pytest.approx(-0.4))
    assert layer.datasetValue(QgsMeshDatasetIndex(4, 0), place).scalar() == 6


def test_variables_are_as_documented(qgis_app, tmp_path, bed):
    path = tmp_path / "r.nc"
    write(path, bed)
    root = gdal.OpenEx(str(path), gdal.OF_MULTIDIM_RASTER).GetRootGroup()
    names = {"mesh2d_node_x", "mesh2d_node_y", "mesh2d_face_nodes",
             "mesh2d_face_x", "mesh2d_face_y", "time", "bed", "depth", "water_level", "velocity_x",
             "velocity_y", "hazard"}  # fmt: skip
    assert names <= set(root.GetMDArrayNames())
    assert root.OpenMDArray("time").ReadAsArray().tolist() == TIMES
    assert root.OpenMDArray("hazard").ReadAsArray()[:, 6].tolist() == [0, 1, 2]
    level = root.OpenMDArray("water_level").ReadAsArray()
    assert (level[0] == -9999.0).all()  # dry at the start
    assert level[2, -1] == -9999.0  # a film has no level
    x, y = (root.OpenMDArray(f"mesh2d_face_{axis}").ReadAsArray() for axis in "xy")
    assert (x[0], y[0]) == (493_003.0, 2_490_999.0)


def test_large_grids_are_written_in_blocks(qgis_app, tmp_path):
    values = np.fromfunction(lambda r, c: r + c, (31, 45), dtype=np.float32).astype(np.float32)
    values[:10, :10] = np.nan
    bed = Grid(values, 0.0, 62.0, 2.0, "EPSG:4547")
    path = tmp_path / "r.nc"
    with FloodMesh(path, bed, [0.0, 1.0], max_faces=200) as mesh:
        assert mesh.block == 3
        assert mesh.faces <= 200
        depth = np.zeros(values.shape, np.float32)
        depth[12, 12] = 0.9
        mesh.write(depth, values, depth, depth)
        mesh.write(0 * depth, values, depth, depth)
    layer = QgsMeshLayer(str(path), "r", "mdal")
    layer.updateTriangularMesh()
    inside = QgsPointXY(27.0, 62 - 27.0)
    assert layer.datasetValue(QgsMeshDatasetIndex(0, 0), inside).scalar() == pytest.approx(0.9)
    assert layer.datasetValue(QgsMeshDatasetIndex(3, 0), inside).scalar() == pytest.approx(24.9)
    # The hazard of a block is the worst of its cells, not that of its largest depth and mean velocity.
    assert layer.datasetValue(QgsMeshDatasetIndex(2, 0), inside).scalar() == 5


def test_dry_frames_take_little_room(qgis_app, tmp_path):
    bed = Grid(np.zeros((300, 300), np.float32), 0.0, 600.0, 2.0, "EPSG:4547")
    path = tmp_path / "r.nc"
    dry = np.zeros(bed.values.shape, np.float32)
    with FloodMesh(path, bed, [float(i) for i in range(20)]) as mesh:
        for _ in range(20):
            mesh.write(dry, bed.values, dry, dry)
    assert path.stat().st_size < 15 * bed.values.size


def test_times():
    assert frame_times(1000, 300) == [0, 300, 600, 900, 1000]
    assert frame_times(900, 300) == [0, 300, 600, 900]
    assert frame_times(100, 300) == [0, 100]


def test_unwritable(qgis_app, tmp_path, bed):
    with pytest.raises(ResourceError, match="cannot be written"):
        FloodMesh(tmp_path / "nowhere" / "r.nc", bed, TIMES)
