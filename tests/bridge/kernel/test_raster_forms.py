"""Rasters as other programs write them: any orientation and unit comes out as the plain one, or is refused with why."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsRasterLayer

from twin_plugin.bridge.flood.water import WaterSource
from twin_plugin.bridge.kernel import raster_kinds, raster_units
from twin_plugin.bridge.kernel.rasters import own_cells, plan_grid, read_cells, read_grid
from twin_plugin.bridge.kernel.resampling import interpolated, terrain_note, turned_note
from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import InputError

WEST, NORTH, CELL = 500_000.0, 2_490_000.0, 2.0
HEIGHTS = (3 + np.arange(12)[:, None] * 0.5 + np.arange(9) * 0.125).astype(np.float32)
HEIGHTS[2, 1] = np.nan
FOOT_M, US_FOOT_M = 0.3048, 1200 / 3937


@pytest.fixture
def raster(qgis_app, tmp_path):
    """A function from values and their place to a layer called 'Valley 谷'."""

    def make(
        values=HEIGHTS, transform=(WEST, CELL, 0, NORTH, 0, -CELL), crs="EPSG:4547", unit="", declared=True,
        kind=gdal.GDT_Float32, gaps=-9999,
    ):  # fmt: skip
        path = str(tmp_path / "valley.tif")
        rows, columns = np.shape(values)
        dataset = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, kind)
        dataset.SetGeoTransform(transform)
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs)
        dataset.SetProjection(reference.ExportToWkt())
        band = dataset.GetRasterBand(1)
        if unit:
            band.SetUnitType(unit)
        if declared:
            band.SetNoDataValue(-9999)
        band.WriteArray(np.where(np.isnan(values), gaps, values))
        del band, dataset
        return QgsRasterLayer(path, "Valley 谷")

    return make


MIRRORED = {
    "south to north": (HEIGHTS[::-1], (WEST, CELL, 0, NORTH - 12 * CELL, 0, CELL)),
    "east to west": (HEIGHTS[:, ::-1], (WEST + 9 * CELL, -CELL, 0, NORTH, 0, -CELL)),
    "both": (HEIGHTS[::-1, ::-1], (WEST + 9 * CELL, -CELL, 0, NORTH - 12 * CELL, 0, CELL)),
    "turned by 90 degrees": (HEIGHTS.T, (WEST, 0, CELL, NORTH, -CELL, 0)),
}


@pytest.mark.parametrize("form", MIRRORED)
def test_rows_in_any_order_are_read_where_they_lie(raster, form):
    grid = read_grid(raster(*MIRRORED[form]))
    assert (grid.west, grid.north, grid.cell_m) == (WEST, NORTH, CELL)
    np.testing.assert_allclose(grid.values, HEIGHTS, atol=1e-5)


def test_a_part_and_coarser_cells_of_a_mirrored_raster(raster):
    layer = raster(*MIRRORED["south to north"])
    part = Cells(WEST + 2 * CELL, NORTH - 4 * CELL, CELL, CELL, 3, 5)
    np.testing.assert_array_equal(read_cells(layer, part, "EPSG:4547"), HEIGHTS[4:7, 2:7])
    coarse = Cells(WEST + 2 * CELL, NORTH - 4 * CELL, 2 * CELL, 2 * CELL, 2, 2)
    expected = HEIGHTS[4:8, 2:6].reshape(2, 2, 2, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(read_cells(layer, coarse, "EPSG:4547"), expected, atol=1e-5)


@pytest.mark.parametrize("nearest", [False, True])
def test_a_rotated_raster_is_read_where_it_lies(raster, nearest):
    """A plane that rises along the raster's own rows: its height at a point follows from the transform alone."""
    turn = math.radians(30)
    along, across = (CELL * math.cos(turn), CELL * math.sin(turn)), (CELL * math.sin(turn), -CELL * math.cos(turn))
    values = np.broadcast_to(10 + 0.1 * (np.arange(40) + 0.5), (30, 40)).astype(np.float32)
    layer = raster(values, (WEST, along[0], across[0], NORTH, along[1], across[1]))
    cells = own_cells(layer)
    found = read_cells(layer, cells, "EPSG:4547", nearest).ravel()
    x, y = cells.centres(np.arange(cells.size))
    column = ((x - WEST) * along[0] + (y - NORTH) * along[1]) / CELL**2
    row = ((x - WEST) * across[0] + (y - NORTH) * across[1]) / CELL**2
    inside = (column > 1) & (column < 39) & (row > 1) & (row < 29)
    outside = (column < -1) | (column > 41) | (row < -1) | (row > 31)
    assert inside.sum() > 900
    np.testing.assert_allclose(found[inside], 10 + 0.1 * column[inside], atol=0.051 if nearest else 0.001)
    assert np.isnan(found[outside]).all()


