"""What is on record of one object of a twin base: its stages with corrections, documents, checks, and its gate."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.lifecycle.gates import FAILED, PASSED, Demand, Document, Event, unmet
from ...core.lifecycle.periods import Period, moment
from ...core.lifecycle.store import period
from ...core.lifecycle.tables import DOCUMENT, LIFECYCLE_EVENT, LIFECYCLE_STAGE
from .stores import BasePlace, open_life


@dataclass(frozen=True)
class LifeRecord:
    """The records of an object.

    Attributes
    ----------
    periods : tuple of Period
        All that was ever recorded, by start and time of record.
    documents, events, demands : tuple
        Its documents and events, and what all gates ask for.
    """

    object_id: str
    periods: tuple[Period, ...] = ()
    documents: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    demands: tuple[Demand, ...] = ()

    @property
    def checks(self) -> tuple[Event, ...]:
        """The last result of each check, by its name."""
        last = {event.note: event for event in self.events if event.kind in (PASSED, FAILED)}
        return tuple(last[name] for name in sorted(last))

    def gate(self, stage: str) -> list[tuple[Demand, bool]]:
        """What the gate of a stage asks for, and whether it is there."""
        asked = [demand for demand in self.demands if demand.stage.value == stage]
        return [(one, not unmet((one,), self.object_id, one.stage, self.documents, self.events)) for one in asked]


def read_life(place: BasePlace, object_id: str) -> LifeRecord:
    """What a base has on record of an object; for any thread.

    Raises
    ------
    TwinError
        When the base cannot be read.
    """
    store = open_life(place)
    try:
        periods = [period(*row) for row in store.rows(LIFECYCLE_STAGE, object_id)]
        documents = [Document(*row) for row in store.rows(DOCUMENT, object_id)]
        events = [
            Event(identity, kind, moment(time, "lifecycle_event"), note)
            for identity, kind, time, note in store.rows(LIFECYCLE_EVENT, object_id)
        ]
        return LifeRecord(
            object_id,
            tuple(sorted(periods, key=lambda item: (item.valid_from, item.recorded_at))),
            tuple(documents),
            tuple(sorted(events, key=lambda event: event.time)),
            tuple(store.demands()),
        )
    finally:
        store.close()
