"""Digital lines: how a raster is walked along an azimuth, one row or column at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.prisms import Ints


@dataclass(frozen=True, eq=False)
class LineFamily:
    """All parallel digital lines of a raster towards an azimuth, each cell on one of them.

    They step by whole rows, or by whole columns where the azimuth is nearer to the east or the west, and move to the
    other side as soon as the straight line is nearer to the next cell. Along rows, columns and diagonals they are the
    straight lines.

    Attributes
    ----------
    by_columns : bool
        Whether a step is a column; else it is a row.
    backward : bool
        Whether the walk, away from what is looked at, begins at the last row (column).
    offset : ndarray of int64, shape (steps,)
        How many columns (rows) the lines have moved at each step.
    step_m : float
        Length of a step along the azimuth, in plan.
    """

    by_columns: bool
    backward: bool
    offset: Ints
    step_m: float


def lines_towards(azimuth_deg: float, rows: int, columns: int, cell_m: float) -> LineFamily:
    """The lines of a raster for looking towards an azimuth, clockwise from north."""
    angle = math.radians(azimuth_deg)
    # A multiple of 45 degrees must not be decided by the last digit.
    east, south = round(math.sin(angle), 12), round(-math.cos(angle), 12)
    by_columns = abs(east) >= abs(south)
    along, across = (east, south) if by_columns else (south, east)
    slope = -across / abs(along)
    offset = np.floor(np.arange(columns if by_columns else rows) * slope + 0.5).astype(np.int64)
    return LineFamily(by_columns, along > 0, offset, cell_m / abs(along))
