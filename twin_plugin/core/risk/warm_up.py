"""Compiles every kernel that finds a building's cells, or loads it from numba's cache, by those of one building."""

from __future__ import annotations

import functools

import numpy as np
import shapely

from ..common.cells import Cells
from .footprint_cells import find_footprint_cells
from .ring import find_rings


@functools.cache
def compile_kernels() -> None:
    """Find a ring and look for water in it, in both kinds of numbers that rasters have, once in a process."""
    cells = Cells(0.0, 0.0, 1.0, 1.0, 8, 8)
    boxes = np.array([shapely.box(2.0, -5.0, 4.0, -3.0)], object)
    rings = find_rings(cells, boxes)
    find_footprint_cells(cells, boxes)
    for kind in (np.float32, np.float64):
        rings.highest(np.zeros(cells.size, kind))
    rings.nearest(cells, np.zeros(1, np.int64), np.full(1, 3.0), np.full(1, -4.0), np.ones(cells.size, np.bool_))
