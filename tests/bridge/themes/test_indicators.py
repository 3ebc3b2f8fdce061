"""Indicators beside independent computations in SQL and numpy on the same data, and what has no value says why."""

from __future__ import annotations

import math
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import numpy as np
import pyproj
import pytest
import shapely
from osgeo import gdal, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from tests.memory_layers import memory_layer, written_layer
from twin_plugin.bridge.themes.charts import chart_rows
from twin_plugin.bridge.themes.feature_values import LayerFeatures, moment
from twin_plugin.bridge.themes.indicators import Preparation, compute, features_behind
from twin_plugin.bridge.themes.live_expressions import live_expression
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.messages import Message
from twin_plugin.core.themes.district import District
from twin_plugin.core.themes.indicator_values import IndicatorState
from twin_plugin.core.themes.theme import Chart, Indicator, Statistic

pytestmark = pytest.mark.usefixtures("qgis_app")
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
CENTRE = (114.0, 22.5)
DISTRICT = District("d", {"en": "D"}, ((113.99, 22.49), (114.012, 22.492), (114.01, 22.51), (113.992, 22.508)))
COUNTED = (Statistic.COUNT, Statistic.SUM, Statistic.MEAN, Statistic.MINIMUM, Statistic.MAXIMUM)


def indicator(statistic, expression='"level_m"', **changes):
    changes.setdefault("expression", "" if statistic in (Statistic.COUNT, Statistic.AREA_ABOVE) else expression)
    return Indicator("i", {"en": "I"}, "m", "levels", statistic, **changes)


@pytest.fixture(scope="module")
def city():
    """Places in degrees, levels (some NULL), and states of 400 gauges."""
    random = np.random.default_rng(7)
    lon, lat = CENTRE[0] + random.uniform(-0.03, 0.03, 400), CENTRE[1] + random.uniform(-0.03, 0.03, 400)
    level = np.where(random.random(400) < 0.15, np.nan, random.normal(2.0, 1.0, 400).round(3))
    state = np.where(random.random(400) < 0.5, "on", "off")
    return lon, lat, level, state


def write(city, path, epsg):
    lon, lat, level, state = city
    x, y = pyproj.Transformer.from_crs(4326, epsg, always_xy=True).transform(lon, lat)
    rows = [
        (f"POINT({a!r} {b!r})", {"level_m": None if math.isnan(c) else float(c), "state": str(d)})
        for a, b, c, d in zip(x.tolist(), y.tolist(), level, state, strict=True)
    ]
    written_layer(path, "gauges", rows, epsg)
    return QgsVectorLayer(f"{path}|layername=gauges", "gauges", "ogr")


def inside(city):
    return shapely.contains_xy(shapely.Polygon(DISTRICT.outline), city[0], city[1])


def by_numpy(statistic, values):
    functions = {
        Statistic.COUNT: len,
        Statistic.SUM: np.sum,
        Statistic.MEAN: np.mean,
        Statistic.MINIMUM: np.min,
        Statistic.MAXIMUM: np.max,
    }
    return functions[statistic](values)


@pytest.mark.parametrize("epsg", [4547, 4326, 3857])
def test_features_in_a_district_equal_numpy_in_every_crs(city, tmp_path, epsg):
    layer = write(city, tmp_path / "城 市.gpkg", epsg)
    lies, level, state = inside(city), city[2], city[3]
    assert 30 < lies.sum() < 200
    for statistic in COUNTED:
        found = compute(indicator(statistic, where="\"state\" = 'on'"), layer, DISTRICT, NOW)
        chosen = level[lies & (state == "on")]
        values = chosen if statistic is Statistic.COUNT else chosen[~np.isnan(chosen)]
        assert found.value == pytest.approx(by_numpy(statistic, values), rel=1e-12)
        assert found.used == len(values)
        assert found.left_out == (~lies).sum() + len(chosen) - len(values)
        assert f"Left out: {(~lies).sum()} outside the district." in found.reason
        if statistic is not Statistic.COUNT:
            assert f"Left out: {np.isnan(chosen).sum()} without a value." in found.reason


