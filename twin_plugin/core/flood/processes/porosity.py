"""Porous buildings: cells that hold and let pass a share of the water that a free cell would."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..process import Domain, Process, ProcessField, Role, RunningProcess, Step, WiderCells
from ..surface import POROSITY, Surface

if TYPE_CHECKING:
    from ..terrain import SolverTerrain

SHARE = 0.3
"""Open share of a building's cells without another choice: an assumption, to be fitted to observed levels."""
LEAST = 0.01


@dataclass(frozen=True)
class BuildingPorosity(Process):
    """The open share of the cells of buildings where these are porous.

    Attributes
    ----------
    share : float
        Of the area that holds water, and of each face through which it flows; the least of two cells at their face.
    """

    share: float = SHARE

    FIELDS = (ProcessField("building_porosity", "", Role.READS, "open share of cells of buildings, where porous"),)
    SOURCE = (
        "Isotropic porosity: Guinot and Soares-Frazao (2006), doi:10.1002/fld.1059; Sanders, Schubert, Gallegos "
        "(2008), J. Hydrol. 362, 19-38."
    )

    def __post_init__(self) -> None:
        if not (math.isfinite(self.share) and LEAST <= self.share <= 1):
            raise InputError(
                "The porosity of buildings must be from {least:g} to 1, not {share:g}: 0 is BUILDINGS_AS wall.",
                least=LEAST,
                share=self.share,
            )

    def warnings(self, surface: Surface) -> Iterator[Message]:
        if surface.buildings_as == POROSITY and surface.buildings is None:
            yield Message("Without BUILDINGS nothing is porous.")

    def settings(self) -> dict[str, Any]:
        return {"building_porosity": self.share}

    def coarsened(self, wide: WiderCells) -> Process | None:
        """None: porous buildings take one scheme, so that there is no first look."""
        return None

    def start(self, domain: Domain) -> RunningProcess | None:
        if domain.terrain.buildings_as != POROSITY or not domain.terrain.roofs.any():
            return None
        return RunningPorosity(self.share, domain)


class RunningPorosity(RunningProcess):
    """Gives back what the sweep let through the edges of porous buildings too much.

    The sweep moves q dt / dx over a face as between free cells. Between a free and a porous cell only a share passes:
    the porous cell, whose depth counts by its share, has the right depth as it is; the free one gets back the rest of
    what it gave, and gives back the rest of what it got. Between porous cells the share cancels out. So the volume,
    depths by share times area, is kept to rounding, and the sweep is the same.
    """

    def __init__(self, share: float, domain: Domain) -> None:
        from ..schemes.addition_kernels import change_depths

        self._domain, self._change_depths, self._rest = domain, change_depths, 1.0 - share
        terrain, layout = domain.terrain, domain.terrain.layout
        porous = np.zeros(layout.size, bool)
        layout.view(porous)[:] = porous_cells(terrain)
        free = np.zeros(layout.size, bool)
        layout.view(free)[:] = terrain.wet & ~porous_cells(terrain)
        self._porous = np.flatnonzero(porous)
        # Each side of a porous building: the free cell, the face between both, and whether the free one comes first.
        sides = []
        for step, along_x in ((-1, True), (1, True), (-layout.stride, False), (layout.stride, False)):
            inside = self._porous[free[self._porous + step]]
            sides.append((inside + step, np.maximum(inside, inside + step), 1.0 if step < 0 else -1.0, along_x))
        self._cells, place = np.unique(np.concatenate([side[0] for side in sides]), return_inverse=True)
        places = np.split(place, np.cumsum([len(side[0]) for side in sides])[:-1])
        self._sides = [(where, *side[1:]) for where, side in zip(places, sides, strict=True)]
        self._due_m, self._moved_m = np.zeros(len(self._cells)), np.zeros(len(self._cells))

    def exchange(self, step: Step) -> None:
        scheme = self._domain.scheme
        per_cell = np.float32(step.dt_s / self._domain.cell_m)
        given = [
            np.bincount(where, sign * (motion[faces] * per_cell), len(self._cells))
            for where, faces, sign, along_x in self._sides
            for motion in (scheme.motion_x if along_x else scheme.motion_y,)
        ]
        self._due_m += self._rest * ((given[0] + given[1]) + (given[2] + given[3]))
        change = self._due_m.astype(np.float32)
        deepest_m = self._change_depths(scheme.depth_m, scheme.low_m, self._cells, change, self._moved_m)
        self._due_m -= self._moved_m
        step.deepest_m = max(step.deepest_m, float(deepest_m))

    def displaced_m3(self) -> float:
        scheme = self._domain.scheme
        depth_m = scheme.depth_m[self._porous].sum(dtype=np.float64) + scheme.low_m[self._porous].sum(dtype=np.float64)
        return float(self._rest * depth_m * self._domain.cell_m2)

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"due_m": self._due_m.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        if state["due_m"].shape == self._due_m.shape:
            self._due_m[:] = state["due_m"]


def porous_cells(terrain: SolverTerrain) -> NDArray[np.bool_]:
    """Cells of buildings that are not at the edge of the terrain, where water enters and leaves by the whole cell."""
    data = np.pad(terrain.data, 1)
    inner = data[:-2, 1:-1] & data[2:, 1:-1] & data[1:-1, :-2] & data[1:-1, 2:]
    return np.asarray(terrain.roofs & inner)
