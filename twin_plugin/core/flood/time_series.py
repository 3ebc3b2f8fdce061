"""A quantity over time from the rows of a table: discharges of an inflow, levels of a tide, observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.messages import Message

GAP = 3.0
"""A time between rows so many times as long as the usual one is a gap."""
FEW_ROWS = 4
"""Fewer rows have no usual time between them."""


@dataclass(frozen=True)
class TimeSeries:
    """Values at rising times.

    Attributes
    ----------
    times_s, values : tuples of float
        Of one length, at least 1.
    start : datetime or None
        The moment of 0 s, where the table has dates.
    left_out : int
        Rows without a time or a value, and repeated ones.
    notes : tuple of Message
        What was mended and guessed.
    """

    times_s: tuple[float, ...]
    values: tuple[float, ...]
    start: datetime | None = None
    left_out: int = 0
    notes: tuple[Message, ...] = ()

    def moved(self, seconds: float) -> TimeSeries:
        """The same, later by so much."""
        return replace(self, times_s=tuple(time_s + seconds for time_s in self.times_s))

    def raised(self, amount: float) -> TimeSeries:
        """The same, each value larger by so much."""
        return replace(self, values=tuple(value + amount for value in self.values))

    def integral_after(self, time_s: float) -> float:
        """Integral of the values from a time to the last row, linear between rows."""
        times, values = np.asarray(self.times_s), np.asarray(self.values)
        if time_s >= times[-1]:
            return 0.0
        later = times > time_s
        at = np.concatenate([[max(time_s, times[0])], times[later]])
        found = np.interp(at, times, values)
        return float((0.5 * (found[1:] + found[:-1]) * np.diff(at)).sum())

    def outside_note(self, begin_s: float, end_s: float, source: str) -> Message | None:
        """A sentence where no row lies within a run, so that one value counts all the time."""
        first, last = self.times_s[0], self.times_s[-1]
        figures = {"source": source, "first": first / 60.0, "last": last / 60.0, "end": end_s / 60.0}
        if len(self.times_s) > 1 and last <= begin_s:
            return Message(
                "{source} ends at {last:g} min, before the run begins: its last value, {value:g}, counts all the time. "
                "Make sure that its times are minutes from the start.",
                value=self.values[-1],
                **figures,
            )
        if first >= end_s:
            return Message(
                "{source} begins at {first:g} min, and the run ends at {end:g} min: its first value, {value:g}, counts "
                "all the time. Make sure that its times are minutes from the start.",
                value=self.values[0],
                **figures,
            )
        return None

    @property
    def peak_s(self) -> float:
        """When the value is largest: the first time, where it is so at several."""
        return self.times_s[int(np.argmax(self.values))]


def read_series(
    times: Sequence[object], values: Sequence[object], source: str, start: datetime | None = None
) -> TimeSeries:
    """Rows in any order as a series.

    Parameters
    ----------
    times : sequence
        Minutes, or moments in ISO 8601; those without a time zone are UTC. Moments count from `start`, and where that
        is None from the first one.
    values : sequence
        Numbers; empty ones leave their row out.
    source : str
        What the table is called in sentences.

    Raises
    ------
    InputError
        When no row is left, times are of both kinds or cannot be read, or two rows of one time differ.
    """
    known = [(time, _value(value, source)) for time, value in zip(times, values, strict=True)]
    rows = [(time, value) for time, value in known if value == value and not _empty(time)]
    if not rows:
        raise InputError("{source} has no row with a time and a value.", source=source)
    minutes, start = _minutes([time for time, _ in rows], source, start)
    order = np.argsort(minutes, kind="stable")
    notes: list[Message] = []
    if (np.diff(order) < 0).any():
        notes.append(Message("the rows of {source} were put into the order of time", source=source))
    at, found = minutes[order], np.array([value for _, value in rows])[order]
    again = np.flatnonzero(np.diff(at) <= 0)
    if (found[again] != found[again + 1]).any():
        place = again[found[again] != found[again + 1]][0]
        raise InputError(
            "{source} has the time {minutes:g} min twice, with {first:g} and {second:g}: keep one of the rows.",
            source=source,
            minutes=float(at[place]),
            first=float(found[place]),
            second=float(found[place + 1]),
        )
    at, found = np.delete(at, again), np.delete(found, again)
    notes += _gaps(at, source)
    left_out = len(known) - len(at)
    return TimeSeries(tuple((60.0 * at).tolist()), tuple(found.tolist()), start, left_out, tuple(notes))


def _gaps(at: NDArray[np.float64], source: str) -> list[Message]:
    """A sentence where rows are missing."""
    spans = np.diff(at)
    if len(at) < FEW_ROWS:
        return []
    gaps = np.flatnonzero(spans > GAP * np.median(spans))
    if not gaps.size:
        return []
    return [
        Message(
            "{source} has {n} gaps, the longest of {minutes:g} min: values are linear over them",
            source=source,
            n=int(gaps.size),
            minutes=float(spans.max()),
        )
    ]


def _minutes(
    times: Sequence[object], source: str, start: datetime | None
) -> tuple[NDArray[np.float64], datetime | None]:
    """Minutes of rows, and the moment of 0 where they are moments."""
    numbers = [_number(time) for time in times]
    if all(number is not None for number in numbers):
        return np.array(numbers, np.float64), None
    moments = [_moment(time, source) for time in times]
    begin = start or min(moments)
    return np.array([(moment - begin).total_seconds() / 60.0 for moment in moments]), begin


def read_moment(text: str) -> datetime | None:
    """A moment in ISO 8601, UTC where it names no time zone; None where the text is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(time: object, source: str) -> datetime:
    moment = read_moment(str(time))
    if moment is None:
        raise InputError(
            "{source} has the time '{time}', which is neither a number of minutes nor a moment such as "
            "2026-06-08T14:00:00Z, as all its times must be.",
            source=source,
            time=time,
        )
    return moment


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _value(value: object, source: str) -> float:
    """A number; NaN where there is none."""
    if _empty(value):
        return float("nan")
    number = _number(value)
    if number is None and str(value).strip().lower() != "nan":
        raise InputError("{source} has '{value}' where a number is needed: correct it.", source=source, value=value)
    return float("nan") if number is None else number


def _empty(value: object) -> bool:
    return value is None or not str(value).strip()