def test_a_whole_layer_and_a_filtered_one_equal_sql(city, tmp_path):
    layer = write(city, tmp_path / "a.gpkg", 4547)
    database = sqlite3.connect(tmp_path / "a.gpkg")
    numbers = "count(*), sum(level_m * 2 + 1), avg(level_m * 2 + 1), min(level_m * 2 + 1), max(level_m * 2 + 1)"
    for subset in ("", "level_m > 2"):
        layer.setSubsetString(subset)
        sql = f"SELECT {numbers} FROM gauges WHERE level_m < 3 AND {subset or 'TRUE'}"  # noqa: S608
        for statistic, expected in zip(COUNTED, database.execute(sql).fetchone(), strict=True):
            found = compute(indicator(statistic, '"level_m" * 2 + 1', where="level_m < 3"), layer, None, NOW)
            assert found.value == pytest.approx(expected, rel=1e-12)
            assert ("The layer has the filter level_m > 2." in found.reason) is bool(subset)


def test_a_layer_of_another_project_with_the_same_name_does_not_count(city, tmp_path):
    layer = write(city, tmp_path / "a.gpkg", 4547)
    expected = compute(indicator(Statistic.SUM), layer, DISTRICT, NOW).value
    other = memory_layer("Point", [("POINT(0 0)", [999.0])], ["level_m:double"], "gauges", "EPSG:4326")
    project = QgsProject.instance()
    project.addMapLayer(other)
    try:
        assert compute(indicator(Statistic.SUM), layer, DISTRICT, NOW).value == expected
    finally:
        project.clear()


def test_polygons_lie_where_a_point_on_their_surface_does():
    rows = [("POLYGON((113.9 22.4, 114.1 22.4, 114.1 22.6, 113.9 22.6, 113.9 22.4))", [1.0])]
    rows += [("POLYGON((114.2 22.5, 114.3 22.5, 114.3 22.6, 114.2 22.5))", [2.0]), ("", [4.0])]
    layer = memory_layer("Polygon", rows, ["level_m:double"], "areas", "EPSG:4326")
    found = compute(indicator(Statistic.SUM), layer, DISTRICT, NOW)
    assert (found.value, found.used, found.left_out) == (1.0, 1, 2)
    assert compute(indicator(Statistic.SUM), layer, None, NOW).value == 7.0


def levels(rows, kind="Point", fields=("level_m:double", "time:string"), crs="EPSG:4326"):
    place = "POINT(114 22.5)" if kind == "Point" else ""
    return memory_layer(kind, [(place, row) for row in rows], list(fields), "levels", crs)


def test_nothing_is_no_value_but_a_count_and_a_sum_of_a_layer_that_was_read():
    empty = levels([])
    for statistic in COUNTED:
        found = compute(indicator(statistic), empty, DISTRICT, NOW)
        assert found.value == (0 if statistic in (Statistic.COUNT, Statistic.SUM) else None)
        assert found.reason == "The layer 'levels' has no features."
    none_matches = levels([[1.0, ""]])
    for statistic in COUNTED:
        found = compute(indicator(statistic, where="level_m > 5"), none_matches, DISTRICT, NOW)
        assert found.value == (0 if statistic in (Statistic.COUNT, Statistic.SUM) else None)
        assert "No feature of the layer 'levels' fulfils the conditions." in found.reason


def test_features_without_values_give_none_and_not_zero():
    found = compute(indicator(Statistic.SUM), levels([[None, ""], [None, ""]]), DISTRICT, NOW)
    assert (found.value, found.state, found.used, found.left_out) == (None, IndicatorState.NO_VALUE, 0, 2)
    assert "None of 2 features has a value." in found.reason


def test_what_is_no_number_is_left_out_and_counted():
    layer = memory_layer(
        "Point", [("POINT(114 22.5)", [text]) for text in ("3", "x", None)], ["level_m:string"], "l", "EPSG:4326"
    )
    found = compute(indicator(Statistic.SUM), layer, DISTRICT, NOW)
    assert (found.value, found.left_out) == (None, 3)
    assert "Left out: 2 whose value is no number." in found.reason
    found = compute(indicator(Statistic.SUM, 'to_real("level_m")'), layer, DISTRICT, NOW)
    assert (found.value, found.used, found.left_out) == (3.0, 1, 2)
    found = compute(indicator(Statistic.SUM, "1 / 0"), layer, DISTRICT, NOW)
    assert (found.value, found.left_out) == (None, 3)


