"""The measures of a rain: against a search over all windows, whatever its steps; and a rain so far."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.flood.rainfall_series import RainSeries, uniform
from twin_plugin.core.flood.watch.rain_windows import WINDOWS_MIN, first_rain_min, rain_windows, so_far


def series(*steps):
    return RainSeries(*np.array(steps, float).T)


def test_the_most_equals_a_fine_search_over_windows():
    rng = np.random.default_rng(7)
    ends = np.cumsum(rng.integers(1, 9, 40)).astype(float)
    rain = RainSeries(ends, rng.exponential(1.0, 40))
    starts = np.arange(-150.0, ends[-1], 0.05)
    for minutes, most in zip(WINDOWS_MIN, rain_windows(rain).most_mm, strict=True):
        fine = (rain.cumulative_mm(starts + minutes) - rain.cumulative_mm(starts)).max()
        assert most == pytest.approx(fine, rel=1e-3)
        assert most >= fine - 1e-9


def test_a_rain_shorter_than_a_window_has_its_total_there():
    found = rain_windows(series((5, 3), (10, 4), (20, 2)))
    assert found.most_mm.tolist() == [7, 9, 9, 9]
    assert found.total_mm == 9


def test_windows_shorter_than_the_steps_are_unknown():
    found = rain_windows(series((60, 30), (120, 10)))
    assert np.isnan(found.most_mm[:2]).all()
    assert found.most_mm[2:].tolist() == [30, 40]
    assert np.isnan(rain_windows(uniform(10, 90)).most_mm).tolist() == [True, True, True, False]


def test_a_dry_start_and_end_change_nothing():
    wet = series((5, 3), (10, 4))
    late = series((60, 0), (65, 3), (70, 4), (600, 0))
    assert rain_windows(late).values().tolist() == rain_windows(wet).values().tolist()
    assert first_rain_min(late) == 60


def test_so_far_counts_from_the_first_rain():
    late = series((60, 0), (65, 3), (70, 4), (75, 5))
    assert so_far(late, 7.5).total_mm == pytest.approx(3 + 2)
    assert so_far(late, 1000).total_mm == 12
    assert rain_windows(series((10, 0))).total_mm == 0
