"""Rain on the roofs of buildings that are cut out: it falls on the nearest free cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..process import Domain, RunningProcess, Step

TAKEN, RUNOFF = "roof_taken_m3", "roof_runoff_m3"
"""Volumes of roofs with storage or downpipes: what they take, and what they give to the ground."""
Vector = NDArray[np.float64]


class RunningRoofs(RunningProcess):
    """The step's rain on roof cells that are cut out, added to the cells beside the walls."""

    def __init__(self, domain: Domain) -> None:
        from ..schemes.addition_kernels import add_weighted, change_depths

        self._domain, self._add_weighted, self._change_depths = domain, add_weighted, change_depths
        self._cells, self._weights = domain.terrain.roof_cells, domain.terrain.roof_weights
        self._sources, self._place = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._due_m, self._given_m = np.zeros(len(self._cells)), np.zeros(len(self._cells))

    def add(self, step: Step) -> None:
        if step.rain_cells_m is not None or step.roof_held_m is not None:
            self._add_each(step)
        elif step.rain_m:
            scheme, ledger = self._domain.scheme, self._domain.ledger
            fallen = self._add_weighted(
                scheme.depth_m, scheme.low_m, self._cells, self._weights, np.float32(step.rain_m)
            )
            ledger.added["rain_m3"] += fallen * self._domain.cell_m2

    def _add_each(self, step: Step) -> None:
        """Rain that differs from roof cell to roof cell: what is too little for float32 is added later."""
        if not len(self._sources):
            self._sources, targets = self._domain.terrain.roof_targets()
            self._place = np.searchsorted(self._cells, targets)
        rain_m, held_m = roof_rain(step, self._sources)
        self._due_m += np.bincount(self._place, rain_m - held_m, len(self._cells))
        scheme, ledger = self._domain.scheme, self._domain.ledger
        amounts = self._due_m.astype(np.float32)
        deepest = self._change_depths(scheme.depth_m, scheme.low_m, self._cells, amounts, self._given_m)
        self._due_m -= self._given_m
        step.deepest_m = max(step.deepest_m, float(deepest))
        ledger.added["rain_m3"] += (float(self._given_m.sum()) + float(held_m.sum())) * self._domain.cell_m2

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"due_m": self._due_m.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        if state["due_m"].shape == self._due_m.shape:  # else the roofs are others, and what is due is lost
            self._due_m[:] = state["due_m"]


def roof_rain(step: Step, sources: NDArray[np.int64]) -> tuple[Vector, Vector]:
    """Rain of a step on roof cells, and what green roofs kept of it, m."""
    rain_m = np.full(len(sources), step.rain_m)
    if step.rain_cells_m is not None:
        rain_m = rain_m + step.rain_cells_m[sources]
    held_m = np.zeros(len(sources)) if step.roof_held_m is None else step.roof_held_m[sources].astype(np.float64)
    return rain_m, held_m
