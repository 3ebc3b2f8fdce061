"""Finds the cells at the two ends of a structure and on both sides of a bridge."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.cells import FloatArray
from ...common.grid import Grid
from ..structures.links import Pool

BoolArray = NDArray[np.bool_]

AWAY = 2
"""An end on a building, a wall or no data is moved by at most so many cells."""
HIGHER_M = 0.5
"""Cells beside an end whose ground is so much above the lowest one of them do not belong to it."""


@dataclass(frozen=True)
class Ground:
    """A terrain with the cells that no end of a structure may stand on.

    Attributes
    ----------
    grid : Grid
        Without walls.
    blocked : bool array, shape (rows, columns)
        Walls, buildings and cells without data.
    """

    grid: Grid
    blocked: BoolArray

    def height_m(self, pool: Pool) -> float:
        """Lowest ground of a pool."""
        return float(self.grid.values[pool.rows, pool.columns].min())

    def free(self, row: int, column: int) -> bool:
        """Whether a cell is on the grid and not blocked."""
        inside = 0 <= row < self.grid.rows and 0 <= column < self.grid.columns
        return inside and not self.blocked[row, column]

    def position(self, x: float, y: float) -> tuple[float, float]:
        """Row and column of a place, in cells from the outer corner."""
        return (self.grid.north - y) / self.grid.cell_m, (x - self.grid.west) / self.grid.cell_m


def free_cell(ground: Ground, x: float, y: float, outward: FloatArray) -> tuple[int, int] | None:
    """The free cell of a place, or the nearest one at most `AWAY` cells off, of equal ones that outward; else None.

    Parameters
    ----------
    outward : float64 array, shape (2,)
        Unit vector away from the other end, x and y.
    """
    down, right = ground.position(x, y)
    row, column = math.floor(down), math.floor(right)
    if ground.free(row, column):
        return row, column
    found: tuple[float, float, int, int] | None = None
    for r in range(row - AWAY, row + AWAY + 1):
        for c in range(column - AWAY, column + AWAY + 1):
            if not ground.free(r, c):
                continue
            dx, dy = c + 0.5 - right, down - (r + 0.5)
            key = round(math.hypot(dx, dy), 6), round(-(dx * outward[0] + dy * outward[1]), 6), r, c
            if found is None or key[:2] < found[:2]:
                found = key
    return None if found is None else found[2:]


def pool_at(ground: Ground, x: float, y: float, outward: FloatArray, width_m: float) -> Pool | None:
    """The cells across a width at an end; None where no free cell is near.

    They lie in a row across the line, from its left to its right seen outwards. Those that are blocked, lie behind a
    blocked one or are more than `HIGHER_M` above the lowest are left out.
    """
    place = free_cell(ground, x, y, outward)
    if place is None:
        return None
    count = max(1, round(width_m / ground.grid.cell_m))
    across = np.array([-outward[1], outward[0]])  # to the left, x and y
    across = across / np.abs(across).max()
    cells = [place]
    for side, number in ((1.0, count // 2), (-1.0, (count - 1) // 2)):
        taken = []
        for k in range(1, number + 1):
            row = place[0] - int(_away_from_zero(side * k * across[1]))
            column = place[1] + int(_away_from_zero(side * k * across[0]))
            if not ground.free(row, column):
                break
            taken.append((row, column))
        cells = taken[::-1] + cells if side > 0 else cells + taken
    both = np.array(cells, np.int64)
    heights = ground.grid.values[both[:, 0], both[:, 1]].astype(np.float64)
    kept = both[heights <= heights.min() + HIGHER_M]
    return Pool(kept[:, 0].copy(), kept[:, 1].copy())


def _away_from_zero(value: float) -> float:
    """Rounded, a half away from 0, so that a turned line gives turned cells."""
    return math.copysign(math.floor(abs(value) + 0.5 - 1e-9), value)


def outward_ends(line: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Unit vectors out of a line at its start and its end."""
    chord = line[-1] - line[0]
    ends = []
    for last, before in ((line[0], line[1]), (line[-1], line[-2])):
        vector = last - before
        length = math.hypot(*vector)
        ends.append(vector / length if length > 0 else chord / max(math.hypot(*chord), 1e-9))
    return ends[0], ends[1]


@dataclass(frozen=True)
class Strip:
    """A piece of a bridge's line with the free cells on its left and its right."""

    length_m: float
    left: Pool
    right: Pool


def strips(ground: Ground, line: FloatArray, deck_m: float) -> Iterator[Strip]:
    """Pieces of about a cell's width along a bridge that have a free cell on both sides.

    The cells are looked for across the line, from half of the deck's width on, at most `AWAY` cells further.
    """
    steps = np.diff(line, axis=0)
    lengths = np.hypot(*steps.T)
    total = float(lengths.sum())
    cell_m = ground.grid.cell_m
    count = max(1, round(total / cell_m))
    starts = np.concatenate([[0.0], np.cumsum(lengths)])
    for i in range(count):
        at = (i + 0.5) * total / count
        piece = min(int(np.searchsorted(starts, at, side="right")) - 1, len(steps) - 1)
        direction = steps[piece] / lengths[piece]
        x, y = line[piece] + direction * (at - starts[piece])
        normal = np.array([-direction[1], direction[0]])
        left = _beside(ground, x, y, normal, deck_m)
        right = _beside(ground, x, y, -normal, deck_m)
        if left is not None and right is not None:
            yield Strip(total / count, left, right)


def _beside(ground: Ground, x: float, y: float, normal: FloatArray, deck_m: float) -> Pool | None:
    """The first free cell across a bridge's line."""
    cell_m, at_m = ground.grid.cell_m, 0.5 * deck_m
    while at_m <= 0.5 * deck_m + (AWAY + 0.5) * cell_m:
        down, right = ground.position(x + normal[0] * at_m, y + normal[1] * at_m)
        row, column = math.floor(down), math.floor(right)
        if ground.free(row, column):
            return Pool(np.array([row], np.int64), np.array([column], np.int64))
        at_m += 0.25 * cell_m
    return None