TURN = math.radians(30)
ALONG, ACROSS = (CELL * math.cos(TURN), CELL * math.sin(TURN)), (CELL * math.sin(TURN), -CELL * math.cos(TURN))
TURNED = (WEST, ALONG[0], ACROSS[0], NORTH, ALONG[1], ACROSS[1])


def test_what_the_interpolation_of_a_rotated_terrain_changes_is_said(raster):
    """A plane loses nothing inside; a pit of one cell becomes shallower, as much as is said."""
    plane = np.broadcast_to(10 + 0.1 * (np.arange(40) + 0.5), (30, 40)).astype(np.float32)
    layer = raster(plane, TURNED)
    figures = re.findall(r"([+-]?\d\.\d{3}) m", terrain_note(layer, read_grid(layer), ""))
    assert [float(figure) for figure in figures] == pytest.approx([0, 0, 0], abs=0.03)  # at the edges
    pit = np.full((30, 40), 10, np.float32)
    pit[15, 20] = 9
    layer = raster(pit, TURNED)
    grid = read_grid(layer)
    x, y = (WEST + 20.5 * ALONG[0] + 15.5 * ACROSS[0]), (NORTH + 20.5 * ALONG[1] + 15.5 * ACROSS[1])
    rise = float(interpolated(grid, np.array([x]), np.array([y]))[0]) - 9
    assert 0.2 < rise < 0.9
    assert f"at most, at its lowest cell by {rise:+.3f} m" in terrain_note(layer, grid, "")
    assert "nearest of its cells" in turned_note(layer)
    assert terrain_note(raster(), read_grid(raster()), "") is turned_note(raster()) is None


def test_coarser_cells_do_not_widen_a_rotated_raster(raster):
    layer = raster(np.full((60, 60), 7, np.float32), TURNED)
    for cell_m in (3.0, 4.0, 7.0):
        grid = read_grid(layer, plan_grid(layer, cell_m=cell_m))
        area = np.isfinite(grid.values).sum() * cell_m**2
        assert area == pytest.approx(60 * 60 * CELL**2, rel=0.01)


@pytest.mark.parametrize("transform", [(WEST, CELL, 0, NORTH, 0, -CELL), TURNED, (WEST, CELL, 0, NORTH - 18, 0, CELL)])
def test_heights_far_above_the_datum_keep_their_millimetres(raster, transform):
    """float32 has steps of 0.5 mm there."""
    values = 8000.0001 + 0.0001 * np.arange(9) + np.zeros((9, 1))
    layer = raster(values, transform, kind=gdal.GDT_Float64)
    grid = read_grid(layer, exact=True)
    assert grid.values.dtype == np.float64
    known = grid.values[np.isfinite(grid.values)]
    steps = (known - 8000) / 0.0001
    assert 0.999 < steps.min() < 3 < 7 < steps.max() < 9.001
    if transform is not TURNED:
        np.testing.assert_allclose(grid.values, values, atol=1e-9)
    assert read_grid(layer).values.dtype == np.float32
    assert read_grid(raster(values - 8000, kind=gdal.GDT_Float64), exact=True).values.dtype == np.float32


UNITS = {
    "m": 1.0, "metre": 1.0, "m a.s.l.": 1.0, "": 1.0, "ft": FOOT_M, "Feet (NAVD88)": FOOT_M,
    "US survey foot": US_FOOT_M, "cm": 0.01, "mm": 0.001, "dm": 0.1,
}  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_heights_in_any_unit_become_metres(raster, unit):
    layer = raster(HEIGHTS / np.float32(UNITS[unit]), unit=unit)
    raster_kinds.require_terrain(layer)
    np.testing.assert_allclose(read_grid(layer, output="DTM").values, HEIGHTS, rtol=1e-5)
    note = raster_units.unit_note(layer, "DTM")
    assert (note is None) == (UNITS[unit] == 1.0)
    assert note is None or (f"'Valley 谷' are in {unit}" in note and "converted to m" in note)


def test_heights_of_a_compound_crs_in_feet_become_metres(raster):
    layer = raster(HEIGHTS / np.float32(US_FOOT_M), crs="EPSG:26918+6360")
    np.testing.assert_allclose(read_grid(layer, output="DTM").values, HEIGHTS, rtol=1e-5)
    assert "converted to m" in raster_units.unit_note(layer, "DTM")


def test_the_datum_of_a_compound_crs_says_nothing_of_depths(raster):
    layer = raster(HEIGHTS, crs="EPSG:26918+6360", unit="m")
    np.testing.assert_allclose(read_grid(layer, output="DEPTH_MAX").values, HEIGHTS)


