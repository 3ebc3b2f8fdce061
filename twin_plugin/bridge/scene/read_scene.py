"""Reads layers into the value of a scene."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.planning.schemes import put_scheme
from ...core.scene.scene import Buildings, Scene, Scheme
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, Reader, areas_of
from ..kernel.rasters import crs_text
from ..kernel.sun_place import sun_day
from .building_layers import kept, read_scene_buildings, with_underground, within
from .detail_layers import with_rooms, with_shells
from .pipe_paths import read_scene_pipes
from .scene_crs import choose_crs
from .scene_layers import SceneChoices, SceneLayers, SceneLog, SceneRead
from .stage_spans import read_stages
from .storey_layers import with_storeys
from .water_layers import Box, moved_box, read_depth, read_result, read_scene_terrain

_IN_FEET = re.compile(r" \((?:ft|ftUS|US ft|foot|US survey foot)\)$")
"""What the register adds to the name of a datum whose elevations are in feet: those of a scene are in metres."""
MOST_KM = 200.0
"""Buildings that lie farther apart are not of one district."""
MARGIN, LEAST_MARGIN_M = 0.25, 100.0
"""Terrain is shown around the buildings for this share of their extent, and for so much at least."""


def read_scene(
    layers: SceneLayers,
    choices: SceneChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> SceneRead:
    """Read layers into a scene, all in one projected CRS in metres.

    Raises
    ------
    InputError
        Naming the layer, the reason and the cure.
    Cancelled
    """
    log = SceneLog()
    if layers.result and layers.depth is not None:
        raise InputError("RESULT and DEPTH are both water: give one of them.")
    reader = Reader(crs_of_scene(layers, choices, context, log), context, feedback)
    extent = extent_of(choices, reader)
    advance(progress, 0.0, Message("Reading the buildings"))
    source = layers.buildings
    terrain = rough_terrain(layers, reader, extent)
    buildings = read_scene_buildings(source, "BUILDINGS", reader, terrain, choices.fields, log)
    advance(progress, 0.3, Message("Reading storeys and basements"))
    if layers.underground is not None:
        buildings = with_underground(buildings, layers.underground, reader, log)
    if layers.storeys is not None:
        buildings = with_storeys(buildings, layers.storeys, reader, terrain, log)
    if layers.solids is not None:
        buildings = with_shells(buildings, layers.solids, reader, log)
    if layers.rooms is not None:
        buildings = with_rooms(buildings, layers.rooms, reader, log)
    buildings = _cut(buildings, extent, source.sourceName(), log)
    advance(progress, 0.6, Message("Reading terrain and water"))
    box = extent or _around(buildings, source.sourceName())
    if layers.terrain is not None:
        terrain = read_scene_terrain(layers.terrain, reader, box, log)
    schemes = _schemes(layers, buildings, reader, terrain, extent, log)
    water = None
    if layers.result:
        water = read_result(layers.result, terrain, reader, box, log, part(progress, 0.65, 0.9))
    elif layers.depth is not None:
        water = read_depth(layers.depth, terrain, reader, box, log)
    if terrain is None and water is not None:
        terrain = water.ground
        log.notes.append(Message("There is no DTM: the terrain is the bed of RESULT."))
    advance(progress, 0.9, Message("Reading pipes and stages"))
    lines = [(name, one) for name, one in (("PIPES", layers.pipes), ("TUNNELS", layers.tunnels)) if one is not None]
    pipes = read_scene_pipes(lines, reader, terrain, choices.pipes, log, box, extent is not None)
    stages = None if layers.stages is None else read_stages(layers.stages, buildings.bodies.ids, reader, log)
    sun = sun_day(reader.crs, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, date(2000, 1, 1))
    scene = Scene(
        choices.title or source.sourceName(), plane_text(reader.crs), _vertical(layers, choices, log),
        sun.longitude_deg, sun.latitude_deg, -sun.map_north_deg, buildings, terrain, water, pipes, stages, schemes,
        _sources(layers),
    )  # fmt: skip
    advance(progress, 1.0)
    return SceneRead(scene, log)


def crs_of_scene(
    layers: SceneLayers, choices: SceneChoices, context: QgsProcessingContext, log: SceneLog
) -> QgsCoordinateReferenceSystem:
    """The CRS of a scene of some layers; raises an InputError where none fits."""
    source = layers.buildings
    candidates = [(source.sourceCrs(), source.sourceExtent())]
    if layers.terrain is not None:
        candidates.insert(0, (layers.terrain.crs(), layers.terrain.extent()))
    return choose_crs(choices.crs, candidates, source.sourceName(), context, log.notes)


def extent_of(choices: SceneChoices, reader: Reader) -> Box | None:
    """The extent that the user chose, in the CRS of the scene."""
    if choices.extent.isNull() or choices.extent.isEmpty():
        return None
    own = choices.extent_crs if choices.extent_crs.isValid() else reader.crs
    return moved_box(choices.extent, own, reader.crs, reader.context, "EXTENT")


def rough_terrain(layers: SceneLayers, reader: Reader, extent: Box | None) -> Grid | None:
    """The terrain below the buildings, on which those without a base stand."""
    if layers.terrain is None:
        return None
    source = layers.buildings
    box = moved_box(source.sourceExtent(), source.sourceCrs(), reader.crs, reader.context, source.sourceName())
    if extent is not None:
        box = extent
    return read_scene_terrain(layers.terrain, reader, _wider(box, LEAST_MARGIN_M), SceneLog())


def _cut(buildings: Buildings, extent: Box | None, name: str, log: SceneLog) -> Buildings:
    """The buildings within an extent."""
    if extent is None:
        if not len(buildings.bodies) and not len(buildings.underground):
            raise InputError("The layer '{name}' holds no building: choose another one for BUILDINGS.", name=name)
        return buildings
    return kept(buildings, stays_within(buildings, extent, name, log))


def stays_within(buildings: Buildings, extent: Box, name: str, log: SceneLog) -> np.ndarray:
    """Which buildings lie in an extent, shape (buildings,); raises an InputError where none does."""
    stays = within(buildings, extent)
    if not stays.any():
        raise InputError("No building of the layer '{name}' lies in EXTENT: choose another extent.", name=name)
    log.entries.append(Entry(Message("Buildings within EXTENT"), int(stays.sum()), int((~stays).sum())))
    return stays


def _around(buildings: Buildings, name: str) -> Box:
    """The bounds of the buildings, and a margin."""
    bounds = np.array([part.bounds for part in (buildings.bodies, buildings.underground)])
    west, south = np.nanmin(bounds[:, :2], axis=0)
    east, north = np.nanmax(bounds[:, 2:], axis=0)
    far = max(east - west, north - south)
    if far > MOST_KM * 1000:
        raise InputError(
            "The buildings of the layer '{name}' lie up to {far:,.0f} km apart: some have wrong coordinates, such as "
            "0, 0. Mend these, or choose an extent.",
            name=name,
            far=far / 1000,
        )
    return _wider((float(west), float(south), float(east), float(north)), max(MARGIN * float(far), LEAST_MARGIN_M))


def _wider(box: Box, margin: float) -> Box:
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def _schemes(
    layers: SceneLayers, present: Buildings, reader: Reader, terrain: Grid | None, extent: Box | None, log: SceneLog
) -> tuple[Scheme, ...]:
    """The schemes within an extent, each with the land of the buildings that it replaces."""
    site = None
    if layers.site is not None:
        shapes = areas_of(reader.table(layers.site, "SITE", AREAS).geometries)
        shapes = shapes[~shapely.is_missing(shapes)]
        if not len(shapes):
            raise InputError("The layer '{name}' for SITE holds no polygon.", name=layers.site.sourceName())
        site = shapely.union_all(shapes)
    found = []
    for number, (name, source) in enumerate(layers.schemes):
        parameter = f"SCHEME_{'AB'[number]}"
        buildings = read_scene_buildings(source, parameter, reader, terrain, None, log)
        if not len(buildings):
            raise InputError("The scheme '{name}' is empty: choose a layer with its buildings.", name=name)
        buildings = _cut(buildings, extent, source.sourceName(), log)
        bodies = present.bodies
        future = put_scheme(bodies, buildings.bodies, name, site)
        log.notes += future.notes
        replaced = bodies.outlines[future.replaced[bodies.owner]] if len(bodies) else np.zeros(0, object)
        area = shapely.union_all(replaced) if len(replaced) else None
        log.entries.append(Entry(Message("Buildings that {name} replaces", name=name), int(future.replaced.sum())))
        found.append(Scheme(name, buildings, area))
    return tuple(found)


def plane_text(crs: QgsCoordinateReferenceSystem) -> str:
    """The horizontal part of a CRS: elevations are in metres, whatever the unit of its vertical part is."""
    plane = crs.horizontalCrs()
    return crs_text(plane if plane.isValid() else crs)


def _vertical(layers: SceneLayers, choices: SceneChoices, log: SceneLog) -> str:
    """The vertical datum: the user's words, else what the terrain's CRS says."""
    if choices.vertical:
        return choices.vertical
    if layers.terrain is not None:
        vertical = layers.terrain.crs().verticalCrs()
        if vertical.isValid():
            return _IN_FEET.sub("", str(vertical.description()))
    log.notes.append(
        Message(
            "The vertical datum of the elevations is not known: state it in VERTICAL_DATUM, so that readers of the "
            "scene know it."
        )
    )
    return ""


def _sources(layers: SceneLayers) -> tuple[str, ...]:
    """Names and dates of the data."""
    named = [
        ("BUILDINGS", layers.buildings.sourceName()),
        *((name, source.sourceName()) for name, source in (
            ("STOREYS", layers.storeys), ("UNDERGROUND", layers.underground), ("PIPES", layers.pipes),
            ("TUNNELS", layers.tunnels), ("STAGES", layers.stages), ("SITE", layers.site),
            ("SOLIDS", layers.solids), ("ROOMS", layers.rooms),
        ) if source is not None),
        *((f"SCHEME_{'AB'[k]}", source.sourceName()) for k, (_, source) in enumerate(layers.schemes)),
        *((name, layer.name()) for name, layer in (("DTM", layers.terrain), ("DEPTH", layers.depth))
          if layer is not None),
    ]  # fmt: skip
    if layers.result:
        named.append(("RESULT", layers.result.replace("\\", "/").rpartition("/")[2]))
    return tuple(
        f"{parameter}: {name} ({layers.ages[parameter]})" if layers.ages.get(parameter) else f"{parameter}: {name}"
        for parameter, name in named
    )
