"""Terrains and rain as other programs write them: the same flood comes out, or the log or the message says why not."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsProcessingException

from tests.listener import Listener

pytest.importorskip("numba")

WEST, NORTH, CELL, ROWS, COLUMNS = 500_000.0, 2_500_000.0, 2.0, 24, 20
POND, AWAY = (5, 6), (18, 6)
"""A pond in the north and the cell where it lies when the rows are upside down."""
SOUTH_UP = (WEST, CELL, 0, NORTH - ROWS * CELL, 0, CELL)


def bowl():
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    away = np.hypot(y - POND[0], x - POND[1])
    return 5 + 0.02 * away + np.where(away < 3, -0.5, 0.0)


@pytest.fixture
def flooded(run_algorithm, tmp_path):
    """A function from a terrain and rain to (depths with the northernmost row first, summary, warnings)."""

    def run(values=None, transform=(WEST, CELL, 0, NORTH, 0, -CELL), crs="EPSG:32650", unit="", rain=None, **others):
        path = str(tmp_path / "dtm.tif")
        values = bowl() if values is None else values
        rows, columns = values.shape
        dataset = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, gdal.GDT_Float32)
        dataset.SetGeoTransform(transform)
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs)
        dataset.SetProjection(reference.ExportToWkt())
        dataset.GetRasterBand(1).WriteArray(values.astype(np.float32))
        if unit:
            dataset.GetRasterBand(1).SetUnitType(unit)
        del dataset
        if rain is None:
            others = {"RAIN_MM": 30, "DURATION_MIN": 20} | others
        else:
            table = tmp_path / "rain.csv"
            table.write_text("time_min,depth_mm\n" + "".join(f"{t},{d}\n" for t, d in rain), "utf-8")
            table.with_suffix(".csvt").write_text('"Real","Real"', "utf-8")
            others = {"RAIN": str(table)} | others
        listener, depth, summary = Listener(), str(tmp_path / "depth.tif"), tmp_path / "summary.json"
        edges = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}
        files = {"DEPTH_MAX": depth, "SUMMARY": str(summary)}
        run_algorithm("twin:simulateflood", {"DTM": path, **edges, **files, **others}, listener)
        result = gdal.Open(depth)
        return result.ReadAsArray(), json.loads(summary.read_text("utf-8")), listener.warnings

    return run


FORMS = {
    "south to north": ({"values": bowl()[::-1], "transform": SOUTH_UP}, ""),
    "feet": ({"values": bowl() / 0.3048, "unit": "ft"}, "are in ft: they are converted to m"),
    "feet of the compound CRS": ({"values": bowl() * 3937 / 1200, "crs": "EPSG:32650+6360"}, "converted to m"),
    "centimetres": ({"values": bowl() * 100, "unit": "cm"}, "are in cm: they are converted to m"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_terrain_in_another_form_gives_the_same_flood(flooded, form):
    expected, _, nothing = flooded()
    assert expected[POND] > 0.3
    assert expected[AWAY] < 0.05
    assert not nothing
    changes, words = FORMS[form]
    depth, _, warnings = flooded(**changes)
    np.testing.assert_allclose(depth, expected, atol=2e-3)
    assert len(warnings) == bool(words)
    assert not words or words in warnings[0]


def test_a_no_data_value_that_is_not_declared_is_refused(flooded):
    values = bowl()
    values[10:12, 10:12] = -9999
    with pytest.raises(QgsProcessingException, match=r"-9999.*no data value"):
        flooded(values)


def test_a_row_at_zero_and_little_rain_are_accepted(flooded):
    _, summary, warnings = flooded(rain=[(0, 0), (10, 10), (20, 10)], DURATION_MIN=21)
    assert summary["rain_mm"] == 20
    assert not warnings
    depth, summary, warnings = flooded(rain=[(10, 0.4)], DURATION_MIN=11)
    assert summary["rain_mm"] == 0.4
    assert not (depth > 0).any()
    assert any("0.4 mm in all" in text for text in warnings)


def test_rain_after_a_gap_is_as_strong_as_the_gauge_says(flooded):
    """The last 10 min of 40 hold 30 mm: half an hour of them is dry."""
    _, summary, warnings = flooded(rain=[(5, 1), (10, 1), (35, 30)], DURATION_MIN=29)
    area = ROWS * COLUMNS * CELL**2
    assert summary["rain_m3"] == pytest.approx(0.002 * area)
    assert any("follow a gap" in text for text in warnings)


def test_seconds_are_told_and_intensities_refused(flooded):
    _, _, warnings = flooded(rain=[(t, 5) for t in range(300, 3900, 300)], DURATION_MIN=1)
    assert any("lasts 60 h" in text for text in warnings)
    with pytest.raises(QgsProcessingException, match="mm/h"):
        flooded(rain=[(t, 60) for t in range(5, 65, 5)])
