"""RainSeries: rain as depths of successive steps, checked, and read from a gauge's rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.messages import Message

MAX_STEPS = 100_000
EVERY_WINDOW = 2000
"""Windows of up to so many steps are all compared with the records, longer ones at lengths that grow by 1 %."""
GAP = 1.5
"""A step this many times as long as the usual one has rows missing before it."""
LONG_MIN, LONG_STEP_MIN = 1440.0, 60.0
"""A longer storm, or one with longer steps, has perhaps its times in seconds."""
SHORT_MIN = 1.0
"""A table of several steps that lasts no longer has perhaps its times in hours or days."""
LEAST_MM = 0.5
"""Storms with less flood nothing: their depths are perhaps metres."""
RISING_STEPS = 6
"""So many steps whose depths never fall are perhaps a running total; a storm ends with less rain."""
MUCH = 0.3
"""Above this share of the largest rain ever measured depths or times have perhaps another unit."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class RainSeries:
    """Rain that falls evenly within each of successive steps, from 0 min on.

    Attributes
    ----------
    end_min : ndarray of float64, shape (n,)
        End of each step, rising, above 0; a step begins where the one before ends, the first at 0 min.
    depth_mm : ndarray of float64, shape (n,)
        Depth of each step, 0 or more.

    Raises
    ------
    InputError
        When there is no step, times do not rise, a depth is negative or no number, or the rain of any window of time
        is more than has ever been measured in so short a time (a wrong unit).
    """

    end_min: FloatArray
    depth_mm: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "end_min", np.asarray(self.end_min, np.float64))
        object.__setattr__(self, "depth_mm", np.asarray(self.depth_mm, np.float64))
        if self.end_min.ndim != 1 or self.end_min.shape != self.depth_mm.shape or not self.end_min.size:
            raise InputError("The rain needs at least one step, with a time and a depth each.")
        if not (np.isfinite(self.end_min).all() and np.isfinite(self.depth_mm).all()):
            raise InputError("The rain has a time or a depth that is not a number.")
        self._check_times()
        self._check_depths()

    def _check_times(self) -> None:
        if (self.step_min <= 0).any():
            row = int(np.argmax(self.step_min <= 0))
            raise InputError(
                "The times of the rain must rise from above 0 min, but row {row} says {end_min:g} min: a time is "
                "the end of its step.",
                row=row + 1,
                end_min=self.end_min[row],
            )

    def _check_depths(self) -> None:
        if (self.depth_mm < 0).any():
            row = int(np.argmax(self.depth_mm < 0))
            raise InputError(
                "The rain is negative: {depth_mm:g} mm at {end_min:g} min. Correct the table.",
                depth_mm=self.depth_mm[row],
                end_min=self.end_min[row],
            )
        share, start_min, end_min = self.most_extreme()
        if share > 1:
            fallen = self.cumulative_mm(np.array([start_min, end_min]))
            raise InputError(
                "{depth_mm:g} mm of rain from {start_min:g} to {end_min:g} min are more than was ever measured in so "
                "short a time ({limit_mm:.0f} mm): the depths must be millimetres of each step, not an intensity in "
                "mm/h nor a running total, and the times minutes.",
                depth_mm=float(fallen[1] - fallen[0]),
                start_min=start_min,
                end_min=end_min,
                limit_mm=float(record_mm(np.array(end_min - start_min))),
            )

    def most_extreme(self) -> tuple[float, float, float]:
        """The window whose rain comes closest to the largest ever measured: its share of that, its start and end in
        minutes.

        Windows begin and end with steps, as the extreme one does: rain is even in a step, and the envelope concave.
        """
        times = np.concatenate([[0.0], self.end_min])
        fallen = np.concatenate([[0.0], np.cumsum(self.depth_mm)])
        found = (0.0, 0.0, float(times[-1]))
        for steps in _window_lengths(self.end_min.size):
            shares = (fallen[steps:] - fallen[:-steps]) / record_mm(times[steps:] - times[:-steps])
            first = int(np.argmax(shares))
            if shares[first] > found[0]:
                found = (float(shares[first]), float(times[first]), float(times[first + steps]))
        return found

    @property
    def step_min(self) -> FloatArray:
        """Length of each step in minutes, shape (n,)."""
        return np.diff(self.end_min, prepend=0.0)

    @property
    def intensity_mm_h(self) -> FloatArray:
        """Intensity of each step in mm/h, shape (n,)."""
        return self.depth_mm / self.step_min * 60.0

    @property
    def total_mm(self) -> float:
        return float(self.depth_mm.sum())

    @property
    def duration_min(self) -> float:
        return float(self.end_min[-1])

    def cumulative_mm(self, time_min: FloatArray | float) -> FloatArray:
        """Depth fallen until each time, in mm: 0 before the start, the total after the end."""
        ends = np.concatenate([[0.0], self.end_min])
        return np.asarray(np.interp(time_min, ends, np.concatenate([[0.0], np.cumsum(self.depth_mm)])))

    def resampled(self, step_min: float) -> RainSeries:
        """The same rain in steps of another length; the last step is shorter where it does not divide the duration."""
        ends = step_ends(self.duration_min, step_min)
        return RainSeries(ends, np.maximum(np.diff(self.cumulative_mm(ends), prepend=0.0), 0.0))


