"""Areas, directions and solid angles of what observers see."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.planning.viewing import eyes, scene
from twin_plugin.core.planning.viewshed import Sight
from twin_plugin.core.planning.visibility import see_ground

FLAT_EARTH = Sight(refraction=1.0)


def look(surface, places, kinds=None, sight=FLAT_EARTH, keep=False):
    kinds = np.zeros(surface.top.values.shape, np.uint8) if kinds is None else kinds
    return see_ground(surface, eyes(*places), sight, kinds, max(int(kinds.max()), 1), keep)


def test_counts_and_areas_of_a_plane():
    found = look(scene(np.zeros((50, 80)), cell_m=2.0), [(80, 50, 1.6), (10, 10, 1.6)], keep=True)
    assert found.counts.min() == found.counts.max() == 2
    assert found.visible_m2.tolist() == found.reach_m2.tolist() == [16_000, 16_000]
    # The centre of the farthest corner cell.
    assert found.farthest_m.tolist() == [pytest.approx(np.hypot(79, 49)), pytest.approx(np.hypot(149, 89))]
    assert found.band(0).min() == 1


def test_bands_add_up_to_the_counts():
    roofs = np.full((60, 60), np.nan)
    roofs[20:30, 20:40] = 15.0
    found = look(scene(np.zeros((60, 60)), roofs), [(5, 5, 1.6), (30.2, 50.7, 1.6), (55, 30, 40)], keep=True)
    assert np.array_equal(sum(found.band(n).astype(int) for n in range(3)), found.counts)
    assert found.visible_m2.tolist() == [found.band(n).sum() for n in range(3)]


def test_a_pond_in_view():
    """Due north, 20 m wide from 30 to 50 m away: 400 m²; its near edge fills 2 atan(10 / 30) of the panorama."""
    kinds = np.zeros((200, 200), np.uint8)
    kinds[50:70, 90:110] = 2
    found = look(scene(np.zeros((200, 200))), [(100, 100, 10.0)], kinds)
    assert found.kind_m2.tolist() == [[0, 400]]
    assert found.kind_deg[0, 1] == pytest.approx(2 * np.degrees(np.arctan(10 / 30)), abs=0.6)
    x, y = np.meshgrid(np.linspace(-10, 10, 401), np.linspace(30, 50, 401))  # the solid angle as an integral
    assert found.kind_sr[0, 1] == pytest.approx((10 / (x**2 + y**2 + 100) ** 1.5).mean() * 400, rel=2e-3)
    hidden = np.full((200, 200), np.nan)
    hidden[75:77, 80:120] = 30.0
    assert look(scene(np.zeros((200, 200)), hidden), [(100, 100, 10.0)], kinds).kind_deg.tolist() == [[0, 0]]


def test_a_ring_of_green_fills_the_panorama():
    row, column = np.mgrid[0:101, 0:101]
    kinds = (np.abs(np.hypot(row - 50, column - 50) - 30) < 1.0).astype(np.uint8)
    assert look(scene(np.zeros((101, 101))), [(50.5, 50.5, 1.6)], kinds).kind_deg.tolist() == [[360]]
    assert look(scene(np.zeros((101, 101))), [(50.5, 50.5, 1.6)], np.ones((101, 101), np.uint8)).kind_deg[0, 0] == 360


def test_green_below_a_building_is_not_seen():
    roofs = np.full((60, 60), np.nan)
    roofs[20:30, 20:30] = 5.0
    kinds = np.zeros((60, 60), np.uint8)
    kinds[20:30, 20:30] = 1
    assert look(scene(np.zeros((60, 60)), roofs), [(25, 5, 50.0)], kinds).kind_m2.tolist() == [[0]]


def test_field_of_view():
    surface = scene(np.zeros((101, 101)))
    eastwards = look(
        surface, [(50.5, 50.5, 1.6)], sight=Sight(azimuth_deg=90, width_deg=90.01, refraction=1), keep=True
    )
    row, column = np.mgrid[0:101, 0:101]
    expected = np.abs(row - 50) <= column - 50
    assert np.array_equal(eastwards.band(0).astype(bool), expected)
    assert eastwards.reach_m2[0] == expected.sum()
    down = look(surface, [(50.5, 50.5, 10.0)], sight=Sight(highest_deg=-45, refraction=1), keep=True)
    assert np.array_equal(down.band(0).astype(bool), np.hypot(row - 50, column - 50) <= 10.0)
