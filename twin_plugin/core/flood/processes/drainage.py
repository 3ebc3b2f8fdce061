"""Drains without a network: a capacity by area, given as a rate or as the return period of their design storm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...common.errors import InputError
from ...common.grid import FloatArray
from ..constants import MM_H
from ..process import Domain, EvenLoss, Process, ProcessField, Role, RunningProcess, Step, WiderCells
from ..rainfall import Formula
from ..surface import Surface


def design_capacity_mm_h(formula: Formula, concentration_min: float, runoff_share: float) -> float:
    """What the drains of an area take that were designed for a storm, mm/h over the area.

    The rational method sizes pipes for psi q F, with q the intensity of a storm as long as the water needs to reach
    them (GB 50014-2021, 4.1): over the area F that is psi q.

    Parameters
    ----------
    formula : Formula
        Of the zone and return period.
    concentration_min : float
        Time of concentration, above 0.
    runoff_share : float
        Runoff coefficient psi, above 0 and at most 1.

    Raises
    ------
    InputError
        When one of them is out of its limits.
    """
    if not 0 < runoff_share <= 1:
        raise InputError(
            "The runoff coefficient of the drains must be above 0 and at most 1, not {share:g}.", share=runoff_share
        )
    if not concentration_min > 0:
        raise InputError("The time of concentration of the drains must be above 0 min.")
    return float(runoff_share * formula.depth_mm(concentration_min) / concentration_min * 60.0)


@dataclass(frozen=True)
class Drainage(Process):
    """What drains take everywhere while there is water.

    Attributes
    ----------
    drain_capacity_mm_h : float
        Where `cells_mm_h` says nothing.
    cells_mm_h : array, shape (rows, columns), or None
        Rate of each cell; NaN where the even one counts. None: the even one counts everywhere.
    """

    drain_capacity_mm_h: float = 0.0
    cells_mm_h: FloatArray | None = None

    FIELDS = (
        ProcessField("drain_capacity_mm_h", "mm/h", Role.READS, "taken from wet cells, except from buildings"),
        ProcessField("drain_capacity_mean_mm_h", "mm/h", Role.READS, "mean of all cells, with DRAIN_AREAS"),
        ProcessField("drained_m3", "m³", Role.TAKES, "water that the drains took"),
    )
    SOURCE = "A constant capacity by area, the design storm of the drains (GB 50014-2021); no network."

    def __post_init__(self) -> None:
        low = self.drain_capacity_mm_h
        if self.cells_mm_h is not None:
            low = min(low, float(np.fmin.reduce(self.cells_mm_h, axis=None)))
        if low < 0:
            raise InputError("The drain capacity must not be negative (mm/h).")

    def check(self, surface: Surface) -> None:
        if self.cells_mm_h is not None and self.cells_mm_h.shape != surface.bed.values.shape:
            raise InputError("The drain capacity must have the cells of the terrain.")

    def settings(self) -> dict[str, Any]:
        even = {"drain_capacity_mm_h": self.drain_capacity_mm_h}
        rates = self.rates_mm_h
        return even if rates is None else {**even, "drain_capacity_mean_mm_h": float(rates.mean())}

    @property
    def rates_mm_h(self) -> FloatArray | None:
        """The rate of every cell; None where it is the even one."""
        if self.cells_mm_h is None:
            return None
        return np.where(np.isnan(self.cells_mm_h), self.drain_capacity_mm_h, self.cells_mm_h)

    def coarsened(self, wide: WiderCells) -> Process | None:
        return self if self.cells_mm_h is None else replace(self, cells_mm_h=wide.mean_of(self.cells_mm_h))

    def start(self, domain: Domain) -> RunningProcess | None:
        rates = self.rates_mm_h
        if rates is not None:
            return DrainedAreas(rates, domain)
        return EvenLoss("drained_m3", self.drain_capacity_mm_h) if self.drain_capacity_mm_h else None


class DrainedAreas(RunningProcess):
    """Takes water from each cell at its own rate, buildings left out, and never more than there is."""

    def __init__(self, rates_mm_h: FloatArray, domain: Domain) -> None:
        from ..schemes.addition_kernels import change_depths

        there = domain.terrain.wet & ~domain.terrain.roofs & (rates_mm_h > 0)
        row, column = np.nonzero(there)
        self._domain, self._change = domain, change_depths
        self._drained = domain.terrain.layout.index(row, column)
        self._rate_ms = (rates_mm_h[there] * MM_H).astype(np.float64)
        self._moved_m = np.zeros(len(self._drained))

    def add(self, step: Step) -> None:
        scheme = self._domain.scheme
        taken_m = (-self._rate_ms * step.dt_s).astype(np.float32)
        self._change(scheme.depth_m, scheme.low_m, self._drained, taken_m, self._moved_m)
        self._domain.ledger.taken["drained_m3"] -= float(self._moved_m.sum()) * self._domain.cell_m2
