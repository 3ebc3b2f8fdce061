"""The curve of a chart has below it what is integrated, part by part."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from twin_plugin.core.risk.damage_curve import Part, damage_curve
from twin_plugin.core.risk.expected_damage import Integral, Rule, Tail, expected_damage

PERIODS, DAMAGE = (1, 2, 5, 25, 50, 100), np.array((5, 10, 50, 300, 1200, 3000), float)


def below(item):
    """The area below a piece of the curve, by trapezoids."""
    return float((np.diff(item.probability) * (item.damage[1:] + item.damage[:-1]) / 2).sum())


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("tail", list(Tail))
@pytest.mark.parametrize("zero_a", [0.0, 0.5])
def test_the_area_below_each_part_is_that_part(rule, tail, zero_a):
    integral = Integral(rule, tail, zero_a)
    found = expected_damage(PERIODS, DAMAGE[np.newaxis], integral)
    area = {item.part: below(item) for item in damage_curve(PERIODS, DAMAGE, integral)}
    assert area.get(Part.RARE_TAIL, 0.0) == pytest.approx(found.rare_tail[0])
    assert area.get(Part.FREQUENT_TAIL, 0.0) == pytest.approx(found.frequent_tail[0])
    assert sum(area.values()) == pytest.approx(found.total[0], rel=1e-12 if rule is Rule.TRAPEZOID else 2e-4)


def test_the_curve_is_one_line_from_never_to_the_return_period_without_damage():
    parts = damage_curve(PERIODS, DAMAGE, Integral(Rule.LOG_LINEAR, Tail.FLAT, 0.5))
    along = np.concatenate([item.probability for item in parts])
    assert (np.diff(along) >= 0).all()
    assert (along[0], along[-1]) == (0.0, 2.0)
    for before, after in pairwise(parts):
        assert before.damage[-1] == pytest.approx(after.damage[0])
