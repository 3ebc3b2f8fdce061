"""twin:runensemble: the same bits as single runs, resumed after a kill, failures as rows, maps equal to numpy."""

from __future__ import annotations

import csv
import functools
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")
ID = "twin:runensemble"
ROOT = Path(__file__).parents[3]
RASTERS = ("depth_max", "level_max", "velocity_max", "hazard", "arrival", "duration_wet")
OUTPUTS = {
    "ENVELOPE_DEPTH": "envelope depth.tif",
    "ENVELOPE_ARRIVAL": "envelope arrival.tif",
    "EXCEEDANCE": "exceedance.tif",
    "RUNS_DONE": "runs done.csv",
    "COMPARISON": "comparison.csv",
}


class Listener(QgsProcessingFeedback):
    """Keeps the messages; cancels once a run is finished, where that is wanted."""

    def __init__(self, stop: bool = False) -> None:
        super().__init__(False)
        self.stop, self.cancelled_at = stop, 0.0
        self.warnings: list[str] = []
        self.infos: list[str] = []

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushInfo(self, info):
        self.infos.append(info)
        if self.stop and "is finished" in info and not self.cancelled_at:
            self.cancelled_at = time.monotonic()
            self.cancel()


def write_bowl(folder: Path) -> None:
    folder.mkdir()
    y, x = np.mgrid[0:24, 0:30].astype(np.float32)
    values = 5 + 0.01 * ((x - 15) ** 2 + (y - 12) ** 2)
    write_grid(Grid(values, 493_000.0, 2_491_000.0, 4.0, "EPSG:4547"), folder / "地形 dtm.tif")


def run_in(place: Path, run_algorithm, table: str, listener: Listener | None = None, **parameters):
    """Run the ensemble of a table in a folder with the terrain; gives (results, listener)."""
    (place / "runs 表.csv").write_text(table, "utf-8")
    values = {
        "RUNS": str(place / "runs 表.csv"),
        "DTM": str(place / "地形 dtm.tif"),
        "DURATION_MIN": 10,
        "FOLDER": str(place / "the runs 结果"),
        "WORKERS": 2,
        **{name: str(place / "results" / file) for name, file in OUTPUTS.items()},
        **parameters,
    }
    listener = listener or Listener()
    return run_algorithm(ID, values, listener), listener


@pytest.fixture
def place(tmp_path):
    """A folder with a space and 中文, and a bowl as terrain in it."""
    folder = tmp_path / "an ensemble 集合"
    write_bowl(folder)
    return folder


@pytest.fixture
def ensemble(run_algorithm, place):
    """A function from the text of a table and parameters to (results, listener)."""
    return functools.partial(run_in, place, run_algorithm)


@pytest.fixture(scope="module")
def twenty(run_algorithm, tmp_path_factory):
    """A folder with an ensemble of 20 runs on two workers: (folder, results, listener)."""
    place = tmp_path_factory.mktemp("twenty") / "an ensemble 集合"
    write_bowl(place)
    return place, *run_in(place, run_algorithm, table(20))


def rows(path) -> dict[str, dict[str, str]]:
    with open(path, encoding="utf-8") as stream:
        return {row["name"]: row for row in csv.DictReader(stream)}


def values(path, band: int = 1) -> np.ndarray:
    dataset = gdal.Open(str(path))
    found = dataset.GetRasterBand(band).ReadAsArray().astype(np.float64)
    found[found == dataset.GetRasterBand(band).GetNoDataValue()] = np.nan
    return found


def table(count: int, columns: str = "name,RAIN_MM") -> str:
    return "\n".join([columns, *(f"run {n},{10 + 2 * n}" for n in range(count))]) + "\n"


def states(results) -> dict[str, str]:
    return {name: row["state"] for name, row in rows(results["RUNS_DONE"]).items()}


