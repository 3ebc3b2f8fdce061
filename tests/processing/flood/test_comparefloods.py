"""twin:comparefloods from two runs to rasters and a table: against hand computation, and what it refuses."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer, QgsVectorLayer

from tests.listener import Listener
from twin_plugin.bridge.kernel.flood_run import RUN_ITEM
from twin_plugin.bridge.kernel.raster_kinds import KIND_ITEM
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

WEST, NORTH = 493_000.0, 2_491_000.0
NAN = np.nan
A = np.array([[0.0, 0.5, 0.5, 0.0], [0.5, 1.0, 0.06, NAN]], np.float32)
B = np.array([[0.0, 0.5, 0.7, 0.3], [0.0, 0.2, 0.06, 0.5]], np.float32)


class Log(QgsProcessingFeedback):
    """Keeps warnings."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []

    def pushWarning(self, text):
        self.warnings.append(text)


@pytest.fixture
def run_folder(tmp_path):
    """A function that writes the results of a run into a folder of its own: values by output, and its SUMMARY."""

    def make(run: str, rasters, summary=None, west=WEST, cell=2.0, crs="EPSG:4547", folder=""):
        place = tmp_path / (folder or f"run {run} 结果")
        place.mkdir(exist_ok=True)
        units = {"DEPTH_MAX": "m", "LEVEL_MAX": "m", "ARRIVAL": "min", "HAZARD": ""}
        for output, values in rasters.items():
            metadata = {KIND_ITEM: output, **({RUN_ITEM: run} if run else {})}
            grid = Grid(values, west, NORTH, cell, crs)
            write_grid(grid, place / f"{output.lower()}.tif", unit=units[output], metadata=metadata)
        if summary is not None:
            (place / "summary.json").write_text(json.dumps({"run_id": run, **summary}), "utf-8")
        return place

    return make


def read(path: str) -> np.ndarray:
    dataset = gdal.Open(path)
    band = dataset.GetRasterBand(1)
    values = band.ReadAsArray().astype(float)
    return np.where(band.GetMaskBand().ReadAsArray() == 0, NAN, values)


def table(path: str) -> dict[str, dict]:
    rows = [feature.attributeMap() for feature in QgsVectorLayer(path, "t", "ogr").getFeatures()]
    return {row["figure"]: row for row in rows}


def test_differences_changes_and_figures_are_those_of_a_hand_computation(run_algorithm, run_folder, tmp_path):
    hazard = [np.nan_to_num(values, nan=255.0).astype(np.uint8) for values in (A * 2, B * 2)]
    arrival = [np.where(values > 0, values * 10, NAN).astype(np.float32) for values in (A, B)]
    a, b = (
        run_folder(
            run, {"DEPTH_MAX": depth, "LEVEL_MAX": np.where(depth > 0, depth + 5, NAN).astype(np.float32),
                  "ARRIVAL": times, "HAZARD": classes},
            {"rain_mm": rain, "scheme": "inertial", "peak_volume_m3": rain / 2, "wet_depth_m": 0.05},
        )
        for run, depth, times, classes, rain in (
            ("aaa", A, arrival[0], hazard[0], 80.0), ("bbb", B, arrival[1], hazard[1], 100.0),
        )
    )  # fmt: skip
    out = {
        name: str(tmp_path / f"{name}.tif")
        for name in ("DIFFERENCE", "CHANGE", "LEVEL_DIFFERENCE", "ARRIVAL_DIFFERENCE")
    }
    log = Log()
    results = run_algorithm(
        "twin:comparefloods",
        {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif"),
         **out, "TABLE": str(tmp_path / "表 table.csv")},
        log,
    )  # fmt: skip
    difference = [[NAN, 0, 0.2, 0.3], [-0.5, -0.8, 0, NAN]]
    np.testing.assert_allclose(read(out["DIFFERENCE"]), difference, atol=1e-6)
    np.testing.assert_array_equal(read(out["CHANGE"]), [[0, 1, 2, 4], [5, 3, 1, NAN]])
    np.testing.assert_allclose(read(out["LEVEL_DIFFERENCE"]), [[NAN, 0, 0.2, NAN], [NAN, -0.8, 0, NAN]], atol=1e-6)
    np.testing.assert_allclose(read(out["ARRIVAL_DIFFERENCE"]), [[NAN, 0, 2, NAN], [NAN, -8, 0, NAN]], atol=1e-5)
    assert results["MAX_DIFFERENCE_M"] == pytest.approx(-0.8)
    assert (results["ONLY_A_AREA_M2"], results["ONLY_B_AREA_M2"]) == (4.0, 4.0)
    assert (results["DEEPER_AREA_M2"], results["SHALLOWER_AREA_M2"]) == (4.0, 4.0)
    rows = table(results["TABLE"])
    assert float(rows["wet_area_m2"]["a"]) == float(rows["wet_area_m2"]["b"]) == 20.0
    assert float(rows["hazard_h2_area_m2"]["a"]) == 4.0  # the cell of 1 m, times 2
    assert float(rows["peak_volume_m3"]["percent"]) == 25.0
    assert float(rows["rain_mm"]["difference"]) == 20.0
    assert "scheme" not in rows
    assert any("1 cells of run B (4 m²)" in text for text in log.warnings)
    for output, style in (("DIFFERENCE", "flood_difference"), ("CHANGE", "flood_change")):
        assert (tmp_path / f"{output}.qml").exists(), style
        layer = QgsRasterLayer(out[output], output)
        assert layer.renderer().type() == ("paletted" if output == "CHANGE" else "singlebandpseudocolor")


