"""Numbers in words, the axis of the chart, and the estimate of a run."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.axis_scale import nice_scale
from twin_plugin.gui.common import formatting
from twin_plugin.gui.widgets.hyetograph import Hyetograph


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "less than 1 s"), (40.4, "40 s"), (60, "1 min"), (125, "2 min 5 s"), (7200, "2 h"), (12000, "3 h 20 min")],
)
def test_durations(qgis_app, seconds, text):
    assert formatting.duration(seconds) == text


@pytest.mark.parametrize(("value", "start"), [(830, "830"), (12_300, "12 k"), (1_234_567, "1.2 M")])
def test_counts(qgis_app, value, start):
    assert formatting.count(value).replace(",", ".") == start


@pytest.mark.parametrize("maximum", [0.03, 0.9, 1, 7, 33, 99.9, 151, 1234, 0])
def test_an_axis_holds_its_maximum_in_few_even_steps(maximum):
    top, step = nice_scale(maximum)
    assert top >= maximum
    assert 1 <= round(top / step) <= 5


def test_the_chart_says_total_and_peak(qgis_app):
    chart = Hyetograph()
    chart.resize(300, 160)
    chart.set_storm([5, 10, 15], [12.0, 60.0, 24.0], 8.0)
    assert "60 mm/h at 00:10" in chart.caption()
    assert not chart.grab().isNull()
    chart.clear("nothing")
    assert chart.caption() == "nothing"
    assert not chart.grab().isNull()
