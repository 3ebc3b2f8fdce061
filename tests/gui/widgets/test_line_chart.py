"""Lines over time: what is said of them, gaps, steps, and a picture of every kind."""

from __future__ import annotations

import math

import pytest
from qgis.PyQt.QtGui import QColor

from twin_plugin.gui.widgets.line_chart import Line, LineChart, Quantity

ONE = Line("1", "#1f6fb5", [0, 10, 20, 30], [0.0, 0.5, math.nan, 0.25])
TWO = Line("2", "#c2185b", [0, 10, 20, 30], [0.0, -1.5, 1.0, 0.0])


@pytest.fixture
def chart(widget):
    """An empty chart of a size."""
    made = widget(LineChart)
    made.resize(320, 200)
    return made


def test_the_value_at_a_time_and_the_greatest():
    assert ONE.at(9) == 0.5
    assert math.isnan(ONE.at(19))
    assert ONE.at(None) == 0.5
    assert TWO.at(None) == -1.5
    assert math.isnan(Line("", "#000000", [], []).at(None))


def test_the_caption_has_the_quantity_the_time_and_each_value(chart):
    chart.show_lines(Quantity("Depth, m"), [ONE, TWO])
    assert chart.caption() == "Depth, m: maximum\n1: 0.50 2: -1.50"
    chart.mark(30)
    assert chart.caption() == "Depth, m at 00:30\n1: 0.25 2: 0.00"
    chart.show_lines(Quantity("Depth, m"), [])
    assert chart.caption() == chart.hint


def colours(chart):
    image = chart.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_lines_have_their_colours_and_a_gap(chart):
    chart.show_lines(Quantity("Depth, m", from_zero=False), [ONE])
    assert ONE.colour in colours(chart)
    assert TWO.colour not in colours(chart)
    assert len(chart._parts(ONE, chart.plot("0", 2, 2), (0.0, 1.0), 30)) == 2
    chart.mark(10)
    assert ONE.colour in colours(chart)


def test_classes_go_in_steps_over_their_bands(chart):
    classes = Line("1", "#1f6fb5", [0, 10, 20], [0, 2, 1])
    chart.show_lines(Quantity("Hazard", 0, True, True, ((0.5, 1.5, "#00ff00"), (1.5, 2.5, "#ff0000"))), [classes])
    assert {QColor("#00ff00").name(), QColor("#ff0000").name()} <= colours(chart)
    (part,) = chart._parts(classes, chart.plot("0", 2, 2), (0.0, 2.5), 20)
    assert len(part) == 5


@pytest.mark.parametrize("values", [[0, 0], [math.nan, math.nan], [5, 5], [-1, -1], [1e9, 0]])
def test_any_values_can_be_drawn(chart, values):
    for from_zero in (True, False):
        chart.show_lines(Quantity("Depth, m", from_zero=from_zero), [Line("1", "#1f6fb5", [0, 0], values)])
        assert not chart.grab().isNull()
