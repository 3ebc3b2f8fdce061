"""Runs four algorithms again and again in one PyQGIS process, and prints what the process holds after each round.

many_runs.py FOLDER ROUNDS
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QTimer

sys.path.append(str(Path(__file__).parents[2]))
WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0
LOAD_EVERY = 20
"""Models are read in worker processes, which cost seconds."""


def write_bowl(path: Path) -> None:
    y, x = np.mgrid[0:16, 0:16]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 16, 16, 1, gdal.GDT_Float32)
    dataset.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.GetRasterBand(1).WriteArray((5 + 0.05 * ((x - 8) ** 2 + (y - 8) ** 2)).astype(np.float32))


def write_houses(path: Path) -> None:
    from qgis import processing

    made = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "houses", "memory")
    extent = f"{WEST + 8},{WEST + 56},{NORTH - 56},{NORTH - 8} [EPSG:4547]"
    grid = {"TYPE": 2, "EXTENT": extent, "HSPACING": 12, "VSPACING": 12, "CRS": made.crs(), "OUTPUT": str(path)}
    processing.run("native:creategrid", grid)


def one_round(folder: Path, number: int) -> None:
    """designstorm, simulateflood, buildingrisk, searchservices, a run that fails, and now and then loadbim."""
    from qgis import processing

    out = {name: str(folder / name) for name in ("storm.gpkg", "depth.tif", "level.tif", "result.nc", "risk.gpkg")}
    processing.run("twin:designstorm", {"OUTPUT": out["storm.gpkg"]})
    flood = {"DEPTH_MAX": out["depth.tif"], "LEVEL_MAX": out["level.tif"], "RESULT": out["result.nc"]}
    rain = {"RAIN": out["storm.gpkg"], "DURATION_MIN": 4, "OUTPUT_STEP_MIN": 2, "THREADS": 1}
    processing.run("twin:simulateflood", {"DTM": str(folder / "dtm.tif"), **rain, **flood})
    water = {"DEPTH": out["depth.tif"], "LEVEL": out["level.tif"], "RESULT": out["result.nc"]}
    processing.run("twin:buildingrisk", {"BUILDINGS": str(folder / "houses.gpkg"), **water, "OUTPUT": out["risk.gpkg"]})
    search = {"CATALOGUE": str(folder / "services.gpkg"), "TEXT": "rain", "OUTPUT": str(folder / "found.gpkg")}
    processing.run("twin:searchservices", search)
    fail("twin:simulateflood", {"DTM": out["depth.tif"], **rain, "DEPTH_MAX": str(folder / "refused.tif")})
    if number % LOAD_EVERY == 0:
        sinks = {name: str(folder / f"{name}.gpkg") for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT")}
        processing.run("twin:loadbim", {"FOLDER": str(folder / "models"), "WORKERS": 1, **sinks})


def fail(algorithm_id: str, parameters: dict[str, object]) -> None:
    """Run something that is refused, in a task as the desktop does.

    The traceback of a Python algorithm that failed is never released by QGIS, and holds the frames of Python callers.
    """
    context, feedback, loop = QgsProcessingContext(), QgsProcessingFeedback(False), QEventLoop()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    ended = []
    task.executed.connect(lambda successful, _: ended.append(successful))
    task.executed.connect(loop.quit)
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    if ended != [False]:
        raise AssertionError("a depth was taken for a terrain")


def held(folder: Path) -> dict[str, object]:
    """What the process holds."""
    gc.collect()
    loop = QEventLoop()  # where QGIS closes the files of layers, also those that its own algorithms read
    QTimer.singleShot(50, loop.quit)
    loop.exec()
    places = {QgsProcessingUtils.tempFolder(), os.environ["TMPDIR"]}
    temporary = [path for place in places for path in Path(place).rglob("*")]
    return {
        "files": len(os.listdir("/proc/self/fd")),
        "threads": len(os.listdir("/proc/self/task")),
        "python_threads": sorted(
            thread.name for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)
        ),
        "layers": len(QgsProject.instance().mapLayers()),
        "mb": int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20,
        "temporary": sorted({str(path) for path in temporary if path.is_file()}),
        "results": sorted(path.name for path in folder.iterdir()),
    }


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    application = QgsApplication([], True)
    application.initQgis()
    sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
    from processing.core.Processing import Processing

    from tests.tiny import write_tiny_models
    from twin_plugin import classFactory
    from twin_plugin.bridge.demo.catalogue import write_catalogue
    from twin_plugin.core.common.bbox import BoundingBox

    Processing.initialize()
    plugin = classFactory(None)
    plugin.initProcessing()
    write_bowl(folder / "dtm.tif")
    write_houses(folder / "houses.gpkg")
    write_tiny_models(folder / "models", 2)
    write_catalogue(folder / "services.gpkg", BoundingBox(113.9, 22.5, 113.95, 22.55), 1)
    for number in range(rounds):
        one_round(folder, number)
        print(json.dumps(held(folder)), flush=True)
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    main()
