"""Waterlogging points of a simulated flood: where water stands deep enough for long enough, and how well they agree."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.grid import FloatArray
from ...common.tables import columns
from .ponding_kernels import number_areas

POINT_COLUMNS = columns("""
    id integer Number of the point, from the largest area to the smallest
    depth_m real Greatest depth in the area, at the point, m
    minutes real Longest time without a break that a cell of the area is so deep, min
    area_m2 real Area of the cells that are deep enough for long enough, m²
    depression_id integer Outermost depression of OUTPUT in which the point lies; empty for none
""")


class LongestWet:
    """The longest time without a break that cells are at least so deep, from depths at some times.

    Between two times depth changes evenly, so that the moment at which it passes the limit is known.

    Attributes
    ----------
    minutes, deepest_m : arrays, shape (cells,)
        Longest time, and greatest depth, of the steps added so far.
    """

    def __init__(self, cells: int, limit_m: float) -> None:
        if not limit_m > 0:
            raise InputError("The depth of waterlogging points must be above 0 m.")
        self._limit_m = limit_m
        self.minutes, self.deepest_m = np.zeros(cells), np.zeros(cells)
        self._lasting, self._before, self._time = np.zeros(cells), np.full(cells, np.nan), math.nan

    def add(self, minutes: float, depth_m: FloatArray) -> None:
        """Take the depths at the next time; NaN is dry."""
        depth = np.nan_to_num(np.asarray(depth_m, np.float64))
        np.fmax(self.deepest_m, depth, out=self.deepest_m)
        if not math.isnan(self._time):
            step, before = minutes - self._time, self._before
            wet_before, wet = before >= self._limit_m, depth >= self._limit_m
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.abs(depth - self._limit_m) / np.abs(depth - before)
            rising, falling = wet & ~wet_before, wet_before & ~wet
            self._lasting += np.where(wet & wet_before, step, 0.0)
            self._lasting[rising] = step * share[rising]
            self._lasting[falling] += step * (1.0 - share[falling])
            np.fmax(self.minutes, self._lasting, out=self.minutes)
            self._lasting[~wet] = 0.0
        self._before, self._time = depth, minutes


@dataclass(frozen=True)
class PondedAreas:
    """Areas under water by the rule, from the largest to the smallest.

    Attributes
    ----------
    labels : int32 array, shape (rows, columns)
        Number of the area on each cell, from 1; 0 for none.
    cells, deepest : int64 arrays
        Cells of each area, and the row-major number of its deepest one.
    """

    labels: NDArray[np.int32]
    cells: NDArray[np.int64]
    deepest: NDArray[np.int64]


def ponded_areas(wet: LongestWet, shape: tuple[int, int], least_min: float, least_cells: float) -> PondedAreas:
    """Areas of cells that touch and are wet for `least_min` minutes, of at least so many cells."""
    marked = ((wet.minutes >= least_min) & (wet.minutes > 0)).reshape(shape)
    labels = number_areas(marked)
    count = np.bincount(labels.ravel(), minlength=1)
    count[0] = 0
    kept = np.flatnonzero((count >= least_cells) & (count > 0))
    kept = kept[np.lexsort((kept, -count[kept]))]
    new = np.zeros(len(count), np.int32)
    new[kept] = np.arange(1, len(kept) + 1)
    labels = new[labels]
    flat, there = labels.ravel(), np.flatnonzero(labels)
    by_area = there[np.lexsort((there, -wet.deepest_m[there], flat[there]))]
    first = np.unique(flat[by_area], return_index=True)[1]
    return PondedAreas(labels, count[kept], by_area[first])


@dataclass(frozen=True)
class Agreement:
    """How places that were found agree with places that were reported.

    Attributes
    ----------
    hits, misses : int
        Reported places near a found one, and those that are not.
    false_alarms : int
        Found places without a reported one near.
    """

    hits: int
    misses: int
    false_alarms: int

    @property
    def csi(self) -> float:
        """Critical success index: hits over hits, misses and false alarms; NaN where there are none at all."""
        whole = self.hits + self.misses + self.false_alarms
        return self.hits / whole if whole else math.nan
