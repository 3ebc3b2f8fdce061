"""Terrains and rain as other programs write them: the same flood comes out, or the log or the message says why not."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsRectangle, QgsVectorLayer

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
    """A function from a terrain and rain to (depths with the northernmost row first, summary, warnings).

    `run.table` has the lines of the table of the last run's inputs, by their first word.
    """

    def run(
        values=None, transform=(WEST, CELL, 0, NORTH, 0, -CELL), crs="EPSG:32650", unit="", rain=None,
        kind=gdal.GDT_Float32, **others,
    ):  # fmt: skip
        path = str(tmp_path / "dtm.tif")
        values = bowl() if values is None else values
        rows, columns = values.shape
        dataset = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, kind)
        dataset.SetGeoTransform(transform)
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs)
        dataset.SetProjection(reference.ExportToWkt())
        dataset.GetRasterBand(1).WriteArray(values)
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
        lines = [line.split(" | ") for line in listener.infos if " | " in line]
        run.table = {what: rest for what, *rest in lines}
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


def test_float64_heights_of_8000_m_give_the_same_flood(flooded):
    """Cut to float32 they would move by up to 0.25 mm, and the depths with them."""
    low, _, _ = flooded(kind=gdal.GDT_Float64)
    high, _, _ = flooded(bowl() + 8000, kind=gdal.GDT_Float64)
    np.testing.assert_allclose(high, low, atol=2e-5)


def test_a_rotated_terrain_floods_in_its_own_place_and_says_what_interpolation_changed(flooded):
    turn = math.radians(30)
    along, across = (CELL * math.cos(turn), CELL * math.sin(turn)), (CELL * math.sin(turn), -CELL * math.cos(turn))
    depth, _, warnings = flooded(transform=(WEST, along[0], across[0], NORTH, along[1], across[1]))
    assert any("is rotated" in text and "(RMS)" in text for text in warnings)
    x, y = (f * (POND[1] + 0.5) + g * (POND[0] + 0.5) for f, g in zip(along, across, strict=True))
    north = COLUMNS * along[1]  # of the box around it, from NORTH
    assert depth[int((north - y) / CELL), int(x / CELL)] > 0.3


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


def layer(name, *boxes, field=""):
    """A memory layer of boxes (left, bottom, right, top from the south-west corner of the terrain, and a value)."""
    fields = f"&field={field}:double" if field else ""
    made = QgsVectorLayer(f"Polygon?crs=EPSG:32650{fields}", name, "memory")
    for left, bottom, right, top, *values in boxes:
        south = NORTH - ROWS * CELL
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(WEST + left, south + bottom, WEST + right, south + top)))
        feature.setAttributes(values)
        assert made.dataProvider().addFeature(feature)
    return made


def test_an_inflow_on_a_building_is_refused_or_told(flooded):
    layers = {
        "INFLOWS": layer("springs", (20, 20, 24, 24, 0.1), field="flow_m3s"),
        "BUILDINGS": layer("houses", (16, 16, 28, 28)),
        "RAIN_MM": 0,
        "DURATION_MIN": 1,
    }
    with pytest.raises(QgsProcessingException, match="inflow 1 of the layer: move it"):
        flooded(**layers, BUILDINGS_AS="wall")
    _, summary, warnings = flooded(**layers, BUILDINGS_AS="raise")
    assert summary["inflow_m3"] == pytest.approx(6, rel=1e-4)
    assert any("Inflow 1 stands on a roof" in text for text in warnings)


def test_an_inflow_that_reaches_beyond_the_terrain_is_told(flooded):
    springs = layer("springs", (-20, 10, 20, 20, 0.1), field="flow_m3s")
    _, _, warnings = flooded(INFLOWS=springs, RAIN_MM=0, DURATION_MIN=1)
    assert any(text.startswith("50% of the area of inflow 1") for text in warnings)


def test_buildings_outside_and_smaller_than_a_cell_are_counted(flooded):
    houses = layer("houses", (16, 16, 28, 28), (900, 0, 910, 9), (950, 0, 960, 9), (2.1, 2.1, 2.9, 2.9))
    _, summary, warnings = flooded(BUILDINGS=houses, DURATION_MIN=1, RAIN_MM=1)
    assert summary["building_cells"] == 36
    assert any(text.startswith("2 of 4 buildings lie outside the terrain") for text in warnings)
    assert any(text.startswith("1 of 4 buildings are smaller") for text in warnings)
    _, summary, warnings = flooded(BUILDINGS=layer("sheds", (2.1, 2.1, 2.9, 2.9)), DURATION_MIN=1, RAIN_MM=1)
    assert summary["building_cells"] == 0
    assert any(text.startswith("1 of 1 buildings are smaller") for text in warnings)


def test_filled_holes_and_channels_joined_at_corners_are_told(flooded):
    values = bowl() + 100
    values[15:18, 12:15] = 0
    _, _, warnings = flooded(values, DURATION_MIN=1, RAIN_MM=1)
    assert any(text.startswith("9 cells of the terrain 'dtm' have the height 0 m") for text in warnings)
    values = np.full((ROWS, COLUMNS), 10.0)
    values[np.arange(15) + 3, np.arange(15) + 2] = 9 - 0.01 * np.arange(15)
    _, _, warnings = flooded(values, DURATION_MIN=1, RAIN_MM=1)
    assert any("joined at corners only" in text for text in warnings)


def test_the_log_ends_with_what_was_read_left_out_and_guessed(flooded, tmp_path):
    values = bowl()
    values[20:22, 2:4] = np.nan
    flooded(
        values,
        rain=[(10, 5), (20, 5), (30, "")],
        BUILDINGS=layer("houses", (8, 4, 20, 12), (0.6, 0.6, 1.4, 1.4), (1000, 0, 1010, 10), (3.2, 0.2, 3.8, 0.8)),
        INFLOWS=layer("springs", (20, 20, 24, 24, 0.1), field="flow_m3s"),
        CELL_SIZE=4,
    )
    table = flooded.table
    assert table["Input"] == ["read", "left out", "guessed", "why"]
    why = "holes inside the data act as walls; mean of its cells of 2 x 2"
    assert table["Cells of the terrain"] == ["119", "1", "0", why]
    assert table["Roughness of the cells"] == ["119", "0", "0", "n = 0.03 everywhere"]
    assert table["Buildings"] == ["1", "3", "0", "outside: 1; holding no cell's centre: 2"]
    assert table["Rows of RAIN"][:3] == ["2", "0", "1"]
    assert table["Rows of RAIN"][3].startswith("10 mm in all; no rain in the last 60 min; 1 rows of")
    assert table["Duration"] == ["0", "0", "1", "90 min: DURATION_MIN is empty"]
    assert table["Inflows"] == ["1", "0", "0", ""]


def test_a_roughness_raster_that_covers_a_part_is_counted(flooded, tmp_path):
    path = str(tmp_path / "n.tif")
    made = gdal.GetDriverByName("GTiff").Create(path, COLUMNS, ROWS // 2, 1, gdal.GDT_Float32)
    made.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    reference = osr.SpatialReference()
    reference.SetFromUserInput("EPSG:32650")
    made.SetProjection(reference.ExportToWkt())
    made.GetRasterBand(1).Fill(0.05)
    del made
    flooded(ROUGHNESS_RASTER=path, ROUGHNESS=0.02)
    half = str(ROWS * COLUMNS // 2)
    assert flooded.table["Roughness of the cells"][:3] == [half, "0", half]
    assert flooded.table["Roughness of the cells"][3].startswith("n = 0.02 where the raster has none")


def test_fields_are_found_in_any_case(flooded, tmp_path, run_algorithm):
    """As shapefiles and spreadsheets write them."""
    table = tmp_path / "gauge.csv"
    table.write_text("TIME_MIN,Depth_mm\n10,5\n20,7\n", "utf-8")
    springs = layer("springs", (20, 20, 24, 24, 0.1), field="FLOW_M3S")
    _, summary, _ = flooded(RAIN=str(table), RAIN_MM=None, DURATION_MIN=21, INFLOWS=springs)
    assert summary["rain_mm"] == 12
    assert summary["inflow_m3"] == pytest.approx(126, rel=1e-4)
    parameters = {"PATTERN": "gauge", "GAUGE": str(table), "STEP": 5, "OUTPUT": "memory:"}
    assert run_algorithm("twin:designstorm", parameters)["TOTAL_MM"] == 12


def test_metres_that_are_not_metres_on_the_ground_are_reported(flooded):
    there = (12_690_000.0, CELL, 0, 8_400_000.0, 0, -CELL)
    warnings = flooded(transform=there, crs="EPSG:3857")[2]
    assert ["A metre of EPSG:3857, the CRS of the raster 'dtm', is 0.50 m on the ground" in w for w in warnings] == [
        True
    ]
    assert not flooded()[2]


def test_rain_that_the_ground_takes_up_at_once_is_not_called_no_rain(flooded):
    warnings = flooded(INFILTRATION_MM_H=1e5)[2]
    assert ["All the water was taken up at once" in w for w in warnings] == [True]
    assert ["There was no rain" in w for w in flooded(RAIN_MM=0)[2]] == [True]


def test_of_several_bands_the_first_counts_and_that_is_said(flooded, tmp_path):
    path = str(tmp_path / "n.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, COLUMNS, ROWS, 2, gdal.GDT_Float32)
    dataset.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32650)
    dataset.SetProjection(reference.ExportToWkt())
    for band, n in ((1, 0.05), (2, 0.2)):
        dataset.GetRasterBand(band).WriteArray(np.full((ROWS, COLUMNS), n))
    dataset.GetRasterBand(1).SetDescription("summer")
    del dataset
    _, summary, warnings = flooded(ROUGHNESS_RASTER=path)
    assert summary["roughness_max"] == pytest.approx(0.05)
    assert any("'n' has 2 bands, of which the first counts (summer)" in warning for warning in warnings)


def test_a_roughness_without_a_crs_is_refused(flooded, tmp_path):
    path = str(tmp_path / "n.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, COLUMNS, ROWS, 1, gdal.GDT_Float32)
    dataset.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    dataset.GetRasterBand(1).WriteArray(np.full((ROWS, COLUMNS), 0.05))
    del dataset
    with pytest.raises(QgsProcessingException, match="'n' has no CRS"):
        flooded(ROUGHNESS_RASTER=path)
