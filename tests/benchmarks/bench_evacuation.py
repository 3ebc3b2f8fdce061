"""CPU seconds of an evacuation of 10,000 buildings of Jakarta to 50 shelters over its 18,574 roads, in rising water.

Buildings, roads and depths are real (shared data); the depths rise and fall evenly within 3 h, people and shelters are
drawn by chance. HiGHS, where scipy is there, places the same people as a peer.

tools/env.sh python tests/benchmarks/bench_evacuation.py [BUILDINGS] [SHELTERS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib import import_module, util
from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorLayer,
)

from twin_plugin.bridge.contingency.evacuation_run import EvacuationChoices, evacuate
from twin_plugin.bridge.contingency.shelter_layers import read_shelters
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.flood.water import WaterSource
from twin_plugin.bridge.kernel.rasters import read_cells
from twin_plugin.bridge.kernel.road_layers import RoadChoices, read_roads
from twin_plugin.bridge.kernel.vectors import read_table
from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.progress import silent
from twin_plugin.core.contingency import shelters as placing
from twin_plugin.core.contingency.evacuation import People
from twin_plugin.core.contingency.warm_up import compile_kernels

DATA = Path(__file__).parents[3] / "shared" / "data" / "jakarta"
CRS = "EPSG:32748"
CELL_M, STEP_MIN, HOURS = 50.0, 7.5, 3.0


def water(folder: Path) -> tuple[WaterSource, Cells]:
    """A RESULT whose depths rise to those of Jakarta within half the time and fall again."""
    cells = Cells(700_000.0, 9_325_000.0, CELL_M, CELL_M, 240, 360)
    depth = read_cells(QgsRasterLayer(str(DATA / "flood_depth.tif")), cells, CRS, nearest=True, output="DEPTH_MAX")
    depth = np.nan_to_num(depth, nan=0.0).reshape(cells.rows, cells.columns).astype(np.float32)
    bed, minutes = np.zeros_like(depth), np.arange(0.0, HOURS * 60 + 1, STEP_MIN)
    path = folder / "result.nc"
    with FloodMesh(str(path), Grid(bed, cells.west, cells.north, CELL_M, CRS), minutes * 60.0) as mesh:
        for share in 1.0 - np.abs(minutes / (HOURS * 30) - 1.0):
            mesh.write((depth * share).astype(np.float32), bed, bed, bed)
    return WaterSource(None, None, None, str(path)), cells


def draw_people(count: int, feedback: QgsProcessingFeedback) -> People:
    """Buildings of Jakarta, some of them twice nearby, with people by chance."""
    layer = QgsVectorLayer(str(DATA / "buildings.gpkg"), "buildings", "ogr")
    table = read_table(layer.dataProvider(), feedback, QgsCoordinateReferenceSystem(CRS))
    middle = shapely.get_coordinates(shapely.centroid(table.geometries))
    random = np.random.default_rng(1)
    rows = random.permutation(len(middle))
    places = (
        middle[np.resize(rows, count)] + random.uniform(-40, 40, (count, 2)) * (np.arange(count) >= len(rows))[:, None]
    )
    ids = tuple(f"B{n:05}" for n in range(count))
    return People(ids, ids, random.integers(5, 60, count), places[:, 0].copy(), places[:, 1].copy())


def draw_shelters(count: int, people: People, node_xy: np.ndarray) -> QgsVectorLayer:
    """Shelters at junctions by chance, with room for all and a tenth more."""
    random = np.random.default_rng(2)
    within = node_xy[(np.abs(node_xy - [people.x.mean(), people.y.mean()]) < 8000).all(axis=1)]
    places = within[random.permutation(len(within))[:count]]
    share = random.uniform(0.4, 1.6, count)
    capacity = np.ceil(1.1 * people.count.sum() * share / share.sum())
    layer = QgsVectorLayer(f"Point?crs={CRS}&field=id:string&field=capacity:integer", "shelters", "memory")
    features = []
    for number, (x, y) in enumerate(places):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(f"POINT({x} {y})"))
        feature.setAttributes([f"S{number:03}", int(capacity[number])])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def highs(costs: np.ndarray, people: list[int], capacity: list[int]) -> tuple[float, float]:
    """CPU seconds and cost of HiGHS, for the same people."""
    optimize, sparse = import_module("scipy.optimize"), import_module("scipy.sparse")
    blocks, places = costs.shape
    rows, columns = np.nonzero(np.isfinite(costs))
    n = len(rows)
    ones = np.ones(n)
    by_block = sparse.hstack([sparse.csr_matrix((ones, (rows, np.arange(n))), (blocks, n)), sparse.identity(blocks)])
    by_place = sparse.csr_matrix((ones, (columns, np.arange(n))), (places, n + blocks))
    started = time.process_time()
    found = optimize.linprog(
        np.concatenate([costs[rows, columns], np.full(blocks, 1e6)]),
        by_place,
        capacity,
        by_block,
        people,
        method="highs",
    )
    return time.process_time() - started, float(found.fun)


def main() -> None:
    count, sites = (int(text) for text in (*sys.argv[1:], *("10000", "50")[len(sys.argv) - 1 :]))
    if not DATA.is_dir():
        print("The shared data of Jakarta is not here: nothing is measured.")
        return
    application = QgsApplication([], False)
    application.initQgis()
    compile_kernels()
    context, feedback, crs = QgsProcessingContext(), QgsProcessingFeedback(), QgsCoordinateReferenceSystem(CRS)
    with tempfile.TemporaryDirectory() as folder:
        source, _ = water(Path(folder))
        layer = QgsVectorLayer(str(DATA / "roads.gpkg"), "roads", "ogr")
        started = time.process_time()
        roads = read_roads(QgsProcessingUtils.variantToSource(layer, context), crs, RoadChoices(), context, feedback)
        print(f"graph: {time.process_time() - started:.2f} CPU s; {roads.entry.line()}")
        people = draw_people(count, feedback)
        places = draw_shelters(sites, people, roads.graph.node_xy)
        read = read_shelters(QgsProcessingUtils.variantToSource(places, context), crs, context, feedback)
        kept: list[tuple[np.ndarray, list[int], list[int]]] = []
        plain = placing.place_people
        placing.place_people = lambda *arguments: (kept.append(arguments), plain(*arguments))[1]
        for depart in (-60.0, 45.0, 75.0):
            started = time.process_time()
            there = source.read(roads.bounds, 0.01, context)
            run = evacuate(roads, there, people, read, EvacuationChoices(depart_min=depart, reach_m=1000.0), silent)
            spent = time.process_time() - started
            found = run.evacuation
            placed, left = (sum(row.people for row in rows) for rows in (found.placements, found.unplaced))
            print(
                f"departure {depart:g} min: {spent:.2f} CPU s; {len(found.blocks):,} blocks, {len(run.closures):,} "
                f"roads close, {placed:,} people placed in {found.people_minutes:,.0f} people minutes, {left:,} "
                f"without a place, {len(kept)} solutions"
            )
            costs, number, room = kept[-1]
            started = time.process_time()
            plain(costs, number, room)
            ours = time.process_time() - started
            peer = "no scipy here"
            if util.find_spec("scipy"):
                seconds, _ = highs(costs, number, room)
                peer = f"HiGHS {seconds:.2f}"
            print(f"  placing alone, CPU s: {ours:.2f}; {peer}")
            kept.clear()


if __name__ == "__main__":
    main()