@pytest.mark.slow
def test_twenty_runs_equal_single_runs_and_numpy_over_them(twenty, run_algorithm):
    place, results, listener = twenty
    assert not listener.warnings
    done = rows(results["RUNS_DONE"])
    assert states(results) == {f"run {n}": "ok" for n in range(20)}
    folder = place / "the runs 结果"
    for n in (0, 19):
        single = {name.upper(): str(place / "single" / f"{name}.tif") for name in RASTERS}
        values_of_run = {"DTM": str(place / "地形 dtm.tif"), "DURATION_MIN": 10, "RAIN_MM": 10 + 2 * n, **single}
        numbers = run_algorithm("twin:simulateflood", values_of_run)
        for name in RASTERS:
            own, other = Path(single[name.upper()]), folder / f"run {n}" / f"{name}.tif"
            assert gdal.Open(str(own)).ReadAsArray().tobytes() == gdal.Open(str(other)).ReadAsArray().tobytes(), name
            assert gdal.Open(str(own)).GetMetadata() == gdal.Open(str(other)).GetMetadata()
        assert float(done[f"run {n}"]["peak_volume_m3"]) == pytest.approx(numbers["PEAK_VOLUME_M3"], rel=1e-12)
    depths = np.array([values(folder / f"run {n}" / "depth_max.tif") for n in range(20)])
    arrivals = np.array([values(folder / f"run {n}" / "arrival.tif") for n in range(20)])
    np.testing.assert_array_equal(values(results["ENVELOPE_DEPTH"]), np.max(depths, axis=0))
    np.testing.assert_array_equal(values(results["ENVELOPE_ARRIVAL"]), np.fmin.reduce(arrivals))
    for band, limit_m in enumerate((0.15, 0.30, 0.50), 1):
        wanted = (depths > np.float32(limit_m)).mean(axis=0)
        np.testing.assert_allclose(values(results["EXCEEDANCE"], band), wanted, rtol=1e-6)
    assert any("equal weights" in line for line in listener.infos)
    assert (place / "results" / "exceedance.qml").is_file()


def test_a_second_start_computes_only_what_is_new_changed_or_lost(ensemble, place):
    folder = place / "the runs 结果"
    ensemble(table(4))
    before = {name: (folder / name / "run.json").stat().st_mtime_ns for name in ("run 0", "run 1", "run 2", "run 3")}
    kept = values(folder / "run 1" / "depth_max.tif")
    (folder / "run 3" / "arrival.tif").unlink()
    (folder / "run 2" / "depth_max.qml").write_text("my style")
    (folder / "run 1" / "depth_max.tif.aux.xml").write_text("statistics")
    results, listener = ensemble(table(5).replace("run 2,14", "run 2,44"))
    assert states(results) == {
        "run 0": "skipped", "run 1": "skipped", "run 2": "ok", "run 3": "ok", "run 4": "ok"
    }  # fmt: skip
    assert any("'run 2' is computed again: changed since it was computed: RAIN_MM" in text for text in listener.infos)
    assert any("'run 3'" in text and "arrival.tif" in text for text in listener.infos)
    assert (folder / "run 0" / "run.json").stat().st_mtime_ns == before["run 0"]
    np.testing.assert_array_equal(values(folder / "run 1" / "depth_max.tif"), kept)
    assert (folder / "run 2" / "depth_max.qml").read_text() == "my style"
    (folder / "run 1" / "my note.txt").write_text("mine")
    results, _ = ensemble(table(2).replace("run 1,12", "run 1,14"))
    assert states(results) == {"run 0": "skipped", "run 1": "failed"}
    assert "my note.txt" in rows(results["RUNS_DONE"])["run 1"]["reason"]
    os.utime(place / "地形 dtm.tif")  # its content counts, not its time
    results, _ = ensemble(table(2), THREADS=1)
    assert set(states(results).values()) == {"skipped"}


