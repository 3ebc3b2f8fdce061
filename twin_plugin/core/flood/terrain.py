"""The terrain as the solver sees it: relative bed, walls, friction, buildings lifted or cut out, and where roofs'
rain goes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.grid import FloatArray
from .constants import GRAVITY_MS2, ROUGHNESS
from .schemes.array_layout import F32, ArrayLayout
from .surface import GAPS, POROSITY, RAISE, WALL, Surface

WALL_M = np.float32(1e6)
ROOF_ABOVE_M = 5.0  # a raised block stands so far above the highest terrain under it: above any street flood
BLOCK = 256  # rows handled at once, so that no second full array in float64 is needed

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class SolverTerrain:
    """What `prepare` makes of a surface.

    Attributes
    ----------
    layout : ArrayLayout
    bed_m, friction : float32 arrays, flat
        Bed relative to `base_m`, walls at 1e6; g n², negative on roofs, where nothing infiltrates.
    base_m : float
    data : bool array, shape (rows, columns)
        Cells with a height.
    wet : bool array, shape (rows, columns)
        Cells where water can stand: data without walls.
    roof_cells, roof_weights : arrays
        Cells (flat) that get the rain of walls' roofs, and of how many roof cells each.
    building_cells : int
        Cells of buildings that have a height.
    buildings : int32 array, shape (rows, columns), or None
        Label of the building on each cell, 0 for none.
    buildings_as : str
        As `Surface` has it.
    """

    layout: ArrayLayout
    bed_m: F32
    friction: F32
    base_m: float
    data: BoolArray
    wet: BoolArray
    roof_cells: NDArray[np.int64]
    roof_weights: F32
    building_cells: int
    buildings: NDArray[np.int32] | None = None
    buildings_as: str = RAISE

    @property
    def rained_cells(self) -> int:
        """Cells that rain falls on directly."""
        return int(self.wet.sum())

    @property
    def roofs(self) -> BoolArray:
        """Cells of buildings on which water can stand."""
        return np.zeros_like(self.wet) if self.buildings is None else self.wet & (self.buildings > 0)

    @property
    def pervious(self) -> BoolArray:
        """Cells whose ground takes water: no buildings, and no surfaces with a storage of their own."""
        return self.wet & (self.layout.view(self.friction) > 0)

    @property
    def sheltered(self) -> BoolArray:
        """Cells where water can stand below a roof: those of porous buildings."""
        return self.roofs if self.buildings_as == POROSITY else np.zeros_like(self.wet)

    def roof_targets(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Cells (flat) of buildings that are cut out, and the free cell that the rain on each of them reaches."""
        if self.buildings is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        sources, targets = nearest_free(self.layout, self.data, self.wet)
        return sources[targets >= 0], targets[targets >= 0]

    def figures(self) -> dict[str, int]:
        """Numbers of cells as SUMMARY has them."""
        return {
            "domain_cells": self.rained_cells,
            "no_data_cells": self.data.size - int(self.data.sum()),
            "building_cells": self.building_cells,
        }


