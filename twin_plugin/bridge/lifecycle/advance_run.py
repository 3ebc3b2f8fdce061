"""What twin:advancestage joins: objects, the life cycle in a twin base, and what gates ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.lifecycle.gates import NOTE, Event, Gates, require_met
from ...core.lifecycle.periods import Period, Stage, known, written
from ...core.lifecycle.periods import advance as enter
from ...core.lifecycle.periods import correct as move
from ...core.lifecycle.store import LifecycleStore, Writer, new_events
from ..kernel.translation import localized
from .stores import BasePlace, open_life


@dataclass(frozen=True)
class Wish:
    """The stage that objects are to enter.

    Attributes
    ----------
    correct : bool
        Whether the date of a stage that they have entered already is corrected.
    note : str
        What is remembered with it, as an event of each object that enters the stage.
    """

    ids: Sequence[str]
    stage: Stage
    at: datetime
    now: datetime
    correct: bool = False
    model_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class Advanced:
    """A row for each object, and how many entered the stage."""

    rows: list[tuple[None, dict[str, Any]]]
    entered: int
    warnings: list[Message]


def advance_objects(place: BasePlace, wish: Wish, progress: Progress) -> Advanced:
    """Let objects enter a stage; those whose gate is not met, or whose dates do not allow it, stay where they are.

    All changes of the run are one transaction.

    Raises
    ------
    InputError
        When none of the objects may enter the stage, with the first reason.
    ResourceError
        When the twin base cannot be written.
    """
    store = open_life(place, progress)
    try:
        require_known(store, wish.ids)
        with store.changing() as write:
            return _advance(store, wish, write, progress)
    finally:
        store.close()


def _advance(store: LifecycleStore, wish: Wish, write: Writer, progress: Progress) -> Advanced:
    by_object = defaultdict[str, list[Period]](list)
    for item in store.periods():
        by_object[item.object_id].append(item)
    gates = Gates(store.demands(), store.documents(), store.events())
    rows, refusals = list[tuple[None, dict[str, Any]]](), list[InputError]()
    for number, identity in enumerate(dict.fromkeys(wish.ids)):
        advance(progress, number / max(len(wish.ids), 1))
        mine = by_object[identity]
        before = next((item.stage.value for item in reversed(known(mine, wish.now))), "")
        row: dict[str, Any] = {
            "object_id": identity, "before": before, "stage": wish.stage.value, "valid_from": written(wish.at),
            "entered": False,
        }  # fmt: skip
        try:
            if wish.correct:
                change = move(mine, identity, wish.stage, wish.at, wish.now, wish.model_id)
            else:
                change = enter(mine, identity, wish.stage, wish.at, wish.now, wish.model_id)
                require_met(identity, wish.stage, gates.missing(identity, wish.stage))
        except InputError as error:
            refusals.append(error)
            row["reason"] = localized(error)
        else:
            write.change(change)
            write.add_events([] if wish.correct else new_events(change))
            if wish.note:
                write.add_events([Event(identity, NOTE, wish.at, wish.note)])
            row["entered"] = True
        rows.append((None, row))
    if refusals and len(refusals) == len(rows):
        raise refusals[0]
    return Advanced(rows, len(rows) - len(refusals), [error.message for error in refusals])


def require_known(store: LifecycleStore, ids: Sequence[str]) -> None:
    """Check that there are objects, and that the base knows them where it has buildings.

    Raises
    ------
    InputError
    """
    if not ids:
        raise InputError("No object was given: select buildings in OBJECTS, or write their ids into IDS.")
    there = store.object_ids()
    strangers = sorted(set(ids) - there) if there else []
    if strangers:
        raise InputError(
            "{n} of the objects are no buildings of {name}, such as '{id}': choose the layer building of that twin "
            "base, and its field id.",
            n=len(strangers),
            name=store.name,
            id=strangers[0][:80],
        )
