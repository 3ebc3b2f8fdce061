"""Reads the buildings of a city for its tiles: block by block, into rows on the disk by tile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.common.progress import Progress, advance
from ...core.scene.meshes import Shades
from ...core.scene.scene import Buildings
from ...core.scene.tile_rows import BODY, ROOM, STOREY, Spool, body_row, building_row
from ...core.scene.tile_tree import Node, grow
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, Reader
from ..kernel.prism_layers import OWNER, HeightFields
from ..kernel.vectors import FeatureTable, field_named
from .building_layers import read_scene_buildings, with_storeys, with_underground
from .scene_layers import SceneLog

BLOCK = 20_000
"""Features that are in memory at a time."""


@dataclass(frozen=True)
class _BlockReader:
    """A reader whose table is a block of a layer."""

    reader: Reader
    block: FeatureTable

    def table(self, source: QgsFeatureSource, parameter: str, kinds: object) -> FeatureTable:
        return self.block


@dataclass(frozen=True, eq=False)
class CityPlan:
    """The buildings of a city in plan, and what they need of a tree of tiles.

    Attributes
    ----------
    boxes : ndarray of float64, shape (n, 4)
        West, south, east and north of each building.
    areas, bottom, top : ndarray of float64, shape (n,)
        Of its bodies; where it has none, of its rooms below ground.
    shade : ndarray of int64, shape (n,)
    """

    boxes: np.ndarray
    areas: np.ndarray
    bottom: np.ndarray
    top: np.ndarray
    shade: np.ndarray

    @classmethod
    def of(cls, buildings: Buildings, shades: Shades) -> CityPlan:
        """Of buildings that each have a body or a room."""
        count = len(buildings)
        boxes = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
        areas, bottom, top = np.zeros(count), np.full(count, np.inf), np.full(count, -np.inf)
        without = np.ones(count, bool)
        without[buildings.bodies.owner] = False
        for prisms, counted in (
            (buildings.bodies, np.ones(len(buildings.bodies), bool)),
            (buildings.underground, without[buildings.underground.owner]),
        ):
            owner, outlines = prisms.owner[counted], prisms.outlines[counted]
            bounds = shapely.bounds(outlines).reshape(-1, 4)
            np.minimum.at(boxes[:, 0], owner, bounds[:, 0])
            np.minimum.at(boxes[:, 1], owner, bounds[:, 1])
            np.maximum.at(boxes[:, 2], owner, bounds[:, 2])
            np.maximum.at(boxes[:, 3], owner, bounds[:, 3])
            np.add.at(areas, owner, shapely.area(outlines))
            np.minimum.at(bottom, owner, prisms.bottom_m[counted])
            np.maximum.at(top, owner, prisms.top_m[counted])
        return cls(boxes, areas, bottom, top, shades.of(buildings.uses))

    def tree(self) -> Node:
        """The tree of its tiles."""
        return grow((self.boxes[:, 0] + self.boxes[:, 2]) / 2, (self.boxes[:, 1] + self.boxes[:, 3]) / 2)


def read_city(
    buildings: QgsFeatureSource, underground: QgsFeatureSource | None, reader: Reader, terrain: Grid | None,
    fields: HeightFields, log: SceneLog, progress: Progress,
) -> Buildings:  # fmt: skip
    """All buildings with their basements, without storeys.

    Raises
    ------
    InputError
    Cancelled
    """
    parts: list[Buildings] = []
    own = SceneLog()
    for block in _blocks(buildings, "BUILDINGS", reader, progress):
        part = read_scene_buildings(buildings, "BUILDINGS", _BlockReader(reader, block), terrain, fields, own)
        parts.append(replace(part, attributes={}))
    is_of_parts = any(field_named(buildings.fields().names(), name) for name in OWNER)
    city = _joined(parts, is_of_parts, buildings.sourceName(), own)
    _add_merged(log, own)
    if underground is not None:
        city = with_underground(city, underground, reader, log)
    if not len(city):
        raise InputError(
            "The layer '{name}' holds no building: choose another one for BUILDINGS.", name=buildings.sourceName()
        )
    return city


def spool_city(
    city: Buildings, leaves: list[Node], storeys: QgsFeatureSource | None, reader: Reader, terrain: Grid | None,
    spool: Spool, log: SceneLog, progress: Progress,
) -> int:  # fmt: skip
    """Write the rows of all tiles; returns the number of storeys.

    Raises
    ------
    InputError, OSError
    Cancelled
    """
    leaf, place = (np.zeros(len(city), np.int64) for _ in range(2))
    for number, node in enumerate(leaves):
        leaf[node.members], place[node.members] = number, np.arange(len(node.members))
        members = node.members.tolist()
        spool.add(number, (building_row(city.bodies.ids[k], city.bodies.names[k], city.uses[k]) for k in members))
    for kind, prisms in ((BODY, city.bodies), (ROOM, city.underground)):
        _spool(prisms, kind, np.zeros(len(prisms), np.int64), leaf, place, spool)
    if storeys is None:
        return 0
    count, own = 0, SceneLog()
    light = replace(city, bodies=replace(Prisms.none(), ids=city.bodies.ids, names=city.bodies.names), attributes={})
    rooms = len(city.underground)
    for block in _blocks(storeys, "STOREYS", reader, progress):
        found = with_storeys(light, storeys, _BlockReader(reader, block), terrain, own)
        _spool(found.storeys, STOREY, found.storey_numbers, leaf, place, spool)
        cellars = _from(found.underground, rooms)
        _spool(cellars, ROOM, np.zeros(len(cellars), np.int64), leaf, place, spool)
        count += len(found.storeys)
    _add_merged(log, own)
    spool.flush()
    return count


def _blocks(source: QgsFeatureSource, parameter: str, reader: Reader, progress: Progress) -> Iterator[FeatureTable]:
    """A layer in blocks."""
    total, done = max(1, source.featureCount()), 0
    for block in reader.blocks(source, parameter, AREAS, BLOCK):
        advance(progress, min(1.0, done / total), Message("Reading {parameter}", parameter=parameter))
        done += len(block)
        yield block
    advance(progress, 1.0)


def _spool(prisms: Prisms, kind: int, numbers: np.ndarray, leaf: np.ndarray, place: np.ndarray, spool: Spool) -> None:
    if not len(prisms):
        return
    rows: dict[int, list[bytes]] = defaultdict(list)
    outlines = shapely.to_wkb(prisms.outlines, output_dimension=2, byte_order=1)
    columns = (leaf[prisms.owner], place[prisms.owner], numbers, prisms.bottom_m, prisms.top_m, outlines)
    for tile, owner, number, bottom, top, outline in zip(*(column.tolist() for column in columns), strict=True):
        rows[tile].append(body_row(kind, owner, number, bottom, top, outline))
    for tile, own in rows.items():
        spool.add(tile, own)


def _from(prisms: Prisms, first: int) -> Prisms:
    """The prisms after so many."""
    return replace(
        prisms,
        outlines=prisms.outlines[first:],
        bottom_m=prisms.bottom_m[first:],
        top_m=prisms.top_m[first:],
        owner=prisms.owner[first:],
    )


def _joined(parts: list[Buildings], is_of_parts: bool, name: str, log: SceneLog) -> Buildings:
    """Buildings of several blocks.

    Where the layer's features are parts of buildings, those with the id of an earlier block belong to its building;
    else they are buildings of their own, as `read_buildings` has it.
    """
    ids: list[str] = []
    names: list[str] = []
    uses: list[str] = []
    owners: list[np.ndarray] = []
    known: dict[str, int] = {}
    double = 0
    for part in parts:
        place = np.zeros(len(part), np.int64)
        for k, identity in enumerate(part.bodies.ids):
            own = identity
            if own in known and not is_of_parts:
                double += 1
                own = f"{identity} ({len(ids)})"
            if own not in known:
                known[own] = len(ids)
                ids.append(own)
                names.append(part.bodies.names[k])
                uses.append(part.uses[k])
            place[k] = known[own]
        owners.append(place[part.bodies.owner] if len(part.bodies) else np.zeros(0, np.int64))
    if double:
        log.notes.append(
            Message(
                "{n} features of the layer '{name}' have an id that another one has as well: check whether a model was "
                "loaded twice.",
                n=double,
                name=name,
            )
        )
    bodies = [part.bodies for part in parts]
    prisms = Prisms(
        np.concatenate([body.outlines for body in bodies]),
        np.concatenate([body.bottom_m for body in bodies]),
        np.concatenate([body.top_m for body in bodies]),
        np.concatenate(owners),
        tuple(ids),
        tuple(names),
    )
    return Buildings(prisms, tuple(uses), Prisms.none(), np.zeros(0, np.int64), Prisms.none())


def _add_merged(log: SceneLog, own: SceneLog) -> None:
    """Add what was said of blocks, with the counts of all blocks in one sentence and one line."""
    log.notes += _summed(own.notes)
    if own.entries:
        read, left_out, guessed = (
            sum(getattr(entry, name) for entry in own.entries) for name in ("read", "left_out", "guessed")
        )
        why = _summed([part for entry in own.entries for part in _parts(entry.why)])
        log.entries.append(Entry(own.entries[0].what, read, left_out, guessed, Message.joined(why, "; ")))


def _parts(text: str) -> list[Message]:
    """The sentences that a text was joined of."""
    if not isinstance(text, Message):
        return []
    inner = [value for name, value in text.values.items() if name.startswith("part") and isinstance(value, Message)]
    return [found for one in inner for found in _parts(one)] if inner else [text] if text else []


def _summed(messages: list[Message]) -> list[Message]:
    """Messages of which each says a thing once, with the sums of their counts."""
    found: dict[str, Message] = {}
    for message in messages:
        known = found.get(message.template)
        if known is None:
            found[message.template] = message
        else:
            counts = {name: known.values[name] + message.values[name] for name in ("n", "all") if name in known.values}
            found[message.template] = Message(message.template, **{**known.values, **counts})
    return list(found.values())
