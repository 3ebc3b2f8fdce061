"""Expected annual damage against worked numbers and a fine numerical integral; tails, order, faults, present value."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.expected_damage import Integral, Rule, Tail, expected_damage, order_of, present_value

FOUR = ((2, 5, 10, 25), (0, 100, 200, 400))
SIX = ((1, 2, 5, 25, 50, 100), (5, 10, 50, 300, 1200, 3000))


def total(events, rule=Rule.TRAPEZOID, tail=Tail.NONE, zero=0.0):
    return float(expected_damage(events[0], np.array([events[1]], float), Integral(rule, tail, zero)).total[0])


@pytest.mark.parametrize(
    ("events", "rule", "tail", "worked"),
    [
        (FOUR, Rule.TRAPEZOID, Tail.NONE, 48),
        (FOUR, Rule.TRAPEZOID, Tail.FLAT, 64),
        (FOUR, Rule.LOG_LINEAR, Tail.NONE, 44.26393),
        (FOUR, Rule.LOG_LINEAR, Tail.FLAT, 60.26393),
        (SIX, Rule.TRAPEZOID, Tail.FLAT, 106.75),
        (SIX, Rule.LOG_LINEAR, Tail.FLAT, 98.4934),
    ],
)
def test_the_worked_numbers(events, rule, tail, worked):
    assert total(events, rule, tail) == pytest.approx(worked, abs=5e-5)


def test_log_linear_equals_a_fine_sum_over_probability():
    edges = np.linspace(0.01, 1.0, 2_000_001)
    middle = 0.5 * (edges[1:] + edges[:-1])
    fine = np.interp(np.log(1 / middle), np.log(SIX[0]), SIX[1]).sum() * (edges[1] - edges[0])
    assert total(SIX, Rule.LOG_LINEAR) == pytest.approx(fine, rel=1e-8)


def test_the_tails_are_named_parts():
    found = expected_damage(SIX[0], np.array([SIX[1]], float), Integral(zero_return_period_a=0.5))
    assert found.rare_tail[0] == 30
    assert found.frequent_tail[0] == pytest.approx(0.5 * 5 * (2 - 1))
    assert found.total[0] == pytest.approx(106.75 + 2.5)


def test_any_order_gives_the_same_bits():
    for order in itertools.permutations(range(4)):
        events = [FOUR[0][n] for n in order], [FOUR[1][n] for n in order]
        assert total(events, Rule.LOG_LINEAR, Tail.FLAT) == total(FOUR, Rule.LOG_LINEAR, Tail.FLAT)


def test_assets_add_up_and_an_unknown_event_makes_its_asset_unknown():
    damage = np.array([[0, 100, 200, 400], [0, 50, 40, 300], [0, np.nan, 1, 2]], float)
    found = expected_damage(FOUR[0], damage, Integral())
    whole = expected_damage(FOUR[0], damage[:2].sum(axis=0, keepdims=True), Integral())
    assert found.total[:2].sum() == pytest.approx(whole.total[0], rel=1e-14)
    assert np.isnan(found.total[2])
    assert found.falling.tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("periods", "sentence"),
    [
        ([10, 2, 10], "'a' and 'c' both have the return period 10 years"),
        ([10, 0, 5], "'b' is 0 years"),
        ([10], "at least two events"),
    ],
)
def test_impossible_events_are_refused_with_their_names(periods, sentence):
    with pytest.raises(InputError, match=sentence):
        order_of(periods, ["a", "b", "c"][: len(periods)])


def test_damage_cannot_begin_after_the_first_event():
    with pytest.raises(InputError, match="below that of the most frequent event, 2 years"):
        total(FOUR, zero=2.0)


def test_a_measure_by_its_present_value():
    periods = (2, 5, 10, 25, 100)
    without, with_it = (total((periods, d), tail=Tail.FLAT) for d in ((0, 100, 200, 400, 900), (0, 0, 50, 300, 900)))
    assert (without, with_it) == pytest.approx((76.5, 40))
    assert present_value(without - with_it, 50, 4) == pytest.approx(784.10, abs=0.005)
    assert present_value(without - with_it, 50, 4) / 500 == pytest.approx(1.568, abs=5e-4)
    assert present_value(without - with_it, 50, 7) / 500 == pytest.approx(1.007, abs=5e-4)
    assert present_value(10, 5, 0) == 50
