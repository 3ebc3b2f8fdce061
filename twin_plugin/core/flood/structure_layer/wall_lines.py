"""From the line of a wall, kerb or levee to cells that no water passes, not even at their corners."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...common.cells import Cells, FloatArray
from ...common.errors import InputError
from ...common.grid import Grid
from ..analysis.line_cells import cut_at_cells
from ..structures.walls import Wall
from .features import Reader, StructureFeature

IntVector = NDArray[np.int64]

HIGHEST_M = 30.0
"""A crest so far above the ground of all its cells is no structure of a street or river: feet, or another datum."""


def connected_cells(parts: Iterable[FloatArray], cells: Cells, ground_m: FloatArray) -> IntVector:
    """The cells of a line, each once, in an order in which each shares a side with one before it.

    Where the line passes exactly through a corner, the higher one of the two cells beside it joins them, or else the
    one to the right of the line. Cells outside the raster are left out.
    """
    flat, result = ground_m.ravel(), dict[int, None]()
    for part in parts:
        line = cut_at_cells([part], cells)
        before = -1
        for right, left in zip(line.right.tolist(), line.left.tolist(), strict=True):
            cell = right if right >= 0 else left
            if cell >= 0 and before >= 0:
                for between in _between(before, cell, cells.columns, flat):
                    result[between] = None
            if cell >= 0:
                result[cell] = None
            before = cell
    return np.fromiter(result, np.int64, len(result))


def _between(before: int, cell: int, columns: int, ground_m: FloatArray) -> list[int]:
    """The cell that joins two cells that touch only at a corner; none where they share a side."""
    (row, column), (row2, column2) = divmod(before, columns), divmod(cell, columns)
    if abs(row - row2) != 1 or abs(column - column2) != 1:
        return []
    ways = [row * columns + column2, row2 * columns + column]
    heights = [-np.inf if np.isnan(ground_m[way]) else float(ground_m[way]) for way in ways]
    if heights[0] != heights[1]:
        return [ways[int(heights[1] > heights[0])]]
    # To the right of the step: east of one to the north, south of one to the east, and so on.
    return [ways[0] if (row2 - row) * (column2 - column) < 0 else ways[1]]


def wall_of(feature: StructureFeature, grid: Grid, reader: Reader) -> Wall | None:
    """The cells that a kerb, wall, levee or barrier raises; None where none of its cells has a height.

    Raises
    ------
    InputError
        Where it has neither crest_m nor height_m, or its crest stands too far above the ground.
    """
    both = reader.given(feature, "crest_m"), reader.given(feature, "height_m")
    if all(both):
        raise InputError(
            "Structure {name} ({kind}) has both crest_m and height_m: leave one of them empty.",
            name=feature.name,
            kind=feature.kind.value,
        )
    crest_m = reader.number(feature, "crest_m")
    height_m = 0.0 if both[0] else reader.number(feature, "height_m")
    numbers = connected_cells(feature.parts, grid.cells, grid.values)
    ground = grid.values.ravel()[numbers].astype(np.float64)
    numbers, ground = numbers[np.isfinite(ground)], ground[np.isfinite(ground)]
    if not len(numbers):
        return None
    crest = np.full(len(numbers), crest_m) if both[0] else ground + height_m
    if float((crest - ground).min()) > HIGHEST_M:
        raise InputError(
            "Structure {name} ({kind}): its crest of {crest:g} m is {above:.0f} m above the highest ground below it. "
            "Give crest_m in metres above the terrain's datum.",
            name=feature.name,
            kind=feature.kind.value,
            crest=crest_m,
            above=crest_m - float(ground.max()),
        )
    higher = crest > ground
    rows, columns = np.divmod(numbers[higher], grid.columns)
    paths = tuple(tuple((float(x), float(y)) for x, y in part) for part in feature.parts)
    return Wall(feature.name, feature.kind, rows, columns, crest[higher], ground[higher], paths)


def cells_near(line: FloatArray, cells: Cells, distance_m: float) -> IntVector:
    """Numbers of the cells whose centre is at most so far from a line."""
    found: list[IntVector] = []
    for first, last in pairwise(line):
        low, high = np.minimum(first, last) - distance_m, np.maximum(first, last) + distance_m
        rows = np.arange(
            max(0, int((cells.north - high[1]) / cells.height)),
            min(cells.rows, int((cells.north - low[1]) / cells.height) + 1),
        )
        columns = np.arange(
            max(0, int((low[0] - cells.west) / cells.width)),
            min(cells.columns, int((high[0] - cells.west) / cells.width) + 1),
        )
        x = cells.west + (columns[None, :] + 0.5) * cells.width - first[0]
        y = cells.north - (rows[:, None] + 0.5) * cells.height - first[1]
        step = last - first
        share = np.clip((x * step[0] + y * step[1]) / max(float(step @ step), 1e-12), 0.0, 1.0)
        near = np.hypot(x - share * step[0], y - share * step[1]) <= distance_m * (1.0 + 1e-9)
        found.append((rows[:, None] * cells.columns + columns[None, :])[near])
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
