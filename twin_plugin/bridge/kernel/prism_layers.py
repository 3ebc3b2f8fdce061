"""Layers of buildings, storeys and schemes, read as upright prisms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms, parts_of
from ...core.common.progress import advance
from .input_table import Entry
from .line_layers import first_field, names_of
from .metric_layers import AREAS, Reader, all_valid, ids_of, numbers_of, row_ids, why
from .number_fields import require_field
from .vectors import FeatureTable

OWNER = ("building_id", "建筑编号")
TOP = ("roof_elev_m", "top_elev_m", "top_m", "屋顶标高", "顶标高")
HEIGHT = ("height_m", "height", "building_height", "bldg_height", "高度", "建筑高度")
FLOOR = ("ground_floor_elev_m", "elev_m")
BASE = ("base_elev_m", "bottom_elev_m", "底标高")
STOREYS = ("storeys_above", "floors", "levels", "building:levels", "层数", "地上层数")
"""Usual names of fields, in any case."""
STOREY_M = 3.0
"""Height of a storey where only their number is known."""
FLOATING_M = 10.0
"""Where all buildings stand higher above the terrain, their levels are those of another datum or unit."""
LEAST_M = 0.01
"""Lower bodies cast no shadow worth a name."""


@dataclass(frozen=True)
class HeightFields:
    """The fields that the user chose; "" for the usual names."""

    top: str = ""
    height: str = ""
    base: str = ""


@dataclass(frozen=True)
class BuildingsRead:
    """A layer of bodies.

    Attributes
    ----------
    prisms : Prisms
    notes, entry
        What the log says of it.
    rows : ndarray of int64
        The object of each row of the layer, -1 where the row is left out.
    prism_rows : ndarray of int64, shape (prisms,)
        The row of the layer that each prism is of.
    table : FeatureTable
        The layer without its geometries.
    """

    prisms: Prisms
    notes: list[Message]
    entry: Entry
    rows: np.ndarray
    prism_rows: np.ndarray
    table: FeatureTable


def read_buildings(
    source: QgsFeatureSource, parameter: str, reader: Reader, terrain: Grid | None, fields: HeightFields | None = None
) -> BuildingsRead:
    """Polygons with heights, or the storeys of a twin base (each a body of its building), as prisms.

    Top: the field of the top, else base and height. Base: its field, else the floor's, else the lowest terrain at the
    outline, else 0. Where a row has neither top nor height, the number of its storeys times 3 m, which is counted.
    A field of heights or bases that the user chose goes before the usual names of other fields.

    Raises
    ------
    InputError
        Where the layer holds no polygons or nothing that says how high they are.
    """
    read = bodies_of(reader.table(source, parameter, AREAS), source.sourceName(), parameter, reader, terrain, fields)
    if len(read.table) and not len(read.prisms):
        raise nothing_stands(source.sourceName())
    return read


def nothing_stands(name: str) -> InputError:
    """The error for a layer that says of no feature how high it is."""
    return InputError(
        "No feature of the layer '{name}' has a polygon and a height: fill a field such as {fields}, or choose yours.",
        name=name,
        fields=", ".join((TOP[0], HEIGHT[0], STOREYS[0])),
    )


def bodies_of(
    table: FeatureTable, name: str, parameter: str, reader: Reader, terrain: Grid | None,
    fields: HeightFields | None = None,
) -> BuildingsRead:  # fmt: skip
    """The same of a table, which may be a part of a layer; nothing may stand in it.

    Raises
    ------
    InputError
        Where a field that the user chose is not there.
    """
    fields = fields or HeightFields()
    for chosen in (fields.top, fields.height, fields.base):
        require_field(table, chosen, name)
    notes: list[Message] = []
    ground = _lowest_ground(table.geometries, terrain)
    bottom, top, guessed, is_at_zero = _levels(table, fields, ground, notes)
    advance(reader.go_on, math.nan)
    shapes = all_valid(np.asarray(table.geometries, object))
    table = FeatureTable(np.full(len(table), None, object), table.columns, table.ids)  # cities need the memory
    area = np.nan_to_num(shapely.area(shapes))
    known = np.isfinite(top) & np.isfinite(bottom)
    flat = known & (top - bottom < LEAST_M)
    used = (area > 0) & known & ~flat
    advance(reader.go_on, math.nan)
    owner, ids, names = owners_of(table, used, name, notes)
    advance(reader.go_on, math.nan)
    if terrain is not None:
        notes += _beside_the_terrain(name, owner, ids, bottom[used] - ground[used], top[used] - ground[used])
    shapes = shapes[used]
    parts, place = parts_of(shapes)
    del shapes
    prisms = Prisms(parts, bottom[used][place], top[used][place], owner[place], tuple(ids), tuple(names))
    lost = [
        Message("no geometry or area: {n}", n=int((~(area > 0)).sum())),
        Message("no height: {n}", n=int((~known & (area > 0)).sum())),
        Message("top not above the base: {n}", n=int((flat & (area > 0)).sum())),
    ]
    told = Message("{storey:g} m for each storey: {n}", storey=STOREY_M, n=int((guessed & used).sum()))
    at_zero = used & is_at_zero if terrain is None else np.zeros(len(table), bool)
    if at_zero.any():
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' state no base, and there is no terrain: they stand at "
                "elevation 0 m.",
                n=int(at_zero.sum()),
                all=len(table),
                name=name,
            )
        )
    left_out = len(table) - int(used.sum())
    if left_out:
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' are left out: {why}.",
                n=left_out,
                all=len(table),
                name=name,
                why=why(lost),
            )
        )
    zero = Message("base at 0 m: {n}", n=int(at_zero.sum()))
    told_all = why([*lost, told, zero])
    entry = Entry(Message(parameter), int(used.sum()), left_out, int((used & guessed | at_zero).sum()), told_all)
    rows = np.full(len(table), -1, np.int64)
    rows[used] = owner
    return BuildingsRead(prisms, notes, entry, rows, np.flatnonzero(used)[place], table)


def _levels(
    table: FeatureTable, fields: HeightFields, ground: np.ndarray, notes: list[Message]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Bottom and top of each row, NaN where unknown; whether its height is guessed, its base not stated."""

    def numbers(own: str, names: Sequence[str], meaning: str) -> np.ndarray:
        return numbers_of(table, (own,) if own else names, meaning, notes)

    top = numbers(fields.top, TOP, "elev_m")
    height = numbers(fields.height, HEIGHT, "height_m")
    floor = numbers("", FLOOR, "elev_m")
    base = numbers(fields.base, BASE, "elev_m")
    if fields.base:
        floor = np.where(np.isfinite(base), base, floor)
    if fields.height and not fields.top:
        top = np.where(np.isfinite(height), np.nan, top)
    standing = np.where(np.isfinite(floor), floor, np.where(np.isfinite(base), base, ground))
    storeys = numbers("", STOREYS, "storeys_above")
    guessed = np.isnan(top) & np.isnan(height) & (storeys > 0)
    height = np.where(guessed, storeys * STOREY_M, height)
    top = np.where(np.isfinite(top), top, standing + height)
    return np.where(np.isfinite(base), base, standing), top, guessed, ~(np.isfinite(floor) | np.isfinite(base))


