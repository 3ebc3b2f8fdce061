"""Doors of buildings that are walls with gaps: from a layer of points to the insides that water fills."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.interiors import FILL_SHARE, HEIGHT_M, Interiors
from ....core.flood.processes.underground import FAR_M, free_cells, named
from ....core.flood.surface import GAPS, Surface
from ....core.flood.underground.places import mouth_cells
from ....core.flood.underground.rooms import Room, RoomOpening
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable
from .building_points import FIELD, REACH_M, building_of, labels_by_id, place_of
from .opening_widths import wide_note
from .parameters import Parameters

WIDTH_M = 1.0
"""Of a door whose width is not known."""
UPSTAIRS_M = 3.0
"""Openings so far above the floor of their building are those of upper storeys."""
BELOW_GROUND = ("ramp", "vent", "metro entrance")
"""Kinds of openings that lead below ground."""
FLOOR = "ground_floor_elev_m"


@dataclass
class _Door:
    """A door while it is read; NaN where a number is not known."""

    id: str
    building: int
    x: float
    y: float
    sill_m: float
    width_m: float
    ground_m: float


@dataclass
class _Notes:
    """What is noted of the doors."""

    left_out: Counter[str] = field(default_factory=Counter)
    guessed: int = 0
    far: list[str] = field(default_factory=list)


def read_doors(parameters: Parameters, grid: Grid, surface: Surface) -> Interiors:
    """The points of DOORS as the insides of their buildings.

    Raises
    ------
    InputError
        When there are no buildings, a width is negative, or no door belongs to a building.
    """
    source = parameters.source("DOORS")
    if source is None:
        return Interiors()
    if surface.buildings_as != GAPS:
        parameters.warn([Message("DOORS have no effect: choose gaps in BUILDINGS_AS, and water enters buildings.")])
        return Interiors()
    if surface.buildings is None:
        raise InputError("DOORS belong to buildings: choose BUILDINGS, or leave DOORS empty.")
    table = parameters.features(source, grid, "id", FIELD, "width_m", "sill_elev_m", "kind", "is_external")
    notes = _Notes()
    doors = list(_doors(parameters, table, grid, surface, notes))
    rooms, openings = _rooms(doors, _floors(parameters, grid), grid, surface, notes)
    if len(table) and not rooms:
        raise InputError(
            "No door of '{layer}' belongs to a building on the terrain: move the points to within {reach:g} m of one, "
            "or check the CRS.",
            layer=source.sourceName(),
            reach=REACH_M,
        )
    parameters.warn([*_doubts(notes), wide_note(openings, "DOORS")])
    parameters.entries.append(_entry(len(openings), len(rooms), surface, notes))
    return Interiors(rooms, openings, grid.west, grid.north)


def _doors(parameters: Parameters, table: FeatureTable, grid: Grid, surface: Surface, notes: _Notes) -> Iterator[_Door]:
    """The doors of a layer that belong to a building and lead outside above ground."""
    import shapely

    labels = labels_by_id(parameters, grid) if FIELD in table.columns else {}
    free = free_cells(surface)
    for row, point in enumerate(table.geometries):
        place, said = place_of(point, grid), table.get(FIELD)[row]
        reason = "outside" if place is None else _unfit(table, row)
        building = building_of(said, labels, point, grid, surface)
        reason = reason or ("" if building else "stray")
        if reason or not building:
            notes.left_out[reason] += 1
            continue
        x, y = shapely.get_coordinates(point)[0]
        width_m = _number(table, "width_m", row)
        place_row, place_column = (grid.north - y) / grid.cell_m, (x - grid.west) / grid.cell_m
        rows, columns = mouth_cells(free, place_row, place_column, 0.0, grid.cell_m)
        ground_m = float(grid.values[rows[0], columns[0]]) if len(rows) else math.nan
        name = str(table.get("id")[row] or row + 1)
        yield _Door(name, building, x, y, _number(table, "sill_elev_m", row), width_m, ground_m)


def _unfit(table: FeatureTable, row: int) -> str:
    """Why an opening is no door to the outside; "" where it is one."""
    if str(table.get("kind")[row] or "").strip().lower() in BELOW_GROUND:
        return "below"
    outside = table.get("is_external")[row]
    return "inside" if outside is not None and not bool(outside) else ""


def _number(table: FeatureTable, name: str, row: int) -> float:
    value: Any = table.get(name)[row]
    try:
        return math.nan if value is None else float(value)
    except (TypeError, ValueError):
        return math.nan


def _floors(parameters: Parameters, grid: Grid) -> dict[int, float]:
    """Level of the ground floor by label of the building, where the layer has it."""
    source = parameters.source("BUILDINGS")
    if source is None:
        return {}
    values = parameters.features(source, grid, FLOOR).get(FLOOR)
    return {label: float(value) for label, value in enumerate(values, 1) if value is not None}


def _rooms(
    doors: list[_Door], floors: dict[int, float], grid: Grid, surface: Surface, notes: _Notes
) -> tuple[tuple[Room, ...], tuple[RoomOpening, ...]]:
    """The inside of each building with doors, and its doors; what is not known comes from the floor and the ground."""
    labels = np.where(np.isfinite(grid.values), surface.buildings if surface.buildings is not None else 0, 0)
    cells = np.bincount(labels.ravel())
    rooms: list[Room] = []
    openings: list[RoomOpening] = []
    for building in sorted({door.building for door in doors}):
        own = [door for door in doors if door.building == building]
        floor_m = floors.get(building, math.nan)
        known = [(door, _sill_m(door, floor_m)) for door in own]
        sills = [sill for _, sill in known if math.isfinite(sill)]
        floor_m = floor_m if math.isfinite(floor_m) else min(sills, default=math.nan)
        if not math.isfinite(floor_m) or not cells[building]:
            notes.left_out["outside"] += len(own)
            continue
        number = len(rooms)
        for door, sill_m in known:
            if not sill_m <= floor_m + UPSTAIRS_M:
                notes.left_out["upstairs" if math.isfinite(sill_m) else "outside"] += 1
                continue
            notes.guessed += math.isnan(door.sill_m) or math.isnan(door.width_m)
            if abs(sill_m - door.ground_m) > FAR_M:
                notes.far.append(door.id)
            width_m = WIDTH_M if math.isnan(door.width_m) else door.width_m
            openings.append(RoomOpening(door.id, number, door.x, door.y, max(sill_m, floor_m), width_m, "door"))
        area_m2 = float(cells[building]) * grid.cell_m**2
        rooms.append(Room.of_area(str(building), area_m2, floor_m, floor_m + HEIGHT_M, FILL_SHARE, building))
    return tuple(rooms), tuple(openings)


def _sill_m(door: _Door, floor_m: float) -> float:
    """Its sill; where that is not known the floor, else the ground outside."""
    if math.isfinite(door.sill_m):
        return door.sill_m
    return floor_m if math.isfinite(floor_m) else door.ground_m


def _doubts(notes: _Notes) -> Iterator[Message]:
    if notes.far:
        yield Message(
            "The sills of {n} doors ({ids}) lie more than {far_m:g} m above or below the ground there: make sure that "
            "sill_elev_m and ground_floor_elev_m are in metres above the terrain's datum.",
            n=len(notes.far),
            ids=named(notes.far),
            far_m=FAR_M,
        )


def _entry(doors: int, rooms: int, surface: Surface, notes: _Notes) -> Entry:
    left_out = notes.left_out
    buildings = len(np.unique(surface.buildings[surface.buildings > 0])) if surface.buildings is not None else 0
    why = [
        Message("outside: {n}", n=left_out["outside"]) if left_out["outside"] else None,
        Message("of no building: {n}", n=left_out["stray"]) if left_out["stray"] else None,
        Message("below ground: {n}", n=left_out["below"]) if left_out["below"] else None,
        Message("inside a building: {n}", n=left_out["inside"]) if left_out["inside"] else None,
        Message("of upper storeys: {n}", n=left_out["upstairs"]) if left_out["upstairs"] else None,
        Message("sill at the floor or ground, or width of {m:g} m", m=WIDTH_M) if notes.guessed else None,
        Message("{n} of {all} buildings have one, the others stay dry inside", n=rooms, all=buildings),
    ]
    return Entry(Message("Doors"), doors, left_out.total(), notes.guessed, reasons(why))
