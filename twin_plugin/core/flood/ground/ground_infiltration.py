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
from ..process import Domain, Process, ProcessField, Role, RunningProcess, WiderCells
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
        if not self.classes:
            return None
        from .running_ground import RunningGround

        return RunningGround(self, domain)
