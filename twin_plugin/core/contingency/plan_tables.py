"""The columns of the layers and tables of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..common.tables import columns
from .evacuation import Evacuation
from .plan import LevelPlan
from .plan_versions import Change

CLOSURES = columns(
    """
    level text Id of the warning level
    id text Id of the road
    name text Name of the road
    road_class text Class of the road
    closes_min real When the water first reaches the depth that closes it, minutes from the start of the run
    opens_min real When it falls below it for good; empty where the road is closed at the end
    depth_m real Greatest depth on it, m
    length_m real Length of the closed stretch, m
    plan_id text Id of the plan
    """
)
ROUTES = columns(
    """
    level text Id of the warning level
    block text Id of the block of people
    shelter text Id of the shelter
    people integer People who take this way
    length_m real Length, m
    depart_min real When they leave, minutes from the start of the run; negative before it
    arrive_min real When they arrive
    latest_departure_min real The last safe moment to leave; empty where no road of the way ever closes
    latest_by_any_way_min real The last safe moment by any way to this shelter; empty where one never closes
    plan_id text Id of the plan
    """
)
SHELTERS_USED = columns(
    """
    level text Id of the warning level
    id text Id of the shelter
    name text Name of the shelter
    capacity integer People that it takes
    people integer People sent there
    share_pct real People sent there in % of its capacity
    excluded text Why nobody is sent there; empty where it can be used
    plan_id text Id of the plan
    """
)
BLOCKS = columns(
    """
    level text Id of the warning level
    id text Id of the block: the people of the buildings at one junction
    name text Name of its first building
    people integer People who must leave
    buildings integer Their buildings
    shelter text Ids of the shelters that take them
    placed integer People with a place
    unplaced integer People without a place
    reason text Why they have none
    latest_departure_min real The last safe moment to leave, minutes from the start; empty where no road closes
    plan_id text Id of the plan
    """
)
MEASURES_PLACED = columns(
    """
    level text Id of the warning level
    kind text pump or barrier
    name text Name of the measure
    place text Where it goes
    by_min real When it must work, minutes from the start of the run
    reason text Why there
    plan_id text Id of the plan
    """
)
ACTIONS = columns(
    """
    level text Id of the warning level
    at_min real When, minutes from the start of the run; negative before it
    what_en text What is done
    what_zh text What is done, in Chinese
    who_en text Who does it
    who_zh text Who does it, in Chinese
    plan_id text Id of the plan
    plan_created text When the plan was computed, ISO 8601 UTC
    """
)
EVENTS = columns(
    """
    level text Id of the warning level
    minute real Minutes from the start of the run; negative before it
    kind text warning, action, departure, measure, closure, entry, failure, peak, opening or end
    text text What happens or is done
    object_id text Id of the building, road, asset or block
    begin datetime From when it is shown, on the clock of RESULT
    end datetime Until when it is shown
    plan_id text Id of the plan
    """
)
CHANGES = columns(
    """
    level text Id of the warning level
    kind text level, building, closure, shelter, placement, route, unplaced, measure or action
    object_id text Id of the building, road, shelter or block
    change text added, removed or changed
    before text What PREVIOUS says
    after text What this plan says
    """
)

Row = dict[str, Any]


def shelter_rows(part: LevelPlan) -> Iterator[Row]:
    """A row for each shelter of a level."""
    people = _sums(part.evacuation, 1)
    for shelter in part.evacuation.shelters:
        sent = people.get(shelter.id, 0)
        share = 100.0 * sent / shelter.capacity if shelter.capacity > 0 else None
        row: Row = {"level": part.level.id, "id": shelter.id, "name": shelter.name, "capacity": shelter.capacity}
        yield row | {
            "people": sent,
            "share_pct": share,
            "excluded": shelter.excluded or None,
            "x": shelter.x,
            "y": shelter.y,
        }


def block_rows(part: LevelPlan) -> Iterator[Row]:
    """A row for each block of a level."""
    run = part.evacuation
    placed, unplaced = _sums(run, 0), {row.block: row for row in run.unplaced}
    shelters: dict[str, list[str]] = {}
    latest: dict[str, float] = {}
    for placement in run.placements:
        shelters.setdefault(placement.block, []).append(placement.shelter)
    for route in run.routes:
        latest[route.block] = min(route.latest_departure_min, latest.get(route.block, route.latest_departure_min))
    for block in run.blocks:
        without, last = unplaced.get(block.id), latest.get(block.id)
        row: Row = {"level": part.level.id, "id": block.id, "name": block.name, "people": block.people}
        row |= {"buildings": len(block.buildings), "shelter": ", ".join(sorted(shelters.get(block.id, []))) or None}
        row |= {"placed": placed.get(block.id, 0), "unplaced": without.people if without else 0}
        row |= {"reason": without.reason if without else None, "latest_departure_min": finite(last)}
        yield row | {"x": block.x, "y": block.y}


def route_rows(part: LevelPlan) -> Iterator[Row]:
    """A row for each route of a level, in the order of the plan."""
    people = {(row.block, row.shelter): row.people for row in part.evacuation.placements}
    for route in part.evacuation.routes:
        row: Row = {"level": part.level.id, "block": route.block, "shelter": route.shelter}
        row |= {"people": people.get((route.block, route.shelter), 0), "length_m": route.length_m}
        row |= {"depart_min": route.depart_min, "arrive_min": finite(route.arrive_min)}
        last = {"latest_departure_min": finite(route.latest_departure_min)}
        yield row | last | {"latest_by_any_way_min": finite(route.latest_by_any_way_min)}


def closure_rows(part: LevelPlan) -> Iterator[Row]:
    """A row for each closure of a level, in the order of the plan."""
    for road in part.closures:
        row: Row = {"level": part.level.id, "id": road.id, "name": road.name, "road_class": road.road_class}
        row |= {"closes_min": road.closes_min, "opens_min": road.opens_min}
        yield row | {"depth_m": road.depth_m, "length_m": road.length_m}


def measure_rows(part: LevelPlan) -> Iterator[Row]:
    """A row for each measure of a level."""
    for item in part.measures:
        row: Row = {"level": part.level.id, "kind": item.kind, "name": item.name, "place": item.place}
        yield row | {"by_min": item.by_min, "reason": item.reason, "x": item.x, "y": item.y}


def action_rows(part: LevelPlan) -> Iterator[Row]:
    """A row for each line of the check-list of a level."""
    for action in part.actions:
        row: Row = {
            "level": part.level.id,
            "at_min": action.at_min,
            "what_en": action.what.en,
            "what_zh": action.what.zh,
        }
        yield row | {"who_en": action.who.en, "who_zh": action.who.zh}


def change_rows(changes: Iterable[Change]) -> Iterator[Row]:
    """A row for each change between two plans."""
    for item in changes:
        row: Row = {"level": item.level, "kind": item.kind, "object_id": item.object_id, "change": item.change}
        yield row | {"before": item.before or None, "after": item.after or None}


def finite(value: float | None) -> float | None:
    """A number that a table can hold; None for what has no end or is unknown."""
    return None if value is None or value != value or value in (float("inf"), float("-inf")) else value


def _sums(run: Evacuation, end: int) -> dict[str, int]:
    """People by block (end 0) or shelter (end 1)."""
    sums: dict[str, int] = {}
    for placement in run.placements:
        name = (placement.block, placement.shelter)[end]
        sums[name] = sums.get(name, 0) + placement.people
    return sums
