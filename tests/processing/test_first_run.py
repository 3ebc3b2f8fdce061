"""Cancel in the first second of a first run, with no kernel compiled: it is answered, and nothing stays behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from osgeo import ogr, osr

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.kernel_version import kernel_version

pytest.importorskip("numba")

ROOT = Path(__file__).parent.parent.parent
BOUND_S = 4.0
"""A busy machine may take so long to answer; compiling takes 6 s (risk) and 12 s (flood) of a whole core."""
WEST, NORTH, CELL, SIZE = 493_000.0, 2_491_000.0, 4.0, 20


@pytest.fixture
def cache(tmp_path):
    """The folder of the kernels' cache, empty."""
    return tmp_path / "a cache 缓存"


@pytest.fixture
def first_run(cache, tmp_path):
    """A function that runs an algorithm in a fresh process and gives what it reports."""

    def run(name: str, parameters: dict, cancel_after_s: float) -> dict:
        command = [sys.executable, "-m", "tests.first_run", name, json.dumps(parameters), str(cancel_after_s)]
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache), "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "qgis")}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240)
        assert "ANSWER" in done.stdout, done.stderr
        return json.loads(done.stdout.split("ANSWER")[1])

    return run


@pytest.fixture
def terrain(tmp_path):
    path = tmp_path / "dtm.tif"
    values = np.random.default_rng(1).random((SIZE, SIZE)).astype(np.float32)
    write_grid(Grid(values, WEST, NORTH, CELL, "EPSG:4547"), path)
    return str(path)


@pytest.fixture
def buildings(tmp_path):
    path = tmp_path / "buildings.gpkg"
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4547)
    data = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = data.CreateLayer("buildings", crs, ogr.wkbPolygon)
    west, north = WEST + 20, NORTH - 20
    feature = ogr.Feature(layer.GetLayerDefn())
    corners = [(0, 0), (20, 0), (20, -20), (0, -20), (0, 0)]
    text = ", ".join(f"{west + x} {north + y}" for x, y in corners)
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({text}))"))
    layer.CreateFeature(feature)
    return str(path)


@pytest.fixture
def flood(terrain, tmp_path):
    """Parameters of a small flood."""
    return {"DTM": terrain, "RAIN_MM": 50, "DURATION_MIN": 5, "DEPTH_MAX": str(tmp_path / "depth.tif")}


@pytest.fixture
def risk(terrain, buildings, tmp_path):
    """Parameters of a small assessment; the terrain, below 1 m, stands for depths."""
    return {"BUILDINGS": buildings, "DEPTH": terrain, "OUTPUT": str(tmp_path / "risk.gpkg")}


def compilers(cache: Path) -> list[int]:
    """The processes that have this cache."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("NUMBA_CACHE_DIR") == str(cache):
                found.append(process.pid)
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


@pytest.mark.parametrize("kind", ["flood", "risk"])
def test_cancel_while_it_compiles(first_run, request, cache, kind):
    parameters = request.getfixturevalue(kind)
    done = first_run({"flood": "simulateflood", "risk": "buildingrisk"}[kind], parameters, 0.7)
    assert done["ok"]
    assert done["results"] == {}
    what = {"flood": "flood solver", "risk": "risk assessment"}[kind]
    assert f"First run: compiling the {what} once, up to a minute" in done["texts"]
    assert done["after_cancel_s"] < BOUND_S
    assert not Path(parameters.get("DEPTH_MAX") or parameters["OUTPUT"]).exists()
    end = time.monotonic() + 10
    while compilers(cache) and time.monotonic() < end:
        time.sleep(0.1)
    assert not compilers(cache), "the compiler outlived the run that was cancelled"
    assert not list(cache.glob("*.compiled"))


def test_cancel_while_numba_is_imported_and_kernels_are_loaded(first_run, flood, cache):
    cache.mkdir()
    (cache / f"flood-{kernel_version()}.compiled").touch()  # though they are not: loading takes as long as compiling
    done = first_run("simulateflood", flood, 0.4)
    assert done["results"] == {}
    assert not any(text.startswith("First run") for text in done["texts"])
    assert done["after_cancel_s"] < BOUND_S


def test_cancel_while_models_are_read_for_the_first_time(first_run, district_models, tmp_path):
    outputs = {name: str(tmp_path / f"{name}.gpkg") for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT")}
    done = first_run("loadbim", {"FOLDER": str(district_models(3, 1)), **outputs}, 0.3)
    assert done["ok"]
    assert done["after_cancel_s"] is None or (done["results"] == {} and done["after_cancel_s"] < BOUND_S)
    assert done["after_cancel_s"] is not None, f"it was done after {done['seconds']:.1f} s, before the cancel"
    assert not any(Path(path).exists() for path in outputs.values())


@pytest.mark.slow
def test_the_second_run_has_nothing_to_compile(first_run, risk, cache):
    first, second = (first_run("buildingrisk", risk, 200.0) for _ in range(2))
    assert any(text.startswith("First run") for text in first["texts"])
    assert not any(text.startswith("First run") for text in second["texts"])
    assert Path(risk["OUTPUT"]).exists()
    assert first["results"]["UNKNOWN"] == second["results"]["UNKNOWN"] == 0
    assert [path.name.split("-")[0] for path in cache.glob("*.compiled")] == ["risk"]
