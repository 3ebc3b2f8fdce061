"""Infiltration by classes of ground in a run: the state of each cell, and what it takes in each step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..process import Domain, RunningProcess, Step
from . import infiltration_kernels as kernels
from .ground_infiltration import OTHERS, GroundInfiltration
from .methods import Method

KERNELS = {Method.GREEN_AMPT: kernels.green_ampt, Method.HORTON: kernels.horton, Method.CURVE_NUMBER: kernels.curve}
STATES = {Method.GREEN_AMPT: 4, Method.HORTON: 1, Method.CURVE_NUMBER: 5}
"""Numbers of each cell by method; the kernels say what they are."""
EVEN = np.zeros(0, np.float32)


class RunningGround(RunningProcess):
    """Takes from every wet cell with pervious ground, at most what is there, after each sweep."""

    def __init__(self, settings: GroundInfiltration, domain: Domain) -> None:
        terrain = domain.terrain
        shares = np.array([each.pervious for each in settings.classes])
        there = terrain.wet & ~terrain.roofs & (settings.cells >= 0)
        there &= shares[settings.cells] > 0
        row, column = np.nonzero(there)
        self._cells, self._there, self._domain = terrain.layout.index(row, column), there, domain
        self._kinds = settings.cells[there].astype(np.int32)
        self._names = settings.part_names
        places = {name: place for place, name in enumerate(self._names)}
        parts = np.array([places.get(each.part, places.get(OTHERS, 0)) for each in settings.classes])
        numbers = np.array([each.loss.numbers for each in settings.classes])
        self._classes = numbers, shares, parts.astype(np.int64)
        self._kernel, self._state = KERNELS[settings.method], _dry(settings.method, numbers[self._kinds])
        self._taken_m = np.zeros(len(self._cells))
        self._sums = np.zeros((-(-len(self._cells) // kernels.CHUNK), len(self._names)))

    def evaluate(self, step: Step) -> None:
        step.takes_films = True

    def exchange(self, step: Step) -> None:
        scheme, ledger = self._domain.scheme, self._domain.ledger
        rain_cells = EVEN if step.rain_cells_m is None else step.rain_cells_m
        self._kernel(
            scheme.depth_m, scheme.low_m, self._cells, self._kinds, *self._classes, self._state, step.rain_m,
            rain_cells, step.dt_s, self._taken_m, self._sums,
        )  # fmt: skip
        volumes_m3 = (self._sums.sum(axis=0) * self._domain.cell_m2).tolist()
        parts = ledger.parts.get("infiltration_m3", {})
        for name, volume_m3 in zip(self._names, volumes_m3, strict=True):
            ledger.taken["infiltration_m3"] += volume_m3
            if name in parts:
                parts[name] += volume_m3

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"ground": self._state.copy(), "taken_m": self._taken_m.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self._state[:], self._taken_m[:] = state["ground"], state["taken_m"]

    def outcome(self) -> NDArray[np.float32]:
        """Millimetres that each cell took, averaged over its area, shape (rows, columns); NaN on walls and no data,
        0 where nothing infiltrates.
        """
        wet = self._domain.terrain.wet
        result = np.where(wet, np.float32(0.0), np.float32(np.nan))
        result[self._there] = 1000.0 * self._taken_m
        return result


def _dry(method: Method, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The state of each cell before any water, from what its class has, shape (states, cells)."""
    state = np.zeros((STATES[method], len(numbers)))
    if method is Method.GREEN_AMPT:
        state[2] = numbers[:, 2]
    elif method is Method.HORTON:
        state[0] = 1.0
    else:
        state[2] = state[3] = numbers[:, 0]
    return state