def test_warnings_of_runs_and_runs_that_left_the_table_are_said(ensemble, place):
    ensemble("name,RAIN_MM\na,10\nb,20\n")
    results, listener = ensemble("name,RAIN_MM,BLOCKED_PCT\nb,20,\nc,20,50\n")
    found = rows(results["RUNS_DONE"])
    assert {name: (row["state"], row["warnings"]) for name, row in found.items()} == {
        "b": ("skipped", "0"),
        "c": ("ok", "1"),
    }
    assert "The run 'c' has 1 warnings: see its log.txt." in listener.warnings
    log = (place / "the runs 结果" / "c" / "log.txt").read_text("utf-8")
    assert "! BLOCKED_PCT has no effect without DRAINS or NODES." in log
    assert any("FOLDER holds 1 runs that RUNS does not have, such as 'a'" in text for text in listener.warnings)


def test_failing_runs_are_rows_with_their_sentence_and_stop_nothing(ensemble, place):
    (place / "rain.csv").write_text("time_min,depth_mm\n5,10\n", "utf-8")
    text = "name,RAIN,LEVEL_SOUTH_M,BOUNDARY_SOUTH,ROUGHNESS\n" + "\n".join(
        ["good,rain.csv,,,", "no file,gone.csv,,,", "bad edge,rain.csv,,wet,", "no level,rain.csv,,level,",
         "rough,rain.csv,,,-1"]
    )  # fmt: skip
    results, listener = ensemble(text)
    done = rows(results["RUNS_DONE"])
    assert {name: row["state"] for name, row in done.items()} == {
        "good": "ok", "no file": "failed", "bad edge": "failed", "no level": "failed", "rough": "failed"
    }  # fmt: skip
    assert "gone.csv" in done["no file"]["reason"]
    assert "choose one of closed, open, level" in done["bad edge"]["reason"]
    assert "level" in done["no level"]["reason"]
    assert (results["RUNS_OK"], results["RUNS_FAILED"]) == (1, 4)
    assert len([text for text in listener.warnings if "failed:" in text]) == 4
    assert sorted(path.name for path in (place / "the runs 结果").iterdir()) == ["good"]
    np.testing.assert_array_equal(
        values(results["ENVELOPE_DEPTH"]), values(place / "the runs 结果" / "good" / "depth_max.tif")
    )


def test_cancel_stops_within_a_second_and_keeps_what_is_finished(ensemble, place):
    listener = Listener(stop=True)
    assert ensemble(table(8), listener, DURATION_MIN=60) == ({}, listener)
    assert time.monotonic() - listener.cancelled_at < 1.0
    folder = place / "the runs 结果"
    finished = [path.name for path in folder.iterdir()]
    assert 1 <= len(finished) < 8
    assert all((folder / name / "run.json").is_file() for name in finished)
    results, _ = ensemble(table(8), DURATION_MIN=60)
    assert sorted(name for name, state in states(results).items() if state == "skipped") == sorted(finished)


