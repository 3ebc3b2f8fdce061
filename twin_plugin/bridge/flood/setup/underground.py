"""Rooms below ground from layers: the rooms, their openings, passages between them, and barriers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.underground import UndergroundWater, free_cells
from ....core.flood.surface import Surface
from ....core.flood.underground.rooms import FILL_SHARE, Barrier, RoomLink
from ....core.flood.underground.ties import (
    NO_OPENINGS,
    Fate,
    MadeRooms,
    OpeningTable,
    RoomTable,
    counted,
    joined,
    make,
    tie,
    without_buried,
)
from ...kernel.input_table import Entry, reasons
from .opening_widths import wide_note
from .parameters import Parameters
from .raised_cells import raised_openings
from .underground_layers import (
    BARRIER_FIELDS,
    LINK_FIELDS,
    OPENING_FIELDS,
    ROOM_FIELDS,
    numbers_of,
    opening_kinds,
    openings_of,
    read_layer,
    require_fields,
    rooms_of,
    texts_of,
)

NEAR_BARRIER_M = 10.0
"""A barrier that names no opening stands at the nearest one, at most so far from it."""
NEEDS_ROOMS = (
    "OPENINGS_UNDERGROUND", "UNDERGROUND_LINKS", "BARRIERS", "UNDERGROUND_FILLED", "UNDERGROUND_OPENINGS",
    "UNDERGROUND_SERIES",
)  # fmt: skip


class Guesses(Protocol):
    """What stands for openings and sills that layers do not have."""

    def sills(self, openings: OpeningTable) -> OpeningTable:
        """The openings with a sill where the layer has none, as far as one can be guessed."""

    def openings(self, rooms: RoomTable, rows: Sequence[int]) -> OpeningTable:
        """Openings for rooms that have none, by their rows."""


@dataclass(frozen=True)
class RoomsRead:
    """Rooms below ground and their openings as the layers have them, and the process that they make.

    Attributes
    ----------
    process : UndergroundWater
    made : MadeRooms
    rooms : RoomTable
    openings : OpeningTable
        Those of the layer, then those that were assumed.
    sills_guessed, assumed : frozenset of int
        Rows of `openings`.
    """

    process: UndergroundWater
    made: MadeRooms
    rooms: RoomTable
    openings: OpeningTable
    sills_guessed: frozenset[int] = frozenset()
    assumed: frozenset[int] = frozenset()

    def widths_guessed(self) -> frozenset[int]:
        """Rows of `openings` whose width was guessed by their kind."""
        return frozenset(row for row in self.made.opening_rows if math.isnan(self.openings.width_m[row]))


def read_underground(parameters: Parameters, grid: Grid, surface: Surface) -> tuple[UndergroundWater, ...]:
    """The rooms below ground of a run; none without UNDERGROUND."""
    if parameters.source("UNDERGROUND") is None:
        for name in NEEDS_ROOMS:
            if parameters.given(name):
                raise InputError("{name} has no effect without UNDERGROUND: choose the layer of rooms.", name=name)
        return ()
    if parameters.source("OPENINGS_UNDERGROUND") is None:
        raise InputError("UNDERGROUND needs OPENINGS_UNDERGROUND: choose the points at which water enters the rooms.")
    process = read_rooms(parameters, grid, surface).process
    return (process,) if process.rooms else ()


def read_rooms(parameters: Parameters, grid: Grid, surface: Surface, guesses: Guesses | None = None) -> RoomsRead:
    """The rooms below ground with openings, passages and barriers; without guesses only what the layers have.

    Raises
    ------
    InputError
        For the first layer that cannot be used.
    """
    rooms = _read_rooms(parameters, grid)
    openings = given = _read_openings(parameters, grid, guesses is not None)
    if guesses is not None:
        openings = guesses.sills(given)
    placed = _place(parameters, rooms, openings, grid, surface)
    if guesses is not None and (bare := _without_opening(parameters, rooms, placed.made)):
        openings = joined(openings, guesses.openings(rooms, bare))
        placed = _place(parameters, rooms, openings, grid, surface)
    made, known = placed.made, len(given.ids)
    numbers = {row: number for number, row in enumerate(made.opening_rows)}
    names = [opening.id for opening in made.openings]
    places = [placed.places[row] for row in made.opening_rows]
    wide = wide_note(made.openings, "OPENINGS_UNDERGROUND")
    parameters.warn([raised_openings(names, places, grid, surface), wide])
    process = UndergroundWater(
        made.rooms,
        made.openings,
        _links(parameters, rooms, made),
        _barriers(parameters, grid, openings, made, numbers),
        grid.west,
        grid.north,
    )
    sills = np.flatnonzero(np.isnan(given.sill_m) & np.isfinite(openings.sill_m[:known])).tolist()
    read = RoomsRead(process, made, rooms, openings, frozenset(sills), frozenset(range(known, len(openings.ids))))
    _note(parameters, read, placed)
    return read


def _read_rooms(parameters: Parameters, grid: Grid) -> RoomTable:
    source = parameters.source("UNDERGROUND")
    if source is None:
        raise InputError("UNDERGROUND is empty: choose the layer of rooms below ground.")
    return rooms_of(parameters, read_layer(parameters, source, grid, ROOM_FIELDS), source.sourceName())


def _read_openings(parameters: Parameters, grid: Grid, guess: bool) -> OpeningTable:
    """The openings; none without a layer."""
    source = parameters.source("OPENINGS_UNDERGROUND")
    if source is None:
        return NO_OPENINGS
    table = read_layer(parameters, source, grid, OPENING_FIELDS)
    return openings_of(parameters, table, source.sourceName(), without_sills=guess)


@dataclass(frozen=True)
class _Placed:
    """Rooms and openings, with the cells of each opening that leads to a room, by its row."""

    made: MadeRooms
    places: dict[int, tuple[np.ndarray, np.ndarray]]
    distance_m: np.ndarray


def _place(parameters: Parameters, rooms: RoomTable, openings: OpeningTable, grid: Grid, surface: Surface) -> _Placed:
    """Tie openings to rooms, and find the cells at which the water of each stands."""
    ties, kinds = tie(openings, rooms), opening_kinds()
    made = make(rooms, openings, ties, kinds, parameters.number("UNDERGROUND_FILL_SHARE") or FILL_SHARE)
    placed = UndergroundWater(made.rooms, made.openings, west=grid.west, north=grid.north)
    places = placed.places(free_cells(surface), grid.cell_m)
    ground_m = np.array([float(grid.values[r[0], c[0]]) if len(r) else math.nan for r, c in places])
    by_row = dict(zip(made.opening_rows, places, strict=True))
    return _Placed(without_buried(made, ground_m, kinds), by_row, ties.distance_m)


def _without_opening(parameters: Parameters, rooms: RoomTable, made: MadeRooms) -> list[int]:
    """Rows of rooms that no opening and no passage leads to."""
    reached = {made.rooms[opening.room].row for opening in made.openings}
    source = parameters.source("UNDERGROUND_LINKS")
    linked: set[str] = set()
    if source is not None:
        table = parameters.plain_features(source, *LINK_FIELDS)
        linked = {*texts_of(table, "from"), *texts_of(table, "to")}
    usable = (Fate.USED, Fate.NO_LEVEL)
    return [
        row
        for row, fate in enumerate(made.room_fates)
        if fate in usable and row not in reached and rooms.ids[row] not in linked
    ]


def _links(parameters: Parameters, rooms: RoomTable, made: MadeRooms) -> tuple[RoomLink, ...]:
    source = parameters.source("UNDERGROUND_LINKS")
    if source is None:
        return ()
    layer, table = source.sourceName(), parameters.plain_features(source, *LINK_FIELDS)
    require_fields(table, LINK_FIELDS, layer, "UNDERGROUND_LINKS")
    by_id = {room.id: number for number, room in reversed(list(enumerate(made.rooms)))}
    sills, widths = (numbers_of(parameters, table, name, layer) for name in ("sill_elev_m", "width_m"))
    links, lost = [], 0
    for row, ends in enumerate(zip(texts_of(table, "from"), texts_of(table, "to"), strict=True)):
        for end in ends:
            if end not in rooms.ids:
                raise InputError(
                    "Row {row} of UNDERGROUND_LINKS ('{layer}') names the room '{id}', which UNDERGROUND does not "
                    "have: correct from and to, which are values of the field id.",
                    row=row + 1,
                    layer=layer,
                    id=end,
                )
        if not (math.isfinite(sills[row]) and widths[row] > 0):
            raise InputError(
                "Row {row} of UNDERGROUND_LINKS ('{layer}') needs sill_elev_m (m above datum) and width_m above 0.",
                row=row + 1,
                layer=layer,
            )
        if all(end in by_id for end in ends):
            links.append(RoomLink(by_id[ends[0]], by_id[ends[1]], float(sills[row]), float(widths[row])))
        else:
            lost += 1
    why = Message("of a room that is left out: {n}", n=lost) if lost else None
    parameters.entries.append(
        Entry(Message("Passages between rooms below ground"), len(links), lost, 0, reasons([why]))
    )
    return tuple(links)


def _barriers(
    parameters: Parameters, grid: Grid, openings: OpeningTable, made: MadeRooms, numbers: dict[int, int]
) -> tuple[Barrier, ...]:
    source = parameters.source("BARRIERS")
    if source is None:
        return ()
    layer = source.sourceName()
    table = read_layer(parameters, source, grid, BARRIER_FIELDS)
    values = {name: numbers_of(parameters, table, name, layer) for name in BARRIER_FIELDS[2:]}
    kinds, barriers, lost, guessed, idle = texts_of(table, "kind"), [], 0, 0, 0
    for row, opening_id in enumerate(texts_of(table, "opening_id")):
        number = numbers.get(_opening_row(row, opening_id, table.geometries[row], openings, layer), -1)
        if number < 0:
            lost += 1
            continue
        own = {name: float(column[row]) for name, column in values.items()}
        crest_m = _crest(row, kinds[row], own, made.openings[number].sill_m, layer)
        always = math.isnan(own["closes_at_min"]) and math.isnan(own["closes_at_level_m"])
        guessed += always
        closes_s = 0.0 if always else 60.0 * _or_never(own["closes_at_min"])
        level_m, fails_s = _or_never(own["closes_at_level_m"]), 60.0 * _or_never(own["fails_at_min"])
        barriers.append(Barrier(number, crest_m, closes_s, level_m, fails_s))
        idle += crest_m <= made.openings[number].sill_m or (math.isinf(level_m) and fails_s <= closes_s)
    if idle:
        text = (
            "{n} barriers of '{layer}' hold no water back: their crest is not above the sill of the opening, or they "
            "fail before they close. Correct crest_elev_m, height_m, closes_at_min or fails_at_min."
        )
        parameters.warn([Message(text, n=idle, layer=layer)])
    why = [
        Message("at openings that are not used: {n}", n=lost) if lost else None,
        Message("closed from the start, since they have no time and no level: {n}", n=guessed) if guessed else None,
    ]
    parameters.entries.append(Entry(Message("Barriers"), len(barriers) - guessed, lost, guessed, reasons(why)))
    return tuple(barriers)


def _opening_row(row: int, opening_id: str, shape: Any, openings: OpeningTable, layer: str) -> int:
    """The row of the opening that a barrier stands at."""
    if opening_id:
        if opening_id in openings.ids:
            return list(openings.ids).index(opening_id)
        raise InputError(
            "Row {row} of BARRIERS ('{layer}') names the opening '{id}', which OPENINGS_UNDERGROUND does not have: "
            "correct opening_id, which is a value of the field id.",
            row=row + 1,
            layer=layer,
            id=opening_id,
        )
    if shape is not None and len(openings.ids):
        centre = shape.centroid
        distance_m = np.nan_to_num(np.hypot(openings.x - centre.x, openings.y - centre.y), nan=np.inf)
        if distance_m.min() <= NEAR_BARRIER_M:
            return int(distance_m.argmin())
    raise InputError(
        "Row {row} of BARRIERS ('{layer}') stands at no opening: give opening_id, or a point at most {near:g} m from "
        "one.",
        row=row + 1,
        layer=layer,
        near=NEAR_BARRIER_M,
    )


def _crest(row: int, kind: str, own: dict[str, float], sill_m: float, layer: str) -> float:
    """Level up to which a barrier holds water back; a gate shuts its opening."""
    if kind.lower() == "gate":
        return math.inf
    if math.isfinite(own["crest_elev_m"]):
        return own["crest_elev_m"]
    if math.isfinite(own["height_m"]):
        return sill_m + own["height_m"]
    raise InputError(
        "Row {row} of BARRIERS ('{layer}') has no height: give height_m (above the sill), crest_elev_m (above datum), "
        "or the kind gate, which shuts the opening.",
        row=row + 1,
        layer=layer,
    )


def _or_never(value: float) -> float:
    return math.inf if math.isnan(value) else value


def _note(parameters: Parameters, read: RoomsRead, placed: _Placed) -> None:
    """The lines of rooms and openings in the table at the end of the log."""
    made = read.made
    lost = len(made.room_fates) - len(made.rooms)
    dry = len(made.rooms) - len({opening.room for opening in made.openings})
    why = [
        *counted(made.room_fates),
        Message("height or level guessed: {n}", n=made.levels_guessed) if made.levels_guessed else None,
        Message("without an opening: {n}", n=dry) if dry else None,
        Message("without an opening in the layer, one is assumed: {n}", n=len(read.assumed)) if read.assumed else None,
    ]
    entry = Entry(Message("Rooms below ground"), len(made.rooms), lost, made.levels_guessed, reasons(why))
    parameters.entries.append(entry)
    parameters.entries.append(_opening_entry(read, placed))


def _opening_entry(read: RoomsRead, placed: _Placed) -> Entry:
    made, distance_m = read.made, placed.distance_m
    lost = sum(fate is not Fate.USED for fate in made.opening_fates)
    by_distance = np.isfinite(distance_m)
    furthest_m = float(distance_m[by_distance].max()) if by_distance.any() else 0.0
    without_cell = sum(not len(rows) for rows, _ in placed.places.values())
    assumed, sills = len(read.assumed), len(read.sills_guessed.intersection(made.opening_rows))
    why = [
        *counted(made.opening_fates),
        Message("width guessed by kind: {n}", n=made.widths_guessed) if made.widths_guessed else None,
        Message("sill guessed from the ground: {n}", n=sills) if sills else None,
        Message("assumed: {n}", n=assumed) if assumed else None,
        Message("without a free cell near: {n}", n=without_cell) if without_cell else None,
        Message("of the nearest room: {n}, at most {far:.1f} m away", n=int(by_distance.sum()), far=furthest_m)
        if by_distance.any()
        else None,
    ]
    guessed = len((read.widths_guessed() | read.sills_guessed | read.assumed).intersection(made.opening_rows))
    what = Message("Openings of rooms below ground")
    return Entry(what, len(made.openings) - assumed, lost, guessed, reasons(why))
