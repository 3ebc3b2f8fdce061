"""twin:basementflooding: against closed forms and the engine's own rooms; guesses, barriers ranked, wrong inputs."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.memory_layers import written_layer
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL_M, SIZE = 493_000.0, 2_491_000.0, 2.0, 30
NO_OPENINGS = object()


@pytest.fixture
def layer(tmp_path):
    """A function that writes features (WKT, then values by field) as a layer and returns its path."""

    def make(name: str, features, epsg: int = 4547) -> str:
        return written_layer(tmp_path / f"{name} 地下.gpkg", name, features, epsg)

    return make


@pytest.fixture
def result(tmp_path):
    """A function that writes a RESULT of a flat yard at 4 m (or another ground) with an even depth at each minute."""

    def make(depths_m: dict[float, float], ground_m: float | np.ndarray = 4.0) -> str:
        bed = np.broadcast_to(np.asarray(ground_m, np.float32), (SIZE, SIZE)).copy()
        path = tmp_path / "result.nc"
        times = [60.0 * minutes for minutes in depths_m]
        with FloodMesh(path, Grid(bed, WEST, NORTH, CELL_M, "EPSG:4547"), times) as mesh:
            for depth_m in depths_m.values():
                mesh.write(np.full_like(bed, depth_m), bed, 0 * bed, 0 * bed)
        return str(path)

    return make


@pytest.fixture
def flood(run_algorithm, layer, tmp_path):
    """A function that floods rooms; returns results and log."""

    def run(nc: str, rooms, openings, **more) -> tuple[dict, str]:
        feedback = QgsProcessingFeedback(False)
        given = {"UNDERGROUND": layer("rooms", rooms)}
        if openings is not NO_OPENINGS:
            given["OPENINGS_UNDERGROUND"] = layer("openings", openings)
        outputs = {name: str(tmp_path / f"{name}.gpkg") for name in ("ROOMS", "OPENINGS_FLOW", "SERIES", "RANKING")}
        return run_algorithm(
            "twin:basementflooding", {"RESULT": nc, **given, **outputs, **more}, feedback
        ), feedback.textLog()

    return run


def box(west: float, south: float, east: float, north: float) -> str:
    """A rectangle in metres from the south-west corner of the yard."""
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return f"POLYGON(({','.join(f'{WEST + x} {NORTH - 60 + y}' for x, y in ring)}))"


def point(x: float, y: float) -> str:
    return f"POINT({WEST + x} {NORTH - 60 + y})"


def rows(place: str) -> list[dict]:
    table = QgsVectorLayer(place, "table", "ogr")
    assert table.isValid()
    names = table.fields().names()
    return [
        {name: None if str(value) == "NULL" else value for name, value in zip(names, f.attributes(), strict=True)}
        for f in table.getFeatures()
    ]


def line(log: str, what: str) -> list[str]:
    """The cells of a line of the table at the end of a log."""
    [found] = re.findall(rf"^{what} \| .*$", log, re.MULTILINE)
    return [cell.strip() for cell in found.split("|")[1:]]


CELLAR = {"id": "cellar", "building_id": "h", "bottom_elev_m": 1.0, "top_elev_m": 7.0, "volume_m3": 2400.0}
DOOR = {"id": "door", "building_id": "h", "kind": "door", "sill_elev_m": 4.0, "width_m": 1.2}
STILL = dict.fromkeys(range(0, 140, 5), 0.3)


def test_the_reference_s_cellar_fills_as_its_closed_form(flood, result):
    """400 m² behind a door of 1.2 m under 0.30 m: 0.3352 m³/s, 3.0 m in 3,579.89 s, 3.277 m at 4,000 s, 3.300 m."""
    results, log = flood(result(STILL), [(box(20, 20, 40, 40), CELLAR)], [(point(30, 19), DOOR)], SERIES_STEP_MIN=0.5)
    [room] = rows(results["ROOMS"])
    flow_m3s = 1.7 * 1.2 * 0.3**1.5
    for name, depth_m in (("depth_015_min", 0.15), ("depth_030_min", 0.30), ("depth_120_min", 1.20)):
        assert room[name] == pytest.approx(depth_m * 400 / flow_m3s / 60, rel=2e-5)
    assert room["depth_max_m"] == pytest.approx(3.300, abs=1e-4)
    assert room["confidence"] == "high"
    [flow] = rows(results["OPENINGS_FLOW"])
    assert flow["peak_flow_m3s"] == pytest.approx(0.335206, rel=1e-5)
    assert flow["head_max_m"] == pytest.approx(0.3, abs=1e-5)
    assert flow["source"] == "layer"
    series = rows(results["SERIES"])
    assert [row["time_min"] for row in series[:3]] == [0, 0.5, 1.0]
    times, depths = ([row[name] for row in series] for name in ("time_min", "depth_m"))
    assert np.interp(4000 / 60, times, depths) == pytest.approx(3.277, abs=1e-3)
    assert np.interp(600 / 60, times, depths) == pytest.approx(0.5028, abs=5e-5)
    assert results["ROOMS_FLOODED"] == 1
    assert results["VOLUME_M3"] == pytest.approx(1320, abs=0.1)
    # 60 m x 60 m under 0.3 m hold 1,080 m³: the cellar would need more than the street has.
    assert "122.2 % of the most water in RESULT at one time (1,080 m³)" in log
    assert "Give the same layers to UNDERGROUND of 'Simulate flood'" in log
    assert line(log, "Openings of rooms below ground")[:3] == ["1", "0", "0"]


def test_a_head_that_rises_in_an_hour(flood, result):
    """From 0 to 0.30 m in 1 h: 482.6969 m³, 1.2067 m."""
    results, _ = flood(result({0: 0.0, 60: 0.3}), [(box(20, 20, 40, 40), CELLAR)], [(point(30, 19), DOOR)])
    [room] = rows(results["ROOMS"])
    assert room["volume_m3"] == pytest.approx(482.6969, abs=0.01)
    assert room["depth_max_m"] == pytest.approx(1.2067, abs=1e-4)
    assert 0 < room["first_inflow_min"] < room["depth_015_min"] < 60


def test_barriers_are_ranked_by_what_they_win(flood, result):
    """Door of 1.0 m under 0.30 m and ramp of 4.0 m under 0.40 m: the ramp's boards win 3,572.6 s until 2.9 m."""
    openings = [
        (point(30, 19), {**DOOR, "sill_elev_m": 4.1, "width_m": 1.0}),
        (point(19, 30), {**DOOR, "id": "ramp", "kind": "ramp", "width_m": 4.0}),
        (point(41, 30), {**DOOR, "id": "high", "sill_elev_m": 4.5}),
    ]
    deep = dict.fromkeys(range(0, 75, 5), 0.4)
    room = {**CELLAR, "contents": 5e5}
    results, _ = flood(
        result(deep), [(box(20, 20, 40, 40), room)], openings,
        VALUE_FIELD="contents", CURRENCY="CNY", FULL_DAMAGE_DEPTH_M=10,
    )  # fmt: skip
    ramp, door = rows(results["RANKING"])
    assert (ramp["opening_id"], ramp["rank"], door["opening_id"], door["rank"]) == ("ramp", 1, "door", 2)
    door_m3s, ramp_m3s = 0.27934, 1.72028
    both = 400 / (door_m3s + ramp_m3s) / 60
    for name, depth_m in (("won_015_min", 0.15), ("won_030_min", 0.30), ("won_120_min", 1.20)):
        assert ramp[name] == pytest.approx(depth_m * (400 / door_m3s / 60 - both), rel=1e-3)
        assert door[name] == pytest.approx(depth_m * (400 / ramp_m3s / 60 - both), rel=1e-3)
    assert ramp["head_max_m"] == pytest.approx(0.4, abs=1e-5)
    # Barred, the door alone brings 4,200 s x 0.27934 m³/s; else the cellar stands as high as the street.
    kept_m3 = 400 * 3.4 - 4200 * door_m3s
    assert ramp["kept_out_m3"] == pytest.approx(kept_m3, rel=5e-3)
    assert ramp["kept_out_m3_per_m"] == pytest.approx(ramp["kept_out_m3"] / 4)
    assert ramp["damage_avoided"] == pytest.approx(5e5 * kept_m3 / 400 / 10, rel=5e-3)
    assert ramp["currency"] == "CNY"
    assert results["DAMAGE"] == pytest.approx(5e5 * 0.34, rel=1e-4)
    told, _ = flood(
        result(deep), [(box(20, 20, 40, 40), {**room, "contents": "500,000"})], openings,
        VALUE_FIELD="contents", CURRENCY="CNY", FULL_DAMAGE_DEPTH_M=10,
    )  # fmt: skip
    assert told["DAMAGE"] == pytest.approx(results["DAMAGE"])


