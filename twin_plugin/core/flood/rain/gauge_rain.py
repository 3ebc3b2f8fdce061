"""The rain of several gauges: brought to the cells by the nearest gauge (Thiessen) or by weights of 1 / distance²."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ..schemes.array_layout import F32
from .rain_field import BoolArray, FallingRain, FloatArray, Ground, Intervals, RainField, RainOnUnits, RainTotals, Units


class GaugeMethod(Enum):
    """How the rain of gauges gets onto cells."""

    THIESSEN = "thiessen"
    IDW = "idw"


@dataclass(frozen=True)
class GaugeRain(RainField):
    """Rain that gauges measured, in intervals that all of them have in common.

    In an interval in which a gauge has no value its neighbours take over: each cell takes the nearest gauge that has
    one, or the weights of those that have. Where none has a value no rain falls.

    Attributes
    ----------
    x, y : float64 arrays, shape (gauges,)
        In the CRS of the cells.
    ends_s : float64 array, shape (intervals,)
        Ends of the intervals, rising; the first one begins at 0.
    depths_mm : float64 array, shape (intervals, gauges)
        NaN where a gauge has no value.
    method : GaugeMethod

    Notes
    -----
    Thiessen 1911, doi:10.1175/1520-0493(1911)39<1082b:PAFLA>2.0.CO;2; Shepard 1968, doi:10.1145/800186.810616, with
    the power 2.
    """

    x: FloatArray
    y: FloatArray
    ends_s: FloatArray
    depths_mm: FloatArray
    method: GaugeMethod = GaugeMethod.THIESSEN

    def __post_init__(self) -> None:
        intervals, gauges = self.depths_mm.shape
        if not gauges or self.x.shape != (gauges,) or self.y.shape != (gauges,) or self.ends_s.shape != (intervals,):
            raise InputError("Each gauge needs a place, and each interval a depth for each gauge.")
        if not (np.diff(self.ends_s, prepend=0.0) > 0).all():
            raise InputError("The intervals of the gauges' rain must rise from above 0.")
        if (self.depths_mm < 0).any():
            raise InputError("The rain of a gauge must not be negative (mm).")

    @property
    def kind(self) -> str:
        return f"gauges_{self.method.value}"

    @property
    def end_min(self) -> float:
        return float(self.ends_s[-1]) / 60.0

    def start(self, ground: Ground) -> FallingRain:
        if self.method is GaugeMethod.IDW and self.x.size > 1:
            return WeightedRain(self, ground)
        units, gauge = nearest_gauges(self)
        depth_m = np.nan_to_num(np.take_along_axis(self.depths_mm, gauge, 1)) / 1000.0
        return RainOnUnits(ground, units, Intervals(self.ends_s, lambda interval: np.asarray(depth_m[interval])))


def nearest_gauges(rain: GaugeRain) -> tuple[Units, NDArray[np.int64]]:
    """Cells by the gauges that they take their rain from, over all intervals.

    Returns
    -------
    units : int32 array, shape (rows, columns)
        Cells of one unit take the same gauges.
    gauge : int64 array, shape (intervals, units)
        The gauge of each unit: the nearest one that has a value in the interval.
    """
    missing = np.isnan(rain.depths_mm)
    missing[missing.all(1)] = False  # where no gauge has a value it does not matter which is taken
    gaps, which = np.unique(missing, axis=0, return_inverse=True)
    all_there = np.ones(rain.x.size, bool)
    units = _nearest(rain, all_there, np.ones(1, bool), np.zeros((rain.cells.rows, rain.cells.columns), np.int32))
    rows = [np.arange(rain.x.size)]  # the gauge of each unit: first without gaps, then for each kind of gap
    for gap in gaps:
        lost = gap[rows[0]]
        row = rows[0].copy()
        if lost.any():
            other = _nearest(rain, ~gap, lost, units)
            cells = other >= 0
            pairs, inverse = np.unique(units[cells].astype(np.int64) * rain.x.size + other[cells], return_inverse=True)
            parents, others = np.divmod(pairs, rain.x.size)
            units[cells] = row.size + inverse.reshape(-1)
            rows = [np.concatenate([known, known[parents]]) for known in rows]
            row = np.concatenate([row, others])
        rows.append(row)
    used = np.flatnonzero(np.bincount(units.ravel(), minlength=rows[0].size))
    number = np.full(rows[0].size, -1, np.int32)
    number[used] = np.arange(used.size)
    table = np.stack([row[used] for row in rows[1:]])
    return number[units], table[np.reshape(which, -1)].astype(np.int64)


def _nearest(rain: GaugeRain, there: BoolArray, lost: BoolArray, units: Units) -> Units:
    from .rain_kernels import find_nearest

    return np.asarray(find_nearest(*rain.cells.axes(), rain.x, rain.y, there, lost, units))


class WeightedRain:
    """Rain of gauges weighted by 1 / distance² in a run: a field for each interval, of which each step takes a share.

    Parameters
    ----------
    rain : GaugeRain
    ground : Ground
    """

    def __init__(self, rain: GaugeRain, ground: Ground) -> None:
        from .rain_kernels import add_share, weigh_gauges

        self._weigh, self._add_share = weigh_gauges, add_share
        self._rain, self._ground = rain, ground
        self._ends_s = np.concatenate([[0.0], rain.ends_s])
        self._field, self._interval = ground.layout.zeros(), -1
        self._fallen_m = ground.layout.zeros()
        self._open_share = 0.0  # of the field's interval, not yet in _fallen_m
        self._even_due_m = self._even_fallen_m = self._even_before_m = self._next_due_m = 0.0
        self._parts: list[tuple[int, float]] = []
        self.most_m = 0.0

    def fall(self, start_s: float, end_s: float) -> float | None:
        first, last = np.searchsorted(self._ends_s, [start_s, end_s], side="right") - 1
        self._parts, even = [], []
        for interval in range(max(int(first), 0), min(int(last), len(self._ends_s) - 2) + 1):
            from_s, to_s = self._ends_s[interval : interval + 2]
            share = float((min(end_s, to_s) - max(start_s, from_s)) / (to_s - from_s))
            if share > 0:
                self._parts.append((interval, share))
                even.append(self._even_mm(interval))
        if all(depth_mm is not None for depth_mm in even):
            return self._fall_evenly([depth or 0.0 for depth in even])
        return None

    def _even_mm(self, interval: int) -> float | None:
        """The depth of an interval where all gauges have the same, else None."""
        depths = self._rain.depths_mm[interval]
        known = depths[~np.isnan(depths)]
        if not known.size:
            return 0.0
        return float(known[0]) if (known == known[0]).all() else None

    def _fall_evenly(self, depths_mm: list[float]) -> float:
        """What is due so far, less what has fallen of it: the float32 amounts add up to the table."""
        self._next_due_m = self._even_due_m
        for depth_mm, (_, share) in zip(depths_mm, self._parts, strict=True):
            self._next_due_m += depth_mm / 1000.0 * share
        self.most_m = max(float(np.float32(self._next_due_m - self._even_fallen_m)), 0.0)
        return self.most_m

    def give_evenly(self) -> None:
        self._even_due_m = self._next_due_m
        self._even_fallen_m += self.most_m

    def spread(self, rain: F32) -> float:
        sum_m, self.most_m = 0.0, 0.0
        for number, (interval, share) in enumerate(self._parts):
            self._weigh_anew(interval)
            self._open_share += share
            sum_m = float(self._add_share(self._field, np.float32(share), self._ground.bed_m, number == 0, rain))
            self.most_m += share * float(np.nanmax(self._rain.depths_mm[interval], initial=0.0)) / 1000.0
        return sum_m

    def _weigh_anew(self, interval: int) -> None:
        """Have the field of an interval; what the field before gave is added to what has fallen."""
        if interval == self._interval:
            return
        self._close_interval()
        self._interval = interval
        depths, layout = self._rain.depths_mm[interval], self._ground.layout
        known = ~np.isnan(depths)
        if not known.any():
            self._field[:] = 0.0
            return
        first = int(layout.index(np.array(0), np.array(0)))
        self._weigh(
            *self._rain.cells.axes(), self._rain.x[known], self._rain.y[known], depths[known] / 1000.0, layout.stride,
            first, self._field,
        )  # fmt: skip

    def _close_interval(self) -> None:
        if self._open_share:
            self._fallen_m += np.float32(self._open_share) * self._field
            self._open_share = 0.0

    def totals(self) -> RainTotals:
        self._close_interval()
        fallen = self._ground.layout.view(self._fallen_m)[self._ground.wet]
        figures = (float(fallen.mean(dtype=np.float64)), float(fallen.min()), float(fallen.max()))
        evenly_m = self._even_fallen_m - self._even_before_m
        return RainTotals(*(1000.0 * (figure + evenly_m) for figure in figures))

    def fallen_mm(self) -> F32:
        self._close_interval()
        evenly_m = np.float32(self._even_fallen_m - self._even_before_m)
        return np.asarray(np.float32(1000.0) * (self._ground.layout.view(self._fallen_m) + evenly_m))

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"even_m": np.array([self._even_due_m, self._even_fallen_m])}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self._even_due_m, self._even_fallen_m = state["even_m"].tolist()
        self._even_before_m = self._even_fallen_m
