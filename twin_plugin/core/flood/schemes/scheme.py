"""The seam between the driver of a run and the numerics: what a scheme must offer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ..constants import INERTIAL
from .array_layout import F32, ArrayLayout
from .edges import EdgeFlow, Edges

Tiles = NDArray[np.uint64]


@dataclass(frozen=True)
class Numerics:
    """How a run is computed.

    Attributes
    ----------
    scheme : str
        A name in `solver.SCHEMES`, or "auto": see `look`.
    order : int
        Of the shock-capturing scheme: 2, or 1 for comparison.
    courant, theta, froude_cap, max_step_s : float
        Step in cells that a wave crosses, weight of a face's own discharge against its neighbours', highest Froude
        number, longest step. A chequered wave, the worst case of the linear scheme, grows when courant is above
        sqrt(theta / 2): 0.632 for 0.8. The shock-capturing scheme keeps to its own limit, and has no cap and no theta.
    threads : int
        0 for all there are.
    most_threads : int
        Above `threads`: others, up to so many, are tried while the run goes on (see `ThreadChoice`).
    skip_dry : bool
        Leave out dry tiles (the result is the same to the last bit).
    """

    scheme: str = INERTIAL
    order: int = 2
    courant: float = 0.6
    theta: float = 0.8
    froude_cap: float = 3.0
    max_step_s: float = 10.0
    threads: int = 0
    most_threads: int = 0
    skip_dry: bool = True

    def __post_init__(self) -> None:
        limit = math.sqrt(self.theta / 2)
        if not 0 < self.courant <= limit:
            raise InputError(
                "The Courant number must be above 0 and at most {limit:.3f} with theta {theta:g}, else waves grow.",
                limit=limit,
                theta=self.theta,
            )


class StepReport(NamedTuple):
    """What one step computed.

    deepest_m is the largest depth; lost_m is the water taken by ground and drains, metres summed over cells;
    tile_depth_m is the largest depth of each tile stepped, valid until the next step; wave_ms is the speed of the
    fastest wave over the ground, 0 where the scheme goes by depth; cell is the flat position of that wave, or of the
    largest depth.
    """

    deepest_m: float
    lost_m: float
    tile_depth_m: F32
    wave_ms: float = 0.0
    cell: int = 0


class Watch(NamedTuple):
    """What a sweep keeps of the state that it starts from; see `maxima_kernels.keep_row`, which a scheme calls once for
    each row of a tile.

    Attributes
    ----------
    kept : float32 array
        The arrays of `maxima_kernels`, one after the other.
    numbers : float32 array
        Wet depth, time of the state, time since the one before, and what tells the Froude cap.
    look : bool
        Also speeds, Froude numbers and limits.
    counts : int64 array, shape (tiles, maxima_kernels.COUNTS)
        Written where `look`.
    """

    kept: F32
    numbers: F32
    look: bool
    counts: NDArray[np.int64]


class Scheme(Protocol):
    """Holds the moving water of a run and advances it. Arrays are flat, as `ArrayLayout` has it.

    `courant` is the step in cells that the fastest wave crosses. `centred` says what the motion is: the velocity of
    each cell, or the discharge through its west and north faces.
    """

    layout: ArrayLayout
    bed_m: F32
    friction: F32
    courant: float
    centred: bool

    @property
    def depth_m(self) -> F32:
        """Current depth."""

    @property
    def low_m(self) -> F32:
        """What float32 cannot hold of the depth: the water is depth_m + low_m."""

    @property
    def motion_x(self) -> F32:
        """Velocity to the east, m/s, or discharge per width through the west face, m²/s."""

    @property
    def motion_y(self) -> F32:
        """Velocity to the south, m/s, or discharge per width through the north face, m²/s."""

    def edge_flow(self, edges: Edges) -> EdgeFlow:
        """How water passes the edges from now on."""

    def step(self, tiles: Tiles, dt_s: float, rain_m: float, loss_m: float, watch: Watch) -> StepReport:
        """Advance the cells of the tiles by dt, rain and losses included; `watch` takes the state at the start."""


SchemeFactory = Callable[[ArrayLayout, F32, F32, float, Numerics], Scheme]
"""Creates a scheme from the layout, bed, friction, cell size in metres and numerics of a run."""
