"""The edges of a run through which water leaves or enters, and how a scheme lets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .array_layout import F32

SIDES = ("west", "east", "north", "south")
"""In the order in which `Edges` numbers them."""


@dataclass(frozen=True)
class Edges:
    """Boundary faces of a run, one for each cell and side.

    Attributes
    ----------
    cells : int array
        Flat positions of the cells inside.
    sides : int array
        Places in SIDES.
    kinds : int array
        OPEN or LEVEL.
    number : float32 array
        Slope of the terrain towards the edge (open), or the relative level (level).
    fall_m : float32 array
        Drop of the bed from the cell before to the edge cell; 0 behind a wall.
    deepest_m : float
        The largest depth that a fixed level can bring.
    """

    cells: NDArray[np.int64]
    sides: NDArray[np.int64]
    kinds: NDArray[np.int64]
    number: F32
    fall_m: F32
    deepest_m: float

    def set_level(self, side: int, level_m: float) -> None:
        """Change the level of the faces of a side, in place."""
        self.number[self.sides == side] = level_m

    def take(self, order: NDArray[Any]) -> Edges:
        """Some of the faces, or all in another order."""
        return Edges(
            self.cells[order], self.sides[order], self.kinds[order], self.number[order], self.fall_m[order],
            self.deepest_m,
        )  # fmt: skip


class EdgeFlow(Protocol):
    """Water through the edges of a run, as a scheme computes it."""

    @property
    def inertia(self) -> F32:
        """What the next step needs of this one, for each face; a hot start puts it back in place. Empty: nothing."""

    def set_level(self, side: int, level_m: float) -> None:
        """Give a side of fixed level another one, relative as the bed; before `evaluate` of the step it counts for."""

    def evaluate(self, dt_s: float) -> None:
        """Compute the discharge of a step from the state at its start."""

    def exchange(self, dt_s: float) -> NDArray[np.float64]:
        """Apply it after the sweep; the water that left and that entered, metres summed over cells.

        Its shape is (sides, 2), the sides as `SIDES` has them.
        """
