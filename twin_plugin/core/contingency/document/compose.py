"""Puts a plan into words: the title page with the levels side by side, a section for each level, and the annex."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...common.document.blocks import (
    Align,
    Block,
    Cell,
    Document,
    Figure,
    Figures,
    Heading,
    MapBlock,
    Paragraph,
    Section,
    TableBlock,
    Text,
    Tone,
)
from ...common.document.wording import DASH, count, length, moment, money
from ...common.messages import Message
from ..plan import LevelPlan, Plan
from . import reached, roads_people
from .annex import annex, instant
from .totals import Totals, totals
from .wording import rain

MOST_SHEETS = 12
"""Districts with a page of their own, for each level: those with most people."""


def compose(plan: Plan, mapped: Sequence[str] = ()) -> Document:
    """The document of a plan.

    Parameters
    ----------
    plan : Plan
    mapped : sequence of str
        Names of the districts that can be shown on a map; each gets a page where water reaches it.
    """
    sections = [_front(plan)]
    for number, level in enumerate(plan.levels):
        sections += [_overview(level, number), _when(level), _roads(level), _people(level), _facilities(level)]
        sections += _sheets(level, number, mapped)
    return Document(_title(plan), _foot(plan), (*sections, annex(plan)))


def _title(plan: Plan) -> Text:
    return plan.title or Message("Flood contingency plan")


def _foot(plan: Plan) -> Text:
    parts = [
        plan.district,
        plan.author,
        Message("plan {id}, version {version}", id=plan.id or DASH, version=plan.version),
        _made(plan),
    ]
    return Message.joined([part for part in parts if part], " · ")


def _made(plan: Plan) -> str:
    moment_made = instant(plan.created)
    if moment_made is None:
        return ""
    return Message("made {day} UTC", day=moment_made.strftime("%Y-%m-%d %H:%M"))


def _front(plan: Plan) -> Section:
    parts = [plan.district, _made(plan)]
    blocks: list[Block] = []
    if plan.levels:
        highest, sums = plan.levels[-1], totals(plan.levels[-1])
        blocks += [Paragraph(_summary(sums)), _figures(sums), _comparison(plan.levels)]
        if highest.evacuation.unplaced:
            text = Message(
                "The plan cannot place everybody: see the people without a place in the section of each level."
            )
            blocks.append(Paragraph(text, Tone.ALARM))
    else:
        blocks.append(Paragraph(Message("The plan has no warning levels: it says nothing.")))
    blocks.append(
        Paragraph(
            Message(
                "Results of a model of the terrain and of the storms named here; they are no forecast. A level is "
                "declared by whoever is in charge, and not by this plan."
            ),
            Tone.QUIET,
        )
    )
    return Section(_title(plan), Message.joined([part for part in parts if part], " · "), tuple(blocks))


def _summary(sums: Totals) -> Text:
    return Message(
        "At the highest level water enters {inside:,} buildings and closes {roads:,} roads; {moving:,} people have to "
        "leave, and {unplaced:,} of them have no place.",
        inside=sums.inside,
        roads=sums.roads,
        moving=sums.placed + sums.unplaced,
        unplaced=sums.unplaced,
    )


def _figures(sums: Totals) -> Figures:
    return Figures(
        (
            Figure(count(sums.unplaced), Message("people without a place in a shelter"), sums.unplaced > 0),
            Figure(
                count(sums.inside), Message("buildings with water inside, of {count:,} reached", count=sums.reached)
            ),
            Figure(count(sums.roads), _closing(sums)),
        )
    )


def _closing(sums: Totals) -> Text:
    if not sums.roads:
        return Message("roads close")
    if math.isnan(sums.first_closure_min):
        return Message("roads close, {length} in all", length=length(sums.roads_m))
    return Message(
        "roads close, {length} in all, the first at {time}",
        length=length(sums.roads_m),
        time=moment(sums.first_closure_min),
    )


def _comparison(levels: Sequence[LevelPlan]) -> TableBlock:
    """The levels side by side, a column for each."""
    sums = [totals(level) for level in levels]
    share = 68 / len(levels)
    heads = [Heading(level.level.name, share, Align.LEFT, level.level.colour) for level in levels]
    lines: list[tuple[Text, list[Text | Cell]]] = [
        (Message("Threshold of rain"), [rain(level.level) for level in levels]),
        (Message("Response"), [level.level.response for level in levels]),
        (Message("Simulated storm"), [_storm(level) for level in levels]),
        (Message("Warning before the rain"), [_lead(level) for level in levels]),
        (Message("Buildings reached"), [count(item.reached) for item in sums]),
        (Message("Buildings with water inside"), [count(item.inside) for item in sums]),
        (Message("People in the buildings reached"), [count(item.people) for item in sums]),
        (Message("Critical facilities reached"), [count(item.critical) for item in sums]),
        (Message("Damage"), [money(item.damage, item.currency) for item in sums]),
        (Message("Roads to close"), [_roads_of(item) for item in sums]),
        (Message("First road closes (h:min)"), [moment(item.first_closure_min) for item in sums]),
        (Message("People with a place"), [count(item.placed) for item in sums]),
        (
            Message("People without a place"),
            [Cell(count(item.unplaced), "#fbe3e1" if item.unplaced else "", bold=True) for item in sums],
        ),
        (Message("Shelters used"), [_shelters(item) for item in sums]),
        (Message("Measures placed"), [count(len(level.measures)) for level in levels]),
    ]
    rows = tuple((name, *cells) for name, cells in lines)
    headings = (Heading(Message("Level"), 32), *heads)
    return TableBlock(Message("The levels side by side"), headings, rows, "")


def _storm(level: LevelPlan) -> Text:
    if level.storm:
        return level.storm
    return Message("{depth} mm of rain", depth=f"{level.rain_mm:.0f}") if math.isfinite(level.rain_mm) else DASH


def _lead(level: LevelPlan) -> Text:
    minutes = level.level.lead_time_min
    return Message("{minutes:.0f} min", minutes=minutes) if math.isfinite(minutes) else DASH


def _roads_of(sums: Totals) -> Text:
    return f"{sums.roads:,} ({length(sums.roads_m)})" if sums.roads else "0"


def _shelters(sums: Totals) -> Text:
    if not sums.shelters_excluded:
        return count(sums.shelters_used)
    return Message("{used:,}, and {excluded:,} not usable", used=sums.shelters_used, excluded=sums.shelters_excluded)


def _section(level: LevelPlan, title: Text, *blocks: Block) -> Section:
    return Section(title, level.level.name, blocks, level.level.colour, own_page=False)


def _overview(level: LevelPlan, number: int) -> Section:
    under = Message.joined([part for part in (rain(level.level), _storm(level)) if isinstance(part, str)], " · ")
    blocks: list[Block] = [
        MapBlock(number, Message("Greatest depth of the water, roads that close, ways to the shelters")),
        _figures(totals(level)),
        Paragraph(level.level.response),
        roads_people.unplaced(level),
    ]
    return Section(level.level.name, under, tuple(blocks), level.level.colour)


def _when(level: LevelPlan) -> Section:
    return _section(
        level,
        Message("What to do when"),
        reached.tasks(level),
        reached.time_line(level),
        reached.events(level),
    )


def _roads(level: LevelPlan) -> Section:
    return _section(level, Message("Roads and measures"), roads_people.closures(level), reached.measures(level))


def _people(level: LevelPlan) -> Section:
    return _section(
        level,
        Message("People and shelters"),
        roads_people.placements(level),
        roads_people.shelters(level),
        roads_people.needs(level),
    )


def _facilities(level: LevelPlan) -> Section:
    title = Message("What the water reaches")
    return _section(level, title, reached.critical(level), reached.districts(level), reached.buildings(level))


def _sheets(level: LevelPlan, number: int, mapped: Sequence[str]) -> list[Section]:
    """A page for each district on the map that water reaches, most people first; the others in one sentence."""
    rows = {row.name: row for row in level.districts if row.name and row.name in set(mapped)}
    wet = sorted((row for row in rows.values() if row.buildings), key=lambda row: (-row.people, row.name))
    sections: list[Section] = []
    for row in wet[:MOST_SHEETS]:
        caption = Message("Greatest depth of the water in {district}", district=row.name)
        blocks: list[Block] = [
            MapBlock(number, caption, row.name),
            Figures(
                (
                    Figure(count(row.buildings), Message("buildings reached by water")),
                    Figure(count(row.buildings_entered), Message("of them with water inside")),
                    Figure(count(row.people), Message("people in them, estimated")),
                )
            ),
            reached.worst(level, row.name),
            *roads_people.of_district(level, row.name),
        ]
        if len(sections) == MOST_SHEETS - 1 and len(wet) > MOST_SHEETS:
            text = Message(
                "The {shown:,} districts with most people have a page; the other {others:,} that water reaches are in "
                "the table of districts.",
                shown=MOST_SHEETS,
                others=len(wet) - MOST_SHEETS,
            )
            blocks.append(Paragraph(text, Tone.QUIET))
        sections.append(Section(row.name, level.level.name, tuple(blocks), level.level.colour, listed=False))
    return sections
