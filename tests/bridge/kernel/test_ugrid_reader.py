"""A RESULT read back: steps, greatest water, and files that are something else."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from tests.foreign_results import change_result
from twin_plugin.bridge.flood.files import mesh_file
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.flood_run import run_of_file
from twin_plugin.bridge.kernel.ugrid_reader import Result, _Windows
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


def test_a_face_that_is_none_has_no_values(result):
    found = Result(result)
    faces = np.array([2, -1, 0, -1])
    for (_, _, depth, level), (_, _, own, _) in zip(found.steps(faces), found.steps(np.array([2, 0])), strict=True):
        assert np.isnan(depth).tolist() == [False, True, False, True]
        assert np.isnan(level[[1, 3]]).all()
        np.testing.assert_array_equal(depth[[0, 2]], own)
    assert all(np.isnan(depth).all() for _, _, depth, _ in found.steps(np.full(3, -1)))


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


@pytest.fixture
def wide(tmp_path, monkeypatch):
    """A RESULT of 40 x 50 cells with gaps, kept in blocks of 64 faces, and its arrays by name and step."""
    monkeypatch.setattr(mesh_file, "BLOCK_FACES", 64)
    dice = np.random.default_rng(5)
    bed = dice.uniform(0, 9, (40, 50)).astype(np.float32)
    bed[dice.uniform(size=bed.shape) < 0.2] = np.nan
    path = tmp_path / "宽 wide.nc"
    with FloodMesh(path, Grid(bed, 500_000.0, 2_490_080.0, 2.0, "EPSG:4547"), [0.0, 60.0, 120.0]) as mesh:
        for _ in range(3):
            depth = np.where(np.isfinite(bed), dice.uniform(0, 2, bed.shape), 0).astype(np.float32)
            mesh.write(depth, bed, *dice.normal(size=(2, *bed.shape)).astype(np.float32))
    root = gdal.OpenEx(str(path), gdal.OF_MULTIDIM_RASTER).GetRootGroup()
    return path, {name: root.OpenMDArray(name).ReadAsArray() for name in ("depth", "velocity_x", "hazard", "bed")}


@pytest.mark.parametrize("count", [0, 1, 7, 300, 1500])
def test_some_faces_have_the_values_that_the_whole_arrays_have(wide, count):
    path, arrays = wide
    found = Result(path)
    faces = np.random.default_rng(count).integers(0, arrays["bed"].size, count)  # in no order, some twice
    steps = list(found.frames(faces, ("depth", "velocity_x", "hazard")))
    assert [minutes for _, minutes, _ in steps] == [0.0, 1.0, 2.0]
    for step, (_, _, values) in enumerate(steps):
        for name, got in zip(("depth", "velocity_x", "hazard"), values, strict=True):
            np.testing.assert_array_equal(got, arrays[name][step][faces].astype(float))
    np.testing.assert_array_equal(found.bed(faces), arrays["bed"][faces].astype(float))


def test_only_the_blocks_of_the_faces_are_read(wide):
    path, _ = wide
    found = Result(path)
    windows = _Windows(np.array([1000, 3, 2, 1001, 70]), found._depth)
    assert [(first, count) for first, count, *_ in windows.reads] == [(2, 69), (1000, 2)]


def test_faces_in_any_order_lie_on_the_same_grid(wide):
    path, _ = wide
    found = Result(path)
    x, y = found._centres()
    order = np.random.default_rng(1).permutation(len(x))
    cells, face = found.cells, found._face
    found._lay_out(x[order], y[order])
    assert found.cells == cells
    there = face >= 0
    np.testing.assert_array_equal(order[found._face[there]], face[there])
    assert (found._face[~there] == -1).all()


def test_a_checkerboard_is_a_grid_though_no_two_faces_are_neighbours(wide):
    path, _ = wide
    found = Result(path)
    row, column = np.divmod(np.arange(400), 20)
    there = (row + column) % 2 == 0
    found._lay_out(2.0 * column[there], -2.0 * row[there])
    assert (found.cells.width, found.cells.rows, found.cells.columns) == (2.0, 20, 20)
    with pytest.raises(InputError, match="on no regular grid"):
        found._lay_out(np.random.default_rng(2).uniform(0, 1e4, 500), np.random.default_rng(3).uniform(0, 1e4, 500))


@pytest.mark.parametrize("times", [[0.0, 60.0, 60.0], [0.0, 120.0, 60.0], [0.0, np.nan, 60.0]])
def test_times_that_do_not_ascend_are_refused(result, times):
    change_result(str(result), "time", lambda _: np.array(times))
    with pytest.raises(InputError, match="its times do not ascend"):
        Result(result)


@pytest.mark.parametrize("cut", [0, 0.5])
@pytest.mark.parametrize("exceptions", [False, True])
def test_a_file_that_was_cut_is_named_also_where_gdal_raises(result, cut, exceptions):
    data = result.read_bytes()
    result.write_bytes(data[: int(len(data) * cut)])
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if exceptions else gdal.DontUseExceptions)()
    try:
        with pytest.raises(InputError, match=r"result\.nc' cannot be read"):
            Result(result)
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()


@pytest.mark.parametrize(
    ("unit", "minutes"),
    [("milliseconds", 1 / 60_000), ("s", 1 / 60), ("Minutes", 1), ("hours", 60), ("h", 60), ("days", 1440)],
)
def test_times_come_in_any_unit_of_time(result, monkeypatch, unit, minutes):
    monkeypatch.setattr(gdal.MDArray, "GetUnit", lambda self: f"{unit} since 2026-01-01 00:00:00")
    np.testing.assert_allclose(Result(result).minutes, np.array([0, 60, 120]) * minutes)


@pytest.mark.parametrize("unit", ["months", "metres", "miles"])
def test_other_units_of_time_are_refused(result, monkeypatch, unit):
    monkeypatch.setattr(gdal.MDArray, "GetUnit", lambda self: f"{unit} since 2026-01-01")
    with pytest.raises(InputError, match=f"unknown unit '{unit}"):
        Result(result)


@pytest.mark.parametrize("wrong", [-0.5, np.inf])
def test_depths_that_cannot_be_are_refused(result, wrong):
    change_result(str(result), "depth", lambda depth: np.where(depth > 0.4, wrong, depth))
    with pytest.raises(InputError, match="step 1 has depths below 0 or infinite ones"):
        list(Result(result).water())


def test_a_result_that_was_replaced_while_it_was_open_is_read_anew(result, tmp_path):
    held = Result(result)
    bed = Grid(np.zeros((3, 3), np.float32), 500_000.0, 2_490_000.0, 2.0, "EPSG:4547")
    with FloodMesh(tmp_path / "later.nc", bed, [0.0], run="later") as mesh:
        mesh.write(bed.values + 7, bed.values, bed.values, bed.values)
    (tmp_path / "later.nc").replace(result)
    assert Result(result).grid("depth", 0)[0, 0] == 7.0
    assert run_of_file(str(result)) == "later"
    assert held.grid("depth", 1)[0, 0] == 0.5
