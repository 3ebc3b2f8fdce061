"""The seam between the driver of a run and the numerics: what a scheme must offer, and which there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .array_layout import F32, ArrayLayout

Tiles = NDArray[np.uint64]


@dataclass(frozen=True)
class Numerics:
    """Constants of a run that a scheme needs."""

    cell_m: float
    theta: float
    froude_cap: float


@dataclass(frozen=True)
class StepReport:
    """What one step found.

    deepest_m is the largest depth; lost_m is the water taken by ground and drains, metres summed over cells;
    tile_depth_m is the largest depth of each tile stepped.
    """

    deepest_m: float
    lost_m: float
    tile_depth_m: F32


class Scheme(Protocol):
    """Holds the moving water of a run and advances it. Arrays are flat, as `Layout` has it."""

    layout: ArrayLayout
    bed_m: F32
    friction: F32

    @property
    def depth_m(self) -> F32:
        """Current depth."""

    @property
    def low_m(self) -> F32:
        """What float32 cannot hold of the depth: the water is depth_m + low_m."""

    @property
    def discharge_x(self) -> F32:
        """Discharge per width through the west face of each cell, m²/s, positive to the east."""

    @property
    def discharge_y(self) -> F32:
        """Discharge per width through the north face of each cell, m²/s, positive to the south."""

    def step(self, tiles: Tiles, dt_s: float, rain_m: float, loss_m: float) -> StepReport:
        """Advance the cells of the tiles by dt, rain and losses included."""


Factory = Callable[[ArrayLayout, F32, F32, Numerics], Scheme]
SCHEMES: dict[str, Factory] = {}


def register(name: str, factory: Factory) -> None:
    """Make a scheme known by a name."""
    SCHEMES[name] = factory
