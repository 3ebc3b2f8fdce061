"""Gates between stages: the documents and checks without which an object does not enter a stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..common.errors import InputError
from ..common.messages import Message
from .periods import NAMES, Stage
from .words import stage_of

STATES = ("work in progress", "shared", "published", "archived")
"""States of a document in its container, in their order (as in ISO 19650)."""
STATE_NAMES = {
    "work in progress": Message("work in progress"),
    "shared": Message("shared"),
    "published": Message("published"),
    "archived": Message("archived"),
}
PASSED, FAILED, NOTE = "check passed", "check failed", "note"
DOCUMENT, CHECK = "document", "check"


@dataclass(frozen=True)
class Demand:
    """A document or check that a gate asks for.

    Attributes
    ----------
    kind : str
        document or check.
    least_state : str
        Of a document, one of `STATES`.
    """

    stage: Stage
    kind: str
    name: str
    least_state: str = "published"


@dataclass(frozen=True)
class Document:
    """A document of an object; `sha256` and `path` of its file, "" where none is known."""

    object_id: str
    name: str
    state: str
    revision: str = ""
    sha256: str = ""
    path: str = ""


@dataclass(frozen=True)
class Event:
    """What happened to an object; of a check, its name is the note."""

    object_id: str
    kind: str
    time: datetime
    note: str = ""


def demand(stage: str, kind: str, name: str, least_state: str = "") -> Demand:
    """A demand from the row of a table.

    Raises
    ------
    InputError
        Where a word of the row is none that is known.
    """
    found = stage_of(stage)
    stages = [item.value for item in Stage]
    for word, words, column in (
        (found.value if found is not None else stage, stages, "stage"),
        (kind, (DOCUMENT, CHECK), "kind"),
        (least_state or "published", STATES, "least_state"),
    ):
        if word not in words:
            raise InputError(
                "The table of gates has '{word}' in its column {column}, which takes {words}.",
                word=word[:40],
                column=column,
                words=", ".join(words),
            )
    if not name:
        raise InputError("The table of gates has a row without the name of the document or check.")
    return Demand(Stage(found or stage), kind, name, least_state or "published")


def unmet(
    demands: Iterable[Demand], object_id: str, stage: Stage, documents: Iterable[Document], events: Iterable[Event]
) -> list[Message]:
    """What is missing for an object to enter a stage, a phrase for each."""
    mine = [document for document in documents if document.object_id == object_id]
    checks: dict[str, Event] = {}
    for event in sorted((e for e in events if e.object_id == object_id), key=lambda event: event.time):
        if event.kind in (PASSED, FAILED):
            checks[event.note] = event
    missing = []
    for asked in demands:
        if asked.stage is not stage:
            continue
        if asked.kind == CHECK:
            last = checks.get(asked.name)
            if last is None:
                missing.append(Message("the check '{name}' was not made", name=asked.name[:60]))
            elif last.kind == FAILED:
                missing.append(Message("the check '{name}' failed", name=asked.name[:60]))
            continue
        reached = [document.state for document in mine if document.name == asked.name]
        if not reached:
            missing.append(Message("the document '{name}' is missing", name=asked.name[:60]))
        elif _rank(best := max(reached, key=_rank)) < _rank(asked.least_state):
            missing.append(
                Message(
                    "the document '{name}' is {state}, not {least}",
                    name=asked.name[:60],
                    state=STATE_NAMES.get(best, best[:40]),
                    least=STATE_NAMES[asked.least_state],
                )
            )
    return missing


class Gates:
    """What the gates ask for, and what is on record of each object."""

    def __init__(self, demands: Iterable[Demand], documents: Iterable[Document], events: Iterable[Event]) -> None:
        self.demands = tuple(demands)
        self._documents = defaultdict[str, list[Document]](list)
        self._events = defaultdict[str, list[Event]](list)
        for document in documents:
            self._documents[document.object_id].append(document)
        for event in events:
            self._events[event.object_id].append(event)

    def missing(self, object_id: str, stage: Stage) -> list[Message]:
        """What is missing for an object to enter a stage, as `unmet`."""
        mine = self._documents.get(object_id, ()), self._events.get(object_id, ())
        return unmet(self.demands, object_id, stage, *mine)

    def asks(self, stage: Stage) -> bool:
        """Whether the gate of a stage asks for anything."""
        return any(asked.stage is stage for asked in self.demands)


def require_state(state: str) -> None:
    """Check the state of a document.

    Raises
    ------
    InputError
    """
    if state not in STATES:
        raise InputError(
            "'{state}' is no state of a document: write {states}.", state=state[:40], states=", ".join(STATES)
        )


def require_met(object_id: str, stage: Stage, missing: list[Message]) -> None:
    """Refuse a stage whose gate is not met.

    Raises
    ------
    InputError
        With all that is missing.
    """
    if missing:
        raise InputError(
            "'{id}' cannot enter {stage}: {missing}.",
            id=object_id[:80],
            stage=NAMES[stage],
            missing=Message.joined(missing, "; "),
        )


def _rank(state: str) -> int:
    return STATES.index(state) if state in STATES else -1
