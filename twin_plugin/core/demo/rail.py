"""Metro lines of the synthetic district: an existing one, and three options of a new one from the shore to the hill.

Option A lies deep below the avenue, B shallow below the blocks, C above the last street until it enters the hill. The
existing line passes through the district's metro station. Works that dig lie near them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.ops import substring

from ..common.tables import columns
from .assets import before, box, level_m, place
from .district import District
from .layer import Layer, Row
from .metro import PLATFORM_M
from .parts import BuildingPlan
from .street_plan import StreetPlan, random_stream

UNDERGROUND, AT_GRADE, ELEVATED = "underground", "at_grade", "elevated"
PLANNED, EXISTING = "planned", "operating"
RAIL_BELOW_PLATFORM_M = 1.05
DEEP_M, SHALLOW_M, ABOVE_M = -22.0, -10.0, 11.0
"""Rail above the ground of the stations, negative below it."""
EDGE_M = 12.0
"""Lines begin and end so far inside the district."""
SPACING_M = 700.0
STEP_M = 10.0
GRADE_M = 1.5
"""A line that is at most so far above or below the ground lies at grade."""
COST_MCNY_KM = {UNDERGROUND: 900.0, AT_GRADE: 300.0, ELEVATED: 450.0}
"""Invented cost of a kilometre with its stations, million CNY."""
PUPILS = {"school": 0.08}
"""Of those who work or learn in a building only such a share works there."""
STEPS_M = (0.10, 0.15, 0.30, 0.45)


@dataclass(frozen=True)
class _Stop:
    """A station: its place in the district's frame, names, and the building that it is, where it exists."""

    u: float
    v: float
    name_en: str
    name_zh: str
    plan: BuildingPlan | None = None


@dataclass(frozen=True)
class Alignment:
    """An option: vertices in the district's frame, and the level of the rail at its ends and stations."""

    line: str
    option: str
    name_en: str
    name_zh: str
    state: str
    route: shapely.LineString
    stops: tuple[_Stop, ...]
    rail_m: tuple[float, ...]

    @property
    def along_m(self) -> list[float]:
        """Where the rail's levels are, from the start: the ends, and the stations between."""
        stations = [float(self.route.project(shapely.Point(stop.u, stop.v))) for stop in self.stops]
        return [0.0, *stations, float(self.route.length)]

    def level_m(self, along_m: float) -> float:
        """The rail so far from the start."""
        return round(float(np.interp(along_m, self.along_m, self.rail_m)), 3)


def rail_layers(district: District) -> tuple[Layer, ...]:
    """Alignments, stations, entrances, works, and the people and jobs of each building."""
    alignments = (existing_line(district), *_options(district))
    stations = tuple(_station_rows(district, alignments))
    lines = columns("""
        id text Piece of a line
        line text Line; options of one line exclude each other
        option text Option of the line, the line itself where there is only one
        name_en text English name
        name_zh text Chinese name
        state text operating or planned
        kind text underground, at_grade or elevated
        rail_start_m real Level of the rail where the piece begins
        rail_end_m real Level of the rail where the piece ends
        length_m real Length
        cost_mcny real Invented cost with stations, million CNY, empty for what is there
    """)
    return (
        Layer("rail_lines", "LineString", "Metro lines and options", lines, tuple(piece_rows(district, alignments))),
        Layer("rail_stations", "Point", "Metro stations", _STATIONS, tuple(row for row, _ in stations)),
        Layer("rail_entrances", "Point", "Metro entrances", _ENTRANCES, tuple(_entrance_rows(district, stations))),
        Layer("rail_works", "Polygon", "Works that dig", _WORKS, tuple(_work_rows(district))),
        Layer("people_jobs", "Point", "People and jobs by building", _PEOPLE, tuple(_people_rows(district))),
    )


_STATIONS = columns("""
    station_id text Station
    line text Line
    option text Option of the line
    name_en text English name
    name_zh text Chinese name
    state text operating or planned
    rail_m real Level of the rail
    ground_elev_m real Terrain at the station
    depth_m real Rail below the terrain, negative above it
""")
_ENTRANCES = columns("""
    entrance_id text Entrance
    station_id text Station
    option text Option of the line
    name text Name, English and Chinese
    sill_elev_m real Level of the sill
    ground_elev_m real Terrain at the entrance
""")
_WORKS = columns("""
    work_id text Construction project
    name_en text English name
    name_zh text Chinese name
    kind text pit, utility_tunnel or piles
    state text planned or under_construction
    excavation_m real Depth below the ground
    top_elev_m real Level of the ground
    bottom_elev_m real Lowest level of the works
""")
_PEOPLE = columns("""
    id text Building, the IFC file
    use text Use of the building
    residents integer Persons who live there
    jobs integer Persons who work there; pupils are none
""")


