"""The curve of damage over annual probability as it is integrated, part by part, for a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from ..common.cells import FloatArray
from .expected_damage import Integral, Rule, Tail

STEPS = 64
"""Points between two events where the curve is not straight."""


class Part(StrEnum):
    """A part of the area below the curve."""

    RARE_TAIL = "rare_tail"
    BETWEEN = "between"
    FREQUENT_TAIL = "frequent_tail"


@dataclass(frozen=True)
class CurvePart:
    """A piece of the curve; the area below it is its part of the expected annual damage.

    Attributes
    ----------
    probability : ndarray of float64, shape (points,)
        In a year, rising.
    damage : ndarray of float64, shape (points,)
    """

    part: Part
    probability: FloatArray
    damage: FloatArray


def damage_curve(return_periods_a: Sequence[float], damage: FloatArray, integral: Integral) -> list[CurvePart]:
    """The pieces of the curve that `expected_damage` integrates, from rare to frequent.

    Parameters
    ----------
    return_periods_a : sequence of float, length events
        Years, from frequent to rare.
    damage : ndarray of float64, shape (events,)
    integral : Integral
    """
    periods, values = np.array(return_periods_a, np.float64), np.asarray(damage, np.float64)
    parts = []
    if integral.tail is Tail.FLAT:
        rare = np.array([0.0, 1.0 / periods[-1]])
        parts.append(CurvePart(Part.RARE_TAIL, rare, np.full(2, values[-1])))
    if integral.rule is Rule.TRAPEZOID:
        parts.append(CurvePart(Part.BETWEEN, 1.0 / periods[::-1], values[::-1]))
    else:
        at = np.unique(np.concatenate([np.linspace(start, end, STEPS) for start, end in pairwise(periods)]))
        between = np.interp(np.log(at), np.log(periods), values)
        parts.append(CurvePart(Part.BETWEEN, 1.0 / at[::-1], between[::-1]))
    if integral.zero_return_period_a:
        often = np.array([1.0 / periods[0], 1.0 / integral.zero_return_period_a])
        parts.append(CurvePart(Part.FREQUENT_TAIL, often, np.array([values[0], 0.0])))
    return parts
