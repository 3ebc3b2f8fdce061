"""Buildings as a control plan counts them: floor areas from storeys of models, from fields, or guessed, and heights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import Cancelled
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.planning.metrics import Stock
from ...core.risk.uses import UseWords
from ..kernel.input_table import Entry, reasons
from ..kernel.line_layers import first_field
from ..kernel.metric_layers import AREAS, Reader, ids_of, numbers_of, texts_of, valid
from ..kernel.prism_layers import FLOOR, OWNER, STOREY_M, STOREYS
from ..kernel.vectors import FeatureTable

USES = ("use", "building_use", "function", "usage", "用途", "建筑用途", "使用性质")
ABOVE = ("floor_area_above_m2", "floor_area_m2", "地上建筑面积", "计容建筑面积")
GROSS = ("gross_floor_area_m2", "gross_floor_area", "gfa", "建筑面积", "总建筑面积")
BELOW = ("storeys_below", "地下层数")
NUMBER = ("number", "storey_number", "楼层号")
STOREY_AREA = ("area_m2", "面积")
"""Usual names of fields, in any case."""
BLOCK = 50_000
"""Rows between two looks whether to go on."""


class Ground(Enum):
    """From where the height of a building counts: the lowest or the mean terrain along its outline."""

    LOWEST = "lowest"
    MEAN = "mean"


@dataclass(frozen=True, eq=False)
class Storeys:
    """Storeys above ground by the id of their building: floor area and use, "" where it is unknown."""

    by_building: dict[str, list[tuple[float, str]]]
    entry: Entry | None = None


@dataclass
class Counts:
    """How the floor areas of buildings are known."""

    storeys: int = 0
    field: int = 0
    apportioned: int = 0
    by_storeys: int = 0
    by_height: int = 0

    @property
    def guessed(self) -> int:
        return self.apportioned + self.by_storeys + self.by_height

    def why(self) -> str:
        """The counts that are not 0, in words."""
        return reasons(
            message
            for count, message in (
                (self.storeys, Message("floor areas of storeys: {n}", n=self.storeys)),
                (self.field, Message("floor area of a field: {n}", n=self.field)),
                (
                    self.apportioned,
                    Message("the share of storeys above ground: {n}", n=self.apportioned),
                ),
                (self.by_storeys, Message("storeys times outline: {n}", n=self.by_storeys)),
                (self.by_height, Message("height by {m:g} m times outline: {n}", m=STOREY_M, n=self.by_height)),
            )
            if count
        )


def read_storeys(source: QgsFeatureSource | None, reader: Reader, notes: list[Message]) -> Storeys:
    """The storeys above ground of a twin base."""
    if source is None:
        return Storeys({})
    table = reader.table(source, "STOREYS", AREAS)
    owner = first_field(table, OWNER)
    if not owner:
        notes.append(
            Message(
                "The layer '{name}' for STOREYS has no field {field}: its storeys belong to no building and are not "
                "used.",
                name=source.sourceName(),
                field=OWNER[0],
            )
        )
        return Storeys({}, Entry(Message("STOREYS"), 0, len(table)))
    ids = ids_of(owner, table)
    areas, above = _storey_areas(table, notes)
    uses, found = texts_of(table, USES), dict[str, list[tuple[float, str]]]()
    for row in np.flatnonzero(above & (areas > 0)):
        found.setdefault(ids[row], []).append((float(areas[row]), uses[row]))
    below, without = int((~above).sum()), int((above & ~(areas > 0)).sum())
    why = reasons(
        message
        for count, message in (
            (below, Message("below ground: {n}", n=below)),
            (without, Message("without an area: {n}", n=without)),
        )
        if count
    )
    return Storeys(found, Entry(Message("STOREYS"), len(table) - below - without, below + without, 0, why))


def _storey_areas(table: FeatureTable, notes: list[Message]) -> tuple[np.ndarray, np.ndarray]:
    """The floor area of each storey, and whether it is above ground: all but those with a number below 0."""
    stated = numbers_of(table, STOREY_AREA, "floor_area_m2", notes)
    shapes = np.array([None if shape is None else valid(shape) for shape in table.geometries], object)
    drawn = np.nan_to_num(shapely.area(shapes))
    number = numbers_of(table, NUMBER, "number", notes)
    return np.where(np.isfinite(stated), stated, drawn), ~(number < 0)


def read_stock(
    source: QgsFeatureSource,
    parameter: str,
    prisms: Prisms,
    rows: np.ndarray,
    reader: Reader,
    terrain: Grid | None,
    ground: Ground,
    storeys: Storeys,
    words: UseWords,
    notes: list[Message],
) -> tuple[Stock, Counts]:
    """The buildings of a layer that was read as prisms.

    Parameters
    ----------
    source : QgsFeatureSource
    parameter : str
    prisms : Prisms
        Of the same layer.
    rows : ndarray of int64
        The object of each row of the layer, -1 where the row is left out.
    reader : Reader
    terrain : Grid, optional
        Without it heights count from the ground floor, else from the base of the building.
    ground : Ground
    storeys : Storeys
        By ids of objects of `prisms`.
    words : UseWords
    notes : list of Message
        Gets what is doubtful.
    """
    table = reader.table(source, parameter, AREAS)
    level = _ground(prisms, rows, table, terrain, ground, notes)
    above = prisms.top_m > level[prisms.owner] + 0.5 if len(prisms) else np.zeros(0, bool)
    body = replace(
        prisms,
        outlines=prisms.outlines[above],
        bottom_m=prisms.bottom_m[above],
        top_m=prisms.top_m[above],
        owner=prisms.owner[above],
    )
    outlines, tops = body.object_outlines(), prisms.object_tops()
    counts = Counts()
    floors = list(_floors(reader, table, rows, prisms, outlines, tops - level, storeys, counts, notes))
    owner, area, use = zip(*floors, strict=True) if floors else ((), (), ())
    meaning = {text: words.use_of(text) or text for text in set(use)}
    stock = Stock(
        outlines,
        tops - level,
        np.array(owner, np.int64),
        np.array(area, np.float64),
        tuple(meaning[text] for text in use),
    )
    return stock, counts


def _ground(
    prisms: Prisms, rows: np.ndarray, table: FeatureTable, terrain: Grid | None, kind: Ground, notes: list[Message]
) -> np.ndarray:
    """The level from which the height of each object counts."""
    base = np.full(prisms.objects, np.inf)
    np.minimum.at(base, prisms.owner, prisms.bottom_m)
    floor = np.full(prisms.objects, np.nan)
    used = rows >= 0
    if not first_field(table, OWNER):
        np.fmin.at(floor, rows[used], numbers_of(table, FLOOR[:1], "elev_m", notes)[used])
    standing = np.where(np.isfinite(floor), floor, base)
    if terrain is None:
        return standing
    outlines = prisms.object_outlines()
    points, owner = shapely.get_coordinates(shapely.segmentize(outlines, terrain.cell_m), return_index=True)
    height = terrain.sample(points[:, 0], points[:, 1])
    known = np.isfinite(height)
    owner, height = owner[known], height[known]
    if kind is Ground.MEAN:
        with np.errstate(invalid="ignore", divide="ignore"):
            level = np.bincount(owner, height, prisms.objects) / np.bincount(owner, minlength=prisms.objects)
    else:
        level = np.full(prisms.objects, np.inf)
        np.minimum.at(level, owner, height)
    off = ~np.isfinite(level)
    if off.any():
        notes.append(
            Message(
                "{n} buildings stand off the terrain: their heights count from their ground floor or base.",
                n=int(off.sum()),
            )
        )
    return np.where(off, standing, level)


def _floors(
    reader: Reader,
    table: FeatureTable,
    rows: np.ndarray,
    prisms: Prisms,
    outlines: np.ndarray,
    heights: np.ndarray,
    storeys: Storeys,
    counts: Counts,
    notes: list[Message],
) -> Iterable[tuple[int, float, str]]:
    """Object, floor area and use of each floor above ground, from the best source that the object has."""
    uses = texts_of(table, USES)
    if first_field(table, OWNER):  # the layer is one of storeys
        areas, above = _storey_areas(table, notes)
        counts.storeys += prisms.objects
        for row in np.flatnonzero((rows >= 0) & above & (areas > 0)):
            yield int(rows[row]), float(areas[row]), uses[row]
        return
    stated = numbers_of(table, ABOVE, "floor_area_m2", notes)
    gross = numbers_of(table, GROSS, "gross_floor_area_m2", notes)
    above, below = numbers_of(table, STOREYS, "storeys_above", notes), numbers_of(table, BELOW, "storeys_below", notes)
    done, feedback = np.zeros(prisms.objects, bool), reader.feedback
    area = np.asarray(shapely.area(outlines), np.float64)
    for row in np.flatnonzero(rows >= 0):
        if row % BLOCK == 0 and feedback.isCanceled():
            raise Cancelled
        number = int(rows[row])
        if done[number]:  # another row of the same object
            continue
        done[number] = True
        own = storeys.by_building.get(prisms.ids[number])
        if own:
            counts.storeys += 1
            for floor_m2, use in own:
                yield number, floor_m2, use or uses[row]
            continue
        if np.isfinite(stated[row]):
            counts.field += 1
            yield number, float(stated[row]), uses[row]
            continue
        yield number, _floor_area(gross[row], above[row], below[row], area[number], heights[number], counts), uses[row]


def _floor_area(gross: float, above: float, below: float, area: float, height: float, counts: Counts) -> float:
    """The floor area above ground of a building without storeys of its own."""
    if np.isfinite(gross):
        if not below > 0:
            counts.field += 1
            return float(gross)
        counts.apportioned += 1
        over = above if above > 0 else max(1.0, round(height / STOREY_M))
        return float(gross * over / (over + below))
    if above > 0:
        counts.by_storeys += 1
        return float(above * area)
    counts.by_height += 1
    return float(max(1.0, round(height / STOREY_M)) * area)
