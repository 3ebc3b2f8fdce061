"""Layers of what lies below the ground as bodies: basements, pipes, tunnels and protection zones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.planning.bodies import PLANNED, PRESENT, REMOVED, Bodies, BodyBuilder, BuriedBody
from ...core.planning.clearance_rules import BASEMENT, ZONE, Rules
from ...core.planning.schemes import put_scheme
from ..kernel.input_table import Entry
from ..kernel.line_layers import names_of
from ..kernel.metric_layers import AREAS, Reader, numbers_of, row_ids, texts_of, valid, why
from ..kernel.pipe_layers import CONNECTS, KIND, PipeChoices, read_pipes, words_of
from ..kernel.prism_layers import owners_of
from ..kernel.vectors import FeatureTable
from .city import read_site

TOP = ("top_elev_m", "top_m", "roof_elev_m", "顶标高", "顶板标高")
BOTTOM = ("bottom_elev_m", "bottom_m", "base_elev_m", "底标高", "底板标高")
DEPTH = ("depth_m", "depth", "excavation_m", "埋深", "基坑深度")
"""Usual names of fields, in any case."""


@dataclass(frozen=True)
class UndergroundLayers:
    """The layers; at least one of them must hold something. `site` is the land of the scheme."""

    basements: QgsFeatureSource | None = None
    pipes: QgsFeatureSource | None = None
    tunnels: QgsFeatureSource | None = None
    zones: QgsFeatureSource | None = None
    scheme: QgsFeatureSource | None = None
    site: QgsFeatureSource | None = None
    parcels: QgsFeatureSource | None = None


@dataclass(frozen=True)
class UndergroundRead:
    """What lies below the ground, with and without the scheme, and what the log says of it."""

    bodies: Bodies
    has_scheme: bool
    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class _Rooms:
    """Basements as prisms, with kind, connections and ids of the rooms of each object."""

    prisms: Prisms
    kinds: list[str]
    connects: list[frozenset[str]]
    ids: list[frozenset[str]]


_NO_ROOMS = _Rooms(Prisms.none(), [], [], [])


def read_underground(
    layers: UndergroundLayers, reader: Reader, terrain: Grid | None, rules: Rules, choices: PipeChoices
) -> UndergroundRead:
    """The bodies of all layers, in the CRS of the reader.

    Raises
    ------
    InputError
        Naming the layer, the reason and the cure.
    """
    builder, notes, entries = BodyBuilder(), list[Message](), list[Entry]()
    today, planned = (
        _NO_ROOMS if source is None else _read_rooms(source, parameter, reader, terrain, rules, notes, entries)
        for source, parameter in ((layers.basements, "BASEMENTS"), (layers.scheme, "SCHEME"))
    )
    _add_rooms(builder, layers, reader, today, planned, entries)
    for source, parameter in ((layers.pipes, "PIPES"), (layers.tunnels, "TUNNELS")):
        if source is not None:
            read = read_pipes(source, parameter, reader, terrain, rules, choices, builder)
            notes += read.notes
            entries.append(read.entry)
    if layers.zones is not None:
        entries.append(_add_zones(builder, layers.zones, reader))
    if not builder.items:
        raise InputError("Nothing lies below the ground: give BASEMENTS, PIPES, TUNNELS or SCHEME with features.")
    return UndergroundRead(builder.build(), layers.scheme is not None, notes, entries)


def _read_rooms(
    source: QgsFeatureSource,
    parameter: str,
    reader: Reader,
    terrain: Grid | None,
    rules: Rules,
    notes: list[Message],
    entries: list[Entry],
) -> _Rooms:
    """Polygons with levels: from bottom to top, else from the terrain down to a depth."""
    table, name = reader.table(source, parameter, AREAS), source.sourceName()
    shapes = np.array([None if shape is None else valid(shape) for shape in table.geometries], object)
    top, bottom, depth = (numbers_of(table, fields, "elev_m", notes) for fields in (TOP, BOTTOM, DEPTH))
    ground = ground_at(shapes, terrain)
    guessed = np.isnan(top) & np.isfinite(ground) & (np.isfinite(bottom) | np.isfinite(depth))
    top = np.where(guessed, ground, top)
    bottom = np.where(np.isnan(bottom), top - depth, bottom)
    placed = np.nan_to_num(shapely.area(shapes)) > 0
    known = np.isfinite(top) & np.isfinite(bottom)
    used = placed & known & (top > bottom)
    if len(table) and not used.any():
        raise InputError(
            "No feature of the layer '{name}' has a polygon and levels: fill the fields {top} and {bottom}, or {depth} "
            "together with a terrain.",
            name=name,
            top=TOP[0],
            bottom=BOTTOM[0],
            depth=DEPTH[0],
        )
    lost = [
        Message("no geometry or area: {n}", n=int((~placed).sum())),
        Message("no levels: {n}", n=int((placed & ~known).sum())),
        Message("top not above the bottom: {n}", n=int((placed & known & ~(top > bottom)).sum())),
        Message("top at the terrain: {n}", n=int((guessed & used).sum())),
    ]
    left_out = len(table) - int(used.sum())
    if left_out:
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' are left out: {why}.",
                n=left_out,
                all=len(table),
                name=name,
                why=why(lost[:3]),
            )
        )
    entries.append(Entry(Message(parameter), int(used.sum()), left_out, int((guessed & used).sum()), why(lost)))
    return _rooms(table, shapes, bottom, top, used, rules, name, notes)


def _rooms(
    table: FeatureTable,
    shapes: np.ndarray,
    bottom: np.ndarray,
    top: np.ndarray,
    used: np.ndarray,
    rules: Rules,
    name: str,
    notes: list[Message],
) -> _Rooms:
    """Rooms of one building are one object."""
    owner, identities, _ = owners_of(table, used, name, notes)
    rooms = row_ids(table)
    called, words, connects = names_of(table), texts_of(table, KIND), texts_of(table, CONNECTS)
    names, kinds, joins, parts = list[str](), list[str](), list[set[str]](), list[set[str]]()
    for row, which in zip(np.flatnonzero(used).tolist(), owner.tolist(), strict=True):
        if which == len(names):
            names.append(called[row] or identities[which])
            kinds.append(rules.kind_named(words[row]) or BASEMENT)
            joins.append(set())
            parts.append(set())
        joins[which] |= words_of(connects[row])
        parts[which].add(rooms[row])
    prisms = Prisms.of_shapes(list(shapes[used]), bottom[used], top[used], owner, identities, names)
    return _Rooms(prisms, kinds, [frozenset(found) for found in joins], [frozenset(found) for found in parts])


def _add_rooms(
    builder: BodyBuilder,
    layers: UndergroundLayers,
    reader: Reader,
    today: _Rooms,
    planned: _Rooms,
    entries: list[Entry],
) -> None:
    """Add today's basements, those that the scheme takes the place of as removed, and those of the scheme."""
    replaced = np.zeros(today.prisms.objects, bool)
    if layers.scheme is not None:
        name = layers.scheme.sourceName()
        if not len(planned.prisms):
            raise InputError("The scheme '{name}' is empty: choose a layer with its basements.", name=name)
        site = read_site(layers.site, reader)
        future = put_scheme(today.prisms, planned.prisms, name, site, "BASEMENTS")
        replaced = future.replaced
        entries.append(Entry(Message("replaced basements"), int(replaced.sum())))
    for rooms, states in (
        (today, [REMOVED if gone else PRESENT for gone in replaced]),
        (planned, [PLANNED] * planned.prisms.objects),
    ):
        items = zip(rooms.prisms.ids, rooms.prisms.names, rooms.kinds, states, rooms.connects, rooms.ids, strict=True)
        builder.add_prisms(
            rooms.prisms,
            [
                BuriedBody(one, name, kind, state, frozenset(), joins, ids)
                for one, name, kind, state, joins, ids in items
            ],
        )


def _add_zones(builder: BodyBuilder, source: QgsFeatureSource, reader: Reader) -> Entry:
    """Land in which works need a permit, without levels."""
    table = reader.table(source, "ZONES", AREAS)
    ids, names, lost = row_ids(table), names_of(table), Counter[str]()
    for row, shape in enumerate(table.geometries):
        if shape is None or not shapely.area(shape) > 0:
            lost["area"] += 1
            continue
        builder.add_prism(valid(shape), 0.0, 0.0, builder.add(BuriedBody(ids[row], names[row] or ids[row], ZONE)))
    reason = why([Message("no geometry or area: {n}", n=lost["area"])])
    return Entry(Message("ZONES"), len(table) - lost["area"], lost["area"], 0, reason)


def ground_at(shapes: Sequence[shapely.Geometry | None] | np.ndarray, terrain: Grid | None) -> np.ndarray:
    """The lowest terrain at the corners of each shape; NaN without a terrain and off it."""
    lowest = np.full(len(shapes), np.inf)
    if terrain is not None:
        points, row = shapely.get_coordinates(shapes, return_index=True)
        np.fmin.at(lowest, row, terrain.sample(points[:, 0], points[:, 1]))
    return np.where(np.isfinite(lowest), lowest, np.nan)
