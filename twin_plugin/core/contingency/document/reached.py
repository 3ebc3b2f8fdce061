"""The tables of a level about what the water reaches and what is done: districts, buildings, measures, tasks."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ...common.document.blocks import (
    Align,
    Cell,
    CheckList,
    Heading,
    Lane,
    LaneKind,
    TableBlock,
    Task,
    Term,
    Text,
    TimeLine,
)
from ...common.document.wording import DASH, count, depth, moment, money, named
from ...common.messages import Message
from ..hits import ENTERED
from ..plan import BuildingHit, LevelPlan
from .roads_people import cut

CLASS_COLOURS = {1: "#ffe878", 2: "#fb9f3a", 3: "#bf1220", 4: "#520615"}
STEPS_MIN = (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
MOST_TICKS = 9
WORST_ROWS = 12
"""Buildings on the page of a district."""


def districts(level: LevelPlan) -> TableBlock:
    """A row for each district, and the sum of all."""
    parts = sorted((row for row in level.districts if row.name), key=lambda row: (-row.people, row.name))
    whole = [row for row in level.districts if not row.name]
    rows: list[tuple[Text | Cell, ...]] = []
    for row in (*parts, *(whole if parts else ())):
        total = not row.name
        texts: tuple[Text, ...] = (
            row.name or Message("All"),
            count(row.buildings),
            count(row.buildings_entered),
            count(row.people),
            count(row.critical),
            money(row.damage, row.currency),
        )
        rows.append(tuple(Cell(text, bold=True) for text in texts) if total else texts)
    kept, note = cut(rows, "PLAN")
    return TableBlock(
        Message("Districts"),
        (
            Heading(Message("District"), 30),
            Heading(Message("Buildings reached"), 14, Align.RIGHT),
            Heading(Message("Water inside"), 14, Align.RIGHT),
            Heading(Message("People, estimated"), 14, Align.RIGHT),
            Heading(Message("Critical facilities"), 12, Align.RIGHT),
            Heading(Message("Damage"), 16, Align.RIGHT),
        ),
        kept,
        Message("The plan has no districts: its sums are for the whole area."),
        note,
    )


def critical(level: LevelPlan) -> TableBlock:
    """The critical facilities that the water reaches."""
    found = [hit for hit in level.buildings if hit.critical]
    return _buildings(
        found,
        Message("Critical facilities reached by water: {count:,}", count=len(found)),
        Message("Water reaches no critical facility at this level."),
    )


def buildings(level: LevelPlan) -> TableBlock:
    """The other buildings that water enters, else those that stand in water."""
    inside = [hit for hit in level.buildings if hit.risk_class >= ENTERED and not hit.critical]
    return _buildings(
        inside,
        Message("Other buildings with water inside: {count:,}", count=len(inside)),
        Message("Water enters no other building at this level."),
    )


def worst(level: LevelPlan, district: str) -> TableBlock:
    """The worst buildings of a district."""
    found = [hit for hit in level.buildings if hit.district == district]
    return _buildings(
        found,
        Message("Buildings reached by water: {count:,}", count=len(found)),
        Message("Water reaches no building of this district at this level."),
        WORST_ROWS,
    )


def _buildings(hits: Iterable[BuildingHit], title: Text, empty: Text, most: int | None = None) -> TableBlock:
    ordered = sorted(hits, key=lambda hit: (-hit.risk_class, -_known(hit.depth_m), hit.id))
    rows: list[tuple[Text | Cell, ...]] = [
        (
            named(hit.name, hit.id),
            Term(hit.use) if hit.use else DASH,
            Cell(str(hit.risk_class), CLASS_COLOURS.get(hit.risk_class, "")),
            depth(hit.depth_m),
            moment(hit.entered_min),
            count(hit.people),
        )
        for hit in ordered
    ]
    if most is not None and len(rows) > most:
        note: Text = Message("The worst {shown:,}; the tables of the level have more.", shown=most)
        kept: tuple[tuple[Text | Cell, ...], ...] = tuple(rows[:most])
    else:
        kept, note = cut(rows, "PLAN")
    return TableBlock(
        title,
        (
            Heading(Message("Building"), 38),
            Heading(Message("Use"), 16),
            Heading(Message("Class"), 8, Align.CENTRE),
            Heading(Message("Depth outside (m)"), 12, Align.RIGHT),
            Heading(Message("Water inside from (h:min)"), 14, Align.RIGHT),
            Heading(Message("People, estimated"), 12, Align.RIGHT),
        ),
        kept,
        empty,
        note,
    )


def measures(level: LevelPlan) -> TableBlock:
    """Pumps, barriers and the like, and where they go by when."""
    ordered = sorted(level.measures, key=lambda item: (_late(item.by_min), item.kind, item.name))
    rows: list[tuple[Text | Cell, ...]] = [
        (Term(item.kind), item.name or DASH, item.place or DASH, Cell(moment(item.by_min), bold=True), item.reason)
        for item in ordered
    ]
    kept, note = cut(rows, "MEASURES_PLACED")
    return TableBlock(
        Message("Pumps, barriers and other measures: {count:,}", count=len(rows)),
        (
            Heading(Message("Kind"), 12),
            Heading(Message("Name"), 20),
            Heading(Message("Place"), 26),
            Heading(Message("In place by (h:min)"), 12, Align.CENTRE),
            Heading(Message("Why"), 30),
        ),
        kept,
        Message("The plan places no measures at this level."),
        note,
    )


def tasks(level: LevelPlan) -> CheckList:
    """What has to be done, in its order."""
    ordered = sorted(level.actions, key=lambda action: (_late(action.at_min), action.what.en))
    return CheckList(
        Message("Check-list"),
        tuple(Task(moment(action.at_min), action.what, action.who) for action in ordered),
        Message("The table of actions has none for this level."),
    )


def events(level: LevelPlan) -> TableBlock:
    """Every moment of the time line in words."""
    ordered = sorted(level.events, key=lambda event: (_late(event.minute), event.kind, event.object_id))
    rows: list[tuple[Text | Cell, ...]] = [
        (Cell(moment(event.minute), bold=True), event.words or event.text) for event in ordered
    ]
    kept, note = cut(rows, "EVENTS")
    return TableBlock(
        Message("What happens when"),
        (Heading(Message("Time (h:min)"), 12), Heading(Message("What"), 88)),
        kept,
        Message("The time line of this level is empty."),
        note,
    )


def time_line(level: LevelPlan) -> TimeLine:
    """The events of a level along an axis, a lane for each kind."""
    lanes = []
    for title, kind, kinds in (
        (Message("Warning"), LaneKind.ACTION, ("warning",)),
        (Message("Actions"), LaneKind.ACTION, ("action",)),
        (Message("Latest departures"), LaneKind.ACTION, ("departure",)),
        (Message("Measures work"), LaneKind.ACTION, ("measure",)),
        (Message("Roads close"), LaneKind.ROAD, ("closure",)),
        (Message("Roads open"), LaneKind.PLAIN, ("opening",)),
        (Message("Water enters buildings"), LaneKind.WATER, ("entry",)),
        (Message("Failures"), LaneKind.ROAD, ("failure",)),
        (Message("Peak and end"), LaneKind.PLAIN, ("peak", "end")),
    ):
        minutes = sorted(event.minute for event in level.events if event.kind in kinds and math.isfinite(event.minute))
        if minutes:
            lanes.append(Lane(title, kind, tuple(minutes)))
    every = [minute for lane in lanes for minute in lane.minutes]
    start, end, step = _axis(min(every, default=0.0), max(every, default=0.0))
    empty = Message("The time line of this level is empty.")
    return TimeLine(Message("Time line"), tuple(lanes), start, end, step, empty)


def _axis(first: float, last: float) -> tuple[float, float, float]:
    """The ends of an axis in whole steps, and the step: at most `MOST_TICKS` of them."""
    first, last = min(first, 0.0), max(last, 1.0)
    step = next((float(size) for size in STEPS_MIN if (last - first) / size <= MOST_TICKS - 1), 1440.0)
    while (last - first) / step > MOST_TICKS - 1:
        step *= 2
    return math.floor(first / step) * step, math.ceil(last / step) * step, step


def _late(minutes: float) -> float:
    return math.inf if math.isnan(minutes) else minutes


def _known(value: float) -> float:
    return value if math.isfinite(value) else -math.inf
