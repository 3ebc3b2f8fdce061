"""CPU seconds of hours of sun and sky view on 4,000,000 cells, and how many times as long one shadow takes in numpy.

The peer is the method of UMEP's numpy functions: the whole raster is shifted towards the sun by one cell after the
other and compared, until no roof reaches further. UMEP itself is timed where it is installed (pip install --no-deps
umep).

tools/env.sh python tests/benchmarks/bench_planning_shade.py [SIDE]
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from twin_plugin.bridge.kernel import kernels, runtime
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.progress import silent
from twin_plugin.core.common.sun_position import SunDay
from twin_plugin.core.planning.ground_sun import Counting, ground_sun_hours
from twin_plugin.core.planning.shadows import cast_shadows
from twin_plugin.core.planning.sky_view import sky_view

BLOCKS_PER_CELL = 1e-3


def city(side: int) -> Grid:
    """Blocks of 15 x 20 m and 10 to 100 m on cells of 1 m."""
    random, heights = np.random.default_rng(1), np.zeros((side, side))
    for _ in range(int(side * side * BLOCKS_PER_CELL)):
        row, column = random.integers(0, side - 20, 2)
        heights[row : row + 15, column : column + 20] = random.uniform(10.0, 100.0)
    return Grid(heights, 0.0, 0.0, 1.0)


def shifted(heights: np.ndarray, azimuth_deg: float, altitude_deg: float) -> np.ndarray:
    """Where the sun shines, by shifts of the whole raster."""
    east, south = np.sin(np.radians(azimuth_deg)), -np.cos(np.radians(azimuth_deg))
    largest, reach = max(abs(east), abs(south)), heights.max()
    rows, columns = heights.shape
    ceiling, step = heights.copy(), 1
    while (drop := step / largest * np.tan(np.radians(altitude_deg))) < reach:
        down, right = round(step * south / largest), round(step * east / largest)
        if abs(down) >= rows or abs(right) >= columns:
            break
        here = np.s_[max(-down, 0) : rows - max(down, 0), max(-right, 0) : columns - max(right, 0)]
        there = np.s_[max(down, 0) : rows + min(down, 0), max(right, 0) : columns + min(right, 0)]
        np.maximum(ceiling[here], heights[there] - drop, out=ceiling[here])
        step += 1
    return ceiling <= heights


def several(cast: Callable[..., np.ndarray], heights: np.ndarray, suns: list[tuple[float, float]]) -> None:
    """Shadows at some positions of the sun."""
    for azimuth_deg, altitude_deg in suns:
        cast(heights, azimuth_deg, altitude_deg)


def umep() -> Callable[..., np.ndarray] | None:
    """UMEP's function, where it is installed."""
    found = importlib.util.find_spec("umep")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / "util" / "shadowingfunctions.py"
    spec = importlib.util.spec_from_file_location("umep_shadowing", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda *sun: module.shadowingfunctionglobalradiation(*sun, 1.0, 1)


def timed(name: str, work: Callable[[], object]) -> float:
    """Print wall and CPU seconds of the second of two calls; returns the latter."""
    work()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name}: {wall:.2f} s, {cpu:.2f} s of processor")
    return cpu


def main() -> None:
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    runtime.prepare()
    kernels.ready("planning", silent)
    surface, threads = city(side), runtime.threads(0, False)
    path = SunDay(date(2001, 1, 20), 22.55, 114.06).midpoints(8.0, 16.0, 5.0)
    print(f"{side * side:,} cells, {len(path)} times, {threads} threads")
    sun = (path.azimuth_deg, path.altitude_deg)
    timed("Shadows", lambda: cast_shadows(surface, *sun, threads=threads))
    ours = timed("Hours of sun", lambda: ground_sun_hours(surface, path, threads=threads))
    timed(
        "Hours of sun, longest two spells", lambda: ground_sun_hours(surface, path, Counting(2, 5.0), threads=threads)
    )
    timed("Sky view, 64 azimuths", lambda: sky_view(surface, 64, threads=threads))
    few = [(float(sun[0][time]), float(sun[1][time])) for time in range(0, len(path), len(path) // 4)]
    for name, peer in (("numpy", shifted), ("UMEP", umep())):
        if peer is not None:
            theirs = timed(f"{name}, {len(few)} times", partial(several, peer, surface.values, few))
            print(f"{name} takes {theirs / len(few) * len(path) / ours:.0f} times the processor for all times")


if __name__ == "__main__":
    main()
