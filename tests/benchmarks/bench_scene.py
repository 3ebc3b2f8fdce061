"""CPU seconds, memory and size of the page of a scene: a made city with storeys, basements, terrain and water.

Layers are read from files as a user has them. The limit of the machine is gzip of the same arrays; the parts of the
page say what takes the room.

tools/env.sh python tests/benchmarks/bench_scene.py [BUILDINGS]
"""

from __future__ import annotations

import gzip
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import shapely
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorLayer,
)

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.scene.html_page import write_html
from twin_plugin.bridge.scene.read_scene import read_scene
from twin_plugin.bridge.scene.scene_layers import SceneChoices, SceneLayers
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scene.page_arrays import page_parts

WEST, SOUTH, LOT_M, STEPS, EPSG = 500_000.0, 2_490_000.0, 45.0, 24, 4547
USES = ("office", "residential", "retail", "school", "hotel", "")


def made(folder: Path, count: int) -> dict[str, Path]:
    """Buildings of 1 to 26 storeys with setbacks, basements, a terrain of 500 x 500 cells, and a flood on it."""
    dice, side = np.random.default_rng(1), int(np.ceil(np.sqrt(count)))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(EPSG)
    path = folder / "city.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    kinds = {"String": ogr.OFTString, "Real": ogr.OFTReal, "Integer": ogr.OFTInteger}
    tables = {
        "building": "id:String name:String use:String base_elev_m:Real height_m:Real roof_elev_m:Real",
        "storey": "id:String building_id:String number:Integer elev_m:Real height_m:Real",
        "underground": "id:String building_id:String top_elev_m:Real bottom_elev_m:Real",
    }
    layers = {}
    for name, fields in tables.items():
        layers[name] = source.CreateLayer(name, crs, ogr.wkbMultiPolygon)
        for field in fields.split():
            layers[name].CreateField(ogr.FieldDefn(field.split(":")[0], kinds[field.split(":")[1]]))

    source.StartTransaction()

    def add(name: str, shape: shapely.Geometry, *values: object) -> None:
        feature = ogr.Feature(layers[name].GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(shapely.multipolygons([shape]))))
        for place, value in enumerate(values):
            feature.SetField(place, value)
        layers[name].CreateFeature(feature)

    for number in range(count):
        row, column = divmod(number, side)
        width, depth = dice.uniform(14, 32, 2)
        x, y = WEST + column * LOT_M + dice.uniform(0, 8), SOUTH + row * LOT_M + dice.uniform(0, 8)
        low = shapely.affinity.rotate(shapely.box(x, y, x + width, y + depth), dice.uniform(-20, 20))
        high = shapely.affinity.scale(low, 0.7, 0.7)
        storeys, ground = int(dice.integers(1, 27)), 4.0 + 0.01 * row
        base = "".join(dice.choice(list("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"), 22))
        identity, top = f"block {number // 100}/model_{number:05d}.ifc/{base}", ground + 3.2 * storeys
        name = f"Tower {number} 大厦{number}栋"
        add("building", low, identity, name, USES[number % len(USES)], ground, top - ground, top)
        for level in range(storeys):
            plan = low if level < 4 else high
            add("storey", plan, f"{identity}/{level}", identity, level, ground + 3.2 * level, 3.2)
        if number % 4 == 0:
            add("underground", low.buffer(3, join_style="mitre"), f"{identity}/b", identity, ground, ground - 7.5)
    source.CommitTransaction()
    layers.clear()
    source = None
    return {"city": path, **_flood(folder, side * LOT_M + 20)}


def _flood(folder: Path, width: float) -> dict[str, Path]:
    cells = 500
    cell = width / cells
    y, x = np.mgrid[0:cells, 0:cells] / cells
    bed = (6 + 3 * np.sin(7 * x) * np.cos(5 * y) + 2 * y + 0.02 * np.random.default_rng(2).random(x.shape)).astype("f4")
    grid = Grid(bed, WEST - 10, SOUTH - 10 + width, cell, f"EPSG:{EPSG}")
    raster = gdal.GetDriverByName("GTiff").Create(str(folder / "dtm.tif"), cells, cells, 1, gdal.GDT_Float32)
    raster.SetGeoTransform((grid.west, cell, 0, grid.north, 0, -cell))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(EPSG)
    raster.SetProjection(crs.ExportToWkt())
    raster.GetRasterBand(1).WriteArray(bed)
    raster = None
    still = np.zeros_like(bed)
    with FloodMesh(folder / "result.nc", grid, [300.0 * step for step in range(STEPS)]) as mesh:
        for step in range(STEPS):
            level = 2.5 + 3.0 * np.sin(np.pi * step / STEPS)
            mesh.write(np.maximum(level + y.astype("f4") - bed, 0).astype("f4"), None, still, still)
    return {"dtm": folder / "dtm.tif", "result": folder / "result.nc"}


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    application = QgsApplication([], False)
    application.initQgis()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # its memory is not ours
            files = pool.submit(made, folder, count).result()
        opened = {t: QgsVectorLayer(f"{files['city']}|layername={t}", t) for t in ("building", "storey", "underground")}
        sources = [QgsProcessingUtils.variantToSource(layer, context) for layer in opened.values()]
        terrain = QgsRasterLayer(str(files["dtm"]), "dtm")
        layers = SceneLayers(*sources, terrain, str(files["result"]))
        before = peak_mb()
        spent = time.process_time()
        scene = read_scene(layers, SceneChoices("Made city"), context, feedback, silent).scene
        read = time.process_time() - spent
        spent = time.process_time()
        page = write_html(scene, folder / "scene.html", "en", None, True, silent)
        written = time.process_time() - spent
        print(f"page: {page.size / 1e6:.2f} MB, unpacked {page.unpacked / 1e6:.1f} MB; {'; '.join(page.notes)}")
        parts = page_parts(scene)
        print(
            f"{len(scene.buildings):,} buildings, {len(scene.buildings.storeys):,} storeys, "
            f"{len(scene.buildings.underground):,} basements, {len(scene.water.times_min)} times: read {read:.2f} and "
            f"written {written:.2f} CPU s, memory {before:.0f} MB before, at most {peak_mb():.0f} MB"
        )
        for key, array in sorted(parts.arrays.items(), key=lambda item: -len(gzip.compress(item[1].tobytes(), 9))):
            print(f"  {key}: {array.nbytes / 1e6:.2f} MB, packed {len(gzip.compress(array.tobytes(), 9)) / 1e6:.3f} MB")
        texts = sum(len(text.encode()) for key in ("names", "ids", "uses") for text in parts.header[key])
        print(f"  names, ids and uses: {texts / 1e6:.2f} MB as they are")
        del opened, sources, terrain, layers
    application.exitQgis()


if __name__ == "__main__":
    main()
