"""What a barrier before each opening alone wins, against closed forms and against a run for each opening."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.flood.underground.barring import Case, Values, bar_each, groups_of, ranked
from twin_plugin.core.flood.underground.filling import OutsideLevels, fill
from twin_plugin.core.flood.underground.room_water import Mouth
from twin_plugin.core.flood.underground.rooms import Barrier, Room, RoomLink, RoomOpening

UNKNOWN = Values(np.full(9, math.nan))


def opening(name: str, sill_m: float, width_m: float, room: int = 0) -> RoomOpening:
    return RoomOpening(name, room, 0.0, 0.0, sill_m, width_m)


def case(rooms, openings, levels_m, duration_s, links=(), barriers=()) -> Case:
    mouths = [Mouth(number, number, own.width_m) for number, own in enumerate(openings)]
    outside = OutsideLevels(np.array([0.0]), np.array([levels_m]))
    return Case(rooms, openings, links, barriers, mouths, outside, 0.0, duration_s)


def test_a_ramp_barred_wins_the_time_of_the_closed_form():
    """Door of 1.0 m under 0.30 m and ramp of 4.0 m under 0.40 m: 2.9 m in 580.1 s; with the ramp barred 4,152.7 s."""
    room = Room("cellar", 0.0, 6.0, 2400.0)
    given = case([room], [opening("door", 3.1, 1.0), opening("ramp", 3.0, 4.0)], [3.4, 3.4], 4400)
    door_m3s, ramp_m3s = 1.7 * 1.0 * 0.3**1.5, 1.7 * 4.0 * 0.4**1.5
    free = given.fill(60)
    door, ramp = bar_each(given, free, UNKNOWN)
    for found, left_m3s in ((door, ramp_m3s), (ramp, door_m3s)):
        late = [depth * 400 / left_m3s / 60 for depth in (0.15, 0.30, 1.20)]
        early = [depth * 400 / (door_m3s + ramp_m3s) / 60 for depth in (0.15, 0.30, 1.20)]
        assert found.won_min == pytest.approx(np.subtract(late, early), abs=1e-3)
    assert math.isnan(ramp.avoided)
    assert [item.opening for item in ranked([door, ramp], given.openings)] == [1, 0]


def test_the_damage_avoided_per_metre_of_barrier():
    """The narrow door lets in less than the wide one, but more by the metre: its barrier ranks first."""
    room = Room("shop", 0.0, 10.0, 4000.0)
    openings = [opening("wide", 9.0, 4.0), opening("narrow", 8.9, 1.0)]
    given = case([room], openings, [9.1, 9.1], 600)
    values = Values(np.array([1e6]), 1.0)
    free = given.fill(60)
    wide, narrow = bar_each(given, free, values)
    wide_m3, narrow_m3 = 600 * 1.7 * 4.0 * 0.1**1.5, 600 * 1.7 * 1.0 * 0.2**1.5
    assert wide.kept_out_m3 == pytest.approx(wide_m3, rel=1e-6)
    assert narrow.avoided == pytest.approx(1e6 * narrow_m3 / 400, rel=1e-6)
    assert narrow.avoided < wide.avoided
    assert [item.opening for item in ranked([wide, narrow], openings)] == [1, 0]
    assert math.isinf(wide.won_min[1])
    assert math.isnan(wide.won_min[2])


def test_all_openings_at_once_equal_a_run_for_each(monkeypatch):
    """Rooms that passages join, one apart, a barrier that closes later, an opening without water."""
    rooms = [Room("a", 0.0, 3.0, 600.0), Room("b", -3.0, 0.5, 500.0), Room("c", 0.0, 3.0, 900.0)]
    openings = [opening("1", 3.0, 2.0), opening("2", 3.1, 1.0, 1), opening("3", 3.05, 4.0, 2), opening("4", 9.0, 4.0)]
    links, barriers = [RoomLink(0, 1, 0.2, 1.5)], [Barrier(1, 3.2, closes_s=300.0)]
    given = case(rooms, openings, [3.3, 3.4, 3.2, 3.0], 1500, links, barriers)
    free, values = given.fill(60), Values(np.array([10.0, math.nan, 7.0]))
    found = bar_each(given, free, values)
    assert groups_of(3, links) == [0, 0, 2]
    assert [item.opening for item in found] == [0, 1, 2]
    for item in found:
        single = fill(
            rooms, openings, given.outside, 1500, links=links, barriers=[*barriers, Barrier(item.opening, math.inf)]
        )
        assert single.openings[item.opening].in_m3 == 0.0
        kept = sum(a.filled_share * a.room.volume_m3 - b.filled_share * b.room.volume_m3
                   for a, b in zip(free.rooms, single.rooms, strict=True))  # fmt: skip
        assert item.kept_out_m3 == pytest.approx(kept, rel=1e-12, abs=1e-9)
        room = openings[item.opening].room
        late = [math.inf if math.isnan(b) and not math.isnan(a) else b - a
                for a, b in zip(free.rooms[room].minutes, single.rooms[room].minutes, strict=True)]  # fmt: skip
        np.testing.assert_allclose(item.won_min, late, rtol=1e-12)
    for few in (1, 4):
        assert bar_each(given, free, values, most_mouths=few) == found


def test_a_start_within_the_levels_counts_from_there():
    outside = OutsideLevels(np.array([0.0, 600.0, 1200.0]), np.array([[3.0], [3.0], [3.3]]))
    room = Room("cellar", 0.0, 6.0, 2400.0)
    late = fill([room], [opening("door", 3.0, 1.2)], outside, 600, start_s=600)
    whole = fill([room], [opening("door", 3.0, 1.2)], outside, 1200)
    assert late.times_s[0] == 600
    assert late.volumes_m3[-1] == pytest.approx(whole.volumes_m3[-1], rel=1e-12)
    # A head that rises evenly: C b r^1.5 t^2.5 / 2.5 with r = 0.3 m / 600 s.
    assert late.volumes_m3[-1, 0] == pytest.approx(1.7 * 1.2 * (0.3 / 600) ** 1.5 * 600**2.5 / 2.5, rel=1e-5)
    assert late.rooms[0].minutes[0] == pytest.approx(whole.rooms[0].minutes[0], rel=1e-9)
