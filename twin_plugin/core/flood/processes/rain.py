"""Rain on every cell of the terrain, from a table of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..process import Domain, Process, ProcessField, Role, RunningProcess, Step
from ..rainfall_series import RainSeries
from ..timeline import Timeline

RAIN_M3 = ProcessField("rain_m3", "m³", Role.ADDS, "rain on the terrain and on roofs")


@dataclass(frozen=True)
class Rain(Process):
    """Rain that falls evenly within each step.

    Attributes
    ----------
    steps : sequence of (end_min, depth_mm)
        In order; a step lasts from the end of the one before (or 0) to its own end.
    areal_factor : float
        That the steps already have: their share of a point's rain.
    """

    steps: Sequence[tuple[float, float]] = ()
    areal_factor: float = 1.0

    FIELDS = (
        ProcessField("rain_mm", "mm", Role.READS, "depth of the whole storm; its table has the steps"),
        ProcessField("rain_min_mm", "mm", Role.READS, "least depth on a cell: the same, as the rain is even"),
        ProcessField("rain_max_mm", "mm", Role.READS, "largest depth on a cell: the same, as the rain is even"),
        ProcessField("areal_factor", "", Role.READS, "share of a point's rain that the storm's depths have"),
        RAIN_M3,
    )
    SOURCE = "Depths from the user's table, interpolated in time; 'Design storm' writes one (Keifer and Chu 1957)."

    def __post_init__(self) -> None:
        if self.steps:
            RainSeries(*np.asarray(self.steps, float).T)  # which checks times and depths

    def settings(self) -> dict[str, Any]:
        total_mm = sum(depth for _, depth in self.steps)
        return {
            "rain_mm": total_mm,
            "rain_min_mm": total_mm,
            "rain_max_mm": total_mm,
            "areal_factor": self.areal_factor,
        }

    def start(self, domain: Domain) -> RunningProcess | None:
        return RunningRain(self, domain) if self.steps else None


class RunningRain(RunningProcess):
    """Rain in amounts of each time step, such that the float32 amounts sum up to the table's, however small each is."""

    bound_to_clock = True

    def __init__(self, rain: Rain, domain: Domain) -> None:
        times_s = [0.0, *(60.0 * end for end, _ in rain.steps)]
        self._depth_m = Timeline(times_s, [0.0, *np.cumsum([depth / 1000.0 for _, depth in rain.steps])])
        self._fallen_m = self._depth_m.at(domain.start_s)
        self._before_m = self._fallen_m
        self._ledger = domain.ledger
        self._area_m2 = domain.terrain.rained_cells * domain.cell_m2

    def outcome(self) -> float:
        """Millimetres that fell on every cell in this run."""
        return 1000.0 * (self._fallen_m - self._before_m)

    def evaluate(self, step: Step) -> None:
        amount = float(np.float32(self._depth_m.at(step.end_s) - self._fallen_m))
        if amount > 0.0:
            self._fallen_m += amount
            step.rain_m = amount
            self._ledger.added["rain_m3"] += amount * self._area_m2

    def state(self) -> dict[str, NDArray[Any]]:
        return {"fallen_m": np.array([self._fallen_m])}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self._fallen_m = self._before_m = float(state["fallen_m"][0])
