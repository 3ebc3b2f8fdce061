"""Depressions of a terrain: nested basins with volume, pour point, catchment, rain to fill, and where they spill."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.grid import FloatArray, Grid
from ...common.progress import Progress, advance, silent
from .depression_kernels import OUTSIDE, add_up, count_pits, pour_in, rise, settle

BLOCK = 1 << 19
"""Cells between two looks whether to go on: about a quarter of a second."""

IntArray = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Depressions:
    """Every basin of a terrain, as arrays by basin; number 0 is the world outside.

    Attributes
    ----------
    cell_m : float
    cells : int32 array, shape (rows, columns)
        The innermost basin below whose level each cell lies; 0 for none.
    order : int32 array
        The numbers of all basins, from the lowest level to the highest, so that nested ones come first.
    level_m, lowest_m : arrays
        Level at which a basin overflows, and height of its lowest cell.
    parent : int32 array
        The basin that it becomes a part of above its level; 0 where it overflows to elsewhere.
    target : int32 array
        The innermost basin, without nested ones, into which it overflows; 0 where the water leaves the terrain.
    pour : int64 array
        Row-major number of the cell over which it overflows.
    count, catchment : int64 arrays
        Cells under water when it is full, and cells whose rain runs to it before any basin has overflowed.
    volume_m : array
        Volume of a full basin over the area of a cell.
    """

    cell_m: float
    cells: IntArray
    order: IntArray
    level_m: Floats
    lowest_m: Floats
    parent: IntArray
    target: IntArray
    pour: NDArray[np.int64]
    count: NDArray[np.int64]
    catchment: NDArray[np.int64]
    volume_m: Floats

    @property
    def depth_m(self) -> Floats:
        """Greatest depth of each full basin."""
        return self.level_m - self.lowest_m

    @property
    def area_m2(self) -> Floats:
        """Area of each full basin."""
        return self.count * self.cell_m**2

    @property
    def volume_m3(self) -> Floats:
        """Volume of each full basin, nested ones included."""
        return self.volume_m * self.cell_m**2

    @property
    def catchment_m2(self) -> Floats:
        """Area whose rain runs to each basin by itself."""
        return self.catchment * self.cell_m**2

    @property
    def rain_mm(self) -> Floats:
        """Rain on its own catchment, without losses, that fills each basin; infinite without a catchment."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.catchment > 0, 1000.0 * self.volume_m / self.catchment, math.inf)

    @functools.cached_property
    def outermost_of(self) -> IntArray:
        """The basin without a parent that each basin is a part of."""
        found = np.arange(len(self.parent), dtype=np.int32)
        for number in self.order[::-1]:
            if self.parent[number] != OUTSIDE:
                found[number] = found[self.parent[number]]
        return found

    def filled(self, heights: FloatArray) -> FloatArray:
        """The terrain with each outermost basin filled to its level, in the numbers of `heights`."""
        level = self.level_m[self.outermost_of].astype(heights.dtype)
        return np.where(self.cells > 0, level[self.cells], heights)

    def held_m3(self, rain_mm: float) -> tuple[Floats, float]:
        """Water in each basin, nested ones included, after rain on the whole terrain, and what left it, in m³.

        All rain falls at once and nothing is lost: a full basin overflows into its target.

        References
        ----------
        Barnes, Callaghan, Wickert (2021), Computing water flow through complex landscapes: Fill-Spill-Merge,
        doi:10.5194/esurf-9-105-2021.
        """
        size, leaf = len(self.parent), np.ones(len(self.parent), np.bool_)
        room, unfilled = self.volume_m.copy(), np.zeros(size, np.int32)
        child, sibling = np.zeros(size, np.int32), np.zeros(size, np.int32)
        first_leaf = np.arange(size, dtype=np.int32)
        for number in self.order:
            parent = self.parent[number]
            if parent != OUTSIDE:
                leaf[parent] = False
                room[parent] -= self.volume_m[number]
                unfilled[parent] += 1
                sibling[number], child[parent], first_leaf[parent] = child[parent], number, first_leaf[number]
        held, rain_m = np.zeros(size), rain_mm / 1000.0
        leaves = self.order[leaf[self.order]]
        amounts = rain_m * self.catchment[leaves]
        links = (self.parent, self.target, first_leaf, child, sibling)
        gone = pour_in(leaves, amounts, *links, unfilled, room, held) + rain_m * float(self.catchment[OUTSIDE])
        for number in self.order:
            if self.parent[number] != OUTSIDE:
                held[self.parent[number]] += held[number]
        return held * self.cell_m**2, gone * self.cell_m**2


