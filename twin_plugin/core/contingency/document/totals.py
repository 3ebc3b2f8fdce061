"""What a level of a plan sums up to: the numbers that its pages and the comparison of levels show."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..hits import ENTERED
from ..plan import LevelPlan


@dataclass(frozen=True)
class Totals:
    """Sums of a level; NaN where nothing is known.

    Attributes
    ----------
    reached, inside, critical : int
        Buildings with water at them, with water inside, and critical ones among those reached.
    people : int
        People in the buildings reached.
    damage : float
    currency : str
    roads : int
    roads_m : float
        Length of the roads that close.
    first_closure_min : float
    placed, unplaced : int
        People with and without a place in a shelter.
    shelters_used, shelters_excluded : int
    """

    reached: int
    inside: int
    critical: int
    people: int
    damage: float
    currency: str
    roads: int
    roads_m: float
    first_closure_min: float
    placed: int
    unplaced: int
    shelters_used: int
    shelters_excluded: int


def totals(level: LevelPlan) -> Totals:
    """Sum a level up: by the row of all districts where the plan has one, else by its buildings."""
    whole = next((row for row in level.districts if not row.name), None)
    hits, evacuation = level.buildings, level.evacuation
    damages = [row.damage for row in ([whole] if whole else level.districts) if math.isfinite(row.damage)]
    return Totals(
        reached=whole.buildings if whole else len(hits),
        inside=whole.buildings_entered if whole else sum(hit.risk_class >= ENTERED for hit in hits),
        critical=whole.critical if whole else sum(hit.critical for hit in hits),
        people=whole.people if whole else sum(hit.people for hit in hits),
        damage=sum(damages) if damages else math.nan,
        currency=next((row.currency for row in level.districts if row.currency), ""),
        roads=len(level.closures),
        roads_m=sum(road.length_m for road in level.closures if math.isfinite(road.length_m)),
        first_closure_min=min(
            (road.closes_min for road in level.closures if math.isfinite(road.closes_min)), default=math.nan
        ),
        placed=sum(placement.people for placement in evacuation.placements),
        unplaced=sum(row.people for row in evacuation.unplaced),
        shelters_used=len({placement.shelter for placement in evacuation.placements if placement.people}),
        shelters_excluded=sum(bool(shelter.excluded) for shelter in evacuation.shelters),
    )
