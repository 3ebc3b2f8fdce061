"""Layers of stations, entrances, people, basements and works as the values that core's rail takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.rail.conflicts import Body
from ...core.rail.people import People
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field, names_of
from ..kernel.metric_layers import AREAS, POINTS, Reader, ids_of, numbers_of, require_one, row_ids, valid, why
from ..kernel.vectors import FeatureTable
from .option_field import OPTION

STATION = ("station_id", "station", "车站编号", "车站")
SILL = ("sill_elev_m", "sill_m", "threshold_elev_m", "门槛高程")
PEOPLE, JOBS = ("residents", "people", "population", "人口", "常住人口"), ("jobs", "workers", "岗位", "就业岗位")
TOP, BOTTOM = ("top_elev_m", "top_m", "顶标高"), ("bottom_elev_m", "bottom_m", "底标高")
DIG = ("excavation_m", "开挖深度")
"""Usual names of fields, in any case."""


@dataclass(frozen=True)
class Place:
    """A station or an entrance."""

    id: str
    name: str
    option: str
    station: str
    point: shapely.Point
    sill_m: float


@dataclass(frozen=True)
class PlacesRead:
    """Stations or entrances."""

    places: list[Place]
    notes: list[Message]
    entry: Entry


@dataclass(frozen=True)
class BodiesRead:
    """Basements or works as prisms."""

    bodies: list[Body]
    notes: list[Message]
    entry: Entry


@dataclass(frozen=True)
class PeopleRead:
    """Where people live and work."""

    people: People
    notes: list[Message]
    entry: Entry


def read_stations(source: QgsFeatureSource, reader: Reader, options: Sequence[str]) -> PlacesRead:
    """The stations of the options."""
    table = reader.table(source, "STATIONS", POINTS)
    option_of = ids_of(require_one(table, OPTION, source.sourceName()), table)
    station_of = ids_of(first_field(table, STATION), table)
    ids = [own or row for own, row in zip(station_of, row_ids(table), strict=True)]
    return _places(source.sourceName(), Message("Stations"), table, ids, option_of, ids, options)


def read_entrances(source: QgsFeatureSource, reader: Reader, stations: Sequence[Place]) -> PlacesRead:
    """The entrances of the stations."""
    table = reader.table(source, "ENTRANCES", POINTS)
    station_of = ids_of(require_one(table, STATION, source.sourceName()), table)
    option_by = _option_by_station(stations)
    option_of = [option_by.get(station, "") for station in station_of]
    own = ids_of(first_field(table, ("entrance_id", "编号")), table)
    ids = [a or b for a, b in zip(own, row_ids(table), strict=True)]
    known = sorted(set(option_by.values()))
    return _places(source.sourceName(), Message("Entrances"), table, ids, option_of, station_of, known)


def _option_by_station(stations: Sequence[Place]) -> dict[str, str]:
    """The option of each station; raises InputError where two options have a station of one id."""
    found = dict[str, str]()
    for station in stations:
        if found.setdefault(station.id, station.option) != station.option:
            raise InputError(
                "The station {id} belongs to the options {one} and {other}, so that nobody can say whose its entrances "
                "are: give the stations of each option ids of their own.",
                id=station.id[:40],
                one=found[station.id][:40],
                other=station.option[:40],
            )
    return found


def _places(
    name: str,
    what: Message,
    table: FeatureTable,
    ids: Sequence[str],
    option_of: Sequence[str],
    station_of: Sequence[str],
    options: Sequence[str],
) -> PlacesRead:
    """The points of a layer that belong to an option."""
    notes, names, places = list[Message](), names_of(table), list[Place]()
    sills = numbers_of(table, SILL, "sill_elev_m", notes)
    strangers = Counter[str]()
    for row, shape in enumerate(table.geometries):
        if shape is None or option_of[row] not in options:
            strangers[option_of[row] if shape is not None and option_of[row] else station_of[row]] += 1
            continue
        point = shapely.force_2d(shapely.get_parts(shape)[0])
        places.append(
            Place(ids[row], names[row] or ids[row], option_of[row], station_of[row], point, float(sills[row]))
        )
    if strangers:
        notes.append(
            Message(
                "{n} features of the layer '{name}' are left out, as they have no geometry or belong to no option or "
                "station that is there: {ids}.",
                n=strangers.total(),
                name=name,
                ids=", ".join(word[:40] or "?" for word in sorted(strangers)[:5]),
            )
        )
    double = len(places) - len({place.id for place in places})
    if double:
        notes.append(Message("{n} ids of the layer '{name}' occur more than once.", n=double, name=name))
    reason = why([Message("no geometry, or no such option or station: {n}", n=strangers.total())])
    return PlacesRead(places, notes, Entry(what, len(places), strangers.total(), 0, reason))


def read_bodies(source: QgsFeatureSource, reader: Reader, parameter: str, kind: str) -> BodiesRead:
    """Basements or works: polygons with levels of top and bottom, or of the top and how deep they dig."""
    name = source.sourceName()
    table = reader.table(source, parameter, AREAS)
    notes: list[Message] = []
    top, bottom = (numbers_of(table, fields, "elev_m", notes) for fields in (TOP, BOTTOM))
    dig = numbers_of(table, DIG, "height_m", notes)
    bottom = np.where(np.isnan(bottom), top - dig, bottom)
    upside_down = bottom > top
    top, bottom = (np.where(upside_down, np.nan, values) for values in (top, bottom))
    unknown = np.isnan(top) | np.isnan(bottom)
    names, ids = names_of(table), row_ids(table)
    bodies = [
        Body(
            ids[row], names[row] or ids[row], kind, shapely.force_2d(valid(shape)), float(bottom[row]), float(top[row])
        )
        for row, shape in enumerate(table.geometries)
        if shape is not None and shapely.area(shape) > 0
    ]
    left_out = len(table) - len(bodies)
    if unknown.any():
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' have no levels of top and bottom, or a bottom above the "
                "top: conflicts with them say 'unknown'.",
                n=int(unknown.sum()),
                all=len(table),
                name=name,
            )
        )
    reason = why(
        [Message("no geometry or area: {n}", n=left_out), Message("levels unknown: {n}", n=int(unknown.sum()))]
    )
    what = Message("Basements") if kind == "basement" else Message("Works")
    return BodiesRead(bodies, notes, Entry(what, len(bodies), left_out, 0, reason))


def read_people(source: QgsFeatureSource, reader: Reader, people_field: str, jobs_field: str) -> PeopleRead:
    """People and jobs by points or polygons.

    Raises
    ------
    InputError
        Where there is neither a field of people nor one of jobs.
    """
    name = source.sourceName()
    table = reader.table(source, "PEOPLE", (*POINTS, *AREAS))
    own = [people_field or first_field(table, PEOPLE), jobs_field or first_field(table, JOBS)]
    if not any(own):
        raise InputError(
            "The layer '{name}' has no field of people ({people}) or jobs ({jobs}): choose one for PEOPLE_FIELD or "
            "JOBS_FIELD.",
            name=name,
            people=", ".join(PEOPLE[:3]),
            jobs=", ".join(JOBS[:2]),
        )
    notes: list[Message] = []
    people, jobs = (numbers_of(table, (field,) if field else (), "people", notes) for field in own)
    notes += [
        Message("The layer '{name}' has no field of {what}: there are none.", name=name, what=what)
        for field, what in zip(own, (Message("people"), Message("jobs")), strict=True)
        if not field
    ]
    shapes = np.array([None if shape is None else valid(shapely.force_2d(shape)) for shape in table.geometries], object)
    missing = int(shapely.is_missing(shapes).sum())
    empty = int((np.isnan(people) & np.isnan(jobs)).sum())
    reason = why([Message("no geometry: {n}", n=missing), Message("no number of people or jobs: {n}", n=empty)])
    entry = Entry(Message("People and jobs"), len(table) - missing, missing, 0, reason)
    return PeopleRead(People(shapes, people, jobs), notes, entry)
