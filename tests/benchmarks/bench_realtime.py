"""A forecast: two hours over 2 km² with cells of 2 m and 500 inlets, from the state that a run of an hour left.

tools/env.sh python tests/benchmarks/bench_realtime.py [THREADS]
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from tests.benchmarks.bench_drains import CELL_M, CHAIN, SPACING, network
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind
from twin_plugin.core.flood.processes.drains import DrainSettings
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import simulate
from twin_plugin.core.flood.state import Start
from twin_plugin.core.flood.surface import Surface

ROWS, INLETS = 1282, 500
STORM = Rain(tuple((5.0 * (step + 1), depth) for step, depth in enumerate((2, 3, 4, 6, 9, 14, 18, 12, 8, 5, 4, 3))))
"""88 mm within an hour."""


def city() -> Grid:
    """Streets between blocks of houses, gently falling, with underpasses 1.5 m deep."""
    columns = 10 + SPACING * CHAIN
    row, column = np.mgrid[:ROWS, :columns]
    bed = 20.0 + 0.05 * np.abs(row % 20 - 10) - 0.002 * column
    houses = (row % 20 < 6) & (column % 24 > 4)
    bed[houses] += 8.0
    for place in range(60, ROWS, 160):
        hollow = (np.abs(row - place) < 6) & (np.abs(column - 200) < 20)
        bed[hollow] -= 1.5
    return Grid(bed.astype(np.float32), 0.0, CELL_M * ROWS, CELL_M)


def main(threads: int = 2) -> None:
    bed = city()
    surface, numerics = Surface(bed, 0.02), Numerics(threads=threads)
    edges = Boundaries({side: Boundary(BoundaryKind.OPEN) for side in ("north", "east", "south", "west")})
    drains = DrainSettings(network(INLETS // CHAIN, bed.columns))
    processes = (STORM, edges, drains)
    hour = FloodSetup(surface, RunOutput(3600.0, 600.0, keep_state=True), processes, numerics=numerics)
    simulate(replace(hour, output=RunOutput(30.0)))  # kernels are loaded
    first = simulate(hour)
    children, started, cpu = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), time.process_time()
    forecast = FloodSetup(surface, RunOutput(7200.0, 600.0), processes, numerics=numerics, start=Start(first.state))
    summary = simulate(forecast).summary
    wall, own, after = (
        time.perf_counter() - started,
        time.process_time() - cpu,
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    engine = after.ru_utime - children.ru_utime
    area_km2 = bed.values.size * CELL_M**2 / 1e6
    print(f"{area_km2:.2f} km², {bed.rows} x {bed.columns} cells, {INLETS} inlets, 2 h from a state")
    print(f"{summary.steps} steps, deepest {summary.max_depth_m:.2f} m, captured {summary.captured_m3:.0f} of "
          f"{summary.rain_m3:.0f} m³, system error {summary.system_error:.1e}")  # fmt: skip
    print(f"{wall:.0f} s by the clock with {threads} threads; {own:.0f} CPU s, SWMM's process {engine:.0f} CPU s")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
