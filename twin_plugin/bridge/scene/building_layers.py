"""Buildings of a scene with their basements, from layers such as those of a twin base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource
from qgis.PyQt.QtCore import Qt

from ...core.common.csv_table import read_rows
from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.risk.uses import choose_uses, read_words
from ...core.scene.scene import Buildings
from ..kernel import resources
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field
from ..kernel.metric_layers import Reader
from ..kernel.prism_layers import OWNER, BuildingsRead, HeightFields, read_buildings
from ..kernel.vectors import FeatureTable
from .apart import apart_notes, boxes_of
from .scene_layers import SceneLog

USES = ("use", "building_use", "function", "usage", "building", "type", "用途", "建筑用途", "使用性质", "功能")
"""Usual names of the field of use, in any case."""
MOST_FEATURES = 2_000_000
"""More bodies of a layer no page and no computer of today shows."""
MOST_COLUMNS = 60
_PLAIN = (str, int, float, bool)


@dataclass(frozen=True)
class Places:
    """Finds buildings by their id, or by the model that they come from where it has one building only."""

    by_id: dict[str, int]
    by_model: dict[str, int]

    @classmethod
    def of(cls, ids: Sequence[str]) -> Places:
        """Of buildings in their order; ids of buildings from models are the model's and a part after a slash."""
        by_model: dict[str, int] = {}
        for place, identity in enumerate(ids):
            model = identity.rpartition("/")[0]
            by_model[model] = place if model not in by_model else -1
        by_model.pop("", None)
        return cls({identity: place for place, identity in enumerate(ids)}, by_model)

    def find(self, identity: str) -> int:
        """The place of a building; -1 where there is none."""
        place = self.by_id.get(identity, -1)
        return place if place >= 0 else self.by_model.get(identity, -1)


def require_few(source: QgsFeatureSource, parameter: str) -> None:
    """Check that a layer has no more features than a scene can hold.

    Raises
    ------
    InputError
    """
    count = source.featureCount()
    if count > MOST_FEATURES:
        raise InputError(
            "The layer '{name}' for {parameter} has {n:,} features, more than the {most:,} of a scene: choose a part "
            "of it, or make 3D Tiles of the city.",
            name=source.sourceName(),
            parameter=parameter,
            n=count,
            most=MOST_FEATURES,
        )


def read_scene_buildings(
    source: QgsFeatureSource, parameter: str, reader: Reader, terrain: Grid | None, fields: HeightFields | None,
    log: SceneLog,
) -> Buildings:  # fmt: skip
    """Buildings with their uses and attributes, as prisms.

    Raises
    ------
    InputError
        Where the layer holds no polygons, or nothing that says how high they are.
    """
    require_few(source, parameter)
    return scene_buildings(read_buildings(source, parameter, reader, terrain, fields), source.sourceName(), log)


def scene_buildings(read: BuildingsRead, name: str, log: SceneLog) -> Buildings:
    """The same of what was read of a layer, or of a part of it in which nothing may stand."""
    log.notes += read.notes
    log.entries.append(read.entry)
    rows = _first_rows(read)
    none = Prisms.none()
    uses = _uses(read, rows, log, name)
    return Buildings(read.prisms, uses, none, np.zeros(0, np.int64), none, {}, _attributes(read, rows))


def with_underground(buildings: Buildings, source: QgsFeatureSource, reader: Reader, log: SceneLog) -> Buildings:
    """The buildings with their basements; rooms of no building become objects of their own without a body above.

    Raises
    ------
    InputError
        Where the layer holds no polygons, or no levels.
    """
    require_few(source, "UNDERGROUND")
    read = read_buildings(source, "UNDERGROUND", reader, None)
    owner = owners_of_prisms(read, buildings)
    log.notes += read.notes
    log.notes += apart_notes(source.sourceName(), boxes_of(read.prisms), owner, buildings)
    alone = np.unique(read.prisms.owner[owner < 0]) if len(owner) else np.zeros(0, np.int64)
    log.entries.append(entry_of(read, np.zeros(len(owner), np.int64), Message("of no building: {n}", n=len(alone))))
    place = np.full(read.prisms.objects, -1, np.int64)
    place[alone] = len(buildings) + np.arange(len(alone))
    owner = np.where(owner < 0, place[read.prisms.owner], owner)
    wider = _with_objects(buildings, [read.prisms.ids[k] for k in alone], [read.prisms.names[k] for k in alone])
    rooms = owned(read.prisms, owner, np.ones(len(owner), bool), wider)
    return replace(wider, underground=rooms)


def kept(buildings: Buildings, stays: np.ndarray) -> Buildings:
    """Some of the buildings, shape (buildings,) true for those that stay."""
    place = np.cumsum(stays) - 1
    few = np.flatnonzero(stays)
    of_storeys, of_rooms = (
        stays[part.owner] if len(part) else np.zeros(0, bool) for part in (buildings.storeys, buildings.rooms)
    )
    bodies, storeys, underground, rooms = (
        part.keep(stays) if part.objects else part
        for part in (buildings.bodies, buildings.storeys, buildings.underground, buildings.rooms)
    )
    mine = np.flatnonzero(of_rooms)
    return Buildings(
        bodies,
        tuple(buildings.uses[k] for k in few),
        storeys,
        buildings.storey_numbers[of_storeys],
        underground,
        {int(place[k]): shell for k, shell in buildings.shells.items() if stays[k]},
        {name: [values[k] for k in few] for name, values in buildings.attributes.items()},
        rooms,
        {name: [values[k] for k in mine] for name, values in buildings.room_attributes.items()},
        {int(place[k]): lod for k, lod in buildings.shell_lods.items() if stays[k]},
    )


