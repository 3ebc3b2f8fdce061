"""CPU seconds of a contingency plan: 10,000 buildings, Jakarta's roads (47,871 stretches), 50 shelters, one level.

tools/env.sh python tests/benchmarks/bench_plan.py [BUILDINGS] [SHELTERS]

The water is that of the data set, which rises for an hour and falls for one; buildings stand beside the roads.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import shapely
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

from twin_plugin.bridge.contingency.plan_choices import PlanChoices, PlanInputs
from twin_plugin.bridge.contingency.plan_run import make_plan
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.flood.water import WaterSource
from twin_plugin.bridge.kernel import kernels, resources, runtime
from twin_plugin.bridge.kernel.vectors import read_table
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.progress import silent
from twin_plugin.core.contingency import levels
from twin_plugin.core.contingency.plan_file import plan_text

DATA = Path(__file__).parents[3] / "shared" / "data" / "jakarta"
CRS, CELL_M, FRAMES = "EPSG:32748", 50.0, 13


def water(folder: Path) -> tuple[str, Grid]:
    """A RESULT of two hours with the depths of the data set at their greatest after one."""
    options = gdal.WarpOptions(dstSRS=CRS, xRes=CELL_M, yRes=CELL_M, resampleAlg="near", format="MEM", dstNodata=0)
    raster = gdal.Warp("", str(DATA / "flood_depth.tif"), options=options)
    west, _, _, north, _, _ = raster.GetGeoTransform()
    depth = np.maximum(np.nan_to_num(raster.ReadAsArray().astype(np.float32)), 0)
    flat = np.zeros_like(depth)
    path = folder / "flood.nc"
    with FloodMesh(str(path), Grid(flat, west, north, CELL_M, CRS), np.arange(FRAMES) * 600.0, run="bench") as mesh:
        for frame in range(FRAMES):
            now = depth * np.float32(1.0 - abs(2.0 * frame / (FRAMES - 1) - 1.0))
            mesh.write(now, flat, flat, flat)
    return str(path), Grid(depth, west, north, CELL_M, CRS)


def layer(kind: str, fields: str, name: str, rows: list[tuple[shapely.Geometry, tuple]]) -> QgsVectorLayer:
    """A layer in memory."""
    made, features = QgsVectorLayer(f"{kind}?crs={CRS}&{fields}", name, "memory"), []
    for shape, values in rows:
        feature, geometry = QgsFeature(made.fields()), QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(shape))
        feature.setGeometry(geometry)
        feature.setAttributes(list(values))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def town(roads: QgsVectorLayer, depth: Grid, buildings: int, shelters: int) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Buildings with the water of their cell beside the roads, and shelters with room for two thirds of the people."""
    lines = read_table(roads, QgsProcessingFeedback(), QgsCoordinateReferenceSystem(CRS)).geometries
    random = np.random.default_rng(1)
    places = shapely.get_coordinates(lines)
    rows = np.floor((depth.north - places[:, 1]) / CELL_M).astype(int)
    columns = np.floor((places[:, 0] - depth.west) / CELL_M).astype(int)
    inside = (rows >= 0) & (columns >= 0) & (rows < depth.rows) & (columns < depth.values.shape[1])
    places, at = places[inside], depth.values[rows[inside], columns[inside]]
    chosen, dry = random.choice(np.flatnonzero(at > 0.05), buildings), random.choice(np.flatnonzero(at == 0), shelters)
    houses = []
    for number, row in enumerate(chosen):
        x, y = places[row] + random.uniform(15, 25, 2)
        risk = int(np.digitize(at[row], (0.05, 0.2, 0.4, 0.8)))
        values = (f"b{number}", f"House {number}", "residential", risk, float(at[row]), 40.0, 20, "", "bench")
        houses.append((shapely.box(x - 5, y - 5, x + 5, y + 5), values))
    fields = "id:string name:string assessed_use:string risk_class:integer depth_m:double ingress_time_min:double "
    fields += "people:integer reason:string flood_run:string"
    text = "&".join(f"field={field}" for field in fields.split())
    room = 20 * buildings // shelters * 2 // 3
    halls = [(shapely.Point(places[row]), (f"s{number}", room)) for number, row in enumerate(dry)]
    return layer("Polygon", text, "buildings", houses), layer(
        "Point", "field=id:string&field=capacity:integer", "shelters", halls
    )


def main() -> None:
    if not DATA.exists():
        print("skipped: the data set of Jakarta is not there")
        return
    buildings, shelters = (int(word) for word in [*sys.argv[1:], *("10000", "50")[len(sys.argv) - 1 :]])
    application = QgsApplication([], False)
    application.initQgis()
    runtime.prepare()
    kernels.ready("contingency", silent)
    with tempfile.TemporaryDirectory() as folder:
        path, depth = water(Path(folder))
        roads = QgsVectorLayer(str(DATA / "roads.gpkg"), "roads", "ogr")
        houses, halls = town(roads, depth, buildings, shelters)
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        chosen = levels.read_levels(resources.table("warning_levels"))[-1:]
        choices = PlanChoices(
            chosen,
            levels.read_actions(resources.table("plan_actions")),
            levels.read_uses(resources.table("plan_uses")),
            levels.read_needs(resources.table("plan_needs")),
        )
        begin, clock = time.process_time(), time.monotonic()
        inputs = PlanInputs([houses], [WaterSource(None, None, None, path)], roads, halls)
        result = make_plan(inputs, choices, context, QgsProcessingFeedback(), silent)
        text = plan_text(result.plan)
        spent, waited = time.process_time() - begin, time.monotonic() - clock
    print(f"{buildings:,} buildings, {shelters} shelters: {spent:.1f} CPU s, {waited:.1f} s by the clock (bar: 20)")
    print(f"{len(text) / 1e6:.1f} MB of JSON; {result.numbers}")


if __name__ == "__main__":
    main()
