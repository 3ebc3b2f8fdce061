"""The water of zones against sums by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.analysis.zone_balance import COLUMNS, ZoneBalance, missed

LABELS = np.array([0, 1, 1, 2, 2, 2])
FIRST = np.array([0.1, 0.0, 0.2, 0.04, 0.0, 0.0])
SECOND = np.array([0.0, 0.3, 0.5, 0.06, 0.1, 0.02])


@pytest.fixture
def zones():
    """Two zones, a third without faces, and a face outside; faces of 4 m² at two times."""
    balance = ZoneBalance(LABELS, ["north", "south", "tiny"], 4.0, 0.05)
    for minutes, depth in ((0.0, FIRST), (5.0, SECOND)):
        balance.add(minutes, depth, depth)
    return balance


def test_volumes_areas_and_depths_are_those_of_a_hand_computation(zones):
    rows = {(row["zone"] or row["kind"], row["time_min"]): row for row in zones.rows(None)}
    assert len(rows) == 8
    north = rows["north", 5.0]
    assert (north["area_m2"], north["volume_m3"], north["wet_area_m2"]) == (8.0, pytest.approx(3.2), 8.0)
    assert (north["max_depth_m"], north["mean_depth_m"]) == (0.5, pytest.approx(0.4))
    assert north["change_m3"] == pytest.approx(3.2 - 0.8)
    south = rows["south", 0.0]
    assert (south["wet_area_m2"], south["volume_m3"], south["max_depth_m"]) == (0.0, pytest.approx(0.16), 0.04)
    assert math.isnan(south["mean_depth_m"])
    assert rows["outside", 5.0]["volume_m3"] == 0.0
    assert rows["all", 0.0]["mean_depth_m"] == pytest.approx(0.15)
    assert {name for row in rows.values() for name in row} == {column.name for column in COLUMNS}


def test_zones_and_what_is_outside_them_add_up_to_all(zones):
    for state in zones.states:
        assert state.volume_m3[:-1].sum() == pytest.approx(state.volume_m3[-1], rel=1e-12)
        assert state.wet_area_m2[:-1].sum() == state.wet_area_m2[-1]
        assert state.max_depth_m[:-1].max() == state.max_depth_m[-1]
    assert zones.area_m2[:-1].sum() == zones.area_m2[-1] == 24.0


def test_the_exchange_is_the_change_without_the_rain(zones):
    rows = {(row["zone"] or row["kind"], row["time_min"]): row for row in zones.rows([0.001, 0.011])}
    north = rows["north", 5.0]
    assert north["rain_m3"] == pytest.approx(0.08)
    assert north["exchange_m3"] == pytest.approx(2.4 - 0.08)
    assert rows["north", 0.0]["rain_m3"] == pytest.approx(0.008)
    parts = [row["exchange_m3"] for (name, time), row in rows.items() if time == 5.0 and name != "all"]
    assert sum(parts) == pytest.approx(rows["all", 5.0]["exchange_m3"])
    assert all(row["exchange_m3"] is None for row in zones.rows(None))


def test_the_order_of_zones_changes_nothing(zones):
    other = ZoneBalance(np.array([0, 3, 3, 2, 2, 2]), ["tiny", "south", "north"], 4.0, 0.05)
    for minutes, depth in ((0.0, FIRST), (5.0, SECOND)):
        other.add(minutes, depth, depth)

    def values(balance):
        return sorted((str(row["zone"]), row["kind"], row["time_min"], row["volume_m3"]) for row in balance.rows(None))

    assert values(other) == values(zones)


def test_blocks_have_the_largest_depth_and_the_water_of_their_cells():
    balance = ZoneBalance(np.array([1]), ["a"], 16.0, 0.05)
    balance.add(0.0, np.array([0.8]), np.array([0.2]))
    (row, *_) = balance.rows(None)
    assert (row["max_depth_m"], row["volume_m3"]) == (0.8, pytest.approx(3.2))


def test_zones_without_cells_are_named_and_zones_without_any_are_refused(zones):
    assert zones.empty() == ["tiny"]
    with pytest.raises(InputError, match="No zone holds"):
        ZoneBalance(np.zeros(6, int), ["a", "b"], 4.0, 0.05)
    with pytest.raises(InputError, match="fewer zones"):
        zones.require_rows(2_000_000)


def test_what_is_missed_is_a_share_of_all_the_water():
    assert missed([10.0, 4.0], [10.001, 4.0], 20.0) == pytest.approx(5e-5)
    assert missed([], [], 0.0) == 0.0
