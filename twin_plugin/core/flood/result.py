"""What a flood run gives: the maxima of each cell, the final depth, and a summary with the account of water."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.grid import FloatArray, Grid
from ..common.messages import Message
from .hazard import classify
from .maxima import Maxima
from .schemes.array_layout import F32
from .schemes.maxima_kernels import DRY
from .state import RunState
from .terrain import SolverTerrain


@dataclass(frozen=True)
class Frame:
    """The water at one time; arrays have shape (rows, columns), float32, and live only during the callback.

    depth_m is 0 outside the domain; bed_m is what the water stands on, metres above datum, NaN outside, float64 where
    the terrain is; velocity_east_ms and velocity_north_ms are 0 in films below 0.01 m. account_m3 is the
    water account up to that time (`Ledger.row`).
    """

    time_s: float
    depth_m: F32
    bed_m: FloatArray
    velocity_east_ms: F32
    velocity_north_ms: F32
    account_m3: Mapping[str, float]


class RunSummary(dict[str, Any]):
    """Figures of a run by the keys of SUMMARY, also read as attributes; docs/flood.md says what each means.

    Each part of a run has its own: the setup, the terrain, the water account, the counts of steps, the maxima.
    """

    def __getattr__(self, key: str) -> Any:
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key) from None


@dataclass(frozen=True)
class FloodResult:
    """Arrays of shape (rows, columns), float32; cells without water (no data and walls) are NaN.

    Attributes
    ----------
    bed : Grid
        The terrain of the setup.
    depth_max_m, speed_max_ms, product_max_m2s : arrays
        Largest depth, speed, and depth times speed at one moment.
    arrival_s : array
        When the depth first reached the wet depth; NaN where it never did.
    wet_s : array
        How long the depth was at or above the wet depth.
    froude_max : array
        Largest Froude number while the cell was wet.
    limited : array
        Share of the looks at which the outflow was reduced to what the cell held, or ran at the Froude cap.
    governing : array
        Time steps whose length this cell decided.
    depth_m : array
        Depth at the end.
    level_bed_m : array
        The bed that water stands on: the terrain, with blocks where buildings are raised; float64 where the terrain is.
    wet : bool array
        Cells that reached the wet depth.
    summary : RunSummary
    outcomes : mapping of type to object
        What processes tell besides volumes (`RunningProcess.outcome`), by the class of their settings.
    state : RunState or None
        The state at the end, where the setup asks for it.
    notes : tuple of Message
        What the user must know of the start of the run.
    run : str
        Id of the run; "" until whoever writes its results has given them one.
    """

    bed: Grid
    depth_max_m: F32
    speed_max_ms: F32
    product_max_m2s: F32
    arrival_s: F32
    wet_s: F32
    froude_max: F32
    limited: F32
    governing: F32
    depth_m: F32
    level_bed_m: FloatArray
    wet: NDArray[np.bool_]
    summary: RunSummary
    outcomes: Mapping[type, object] = field(default_factory=dict)
    state: RunState | None = None
    notes: tuple[Message, ...] = ()
    run: str = ""

    @staticmethod
    def of(
        bed: Grid,
        terrain: SolverTerrain,
        maxima: Maxima,
        depth: F32,
        governing: F32,
        summary: RunSummary,
        outcomes: Mapping[type, object],
    ) -> FloodResult:
        """Take the arrays of a run over (they are changed in place, not copied)."""
        layout = terrain.layout
        wet, outside = maxima.wet, ~terrain.wet
        level_bed: FloatArray = layout.view(terrain.bed_m)
        if bed.values.dtype == np.float64:
            level_bed = level_bed.astype(np.float64)
        level_bed += level_bed.dtype.type(terrain.base_m)
        arrival = layout.view(maxima.arrival_s)
        arrival[arrival >= DRY] = np.nan
        deepest, fastest = layout.view(maxima.depth_m), layout.view(maxima.speed_ms)
        product, wet_s = layout.view(maxima.product_m2s), layout.view(maxima.wet_s)
        froude, limited = layout.view(maxima.froude2), layout.view(maxima.limited)
        np.sqrt(froude, out=froude)
        limited /= np.float32(max(maxima.looks, 1))
        times = arrival, wet_s
        if outside.any():
            for values in (deepest, fastest, product, *times, froude, limited, governing, depth, level_bed):
                np.copyto(values, np.nan, where=outside)
        return FloodResult(
            bed, deepest, fastest, product, *times, froude, limited, governing, depth, level_bed, wet, summary, outcomes
        )

    def level_max_m(self) -> F32:
        """Highest water level, metres above datum; NaN where it was never wet."""
        levels = np.where(self.wet, self.level_bed_m + self.depth_max_m, np.float32(np.nan))
        return levels.astype(np.float32, copy=False)

    def hazard(self) -> NDArray[np.uint8]:
        """AIDR class 1 to 6; 0 where it was never wet, 255 outside."""
        classes = classify(self.depth_max_m, self.speed_max_ms, self.product_max_m2s)
        classes[~self.wet & (classes != 255)] = 0
        return classes
