"""twin:exportlisflood: the folder of a model, and that it has the inputs of the simulation."""

from __future__ import annotations

import os
import shutil
import subprocess

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingDestinationParameter, QgsProcessingException

from tests.listener import Listener
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.processing.flood.simulation import edges, ground, rain
from twin_plugin.processing.flood.simulation import terrain as terrain_inputs

pytest.importorskip("numba")

ID = "twin:exportlisflood"
WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0
PROGRAM = os.environ.get("LISFLOOD", "") or shutil.which("lisflood")


def heights():
    y, x = np.mgrid[0:30, 0:40].astype(np.float32)
    return (5 + 0.004 * ((x - 20) ** 2 + (y - 15) ** 2) * 0.5 - 0.01 * y).astype(np.float32)


@pytest.fixture
def terrain(tmp_path):
    path = tmp_path / "地形 dtm.tif"
    write_grid(Grid(heights(), WEST, NORTH, CELL, "EPSG:4547"), path)
    return str(path)


def test_the_folder_is_a_model(run_algorithm, terrain, tmp_path):
    folder, listener = tmp_path / "model 模型", Listener()
    parameters = {"DTM": terrain, "RAIN_MM": 60, "DURATION_MIN": 45, "OUTPUT_STEP_MIN": 15, "FOLDER": str(folder)}
    results = run_algorithm(ID, parameters, listener)
    assert results["CELLS"] == 1200
    names = {path.name for path in folder.iterdir()}
    assert names == {"model.par", "terrain.dem.ascii", "terrain.dem.prj", "edges.bci", "storm.rain"}
    lines = (folder / "terrain.dem.ascii").read_text("ascii").splitlines()
    assert [line.split()[0].lower() for line in lines[:6]] == [
        "ncols", "nrows", "xllcorner", "yllcorner", "cellsize", "nodata_value",
    ]  # fmt: skip
    np.testing.assert_allclose(gdal.Open(str(folder / "terrain.dem.ascii")).ReadAsArray(), heights(), atol=6e-5)
    assert any("lisflood -v model.par" in line for line in listener.infos)
    assert not listener.warnings


def test_its_inputs_are_those_of_the_simulation_for_terrain_rain_ground_and_edges(qgis_plugin):
    """A new one of these is one of the export too; drains, structures and the like LISFLOOD-FP does not have."""

    def inputs(name):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(name)
        return {
            p.name(): p.help()
            for p in algorithm.parameterDefinitions()
            if not isinstance(p, QgsProcessingDestinationParameter)
        }

    simulation, export = inputs("twin:simulateflood"), inputs(ID)
    assert set(export) <= set(simulation)

    class Declared:
        """Takes the names of what a module declares."""

        def __init__(self):
            self.names = []

        def add(self, parameter, *more):
            self.names.append(parameter.name())

        def add_number(self, name, *more, **options):
            self.names.append(name)

        add_choice = add_text = add_number

    declared = Declared()
    for module in (terrain_inputs, rain, ground, edges):
        module.declare(declared)
    assert set(declared.names) <= set(export)


def test_what_is_refused(run_algorithm, terrain, tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(QgsProcessingException, match="already holds files"):
        run_algorithm(ID, {"DTM": terrain, "RAIN_MM": 60, "FOLDER": str(taken)})
    degrees = str(tmp_path / "degrees.tif")
    write_grid(Grid(heights(), 114.0, 22.0, 0.001, "EPSG:4326"), degrees)
    with pytest.raises(QgsProcessingException, match="degrees"):
        run_algorithm(ID, {"DTM": degrees, "RAIN_MM": 60, "FOLDER": str(tmp_path / "new")})
    assert not (tmp_path / "new").exists()


def test_a_cancel_leaves_nothing(run_algorithm, terrain, tmp_path):
    class Impatient(Listener):
        def setProgressText(self, text):
            self.cancel()

    assert run_algorithm(ID, {"DTM": terrain, "RAIN_MM": 60, "FOLDER": str(tmp_path / "new")}, Impatient()) == {}
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
@pytest.mark.skipif(not PROGRAM, reason="needs LISFLOOD-FP: set LISFLOOD to its program")
def test_lisflood_computes_the_same_flood(run_algorithm, terrain, tmp_path):
    """Depths of both programs, after half an hour and at the end."""
    inputs = {"DTM": terrain, "RAIN_MM": 60, "DURATION_MIN": 45, "OUTPUT_STEP_MIN": 15, "SCHEME": "inertial"}
    run_algorithm("twin:simulateflood", {**inputs, "RESULT": str(tmp_path / "r.nc")})
    run_algorithm(ID, {**inputs, "FOLDER": str(tmp_path / "model")})
    export = {"RESULT": str(tmp_path / "r.nc"), "FORMAT": "lisflood", "WET_DEPTH_M": 0, "FOLDER": str(tmp_path / "own")}
    run_algorithm("twin:exportflood", export)
    subprocess.run(
        [PROGRAM, "model.par"], cwd=tmp_path / "model", check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    for number in (2, 3):
        own, other = (
            gdal.Open(str(tmp_path / folder / f"res-{number:04d}.wd")).ReadAsArray().astype(float)
            for folder in ("own", "model/results")
        )
        wet = (own > 0.05) | (other > 0.05)
        assert np.sqrt(((own - other)[wet] ** 2).mean()) < 0.005
        assert own.sum() == pytest.approx(other.sum(), rel=0.02)  # open edges differ
