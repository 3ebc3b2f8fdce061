"""Layers of windows, and facades of buildings, as points that are asked for their sunlight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.planning.prisms import Prisms
from ...core.planning.sun_points import REACH_M, SunPoints, along_walls, covered, find_walls
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field, flags
from ..kernel.metric_layers import AREAS, POINTS, ids_of, numbers_of, row_ids, texts_of, why
from ..kernel.vectors import FeatureTable
from .buildings import FLOOR, OWNER, STOREY_M, STOREYS
from .city import City
from .control_plan_layers import use_words
from .stock import NUMBER, USES

SILL = ("sill_elev_m", "sill_m", "窗台标高")
WIDTH = ("width_m", "width", "宽度", "窗宽")
KIND = ("kind", "opening_kind", "类型")
STOREY_IDS = ("storey_id", "storey", "floor", "楼层")
OUTSIDE = ("is_external",)
"""Usual names of fields, in any case."""
WINDOW = ("window", "窗", "窗户")
ALL = "*"
"""All uses."""
MOST_POINTS = 3_000_000


@dataclass(frozen=True)
class SunLayers:
    """The layers of a review of sunlight; buildings and scheme are those that the city was read from."""

    buildings: QgsFeatureSource | None = None
    scheme: QgsFeatureSource | None = None
    points: QgsFeatureSource | None = None


@dataclass(frozen=True, eq=False)
class SunPointsRead:
    """The points of a review; their owners are objects of the city that is reviewed."""

    points: SunPoints
    notes: list[Message]
    entry: Entry


@dataclass(frozen=True, eq=False)
class _Objects:
    """What the layers say of the objects of a city, shape (objects,): ground floor, number of storeys, use, bodies."""

    floor_m: np.ndarray
    storeys: np.ndarray
    uses: list[str]
    by_storey: np.ndarray

    def chosen(self, rows: np.ndarray) -> _Objects:
        uses = [use for use, yes in zip(self.uses, rows, strict=True) if yes]
        return _Objects(self.floor_m[rows], self.storeys[rows], uses, self.by_storey[rows])

    def joined(self, other: _Objects) -> _Objects:
        return _Objects(
            np.concatenate([self.floor_m, other.floor_m]),
            np.concatenate([self.storeys, other.storeys]),
            self.uses + other.uses,
            np.concatenate([self.by_storey, other.by_storey]),
        )


def read_windows(city: City, layers: SunLayers, source: QgsFeatureSource, sill_m: float) -> SunPointsRead:
    """The windows of a layer, each before the nearest wall of its building.

    Where bodies are storeys, the point of a window that reaches lower than the sill's height above their floor stands
    at that height, as rules have it of French windows.

    Raises
    ------
    InputError
        Where none is left.
    """
    name, notes = source.sourceName(), list[Message]()
    table = city.reader.table(source, "POINTS", POINTS)
    kinds = texts_of(table, KIND)
    is_window = np.array([not kind or any(word in kind.lower() for word in WINDOW) for kind in kinds], bool)
    there = np.array([shape is not None for shape in table.geometries], bool)
    inner = _inner(table)
    objects = {identity: number for number, identity in enumerate(city.prisms.ids)}
    of = ids_of(first_field(table, OWNER), table) if first_field(table, OWNER) else [""] * len(table)
    gone = set(city.present.ids) - objects.keys()
    replaced = np.array([identity in gone for identity in of], bool)
    wanted = is_window & there & ~inner & ~replaced
    x, y, z = _places(table, notes)
    owner = np.array([objects.get(identity, -1) for identity in of], np.int64)
    width = np.nan_to_num(numbers_of(table, WIDTH, "width_m", notes))
    rows = np.flatnonzero(wanted)
    walls = find_walls(x[rows], y[rows], np.where(np.isfinite(z[rows]), z[rows], 0.0), owner[rows], city.prisms)
    near = walls.prism >= 0
    rows, wall = rows[near], walls.prism[near]
    height, guessed, raised = _heights(city, layers, z[rows], wall, sill_m, notes)
    ids, floors = row_ids(table), texts_of(table, STOREY_IDS)
    points = SunPoints(
        walls.x[near], walls.y[near], height, walls.facing_deg[near], np.maximum(width[rows], 0.0),
        city.prisms.owner[wall], tuple(ids[row] for row in rows), tuple(floors[row] for row in rows),
    )  # fmt: skip
    inside = _within_today(points, city)
    lost = [
        Message("no geometry: {n}", n=int((is_window & ~there).sum())),
        Message("doors and other openings: {n}", n=int((~is_window).sum())),
        Message("not in an outer wall: {n}", n=int((is_window & there & inner).sum())),
        Message("of replaced buildings: {n}", n=int((is_window & there & ~inner & replaced).sum())),
        Message("no wall within {m:g} m: {n}", m=REACH_M, n=int((~near).sum())),
        Message("inside a building: {n}", n=int(inside.sum())),
    ]
    if not len(rows) or inside.all():
        raise InputError(
            "The layer '{name}' has no window that can be reviewed ({why}): choose the openings of the buildings in "
            "BUILDINGS, or leave POINTS empty for points along their facades.",
            name=name,
            why=why(lost) or Message("it is empty"),
        )
    if raised:
        notes.append(
            Message("{n} windows reach below {m:g} m above their floor: they count from there.", n=raised, m=sill_m)
        )
    told = Message("height of the ground floor and {m:g} m: {n}", m=sill_m, n=guessed)
    left_out = len(table) - int((~inside).sum())
    entry = Entry(Message("POINTS"), int((~inside).sum()), left_out, guessed, why([*lost, told]))
    if inside.any() or not near.all():
        notes.append(
            Message(
                "{n} windows of the layer '{name}' are left out: {why}.",
                n=int(inside.sum() + (~near).sum()),
                name=name,
                why=why(lost[4:]),
            )
        )
    return SunPointsRead(points.keep(~inside), notes, entry)


def facade_points(city: City, layers: SunLayers, uses: Sequence[str], spacing_m: float, sill_m: float) -> SunPointsRead:
    """Points along the facades of buildings of some uses, storey by storey; (`ALL`,) for those of any use.

    Raises
    ------
    InputError
        Where no building has such a use, or the points are too many.
    """
    notes, prisms = list[Message](), city.prisms
    found = _objects(city, layers, notes)
    words = use_words()
    if ALL in uses or not any(found.uses):
        chosen = np.ones(prisms.objects, bool)
        if ALL not in uses:
            notes.append(Message("No building says its use (field {field}): all are reviewed.", field=USES[0]))
    else:
        wanted = {words.use_of(use) or use.strip().lower() for use in uses}
        chosen = np.array([(words.use_of(use) or use.lower()) in wanted for use in found.uses], bool)
    if not chosen.any():
        raise InputError(
            "No building has the use {uses}: choose other USES (the layers have {known}), or * for all buildings.",
            uses=", ".join(uses),
            known=", ".join(sorted({use for use in found.uses if use})[:8]) or Message("none"),
        )
    levels, guessed = _levels(prisms, found)
    edges = prisms.edges()
    length = np.hypot(edges.x1 - edges.x0, edges.y1 - edges.y0)
    floors = np.array([len(level) for level in levels], np.int64)
    expected = int(((length / spacing_m + 1) * floors[edges.prism])[chosen[prisms.owner[edges.prism]]].sum())
    if expected > MOST_POINTS:
        raise InputError(
            "The facades have about {n:,} points, more than {most:,}: choose a wider SPACING, fewer USES, or clip the "
            "buildings.",
            n=expected,
            most=MOST_POINTS,
        )
    points, _prism = along_walls(prisms, chosen, levels, spacing_m, sill_m)
    inside = _within_today(points, city)
    told = Message("storeys of {m:g} m: {n}", m=STOREY_M, n=int((guessed & chosen).sum()))
    against = Message("against another building: {n}", n=int(inside.sum()))
    entry = Entry(
        Message("points of facades"), int((~inside).sum()), int(inside.sum()), int((guessed & chosen).sum()),
        why([against, told]),
    )  # fmt: skip
    return SunPointsRead(points.keep(~inside), notes, entry)


def _places(table: FeatureTable, notes: list[Message]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Place and sill of each window: the field of the sill, else the height of the point, else NaN."""
    shapes = np.array(
        [None if shape is None else shapely.get_geometry(shape, 0) or shape for shape in table.geometries]
    )
    x, y, height = shapely.get_x(shapes), shapely.get_y(shapes), shapely.get_z(shapes)
    sill = numbers_of(table, SILL, "elev_m", notes)
    return x, y, np.where(np.isfinite(sill), sill, height)


