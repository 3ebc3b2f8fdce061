"""The water along a line and through it: profile of terrain and level, discharge, wet width, mean velocity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...common.cells import FloatArray, IntArray
from ...common.tables import columns
from ..constants import FILM_M
from .line_cells import LineCells

PROFILE = columns("""
line_id text Id of the line
time_min real Minutes from the start of the run; empty for the maximum over the steps
distance_m real Distance of the middle of the piece from the start of the line
length_m real Length of the piece: the line within one cell
terrain_m real What the water stands on, above the datum; empty where there is no cell
level_m real Water level above the datum; empty below 0.01 m of water
depth_m real Depth of the water
through_m2s real Discharge through a metre of the line, positive to its right; empty for the maximum
""")
DISCHARGE = columns("""
line_id text Id of the line
time_min real Minutes from the start of the run
discharge_m3s real Discharge through the line, positive from its left to its right, out of a polygon
wet_width_m real Length of the line with at least 0.01 m of water
wet_area_m2 real Area of the water along the line: depth times length
velocity_ms real Mean velocity through the line: discharge by area; empty where it is dry
volume_m3 real Water that went through since the first step, positive to the right
""")


@dataclass(frozen=True)
class Through:
    """Sums through a line at one time: see the columns of `DISCHARGE`."""

    discharge_m3s: float
    wet_width_m: float
    wet_area_m2: float

    @property
    def velocity_ms(self) -> float:
        """NaN where the line is dry."""
        return self.discharge_m3s / self.wet_area_m2 if self.wet_area_m2 > 0 else float("nan")


class CrossSection:
    """A line over faces of a result.

    Parameters
    ----------
    line : LineCells
    cells : array of int64
        Numbers of the cells for which values are passed later, in ascending order; other cells have none.
    """

    def __init__(self, line: LineCells, cells: IntArray) -> None:
        self.line = line
        self._sides = right, left = _rows(cells, line.right), _rows(cells, line.left)
        self._own = np.where(right >= 0, right, left)

    @property
    def gap_m(self) -> float:
        """Length of the line without a cell: outside the result, or in a building that is cut out."""
        return float(self.line.length_m[self._own < 0].sum())

    @property
    def border_m(self) -> float:
        """Length of the line on edges of cells that have a cell on one side only, where half of its water counts."""
        right, left = self._sides
        return float(self.line.length_m[(right < 0) != (left < 0)].sum())

    def along(self, values: FloatArray) -> FloatArray:
        """A value for each piece, that of its cell (on an edge that on its right); NaN where there is none."""
        return _at(values, self._own)

    def flow_m2s(self, depth_m: FloatArray, east_ms: FloatArray, north_ms: FloatArray) -> FloatArray:
        """Discharge through a metre of each piece, positive to the right: depth times velocity across the line.

        On an edge of cells it is the mean of the two sides. Where a side has no cell, no water flows there.
        """
        flow = np.zeros(len(self.line))
        for side in self._sides:
            across = _at(east_ms, side) * self.line.normal_x + _at(north_ms, side) * self.line.normal_y
            flow += 0.5 * np.nan_to_num(_at(depth_m, side) * across)
        return flow

    def through(self, depth_m: FloatArray, east_ms: FloatArray, north_ms: FloatArray) -> Through:
        """Sums over the line at one time."""
        length = self.line.length_m
        depth = sum(0.5 * np.nan_to_num(_at(depth_m, side)) for side in self._sides)
        wet = sum(0.5 * (np.nan_to_num(_at(depth_m, side)) >= FILM_M) for side in self._sides)
        flow = self.flow_m2s(depth_m, east_ms, north_ms)
        return Through(float(flow @ length), float(wet @ length), float(depth @ length))


def volumes_m3(time_min: FloatArray, discharge_m3s: FloatArray) -> FloatArray:
    """Water that went through since the first time: the discharge changes linearly between two times.

    Parameters
    ----------
    time_min, discharge_m3s : arrays of shape (steps,)
    """
    steps = 0.5 * (discharge_m3s[1:] + discharge_m3s[:-1]) * np.diff(time_min) * 60.0
    return np.concatenate([np.zeros(min(1, len(time_min))), np.cumsum(steps)])


def _rows(cells: IntArray, wanted: IntArray) -> IntArray:
    """The place of each wanted cell among cells in ascending order; -1 where it is not among them."""
    if not len(cells):
        return np.full(len(wanted), -1, np.int64)
    place = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    return np.where(cells[place] == wanted, place, -1)


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """Values by row; NaN for the row -1."""
    return np.append(values, np.nan)[rows]