@pytest.mark.parametrize("layer_of", [lambda: None, lambda: QgsVectorLayer("/nowhere.gpkg", "x", "ogr")])
def test_a_layer_that_is_not_there_has_a_reason(layer_of):
    for absence in (None, Message("The service is down.")):
        for statistic in COUNTED:
            found = compute(indicator(statistic), layer_of(), DISTRICT, NOW, 5.0, absence=absence)
            assert (found.value, found.previous, found.state) == (None, 5.0, IndicatorState.NO_VALUE)
            assert found.reason == absence if absence else found.reason


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"expression": "env('HOME')"}, "'env' is not allowed"),
        ({"expression": '"level_m"', "where": "@layer_name = 'x'"}, "variables"),
        ({"expression": '"depth"'}, "no field 'depth'"),
        ({"expression": "area($geometry)"}, "Lengths and areas cannot be measured in EPSG:4326"),
    ],
)
def test_an_expression_that_cannot_be_used_is_the_reason(changes, expected):
    found = compute(indicator(Statistic.SUM, **changes), levels([[1.0, ""]]), DISTRICT, NOW)
    assert found.value is None
    assert expected in found.reason


def test_a_layer_without_crs_has_no_value_in_a_district():
    layer = memory_layer("Point", [("POINT(114 22.5)", [1.0])], ["level_m:double"], "levels", "EPSG:4326")
    layer.setCrs(QgsCoordinateReferenceSystem())
    found = compute(indicator(Statistic.COUNT), layer, DISTRICT, NOW)
    assert found.value is None
    assert "has no CRS" in found.reason
    assert compute(indicator(Statistic.COUNT), layer, None, NOW).value == 1


def test_a_table_without_geometry_counts_whole_and_says_so():
    layer = QgsVectorLayer("None?field=level_m:double", "levels", "memory")
    layer.dataProvider().addFeatures([])
    found = compute(indicator(Statistic.COUNT), levels([[1.0, ""], [2.0, ""]], "None"), DISTRICT, NOW)
    assert found.value == 2
    assert "rows of every district count" in found.reason


def test_areas_and_lengths_are_those_of_the_map_in_true_metres():
    square = "POLYGON((500000 2490000, 500100 2490000, 500100 2490050, 500000 2490050, 500000 2490000))"
    layer = memory_layer("Polygon", [(square, [1.0])], ["level_m:double"], "areas", "EPSG:4547")
    found = compute(indicator(Statistic.SUM, "area($geometry)"), layer, None, NOW)
    assert found.value == pytest.approx(5000, rel=1e-9)
    assert compute(indicator(Statistic.SUM, "perimeter($geometry)"), layer, None, NOW).value == pytest.approx(300)
    districts = [District("d", {"en": "D"}, tuple((x + 0.003, y) for x, y in DISTRICT.outline)), None]
    project = QgsProject.instance()
    project.addMapLayer(layer)
    try:
        for district in districts:
            one = indicator(Statistic.SUM, "area($geometry)", where="length($geometry) > 100")
            expected = compute(one, layer, district, NOW).value
            assert evaluate(live_expression(one, layer.id(), layer.crs(), district)) == pytest.approx(expected)
            for other in ("EPSG:4326", "EPSG:3857")[: 2 if district else 1]:
                assert live_expression(one, "x", QgsCoordinateReferenceSystem(other), district) == ""
    finally:
        project.takeMapLayer(layer)
        project.clear()
    mercator = memory_layer("Polygon", [(square, [1.0])], ["level_m:double"], "areas", "EPSG:3857")
    assert "EPSG:3857" in compute(indicator(Statistic.SUM, "area($geometry)"), mercator, None, NOW).reason


def text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def timed(statistic, **changes):
    return indicator(statistic, time_field="TIME", **changes)


