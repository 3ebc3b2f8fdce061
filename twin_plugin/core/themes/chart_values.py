"""Values of charts: a number for each category or x, from the values of the features that have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ..common.messages import Message
from .indicator_values import statistic_of
from .theme import Chart, Statistic

MOST_ROWS = 1000
"""Categories of a chart; nobody reads more."""

X = float | str | datetime


@dataclass(frozen=True)
class ChartRows:
    """A chart's bars or points, in ascending order of x.

    Attributes
    ----------
    rows : tuple of (x, y)
    used, left_out : int
        Features.
    notes : tuple of Message
        What a reader must know, such as what was left out and why.
    """

    rows: tuple[tuple[X, float], ...] = ()
    used: int = 0
    left_out: int = 0
    notes: tuple[Message, ...] = field(default_factory=tuple)


def gathered(chart: Chart, pairs: Iterable[tuple[X, float]]) -> tuple[tuple[X, float], ...]:
    """The rows of a chart from the x and y of features; numbers come before times, and these before texts."""
    groups: dict[X, list[float]] = {}
    for x, y in pairs:
        groups.setdefault(x, []).append(y)
    ordered = sorted(groups, key=_order)
    values = [statistic_of(chart.statistic, groups[x]) for x in ordered]
    return tuple((x, y) for x, y in zip(ordered, values, strict=True) if y is not None)


def takes_no_value(chart: Chart) -> bool:
    """Whether a chart counts features and asks for no value of theirs."""
    return chart.statistic is Statistic.COUNT


def _order(x: X) -> tuple[int, float, str]:
    if isinstance(x, str):
        return 2, 0.0, x
    return (1, x.timestamp(), "") if isinstance(x, datetime) else (0, float(x), "")
