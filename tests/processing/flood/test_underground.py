"""Rooms below ground in twin:simulateflood: layers as users have them, what is guessed, left out and refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.memory_layers import written_layer
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL_M = 493_000.0, 2_491_000.0, 2.0


@pytest.fixture
def layer(tmp_path):
    """A function that writes features (WKT, then values by field) as a layer and returns its path."""

    def make(name: str, features, epsg: int = 4547) -> str:
        return written_layer(tmp_path / f"{name} 地下.gpkg", name, features, epsg)

    return make


@pytest.fixture
def street(tmp_path, layer):
    """Parameters of a run on a flat yard of 60 m by 60 m under 100 mm of rain, with a house over a garage."""
    path = tmp_path / "yard.tif"
    write_grid(Grid(np.full((30, 30), 4.0, np.float32), WEST, NORTH, CELL_M, "EPSG:4547"), path)
    closed = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}
    return {
        "DTM": str(path), "RAIN_MM": 100, "DURATION_MIN": 20, "OUTPUT_STEP_MIN": 5, "THREADS": 1, **closed,
        "BUILDINGS": layer("house", [(box(20, 20, 40, 40), {"id": "h"})]), "SCHEME": "inertial",
    }  # fmt: skip


@pytest.fixture
def simulate(run_algorithm, street):
    """A function that runs the yard with more parameters and returns results and log."""

    def run(more: dict) -> tuple[dict, str]:
        feedback = QgsProcessingFeedback(False)
        return run_algorithm("twin:simulateflood", {**street, **more}, feedback), feedback.textLog()

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
    return [dict(zip(table.fields().names(), feature.attributes(), strict=True)) for feature in table.getFeatures()]


ROOM = {"id": "garage", "building_id": "h", "top_elev_m": 3.9, "bottom_elev_m": 0.9}
RAMP = {"id": "ramp", "building_id": "h", "kind": "ramp", "sill_elev_m": 4.0, "width_m": 4.0}


def line(log: str, what: str) -> list[str]:
    """The cells of a line of the table at the end of a log."""
    [found] = re.findall(rf"^{what} \| .*$", log, re.MULTILINE)
    return [cell.strip() for cell in found.split("|")[1:]]


def test_layers_of_a_twin_base_are_read_as_they_are(simulate, layer, tmp_path):
    rooms = layer("underground", [(box(20, 20, 40, 40), ROOM)])
    others = {"building_id": "other", "kind": "door", "sill_elev_m": 4.0, "width_m": 1.0}
    window = {"building_id": "h", "kind": "window", "sill_elev_m": 4.9, "width_m": 1.8}
    openings = layer("opening", [
        (point(30, 20), RAMP), (point(20, 30), {**RAMP, "id": "door", "kind": "door", "width_m": None}),
        (point(5, 5), {**others, "id": "elsewhere"}), (point(40, 30), {**window, "id": "window"}),
    ])  # fmt: skip
    results, log = simulate(
        {
            "UNDERGROUND": rooms, "OPENINGS_UNDERGROUND": openings,
            "UNDERGROUND_FILLED": str(tmp_path / "filled.gpkg"), "UNDERGROUND_OPENINGS": str(tmp_path / "in.gpkg"),
            "UNDERGROUND_SERIES": str(tmp_path / "series.gpkg"), "SUMMARY": str(tmp_path / "summary.json"),
            "BALANCE": str(tmp_path / "balance.gpkg"),
        }
    )  # fmt: skip
    summary = json.loads(Path(results["SUMMARY"]).read_text("utf-8"))
    assert summary["underground_capacity_m3"] == pytest.approx(400 * 3 * 0.9)
    assert summary["stored_m3"] + summary["underground_stored_m3"] == pytest.approx(360.0, rel=1e-6)
    assert abs(summary["system_error"]) < 1e-6
    [filled] = rows(results["UNDERGROUND_FILLED"])
    assert filled["id"] == "garage"
    assert filled["volume_m3"] == pytest.approx(summary["underground_stored_m3"])
    assert filled["volume_m3"] > 100
    assert filled["depth_max_m"] == pytest.approx(filled["volume_m3"] / 360)
    assert filled["level_max_m"] == pytest.approx(0.9 + filled["depth_max_m"])
    assert 0 < filled["first_inflow_min"] < filled["depth_015_min"] < 20
    flows = {row["id"]: row for row in rows(results["UNDERGROUND_OPENINGS"])}
    assert set(flows) == {"ramp", "door"}
    assert flows["door"]["width_m"] == 1.0
    assert sum(row["inflow_m3"] - row["outflow_m3"] for row in flows.values()) == pytest.approx(filled["volume_m3"])
    series = rows(results["UNDERGROUND_SERIES"])
    assert [row["time_min"] for row in series] == [0, 5, 10, 15, 20]
    assert series[-1]["volume_m3"] == pytest.approx(filled["volume_m3"])
    account = rows(results["BALANCE"])[-1]
    assert account["underground_stored_m3"] == pytest.approx(filled["volume_m3"])
    for name in ("filled", "in"):
        assert (tmp_path / f"{name}.qml").exists()
    assert line(log, "Rooms below ground")[:3] == ["1", "0", "0"]
    read, left_out, guessed, why = line(log, "Openings of rooms below ground")
    assert (read, left_out, guessed) == ("2", "2", "1")
    assert "of a building without a room: 1" in why
    assert "windows above their room: 1" in why
    assert "width guessed by kind: 1" in why


def test_own_layers_need_neither_ids_nor_buildings(simulate, layer, tmp_path):
    """In degrees, tied by distance, with an area and a volume of their own and levels that are guessed."""
    rooms = layer("rooms", [(box(20, 20, 40, 40), {"volume_m3": 3000.0, "height_m": None}),
                            (box(44, 44, 50, 50), {"volume_m3": None, "height_m": 2.0}),
                            (box(0, 0, 3, 3), {"volume_m3": None, "height_m": 2.0})])  # fmt: skip
    openings = layer("gates", [(point(30, 18), {"sill_elev_m": 4.0}), (point(45, 43), {"sill_elev_m": 4.0}),
                               (point(46, 43), {"sill_elev_m": -8888.0})])  # fmt: skip
    filled = str(tmp_path / "filled.gpkg")
    given = {"UNDERGROUND": rooms, "OPENINGS_UNDERGROUND": openings, "UNDERGROUND_FILLED": filled}
    _, log = simulate(given)
    first, second, third = rows_of = rows(filled)
    assert len(rows_of) == 3
    assert first["capacity_m3"] == 3000.0
    assert second["capacity_m3"] == pytest.approx(36 * 2 * 0.9)
    assert third["volume_m3"] is None or third["volume_m3"] != third["volume_m3"] or str(third["volume_m3"]) == "NULL"
    assert "left out" in third["note"]
    assert line(log, "Rooms below ground")[:3] == ["2", "1", "2"]
    why = line(log, "Openings of rooms below ground")[3]
    assert "without a sill: 1" in why
    assert "of the nearest room: 2, at most 2.0 m away" in why
    assert "sill_elev_m" in log
    assert "-8888" in log


def test_barriers_and_passages(simulate, layer, tmp_path):
    deep = {"id": "deep", "top_elev_m": 0.0, "bottom_elev_m": -4.0}
    rooms = layer("rooms", [(box(20, 20, 40, 40), ROOM), (box(20, 20, 40, 40), deep)])
    openings = layer("opening", [(point(30, 20), RAMP), (point(20, 30), {**RAMP, "id": "second"})])
    links = layer("links", [(None, {"from": "garage", "to": "deep", "sill_elev_m": 0.9, "width_m": 1.5})])
    boards, gate = {"kind": "boards", "height_m": 0.6}, {"kind": "gate", "closes_at_min": 10.0}
    barriers = layer("barriers", [(point(30, 20), boards), (point(20, 30), gate)])
    filled, flows = str(tmp_path / "filled.gpkg"), str(tmp_path / "flows.gpkg")
    _, log = simulate(
        {
            "UNDERGROUND": rooms, "OPENINGS_UNDERGROUND": openings, "UNDERGROUND_LINKS": links,
            "BARRIERS": barriers, "UNDERGROUND_FILLED": filled, "UNDERGROUND_OPENINGS": flows,
        }
    )  # fmt: skip
    by_id = {row["id"]: row for row in rows(flows)}
    assert by_id["ramp"]["inflow_m3"] == 0.0
    assert by_id["second"]["inflow_m3"] > 1.0
    garage, deep = rows(filled)
    assert deep["volume_m3"] > garage["volume_m3"]
    assert deep["note"] == "no opening leads to it from the terrain"
    assert line(log, "Barriers")[:3] == ["1", "0", "1"]
    assert line(log, "Passages between rooms below ground")[:3] == ["1", "0", "0"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"UNDERGROUND": None}, "OPENINGS_UNDERGROUND has no effect without UNDERGROUND"),
        ({"OPENINGS_UNDERGROUND": None}, "UNDERGROUND needs OPENINGS_UNDERGROUND"),
        ({"OPENINGS_UNDERGROUND": [(point(30, 20), {"id": "a"})]}, "no field sill_elev_m"),
        ({"UNDERGROUND_LINKS": [(None, {"from": "garage", "to": "x", "sill_elev_m": 1.0, "width_m": 1.0})]},
         "names the room 'x', which UNDERGROUND does not have"),
        ({"UNDERGROUND_LINKS": [(None, {"from": "garage", "to": "garage"})]}, "has no field sill_elev_m, width_m"),
        ({"BARRIERS": [(None, {"opening_id": "x", "height_m": 1.0})]}, "names the opening 'x'"),
        ({"BARRIERS": [(None, {"opening_id": "ramp", "closes_at_min": 1.0})]}, "Row 1 of BARRIERS .* has no height"),
        ({"BARRIERS": [(point(2, 2), {"height_m": 1.0})]}, "stands at no opening"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_sentence(simulate, layer, change, sentence):
    given = {
        "UNDERGROUND": layer("rooms", [(box(20, 20, 40, 40), ROOM)]),
        "OPENINGS_UNDERGROUND": layer("opening", [(point(30, 20), RAMP)]),
    }
    given |= {name: layer(name.lower(), value) if value else None for name, value in change.items()}
    with pytest.raises(QgsProcessingException, match=sentence):
        simulate(given)


def test_a_wall_across_an_opening_and_barriers_without_effect_are_said(simulate, layer, tmp_path):
    """A wall of 1 m stands where the ramp takes its water; one barrier is too low, the other fails before it closes."""
    wkt = f"LINESTRING({WEST + 10} {NORTH - 60 + 19},{WEST + 50} {NORTH - 60 + 19})"
    names = ("opening_id", "crest_elev_m", "closes_at_min", "fails_at_min")
    values = (("ramp", 3.5, None, None), ("ramp", 5.0, 15.0, 5.0), ("ramp", 4.1, 5.0, 15.0))
    barriers = [(None, dict(zip(names, row, strict=True))) for row in values]
    _, log = simulate(
        {
            "UNDERGROUND": layer("underground", [(box(20, 20, 40, 40), ROOM)]),
            "OPENINGS_UNDERGROUND": layer("opening", [(point(30, 20), RAMP)]),
            "STRUCTURES": layer("walls", [(wkt, {"kind": "wall", "height_m": 1.0})]),
            "BARRIERS": layer("barriers", barriers),
        }
    )
    assert "1 openings of rooms below ground take their water from cells that walls, kerbs or levees" in log
    assert re.search("2 barriers of .* hold no water back", log)
