"""Which opening leads to which room, and rooms and openings made of what layers say of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.messages import Message
from .rooms import FILL_SHARE, Room, RoomOpening

Vector = NDArray[np.float64]

NEAR_M = 50.0
"""An opening that names neither its room nor its building belongs to the nearest room, at most so far from it."""
HEIGHT_M = 3.0
"""Height of a room of which only one level, or none, is known."""
BURIED_M = 1.0
"""A door or window whose sill lies deeper below the ground before it leads to another room and not outside."""


class Fate(Enum):
    """What becomes of a row of a layer: used, or why it is left out."""

    USED = "used"
    INSIDE = "inside"
    NO_SILL = "no_sill"
    NO_PLACE = "no_place"
    UNKNOWN_ROOM = "unknown_room"
    NO_ROOM = "no_room"
    FAR = "far"
    ABOVE = "above"
    BURIED = "buried"
    OF_LOST_ROOM = "of_lost_room"
    NO_LEVEL = "no_level"
    NO_VOLUME = "no_volume"
    UPSIDE_DOWN = "upside_down"
    REPEATED = "repeated"


@dataclass(frozen=True)
class OpeningKind:
    """Width of a kind of opening where none is given, and whether it leads from the ground to below it."""

    width_m: float
    leads_down: bool


@dataclass(frozen=True)
class RoomTable:
    """Rooms as a layer has them; texts are "" and numbers NaN where they are unknown."""

    ids: Sequence[str]
    buildings: Sequence[str]
    shapes: Sequence[Any]
    bottom_m: Vector
    top_m: Vector
    height_m: Vector
    area_m2: Vector
    volume_m3: Vector
    fill_share: Vector


@dataclass(frozen=True)
class OpeningTable:
    """Openings as a layer has them; texts are "" and numbers NaN where they are unknown."""

    ids: Sequence[str]
    rooms: Sequence[str]
    buildings: Sequence[str]
    kinds: Sequence[str]
    x: Vector
    y: Vector
    sill_m: Vector
    width_m: Vector
    inside: NDArray[np.bool_]


NONE = np.zeros(0)
NO_OPENINGS = OpeningTable([], [], [], [], NONE, NONE, NONE, NONE, np.zeros(0, np.bool_))


def joined(openings: OpeningTable, more: OpeningTable) -> OpeningTable:
    """The openings of two tables, those of the first before those of the second."""
    both: dict[str, Any] = {}
    for field in fields(OpeningTable):
        first, second = getattr(openings, field.name), getattr(more, field.name)
        both[field.name] = np.concatenate([first, second]) if isinstance(first, np.ndarray) else [*first, *second]
    return OpeningTable(**both)


@dataclass(frozen=True)
class Ties:
    """Of each opening the row of its room (-1: none), what became of it, and how far it is where that decided (m)."""

    room: NDArray[np.int64]
    fates: list[Fate]
    distance_m: Vector


@dataclass(frozen=True)
class MadeRooms:
    """Rooms and openings for a run.

    Attributes
    ----------
    rooms : tuple of Room
        `row` is their row in the layer.
    openings : tuple of RoomOpening
    opening_rows : tuple of int
        Rows of the openings in their layer.
    room_fates, opening_fates : list of Fate
        By row.
    widths_guessed : int
    guessed_levels : tuple of bool
        Of each room, whether a level or the height was guessed.
    """

    rooms: tuple[Room, ...]
    openings: tuple[RoomOpening, ...]
    opening_rows: tuple[int, ...]
    room_fates: list[Fate]
    opening_fates: list[Fate]
    widths_guessed: int
    guessed_levels: tuple[bool, ...]

    @property
    def levels_guessed(self) -> int:
        """Rooms of which a level or the height was guessed."""
        return sum(self.guessed_levels)


def tie(openings: OpeningTable, rooms: RoomTable) -> Ties:
    """The room of each opening: the one that it names, else the nearest of its building, else the nearest at all.

    An opening of a building that has no room is a door as any other and leads to none.
    """
    import shapely

    by_id = {id: row for row, id in reversed(list(enumerate(rooms.ids)))}
    by_building: dict[str, list[int]] = {}
    for row, building in enumerate(rooms.buildings):
        by_building.setdefault(building, []).append(row)
    by_building.pop("", None)
    shapes = np.array([shape if shape is not None else shapely.Point() for shape in rooms.shapes], object)
    found, fates = np.full(len(openings.ids), -1, np.int64), [Fate.USED] * len(openings.ids)
    away = np.full(len(openings.ids), math.nan)
    for k in range(len(openings.ids)):
        point = shapely.Point(openings.x[k], openings.y[k]) if math.isfinite(openings.x[k]) else None
        building = openings.buildings[k]
        if openings.inside[k]:
            fates[k] = Fate.INSIDE
        elif point is None:
            fates[k] = Fate.NO_PLACE
        elif openings.rooms[k]:
            found[k] = by_id.get(openings.rooms[k], -1)
            fates[k] = Fate.USED if found[k] >= 0 else Fate.UNKNOWN_ROOM
        elif building and by_building:
            own = by_building.get(building, [])
            fates[k] = Fate.USED if own else Fate.NO_ROOM
            if own:
                found[k] = own[_nearest(shapes[own], point)[0]]
        else:
            row, distance_m = _nearest(shapes, point)
            fates[k] = Fate.USED if distance_m <= NEAR_M else Fate.FAR
            if distance_m <= NEAR_M:
                found[k], away[k] = row, distance_m
    for k in np.flatnonzero((found >= 0) & ~np.isfinite(openings.sill_m)):
        found[k], fates[k], away[k] = -1, Fate.NO_SILL, math.nan
    seen: set[tuple[Any, ...]] = set()
    for k in np.flatnonzero(found >= 0):
        key = openings.ids[k], found[k], round(float(openings.x[k]), 2), round(float(openings.y[k]), 2)
        if key in seen:
            found[k], fates[k], away[k] = -1, Fate.REPEATED, math.nan
        seen.add(key)
    return Ties(found, fates, away)


def _repeated(rooms: RoomTable) -> set[int]:
    """Rows of rooms with the id and the shape of an earlier row: copies, which would hold the same water again."""
    import shapely

    seen: set[tuple[str, Any]] = set()
    rows: set[int] = set()
    for row, (id, shape) in enumerate(zip(rooms.ids, rooms.shapes, strict=True)):
        key = id, None if shape is None else shapely.to_wkb(shapely.normalize(shape))
        if key in seen:
            rows.add(row)
        seen.add(key)
    return rows


def _nearest(shapes: NDArray[Any], point: Any) -> tuple[int, float]:
    """The place of the nearest shape and its distance; the first where none has a place."""
    import shapely

    distances = np.nan_to_num(shapely.distance(shapes, point), nan=np.inf)
    if not len(distances):
        return 0, math.inf
    place = int(np.argmin(distances))
    return place, float(distances[place])


def make(
    rooms: RoomTable,
    openings: OpeningTable,
    ties: Ties,
    kinds: Mapping[str, OpeningKind],
    fill_share: float = FILL_SHARE,
) -> MadeRooms:
    """Rooms and openings, with levels and widths guessed where layers have none.

    A room without levels lies below the lowest sill of its openings. A window above the ceiling of its room leads to a
    storey above it.
    """
    own = [np.flatnonzero(ties.room == row) for row in range(len(rooms.ids))]
    made: list[Room] = []
    room_fates: list[Fate] = []
    guessed, numbers, copies = list[bool](), dict[int, int](), _repeated(rooms)
    for row in range(len(rooms.ids)):
        if row in copies:
            room_fates.append(Fate.REPEATED)
            continue
        sill_m = float(openings.sill_m[own[row]].min(initial=math.inf))
        room, fate, guess = _room(rooms, row, sill_m, fill_share)
        room_fates.append(fate)
        if room is not None:
            numbers[row] = len(made)
            made.append(room)
            guessed.append(guess)
    result, rows, fates, widths = [], [], list(ties.fates), 0
    for k in np.flatnonzero(ties.room >= 0):
        number = numbers.get(int(ties.room[k]), -1)
        kind, sill_m, width_m = openings.kinds[k], float(openings.sill_m[k]), float(openings.width_m[k])
        if number < 0:
            fates[k] = Fate.OF_LOST_ROOM
        elif kind == "window" and sill_m >= made[number].top_m:
            fates[k] = Fate.ABOVE
        else:
            if not math.isfinite(width_m):
                width_m, widths = kinds.get(kind, kinds["door"]).width_m, widths + 1
            place = float(openings.x[k]), float(openings.y[k])
            result.append(RoomOpening(openings.ids[k], number, *place, sill_m, width_m, kind))
            rows.append(int(k))
    return MadeRooms(tuple(made), tuple(result), tuple(rows), room_fates, fates, widths, tuple(guessed))


def _room(rooms: RoomTable, row: int, sill_m: float, fill_share: float) -> tuple[Room | None, Fate, bool]:
    """A row as a room, what became of it, and whether a level or the height was guessed."""
    bottom, top, height = (float(values[row]) for values in (rooms.bottom_m, rooms.top_m, rooms.height_m))
    guessed = False
    if math.isnan(bottom) or math.isnan(top):
        guessed = math.isnan(height) or (math.isnan(bottom) and math.isnan(top))
        height = HEIGHT_M if math.isnan(height) else height
        if math.isnan(bottom):
            top = sill_m if math.isnan(top) else top
            bottom = top - height
        else:
            top = bottom + height
    if not math.isfinite(top):
        return None, Fate.NO_LEVEL, False
    if not top > bottom:
        return None, Fate.UPSIDE_DOWN, False
    area, volume, share = (float(values[row]) for values in (rooms.area_m2, rooms.volume_m3, rooms.fill_share))
    if math.isnan(area) and rooms.shapes[row] is not None:
        area = float(rooms.shapes[row].area)
    if math.isnan(volume):
        volume = area * (top - bottom) * (fill_share if math.isnan(share) else share)
    if not volume > 0:
        return None, Fate.NO_VOLUME, False
    return Room(rooms.ids[row], bottom, top, volume, row), Fate.USED, guessed


def without_buried(made: MadeRooms, ground_m: Vector, kinds: Mapping[str, OpeningKind]) -> MadeRooms:
    """Leave out doors and windows that lie below the ground before them; `ground_m` is NaN where that is unknown."""
    keep, fates = [], list(made.opening_fates)
    for number, opening in enumerate(made.openings):
        deep = ground_m[number] - opening.sill_m > BURIED_M
        if deep and not kinds.get(opening.kind, kinds["door"]).leads_down:
            fates[made.opening_rows[number]] = Fate.BURIED
        else:
            keep.append(number)
    return replace(
        made,
        openings=tuple(made.openings[number] for number in keep),
        opening_rows=tuple(made.opening_rows[number] for number in keep),
        opening_fates=fates,
    )


def counted(fates: Sequence[Fate]) -> list[Message]:
    """How many rows were left out, by why."""
    return [_left_out(fate, fates.count(fate)) for fate in Fate if fate is not Fate.USED and fate in fates]


def _left_out(fate: Fate, n: int) -> Message:
    return {
        Fate.INSIDE: Message("inside a building: {n}", n=n),
        Fate.NO_SILL: Message("without a sill: {n}", n=n),
        Fate.NO_PLACE: Message("without a point: {n}", n=n),
        Fate.UNKNOWN_ROOM: Message("of a room that is not in UNDERGROUND: {n}", n=n),
        Fate.NO_ROOM: Message("of a building without a room: {n}", n=n),
        Fate.FAR: Message("more than 50 m from every room: {n}", n=n),
        Fate.ABOVE: Message("windows above their room: {n}", n=n),
        Fate.BURIED: Message("doors and windows below the ground: {n}", n=n),
        Fate.OF_LOST_ROOM: Message("of a room that is left out: {n}", n=n),
        Fate.NO_LEVEL: Message("without a level and without an opening: {n}", n=n),
        Fate.NO_VOLUME: Message("without an area and a volume: {n}", n=n),
        Fate.UPSIDE_DOWN: Message("highest point not above the lowest: {n}", n=n),
        Fate.REPEATED: Message("with id and place of an earlier row: {n}", n=n),
    }[fate]
