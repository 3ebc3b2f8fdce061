"""The seam between the driver of a run and the numerics: what a scheme must offer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from .array_layout import F32, ArrayLayout

Tiles = NDArray[np.uint64]


@dataclass(frozen=True)
class Numerics:
    """How a run is computed.

    Attributes
    ----------
    scheme : str
        A name in `solver.SCHEMES`.
    courant, theta, froude_cap, max_step_s : float
        Step in cells that a wave crosses, weight of a face's own discharge against its neighbours', highest Froude
        number, longest step. A chequered wave, the worst case of the linear scheme, grows when courant is above
        sqrt(theta / 2): 0.632 for 0.8.
    threads : int
        0 for all there are.
    skip_dry : bool
        Leave out dry tiles (the result is the same to the last bit).
    """

    scheme: str = "inertial"
    courant: float = 0.6
    theta: float = 0.8
    froude_cap: float = 3.0
    max_step_s: float = 10.0
    threads: int = 0
    skip_dry: bool = True

    def __post_init__(self) -> None:
        limit = math.sqrt(self.theta / 2)
        if not 0 < self.courant <= limit:
            raise InputError(
                "The Courant number must be above 0 and at most {limit:.3f} with theta {theta:g}, else waves grow.",
                limit=limit,
                theta=self.theta,
            )


@dataclass(frozen=True)
class StepReport:
    """What one step computed.

    deepest_m is the largest depth; lost_m is the water taken by ground and drains, metres summed over cells;
    tile_depth_m is the largest depth of each tile stepped.
    """

    deepest_m: float
    lost_m: float
    tile_depth_m: F32


class Scheme(Protocol):
    """Holds the moving water of a run and advances it. Arrays are flat, as `ArrayLayout` has it."""

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


SchemeFactory = Callable[[ArrayLayout, F32, F32, float, Numerics], Scheme]
"""Creates a scheme from the layout, bed, friction, cell size in metres and numerics of a run."""