def test_what_layers_do_not_say_is_guessed_and_said(flood, result, layer):
    rooms = [
        (box(20, 20, 40, 40), CELLAR),
        (box(4, 4, 12, 12), {**CELLAR, "id": "no sill", "building_id": "b"}),
        (box(46, 46, 56, 56), {**CELLAR, "id": "alone", "building_id": "c"}),
    ]
    openings = [
        (point(30, 19), DOOR),
        (point(8, 3), {**DOOR, "id": "vent", "kind": "vent", "building_id": "b", "sill_elev_m": None, "width_m": None}),
    ]
    houses = layer("houses", [(box(46, 46, 56, 56), {"id": "c", "ground_floor_elev_m": 4.1})])
    results, log = flood(result(STILL), rooms, openings, BUILDINGS=houses)
    high, low, none = rows(results["ROOMS"])
    assert [row["confidence"] for row in (high, low, none)] == ["high", "low", "none"]
    flows = {row["id"]: row for row in rows(results["OPENINGS_FLOW"])}
    assert flows["vent"]["sill_elev_m"] == pytest.approx(4.15)
    assert flows["vent"]["width_m"] == 1.2
    assert flows["vent"]["source"] == "guessed"
    assert flows["alone (assumed)"]["sill_elev_m"] == pytest.approx(4.25)
    assert flows["alone (assumed)"]["source"] == "assumed"
    assert none["depth_015_min"] == pytest.approx(0.15 * 400 / (1.7 * 1.0 * 0.05**1.5) / 60, rel=1e-3)
    assert "1 rooms below ground have no opening in OPENINGS_UNDERGROUND" in log
    assert "sill guessed from the ground: 1" in line(log, "Openings of rooms below ground")[3]


