"""Rain on the roofs of buildings: storage on roofs, downpipes, and the cells beside buildings that are cut out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ...common.errors import InputError
from ...common.messages import Message
from ..process import Domain, Process, ProcessField, Role, RunningProcess, WiderCells
from ..roof_water import TO_DRAINS
from ..roofs.rain import RUNOFF, TAKEN, RunningRoofs
from ..roofs.runoff import Downpipe, RoofRunoff
from ..surface import POROSITY, Surface
from .rain import RAIN_M3

MOST_STORAGE_MM = 1000.0


@dataclass(frozen=True)
class Roofs(Process):
    """Roofs of a run.

    Attributes
    ----------
    storage_mm : float
        Rain that each roof holds back before it runs off.
    downpipes : sequence of Downpipe
        A building with several shares its rain equally among them; one without lets it run off beside it.
    """

    storage_mm: float = 0.0
    downpipes: tuple[Downpipe, ...] = ()

    FIELDS = (
        RAIN_M3,
        ProcessField("roof_storage_mm", "mm", Role.READS, "rain that roofs hold back before they run off"),
        ProcessField("downpipes", "", Role.READS, "number of downpipes"),
        ProcessField(TAKEN, "m³", Role.TAKES, "rain that roofs with storage or downpipes took"),
        ProcessField("downpipes_to_drains", "", Role.READS, "number of those that lead into the drains"),
        ProcessField(RUNOFF, "m³", Role.ADDS, "what these roofs gave to the ground, and to the drains"),
        ProcessField(TO_DRAINS, "m³", Role.TAKES, "the part of it that downpipes led into the drains"),
    )
    SOURCE = "Water conservation: what falls on a roof and is not held back reaches the ground in the same step."

    def __post_init__(self) -> None:
        if not (math.isfinite(self.storage_mm) and 0 <= self.storage_mm <= MOST_STORAGE_MM):
            raise InputError(
                "The storage of roofs must be from 0 to {most:g} mm, not {mm:g}.",
                most=MOST_STORAGE_MM,
                mm=self.storage_mm,
            )

    def check(self, surface: Surface) -> None:
        rows, columns = surface.bed.values.shape
        known = set() if surface.buildings is None else set(np.unique(surface.buildings).tolist())
        for pipe in self.downpipes:
            if not (0 <= pipe.row < rows and 0 <= pipe.column < columns and pipe.building in known):
                raise InputError("A downpipe lies outside the terrain or belongs to no building.")

    def warnings(self, surface: Surface) -> Iterable[Message]:
        if (self.storage_mm or self.downpipes) and surface.buildings is None:
            yield Message("Without BUILDINGS there are no roofs: ROOF_STORAGE_MM and DOWNPIPES have no effect.")

    def settings(self) -> dict[str, float]:
        to_drains = sum(bool(pipe.node) for pipe in self.downpipes)
        return {
            "roof_storage_mm": self.storage_mm,
            "downpipes": len(self.downpipes),
            "downpipes_to_drains": to_drains,
        }

    def coarsened(self, wide: WiderCells) -> Roofs:
        """The first look lets the rain run off beside the buildings."""
        return replace(self, downpipes=())

    def start(self, domain: Domain) -> RunningProcess | None:
        terrain = domain.terrain
        led = self.storage_mm or self.downpipes or terrain.buildings_as == POROSITY
        if led and terrain.buildings is not None:
            return RoofRunoff(self.storage_mm, self.downpipes, domain)
        return RunningRoofs(domain) if len(terrain.roof_cells) else None
