"""Observed rain: the mean of gauges, gaps, silent gauges, the last hours, and a forecast that goes on."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.rain.gauge_table import GaugeRows
from twin_plugin.core.flood.rain.rain_units import require_unit
from twin_plugin.core.flood.watch.observed_rain import doubts, observed_rain, silent, with_forecast


def rows(*table, unit="mm", source="'g'"):
    """Rows of (gauge, time, value)."""
    gauges, times, values = zip(*table, strict=True)
    units = [require_unit(unit, source)] * len(table)
    return GaugeRows(gauges, times, np.array(values, float), units, source)


def at(hour, minute=0):
    return f"2026-06-08T{hour:02d}:{minute:02d}Z"


def test_the_mean_of_gauges_with_a_gap_of_one():
    found = observed_rain(rows(("a", 5, 2), ("a", 10, 4), ("b", 5, 6), ("b", 10, math.nan)))
    assert found.series.end_min.tolist() == [5, 10]
    assert found.series.depth_mm.tolist() == [4, 4]
    assert found.gauges == {"a": 6, "b": 6}
    assert (found.gap_min, found.rows, found.left_out) == (0, 3, 1)


def test_intensities_and_moments_are_depths_from_the_first_step():
    found = observed_rain(rows(("a", at(8, 10), 12), ("a", at(8, 20), 24), ("a", at(8, 30), 6), unit="mm/h"))
    assert found.series.depth_mm.tolist() == pytest.approx([2, 4, 1])
    assert found.times.moment(found.start_min) == "2026-06-08T08:00Z"
    assert found.times.moment(found.end_min) == "2026-06-08T08:30Z"


def test_a_gap_of_all_gauges_is_dry_and_said():
    found = observed_rain(rows(*(("a", at(8, m), 1) for m in (10, 20, 30, 40)), ("a", at(9, 30), 1)))
    assert found.gap_min == pytest.approx(40)
    assert found.series.total_mm == 5
    assert any("no value for 40 of 90 min" in text for text in doubts(found, "'g'"))


def test_a_silent_gauge_is_named():
    found = observed_rain(
        rows(*(("a", at(8, m), 1) for m in (10, 20, 30, 40, 50)), *(("b", at(8, m), 1) for m in (10, 20)))
    )
    assert silent(found, 20) == ["b"]
    assert silent(found, 30) == []


def test_the_last_hours_only():
    found = observed_rain(rows(*(("a", 60 * h, h) for h in range(1, 7))), last_hours=2.5)
    assert found.series.total_mm == pytest.approx(6 + 5 + 4 / 2)
    assert found.left_out == 3


def test_a_forecast_goes_on_where_the_observations_end():
    observed = observed_rain(rows(("a", 5, 2), ("a", 10, 4)))
    joined, early = with_forecast(observed, rows(("f", 5, 9), ("f", 10, 9), ("f", 15, 3), ("f", 20, 1)))
    assert early == 2
    assert joined.series.end_min.tolist() == [5, 10, 15, 20]
    assert joined.series.depth_mm.tolist() == pytest.approx([2, 4, 3, 1])
    assert (joined.forecast_min, joined.end_min) == (10, 10)


def test_a_forecast_step_across_the_end_counts_with_its_later_part():
    observed = observed_rain(rows(("a", at(8, 10), 2), ("a", at(8, 20), 4)))
    joined, _ = with_forecast(observed, rows(("f", at(8, 30), 6), ("f", at(9), 9), ("f", at(9, 30), 9)))
    assert joined.series.depth_mm.tolist() == pytest.approx([2, 4, 6 / 3, 9, 9])


def test_times_of_two_kinds_and_a_forecast_of_the_past_are_refused():
    observed = observed_rain(rows(("a", at(8, 10), 2), ("a", at(8, 20), 4)))
    with pytest.raises(InputError, match="one kind"):
        with_forecast(observed, rows(("f", 30, 1), ("f", 60, 1)))
    with pytest.raises(InputError, match="later than the observations"):
        with_forecast(observed, rows(("f", at(7, 10), 1), ("f", at(7, 20), 1)))
    with pytest.raises(InputError, match="single value"):
        observed_rain(rows(("a", at(8), 1), ("b", at(8), 2)))
    with pytest.raises(InputError, match="no row"):
        observed_rain(rows(("a", None, 1), ("a", 5, math.nan)))
