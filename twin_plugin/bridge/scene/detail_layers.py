"""Closed shells and rooms of a scene's buildings, which formats beside the page carry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.closed_solids import open_edges
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import advance
from ...core.common.solid import Solid
from ...core.scene.scene import Buildings
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field
from ..kernel.metric_layers import AREAS, Reader, row_ids, why
from ..kernel.prism_layers import OWNER, read_buildings
from .apart import apart_notes, boxes_of
from .building_layers import MOST_COLUMNS, Places, attribute_of, entry_of, owned, owners_of_prisms, require_few
from .scene_layers import SceneLog

LOD = ("lod",)
BLOCKS = ("1.2", "1.3")
"""Levels whose roofs are flat."""


def with_shells(buildings: Buildings, source: QgsFeatureSource, reader: Reader, log: SceneLog) -> Buildings:
    """The buildings with their closed shells: polygons with heights, whose edges all meet another face.

    Raises
    ------
    InputError
        Where the layer holds no polygons with heights.
    Cancelled
    """
    require_few(source, "SOLIDS")
    table, name = reader.table(source, "SOLIDS", AREAS), source.sourceName()
    if len(table) and not shapely.has_z(table.geometries).any():
        raise InputError(
            "The layer '{name}' for SOLIDS has no heights in its geometry: choose solids that 'Load BIM models' writes "
            "with LOD lod12, lod13 or lod22.",
            name=name,
        )
    field = first_field(table, LOD)
    levels = table.get(field) if field else [""] * len(table)
    places, shells, lods = Places.of(buildings.bodies.ids), dict[int, Solid](), dict[int, str]()
    without, strangers, is_open, double = 0, 0, 0, 0
    ids = row_ids(table)
    for row, (shape, level) in enumerate(zip(table.geometries, levels, strict=True)):
        if row % 500 == 0:
            advance(reader.go_on, 0.0)
        if shape is None or level is None:
            without += 1
            continue
        place = places.find(ids[row])
        if place < 0:
            strangers += 1
            continue
        solid = solid_of(shape, ids[row])
        if place in shells:
            double += 1
        elif open_edges(solid):
            is_open += 1
        else:
            shells[place] = solid
            lods |= {place: str(level)} if level in BLOCKS else {}
    lost = [
        Message("no geometry, or no level of detail: {n}", n=without),
        Message("of no building: {n}", n=strangers),
        Message("not closed: {n}", n=is_open),
        Message("a second one of a building: {n}", n=double),
    ]
    boxes = np.array(
        [np.concatenate([shell.points.min(axis=0), shell.points.max(axis=0)]) for shell in shells.values()]
    )
    log.notes += apart_notes(name, boxes.reshape(-1, 6), np.array(list(shells), np.int64), buildings)
    log.entries.append(Entry(Message("SOLIDS"), len(shells), len(table) - len(shells), 0, why(lost)))
    return replace(buildings, shells=shells, shell_lods=lods)


def solid_of(shape: shapely.Geometry, owner: str) -> Solid:
    """The faces of a multipolygon with heights."""
    rings, face = shapely.get_rings(shapely.get_parts(shape), return_index=True)
    points, ring = shapely.get_coordinates(rings, include_z=True, return_index=True)
    stays = np.append(ring[1:] == ring[:-1], False)  # without the corner that closes the ring
    counts = np.bincount(ring[stays], minlength=len(rings))
    return Solid(points[stays], counts.astype(np.int64), face.astype(np.int64), owner=owner)


def with_rooms(buildings: Buildings, source: QgsFeatureSource, reader: Reader, log: SceneLog) -> Buildings:
    """The buildings with their rooms and the columns of these.

    Raises
    ------
    InputError
        Where the layer has no field building_id, or nothing that says how high rooms are.
    """
    require_few(source, "ROOMS")
    read = read_buildings(source, "ROOMS", reader, None)
    if len(read.table) and not first_field(read.table, OWNER):
        raise InputError(
            "The layer '{layer}' has no field '{field}': rename the field that says it, or add one.",
            layer=source.sourceName(),
            field=OWNER[0],
        )
    owner = owners_of_prisms(read, buildings)
    log.notes += read.notes
    log.notes += apart_notes(source.sourceName(), boxes_of(read.prisms), owner, buildings)
    log.entries.append(entry_of(read, owner))
    found = owner >= 0
    rows = read.prism_rows[found]
    columns = {
        name: [attribute_of(values[row]) for row in rows]
        for name, values in list(read.table.columns.items())[:MOST_COLUMNS]
    }
    return replace(buildings, rooms=owned(read.prisms, owner, found, buildings), room_attributes=columns)
