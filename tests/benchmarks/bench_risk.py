"""Speed of twin:buildingrisk over many footprints, beside QGIS's own zonal statistics, measured in one run.

tools/env.sh python tests/benchmarks/bench_risk.py [FOOTPRINTS ...]      100,000 and 1,000,000 by default

Made footprints, houses in rows of blocks, on rasters of 6,340 x 6,340 cells of 2 m: depth and level. The assessment
reads both and writes every building; native:zonalstatisticsfb computes count, sum and mean of the depth alone. Each
runs in a process of its own, which starts QGIS and compiles before the clock. Read CPU seconds and their ratio: other
work on the machine disturbs wall times, and CPU seconds too where cores share a cache. Data and results lie in
build/bench.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))
BENCH = ROOT / "build" / "bench" / "risk"
CELLS, CELL_M = 6340, 2.0
WEST, NORTH, EPSG = 500_000.0, 2_512_680.0, 4547
COUNTS = (100_000, 1_000_000)
GOALS = {100_000: "at most once zonal statistics, 8 s", 1_000_000: "60 s, 2 GB"}
JOBS = {
    "twin:buildingrisk": {"DEPTH": "depth.tif", "LEVEL": "level.tif"},
    "native:zonalstatisticsfb": {"INPUT_RASTER": "depth.tif", "RASTER_BAND": 1},
}


def make_rasters() -> None:
    """Water in valleys between dry ridges, over ground that falls to the south; written once."""
    if (BENCH / "level.tif").exists():
        return
    row, column = np.mgrid[0:CELLS, 0:CELLS].astype(np.float32)
    depth = np.maximum(0.0, 1.2 * np.sin(row / 131) * np.sin(column / 97) - 0.2).astype(np.float32)
    ground = 20.0 - row * 0.002
    write_raster(BENCH / "depth.tif", depth)
    write_raster(BENCH / "level.tif", np.where(depth >= 0.05, ground + depth, -9999.0).astype(np.float32))


def write_raster(path: Path, values: np.ndarray) -> None:
    options = ["COMPRESS=DEFLATE", "TILED=YES", "PREDICTOR=3"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), CELLS, CELLS, 1, gdal.GDT_Float32, options)
    raster.SetGeoTransform((WEST, CELL_M, 0.0, NORTH, 0.0, -CELL_M))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(EPSG)
    raster.SetProjection(crs.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(-9999.0)
    raster.GetRasterBand(1).WriteArray(values)
    raster.FlushCache()


def make_footprints(count: int) -> Path:
    """Houses of five to eight corners, each with a use, a ground floor and a floor area; written once."""
    path = BENCH / f"buildings{count}.gpkg"
    if path.exists():
        return path
    random, side = np.random.default_rng(count), int(np.ceil(np.sqrt(count)))
    spacing = CELLS * CELL_M / (side + 1)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(EPSG)
    layer = source.CreateLayer("buildings", crs, ogr.wkbPolygon)
    for name, kind in (("id", ogr.OFTString), ("use", ogr.OFTString), ("ground_floor_elev_m", ogr.OFTReal),
                       ("gross_floor_area_m2", ogr.OFTReal)):  # fmt: skip
        layer.CreateField(ogr.FieldDefn(name, kind))
    uses = ("residential", "residential", "office", "school", "retail", "industrial")
    layer.StartTransaction()
    for number in range(count):
        line, place = divmod(number, side)
        x, y = WEST + (place + 1) * spacing, NORTH - (line + 1) * spacing
        angle = np.arange(random.integers(5, 9)) + random.random()
        angle *= 2 * np.pi / len(angle)
        reach = 0.38 * spacing * random.uniform(0.8, 1.0, len(angle))
        feature = ogr.Feature(layer.GetLayerDefn())
        corners = [f"{x + r * np.cos(a)} {y + r * np.sin(a)}" for r, a in zip(reach, angle, strict=True)]
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({','.join([*corners, corners[0]])}))"))
        feature["id"], feature["use"] = f"b{number}", uses[number % len(uses)]
        feature["ground_floor_elev_m"] = 20.2 - (NORTH - y) / CELL_M * 0.002
        feature["gross_floor_area_m2"] = float(random.integers(80, 5000))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    return path


def measure(algorithm_id: str, count: int) -> None:
    """Run an algorithm once in this process and print its wall and CPU seconds and the most memory, as JSON."""
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    application = QgsApplication([], False)
    application.initQgis()
    registry = application.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms(registry))
    from twin_plugin.bridge.kernel import kernels
    from twin_plugin.plugin import CityTwinPlugin

    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    kernels.ready("risk")
    given = {name: str(BENCH / value) if str(value).endswith(".tif") else value for name, value in
             JOBS[algorithm_id].items()}  # fmt: skip
    buildings, output = str(make_footprints(count)), BENCH / f"{algorithm_id.split(':')[1]}.gpkg"
    output.unlink(missing_ok=True)
    name = "BUILDINGS" if algorithm_id.startswith("twin") else "INPUT"
    algorithm, context = registry.createAlgorithmById(algorithm_id), QgsProcessingContext()
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    _, good = algorithm.run({name: buildings, "OUTPUT": str(output), **given}, context, QgsProcessingFeedback())
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures = {"wall_s": time.perf_counter() - began, "cpu_s": cpu, "most_gb": after.ru_maxrss / 1e6, "good": good}
    print(json.dumps(figures), flush=True)
    os._exit(0)


def main() -> None:
    BENCH.mkdir(parents=True, exist_ok=True)
    make_rasters()
    for count in [int(text.replace(",", "")) for text in sys.argv[1:]] or COUNTS:
        make_footprints(count)
        figures = {}
        for algorithm_id in JOBS:
            command = [sys.executable, __file__, "--measure", algorithm_id, str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode or not done.stdout.strip():
                raise SystemExit(f"{algorithm_id} failed:\n{done.stdout}{done.stderr}")
            figures[algorithm_id] = json.loads(done.stdout.strip().splitlines()[-1])
            shown = figures[algorithm_id]
            print(
                f"{count:>9,} footprints  {algorithm_id:<25} {shown['cpu_s']:6.1f} s CPU {shown['wall_s']:6.1f} s wall"
                f" {shown['most_gb']:5.2f} GB"
            )
        own, other = (figures[name]["cpu_s"] for name in JOBS)
        print(f"{'':>9} ratio {own / other:.2f} of the CPU seconds; goal {GOALS.get(count, 'none')}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main()
