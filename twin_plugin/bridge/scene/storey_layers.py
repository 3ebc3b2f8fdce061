"""Storeys of a scene's buildings: a city has more than a million, which are read some at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.scene.scene import Buildings
from ..kernel.input_table import Entry, reasons
from ..kernel.line_layers import first_field
from ..kernel.metric_layers import AREAS, Reader
from ..kernel.prism_layers import BuildingsRead, bodies_of, nothing_stands
from .apart import apart_notes, boxes_of
from .building_layers import Places, require_few, require_owners
from .scene_layers import SceneLog

NUMBERS = ("number", "storey_number", "level", "floor", "楼层")
"""Usual names of the field of a storey's number, in any case."""
BLOCK = 100_000
"""Features that are read together."""
HIGHEST = 1000
"""No storey has a higher number."""
_COUNTS = ("n", "all")


@dataclass
class _Storeys:
    """What was read of a layer so far: bodies with the places of their buildings, their numbers, and the log."""

    outlines: list[np.ndarray] = field(default_factory=list)
    bottom_m: list[np.ndarray] = field(default_factory=list)
    top_m: list[np.ndarray] = field(default_factory=list)
    owner: list[np.ndarray] = field(default_factory=list)
    number: list[np.ndarray] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    reasons: list[Message] = field(default_factory=list)
    read: int = 0
    left_out: int = 0
    guessed: int = 0
    known: dict[bytes, shapely.Geometry] = field(default_factory=dict)

    def add(self, read: BuildingsRead, places: Places, has_rooms: np.ndarray) -> None:
        """Add a part of the layer: storeys of no building, and basements of buildings that have rooms, stay out."""
        of_object = np.array([places.find(identity) for identity in read.prisms.ids], np.int64)
        owner = of_object[read.prisms.owner] if len(of_object) else np.zeros(0, np.int64)
        number = _stated_numbers(read)[read.prism_rows]
        double = (owner >= 0) & (number < 0)
        double[double] = has_rooms[owner[double]]
        stays = (owner >= 0) & ~double
        self.outlines.append(self._shared(read.prisms.outlines[stays]))
        for mine, values in (
            (self.bottom_m, read.prisms.bottom_m), (self.top_m, read.prisms.top_m), (self.owner, owner),
            (self.number, number),
        ):  # fmt: skip
            mine.append(values[stays])
        strangers, twice = (len(np.unique(read.prism_rows[lost])) for lost in (owner < 0, double))
        self.notes += read.notes
        self.reasons += _parts(read.entry.why)
        self.reasons.append(Message("of no building: {n}", n=strangers))
        self.reasons.append(Message("a basement twice: {n}", n=twice))
        self.read += read.entry.read - strangers - twice
        self.left_out += read.entry.left_out + strangers + twice
        self.guessed += read.entry.guessed

    def _shared(self, outlines: np.ndarray) -> np.ndarray:
        """The same outlines, equal ones as one object: most storeys have the plan of their neighbour."""
        data = shapely.to_wkb(outlines)
        return np.array([self.known.setdefault(key, own) for key, own in zip(data, outlines, strict=True)], object)


