"""Inflows that a SWMM input has of its own: refused where they take water, which SWMM does without having any."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from ...common.errors import InputError
from ...common.messages import Message
from .inp_objects import key, number
from .inp_text import InpLine, InpText

_DATE = re.compile(r"\d+[/-]\w+[/-]\d+")
_SCALE, _BASELINE = 5, 6
"""Items of a line of INFLOWS."""


def refuse_withdrawals(text: InpText, series: Iterable[InpLine]) -> None:
    """Refuse inflows below 0.

    SWMM takes a negative inflow from a node whether it has water or not, so that it creates what it took.

    Parameters
    ----------
    text : InpText
    series : iterable of InpLine
        The lines of TIMESERIES, with the rows of files.

    Raises
    ------
    InputError
        For the first line of INFLOWS or DWF that falls below 0.
    """
    lowest: dict[str, list[float]] = {}
    for line in series:
        lowest.setdefault(key(line.item(0)), []).extend(_values(line))
    for line in text.lines("INFLOWS"):
        if line.item(1).upper() != "FLOW":
            continue
        scale = number(text, line, _SCALE, Message("factor"), 1.0)
        least = min((scale * value for value in lowest.get(key(line.item(2)), ())), default=0.0)
        _refuse_below_0(text, line, least + number(text, line, _BASELINE, Message("baseline"), 0.0))
    for line in text.lines("DWF"):
        if line.item(1).upper() == "FLOW":
            _refuse_below_0(text, line, number(text, line, 2, Message("average"), 0.0))


def _values(line: InpLine) -> list[float]:
    """The values of a row of a time series, which are pairs of a time and a value, dates apart."""
    items = [item for item in line.items[1:] if not _DATE.fullmatch(item)]
    return [value for value in map(_number, items[1::2]) if math.isfinite(value)]


def _number(word: str) -> float:
    """NaN where a word is no number: SWMM tells of that."""
    try:
        return float(word)
    except ValueError:
        return math.nan


def _refuse_below_0(text: InpText, line: InpLine, least: float) -> None:
    if least < 0:
        raise InputError(
            "'{source}', line {line}: the inflow of '{name}' falls to {value:g}, and SWMM takes it whether there is "
            "water or not. Make it a pump or an outlet to an outfall, or correct its sign.",
            source=text.source,
            line=line.number,
            name=line.item(0),
            value=least,
        )
