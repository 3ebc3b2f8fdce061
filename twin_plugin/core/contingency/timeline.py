"""The time line of a level: what happens and what is done, minute by minute."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..common.messages import Message
from ..common.words import Words
from .hits import ENTERED
from .plan import EVENT_KINDS, Event, LevelPlan

SHOWN_MIN = 15.0
"""How long an event without an end is shown on the map, so that no step of an animation misses it."""
_LASTING = ("closure", "entry", "failure")
_ORDER = {kind: number for number, kind in enumerate(EVENT_KINDS)}


@dataclass(frozen=True)
class AssetFailure:
    """An asset that fails: at `minute`, by water or for want of `because`; `step` counts from 0, by water."""

    id: str
    name: str
    minute: float
    step: int
    because: tuple[str, ...]
    x: float = math.nan
    y: float = math.nan


def events_of(
    part: LevelPlan, failures: Sequence[AssetFailure] = (), peak_min: float = math.nan, end_min: float = math.nan
) -> tuple[Event, ...]:
    """All events of a level, in the order of time, kind and id; what has no known time is none.

    Parameters
    ----------
    part : LevelPlan
    failures : sequence of AssetFailure
    peak_min, end_min : float
        When most water stands in the area, and when the run ends; NaN where unknown.
    """
    found = [
        *_before(part),
        *_departures(part),
        *_water(part),
        *_failures(failures),
        Event(peak_min, "peak", Message("Most water in the area")),
        Event(end_min, "end", Message("End of the run")),
    ]
    known = [event for event in found if math.isfinite(event.minute)]
    return tuple(sorted(known, key=lambda event: (event.minute, _ORDER[event.kind], event.object_id, str(event.text))))


def _before(part: LevelPlan) -> Iterator[Event]:
    level = part.level
    words = Words(f"{level.name.en}: {level.response.en}", f"{level.name.zh}：{level.response.zh}")
    yield Event(
        -level.lead_time_min, "warning", Message("Warning: {level}", level=level.name.en), level.id, words=words
    )
    for action in part.actions:
        words = Words(f"{action.who.en}: {action.what.en}", f"{action.who.zh}：{action.what.zh}")
        text = Message("{who}: {what}", who=action.who.en, what=action.what.en)
        yield Event(action.at_min, "action", text, words=words)
    for measure in part.measures:
        text = Message("{name} works at {place}", name=measure.name or measure.kind, place=measure.place)
        yield Event(measure.by_min, "measure", text, measure.place, measure.x, measure.y)


def _departures(part: LevelPlan) -> Iterator[Event]:
    people = {(row.block, row.shelter): row.people for row in part.evacuation.placements}
    blocks = {block.id: block for block in part.evacuation.blocks}
    shelters = {shelter.id: shelter.name or shelter.id for shelter in part.evacuation.shelters}
    for route in part.evacuation.routes:
        block, last = blocks[route.block], route.latest_departure_min
        values = {
            "people": people.get((route.block, route.shelter), 0),
            "block": block.name or block.id,
            "shelter": shelters.get(route.shelter, route.shelter),
        }
        if math.isfinite(last):
            text = Message("Last safe departure of {people} people of {block} to {shelter}", **values)
        else:
            text = Message("{people} people of {block} leave for {shelter}", **values)
        yield Event(last if math.isfinite(last) else route.depart_min, "departure", text, block.id, block.x, block.y)


def _water(part: LevelPlan) -> Iterator[Event]:
    for road in part.closures:
        name = road.name or road.id
        text = Message("{road} closes, {depth:.2f} m at the deepest", road=name, depth=road.depth_m)
        yield Event(road.closes_min, "closure", text, road.id, road.x, road.y)
        yield Event(road.opens_min, "opening", Message("{road} opens again", road=name), road.id, road.x, road.y)
    for hit in part.buildings:
        if hit.risk_class >= ENTERED:
            text = Message("Water enters {building}, {people} people", building=hit.name or hit.id, people=hit.people)
            yield Event(hit.entered_min, "entry", text, hit.id, hit.x, hit.y)


def _failures(failures: Iterable[AssetFailure]) -> Iterator[Event]:
    for failure in failures:
        name = failure.name or failure.id
        if failure.because:
            text = Message("{asset} fails without {others}", asset=name, others=", ".join(failure.because))
        else:
            text = Message("{asset} fails in water", asset=name)
        yield Event(failure.minute, "failure", text, failure.id, failure.x, failure.y)


def shown_from_to(event: Event, opens_min: float, end_min: float) -> tuple[float, float]:
    """From when to when an event is shown on the map, minutes from the start of the run.

    Parameters
    ----------
    event : Event
        A closure is shown until `opens_min`, what water has reached until the end, a departure before it is too late,
        everything else for `SHOWN_MIN`.
    opens_min, end_min : float
        NaN where unknown.
    """
    if event.kind == "departure":
        return event.minute - SHOWN_MIN, event.minute
    if event.kind in _LASTING:
        last = next((moment for moment in (opens_min, end_min) if math.isfinite(moment)), event.minute)
        return event.minute, max(last, event.minute + SHOWN_MIN)
    return event.minute, event.minute + SHOWN_MIN
