"""Rooms below ground from layers: the rooms, their openings, passages between them, and barriers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource, QgsWkbTypes

from ....core.common.csv_table import read_rows
from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.underground import UndergroundWater, free_cells
from ....core.flood.surface import Surface
from ....core.flood.underground.rooms import FILL_SHARE, Barrier, RoomLink
from ....core.flood.underground.ties import (
    Fate,
    MadeRooms,
    OpeningKind,
    OpeningTable,
    RoomTable,
    counted,
    make,
    tie,
    without_buried,
)
from ...kernel import resources
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable
from .parameters import Parameters
from .raised_cells import raised_openings

ROOM_FIELDS = (
    "id", "building_id", "top_elev_m", "bottom_elev_m", "height_m", "area_m2", "volume_m3", "fill_share",
)  # fmt: skip
OPENING_FIELDS = ("id", "room_id", "building_id", "kind", "sill_elev_m", "width_m", "is_external")
LINK_FIELDS = ("from", "to", "sill_elev_m", "width_m")
BARRIER_FIELDS = (
    "opening_id", "kind", "height_m", "crest_elev_m", "closes_at_min", "closes_at_level_m", "fails_at_min",
)  # fmt: skip
LIMITS = {
    "top_elev_m": (-500.0, 9000.0),
    "bottom_elev_m": (-1000.0, 9000.0),
    "sill_elev_m": (-500.0, 9000.0),
    "crest_elev_m": (-500.0, 9000.0),
    "closes_at_level_m": (-500.0, 9000.0),
    "height_m": (0.0, 500.0),
    "area_m2": (0.01, 1e8),
    "volume_m3": (0.01, 1e9),
    "fill_share": (0.01, 1.0),
    "width_m": (0.0, 500.0),
    "closes_at_min": (0.0, 1e6),
    "fails_at_min": (0.0, 1e6),
}
"""Least and greatest possible value of a field."""
NEAR_BARRIER_M = 10.0
"""A barrier that names no opening stands at the nearest one, at most so far from it."""
NEEDS_ROOMS = (
    "OPENINGS_UNDERGROUND", "UNDERGROUND_LINKS", "BARRIERS", "UNDERGROUND_FILLED", "UNDERGROUND_OPENINGS",
    "UNDERGROUND_SERIES",
)  # fmt: skip


def read_underground(parameters: Parameters, grid: Grid, surface: Surface) -> tuple[UndergroundWater, ...]:
    """The rooms below ground of a run; none without UNDERGROUND."""
    source = parameters.source("UNDERGROUND")
    if source is None:
        for name in NEEDS_ROOMS:
            if parameters.given(name):
                raise InputError("{name} has no effect without UNDERGROUND: choose the layer of rooms.", name=name)
        return ()
    rooms = _rooms(parameters, _read(parameters, source, grid, ROOM_FIELDS), source.sourceName())
    opening_source = parameters.source("OPENINGS_UNDERGROUND")
    if opening_source is None:
        raise InputError("UNDERGROUND needs OPENINGS_UNDERGROUND: choose the points at which water enters the rooms.")
    name = opening_source.sourceName()
    openings = _openings(parameters, _read(parameters, opening_source, grid, OPENING_FIELDS), name)
    ties, kinds = tie(openings, rooms), _kinds()
    made = make(rooms, openings, ties, kinds, parameters.number("UNDERGROUND_FILL_SHARE") or FILL_SHARE)
    placed = UndergroundWater(made.rooms, made.openings, west=grid.west, north=grid.north)
    places = placed.places(free_cells(surface), grid.cell_m)
    ground_m = np.array([float(grid.values[r[0], c[0]]) if len(r) else math.nan for r, c in places])
    made = without_buried(made, ground_m, kinds)
    numbers = {row: number for number, row in enumerate(made.opening_rows)}
    _note_raised(parameters, made, grid, surface)
    process = UndergroundWater(
        made.rooms,
        made.openings,
        _links(parameters, rooms, made),
        _barriers(parameters, grid, openings, made, numbers),
        grid.west,
        grid.north,
    )
    _note(parameters, made, ties.distance_m, sum(not len(rows) for rows, _ in places))
    return (process,) if process.rooms else ()


def _note_raised(parameters: Parameters, made: MadeRooms, grid: Grid, surface: Surface) -> None:
    placed = UndergroundWater(made.rooms, made.openings, west=grid.west, north=grid.north)
    places = placed.places(free_cells(surface), grid.cell_m)
    parameters.warn([raised_openings([opening.id for opening in made.openings], places, grid, surface)])


def _read(parameters: Parameters, source: QgsFeatureSource, grid: Grid, fields: Sequence[str]) -> FeatureTable:
    """The rows of a layer in the terrain's CRS, or of a table without places."""
    if source.wkbType() == QgsWkbTypes.Type.NoGeometry:
        return parameters.plain_features(source, *fields)
    return parameters.features(source, grid, *fields)


def _kinds() -> dict[str, OpeningKind]:
    """The kinds of openings by their name."""
    rows = read_rows(resources.table("underground_openings"), ("kind", "width_m", "leads_down"))
    return {row["kind"]: OpeningKind(float(row["width_m"]), row["leads_down"] == "yes") for row in rows}


def _rooms(parameters: Parameters, table: FeatureTable, layer: str) -> RoomTable:
    ids = _texts(table, "id")
    ids = [text or str(own) for text, own in zip(ids, table.ids.tolist(), strict=True)]
    _same_ids(parameters, ids, layer)
    names = ("bottom_elev_m", "top_elev_m", "height_m", "area_m2", "volume_m3", "fill_share")
    values = (_numbers(parameters, table, name, layer) for name in names)
    return RoomTable(ids, _texts(table, "building_id"), list(table.geometries), *values)