def test_the_newest_time_says_how_old_a_value_is():
    layer = levels([[1.0, text(NOW - timedelta(hours=2))], [2.0, text(NOW - timedelta(minutes=20))], [3.0, "never"]])
    found = compute(timed(Statistic.SUM, age_limit_s=1200), layer, DISTRICT, NOW)
    assert (found.value, found.time, found.age_s, found.stale) == (6.0, NOW - timedelta(minutes=20), 1200, False)
    assert compute(timed(Statistic.SUM, age_limit_s=1199), layer, DISTRICT, NOW).stale
    latest = compute(timed(Statistic.LATEST), layer, DISTRICT, NOW)
    assert (latest.value, latest.left_out) == (2.0, 1)
    assert "Left out: 1 without a time." in latest.reason


def test_a_sensor_whose_clock_runs_ahead_hides_no_other():
    layer = levels([[1.0, text(NOW)], [9.0, "2099-01-01T00:00:00Z"]])
    for statistic in (Statistic.LATEST, Statistic.MAXIMUM):
        found = compute(timed(statistic, age_limit_s=60), layer, DISTRICT, NOW)
        assert (found.value, found.time, found.stale) == (1.0, NOW, False)
        assert "Left out: 1 whose time lies in the future." in found.reason


def test_a_missing_field_of_times_is_said_and_the_value_stale():
    layer = levels([[1.0, text(NOW)]])
    found = compute(indicator(Statistic.SUM, time_field="when", age_limit_s=60), layer, DISTRICT, NOW)
    assert (found.value, found.stale) == (1.0, True)
    assert "no field 'when'" in found.reason
    assert compute(indicator(Statistic.LATEST, time_field="when"), layer, DISTRICT, NOW).value is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-07-01T12:00:00Z", NOW),
        ("2026-07-01T20:00:00+08:00", NOW),
        ("2026-07-01 12:00", NOW),
        ("2026-07-01", NOW - timedelta(hours=12)),
        (QDate(2026, 7, 1), NOW - timedelta(hours=12)),
        (QDateTime(QDate(2026, 7, 1), QTime(12, 0), Qt.TimeSpec.UTC), NOW),
        (QDateTime(QDate(2026, 7, 1), QTime(20, 0), Qt.TimeSpec.OffsetFromUTC, 8 * 3600), NOW),
        (QDateTime(QDate(2026, 7, 1), QTime(12, 0)), NOW),
        (QDateTime(), None),
        ("soon", None),
        (5, None),
        (None, None),
    ],
)
def test_times_in_every_form(value, expected):
    assert moment(value) == expected


def test_the_features_behind_a_value_are_those_that_count(city, tmp_path):
    layer = write(city, tmp_path / "a.gpkg", 4547)
    one = indicator(Statistic.SUM, where="\"state\" = 'on'")
    behind = features_behind(one, LayerFeatures.of(layer), DISTRICT, NOW)
    chosen = inside(city) & (city[3] == "on") & ~np.isnan(city[2])
    assert sorted(behind.ids) == (np.flatnonzero(chosen) + 1).tolist()  # SQLite counts from 1
    assert math.fsum(behind.values) == compute(one, layer, DISTRICT, NOW).value


def test_other_threads_compute_what_the_layers_were_when_prepared(city, depth, tmp_path):
    layer = write(city, tmp_path / "a.gpkg", 4547)
    layers = [(indicator(Statistic.SUM), layer)]
    layers += [(indicator(Statistic.MEAN, expression=""), raster(tmp_path / "a.tif", depth))]
    expected = [compute(one, of, None, NOW).value for one, of in layers]
    prepared = [Preparation(one, of, None) for one, of in layers * 4]
    layer.setSubsetString("level_m > 2")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: one.compute(NOW).value, prepared))
    assert found == expected * 4


def test_a_cancel_ends_the_reading(city, tmp_path):
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(Cancelled):
        compute(indicator(Statistic.COUNT), write(city, tmp_path / "a.gpkg", 4547), DISTRICT, NOW, feedback=feedback)


def evaluate(expression):
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(QgsProject.instance()))
    parsed = QgsExpression(expression)
    assert not parsed.hasParserError(), parsed.parserErrorString()
    value = parsed.evaluate(context)
    assert not parsed.hasEvalError(), parsed.evalErrorString()
    return value


