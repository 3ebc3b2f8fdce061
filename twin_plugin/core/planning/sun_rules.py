"""Rules of sunlight: on which day, when, and how long a window must have the sun; rows of an editable table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message
from ..common.prisms import Bools, Floats
from ..common.sun_position import SunDay

COLUMNS = (
    "rule", "title_en", "title_zh", "month", "day", "time", "start_h", "end_h", "hours", "spells", "least_min",
    "wall_angle_deg", "altitude_deg", "point", "sill_m", "step_min", "zones", "uses", "source",
)  # fmt: skip
SOLAR, SILL, WINDOW, ALL = "tst", "sill", "window", "all"
_ROUNDING_H = 1e-7
"""A spell that is as long as it must be may miss that by rounding (0.4 ms)."""


@dataclass(frozen=True)
class SunRule:
    """A rule of sunlight.

    Attributes
    ----------
    rule : str
    titles : dict of str
        By language.
    month, day : int
    start_h, end_h : float
        The band, in true solar time.
    hours : float
        How long the sun must shine within the band.
    spells : int
        0 for the sum of all spells, 1 for the longest, k for the k longest.
    least_min : float
        A shorter spell does not count.
    wall_angle_deg : float
        Smallest angle between ray and wall in plan.
    altitude_deg : float
        Lowest altitude of the sun.
    whole_window : bool
        Whether the sun must reach both ends of the sill at once, not only its middle.
    sill_m : float
        Height of the point above the floor.
    step_min : float
        Longest step where hours are sampled.
    zones, uses, source : str
    """

    rule: str
    titles: Mapping[str, str]
    month: int
    day: int
    start_h: float
    end_h: float
    hours: float
    spells: int
    least_min: float
    wall_angle_deg: float
    altitude_deg: float
    whole_window: bool
    sill_m: float
    step_min: float
    zones: str = ""
    uses: str = ""
    source: str = ""

    def on(self, year: int) -> date:
        """The rule's day in a year."""
        return date(year, self.month, self.day)

    def band(self, sun: SunDay) -> tuple[float, float]:
        """The part of the band in which the sun is high enough, in true solar time.

        Raises
        ------
        InputError
            When it is at no time.
        """
        times = np.linspace(self.start_h, self.end_h, 2001)
        high = _high(sun, times, self.altitude_deg)
        if not high.any():
            raise InputError(
                "On {day} the sun stays below {altitude:g}° during the whole band of the rule '{rule}' ({start:g} to "
                "{end:g} h) at latitude {latitude:.2f}°: choose another rule, or correct the CRS of the layers.",
                day=sun.day.isoformat(),
                altitude=self.altitude_deg,
                rule=self.rule,
                start=self.start_h,
                end=self.end_h,
                latitude=sun.latitude_deg,
            )
        first, last = np.flatnonzero(high)[[0, -1]]
        start = times[0] if first == 0 else _crossing(sun, times[first - 1], times[first], self.altitude_deg)
        end = times[-1] if last == len(times) - 1 else _crossing(sun, times[last + 1], times[last], self.altitude_deg)
        return float(start), float(end)

    def long_enough(self, spells_h: Floats) -> Bools:
        """Whether spells of so many hours count."""
        return spells_h >= self.least_min / 60.0 - _ROUNDING_H

    def passed(self, hours: Floats) -> Bools:
        """Whether so many counted hours are enough."""
        return hours >= self.hours - _ROUNDING_H

    def notes(self, sun: SunDay, zone_h: float) -> list[Message]:
        """What a reader of the results should know of the band."""
        start, end = self.band(sun)
        notes = list[Message]()
        if start > self.start_h + 1e-6 or end < self.end_h - 1e-6:
            text = "The sun is above {altitude:g}° only from {start} to {end} of the band."
            notes.append(Message(text, altitude=self.altitude_deg, start=hours_text(start), end=hours_text(end)))
        if 0.2 < abs((self.start_h + self.end_h) / 2 - 12.0) < 1.5:
            first, last = (hours_text(float(sun.clock_h(at, zone_h))) for at in (self.start_h, self.end_h))
            notes.append(
                Message(
                    "The band of the rule '{rule}' is not the same before and after solar noon, as if it were in clock "
                    "time: it is true solar time, {start} to {end} by the clock of UTC{zone:+g}.",
                    rule=self.rule,
                    start=first,
                    end=last,
                    zone=zone_h,
                )
            )
        return notes


