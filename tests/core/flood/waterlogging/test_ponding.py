"""Waterlogging points: the longest time under water by hand, areas, and scores."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.waterlogging.ponding import Agreement, LongestWet, ponded_areas


def wet(times, *cells, limit=0.15):
    result = LongestWet(len(cells), limit)
    for minutes, depths in zip(times, zip(*cells, strict=True), strict=True):
        result.add(minutes, np.array(depths))
    return result


def test_the_longest_time_without_a_break():
    result = wet(
        [0, 10, 20, 30, 40],
        [0.0, 0.3, 0.3, 0.0, 0.0],  # from 5 to 25
        [0.2, 0.2, 0.2, 0.2, 0.2],
        [0.2, 0.2, 0.1, 0.2, 0.2],  # until 15, from 25 on
        [0.0, 0.1, 0.14, 0.1, 0.0],
        [np.nan, 0.15, 0.15, np.nan, np.nan],  # exactly at the limit
    )
    assert result.minutes == pytest.approx([20, 40, 15, 0, 10])
    assert result.deepest_m == pytest.approx([0.3, 0.2, 0.2, 0.14, 0.15])


def test_steps_of_any_length_give_the_same_for_a_straight_hydrograph():
    def depth(minutes):
        return max(0.0, 0.5 - abs(minutes - 60) * 0.01)

    for times in ([0, 10, 60, 110, 120], list(range(0, 121, 5)), [0, 10, 37, 60, 61, 110, 120]):
        assert wet(times, [depth(t) for t in times]).minutes == pytest.approx([70])


def test_areas_join_at_corners_and_small_ones_are_left_out():
    depths = np.zeros((4, 6))
    depths[0, 0] = depths[1, 1] = 0.3
    depths[0, 3:] = 0.2
    depths[0, 4] = 0.9
    depths[3, 3] = 2.0
    result = LongestWet(24, 0.15)
    for minutes in (0, 30):
        result.add(minutes, depths.ravel())
    areas = ponded_areas(result, (4, 6), 30.0, 2)
    assert areas.labels.tolist() == [[2, 0, 0, 1, 1, 1], [0, 2, 0, 0, 0, 0], [0] * 6, [0] * 6]
    assert areas.cells.tolist() == [3, 2]
    assert areas.deepest.tolist() == [4, 0]
    assert len(ponded_areas(result, (4, 6), 30.0, 1).cells) == 3
    assert len(ponded_areas(result, (4, 6), 30.1, 1).cells) == 0


def test_the_index():
    assert Agreement(3, 1, 2).csi == 0.5
    assert math.isnan(Agreement(0, 0, 0).csi)


def test_a_depth_of_nothing_is_refused():
    with pytest.raises(InputError, match="above 0 m"):
        LongestWet(1, 0.0)