def existing_line(district: District) -> Alignment:
    """The line in operation: straight through the first metro station and those in its row of blocks."""
    layout = district.layout
    stations = [(plan, lot) for plan, lot in zip(district.plans, layout.lots, strict=True) if plan.use == "metro"]
    row = sorted((lot.u0, (lot.u0 + lot.u1) / 2, plan) for plan, lot in stations if lot.v0 == stations[0][1].v0)
    if stations:
        v = (stations[0][1].v0 + stations[0][1].v1) / 2
        rail = [round(plan.ground_floor_m + PLATFORM_M - RAIL_BELOW_PLATFORM_M, 3) for _, _, plan in row]
    else:
        v = layout.streets_v[1].at_m
        rail = [round(level_m(district, place(district, layout.width_m / 2, v)) + DEEP_M / 2, 3)]
    route = shapely.LineString([(EDGE_M, v), (layout.width_m - EDGE_M, v)])
    stops = tuple(_Stop(u, v, plan.name_en, plan.name_zh, plan) for _, u, plan in row)
    levels = (rail[0], *rail[: len(stops)], rail[-1])
    return Alignment("L97", "L97", "Demo Line 97", "演示97号线", EXISTING, route, stops, levels)


def _options(district: District) -> Iterator[Alignment]:
    """Three options of the new line, each through junctions."""
    layout = district.layout
    avenue, last, west = layout.avenues_u[0], layout.streets_u[-1].at_m, layout.streets_u[1].at_m
    ways = (
        ("A", "deep below the avenue", "大道下深埋", (avenue, avenue), DEEP_M),
        ("B", "shallow below the blocks", "街坊下浅埋", (last, west), SHALLOW_M),
        ("C", "above the street", "沿街高架", (last, last), ABOVE_M),
    )
    for letter, way_en, way_zh, (start_u, end_u), over_m in ways:
        town = layout.streets_v[:-1]
        count = max(2, round((town[-1].at_m - town[0].at_m) / SPACING_M) + 1)
        stops = []
        for k in range(count):
            share = (k + 0.5) / count
            u, v = _junction(layout, start_u + share * (end_u - start_u), share)
            stops.append(_Stop(u, v, f"Demo Station {letter}{k + 1}", f"演示{letter}{k + 1}站"))
        ends = (stops[0].u, layout.coast_v + EDGE_M), (stops[-1].u, layout.height_m - EDGE_M)
        route = shapely.LineString([ends[0], *((stop.u, stop.v) for stop in stops), ends[1]])
        rail = [round(level_m(district, place(district, stop.u, stop.v)) + over_m, 3) for stop in stops]
        names = f"Demo Line 98 {letter}, {way_en}", f"演示98号线方案{letter}，{way_zh}"
        yield Alignment("L98", f"L98-{letter}", *names, PLANNED, route, tuple(stops), (rail[0], *rail, rail[-1]))


def _junction(layout: StreetPlan, u: float, share: float) -> tuple[float, float]:
    """The junction nearest to a place that lies a share of the way through the town."""
    town = layout.streets_v[:-1]
    v = town[0].at_m + share * (town[-1].at_m - town[0].at_m)
    return (
        min((street.at_m for street in layout.streets_u), key=lambda at: abs(at - u)),
        min((street.at_m for street in town), key=lambda at: abs(at - v)),
    )


def piece_rows(district: District, alignments: tuple[Alignment, ...]) -> Iterator[Row]:
    """The pieces of each line: of one kind, with a rail of one slope."""
    for line in alignments:
        for number, (start, end, kind) in enumerate(_kinds(district, line), 1):
            part = substring(line.route, start, end)
            x, y = district.layout.to_map(*np.array(part.coords).T)
            shape = shapely.LineString(np.round(np.column_stack((x, y)), 3))
            length_m = round(shape.length, 3)
            cost = None if line.state == EXISTING else round(length_m / 1000 * COST_MCNY_KM[kind], 3)
            levels = line.level_m(start), line.level_m(end)
            named = f"{line.option}-{number}", line.line, line.option, line.name_en, line.name_zh, line.state
            yield shape, (*named, kind, *levels, length_m, cost)


