"""Stages of objects over time, in two times: when they held, and when that was recorded (bitemporal tables)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise

from ..common.errors import InputError
from ..common.messages import Message


class Stage(StrEnum):
    """The stages in their order."""

    PLANNING = "planning"
    DESIGN = "design"
    CONSTRUCTION = "construction"
    OPERATION = "operation"
    DEMOLISHED = "demolished"


NAMES = {
    Stage.PLANNING: Message("planning"),
    Stage.DESIGN: Message("design"),
    Stage.CONSTRUCTION: Message("construction"),
    Stage.OPERATION: Message("operation"),
    Stage.DEMOLISHED: Message("demolished"),
}
"""The stages in sentences, which have them in the user's language."""
ORDER = {stage: number for number, stage in enumerate(Stage)}


def following(stage: Stage) -> Stage | None:
    """The stage that comes after another; None after the last one."""
    later = [other for other in Stage if ORDER[other] == ORDER[stage] + 1]
    return later[0] if later else None


@dataclass(frozen=True)
class Period:
    """An object in a stage. Times are aware and in UTC; intervals hold their start and not their end.

    Attributes
    ----------
    valid_from, valid_to : datetime
        When it held; `valid_to` is None while it lasts.
    recorded_at, superseded_at : datetime
        From when to when this was what one knew; `superseded_at` is None while it is.
    """

    object_id: str
    stage: Stage
    valid_from: datetime
    valid_to: datetime | None
    recorded_at: datetime
    superseded_at: datetime | None = None
    model_id: str = ""

    def holds(self, at: datetime) -> bool:
        """Whether the object was in the stage at a time."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)

    def is_known(self, known_at: datetime) -> bool:
        """Whether this was what one knew at a time."""
        return self.recorded_at <= known_at and (self.superseded_at is None or known_at < self.superseded_at)


@dataclass(frozen=True)
class Change:
    """What a new stage changes in the records of an object: `superseded` get an end, `added` are new."""

    superseded: tuple[Period, ...]
    added: tuple[Period, ...]


def moment(text: str, what: str) -> datetime:
    """A time from ISO 8601 text, a date as its start; without a zone it is UTC.

    Raises
    ------
    InputError
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "'{text}' is no date or time for {what}: write 2026-09-15 or 2026-09-15T08:00:00Z.",
            text=text[:40],
            what=what,
        ) from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def written(time: datetime | None) -> str:
    """A time as the tables hold it; "" for none. Whole days stay dates."""
    if time is None:
        return ""
    time = time.astimezone(UTC)
    if (time.hour, time.minute, time.second, time.microsecond) == (0, 0, 0, 0):
        return time.date().isoformat()
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def known(periods: Iterable[Period], known_at: datetime) -> list[Period]:
    """What one knew at a time, by object and start."""
    found = [period for period in periods if period.is_known(known_at)]
    return sorted(found, key=lambda period: (period.object_id, period.valid_from))


def status(periods: Iterable[Period], at: datetime, known_at: datetime) -> dict[str, Period]:
    """The stage of each object at a time, as it was known at another."""
    return {period.object_id: period for period in known(periods, known_at) if period.holds(at)}


def faults(periods: Iterable[Period], known_at: datetime) -> list[Message]:
    """What cannot be among the records that were known at a time: a sentence for each object, the first fault of it."""
    by_object = defaultdict[str, list[Period]](list)
    for period in known(periods, known_at):
        by_object[period.object_id].append(period)
    return [fault for name, mine in by_object.items() if (fault := _fault(name, mine))]


def _fault(name: str, periods: Sequence[Period]) -> Message | None:
    """The first fault of an object, whose periods follow each other by their start."""
    for period in periods:
        if period.valid_to is not None and period.valid_to <= period.valid_from:
            return Message(
                "The stage {stage} of '{id}' ends on {to}, before it begins on {start}: correct valid_to.",
                stage=NAMES[period.stage],
                id=name[:80],
                to=written(period.valid_to),
                start=written(period.valid_from),
            )
    for first, second in pairwise(periods):
        if first.valid_to is None or first.valid_to > second.valid_from:
            return Message(
                "The stages {first} and {second} of '{id}' overlap from {start} on: end the first one then.",
                first=NAMES[first.stage],
                second=NAMES[second.stage],
                id=name[:80],
                start=written(second.valid_from),
            )
    return None


def advance(
    periods: Sequence[Period], object_id: str, stage: Stage, at: datetime, now: datetime, model_id: str = ""
) -> Change:
    """Let an object enter a stage: its last stage ends where the new one begins.

    Parameters
    ----------
    periods : sequence of Period
        All records of the object.
    at : datetime
        When the stage begins.
    now : datetime
        When this is recorded.

    Raises
    ------
    InputError
        Where the object is past the stage, entered it before, or is in a later stage at that time.
    """
    mine = known(periods, now)
    last = mine[-1] if mine else None
    if last is None:
        return Change((), (Period(object_id, stage, at, None, now, None, model_id),))
    if any(period.stage is stage for period in mine):
        start = next(period.valid_from for period in mine if period.stage is stage)
        raise InputError(
            "'{id}' is in the stage {stage} since {start}: to correct that date, choose CORRECT.",
            id=object_id[:80],
            stage=NAMES[stage],
            start=written(start),
        )
    if ORDER[stage] < ORDER[last.stage]:
        raise InputError(
            "'{id}' is in the stage {last} already and does not go back to {stage}.",
            id=object_id[:80],
            last=NAMES[last.stage],
            stage=NAMES[stage],
        )
    if at <= last.valid_from or (last.valid_to is not None and at < last.valid_to):
        raise InputError(
            "'{id}' cannot enter {stage} on {at}: its stage {last} began on {start}. Give a later date, or correct "
            "that one first.",
            id=object_id[:80],
            stage=NAMES[stage],
            at=written(at),
            last=NAMES[last.stage],
            start=written(last.valid_from),
        )
    closed = replace(last, valid_to=at, recorded_at=now) if last.valid_to is None else None
    begun = Period(object_id, stage, at, None, now, None, model_id)
    superseded = (replace(last, superseded_at=now),) if closed else ()
    return Change(superseded, (*((closed,) if closed else ()), begun))


def correct(
    periods: Sequence[Period], object_id: str, stage: Stage, at: datetime, now: datetime, model_id: str = ""
) -> Change:
    """Correct when an object entered a stage: the stage before ends then too. What was known before stays on record.

    Raises
    ------
    InputError
        Where the object has no such stage, or the date lies outside the stage before and the stage itself.
    """
    mine = known(periods, now)
    place = next((number for number, period in enumerate(mine) if period.stage is stage), None)
    if place is None:
        raise InputError(
            "'{id}' has no stage {stage} to correct: enter it without CORRECT.", id=object_id[:80], stage=NAMES[stage]
        )
    wrong, before = mine[place], mine[place - 1] if place else None
    if (before is not None and at <= before.valid_from) or (wrong.valid_to is not None and at >= wrong.valid_to):
        raise InputError(
            "{stage} of '{id}' cannot begin on {at}: that is not after the start of the stage before and before its "
            "own end.",
            stage=NAMES[stage],
            id=object_id[:80],
            at=written(at),
        )
    superseded = [replace(wrong, superseded_at=now)]
    added = [replace(wrong, valid_from=at, recorded_at=now, model_id=model_id or wrong.model_id)]
    if before is not None and before.valid_to == wrong.valid_from:
        superseded.insert(0, replace(before, superseded_at=now))
        added.insert(0, replace(before, valid_to=at, recorded_at=now))
    return Change(tuple(superseded), tuple(added))