def _inner(table: FeatureTable) -> np.ndarray:
    """Which openings are known to lead nowhere outside."""
    field = first_field(table, OUTSIDE)
    if not field:
        return np.zeros(len(table), bool)
    known = np.array([value is not None for value in table.get(field)], bool)
    return known & ~np.array(flags(table, (field,)), bool)


def _heights(
    city: City, layers: SunLayers, sill: np.ndarray, wall: np.ndarray, sill_m: float, notes: list[Message]
) -> tuple[np.ndarray, int, int]:
    """Heights of windows, how many are guessed from the ground floor, and how many were raised from their floor."""
    found = _objects(city, layers, notes)
    of = city.prisms.owner[wall]
    unknown = ~np.isfinite(sill)
    height = np.where(unknown, found.floor_m[of] + sill_m, sill)
    bottom = city.prisms.bottom_m[wall]
    low = found.by_storey[of] & (height < bottom + sill_m - 1e-6) & (height >= bottom - 0.05)
    return np.where(low, bottom + sill_m, height), int(unknown.sum()), int(low.sum())


def _within_today(points: SunPoints, city: City) -> np.ndarray:
    """Points in a body that stands today or is their own: no scheme takes the sun from them."""
    body = covered(points, city.prisms)
    inside = body >= 0
    if city.future is not None:
        new = city.future.planned
        inside &= ~new[body] | (body == points.owner) | new[points.owner]
    return inside


