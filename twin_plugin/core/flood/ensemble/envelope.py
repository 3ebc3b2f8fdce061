"""What several runs say of each cell together: the greatest depth, the earliest arrival, how probable depths are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]

THRESHOLDS_M = (0.15, 0.30, 0.50)
"""Depths of EXCEEDANCE: cars stall in the first, people lose their hold in the last."""


class Envelope:
    """Some rows of cells, to which the runs are added one after the other.

    Parameters
    ----------
    shape : (int, int)
    thresholds_m : sequence of float
        Depths whose exceedance is counted.

    Attributes
    ----------
    depth_m : float32 array
        Greatest depth over the runs that have data in the cell; NaN where none has.
    arrival_min : float32 array
        Earliest arrival over the runs; NaN where no run is wet.
    """

    def __init__(self, shape: tuple[int, int], thresholds_m: Sequence[float] = THRESHOLDS_M) -> None:
        self._thresholds_m = tuple(thresholds_m)
        self.depth_m = np.full(shape, np.nan, np.float32)
        self.arrival_min = np.full(shape, np.nan, np.float32)
        self._sums = np.zeros((len(self._thresholds_m), *shape))
        self._gaps = np.zeros(shape, np.bool_)

    def add(self, depth_m: FloatArray, arrival_min: FloatArray, weight: float) -> None:
        """Add a run: depths with 0 where dry and NaN without data, arrivals with NaN where dry, and its weight."""
        np.fmax(self.depth_m, depth_m, out=self.depth_m, casting="same_kind")
        np.fmin(self.arrival_min, arrival_min, out=self.arrival_min, casting="same_kind")
        self._gaps |= np.isnan(depth_m)
        for total, limit_m in zip(self._sums, self._thresholds_m, strict=True):
            total += weight * (depth_m > np.float32(limit_m))

    def exceedance(self) -> NDArray[np.float32]:
        """Weights of the runs in which a cell is deeper than each threshold, shape (thresholds, rows, columns).

        NaN where a run has no data: what it would add is not known.
        """
        result = self._sums.astype(np.float32)
        result[:, self._gaps] = np.nan
        return result

    @property
    def partly_known(self) -> int:
        """Cells in which some runs have data and others none."""
        return int((self._gaps & np.isfinite(self.depth_m)).sum())
