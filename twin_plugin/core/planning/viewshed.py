"""What eyes see of the ground and of roofs, on the cells of a raster."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.progress import Progress, advance, silent
from .curvature import REFRACTION, lowering
from .observers import Observers
from .surface_model import SurfaceModel

RAYS_PER_CELL = 3
"""Rays through a cell at the edge of what is seen, along its side."""
LEAST_RAYS = 3000
"""Of a quarter, on small rasters."""
RAYS_OF_SLICE = 384


@dataclass(frozen=True)
class Sight:
    """How far and where to eyes look.

    Attributes
    ----------
    target_m : float
        Height of the target above the ground or roof.
    reach_m : float
        Greatest horizontal distance.
    refraction : float
        The share of the curvature of the earth that refraction takes away (0.13); 1 for a flat earth.
    azimuth_deg, width_deg : float
        Where the middle of the field of view points, clockwise from north, and its width.
    lowest_deg, highest_deg : float
        Its limits above the horizontal.
    """

    target_m: float = 0.0
    reach_m: float = math.inf
    refraction: float = REFRACTION
    azimuth_deg: float = 0.0
    width_deg: float = 360.0
    lowest_deg: float = -90.0
    highest_deg: float = 90.0

    @property
    def bend(self) -> float:
        """What a distance falls by the curvature, for each square metre of its square (1/m)."""
        return lowering(self.refraction)

    @property
    def slopes(self) -> tuple[float, float]:
        """Tangents of the lowest and the highest angle, infinite for 90 degrees."""
        low, high = (
            math.copysign(math.inf, angle) if abs(angle) >= 90 else math.tan(math.radians(angle))
            for angle in (self.lowest_deg, self.highest_deg)
        )
        return low, high


@dataclass(frozen=True, eq=False)
class View:
    """What one eye sees: bits TARGET and SURFACE of the kernels on the whole raster, 0 out of the window in reach."""

    rows: slice
    columns: slice
    bits: NDArray[np.uint8]


def views(surface: SurfaceModel, observers: Observers, sight: Sight, progress: Progress = silent) -> Iterator[View]:
    """What each observer sees, one after the other; the bits of a view last until the next is asked for.

    Raises
    ------
    Cancelled
    """
    from .viewshed_kernels import look

    grid = surface.ground
    ground = np.ascontiguousarray(grid.values, np.float32)
    tops = np.where(surface.built, surface.top.values, np.nan).astype(np.float32)
    seen = np.zeros((grid.rows, grid.columns), np.uint8)
    highest = max(float(np.nanmax(part, initial=-1e30)) for part in (ground, tops))
    rows = (grid.north - observers.y) / grid.cell_m - 0.5
    columns = (observers.x - grid.west) / grid.cell_m - 0.5
    reach = min(sight.reach_m / grid.cell_m, 1e7)
    for n, (row, column, eye) in enumerate(zip(rows, columns, observers.eye_m, strict=True)):
        window = _window(row, column, reach, grid)
        place = (row, column, float(eye), sight.bend * grid.cell_m**2, float(sight.target_m), float(reach))
        lines, rays, numbers = _fan(row, column, grid, reach)
        for quarter in range(4):
            advance(progress, (n + quarter / 4) / len(observers))
            slices = _slices(quarter, numbers[quarter])
            if len(slices):
                look(ground, tops, seen, place, slices, lines, rays, highest)
        _own_cell(surface, seen, row, column)
        yield View(*window, seen)
        seen[window] = 0
    advance(progress, 1.0)


def _window(row: float, column: float, reach: float, grid: Grid) -> tuple[slice, slice]:
    """Rows and columns that may be within reach."""
    found = []
    for at, size in ((row, grid.rows), (column, grid.columns)):
        first, last = max(math.floor(at - reach), 0), min(math.ceil(at + reach) + 1, size)
        found.append(slice(first, max(first, last)))
    return found[0], found[1]


def _own_cell(surface: SurfaceModel, seen: NDArray[np.uint8], row: float, column: float) -> None:
    """An eye sees the cell in which it is; the kernel has no line through its centre."""
    r, c = math.floor(row + 0.5), math.floor(column + 0.5)
    if row == r and column == c and 0 <= r < seen.shape[0] and 0 <= c < seen.shape[1]:
        seen[r, c] = 0 if np.isnan(surface.top.values[r, c]) else 3


def _fan(
    row: float, column: float, grid: Grid, reach: float
) -> tuple[NDArray[np.int64], NDArray[np.float64], list[int]]:
    """Of each quarter the first and last line of cells, `u` of ray 0 and its step, and the number of rays."""
    lines, rays, numbers = np.zeros((4, 2), np.int64), np.ones((4, 2)), []
    for quarter in range(4):
        across = quarter >= 2
        a0, c0 = (column, row) if across else (row, column)
        size, length = (grid.columns, grid.rows) if across else (grid.rows, grid.columns)
        if quarter in (1, 2):  # towards greater numbers
            first, last = max(math.floor(a0) + 1, 0), min(size - 1, math.floor(a0 + reach))
            near, far = first - a0, last - a0
        else:
            first, last = max(0, math.ceil(a0 - reach)), min(size - 1, math.ceil(a0) - 1)
            near, far = a0 - last, a0 - first
        lines[quarter] = first, last
        if first > last:
            numbers.append(0)
            continue
        low, high = (-0.5 - c0), (length - 0.5 - c0)
        least = max(low / (near if low < 0 else far), -1.0)
        most = min(high / (near if high > 0 else far), 1.0)
        if least > most:
            numbers.append(0)
            continue
        lines_away = math.ceil(far)
        each = max(RAYS_PER_CELL, math.ceil(LEAST_RAYS / (2 * lines_away)))
        step = 1.0 / (lines_away * each)
        start = math.floor(least / step) * step
        rays[quarter] = start, step
        numbers.append(math.floor((most - start) / step) + 2)
    return lines, rays, numbers


def _slices(quarter: int, number: int) -> NDArray[np.int64]:
    """A fan of rays in slices of one task each."""
    first = np.arange(0, number, RAYS_OF_SLICE, dtype=np.int64)
    return np.column_stack([np.full(len(first), quarter), first, np.minimum(first + RAYS_OF_SLICE, number)])