def _objects(city: City, layers: SunLayers, notes: list[Message]) -> _Objects:
    """What the layers say of the objects that are reviewed."""
    none = _Objects(np.zeros(0), np.zeros(0), [], np.zeros(0, bool))
    today = none
    if layers.buildings is not None:
        today = _of_layer(city, layers.buildings, "BUILDINGS", city.present, city.present_rows, notes)
    if city.future is None or layers.scheme is None:
        return today
    planned = city.future.prisms.keep(city.future.planned)
    scheme = _of_layer(city, layers.scheme, "SCHEME", planned, city.planned_rows, notes)
    return today.chosen(~city.future.replaced).joined(scheme)


def _of_layer(
    city: City, source: QgsFeatureSource, parameter: str, prisms: Prisms, rows: np.ndarray, notes: list[Message]
) -> _Objects:
    table = city.reader.table(source, parameter, AREAS)
    lowest = np.full(prisms.objects, np.inf)
    np.minimum.at(lowest, prisms.owner, prisms.bottom_m)
    floor, storeys = numbers_of(table, FLOOR, "elev_m", notes), numbers_of(table, STOREYS, "storeys_above", notes)
    number, uses = numbers_of(table, NUMBER, "number", notes), texts_of(table, USES)
    by_storey = bool(first_field(table, OWNER))
    used = rows >= 0
    above = used & np.isfinite(floor) & ~((number < 0) if by_storey else np.zeros(len(table), bool))
    floor_m, most = np.full(prisms.objects, np.inf), np.full(prisms.objects, np.nan)
    np.minimum.at(floor_m, rows[above], floor[above])
    np.fmax.at(most, rows[used], storeys[used])
    found = [""] * prisms.objects
    for row in np.flatnonzero(used):
        found[rows[row]] = found[rows[row]] or uses[row]
    floor_m = np.where(np.isfinite(floor_m), floor_m, lowest)
    return _Objects(floor_m, most, found, np.full(prisms.objects, by_storey))


def _levels(prisms: Prisms, found: _Objects) -> tuple[list[np.ndarray], np.ndarray]:
    """The floors of each body above ground, and for which objects their number is guessed."""
    top = prisms.object_tops()
    height = np.maximum(top - found.floor_m, 0.0)
    guessed = ~(found.storeys > 0) & ~found.by_storey
    number = np.where(found.storeys > 0, found.storeys, np.maximum(np.round(height / STOREY_M), 1)).astype(np.int64)
    levels = []
    for bottom, roof, owner in zip(prisms.bottom_m, prisms.top_m, prisms.owner, strict=True):
        floor = found.floor_m[owner]
        if found.by_storey[owner]:
            levels.append(np.array([bottom] if bottom >= floor - 0.01 else []))
            continue
        of = floor + np.arange(number[owner]) * height[owner] / number[owner]
        levels.append(of[(of >= bottom - 0.01) & (of < roof - 0.5)])
    return levels, guessed