def test_an_unknown_unit_is_told_and_a_speed_is_no_height(raster):
    layer = raster(unit="furlong")
    raster_kinds.require_terrain(layer)
    assert "unit 'furlong'" in raster_units.unit_note(layer, "DTM")
    layer = raster(unit="m/s")
    assert not raster_kinds.may_be_terrain(layer)
    with pytest.raises(InputError, match="'Valley 谷' are in m/s"):
        raster_kinds.require_terrain(layer)


@pytest.mark.parametrize(("unit", "minutes"), [("s", 1 / 60), ("h", 60), ("min", 1)])
def test_times_in_any_unit_become_minutes(raster, unit, minutes):
    layer = raster(unit=unit)
    raster_kinds.require_water(layer, "ARRIVAL", "ARRIVAL")
    np.testing.assert_allclose(read_grid(layer, output="ARRIVAL").values, HEIGHTS * minutes, rtol=1e-5)


@pytest.mark.parametrize("dry", [-9999.0, -3.4e38, -1.0, -0.3])
@pytest.mark.parametrize("output", ["DEPTH_MAX", "VELOCITY_MAX", "ARRIVAL", "DURATION_WET"])
def test_water_below_nothing_is_refused_unless_it_is_declared(raster, output, dry):
    values = np.where(HEIGHTS > 5, np.float32(0.5), np.float32(dry))
    with pytest.raises(
        InputError, match=rf"'Valley 谷' cannot be used for X: .*{re.escape(f'{dry:g}')}.*no data value"
    ):
        raster_kinds.require_water(raster(values, declared=False), "X", output)
    if dry == -9999.0:
        raster_kinds.require_water(raster(values), "X", output)


def test_levels_may_lie_below_zero_and_no_data_is_none(raster):
    raster_kinds.require_water(raster(HEIGHTS - 20), "LEVEL", "LEVEL_MAX")
    with pytest.raises(InputError, match="-9999 m"):
        raster_kinds.require_water(raster(declared=False), "LEVEL", "LEVEL_MAX")


def test_rounding_below_zero_passes(raster):
    raster_kinds.require_water(raster(np.array([[-0.0005, 1.0]], np.float32)), "DEPTH", "DEPTH_MAX")


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("cell_m", [1.5, 4.0])
def test_cells_of_nan_are_no_data_to_coarser_and_finer_cells_too(raster, declared, cell_m):
    """NaN beside a declared value, and with none declared: it must not spread into the cells around."""
    values = np.full((12, 9), 5, np.float32)
    values[2:4, 1:3] = np.nan
    layer = raster(values, declared=declared, gaps=np.nan)
    found = read_grid(layer, plan_grid(layer, cell_m=cell_m)).values
    expected = read_grid(raster(values), plan_grid(layer, cell_m=cell_m)).values
    np.testing.assert_array_equal(found, expected)
    assert (found[np.isfinite(found)] == 5).all()


def depth_warning(layer, gaps_are_dry=False):
    extremes = raster_kinds.require_water(layer, "DEPTH", "DEPTH_MAX", gaps_are_dry)
    return raster_kinds.depth_warning(layer, extremes, gaps_are_dry)


def test_depths_whose_dry_cells_have_no_data_are_told(raster):
    dry = np.where(HEIGHTS > 5, np.float32(0.6), np.float32(np.nan))
    assert "buildings there are of unknown class" in depth_warning(raster(dry))
    assert depth_warning(raster(dry), gaps_are_dry=True) is None
    assert depth_warning(raster(np.nan_to_num(dry))) is None
    assert depth_warning(raster(np.full((3, 3), 0.6, np.float32))) is None


def test_depths_below_zero_are_dry_where_the_user_says_so(raster):
    values = np.where(HEIGHTS > 5, np.float32(0.6), np.float32(-0.3))
    with pytest.raises(InputError, match=r"from -0.3 m to 0.6 m.*choose dry for NO_DATA"):
        depth_warning(raster(values))
    assert depth_warning(raster(values), gaps_are_dry=True) is None


def test_a_depth_raster_is_scanned_once(raster, monkeypatch):
    scans, scan = [], raster_kinds._extremes
    monkeypatch.setattr(raster_kinds, "_extremes", lambda *of: scans.append(of) or scan(*of))
    water = WaterSource(raster(HEIGHTS + 60), None, None, "")
    assert water.warnings()
    assert len(scans) == 1


def test_a_map_is_not_drawn_in_another_unit(raster):
    raster_kinds.require_own_unit(raster(unit="m"), "DEPTH_MAX")
    with pytest.raises(InputError, match="are in cm"):
        raster_kinds.require_own_unit(raster(unit="cm"), "DEPTH_MAX")
