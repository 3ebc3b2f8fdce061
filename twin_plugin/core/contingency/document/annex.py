"""The annex of a plan: what it was made of and how old that is, its settings, warnings, and what is not known."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from ...common.document.blocks import Block, Cell, Heading, Section, TableBlock, Text
from ...common.document.wording import DASH, count
from ...common.messages import Message
from ..hits import ENTERED
from ..plan import LevelPlan, Plan, Source
from .wording import rain

HASH_LETTERS = 12


def annex(plan: Plan) -> Section:
    """The section behind all levels."""
    blocks: list[Block] = [
        _sources(plan),
        _levels(plan),
        _settings(plan),
        _warnings(plan),
        _unknown(plan),
        _reading(),
    ]
    return Section(Message("Annex: what the plan was made of"), _identity(plan), tuple(blocks))


def _identity(plan: Plan) -> Text:
    if plan.previous:
        return Message("Plan {id}, after {previous}", id=plan.id or DASH, previous=plan.previous)
    return Message("Plan {id}, without an earlier version", id=plan.id or DASH)


def _sources(plan: Plan) -> TableBlock:
    rows: list[tuple[Text | Cell, ...]] = [
        (
            source.role,
            source.name or DASH,
            count(source.count),
            age(source, plan.created),
            source.sha256[:HASH_LETTERS] or DASH,
            source.run or DASH,
        )
        for source in plan.sources
    ]
    return TableBlock(
        Message("Sources"),
        (
            Heading(Message("Input"), 16),
            Heading(Message("Layer or file"), 30),
            Heading(Message("Rows"), 9),
            Heading(Message("Last changed"), 19),
            Heading(Message("SHA-256, first letters"), 14),
            Heading(Message("Flood run"), 12),
        ),
        tuple(rows),
        Message("The plan names no sources."),
        Message("The age of an input is counted to the moment when the plan was made."),
    )


def age(source: Source, created: str) -> Text:
    """When an input was changed last, and how long that was before the plan."""
    then, now = instant(source.modified), instant(created)
    if then is None:
        return Message("unknown")
    day = then.strftime("%Y-%m-%d %H:%M")
    if now is None:
        return day
    hours = (now - then).total_seconds() / 3600
    if hours < 0:
        return Message("{day} UTC, after the plan", day=day)
    if hours < 48:
        return Message("{day} UTC, {hours:.0f} h old", day=day, hours=hours)
    return Message("{day} UTC, {days:,.0f} days old", day=day, days=hours / 24)


def instant(text: str) -> datetime | None:
    """A time in ISO 8601; None where it is none."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _levels(plan: Plan) -> TableBlock:
    rows: list[tuple[Text | Cell, ...]] = [
        (Cell(part.level.name, part.level.colour), rain(part.level), part.storm or DASH, part.run or DASH,
         part.level.source or DASH)
        for part in plan.levels
    ]  # fmt: skip
    return TableBlock(
        Message("Warning levels"),
        (
            Heading(Message("Level"), 16),
            Heading(Message("Threshold of rain"), 20),
            Heading(Message("Simulated storm"), 24),
            Heading(Message("Flood run"), 14),
            Heading(Message("Source of the threshold"), 26),
        ),
        tuple(rows),
        Message("The plan has no warning levels."),
    )


def _settings(plan: Plan) -> TableBlock:
    rows: list[tuple[Text | Cell, ...]] = [(name, value or DASH) for name, value in plan.settings.items()]
    rows.append(("CRS", plan.crs or DASH))
    return TableBlock(
        Message("Settings"),
        (Heading(Message("Parameter"), 30), Heading(Message("Setting"), 70)),
        tuple(rows),
        "",
    )


def _warnings(plan: Plan) -> TableBlock:
    rows: list[tuple[Text | Cell, ...]] = [("", text) for text in plan.warnings]
    said = "\n".join(str(text) for text in plan.warnings)
    rows += [(part.level.name, text) for part in plan.levels for text in part.evacuation.notes if str(text) not in said]
    return TableBlock(
        Message("What is doubtful"),
        (Heading(Message("Level"), 16), Heading(Message("Warning"), 84)),
        tuple(rows),
        Message("The inputs gave no warnings."),
    )


def _unknown(plan: Plan) -> TableBlock:
    rows: list[tuple[Text | Cell, ...]] = [
        (part.level.name, sentence) for part in plan.levels for sentence in unknown(part)
    ]
    return TableBlock(
        Message("What is not known"),
        (Heading(Message("Level"), 16), Heading(Message("Gap"), 84)),
        tuple(rows),
        Message("Every road has a time, and every block a road."),
    )


def unknown(level: LevelPlan) -> list[Message]:
    """What a level does not know, in sentences."""
    evacuation = level.evacuation
    timeless = sum(math.isnan(road.closes_min) for road in level.closures)
    entered = sum(math.isnan(hit.entered_min) for hit in level.buildings if hit.risk_class >= ENTERED)
    roadless = sum(block.node < 0 for block in evacuation.blocks if block.people)
    apart = sum(shelter.node < 0 for shelter in evacuation.shelters)
    found = []
    if timeless:
        found.append(Message("Roads that close at an unknown time: {count:,}.", count=timeless))
    if entered:
        found.append(Message("Buildings with water inside from an unknown time: {count:,}.", count=entered))
    if roadless:
        found.append(Message("Blocks without a road near: {count:,}.", count=roadless))
    if apart:
        found.append(Message("Shelters without a road near: {count:,}.", count=apart))
    if not level.run:
        found.append(Message("The flood run of this level does not say its id."))
    return found


def _reading() -> TableBlock:
    rows: tuple[tuple[Text | Cell, ...], ...] = (
        (
            Message("Times"),
            Message("Hours and minutes from the start of the simulated rain; a minus stands for before it."),
        ),
        (
            Message("Depths"),
            Message(
                "0.15 m of water closes a lane, 0.30 m a road, and 0.50 m endangers people, unless the settings say "
                "otherwise."
            ),
        ),
        (
            Message("Class"),
            Message(
                "1: water around the building and none inside. 2: inside, less than 0.15 m above a sill. 3: less than "
                "0.5 m, or a basement. 4: 0.5 m and more."
            ),
        ),
        (
            Message("People"),
            Message("An estimate from the data of the buildings or their floor area. It is no register of residents."),
        ),
        (
            Message("Vehicles"),
            Message(
                "The limits of still water for vehicles (0.30 m small cars, 0.40 m large cars, 0.50 m four-wheel "
                "drives) are from a draft (AR&R project 10, stage 2, Shand and others 2011). Its authors call them "
                "interim; the draft endorses no depth as safe. Nobody should drive into flood water on the strength of "
                "this plan."
            ),
        ),
        (
            Message("Results"),
            Message("The water is that of a model of terrain and rain, not a forecast. The real storm will differ."),
        ),
    )
    headings = (Heading(Message("Word"), 16), Heading(Message("Meaning"), 84))
    return TableBlock(Message("How to read the figures"), headings, rows, "")
