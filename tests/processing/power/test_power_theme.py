"""The power theme on the demo district: it reads without a fault, and each indicator equals SQL on the same data."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from qgis.core import Qgis, QgsProject, QgsVectorLayer

from tests.memory_layers import memory_layer, written_layer
from twin_plugin.bridge.demo.layers import write_layers
from twin_plugin.bridge.kernel import resources, styles
from twin_plugin.bridge.themes.charts import chart_rows
from twin_plugin.bridge.themes.documents import theme_named
from twin_plugin.bridge.themes.indicators import compute
from twin_plugin.core.themes.theme import FileSource, Folder, Need

SQL = {
    "load_mw": ("district", "select sum(p_kw) / 1000 from power_nodes"),
    "roofs_mw": ("district", "select sum(kwp) / 1000 from pv_roofs"),
    "spare_mw": ("power_feeders", "select sum(spare_kw) / 1000 from power_feeders"),
    "spare_least_mw": ("power_feeders", "select min(spare_kw) / 1000 from power_feeders"),
    "loading_max": ("power_lines", "select max(loading_percent) from power_lines"),
    "voltage_min": ("power_nodes", "select min(voltage_pu) from power_nodes"),
    "points_free": ("district", "select count(*) from charging_points where state = 'free'"),
    "points_broken": ("district", "select count(*) from charging_points where state = 'out of order'"),
    "charging_mw": ("district", "select sum(p_kw) / 1000 from charging_stations"),
    "v2g_mw": ("district", "select sum(v2g_kw) / 1000 from charging_stations"),
    "stored_mwh": ("district", "select sum(mwh * soc_pct / 100) from storage"),
    "soc_least": ("district", "select min(soc_pct) from storage"),
    "reserve_h": ("district", "select min(backup_h) from critical_buildings"),
    "critical_short": ("district", "select count(*) from critical_buildings where backup_h < 1"),
    "in_water": ("assets_risk", "select count(*) from assets_risk where passable = 'closed'"),
    "dark_nodes": ("power_supply", "select count(*) from power_supply where kind = 'node'"),
}
"""Each indicator by itself: the file and the question."""
CHARTS = {
    "load_feeder": (
        "district",
        "select feeder, sum(p_kw) / 1000 from power_nodes where feeder <> '' group by feeder order by feeder",
    ),
    "spare_feeder": (
        "power_feeders",
        "select feeder, max(spare_kw) / 1000 from power_feeders group by feeder order by 1",
    ),
    "load_hour": ("district", "select hour, sum(p_kw) / 1000 from load_by_hour group by hour order by hour"),
    "soc_hour": ("district", "select hour, avg(soc_pct) from load_by_hour group by hour order by hour"),
    "vehicles_hour": ("district", "select hour, sum(plugged_in) from vehicles_by_hour group by hour order by hour"),
}
SYMBOLS = {
    Qgis.GeometryType.Point: Qgis.SymbolType.Marker,
    Qgis.GeometryType.Line: Qgis.SymbolType.Line,
    Qgis.GeometryType.Polygon: Qgis.SymbolType.Fill,
}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def theme(qgis_app):
    return theme_named("power").value


@pytest.fixture(scope="module")
def folders(qgis_plugin, synthetic_district, tmp_path_factory):
    """The district's data, and the results of the load flow, of a substation in water, and of its assets."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    folder = tmp_path_factory.mktemp("电力 power")
    write_layers(synthetic_district(60, 1), folder / "district.gpkg")
    tables = {
        "NODES": "power_nodes", "FEEDERS": "feeders", "SUBSTATIONS": "substations", "LOADS": "load_by_hour",
        "STORAGE": "storage", "CRITICAL": "critical_buildings",
    }  # fmt: skip
    inputs = {name: f"{folder / 'district.gpkg'}|layername={table}" for name, table in tables.items()}
    with sqlite3.connect(folder / "district.gpkg") as base:
        assets = base.execute("select asset_id, kind from assets").fetchall()
    failures = memory_layer(
        "NoGeometry", [(None, (name, 56.0)) for name, kind in assets if kind == "substation"],
        ("asset:string", "minute:real"), "failures",
    )  # fmt: skip

    def run(**more):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:powerflow")
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        parameters = {**inputs, "METHOD": "builtin", **{name: str(folder / file) for name, file in more.items()}}
        return parameters, context, algorithm

    for more, extra in (
        ({"LINES": "power_lines.gpkg", "NODES_OUT": "power_nodes.gpkg", "BY_FEEDER": "power_feeders.gpkg",
          "BY_HOUR": "power_hours.gpkg"}, {}),
        ({"LINES": "dark_lines.gpkg", "NODES_OUT": "dark_nodes.gpkg", "SUPPLY": "power_supply.gpkg"},
         {"FAILURES": failures, "METHOD": "topology"}),
    ):  # fmt: skip
        parameters, context, algorithm = run(**more)
        _, done = algorithm.run(parameters | extra, context, QgsProcessingFeedback(False), {}, False)
        assert done
    rows = [
        (
            f"POINT({493_000 + 10 * k} 2490800)",
            {"asset_id": name, "passable": "closed" if kind == "substation" else "open"},
        )
        for k, (name, kind) in enumerate(assets)
    ]
    written_layer(folder / "assets_risk.gpkg", "assets_risk", rows)
    return folder


