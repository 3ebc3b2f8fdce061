"""Bars of a chart: where they begin and end, and how many decimals their figures have."""

from __future__ import annotations

import pytest

from twin_plugin.gui.widgets import bar_chart
from twin_plugin.gui.widgets.bar_chart import COLOUR, BarChart


def spans(values):
    """First and last coloured column of each bar, from the top."""
    chart = BarChart()
    chart.show_bars("gap", "m", [(f"b{k}", value) for k, value in enumerate(values)])
    chart.resize(400, chart.sizeHint().height())
    image, found = chart.grab().toImage(), []
    for y in range(image.height()):
        row = [x for x in range(image.width()) if image.pixelColor(x, y) == COLOUR]
        if row and (not found or found[-1] != (row[0], row[-1])):
            found.append((row[0], row[-1]))
    return found


def test_bars_of_negative_values_end_where_positive_ones_begin(qgis_app):
    (start, end), (first, last) = spans([-2.0, 4.0])
    assert abs(first - end) <= 2
    assert (last - first) / (end - start) == pytest.approx(2.0, rel=0.05)


def test_bars_without_negative_values_all_begin_at_0(qgis_app):
    (start, end), (first, last) = spans([4.0, 1.0])
    assert abs(first - start) <= 1
    assert (end - start) / (last - first) == pytest.approx(4.0, rel=0.05)


@pytest.mark.parametrize(("value", "decimals"), [(0.25, 2), (0.0, 0), (3.26, 1), (-0.5, 2), (325.3, 0), (7.0, 0)])
def test_small_figures_have_two_decimals(value, decimals):
    assert bar_chart._decimals(value) == decimals
