"""Where the mobile pumps and barriers of a city go: a simple rule that a person can follow and change.

Pumps go to closed roads: first those with critical buildings in water near by, then those with most people in water
near by, then the deepest. Barriers go to buildings that water enters: first critical ones, then those with most people,
then the deepest; a barrier that is lower than the water outside is of no use there. Each road and each building takes
one. Where a ranking of openings is given, barriers follow it instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..common.messages import Message
from .hits import ENTERED
from .plan import BuildingHit, Closure, MeasurePlaced

PUMP, BARRIER = "pump", "barrier"
NEAR_M = 150.0
"""Buildings within it count for a road: about a block of a city."""
FREEBOARD_M = 0.05
"""By so much a barrier must be higher than the water."""
KINDS = {
    PUMP: ("pump", "mobile pump", "泵", "水泵", "移动泵", "排水泵", "泵车"),
    BARRIER: ("barrier", "flood barrier", "board", "挡板", "挡水板", "防汛挡板", "防洪板"),
}


@dataclass(frozen=True)
class Measure:
    """A kind of mobile measure that the city has.

    Attributes
    ----------
    kind : str
        pump or barrier.
    name : str
    amount : float
        Rate of a pump, m³/s; height of a barrier, m. NaN where unknown.
    count : int
    """

    kind: str
    name: str
    amount: float
    count: int


@dataclass(frozen=True)
class RankedOpening:
    """An opening where a barrier avoids most damage, by rank from 1; `head_m` is the water above its sill."""

    id: str
    name: str
    rank: int
    head_m: float
    first_min: float
    x: float
    y: float


def kind_of(word: str) -> str:
    """Pump or barrier by a word in English or Chinese; "" for any other."""
    plain = word.strip().lower()
    return next((kind for kind, words in KINDS.items() if plain in words), "")


def place_measures(
    measures: Iterable[Measure],
    closures: Sequence[Closure],
    hits: Sequence[BuildingHit],
    unit_m: float = 1.0,
    openings: Sequence[RankedOpening] = (),
) -> tuple[tuple[MeasurePlaced, ...], int]:
    """Where measures go, and how many find no use.

    Parameters
    ----------
    measures : iterable of Measure
    closures, hits : sequences
        Roads that close and buildings hit.
    unit_m : float
        Metres in a unit of x and y.
    openings : sequence of RankedOpening
        Where barriers go instead of the buildings.
    """
    pumps, barriers = ([m for m in _units(measures) if m.kind == kind] for kind in (PUMP, BARRIER))
    roads = _roads_by_need(closures, hits, NEAR_M / unit_m) if pumps else []
    placed = [
        MeasurePlaced(PUMP, pump.name, road.name or road.id, road.closes_min, reason, road.x, road.y)
        for pump, (road, reason) in zip(pumps, roads, strict=False)
    ]
    left = len(pumps) - len(placed)
    targets = [_of_opening(o) for o in sorted(openings, key=lambda o: (o.rank, o.id))] or _of_buildings(hits)
    for height, place in targets:
        fitting = next((b for b in barriers if not b.amount < height + FREEBOARD_M), None)
        if fitting is not None:
            barriers.remove(fitting)
            name, at, by_min, reason, x, y = place
            placed.append(MeasurePlaced(BARRIER, fitting.name or name, at, by_min, reason, x, y))
    return tuple(placed), left + len(barriers)


def _units(measures: Iterable[Measure]) -> list[Measure]:
    """Every single one: strong pumps first, low barriers first, so that high ones are kept for deep water."""
    units = [measure for measure in measures for _ in range(measure.count)]

    def order(measure: Measure) -> tuple[float, str]:
        known = measure.amount if measure.amount == measure.amount else math.inf
        return (-known if measure.kind == PUMP and math.isfinite(known) else known, measure.name)

    return sorted(units, key=order)


def _roads_by_need(
    closures: Sequence[Closure], hits: Sequence[BuildingHit], near: float
) -> list[tuple[Closure, Message]]:
    found = []
    x, y, people_of, critical_of = (
        np.array([getattr(hit, name) for hit in hits], np.float64) for name in ("x", "y", "people", "critical")
    )
    for road in closures:
        close = np.hypot(x - road.x, y - road.y) <= near
        critical, people = int(critical_of[close].sum()), int(people_of[close].sum())
        reason = Message(
            "{depth:.2f} m of water; {critical} critical buildings and {people} people in water within {near:g} m",
            depth=road.depth_m,
            critical=critical,
            people=people,
            near=NEAR_M,
        )
        found.append(((-critical, -people, -road.depth_m, road.id), road, reason))
    return [(road, reason) for _, road, reason in sorted(found, key=lambda item: item[0])]


Target = tuple[float, tuple[str, str, float, Message, float, float]]
"""Water to hold back, m, and name, place, minute, reason, x and y of a barrier."""


def _of_opening(opening: RankedOpening) -> Target:
    reason = Message("rank {rank} of the openings, {head:.2f} m above its sill", rank=opening.rank, head=opening.head_m)
    place = opening.name or opening.id
    return opening.head_m, (place, place, opening.first_min, reason, opening.x, opening.y)


def _of_buildings(hits: Sequence[BuildingHit]) -> list[Target]:
    entered = [hit for hit in hits if hit.risk_class >= ENTERED]
    entered.sort(key=lambda hit: (not hit.critical, -hit.people, -hit.depth_m, hit.id))
    found = []
    for hit in entered:
        reason = Message(
            "class {risk}, {people} people, {depth:.2f} m of water outside",
            risk=hit.risk_class,
            people=hit.people,
            depth=hit.depth_m,
        )
        place = hit.name or hit.id
        found.append((hit.depth_m, (place, place, hit.entered_min, reason, hit.x, hit.y)))
    return found