@pytest.mark.parametrize("epsg", [4547, 4326])
@pytest.mark.parametrize("district", [DISTRICT, None], ids=["district", "whole"])
def test_live_expressions_give_the_same_numbers(city, tmp_path, epsg, district):
    layer = write(city, tmp_path / "城 'x'.gpkg", epsg)
    layer.setName('it\'s "a" layer')
    project = QgsProject.instance()
    project.addMapLayer(layer)
    try:
        for statistic in COUNTED:
            for where in ("", "state = 'on' OR level_m > 3", "level_m > 99"):
                one = indicator(statistic, where=where)
                expected = compute(one, layer, district, NOW).value
                live = evaluate(live_expression(one, layer.id(), layer.crs(), district))
                assert live == (pytest.approx(expected, rel=1e-9) if expected is not None else None)
    finally:
        project.clear()


def test_live_expressions_of_times_and_of_nothing():
    now = datetime.now(UTC)
    rows = [[1.0, text(now - timedelta(hours=1))], [2.0, text(now - timedelta(hours=2))], [None, text(now)]]
    rows += [[7.0, "2099-01-01T00:00:00Z"], [8.0, "never"]]
    project = QgsProject.instance()
    try:
        for data in (rows, [[None, text(now)]], []):
            layer = project.addMapLayer(levels(data))
            for statistic in (*COUNTED, Statistic.LATEST):
                one = timed(statistic)
                expected = compute(one, layer, DISTRICT, now).value
                live = evaluate(live_expression(one, layer.id(), layer.crs(), DISTRICT))
                assert (live, statistic) == (expected, statistic)
    finally:
        project.clear()


def test_a_live_expression_holds_nothing_that_is_not_allowed():
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    for changes in ({"expression": "env('HOME')"}, {"where": "level_m > 0 -- "}, {"where": "1) + eval('1'"}):
        with pytest.raises(InputError):
            live_expression(indicator(Statistic.SUM, **changes), "x", crs, DISTRICT)
    assert live_expression(indicator(Statistic.MAXIMUM, expression=""), "x", crs, DISTRICT) == ""
    assert live_expression(indicator(Statistic.AREA_ABOVE, above=1.0), "x", crs, DISTRICT) == ""


def raster(path, values, epsg=4547, corner=(500000.0, 2490000.0), cell=(5.0, 5.0), no_data=-9999.0, scale=None):
    driver = gdal.GetDriverByName("GTiff")
    rows, columns = values.shape
    kind = gdal.GDT_Int16 if values.dtype == np.int16 else gdal.GDT_Float32
    dataset = driver.Create(str(path), columns, rows, 1, kind)
    dataset.SetGeoTransform((corner[0], cell[0], 0, corner[1], 0, -cell[1]))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    dataset.SetProjection(reference.ExportToWkt())
    band = dataset.GetRasterBand(1)
    band.SetNoDataValue(no_data)
    if scale:
        band.SetScale(scale[0])
        band.SetOffset(scale[1])
    band.WriteArray(values)
    band = dataset = None
    return QgsRasterLayer(str(path), "depth")


@pytest.fixture
def depth():
    random = np.random.default_rng(3)
    values = random.gamma(1.0, 0.3, (400, 300)).astype(np.float32)
    values[random.random(values.shape) < 0.1] = -9999
    return values


def test_rasters_equal_numpy_in_a_district_and_whole(depth, tmp_path):
    layer = raster(tmp_path / "水 深.tif", depth)
    corners = ((500203.0, 2489900.0), (501010.0, 2489700.0), (500900.0, 2488500.0), (500150.0, 2488300.0))
    district = District("d", {"en": "D"}, corners, "EPSG:4547")
    x, y = np.meshgrid(500000 + 5 * (np.arange(300) + 0.5), 2490000 - 5 * (np.arange(400) + 0.5))
    for area, lies in ((district, shapely.contains_xy(shapely.Polygon(corners), x, y)), (None, np.ones(x.shape, bool))):
        cells = depth[lies].astype(np.float64)
        there = cells[cells != -9999]
        expected = {
            Statistic.MINIMUM: there.min(),
            Statistic.MAXIMUM: there.max(),
            Statistic.MEAN: there.mean(),
            Statistic.AREA_ABOVE: 25 * (there > 0.5).sum(),
        }
        for statistic, value in expected.items():
            found = compute(indicator(statistic, expression="", above=0.5), layer, area, NOW)
            assert found.value == pytest.approx(value, rel=1e-9)
            assert (found.used, found.left_out) == (there.size, cells.size - there.size)


