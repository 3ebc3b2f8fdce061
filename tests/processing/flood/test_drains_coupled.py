"""twin:simulateflood with drains: what its parameters change in the exchange, and a run in two parts."""

from __future__ import annotations

import json
import re
import tempfile

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("numba")
pytest.importorskip("swmm.toolkit")

from osgeo import ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer

from tests.core.flood.drains.small_networks import CHAIN
from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.drains.worker import DrainWorker

CRS = "EPSG:4547"
WEST, SOUTH = 493000.0, 2490800.0
CLOSED = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}


@pytest.fixture
def simulate(run_algorithm, tmp_path):
    """A function that runs a storm on a flat street at 12 m with the small network; summary, depths and state."""
    dtm, inp = tmp_path / "dtm.tif", tmp_path / "drains.inp"
    values = np.full((10, 20), 12.0, np.float32)
    values[0, 0] = 12.1
    write_grid(Grid(values, WEST, SOUTH + 150.0, 10.0, CRS), dtm)
    rows = (("J1", 15), ("J2", 115), ("O1", 195))
    places = "\n".join(f"{name}  {WEST + x}  {SOUTH + 95}" for name, x in rows)
    inp.write_text(CHAIN.split("[COORDINATES]")[0] + f"[COORDINATES]\n{places}\n", "utf-8")
    rain = tmp_path / "rain.csv"
    rain.write_text("time_min,depth_mm\n10,60\n20,10\n", encoding="utf-8")

    def run(name="run", minutes=10, feedback=None, **more):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        names = {"SUMMARY": "summary.json", "STATE": "water.state", "DEPTH_MAX": "depth.tif"}
        outputs = {key: str(folder / name) for key, name in names.items()}
        given = {"DTM": str(dtm), "DRAINS": str(inp), "RAIN": str(rain), "DURATION_MIN": minutes, "SCHEME": "inertial",
                 "THREADS": 1, "OUTPUT_STEP_MIN": 5}  # fmt: skip
        run_algorithm("twin:simulateflood", given | CLOSED | outputs | more, feedback)
        depth = read_grid(QgsRasterLayer(outputs["DEPTH_MAX"], "depth")).values
        with open(outputs["SUMMARY"], encoding="utf-8") as file:
            return json.load(file), depth, outputs["STATE"]

    return run


def test_street_and_network_close_one_account(simulate):
    summary, _, _ = simulate()
    assert summary["captured_m3"] > 10
    assert summary["drains_stored_m3"] > 0
    assert abs(summary["system_error"]) < 1e-5
    assert abs(summary["mass_error"]) < 1e-6
    assert summary["drain_nodes_coupled"] == 2


def test_blocked_inlets_take_nothing_and_a_high_tide_makes_them_take_less(simulate):
    free, _, _ = simulate("free")
    blocked, _, _ = simulate("blocked", BLOCKED_PCT=100)
    tide, _, _ = simulate("tide", OUTFALL_LEVEL_M=11.95, COUPLING_STEP_S=2)
    assert blocked["captured_m3"] == 0
    assert 0 < tide["captured_m3"] < free["captured_m3"]
    assert tide["drains_stored_m3"] > 2 * free["drains_stored_m3"], "the pipes are full of the sea"


def test_the_outfall_has_the_level_of_the_edge_where_it_lies(simulate):
    sea = {"BOUNDARY_EAST": "level", "LEVEL_EAST_M": 11.95}
    coast, free = simulate("sea", **sea)[0], simulate("free")[0]
    assert coast["captured_m3"] < free["captured_m3"]
    assert coast["drains_stored_m3"] > 2 * free["drains_stored_m3"]


def test_two_parts_equal_the_whole(simulate):
    whole, deepest, _ = simulate("whole", 20)
    first, before, state = simulate("first", 10)
    second, after, _ = simulate("second", 10, START=state, START_CLOCK="continue")
    # SWMM's hot start holds float32.
    np.testing.assert_allclose(np.fmax(before, after), deepest, atol=1e-4)
    assert first["captured_m3"] + second["captured_m3"] == pytest.approx(whole["captured_m3"], rel=1e-3)
    assert abs(second["system_error"]) < 1e-5


