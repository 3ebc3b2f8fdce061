"""The rows of one gauge as depths of time spans, checked as the table of a single gauge is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..rainfall_series import GAP, RainSeries, series_warnings

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class GaugeSeries:
    """What one gauge measured, in spans that do not overlap; between them it has no value.

    Attributes
    ----------
    name : str
    starts_min, ends_min : float64 arrays, shape (spans,)
    depths_mm : float64 array, shape (spans,)
    """

    name: str
    starts_min: FloatArray
    ends_min: FloatArray
    depths_mm: FloatArray

    @property
    def total_mm(self) -> float:
        return float(self.depths_mm.sum())

    def after(self, start_min: float) -> GaugeSeries:
        """The part after a time, with minutes counted from it."""
        kept = self.ends_min > start_min
        starts, ends = self.starts_min[kept], self.ends_min[kept]
        share = (ends - np.maximum(starts, start_min)) / (ends - starts)
        starts = np.maximum(starts, start_min) - start_min
        return GaugeSeries(self.name, starts, ends - start_min, self.depths_mm[kept] * share)

    def on(self, edges_min: FloatArray) -> FloatArray:
        """Depths in intervals between edges that all spans begin and end at; NaN where there is no value."""
        middle = 0.5 * (edges_min[1:] + edges_min[:-1])
        span = np.minimum(np.searchsorted(self.ends_min, middle), self.ends_min.size - 1)
        rate = self.depths_mm[span] / (self.ends_min[span] - self.starts_min[span])
        inside = (middle > self.starts_min[span]) & (middle < self.ends_min[span])
        return np.where(inside, rate * np.diff(edges_min), np.nan)

    def warnings(self, source: str) -> list[Message]:
        """What looks like a wrong unit; raises InputError for rain that cannot be."""
        bounds = np.unique(np.concatenate([self.starts_min, self.ends_min]))
        first = bounds[0]
        try:
            series = RainSeries(bounds[1:] - first, np.nan_to_num(self.on(bounds)))
        except InputError as error:
            text = Message("Gauge {gauge} of {source}: {reason}", gauge=self.name, source=source, reason=error.message)
            raise error.restated(text) from error
        return series_warnings(series, Message("gauge {gauge} of {source}", gauge=self.name, source=source))


def span_starts(ends_min: FloatArray, from_zero: bool, usual_min: float | None = None) -> FloatArray:
    """When the span of each row begins: where the row before ends or, after a gap, one usual step before.

    Parameters
    ----------
    ends_min : float64 array
        Rising.
    from_zero : bool
        Times count from the start of a storm, so that a first row not much later than a step begins at 0.
    usual_min : float, optional
        The step of most gauges: that of one with a single row, or with too few to have a usual step.

    Notes
    -----
    The usual step is the one that most rows have. A gauge without one, as a tipping bucket that writes a row for each
    tip, has the rain of a row since the row before.
    """
    if ends_min.size == 1:
        step = usual_min or float(ends_min[0])
        return ends_min - (ends_min[0] if from_zero and ends_min[0] <= GAP * step else step)
    steps = np.round(np.diff(ends_min), 6)
    lengths, counts = np.unique(steps, return_counts=True)
    usual = float(lengths[np.argmax(counts)])
    regular = counts.max() > steps.size / 2
    if not regular and usual_min is not None and np.isclose(lengths, usual_min).any():
        usual, regular = usual_min, True
    steps = np.where(regular & (steps > GAP * usual), usual, np.diff(ends_min))
    first = ends_min[0] if from_zero and ends_min[0] <= GAP * usual else usual
    return np.asarray(ends_min - np.concatenate([[first], steps]))


def usual_step_min(ends_min: FloatArray) -> float | None:
    """The step that most rows have; None for a single row."""
    if ends_min.size < 2:
        return None
    lengths, counts = np.unique(np.round(np.diff(ends_min), 6), return_counts=True)
    return float(lengths[np.argmax(counts)])
