"""Rain that differs from place to place: of gauges, of a series of rasters, of a storm that moves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.cells import Cells
from ...common.errors import InputError
from ..process import Domain, Process, ProcessField, Role, RunningProcess, Step, WiderCells
from ..rain.rain_field import Ground, RainField
from ..schemes.array_layout import F32
from ..surface import Surface
from .rain import RAIN_M3


@dataclass(frozen=True)
class SpatialRain(Process):
    """Rain that differs from place to place; `field` says how, None that there is none."""

    field: RainField | None = None

    FIELDS = (
        ProcessField("rain_field", "", Role.READS, "where the rain of each cell comes from: gauges, rasters, a storm"),
        RAIN_M3,
    )
    SOURCE = (
        "Thiessen 1911; Shepard 1968, doi:10.1145/800186.810616 (power 2); rasters by the pixel of a cell's centre."
    )

    def check(self, surface: Surface) -> None:
        if self.field is not None and not _same_place(self.field.cells, surface.bed.cells):
            raise InputError("The cells of the rain must be those of the terrain.")

    def settings(self) -> dict[str, Any]:
        if self.field is None:
            return {"rain_field": ""}
        return {"rain_field": self.field.kind, "areal_factor": self.field.areal_factor}

    def coarsened(self, wide: WiderCells) -> SpatialRain:
        return self if self.field is None else replace(self, field=self.field.on(wide.grid.cells))

    def start(self, domain: Domain) -> RunningProcess | None:
        return None if self.field is None else RunningSpatialRain(self.field, domain)


GATHERED_STEPS, GATHERED_S = 4, 20.0
"""Uneven rain comes with each fourth step, that of four steps at once, or of 20 s: some hundredths of a millimetre. In
every step it would take two fifths of the sweep's time (500 x 500 cells)."""


class RunningSpatialRain(RunningProcess):
    """Rain of each cell in amounts of some time steps; where they are even, the sweep gives them to the depths."""

    bound_to_clock = True

    def __init__(self, field: RainField, domain: Domain) -> None:
        from ..rain.rain_kernels import add_rain

        terrain = domain.terrain
        self._domain, self._add_rain = domain, add_rain
        self._falling = field.start(Ground(terrain.layout, terrain.bed_m, terrain.data, terrain.wet, domain.start_s))
        self._rain_m = terrain.layout.zeros()
        self._area_m2 = terrain.rained_cells * domain.cell_m2
        self._fallen_s, self._waiting = domain.start_s, 0

    def evaluate(self, step: Step) -> None:
        soon = step.end_s + step.dt_s - self._fallen_s <= GATHERED_S
        may_wait = soon and self._waiting < GATHERED_STEPS - 1 and not self._is_output(step)
        if self._waiting and may_wait:
            self._wait(step)
            return
        even_m, ledger = self._falling.fall(self._fallen_s, step.end_s), self._domain.ledger
        if even_m is None and may_wait:
            self._wait(step)
            return
        self._fallen_s, self._waiting = step.end_s, 0
        if even_m is None:
            ledger.added["rain_m3"] += self._falling.spread(self._rain_m) * self._domain.cell_m2
            step.rain_cells_m = self._rain_m
        else:
            self._falling.give_evenly()
            step.rain_m = even_m
            ledger.added["rain_m3"] += even_m * self._area_m2

    def _wait(self, step: Step) -> None:
        self._waiting += 1
        step.rain_waits = True

    def _is_output(self, step: Step) -> bool:
        """Whether a step ends at an output time, whose account has all rain until then."""
        domain = self._domain
        start_s, end_s = step.start_s - domain.start_s, step.end_s - domain.start_s
        next_s = (math.floor(start_s / domain.output_step_s + 1e-9) + 1) * domain.output_step_s
        return min(next_s, domain.duration_s) - end_s < 1e-9 * domain.duration_s

    def add(self, step: Step) -> None:
        if step.rain_cells_m is not None:
            scheme = self._domain.scheme
            self._add_rain(scheme.depth_m, scheme.low_m, scheme.bed_m, step.rain_cells_m)
            step.deepest_m += self._falling.most_m

    def outcome(self) -> F32:
        """Millimetres that fell on each cell, shape (rows, columns); NaN where there is no height."""
        return np.where(self._domain.terrain.data, self._falling.fallen_mm(), np.float32(np.nan))

    def figures(self) -> Mapping[str, Any]:
        totals = self._falling.totals()
        return {"rain_mm": totals.mean_mm, "rain_min_mm": totals.least_mm, "rain_max_mm": totals.most_mm}

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {**self._falling.state(), "fallen_s": np.array([self._fallen_s, self._waiting])}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self._falling.restore(state)
        self._fallen_s, self._waiting = float(state["fallen_s"][0]), int(state["fallen_s"][1])


def _same_place(one: Cells, other: Cells) -> bool:
    here, there = ((cells.west, cells.north, cells.width, cells.rows, cells.columns) for cells in (one, other))
    return bool(np.allclose(here, there, rtol=0, atol=1e-6 * other.width))
