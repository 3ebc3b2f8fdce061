"""A small town in the sea's way: buildings, roads, shelters, and a flood for each of two levels."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import NULL, QgsProcessingFeedback, QgsVectorLayer

from tests.memory_layers import memory_layer
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.flood_run import RAIN_ITEM
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.contingency.plan_file import read_plan

WEST, NORTH = 500_000.0, 2_500_000.0
CRS = "EPSG:4547"
TIMES_MIN = (0.0, 10.0, 20.0, 30.0, 40.0)


def line(*places):
    return "LINESTRING(" + ", ".join(f"{WEST + x} {NORTH - y}" for x, y in places) + ")"


def point(x, y):
    return f"POINT({WEST + x} {NORTH - y})"


def square(x, y, size=8.0):
    corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
    return "POLYGON((" + ", ".join(f"{WEST + a} {NORTH - b}" for a, b in corners) + "))"


RISK_FIELDS = (
    "id:string", "name:string", "assessed_use:string", "risk_class:integer", "depth_m:double",
    "ingress_time_min:double", "people:double", "reason:string", "flood_run:string",
)  # fmt: skip
HOUSES = {"h1": (30, 84), "h2": (60, 84), "school": (90, 84), "metro": (120, 84)}


def risk_layer(name, classes, run, order=1):
    """Buildings by id with (class, depth, minute, people)."""
    uses = {"h1": "residential", "h2": "residential", "school": "school", "metro": "metro station"}
    rows = [
        (square(*HOUSES[key]), (key, f"楼 {key}", uses[key], *values[:3], values[3], "in water", run))
        for key, values in classes.items()
    ]
    return memory_layer("Polygon", rows[::order], RISK_FIELDS, name)


YELLOW = {
    "h1": (3, 0.3, 20.0, 40),
    "h2": (1, 0.1, None, 30),
    "school": (0, 0.0, None, 200),
    "metro": (0, 0.0, None, 900),
}
RED = {"h1": (4, 0.8, 10.0, 40), "h2": (3, 0.5, 20.0, 30), "school": (2, 0.2, 30.0, 200), "metro": (3, 0.6, 20.0, 900)}


@pytest.fixture
def result_file(tmp_path):
    """Writes a RESULT of 20 x 20 cells of 10 m: the south (rows 12 and more) fills up to a depth, west to east."""

    def write(name, run, deepest, shift=0.0, times=TIMES_MIN, rain=""):
        path, bed = tmp_path / f"{name}.nc", np.zeros((20, 20), np.float32)
        grid = Grid(bed, WEST + shift, NORTH, 10.0, CRS)
        with FloodMesh(str(path), grid, np.array(times) * 60.0, run=run) as mesh:
            for number in range(len(times)):
                depth = np.zeros((20, 20), np.float32)
                depth[12:, : 6 * number] = deepest * min(number, 3) / 3
                mesh.write(depth, bed, bed, bed)
            if rain:
                mesh.describe(RAIN_ITEM, rain)
        return str(path)

    return write


@pytest.fixture
def town(result_file):
    """Parameters of a plan for two levels, without roads and shelters."""
    return {
        "BUILDING_RISK": [risk_layer("risk yellow", YELLOW, "run-y"), risk_layer("risk red", RED, "run-r")],
        "RESULTS": [result_file("黄 yellow", "run-y", 0.2), result_file("red", "run-r", 0.9)],
        "LEVEL_NAMES": "yellow; red",
    }


def rows_of(place):
    layer = QgsVectorLayer(str(place), "", "ogr")
    assert layer.isValid()
    names = layer.fields().names()
    found = []
    for feature in layer.getFeatures():
        row = dict(zip(names, feature.attributes(), strict=True))
        found.append({name: None if value == NULL else value for name, value in row.items()})
    return found


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__(False)
        self.warnings, self.lines = [], []

    def pushWarning(self, text):
        self.warnings.append(text)

    def pushInfo(self, text):
        self.lines.append(text)


ID = "twin:contingencyplan"


@pytest.fixture
def make(run_algorithm, tmp_path):
    """Runs the algorithm: the plan, the results and the log."""

    def run(parameters, name="plan", **outputs):
        log = Log()
        places = {key: str(tmp_path / value) for key, value in outputs.items()}
        found = run_algorithm(ID, parameters | {"PLAN": str(tmp_path / f"{name}.json")} | places, log)
        return read_plan(found["PLAN"]), found, log

    return run
