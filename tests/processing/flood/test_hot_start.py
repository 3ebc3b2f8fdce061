"""twin:simulateflood with START and STATE: a run in two parts gives the water of one."""

import json

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer

from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

OUTPUTS = {"SUMMARY": "summary.json", "STATE": "water.state", "DEPTH_MAX": "depth.tif"}


@pytest.fixture
def simulate(run_algorithm, tmp_path):
    """A function that runs so many minutes and returns the path of the state, the depths and the summary."""
    y, x = np.mgrid[0:40, 0:50].astype(np.float32)
    dtm = tmp_path / "地形 dtm.tif"
    write_grid(Grid(5 + 0.004 * ((x - 25) ** 2 + (y - 20) ** 2), 493_000.0, 2_491_000.0, 4.0, "EPSG:4547"), dtm)
    rain = tmp_path / "rain.csv"
    rain.write_text("time_min,depth_mm\n10,20\n20,30\n30,10\n", encoding="utf-8")

    def run(name, minutes, heard=None, **more):
        folder = tmp_path / name
        folder.mkdir()
        paths = {key: str(folder / name) for key, name in OUTPUTS.items()}
        given = {"DTM": str(dtm), "RAIN": str(rain), "DURATION_MIN": minutes, "OUTPUT_STEP_MIN": 5, "THREADS": 1}
        feedback = QgsProcessingFeedback(False)
        run_algorithm("twin:simulateflood", given | paths | more, feedback)
        if heard is not None:
            heard.append(feedback.textLog())
        depth = read_grid(QgsRasterLayer(paths["DEPTH_MAX"], "depth")).values
        with open(paths["SUMMARY"], encoding="utf-8") as file:
            return paths["STATE"], depth, json.load(file)

    return run


def test_two_parts_equal_the_whole(simulate):
    _, whole, _ = simulate("whole", 40)
    state, first, summary = simulate("first", 15)
    _, second, then = simulate("second", 25, START=state, START_CLOCK="continue")
    np.testing.assert_array_equal(np.fmax(first, second), whole)
    assert then["start_run"] == summary["run_id"]
    assert then["start_clock_min"] == 15.0
    assert then["initial_m3"] == pytest.approx(summary["stored_m3"], rel=1e-12)


def test_a_state_of_other_cells_and_a_file_that_is_none_are_refused(simulate, tmp_path):
    state, _, _ = simulate("first", 5)
    with pytest.raises(QgsProcessingException, match="give both the same terrain, EXTENT and CELL_SIZE"):
        simulate("wide", 5, START=state, CELL_SIZE=8)
    with pytest.raises(QgsProcessingException, match="no state of a run"):
        simulate("none", 5, START=str(tmp_path / "rain.csv"))
    assert not (tmp_path / "none" / "water.state").exists()


def test_a_clock_that_goes_on_counts_the_rain_from_the_first_run(simulate):
    """The table has 30 min of rain: from minute 15 on, a quarter of an hour is left, and an hour to run off."""
    state, _, _ = simulate("first", 15)
    _, _, then = simulate("second", None, START=state, START_CLOCK="continue")
    assert then["duration_min"] == 75.0
    heard = []
    _, _, then = simulate("third", 15, START=state, START_CLOCK="continue", heard=heard)
    assert then["duration_min"] == 15.0
    assert not [text for text in heard if "before the rain" in text]