def _kinds(district: District, line: Alignment) -> Iterator[tuple[float, float, str]]:
    """From, to and kind of each piece; kinds change at multiples of `STEP_M`, slopes at stations."""
    for start, end in pairwise(line.along_m):
        if end - start < 0.01:
            continue
        cuts = np.linspace(start, end, max(1, round((end - start) / STEP_M)) + 1)
        kinds = [_kind(district, line, (a + b) / 2) for a, b in pairwise(cuts)]
        first = 0
        for k in range(1, len(kinds) + 1):
            if k == len(kinds) or kinds[k] != kinds[first]:
                yield float(cuts[first]), float(cuts[k]), kinds[first]
                first = k


def _kind(district: District, line: Alignment, along_m: float) -> str:
    point = line.route.interpolate(along_m)
    over_m = line.level_m(along_m) - level_m(district, place(district, point.x, point.y))
    return ELEVATED if over_m > GRADE_M else UNDERGROUND if over_m < -GRADE_M else AT_GRADE


def _station_rows(district: District, alignments: tuple[Alignment, ...]) -> Iterator[tuple[Row, _Stop]]:
    for line in alignments:
        for number, (stop, along_m) in enumerate(zip(line.stops, line.along_m[1:-1], strict=True), 1):
            point = place(district, stop.u, stop.v)
            rail, ground = line.level_m(along_m), level_m(district, point)
            named = stop.name_en, stop.name_zh, line.state
            values = (f"{line.option}-S{number}", line.line, line.option, *named, rail, ground, round(ground - rail, 3))
            yield (point, values), stop


def _entrance_rows(district: District, stations: tuple[tuple[Row, _Stop], ...]) -> Iterator[Row]:
    """The doors of stations that are there; of planned ones two at opposite corners of the junction."""
    rng = random_stream(district.layout.seed, 71)
    for (_, values), stop in stations:
        exits = _corners(district, stop, rng) if stop.plan is None else _doors(stop.plan)
        for number, (point, name, sill_m) in enumerate(exits, 1):
            yield point, (f"{values[0]}-{number}", values[0], values[2], name, sill_m, level_m(district, point))


def _doors(plan: BuildingPlan) -> Iterator[tuple[shapely.Point, str, float]]:
    for sill in plan.sills:
        yield before(plan, sill), sill.name, round(plan.ground_floor_m + sill.z, 3)


def _corners(district: District, stop: _Stop, rng: np.random.Generator) -> Iterator[tuple[shapely.Point, str, float]]:
    layout = district.layout
    aside_m, ahead_m = (
        next(street.width_m for street in streets if street.at_m == at) / 2 + 1.5
        for streets, at in ((layout.streets_u, stop.u), (layout.streets_v, stop.v))
    )
    for side, letter in ((-1, "A"), (1, "B")):
        point = place(district, stop.u + side * aside_m, stop.v + side * ahead_m)
        sill_m = round(level_m(district, point) + STEPS_M[int(rng.integers(len(STEPS_M)))], 3)
        yield point, f"{stop.name_en} exit {letter} {stop.name_zh}{letter}口", sill_m


def _work_rows(district: District) -> Iterator[Row]:
    """A pit in a park, a utility tunnel below a street, and piles beside the avenue."""
    layout = district.layout
    park = next((b for b in layout.blocks if b.kind == "park"), layout.blocks[-1])
    street, avenue = layout.streets_v[1], layout.avenues_u[0]
    north = layout.streets_v[-2].at_m + 20.0
    works = (
        ("Demo park garage", "演示公园地下车库", "pit", "under_construction", 11.0,
         (park.u0 + 12, park.v0 + 12, park.u1 - 12, park.v1 - 12)),
        ("Demo utility tunnel", "演示综合管廊", "utility_tunnel", "planned", 7.5,
         (layout.streets_u[0].at_m, street.at_m + 1, layout.streets_u[-1].at_m, street.at_m + 6)),
        ("Demo bridge piles", "演示桥梁桩基", "piles", "planned", 32.0, (avenue + 18, north, avenue + 36, north + 12)),
    )  # fmt: skip
    for number, (name_en, name_zh, kind, state, depth_m, (u0, v0, u1, v1)) in enumerate(works, 1):
        area = box(layout, u0, v0, u1, v1)
        top_m = level_m(district, area.centroid)
        yield area, (f"W{number}", name_en, name_zh, kind, state, depth_m, top_m, round(top_m - depth_m, 3))


def _people_rows(district: District) -> Iterator[Row]:
    """People and jobs of each building, before its first door."""
    for plan in district.plans:
        jobs = round(plan.workers * PUPILS.get(plan.use, 1.0))
        yield before(plan, plan.sills[0]), (plan.file_name, plan.use, plan.residents, jobs)
