"""A report is of one flood: inputs of two runs are refused, and figures that contradict each other are named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsMapLayer, QgsProcessingException, QgsProject

from tests.listener import Listener
from tests.processing.reports.test_floodreport import make_results, outputs
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel import project_entries
from twin_plugin.bridge.kernel.flood_run import RUN_ITEM
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

WEST, NORTH = 493_000.0, 2_491_000.0


@pytest.fixture
def report(run_algorithm, tmp_path):
    """A function that writes a report of some inputs; gives what came out and the warnings."""

    def write(**inputs):
        listener = Listener()
        answer = run_algorithm("twin:floodreport", {**inputs, **outputs(tmp_path / "out")}, listener)
        return answer, listener.warnings

    return write


@pytest.fixture
def water(tmp_path):
    """A function that writes a raster of even water of a run."""

    def write(name, run, depth_m=0.5, cell_m=4.0):
        grid = Grid(np.full((150, 150), depth_m, np.float32), WEST, NORTH, cell_m, "EPSG:4547")
        path = tmp_path / f"{name} {run}.tif"
        write_grid(grid, path, metadata={"CITY_TWIN_OUTPUT": name, RUN_ITEM: run} if run else None)
        return str(path)

    return write


@pytest.fixture
def summary(tmp_path):
    """A function that writes the SUMMARY of a run."""

    def write(**figures):
        path = tmp_path / f"summary {len(list(tmp_path.iterdir()))}.json"
        path.write_text(json.dumps(figures), "utf-8")
        return str(path)

    return write


@pytest.mark.parametrize("name", ["ARRIVAL", "VELOCITY_MAX", "LEVEL_MAX", "DURATION_WET"])
def test_rasters_of_two_runs_are_refused(report, water, tmp_path, name):
    with pytest.raises(QgsProcessingException, match=f"DEPTH_MAX and {name} are results of two flood runs"):
        report(DEPTH_MAX=water("DEPTH_MAX", "aa"), **{name: water(name, "bb")})
    assert not list((tmp_path / "out").glob("*"))


def test_the_summary_of_another_run_is_refused(report, water, summary):
    with pytest.raises(QgsProcessingException, match="SUMMARY and DEPTH_MAX"):
        report(DEPTH_MAX=water("DEPTH_MAX", "aa"), SUMMARY=summary(run_id="bb"))


def test_an_assessment_of_another_run_is_refused(report, water, tmp_path):
    risk = make_results(tmp_path / "risk", run="bb")["BUILDING_RISK"]
    with pytest.raises(QgsProcessingException, match="DEPTH_MAX and BUILDING_RISK"):
        report(DEPTH_MAX=water("DEPTH_MAX", "aa"), BUILDING_RISK=risk)


def test_results_that_do_not_say_of_which_run_they_are_go_with_any(report, water):
    _, warnings = report(DEPTH_MAX=water("DEPTH_MAX", "aa"), ARRIVAL=water("ARRIVAL", ""))
    assert not [text for text in warnings if "one run" in text]


def test_the_storm_of_another_run_is_refused(report, summary, tmp_path):
    storm = make_results(tmp_path / "storm")["STORM"]  # 24 steps of 6 mm
    report(STORM=storm, SUMMARY=summary(rain_mm=144.3))
    with pytest.raises(QgsProcessingException, match=r"STORM has 144.0 mm of rain, and the run of SUMMARY had 80.0 mm"):
        report(STORM=storm, SUMMARY=summary(rain_mm=80.0))


def test_a_result_of_another_length_is_refused(report, summary, tmp_path):
    bed, flat = Grid(np.zeros((4, 4), np.float32), WEST, NORTH, 150.0, "EPSG:4547"), np.zeros((4, 4), np.float32)
    with FloodMesh(tmp_path / "result.nc", bed, [0.0, 300.0, 600.0]) as mesh:
        for _ in range(3):
            mesh.write(flat + 0.2, None, flat, flat)
    report(RESULT=str(tmp_path / "result.nc"), SUMMARY=summary(duration_s=600.0))
    with pytest.raises(QgsProcessingException, match=r"RESULT ends after 10.0 min, and the run of SUMMARY after 30.0"):
        report(RESULT=str(tmp_path / "result.nc"), SUMMARY=summary(duration_s=1800.0))


@pytest.mark.parametrize(("area_m2", "warned"), [(360_000.0, False), (300_000.0, True), (420_000.0, True)])
def test_another_wet_area_than_that_of_the_summary_is_doubted(report, water, summary, area_m2, warned):
    figures = summary(max_depth_m=0.5, wet_area_m2=area_m2, wet_depth_m=0.05)  # 150 x 150 cells of 16 m²
    _, warnings = report(DEPTH_MAX=water("DEPTH_MAX", "", 0.5), SUMMARY=figures)
    assert any("The wet area of DEPTH_MAX is 360,000 m²" in text for text in warnings) == warned


@pytest.mark.parametrize(("depth_m", "warned"), [(0.5, False), (0.8, True)])
def test_another_greatest_depth_than_that_of_the_summary_is_doubted(report, water, summary, depth_m, warned):
    _, warnings = report(DEPTH_MAX=water("DEPTH_MAX", "", depth_m), SUMMARY=summary(max_depth_m=0.5))
    assert any("greatest depth" in text for text in warnings) == warned


def test_deeper_water_at_buildings_than_anywhere_is_doubted(report, water, tmp_path):
    risk = make_results(tmp_path / "risk")["BUILDING_RISK"]  # water of up to 0.80 m
    _, warnings = report(DEPTH_MAX=water("DEPTH_MAX", "", 0.5), BUILDING_RISK=risk)
    assert any("0.80 m" in text and "0.50 m" in text for text in warnings)


def test_a_raster_on_other_cells_is_doubted(report, water):
    _, warnings = report(DEPTH_MAX=water("DEPTH_MAX", ""), ARRIVAL=water("ARRIVAL", "", cell_m=8.0))
    assert any("same cells" in text for text in warnings)


def test_the_project_says_what_its_layers_are_and_where_things_lie(report, water, tmp_path):
    files = make_results(tmp_path / "files", run="aa")
    files |= {"DEPTH_MAX": water("DEPTH_MAX", "aa"), "MODEL_BUILDINGS": files["BUILDING_RISK"]}
    answer, _ = report(**files, DISTRICT="后海", TITLE="T", CATALOGUE=str(tmp_path / "services.gpkg"))
    moved = tmp_path / "moved"
    Path(tmp_path / "out").rename(moved)
    project = QgsProject()
    assert project.read(str(moved / "p.qgz"))
    marks = {layer.customProperty("city_twin/output"): layer for layer in project.mapLayers().values()}
    assert {"simulateflood/DEPTH_MAX", "buildingrisk/OUTPUT", "loadbim/OPENINGS", "loadbim/BUILDINGS"} <= set(marks)
    runs = {layer.customProperty("city_twin/run") for output, layer in marks.items() if output}
    assert len(runs) == 1
    assert not is_shown(project, marks["loadbim/BUILDINGS"])
    assert project_entries.recall(project, project_entries.DISTRICT) == "后海"
    kept = project_entries.recall(project, project_entries.REPORT)
    assert kept == {"path": str(moved / "report.pdf"), "title": "T", "run": "aa"}
    assert Path(kept["path"]).exists()
    catalogue = project_entries.recall(project, project_entries.CATALOGUE)["path"]
    assert Path(catalogue) == tmp_path / "services.gpkg"
    assert answer["REPORT"]


def is_shown(project: QgsProject, layer: QgsMapLayer) -> bool:
    return bool(project.layerTreeRoot().findLayer(layer).itemVisibilityChecked())


@pytest.mark.parametrize(
    ("name", "value", "crs", "word"),
    [
        ("DEPTH_MAX", 0.5, "EPSG:4490", "not in metres"),
        ("DEPTH_MAX", 0.5, "", "has no CRS"),
        ("HAZARD", 10.8, "EPSG:4547", "its values go up to 10.8, and classes of hazard to 6"),
    ],
)
def test_rasters_that_would_be_counted_or_drawn_wrong_are_refused(report, tmp_path, name, value, crs, word):
    degrees = crs == "EPSG:4490"
    corner, cell = ((114.0, 22.6), 2e-5) if degrees else ((WEST, NORTH), 2.0)
    write_grid(Grid(np.full((20, 20), value, np.float32), *corner, cell, crs), tmp_path / "water.tif")
    with pytest.raises(QgsProcessingException, match=word):
        report(**{name: str(tmp_path / "water.tif")})


def test_depths_that_are_heights_and_areas_that_are_stretched_are_reported(report, tmp_path):
    for name, value, crs, north in (("dtm", 10.8, "EPSG:4547", NORTH), ("stretched", 0.5, "EPSG:3857", 8_400_000.0)):
        write_grid(Grid(np.full((20, 20), value, np.float32), WEST, north, 2.0, crs), tmp_path / f"{name}.tif")
    assert any("neither a terrain" in text for text in report(DEPTH_MAX=str(tmp_path / "dtm.tif"))[1])
    assert any("is 0.50 m on the ground" in text for text in report(DEPTH_MAX=str(tmp_path / "stretched.tif"))[1])


def test_an_empty_report_is_reported_and_a_storm_without_rain_refused(report, tmp_path):
    risk = make_results(tmp_path / "risk")["BUILDING_RISK"]
    assert any("report is empty" in text for text in report()[1])
    with pytest.raises(QgsProcessingException, match="of STORM has no field time_min"):
        report(STORM=risk)


@pytest.fixture
def over_time(tmp_path):
    """A function that writes a RESULT of even water on flat ground that becomes wet after five of ten minutes."""

    def write(bed_m=0.0, run=""):
        bed = Grid(np.full((150, 150), bed_m, np.float32), WEST, NORTH, 4.0, "EPSG:4547")
        dry = np.zeros((150, 150), np.float32)
        with FloodMesh(tmp_path / f"result {run}.nc", bed, [0.0, 300.0, 600.0], run=run) as mesh:
            for depth in (0.0, 0.0, 0.5):
                mesh.write(dry + np.float32(depth), None, dry, dry)
        return str(tmp_path / f"result {run}.nc")

    return write


@pytest.mark.parametrize(
    ("minutes", "refused", "warned"), [(9.0, False, False), (540.0, True, False), (0.15, False, True)]
)
def test_arrivals_in_seconds_and_hours_are_noticed_by_the_summary(report, water, summary, minutes, refused, warned):
    given = {"ARRIVAL": water("ARRIVAL", "", minutes), "SUMMARY": summary(duration_s=600.0)}
    if refused:
        with pytest.raises(
            QgsProcessingException, match=r"ARRIVAL go up to 540.0 min, and the run of SUMMARY lasted 10"
        ):
            report(**given)
        return
    assert any("not in hours" in text for text in report(**given)[1]) == warned


def test_arrivals_in_hours_are_refused_by_the_result_of_their_run(report, water, over_time):
    result = over_time(run="aa")
    report(ARRIVAL=water("ARRIVAL", "aa", 9.0), RESULT=result)
    with pytest.raises(QgsProcessingException, match=r"times of ARRIVAL are about 0.03 times those of RESULT"):
        report(ARRIVAL=water("ARRIVAL", "aa", 9.0 / 60), RESULT=result)


def test_depths_and_levels_that_contradict_the_result_are_refused_in_one_run_and_else_reported(
    report, water, over_time
):
    for run in ("aa", ""):
        given = {"LEVEL_MAX": water("LEVEL_MAX", run, 7.5), "RESULT": over_time(7.0, run)}
        assert not [t for t in report(DEPTH_MAX=water("DEPTH_MAX", run, 0.5), **given)[1] if "one run" in t]
        given["DEPTH_MAX"] = water("DEPTH_MAX", run, 0.75)
        if run:
            with pytest.raises(
                QgsProcessingException, match=r"LEVEL_MAX less DEPTH_MAX gives a ground that is 0.25 m off"
            ):
                report(**given)
        else:
            assert any("a ground that is 0.25 m off" in text for text in report(**given)[1])


def test_the_terrain_of_another_place_is_refused_and_other_heights_are_reported(report, water, over_time, tmp_path):
    for name, height_m, north in (("own", 7.0, NORTH), ("other", 9.5, NORTH), ("elsewhere", 7.0, NORTH + 50_000)):
        ground = Grid(np.full((150, 150), height_m, np.float32), WEST, north, 4.0, "EPSG:4547")
        write_grid(ground, tmp_path / f"{name}.tif")
    given = {"DEPTH_MAX": water("DEPTH_MAX", ""), "RESULT": over_time(7.0)}
    assert not [text for text in report(DTM=str(tmp_path / "own.tif"), **given)[1] if "bed of RESULT" in text]
    assert any("are 2.5 m off the bed" in text for text in report(DTM=str(tmp_path / "other.tif"), **given)[1])
    for results in (given, {"DEPTH_MAX": given["DEPTH_MAX"]}):
        with pytest.raises(QgsProcessingException, match="'elsewhere' does not overlap"):
            report(DTM=str(tmp_path / "elsewhere.tif"), **results)


def test_a_mesh_of_another_program_still_makes_a_report(report, water, tmp_path):
    (tmp_path / "mesh.2dm").write_text(
        "MESH2D\nND 1 493000 2490900 0\nND 2 493100 2490900 0\nND 3 493000 2491000 0\nE3T 1 1 2 3 1\n"
    )
    _, warnings = report(DEPTH_MAX=water("DEPTH_MAX", ""), RESULT=str(tmp_path / "mesh.2dm"))
    assert any("RESULT is not compared" in text for text in warnings)