def test_two_runs_of_the_same_input_differ_by_0_everywhere(run_algorithm, run_folder, tmp_path):
    a, b = (run_folder("aaa", {"DEPTH_MAX": A}, {"rain_mm": 80.0}, folder=name) for name in ("one", "two"))
    log = Log()
    results = run_algorithm(
        "twin:comparefloods",
        {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif"), "TOLERANCE": 0,
         "DIFFERENCE": str(tmp_path / "d.tif"), "CHANGE": str(tmp_path / "c.tif"), "TABLE": str(tmp_path / "t.csv")},
        log,
    )  # fmt: skip
    difference = read(results["DIFFERENCE"])
    assert set(difference[np.isfinite(difference)]) == {0.0}
    assert set(np.unique(read(results["CHANGE"])[:, :3])) == {0, 1}
    assert results["MAX_DIFFERENCE_M"] == 0.0
    assert {results[name] for name in results if name.endswith("_AREA_M2")} == {0.0}
    rows = table(results["TABLE"])
    assert {float(row["difference"]) for row in rows.values() if row["difference"] not in ("", None)} == {0.0}
    assert "rain_mm" not in rows
    assert any("same run aaa" in text for text in log.warnings)


def test_a_shifted_and_finer_run_is_brought_onto_the_cells_of_a_and_said(run_algorithm, run_folder, tmp_path):
    """B has cells of 1 m and begins one cell of A further west: its values are compared by place, not by index."""
    fine = np.repeat(np.repeat(np.pad(B, ((0, 0), (1, 0)), constant_values=0.9), 2, axis=0), 2, axis=1)
    a = run_folder("aaa", {"DEPTH_MAX": A})
    b = run_folder("bbb", {"DEPTH_MAX": fine.astype(np.float32)}, west=WEST - 2.0, cell=1.0)
    log = Log()
    results = run_algorithm(
        "twin:comparefloods",
        {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif"),
         "DIFFERENCE": str(tmp_path / "d.tif")},
        log,
    )  # fmt: skip
    np.testing.assert_allclose(read(results["DIFFERENCE"]), [[NAN, 0, 0.2, 0.3], [-0.5, -0.8, 0, NAN]], atol=1e-6)
    assert any("DEPTH_B was brought onto the cells of run A" in text for text in log.warnings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"crs": "EPSG:4526"}, "Run A is in EPSG:4547 and run B in EPSG:4526"),
        ({"west": WEST + 5000.0}, "at different places"),
        ({"crs": "EPSG:2263"}, "not in metres"),
    ],
)
def test_runs_that_cannot_be_compared_are_refused(run_algorithm, run_folder, tmp_path, change, words):
    a, b = run_folder("aaa", {"DEPTH_MAX": A}), run_folder("bbb", {"DEPTH_MAX": B}, **change)
    wanted = {"DIFFERENCE": str(tmp_path / "d.tif")}
    with pytest.raises(QgsProcessingException, match=words):
        run_algorithm(
            "twin:comparefloods", {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif"), **wanted}
        )
    assert not (tmp_path / "d.tif").exists()


def test_what_is_missing_or_mixed_up_is_said(run_algorithm, run_folder, tmp_path):
    a = run_folder("aaa", {"DEPTH_MAX": A, "HAZARD": np.ones((2, 4), np.uint8)})
    b = run_folder("bbb", {"DEPTH_MAX": B, "LEVEL_MAX": np.where(B > 0, B + 5, NAN).astype(np.float32)})
    depths = {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif")}
    for more, words in (
        ({"DEPTH_A": None}, "Run A has no depths"),
        ({"DEPTH_A": str(a / "hazard.tif")}, "HAZARD"),
        ({"LEVEL_A": str(b / "level_max.tif")}, "two flood runs"),
        ({"LEVEL_DIFFERENCE": str(tmp_path / "l.tif")}, "needs LEVEL of both runs"),
        ({"SUMMARY_A": str(tmp_path / "none.json")}, "cannot be read"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            run_algorithm("twin:comparefloods", {**depths, **more})


def test_buildings_are_compared_by_their_class(run_algorithm, run_folder, tmp_path):
    a, b = run_folder("aaa", {"DEPTH_MAX": A}), run_folder("bbb", {"DEPTH_MAX": B})
    layers = {}
    for side, run, classes in (("A", "aaa", (0, 2, 4)), ("B", "bbb", (3, 2, None))):
        text = "\n".join(f"house {n},{'' if c is None else c},{run}" for n, c in enumerate(classes))
        path = tmp_path / f"risk_{side}.csv"
        path.write_text(f"id,risk_class,flood_run\n{text}\n", "utf-8")
        path.with_suffix(".csvt").write_text('"String","Integer","String"', "utf-8")
        layers[f"RISK_{side}"] = str(path)
    depths = {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif")}
    results = run_algorithm("twin:comparefloods", {**depths, **layers, "TABLE": str(tmp_path / "t.csv")})
    rows = table(results["TABLE"])
    assert (float(rows["buildings_class_4"]["a"]), float(rows["buildings_class_4"]["b"])) == (1, 0)
    assert float(rows["buildings_unknown"]["b"]) == 1
    assert float(rows["buildings_higher"]["b"]) == 1
    assert float(rows["buildings_lower"]["b"]) == 0
    with pytest.raises(QgsProcessingException, match="given alone"):
        run_algorithm("twin:comparefloods", {**depths, "RISK_A": layers["RISK_A"]})
    with pytest.raises(QgsProcessingException, match="two flood runs"):
        run_algorithm("twin:comparefloods", {**depths, "RISK_A": layers["RISK_B"], "RISK_B": layers["RISK_A"]})


def test_a_cancel_writes_nothing(run_algorithm, run_folder, tmp_path):
    a, b = run_folder("aaa", {"DEPTH_MAX": A}), run_folder("bbb", {"DEPTH_MAX": B})
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    wanted = {"DIFFERENCE": str(tmp_path / "d.tif")}
    assert (
        run_algorithm(
            "twin:comparefloods",
            {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif"), **wanted},
            feedback,
        )
        == {}
    )
    assert not (tmp_path / "d.tif").exists()


def test_the_greatest_depths_of_a_result_are_taken_where_there_is_no_raster(run_algorithm, run_folder, tmp_path):
    from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh

    a = run_folder("aaa", {"DEPTH_MAX": A})
    bed = Grid(np.where(np.isnan(B), NAN, 5.0).astype(np.float32), WEST, NORTH, 2.0, "EPSG:4547")
    with FloodMesh(tmp_path / "b.nc", bed, [0.0, 60.0], run="bbb") as mesh:
        for share in (0.5, 1.0):
            mesh.write((B * share).astype(np.float32), bed.values, np.zeros_like(B), np.zeros_like(B))
    results = run_algorithm(
        "twin:comparefloods",
        {
            "DEPTH_A": str(a / "depth_max.tif"),
            "RESULT_B": str(tmp_path / "b.nc"),
            "DIFFERENCE": str(tmp_path / "d.tif"),
        },
    )
    np.testing.assert_allclose(read(results["DIFFERENCE"]), [[NAN, 0, 0.2, 0.3], [-0.5, -0.8, 0, NAN]], atol=1e-4)


def test_depths_of_output_steps_are_said_to_be_no_maximum(run_algorithm, run_folder, tmp_path):
    from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh

    a = run_folder("aaa", {"DEPTH_MAX": A})
    bed = Grid(np.where(np.isnan(A), NAN, 5.0).astype(np.float32), WEST, NORTH, 2.0, "EPSG:4547")
    with FloodMesh(tmp_path / "a.nc", bed, [0.0, 60.0], run="aaa") as mesh:
        for share in (0.5, 0.9):
            mesh.write((A * share).astype(np.float32), bed.values, np.zeros_like(A), np.zeros_like(A))
    given = {"DEPTH_A": str(a / "depth_max.tif"), "RESULT_B": str(tmp_path / "a.nc"), "TABLE": str(tmp_path / "t.csv")}
    listener = Listener()
    run_algorithm("twin:comparefloods", given, listener)
    assert any("of the 2 output steps of RESULT_B: between them" in text for text in listener.warnings)
    assert not any("have no difference" in text for text in listener.warnings)


def test_a_raster_of_a_run_that_was_moved_or_changed_is_refused(run_algorithm, run_folder, tmp_path):
    depth = np.tile(A[:, :3], (4, 4))
    level = np.where(depth > 0, depth + 5, NAN).astype(np.float32)
    a = run_folder("aaa", {"DEPTH_MAX": depth, "LEVEL_MAX": level})
    b = run_folder("bbb", {"DEPTH_MAX": depth})
    given = {"DEPTH_A": str(a / "depth_max.tif"), "DEPTH_B": str(b / "depth_max.tif")}
    given |= {"DIFFERENCE": str(tmp_path / "difference.tif")}
    log = Log()
    run_algorithm("twin:comparefloods", given, log)
    assert not [text for text in log.warnings if "one run" in text]
    moved = run_folder("aaa", {"LEVEL_MAX": level}, west=WEST + 100, folder="moved")
    with pytest.raises(QgsProcessingException, match="LEVEL_A lies elsewhere than DEPTH_A"):
        run_algorithm("twin:comparefloods", {**given, "LEVEL_A": str(moved / "level_max.tif")})
    other = run_folder("aaa", {"LEVEL_MAX": np.roll(level, 1, axis=1)}, folder="other")
    with pytest.raises(QgsProcessingException, match="wet in DEPTH_A or LEVEL_A are dry in the other"):
        run_algorithm("twin:comparefloods", {**given, "LEVEL_A": str(other / "level_max.tif")})
