"""Rooms that fill over sills, against closed forms that were computed apart from the product."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.underground.filling import OutsideLevels, fill
from twin_plugin.core.flood.underground.rooms import Barrier, Room, RoomLink, RoomOpening
from twin_plugin.core.flood.underground.weir import flow_m3s


def cellar(area_m2: float = 400.0, height_m: float = 6.0) -> Room:
    return Room("cellar", 0.0, height_m, area_m2 * height_m)


def door(sill_m: float = 3.0, width_m: float = 1.2, room: int = 0) -> RoomOpening:
    return RoomOpening("door", room, 0.0, 0.0, sill_m, width_m)


def still(*levels_m: float) -> OutsideLevels:
    return OutsideLevels(np.array([0.0]), np.array([levels_m]))


def when(filling, volume_m3: float, room: int = 0) -> float:
    """Time at which a room holds a volume, from volumes of every second."""
    return float(np.interp(volume_m3, filling.volumes_m3[:, room], filling.times_s))


def test_a_door_of_1_2_m_under_0_3_m():
    assert flow_m3s(1.2, 0.3, -1.0) == pytest.approx(0.335206, abs=5e-7)
    assert flow_m3s(1.2, -1.0, 0.3) == -flow_m3s(1.2, 0.3, -1.0)
    assert flow_m3s(1.2, 0.3, 0.3) == flow_m3s(1.2, 0.0, -1.0) == flow_m3s(1.2, -0.1, -math.inf) == 0.0


def test_drowning_is_villemonte_s():
    assert flow_m3s(1.0, 0.4, 0.2) == pytest.approx(1.70 * 0.4**1.5 * (1 - 0.5**1.5) ** 0.385, rel=1e-14)
    assert flow_m3s(1.0, 0.2, 0.4) == -flow_m3s(1.0, 0.4, 0.2)


def test_a_cellar_of_400_m2_fills_to_its_sill():
    found = fill([cellar()], [door()], still(3.3), 3700, output_step_s=1)
    assert when(found, 1200.0) == pytest.approx(3579.89, abs=0.01)
    assert found.volumes_m3[600, 0] / 400 == pytest.approx(0.5028, abs=5e-5)
    assert found.rooms[0].minutes == pytest.approx([d * 400 / 0.335206 / 60 for d in (0.15, 0.30, 1.20)], rel=1e-5)


def test_above_the_sill_the_cellar_s_own_water_drowns_the_door():
    found = fill([cellar()], [door()], still(3.3), 8000, output_step_s=1)
    level = found.volumes_m3[:, 0] / 400
    assert level[4000] == pytest.approx(3.277, abs=5e-4)
    assert level[8000] == pytest.approx(3.300, abs=1e-6)
    assert (np.diff(level) >= 0).all()
    assert level.max() <= 3.3 + 1e-9


def test_the_step_changes_the_drowned_level_by_little():
    levels = [fill([cellar()], [door()], still(3.3), 4000, step_s=s).volumes_m3[-1, 0] / 400 for s in (0.1, 1.0, 10.0)]
    assert levels[:2] == pytest.approx([levels[0]] * 2, abs=1e-3)
    assert levels == pytest.approx([levels[0]] * 3, abs=5e-3)


def test_a_head_that_rises_within_an_hour():
    outside = OutsideLevels(np.array([0.0, 3600.0]), np.array([[3.0], [3.3]]))
    found = fill([cellar()], [door()], outside, 3600)
    assert found.volumes_m3[-1, 0] == pytest.approx(482.6969, abs=2e-4)
    assert found.rooms[0].depth_max_m == pytest.approx(1.2067, abs=5e-5)


def test_a_pond_of_2000_m2_empties_into_a_cellar():
    """The pond is a room without another inflow, which a passage joins to the cellar."""
    pond, below = Room("pond", 0.0, 1.0, 2000.0), Room("cellar", -50.0, -1.0, 49.0 * 2000)
    found = fill([pond, below], [], still(), 3600, links=[RoomLink(0, 1, 0.0, 1.2)], initial_m3=[600.0, 0.0])
    height = found.volumes_m3[:, 0] / 2000
    for minute, level_m, volume_m3 in ((10, 0.220055, 159.89), (60, 0.074580, 450.84)):
        assert height[minute] == pytest.approx(level_m, abs=2e-6)
        assert found.volumes_m3[minute, 1] == pytest.approx(volume_m3, abs=5e-3)
    np.testing.assert_allclose(found.volumes_m3.sum(axis=1), 600.0, rtol=1e-13)


def test_a_door_and_a_ramp_and_the_time_that_a_barrier_wins():
    openings = [door(3.1, 1.0), door(3.0, 4.0)]
    room, outside = cellar(), still(3.4, 3.4)
    assert [flow_m3s(o.width_m, 3.4 - o.sill_m, -1.0) for o in openings] == pytest.approx([0.27934, 1.72028], abs=5e-6)
    free = fill([room], openings, outside, 700, output_step_s=1)
    barred = fill([room], openings, outside, 4300, output_step_s=1, barriers=[Barrier(1, math.inf)])
    assert when(free, 2.9 * 400) == pytest.approx(580.1, abs=0.05)
    assert when(barred, 2.9 * 400) == pytest.approx(4152.7, abs=0.05)
    assert barred.openings[1].in_m3 == 0.0


def test_a_concourse_with_three_entrances():
    openings = [door(0.0, 4.0)] * 3
    room = Room("concourse", -6.5, -1.0, 5.5 * 3000)
    found = fill([room], openings, still(0.1, 0.1, 0.1), 720, output_step_s=1)
    assert sum(flow.peak_m3s for flow in found.openings) == pytest.approx(0.6451, abs=5e-5)
    assert found.rooms[0].minutes[0] * 60 == pytest.approx(697.6, abs=0.05)


def test_a_full_room_takes_nothing_more_and_gives_back_only_what_stands_above_the_sill():
    outside = OutsideLevels(np.array([0.0, 9000.0, 9001.0]), np.array([[3.3], [3.3], [np.nan]]))
    low = fill([cellar(400, 2.5)], [door()], outside, 12_000)
    assert low.volumes_m3[-1, 0] == low.volumes_m3[:, 0].max() == 1000.0
    assert low.rooms[0].filled_share == 1.0
    high = fill([cellar()], [door()], outside, 30_000)
    assert high.volumes_m3[:, 0].max() == pytest.approx(1320.0, abs=1e-3)
    assert high.volumes_m3[-1, 0] == pytest.approx(1200.0, abs=0.5)
    assert high.volumes_m3[-1, 0] >= 1200.0
    assert high.openings[0].in_m3 - high.openings[0].out_m3 == pytest.approx(high.volumes_m3[-1, 0], rel=1e-12)
    assert high.rooms[0].level_max_m == pytest.approx(3.3, abs=1e-5)


@pytest.mark.parametrize("step_s", [0.5, 5.0, 60.0])
def test_no_flow_changes_its_direction_while_a_room_comes_to_rest(step_s):
    """A pit of 1 m² behind a gate of 8 m: an explicit step would swing by metres."""
    from twin_plugin.core.flood.underground.room_water import Mouth, RoomWater

    room = Room("pit", 0.0, 4.0, 4.0)
    water = RoomWater([room], [door(1.0, 8.0)], [], [], [Mouth(0, 0, 8.0)], np.array([4.0]))
    outside, moved = water.outside.level_m, []
    outside[0], water.outside.around_m[0] = 3.0, -math.inf
    for number in range(50):
        water.advance(number * step_s, step_s)
        moved.append(water.moved_m3[0])
    assert min(moved) >= 0.0
    assert sum(moved) == pytest.approx(water.volume_m3[0], rel=1e-13)
    assert outside[0] == pytest.approx(water.volume_m3[0], abs=1e-6)
    assert 4.0 * (3.0 - outside[0]) == pytest.approx(water.volume_m3[0], rel=1e-12)


def test_two_entrances_of_a_full_room_at_different_levels_let_water_through():
    openings = [door(1.0, 2.0), door(1.0, 2.0)]
    found = fill([cellar(100, 0.5)], openings, still(1.4, 1.2), 2000)
    assert found.volumes_m3[-1, 0] == pytest.approx(50.0, rel=1e-9)
    through = found.openings[1].out_m3
    assert through > 100
    # Both weirs pass the same: the level between them is that at which they do.
    rate = found.openings[0].peak_m3s
    assert 0 < through / 2000 < rate


def test_barriers_close_by_time_or_level_hold_to_their_crest_and_fail():
    outside = OutsideLevels(np.array([0.0, 1000.0]), np.array([[3.0], [3.5]]))

    def inflow(*barriers: Barrier) -> np.ndarray:
        found = fill([cellar(1e4)], [door()], outside, 1000, output_step_s=100, barriers=barriers)
        return np.diff(found.volumes_m3[:, 0])

    free = inflow()
    assert (free > 0).all()
    by_time = inflow(Barrier(0, math.inf, closes_s=300.0))
    np.testing.assert_allclose(by_time[:3], free[:3])
    assert not by_time[3:].any()
    by_level = inflow(Barrier(0, math.inf, math.inf, closes_level_m=3.15))
    np.testing.assert_allclose(by_level[:3], free[:3])
    assert not by_level[4:].any()
    crest = inflow(Barrier(0, 3.25))
    assert not crest[:5].any()
    assert (crest[5:] > 0).all()
    assert (crest[5:] < free[5:]).all()
    failing = inflow(Barrier(0, math.inf, fails_s=500.0))
    assert not failing[:5].any()
    np.testing.assert_allclose(failing[5:], free[5:])


def test_a_concourse_fills_the_platform_and_the_tunnel():
    rooms = [Room("concourse", -6.0, -1.0, 5000.0), Room("platform", -12.0, -7.0, 2000.0), Room("tunnel", -14, -8, 6e4)]
    links = [RoomLink(0, 1, -6.0, 6.0), RoomLink(1, 2, -11.0, 8.0)]
    found = fill(rooms, [door(0.0, 4.0)], still(0.3), 7200, links=links)
    total = found.volumes_m3.sum(axis=1)
    assert total[-1] == pytest.approx(found.openings[0].in_m3, rel=1e-12)
    assert found.openings[0].in_m3 == pytest.approx(flow_m3s(4.0, 0.3, -1.0) * 7200, rel=1e-9)
    assert found.volumes_m3[-1, 1] == pytest.approx(400, rel=0.2)  # up to its sill, and the head over it
    assert found.volumes_m3[-1, 2] > 6000
    first = [room.minutes[0] for room in found.rooms]
    assert first[1] < first[2]


def test_what_cannot_be_a_room_is_refused():
    with pytest.raises(InputError, match="above its lowest"):
        Room("a", 0.0, 0.0, 5.0)
    with pytest.raises(InputError, match="volume"):
        Room("a", 0.0, 1.0, 0.0)
    with pytest.raises(InputError, match="sill"):
        door(math.nan)
    with pytest.raises(InputError, match="width"):
        door(1.0, math.nan)
    with pytest.raises(InputError, match="two different"):
        RoomLink(1, 1, 0.0, 1.0)
    with pytest.raises(InputError, match="rise"):
        OutsideLevels(np.array([0.0, 0.0]), np.zeros((2, 1)))


def test_the_share_of_a_room_that_water_takes():
    room = Room.of_area("a", 100.0, -4.0, -1.0)
    assert room.volume_m3 == pytest.approx(270.0)
    assert room.level_m(135.0) == pytest.approx(-2.5)
    assert room.volume_below_m3(-2.5) == pytest.approx(135.0)
    assert room.volume_below_m3(5.0) == room.volume_m3
    assert room.volume_below_m3(-9.0) == 0.0
