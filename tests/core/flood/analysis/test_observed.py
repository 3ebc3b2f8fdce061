"""Observations beside a run: statistics against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.flood.analysis.observed import compare
from twin_plugin.core.flood.time_series import TimeSeries


def observed(*pairs):
    return TimeSeries(tuple(60.0 * minutes for minutes, _ in pairs), tuple(float(value) for _, value in pairs))


def test_the_figures_are_those_worked_out_by_hand():
    """Pairs 1-1, 2-3, 4-3: differences 0, 1, -1; mean 7/3, spread 14/3; peak 4 at 20 min against 3 at 10 min."""
    fit = compare(observed((0, 1), (10, 2), (20, 4)), np.array([0.0, 10.0, 20.0]), np.array([1.0, 3.0, 3.0]))
    assert fit.row["pairs"] == 3
    assert fit.row["bias_m"] == 0
    assert fit.row["rmse_m"] == pytest.approx((2 / 3) ** 0.5)
    assert fit.row["nash_sutcliffe"] == pytest.approx(1 - 2 / (14 / 3))
    assert (fit.row["peak_observed_m"], fit.row["peak_simulated_m"], fit.row["peak_error_m"]) == (4, 3, -1)
    assert fit.row["peak_time_error_min"] == -10
    assert fit.offset_m == 0


def test_values_between_steps_are_linear_and_those_without_water_or_outside_are_left_out():
    level = np.array([np.nan, np.nan, 2.0, 3.0])
    fit = compare(observed((-5, 1), (5, 1), (15, 1), (20, 2), (25, 2.5), (31, 1)), np.arange(0, 40, 10.0), level)
    np.testing.assert_allclose(fit.minutes, [20, 25])
    np.testing.assert_allclose(fit.simulated_m, [2.0, 2.5])
    assert (fit.outside, fit.dry) == (2, 2)
    assert fit.row["left_out"] == 4


def test_a_peak_between_observations_counts_within_their_time_only():
    simulated = np.array([0.0, 5.0, 0.0, 9.0])
    fit = compare(observed((0, 1), (20, 1)), np.arange(0, 40, 10.0), simulated)
    assert fit.row["peak_simulated_m"] == 5
    assert fit.row["nash_sutcliffe"] is None  # observations that never change


def test_levels_that_always_lie_apart_have_perhaps_another_datum():
    minutes = np.arange(0, 100, 10.0)
    wave = np.sin(minutes / 20)
    shifted = compare(observed(*zip(minutes, wave + 1.1, strict=True)), minutes, wave)
    assert shifted.offset_m == pytest.approx(-1.1)
    assert compare(observed(*zip(minutes, 2 * wave, strict=True)), minutes, wave).offset_m == 0
    assert compare(observed((200, 1)), minutes, wave).offset_m == 0
