"""Walls, kerbs and levees as cells of the terrain that stand higher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.grid import Grid
from .kinds import Kind

IntVector = NDArray[np.int64]


@dataclass(frozen=True)
class Wall:
    """Cells that a structure raises, and the level of its top on each; cells below their ground are left out.

    Attributes
    ----------
    rows, columns : int64 arrays
    crest_m, ground_m : float64 arrays
        Top and the ground below it, metres above datum.
    paths : tuple of lines
        The lines on the map, each of (x, y); none for the deck of a bridge.
    """

    name: str
    kind: Kind
    rows: IntVector
    columns: IntVector
    crest_m: NDArray[np.float64]
    ground_m: NDArray[np.float64]
    paths: tuple[tuple[tuple[float, float], ...], ...] = ()


def raised(grid: Grid, walls: Sequence[Wall]) -> Grid:
    """A terrain on which the walls stand; the same one where there are none."""
    if not any(len(wall.rows) for wall in walls):
        return grid
    values = grid.values.copy()
    for wall in walls:
        np.maximum.at(values, (wall.rows, wall.columns), wall.crest_m.astype(values.dtype))
    return grid.with_values(values)


def noise_m(wall: Wall, grid: Grid) -> float:
    """Median difference of the ground from cell to cell along a wall: what lower kerbs drown in."""
    if len(wall.rows) < 3:
        return 0.0
    ground = grid.values[wall.rows, wall.columns].astype(np.float64)
    return float(np.median(np.abs(ground[:-2] - 2.0 * ground[1:-1] + ground[2:]))) / 2.0


def lies_in_noise(wall: Wall, grid: Grid) -> bool:
    """Whether a wall is lower than what its ground differs from cell to cell."""
    if not len(wall.rows):
        return False
    above = wall.crest_m - grid.values[wall.rows, wall.columns]
    return float(np.median(above)) < noise_m(wall, grid)
