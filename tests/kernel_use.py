"""Uses the kernels as the algorithms do, in a process of its own: prints which it used, and files new in the cache."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import shapely
from numba.core.dispatcher import Dispatcher

from tests.flood_setups import flood_setup
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.sun_position import SunPath
from twin_plugin.core.contingency import allocation_kernels
from twin_plugin.core.contingency.evacuation import Block, Shelter
from twin_plugin.core.contingency.shelters import evacuate_blocks
from twin_plugin.core.flood import terrain
from twin_plugin.core.flood.ground import infiltration_kernels
from twin_plugin.core.flood.ground.ground_infiltration import GroundClass, GroundInfiltration
from twin_plugin.core.flood.ground.methods import CurveNumber, GreenAmpt, Horton
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.schemes import (
    addition_kernels,
    edge_kernels,
    inertial_kernels,
    maxima_kernels,
    shock_kernels,
)
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.waterlogging import depression_kernels, ponding_kernels
from twin_plugin.core.flood.waterlogging.depressions import find_depressions
from twin_plugin.core.flood.waterlogging.ponding import LongestWet, ponded_areas
from twin_plugin.core.planning import (
    facade_kernels,
    horizon_kernels,
    shadow_kernels,
    view_kernels,
    viewshed_kernels,
)
from twin_plugin.core.planning.facades import look_at, make_facades
from twin_plugin.core.planning.ground_sun import Counting, ground_sun_hours
from twin_plugin.core.planning.observers import Observers
from twin_plugin.core.planning.sky_view import sky_view
from twin_plugin.core.planning.surface_model import stand_on
from twin_plugin.core.planning.viewshed import Sight
from twin_plugin.core.planning.visibility import see_ground
from twin_plugin.core.risk import footprint_cells, ring
from twin_plugin.core.risk.footprint_cells import find_footprint_cells
from twin_plugin.core.risk.ingress import Openings, Water, find_contacts
from twin_plugin.core.risk.ring import find_rings
from twin_plugin.core.roads import travel_kernels
from twin_plugin.core.roads.from_lines import Lines, build_graph
from twin_plugin.core.roads.graph import WaterOnRoads, without_water
from twin_plugin.core.roads.travel import Travel

MODULES = (
    ponding_kernels,
    infiltration_kernels,
    addition_kernels,
    depression_kernels,
    edge_kernels,
    inertial_kernels,
    shock_kernels,
    maxima_kernels,
    terrain,
    ring,
    travel_kernels,
    allocation_kernels,
    footprint_cells,
    shadow_kernels,
    horizon_kernels,
    viewshed_kernels,
    view_kernels,
    facade_kernels,
)
ROWS, COLUMNS = 70, 600  # more than the tiles that may be left out
CACHE = Path(os.environ["NUMBA_CACHE_DIR"])


def floods() -> None:
    """Floods with every kind of input."""
    heights = np.random.default_rng(1).random((ROWS, COLUMNS)).astype(np.float32)
    heights[0, :5] = np.nan
    labels = np.zeros(heights.shape, np.int32)
    labels[10:20, 10:20] = 1
    source = np.zeros(heights.shape, bool)
    source[30, 30] = True
    edges = {
        "north": Boundary(BoundaryKind.OPEN),
        "east": Boundary(BoundaryKind.LEVEL, 0.6),
        "south": Boundary(BoundaryKind.CLOSED),
        "west": Boundary(BoundaryKind.OPEN),
    }
    inflows = [Inflow(source, (0.0, 5.0), (0.1, 0.2))]
    options = {"rain": [(1, 5)], "boundaries": edges, "inflows": inflows, "infiltration_mm_h": 10.0, "drain_mm_h": 5.0}
    for changes in (
        {"buildings": labels, "buildings_as": "raise", "threads": 1, **options},
        {"buildings": labels, "buildings_as": "wall", "threads": 2, **options},
        {"initial_level_m": 0.4, "roughness": np.full(heights.shape, 0.05)},
    ):
        for kind in (np.float32, np.float64):
            bed = Grid(heights.astype(kind), 0.0, 0.0, 2.0, "EPSG:4547")
            for scheme in SCHEMES:
                simulate(flood_setup(bed, 20.0, 10.0, scheme=scheme, **changes), on_frame=lambda frame: None)


def grounds() -> None:
    """Ground of every kind under rain."""
    cells = np.zeros((20, 30), np.int32)
    for loss in (GreenAmpt(3.0, 90.0, 0.3), Horton(70.0, 10.0, 4.0), CurveNumber(80.0)):
        setup = flood_setup(Grid(np.zeros((20, 30), np.float32), 0.0, 0.0, 2.0), 20.0, 10.0, rain=[(1, 5)])
        ground = GroundInfiltration((GroundClass("soil", loss, 0.8),), cells)
        simulate(replace(setup, processes=(*setup.processes, ground)))


def depressions() -> None:
    """Depressions of terrains in both kinds of numbers."""
    heights = np.random.default_rng(2).random((40, 50))
    for kind in (np.float32, np.float64):
        find_depressions(Grid(heights.astype(kind), 0.0, 0.0, 2.0)).held_m3(20.0)
    wet = LongestWet(heights.size, 0.5)
    for minutes in (0.0, 30.0):
        wet.add(minutes, heights.ravel())
    ponded_areas(wet, heights.shape, 30.0, 1.0)


def risks() -> None:
    """Water around buildings, as rasters of either kind of number."""
    cells = Grid(np.zeros((30, 30), np.float32), 0.0, 0.0, 2.0).cells
    boxes = np.array([shapely.box(10, -20, 20, -10), None, shapely.box(30, -50, 40, -40)], object)
    rings = find_rings(cells, boxes)
    find_footprint_cells(cells, boxes)
    name = np.array(["door"], object)
    openings = Openings(np.zeros(1, np.int64), np.full(1, 10.0), np.full(1, -15.0), np.ones(1), name, name, name)
    for kind in (np.float32, np.float64):
        values = np.full(cells.size, 2.0, kind)
        rings.lowest(values)
        find_contacts(rings, Water(cells, values, values, values), np.full(3, 0.5), openings, 0.05)


def evacuations() -> None:
    """People over roads, with water on them and without."""
    shapes = np.array([shapely.linestrings([[0, 0], [900, 0]]), shapely.linestrings([[900, 0], [900, 600]])], object)
    yes = np.ones(2, bool)
    graph = build_graph(Lines(shapes, np.full(2, 30.0), yes, yes, np.arange(2))).graph
    never = np.full(2, np.nan)
    speeds = np.array([[30, 30], [5, 30]], np.float32)
    for water in (without_water(graph), WaterOnRoads(np.array([0.0, 1.0]), speeds, never, never)):
        for reopened in (False, True):
            travel = Travel(graph, water, reopened)
            evacuate_blocks(travel, [Block("a", "", 0, 5, (), 0, 0)], [Shelter("b", "", 2, 9, 0, 0)], 0.0)
            travel.earliest(0, 0.0)


def reviews() -> None:
    """Sun and sky over a surface, in both kinds of numbers."""
    heights = np.random.default_rng(3).random((30, 40))
    angles = np.linspace(5.0, 355.0, 12)
    path = SunPath(angles / 15.0, np.full(12, 30.0), angles, 0.5)
    for kind in (np.float32, np.float64):
        surface = Grid(heights.astype(kind), 0.0, 0.0, 2.0)
        for counting in (Counting(), Counting(2, 5.0, 10.0)):
            ground_sun_hours(surface, path, counting, threads=2)
        sky_view(surface, 8)


def visibility() -> None:
    """What two observers see of ground and facades, near and far, with a terrain and without one."""
    x, names = np.array([3.0, 22.5]), ("a", "b")
    observers = Observers(x, x + 1.0, np.array([2.0, 60.0]), np.full(2, np.nan), names, names)
    boxes = [shapely.box(10.0, 10.0, 14.0, 13.0), shapely.box(16.0, 4.0, 20.0, 9.0)]
    bodies = Prisms.of_shapes(boxes, np.zeros(2), np.array([12.0, 30.0]), np.arange(2), names)
    for kind in (np.float32, np.float64):
        ground = Grid(np.random.default_rng(5).random((30, 30)).astype(kind), 0, 30, 1)
        prism = np.full((30, 30), -1, np.int32)
        prism[17:20, 10:14] = 0
        for sight in (Sight(), Sight(2, 9, 0, 90, 45, -30, 30)):
            see_ground(stand_on(ground, bodies, prism), observers, sight, np.ones((30, 30), np.uint8), 2, True)
            facades = make_facades(bodies, np.array([1]), ground, 1)
            for under in (ground, None):
                list(look_at(facades, bodies, under, observers, sight))


def used(item: object, module: ModuleType) -> bool:
    """Whether this is a compiled function of a module that Python called."""
    return isinstance(item, Dispatcher) and item.__module__ == module.__name__ and bool(item.stats.cache_hits)


def files() -> list[str]:
    return sorted(str(path) for path in CACHE.rglob("*.nb?"))


if __name__ == "__main__":
    before = files()
    floods()
    grounds()
    depressions()
    risks()
    evacuations()
    reviews()
    visibility()
    print(*sorted(name for module in MODULES for name, item in vars(module).items() if used(item, module)))
    print(f"new: {[name for name in files() if name not in before]}")
    sys.stdout.flush()
    os._exit(0)
