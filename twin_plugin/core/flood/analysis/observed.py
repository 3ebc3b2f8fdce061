"""Observed water beside that of a run: pairs at the times of observation, and how well they fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.tables import columns
from ..time_series import TimeSeries

LEVEL, DEPTH = "level", "depth"
QUANTITIES = (LEVEL, DEPTH)
OFFSET_M = 0.5
"""Observed levels that lie apart from the simulated ones by more, and always by nearly the same, have another datum."""
SPREAD_SHARE = 0.25
"""What is nearly the same: a spread of so large a share of the difference."""
LEAST_PAIRS = 3
"""Fewer pairs say nothing of a datum."""

FIT = columns("""
point_id text Id of the point
quantity text What was observed: level or depth
pairs integer Observations that have a simulated value at their time
left_out integer Observations that have none
reason text Why observations were left out
bias_m real Mean of simulated minus observed
rmse_m real Root of the mean squared difference
nash_sutcliffe real Nash-Sutcliffe efficiency: 1 is perfect, 0 as good as the mean of the observations
peak_observed_m real Highest observed value
peak_simulated_m real Highest simulated value between the first and the last pair
peak_error_m real Simulated minus observed peak
peak_time_error_min real Minutes by which the simulated peak comes after the observed one
""")
PAIRS = columns("""
point_id text Id of the point
time_min real Minutes from the start of the run
observed_m real Observed level or depth
simulated_m real That of the run at the time, linear between output steps
difference_m real Simulated minus observed
""")


@dataclass(frozen=True)
class Fit:
    """Pairs of one point and what they say.

    Attributes
    ----------
    minutes, observed_m, simulated_m : arrays of float64, shape (pairs,)
    row : mapping
        The numbers of `FIT`, None where there is none.
    outside, dry : int
        Observations before or after the run, and those at which the point has no level since it is dry.
    """

    minutes: NDArray[np.float64]
    observed_m: NDArray[np.float64]
    simulated_m: NDArray[np.float64]
    row: Mapping[str, Any]
    outside: int
    dry: int

    @property
    def offset_m(self) -> float:
        """By how much the simulated values lie apart from the observed ones as those of another datum do; else 0."""
        if len(self.minutes) < LEAST_PAIRS:
            return 0.0
        difference = self.simulated_m - self.observed_m
        apart, spread = float(np.median(difference)), float(difference.std())
        return apart if abs(apart) > OFFSET_M and spread < SPREAD_SHARE * abs(apart) else 0.0


def compare(observed: TimeSeries, minutes: NDArray[np.float64], simulated_m: NDArray[np.float64]) -> Fit:
    """Observations beside the simulated values of their point.

    Parameters
    ----------
    observed : TimeSeries
        In metres; its times count from the start of the run.
    minutes, simulated_m : arrays, shape (steps,)
        NaN where there is no value.

    Returns
    -------
    Fit
        `left_out` of its row are those outside the run and those without a simulated value.

    References
    ----------
    Nash, Sutcliffe (1970), doi:10.1016/0022-1694(70)90255-6.
    """
    at, values = np.array(observed.times_s) / 60.0, np.array(observed.values)
    inside = (at >= minutes[0]) & (at <= minutes[-1])
    found = np.interp(at, minutes, simulated_m)  # NaN next to a step that has none
    exact = np.isin(at, minutes)
    found[exact] = simulated_m[np.searchsorted(minutes, at[exact])]
    paired = inside & np.isfinite(found)
    at, values, found = at[paired], values[paired], found[paired]
    outside, dry = int((~inside).sum()), int((inside & ~paired).sum())
    row = {"pairs": len(at), "left_out": outside + dry, **_statistics(at, values, found, minutes, simulated_m)}
    return Fit(at, values, found, row, outside, dry)


def _statistics(
    at: NDArray[np.float64], observed: NDArray[np.float64], found: NDArray[np.float64],
    minutes: NDArray[np.float64], simulated: NDArray[np.float64],
) -> dict[str, float | None]:  # fmt: skip
    """The figures of pairs."""
    if not len(at):
        return {}
    difference = found - observed
    spread = float(((observed - observed.mean()) ** 2).sum())
    within = (minutes >= at[0]) & (minutes <= at[-1]) & np.isfinite(simulated)
    times, values = np.concatenate([minutes[within], at]), np.concatenate([simulated[within], found])
    peak, peak_observed = int(np.argmax(values)), int(np.argmax(observed))
    return {
        "bias_m": float(difference.mean()),
        "rmse_m": math.sqrt(float((difference**2).mean())),
        "nash_sutcliffe": 1.0 - float((difference**2).sum()) / spread if spread > 0 else None,
        "peak_observed_m": float(observed[peak_observed]),
        "peak_simulated_m": float(values[peak]),
        "peak_error_m": float(values[peak] - observed[peak_observed]),
        "peak_time_error_min": float(times[peak] - at[peak_observed]),
    }
