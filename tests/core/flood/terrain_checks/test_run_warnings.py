"""Terrains that can be used and look wrong: filled holes and diagonal channels are reported, ordinary ones are not."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.terrain_checks.run_warnings import steepness, terrain_warnings


def hills(height_m=105.0, shape=(40, 50)):
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    rough = np.random.default_rng(3).normal(0, 0.05, shape)
    return (height_m + 3 * np.sin(x / 9) + 2 * np.cos(y / 7) + rough).astype(np.float32)


def told(values):
    return [str(text) for text in terrain_warnings(Grid(values, 500.0, 900.0, 2.0), "valley")]


@pytest.mark.parametrize(("fill", "base"), [(0.0, 105.0), (-99.0, 12.0), (0.0, 20.0)])
@pytest.mark.parametrize(
    "place", [(slice(4, 10), slice(5, 11)), (slice(0, 3), slice(47, 50)), (slice(7, 8), slice(9, 10))]
)
def test_holes_filled_with_a_value_are_told(fill, base, place):
    values = hills(base)
    values[place] = fill
    count = int((values == fill).sum())
    (text,) = told(values)
    assert text.startswith(f"{count} cells of the terrain 'valley' have the height {fill:g} m")


def test_a_zero_in_a_land_that_lies_lower_is_a_hole_only_where_all_around_is_higher():
    values = hills(12.0)
    values[:, :6] = -3.0 - np.arange(6) * 0.1
    assert told(values) == []
    values[20:23, 30:33] = 0.0
    assert "the height 0 m" in told(values)[0]


def test_common_terrains_are_not_told():
    ramp = np.broadcast_to(np.arange(50, dtype=np.float32) * 0.5, (40, 50)).copy()
    lake = hills()
    lake[10:20, 10:20] = 100.0
    for values in (hills(), ramp, lake, np.zeros((20, 20), np.float32)):
        assert told(values) == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_channel_joined_at_corners_is_told(mirrored):
    values = np.full((30, 30), 10, np.float32)
    steps = np.arange(4, 26)
    values[steps, steps] = 9 - 0.01 * steps
    values = values[:, ::-1].copy() if mirrored else values
    (text,) = told(values)
    assert text.startswith("22 cells of the terrain 'valley' lie in channels")
    x = 500 + 2 * (25.5 if mirrored else 4.5)
    assert f"{x:.0f}, {900 - 9}" in text
    values[:, 1:] = np.minimum(values[:, 1:], values[:, :-1])  # two cells wide: water passes sides
    assert told(values) == []


def test_values_that_are_no_heights_in_metres_are_told():
    """Light on a terrain, heights in cm, and whole metres; a steep valley is none of them."""
    heights = hills(shape=(60, 60)).astype(np.float64)
    east, south = np.gradient(heights * 8, 2.0)[::-1]
    light = np.clip(255 * (1 - east - south) / np.sqrt(3 * (1 + east**2 + south**2)), 0, 255)
    for wrong in (np.round(light), 100 * heights):
        assert any("Half of the terrain 'valley' is steeper than" in text for text in told(wrong.astype(np.float32)))
    (text,) = told(np.round(hills(shape=(20, 20))))
    assert "whole metres" in text
    y, x = np.mgrid[0:30, 0:30]
    assert told((300 + 1.5 * np.abs(x - 15) + 0.37 * y).astype(np.float32)) == []


def test_few_cells_have_a_steepness_too():
    assert steepness(Grid(np.array([[1.0, 2.0]]), 0.0, 0.0, 2.0)) == 0
    assert steepness(Grid(np.full((3, 3), np.nan), 0.0, 0.0, 2.0)) == 0
    assert steepness(Grid(np.array([[0.0, 3.0], [4.0, 7.0]]), 0.0, 0.0, 2.0)) == pytest.approx(2.5)
