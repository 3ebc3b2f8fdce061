"""What twin:railoptions joins: layers of alignments and of the city, the editable tables, core's comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureSource,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.rail.catchments import Streets, Walking, straight
from ...core.rail.conflicts import Body, Conflict, find_conflicts
from ...core.rail.entrances import UNKNOWN, EntranceLevels, compare_levels
from ...core.rail.kinds import State, read_kinds, read_states
from ...core.rail.people import People
from ...core.rail.tables import Option, as_multi, conflict_rows, exists, option_rows, protection_rows
from ..kernel import resources
from ..kernel.input_table import Entry, table_lines
from ..kernel.metric_layers import Reader, metric_crs
from ..kernel.raster_kinds import require_water
from ..kernel.rasters import read_grid, require_metres
from ..kernel.road_layers import RoadChoices, read_roads
from .alignment_layers import AlignmentsRead, datum_notes, read_alignments
from .city_layers import Place, PlacesRead, read_bodies, read_entrances, read_people, read_stations

Rows = Iterable[tuple[Any, dict[str, Any]]]
FLOOD = "LEVEL_MAX"
SLOWEST_KMH = 2.0
"""Who gives less has likely given metres in a second."""


@dataclass(frozen=True)
class RailLayers:
    """The layers of a comparison; only alignments and stations must be there."""

    alignments: QgsFeatureSource
    stations: QgsFeatureSource
    entrances: QgsFeatureSource | None = None
    roads: QgsFeatureSource | None = None
    people: QgsFeatureSource | None = None
    underground: QgsFeatureSource | None = None
    works: QgsFeatureSource | None = None
    flood: QgsRasterLayer | None = None


@dataclass(frozen=True)
class RailChoices:
    """What the user decides.

    Attributes
    ----------
    walking : Walking
    people_field, jobs_field : str
        "" for the usual names.
    zones : str
        Path of a table of protection zones, "" for the one that ships with the plugin.
    """

    walking: Walking
    people_field: str = ""
    jobs_field: str = ""
    zones: str = ""


@dataclass(frozen=True)
class RailResult:
    """The comparison: rows of the outputs, in the CRS of the alignments."""

    crs: QgsCoordinateReferenceSystem
    catchments: Rows
    protection: Rows
    conflicts: Rows
    entrances: Rows
    options: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


@dataclass
class _Log:
    """What the run says at its end."""

    warnings: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def take(self, notes: Iterable[Message], entry: Entry) -> None:
        self.warnings += notes
        self.entries.append(entry)


@dataclass(frozen=True)
class _Served:
    """The catchments of a station, one for each of the minutes, and how they were found."""

    station: Place
    shapes: Sequence[shapely.Geometry | None]
    method: str


def compare_options(
    layers: RailLayers,
    choices: RailChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> RailResult:
    """Compare the options of rail lines.

    Raises
    ------
    InputError
        Where layers lack what they need, or no station lies near a street.
    """
    crs = metric_crs(layers.alignments)
    reader, log = Reader(crs, context, feedback), _Log()
    kinds = read_kinds(Path(choices.zones) if choices.zones else resources.table("rail_zones"))
    states = read_states(resources.table("rail_states"))
    lines = read_alignments(layers.alignments, reader, kinds, states)
    log.take(lines.notes, lines.entry)
    stations = read_stations(layers.stations, reader, list(lines.options))
    log.take(stations.notes, stations.entry)
    entrances = _entrances(layers, reader, stations, log)
    people = _people(layers, reader, choices, log)
    bodies = _bodies(layers, reader, lines, log)
    advance(progress, 0.1)
    served = _catchments(layers, reader, choices.walking, stations.places, entrances, log, part(progress, 0.1, 0.6))
    conflicts = _conflicts(lines, bodies, stations.places, log, part(progress, 0.6, 0.9))
    levels = _levels(layers, reader, entrances, log)
    advance(progress, 0.95)
    options = _options(
        lines, states, stations.places, entrances, served, conflicts, levels, len(choices.walking.minutes)
    )
    rows = list(option_rows(options, people, choices.walking.minutes))
    return RailResult(
        crs,
        list(_catchment_rows(served, lines, people, choices.walking.minutes, part(progress, 0.95, 1.0))),
        protection_rows(options),
        conflict_rows(conflicts),
        _entrance_rows(entrances, levels),
        rows,
        _numbers(rows, stations.places),
        log.warnings,
        table_lines(log.entries),
    )


def _entrances(layers: RailLayers, reader: Reader, stations: PlacesRead, log: _Log) -> list[Place]:
    if layers.entrances is None:
        return []
    read = read_entrances(layers.entrances, reader, stations.places)
    log.take(read.notes, read.entry)
    return read.places


def _people(layers: RailLayers, reader: Reader, choices: RailChoices, log: _Log) -> People | None:
    if layers.people is None:
        return None
    read = read_people(layers.people, reader, choices.people_field, choices.jobs_field)
    log.take(read.notes, read.entry)
    return read.people


def _bodies(layers: RailLayers, reader: Reader, lines: AlignmentsRead, log: _Log) -> list[Body]:
    """Basements and works."""
    bodies: list[Body] = []
    for source, parameter, kind in (
        (layers.underground, "UNDERGROUND", "basement"),
        (layers.works, "WORKS", "works"),
    ):
        if source is None:
            continue
        read = read_bodies(source, reader, parameter, kind)
        log.take([*read.notes, *datum_notes(lines.pieces, read.bodies, source.sourceName())], read.entry)
        bodies += read.bodies
    return bodies


def _catchments(
    layers: RailLayers,
    reader: Reader,
    walking: Walking,
    stations: Sequence[Place],
    entrances: Sequence[Place],
    log: _Log,
    progress: Progress,
) -> list[_Served]:
    """The catchments of each station, from its entrances where it has some, else from itself."""
    doors = {station.id: [e.point for e in entrances if e.station == station.id] for station in stations}
    if layers.roads is None:
        return [_Served(s, straight(doors[s.id] or [s.point], walking), "straight") for s in stations]
    if walking.speed_kmh < SLOWEST_KMH:
        text = Message(
            "WALK_SPEED_KMH is {speed:g} km/h, and people walk at 3 to 6: is it in m/s?", speed=walking.speed_kmh
        )
        log.warnings.append(text)
    choice = RoadChoices(walking.speed_kmh, on_foot=True)
    roads = read_roads(layers.roads, reader.crs, choice, reader.context, reader.feedback)
    log.take(roads.notes, roads.entry)
    streets, served = Streets(roads.built, walking), []
    for number, station in enumerate(stations):
        advance(progress, number / len(stations))
        access = streets.access(doors[station.id] or [station.point])
        if len(access.edge):
            share = part(progress, number / len(stations), (number + 1) / len(stations))
            served.append(_Served(station, streets.catchments(access, share), "streets"))
        else:
            served.append(_Served(station, [None] * len(walking.minutes), "none"))
    far = [item.station.id for item in served if item.method == "none"]
    if stations and len(far) == len(stations):
        raise InputError(
            "No station lies within {reach:g} m of a street of '{name}': check the CRS of both layers, or set REACH.",
            reach=walking.reach_m,
            name=layers.roads.sourceName(),
        )
    if far:
        log.warnings.append(
            Message(
                "{n} stations have no street within {reach:g} m and no catchment: {ids}.",
                n=len(far),
                reach=walking.reach_m,
                ids=", ".join(word[:40] for word in far[:5]),
            )
        )
    return served


def _conflicts(
    lines: AlignmentsRead, bodies: Sequence[Body], stations: Sequence[Place], log: _Log, progress: Progress
) -> list[Conflict]:
    """What the structures meet, without the rooms of their own stations."""
    points = {option: [s.point for s in stations if s.option == option] for option in lines.options}
    kept, own = [], set[str]()
    for found in find_conflicts(lines.pieces, bodies, progress):
        if found.body.kind == "basement" and any(shapely.intersects(found.body.area, points[found.piece.option])):
            own.add(found.body.id)
        else:
            kept.append(found)
    if own:
        log.warnings.append(
            Message(
                "{n} rooms below ground hold a station of the line that meets them: they are its own and no conflict: "
                "{ids}.",
                n=len(own),
                ids=", ".join(word[:40] for word in sorted(own)[:5]),
            )
        )
    return kept


def _levels(layers: RailLayers, reader: Reader, entrances: Sequence[Place], log: _Log) -> EntranceLevels | None:
    """The entrances against the flood; None without one."""
    if layers.flood is None:
        return None
    require_water(layers.flood, "FLOOD_LEVEL", FLOOD)
    move = QgsCoordinateTransform(reader.crs, require_metres(layers.flood), reader.context.transformContext())
    xy = np.array([_moved(move, entrance.point) for entrance in entrances]).reshape(-1, 2)
    sills = np.array([entrance.sill_m for entrance in entrances], float)
    levels = compare_levels(xy[:, 0], xy[:, 1], sills, read_grid(layers.flood, output=FLOOD))
    unknown = levels.state.count(UNKNOWN)
    if unknown:
        log.warnings.append(
            Message(
                "{n} of {all} entrances lie outside the raster '{raster}' or have no level of their sill: whether "
                "they lie below the flood is unknown.",
                n=unknown,
                all=len(entrances),
                raster=layers.flood.name(),
            )
        )
    return levels


def _moved(move: QgsCoordinateTransform, point: shapely.Point) -> tuple[float, float]:
    """A point in another CRS; NaN where it has no place there."""
    try:
        there = move.transform(QgsPointXY(point.x, point.y))
    except QgsCsException:
        return math.nan, math.nan
    return there.x(), there.y()


def _options(
    lines: AlignmentsRead,
    states: Mapping[str, State],
    stations: Sequence[Place],
    entrances: Sequence[Place],
    served: Sequence[_Served],
    conflicts: Sequence[Conflict],
    levels: EntranceLevels | None,
    minutes: int,
) -> list[Option]:
    """What belongs to each option, in the order of the layer; its catchments for each of so many minutes."""
    options = []
    for option, read in lines.options.items():
        own = [item.shapes for item in served if item.station.option == option]
        states_of = None
        if levels is not None:
            states_of = [s for e, s in zip(entrances, levels.state, strict=True) if e.option == option]
        options.append(
            Option(
                read.line,
                option,
                read.name,
                read.state,
                exists(read.state, states),
                [piece for piece in lines.pieces if piece.option == option],
                sum(station.option == option for station in stations),
                [[shapes[k] for shapes in own if shapes[k] is not None] for k in range(minutes)],
                [found for found in conflicts if found.piece.option == option],
                sum(entrance.option == option for entrance in entrances),
                states_of,
            )
        )
    return options


def _catchment_rows(
    served: Sequence[_Served],
    lines: AlignmentsRead,
    people: People | None,
    minutes: Sequence[float],
    progress: Progress,
) -> Rows:
    """A row for each station and each of the minutes; without a shape where no street is near."""
    for number, item in enumerate(served):
        advance(progress, number / len(served))
        for minute, shape in zip(minutes, item.shapes, strict=True):
            inside = (None, None) if people is None else people.inside(shape)
            values = {
                "station_id": item.station.id,
                "station": item.station.name,
                "line": lines.options[item.station.option].line,
                "option": item.station.option,
                "minutes": minute,
                "people": inside[0],
                "jobs": inside[1],
                "area_m2": 0.0 if shape is None else float(shapely.area(shape)),
                "method": item.method,
            }
            yield None if shape is None else as_multi(shape), values


def _entrance_rows(entrances: Sequence[Place], levels: EntranceLevels | None) -> Rows:
    """A row for each entrance; without a flood its state is unknown."""
    for row, entrance in enumerate(entrances):
        values = {
            "entrance_id": entrance.id,
            "station_id": entrance.station,
            "option": entrance.option,
            "name": entrance.name,
            "sill_elev_m": entrance.sill_m,
            "level_m": None if levels is None else levels.level_m[row],
            "over_sill_m": None if levels is None else levels.over_sill_m[row],
            "state": UNKNOWN if levels is None else levels.state[row],
        }
        yield entrance.point, values


def _numbers(rows: Rows, stations: Sequence[Place]) -> dict[str, float]:
    """The numbers of the algorithm."""
    values = [row for _, row in rows]
    return {
        "OPTIONS_COUNT": len(values),
        "STATIONS_COUNT": len(stations),
        "CLASHES": sum(row["clashes"] for row in values),
        "ENTRANCES_BELOW": sum(row["entrances_below"] or 0 for row in values),
    }
