"""The table at the end of an assessment's log: what was read, left out and guessed, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ...core.common.messages import Message
from ...core.risk.assess import Assessment
from ...core.risk.ingress import THRESHOLD_M
from .risk_layers import BuildingsRead


@dataclass(frozen=True)
class Entry:
    """One kind of input: how many were read, left out and guessed, and why."""

    what: Message
    read: int
    left_out: int = 0
    guessed: int = 0
    why: str = ""

    def line(self) -> Message:
        """The entry as a line of the log."""
        return Message(
            "{what} | {read} | {left_out} | {guessed} | {why}",
            what=self.what,
            read=self.read,
            left_out=self.left_out,
            guessed=self.guessed,
            why=self.why,
        )


def ledger(
    read: BuildingsRead, assessment: Assessment, others: Iterable[Entry], without_data: int, dry: bool
) -> list[Message]:
    """The lines of the table.

    Parameters
    ----------
    read : BuildingsRead
    assessment : Assessment
    others : iterable of Entry
        Of storeys and openings.
    without_data : int
        Cells near the buildings that have no depth.
    dry : bool
        Whether those count as dry.
    """
    entries = [
        _footprints(read, assessment),
        Entry(
            Message("Cells of water near the buildings"),
            len(assessment.rings.built) - without_data,
            0 if dry else without_data,
            without_data if dry else 0,
            Message("no data counts as dry (NO_DATA)") if dry else Message("no data is unknown (NO_DATA)"),
        ),
        *_attributes(read, assessment),
        *others,
    ]
    head = Message("Input | read | left out | guessed | why")
    return [head, *(entry.line() for entry in entries)]


def _footprints(read: BuildingsRead, assessment: Assessment) -> Entry:
    unknown = int(np.isnan(assessment.columns["risk_class"]).sum())
    why = Message("no footprint, off the water or no data around: see the field reason") if unknown else ""
    return Entry(Message("Buildings"), len(read.buildings) - unknown, unknown, 0, why)


def _attributes(read: BuildingsRead, assessment: Assessment) -> Iterable[Entry]:
    buildings, uses = read.buildings, read.uses
    count = len(buildings)
    floors = int(np.isfinite(buildings.ground_floor_m).sum())
    yield Entry(
        Message("Ground floors"),
        floors,
        read.refused("ground_floor_elev_m"),
        count - floors,
        Message("an unknown one is {height:g} m above the ground outside", height=THRESHOLD_M)
        if floors < count
        else "",
    )
    found = int(sum(uses.by_field.values()))
    fields = ", ".join(f"{name} {n}" for name, n in uses.by_field.items())
    words = ", ".join(f"{text} {n}" for text, n in sorted(uses.unknown.items(), key=lambda item: -item[1])[:8])
    yield Entry(
        Message("Uses"),
        found,
        0,
        count - found,
        Message(
            "by field: {fields}; no known use: {words}; unknown ones count as residential",
            fields=fields or "-",
            words=words or "-",
        ),
    )
    people, given = assessment.columns["people"], int(np.isfinite(buildings.people).sum())
    yield Entry(
        Message("People"),
        given,
        read.refused("people"),
        int(np.isfinite(people).sum()) - given,
        Message("guessed by use and floor area"),
    )
