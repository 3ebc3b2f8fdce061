"""The weights of runs: probabilities, return periods as a step function, equal shares."""

from __future__ import annotations

import math

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.ensemble.run_table import RunRow
from twin_plugin.core.flood.ensemble.weights import WeightKind, weights_of


def runs(**columns):
    count = len(next(iter(columns.values())))
    return [RunRow(n + 1, f"run {n}", **{name: values[n] for name, values in columns.items()}) for n in range(count)]


def test_return_periods_add_up_to_the_annual_exceedance_probability():
    weights = weights_of(runs(return_period_a=[100.0, 10.0, 50.0]))
    assert weights.kind is WeightKind.RETURN_PERIODS
    by_hand = {"run 1": 1 / 10 - 1 / 50, "run 2": 1 / 50 - 1 / 100, "run 0": 1 / 100}
    assert weights.by_name == pytest.approx(by_hand)
    # A cell that floods from the 50-year storm on floods once in 50 years.
    assert weights.by_name["run 2"] + weights.by_name["run 0"] == pytest.approx(1 / 50)


def test_runs_of_one_return_period_share_its_weight():
    weights = weights_of(runs(return_period_a=[20.0, 20.0, 100.0]))
    assert weights.by_name["run 0"] == weights.by_name["run 1"] == pytest.approx((1 / 20 - 1 / 100) / 2)


def test_probabilities_count_as_they_are_and_equal_weights_are_said():
    assert weights_of(runs(probability=[0.2, 0.05])).by_name == {"run 0": 0.2, "run 1": 0.05}
    equal = weights_of(runs(cost=[1.0, 2.0, 3.0, 4.0]))
    assert set(equal.by_name.values()) == {0.25}
    assert "no probability" in str(equal.note())


def test_weights_that_lack_or_add_up_to_too_much_are_refused():
    with pytest.raises(InputError, match="'run 1' has no probability"):
        weights_of(runs(probability=[0.2, math.nan]))
    with pytest.raises(InputError, match="'run 0' has no return_period_a"):
        weights_of(runs(return_period_a=[math.nan, 5.0]))
    with pytest.raises(InputError, match=r"add up to 1\.1"):
        weights_of(runs(probability=[0.6, 0.5]))
