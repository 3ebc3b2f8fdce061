"""What a rain is compared by: the most that fell in any 10, 30, 60 and 120 minutes, and its total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..rainfall_series import RainSeries

WINDOWS_MIN = (10.0, 30.0, 60.0, 120.0)
LEAST_MM = 1.0
"""A window in which neither rain has so much says nothing."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class RainWindows:
    """The measures of a rain.

    Attributes
    ----------
    most_mm : ndarray of float64, shape (len(WINDOWS_MIN),)
        The most that fell in any window of each length; NaN where the steps of the rain are longer than the window.
    total_mm : float
    """

    most_mm: FloatArray
    total_mm: float

    def values(self) -> FloatArray:
        """All measures, the total last."""
        return np.append(self.most_mm, self.total_mm)


def names() -> tuple[str, ...]:
    """The names of the measures, in the order of `RainWindows.values`."""
    return (*(f"most_{minutes:.0f}min_mm" for minutes in WINDOWS_MIN), "total_mm")


def rain_windows(rain: RainSeries) -> RainWindows:
    """The measures of a rain; a rain that is shorter than a window has its total in it."""
    edges = np.concatenate([[0.0], rain.end_min])
    wet = rain.step_min[rain.depth_mm > 0]
    step_min = float(np.median(wet)) if wet.size else 0.0
    most = [_most_mm(rain, edges, minutes) if step_min <= minutes + 1e-6 else np.nan for minutes in WINDOWS_MIN]
    return RainWindows(np.array(most, np.float64), rain.total_mm)


def first_rain_min(rain: RainSeries) -> float:
    """When the first step with rain begins; the end where there is none."""
    wet = np.flatnonzero(rain.depth_mm > 0)
    return float(rain.end_min[wet[0]] - rain.step_min[wet[0]]) if wet.size else rain.duration_min


def so_far(rain: RainSeries, minutes: float) -> RainSeries:
    """The part of a rain in some minutes from its first rain on; the whole where it is shorter."""
    end = min(first_rain_min(rain) + minutes, rain.duration_min)
    ends = np.append(rain.end_min[rain.end_min < end - 1e-9], end)
    return RainSeries(ends, np.maximum(np.diff(rain.cumulative_mm(ends), prepend=0.0), 0.0))


def _most_mm(rain: RainSeries, edges: FloatArray, minutes: float) -> float:
    """The most in a window: rain is even in a step, so that an extreme window begins or ends with one."""
    starts = np.concatenate([edges, edges - minutes])
    return float((rain.cumulative_mm(starts + minutes) - rain.cumulative_mm(starts)).max())
