"""A theme of 40 layers, moved with its data and opened in a profile without the plugin: all is there, and live."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsRasterLayer, QgsVectorLayer

from tests import made_theme
from twin_plugin.bridge.kernel import resources

ROOT = Path(__file__).parents[2]
LAYERS, RASTERS = 40, 12
SUM = {
    "id": "sum", "title": {"en": "Sum of values", "zh": "数值之和"}, "unit": "m³", "layer": "v1", "statistic": "sum",
    "expression": '"value"', "decimals": 1, "thresholds": [{"value": 0, "colour": "#2a9d8f"}],
}  # fmt: skip
COUNT = {"id": "count", "title": {"en": "Places"}, "unit": "", "layer": "v0", "statistic": "count"}
OLD = COUNT | {
    "id": "old", "time_field": "time", "age_limit_s": 3600, "thresholds": [{"value": 0, "colour": "#c1121f"}],
    "layer": "times",
}  # fmt: skip
NEW = OLD | {"id": "new", "age_limit_s": 10**9}
ABOVE = {"id": "wet", "title": {"en": "Wet"}, "unit": "m²", "layer": "r0", "statistic": "area_above", "above": 0.5}


def opened(path, home):
    """What QGIS alone finds in a project, in a profile of its own that has no plugin."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("QGIS_", "PYTHONPATH"))}
    environment |= {"QGIS_CUSTOM_CONFIG_PATH": str(home), "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "end_to_end" / "open_theme.py"), str(path)], cwd=home, env=environment,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def moved(run_algorithm, tmp_path_factory):
    """The folder of the project and its data after it was moved, and the layers of the theme."""
    first = tmp_path_factory.mktemp("first") / "built here"
    layers = made_theme.write_data(first / "data", LAYERS - RASTERS, RASTERS)
    layers[2] |= {"min_scale": 25000, "max_scale": 100}
    rows = [(made_theme.shape("Point", n), {"time": f"2026-08-0{n}T10:00:00Z"}) for n in (1, 2)]
    made_theme.write_table(first / "data" / "times.gpkg", "times", "Point", rows)
    layers[3] |= {"id": "times", "source": {"file": "times.gpkg", "table": "times"}}
    theme = made_theme.write_theme(first / "made.json", layers, indicators=[SUM, COUNT, ABOVE, OLD, NEW])
    found = run_algorithm(
        "twin:onemap",
        {
            "THEME_FILE": theme, "FOLDER": str(first / "data"), "OUTPUT": str(first / "map.qgz"), "LANGUAGE": "en",
            "DISTRICT_LAYER": made_theme.district_file(first / "district.gpkg"),
        },
    )  # fmt: skip
    assert found["LAYERS_LOADED"] == LAYERS
    place = tmp_path_factory.mktemp("moved") / "on another disk 另一台机器"
    shutil.move(first, place)
    return place, layers


@pytest.fixture(scope="module")
def found(moved, tmp_path_factory):
    return opened(moved[0] / "map.qgz", tmp_path_factory.mktemp("home"))


def test_all_layers_are_valid_and_in_the_new_place(moved, found):
    assert found["read"]
    assert (found["plugin"], found["functions"]) == ([], [])
    assert len(found["layers"]) == LAYERS
    assert all(layer["valid"] for layer in found["layers"].values())
    assert all(layer["source"].startswith(str(moved[0])) for layer in found["layers"].values())
    assert found["layers"]["v2"]["scales"] == [True, 25000, 100]


def test_all_layers_are_styled(moved, found):
    """Each is drawn as its style file draws it, and not as QGIS draws a layer that it opens."""
    place, layers = moved
    for layer in layers:
        source = layer["source"]
        path = place / "data" / source["file"]
        if "table" in source:
            wanted = QgsVectorLayer(f"{path}|layername={source['table']}", "", "ogr")
        else:
            wanted = QgsRasterLayer(str(path), "", "gdal")
        _, fits = wanted.loadNamedStyle(str(resources.style(layer["style"])))
        assert fits
        drawn = found["layers"][layer["id"]]
        assert drawn["renderer"] == wanted.renderer().type()
        if "table" in source:
            assert drawn["drawn"] == wanted.renderer().dump()


def test_map_themes_bookmarks_and_layout_are_there(found):
    assert found["map_themes"] == {
        "Made theme · First half · district": 20,
        "Made theme · Second half · district": 20,
    }
    assert found["bookmarks"] == ["Whole district"]
    assert found["layouts"] == ["Made map · district"]
    assert found["groups"] == ["Group 0", "Group 1", "Group 2", "Group 3"]


def sums(path):
    """Sum and count by SQL."""
    with sqlite3.connect(path / "data1.gpkg") as one, sqlite3.connect(path / "data0.gpkg") as other:
        total = one.execute("SELECT sum(value) FROM table1").fetchone()[0]
        return total, other.execute("SELECT count(*) FROM table0").fetchone()[0]


def test_the_numbers_are_right_and_live(moved, found, tmp_path):
    place, _ = moved
    total, count = sums(place / "data")
    assert found["labels"]["city_twin tile sum value"] == f"{total:,.1f} m³"
    assert found["labels"]["city_twin tile count value"] == str(count)
    assert "m³" not in found["labels"]["city_twin tile sum snapshot"], "each number stands once"
    colours = found["colours"]
    assert (colours["sum"], colours["old"], colours["new"]) == ("#2a9d8f", "#9e9e9e", "#c1121f")
    snapshot = found["labels"]["city_twin tile wet value"]
    assert snapshot.endswith(" m²")
    layer = QgsVectorLayer(f"{place / 'data' / 'data1.gpkg'}|layername=table1", "", "ogr")
    feature = next(layer.getFeatures())
    assert layer.dataProvider().changeAttributeValues({feature.id(): {layer.fields().indexOf("value"): 1000.5}})
    del layer
    changed, _ = sums(place / "data")
    assert changed != total
    again = opened(place / "map.qgz", tmp_path)
    assert again["labels"]["city_twin tile sum value"] == f"{changed:,.1f} m³"
    assert again["labels"]["city_twin tile sum snapshot"] == found["labels"]["city_twin tile sum snapshot"]
