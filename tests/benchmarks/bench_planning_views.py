"""CPU seconds of 100 skylines over 10,000 buildings and 4,000,000 cells, and of 1,000 view corridors.

The peer of the skylines is numpy: for each azimuth of 0.1 degrees all walls are cut with a ray, and the terrain is
marched cell by cell; it runs for a few observers and its time is multiplied. Made blocks and hills.

tools/env.sh python tests/benchmarks/bench_planning_views.py [OBSERVERS] [BUILDINGS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Edges, Prisms
from twin_plugin.core.common.processes import default_workers
from twin_plugin.core.common.progress import silent
from twin_plugin.core.planning.corridor import STRIP, CorridorForm, corridor, standing_in, terrain_in
from twin_plugin.core.planning.curvature import lowering
from twin_plugin.core.planning.observers import Observers, inside
from twin_plugin.core.planning.skyline import SkylineScene, SkylineSight, SkylineWalls, covered, look
from twin_plugin.core.planning.skyline_measures import AzimuthWindow, measure
from twin_plugin.core.planning.warm_up import compile_kernels

CELLS, CELL_M = 2000, 2.0
PEERS = 1


def city(count: int) -> Prisms:
    """Turned boxes of 10 to 25 m on a square raster of lots, a tenth of them towers."""
    dice, side = np.random.default_rng(1), int(np.ceil(np.sqrt(count)))
    lot = CELLS * CELL_M / side
    shapes = []
    for number in range(count):
        row, column = divmod(number, side)
        x, y = (column + 0.5) * lot, (row + 0.5) * lot
        width, depth = dice.uniform(0.25, 0.6, 2) * lot
        shapes.append(shapely.affinity.rotate(shapely.box(x - width / 2, y - depth / 2, x + width / 2, y + depth / 2),
                                              dice.uniform(0, 90)))  # fmt: skip
    tops = np.where(dice.random(count) < 0.1, dice.uniform(60, 200, count), dice.uniform(6, 40, count))
    return Prisms.of_shapes(shapes, np.zeros(count), tops, np.arange(count), [str(k) for k in range(count)])


def hills() -> Grid:
    y, x = np.mgrid[0:CELLS, 0:CELLS].astype(np.float32)
    heights = 20 * np.sin(x / 150) * np.cos(y / 210) + np.maximum(0, y - 1500) / 4
    return Grid(heights.astype(np.float32), 0.0, CELLS * CELL_M, CELL_M)


def people(count: int, prisms: Prisms, terrain: Grid) -> Observers:
    """On the streets, at places drawn by chance."""
    dice = np.random.default_rng(2)
    x, y = dice.uniform(0, CELLS * CELL_M, (2, 3 * count))
    names = tuple(str(k) for k in range(3 * count))
    found = Observers(x, y, terrain.sample(x, y) + 1.6, np.full(3 * count, np.nan), names, names)
    free = np.flatnonzero(~inside(found, prisms) & ~covered(found, prisms))[:count]
    rows = np.zeros(3 * count, bool)
    rows[free] = True
    return found.keep(rows)


def peer(edges: Edges, top_m: np.ndarray, terrain: Grid, x: float, y: float, eye_m: float, drop: float) -> np.ndarray:
    """The greatest elevation at 3,600 azimuths by rays in numpy, in degrees."""
    best = np.zeros(3600)
    x0, y0, dx, dy = edges.x0 - x, edges.y0 - y, edges.x1 - edges.x0, edges.y1 - edges.y0
    reach = np.arange(1, int(CELLS * 1.42)) * CELL_M
    for number, q in enumerate(np.radians(np.arange(3600) / 10)):
        east, north = np.sin(q), np.cos(q)
        with np.errstate(divide="ignore", invalid="ignore"):
            cross = east * dy - north * dx
            distance, along = (x0 * dy - y0 * dx) / cross, (x0 * north - y0 * east) / cross
            rise = (top_m - eye_m) / distance - drop * distance
            hit = (distance > 0) & (along >= 0) & (along <= 1)
        ground = terrain.sample(x + reach * east, y + reach * north)
        best[number] = max(0.0, np.max(rise[hit], initial=0.0), np.nanmax((ground - eye_m) / reach - drop * reach))
    return np.degrees(np.arctan(best))


def main(observers: int = 100, buildings: int = 10_000) -> None:
    compile_kernels()
    prisms, terrain, bend = city(buildings), hills(), lowering(0.13)
    scene, threads = SkylineScene.of(prisms, None, terrain, SkylineSight(bend)), default_workers()
    places = people(observers, prisms, terrain)
    began, cpu = time.perf_counter(), time.process_time()
    seen = list(look(scene, places, silent, threads))
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    began, cpu = time.perf_counter(), time.process_time()
    for item in seen:
        measure(item.present, scene.present, AzimuthWindow())
    measures_s = time.process_time() - cpu
    print(
        f"{len(places)} skylines, {len(prisms):,} buildings, {CELLS**2:,} cells: {cpu_s:.2f} s of CPU, {wall_s:.2f} s"
    )
    print(f"on {threads} threads, and {measures_s:.2f} s of CPU for their measures (goal 6 s together, quiet)")
    walls = SkylineWalls.of(prisms)
    cpu, apart = time.process_time(), []
    for number in range(min(PEERS, len(places))):
        eye = float(places.x[number]), float(places.y[number]), float(places.eye_m[number])
        found = peer(walls.edges, walls.top_m, terrain, *eye, bend)
        apart.append(np.abs(found - seen[number].present.elevation_deg(np.arange(3600) / 10)))
    peer_s = (time.process_time() - cpu) / PEERS * len(places)
    print(f"numpy by rays of 0.1 degrees: {peer_s:.0f} s of CPU for as many, {peer_s / cpu_s:.0f} times; apart by "
          f"{np.median(apart):.4f} degrees (median), {np.percentile(apart, 95):.3f} (95 %)")  # fmt: skip
    tree, form = shapely.STRtree(prisms.outlines), CorridorForm(STRIP, 40.0, bend)
    ends = np.random.default_rng(3).uniform(0, CELLS * CELL_M, (1000, 4))
    cpu, standing = time.process_time(), 0
    for x0, y0, x1, y1 in ends:
        view = corridor(("a", "a", "a", "a"), (x0, y0, 60.0), shapely.Point(x1, y1), 80.0, form)
        standing += len(standing_in(view, prisms, tree))
        terrain_in(view, terrain, silent)
    print(f"1,000 corridors with {standing:,} buildings in them: {time.process_time() - cpu:.2f} s of CPU")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
