"""Outputs on a real disk with little space: whole, or one sentence, and the old files as they were."""

from __future__ import annotations

import json

import numpy as np
import pytest
from qgis.core import QgsProcessingException

from tests.failing_writer.trial import remove_kept, state
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid


def on_disk(disk):
    found = {name: content for name, content in state(disk.folder).items() if name != "filler"}
    if "summary.json" in found:  # it says how long the run took
        summary = json.loads(found["summary.json"])
        found["summary.json"] = {key: value for key, value in summary.items() if key not in ("wall_s", "updates_per_s")}
    return found


def refusal(run_algorithm, identifier, parameters):
    try:
        run_algorithm(identifier, parameters)
    except QgsProcessingException as error:
        return str(error)
    return ""


def count_down(run_algorithm, disk, identifier, parameters, sizes):
    """Run with less and less space: nothing is lost, and each failure says that the disk is full."""
    disk(disk.size_kb)
    run_algorithm(identifier, parameters)
    whole, failed = on_disk(disk), 0
    for size in sizes:
        disk(size)
        if said := refusal(run_algorithm, identifier, parameters):
            assert "No space left on device" in said
            assert "\n" not in said
            remove_kept(said, disk.folder)
            failed += 1
        assert on_disk(disk) == whole, size
    assert failed >= 1
    assert failed < len(sizes)


@pytest.mark.parametrize("name", ["s.gpkg", "s.csv", "s.geojson"])
def test_a_layer(run_algorithm, disk, name):
    parameters = {"OUTPUT": str(disk.folder / name), "DURATION": 1440, "STEP": 2}
    count_down(run_algorithm, disk, "twin:designstorm", parameters, range(400, 0, -24))


@pytest.mark.slow
def test_a_flood(run_algorithm, disk, tmp_path):
    y, x = np.mgrid[0:60, 0:60].astype(np.float32)
    rough = np.random.default_rng(1).random((60, 60), np.float32)  # what does not compress
    values = 5 + 0.002 * ((x - 30) ** 2 + (y - 30) ** 2) + 0.1 * rough
    write_grid(Grid(values, 493_000.0, 2_491_000.0, 4.0, "EPSG:4547"), tmp_path / "dtm.tif")
    (tmp_path / "rain.csv").write_text("time_min,depth_mm\n1,20\n2,20\n", "utf-8")
    (tmp_path / "rain.csvt").write_text('"Real","Real"', "utf-8")
    outputs = {"RESULT": "result.nc", "DEPTH_MAX": "depth.tif", "SUMMARY": "summary.json"}
    parameters = {"DTM": str(tmp_path / "dtm.tif"), "RAIN": str(tmp_path / "rain.csv"), "DURATION_MIN": 4}
    parameters |= {"OUTPUT_STEP_MIN": 1} | {name: str(disk.folder / file) for name, file in outputs.items()}
    count_down(run_algorithm, disk, "twin:simulateflood", parameters, range(600, 0, -20))
