"""twin:simulateflood with rain that differs from place to place: gauges, observations, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsRasterLayer,
    QgsVectorLayer,
)

from tests.listener import Listener
from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL_M, ROWS, COLUMNS = 493_000.0, 2_491_000.0, 5.0, 20, 30
AREA_M2 = ROWS * COLUMNS * CELL_M**2


def layer(kind, fields, rows, crs="EPSG:4547"):
    """A layer in memory of rows (x, y or None, values)."""
    text = "&".join(f"field={name}:{type_}" for name, type_ in fields.items())
    made = QgsVectorLayer(f"{kind}?crs={crs}&{text}", "gauges" if kind == "Point" else "rain table", "memory")
    features = []
    for place, values in rows:
        feature = QgsFeature(made.fields())
        if place is not None:
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
        feature.setAttributes(list(values))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    made.updateExtents()
    return made


@pytest.fixture
def flood(run_algorithm, tmp_path):
    """A function from parameters to (SUMMARY, warnings, log) of a run on a slope with closed edges."""
    dtm = tmp_path / "dtm.tif"
    write_grid(
        Grid(
            3 + 0.01 * np.arange(ROWS * COLUMNS, dtype=np.float32).reshape(ROWS, COLUMNS),
            WEST,
            NORTH,
            CELL_M,
            "EPSG:4547",
        ),
        dtm,
    )
    edges = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}

    def run(**parameters):
        listener = Listener()
        summary = str(tmp_path / "summary.json")
        defaults = {"DTM": str(dtm), "SUMMARY": summary, "SCHEME": "inertial", **edges}
        run_algorithm("twin:simulateflood", defaults | parameters, listener)
        with open(summary, encoding="utf-8") as file:
            return json.load(file), listener.warnings, listener.infos

    return run


def gauges(*places):
    return layer("Point", {"site": "string"}, [(place, [name]) for name, place in places])


TWO = (("G1", (WEST + 10, NORTH - 50)), ("G2", (WEST + 140, NORTH - 50)))


def rows(*values):
    fields = {"site": "string", "time_min": "double", "depth_mm": "double"}
    return layer("NoGeometry", fields, [(None, row) for row in values])


def test_two_gauges_rain_on_their_halves(flood, tmp_path):
    table = rows(("G1", 5, 10.0), ("G1", 10, 0.0), ("G2", 5, 4.0), ("G2", 10, 2.0))
    fallen = str(tmp_path / "rain.tif")
    summary, warnings, log = flood(GAUGES=gauges(*TWO), GAUGE_RAIN=table, DURATION_MIN=15, RAIN_TOTAL=fallen)
    depths = read_grid(QgsRasterLayer(fallen, "rain")).values
    np.testing.assert_allclose(depths, np.where(np.arange(COLUMNS) < COLUMNS // 2, 10.0, 6.0) + 0 * depths, rtol=1e-6)
    assert summary["rain_m3"] == pytest.approx(AREA_M2 * (10.0 + 6.0) / 2 / 1000, rel=1e-6)
    assert (summary["rain_mm"], summary["rain_min_mm"], summary["rain_max_mm"]) == pytest.approx((8, 6, 10), rel=1e-6)
    assert abs(summary["mass_error"]) < 1e-9
    assert not warnings
    assert any(line.startswith("Gauges | 2 | 0 | 0") for line in log)
    assert any(line.startswith("Rows of rain | 4 | 0 | 0") for line in log)


def test_weights_by_distance_and_the_duration_of_the_rain(flood):
    table = rows(("G1", 5, 10.0), ("G2", 5, 4.0))
    summary, _, _ = flood(GAUGES=gauges(*TWO), GAUGE_RAIN=table, GAUGE_METHOD="idw")
    assert summary["duration_min"] == 65.0
    assert summary["rain_field"] == "gauges_idw"
    x, y = WEST + CELL_M * (np.arange(COLUMNS) + 0.5), NORTH - CELL_M * (np.arange(ROWS) + 0.5)
    away = [(x[None, :] - place[0]) ** 2 + (y[:, None] - place[1]) ** 2 for _, place in TWO]
    wanted = (10.0 / away[0] + 4.0 / away[1]) / (1 / away[0] + 1 / away[1])
    assert summary["rain_m3"] == pytest.approx(wanted.sum() * CELL_M**2 / 1000, rel=1e-6)


def test_even_gauges_equal_the_table_of_rain(flood):
    table = rows(*((name, 5 * n, depth) for name, _ in TWO for n, depth in enumerate((3.1, 8.2, 0.7), 1)))
    first, _, _ = flood(GAUGES=gauges(*TWO), GAUGE_RAIN=table)
    own = layer("NoGeometry", {"time_min": "double", "depth_mm": "double"},
                [(None, (5 * n, depth)) for n, depth in enumerate((3.1, 8.2, 0.7), 1)])  # fmt: skip
    second, _, _ = flood(RAIN=own)
    for name in ("rain_m3", "stored_m3", "rain_mm", "steps"):
        assert first[name] == pytest.approx(second[name], rel=1e-12)


def test_observations_of_a_service_are_gauges(flood):
    fields = {"sensor_id": "string", "property": "string", "value": "double", "unit": "string", "time": "datetime"}
    observed = [
        (place, [name, "Rainfall", value, "mm", f"2026-06-01T08:{minute:02d}:00Z"])
        for (name, place), values in zip(TWO, ((6.0, 2.0), (3.0, 1.0)), strict=True)
        for minute, value in zip((5, 10), values, strict=True)
    ]
    observed += [(TWO[0][1], ["G1", "Water level", 1.7, "m", "2026-06-01T08:05:00Z"])]
    summary, _, log = flood(GAUGES=layer("Point", fields, observed), DURATION_MIN=15)
    assert summary["rain_mm"] == pytest.approx((8.0 + 4.0) / 2, rel=1e-6)
    assert any("the run starts at 2026-06-01T08:00Z" in line for line in log)


def test_a_gap_in_a_gauge_is_one_sentence_and_loses_nothing(flood):
    table = rows(*(("G1", 5 * n, 2.0) for n in range(1, 7)), *(("G2", 5 * n, 4.0) for n in (1, 2, 5, 6)))
    summary, warnings, _ = flood(GAUGES=gauges(*TWO), GAUGE_RAIN=table, DURATION_MIN=40)
    assert len(warnings) == 1
    assert "G2 (10 min)" in warnings[0]
    assert summary["rain_mm"] == pytest.approx((6 * 2.0 + (4 * 4.0 + 2 * 2.0)) / 2, rel=1e-6)


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"RAIN_MM": 20}, "RAIN_MM and GAUGES are both given"),
        ({"GAUGE_RAIN": rows(("X", 5, 1.0))}, "No row of 'rain table' belongs to a gauge"),
        ({"GAUGE_RAIN": layer("NoGeometry", {"who": "string"}, [(None, ["G1"])])}, "no field in common"),
        ({"GAUGE_RAIN": None}, "none of the fields time_min"),
        ({"RAIN_START": "tomorrow"}, "no date with a time"),
        ({"GAUGES": None}, "GAUGE_RAIN needs the places"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(flood, parameters, word):
    given = {"GAUGES": gauges(*TWO), "GAUGE_RAIN": rows(("G1", 5, 1.0), ("G2", 5, 2.0)), **parameters}
    with pytest.raises(QgsProcessingException, match=word):
        flood(**given)


def storm():
    return layer("NoGeometry", {"time_min": "double", "depth_mm": "double"}, [(None, (5, 9.0)), (None, (10, 3.0))])


def test_a_storm_that_moves_rains_later_along_its_way(flood):
    summary, warnings, log = flood(RAIN=storm(), STORM_DIRECTION=90, STORM_SPEED=0.5)
    assert summary["rain_field"] == "moving storm"
    assert summary["rain_mm"] == pytest.approx(12.0, rel=1e-6)
    assert summary["duration_min"] == pytest.approx(10 + 147.5 / 0.5 / 60 + 60)
    assert not warnings
    assert any("moves to 90° at 0.5 m/s" in line for line in log)


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"RAIN": storm(), "STORM_SPEED": 3}, "only STORM_SPEED is given"),
        ({"RAIN_MM": 10, "STORM_SPEED": 3, "STORM_DIRECTION": 0}, "which is empty"),
    ],
)
def test_a_storm_needs_its_table_its_direction_and_its_speed(flood, parameters, word):
    with pytest.raises(QgsProcessingException, match=word):
        flood(**parameters)


def test_layers_of_a_geopackage_with_dates_of_the_type_date_and_time(flood, tmp_path):
    """Numbers name the gauges, in one table as texts; GeoPackage has its dates in UTC, RAIN_START in another zone."""
    from osgeo import ogr, osr

    path = str(tmp_path / "雨量 gauges.gpkg")
    data = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    own = osr.SpatialReference()
    own.ImportFromEPSG(4547)
    own.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(own, wgs84)
    points = data.CreateLayer("places", wgs84, ogr.wkbPoint)
    points.CreateField(ogr.FieldDefn("station", ogr.OFTInteger))
    for number, (_, place) in enumerate(TWO, 1):
        feature = ogr.Feature(points.GetLayerDefn())
        feature.SetField("station", number)
        x, y, _ = change.TransformPoint(*place)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT({x} {y})"))
        points.CreateFeature(feature)
    table = data.CreateLayer("rain", None, ogr.wkbNone)
    for name, kind in (("station", ogr.OFTString), ("time", ogr.OFTDateTime), ("intensity_mm_h", ogr.OFTReal)):
        table.CreateField(ogr.FieldDefn(name, kind))
    for number in (1, 2):
        for minute in (10, 20, 30):
            feature = ogr.Feature(table.GetLayerDefn())
            feature.SetField("station", str(number))
            feature.SetField("time", 2026, 6, 1, 0, minute, 0, 100)
            feature.SetField("intensity_mm_h", 30.0 * number)
            table.CreateFeature(feature)
    del feature, table, points, data
    summary, warnings, log = flood(
        GAUGES=f"{path}|layername=places",
        GAUGE_RAIN=f"{path}|layername=rain",
        RAIN_START="2026-06-01T08:10+08:00",
        DURATION_MIN=25,
    )
    assert summary["rain_mm"] == pytest.approx((10.0 + 20.0) / 2, rel=1e-6)
    assert any("the run starts at 2026-06-01T00:10Z" in line for line in log)
    assert len(warnings) == 1
    assert "2 rows end before the run starts" in warnings[0]


def test_even_rain_that_a_run_cuts_off_is_what_fell(flood, tmp_path):
    fallen = str(tmp_path / "rain.tif")
    flood(RAIN=storm(), DURATION_MIN=7.5, RAIN_TOTAL=fallen)
    depths = read_grid(QgsRasterLayer(fallen, "rain")).values
    np.testing.assert_allclose(depths, 10.5, rtol=1e-6)
