"""Thin ridges: walls, hedges, railings and rows of cars that hold water in the terrain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...common.grid import FloatArray
from .cell_runs import Regions
from .limits import STEEPEST_WALL, WALL_CELLS, CellLimits
from .run_warnings import shifted

LINES = ((0, 1), (1, 0), (1, 1), (1, -1))
"""The directions across a ridge."""


def ridge_heights(heights: FloatArray, limits: CellLimits) -> FloatArray:
    """How far each cell stands above both sides, in m, where that makes it a part of a thin ridge; else 0."""
    ridge = np.zeros(heights.shape)
    for step in range(1, WALL_CELLS + 1):
        least_m = max(limits.limits.wall_height_m, STEEPEST_WALL * step * limits.cell_m)
        for down, right in LINES:
            one, other = (shifted(heights, sign * step * down, sign * step * right) for sign in (-1, 1))
            with np.errstate(invalid="ignore"):
                above = heights - np.maximum(one, other)
                np.fmax(ridge, np.where(above >= least_m, above, 0.0), out=ridge)
    return ridge


def long_ones(ridges: Regions, limits: CellLimits) -> NDArray[np.bool_]:
    """Which regions of ridge cells are as long as a wall."""
    return lengths_m(ridges, limits.cell_m) >= limits.limits.wall_length_m


def lengths_m(found: Regions, cell_m: float) -> NDArray[np.float64]:
    """The diagonal of the box around each region."""
    top, left, bottom, right = found.boxes
    return cell_m * np.hypot(bottom - top, right - left)
