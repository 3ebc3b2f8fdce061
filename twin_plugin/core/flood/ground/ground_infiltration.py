"""Infiltration by classes of soil and land cover, as a process of a flood run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.grid import FloatArray
from ...common.messages import Message
from ..process import Domain, Process, ProcessField, Role, RunningProcess, Step, WiderCells
from ..surface import Surface
from .methods import CurveNumber, GreenAmpt, Horton, Loss, Method

METHODS: dict[type, Method] = {
    GreenAmpt: Method.GREEN_AMPT,
    Horton: Method.HORTON,
    CurveNumber: Method.CURVE_NUMBER,
}
MOST_PARTS = 20
"""The account has so many soils at most; those beyond are in one part."""
OTHERS = "others"
KERNELS = {Method.GREEN_AMPT: "green_ampt", Method.HORTON: "horton", Method.CURVE_NUMBER: "curve"}
"""Functions of `infiltration_kernels`."""
STATES = {Method.GREEN_AMPT: 4, Method.HORTON: 1, Method.CURVE_NUMBER: 5}
"""Numbers of each cell by method; the kernels say what they are."""
EVEN = np.zeros(0, np.float32)


@dataclass(frozen=True)
class GroundClass:
    """A combination of soil and land cover.

    Attributes
    ----------
    part : str
        Under which the account has what it takes: a soil.
    loss : GreenAmpt, Horton or CurveNumber
        All classes of a run have the same kind.
    pervious : float
        Share of the area that takes water, 0 to 1.
    """

    part: str
    loss: Loss
    pervious: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.pervious <= 1:
            raise InputError(
                "The impervious share of a land cover must be from 0 to 1, not {share:g}.", share=1.0 - self.pervious
            )


@dataclass(frozen=True)
class GroundInfiltration(Process):
    """What the ground takes, class by class; the rest of a cell's area and buildings take none.

    Attributes
    ----------
    classes : sequence of GroundClass
    cells : int array, shape (rows, columns)
        Place of each cell's class; -1 where none takes water.
    """

    classes: tuple[GroundClass, ...] = ()
    cells: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 0), np.int32))

    FIELDS = (
        ProcessField("infiltration_method", "", Role.READS, "how the ground takes water: greenampt, horton or scs"),
        ProcessField("infiltration_m3", "m³", Role.TAKES, "water that the ground took"),
    )
    SOURCE = (
        "Green and Ampt (1911), doi:10.1017/S0021859600001441, with the recovery of SWMM 5 (EPA/600/R-15/162A); Horton "
        "(1933), doi:10.1029/TR014i001p00446; the runoff curve of NRCS NEH 630, chapter 10."
    )

    def __post_init__(self) -> None:
        if len({type(each.loss) for each in self.classes}) > 1:
            raise InputError("All classes of ground take water by the same method.")
        if self.cells.size and not -1 <= int(self.cells.min()) <= int(self.cells.max()) < len(self.classes):
            raise InputError("The cells name a class of ground that is not given.")

    @property
    def method(self) -> Method:
        """How the ground takes water; constant where there are no classes (see `Infiltration`)."""
        return METHODS[type(self.classes[0].loss)] if self.classes else Method.CONSTANT

    @property
    def part_names(self) -> tuple[str, ...]:
        """Parts of the account, in the order of the classes."""
        names = tuple(dict.fromkeys(each.part for each in self.classes))
        return names if len(names) <= MOST_PARTS else (*names[: MOST_PARTS - 1], OTHERS)

    def check(self, surface: Surface) -> None:
        if self.classes and self.cells.shape != surface.bed.values.shape:
            raise InputError("The cells of the ground must be those of the terrain.")

    def warnings(self, surface: Surface) -> Iterator[Message]:
        """Ground that takes nothing at all."""
        if not self.classes:
            return
        pervious = np.array([*(each.pervious > 0 for each in self.classes), False])
        if not pervious[self.cells[np.isfinite(surface.bed.values) & surface.free]].any():
            yield Message("No cell of the terrain takes water: every class of ground is impervious.")

    def settings(self) -> dict[str, Any]:
        return {"infiltration_method": self.method.value}

    def parts(self) -> Mapping[str, Iterable[str]]:
        return {"infiltration_m3": self.part_names} if len(self.part_names) > 1 else {}

    def coarsened(self, wide: WiderCells) -> GroundInfiltration:
        """The class that most of each wide cell has."""
        if not self.classes:
            return self
        best = np.full(wide.grid.values.shape, -1, np.int32)
        most: FloatArray = np.zeros(best.shape, np.float32)
        for number in np.unique(self.cells).tolist():
            share = wide.mean_of((self.cells == number).astype(np.float32))
            best[share > most] = number
            most = np.fmax(most, share)
        return replace(self, cells=best)

    def start(self, domain: Domain) -> RunningProcess | None:
        return RunningGround(self, domain) if self.classes else None


class RunningGround(RunningProcess):
    """Takes from every wet cell with pervious ground, at most what is there, after each sweep."""

    def __init__(self, settings: GroundInfiltration, domain: Domain) -> None:
        from . import infiltration_kernels as kernels

        terrain = domain.terrain
        shares = np.array([each.pervious for each in settings.classes])
        there = terrain.pervious & (settings.cells >= 0)
        there &= shares[settings.cells] > 0
        row, column = np.nonzero(there)
        self._cells, self._there, self._domain = terrain.layout.index(row, column), there, domain
        self._kinds = settings.cells[there].astype(np.int32)
        self._names = settings.part_names
        places = {name: place for place, name in enumerate(self._names)}
        parts = np.array([places.get(each.part, places.get(OTHERS, 0)) for each in settings.classes])
        numbers = np.array([each.loss.numbers for each in settings.classes])
        self._classes = numbers, shares, parts.astype(np.int64)
        self._kernel = getattr(kernels, KERNELS[settings.method])
        self._state = _dry(settings.method, numbers[self._kinds])
        self._taken_m = np.zeros(len(self._cells))
        self._sums = np.zeros((-(-len(self._cells) // kernels.CHUNK), len(self._names)))

    def evaluate(self, step: Step) -> None:
        step.takes_films = True

    def exchange(self, step: Step) -> None:
        scheme, ledger = self._domain.scheme, self._domain.ledger
        rain_cells = EVEN if step.rain_cells_m is None else step.rain_cells_m
        self._kernel(
            scheme.depth_m, scheme.low_m, self._cells, self._kinds, *self._classes, self._state, step.rain_m,
            rain_cells, step.dt_s, 0.0 if step.rains else step.dt_s, self._taken_m, self._sums,
        )  # fmt: skip
        volumes_m3 = (self._sums.sum(axis=0) * self._domain.cell_m2).tolist()
        parts = ledger.parts.get("infiltration_m3", {})
        for name, volume_m3 in zip(self._names, volumes_m3, strict=True):
            ledger.taken["infiltration_m3"] += volume_m3
            if name in parts:
                parts[name] += volume_m3

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"ground": self._state.copy(), "cells": self._cells}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on from a state; cells that had no pervious ground in it start as at the start of any run."""
        remembered, places = state["ground"], state["cells"]
        if len(remembered) != len(self._state):
            raise InputError(
                "The state in START was computed by another INFILTRATION_METHOD: choose the one of its run, or another "
                "START."
            )
        found = np.searchsorted(places, self._cells).clip(max=max(len(places) - 1, 0))
        known = places[found] == self._cells if len(places) else np.zeros(len(self._cells), np.bool_)
        self._state[:, known] = remembered[:, found[known]]

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
