"""The tables of a comparison of rail options: columns with units, and the rows of the options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from ..common.tables import Column, columns
from .alignments import Piece
from .conflicts import CLASH, Conflict
from .entrances import BELOW
from .kinds import KINDS, State
from .people import People

OPTION = columns("""
    line text Line; options of one line exclude each other
    option text Option of the line
    name text Name
    state text operating, under_construction, approved, planned, or the word of the layer
""")
CATCHMENTS = (
    *columns("""
        station_id text Station
        station text Name of the station
        line text Line
        option text Option of the line
        minutes real Minutes on foot from the station's entrances
        people real People in it, those of shared polygons by area
        jobs real Jobs in it
        area_m2 real Area
        method text streets that are reached with the land beside them, straight (circles), or none: no street is near
    """),
)
PROTECTION = (
    *OPTION,
    *columns("""
        kind text underground, at_grade or elevated
        protection_m real Width beside the outer edge of the structure
        area_m2 real Area of the zone
    """),
)
CONFLICTS = (
    *OPTION[:2],
    *columns("""
        piece text Piece of the option
        object text What the option meets
        name text Its name
        kind text basement, works or line
        relation text clash, over or under (the object over or under the structure), beside, or unknown (no levels)
        horizontal_gap_m real Gap in plan between structure and object; 0 where they overlap
        vertical_gap_m real Gap in height; negative by how far they overlap in height; empty where levels are unknown
        overlap_m2 real Area that structure and object share in plan
        object_bottom_m real Lowest level of the object
        object_top_m real Highest level of the object
    """),
)
ENTRANCES = columns("""
    entrance_id text Entrance
    station_id text Station
    option text Option of the line
    name text Name
    sill_elev_m real Level of the sill
    level_m real Highest level of the flood within 5 m; empty where it stays dry
    over_sill_m real Level of the flood above the sill; negative where the sill is higher
    state text below: the sill lies below the level; above; dry: no water near; unknown
