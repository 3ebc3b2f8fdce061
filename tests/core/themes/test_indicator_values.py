"""Values of indicators by hand: classes at their limits, age, change, statistics of nothing, rows and JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from twin_plugin.core.common.messages import Message
from twin_plugin.core.themes.chart_values import gathered
from twin_plugin.core.themes.indicator_values import (
    GREY,
    INDICATORS,
    PLAIN,
    IndicatorState,
    Measured,
    as_json,
    judged,
    rows,
    statistic_of,
    without_value,
)
from twin_plugin.core.themes.theme import Chart, Indicator, Statistic, Threshold

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
THRESHOLDS = (Threshold(0, "#00aa00"), Threshold(2.5, "#aa0000", {"en": "over the limit", "zh": "超限"}))


def indicator(**changes):
    values = {"thresholds": THRESHOLDS, "age_limit_s": 600, "decimals": 1} | changes
    return Indicator("level", {"en": "Level", "zh": "水位"}, "m", "levels", Statistic.MAXIMUM, '"h"', **values)


@pytest.mark.parametrize(
    ("value", "colour", "label"),
    [(-0.1, PLAIN, {}), (0, "#00aa00", {}), (2.4999, "#00aa00", {}), (2.5, "#aa0000", THRESHOLDS[1].label)],
)
def test_a_class_begins_at_its_threshold(value, colour, label):
    found = judged(indicator(), Measured(value, NOW, 1), NOW)
    assert (found.colour, found.label, found.state) == (colour, label, IndicatorState.CURRENT)


@pytest.mark.parametrize(("age_s", "stale"), [(0, False), (600, False), (600.5, True), (None, True)])
def test_older_than_the_limit_is_grey_and_so_is_what_has_no_time(age_s, stale):
    time = NOW - timedelta(seconds=age_s) if age_s is not None else None
    found = judged(indicator(), Measured(3.0, time, 1), NOW)
    assert found.stale is stale
    assert found.age_s == age_s
    assert found.colour == (GREY if stale else "#aa0000")
    assert found.value == 3.0
    assert ("how old they are is not known" in found.reason) is (age_s is None)


def test_without_a_limit_nothing_is_stale():
    assert not judged(indicator(age_limit_s=0), Measured(3.0, None, 1), NOW).stale


def test_change_is_to_the_previous_value():
    assert judged(indicator(), Measured(3.0, NOW, 1), NOW, 2.5).change == 0.5
    for value, previous in ((3.0, None), (None, 2.5), (3.0, float("nan"))):
        found = judged(indicator(), Measured(value, NOW, 1), NOW, previous)
        assert found.change is None


def test_what_is_no_number_is_no_value():
    for value in (None, float("nan"), float("inf")):
        found = judged(indicator(), Measured(value, NOW, 0), NOW)
        assert (found.value, found.state, found.colour, found.stale) == (None, IndicatorState.NO_VALUE, GREY, False)
    found = without_value(indicator(), Message("The layer is not there."), NOW, 2.0)
    assert (found.value, found.previous, found.reason) == (None, 2.0, "The layer is not there.")


def test_a_time_without_zone_is_utc():
    assert judged(indicator(), Measured(1.0, NOW, 1), NOW.replace(tzinfo=None)).age_s == 0


def test_statistics_by_hand():
    values = [3.0, 1.0, 2.0, 2.0]
    expected = {Statistic.COUNT: 4, Statistic.SUM: 8, Statistic.MEAN: 2, Statistic.MINIMUM: 1, Statistic.MAXIMUM: 3}
    for statistic, value in expected.items():
        assert statistic_of(statistic, values) == value
    assert statistic_of(Statistic.SUM, [1e16, 1.0, -1e16]) == 1.0


def test_statistics_of_nothing():
    assert [statistic_of(one, []) for one in (Statistic.COUNT, Statistic.SUM)] == [0, 0]
    assert [statistic_of(one, []) for one in (Statistic.MEAN, Statistic.MINIMUM, Statistic.LATEST)] == [None] * 3


def test_the_latest_value_is_the_largest_of_the_latest_time():
    times = [NOW, NOW - timedelta(hours=1), NOW, None]
    assert statistic_of(Statistic.LATEST, [1.0, 9.0, 2.0, 99.0], times) == 2.0
    assert statistic_of(Statistic.LATEST, [1.0], [None]) is None


def test_rows_have_the_columns_of_the_table_and_json_says_the_same():
    left_out = {Message("without a value"): 2, Message("outside the district"): 3}
    found = judged(indicator(), Measured(3.0, NOW, 7, left_out, (Message("A note."),)), NOW, 1.0)
    (row,) = rows([found], "zh")
    assert tuple(row) == INDICATORS.names
    assert (row["title"], row["class"], row["time"]) == ("水位", "超限", "2026-07-01T12:00:00Z")
    assert (row["used"], row["left_out"], row["stale"], row["state"]) == (7, 5, False, "current")
    assert row["reason"] == "A note. Left out: 2 without a value. Left out: 3 outside the district."
    assert json.loads(as_json([found], "zh")) == [row]
    (empty,) = rows([without_value(indicator(), Message("Why."), NOW)])
    assert (empty["value"], empty["change"], empty["time"], empty["age_s"]) == (None, None, "", None)


def test_charts_gather_by_x_in_order():
    chart = Chart("c", {"en": "C"}, "l", "bar", '"x"', '"y"')
    pairs = [("b", 1.0), ("a", 2.0), ("b", 3.0), (10.0, 1.0), (9.0, 1.0), (NOW, 5.0)]
    assert gathered(chart, pairs) == ((9.0, 1.0), (10.0, 1.0), (NOW, 5.0), ("a", 2.0), ("b", 4.0))
