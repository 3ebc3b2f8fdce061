"""Two storms over a valley by qgis_process: the same input twice, and a comparison and a balance by other means."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr

ROOT = Path(__file__).parent.parent.parent
pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]


def process(algorithm: str, **parameters: object) -> dict:
    """Run an algorithm by qgis_process; gives its results."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
    command = [str(ROOT / "tools" / "env.sh"), "qgis_process", "--json", "run", f"twin:{algorithm}"]
    command += [f"--{name}={value}" for name, value in parameters.items()]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)["results"]


def array(path: object) -> np.ndarray:
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    values = band.ReadAsArray().astype(float)
    values[values == band.GetNoDataValue()] = np.nan
    return values


@pytest.fixture(scope="module")
def floods(tmp_path_factory):
    """Folders of a storm of 20 mm, the same again with another number of threads, and one of 60 mm, over a valley."""
    out = tmp_path_factory.mktemp("两场 floods")
    y, x = np.mgrid[0:60, 0:80].astype(np.float32)
    height = 10 + 0.02 * x + 0.004 * (y - 30) ** 2 + 0.3 * np.sin(x / 5) * np.cos(y / 4)
    height[20:24, 30:36] += 5.0
    dataset = gdal.GetDriverByName("GTiff").Create(str(out / "dtm.tif"), 80, 60, 1, gdal.GDT_Float32)
    dataset.SetGeoTransform((493_000.0, 4.0, 0, 2_491_000.0, 0, -4.0))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.GetRasterBand(1).WriteArray(height)
    del dataset
    files = {"DEPTH_MAX": "depth_max.tif", "LEVEL_MAX": "level_max.tif", "ARRIVAL": "arrival.tif",
             "RESULT": "result.nc", "SUMMARY": "summary.json", "BALANCE": "balance.csv"}  # fmt: skip
    for name, depth_mm, threads in (("small", 20, 2), ("again", 20, 1), ("large", 60, 2)):
        places = {output: out / name / file for output, file in files.items()}
        process("simulateflood", DTM=out / "dtm.tif", RAIN_MM=depth_mm, DURATION_MIN=20, OUTPUT_STEP_MIN=5,
                THREADS=threads, **places)  # fmt: skip
    return out


def compare(floods: Path, a: str, b: str, out: Path) -> dict:
    return process(
        "comparefloods", DEPTH_A=floods / a / "depth_max.tif", DEPTH_B=floods / b / "depth_max.tif", TOLERANCE=0,
        DIFFERENCE=out / "d.tif", CHANGE=out / "c.tif", LEVEL_DIFFERENCE=out / "l.tif",
        ARRIVAL_DIFFERENCE=out / "t.tif", TABLE=out / "table.csv",
    )  # fmt: skip


def test_two_runs_of_the_same_input_differ_by_0(floods, tmp_path):
    """Also with another number of threads."""
    results = compare(floods, "small", "again", tmp_path)
    for name in ("d", "l", "t"):
        values = array(tmp_path / f"{name}.tif")
        assert set(values[np.isfinite(values)]) == {0.0}
    assert {0.0} == {results[name] for name in results if name.endswith(("_M2", "_M"))}
    for row in csv.DictReader((tmp_path / "table.csv").open(encoding="utf-8")):
        assert row["difference"] in ("", "0"), row
        assert (row["text_a"], row["text_b"]) == ("", "")


def test_the_difference_of_two_storms_is_that_of_their_depths(floods, tmp_path):
    results = compare(floods, "small", "large", tmp_path)
    a, b = (array(floods / name / "depth_max.tif") for name in ("small", "large"))
    wet = (a >= 0.05) | (b >= 0.05)
    np.testing.assert_allclose(array(tmp_path / "d.tif"), np.where(wet, b - a, np.nan), atol=1e-6)
    assert results["ONLY_B_AREA_M2"] == 16.0 * ((b >= 0.05) & (a < 0.05)).sum()
    assert results["DEEPER_AREA_M2"] > results["SHALLOWER_AREA_M2"]
    rows = {row["figure"]: row for row in csv.DictReader((tmp_path / "table.csv").open(encoding="utf-8"))}
    assert float(rows["rain_mm"]["difference"]) == 40.0
    assert float(rows["rain_m3"]["percent"]) == pytest.approx(200.0)


def test_zones_hold_what_the_run_stored_and_exchange_what_passed_the_edges(floods, tmp_path):
    """Two halves of the valley; without losses, all that is exchanged with the outside has left over the edges."""
    dataset = gdal.Open(str(floods / "large" / "depth_max.tif"))
    west, cell, _, north, _, _ = dataset.GetGeoTransform()
    east, south = west + cell * dataset.RasterXSize, north - cell * dataset.RasterYSize
    middle = west + cell * (dataset.RasterXSize // 2)
    reference = osr.SpatialReference(dataset.GetProjection())
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "zones.gpkg"))
    layer = source.CreateLayer("zones", reference, ogr.wkbPolygon)
    for left, right in ((west, middle), (middle, east)):
        feature = ogr.Feature(layer.GetLayerDefn())
        ring = f"{left} {south},{right} {south},{right} {north},{left} {north},{left} {south}"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
        layer.CreateFeature(feature)
    del layer, source
    run = floods / "large"
    process("floodbalance", RESULT=run / "result.nc", ZONES=tmp_path / "zones.gpkg", BALANCE=run / "balance.csv",
            OUTPUT=tmp_path / "water.csv", PICTURE=tmp_path / "water.svg")  # fmt: skip
    rows = list(csv.DictReader((tmp_path / "water.csv").open(encoding="utf-8")))
    account = list(csv.DictReader((run / "balance.csv").open(encoding="utf-8")))
    most = max(float(row["stored_m3"]) for row in account)
    for line in account:
        now = [row for row in rows if float(row["time_min"]) == float(line["time_min"])]
        halves = sum(float(row["volume_m3"]) for row in now if row["kind"] == "zone")
        assert halves == pytest.approx(float(line["stored_m3"]), abs=1e-4 * most)
        given = sum(float(line[name]) for name in ("initial_m3", "rain_m3", "inflow_m3", "boundary_in_m3"))
        taken = sum(float(line[name]) for name in ("infiltration_m3", "drained_m3", "boundary_out_m3"))
        assert abs(given - taken - float(line["stored_m3"])) <= 1e-6 * max(given, 1.0)
        edges = [float(line[f"boundary_out_{side}_m3"]) for side in ("north", "east", "south", "west")]
        assert sum(edges) == pytest.approx(float(line["boundary_out_m3"]))
    exchanged = sum(float(row["exchange_m3"]) for row in rows if row["kind"] == "all")
    assert exchanged == pytest.approx(-float(account[-1]["boundary_out_m3"]), rel=1e-3)
    summary = json.loads((run / "summary.json").read_text("utf-8"))
    assert float(account[-1]["stored_m3"]) == pytest.approx(summary["stored_m3"], rel=1e-12)
