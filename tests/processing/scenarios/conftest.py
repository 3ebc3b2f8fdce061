"""A small district, and a scenario on it that tests change."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest

from tests.memory_layers import written_layer
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

WEST, NORTH = 500_000.0, 2_500_000.0

SCENARIO = {
    "id": "OWN-1",
    "domain": "emergency",
    "name": {"en": "Reach of places", "zh": "设施服务范围"},
    "question": {"en": "What lies near a place with many people?", "zh": "哪里靠近人多的地方？"},
    "users": "planner",
    "decision": "where the next place goes",
    "data": [
        {"name": "PLACES", "subdivision": "B07", "kind": "vector", "path": "district.gpkg|layername=places",
         "geometry": "point", "search": "places", "title": {"en": "Places", "zh": "设施"}},
        {"name": "DTM", "subdivision": "A02", "kind": "raster", "path": "dtm.tif", "must": False},
    ],
    "settings": [
        {"name": "REACH", "title": "Reach", "value": 50, "minimum": 1, "maximum": 1000, "unit": "m"},
        {"name": "PEOPLE", "title": "Least people", "value": 10, "minimum": 0},
    ],
    "steps": [
        {"id": "many", "algorithm": "native:extractbyexpression",
         "parameters": {"INPUT": {"data": "PLACES"}, "EXPRESSION": '"people" >= ${PEOPLE}'}},
        {"id": "ring", "algorithm": "native:buffer",
         "parameters": {"INPUT": {"step": "many", "output": "OUTPUT"}, "DISTANCE": {"setting": "REACH"},
                        "SEGMENTS": 16, "DISSOLVE": False}},
        {"id": "storm", "algorithm": "twin:designstorm", "parameters": {"ZONE": "central", "DURATION": 30}},
    ],
    "outputs": [
        {"step": "ring", "output": "OUTPUT", "title": {"en": "Reach", "zh": "范围"}, "file": "reach.gpkg",
         "style": "shelters"},
        {"step": "storm", "output": "OUTPUT", "title": "Storm", "file": "storm.csv"},
    ],
    "measures": [
        {"id": "all", "title": "Places", "data": "PLACES", "statistic": "count"},
        {"id": "few", "title": "Places of few", "data": "PLACES", "statistic": "count",
         "where": '"people" < ${PEOPLE} or "people" is null'},
        {"id": "near", "title": "Rings", "step": "ring", "output": "OUTPUT", "statistic": "count"},
        {"id": "people", "title": "People", "step": "ring", "output": "OUTPUT", "statistic": "sum", "field": "people"},
        {"id": "rain", "title": "Rain", "unit": "mm", "step": "storm", "output": "TOTAL_MM", "statistic": "value"},
    ],
    "checks": [
        {"left": "few + near", "relation": "=", "right": "all", "reason": "Each place counts once."},
        {"left": "people", "relation": ">=", "right": "near * 10", "reason": "Rings are of places with people."},
        {"left": "rain", "relation": ">", "right": 0, "reason": "It rains."},
    ],
}  # fmt: skip


@pytest.fixture
def district(tmp_path):
    """A folder with five places, one of them without people, and a terrain; its path has a space and 中文."""
    folder = tmp_path / "the district 片区"
    folder.mkdir()
    people = (5, 10, 20, None, 40)
    places = [(f"POINT({WEST + 20 * n} {NORTH})", {"name": f"P{n}", "people": p}) for n, p in enumerate(people)]
    places = [(wkt, {key: value for key, value in row.items() if value is not None}) for wkt, row in places]
    written_layer(folder / "district.gpkg", "places", places)
    write_grid(Grid(np.full((5, 5), 3.0, np.float32), WEST, NORTH, 20.0, "EPSG:4547"), folder / "dtm.tif")
    return folder


@pytest.fixture(autouse=True)
def no_library(monkeypatch, tmp_path):
    """Without the scenarios that ship: tests/core/scenarios and tools/scenarios.py look at those."""
    from twin_plugin.bridge.scenarios import found

    monkeypatch.setattr(found, "library_table", lambda: tmp_path / "no scenarios.csv")


@pytest.fixture
def scenario():
    """The scenario, to be changed."""
    return copy.deepcopy(SCENARIO)


@pytest.fixture
def written(tmp_path):
    """A function from a scenario to the path of its document."""

    def write(value, name="情景 own.json"):
        path = tmp_path / name
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def run(run_algorithm, written, district, tmp_path):
    """A function that runs a scenario; returns the results and the provenance."""

    def run_it(value, feedback=None, **more):
        out = tmp_path / "results 结果"
        parameters = {
            "SCENARIO_FILE": written(value), "FOLDER": str(district), "OUTPUT_FOLDER": str(out), "CONFIRM": True, **more
        }  # fmt: skip
        results = run_algorithm("twin:runscenario", parameters, feedback)
        path = out / "provenance.json"
        return results, json.loads(path.read_text("utf-8")) if path.exists() else None

    return run_it
