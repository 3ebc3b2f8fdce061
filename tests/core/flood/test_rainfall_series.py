"""Rain as successive steps: what is accepted, what is refused, and that resampling keeps the depth."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.rainfall_series import RainSeries, from_rows, uniform


def test_numbers_of_a_series():
    series = RainSeries(np.array([5.0, 10.0, 12.0]), np.array([1.0, 3.0, 0.5]))
    assert series.total_mm == 4.5
    assert series.duration_min == 12
    np.testing.assert_allclose(series.intensity_mm_h, [12, 36, 15])
    np.testing.assert_allclose(series.cumulative_mm(np.array([-1, 0, 2.5, 10, 99])), [0, 0, 0.5, 4, 4.5])


def test_uniform_is_one_step():
    assert uniform(60, 120).intensity_mm_h == pytest.approx([30])


@pytest.mark.parametrize("step", [0.5, 1, 3, 7, 12, 60])
def test_resampling_keeps_depth_and_duration(step):
    series = RainSeries(np.array([5.0, 10.0, 12.0]), np.array([1.0, 3.0, 0.5]))
    other = series.resampled(step)
    assert other.total_mm == pytest.approx(4.5)
    assert other.duration_min == 12
    np.testing.assert_allclose(other.cumulative_mm(other.end_min), series.cumulative_mm(other.end_min))


@pytest.mark.parametrize(
    ("times", "depths", "word"),
    [
        ([], [], "at least one"),
        ([5, 10], [1, -1], "negative"),
        ([5, 5], [1, 1], "rise"),
        ([0, 5], [1, 1], "rise"),
        ([5, np.nan], [1, 1], "not a number"),
        ([5, 10], [1, 400], "millimetres"),
    ],
)
def test_bad_series_are_refused(times, depths, word):
    with pytest.raises(InputError, match=word):
        RainSeries(np.array(times), np.array(depths))


def test_heaviest_rain_ever_measured_is_accepted():
    """Barot, Guadeloupe, 1970; Holt, Missouri, 1947; Foc-Foc, Reunion, 1966."""
    for minutes, depth_mm in ((1.0, 38.0), (42.0, 305.0), (1440.0, 1825.0)):
        assert RainSeries(np.array([minutes]), np.array([depth_mm])).depth_mm.sum() == depth_mm
        with pytest.raises(InputError, match="millimetres"):
            RainSeries(np.array([minutes]), np.array([10 * depth_mm]))


def test_gauge_rows_in_any_order_and_as_text():
    series, warnings = from_rows(["10", 0, 5, "15"], ["2.5", 0, 1, None])
    np.testing.assert_allclose(series.end_min, [5, 10, 15])
    np.testing.assert_allclose(series.depth_mm, [1, 2.5, 0])
    assert len(warnings) == 1
    assert "1 rows" in warnings[0]


def test_late_series_does_not_smear_its_first_depth():
    series, _ = from_rows([605, 610, 615], [1, 2, 1])
    np.testing.assert_allclose(series.end_min, [600, 605, 610, 615])
    np.testing.assert_allclose(series.depth_mm, [0, 1, 2, 1])


@pytest.mark.parametrize(
    ("times", "depths", "word"),
    [
        ([], [], "no rows"),
        ([0, 5], [1, 1], "at or before 0"),
        ([5, 5], [1, 1], "more than once"),
        ([5, None], [1, 1], "no time"),
        (["a", 5], [1, 1], "not a number"),
        ([0], [0], "after 0 min"),
    ],
)
def test_bad_rows_are_refused(times, depths, word):
    with pytest.raises(InputError, match=word):
        from_rows(times, depths, "gauge.csv")