def with_storeys(
    buildings: Buildings, source: QgsFeatureSource, reader: Reader, terrain: Grid | None, log: SceneLog
) -> Buildings:
    """The buildings with their storeys. Storeys below the ground floor are basements, unless these are there already.

    Raises
    ------
    InputError
        Where the layer has no field building_id, or nothing that says how high storeys are.
    Cancelled
    """
    require_few(source, "STOREYS")
    name, places = source.sourceName(), Places.of(buildings.bodies.ids)
    has_rooms = np.zeros(len(buildings), bool)
    has_rooms[buildings.underground.owner] = True
    found, rows, standing = _Storeys(), 0, 0
    for table in reader.blocks(source, "STOREYS", AREAS, BLOCK):
        require_owners(table, name)
        read = bodies_of(table, name, "STOREYS", reader, terrain)
        found.add(read, places, has_rooms)
        rows, standing = rows + len(table), standing + len(read.prisms)
    if rows and not standing:
        raise nothing_stands(name)
    bottom, top, owner = (np.concatenate(parts) for parts in (found.bottom_m, found.top_m, found.owner))
    outlines, stated = np.concatenate(found.outlines), np.concatenate(found.number)
    number = np.where(np.isnan(stated), _ranks(owner, bottom), np.nan_to_num(stated)).astype(np.int64)
    below = number < 0
    _tell(found, int(np.isnan(stated).sum()), int(below.sum()), name, log)
    ids, names = buildings.bodies.ids, buildings.bodies.names
    every = Prisms(outlines, bottom, top, owner, ids, names)
    log.notes += apart_notes(name, boxes_of(every), owner, buildings)
    storeys, cellars = (
        Prisms(outlines[which], bottom[which], top[which], owner[which], ids, names) if which.any() else Prisms.none()
        for which in (~below, below)
    )
    rooms = buildings.underground
    if not len(rooms):
        rooms = cellars
    elif len(cellars):
        rooms = Prisms(
            *(
                np.concatenate([getattr(part, column) for part in (rooms, cellars)])
                for column in ("outlines", "bottom_m", "top_m", "owner")
            ),
            ids,
            names,
        )
    return replace(buildings, storeys=storeys, storey_numbers=number[~below], underground=rooms)


def _tell(found: _Storeys, without_number: int, cellars: int, name: str, log: SceneLog) -> None:
    """What the log says of all parts of a layer."""
    log.notes += merged(found.notes)
    why = [*merged(found.reasons), Message("below ground, drawn as basements: {n}", n=cellars)]
    told = reasons(part for part in why if part.values.get("n"))
    log.entries.append(Entry(Message("STOREYS"), found.read, found.left_out, found.guessed, told))
    for part in merged(found.reasons):
        if part.template.startswith("of no building") and part.values["n"]:
            log.notes.append(
                Message(
                    "{n} of {all} storeys of the layer '{name}' belong to no building of BUILDINGS and are left out: "
                    "check that both layers are of the same twin base.",
                    n=part.values["n"],
                    all=found.read + found.left_out,
                    name=name,
                )
            )
        elif part.template.startswith("a basement twice") and part.values["n"]:
            log.notes.append(
                Message(
                    "{n} storeys below ground are left out: UNDERGROUND has the basements of their buildings.",
                    n=part.values["n"],
                )
            )
    if without_number:
        log.notes.append(Message("{n} storeys have no number: they count from the lowest up.", n=without_number))


def merged(messages: Iterable[Message]) -> list[Message]:
    """Messages about parts of a layer as those of the whole: counts of equal sentences are summed."""
    sums: dict[str, dict[str, Any]] = {}
    for message in messages:
        known = sums.get(message.template)
        if known is None:
            sums[message.template] = dict(message.values)
            continue
        for name in _COUNTS:
            if name in known:
                known[name] += message.values[name]
        if "why" in known:
            parts = merged([*_parts(known["why"]), *_parts(message.values["why"])])
            known["why"] = reasons(parts)
    return [Message(template, **values) for template, values in sums.items()]


def _parts(why: str) -> list[Message]:
    """The messages that a reason was joined of."""
    return [part for part in why.values.values() if isinstance(part, Message)] if isinstance(why, Message) else []


def _stated_numbers(read: BuildingsRead) -> np.ndarray:
    """Whole numbers of the field, which may be below 0; NaN where it has none."""
    values = read.table.get(first_field(read.table, NUMBERS))
    found = np.full(len(values), np.nan)
    for row, value in enumerate(values):
        try:
            number = float(value)
        except (TypeError, ValueError):
            continue
        if abs(number) < HIGHEST:
            found[row] = round(number)
    return found


def _ranks(owner: np.ndarray, bottom_m: np.ndarray) -> np.ndarray:
    """The place of each storey among those of its building from the lowest up, which is 0."""
    order = np.lexsort((bottom_m, owner))
    rank = np.zeros(len(owner), np.int64)
    if len(order):
        mine, bottom = owner[order], bottom_m[order]
        fresh = np.append(True, mine[1:] != mine[:-1])
        higher = np.append(False, (bottom[1:] > bottom[:-1] + 0.01) & ~fresh[1:])
        total = np.cumsum(higher)
        rank[order] = total - np.maximum.accumulate(np.where(fresh, total, 0))
    return rank
