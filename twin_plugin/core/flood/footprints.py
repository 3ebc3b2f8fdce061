"""Which buildings have no effect on the water, or a larger one than their footprint, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.grid import FloatArray, Grid
from ..common.messages import Message

IntArray = NDArray[np.int32]


def overlapping(boxes: FloatArray, grid: Grid) -> NDArray[np.bool_]:
    """Which boxes (west, south, east, north in each row) overlap a grid; those with NaN do not."""
    cells, (west, south, east, north) = grid.cells, boxes.T
    return (east > cells.west) & (west < cells.east) & (north > cells.south) & (south < cells.north)


@dataclass(frozen=True)
class FootprintCounts:
    """How many buildings of a layer do what on the cells of a terrain.

    Attributes
    ----------
    all : int
    outside : int
        Beside the terrain.
    without_data : int
        On cells without a height only.
    without_cell : int
        Holding no cell's centre, or covered by others.
    without_polygon : int
    smaller : int
        Smaller than the cell that they block.
    cell_m : float
    """

    all: int
    outside: int
    without_data: int
    without_cell: int
    without_polygon: int
    smaller: int
    cell_m: float

    @property
    def effective(self) -> int:
        """Those that block water."""
        return self.all - self.outside - self.without_data - self.without_cell - self.without_polygon

    def warnings(self) -> Iterator[Message]:
        """Sentences on the buildings that block no water, by reason, and on those that block more than they cover."""
        facts = {"all": self.all}
        if count := self.outside:
            yield Message(
                "{count:,} of {all:,} buildings lie outside the terrain and have no effect.", count=count, **facts
            )
        if count := self.without_data:
            yield Message(
                "{count:,} of {all:,} buildings lie where the terrain has no data and have no effect.",
                count=count,
                **facts,
            )
        if count := self.without_cell:
            yield Message(
                "{count:,} of {all:,} buildings are smaller or narrower than a cell of {cell_m:g} m, or covered by "
                "others, so that they hold no cell's centre and have no effect: choose smaller cells where they "
                "matter.",
                count=count,
                cell_m=self.cell_m,
                **facts,
            )
        if count := self.smaller:
            yield Message(
                "{count:,} of {all:,} buildings are smaller than a cell of {cell_m:g} m and block a whole one, whose "
                "centre they hold: choose smaller cells where they matter.",
                count=count,
                cell_m=self.cell_m,
                **facts,
            )
        if count := self.without_polygon:
            yield Message("{count:,} of {all:,} buildings have no polygon and no effect.", count=count, **facts)


def count_footprints(boxes: FloatArray, areas_m2: FloatArray, labels: IntArray, grid: Grid) -> FootprintCounts:
    """Count what buildings do on a terrain.

    Parameters
    ----------
    boxes : array, shape (buildings, 4)
        West, south, east, north of each, in the CRS of the grid; NaN where a building has no polygon.
    areas_m2 : array, shape (buildings,)
        Of the footprints.
    labels : int32 array, shape (rows, columns)
        The building on each cell, 1 for the first, 0 for none: the later one where they overlap.
    grid : Grid
        The terrain, NaN where it has no data.
    """
    number = np.arange(1, len(boxes) + 1)
    empty = ~np.isfinite(boxes).all(axis=1)
    outside = ~empty & ~overlapping(boxes, grid)
    burnt = np.isin(number, labels)
    effective = np.isin(number, labels[np.isfinite(grid.values)])
    smaller = effective & (np.asarray(areas_m2) < grid.cell_m**2)
    return FootprintCounts(
        all=len(boxes),
        outside=int(outside.sum()),
        without_data=int((burnt & ~effective).sum()),
        without_cell=int((~burnt & ~outside & ~empty).sum()),
        without_polygon=int(empty.sum()),
        smaller=int(smaller.sum()),
        cell_m=grid.cell_m,
    )
