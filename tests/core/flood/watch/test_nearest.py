"""The nearest run: against a search by hand, left one out, twice the largest, levels, and how sure."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.rainfall import Pattern, design_storm, published_formula, read_formulas
from twin_plugin.core.flood.rainfall_series import RainSeries
from twin_plugin.core.flood.watch.nearest import Nearness, Side, Situation, rank, relative_differences
from twin_plugin.core.flood.watch.rain_windows import rain_windows

PERIODS = (2, 3, 5, 10, 20, 30, 50, 100)


def storms():
    from pathlib import Path

    table = Path(__file__).parents[4] / "resources" / "tables" / "design_storms.csv"
    formulas = read_formulas(table)
    return [design_storm(published_formula(formulas, "central", p), 120, 5, Pattern.CHICAGO, 0.4) for p in PERIODS]


def situation(rain, **water):
    return Situation(rain_windows(rain), water)


def scaled(rain, factor):
    return RainSeries(rain.end_min, rain.depth_mm * factor)


def by_hand(one, other):
    """The mean relative difference of the five measures."""
    pairs = zip([*one.rain.most_mm, one.rain.total_mm], [*other.rain.most_mm, other.rain.total_mm], strict=True)
    return sum(abs(a - b) / max(a, b) for a, b in pairs) / 5


def test_each_storm_left_out_finds_the_nearest_of_the_rest():
    runs = [situation(rain) for rain in storms()]
    for left_out, observed in enumerate(runs):
        rest = [run for number, run in enumerate(runs) if number != left_out]
        distances = [by_hand(observed, run) for run in rest]
        ranking = rank(observed, rest, Nearness(0.3))
        assert ranking.rows[0].run == int(np.argmin(distances))
        assert [row.distance for row in ranking.rows] == pytest.approx(sorted(distances))
        neighbours = {left_out - 1, left_out}  # their places among the rest
        assert ranking.rows[0].run in neighbours
        first, second = sorted(distances)[:2]
        assert ranking.sure == pytest.approx(1 - first / second)


def test_a_storm_twice_the_largest_or_half_the_smallest_is_near_none():
    runs = [situation(rain) for rain in storms()]
    ranking = rank(situation(scaled(storms()[-1], 2.0)), runs, Nearness())
    assert not ranking.is_near
    assert ranking.rows[0].run == len(runs) - 1
    assert set(ranking.outside.values()) == {Side.ABOVE}
    low = rank(situation(scaled(storms()[0], 0.5)), runs, Nearness())
    assert not low.is_near
    assert set(low.outside.values()) == {Side.BELOW}


def test_a_burst_beyond_all_runs_is_near_none_though_the_mean_is():
    rain = storms()[4]
    peak = int(np.argmax(rain.depth_mm))
    burst = rain.depth_mm.copy()
    burst[peak - 1 : peak + 1] *= 3
    burst *= rain.total_mm / burst.sum()
    ranking = rank(situation(RainSeries(rain.end_min, burst)), [situation(rain)], Nearness(0.45))
    assert ranking.rows[0].distance < 0.45
    assert ranking.outside == {"most_10min_mm": Side.ABOVE}
    assert not ranking.is_near


def test_the_same_storm_at_another_time_is_the_same_and_sure():
    runs = [situation(rain) for rain in storms()]
    rain = storms()[3]
    late = RainSeries(np.concatenate([[90.0], rain.end_min + 90]), np.concatenate([[0.0], rain.depth_mm]))
    ranking = rank(situation(late), runs, Nearness())
    assert (ranking.rows[0].run, ranking.rows[0].distance, ranking.sure) == (3, pytest.approx(0, abs=1e-12), 1.0)
    assert ranking.is_near


def test_runs_with_the_same_rain_are_equal_and_the_order_of_runs_does_not_matter():
    runs = [situation(rain) for rain in storms()[:3]]
    ranking = rank(runs[1], [runs[1], runs[0], runs[1]], Nearness())
    assert (ranking.equal, ranking.sure) == (2, 1.0)
    again = rank(runs[1], runs[::-1], Nearness())
    assert [row.distance for row in again.rows] == [row.distance for row in rank(runs[1], runs, Nearness()).rows]
    assert rank(runs[0], runs[:1], Nearness()).sure is None


def test_levels_tell_runs_of_one_rain_apart():
    rain = storms()[4]
    clear, blocked = situation(rain, A=2.10, B=1.00), situation(rain, A=2.60, B=1.10)
    ranking = rank(situation(rain, A=2.55, C=9.0), [clear, blocked], Nearness(water_scale_m=0.5))
    assert [row.run for row in ranking.rows] == [1, 0]
    assert ranking.rows[0].water_distance == pytest.approx(0.05 / 0.5)
    assert ranking.rows[0].distance == pytest.approx(0.05)
    high = rank(situation(rain, A=3.0), [clear, blocked], Nearness(0.4))
    assert (high.is_near, high.outside) == (False, {"A": Side.ABOVE})


def test_small_measures_and_unknown_ones_do_not_count():
    coarse = Situation(rain_windows(RainSeries(np.array([60.0]), np.array([30.0]))))
    fine = situation(RainSeries(np.array([5.0, 60.0]), np.array([10.0, 20.0])))
    assert np.isnan(relative_differences(coarse.rain, fine.rain)[:2]).all()
    assert rank(fine, [coarse], Nearness()).rows[0].distance == 0
    dry = situation(RainSeries(np.array([5.0]), np.array([0.2])))
    assert rank(dry, [dry, fine], Nearness()).rows[0].run == 0


def test_impossible_settings_and_no_runs_are_refused():
    with pytest.raises(InputError, match="no stored run"):
        rank(situation(storms()[0]), [], Nearness())
    with pytest.raises(InputError, match="below 1"):
        Nearness(1.0)
