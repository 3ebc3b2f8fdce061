"""Expected annual damage: the integral of damage over annual probability, for each asset, with named tails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray
from ..common.errors import InputError


class Rule(StrEnum):
    """How damage runs between two events."""

    TRAPEZOID = "trapezoid"
    """Straight over annual probability."""
    LOG_LINEAR = "log_linear"
    """Straight over the logarithm of the return period."""


class Tail(StrEnum):
    """What events that are rarer than the rarest one cost."""

    NONE = "none"
    FLAT = "flat"
    """As much as the rarest event."""


@dataclass(frozen=True)
class Integral:
    """How the damage of events becomes damage a year.

    Attributes
    ----------
    rule : Rule
    tail : Tail
    zero_return_period_a : float
        Return period without damage: from there damage rises straight over probability to that of the most frequent
        event. 0: events more frequent than the most frequent one are left out.
    """

    rule: Rule = Rule.TRAPEZOID
    tail: Tail = Tail.FLAT
    zero_return_period_a: float = 0.0


@dataclass(frozen=True)
class ExpectedDamage:
    """Damage a year of each asset, in the unit of the damage.

    Attributes
    ----------
    total : ndarray of float64, shape (assets,)
        With both tails; NaN where the damage of an event is unknown.
    rare_tail, frequent_tail : ndarray of float64, shape (assets,)
        The parts beyond the rarest and before the most frequent event.
    falling : ndarray of bool, shape (assets,)
        Where a rarer event costs less than a more frequent one.
    """

    total: FloatArray
    rare_tail: FloatArray
    frequent_tail: FloatArray
    falling: NDArray[np.bool_]


def order_of(return_periods_a: Sequence[float], names: Sequence[str]) -> list[int]:
    """The order of events from frequent to rare.

    Raises
    ------
    InputError
        For fewer than two events, an impossible return period, or one that two events have, with their names.
    """
    if len(return_periods_a) < 2:
        raise InputError("Expected annual damage needs at least two events with different return periods.")
    for period, name in zip(return_periods_a, names, strict=True):
        if not (math.isfinite(period) and period > 0):
            raise InputError(
                "The return period of '{name}' is {period} years: it must be above 0.", name=name, period=period
            )
    order = sorted(range(len(names)), key=lambda event: return_periods_a[event])
    for first, second in pairwise(order):
        if return_periods_a[first] == return_periods_a[second]:
            raise InputError(
                "'{first}' and '{second}' both have the return period {period:g} years: leave one of them out.",
                first=names[first],
                second=names[second],
                period=return_periods_a[first],
            )
    return order


def expected_damage(return_periods_a: Sequence[float], damage: FloatArray, integral: Integral) -> ExpectedDamage:
    """Integrate the damage of assets over annual probability (1 / return period).

    Parameters
    ----------
    return_periods_a : sequence of float, length events
        Years, in any order.
    damage : ndarray of float64, shape (assets, events)
        NaN where unknown.
    integral : Integral

    Raises
    ------
    InputError
        As `order_of`, or when the return period without damage is not below the smallest one.

    References
    ----------
    Olsen and others (2015): Comparing methods of calculating expected annual damage in urban pluvial flood risk
    assessments. Water 7, 255-270, doi:10.3390/w7010255.
    """
    order = order_of(return_periods_a, [f"{period:g}" for period in return_periods_a])
    periods = np.array(return_periods_a, np.float64)[order]
    values = np.asarray(damage, np.float64)[:, order]
    zero_a = integral.zero_return_period_a
    if zero_a and not 0 < zero_a < periods[0]:
        raise InputError(
            "The return period without damage is {zero:g} years: it must be below that of the most frequent event, "
            "{first:g} years.",
            zero=zero_a,
            first=float(periods[0]),
        )
    frequent = 0.5 * values[:, 0] * (1 / zero_a - 1 / periods[0]) if zero_a else 0.0 * values[:, 0]
    rare = values[:, -1] / periods[-1] if integral.tail is Tail.FLAT else 0.0 * values[:, -1]
    with np.errstate(invalid="ignore"):
        falling = (np.diff(values, axis=1) < 0).any(axis=1)
    return ExpectedDamage(_between(periods, values, integral.rule) + rare + frequent, rare, frequent, falling)


def _between(periods: FloatArray, values: FloatArray, rule: Rule) -> FloatArray:
    """The integral from the rarest to the most frequent event, for each asset."""
    often, rarely = 1 / periods[:-1], 1 / periods[1:]
    first, second = values[:, :-1], values[:, 1:]
    if rule is Rule.TRAPEZOID:
        return np.asarray((0.5 * (first + second) * (often - rarely)).sum(axis=1), np.float64)
    # With D = D1 + (D2 - D1) ln(p1 / p) / ln(p1 / p2), the integral from p2 to p1 in closed form.
    logarithm = np.log(often / rarely)
    parts = first * (often - rarely) + (second - first) * ((often - rarely) / logarithm - rarely)
    return np.asarray(parts.sum(axis=1), np.float64)


def present_value(yearly: float, years: float, discount_pct: float) -> float:
    """What a yearly benefit at the end of each of so many years is worth today."""
    rate = discount_pct / 100.0
    return yearly * years if rate == 0 else yearly * (1.0 - (1.0 + rate) ** -years) / rate