def step_ends(duration_min: float, step_min: float) -> FloatArray:
    """End of each step in minutes; the last step is shorter where the step does not divide the duration.

    Raises
    ------
    InputError
        When either is not above 0, or the steps are too many.
    """
    if not (math.isfinite(duration_min) and duration_min > 0):
        raise InputError("The duration must be above 0 min, not {duration_min:g}.", duration_min=duration_min)
    if not (math.isfinite(step_min) and step_min > 0):
        raise InputError("The step must be above 0 min, not {step_min:g}.", step_min=step_min)
    if duration_min / step_min > MAX_STEPS:
        raise InputError(
            "{duration_min:g} min in steps of {step_min:g} min are more than {max_steps} steps: choose a longer step.",
            duration_min=duration_min,
            step_min=step_min,
            max_steps=MAX_STEPS,
        )
    count = max(math.ceil(duration_min / step_min - 1e-9), 1)
    ends = step_min * np.arange(1, count + 1, dtype=np.float64)
    ends[-1] = duration_min
    return ends


def uniform(total_mm: float, duration_min: float) -> RainSeries:
    """One depth that falls evenly over a duration."""
    return RainSeries(np.array([duration_min]), np.array([total_mm]))


def from_rows(
    time_min: Sequence[float | int | str | None],
    depth_mm: Sequence[float | int | str | None],
    source: str = Message("the rain table"),
) -> tuple[RainSeries, list[Message]]:
    """A gauge's rows, in any order, as a series.

    Parameters
    ----------
    time_min : sequence
        End of each step in minutes; a step begins where the one before ends. A row at 0 min with no rain marks the
        start and is dropped; where the first time is much later than one step, the rain begins one step before it.
    depth_mm : sequence
        Depth of each step in mm. None, NaN and empty text count as no rain, with a warning.
    source : str
        Name of the table for messages.

    Returns
    -------
    series : RainSeries
    warnings : list of Message

    Raises
    ------
    InputError
        When there are no rows, a value is no number, times repeat, or rain stands at 0 min or before.
    """
    if len(time_min) == 0:
        raise InputError(
            "The table {source} has no rows: choose one with a time in minutes and a depth in mm per row.",
            source=source,
        )
    times = np.array([number_of(value, Message("time"), source) for value in time_min])
    depths = np.array([number_of(value, Message("depth"), source) for value in depth_mm])
    if np.isnan(times).any():
        raise InputError(
            "{times} rows of {source} have no time: give each row the end of its step in minutes.",
            times=int(np.isnan(times).sum()),
            source=source,
        )
    warnings = []
    if np.isnan(depths).any():
        rows = int(np.isnan(depths).sum())
        warnings.append(
            Message("{rows} rows of {source} have no depth and count as no rain.", rows=rows, source=source)
        )
        depths = np.nan_to_num(depths, nan=0.0)
    order = np.argsort(times, kind="stable")
    times, depths = times[order], depths[order]
    if (times[depths != 0] <= 0).any():
        raise InputError(
            "The table {source} has rain at or before 0 min: a time is the end of its step, so add the step "
            "to every time.",
            source=source,
        )
    times, depths = times[times > 0], depths[times > 0]
    if not times.size:
        raise InputError("The table {source} has no row after 0 min: give the times in minutes.", source=source)
    repeated = np.flatnonzero(np.diff(times) == 0)
    if repeated.size:
        raise InputError(
            "The table {source} has the time {times:g} min more than once: give one row per step (a single gauge).",
            source=source,
            times=times[repeated[0]],
        )
    times, depths, gaps = _with_gaps(times, depths, source)
    series = RainSeries(times, depths)
    return series, [*warnings, *gaps, *series_warnings(series, source)]


