"""twin:floodwatch from tables to a ranking: a run left out, twice the largest, the demo's gauges, water, age."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:floodwatch"
PERIODS = (2, 5, 10, 20, 50, 100)


class Log(QgsProcessingFeedback):
    """Keeps warnings and lines."""

    def __init__(self):
        super().__init__(False)
        self.warnings, self.infos = [], []

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushInfo(self, info):
        self.infos.append(info)


def rows_of(path):
    layer = QgsVectorLayer(str(path), "", "ogr")
    names = layer.fields().names()
    found = [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]
    return found[0], found[1:]


def steps_of(path):
    with open(path, encoding="utf-8") as stream:
        return [(float(row["time_min"]), float(row["depth_mm"])) for row in csv.DictReader(stream)]


def write(path, header, rows):
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    Path(path).write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def place(run_algorithm, tmp_path_factory):
    """A folder with design storms and a table of runs that names them."""
    folder = tmp_path_factory.mktemp("watch") / "stored 已算"
    folder.mkdir()
    for period in PERIODS:
        values = {"ZONE": "central", "RETURN_PERIOD": period, "DURATION": 120, "OUTPUT": str(folder / f"p{period}.csv")}
        run_algorithm("twin:designstorm", values)
    rows = [(f"P{p}", f"p{p}.csv", p, f"plan {p} 预案.pdf", 1000 * p) for p in PERIODS]
    write(folder / "runs.csv", "name,rain,return_period_a,plan,wet_area_m2", rows)
    return folder


@pytest.fixture
def watch(run_algorithm, tmp_path, place):
    """A function from parameters to (results, observed row, run rows, log)."""

    def run(rain, **parameters):
        log = Log()
        values = {"RAIN": str(rain), "OUTPUT": str(tmp_path / "排名 out.gpkg"), **parameters}
        if not {"RUNS", "FOLDER"} & set(values):
            values["RUNS"] = str(place / "runs.csv")
        results = run_algorithm(ID, values, log)
        return results, *rows_of(values["OUTPUT"]), log

    return run


def most(steps, minutes):
    """The most in a window, by a search in steps of a minute; storms here have steps of 5 min."""
    ends, depths = np.array(steps).T
    fallen = np.interp(np.arange(ends[-1] + 1), [0, *ends], [0, *np.cumsum(depths)])
    width = min(int(minutes), len(fallen) - 1)
    return (fallen[width:] - fallen[:-width]).max()


def by_hand(one, other):
    """The distance of two rains."""
    measures = [(most(one, m), most(other, m)) for m in (10, 30, 60, 120)]
    measures.append((sum(d for _, d in one), sum(d for _, d in other)))
    return sum(abs(a - b) / max(a, b) for a, b in measures) / len(measures)


@pytest.mark.parametrize("period", PERIODS)
def test_a_run_left_out_finds_the_nearest_of_the_rest(watch, place, tmp_path, period):
    rest = [p for p in PERIODS if p != period]
    runs = write(tmp_path / "rest.csv", "name,rain", [(f"P{p}", place / f"p{p}.csv") for p in rest])
    observed = steps_of(place / f"p{period}.csv")
    distances = {f"P{p}": by_hand(observed, steps_of(place / f"p{p}.csv")) for p in rest}
    results, _, rows, log = watch(place / f"p{period}.csv", RUNS=runs, NEAR=0.45)
    assert [row["name"] for row in rows] == sorted(distances, key=distances.get)
    assert [row["distance"] for row in rows] == pytest.approx(sorted(distances.values()), abs=1e-4)
    assert rows[0]["name"] in {
        f"P{rest[max(i, 0)]}" for i in (PERIODS.index(period) - 1, min(PERIODS.index(period), 4))
    }
    first, second = sorted(distances.values())[:2]
    assert results["SURE_PCT"] == pytest.approx(100 * (1 - first / second), abs=0.1)
    assert results["NEAREST"] == rows[0]["name"], log.warnings


def test_the_run_itself_is_found_with_its_figures_and_plan(watch, place):
    results, observed, rows, log = watch(place / "p20.csv")
    assert (results["NEAREST"], results["PLAN"], results["IS_NEAR"]) == ("P20", "plan 20 预案.pdf", True)
    assert results["DISTANCE"] == pytest.approx(0, abs=1e-9)
    assert results["SURE_PCT"] == pytest.approx(100)
    assert (rows[0]["rank"], rows[0]["return_period_a"], rows[0]["wet_area_m2"]) == (1, 20, 20000)
    assert observed["kind"] == "observed"
    assert observed["most_10min_mm"] == pytest.approx(rows[0]["most_10min_mm"])
    assert "AGE_MIN" not in results
    assert any("how old they are is not known" in text for text in log.warnings)
    assert any("Stored runs | 6 | 0" in text for text in log.infos)
    near = [row for row in rows if row["near"]]
    assert results["RUNS_NEAR"] == len(near) == sum(row["distance"] <= 0.2 for row in rows)
    assert any(f"{len(near)} runs are near" in text for text in log.infos)
    assert "'P20'" in results["SAYS"]


def test_a_storm_twice_the_largest_is_near_none(watch, place, tmp_path):
    twice = write(tmp_path / "twice.csv", "time_min,depth_mm", [(t, 2 * d) for t, d in steps_of(place / "p100.csv")])
    results, _, rows, log = watch(twice)
    assert (results["NEAREST"], results["PLAN"], results["IS_NEAR"]) == ("", "", False)
    assert rows[0]["name"] == "P100"
    assert results["DISTANCE"] == pytest.approx(0.5)
    assert not any(row["near"] for row in rows)
    assert any("Nothing is extrapolated" in text and "total_mm" in text for text in log.warnings)
    assert results["SAYS"].startswith("No stored run is near")
    light = write(tmp_path / "light.csv", "time_min,depth_mm", [(t, d / 3) for t, d in steps_of(place / "p2.csv")])
    results, _, _, log = watch(light)
    assert results["IS_NEAR"] is False
    assert any("Less is observed" in text for text in log.warnings)


def test_the_demo_gauges_are_a_mean_whose_storm_is_ranked(watch, place, tmp_path, synthetic_district):
    """Three gauges of the demo district: about 168 mm in three hours, more than the 100-year storm of two."""
    from twin_plugin.core.demo.layers import make_layers

    layer = next(item for item in make_layers(synthetic_district(12, 1)) if item.name == "gauge_rain")
    rows = [row for _, row in layer.rows]
    gauges = write(tmp_path / "gauges.csv", "site,time_min,depth_mm", rows)
    results, observed, ranked, log = watch(gauges)
    times = sorted({row[1] for row in rows})
    mean = [(t, float(np.mean([row[2] for row in rows if row[1] == t]))) for t in times]
    assert observed["total_mm"] == pytest.approx(sum(d for _, d in mean))
    assert observed["most_30min_mm"] == pytest.approx(most(mean, 30))
    assert any("mean of 3 gauges" in text for text in log.warnings)
    wanted = min(PERIODS, key=lambda p: by_hand(mean, steps_of(place / f"p{p}.csv")))
    assert ranked[0]["name"] == f"P{wanted}"
    assert results["IS_NEAR"] == ranked[0]["near"]


def test_the_storm_so_far_is_compared_with_the_first_part_of_runs(watch, place, tmp_path):
    begun = steps_of(place / "p50.csv")[:12]
    part = write(tmp_path / "part.csv", "time_min,depth_mm", begun)
    results, observed, rows, _ = watch(part, COMPARE="so_far")
    assert (results["NEAREST"], results["DISTANCE"]) == ("P50", pytest.approx(0, abs=1e-9))
    assert rows[0]["total_mm"] == pytest.approx(observed["total_mm"])
    whole, *_ = watch(part)
    assert whole["DISTANCE"] > 0.01
    hourly = write(tmp_path / "hourly.csv", "time_min,depth_mm", [(60, 50), (120, 40)])
    _, observed, _, log = watch(hourly)
    assert observed["most_30min_mm"] == NULL
    assert any("longer than 30 min" in text for text in log.warnings)
    rest = write(tmp_path / "rest.csv", "time_min,depth_mm", steps_of(place / "p50.csv")[10:])
    joined, _, _, log = watch(part, FORECAST=rest)
    assert (joined["NEAREST"], joined["DISTANCE"]) == ("P50", pytest.approx(0, abs=1e-9))
    assert any("Forecast | 12 | 2" in text for text in log.infos)


def moments(steps, start="2026-06-08T08:00", zone="Z"):
    first = datetime.fromisoformat(start)
    return [((first + timedelta(minutes=t)).isoformat(timespec="minutes") + zone, d) for t, d in steps]


def test_old_and_gappy_observations_are_reported(watch, place, tmp_path):
    steps = moments(steps_of(place / "p10.csv"))
    late = write(tmp_path / "late.csv", "time,depth_mm", steps)
    results, _, _, log = watch(late, NOW="2026-06-08T11:00Z")
    assert results["AGE_MIN"] == pytest.approx(60)
    assert any("60 min old, more than 30" in text for text in log.warnings)
    _, _, _, log = watch(late, NOW="2026-06-08T10:10Z")
    assert not log.warnings
    _, _, _, log = watch(late, NOW="2026-06-08T10:10+08:00")
    assert any("470 min later than now" in text for text in log.warnings)
    gaps = write(tmp_path / "gaps.csv", "time,depth_mm", [*steps[:9], *steps[13:]])
    _, _, _, log = watch(gaps, NOW="2026-06-08T10:10Z")
    assert any("no value for 20 of 120 min" in text for text in log.warnings)
    two = [("a", *step) for step in steps] + [("b", *step) for step in steps[:12]]
    _, _, _, log = watch(write(tmp_path / "two.csv", "gauge,time,depth_mm", two), NOW="2026-06-08T10:10Z")
    assert any("1 gauges are silent" in text and text.endswith("others: b.") for text in log.warnings)
    now = datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=130)
    fresh = moments(steps_of(place / "p10.csv"), now.isoformat(timespec="minutes"))
    results, _, _, _ = watch(write(tmp_path / "fresh.csv", "time,depth_mm", fresh))
    assert 9 <= results["AGE_MIN"] <= 12


def test_a_forecast_or_record_of_days_is_cut_to_the_last_hours(watch, place, tmp_path):
    old, storm = [(60.0 * h, 1.0) for h in range(1, 25)], steps_of(place / "p20.csv")
    long = write(tmp_path / "long.csv", "time_min,depth_mm", [*old, *((1440 + t, d) for t, d in storm)])
    _, _, _, log = watch(long)
    assert any("LAST_HOURS" in text for text in log.warnings)
    results, *_ = watch(long, LAST_HOURS=2)
    assert (results["NEAREST"], results["DISTANCE"]) == ("P20", pytest.approx(0, abs=1e-6))


def folder_of_run(place, name, rain, depth, bed=1.0):
    """What a finished run leaves: SUMMARY with its rain, and rasters of 4 x 4 cells."""
    folder = place / name
    folder.mkdir(parents=True)
    ends, depths = zip(*rain, strict=True)
    summary = {
        "run_id": name,
        "wet_area_m2": 5.0,
        "max_depth_m": depth,
        "rain_steps": {"end_min": ends, "depth_mm": depths},
    }
    (folder / "summary.json").write_text(json.dumps(summary), "utf-8")
    depths_m = np.full((4, 4), depth, np.float32)
    levels_m = depths_m + np.float32(bed) if depth else np.full((4, 4), np.nan, np.float32)
    for file, values in (("depth_max", depths_m), ("level_max", levels_m)):
        write_grid(Grid(values, 500_000.0, 2_500_000.0, 10.0, "EPSG:4547"), folder / f"{file}.tif")


def gauges(tmp_path, *rows, field="level_m:double"):
    """A layer of points with a name, a time in minutes and a value."""
    layer = QgsVectorLayer(
        f"Point?crs=EPSG:4547&field=name:string&field=time_min:double&field={field}", "水位", "memory"
    )
    features = []
    for name, x, time, value in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, 2_499_985.0)))
        feature.setAttributes([name, time, value])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer, False)
    return layer


def test_levels_tell_runs_of_the_same_rain_apart(watch, place, tmp_path):
    runs, rain = tmp_path / "runs 水", steps_of(place / "p20.csv")
    for name, depth in (("clear", 0.2), ("blocked", 0.6), ("dry", 0.0)):
        folder_of_run(runs, name, rain, depth)
    _, _, rows, log = watch(place / "p20.csv", FOLDER=str(runs))
    assert any("3 runs are equally near" in text for text in log.warnings)
    assert [row["distance"] for row in rows] == pytest.approx([0, 0, 0], abs=1e-12)
    water = gauges(tmp_path, ("W1", 500_005.0, 30, 1.30), ("W1", 500_005.0, 60, 1.55), ("far", 501_000.0, 60, 2.0))
    results, _, rows, log = watch(place / "p20.csv", FOLDER=str(runs), LEVELS=water)
    assert [row["name"] for row in rows] == ["blocked", "clear", "dry"]
    assert [row["water_distance"] for row in rows] == pytest.approx([0.05 / 0.5, 0.35 / 0.5, 1.0], abs=1e-5)
    assert results["DISTANCE"] == pytest.approx(0.05, abs=1e-5)
    assert any("Gauges of water | 1 | 1" in text for text in log.infos)
    assert any("2 gauges of water end more than 30 min before the observed rain: W1, far" in t for t in log.warnings)
    depths = gauges(tmp_path, ("W1", 500_005.0, 30, 18.0), field="depth_cm:double")
    results, _, rows, _ = watch(place / "p20.csv", FOLDER=str(runs), LEVELS=depths)
    assert rows[0]["name"] == "clear"
    assert rows[0]["water_distance"] == pytest.approx(0.02 / 0.5, abs=1e-5)
    high = gauges(tmp_path, ("W1", 500_005.0, 30, 2.9))
    results, _, _, log = watch(place / "p20.csv", FOLDER=str(runs), LEVELS=high)
    assert results["IS_NEAR"] is False
    assert any("More is observed" in text and "W1" in text for text in log.warnings)


def test_observations_of_a_service_are_read_as_they_come(watch, place):
    """Rows of sensors with property, value, unit and a moment; those that are no rain are left aside."""
    fields = "field=sensor_id:string&field=property:string&field=value:double&field=unit:string&field=time:datetime"
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326&{fields}", "observations", "memory")
    features, last = [], QDateTime(2026, 6, 8, 10, 0, 0, 0, Qt.TimeSpec.UTC)
    steps = steps_of(place / "p20.csv")
    for sensor, kind, unit, factor in (
        ("R1", "Rainfall", "mm/h", 12.0),
        ("R2", "Rainfall", "mm", 1.0),
        ("L", "level", "m", 1),
    ):
        for end, depth in steps:
            feature = QgsFeature(layer.fields())
            moment = last.addSecs(int(60 * (end - steps[-1][0])))
            feature.setAttributes([sensor, kind, depth * factor, unit, moment])
            features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer, False)
    results, _, _, log = watch(layer.id(), NOW="2026-06-08T10:05Z")
    assert (results["NEAREST"], results["AGE_MIN"]) == ("P20", pytest.approx(5))
    assert results["DISTANCE"] == pytest.approx(0, abs=1e-4)
    assert any("mean of 2 gauges" in text for text in log.warnings)


def test_a_folder_says_what_its_run_did_to_buildings(watch, place, tmp_path):
    runs = tmp_path / "runs"
    folder_of_run(runs, "one", steps_of(place / "p20.csv"), 0.3)
    note = {"inputs": {}, "files": {}, "answer": {"buildings": {"a": 1, "b": 1}, "doors": {"a": 3}}}
    (runs / "one" / "run.json").write_text(json.dumps(note), "utf-8")
    (runs / "one" / "result.nc").write_bytes(b"")
    risk = QgsVectorLayer("Point?crs=EPSG:4547&field=id:string&field=risk_class:integer", "risk", "memory")
    features = []
    for number in (0, 1, 1, 2, 4, None):
        feature = QgsFeature(risk.fields())
        feature.setAttributes([str(len(features)), number])
        features.append(feature)
    risk.dataProvider().addFeatures(features)
    options = QgsVectorFileWriter.SaveVectorOptions()
    context = QgsProject.instance().transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(risk, str(runs / "one" / "risk.gpkg"), context, options)
    _, _, (row,), _ = watch(place / "p20.csv", FOLDER=str(runs))
    assert [row[f"class_{number}"] for number in (1, 2, 3, 4)] == [2, 1, 0, 1]
    assert (row["buildings_reached"], row["doors_reached"], row["max_depth_m"]) == (2, 3, pytest.approx(0.3))
    assert row["result"].endswith("result.nc")
    assert Path(row["folder"]) == runs / "one"


def test_what_cannot_be_compared_is_listed_and_counted(watch, place, tmp_path):
    (tmp_path / "old").mkdir()
    words = write(
        tmp_path / "words.csv", "name,rain,return_period_a,wet_area_m2", [("a", place / "p5.csv", "often", "?")]
    )
    _, _, rows, _ = watch(place / "p5.csv", RUNS=words)
    assert (rows[0]["return_period_a"], rows[0]["wet_area_m2"]) == (NULL, NULL)
    (tmp_path / "old" / "summary.json").write_text('{"run_id": "x"}', "utf-8")
    plans = write(tmp_path / "plans.csv", "name,plan", [("good", "A.pdf"), ("gone", "B.pdf")])
    table = [
        ("good", "ok", "", place / "p5.csv", ""),
        ("old", "ok", "", "", "old"),
        ("lost", "skipped", "", "nowhere.csv", ""),
        ("wall", "ok", "a wall", place / "p5.csv", ""),
        ("bad", "failed", "", "", ""),
    ]
    runs = write(tmp_path / "runs.csv", "name,state,measure,rain,folder", table)
    results, _, rows, log = watch(place / "p5.csv", RUNS=runs, PLANS=plans)
    assert (results["NEAREST"], results["PLAN"]) == ("good", "A.pdf")
    assert [(row["name"], row["rank"]) for row in rows] == [("good", 1), ("old", NULL), ("lost", NULL)]
    assert "no rain over time" in rows[1]["reason"]
    assert "nowhere.csv" in rows[2]["reason"]
    line = next(text for text in log.infos if text.startswith("Stored runs"))
    assert line.startswith("Stored runs | 1 | 4 | 0 | failed: 1; with a measure: 1; without a known rain: 2")
    assert line.endswith("plans of no run: 1")
    _, _, rows, _ = watch(place / "p5.csv", RUNS=runs, WITH_MEASURES=True)
    assert [row["name"] for row in rows[:2]] == ["good", "wall"]


def test_bad_input_is_refused_in_a_sentence(watch, place, tmp_path):
    rain = str(place / "p5.csv")
    empty = tmp_path / "empty"
    empty.mkdir()
    nameless = write(tmp_path / "nameless.csv", "rain,folder", [(rain, "")])
    twice = write(tmp_path / "twice.csv", "name,rain", [("a", rain), ("a", rain)])
    level = write(tmp_path / "level.csv", "time_min,value", [(5, 1)])
    dated = write(tmp_path / "dated.csv", "time,depth_mm", moments(steps_of(rain)))
    for changes, sentence in (
        ({"RUNS": None}, "Choose the stored runs"),
        ({"FOLDER": str(empty), "RUNS": str(place / "runs.csv")}, "both given"),
        ({"FOLDER": str(empty)}, "No stored run has a known rain"),
        ({"RUNS": nameless}, "no field name"),
        ({"RUNS": twice}, "more than once"),
        ({"RAIN": level}, "without a unit"),
        ({"FORECAST": dated}, "one kind"),
        ({"RAIN": dated, "NOW": "tomorrow"}, "NOW is no date"),
        ({"RAIN": dated, "NOW": "2026-06-08T10:00"}, "must both have a time zone"),
        ({"PLANS": rain}, "needs the fields name"),
    ):
        with pytest.raises(QgsProcessingException, match=sentence):
            watch(changes.get("RAIN", rain), **{name: value for name, value in changes.items() if name != "RAIN"})


def test_a_cancel_ends_it_and_writes_nothing(run_algorithm, place, tmp_path):
    class Stop(Log):
        def setProgress(self, percent):
            self.cancel()

    out = tmp_path / "none.gpkg"
    values = {"RAIN": str(place / "p5.csv"), "RUNS": str(place / "runs.csv"), "OUTPUT": str(out)}
    assert run_algorithm(ID, values, Stop()) == {}
    assert not out.exists()


def bowl(folder):
    y, x = np.mgrid[0:24, 0:30].astype(np.float32)
    values = 5 + 0.01 * ((x - 15) ** 2 + (y - 12) ** 2)
    write_grid(Grid(values, 493_000.0, 2_491_000.0, 4.0, "EPSG:4547"), folder / "dtm.tif")
    return str(folder / "dtm.tif")


def test_a_simulation_keeps_its_rain_and_is_found_by_it(watch, run_algorithm, place, tmp_path):
    pytest.importorskip("numba")
    runs = tmp_path / "runs"
    for period in (5, 50):
        (runs / f"P{period}").mkdir(parents=True)
        values = {"DTM": bowl(tmp_path), "RAIN": str(place / f"p{period}.csv"), "DURATION_MIN": 125}
        run_algorithm("twin:simulateflood", values | {"SUMMARY": str(runs / f"P{period}" / "summary.json")})
    kept = json.loads((runs / "P50" / "summary.json").read_text("utf-8"))
    steps = list(zip(kept["rain_steps"]["end_min"], kept["rain_steps"]["depth_mm"], strict=True))
    assert np.array(steps) == pytest.approx(np.array(steps_of(place / "p50.csv")), abs=2e-6)
    results, _, rows, _ = watch(place / "p50.csv", FOLDER=str(runs))
    assert (results["NEAREST"], results["DISTANCE"]) == ("P50", pytest.approx(0, abs=1e-6))
    assert rows[0]["wet_area_m2"] == kept["wet_area_m2"]
    assert rows[0]["run_id"] == kept["run_id"]


def test_a_run_from_a_state_keeps_the_rain_of_its_own_time(run_algorithm, place, tmp_path):
    pytest.importorskip("numba")
    values = {"DTM": bowl(tmp_path), "RAIN": str(place / "p5.csv"), "OUTPUT_STEP_MIN": 10}
    state = str(tmp_path / "half.state")
    run_algorithm(
        "twin:simulateflood", values | {"DURATION_MIN": 40, "STATE": state, "SUMMARY": str(tmp_path / "1.json")}
    )
    run_algorithm(
        "twin:simulateflood",
        values | {"DURATION_MIN": 80, "START": state, "START_CLOCK": "continue", "SUMMARY": str(tmp_path / "2.json")},
    )
    steps = steps_of(place / "p5.csv")
    for file, wanted in (("1", sum(d for t, d in steps if t <= 40)), ("2", sum(d for t, d in steps if t > 40))):
        kept = json.loads((tmp_path / f"{file}.json").read_text("utf-8"))["rain_steps"]
        assert sum(kept["depth_mm"]) == pytest.approx(wanted, rel=1e-4)
        assert kept["end_min"][-1] == {"1": 40, "2": 80}[file]


def test_rain_that_moves_is_kept_as_its_mean(run_algorithm, place, tmp_path):
    pytest.importorskip("numba")
    values = {"DTM": bowl(tmp_path), "RAIN": str(place / "p5.csv"), "STORM_DIRECTION": 90, "STORM_SPEED": 1.0}
    run_algorithm("twin:simulateflood", values | {"SUMMARY": str(tmp_path / "s.json"), "OUTPUT_STEP_MIN": 5})
    kept = json.loads((tmp_path / "s.json").read_text("utf-8"))
    assert sum(kept["rain_steps"]["depth_mm"]) == pytest.approx(kept["rain_mm"], rel=1e-5)
    ends = kept["rain_steps"]["end_min"]
    assert ends[:-1] == pytest.approx(np.arange(5, ends[-1], 5))


def test_a_now_that_is_no_moment_is_refused_for_times_in_minutes_too(watch, place):
    with pytest.raises(QgsProcessingException, match="NOW is no date with a time: 'yesterday'"):
        watch(place / "p20.csv", NOW="yesterday")
