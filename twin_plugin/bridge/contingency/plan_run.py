"""What twin:contingencyplan joins into a plan for each level: buildings at risk, water over time, roads, shelters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.contingency.evacuation import Evacuation
from ...core.contingency.hits import district_sums, to_move, without_way
from ...core.contingency.levels import actions_of
from ...core.contingency.measures import place_measures
from ...core.contingency.plan import Closure, LevelPlan, Plan
from ...core.contingency.plan_versions import Change, compare_plans, versioned
from ...core.contingency.timeline import events_of
from ...core.risk.ingress import Water
from ..kernel.input_table import Entry, table_lines
from ..kernel.meeting import require_meeting
from ..kernel.rasters import crs_text
from ..kernel.road_layers import RoadsRead
from . import level_checks
from .plan_assets import Assets, fail, read_assets
from .plan_buildings import Districts, LevelBuildings, read_buildings, read_districts
from .plan_choices import Bounds, PlanChoices, PlanInputs, WaterPort
from .plan_measures import read_measures, read_ranking
from .plan_ways import Ways, read_ways
from .run_matching import match_runs

WET_M = 0.01
"""Less water is a film."""


@dataclass(frozen=True)
class LevelResult:
    """The plan of a level, and what of it stands on the map: lines of `part.closures` and of the routes."""

    part: LevelPlan
    buildings: LevelBuildings
    closure_lines: tuple[Any, ...]
    route_lines: tuple[Any, ...]
    depth: Grid | None
    end_min: float


@dataclass(frozen=True)
class PlanResult:
    """A plan with the geometries of its levels, in `crs`."""

    plan: Plan
    levels: tuple[LevelResult, ...]
    crs: QgsCoordinateReferenceSystem
    district_field: str
    changes: tuple[Change, ...]
    numbers: dict[str, int]
    warnings: list[Message]
    table: list[Message]


@dataclass(frozen=True)
class _Common:
    """What all levels share."""

    ways: Ways
    assets: Assets
    measures: list[Any]
    openings: list[Any]
    choices: PlanChoices
    context: QgsProcessingContext


def make_plan(
    layers: PlanInputs,
    choices: PlanChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> PlanResult:
    """A plan for some warning levels.

    Raises
    ------
    InputError
        When layers cannot be used, do not meet, or a result is missing.
    """
    crs, waters, notes = _waters(layers)
    run = context, feedback
    districts, entries = read_districts(layers.districts, layers.district_field, crs, *run)
    read = [
        read_buildings(layer, crs, choices.uses, choices.people_field, districts, *run) for layer in layers.buildings
    ]
    for layer, one, water in zip(layers.buildings, read, waters or [None] * len(read), strict=True):
        if water is not None:
            require_meeting(layer, water, tuple(float(value) for value in shapely.total_bounds(one.shapes)))
    advance(progress, 0.1)
    assets, more = read_assets(layers.assets, layers.dependencies, crs, *run)
    measures, of_measures = read_measures(layers.measures, feedback)
    openings, of_openings = read_ranking(layers.ranking, crs, *run)
    ways = read_ways(layers, crs, choices, *run)
    if waters:
        _require_places(layers, waters[0], districts, assets, ways)
    entries += [*(one.entry for one in read), *more, *of_measures, *of_openings, *ways.entries]
    common = _Common(ways, assets, measures, openings, choices, context)
    results, told, size = [], [], len(read)
    for number, buildings in enumerate(read):
        share = part(progress, 0.1 + 0.9 * number / size, 0.1 + 0.9 * (number + 1) / size)
        one, of_level, lines = _level(number, buildings, waters[number] if waters else None, common, share)
        results.append(one)
        entries += lines
        notes += buildings.notes
        told += [Message("Level {level}: {text}", level=one.part.level.id, text=text) for text in of_level]
    notes += [*ways.notes, *level_checks.order_warnings([one.part for one in results]), *told]
    plan = _plan(results, layers, choices, crs, notes)
    changes = () if choices.previous is None else compare_plans(choices.previous, plan)
    notes += _version_notes(plan, choices.previous, changes)
    for one, water in zip(results, waters, strict=False):
        entries += _entries(one.part, [*water.entries()])
    return PlanResult(plan, tuple(results), crs, districts.field, changes, _numbers(plan), notes, table_lines(entries))


def _require_places(layers: PlanInputs, water: WaterPort, districts: Districts, assets: Assets, ways: Ways) -> None:
    """Check that districts and assets meet the water, and shelters the water or the roads that lead out of it."""
    if layers.districts is not None:
        require_meeting(layers.districts, water, districts.bounds)
    if layers.assets is not None and len(assets.ids):
        box = assets.x.min(), assets.y.min(), assets.x.max(), assets.y.max()
        require_meeting(layers.assets, water, (float(box[0]), float(box[1]), float(box[2]), float(box[3])))
    if layers.shelters is None or ways.sites is None:
        return
    if ways.roads is None or not _near(ways.sites.bounds, ways.roads, ways.choices.reach_m):
        require_meeting(layers.shelters, water, ways.sites.bounds)


def _near(box: Bounds, roads: RoadsRead, reach_m: float) -> bool:
    """Whether the box of roads lies within reach of another one; not where a bound is unknown."""
    west, south, east, north = roads.bounds
    apart = (
        max(box[0] - east, west - box[2], 0.0) * roads.metres[0],
        max(box[1] - north, south - box[3], 0.0) * roads.metres[1],
    )
    return math.isfinite(sum(box)) and math.hypot(*apart) <= reach_m


def _waters(layers: PlanInputs) -> tuple[QgsCoordinateReferenceSystem, list[WaterPort], list[Message]]:
    """The CRS of the plan, and the water of each layer of buildings."""
    if not layers.waters:
        crs = layers.buildings[0].sourceCrs()
        if not crs.isValid():
            raise InputError(
                "The layer '{source}' has no CRS: set it in the layer's properties.", source=layers.buildings[0].name()
            )
        note = Message("Without RESULTS there are no closed roads, no routes and no times of the water.")
        return crs, [], [note]
    named = [(layer.name(), level_checks.run_of_layer(layer)) for layer in layers.buildings]
    order, notes = match_runs(named, [(water.name, water.run) for water in layers.waters])
    waters = [layers.waters[number] for number in order]
    level_checks.require_one_place(waters)
    for water in waters:
        notes += [*water.warnings()]
    return waters[0].crs, waters, [*notes, *level_checks.time_warnings(waters)]


def _level(
    number: int, buildings: LevelBuildings, water: WaterPort | None, common: _Common, progress: Progress
) -> tuple[LevelResult, list[Message], list[Entry]]:
    """The plan of a level, warnings, and lines for the table of the log."""
    choices, level = common.choices, common.choices.levels[number]
    movers, others = to_move(buildings.hits, choices.least_class, choices.uses)
    there: Water | None = None
    peak_min = end_min = math.nan
    if water is not None:
        there = water.read(common.ways.bounds(buildings.shapes), WET_M, common.context, part(progress, 0.0, 0.4))
        peak_min, end_min = level_checks.moments(water.result)
    depart_min = -level.lead_time_min if choices.depart_min is None else choices.depart_min
    found = common.ways.of_level(there, buildings, movers, depart_min, part(progress, 0.4, 0.9))
    evacuation = found.evacuation or without_way(movers, common.ways.why_none)
    # Of roads with one id the first that closes counts: they come by the moment.
    closes = {road.id: road.closes_min for road in reversed(found.closures)}
    series = None if there is None else there.series
    failures, notes = fail(common.assets, buildings, closes, series, choices.closed_m)
    unit_m = 1.0 if there is None else there.cells.metres_x
    measures, unused = place_measures(common.measures, found.closures, buildings.hits, unit_m, common.openings)
    rain_mm, storm = level_checks.rain_of(water, buildings.run)
    made = LevelPlan(
        level,
        buildings.run or (water.run if water is not None else ""),
        storm,
        rain_mm,
        district_sums(buildings.hits, buildings.damage, buildings.currency),
        buildings.hits,
        found.closures,
        evacuation,
        measures,
        actions_of(level, choices.actions),
        needs=choices.needs(sum(row.people for row in evacuation.placements)),
    )
    made = replace(made, events=events_of(made, failures, peak_min, end_min))
    notes += [
        *found.notes,
        *_told(made, others, unused),
        *(level_checks.rain_warnings(made) if water is not None else ()),
    ]
    depth = None if there is None else _depth_grid(there, water)
    advance(progress, 1.0)
    result = LevelResult(made, buildings, found.closure_lines, found.route_lines, depth, end_min)
    return result, notes, _entries(made, found.entries)


def _entries(made: LevelPlan, entries: Sequence[Entry]) -> list[Entry]:
    """The lines of a level, with its name."""
    return [replace(entry, what=Message("{what}, {level}", what=entry.what, level=made.level.id)) for entry in entries]


def _told(made: LevelPlan, others: Sequence[Any], unused: int) -> list[Message]:
    """What a level says that people must not overlook."""
    notes = []
    without = sum(row.people for row in made.evacuation.unplaced)
    if without:
        notes.append(Message("{n:,} people have no place in a shelter; see BLOCKS.", n=without))
    if others:
        notes.append(
            Message(
                "{n:,} people in {buildings} buildings need no shelter by their use (USES_WITHOUT_SHELTER).",
                n=sum(hit.people for hit in others),
                buildings=len(others),
            )
        )
    if unused:
        notes.append(Message("{n} pumps and barriers find no use.", n=unused))
    return notes


def _depth_grid(there: Water, water: WaterPort) -> Grid | None:
    """The greatest depths for the map; None where the cells are not square."""
    cells = there.cells
    if there.depth_m is None or not math.isclose(cells.width, cells.height, rel_tol=1e-6):
        return None
    values = np.asarray(there.depth_m, np.float32).reshape(cells.rows, cells.columns)
    return Grid(values, cells.west, cells.north, cells.width, crs_text(water.crs))


def _plan(
    results: Sequence[LevelResult],
    layers: PlanInputs,
    choices: PlanChoices,
    crs: QgsCoordinateReferenceSystem,
    notes: Sequence[Message],
) -> Plan:
    plan = Plan(
        id="",
        title=choices.title,
        district=choices.district,
        author=choices.author,
        crs=crs_text(crs),
        created=choices.created,
        previous="",
        levels=tuple(one.part for one in results),
        sources=layers.sources,
        settings=choices.settings,
        warnings=tuple(dict.fromkeys(notes)),
    )
    return versioned(plan, choices.previous)


def _version_notes(plan: Plan, previous: Plan | None, changes: Sequence[Change]) -> list[Message]:
    if previous is None:
        return []
    if plan.id == previous.id:
        return [Message("The plan says the same as PREVIOUS and stays version {version}.", version=plan.version)]
    return [Message("Version {version}: {n} changes against PREVIOUS.", version=plan.version, n=len(changes))]


def _numbers(plan: Plan) -> dict[str, int]:
    """The figures of the highest level."""
    highest = plan.levels[-1]
    run: Evacuation = highest.evacuation
    closures: tuple[Closure, ...] = highest.closures
    return {
        "BUILDINGS_HIT": len(highest.buildings),
        "PEOPLE_HIT": sum(hit.people for hit in highest.buildings),
        "PEOPLE_PLACED": sum(row.people for row in run.placements),
        "PEOPLE_UNPLACED": sum(row.people for row in run.unplaced),
        "ROADS_CLOSED": len(closures),
        "VERSION": plan.version,
    }
