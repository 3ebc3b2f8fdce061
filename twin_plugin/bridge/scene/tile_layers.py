"""Reads the buildings of a city for its tiles: block by block, into rows on the disk by tile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.common.progress import Progress, advance, part
from ...core.scene.scene import Buildings
from ...core.scene.tile_rows import BODY, ROOM, STOREY, RowSorter, Spool
from ...core.scene.tile_tree import Node
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, Reader
from ..kernel.prism_layers import OWNER, HeightFields, bodies_of, nothing_stands
from ..kernel.vectors import FeatureTable, field_named
from .building_layers import kept, require_few, scene_buildings, with_underground
from .detail_layers import with_shells
from .scene_layers import SceneLog
from .storey_layers import with_storeys

BLOCK = 20_000
"""Features that are in memory at a time."""


@dataclass(frozen=True)
class _BlockReader:
    """A reader whose table is a block of a layer."""

    reader: Reader
    block: FeatureTable

    def table(self, source: QgsFeatureSource, parameter: str, kinds: object) -> FeatureTable:
        """The block, whatever is asked for."""
        return self.block

    def blocks(self, source: QgsFeatureSource, parameter: str, kinds: object, size: int = 0) -> Iterator[FeatureTable]:
        """The block alone."""
        yield self.block

    def go_on(self, fraction: float, text: str = "") -> bool:
        """As the reader says."""
        return self.reader.go_on(fraction, text)


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
    require_few(buildings, "BUILDINGS")
    parts: list[Buildings] = []
    own, rows, name = SceneLog(), 0, buildings.sourceName()
    for block in _blocks(buildings, "BUILDINGS", reader, progress):
        read = bodies_of(block, name, "BUILDINGS", reader, terrain, fields)
        parts.append(replace(scene_buildings(read, name, own), attributes={}))
        rows += len(block)
    is_of_parts = any(field_named(buildings.fields().names(), field) for field in OWNER)
    city = _joined(parts, is_of_parts, name, own)
    if rows and not len(city.bodies):
        raise nothing_stands(name)
    _add_merged(log, own, rows)
    if underground is not None:
        city = with_underground(city, underground, reader, log)
    if not len(city):
        raise InputError(
            "The layer '{name}' holds no building: choose another one for BUILDINGS.", name=buildings.sourceName()
        )
    return city


def spool_city(
    city: Buildings, stays: np.ndarray | None, leaves: list[Node], storeys: QgsFeatureSource | None,
    solids: QgsFeatureSource | None, reader: Reader, terrain: Grid | None, spool: Spool, log: SceneLog,
    progress: Progress,
) -> int:  # fmt: skip
    """Write the rows of all tiles; returns the number of storeys.

    Parameters
    ----------
    stays : ndarray of bool, shape (buildings,), optional
        The buildings that the tiles have; None for all. Storeys of the others are those of buildings, and not said to
        be lost.

    Raises
    ------
    InputError, OSError
    Cancelled
    """
    few = _few(city, stays)
    sorter = RowSorter([node.members for node in leaves], len(few))
    spool.add(sorter.buildings(few.bodies.ids, few.bodies.names, few.uses))
    spool.add(sorter.prisms(BODY, few.bodies))
    spool.add(sorter.prisms(ROOM, few.underground))
    light = replace(city, attributes={})
    if solids is not None:
        _spool_shells(light, stays, solids, sorter, reader, spool, log, part(progress, 0.0, 0.3))
    if storeys is None:
        return 0
    count, own = 0, SceneLog()
    rooms = len(city.underground)
    usable = _Usable("STOREYS", storeys.sourceName(), own)
    for block in _blocks(storeys, "STOREYS", reader, part(progress, 0.3, 1.0)):
        one = _BlockReader(reader, block)
        read = usable.read(block, lambda one=one: with_storeys(light, storeys, one, terrain, own))
        if read is None:
            continue
        found = _few(replace(read, underground=_from(read.underground, rooms)), stays)
        spool.add(sorter.prisms(STOREY, found.storeys, found.storey_numbers))
        spool.add(sorter.prisms(ROOM, found.underground))
        count += len(found.storeys)
    usable.close()
    _add_merged(log, own, usable.rows)
    spool.flush()
    return count


def _few(city: Buildings, stays: np.ndarray | None) -> Buildings:
    return city if stays is None else kept(city, stays)


def _spool_shells(
    light: Buildings, stays: np.ndarray | None, solids: QgsFeatureSource, sorter: RowSorter, reader: Reader,
    spool: Spool, log: SceneLog, progress: Progress,
) -> None:  # fmt: skip
    """Write the closed shells; the first one of each building counts."""
    own, seen = SceneLog(), set[int]()
    usable = _Usable("SOLIDS", solids.sourceName(), own)
    for block in _blocks(solids, "SOLIDS", reader, progress):
        one = _BlockReader(reader, block)
        read = usable.read(block, lambda one=one: with_shells(light, solids, one, own))
        if read is None:
            continue
        shells = _few(read, stays).shells
        spool.add(sorter.shells({place: shell for place, shell in shells.items() if place not in seen}))
        seen |= set(shells)
    usable.close()
    _add_merged(log, own, usable.rows)


class _Usable:
    """Blocks of a layer of which some may hold nothing that can be used: their features are counted and left out."""

    def __init__(self, parameter: str, name: str, log: SceneLog) -> None:
        self._parameter, self._name, self._log = parameter, name, log
        self._error: InputError | None = None
        self._used = self._lost = self.rows = 0

    def read(self, block: FeatureTable, read: Callable[[], Buildings]) -> Buildings | None:
        """What a block gives; None where it holds nothing that can be used."""
        self.rows += len(block)
        try:
            found = read()
        except InputError as error:
            self._error = self._error or error
            self._lost += len(block)
            return None
        self._used += 1
        return found

    def close(self) -> None:
        """Say how many features are left out; raises the InputError of the first block where none could be used."""
        if self._error is None:
            return
        if not self._used:
            raise self._error
        why = Message("no height: {n}", n=self._lost)
        self._log.notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' are left out: {why}.",
                n=self._lost,
                all=self.rows,
                name=self._name,
                why=why,
            )
        )
        self._log.entries.append(Entry(Message(self._parameter), 0, self._lost, 0, why))


def _blocks(source: QgsFeatureSource, parameter: str, reader: Reader, progress: Progress) -> Iterator[FeatureTable]:
    """A layer in blocks."""
    total, done = max(1, source.featureCount()), 0
    for block in reader.blocks(source, parameter, AREAS, BLOCK):
        advance(progress, min(1.0, done / total), Message("Reading {parameter}", parameter=parameter))
        done += len(block)
        yield block
    advance(progress, 1.0)


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
    for one in parts:
        place = np.zeros(len(one), np.int64)
        for k, identity in enumerate(one.bodies.ids):
            own = identity
            if own in known and not is_of_parts:
                double += 1
                own = f"{identity} ({len(ids)})"
            if own not in known:
                known[own] = len(ids)
                ids.append(own)
                names.append(one.bodies.names[k])
                uses.append(one.uses[k])
            place[k] = known[own]
        owners.append(place[one.bodies.owner] if len(one.bodies) else np.zeros(0, np.int64))
    if double:
        log.notes.append(
            Message(
                "{n} features of the layer '{name}' have an id that another one has as well: check whether a model was "
                "loaded twice.",
                n=double,
                name=name,
            )
        )
    bodies = [one.bodies for one in parts]
    prisms = Prisms(
        np.concatenate([body.outlines for body in bodies]),
        np.concatenate([body.bottom_m for body in bodies]),
        np.concatenate([body.top_m for body in bodies]),
        np.concatenate(owners),
        tuple(ids),
        tuple(names),
    )
    return Buildings(prisms, tuple(uses), Prisms.none(), np.zeros(0, np.int64), Prisms.none())


def _add_merged(log: SceneLog, own: SceneLog, rows: int) -> None:
    """Add what was said of blocks, with the counts of all blocks, which have so many rows, in one sentence and line."""
    for note in _summed(own.notes):
        of_rows = note.template.startswith("{n} of {all} features")  # only of blocks of which one is left out, so far
        log.notes.append(Message(note.template, **{**note.values, "all": rows}) if of_rows else note)
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