def test_without_any_openings_the_ground_decides(flood, result):
    """The door stands where the water is highest beside the outline, 0.15 m above the ground there."""
    ground = np.full((SIZE, SIZE), 4.0)
    ground[:, 15:] = 3.8
    results, log = flood(result({0: 0.3, 30: 0.3}, ground), [(box(20, 20, 40, 40), CELLAR)], NO_OPENINGS)
    [room], [flow] = rows(results["ROOMS"]), rows(results["OPENINGS_FLOW"])
    assert room["confidence"] == "none"
    assert flow["sill_elev_m"] == pytest.approx(4.15)
    assert room["volume_m3"] == pytest.approx(1.7 * 1.0 * 0.15**1.5 * 1800, rel=1e-4)
    assert line(log, "Rooms below ground")[0] == "1"


def test_openings_take_no_water_from_roofs(flood, result, layer):
    """Of raised blocks in the ground of RESULT, with and without the buildings."""
    ground = np.full((SIZE, SIZE), 4.0)
    ground[10:20, 10:20] = 9.0
    nc, rooms, openings = result(STILL, ground), [(box(20, 20, 40, 40), CELLAR)], [(point(30, 20.5), DOOR)]
    found = []
    for more in ({}, {"BUILDINGS": layer("houses", [(box(20, 20, 40, 40), {"id": "h"})])}):
        results, log = flood(nc, rooms, openings, **more)
        assert ("100 cells that stand 5 m above" in log) is not bool(more)
        found.append(rows(results["OPENINGS_FLOW"])[0]["head_max_m"])
    assert found == pytest.approx([0.3, 0.3], abs=1e-5)