""")


def minute_columns(minutes: Sequence[float]) -> tuple[Column, ...]:
    """Columns of people and jobs within each of the minutes."""
    return tuple(
        Column(f"{what}_{m:g}_min".replace(".", "_"), "real", f"{title} within {m:g} minutes of a station, each once")
        for m in minutes
        for what, title in (("people", "People"), ("jobs", "Jobs"))
    )


def option_columns(minutes: Sequence[float]) -> tuple[Column, ...]:
    """Columns of OPTIONS."""
    return (
        *OPTION,
        *columns("""
            length_km real Length
            underground_km real Length below ground
            at_grade_km real Length at grade
            elevated_km real Length above ground
            stations integer Stations
        """),
        *minute_columns(minutes),
        *columns("""
            clashes integer Objects that the structure runs into
            clashes_basement integer Basements among them
            clashes_works integer Works among them
            clashes_line integer Pieces of other lines among them
            in_zone integer Objects in the protection zone, clashes among them
            no_levels integer Objects over, under or in the structure without known levels
            entrances integer Entrances
            entrances_below integer Entrances with a sill below the level of the flood; empty without FLOOD_LEVEL
            entrances_unknown integer Entrances outside the flood's raster or without a sill; empty without FLOOD_LEVEL
            other_zones_km real Length in the protection zones of other lines
            cost_mcny real Cost, million CNY; empty for a line that is there
            cost_basis text stated, assumed by kind and length, or partly assumed
        """),
    )


@dataclass(frozen=True)
class Option:
    """What belongs to an option.

    Attributes
    ----------
    catchments : list
        For each of the minutes, the catchments of its stations.
    entrance_states : list of str, optional
        None without a flood.
    """

    line: str
    option: str
    name: str
    state: str
    exists: bool
    pieces: Sequence[Piece]
    stations: int
    catchments: Sequence[Sequence[shapely.Geometry]]
    conflicts: Sequence[Conflict]
    entrances: int
    entrance_states: Sequence[str] | None


def protection_rows(options: Iterable[Option]) -> Iterable[tuple[shapely.Geometry, dict[str, Any]]]:
    """The zone of each kind of each option."""
    for option in options:
        for kind in sorted({piece.kind.name for piece in option.pieces}, key=KINDS.index):
            pieces = [piece for piece in option.pieces if piece.kind.name == kind]
            zone = shapely.union_all([piece.zone for piece in pieces])
            values = {"kind": kind, "protection_m": pieces[0].kind.protection_m, "area_m2": float(shapely.area(zone))}
            yield as_multi(zone), {**_named(option), **values}


def conflict_rows(conflicts: Iterable[Conflict]) -> Iterable[tuple[shapely.Geometry, dict[str, Any]]]:
    """A row for each piece and object."""
    for found in conflicts:
        piece, body = found.piece, found.body
        yield (
            as_multi(found.area),
            {
                "line": piece.line,
                "option": piece.option,
                "piece": piece.id,
                "object": body.id,
                "name": body.name,
                "kind": body.kind,
                "relation": found.relation,
                "horizontal_gap_m": found.horizontal_m,
                "vertical_gap_m": found.vertical_m,
                "overlap_m2": found.overlap_m2,
                "object_bottom_m": body.bottom_m,
                "object_top_m": body.top_m,
            },
        )


def option_rows(
    options: Sequence[Option], people: People | None, minutes: Sequence[float]
) -> Iterable[tuple[shapely.Geometry, dict[str, Any]]]:
    """A row for each option: its pieces, and what it is, whom it serves, what it meets, what it costs."""
    for option in options:
        kinds = {kind: _km(p for p in option.pieces if p.kind.name == kind) for kind in KINDS}
        states = option.entrance_states
        yield (
            shapely.multilinestrings([piece.shape for piece in option.pieces]),
            {
                **_named(option),
                "length_km": _km(option.pieces),
                **{f"{kind}_km": length for kind, length in kinds.items()},
                "stations": option.stations,
                **_served(option, people, minutes),
                **_met(option),
                "entrances": option.entrances,
                "entrances_below": None if states is None else states.count(BELOW),
                "entrances_unknown": None if states is None else states.count("unknown"),
                "other_zones_km": _in_other_zones_km(option, options),
                **_cost(option),
            },
        )


def as_multi(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry as a multipolygon."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])


def _named(option: Option) -> dict[str, Any]:
    return {"line": option.line, "option": option.option, "name": option.name, "state": option.state}


def _km(pieces: Iterable[Piece]) -> float:
    return sum(piece.length_m for piece in pieces) / 1000.0


def _served(option: Option, people: People | None, minutes: Sequence[float]) -> Mapping[str, float | None]:
    """People and jobs within the minutes; who lives in two catchments counts once."""
    names = [column.name for column in minute_columns(minutes)]
    if people is None:
        return dict.fromkeys(names)
    found = [people.inside(shapely.union_all(shapes)) for shapes in option.catchments]
    return dict(zip(names, (value for pair in found for value in pair), strict=True))


def _met(option: Option) -> dict[str, int]:
    """How many objects the option meets; one that two pieces meet counts once."""
    every = {(c.body.kind, c.body.id) for c in option.conflicts}
    clashes = {(c.body.kind, c.body.id) for c in option.conflicts if c.relation == CLASH}
    unknown = {(c.body.kind, c.body.id) for c in option.conflicts if c.relation == "unknown"}
    kinds = {f"clashes_{kind}": sum(own == kind for own, _ in clashes) for kind in ("basement", "works", "line")}
    return {"clashes": len(clashes), **kinds, "in_zone": len(every), "no_levels": len(unknown)}


@np.errstate(invalid="ignore")  # which GEOS 3.11 raises where shapes do not meet
def _in_other_zones_km(option: Option, options: Sequence[Option]) -> float:
    zones = [piece.zone for other in options if other.line != option.line for piece in other.pieces]
    if not zones:
        return 0.0
    inside = shapely.intersection([piece.shape for piece in option.pieces], shapely.union_all(zones))
    return float(shapely.length(inside).sum()) / 1000.0


def _cost(option: Option) -> dict[str, Any]:
    if option.exists:
        return {"cost_mcny": None, "cost_basis": None}
    stated = np.array([piece.cost_mcny for piece in option.pieces])
    assumed = np.array([piece.length_m / 1000.0 * piece.kind.cost_mcny_km for piece in option.pieces])
    known = np.isfinite(stated)
    basis = "stated" if known.all() else "partly assumed" if known.any() else "assumed"
    return {"cost_mcny": float(np.where(known, stated, assumed).sum()), "cost_basis": basis}


def exists(state: str, states: Mapping[str, State]) -> bool:
    """Whether a line in a state is there."""
    return state in states and states[state].exists