def layer_of(theme, folders, name):
    found = next(layer for layer in theme.layers if layer.id == name)
    source = next(source for source in found.sources if isinstance(source, FileSource))
    place = f"{folders / source.path}" + (f"|layername={source.table}" if source.table else "")
    return QgsVectorLayer(place, found.title["en"], "ogr")


def asked(folders, where):
    file, question = where
    with sqlite3.connect(folders / f"{file}.gpkg") as base:
        return base.execute(question).fetchall()


@pytest.mark.parametrize("name", SQL)
def test_each_indicator_equals_sql(theme, folders, name):
    indicator = next(one for one in theme.indicators if one.id == name)
    found = compute(indicator, layer_of(theme, folders, indicator.layer), None, NOW)
    [(expected,)] = asked(folders, SQL[name])
    assert found.value == pytest.approx(expected, rel=1e-12), found.reason
    assert found.used > 0 or indicator.statistic == "count"


def test_every_indicator_and_chart_has_its_sql(theme):
    assert {indicator.id for indicator in theme.indicators} == set(SQL)
    assert {chart.id for chart in theme.charts} == set(CHARTS)


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_equals_sql(theme, folders, name):
    chart = next(one for one in theme.charts if one.id == name)
    rows = dict(chart_rows(chart, layer_of(theme, folders, chart.layer), None).rows)
    expected = asked(folders, CHARTS[name])
    assert list(rows) == [x for x, _ in expected]
    assert list(rows.values()) == pytest.approx([y for _, y in expected], rel=1e-12)


def test_figures_of_the_demo_district(theme, folders):
    """What the guide and the tiles show: known from the plan of the district."""
    found = {one.id: compute(one, layer_of(theme, folders, one.layer), None, NOW).value for one in theme.indicators}
    assert found["dark_nodes"] == 23
    assert (found["points_free"], found["points_broken"]) == (10, 1)
    assert found["stored_mwh"] == pytest.approx(7.5)
    assert (found["reserve_h"], found["critical_short"], found["in_water"]) == (0.0, 1, 1)


def test_layers_styles_and_places_belong_together(theme, folders):
    """Each layer opens, and its style is of its geometry; must-layers are in the district's data."""
    for layer in theme.layers:
        source = next(own for own in layer.sources if isinstance(own, FileSource))
        if source.path.endswith(".tif"):
            continue
        opened = layer_of(theme, folders, layer.id)
        assert opened.isValid(), layer.id
        if layer.style:
            assert resources.style(layer.style).exists(), layer.style
            styles.apply(opened, layer.style)
            shown = {item.symbol().type() for item in opened.renderer().legendSymbolItems()}
            assert shown == {SYMBOLS[opened.geometryType()]}, layer.id
        if layer.need is Need.MUST:
            assert source.folder is Folder.DATA
        if layer.need is Need.CONDITIONAL:
            assert set(layer.condition) == {"en", "zh"}


def test_every_text_is_in_both_languages(theme):
    texts = [theme.title, theme.purpose, theme.layout.title]
    for group in (theme.groups, theme.layers, theme.indicators, theme.charts, theme.map_themes, theme.bookmarks):
        texts += [one.title for one in group]
    texts += [threshold.label for one in theme.indicators for threshold in one.thresholds]
    assert all(set(text) == {"en", "zh"} for text in texts)
