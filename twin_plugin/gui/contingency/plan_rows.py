"""The lists of a plan: what one level says, as rows with a place on the map and a minute."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.document.blocks import Term, Text
from ...core.common.document.wording import DASH, count, depth, length, moment, named
from ...core.contingency.plan import LevelPlan, Plan
from ...core.contingency.plan_versions import Change

translate = QCoreApplication.translate

Say = Callable[[Text], str]
"""Says a text of a plan in the user's language."""


@dataclass(frozen=True)
class PlanRow:
    """A row of a list.

    Attributes
    ----------
    cells : tuple of str
    keys : tuple of float or str
        What each cell is sorted by.
    x, y : float
        In the CRS of the plan; NaN where it has no place.
    minute : float
        NaN where it has none.
    """

    cells: tuple[str, ...]
    keys: tuple[float | str, ...]
    x: float = math.nan
    y: float = math.nan
    minute: float = math.nan


@dataclass(frozen=True)
class PlanList:
    """A list with its name, headings, rows, and the sentence that stands for a list without rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    empty: str


Part = tuple[str, float | str]
"""What a cell shows, and what it is sorted by."""


def lists_of(plan: Plan, level: LevelPlan, say: Say) -> list[PlanList]:
    """All lists of a level, the most urgent first."""
    makers = (_unplaced, _buildings, _closures, _blocks, _shelters, _measures, _actions)
    return [*(make(level, say) for make in makers), _warnings(plan, say)]


def list_of_changes(changes: Iterable[Change], say: Say) -> PlanList:
    """What two plans say differently."""
    rows = [
        _row(
            _text(change.level),
            _text(say(Term(change.kind))),
            _text(change.object_id),
            _text(say(Term(change.change))),
            _text(say(change.before) or DASH),
            _text(say(change.after) or DASH),
        )
        for change in changes
    ]
    return PlanList(
        translate("PlanDock", "Changes"),
        (
            translate("PlanDock", "Level"),
            translate("PlanDock", "What"),
            translate("PlanDock", "Id"),
            translate("PlanDock", "Change"),
            translate("PlanDock", "Before"),
            translate("PlanDock", "After"),
        ),
        tuple(rows),
        translate("PlanDock", "Both plans say the same."),
    )


def _row(*parts: Part, x: float = math.nan, y: float = math.nan, minute: float = math.nan) -> PlanRow:
    return PlanRow(tuple(text for text, _ in parts), tuple(key for _, key in parts), x, y, minute)


def _text(text: str) -> Part:
    return text, text.casefold()


def _number(value: float, show: Callable[[float], str]) -> Part:
    return show(value), value if math.isfinite(value) else math.inf


def _moment(value: float, say: Say) -> Part:
    return say(moment(value)), math.inf if math.isnan(value) else value


def _unplaced(level: LevelPlan, say: Say) -> PlanList:
    blocks = {block.id: block for block in level.evacuation.blocks}
    rows = []
    for item in sorted(level.evacuation.unplaced, key=lambda item: (-item.people, item.block)):
        block = blocks.get(item.block)
        place = (block.x, block.y) if block else (math.nan, math.nan)
        name = named(block.name if block else "", item.block)
        rows.append(_row(_text(name), _number(item.people, count), _text(say(item.reason)), x=place[0], y=place[1]))
    return PlanList(
        translate("PlanDock", "People without a place"),
        (translate("PlanDock", "Block"), translate("PlanDock", "People"), translate("PlanDock", "Why")),
        tuple(rows),
        translate("PlanDock", "Everyone who must leave has a place."),
    )


def _buildings(level: LevelPlan, say: Say) -> PlanList:
    rows = [
        _row(
            _text(named(hit.name, hit.id)),
            _text(say(Term(hit.use)) if hit.use else DASH),
            _number(hit.risk_class, count),
            _number(hit.depth_m, depth),
            _moment(hit.entered_min, say),
            _number(hit.people, count),
            x=hit.x,
            y=hit.y,
            minute=hit.entered_min,
        )
        for hit in sorted(level.buildings, key=lambda hit: (not hit.critical, -hit.risk_class, hit.id))
    ]
    return PlanList(
        translate("PlanDock", "Buildings in water"),
        (
            translate("PlanDock", "Building"),
            translate("PlanDock", "Use"),
            translate("PlanDock", "Class"),
            translate("PlanDock", "Depth (m)"),
            translate("PlanDock", "Water inside from (h:min)"),
            translate("PlanDock", "People"),
        ),
        tuple(rows),
        translate("PlanDock", "Water reaches no building at this level."),
    )


def _closures(level: LevelPlan, say: Say) -> PlanList:
    rows = [
        _row(
            _text(named(road.name, road.id)),
            _moment(road.closes_min, say),
            _moment(road.opens_min, say),
            _number(road.depth_m, depth),
            _number(road.length_m, length),
            x=road.x,
            y=road.y,
            minute=road.closes_min,
        )
        for road in level.closures
    ]
    return PlanList(
        translate("PlanDock", "Closed roads"),
        (
            translate("PlanDock", "Road"),
            translate("PlanDock", "Closes (h:min)"),
            translate("PlanDock", "Opens (h:min)"),
            translate("PlanDock", "Depth (m)"),
            translate("PlanDock", "Length"),
        ),
        tuple(rows),
        translate("PlanDock", "The water closes no road at this level."),
    )


def _blocks(level: LevelPlan, say: Say) -> PlanList:
    evacuation = level.evacuation
    blocks = {block.id: block for block in evacuation.blocks}
    shelters = {shelter.id: shelter for shelter in evacuation.shelters}
    routes = {(route.block, route.shelter): route for route in evacuation.routes}
    rows = []
    for item in evacuation.placements:
        block, shelter = blocks.get(item.block), shelters.get(item.shelter)
        route = routes.get((item.block, item.shelter))
        latest = route.latest_departure_min if route else math.nan
        x, y = (block.x, block.y) if block else (math.nan, math.nan)
        names = named(block.name if block else "", item.block), named(shelter.name if shelter else "", item.shelter)
        way_m = _number(route.length_m if route else math.nan, length)
        rows.append(
            _row(
                _text(names[0]),
                _text(names[1]),
                _number(item.people, count),
                _moment(latest, say),
                way_m,
                x=x,
                y=y,
                minute=latest if math.isfinite(latest) else math.nan,
            )
        )
    return PlanList(
        translate("PlanDock", "Who goes where"),
        (
            translate("PlanDock", "Block"),
            translate("PlanDock", "Shelter"),
            translate("PlanDock", "People"),
            translate("PlanDock", "Leave by (h:min)"),
            translate("PlanDock", "Way"),
        ),
        tuple(rows),
        translate("PlanDock", "Nobody is sent to a shelter at this level."),
    )


def _shelters(level: LevelPlan, say: Say) -> PlanList:
    sums = dict[str, int]()
    for item in level.evacuation.placements:
        sums[item.shelter] = sums.get(item.shelter, 0) + item.people
    rows = [
        _row(
            _text(named(shelter.name, shelter.id)),
            _number(sums.get(shelter.id, 0), count),
            _number(shelter.capacity, count),
            _text(say(shelter.excluded) or DASH),
            x=shelter.x,
            y=shelter.y,
        )
        for shelter in level.evacuation.shelters
    ]
    return PlanList(
        translate("PlanDock", "Shelters"),
        (
            translate("PlanDock", "Shelter"),
            translate("PlanDock", "People"),
            translate("PlanDock", "Capacity"),
            translate("PlanDock", "Left out"),
        ),
        tuple(rows),
        translate("PlanDock", "The plan has no shelters."),
    )


def _measures(level: LevelPlan, say: Say) -> PlanList:
    rows = [
        _row(
            _text(say(Term(item.kind))),
            _text(named(item.name, "")),
            _text(named(item.place, "")),
            _moment(item.by_min, say),
            _text(say(item.reason)),
            x=item.x,
            y=item.y,
            minute=item.by_min,
        )
        for item in level.measures
    ]
    return PlanList(
        translate("PlanDock", "Pumps and barriers"),
        (
            translate("PlanDock", "Kind"),
            translate("PlanDock", "Name"),
            translate("PlanDock", "Place"),
            translate("PlanDock", "In place by (h:min)"),
            translate("PlanDock", "Why"),
        ),
        tuple(rows),
        translate("PlanDock", "The plan places no pumps or barriers at this level."),
    )


def _actions(level: LevelPlan, say: Say) -> PlanList:
    rows = [
        _row(_moment(action.at_min, say), _text(say(action.what)), _text(say(action.who)), minute=action.at_min)
        for action in sorted(level.actions, key=lambda action: (action.at_min, action.what.en))
    ]
    return PlanList(
        translate("PlanDock", "Check-list"),
        (translate("PlanDock", "Time (h:min)"), translate("PlanDock", "What"), translate("PlanDock", "Who")),
        tuple(rows),
        translate("PlanDock", "The table of actions has none for this level."),
    )


def _warnings(plan: Plan, say: Say) -> PlanList:
    notes = [*plan.warnings, *(note for level in plan.levels for note in level.evacuation.notes)]
    rows = [_row(_text(say(note))) for note in dict.fromkeys(notes)]
    headings = (translate("PlanDock", "Warning"),)
    return PlanList(
        translate("PlanDock", "Warnings"), headings, tuple(rows), translate("PlanDock", "The plan has no warnings.")
    )
