"""Versions of a plan: its number among those before it, and what two plans say differently."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..common.messages import Message
from .plan import LevelPlan, Plan
from .plan_file import plan_id

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """What two plans say differently of one thing.

    Attributes
    ----------
    level : str
        Id of the warning level.
    kind : str
        level, building, closure, shelter, placement, route, unplaced, measure or action.
    object_id : str
        Id of the building, road or shelter; of a route or placement that of its block.
    change : str
        added, removed or changed.
    before, after : str
        Messages: what either plan says; "" where it says nothing.
    """

    level: str
    kind: str
    object_id: str
    change: str
    before: str = ""
    after: str = ""


def versioned(plan: Plan, previous: Plan | None) -> Plan:
    """A plan with its id, and its number among the versions; one that says what `previous` does stays that version."""
    made = replace(plan, id=plan_id(plan), version=1, previous="")
    if previous is None:
        return made
    if made.id == previous.id:
        return replace(made, version=previous.version, previous=previous.previous)
    return replace(made, version=previous.version + 1, previous=previous.id)


def compare_plans(before: Plan, after: Plan) -> tuple[Change, ...]:
    """What the plan `after` says otherwise than `before`, level by level, from the lowest of `after`.

    Times differ from one minute on, depths and lengths by what is shown of them.
    """
    old, new = ({part.level.id: part for part in plan.levels} for plan in (before, after))
    changes = []
    for level in [*new, *(name for name in old if name not in new)]:
        if level not in old or level not in new:
            change, part = (ADDED, new[level]) if level in new else (REMOVED, old[level])
            text = _level(part)[("", level)]
            changes.append(Change(level, "level", level, change, *((text, "") if change == REMOVED else ("", text))))
            continue
        for kind, told in _TOLD.items():
            changes += _differences(level, kind, told(old[level]), told(new[level]))
    return tuple(changes)


Told = Mapping[tuple[str, str], str]
"""Sentences by what they are about: the id of an object, and a second name."""


def _differences(level: str, kind: str, old: Told, new: Told) -> list[Change]:
    found = []
    for key in sorted({*old, *new}):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now:
            change = ADDED if key not in old else REMOVED if key not in new else CHANGED
            found.append(Change(level, kind, key[0] or key[1], change, was, now))
    return found


def minute_text(minute: float) -> Message:
    """A minute of a run in words."""
    if math.isnan(minute):
        return Message("unknown")
    return Message("never") if math.isinf(minute) else Message("{minute:.0f} min", minute=minute)


def _level(part: LevelPlan) -> Told:
    everybody = [row for row in part.districts if not row.name]
    people = sum(row.people for row in everybody)
    text = Message(
        "{buildings} buildings, {people} people, {closures} closed roads",
        buildings=len(part.buildings),
        people=people,
        closures=len(part.closures),
    )
    return {("", part.level.id): text}


def _buildings(part: LevelPlan) -> Told:
    return {
        (row.id, ""): Message(
            "class {risk}, {people} people, {depth:.2f} m outside, water inside from {entered}",
            risk=row.risk_class,
            people=row.people,
            depth=row.depth_m,
            entered=minute_text(row.entered_min),
        )
        for row in part.buildings
    }


def _closures(part: LevelPlan) -> Told:
    return {
        (row.id, ""): Message(
            "closed from {closes} to {opens}, {depth:.2f} m deep",
            closes=minute_text(row.closes_min),
            opens=minute_text(row.opens_min) if row.opens_min == row.opens_min else Message("the end"),
            depth=row.depth_m,
        )
        for row in part.closures
    }


def _shelters(part: LevelPlan) -> Told:
    return {
        (row.id, ""): Message(
            "{capacity} places; {state}", capacity=row.capacity, state=row.excluded or Message("usable")
        )
        for row in part.evacuation.shelters
    }


def _placements(part: LevelPlan) -> Told:
    return {
        (row.block, row.shelter): Message("{people} people to {shelter}", people=row.people, shelter=row.shelter)
        for row in part.evacuation.placements
    }


def _routes(part: LevelPlan) -> Told:
    return {
        (row.block, row.shelter): Message(
            "to {shelter} by {length:.0f} m, leave by {latest}",
            shelter=row.shelter,
            length=row.length_m,
            latest=minute_text(row.latest_departure_min),
        )
        for row in part.evacuation.routes
    }


def _unplaced(part: LevelPlan) -> Told:
    return {
        (row.block, ""): Message("{people} people without a place: {reason}", people=row.people, reason=row.reason)
        for row in part.evacuation.unplaced
    }


def _measures(part: LevelPlan) -> Told:
    return {
        (row.name, row.place): Message(
            "{kind} at {place} by {minute}", kind=row.kind, place=row.place, minute=minute_text(row.by_min)
        )
        for row in part.measures
    }


def _actions(part: LevelPlan) -> Told:
    return {
        (row.what.en, row.who.en): Message("{who}, at {minute}", who=row.who.en, minute=minute_text(row.at_min))
        for row in part.actions
    }


_TOLD: dict[str, Callable[[LevelPlan], Told]] = {
    "level": _level,
    "building": _buildings,
    "closure": _closures,
    "shelter": _shelters,
    "placement": _placements,
    "route": _routes,
    "unplaced": _unplaced,
    "measure": _measures,
    "action": _actions,
}
