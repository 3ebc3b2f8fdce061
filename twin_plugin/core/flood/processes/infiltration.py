"""Infiltration into the ground at a constant rate."""

from __future__ import annotations

from dataclasses import dataclass

from ...common.errors import InputError
from ..process import Domain, EvenLoss, Process, ProcessField, Role, RunningProcess


@dataclass(frozen=True)
class Infiltration(Process):
    """What the ground takes while there is water on it."""

    infiltration_mm_h: float = 0.0

    FIELDS = (
        ProcessField("infiltration_mm_h", "mm/h", Role.READS, "taken from wet cells, except from buildings"),
        ProcessField("infiltration_m3", "m³", Role.TAKES, "water that the ground took"),
    )
    SOURCE = "A constant rate: the final capacity of Horton (1933), doi:10.1029/TR014i001p00446."

    def __post_init__(self) -> None:
        if self.infiltration_mm_h < 0:
            raise InputError("Infiltration must not be negative (mm/h).")

    def start(self, domain: Domain) -> RunningProcess | None:
        return EvenLoss("infiltration_m3", self.infiltration_mm_h) if self.infiltration_mm_h else None