KILLED = """
import json, sys
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
application = QgsApplication([], False)
application.initQgis()
from twin_plugin.plugin import CityTwinPlugin
plugin = CityTwinPlugin(None)
plugin.initProcessing()
algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:runensemble")
algorithm.run(json.loads(sys.argv[1]), QgsProcessingContext(), QgsProcessingFeedback(False), {}, False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_killed_and_started_again_the_results_are_the_same(ensemble, place):
    text, folder = table(8), place / "the runs 结果"
    (place / "runs 表.csv").write_text(text, "utf-8")
    given = {
        "RUNS": str(place / "runs 表.csv"), "DTM": str(place / "地形 dtm.tif"), "DURATION_MIN": 40,
        "FOLDER": str(folder), "WORKERS": 2,
    }  # fmt: skip
    child = subprocess.Popen([sys.executable, "-c", KILLED, json.dumps(given)], cwd=ROOT)
    until = time.monotonic() + 120
    while not list(folder.glob("run ?/run.json")) and time.monotonic() < until:
        time.sleep(0.05)
    child.kill()
    child.wait()
    time.sleep(1.0)  # its processes end by themselves
    finished = sorted(path.parent.name for path in folder.glob("run ?/run.json"))
    assert 1 <= len(finished) < 8
    results, _ = ensemble(text, DURATION_MIN=40)
    assert sorted(name for name, state in states(results).items() if state == "skipped") == finished
    assert sorted(path.name for path in folder.iterdir()) == [f"run {n}" for n in range(8)]
    fresh, _ = ensemble(text, DURATION_MIN=40, FOLDER=str(place / "fresh"))
    assert set(states(fresh).values()) == {"ok"}
    for n in range(8):
        for name in RASTERS:
            one, two = (gdal.Open(str(place / at / f"run {n}" / f"{name}.tif")) for at in ("the runs 结果", "fresh"))
            assert one.ReadAsArray().tobytes() == two.ReadAsArray().tobytes()


@pytest.mark.slow
def test_a_dask_scheduler_gives_the_same_bits(twenty, run_algorithm):
    distributed = pytest.importorskip("distributed", reason="the package distributed is not installed")
    place, ensemble = twenty[0], functools.partial(run_in, twenty[0], run_algorithm)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as cluster:
        there, listener = ensemble(
            table(20), FOLDER=str(place / "by dask"), SCHEDULER=cluster.scheduler_address, TRUSTED_NETWORK=True
        )
        assert set(states(there).values()) == {"ok"}, listener.warnings
        again, _ = ensemble(
            table(20), FOLDER=str(place / "the runs 结果"), SCHEDULER=cluster.scheduler_address, TRUSTED_NETWORK=True
        )
        assert set(states(again).values()) == {"skipped"}
    for n in range(20):
        for name in RASTERS:
            one, two = (gdal.Open(str(place / at / f"run {n}" / f"{name}.tif")) for at in ("the runs 结果", "by dask"))
            assert one.ReadAsArray().tobytes() == two.ReadAsArray().tobytes()
    assert sorted(path.name for path in (place / "by dask").iterdir()) == sorted(f"run {n}" for n in range(20))


def test_a_cancel_reaches_the_workers_of_dask(ensemble, place):
    distributed = pytest.importorskip("distributed", reason="the package distributed is not installed")
    folder = place / "by dask"
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as cluster:
        given = {"SCHEDULER": cluster.scheduler_address, "TRUSTED_NETWORK": True, "FOLDER": str(folder)}
        listener = Listener(stop=True)
        assert ensemble(table(6), listener, DURATION_MIN=600, **given)[0] == {}
        assert time.monotonic() - listener.cancelled_at < 4.0  # dask takes a while to let go
        time.sleep(2.0)
        finished = sorted(path.parent.name for path in folder.glob("run ?/run.json"))
        time.sleep(3.0)
        assert sorted(path.parent.name for path in folder.glob("run ?/run.json")) == finished
        assert 1 <= len(finished) < 6


def test_measures_are_compared_with_doing_nothing(ensemble, place):
    text = (
        "name,measure,cost,RAIN_MM,DRAIN_CAPACITY_MM_H,return_period_a,baseline\n"
        "nothing 20,,,40,,20,\nnothing 100,,,60,,100,\npipes,larger pipes,500,40,60,20,\n"
        "pipes 100,larger pipes,500,60,60,100,nothing 100\n"
    )
    results, _ = ensemble(text, BASELINE="nothing 20")
    compared, folder = rows(results["COMPARISON"]), place / "the runs 结果"
    assert set(compared) == {"nothing 100", "pipes", "pipes 100"}
    assert compared["pipes 100"]["baseline"] == "nothing 100"
    assert float(compared["pipes"]["peak_volume_change_m3"]) < 0
    before, after = (values(folder / name / "depth_max.tif") for name in ("nothing 20", "pipes"))
    change = values(folder / "changes" / "pipes.tif")
    wet = (before >= np.float32(0.05)) | (after >= np.float32(0.05))
    np.testing.assert_allclose(change[wet], (after - before)[wet], atol=1e-7)
    assert np.isnan(change[~wet]).all()
    areas = [16.0 * float((depth > np.float32(0.15)).sum()) for depth in (before, after)]
    assert float(compared["pipes"]["area_over_15cm_m2"]) == areas[1]
    assert float(compared["pipes"]["area_over_15cm_change_m2"]) == areas[1] - areas[0]
    assert (folder / "changes" / "pipes.qml").is_file()
    # Probabilities are those of doing nothing: 1/20 where the 20-year storm is deep enough, 1/100 beyond.
    exceedance = values(results["EXCEEDANCE"])
    worst = values(folder / "nothing 100" / "depth_max.tif")
    wanted = np.where(before > np.float32(0.15), 1 / 20, np.where(worst > np.float32(0.15), 1 / 100, 0.0))
    np.testing.assert_allclose(exceedance, wanted, rtol=1e-6)


def test_doors_are_counted_as_building_risk_counts_them(ensemble, place):
    houses = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string&field=ground_floor_elev_m:double", "h", "memory")
    doors = QgsVectorLayer(
        "PointZ?crs=EPSG:4547&field=id:string&field=building_id:string&field=kind:string&field=sill_elev_m:double",
        "d", "memory",
    )  # fmt: skip
    west, north = 493_000.0 + 4 * 13, 2_491_000.0 - 4 * 10
    for name, left in (("low", west), ("high", 493_000.0 + 4 * 2)):
        house = QgsFeature(houses.fields())
        house.setGeometry(QgsGeometry.fromRect(QgsRectangle(left, north - 12, left + 8, north)))
        house.setAttributes([name, None])
        houses.dataProvider().addFeatures([house])
    for name, sill_m in (("a", 5.05), ("b", 5.15), ("c", 6.0)):
        door = QgsFeature(doors.fields())
        door.setGeometry(QgsGeometry.fromWkt(f"PointZ ({west + 8} {north - 6} {sill_m})"))
        door.setAttributes([name, "low", "door", sill_m])
        doors.dataProvider().addFeatures([door])
    text = "name,measure,cost,RAIN_MM,DRAIN_CAPACITY_MM_H\nnothing,,,45,\npipes,pipes,300,45,600\n"
    results, listener = ensemble(text, BUILDINGS=houses, OPENINGS=doors, BASELINE="nothing")
    done = rows(results["RUNS_DONE"])
    assert [row["state"] for row in done.values()] == ["ok", "ok"], listener.warnings
    assert (done["nothing"]["buildings_reached"], done["nothing"]["doors_reached"]) == ("1", "2")
    (row,) = rows(results["COMPARISON"]).values()
    kept = 2 - int(done["pipes"]["doors_reached"])
    assert (int(row["doors_kept_dry"]), int(row["doors_newly_wet"])) == (kept, 0)
    assert kept > 0
    assert float(row["cost_per_door"]) == pytest.approx(300 / kept)
    risk = QgsVectorLayer(str(place / "the runs 结果" / "nothing" / "risk.gpkg"), "risk", "ogr")
    levels = {feature["id"]: feature["level_m"] for feature in risk.getFeatures()}
    assert levels["low"] > 5.15


def test_runs_with_drains_start_the_engine_of_their_own_and_equal_single_runs(ensemble, run_algorithm, place):
    pytest.importorskip("swmm.toolkit")
    from tests.core.flood.drains.small_networks import CHAIN

    values_m = np.full((10, 20), 12.0, np.float32)
    values_m[0, 0] = 12.1
    write_grid(Grid(values_m, 493_000.0, 2_490_950.0, 10.0, "EPSG:4547"), place / "flat.tif")
    text = CHAIN.split("[COORDINATES]")[0] + "[COORDINATES]\n"
    for name, x in (("J1", 15), ("J2", 115), ("O1", 195)):
        text += f"{name}  {493_000 + x}  {2_490_800 + 95}\n"
    (place / "drains.inp").write_text(text, "utf-8")
    closed = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}
    common = {"DTM": str(place / "flat.tif"), "RAIN_MM": 80, "DURATION_MIN": 20, **closed}
    results, listener = ensemble("name,DRAINS,BLOCKED_PCT\nclear,drains.inp,0\nblocked,drains.inp,100\n", **common)
    assert set(states(results).values()) == {"ok"}, listener.warnings
    single = {"DEPTH_MAX": str(place / "single.tif"), "SUMMARY": str(place / "single.json")}
    run_algorithm("twin:simulateflood", {**common, "DRAINS": str(place / "drains.inp"), "BLOCKED_PCT": 0, **single})
    folder = place / "the runs 结果"
    clear, blocked = (values(folder / name / "depth_max.tif") for name in ("clear", "blocked"))
    np.testing.assert_array_equal(clear, values(single["DEPTH_MAX"]))
    assert (blocked >= clear).all()
    assert blocked.sum() > clear.sum()
    captured = [
        json.loads((folder / n / "summary.json").read_text("utf-8"))["captured_m3"] for n in ("clear", "blocked")
    ]
    assert captured[0] > 1.0
    assert captured[1] == 0.0
    (place / "drains.inp").write_text(text + ";; a remark\n", "utf-8")
    again, _ = ensemble("name,DRAINS,BLOCKED_PCT\nclear,drains.inp,0\n", **common)
    assert states(again) == {"clear": "ok"}


def test_storms_are_made_from_columns(ensemble, run_algorithm, place):
    results, _ = ensemble(
        "name,zone,return_period_a,storm_duration_min,pattern\na,central,50,60,chicago\nb,west,2,30,uniform\n",
        DURATION_MIN=90,
    )
    assert set(states(results).values()) == {"ok"}
    storm = run_algorithm(
        "twin:designstorm",
        {"ZONE": "central", "RETURN_PERIOD": 50, "DURATION": 60, "OUTPUT": str(place / "storm.csv")},
    )
    single = run_algorithm(
        "twin:simulateflood",
        {
            "DTM": str(place / "地形 dtm.tif"), "RAIN": storm["OUTPUT"], "DURATION_MIN": 90,
            "DEPTH_MAX": str(place / "single.tif"),
        },
    )  # fmt: skip
    own = values(place / "the runs 结果" / "a" / "depth_max.tif")
    np.testing.assert_array_equal(own, values(single["DEPTH_MAX"]))
    again, _ = ensemble(
        "name,zone,return_period_a,storm_duration_min,pattern\na,central,50,60,chicago\nb,west,2,30,triangular\n",
        DURATION_MIN=90,
    )
    assert states(again) == {"a": "skipped", "b": "ok"}


def test_layers_of_the_project_reach_the_runs(ensemble, place):
    rain = QgsVectorLayer("NoGeometry?field=time_min:double&field=depth_mm:double", "a gauge 雨", "memory")
    row = QgsFeature(rain.fields())
    row.setAttributes([10.0, 40.0])
    rain.dataProvider().addFeatures([row])
    QgsProject.instance().addMapLayer(rain)
    try:
        results, _ = ensemble("name,RAIN,RAIN_MM\na,a gauge 雨,\nb,,40\nc,,\n", RAIN=rain.id())
        assert set(states(results).values()) == {"ok"}
        folder = place / "the runs 结果"
        a, b, c = (values(folder / name / "depth_max.tif") for name in "abc")
        np.testing.assert_array_equal(a, b)
        np.testing.assert_array_equal(a, c)
        again, _ = ensemble("name,RAIN,RAIN_MM\na,a gauge 雨,\nb,,40\nc,,\n", RAIN=rain.id())
        assert set(states(again).values()) == {"skipped"}
    finally:
        QgsProject.instance().removeMapLayer(rain.id())


def test_further_outputs_are_written_where_they_are_asked_for(ensemble, place):
    folder = place / "the runs 结果" / "run 0"
    more, _ = ensemble(table(1), MORE_OUTPUTS=["FROUDE_MAX", "BALANCE"], OVER_TIME=True)
    assert states(more) == {"run 0": "ok"}
    assert {"froude_max.tif", "balance.gpkg", "result.nc"} <= {path.name for path in folder.iterdir()}
    assert states(ensemble(table(1))[0]) == {"run 0": "skipped"}
    assert states(ensemble(table(1), MORE_OUTPUTS=["LIMITED"])[0]) == {"run 0": "ok"}
    assert not (folder / "balance.gpkg").exists()


def test_relative_paths_begin_at_the_table_or_where_the_run_was_started(ensemble, place, monkeypatch):
    here = place / "started here"
    here.mkdir()
    for folder, depth_mm in ((place, 10), (here, 40)):
        (folder / "rain.csv").write_text(f"time_min,depth_mm\n10,{depth_mm}\n", "utf-8")
    monkeypatch.chdir(here)
    results, _ = ensemble("name,RAIN,RAIN_MM\nof the table,rain.csv,\n10,,10\n40,,40\ncommon,,\n", RAIN="rain.csv")
    assert set(states(results).values()) == {"ok"}
    folder = place / "the runs 结果"
    for name, other in (("of the table", "10"), ("common", "40")):
        one, two = (values(folder / run / "depth_max.tif") for run in (name, other))
        np.testing.assert_array_equal(one, two)


def test_a_cell_without_data_in_one_run_and_runs_on_other_cells(ensemble, place):
    shutil.copy(place / "地形 dtm.tif", place / "hole.tif")
    hole = gdal.Open(str(place / "hole.tif"), gdal.GA_Update)
    hole.GetRasterBand(1).WriteArray(np.full((2, 2), -9999.0, np.float32), 15, 12)
    hole = None
    results, listener = ensemble("name,RAIN_MM,DTM,CELL_SIZE\na,40,,\nb,20,hole.tif,\nc,20,,8\n")
    assert states(results) == {"a": "ok", "b": "ok", "c": "ok"}
    assert any("4 cells have data in some runs" in text for text in listener.warnings)
    assert any("1 runs have other cells than 'a'" in text and "c" in text for text in listener.warnings)
    folder = place / "the runs 结果"
    deepest = values(folder / "a" / "depth_max.tif")
    np.testing.assert_array_equal(values(results["ENVELOPE_DEPTH"])[12:14, 15:17], deepest[12:14, 15:17])
    assert np.isnan(values(results["EXCEEDANCE"])[12:14, 15:17]).all()


@pytest.mark.parametrize(
    ("text", "parameters", "words"),
    [
        ("name,RAIN_NM\na,1\n", {}, "unknown column 'RAIN_NM': do you mean 'RAIN_MM'"),
        ("name,RAIN_MM\n", {}, "has no rows"),
        ("name,RAIN_MM\na,1\na,2\n", {}, "Rows 1 and 2 of RUNS have one name"),
        ("name,RAIN_MM\na,1\n", {"BASELINE": "b"}, "BASELINE is 'b', which is no run"),
        ("name,probability\na,0.7\nb,0.6\n", {}, "add up to 1.3"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_before_anything_runs(ensemble, place, text, parameters, words):
    with pytest.raises(QgsProcessingException) as caught:
        ensemble(text, **parameters)
    assert words in str(caught.value)
    assert not (place / "the runs 结果").exists()


def test_a_folder_in_use_or_of_the_users_is_left_alone(ensemble, place):
    folder = place / "the runs 结果"
    (folder / "run 0").mkdir(parents=True)
    (folder / "run 0" / "mine.txt").write_text("mine")
    results, _ = ensemble(table(2))
    done = rows(results["RUNS_DONE"])
    assert (done["run 0"]["state"], done["run 1"]["state"]) == ("failed", "ok")
    assert "already holds files" in done["run 0"]["reason"]
    assert (folder / "run 0" / "mine.txt").read_text() == "mine"
    if sys.platform != "win32":
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(QgsProcessingException, match="Another run of the ensemble works in"):
            ensemble(table(2))
        os.close(descriptor)


def test_a_full_disk_is_said_in_the_rows(ensemble, disk, place):
    disk(120)
    results, listener = ensemble(table(3), FOLDER=str(disk.folder / "runs"))
    done = rows(results["RUNS_DONE"])
    failed = [row for row in done.values() if row["state"] == "failed"]
    assert failed, done
    assert all("space" in row["reason"].lower() for row in failed)
    assert listener.warnings
