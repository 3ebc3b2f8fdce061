"""Measures equal what numpy and SQL compute on the same data; what is no number is counted and left out."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingContext

from tests.memory_layers import memory_layer, written_layer
from twin_plugin.bridge.scenarios.measures import BLOCK_ROWS, measured
from twin_plugin.bridge.scenarios.results import shown
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scenarios.scenario import Measure


def value(source, statistic, field="", where="", progress=silent):
    measure = Measure("m", {"en": "m"}, "", "step", "OUTPUT", statistic, field, where)
    return measured(measure, source, where, QgsProcessingContext(), progress)


@pytest.fixture
def raster(tmp_path):
    """A raster over several blocks of rows with no data, NaN and an offset; returns path and valid values."""
    dice = np.random.default_rng(3)
    cells = dice.normal(1000.0, 50.0, (2 * BLOCK_ROWS + 37, 23)).astype(np.float32)
    cells[dice.random(cells.shape) < 0.2] = -9999.0
    cells[5, 5] = np.nan
    path = tmp_path / "水深 raster.tif"
    rows, columns = cells.shape
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Float32)
    made.SetGeoTransform((500_000, 2, 0, 2_500_000, 0, -2))
    made.GetRasterBand(1).SetNoDataValue(-9999.0)
    made.GetRasterBand(1).WriteArray(cells)
    del made
    return str(path), cells[np.isfinite(cells) & (cells != -9999.0)].astype(np.float64), cells.size


@pytest.mark.parametrize(
    ("statistic", "numpy"), [("count", np.size), ("sum", np.sum), ("min", np.min), ("max", np.max), ("mean", np.mean)]
)
def test_a_raster(qgis_app, raster, statistic, numpy):
    path, valid, cells = raster
    found = value(path, statistic)
    assert found.value == pytest.approx(float(numpy(valid)), rel=1e-12)
    assert (found.used, found.left_out) == (valid.size, cells - valid.size)


def test_a_raster_without_a_valid_cell_has_no_value(qgis_app, tmp_path):
    path = tmp_path / "none.tif"
    made = gdal.GetDriverByName("GTiff").Create(str(path), 4, 4, 1, gdal.GDT_Byte)
    made.GetRasterBand(1).SetNoDataValue(0)
    made.GetRasterBand(1).Fill(0)
    del made
    found = value(str(path), "mean")
    assert math.isnan(found.value)
    assert "no data" in found.reason
    assert value(str(path), "count").value == 0


@pytest.fixture
def rows(tmp_path):
    """A layer of 40 rows, some without a number; returns its place and its path."""
    path = tmp_path / "rows 表.gpkg"
    kinds = ("road", "rail", "path")
    table = [
        (f"POINT({n} {n})", {"n": n, "kind": kinds[n % 3]} | ({"depth": n / 7} if n % 5 else {})) for n in range(40)
    ]
    written_layer(path, "rows", table)
    return f"{path}|layername=rows", path


@pytest.mark.parametrize(
    ("statistic", "field", "where", "sql"),
    [
        ("count", "", "", "SELECT count(*) FROM rows"),
        ("count", "depth", "", "SELECT count(depth) FROM rows"),
        ("count", "", "\"kind\" = 'rail' AND \"n\" > 9", "SELECT count(*) FROM rows WHERE kind = 'rail' AND n > 9"),
        ("distinct", "kind", "", "SELECT count(DISTINCT kind) FROM rows"),
        ("sum", "depth", "", "SELECT sum(depth) FROM rows"),
        ("sum", "DEPTH", '"n" < 20', "SELECT sum(depth) FROM rows WHERE n < 20"),
        ("min", "depth", "", "SELECT min(depth) FROM rows"),
        ("max", "depth", "\"kind\" in ('road', 'path')", "SELECT max(depth) FROM rows WHERE kind IN ('road', 'path')"),
        ("distinct", "depth", '"n" < 8', "SELECT count(DISTINCT depth) FROM rows WHERE n < 8"),
        ("mean", "depth", "", "SELECT avg(depth) FROM rows"),
        ("count", "", "$geometry is not null", "SELECT count(*) FROM rows"),
    ],
)  # fmt: skip
def test_rows(qgis_app, rows, statistic, field, where, sql):
    place, path = rows
    with closing(sqlite3.connect(path)) as database:
        expected = database.execute(sql).fetchone()[0]
    assert value(place, statistic, field, where).value == pytest.approx(expected)


def test_rows_without_a_number_are_counted(qgis_app, rows):
    found = value(rows[0], "sum", "depth")
    assert (found.used, found.left_out) == (32, 8)
    assert math.isnan(value(rows[0], "mean", "kind").value)


def test_of_no_rows_the_sum_is_0_and_the_mean_has_no_value(qgis_app):
    layer = memory_layer("Point", [], ["depth:double"], "empty")
    assert value(layer, "sum", "depth").value == 0
    assert value(layer, "count").value == 0
    for statistic in ("mean", "min", "max"):
        found = value(layer, statistic, "depth")
        assert math.isnan(found.value)
        assert found.reason


@pytest.mark.parametrize("number", [3, 2.5, True, "7"])
def test_a_number_output(qgis_app, number):
    assert value(number, "value").value == float(number)


@pytest.mark.parametrize("number", [None, "", "many", math.nan, math.inf])
def test_no_number_has_no_value(qgis_app, number):
    assert math.isnan(value(number, "value").value)


@pytest.mark.parametrize(
    ("statistic", "field", "where", "sentence"),
    [
        ("sum", "width", "", "no field 'width'; it has"),
        ("sum", "", "", "needs a field"),
        ("count", "", "env('HOME') = ''", "env"),
        ("count", "", '"width" > 1', "width"),
    ],
)
def test_what_cannot_be_measured(qgis_app, rows, statistic, field, where, sentence):
    with pytest.raises(InputError, match=sentence):
        value(rows[0], statistic, field, where)


def test_what_is_no_layer(qgis_app, tmp_path, raster):
    with pytest.raises(InputError, match="cannot be read"):
        value(str(tmp_path / "none.gpkg"), "count")
    with pytest.raises(InputError, match="distinct"):
        value(raster[0], "distinct")


def test_a_cancel_is_answered(qgis_app, raster, rows):
    for place in (raster[0], rows[0]):
        with pytest.raises(Cancelled):
            value(place, "count", progress=lambda fraction, text="": False)


def test_numbers_are_shown_for_people():
    numbers = [1_700_190.4, -4635.2, 395.647, 0.0, -3.57547e-15]
    assert [shown(number) for number in numbers] == ["1,700,190", "-4,635", "395.6", "0", "-3.575e-15"]
