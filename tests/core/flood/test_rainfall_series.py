"""Rain as successive steps: what is accepted, what is refused, and that resampling keeps the depth."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.rainfall_series import RainSeries, end_warnings, from_rows, uniform


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


def test_intensities_of_short_steps_are_refused_by_their_sums():
    """60 mm in 5 min were measured, 720 mm in an hour never: the record is 491 mm."""
    RainSeries(np.array([5.0]), np.array([60.0]))
    with pytest.raises(InputError, match=r"from 0 to .* mm/h"):
        from_rows(np.arange(5, 65, 5), [60] * 12)


@pytest.mark.parametrize("first", [0, 37, 88])
@pytest.mark.parametrize("length", [2, 12])
def test_a_window_anywhere_is_compared_with_the_records(first, length):
    """Drizzle with a burst just below and just above the envelope 491 D^0.452 mm, D in hours, in steps of 5 min."""
    record_mm = 491 * (length * 5 / 60) ** 0.452
    for factor, passes in ((0.9, True), (1.02, False)):
        depths = np.full(100, 0.01)
        depths[first : first + length] = factor * record_mm / length
        if passes:
            RainSeries(np.arange(5.0, 505.0, 5.0), depths)
        else:
            with pytest.raises(InputError, match=rf"from {first * 5} to {(first + length) * 5} min"):
                RainSeries(np.arange(5.0, 505.0, 5.0), depths)


def test_long_tables_are_compared_too():
    depths = np.full(20_000, 0.01)
    depths[5000:12_000] = 1.05 * 491 * (7000 / 60) ** 0.452 / 7000
    with pytest.raises(InputError, match="ever measured"):
        RainSeries(np.arange(1.0, 20_001.0), depths)


def test_rain_after_a_gap_falls_in_its_own_step():
    series, warnings = from_rows([10, 20, 120], [10, 10, 30], "'gauge'")
    np.testing.assert_allclose(series.end_min, [10, 20, 110, 120])
    np.testing.assert_allclose(series.depth_mm, [10, 10, 0, 30])
    assert series.intensity_mm_h.max() == pytest.approx(180)
    assert [str(text) for text in warnings] == [
        "1 rows of 'gauge' follow a gap, the first at 120 min: the rain of each counts as fallen in the last 10 min, "
        "and the gap as dry."
    ]
    again, warnings = from_rows(series.end_min, series.depth_mm)
    np.testing.assert_allclose(again.depth_mm, series.depth_mm)
    assert not warnings


def test_steps_of_their_own_lengths_and_a_shorter_last_one_stay():
    for ends in ([5, 15, 45], [5, 10, 12], [30], [20, 60]):
        series, warnings = from_rows(ends, [3] * len(ends))
        np.testing.assert_allclose(series.end_min, ends)
        assert not warnings


@pytest.mark.parametrize(
    ("ends", "depths", "word"),
    [
        (np.arange(300, 3900, 300), [5] * 12, "lasts 60 h, in steps of 300 min"),
        (np.arange(60, 60 * 73, 60), [1] * 72, "seconds"),
        ([10, 20], [0.0002, 0.0002], "not metres"),
        (np.arange(5, 65, 5), [20] * 12, "of the most that was ever measured"),
    ],
)
def test_likely_mistakes_of_units_are_told(ends, depths, word):
    _, warnings = from_rows(ends, depths, "'gauge'")
    assert len(warnings) == 1
    assert word in warnings[0]
    assert "'gauge'" in warnings[0]


def test_common_storms_get_no_warning():
    for ends, depths in ((np.arange(5, 125, 5), [6] * 24), (np.arange(60, 1500, 60), [12] * 24)):
        assert from_rows(ends, depths)[1] == []


def test_a_running_total_is_told():
    """It never falls: 5, 12, 25 … mm of a gauge that counts from the start."""
    ends, depths = np.arange(10, 80, 10), np.array([1, 2, 5, 8, 3, 0, 1])
    assert from_rows(ends, depths)[1] == []
    (text,) = from_rows(ends, np.cumsum(depths), "'gauge'")[1]
    assert "'gauge' never falls from one step to the next" in text
    assert from_rows(ends[:5], np.cumsum(depths)[:5])[1] == []


def test_times_in_hours_are_reported():
    _, warnings = from_rows([1 / 12, 2 / 12, 3 / 12], [1, 2, 1], "'gauge'")
    assert ["lasts 15 s only: if its times are hours" in text for text in warnings] == [True]
    assert not from_rows([5, 10, 15], [1, 2, 1])[1]
    assert not from_rows([0.5], [1])[1]


@pytest.mark.parametrize(
    ("duration_min", "words"), [(120.0, ()), (60.0, ("60 min", "10 of 40 mm")), (70.0, ("20 of 40",))]
)
def test_a_run_that_ends_before_its_rain_is_reported(duration_min, words):
    series = RainSeries(np.array([30.0, 60.0, 80.0, 90.0]), np.array([4.0, 6.0, 20.0, 10.0]))
    texts = end_warnings(series, duration_min, "storm.csv")
    assert len(texts) == bool(words)
    assert all(word in texts[0] for word in words)


def test_a_dry_end_that_is_cut_off_is_not_reported():
    series = RainSeries(np.array([30.0, 60.0]), np.array([4.0, 0.0]))
    assert not end_warnings(series, 30.0, "storm.csv")