def _lowest_ground(shapes: np.ndarray, terrain: Grid | None) -> np.ndarray:
    """The lowest terrain at the corners of each outline; 0 without a terrain, NaN off it."""
    if terrain is None:
        return np.zeros(len(shapes))
    points, row = shapely.get_coordinates(shapes, return_index=True)
    heights = terrain.sample(points[:, 0], points[:, 1])
    lowest = np.full(len(shapes), np.inf)
    np.fmin.at(lowest, row, heights)
    return np.where(np.isfinite(lowest), lowest, np.nan)


def _beside_the_terrain(
    name: str, owner: np.ndarray, ids: Sequence[str], bottom_m: np.ndarray, top_m: np.ndarray
) -> list[Message]:
    """Buildings below the terrain or high above it, from the bottom and top of each body above the terrain there."""
    low, high = np.full(len(ids), np.inf), np.full(len(ids), -np.inf)
    np.fmin.at(low, owner, bottom_m)
    np.fmax.at(high, owner, top_m)
    notes, placed = [], np.isfinite(low)
    below = placed & (high < 0)
    if below.any():
        notes.append(
            Message(
                "{n} of {all} buildings of the layer '{name}' lie wholly below the terrain, such as '{id}': check that "
                "their levels have its vertical datum and unit.",
                n=int(below.sum()),
                all=len(ids),
                name=name,
                id=ids[int(np.argmax(below))][:60],
            )
        )
    if placed.any() and (least := float(low[placed].min())) > FLOATING_M:
        notes.append(
            Message(
                "All buildings of the layer '{name}' stand {distance:.3g} m or more above the terrain: check that "
                "their levels have its vertical datum and unit.",
                name=name,
                distance=least,
            )
        )
    return notes


def owners_of(
    table: FeatureTable, used: np.ndarray, name: str, notes: list[Message]
) -> tuple[np.ndarray, list[str], list[str]]:
    """The object of each row that is used, and the ids and names of all objects."""
    of_building = first_field(table, OWNER)
    rows = ids_of(of_building, table) if of_building else row_ids(table)
    called = names_of(table)
    place, ids, names, double = dict[str, int](), list[str](), list[str](), 0
    owner = []
    for row in np.flatnonzero(used):
        identity = rows[row] or str(table.ids[row])
        if identity in place and not of_building:
            double += 1
            identity = f"{identity} ({table.ids[row]})"
        if identity not in place:
            place[identity] = len(ids)
            ids.append(identity)
            names.append(identity if of_building else called[row] or identity)
        owner.append(place[identity])
    if double:
        notes.append(
            Message(
                "{n} features of the layer '{name}' have an id that another one has as well: check whether a model was "
                "loaded twice.",
                n=double,
                name=name,
            )
        )
    return np.array(owner, np.int64), ids, names