def within(buildings: Buildings, box: tuple[float, float, float, float]) -> np.ndarray:
    """Which buildings have a body or a room that touches a box of west, south, east and north."""
    result = np.zeros(len(buildings), bool)
    for prisms in (buildings.bodies, buildings.underground):
        if len(prisms):
            west, south, east, north = shapely.bounds(prisms.outlines).T
            meets = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
            result[prisms.owner[meets]] = True
    return result


def _first_rows(read: BuildingsRead) -> np.ndarray:
    """The first row of the layer of each object."""
    used = np.flatnonzero(read.rows >= 0)
    rows = np.zeros(read.prisms.objects, np.int64)
    rows[read.rows[used][::-1]] = used[::-1]
    return rows


def _uses(read: BuildingsRead, rows: np.ndarray, log: SceneLog, layer: str) -> tuple[str, ...]:
    """The use of each building as the table of uses has it; "" for unknown."""
    table = resources.table("building_use")
    known = {row["use"] for row in read_rows(table, ("use", "keyword"))}
    words = read_words(table, known, resources.table("street_words"))
    field = first_field(read.table, USES)
    values = read.table.get(field)
    found = choose_uses({field: [values[row] for row in rows]}, len(rows), words)
    if found.unknown:
        log.notes.append(
            Message(
                "{n} buildings of the layer '{name}' have a use that the table building_use.csv does not know, such as "
                "'{use}': they are drawn as of unknown use.",
                n=sum(found.unknown.values()),
                name=layer,
                use=next(iter(found.unknown))[:40],
            )
        )
    return tuple(use or "" for use in found.use)


def _attributes(read: BuildingsRead, rows: np.ndarray) -> dict[str, list[Any]]:
    """Columns of the layer for exports."""
    return {
        name: [attribute_of(values[row]) for row in rows]
        for name, values in list(read.table.columns.items())[:MOST_COLUMNS]
    }


def attribute_of(value: Any) -> Any:
    """A value of a layer as a text, a number, true or false, or None."""
    if value is None or isinstance(value, _PLAIN):
        return value
    return str(value.toString(Qt.DateFormat.ISODate)) if hasattr(value, "toString") else str(value)


def require_owners(table: FeatureTable, name: str) -> None:
    """Check that a layer says to which buildings its features belong.

    Raises
    ------
    InputError
    """
    if len(table) and not first_field(table, OWNER):
        raise InputError(
            "The layer '{layer}' has no field '{field}': rename the field that says it, or add one.",
            layer=name,
            field=OWNER[0],
        )


def owners_of_prisms(read: BuildingsRead, buildings: Buildings) -> np.ndarray:
    """The place of the building of each prism; -1 where there is none."""
    places = Places.of(buildings.bodies.ids)
    of_object = np.array([places.find(identity) for identity in read.prisms.ids], np.int64)
    return of_object[read.prisms.owner] if len(of_object) else np.zeros(0, np.int64)


def owned(prisms: Prisms, owner: np.ndarray, which: np.ndarray, buildings: Buildings) -> Prisms:
    """Some prisms as those of buildings."""
    if not which.any():
        return Prisms.none()
    bodies = buildings.bodies
    return Prisms(
        prisms.outlines[which], prisms.bottom_m[which], prisms.top_m[which], owner[which], bodies.ids, bodies.names
    )


def _with_objects(buildings: Buildings, ids: Sequence[str], names: Sequence[str]) -> Buildings:
    """The buildings and further objects that have no body above ground."""
    if not ids:
        return buildings
    bodies = buildings.bodies
    taken = set(bodies.ids)
    fresh = tuple(identity if identity not in taken else f"{identity} (underground)" for identity in ids)
    wider = Prisms(
        bodies.outlines, bodies.bottom_m, bodies.top_m, bodies.owner, bodies.ids + fresh, bodies.names + tuple(names)
    )
    more = ("",) * len(ids)
    columns = {name: [*values, *[None] * len(ids)] for name, values in buildings.attributes.items()}
    return replace(buildings, bodies=wider, uses=buildings.uses + more, attributes=columns)


def entry_of(read: BuildingsRead, owner: np.ndarray, told: Message | None = None) -> Entry:
    """The line of the table of inputs for storeys or basements: those of no building are left out too."""
    strangers = len(np.unique(read.prism_rows[owner < 0]))
    reasons = [read.entry.why] if read.entry.why else []
    if strangers:
        reasons.append(Message("of no building: {n}", n=strangers))
    if told is not None and told.values["n"]:
        reasons.append(told)
    entry = read.entry
    return Entry(
        entry.what, entry.read - strangers, entry.left_out + strangers, entry.guessed, Message.joined(reasons, "; ")
    )
