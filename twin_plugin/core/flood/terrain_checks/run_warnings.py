"""What looks wrong in a terrain that can be used: filled holes, channels joined at corners, wrong units."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.grid import FloatArray, Grid
from ...common.messages import Message

HOLE_M = 5.0
"""Cells of one value that lie so far below all cells around them are rather filled holes."""
CHANNEL_M = 0.2
"""A cell that lies so far below its four neighbours, beside a lower one at a corner, is part of a diagonal channel."""
CHAIN = 3
"""So many cells make a channel; single ones are common in measured terrains."""

STEEP = 1.0
"""Where half of a terrain is steeper, its values are rather no heights in m: mountains reach 0.6, hillshades 3."""
COMPARED = 500
"""So many pairs of rows are compared for the steepness, evenly over the terrain."""

CORNERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))


def terrain_warnings(grid: Grid, name: str, corners: bool = False) -> Iterator[Message]:
    """Sentences on the holes of a terrain of a name, and on diagonal channels unless water passes corners of cells."""
    low = float(np.fmin.reduce(grid.values, axis=None))
    for value in dict.fromkeys((low, 0.0)):
        cells, depth_m = filled_holes(grid.values, value)
        if cells:
            yield Message(
                "{count:,} cells of the terrain '{layer}' have the height {value:g} m and lie at least {depth:.0f} m "
                "below all cells around: if they are holes filled with that value, 'Check terrain' shows and mends "
                "them.",
                count=cells,
                layer=name,
                value=value,
                depth=depth_m,
            )
    yield from _value_warnings(grid, name)
    if corners:
        return
    channel = diagonal_channels(grid.values)
    if channel.any():
        row, column = np.argwhere(channel)[0]
        yield Message(
            "{count:,} cells of the terrain '{layer}' lie in channels that are joined at corners only, for example at "
            "{x:.0f}, {y:.0f}: no water passes a corner, so that it stays in each cell. 'Check terrain' mends them; or "
            "choose smaller cells.",
            count=int(channel.sum()),
            layer=name,
            x=grid.west + (column + 0.5) * grid.cell_m,
            y=grid.north - (row + 0.5) * grid.cell_m,
        )


def _value_warnings(grid: Grid, name: str) -> Iterator[Message]:
    """Sentences on values that are rather no heights in metres."""
    if (slope := steepness(grid)) > STEEP:
        yield Message(
            "Half of the terrain '{layer}' is steeper than {degrees:.0f}°: make sure that its heights are in m and not "
            "in cm or mm, and that it is no hillshade, slope or other picture of a terrain.",
            layer=name,
            degrees=math.degrees(math.atan(slope)),
        )
    elif is_whole(grid.values):
        yield Message(
            "All heights of the terrain '{layer}' are whole metres: its steps hide kerbs and make ponds of their own. "
            "If they are classes, choose a raster of heights.",
            layer=name,
        )


def is_whole(values: FloatArray) -> bool:
    """Whether all values are whole numbers, and not all the same."""
    for row in values:
        known = row[np.isfinite(row)]
        if (known != np.rint(known)).any():
            return False
    return bool(np.fmin.reduce(values, axis=None) < np.fmax.reduce(values, axis=None))


def steepness(grid: Grid) -> float:
    """Median slope of a terrain, as a tangent; 0 where it has no neighbours with heights."""
    rows = np.arange(0, grid.rows - 1, max(1, grid.rows // COMPARED))
    upper, lower = grid.values[rows], grid.values[rows + 1]
    along, down = np.diff(upper, axis=1), (lower - upper)[:, :-1]
    slopes = np.hypot(along, down)
    slopes = slopes[np.isfinite(slopes)]
    return float(np.median(slopes)) / grid.cell_m if slopes.size else 0.0


def filled_holes(heights: FloatArray, value: float) -> tuple[int, float]:
    """Number of cells of a value, and how far the lowest cell around them lies above; (0, 0) where it is no hole."""
    hole = heights == value
    if not hole.any():
        return 0, 0.0
    around = [shifted(heights, *step)[hole & ~shifted(hole, *step, False)] for step in SIDES]
    rim = np.concatenate(around)
    rim = rim[np.isfinite(rim)]
    depth = float(rim.min()) - value if rim.size else 0.0
    return (int(hole.sum()), depth) if depth >= HOLE_M else (0, 0.0)


def diagonal_channels(heights: FloatArray) -> NDArray[np.bool_]:
    """Cells of channels that are one cell wide and run diagonally, shape (rows, columns)."""
    sides = np.fmin.reduce([shifted(heights, *step, np.inf) for step in SIDES])
    below = sides - heights >= CHANNEL_M
    linked = [below & shifted(below, *step, False) for step in CORNERS]
    inner = np.sum(linked, axis=0) >= CHAIN - 1
    return inner | (below & np.any([shifted(inner, *step, False) for step in CORNERS], axis=0))


def shifted(values: NDArray[Any], down: int, right: int, outside: float = np.nan) -> NDArray[Any]:
    """The value of the neighbour `down` rows and `right` columns away; `outside` beyond the edge."""
    rows, columns = values.shape
    result = np.full_like(values, outside)
    here = [slice(max(0, -step), size - max(0, step)) for step, size in ((down, rows), (right, columns))]
    there = [slice(max(0, step), size - max(0, -step)) for step, size in ((down, rows), (right, columns))]
    result[tuple(here)] = values[tuple(there)]
    return result
