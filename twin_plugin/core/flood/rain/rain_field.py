"""Rain that differs from place to place as a run's setup has it, and as it falls in a run: on units of cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ...common.cells import Cells
from ..schemes.array_layout import F32, ArrayLayout

FloatArray = NDArray[np.float64]
Units = NDArray[np.int32]
BoolArray = NDArray[np.bool_]

Field = TypeVar("Field", bound="RainField")


@dataclass(frozen=True)
class RainField:
    """Rain that differs from place to place.

    Attributes
    ----------
    cells : Cells
        Those of the run's terrain.
    """

    cells: Cells

    @property
    def kind(self) -> str:
        """What SUMMARY calls it."""
        raise AssertionError("a field of rain has a name")

    def on(self: Field, cells: Cells) -> Field:
        """The same rain on other cells of the same place."""
        return replace(self, cells=cells)

    @property
    def areal_factor(self) -> float:
        """Share of a point's rain that the depths have; rain that was measured in places has all of it."""
        return 1.0

    @property
    def end_min(self) -> float:
        """When the last rain ends, minutes from the start of the run."""
        raise AssertionError("a field of rain knows when it ends")

    def start(self, ground: Ground) -> FallingRain:
        """The rain as it falls in a run."""
        raise AssertionError("a field of rain says how it falls")


@dataclass(frozen=True)
class Ground:
    """What rain falls on in a run.

    Attributes
    ----------
    layout : ArrayLayout
    bed_m : float32 array, flat
        Relative bed; walls at 1e6.
    data, wet : bool arrays, shape (rows, columns)
        Cells with a height, walls too, and cells where water can stand.
    start_s : float
        The run's clock at its start.
    """

    layout: ArrayLayout
    bed_m: F32
    data: BoolArray
    wet: BoolArray
    start_s: float = 0.0


@dataclass(frozen=True)
class RainTotals:
    """What fell in a run on the cells where water can stand, mm: their mean, the least and the most."""

    mean_mm: float
    least_mm: float
    most_mm: float


class FallingRain(Protocol):
    """Rain as it falls in a run, step after step."""

    most_m: float
    """The largest depth of a cell in the time that was last asked for."""

    def fall(self, start_s: float, end_s: float) -> float | None:
        """The depth in m, a float32 value, that falls on every cell within a time; None where it is not even. It counts
        as fallen after `give_evenly` or `spread`; the next time begins then where this one ends, else where it begins.
        """

    def give_evenly(self) -> None:
        """Count the even depth of the time that was last asked for as fallen."""

    def spread(self, rain: F32) -> float:
        """Count the rain of that time as fallen: write its depth on each cell, walls and roofs too; its sum over the
        cells where water can stand, in metres of one cell.
        """

    def totals(self) -> RainTotals:
        """What has fallen in this run."""

    def fallen_mm(self) -> F32:
        """The depth that has fallen on each cell in this run, mm, shape (rows, columns)."""

    def state(self) -> Mapping[str, NDArray[Any]]:
        """See `RunningProcess.state`."""

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """See `RunningProcess.restore`."""


class RainOnUnits:
    """Rain that is even on each unit, a set of cells: those nearest to a gauge, those in a pixel of a raster.

    Each unit has an account of what is due and of what has fallen, so that the float32 amounts of the steps add up to
    its table, however small each of them is.

    Parameters
    ----------
    ground : Ground
    units : int32 array, shape (rows, columns)
        Unit of each cell; -1 where no rain falls.
    due_m : callable
        From a time in s to the depth in m that has fallen on each unit until then, shape (units,); times rise.
    """

    def __init__(self, ground: Ground, units: Units, due_m: Callable[[float], FloatArray]) -> None:
        from .rain_kernels import spread_units

        self._spread = spread_units
        self._due_m = due_m
        self._fallen_m = due_m(ground.start_s).copy()
        self._before_m = self._fallen_m.copy()  # this run
        count = self._fallen_m.size
        self._layout = ground.layout
        self._units = np.full(ground.layout.size, count, np.int32)
        ground.layout.view(self._units)[:] = np.where(units < 0, count, units)
        rained = [np.bincount(units[cells & (units >= 0)], minlength=count) for cells in (ground.wet, ground.data)]
        self._wet_cells, self._counts = rained[0], rained[1] > 0
        self._dry_cells = int(ground.wet.sum() - self._wet_cells.sum())
        self._everywhere = int(rained[1].sum()) == int(ground.data.sum())
        self._amounts = np.zeros(count + 1, np.float32)  # the last one for cells without a unit
        self.most_m = 0.0

    def fall(self, start_s: float, end_s: float) -> float | None:
        amounts = self._amounts[:-1]
        amounts[:] = np.maximum(self._due_m(end_s) - self._fallen_m, 0.0)
        counting = amounts[self._counts]
        self.most_m = float(counting.max(initial=0.0))
        even = self.most_m == 0.0 or (self._everywhere and counting.min() == self.most_m)
        return self.most_m if even else None

    def give_evenly(self) -> None:
        self._fallen_m += self._amounts[:-1]

    def spread(self, rain: F32) -> float:
        self.give_evenly()
        self._spread(self._amounts, self._units, rain)
        return float(np.dot(self._amounts[:-1].astype(np.float64), self._wet_cells))

    def totals(self) -> RainTotals:
        cells, fallen = self._wet_cells, self._fallen_m - self._before_m
        mean_m = float(np.dot(fallen, cells)) / max(int(cells.sum()) + self._dry_cells, 1)
        fallen = fallen[cells > 0]
        least_m = 0.0 if self._dry_cells or not fallen.size else float(fallen.min())
        return RainTotals(1000.0 * mean_m, 1000.0 * least_m, 1000.0 * float(fallen.max(initial=0.0)))

    def fallen_mm(self) -> F32:
        by_unit = np.append(1000.0 * (self._fallen_m - self._before_m), 0.0).astype(np.float32)
        return np.asarray(by_unit[self._layout.view(self._units)])

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"fallen_m": self._fallen_m.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        fallen_m = state.get("fallen_m", self._fallen_m)
        if fallen_m.shape == self._fallen_m.shape:  # else other units: gauges or gaps that were not known then
            self._fallen_m, self._before_m = fallen_m.copy(), fallen_m.copy()


class Intervals:
    """The depth that has fallen until a time, from the depths of successive intervals, read one after the other.

    In the order of `Timeline`: rain that is even everywhere has the bits of a table of rain.

    Parameters
    ----------
    end_s : float64 array, shape (intervals,)
        Ends of the intervals, rising; the first one begins at 0.
    depth_m : callable
        From the number of an interval to its depths, shape (units,).
    """

    def __init__(self, end_s: FloatArray, depth_m: Callable[[int], FloatArray]) -> None:
        self._end_s = [0.0, *np.asarray(end_s, float).tolist()]
        self._depth_m = depth_m
        self._number = 0
        self._before = np.zeros_like(depth_m(0))
        self._after = self._before + depth_m(0)

    def __call__(self, time_s: float) -> FloatArray:
        last = len(self._end_s) - 2
        while self._number < last and time_s >= self._end_s[self._number + 1]:
            self._number += 1
            self._before, self._after = self._after, self._after + self._depth_m(self._number)
        start_s, end_s = self._end_s[self._number : self._number + 2]
        if time_s >= end_s:
            return self._after
        return np.asarray((self._after - self._before) / (end_s - start_s) * (time_s - start_s) + self._before)
