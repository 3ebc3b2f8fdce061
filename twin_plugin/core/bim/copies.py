"""Buildings that several models hold at the same place, as copies of a file do: all are kept, and all are reported."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..common.messages import Message
from ..common.warnings import CodedMessage
from .rows import Rows
from .warnings import coded

NEAR_M = 1.0
"""Points of a building in two models that lie nearer are at the same place: one template may stand at many."""
NEAR_DEG = 1e-5
"""The same in degrees, roughly."""


@dataclass(frozen=True)
class StandingBuilding:
    """A building by its model, its id (model id + '/' + GlobalId), its name and a point in it.

    The coordinates are NaN for a building without a place.
    """

    model_id: str
    id: str
    name: str
    x: float
    y: float


def copies(buildings: Iterable[StandingBuilding], near: float = NEAR_M) -> dict[str, CodedMessage]:
    """For each model that shares buildings with another one: a warning with their number and the other model.

    Points that lie nearer than `near`, in the unit of their CRS, are at the same place.
    """
    by_key: dict[str, list[StandingBuilding]] = defaultdict(list)
    for building in buildings:
        by_key[building.id.rpartition("/")[2]].append(building)
    shared: dict[str, set[str]] = defaultdict(set)
    partner: dict[str, StandingBuilding] = {}
    for same in by_key.values():
        same.sort(key=lambda building: building.model_id)
        for number, building in enumerate(same):
            others = (o for o in [*same[:number], *same[number + 1 :]] if _is_copy(building, o, near))
            other = next(others, None)
            if other is not None:
                shared[building.model_id].add(building.id)
                partner.setdefault(building.model_id, other)
    return {
        model: coded(
            "buildings_repeated", count=len(ids), other=partner[model].model_id, name=partner[model].name or ""
        )
        for model, ids in sorted(shared.items())
    }


def standing(rows: Rows) -> Iterator[StandingBuilding]:
    """The buildings of rows, each with a point in it."""
    for shape, row in rows.buildings:
        middle = shape.representative_point() if shape is not None else None
        place = (middle.x, middle.y) if middle is not None else (math.nan, math.nan)
        yield StandingBuilding(row["model_id"], row["id"], row["name"] or "", *place)


def copies_message(found: dict[str, CodedMessage]) -> list[Message]:
    """One sentence on all copies; none without any."""
    if not found:
        return []
    model, first = next(iter(found.items()))
    return [
        Message(
            "{count} models hold buildings that another one holds too, at the same place, such as {model} and {other}: "
            "all are kept, so their areas, people and damage count more than once. Keep one file of each.",
            count=len(found),
            model=model,
            other=first.values["other"],
        )
    ]


def _is_copy(building: StandingBuilding, other: StandingBuilding, near: float) -> bool:
    if building.model_id == other.model_id:
        return False
    if building.x != building.x or other.x != other.x:
        return building.x != building.x and other.x != other.x
    return abs(building.x - other.x) < near and abs(building.y - other.y) < near
