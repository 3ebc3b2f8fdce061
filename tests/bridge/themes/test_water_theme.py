"""The indicators and charts of the water theme on the demo district, against SQL on the same tables."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from qgis.core import QgsVectorLayer

from twin_plugin.bridge.demo.layers import write_layers
from twin_plugin.bridge.themes.charts import chart_rows
from twin_plugin.bridge.themes.documents import theme_named
from twin_plugin.bridge.themes.indicators import compute
from twin_plugin.core.demo.water import EVENT_START, NOW_MIN
from twin_plugin.core.themes.indicator_values import IndicatorState
from twin_plugin.core.themes.theme import FileSource, Folder, Need

pytestmark = pytest.mark.usefixtures("qgis_app")
MOMENT = EVENT_START + timedelta(minutes=NOW_MIN)
SQL = {
    "rain_60_min": "SELECT max(rain_60_min_mm) FROM rain_now",
    "sensors_over": "SELECT count(*) FROM water_levels WHERE depth_m >= limit_m",
    "deepest": "SELECT max(depth_m) FROM water_levels WHERE kind = 'street'",
    "pumps_running": "SELECT count(*) FROM pumps WHERE flow_m3s > 0",
    "pump_flow": "SELECT sum(flow_m3s) FROM pumps",
    "crews_deployed": "SELECT count(*) FROM crews WHERE state = 'deployed'",
}
"""Of the tables of the district; the others are those of results, which their own algorithms test."""


@pytest.fixture(scope="module")
def base(synthetic_district, tmp_path_factory, qgis_app):
    path = tmp_path_factory.mktemp("water 水务") / "district.gpkg"
    write_layers(synthetic_district(60, 1), path)
    return path


@pytest.fixture(scope="module")
def theme(qgis_app):
    return theme_named("water").value


def opened(theme, name, base):
    layer = next(one for one in theme.layers if one.id == name)
    source = next(one for one in layer.sources if isinstance(one, FileSource) and one.folder is Folder.DATA)
    found = QgsVectorLayer(f"{base}|layername={source.table}", name, "ogr")
    assert found.isValid()
    if layer.where:
        assert found.setSubsetString(layer.where)
    return found


@pytest.mark.parametrize("name", SQL)
def test_indicators_equal_sql(theme, base, name):
    indicator = next(one for one in theme.indicators if one.id == name)
    value = compute(indicator, opened(theme, indicator.layer, base), None, MOMENT + timedelta(minutes=5))
    connection = sqlite3.connect(base)
    wanted = connection.execute(SQL[name]).fetchone()[0]
    connection.close()
    assert value.value == pytest.approx(wanted, rel=1e-9)
    assert value.state is IndicatorState.CURRENT
    assert value.age_s == pytest.approx(300)
    assert compute(indicator, opened(theme, indicator.layer, base), None, MOMENT + timedelta(days=30)).stale


def test_the_chart_of_levels_is_the_deepest_of_each_time(theme, base):
    chart = next(one for one in theme.charts if one.id == "level_over_time")
    found = chart_rows(chart, opened(theme, chart.layer, base), None)
    connection = sqlite3.connect(base)
    wanted = connection.execute(
        "SELECT time_min, max(depth_m) FROM water_level_series GROUP BY 1 ORDER BY 1"
    ).fetchall()
    connection.close()
    assert [tuple(row) for row in found.rows] == wanted


def test_every_layer_of_the_districts_folder_is_in_the_demo_and_musts_need_no_results(theme, base):
    for layer in theme.layers:
        own = [one for one in layer.sources if isinstance(one, FileSource)]
        for source in own:
            if source.path == "district.gpkg":
                assert QgsVectorLayer(f"{base}|layername={source.table}", "x", "ogr").isValid(), source
        if layer.need is Need.MUST:
            assert any(source.folder is Folder.DATA for source in own), layer.id


def test_groups_are_forecast_warning_rehearsal_and_plan(theme):
    assert {"forecast", "warning", "rehearsal", "plan"} <= {group.id for group in theme.groups}
    assert [one.id for one in theme.map_themes] == ["forecast", "warning", "rehearsal", "plan"]
