"""The rain that fell in a run over time, as a mean over the terrain, for SUMMARY."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .processes.rain import Rain
from .rainfall_series import RainSeries

if TYPE_CHECKING:
    from .setup import FloodSetup

MOST_STEPS = 2000
"""A longer rain is kept in so many steps of one length, so that SUMMARY stays small."""


def fallen_steps(
    setup: FloodSetup, minutes: Sequence[float], rain_m3: Sequence[float], fallen_mm: float
) -> dict[str, list[float]]:
    """The steps of the rain of a run, from its start to its end.

    Parameters
    ----------
    setup : FloodSetup
    minutes, rain_m3 : sequence of float
        The account of the run at its output times: rain since the start.
    fallen_mm : float
        Mean depth that fell in the run.

    Returns
    -------
    dict
        end_min and depth_mm of each step: those of the table where the rain is even and the clock begins at 0, else
        one for each output time. Empty lists without rain.
    """
    rain, duration_min = setup.process(Rain), setup.output.duration_s / 60.0
    if rain.steps and setup.start is None:
        ends, depths = np.asarray(rain.steps, np.float64).T
        series = RainSeries(ends, depths)
        ends = np.unique(np.concatenate([ends[ends < duration_min], [min(duration_min, series.duration_min)]]))
        fallen = series.cumulative_mm(ends)
    elif fallen_mm > 0 and len(rain_m3) > 1 and rain_m3[-1] > 0:
        ends = np.asarray(minutes[1:], np.float64)
        fallen = np.asarray(rain_m3[1:], np.float64) / rain_m3[-1] * fallen_mm
    else:
        return {"end_min": [], "depth_mm": []}
    if ends.size > MOST_STEPS:
        even = np.linspace(0.0, ends[-1], MOST_STEPS + 1)[1:]
        ends, fallen = even, np.interp(even, np.concatenate([[0.0], ends]), np.concatenate([[0.0], fallen]))
    depths = np.maximum(np.diff(fallen, prepend=0.0), 0.0)
    return {"end_min": np.round(ends, 6).tolist(), "depth_mm": np.round(depths, 6).tolist()}
