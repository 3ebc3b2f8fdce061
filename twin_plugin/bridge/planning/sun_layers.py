"""Layers of windows, and facades of buildings, as points that are asked for their sunlight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.planning.sun_points import REACH_M, SunPoints, Walls, along_walls, covered, find_walls
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field, flags
from ..kernel.metric_layers import POINTS, ids_of, numbers_of, row_ids, texts_of, why
from ..kernel.prism_layers import OWNER, STOREY_M
from ..kernel.vectors import FeatureTable
from .city import City
from .sun_objects import SunLayers, SunObjects, read_objects

SILL = ("sill_elev_m", "窗台标高")
WIDTH = ("width_m", "width", "宽度", "窗宽")
KIND = ("kind", "opening_kind", "类型")
STOREY_IDS = ("storey_id", "storey", "floor", "楼层")
OUTSIDE = ("is_external",)
"""Usual names of fields, in any case."""
WINDOW = ("window", "窗")
MOST_POINTS = 3_000_000


@dataclass(frozen=True, eq=False)
class SunPointsRead:
    """The points of a review; their owners are objects of the city that is reviewed."""

    points: SunPoints
    notes: list[Message]
    entry: Entry


def read_sun_points(
    city: City, layers: SunLayers, uses: Sequence[str], spacing_m: float, sill_m: float
) -> SunPointsRead:
    """The windows of the layer of points, else points along facades, of buildings of some uses.

    Raises
    ------
    InputError
        Where no building has such a use, or no point is left, or they are too many.
    """
    notes, objects = list[Message](), read_objects(city, layers)
    chosen = objects.of_use(uses, notes)
    if layers.points is None:
        return _facades(city, objects, chosen, spacing_m, sill_m, notes)
    return _windows(city, objects, chosen, layers.points, sill_m, notes)


def _windows(
    city: City, objects: SunObjects, chosen: np.ndarray, source: QgsFeatureSource, sill_m: float, notes: list[Message]
) -> SunPointsRead:
    """The windows of a layer, each before the nearest wall of its building."""
    name, prisms = source.sourceName(), city.prisms
    table = city.reader.table(source, "POINTS", POINTS)
    there = np.array([shape is not None for shape in table.geometries], bool)
    fitting, lost = _fitting(table, there, city)
    x, y, z = _places(table, notes)
    width = np.nan_to_num(numbers_of(table, WIDTH, "width_m", notes))
    place = {identity: number for number, identity in enumerate(prisms.ids)}
    owner = np.array([place.get(identity, -1) for identity in _owners(table)], np.int64)
    rows = np.flatnonzero(fitting)
    walls = find_walls(x[rows], y[rows], np.nan_to_num(z[rows]), owner[rows], prisms)
    near = walls.prism >= 0
    asked = near & chosen[prisms.owner[walls.prism]]
    rows, wall = rows[asked], walls.prism[asked]
    height, guessed, raised = _heights(objects, city, z[rows], wall, sill_m)
    points = _before_walls(walls, asked, height, width[rows], prisms.owner[wall], table, rows)
    inside = _within_today(points, city)
    lost += [
        Message("no wall of their building within {m:g} m: {n}", m=REACH_M, n=int((~near).sum())),
        Message("of buildings with other uses: {n}", n=int((near & ~asked).sum())),
        Message("inside a building: {n}", n=int(inside.sum())),
    ]
    left = int((~inside).sum())
    if not left:
        raise InputError(
            "The layer '{name}' has no window that can be reviewed ({why}): choose the openings of the buildings in "
            "BUILDINGS, or leave POINTS empty for points along their facades.",
            name=name,
            why=why(lost) or Message("it is empty"),
        )
    beside = int(((height < prisms.bottom_m[wall] - 0.5) | (height > prisms.top_m[wall]))[~inside].sum())
    if beside:
        notes.append(
            Message(
                "{n} of {all} windows of the layer '{name}' lie above or below their building: check that both have "
                "elevations above the same level.",
                n=beside,
                all=left,
                name=name,
            )
        )
    if raised:
        notes.append(
            Message("{n} windows reach below {m:g} m above their floor: they count from there.", n=raised, m=sill_m)
        )
    if inside.any() or not near.all():
        odd = int(inside.sum() + (~near).sum())
        text = "{n} windows of the layer '{name}' are left out: {why}."
        notes.append(Message(text, n=odd, name=name, why=why([lost[-3], lost[-1]])))
    told = Message("height of the ground floor and {m:g} m: {n}", m=sill_m, n=guessed)
    entry = Entry(Message("POINTS"), left, len(table) - left, guessed, why([*lost, told]))
    return SunPointsRead(points.keep(~inside), notes, entry)


def _facades(
    city: City, objects: SunObjects, chosen: np.ndarray, spacing_m: float, sill_m: float, notes: list[Message]
) -> SunPointsRead:
    """Points along the facades of buildings, storey by storey."""
    prisms = city.prisms
    levels, guessed = objects.levels(prisms)
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
    points, _prism = along_walls(prisms, chosen, levels, spacing_m, sill_m, city.reader.go_on)
    inside = _within_today(points, city)
    if not (~inside).any():
        raise InputError(
            "No building of the chosen USES has a facade above ground: check heights and base of BUILDINGS."
        )
    number = int((guessed & chosen).sum())
    told = Message("storeys of {m:g} m: {n}", m=STOREY_M, n=number)
    against = Message("against another building: {n}", n=int(inside.sum()))
    entry = Entry(Message("Points of facades"), int((~inside).sum()), int(inside.sum()), number, why([against, told]))
    return SunPointsRead(points.keep(~inside), notes, entry)


def _fitting(table: FeatureTable, there: np.ndarray, city: City) -> tuple[np.ndarray, list[Message]]:
    """The rows that are windows in an outer wall of a building that stays, and why others are not."""
    window = np.array(
        [not kind or any(word in kind.lower() for word in WINDOW) for kind in texts_of(table, KIND)], bool
    )
    gone = set(city.present.ids) - set(city.prisms.ids)
    replaced = np.array([identity in gone for identity in _owners(table)], bool)
    inner = np.zeros(len(table), bool)
    field = first_field(table, OUTSIDE)
    if field:
        known = np.array([value is not None for value in table.get(field)], bool)
        inner = known & ~np.array(flags(table, (field,)), bool)
    return window & there & ~inner & ~replaced, [
        Message("doors and other openings: {n}", n=int((~window).sum())),
        Message("no geometry: {n}", n=int((window & ~there).sum())),
        Message("not in an outer wall: {n}", n=int((window & there & inner).sum())),
        Message("of replaced buildings: {n}", n=int((window & there & ~inner & replaced).sum())),
    ]


def _owners(table: FeatureTable) -> list[str]:
    field = first_field(table, OWNER)
    return ids_of(field, table) if field else [""] * len(table)


def _before_walls(
    walls: Walls, used: np.ndarray, height: np.ndarray, width: np.ndarray, owner: np.ndarray, table: FeatureTable,
    rows: np.ndarray,
) -> SunPoints:  # fmt: skip
    """Windows as points before their walls."""
    ids, floors = row_ids(table), texts_of(table, STOREY_IDS)
    return SunPoints(
        walls.x[used],
        walls.y[used],
        height,
        walls.facing_deg[used],
        np.maximum(width, 0.0),
        owner,
        tuple(ids[row] for row in rows),
        tuple(floors[row] for row in rows),
    )


def _places(table: FeatureTable, notes: list[Message]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Place and sill of each window: the field of the sill, else the height of the point, else NaN."""
    shapes = [None if shape is None else shapely.get_geometry(shape, 0) or shape for shape in table.geometries]
    points = np.array([*shapes, None], object)[:-1]
    x, y, height = shapely.get_x(points), shapely.get_y(points), shapely.get_z(points)
    sill = numbers_of(table, SILL, "elev_m", notes)
    return x, y, np.where(np.isfinite(sill), sill, height)


def _heights(
    objects: SunObjects, city: City, sill: np.ndarray, wall: np.ndarray, sill_m: float
) -> tuple[np.ndarray, int, int]:
    """Heights of windows, how many are guessed from the ground floor, and how many were raised from their floor.

    Where bodies are storeys, a window that reaches lower than the sill's height above the floor counts from that
    height, as rules have it of French windows.
    """
    of = city.prisms.owner[wall]
    unknown = ~np.isfinite(sill)
    height = np.where(unknown, objects.floor_m[of] + sill_m, sill)
    bottom = city.prisms.bottom_m[wall]
    low = objects.by_storey[of] & (height < bottom + sill_m - 1e-6) & (height >= bottom - 0.05)
    return np.where(low, bottom + sill_m, height), int(unknown.sum()), int(low.sum())


def _within_today(points: SunPoints, city: City) -> np.ndarray:
    """Points in a body that stands today or is their own: no scheme takes the sun from them."""
    body = covered(points, city.prisms, city.reader.go_on)
    inside = body >= 0
    if city.future is not None:
        new = city.future.planned
        inside &= ~new[body] | (body == points.owner) | new[points.owner]
    return inside
