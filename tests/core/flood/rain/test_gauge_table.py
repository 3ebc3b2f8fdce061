"""Rows of several gauges as rain on cells: dates and zones, gaps, units, and what is left out or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.rain.gauge_rain import GaugeMethod
from twin_plugin.core.flood.rain.gauge_table import GaugeRows, read_gauges
from twin_plugin.core.flood.rain.rain_units import UNITS, find_unit

CELLS = Cells(0.0, 100.0, 10.0, 10.0, 10, 10)
PLACES = {"a": (10.0, 50.0), "b": (90.0, 50.0)}
MM = find_unit("mm")


def read(rows, places=PLACES, unit=MM, start=None, **changes):
    gauges, times, values = zip(*rows, strict=True)
    numbers = np.array([np.nan if value is None else value for value in values], float)
    table = GaugeRows(list(gauges), list(times), numbers, [unit] * len(rows), "'rain'")
    return read_gauges(CELLS, places, table, GaugeMethod.THIESSEN, start, **changes)


def five_minutes(gauge, depths, first=5.0):
    return [(gauge, first + 5.0 * n, depth) for n, depth in enumerate(depths)]


def test_gauges_with_one_step_have_the_table_s_depths():
    read_back = read(five_minutes("a", [1, 2, 3]) + five_minutes("b", [4, 5, 6]))
    np.testing.assert_allclose(read_back.rain.depths_mm, [[1, 4], [2, 5], [3, 6]])
    np.testing.assert_allclose(read_back.rain.ends_s, [300, 600, 900])
    assert (read_back.used_rows, read_back.left_out_rows, read_back.empty_rows, read_back.notes) == (6, 0, 0, [])


def test_steps_of_different_lengths_meet_in_common_intervals():
    rows = [*five_minutes("a", [1, 2, 3, 2]), ("b", 10.0, 6.0), ("b", 20.0, 4.0)]
    rain = read(rows).rain
    np.testing.assert_allclose(rain.depths_mm, [[1, 3], [2, 3], [3, 2], [2, 2]])


def test_a_missing_row_and_an_empty_value_are_gaps_and_said():
    rows = five_minutes("a", [1, None, 3, 1]) + [row for row in five_minutes("b", [4, 5, 6, 7]) if row[1] != 15.0]
    found = read(rows)
    np.testing.assert_allclose(found.rain.depths_mm, [[1, 4], [np.nan, 5], [3, np.nan], [1, 7]])
    (note,) = found.notes
    assert "a (5 min), b (5 min)" in note
    assert "take over" in note
    assert found.empty_rows == 1


def test_a_time_without_any_gauge_is_said():
    rows = five_minutes("a", [1, 2, 3]) + five_minutes("a", [1, 2, 3], 60.0) + five_minutes("b", [1, 1, 1])
    rows += five_minutes("b", [1, 1, 1], 60.0)
    found = read(rows)
    assert np.isnan(found.rain.depths_mm[3]).all()
    assert any("No gauge has a value for 40 min, first from 15 min on" in note for note in found.notes)
    assert np.nansum(found.rain.depths_mm) == 18.0


def test_dates_start_with_the_first_step_and_zones_are_brought_to_one():
    zone = timezone(timedelta(hours=8))
    first = datetime(2026, 6, 1, 8, 5, tzinfo=zone)
    rows = [("a", first, 1.0), ("a", first + timedelta(minutes=5), 2.0)]
    rows += [("b", "2026-06-01T00:05:00Z", 3.0), ("b", "2026-06-01 00:10+00:00", 4.0)]
    found = read(rows)
    np.testing.assert_allclose(found.rain.depths_mm, [[1, 3], [2, 4]])
    assert found.start == "2026-06-01T00:00Z"


def test_rain_before_the_start_of_the_run_is_left_out_and_said():
    rows = [("a", f"2026/06/01 08:{minute:02d}", 2.0) for minute in (5, 10, 15, 20)]
    found = read(rows, start=datetime(2026, 6, 1, 8, 7))
    np.testing.assert_allclose(found.rain.depths_mm[:, 0], [1.2, 2.0, 2.0])
    assert found.rain.ends_s[0] == pytest.approx(180.0)
    assert found.left_out_rows == 1
    assert any("1 rows end before the run starts" in note for note in found.notes)
    assert found.start == "2026-06-01T08:07"


def test_an_intensity_is_multiplied_by_its_own_step():
    rain = read([("a", 10.0, 6.0), ("a", 20.0, 12.0)], unit=find_unit("mm/h")).rain
    np.testing.assert_allclose(rain.depths_mm[:, 0], [1.0, 2.0])


def test_unknown_gauges_and_gauges_without_rows_are_left_out_and_said():
    found = read(five_minutes("a", [1, 2]) + five_minutes("x", [9, 9]), {**PLACES, "c": (0.0, 0.0)})
    assert found.rain.x.size == 1
    assert found.left_out_rows == 2
    assert found.left_out_gauges == 2
    assert any("belong to gauges that the layer does not have" in note and "x" in note for note in found.notes)
    assert any("Gauges without a value are left out: b, c" in note for note in found.notes)


def test_a_running_total_and_a_far_gauge_are_suspected():
    rows = five_minutes("a", [1, 3, 4, 6, 7, 9]) + five_minutes("b", [1, 0, 2, 0, 1, 1])
    notes = read(rows, {**PLACES, "b": (90.0, 80_100.0)}).notes
    assert any("running total" in note and "gauge a" in note for note in notes)
    assert any("Gauge b is 80 km from the terrain" in note for note in notes)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([("a", 5.0, -1.0)], "negative rain at 5 min"),
        ([("a", 5.0, 1.0), ("a", 5.0, 2.0)], "more than once"),
        ([("x", 5.0, 1.0)], "belongs to a gauge"),
        ([("a", 5.0, 900.0)], "Gauge a of 'rain'"),
        ([("a", 0.0, 20.0), ("a", 10.0, 5.0), ("a", 20.0, 5.0)], "rain at 0 min: a time is the end of its step"),
        ([("a", "soon", 1.0)], "neither a number of minutes nor a date"),
        ([("a", 5.0, 1.0), ("a", datetime(2026, 6, 1, tzinfo=UTC), 1.0)], "minutes and dates"),
        ([("a", datetime(2026, 6, 1), 1.0), ("b", datetime(2026, 6, 1, tzinfo=UTC), 1.0)], "without"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_gauge(rows, word):
    with pytest.raises(InputError, match=word):
        read(rows)


def test_a_dry_row_at_0_min_marks_the_start():
    """10 mm fall in 20 min, and nothing is said of the row without rain."""
    found = read([("a", 0.0, 0.0), ("a", 10.0, 5.0), ("a", 20.0, 5.0)])
    np.testing.assert_allclose(found.rain.depths_mm.sum(), 10.0)


def test_gauges_in_another_crs_are_found_by_their_distance():
    with pytest.raises(InputError, match="check the CRS"):
        read(five_minutes("a", [1, 2]), {"a": (2e6, 5e5)})


def test_a_start_needs_a_zone_where_the_rows_have_one():
    with pytest.raises(InputError, match="both have a time zone"):
        read([("a", datetime(2026, 6, 1, tzinfo=UTC), 1.0)], start=datetime(2026, 6, 1))


@pytest.mark.parametrize(
    ("text", "name", "hour_mm"),
    [
        ("mm", "mm", 1.0), ("mm/h", "mm/h", 1.0), ("mm h-1", "mm/h", 1.0), ("mm hr**-1", "mm/h", 1.0),
        ("MM/HR", "mm/h", 1.0), ("millimetres per hour", "mm/h", 1.0), ("毫米/小时", "mm/h", 1.0),
        ("kg m-2", "kg m-2", 1.0), ("kg m**-2 s**-1", "kg m-2 s-1", 3600.0), ("[kg/(m^2 s)]", "kg m-2 s-1", 3600.0),
        ("kg m-2 s-1", "kg m-2 s-1", 3600.0), ("m", "m", 1000.0), ("m s-1", "m/s", 3.6e6), ("mm/min", "mm/min", 60.0),
        ("mm/day", "mm/day", 1 / 24), ("inches", "in", 25.4), ("kg/m^2", "kg m-2", 1.0), ("[kg/(m^2)]", "kg m-2", 1.0),
    ],
)  # fmt: skip
def test_units_are_recognised_in_the_spellings_of_files(text, name, hour_mm):
    unit = find_unit(text)
    assert unit is not None
    assert unit.name == name
    assert unit.depth_factor(3600.0) == pytest.approx(hour_mm)


@pytest.mark.parametrize("text", ["", "dBZ", "K", "°C", "mm2", "kg", "hPa"])
def test_other_units_are_none_of_rain(text):
    assert find_unit(text) is None


def test_every_unit_is_found_by_its_own_name():
    assert [find_unit(unit.name) for unit in UNITS] == list(UNITS)
