"""Times of rain: minutes from the start of a storm, or moments of a calendar, with or without a time zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class RainTimes:
    """Times in minutes, from the start of a storm or, where they are dated, from 1970 on.

    Attributes
    ----------
    minutes : float64 array
        NaN where a row has none.
    dated, zoned : bool
        Whether they are moments of a calendar, and whether these name their time zone (then `minutes` are in UTC).
    """

    minutes: FloatArray
    dated: bool = False
    zoned: bool = False

    def moment(self, minutes: float) -> str:
        """A time as people read it."""
        if not self.dated:
            return f"{minutes:g} min"
        return moment_text(minutes, self.zoned)


def moment_text(minutes: float, zoned: bool) -> str:
    """A moment of a calendar from its minutes since 1970, with Z where it is in UTC."""
    moment = datetime(1970, 1, 1) + timedelta(minutes=minutes)
    return moment.isoformat(timespec="seconds" if moment.second else "minutes") + ("Z" if zoned else "")


def read_times(values: Sequence[object], source: str) -> RainTimes:
    """Times of a column: numbers are minutes, dates and ISO 8601 texts moments.

    Raises
    ------
    InputError
        When a value is neither, or numbers and dates, or dates with and without a time zone, are mixed.
    """
    found = [_time(value, source) for value in values]
    dates = [time for time in found if isinstance(time, datetime)]
    if not dates:
        return RainTimes(np.array([np.nan if time is None else time for time in found], np.float64))
    if any(isinstance(time, float) for time in found):
        raise InputError("{source} has times in minutes and dates: give all rows the one or the other.", source=source)
    zones = {moment.tzinfo is not None for moment in dates}
    if len(zones) > 1:
        raise InputError(
            "{source} has times with a time zone and times without: write all as 2026-06-01T08:00+08:00, or none.",
            source=source,
        )
    minutes = [minutes_of(time) if isinstance(time, datetime) else np.nan for time in found]
    return RainTimes(np.array(minutes, np.float64), True, zones == {True})


def minutes_of(moment: datetime) -> float:
    """Minutes of a moment since 1970, in UTC where it has a time zone, else as its clock shows."""
    zone = UTC if moment.tzinfo is not None else None
    return (moment - datetime(1970, 1, 1, tzinfo=zone)) / timedelta(minutes=1)


def read_moment(text: str) -> datetime | None:
    """A moment from a text: ISO 8601 and its usual relatives (a space for the T, / for -); None where it is none."""
    plain = re.sub(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}", text)
    try:
        return datetime.fromisoformat(plain.strip())
    except ValueError:
        return None


def _time(value: object, source: str) -> float | datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, int | float):
        return None if value != value else float(value)
    text = str(value).strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        moment = read_moment(text)
    if moment is None:
        raise InputError(
            "The time '{value}' of {source} is neither a number of minutes nor a date as 2026-06-01T08:00: correct "
            "the row.",
            value=text[:40],
            source=source,
        )
    return moment
