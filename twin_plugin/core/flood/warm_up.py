"""Compiles every kernel of the domain, or loads it from numba's cache, by a small flood and a depression."""

from __future__ import annotations

import functools

import numpy as np

from ..common.grid import Grid
from .drains.exchange_kernels import street_changes
from .drains.inlets import Openings
from .drains.network import Inlet, InletKind
from .ground.ground_infiltration import GroundClass, GroundInfiltration
from .ground.methods import CurveNumber, GreenAmpt, Horton
from .processes.boundaries import Boundaries, Boundary, BoundaryKind
from .processes.infiltration import Infiltration
from .processes.inflows import Inflow, Inflows
from .processes.rain import Rain
from .processes.roofs import Roofs
from .processes.spatial_rain import SpatialRain
from .processes.structures import Structures
from .processes.underground import UndergroundWater
from .rain.gauge_rain import GaugeMethod, GaugeRain
from .schemes.addition_kernels import change_depths
from .schemes.scheme import Numerics
from .setup import FloodSetup, RunOutput
from .solver import SCHEMES, simulate
from .sponge.surface import SpongeSurface
from .sponge.surfaces import SpongeSurfaces
from .structures.kinds import Kind
from .structures.links import Link, Passage, Pool
from .surface import Surface
from .terrain_checks.bridge_kernels import open_channels
from .terrain_checks.cell_runs import joined, regions, runs_of
from .terrain_checks.extreme_kernels import fill_small
from .terrain_checks.seam_kernels import measure_steps
from .underground.rooms import Room, RoomLink, RoomOpening
from .waterlogging.depressions import find_depressions
from .waterlogging.ponding_kernels import number_areas

CELLS = 8
DURATION_S = 2.0


@functools.cache
def compile_kernels() -> None:
    """Run a flood by each scheme with every process that has a kernel, and find a depression, once in a process."""
    bed = Grid(np.zeros((CELLS, CELLS), np.float32), 0.0, 0.0, 1.0)
    buildings = np.zeros((CELLS, CELLS), np.int32)
    buildings[3:5, 3:5] = 1
    source = np.zeros((CELLS, CELLS), np.bool_)
    source[1, 1] = True
    processes = (
        Rain(((1.0, 1.0),)),
        Inflows((Inflow(source, (0.0,), (0.001,)),)),
        Boundaries({"north": Boundary(BoundaryKind.OPEN), "west": Boundary(BoundaryKind.LEVEL, 0.01)}),
        Infiltration(1.0),
        UndergroundWater(
            (Room("a", -3.0, -1.0, 1.0), Room("b", -6.0, -4.0, 1.0)),
            (RoomOpening("c", 0, 1.5, -1.5, 0.0, 1.0),),
            (RoomLink(0, 1, -3.0, 1.0),),
        ),
    )
    surface, output = Surface(bed, 0.03, buildings, "wall"), RunOutput(DURATION_S, 1.0)
    for scheme in SCHEMES:
        setup = FloodSetup(surface, output, processes, numerics=Numerics(scheme))
        simulate(setup, on_frame=lambda frame: None)
    everywhere = np.zeros((CELLS, CELLS), np.int32)
    for loss in (GreenAmpt(1.0, 100.0, 0.3), Horton(20.0, 10.0, 1.0), CurveNumber(80.0)):
        ground = GroundInfiltration((GroundClass("soil", loss),), everywhere)
        simulate(FloodSetup(surface, output, (Rain(((1.0, 1.0),)), ground)))
    for method in GaugeMethod:
        simulate(FloodSetup(surface, output, (SpatialRain(_gauges(bed, method)),)))
    here, there = (Pool(np.array([row], np.int64), np.array([1], np.int64)) for row in (1, 6))
    culvert = Passage(here, there, (1.0, 0.0, 5.0, 0.0, 0.0, 0.013, 0.5, 1.0, 0.0398, 0.67, -0.5))
    link = Link("culvert", Kind.CULVERT, (culvert,), inlet=(1.0, 0.0098, 2.0, 0.0398, 0.67, -0.5))
    simulate(FloodSetup(surface, output, (Rain(((1.0, 1.0),)), Structures((link,), (), 1.0))))
    sponge = SpongeSurfaces(everywhere + 1, (SpongeSurface("tank", 1.0, 1.0),))
    simulate(FloodSetup(surface, output, (Rain(((1.0, 1.0),)), sponge, Roofs(1.0))))
    hollow = np.ones((CELLS, CELLS))
    hollow[3, 3] = 0.0
    find_depressions(Grid(hollow, 0.0, 0.0, 1.0)).held_m3(1.0)
    number_areas(hollow < 1.0)
    _check_terrain()
    _exchange_with_drains()


def _gauges(bed: Grid, method: GaugeMethod) -> GaugeRain:
    """Rain that differs from place to place, with a gap."""
    depths_mm = np.array([[1.0, 2.0, np.nan], [3.0, 2.0, 1.0]])
    return GaugeRain(bed.cells, np.array([1.0, 4.0, 6.0]), np.array([-1.0, -4.0, -6.0]), np.array([1.0, 2.0]),
                     depths_mm, method)  # fmt: skip


def _check_terrain() -> None:
    """Fill a pit, cut a deck and join the cells of a region."""
    heights = np.full((3 * CELLS, 3 * CELLS), 2.0)
    heights[4, 4] = 0.0
    filled = heights.copy()
    fill_small(heights, 0, CELLS, 1, 2, 0.5, filled)
    open_channels(heights, 0, CELLS, 3, 2, 2, 1.0, 0.5, filled)
    measure_steps(heights, CELLS, 0.1)
    regions(joined([runs_of(heights < 1.0, heights)]))


def _exchange_with_drains() -> None:
    """Let a grate take water, without the process that runs a network."""
    openings = Openings.of([Inlet(InletKind.GRATE, 1.0, 0.5, on_grade=True)])
    h, still = np.full(CELLS * CELLS, 0.1, np.float32), np.zeros(CELLS * CELLS, np.float32)
    cells, change_m, moved_m = np.array([CELLS + 1]), np.zeros(1, np.float32), np.zeros(1)
    for centred in (False, True):
        street_changes(
            h, still, still, centred, CELLS, cells, openings.numbers, openings.depths_m, openings.flows_m3s,
            np.full(1, -1.0), np.ones(1), np.zeros(1), np.zeros(1), 1.0, 1.0, change_m,
        )  # fmt: skip
    change_depths(h, still, cells, change_m, moved_m)
