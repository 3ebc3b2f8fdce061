"""The profile: brown ground, blue water, nothing where there is no cell."""

from __future__ import annotations

import math

import pytest

from twin_plugin.gui.flood.profile_chart import GROUND, WATER, Piece, ProfileChart

NONE = math.nan


@pytest.fixture
def chart(widget):
    """An empty profile of a size."""
    made = widget(ProfileChart)
    made.resize(320, 200)
    return made


def colours(chart):
    image = chart.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_ground_and_water_have_their_colours(chart):
    chart.show_profile([Piece(0, 2, 5.0, 5.5), Piece(2, 4, 5.2, NONE)], "maximum")
    assert chart.caption() == "Ground and water, m · maximum\n4 m long, up to 0.50 m deep"
    assert {GROUND, WATER} <= colours(chart)
    chart.show_profile([Piece(0, 2, 5.0, NONE)], "00:10")
    assert WATER not in colours(chart)


def test_without_cells_there_is_nothing_to_draw(chart):
    chart.show_profile([Piece(0, 2, NONE, NONE)], "maximum")
    assert GROUND not in colours(chart)
    chart.show_profile([], "")
    assert chart.caption() == chart.hint


def test_a_flat_line_can_be_drawn(chart):
    chart.show_profile([Piece(0, 0.1, 0.0, 0.0)], "maximum")
    assert GROUND in colours(chart)
