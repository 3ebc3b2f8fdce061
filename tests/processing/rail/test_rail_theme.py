"""The shipped theme rail on the demo district: its document holds, its styles fit, its numbers equal SQL."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
)

from twin_plugin.bridge.demo.layers import write_layers
from twin_plugin.bridge.kernel import resources
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.themes.charts import chart_rows
from twin_plugin.bridge.themes.documents import read_theme
from twin_plugin.bridge.themes.indicators import compute
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.themes.theme import FileSource, Folder

NEW = "coalesce(state, '') <> 'operating'"
SQL = {
    **{f"people_{m}": ("rail_options", "select max(people_{m}_min) from {t} where {new}", m) for m in (5, 10, 15)},
    **{f"jobs_{m}": ("rail_options", "select max(jobs_{m}_min) from {t} where {new}", m) for m in (5, 10, 15)},
    "clashes": ("rail_options", "select sum(clashes) from {t} where {new}", 0),
    "fewest_clashes": ("rail_options", "select min(clashes) from {t} where {new}", 0),
    "entrances_below": ("rail_entrance_levels", "select count(*) from {t} where level_m > sill_elev_m", 0),
    "entrances_unknown": ("rail_entrance_levels", "select count(*) from {t} where sill_elev_m is null", 0),
    "other_zones": ("rail_options", "select sum(other_zones_km) from {t} where {new}", 0),
    "zones_area": ("rail_protection", "select sum(area_m2) / 10000 from {t}", 0),
    "least_cost": ("rail_options", "select min(cost_mcny) from {t} where cost_mcny is not null", 0),
    "operating_km": ("district", "select sum(length_m) / 1000 from rail_lines where option = 'L97'", 0),
}
"""File, query and minutes of each indicator; {t} is the only table of the file."""
CHARTS = {
    "people_by_option": "select option, people_5_min from {t}",
    "jobs_by_option": "select option, jobs_5_min from {t}",
    "clashes_by_option": "select option, clashes from {t}",
    "cost_by_option": "select option, cost_mcny from {t} where cost_mcny is not null",
}
OUTPUTS = ("options", "catchments", "protection", "conflicts", "entrance_levels")


@pytest.fixture(scope="module")
def theme():
    return read_theme(resources.RESOURCES / "themes" / "rail.json")


@pytest.fixture(scope="module")
def compared(qgis_plugin, synthetic_district, tmp_path_factory):
    """The demo district's layers and the comparison of its options in a flood that stands 3.7 m high."""
    folder = tmp_path_factory.mktemp("轨道 rail")
    district = synthetic_district(60, 1)
    write_layers(district, folder / "district.gpkg")
    ground = district.terrain
    level = np.where(ground.values < 3.7, 3.7, np.nan).astype(np.float32)
    write_grid(Grid(level, ground.west, ground.north, ground.cell_m, ground.crs), folder / "level.tif")

    def table(name):
        return f"{folder / 'district.gpkg'}|layername={name}"

    parameters = {
        "ALIGNMENTS": table("rail_lines"), "STATIONS": table("rail_stations"), "ENTRANCES": table("rail_entrances"),
        "ROADS": table("roads"), "PEOPLE": table("people_jobs"), "UNDERGROUND": table("underground"),
        "WORKS": table("rail_works"), "FLOOD_LEVEL": str(folder / "level.tif"),
        **{name.upper(): str(folder / f"rail_{name}.gpkg") for name in OUTPUTS},
    }  # fmt: skip
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:railoptions")
    _, ok = algorithm.run(parameters, context, QgsProcessingFeedback(False))
    assert ok
    return folder


def path_of(folder, layer):
    """The first source of a layer of the theme that is there, as OGR opens it."""
    for source in layer.sources:
        if isinstance(source, FileSource) and (folder / source.path).exists():
            return f"{folder / source.path}" + (f"|layername={source.table}" if source.table else "")
    return ""


def opened(folder, theme, name):
    layer = next(layer for layer in theme.layers if layer.id == name)
    found = QgsVectorLayer(path_of(folder, layer), layer.id, "ogr")
    assert found.isValid(), layer.id
    return found


def asked(folder, file, query, minutes=0):
    with sqlite3.connect(folder / f"{file}.gpkg") as base:
        [(table,)] = base.execute("select table_name from gpkg_contents limit 1")
        return base.execute(query.format(t=f'"{table}"', new=NEW, m=minutes)).fetchall()


def test_every_indicator_equals_sql(compared, theme):
    assert {indicator.id for indicator in theme.indicators} == set(SQL)
    for indicator in theme.indicators:
        value = compute(indicator, opened(compared, theme, indicator.layer), None, datetime.now(UTC))
        [(expected,)] = asked(compared, *SQL[indicator.id])
        assert value.value == pytest.approx(expected), indicator.id
        assert value.unit == indicator.unit
    numbers = {indicator.id: asked(compared, *SQL[indicator.id])[0][0] for indicator in theme.indicators}
    assert min(numbers[name] for name in ("people_5", "jobs_5", "clashes", "entrances_below", "other_zones")) > 0


def test_every_chart_equals_sql(compared, theme):
    assert {chart.id for chart in theme.charts} == set(CHARTS)
    for chart in theme.charts:
        shown = dict(chart_rows(chart, opened(compared, theme, chart.layer), None).rows)
        assert shown == pytest.approx(dict(asked(compared, "rail_options", CHARTS[chart.id]))), chart.id


def test_people_of_an_option_are_those_in_its_catchments_once(compared):
    """Each building of the demo district by QGIS's own test of points in polygons."""
    catchments = QgsVectorLayer(str(compared / "rail_catchments.gpkg"), "c", "ogr")
    people = QgsVectorLayer(f"{compared / 'district.gpkg'}|layername=people_jobs", "p", "ogr")
    planned = "select option, people_5_min from {t} where state = 'planned'"
    for option, residents in asked(compared, "rail_options", planned):
        areas = [f.geometry() for f in catchments.getFeatures() if (f["option"], f["minutes"]) == (option, 5)]
        found = 0
        for feature in people.getFeatures():
            found += feature["residents"] * any(area.intersects(feature.geometry()) for area in areas)
        assert found == pytest.approx(residents), option


def test_styles_fit_the_layers(compared, theme):
    for layer in theme.layers:
        path = path_of(compared, layer)
        if not path or not layer.style or path.endswith(".tif"):
            continue
        found = QgsVectorLayer(path, layer.id, "ogr")
        message, ok = found.loadNamedStyle(str(resources.style(layer.style)))
        assert ok, (layer.id, message)
        used = found.renderer().usedAttributes(QgsRenderContext())
        assert used - {QgsFeatureRequest.ALL_ATTRIBUTES} <= set(found.fields().names()), layer.id


def test_must_layers_come_from_the_data_and_the_rest_says_when(theme):
    needs = {layer.id: layer.need.value for layer in theme.layers}
    assert [name for name, need in needs.items() if need == "M"] == ["stations", "lines", "roads"]
    for layer in theme.layers:
        first = layer.sources[0]
        assert isinstance(first, FileSource)
        if layer.need.value == "M":
            assert first.folder is Folder.DATA
        if layer.need.value == "C":
            assert set(layer.condition) == {"en", "zh"}
    titled = [*theme.groups, *theme.layers, *theme.indicators, *theme.charts, *theme.map_themes, theme]
    assert all(set(item.title) == {"en", "zh"} for item in titled)