def _openings(parameters: Parameters, table: FeatureTable, layer: str) -> OpeningTable:
    import shapely

    if "sill_elev_m" not in table.columns:
        raise InputError(
            "The layer '{layer}' of OPENINGS_UNDERGROUND has no field sill_elev_m: the level at which water enters, "
            "in m above the terrain's datum.",
            layer=layer,
        )
    ids = [text or str(own) for text, own in zip(_texts(table, "id"), table.ids.tolist(), strict=True)]
    _same_ids(parameters, ids, layer)
    points = shapely.centroid(np.asarray(table.geometries, object)) if len(table) else np.zeros(0, object)
    kinds = [text.lower() or "door" for text in _texts(table, "kind")]
    inside = np.array([value in (0, False, "0", "false") for value in table.get("is_external")], bool)
    sill_m, width_m = (_numbers(parameters, table, name, layer) for name in ("sill_elev_m", "width_m"))
    places = shapely.get_x(points), shapely.get_y(points)
    return OpeningTable(ids, _texts(table, "room_id"), _texts(table, "building_id"), kinds, *places, sill_m, width_m,
                        inside)  # fmt: skip


def _links(parameters: Parameters, rooms: RoomTable, made: MadeRooms) -> tuple[RoomLink, ...]:
    source = parameters.source("UNDERGROUND_LINKS")
    if source is None:
        return ()
    layer, table = source.sourceName(), parameters.plain_features(source, *LINK_FIELDS)
    _require(table, LINK_FIELDS, layer, "UNDERGROUND_LINKS")
    by_id = {room.id: number for number, room in reversed(list(enumerate(made.rooms)))}
    sills, widths = (_numbers(parameters, table, name, layer) for name in ("sill_elev_m", "width_m"))
    links, lost = [], 0
    for row, ends in enumerate(zip(_texts(table, "from"), _texts(table, "to"), strict=True)):
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
    table = _read(parameters, source, grid, BARRIER_FIELDS)
    values = {name: _numbers(parameters, table, name, layer) for name in BARRIER_FIELDS[2:]}
    kinds, barriers, lost, guessed, idle = _texts(table, "kind"), [], 0, 0, 0
    for row, opening_id in enumerate(_texts(table, "opening_id")):
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


def _note(parameters: Parameters, made: MadeRooms, distance_m: np.ndarray, without_cell: int) -> None:
    """The lines of rooms and openings in the table at the end of the log."""
    lost = len(made.room_fates) - len(made.rooms)
    dry = len(made.rooms) - len({opening.room for opening in made.openings})
    why = [
        *counted(made.room_fates),
        Message("height or level guessed: {n}", n=made.levels_guessed) if made.levels_guessed else None,
        Message("without an opening: {n}", n=dry) if dry else None,
    ]
    entry = Entry(Message("Rooms below ground"), len(made.rooms), lost, made.levels_guessed, reasons(why))
    parameters.entries.append(entry)
    lost = sum(fate is not Fate.USED for fate in made.opening_fates)
    by_distance = np.isfinite(distance_m)
    furthest_m = float(distance_m[by_distance].max()) if by_distance.any() else 0.0
    why = [
        *counted(made.opening_fates),
        Message("width guessed by kind: {n}", n=made.widths_guessed) if made.widths_guessed else None,
        Message("without a free cell near: {n}", n=without_cell) if without_cell else None,
        Message("of the nearest room: {n}, at most {far:.1f} m away", n=int(by_distance.sum()), far=furthest_m)
        if by_distance.any()
        else None,
    ]
    what = Message("Openings of rooms below ground")
    parameters.entries.append(Entry(what, len(made.openings), lost, made.widths_guessed, reasons(why)))


def _same_ids(parameters: Parameters, ids: Sequence[str], layer: str) -> None:
    more = len(ids) - len(set(ids))
    if more:
        text = "{n} rows of '{layer}' have the id of another row: where an id is named, the first row counts."
        parameters.warn([Message(text, n=more, layer=layer)])


def _require(table: FeatureTable, names: Sequence[str], layer: str, parameter: str) -> None:
    if missing := [name for name in names if name not in table.columns]:
        raise InputError(
            "The table '{layer}' of {parameter} has no field {names}.",
            layer=layer,
            parameter=parameter,
            names=", ".join(missing),
        )


def _texts(table: FeatureTable, name: str) -> list[str]:
    """A column as texts; "" where there is nothing."""
    return [_text(value) for value in table.get(name)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _numbers(parameters: Parameters, table: FeatureTable, name: str, layer: str) -> np.ndarray:
    """A column as numbers; NaN where there is none or no possible one, which is reported."""
    least, most = LIMITS[name]
    result, refused = np.full(len(table), math.nan), []
    for row, value in enumerate(table.get(name)):
        if value is None or not str(value).strip():
            continue
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if least <= number <= most:
            result[row] = number
        elif not (isinstance(value, float) and math.isnan(value)):
            refused.append(str(value)[:40])
    if refused:
        text = (
            "{n} values of the field '{field}' of '{layer}' are no numbers from {least:g} to {most:g}, such as "
            "'{value}': they count as unknown."
        )
        note = Message(text, n=len(refused), field=name, layer=layer, least=least, most=most, value=refused[0])
        parameters.warn([note])
    return result