def series_warnings(series: RainSeries, source: str = Message("the rain table")) -> list[Message]:
    """What in a rain that can be used looks like a wrong unit."""
    found = []
    shortest, share, start, end = float(series.step_min.min()), *series.most_extreme()
    if series.duration_min > LONG_MIN or (shortest > LONG_STEP_MIN and series.end_min.size > 1):
        found.append(
            Message(
                "The storm of {source} lasts {hours:g} h, in steps of {step_min:g} min and more: if its times are "
                "seconds, divide them by 60.",
                source=source,
                hours=round(series.duration_min / 60.0, 2),
                step_min=shortest,
            )
        )
    if series.duration_min < SHORT_MIN and series.end_min.size > 1:
        found.append(
            Message(
                "The storm of {source} lasts {seconds:g} s only: if its times are hours, multiply them by 60.",
                source=source,
                seconds=round(60.0 * series.duration_min, 1),
            )
        )
    if series.total_mm == 0:
        found.append(
            Message(
                "The rain of {source} is 0 mm in all {steps} steps: make sure that its depths stand in the column that "
                "is read.",
                source=source,
                steps=series.end_min.size,
            )
        )
    if 0 < series.total_mm < LEAST_MM:
        found.append(
            Message(
                "The rain of {source} is {total:g} mm in all, which floods nothing: make sure that its depths are "
                "millimetres, not metres.",
                source=source,
                total=series.total_mm,
            )
        )
    rises = np.diff(series.depth_mm[series.depth_mm > 0])
    if rises.size >= RISING_STEPS - 1 and (rises >= 0).all() and (rises > 0).any() and series.depth_mm[-1] > 0:
        found.append(
            Message(
                "The rain of {source} never falls from one step to the next: make sure that its depths are those of "
                "each step, and not a running total.",
                source=source,
            )
        )
    if share > MUCH:
        found.append(
            Message(
                "The rain of {source} from {start_min:g} to {end_min:g} min is {share:.0%} of the most that was ever "
                "measured in such a time: make sure that its depths are millimetres of each step, not mm/h, and its "
                "times minutes.",
                source=source,
                start_min=start,
                end_min=end,
                share=share,
            )
        )
    return found


def end_warnings(series: RainSeries, duration_min: float, source: str) -> list[Message]:
    """A warning where a run ends before its rain does: what falls later is left out."""
    if duration_min >= series.duration_min:
        return []
    fallen_mm = float(series.cumulative_mm(duration_min))
    if series.total_mm - fallen_mm <= 0:
        return []
    return [
        Message(
            "The run ends after {end:g} min, before the rain of '{source}' does ({rain:g} min): {fallen:.4g} of "
            "{total:.4g} mm fall. Give a longer DURATION_MIN, or leave it empty.",
            end=duration_min,
            source=source,
            rain=series.duration_min,
            fallen=fallen_mm,
            total=series.total_mm,
        )
    ]


def _with_gaps(times: FloatArray, depths: FloatArray, source: str) -> tuple[FloatArray, FloatArray, list[Message]]:
    """Rows with a dry one before each row that follows a gap: gauges leave dry rows out.

    The usual step is the one that most rows have; a table without one, where each row has its own length, stays as it
    is. A first row later than one step begins one step before its time: the series starts late in the day.
    """
    first = float(times[1] - times[0]) if times.size > 2 else math.inf
    begin = float(times[0]) - first if times[0] > GAP * first else 0.0
    steps = np.round(np.diff(times, prepend=begin), 6)
    lengths, counts = np.unique(steps, return_counts=True)
    usual, regular = float(lengths[np.argmax(counts)]), counts.max() > max(1, steps.size / 2)
    after_gap = np.flatnonzero((steps > GAP * usual) & (depths > 0)) if regular else np.zeros(0, np.int64)
    at = [*([0] if begin else []), *after_gap]
    starts = [*([begin] if begin else []), *(times[after_gap] - usual)]
    found = []
    if after_gap.size:
        found.append(
            Message(
                "{rows} rows of {source} follow a gap, the first at {end_min:g} min: the rain of each counts as fallen "
                "in the last {step_min:g} min, and the gap as dry.",
                rows=int(after_gap.size),
                source=source,
                end_min=float(times[after_gap[0]]),
                step_min=usual,
            )
        )
    return np.insert(times, at, starts), np.insert(depths, at, 0.0), found


def _window_lengths(steps: int) -> NDArray[np.int64]:
    """Numbers of steps of the windows that are summed: all up to `EVERY_WINDOW`, from there on each 1 % longer."""
    if steps <= EVERY_WINDOW:
        return np.arange(1, steps + 1)
    longer = np.geomspace(EVERY_WINDOW, steps, math.ceil(100 * math.log(steps / EVERY_WINDOW)) + 1)
    return np.unique(np.concatenate([np.arange(1, EVERY_WINDOW), longer.astype(np.int64), [steps]]))


def record_mm(length_min: FloatArray) -> FloatArray:
    """The envelope of the world's largest measured rainfalls, 491 D^0.452 mm with D in hours (WMO No. 1045, 2009)."""
    return 491.0 * (np.maximum(length_min, 1.0) / 60.0) ** 0.452


def number_of(value: float | int | str | None, what: str, source: str) -> float:
    """A number of a table, NaN where it is empty; raises InputError for any other text."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise InputError(
            "The {what} '{value}' of {source} is not a number: correct the row or choose another field.",
            what=what,
            value=value,
            source=source,
        ) from error