def hours_text(hours: float) -> str:
    """A time of the day with seconds, 08:34:41."""
    seconds = round(hours * 3600.0)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def read_rules(path: Path) -> dict[str, SunRule]:
    """The rules of a table by id, in its order.

    Raises
    ------
    InputError
        Naming the rule, what is wrong with it and the cure.
    """
    rules: dict[str, SunRule] = {}
    for row in read_rows(path, COLUMNS, Message("The table of rules of sunlight")):
        rule = _rule(row, path)
        if rule.rule in rules:
            raise _wrong(rule.rule, path, Message("its id is there twice: give each rule an id of its own"))
        rules[rule.rule] = rule
    return rules


def _rule(row: Mapping[str, str], path: Path) -> SunRule:
    text = {column: row[column].strip() for column in COLUMNS}
    name = text["rule"]
    fault = _fault(text)
    if fault is not None:
        raise _wrong(name or "?", path, fault)
    start, end = (_number(row, column, path, 0, 24) for column in ("start_h", "end_h"))
    if not start < end:
        reason = Message(
            "its band is empty ({start:g} to {end:g} h): end_h must be after start_h", start=start, end=end
        )
        raise _wrong(name, path, reason)
    month, day = int(_number(row, "month", path, 1, 12)), int(_number(row, "day", path, 1, 31))
    try:
        date(2001, month, day)
    except ValueError as error:
        raise _wrong(name, path, Message("there is no day {day} in month {month}", day=day, month=month)) from error
    english = text["title_en"] or name
    return SunRule(
        rule=name,
        titles={"en": english, "zh": text["title_zh"] or english},
        month=month,
        day=day,
        start_h=start,
        end_h=end,
        hours=_number(row, "hours", path, 0, end - start),
        spells=0 if text["spells"].lower() == ALL else int(text["spells"]),
        least_min=_number(row, "least_min", path, 0, (end - start) * 60),
        wall_angle_deg=_number(row, "wall_angle_deg", path, 0, 89),
        altitude_deg=_number(row, "altitude_deg", path, 0, 89),
        whole_window=text["point"] == WINDOW,
        sill_m=_number(row, "sill_m", path, 0, 10),
        step_min=_number(row, "step_min", path, 0.1, 60),
        zones=text["zones"],
        uses=text["uses"],
        source=text["source"],
    )


def _fault(text: Mapping[str, str]) -> Message | None:
    """What is wrong with the words of a row."""
    if not text["rule"]:
        return Message("it has no id in the column rule")
    if text["time"].lower() != SOLAR:
        return Message(
            "its time is '{time}' and not 'tst': sunlight is reviewed in true solar time, from which clocks differ by "
            "half an hour and more, so give the band in it",
            time=text["time"],
        )
    spells = text["spells"].lower()
    if spells != ALL and not (spells.isdecimal() and 1 <= int(spells) <= 99):
        return Message("spells is '{text}': it must be all, or the number of the longest ones, such as 1", text=spells)
    if text["point"] not in (SILL, WINDOW):
        return Message("point is '{text}': it must be sill or window", text=text["point"])
    return None


def _number(row: Mapping[str, str], column: str, path: Path, least: float, most: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = math.nan
    if least <= value <= most:
        return value
    raise _wrong(
        row["rule"].strip(),
        path,
        Message(
            "{column} is '{text}': it must be a number from {least:g} to {most:g}",
            column=column, text=row[column].strip(), least=least, most=most,
        ),
    )  # fmt: skip


def _wrong(rule: str, path: Path, reason: Message) -> InputError:
    return InputError(
        "The rule '{rule}' of '{path}' cannot be used: {reason}.", rule=rule[:60], path=path.name, reason=reason
    )


def _high(sun: SunDay, times: Floats, altitude_deg: float) -> Bools:
    return sun.at(times).altitude_deg >= altitude_deg


def _crossing(sun: SunDay, low: float, high: float, altitude_deg: float) -> float:
    """When the sun passes an altitude between a time at which it is lower and one at which it is higher."""
    for _ in range(40):
        middle = (low + high) / 2
        if _high(sun, np.array([middle]), altitude_deg)[0]:
            high = middle
        else:
            low = middle
    return high
