"""The tables of a level about roads and people: closures, who goes where, who has no place, and the shelters."""

from __future__ import annotations

import math
from dataclasses import replace

from ...common.document.blocks import Align, Cell, Heading, TableBlock, Text
from ...common.document.wording import DASH, count, depth, length, moment, named
from ...common.messages import Message
from ..evacuation import Evacuation
from ..plan import LevelPlan

MOST_ROWS = 400
"""Rows of a table; the layers of the plan have all."""


def cut(
    rows: list[tuple[Text | Cell, ...]], layer: str, note: Text = ""
) -> tuple[tuple[tuple[Text | Cell, ...], ...], Text]:
    """The first rows of a table, and its note, which says where the others are."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), note
    more = Message(
        "The first {shown:,} of {count:,}; the output {layer} has all.",
        shown=MOST_ROWS,
        count=len(rows),
        layer=layer,
    )
    return tuple(rows[:MOST_ROWS]), Message.joined((note, more)) if isinstance(note, str) and note else more


def closures(level: LevelPlan) -> TableBlock:
    """The roads to close, the first to close first."""
    ordered = sorted(level.closures, key=lambda road: (_late(road.closes_min), -_known(road.depth_m), road.id))
    rows: list[tuple[Text | Cell, ...]] = [
        (
            named(road.name, road.id),
            Cell(moment(road.closes_min), bold=True),
            moment(road.opens_min) if math.isfinite(road.opens_min) else _until_end(road.closes_min),
            depth(road.depth_m),
            length(road.length_m),
        )
        for road in ordered
    ]
    kept, note = cut(
        rows,
        "CLOSURES",
        Message("Close a road before its time; the time is when the water reaches the depth that closes it."),
    )
    return TableBlock(
        Message("Roads to close: {count:,}", count=len(rows)),
        (
            Heading(Message("Road"), 40),
            Heading(Message("Closes (h:min)"), 14, Align.RIGHT),
            Heading(Message("Opens (h:min)"), 18, Align.RIGHT),
            Heading(Message("Greatest depth (m)"), 14, Align.RIGHT),
            Heading(Message("Length"), 14, Align.RIGHT),
        ),
        kept,
        Message("No road closes at this level."),
        note,
    )


def of_district(level: LevelPlan, district: str) -> tuple[TableBlock, ...]:
    """Who goes where of the blocks with a building in a district; nothing where nobody leaves."""
    inside = {hit.id for hit in level.buildings if hit.district == district}
    blocks = {block.id for block in level.evacuation.blocks if inside & set(block.buildings)}
    ways = tuple(way for way in level.evacuation.placements if way.block in blocks)
    return (placements(replace(level, evacuation=replace(level.evacuation, placements=ways))),) if ways else ()


def placements(level: LevelPlan) -> TableBlock:
    """Which block goes to which shelter, the one that must leave first on top."""
    evacuation = level.evacuation
    names, shelters = _names(evacuation)
    routes = {(route.block, route.shelter): route for route in evacuation.routes}
    lines: list[tuple[tuple[float, str, str], tuple[Text | Cell, ...]]] = []
    for placement in evacuation.placements:
        if not placement.people:
            continue
        route = routes.get((placement.block, placement.shelter))
        latest = route.latest_departure_min if route else math.nan
        lines.append(
            (
                (_late(latest), placement.block, placement.shelter),
                (
                    names.get(placement.block, placement.block),
                    count(placement.people),
                    shelters.get(placement.shelter, placement.shelter),
                    length(route.length_m) if route else DASH,
                    moment(route.depart_min) if route else DASH,
                    moment(route.arrive_min) if route else DASH,
                    Cell(moment(latest), bold=True),
                ),
            )
        )
    kept, note = cut(
        [row for _, row in sorted(lines, key=lambda line: line[0])],
        "BLOCKS",
        Message("After the latest departure a road of the way is closed: the people must have left before."),
    )
    return TableBlock(
        Message("Who goes where: {people:,} people", people=sum(item.people for item in evacuation.placements)),
        (
            Heading(Message("Block"), 26),
            Heading(Message("People"), 9, Align.CENTRE),
            Heading(Message("Shelter"), 27),
            Heading(Message("Way"), 10, Align.RIGHT),
            Heading(Message("Leaves (h:min)"), 11, Align.RIGHT),
            Heading(Message("Arrives (h:min)"), 11, Align.RIGHT),
            Heading(Message("Latest departure (h:min)"), 14, Align.RIGHT),
        ),
        kept,
        Message("Nobody is sent to a shelter at this level."),
        note,
    )


def unplaced(level: LevelPlan) -> TableBlock:
    """The people whom the plan could not place, most people first, with the reason."""
    evacuation = level.evacuation
    names, _ = _names(evacuation)
    ordered = sorted((row for row in evacuation.unplaced if row.people), key=lambda row: (-row.people, row.block))
    rows: list[tuple[Text | Cell, ...]] = [
        (names.get(row.block, row.block), Cell(count(row.people), bold=True), row.reason) for row in ordered
    ]
    kept, note = cut(
        rows, "BLOCKS", Message("For them another place or another way must be found before this level is declared.")
    )
    return TableBlock(
        Message("People without a place: {people:,}", people=sum(row.people for row in ordered)),
        (
            Heading(Message("Block"), 32),
            Heading(Message("People"), 12, Align.CENTRE),
            Heading(Message("Why"), 56),
        ),
        kept,
        Message("Everybody who has to leave has a place."),
        note,
        alarm=True,
    )


def shelters(level: LevelPlan) -> TableBlock:
    """Every shelter with its places and who comes; those that are not used, with the reason."""
    evacuation = level.evacuation
    coming: dict[str, int] = {}
    for placement in evacuation.placements:
        coming[placement.shelter] = coming.get(placement.shelter, 0) + placement.people
    rows: list[tuple[Text | Cell, ...]] = []
    for shelter in sorted(evacuation.shelters, key=lambda item: (bool(item.excluded), item.name, item.id)):
        people = coming.get(shelter.id, 0)
        state: Text = shelter.excluded or Message("can be used")
        rows.append(
            (
                named(shelter.name, shelter.id),
                count(shelter.capacity),
                count(people),
                count(max(shelter.capacity - people, 0)) if not shelter.excluded else DASH,
                Cell(state, bold=bool(shelter.excluded)),
            )
        )
    kept, note = cut(rows, "SHELTERS_USED")
    return TableBlock(
        Message("Shelters: {count:,}", count=len(rows)),
        (
            Heading(Message("Shelter"), 36),
            Heading(Message("Places"), 11, Align.RIGHT),
            Heading(Message("People who come"), 13, Align.RIGHT),
            Heading(Message("Places left"), 11, Align.CENTRE),
            Heading(Message("State"), 29),
        ),
        kept,
        Message("The plan has no shelters."),
        note,
    )


def needs(level: LevelPlan) -> TableBlock:
    """What the people in the shelters need."""
    rows: list[tuple[Text | Cell, ...]] = [
        (need.item, count(math.ceil(need.amount)) if math.isfinite(need.amount) else DASH, need.unit)
        for need in level.needs
    ]
    return TableBlock(
        Message("What the shelters need"),
        (
            Heading(Message("Item"), 30),
            Heading(Message("Amount"), 20, Align.RIGHT),
            Heading(Message("Unit"), 50),
        ),
        tuple(rows),
        Message("The plan counts no needs of the people in shelters."),
        Message("For the people who have a place; figures per person from an editable table."),
    )


def _names(evacuation: Evacuation) -> tuple[dict[str, str], dict[str, str]]:
    blocks = {block.id: named(block.name, block.id) for block in evacuation.blocks}
    return blocks, {shelter.id: named(shelter.name, shelter.id) for shelter in evacuation.shelters}


def _until_end(closes_min: float) -> Text:
    """In place of an opening time: a road that closed and does not open."""
    return Message("not before the end") if math.isfinite(closes_min) else DASH


def _late(minutes: float) -> float:
    """Unknown times after all others."""
    return math.inf if math.isnan(minutes) else minutes


def _known(value: float) -> float:
    return value if math.isfinite(value) else -math.inf