def test_a_kerb_across_a_node_is_said(simulate, tmp_path):
    """The kerb raises the cell of J1."""
    log, reference = QgsProcessingFeedback(False), osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "kerb.gpkg"))
    kerbs = source.CreateLayer("kerb", reference, ogr.wkbLineString)
    kerbs.CreateField(ogr.FieldDefn("kind", ogr.OFTString))
    kerb = ogr.Feature(kerbs.GetLayerDefn())
    line = f"LINESTRING({WEST + 15} {SOUTH + 60},{WEST + 15} {SOUTH + 140})"
    kerb.SetGeometry(ogr.CreateGeometryFromWkt(line))
    kerb.SetField("kind", "kerb")
    kerbs.CreateFeature(kerb)
    del kerb, kerbs, source
    simulate(feedback=log, STRUCTURES=str(tmp_path / "kerb.gpkg"))
    assert "1 nodes of the drains stand in cells that walls, kerbs or levees of STRUCTURES raise (J1)" in log.textLog()


def test_a_rate_beside_a_network_is_said(simulate):
    log = QgsProcessingFeedback(False)
    summary, _, _ = simulate(feedback=log, DRAIN_CAPACITY_MM_H=40)
    assert summary["drained_m3"] > 0
    assert "DRAIN_CAPACITY_MM_H takes water from all wet cells beside the network of drains" in log.textLog()


def test_a_state_of_drains_with_other_objects_is_refused(simulate, tmp_path):
    """SWMM's hot start knows nodes by their order only: water of J2 would stand in another node."""
    _, _, state = simulate("first")
    other = tmp_path / "other.inp"
    other.write_text(re.sub(r"\bJ2\b", "K2", (tmp_path / "drains.inp").read_text("utf-8")), "utf-8")
    with pytest.raises(QgsProcessingException, match="belongs to other drains"):
        simulate("second", START=state, DRAINS=str(other))


def test_an_outfall_level_above_the_whole_street_is_said(simulate, tmp_path):
    """The street lies at 12 m: water at 13 m outside runs out of all inlets, be it of the parameter or of the .inp."""
    log = QgsProcessingFeedback(False)
    summary, _, _ = simulate("parameter", minutes=5, feedback=log, OUTFALL_LEVEL_M=13.0)
    assert summary["surcharged_m3"] > summary["captured_m3"]
    assert "'O1' stands at 13 m, above the ground of all nodes that meet the street, at most 12.00 m" in log.textLog()
    fixed, log = tmp_path / "fixed.inp", QgsProcessingFeedback(False)
    text = re.sub(r"(?m)^(O1\s+\S+\s+)FREE", r"\g<1>FIXED 100", (tmp_path / "drains.inp").read_text("utf-8"))
    assert "FIXED 100" in text
    fixed.write_text(text, "utf-8")
    simulate("fixed", minutes=5, feedback=log, DRAINS=str(fixed))
    assert "'O1' stands at 100 m, above the ground" in log.textLog()
    log = QgsProcessingFeedback(False)
    simulate("below", minutes=5, feedback=log, OUTFALL_LEVEL_M=11.9)
    assert "above the ground of all nodes" not in log.textLog()


@pytest.mark.parametrize("ends", ["killed", "cancelled"])
def test_a_run_whose_swmm_is_killed_or_that_is_cancelled_leaves_nothing(simulate, tmp_path, monkeypatch, ends):
    """SWMM's process dies in the middle of the run, or the user stops it there: the old results stay as they were."""
    folder, scratch, log, seen = tmp_path / "run", tmp_path / "scratch", QgsProcessingFeedback(False), []
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    plain = DrainWorker.step

    def step(self, *arguments):
        seen.append(self._process)
        if len(seen) == 20:
            log.cancel() if ends == "cancelled" else self._process.kill()
        return plain(self, *arguments)

    monkeypatch.setattr(DrainWorker, "step", step)
    old = folder / "summary.json"
    folder.mkdir()
    old.write_text("old", "utf-8")
    if ends == "killed":
        with pytest.raises(QgsProcessingException, match="process that runs the drains ended with -9"):
            simulate(minutes=600, feedback=log)
    else:
        with pytest.raises(InputError):  # there are no depths to read
            simulate(minutes=600, feedback=log)
    assert len(seen) >= 20
    assert all(process.poll() is not None for process in seen)
    assert [path.name for path in folder.iterdir()] == ["summary.json"]
    assert old.read_text("utf-8") == "old"
    assert not list(scratch.glob("twin-drains-*"))
