"""Seconds of 100 cumulative views over 4 M cells, with 10,000 buildings, over hills and over a plane, and of facades.

GDAL's viewshed and, where GRASS is installed, r.viewshed compute a few of the same views as peers.

tools/env.sh python tests/benchmarks/bench_planning_visibility.py [OBSERVERS] [SIDE]
"""

from __future__ import annotations

import shutil
import subprocess  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import shapely
from osgeo import gdal

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.planning.surface import build_surface
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.planning.facades import look_at, make_facades
from twin_plugin.core.planning.observers import Observers
from twin_plugin.core.planning.surface_model import SurfaceModel
from twin_plugin.core.planning.viewshed import Sight
from twin_plugin.core.planning.visibility import see_ground
from twin_plugin.core.planning.warm_up import compile_kernels

EYE_M, TOWNS = 1.6, 100
PEER_VIEWS = 3
Value = TypeVar("Value")


def hills(side: int, amplitude_m: float) -> Grid:
    """A random terrain of cells of 1 m."""
    frequency = np.fft.fftfreq(side)
    radius = np.hypot(*np.meshgrid(frequency, frequency))
    radius[0, 0] = 1.0
    z = np.real(np.fft.ifft2(np.fft.fft2(np.random.default_rng(1).normal(size=(side, side))) * radius**-2.2))
    return Grid((z / z.std() * amplitude_m).astype(np.float32), 500_000.0, 2_500_000.0 + side, 1.0, "EPSG:4547")


def town(ground: Grid) -> Prisms:
    """A building in each block of a regular town, 10,000 in all, 10 to 100 m high."""
    random, block = np.random.default_rng(2), ground.columns / TOWNS
    x, y = (axis.ravel() * block for axis in np.meshgrid(np.arange(TOWNS), np.arange(TOWNS)))
    size = random.uniform(0.4, 0.75, (2, len(x))) * block
    west, south = ground.west + x + 2, ground.north - ground.rows + y + 2
    shapes = shapely.box(west, south, west + size[0], south + size[1])
    base = ground.sample(west, south).astype(np.float64)
    ids = [str(n) for n in range(len(x))]
    return Prisms.of_shapes(list(shapes), base, base + 10 + random.gamma(2, 10, len(x)), np.arange(len(x)), ids)


def stand(surface: SurfaceModel, number: int) -> Observers:
    """Observers on open ground by chance."""
    grid, random = surface.ground, np.random.default_rng(3)
    free = np.flatnonzero(~surface.built.ravel())
    row, column = np.divmod(free[random.integers(0, len(free), number)], grid.columns)
    x, y = grid.west + column + 0.5, grid.north - row - 0.5
    names = tuple(str(n) for n in range(number))
    return Observers(x, y, grid.values[row, column].astype(np.float64) + EYE_M, np.full(number, np.nan), names, names)


def timed(what: str, work: Callable[[], Value]) -> tuple[Value, float]:
    """The result and the CPU seconds of some work, which are printed with its wall time."""
    wall, spent = time.perf_counter(), time.process_time()
    result = work()
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    print(f"{what}: {wall:.2f} s, {spent:.2f} CPU s")
    return result, spent


def gdal_views(path: Path, observers: Observers) -> None:
    """GDAL's views of some observers."""
    dataset = gdal.Open(str(path))
    for x, y in zip(observers.x, observers.y, strict=True):
        gdal.ViewshedGenerate(
            dataset.GetRasterBand(1), "MEM", "", [], x, y, EYE_M, 0, 255, 0, 0, -1, 0.87, gdal.GVM_Edge, 0
        )


def grass_seconds(path: Path, observers: Observers, folder: Path) -> float | None:
    """CPU seconds of r.viewshed for each observer; None without GRASS."""
    grass = shutil.which("grass")
    if grass is None:
        return None
    place = folder / "location"
    quiet = {"capture_output": True, "check": True}
    subprocess.run([grass, "-c", str(path), str(place), "-e"], **quiet)  # nosec B603
    inside = [grass, str(place / "PERMANENT"), "--exec"]
    subprocess.run([*inside, "r.in.gdal", f"input={path}", "output=z"], **quiet)  # nosec B603
    subprocess.run([*inside, "g.region", "raster=z"], **quiet)  # nosec B603
    started = _children()
    for n, (x, y) in enumerate(zip(observers.x, observers.y, strict=True)):
        more = [f"coordinates={x},{y}", f"observer_elevation={EYE_M}", "target_elevation=0", "memory=4000", "-b"]
        subprocess.run([*inside, "r.viewshed", "input=z", f"output=v{n}", *more], **quiet)  # nosec B603
    return (_children() - started) / len(observers)


def _children() -> float:
    """CPU seconds of the processes that have ended."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    number, side = (int(text) for text in (*sys.argv[1:], *("100", "2000")[len(sys.argv) - 1 :]))
    compile_kernels()
    relief, flat = hills(side, 8.0), hills(side, 0.0)
    bodies = town(relief)
    surfaces = {"10,000 buildings": build_surface(relief, bodies)}
    surfaces["hills"] = build_surface(hills(side, 60.0), Prisms.none())
    surfaces["a plane"] = build_surface(flat.with_values(np.zeros_like(flat.values)), Prisms.none())
    with tempfile.TemporaryDirectory() as folder:
        for name, surface in surfaces.items():
            observers, kinds = stand(surface, number), np.zeros(surface.top.values.shape, np.uint8)
            what = f"{number} views over {side**2 / 1e6:.0f} M cells, {name}"
            found, spent = timed(what, lambda: see_ground(surface, observers, Sight(), kinds, 1))  # noqa: B023
            print(f"  {found.visible_m2.mean() / side**2:.1%} seen by an observer, in the mean")
            path = Path(folder) / "surface.tif"
            write_grid(surface.top, path)
            few = observers.keep(np.arange(number) < PEER_VIEWS)
            _, peer = timed(f"  GDAL, {len(few)} views", lambda: gdal_views(path, few))  # noqa: B023
            print(f"  GDAL takes {peer / len(few) / (spent / number):.1f} times as long")
            if name == "hills":
                seconds = grass_seconds(path, few, Path(folder))
                told = "not here" if seconds is None else f"{seconds:.1f} CPU s, {seconds / (spent / number):.0f} times"
                print(f"  r.viewshed for each view: {told}")
    surface = surfaces["10,000 buildings"]
    facades = make_facades(bodies, np.array([5050]), surface.ground, 1.0)
    what = f"{number} observers, {len(facades):,} panels past 10,000 buildings"
    timed(what, lambda: list(look_at(facades, bodies, surface.ground, stand(surface, number), Sight())))


if __name__ == "__main__":
    main()
