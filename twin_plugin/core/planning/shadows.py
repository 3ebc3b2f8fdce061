"""Shadows of a surface at times of a day: one bit for each cell and time.

A ceiling of shadow falls from cell to cell along digital lines away from the sun, and each cell raises it to its own
height: what lies below the ceiling is in shadow. One pass over the raster gives the shadows of one sun: along rows,
columns and diagonals the same, cell by cell, as marching along the ray from every cell (C. Ratti and P. Richens, 2004,
doi:10.1068/b2665; F. Lindberg and C. S. B. Grimmond, 2010, doi:10.3354/cr00882), elsewhere in all but one cell of 100.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.prisms import Bools, Floats, Ints
from ..common.progress import Progress, silent
from .lines import LineFamily, lines_towards
from .shadow_kernels import sweep_shadows
from .side_by_side import Task, side_by_side

SUNS = 8
"""The bits of a plane."""
BLOCK_CELLS = 4_000_000
"""So many cells of one plane are swept between two looks whether to go on: some hundredths of a second."""


@dataclass(frozen=True, eq=False)
class Shadows:
    """Which cells lie in shadow at which time.

    Attributes
    ----------
    surface : Grid
    planes : ndarray of uint8, shape (planes, rows, columns)
        Bits, set where there is shadow.
    plane, bit : ndarray of int64, shape (times,)
        Where the bits of each time are; plane -1 where the sun is too low, and all is in shadow.
    """

    surface: Grid
    planes: NDArray[np.uint8]
    plane: Ints
    bit: Ints

    @property
    def known(self) -> Bools:
        """Cells of the surface that have a height, shape (rows, columns)."""
        return np.isfinite(self.surface.values)

    def at(self, time: int) -> Bools:
        """Which cells lie in shadow at a time, shape (rows, columns); False where the surface has no height."""
        if self.plane[time] < 0:
            return self.known
        return ((self.planes[self.plane[time]] >> np.uint8(self.bit[time])) & 1).astype(bool) & self.known


def cast_shadows(
    surface: Grid,
    azimuth_deg: Floats,
    altitude_deg: Floats,
    lowest_deg: float = 0.0,
    progress: Progress = silent,
    threads: int = 1,
) -> Shadows:
    """Shadows of a surface at positions of the sun.

    Parameters
    ----------
    surface : Grid
        Heights; cells without one cast no shadow, nor does anything outside the raster.
    azimuth_deg, altitude_deg : ndarray, shape (times,)
        The azimuth clockwise from the north of the map.
    lowest_deg : float
        At lower altitudes the sun does not shine anywhere.

    Raises
    ------
    Cancelled
    """
    times, rows, columns, cell = len(azimuth_deg), surface.rows, surface.columns, surface.cell_m
    shines = np.asarray(altitude_deg) > max(lowest_deg - 1e-9, 0.0)
    families = [lines_towards(float(angle), rows, columns, cell) for angle in azimuth_deg]
    groups = _groups(families, shines)
    plane, bit = np.full(times, -1, np.int64), np.zeros(times, np.int64)
    for number, group in enumerate(groups):
        plane[group], bit[group] = number, np.arange(len(group))
    heights = np.where(np.isfinite(surface.values), surface.values, -np.inf).astype(np.float64)
    turned = np.ascontiguousarray(heights.T) if any(families[g[0]].by_columns for g in groups) else heights
    planes = np.zeros((len(groups), rows, columns), np.uint8)
    rise = np.tan(np.radians(np.asarray(altitude_deg, np.float64)))
    tasks = []
    for number, group in enumerate(groups):
        offset = np.array([families[time].offset for time in group])
        drop = np.array([families[time].step_m * rise[time] for time in group])
        chosen = turned if families[group[0]].by_columns else heights
        tasks.append(_task(chosen, families[group[0]], offset, drop, planes[number]))
    side_by_side(tasks, threads, progress)
    return Shadows(surface, planes, plane, bit)


def _groups(families: list[LineFamily], shines: Bools) -> list[list[int]]:
    """Times whose lines are walked in the same direction, up to eight together."""
    by_walk: dict[tuple[bool, bool], list[int]] = {}
    for time, family in enumerate(families):
        if shines[time]:
            by_walk.setdefault((family.by_columns, family.backward), []).append(time)
    return [times[first : first + SUNS] for times in by_walk.values() for first in range(0, len(times), SUNS)]


def _task(heights: Floats, family: LineFamily, offset: Ints, drop: Floats, plane: NDArray[np.uint8]) -> Task:
    """Sweep a raster for some suns, and put their bits into a plane."""

    def work(stopped: threading.Event) -> None:
        rows, columns = heights.shape
        ceiling = np.full((len(drop), 2, columns + 2), -np.inf)
        found = np.zeros(heights.shape, np.uint8) if family.by_columns else plane
        block = max(BLOCK_CELLS // columns, 1)
        for first in range(0, rows, block):
            if stopped.is_set():
                return
            sweep_shadows(heights, first, min(first + block, rows), family.backward, offset, drop, ceiling, found)
        if family.by_columns:
            plane[:] = found.T

    return work
