"""Results know their flood run: an assessment keeps it, and never mixes the water of two."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
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

from tests.listener import Listener
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

    def run(listener=None, /, **water):
        houses = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "houses", "memory")
        house = QgsFeature(houses.fields())
        house.setGeometry(QgsGeometry.fromRect(QgsRectangle(WEST + 20, NORTH - 28, WEST + 28, NORTH - 20)))
        house.setAttributes(["a"])
        houses.dataProvider().addFeatures([house])
        answer = run_algorithm(
            "twin:buildingrisk", {"BUILDINGS": houses, "OUTPUT": str(tmp_path / "risk.gpkg"), **water}, listener
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


@pytest.fixture
def changed(tmp_path):
    """A function that writes a copy of a raster with other values or another place, which keeps all its metadata."""

    def write(path, factor=1.0, plus=0.0, east=0.0, without=()):
        source = gdal.Open(path)
        copy = gdal.GetDriverByName("GTiff").CreateCopy(str(tmp_path / f"changed {Path(path).name}"), source)
        west, *rest = source.GetGeoTransform()
        copy.SetGeoTransform([west + east, *rest])
        copy.SetMetadata({key: text for key, text in source.GetMetadata().items() if key not in without})
        values, gap = source.ReadAsArray(), source.GetRasterBand(1).GetNoDataValue()
        copy.GetRasterBand(1).WriteArray(np.where(values == gap, values, values * factor + plus))
        copy = None
        return str(tmp_path / f"changed {Path(path).name}")

    return write


def test_a_raster_of_the_run_that_was_changed_is_refused(flood, assess, changed):
    outputs = flood(80, "a")
    assess(DEPTH=outputs["DEPTH_MAX"], LEVEL=outputs["LEVEL_MAX"], ARRIVAL=outputs["ARRIVAL"], RESULT=outputs["RESULT"])
    with pytest.raises(QgsProcessingException, match="and its run wrote 0 m to"):
        assess(DEPTH=changed(outputs["DEPTH_MAX"], factor=1.5), LEVEL=outputs["LEVEL_MAX"])


@pytest.mark.parametrize(("east", "words"), [(8.0, "8 to the east"), (-100.0, "-100 to the east")])
def test_a_raster_of_the_run_in_another_place_is_refused(flood, assess, changed, east, words):
    outputs = flood(80, "a")
    for other in ({"DEPTH": outputs["DEPTH_MAX"]}, {"RESULT": outputs["RESULT"]}):
        with pytest.raises(QgsProcessingException, match=f"(LEVEL lies elsewhere than ).*{words}"):
            assess(LEVEL=changed(outputs["LEVEL_MAX"], east=east), **other)


@pytest.mark.parametrize(
    ("name", "output", "change", "words"),
    [
        ("DEPTH", "DEPTH_MAX", {"factor": 1.5}, "LEVEL less DEPTH gives a ground that is"),
        ("LEVEL", "LEVEL_MAX", {"plus": 100.0}, "100.00 m off the bed of RESULT"),
        ("ARRIVAL", "ARRIVAL", {"factor": 60.0}, "The times of ARRIVAL are about \\d\\d times those of RESULT"),
        ("ARRIVAL", "ARRIVAL", {"factor": 1 / 60}, "The times of ARRIVAL are about 0.0\\d+ times those of RESULT"),
    ],
)
def test_figures_that_contradict_the_result_are_refused_in_one_run(flood, assess, changed, name, output, change, words):
    outputs = flood(80, "a")
    water = {"DEPTH": outputs["DEPTH_MAX"], "LEVEL": outputs["LEVEL_MAX"], "RESULT": outputs["RESULT"]}
    with pytest.raises(QgsProcessingException, match=words):
        assess(**{**water, name: changed(outputs[output], **change, without=["CITY_TWIN_RANGE"])})


def test_figures_of_unknown_runs_that_contradict_each_other_are_reported(flood, assess, changed):
    outputs, listener = flood(80, "a"), Listener()
    unknown = ["CITY_TWIN_RANGE", "CITY_TWIN_RUN"]
    depth, level = (
        changed(outputs[name], factor, without=unknown) for name, factor in (("DEPTH_MAX", 1.5), ("LEVEL_MAX", 1))
    )
    assess(listener, DEPTH=depth, LEVEL=level, RESULT=outputs["RESULT"])
    assert any("LEVEL less DEPTH gives a ground" in text for text in listener.warnings)


def test_a_part_of_a_raster_and_one_in_another_crs_are_of_the_run(flood, assess, tmp_path):
    outputs, listener = flood(80, "a"), Listener()
    gdal.Translate(str(tmp_path / "part.tif"), outputs["DEPTH_MAX"], srcWin=[1, 1, 10, 10])
    gdal.Warp(str(tmp_path / "warped.tif"), outputs["LEVEL_MAX"], dstSRS="EPSG:32649", resampleAlg="near")
    assess(listener, DEPTH=str(tmp_path / "part.tif"), LEVEL=str(tmp_path / "warped.tif"), RESULT=outputs["RESULT"])
    assert not [text for text in listener.warnings if "one run" in text]