def test_barriers_passages_and_rooms_left_out(flood, result, layer):
    deep = {"id": "deep", "bottom_elev_m": -4.0, "top_elev_m": 0.9, "volume_m3": 1000.0}
    lost = {"id": "lost", "bottom_elev_m": 3.0, "top_elev_m": 2.0}
    rooms = [(box(20, 20, 40, 40), CELLAR), (box(20, 20, 40, 40), deep), (box(0, 0, 5, 5), lost)]
    links = layer("links", [(None, {"from": "cellar", "to": "deep", "sill_elev_m": 1.0, "width_m": 1.5})])
    openings = [(point(30, 19), DOOR), (point(19, 30), {**DOOR, "id": "gate"})]
    barriers = layer("barriers", [(None, {"opening_id": "gate", "kind": "gate"})])
    results, log = flood(result(STILL), rooms, openings, UNDERGROUND_LINKS=links, BARRIERS=barriers)
    cellar, below, gone = rows(results["ROOMS"])
    assert below["volume_m3"] == pytest.approx(1000.0)
    assert cellar["volume_m3"] > 0
    assert below["openings"] == 0
    assert (below["confidence"], below["note"]) == ("high", None), "the water comes through the cellar"
    assert results["ROOMS_UNKNOWN"] == 1
    assert gone["note"] == "left out: see the log"
    assert gone["confidence"] is None
    assert {row["id"]: row["inflow_m3"] for row in rows(results["OPENINGS_FLOW"])}["gate"] == 0.0
    assert [row["opening_id"] for row in rows(results["RANKING"])] == ["door"]
    assert line(log, "Barriers")[:3] == ["0", "0", "1"]


@pytest.mark.parametrize(
    ("rooms", "openings", "more", "sentence"),
    [
        ([(box(20, 20, 40, 40), {"id": "a", "bottom_elev_m": 3.0, "top_elev_m": 2.0})], [(point(30, 19), DOOR)], {},
         "no room that can be used"),
        ([(box(20, 20, 40, 40), CELLAR)], [(point(3000, 19), DOOR)], {}, "lies on the cells of RESULT"),
        ([(box(20, 20, 40, 40), {**CELLAR, "v": 1.0})], [(point(30, 19), DOOR)], {"VALUE_FIELD": "v"}, "CURRENCY"),
        ([(box(20, 20, 40, 40), CELLAR)], [(point(30, 19), DOOR)], {"RESULT": "/nowhere.nc"}, "cannot be read"),
    ],
)  # fmt: skip
def test_wrong_inputs_end_in_a_sentence(flood, result, rooms, openings, more, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        flood(**{"nc": result(STILL), "rooms": rooms, "openings": openings, **more})


@pytest.mark.slow
def test_it_equals_the_engine_s_own_rooms_where_they_take_little(run_algorithm, flood, layer, tmp_path):
    """A yard of 60 m by 60 m under 200 mm of rain and a small cellar: the run with rooms, and RESULT of one without."""
    dtm = tmp_path / "yard.tif"
    write_grid(Grid(np.full((SIZE, SIZE), 4.0, np.float32), WEST, NORTH, CELL_M, "EPSG:4547"), dtm)
    rooms = [(box(20, 20, 40, 40), {**CELLAR, "volume_m3": 400.0})]
    openings = [(point(30, 19), {**DOOR, "sill_elev_m": 4.02, "width_m": 0.1})]
    run = {
        "DTM": str(dtm), "RAIN_MM": 200, "DURATION_MIN": 60, "OUTPUT_STEP_MIN": 2, "THREADS": 1,
        **{f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")},
        "BUILDINGS": layer("house", [(box(20, 20, 40, 40), {"id": "h"})]), "SCHEME": "inertial",
        "RESULT": str(tmp_path / "street.nc"), "SUMMARY": str(tmp_path / "summary.json"),
    }  # fmt: skip
    run_algorithm("twin:simulateflood", run)
    results, log = flood(run["RESULT"], rooms, openings)
    [own] = rows(results["ROOMS"])
    more = {
        "UNDERGROUND": str(tmp_path / "rooms 地下.gpkg"), "OPENINGS_UNDERGROUND": str(tmp_path / "openings 地下.gpkg"),
        "UNDERGROUND_FILLED": str(tmp_path / "filled.gpkg"), "RESULT": str(tmp_path / "both.nc"),
        "SUMMARY": str(tmp_path / "both.json"),
    }  # fmt: skip
    run_algorithm("twin:simulateflood", {**run, **more})
    [engine] = rows(more["UNDERGROUND_FILLED"])
    assert 15 < engine["volume_m3"] < 200  # never as high as the sill
    assert own["volume_m3"] == pytest.approx(engine["volume_m3"], rel=0.04)
    assert own["depth_015_min"] == pytest.approx(engine["depth_015_min"], rel=0.05)
    results, log = flood(more["RESULT"], rooms, openings)
    [again] = rows(results["ROOMS"])
    assert again["volume_m3"] == pytest.approx(engine["volume_m3"], rel=0.01)
    assert "The run of RESULT carried 1 rooms below ground itself" in log
    assert math.isfinite(again["street_pct"])
