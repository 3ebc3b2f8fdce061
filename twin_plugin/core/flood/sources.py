"""Rain and inflows as cumulative curves, and the cells that they and walls' roofs feed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .array_layout import F32, ArrayLayout
from .bits import two_sum
from .setup import Inflow

FloatVector = NDArray[np.float64]


class RainCurve:
    """Rain handed out step by step so that the float32 amounts sum up to the table's, however small each is."""

    def __init__(self, rain: Sequence[tuple[float, float]]) -> None:
        self._times_s = np.array([0.0] + [60.0 * end for end, _ in rain])
        self._depths_m = np.concatenate([[0.0], np.cumsum([depth / 1000.0 for _, depth in rain])])
        self.fallen_m = 0.0

    @property
    def end_s(self) -> float:
        return float(self._times_s[-1])

    def rate_m_s(self, time_s: float) -> float:
        """Intensity of the step at a time, m/s."""
        i = int(np.searchsorted(self._times_s, time_s, side="right"))
        if i >= len(self._times_s):
            return 0.0
        return float((self._depths_m[i] - self._depths_m[i - 1]) / (self._times_s[i] - self._times_s[i - 1]))

    def take(self, until_s: float) -> float:
        """Depth since the last call, as a float32 value; what rounding leaves is in the next call."""
        amount = float(np.float32(np.interp(until_s, self._times_s, self._depths_m) - self.fallen_m))
        if amount <= 0.0:
            return 0.0
        self.fallen_m += amount
        return amount


class Supply:
    """One inflow: its cells and the volume it has given."""

    def __init__(self, inflow: Inflow, valid: NDArray[np.bool_], layout: ArrayLayout, cell_area_m2: float) -> None:
        row, column = np.nonzero(inflow.cells & valid)
        self.cells = layout.index(row, column)
        self._times = np.asarray(inflow.times_s, float)
        self._flows = np.asarray(inflow.flows_m3s, float)
        self._area_m2 = cell_area_m2 * len(self.cells)
        self._volumes = np.concatenate(
            [[0.0], np.cumsum(np.diff(self._times) * 0.5 * (self._flows[1:] + self._flows[:-1]))]
        )
        self._base = self._volume(0.0)
        self.given_m3 = 0.0

    def flow_m3s(self, time_s: float) -> float:
        return float(np.interp(time_s, self._times, self._flows))

    def rate_m_s(self, time_s: float) -> float:
        """How fast the cells would fill, m/s."""
        return self.flow_m3s(time_s) / self._area_m2

    def _volume(self, time_s: float) -> float:
        """Integral of the hydrograph up to a time, from its first point (negative before it)."""
        times, flows = self._times, self._flows
        if time_s <= times[0]:
            return float((time_s - times[0]) * flows[0])
        i = int(np.searchsorted(times, time_s, side="right")) - 1
        start = float(self._volumes[i])
        return start + (time_s - float(times[i])) * 0.5 * (float(flows[i]) + self.flow_m3s(time_s))

    def take(self, until_s: float) -> float:
        """Depth to add to each cell since the last call, as a float32 value."""
        due = self._volume(until_s) - self._base - self.given_m3
        amount = float(np.float32(due / self._area_m2))
        if amount <= 0.0:
            return 0.0
        self.given_m3 += amount * self._area_m2
        return amount


@njit(nogil=True, cache=True, error_model="numpy")
def add_depth(h: F32, low: F32, cells: NDArray[np.int64], amount: np.float32) -> None:
    """Add a depth to cells without loss of bits."""
    for i in range(cells.shape[0]):
        c = cells[i]
        s, e = two_sum(h[c], amount)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)


@njit(nogil=True, cache=True, error_model="numpy")
def add_weighted(h: F32, low: F32, cells: NDArray[np.int64], weights: F32, amount: np.float32) -> float:
    """Add weights times a depth to cells; the sum added, in metres of one cell."""
    total = 0.0
    for i in range(cells.shape[0]):
        c = cells[i]
        part = weights[i] * amount
        s, e = two_sum(h[c], part)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
        total += part
    return total
