"""Times and steps of a SWMM input."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ...common.errors import InputError
from .inp_text import InpText

LONGEST_ROUTING_STEP_S = 5.0
"""The street changes within seconds, and the pipes follow it."""
_USUAL_START = "01/01/2004"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def start_of(text: InpText) -> datetime:
    """When the input's clock starts; its series of tides and inflows refer to that.

    Raises
    ------
    InputError
        When START_DATE or START_TIME make no sense.
    """
    day, time = text.option("START_DATE", _USUAL_START), text.option("START_TIME", "00:00:00")
    try:
        month, number, year = re.split("[-/]", day)
        if not month.isdigit():
            month = str(_MONTHS.index(month[:3].upper()) + 1)
        return datetime(int(year), int(month), int(number)) + timedelta(seconds=seconds_of(time, 3600.0))
    except ValueError:
        raise InputError(
            "'{source}': START_DATE '{day}' and START_TIME '{time}' must be as 12/31/2024 and 23:59:00.",
            source=text.source,
            day=day,
            time=time,
        ) from None


def end_of(start: datetime, duration_s: float) -> datetime:
    """The time so much later."""
    return start + timedelta(seconds=duration_s)


def routing_step_s(text: InpText) -> float:
    """ROUTING_STEP in seconds.

    Raises
    ------
    InputError
        When it is no time above 0.
    """
    word = text.option("ROUTING_STEP", "300")
    try:
        step_s = seconds_of(word, 1.0)
    except ValueError:
        step_s = 0.0
    if not step_s > 0:
        raise InputError(
            "'{source}': ROUTING_STEP '{word}' must be a time above 0, as 5 or 00:00:05.", source=text.source, word=word
        )
    return step_s


def seconds_of(word: str, unit_s: float) -> float:
    """Seconds of h:mm:ss, h:mm, or of a number in a unit.

    Raises
    ------
    ValueError
        When the word is none of them.
    """
    if ":" not in word:
        return float(word) * unit_s
    parts = [float(part) for part in word.split(":")]
    return sum(part * scale for part, scale in zip(parts, (3600.0, 60.0, 1.0), strict=False))
