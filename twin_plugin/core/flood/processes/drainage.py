"""Drains without a network: a capacity by area."""

from __future__ import annotations

from dataclasses import dataclass

from ...common.errors import InputError
from ..process import Domain, EvenLoss, Process, ProcessField, Role, RunningProcess


@dataclass(frozen=True)
class Drainage(Process):
    """What drains take everywhere while there is water."""

    drain_capacity_mm_h: float = 0.0

    FIELDS = (
        ProcessField("drain_capacity_mm_h", "mm/h", Role.READS, "taken from wet cells, except from buildings"),
        ProcessField("drained_m3", "m³", Role.TAKES, "water that the drains took"),
    )
    SOURCE = "A constant capacity by area, the design storm of the drains (GB 50014-2021); no network."

    def __post_init__(self) -> None:
        if self.drain_capacity_mm_h < 0:
            raise InputError("The drain capacity must not be negative (mm/h).")

    def start(self, domain: Domain) -> RunningProcess | None:
        return EvenLoss("drained_m3", self.drain_capacity_mm_h) if self.drain_capacity_mm_h else None
