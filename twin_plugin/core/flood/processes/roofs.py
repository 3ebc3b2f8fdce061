"""Rain on the roofs of buildings that are cut out as walls: it falls on the nearest free cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..process import Domain, Process, RunningProcess, Step
from .rain import RAIN_M3


@dataclass(frozen=True)
class Roofs(Process):
    """Roofs that hold nothing back; `terrain` says which cells get how much."""

    FIELDS = (RAIN_M3,)
    SOURCE = "Water conservation: what falls on a roof reaches the nearest free cell in the same step."

    def start(self, domain: Domain) -> RunningProcess | None:
        return RunningRoofs(domain) if len(domain.terrain.roof_cells) else None


class RunningRoofs(RunningProcess):
    """The step's rain on roof cells, added to the cells beside the walls."""

    def __init__(self, domain: Domain) -> None:
        from ..schemes.addition_kernels import add_weighted, change_depths

        self._domain, self._add_weighted, self._change_depths = domain, add_weighted, change_depths
        self._cells, self._weights = domain.terrain.roof_cells, domain.terrain.roof_weights
        self._moved_m = np.zeros(len(self._cells))

    def add(self, step: Step) -> None:
        scheme, ledger = self._domain.scheme, self._domain.ledger
        if step.rain_cells_m is not None:
            rain_m = self._weights * step.rain_cells_m[self._cells]
            self._change_depths(scheme.depth_m, scheme.low_m, self._cells, rain_m, self._moved_m)
            ledger.added["rain_m3"] += float(self._moved_m.sum()) * self._domain.cell_m2
        elif step.rain_m:
            fallen = self._add_weighted(
                scheme.depth_m, scheme.low_m, self._cells, self._weights, np.float32(step.rain_m)
            )
            ledger.added["rain_m3"] += fallen * self._domain.cell_m2
