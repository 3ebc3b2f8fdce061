"""Which buildings have no effect on the water, and why."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..common.grid import FloatArray, Grid
from ..common.messages import Message

IntArray = NDArray[np.int32]


def overlapping(boxes: FloatArray, grid: Grid) -> NDArray[np.bool_]:
    """Which boxes (west, south, east, north in each row) overlap a grid; those with NaN do not."""
    cells, (west, south, east, north) = grid.cells, boxes.T
    return (east > cells.west) & (west < cells.east) & (north > cells.south) & (south < cells.north)


def without_effect(boxes: FloatArray, labels: IntArray, grid: Grid) -> Iterator[Message]:
    """Sentences on the buildings that block no water, by their reason.

    Parameters
    ----------
    boxes : array, shape (buildings, 4)
        West, south, east, north of each, in the CRS of the grid; NaN where a building has no polygon.
    labels : int32 array, shape (rows, columns)
        The building on each cell, 1 for the first, 0 for none: the later one where they overlap.
    grid : Grid
        The terrain, NaN where it has no data.
    """
    number = np.arange(1, len(boxes) + 1)
    empty = ~np.isfinite(boxes).all(axis=1)
    outside = ~empty & ~overlapping(boxes, grid)
    known = np.isfinite(grid.values)
    burnt = np.isin(number, labels)
    effective = np.isin(number, labels[known])
    small = ~burnt & ~outside & ~empty
    facts = {"all": len(boxes)}
    if (count := int(outside.sum())) > 0:
        yield Message(
            "{count:,} of {all:,} buildings lie outside the terrain and have no effect.", count=count, **facts
        )
    if (count := int((burnt & ~effective).sum())) > 0:
        yield Message(
            "{count:,} of {all:,} buildings lie where the terrain has no data and have no effect.", count=count, **facts
        )
    if (count := int(small.sum())) > 0:
        yield Message(
            "{count:,} of {all:,} buildings are smaller or narrower than a cell of {cell_m:g} m, or covered by others, "
            "so that they hold no cell's centre and have no effect: choose smaller cells where they matter.",
            count=count,
            cell_m=grid.cell_m,
            **facts,
        )
    if (count := int(empty.sum())) > 0:
        yield Message("{count:,} of {all:,} buildings have no polygon and no effect.", count=count, **facts)
