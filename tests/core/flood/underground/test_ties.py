"""Which opening leads to which room, what is guessed, and which cells an opening has."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.flood.underground.places import mouth_cells
from twin_plugin.core.flood.underground.ties import (
    Fate,
    OpeningKind,
    OpeningTable,
    RoomTable,
    counted,
    make,
    tie,
    without_buried,
)

NAN = np.nan
KINDS = {
    "door": OpeningKind(1.0, False), "window": OpeningKind(1.2, False), "ramp": OpeningKind(5.5, True),
    "vent": OpeningKind(1.2, True),
}  # fmt: skip


def rooms(*rows, **columns) -> RoomTable:
    """Rooms by (id, building, west): squares of 10 m."""
    count = len(rows)
    shapes = [None if west is None else shapely.box(west, 0, west + 10, 10) for _, _, west in rows]
    names = ("bottom_m", "top_m", "height_m", "area_m2", "volume_m3", "fill_share")
    numbers = [np.array(columns.get(name, [NAN] * count), float) for name in names]
    return RoomTable([row[0] for row in rows], [row[1] for row in rows], shapes, *numbers)


def openings(*rows, width=None, inside=None) -> OpeningTable:
    """Openings by (id, room, building, kind, x, sill)."""
    ids, room, building, kinds, x, sill = ([row[k] for row in rows] for k in range(6))
    x = np.array(x, float)
    return OpeningTable(
        ids, room, building, kinds, x, np.where(np.isnan(x), NAN, 12.0), np.array(sill, float),
        np.array(width or [NAN] * len(rows), float), np.array(inside or [False] * len(rows)),
    )  # fmt: skip


def test_an_opening_leads_to_the_room_that_it_names_then_to_its_building_s_nearest_then_to_the_nearest():
    table = rooms(("a", "b1", 0), ("b", "b1", 20), ("c", "b2", 40))
    ties = tie(
        openings(
            ("named", "c", "b1", "door", 0, 3), ("own", "", "b1", "door", 24, 3), ("none", "", "b9", "door", 5, 3),
            ("near", "", "", "door", 45, 3), ("far", "", "", "door", 200, 3), ("typo", "x", "", "door", 5, 3),
        ),
        table,
    )  # fmt: skip
    assert ties.room.tolist() == [2, 1, -1, 2, -1, -1]
    assert ties.fates == [Fate.USED, Fate.USED, Fate.NO_ROOM, Fate.USED, Fate.FAR, Fate.UNKNOWN_ROOM]
    assert ties.distance_m[3] == pytest.approx(2.0)
    assert np.isnan(np.delete(ties.distance_m, 3)).all()


def test_without_buildings_in_the_rooms_the_distance_decides():
    ties = tie(openings(("a", "", "b9", "door", 5, 3)), rooms(("r", "", 0)))
    assert ties.room.tolist() == [0]


def test_what_is_inside_or_lacks_sill_or_place_is_left_out_and_counted():
    table = openings(
        ("in", "", "", "door", 5, 3), ("sill", "", "", "door", 5, NAN), ("place", "", "", "door", NAN, 3),
        inside=[True, False, False],
    )  # fmt: skip
    ties = tie(table, rooms(("r", "", 0)))
    assert ties.fates == [Fate.INSIDE, Fate.NO_SILL, Fate.NO_PLACE]
    assert [str(text) for text in counted(ties.fates)] == [
        "inside a building: 1", "without a sill: 1", "without a point: 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "expected", "guessed"),
    [
        ({"bottom_m": [-4], "top_m": [-1]}, (-4, -1, 270), 0),
        ({"top_m": [-1], "height_m": [2]}, (-3, -1, 180), 0),
        ({"bottom_m": [-4], "height_m": [2]}, (-4, -2, 180), 0),
        ({"bottom_m": [-4]}, (-4, -1, 270), 1),
        ({}, (-0.5, 2.5, 270), 1),
        ({"volume_m3": [3000]}, (-0.5, 2.5, 3000), 1),
        ({"bottom_m": [-4], "top_m": [-1], "fill_share": [0.5]}, (-4, -1, 150), 0),
        ({"bottom_m": [-4], "top_m": [-1], "area_m2": [50]}, (-4, -1, 135), 0),
    ],
)
def test_levels_and_volumes_that_are_missing_follow_from_others_or_are_guessed(columns, expected, guessed):
    doors = openings(("high", "", "", "door", 5, 3.0), ("low", "", "", "ramp", 5, 2.5))
    table = rooms(("r", "", 0), **columns)
    made = make(table, doors, tie(doors, table), KINDS)
    [room] = made.rooms
    assert (room.bottom_m, room.top_m, room.volume_m3) == pytest.approx(expected)
    assert made.levels_guessed == guessed
    assert made.widths_guessed == 2
    assert [opening.width_m for opening in made.openings] == [1.0, 5.5]


def test_rooms_that_cannot_be_and_their_openings_are_left_out():
    table = rooms(("up", "", 0), ("flat", "", None), ("lost", "", 900), bottom_m=[2, -3, NAN], top_m=[1, -1, NAN])
    doors = openings(("a", "up", "", "door", 5, 3), ("b", "flat", "", "door", 5, 3))
    made = make(table, doors, tie(doors, table), KINDS)
    assert made.rooms == made.openings == ()
    assert made.room_fates == [Fate.UPSIDE_DOWN, Fate.NO_VOLUME, Fate.NO_LEVEL]
    assert made.opening_fates == [Fate.OF_LOST_ROOM] * 2


def test_copies_of_rooms_and_openings_count_once():
    table = rooms(("a", "", 0), ("a", "", 0), ("a", "", 30), top_m=[12, 12, 12], bottom_m=[9, 9, 9])
    doors = openings(
        ("d", "", "", "door", 5, 11),
        ("d", "", "", "door", 5, 11),
        ("d", "", "", "door", 6, 11),
        ("e", "", "", "door", 5, 11),
    )
    ties = tie(doors, table)
    made = make(table, doors, ties, KINDS)
    assert made.room_fates == [Fate.USED, Fate.REPEATED, Fate.USED]
    assert made.opening_fates == [Fate.USED, Fate.REPEATED, Fate.USED, Fate.USED]
    assert [room.row for room in made.rooms] == [0, 2]
    assert made.opening_rows == (0, 2, 3)
    assert [str(note) for note in counted(made.opening_fates)] == ["with id and place of an earlier row: 1"]


def test_windows_above_the_room_and_doors_below_the_ground_lead_elsewhere():
    doors = openings(
        ("upper", "", "", "window", 5, 3.9), ("cellar", "", "", "window", 5, 2.5), ("deep", "", "", "door", 5, -2.0),
        ("ramp", "", "", "ramp", 5, -2.0),
    )  # fmt: skip
    table = rooms(("r", "", 0), bottom_m=[-4], top_m=[3])
    made = make(table, doors, tie(doors, table), KINDS)
    assert [opening.id for opening in made.openings] == ["cellar", "deep", "ramp"]
    kept = without_buried(made, np.array([3.0, 3.0, 3.0]), KINDS)
    assert [opening.id for opening in kept.openings] == ["cellar", "ramp"]
    assert kept.opening_fates == [Fate.ABOVE, Fate.USED, Fate.BURIED, Fate.USED]
    assert len(without_buried(made, np.full(3, NAN), KINDS).openings) == 3


def test_an_opening_in_the_open_takes_the_cells_around_it():
    rows, columns = mouth_cells(np.ones((9, 9), bool), 4.5, 4.5, 0.8, 1.0)
    assert (rows.tolist(), columns.tolist()) == ([4], [4])
    rows, columns = mouth_cells(np.ones((9, 9), bool), 4.5, 4.5, 5.0, 1.0)
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == [(3, 4), (4, 3), (4, 4), (4, 5), (5, 4)]


def test_an_opening_beyond_reach_has_no_cell():
    free = np.zeros((40, 40), bool)
    free[:, 39] = True
    assert len(mouth_cells(free, 20.5, 30.5, 2.0, 2.0)[0]) == 0
    assert mouth_cells(free, 20.5, 35.5, 2.0, 2.0)[1].tolist() == [39]
    assert len(mouth_cells(free, -50.0, 20.0, 2.0, 2.0)[0]) == 0


def test_the_water_of_one_door_is_taken_on_its_own_side_of_a_thin_building():
    free = np.ones((20, 20), bool)
    free[10:12] = False
    rows, columns = mouth_cells(free, 9.9, 8.0, 3.0, 1.0)
    assert set(rows.tolist()) == {9}
    assert sorted(columns.tolist()) == [6, 7, 8] or sorted(columns.tolist()) == [7, 8, 9]
