"""Results know their flood run: an assessment keeps it, and never mixes the water of two."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsMeshLayer,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.flood_run import run_of, run_of_file, run_of_summary
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH = 493_000.0, 2_491_000.0
RASTERS = ("DEPTH_MAX", "LEVEL_MAX", "VELOCITY_MAX", "HAZARD", "ARRIVAL", "DURATION_WET")


@pytest.fixture
def flood(run_algorithm, tmp_path):
    """A function that simulates some rain in a bowl; gives the outputs."""

    def simulate(rain_mm, folder):
        y, x = np.mgrid[0:12, 0:12].astype(np.float32)
        grid = Grid(5 + 0.02 * ((x - 6) ** 2 + (y - 6) ** 2), WEST, NORTH, 4.0, "EPSG:4547")
        write_grid(grid, tmp_path / "dtm.tif")
        place = tmp_path / folder
        outputs = {name: str(place / f"{name.lower()}.tif") for name in RASTERS}
        outputs |= {"RESULT": str(place / "result.nc"), "SUMMARY": str(place / "summary.json")}
        inputs = {"DTM": str(tmp_path / "dtm.tif"), "RAIN_MM": rain_mm, "DURATION_MIN": 4, "OUTPUT_STEP_MIN": 2}
        return run_algorithm("twin:simulateflood", inputs | outputs)

    return simulate


@pytest.fixture
def assess(run_algorithm, tmp_path):
    """A function that assesses a house in some water; gives the layer."""

    def run(**water):
        houses = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "houses", "memory")
        house = QgsFeature(houses.fields())
        house.setGeometry(QgsGeometry.fromRect(QgsRectangle(WEST + 20, NORTH - 28, WEST + 28, NORTH - 20)))
        house.setAttributes(["a"])
        houses.dataProvider().addFeatures([house])
        answer = run_algorithm(
            "twin:buildingrisk", {"BUILDINGS": houses, "OUTPUT": str(tmp_path / "risk.gpkg"), **water}
        )
        return QgsVectorLayer(answer["OUTPUT"], "risk", "ogr")

    return run


def test_every_result_of_a_run_says_of_which_it_is(flood):
    outputs = flood(80, "a")
    run = run_of_summary(json.loads(Path(outputs["SUMMARY"]).read_text("utf-8")))
    assert run
    assert {run_of(QgsRasterLayer(outputs[name], name)) for name in RASTERS} == {run}
    assert run_of(QgsMeshLayer(outputs["RESULT"], "result", "mdal")) == run
    again, other = flood(80, "b"), flood(81, "c")
    assert run_of_file(again["DEPTH_MAX"]) == run
    assert run_of_file(other["DEPTH_MAX"]) not in (run, "")


def test_an_assessment_keeps_the_run_of_its_water(flood, assess):
    outputs = flood(80, "a")
    risk = assess(DEPTH=outputs["DEPTH_MAX"], LEVEL=outputs["LEVEL_MAX"], RESULT=outputs["RESULT"])
    assert run_of(risk) == run_of_file(outputs["DEPTH_MAX"])


def test_water_that_does_not_say_of_which_run_it_is_can_be_used(assess, tmp_path):
    write_grid(Grid(np.full((12, 12), 0.4, np.float32), WEST, NORTH, 4.0, "EPSG:4547"), tmp_path / "depth.tif")
    risk = assess(DEPTH=str(tmp_path / "depth.tif"))
    assert [feature["flood_run"] for feature in risk.getFeatures()] == [NULL]
    assert run_of(risk) == ""


@pytest.mark.parametrize("name", ["LEVEL", "ARRIVAL", "RESULT"])
def test_the_water_of_two_runs_is_refused(flood, assess, name):
    first, second = flood(80, "a"), flood(120, "b")
    other = second[{"LEVEL": "LEVEL_MAX"}.get(name, name)]
    with pytest.raises(QgsProcessingException, match=f"DEPTH and {name} are results of two flood runs"):
        assess(DEPTH=first["DEPTH_MAX"], **{name: other})
