"""What twin:advancestage joins: objects, the life cycle in a twin base, and what gates ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.lifecycle.gates import require_met, unmet
from ...core.lifecycle.periods import Period, Stage, known, written
from ...core.lifecycle.periods import advance as enter
from ...core.lifecycle.periods import correct as move
from ...core.lifecycle.store import LifecycleStore, new_events
from ..kernel.translation import localized


@dataclass(frozen=True)
class Wish:
    """The stage that objects are to enter.

    Attributes
    ----------
    correct : bool
        Whether the date of a stage that they have entered already is corrected.
    """

    ids: Sequence[str]
    stage: Stage
    at: datetime
    now: datetime
    correct: bool = False
    model_id: str = ""


@dataclass(frozen=True)
class Advanced:
    """A row for each object, and how many entered the stage."""

    rows: list[tuple[None, dict[str, Any]]]
    entered: int
    warnings: list[Message]


def advance_objects(path: Path, wish: Wish, progress: Progress) -> Advanced:
    """Let objects enter a stage; those whose gate is not met, or whose dates do not allow it, stay where they are.

    All changes of the run are one transaction.

    Raises
    ------
    InputError
        When none of the objects may enter the stage, with the first reason.
    ResourceError
        When the twin base cannot be written.
    """
    store = LifecycleStore(path, progress)
    try:
        _require_known(store, wish.ids, path)
        with store.changing() as write:
            return _advance(store, wish, write, progress)
    finally:
        store.close()


def _advance(store: LifecycleStore, wish: Wish, write: Any, progress: Progress) -> Advanced:
    by_object = defaultdict[str, list[Period]](list)
    for item in store.periods():
        by_object[item.object_id].append(item)
    demands, documents, events = store.demands(), store.documents(), store.events()
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
                require_met(identity, wish.stage, unmet(demands, identity, wish.stage, documents, events))
        except InputError as error:
            refusals.append(error)
            row["reason"] = localized(error)
        else:
            write(change, [] if wish.correct else new_events(change))
            row["entered"] = True
        rows.append((None, row))
    if refusals and len(refusals) == len(rows):
        raise refusals[0]
    return Advanced(rows, len(rows) - len(refusals), [error.message for error in refusals])


def _require_known(store: LifecycleStore, ids: Sequence[str], path: Path) -> None:
    """Check that there are objects, and that the base knows them where it has buildings."""
    if not ids:
        raise InputError("No object was given: select buildings in OBJECTS, or write their ids into IDS.")
    there = store.object_ids()
    strangers = sorted(set(ids) - there) if there else []
    if strangers:
        raise InputError(
            "{n} of the objects are no buildings of '{path}', such as '{id}': choose the layer building of that twin "
            "base, and its field id.",
            n=len(strangers),
            path=path,
            id=strangers[0][:80],
        )