def find_depressions(terrain: Grid, progress: Progress = silent) -> Depressions:
    """Find every depression of a terrain by letting water rise from its lowest cell.

    Cells are taken in the order of their heights. One without a lower neighbour begins a basin; where two basins meet,
    each has its level and its pour point, and both are parts of a third; where one meets the terrain's edge or a cell
    without data, it overflows to the outside. Water passes sides and corners of cells.

    Parameters
    ----------
    terrain : Grid
        Heights in m, NaN without data.
    progress : Progress
        Asked every half a million cells whether to go on.

    Raises
    ------
    Cancelled
        When `progress` answers False.

    References
    ----------
    Barnes, Callaghan, Wickert (2020), Computing water flow through complex landscapes: depression hierarchies,
    doi:10.5194/esurf-8-431-2020; the levels equal those of Priority-Flood (Barnes, Lehman, Mulla 2014,
    doi:10.1016/j.cageo.2013.04.024) bit for bit.
    """
    stride = terrain.columns + 2
    heights = np.pad(terrain.values.astype(np.float64), 1, constant_values=np.nan).ravel()
    offsets = np.array([-1, 1, -stride, stride, -stride - 1, -stride + 1, stride - 1, stride + 1])
    distances = terrain.cell_m * np.array([1.0] * 4 + [math.sqrt(2.0)] * 4)
    cells = np.flatnonzero(np.isfinite(heights))
    advance(progress, 0.05, "sorting the heights")
    order = cells[np.argsort(heights[cells], kind="stable")]
    size = 2 * count_pits(heights, cells, offsets) + 2
    own, label = (np.full(heights.size, -1, np.int32) for _ in range(2))
    body, alias, lead = (np.arange(size, dtype=np.int32) for _ in range(3))
    base, level = (np.full(size, np.nan) for _ in range(2))
    leaf = np.zeros(size, np.bool_)
    parent, target = (np.zeros(size, np.int32) for _ in range(2))
    pour, pit = (np.zeros(size, np.int64) for _ in range(2))
    made = 0
    for start in range(0, order.size, BLOCK):
        advance(progress, 0.2 + 0.6 * start / order.size, "looking for depressions")
        links = (own, label, body, alias, lead, base, level, leaf, parent, target, pour, pit)
        made = rise(heights, order[start : start + BLOCK], offsets, distances, *links, made)
    advance(progress, 0.8, "measuring the depressions")
    settle(heights, cells, own, label, alias, lead, level, parent, target, pour, made)
    basins = np.flatnonzero(np.isfinite(level)).astype(np.int32)
    by_level = basins[np.argsort(level[basins], kind="stable")]
    lowest, volume = np.full(size, np.inf), np.zeros(size)
    count, catchment = np.zeros(size, np.int64), np.zeros(size, np.int64)
    add_up(heights, cells, own, label, level, parent, by_level, lowest, count, volume, catchment)
    inner = own.reshape(-1, stride)[1:-1, 1:-1]
    pour = (pour // stride - 1) * terrain.columns + pour % stride - 1
    return Depressions(
        terrain.cell_m,
        np.maximum(inner, 0),
        by_level,
        level,
        lowest,
        parent,
        target,
        pour,
        count,
        catchment,
        volume,
    )