def prepare(surface: Surface) -> SolverTerrain:
    """Build the solver's terrain.

    Buildings that are raised become flat blocks 5 m above the highest terrain under each: rain falls on them and runs
    off over their edges. Buildings as walls are cut out, and the rain on each roof cell goes to the nearest cell
    outside.

    Raises
    ------
    InputError
        When buildings leave no cell for water.
    """
    grid, labels = surface.bed, surface.buildings
    layout = ArrayLayout(grid.rows, grid.columns)
    data = np.isfinite(grid.values)
    base = float(np.float32(0.5 * (float(np.nanmin(grid.values)) + float(np.nanmax(grid.values)))))
    bed = np.full(layout.size, WALL_M)
    friction = layout.zeros()
    cells = layout.view(bed)
    rough = layout.view(friction)
    for start in range(0, grid.rows, BLOCK):
        rows = slice(start, start + BLOCK)
        np.copyto(cells[rows], grid.values[rows].astype(np.float64) - base, where=data[rows], casting="same_kind")
        n = np.asarray(
            surface.roughness if np.ndim(surface.roughness) == 0 else np.asarray(surface.roughness)[rows], np.float64
        )
        rough[rows] = GRAVITY_MS2 * np.where(np.isfinite(n), n, ROUGHNESS) ** 2
    friction[friction == 0] = np.float32(GRAVITY_MS2 * ROUGHNESS**2)
    wet = data
    roof_cells, weights = np.zeros(0, np.int64), np.zeros(0, np.float32)
    building_cells = 0 if labels is None else int(((labels > 0) & data).sum())
    if labels is not None:
        if surface.buildings_as in (WALL, GAPS):
            wet = data & (labels == 0)
            targets = nearest_free(layout, data, wet)[1]
            roof_cells, counts = np.unique(targets[targets >= 0], return_counts=True)
            weights = counts.astype(np.float32)
            cells[data & ~wet] = WALL_M
        elif surface.buildings_as == POROSITY:
            rough[(labels > 0) & data] *= np.float32(-1.0)
        else:
            _raise_blocks(cells, rough, labels)
        if not wet.any():
            raise InputError("Buildings cover the whole terrain: check the building layer and the extent.")
    return SolverTerrain(
        layout, bed, friction, base, data, wet, roof_cells, weights, building_cells, labels, surface.buildings_as
    )


def _raise_blocks(cells: F32, rough: F32, labels: NDArray[np.int32]) -> None:
    """Lift each label's cells to one height, 5 m above the highest of them; mark them as losing nothing."""
    rough[raise_blocks(cells, labels)] *= np.float32(-1.0)


def raise_blocks(heights: FloatArray, labels: NDArray[np.int32]) -> BoolArray:
    """Lift each building's cells, in place, to one height, `ROOF_ABOVE_M` above the highest ground under it.

    Parameters
    ----------
    heights : array, shape (rows, columns)
        Heights in m; walls and cells without data (NaN) are those that no building is lifted from.
    labels : int32 array of the same shape
        Number of the building on each cell, 0 for none.

    Returns
    -------
    bool array
        The cells that were lifted.
    """
    roof = (labels > 0) & (heights < WALL_M)
    if roof.any():
        which = labels[roof]
        top = np.full(int(which.max()) + 1, -np.inf, heights.dtype)
        np.maximum.at(top, which, heights[roof])
        heights[roof] = top[which] + heights.dtype.type(ROOF_ABOVE_M)
    return roof


def nearest_free(layout: ArrayLayout, data: BoolArray, free: BoolArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cells with data that are not free, and the free cell nearest to each (-1 where none), both flat, found by
    spreading from the free cells inwards.
    """
    flat = np.full(layout.size, -2, np.int64)
    state = layout.view(flat)
    state[free] = -1
    state[data & ~free] = -3
    return _spread(flat, layout.stride, int((data & ~free).sum()))  # type: ignore[no-any-return]


@njit(nogil=True, cache=True)
def _spread(state, stride, roofs):  # type: ignore[no-untyped-def]
    """Breadth first from free cells (-1) through roof cells (-3); returns the roof cells that were reached, -1 behind
    them, and the free cell of each.
    """
    queue = np.full(roofs, -1, np.int64)
    target = np.full(roofs, -1, np.int64)
    offsets = np.array([-1, 1, -stride, stride, -stride - 1, -stride + 1, stride - 1, stride + 1])
    tail = 0
    for c in range(state.shape[0]):
        if state[c] == -3:
            for o in offsets:
                if state[c + o] == -1:
                    queue[tail] = c
                    target[tail] = c + o
                    tail += 1
                    break
    for i in range(tail):
        state[queue[i]] = target[i]
    head = 0
    while head < tail:
        c = queue[head]
        for o in offsets:
            if state[c + o] == -3:
                state[c + o] = state[c]
                queue[tail] = c + o
                target[tail] = state[c]
                tail += 1
        head += 1
    return queue, target