def test_a_raster_in_strips_gives_the_same(depth, tmp_path, monkeypatch):
    layer = raster(tmp_path / "a.tif", depth)
    whole = [compute(indicator(s, expression=""), layer, None, NOW).value for s in (Statistic.MEAN, Statistic.MAXIMUM)]
    monkeypatch.setattr("twin_plugin.bridge.themes.raster_values.STRIP_CELLS", 1000)
    strips = [compute(indicator(s, expression=""), layer, None, NOW).value for s in (Statistic.MEAN, Statistic.MAXIMUM)]
    assert strips == pytest.approx(whole, rel=1e-12)


def test_a_raster_with_scale_and_offset_and_in_degrees(tmp_path):
    values = np.array([[1, 2, -1], [3, 4, 5]], np.int16)
    layer = raster(tmp_path / "a.tif", values, 4326, (114.0, 22.502), (0.001, 0.001), -1, (0.5, 10.0))
    found = compute(indicator(Statistic.MEAN, expression=""), layer, DISTRICT, NOW)
    assert found.value == pytest.approx(10 + 0.5 * 3)
    assert (found.used, found.left_out) == (5, 1)
    found = compute(indicator(Statistic.AREA_ABOVE, above=0.0), layer, DISTRICT, NOW)
    assert found.value is None
    assert "not in metres" in found.reason


def test_rasters_without_cells_in_the_district_or_with_a_wrong_statistic_have_no_value(depth, tmp_path):
    layer = raster(tmp_path / "a.tif", depth)
    elsewhere = District("e", {"en": "E"}, tuple((x + 1, y) for x, y in DISTRICT.outline))
    for statistic in (Statistic.AREA_ABOVE, Statistic.MEAN):
        found = compute(indicator(statistic, expression="", above=0.0), layer, elsewhere, NOW)
        assert found.value is None
        assert "no data in the district" in found.reason
    for one in (
        indicator(Statistic.SUM),
        indicator(Statistic.COUNT),
        indicator(Statistic.MEAN, expression="", where="1"),
    ):
        found = compute(one, layer, None, NOW)
        assert found.value is None
        assert "neither features nor fields" in found.reason


def test_a_damaged_raster_is_the_reason(depth, tmp_path):
    layer = raster(tmp_path / "a.tif", depth)
    data = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(data[: len(data) // 3])
    found = compute(indicator(Statistic.MEAN, expression=""), layer, None, NOW)
    assert found.value is None
    assert "damaged" in found.reason or "cannot be read" in found.reason


def test_charts_equal_numpy(city, tmp_path):
    layer = write(city, tmp_path / "a.gpkg", 4547)
    lies, level, state = inside(city), city[2], city[3]
    found = chart_rows(Chart("c", {"en": "C"}, "levels", "bar", '"state"', '"level_m"'), layer, DISTRICT)
    for name, value in found.rows:
        assert value == pytest.approx(np.nansum(level[lies & (state == name)]), rel=1e-12)
    assert [name for name, _ in found.rows] == ["off", "on"]
    assert found.used == (lies & ~np.isnan(level)).sum()
    assert found.left_out == 400 - found.used
    count = Chart("c", {"en": "C"}, "levels", "bar", '"state"', "", Statistic.COUNT)
    assert dict(chart_rows(count, layer, None).rows) == {name: (state == name).sum() for name in ("on", "off")}
    with pytest.raises(InputError, match="'env' is not allowed"):
        chart_rows(Chart("c", {"en": "C"}, "levels", "bar", "env('HOME')", '"level_m"'), layer, None)
    with pytest.raises(InputError, match="needs a vector layer"):
        chart_rows(count, None, None)
