"""What is kept of each cell over time: largest depth, speed, their product, Froude number; arrival, wet time, limit."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .constants import GRAVITY_MS2
from .schemes import maxima_kernels as kernels
from .schemes.array_layout import F32, ArrayLayout
from .schemes.scheme import Scheme, Tiles, Watch

EXACT_NUMBERS = 2**24
"""As many multiples of a number float32 has without a gap."""


class Maxima:
    """The maxima of a run. Each sweep takes the state that it starts from: depth, arrival and wet time of every step,
    the others at looks.

    Parameters
    ----------
    layout : ArrayLayout
    wet_depth_m, froude_cap, duration_s : float

    Attributes
    ----------
    depth_m, arrival_s, wet_s, speed_ms, product_m2s, froude2, limited : float32 arrays, flat
        See `FloodResult`; arrival_s is `maxima_kernels.DRY` where no water arrived, froude2 the square of the Froude
        number, limited counts looks.
    looks : int
        How many limited refers to.
    fastest_ms, fastest_cell : float, int
        Of the last look.
    """

    def __init__(self, layout: ArrayLayout, wet_depth_m: float, froude_cap: float, duration_s: float) -> None:
        self._layout = layout
        self._wet_depth_m = wet_depth_m
        self._held = 0.9 * froude_cap**2 * GRAVITY_MS2
        self._kept = np.zeros(kernels.KEPT * layout.size, np.float32)
        self.depth_m, self.speed_ms, self.product_m2s = map(self._one, (kernels.DEPTH, kernels.SPEED, kernels.PRODUCT))
        self.arrival_s, self.wet_s = self._one(kernels.ARRIVAL), self._one(kernels.WET)
        self.froude2, self.limited = self._one(kernels.FROUDE2), self._one(kernels.LIMITED)
        self.arrival_s[:] = kernels.DRY
        # Wet time adds up from multiples of a power of 2, so that no addition rounds.
        self._tick_s = 2.0 ** math.ceil(math.log2(duration_s / EXACT_NUMBERS))
        self._ticks = 0
        self._numbers = np.zeros(4, np.float32)
        self._unused = np.zeros((0, kernels.COUNTS), np.int64)
        self.looks = 0
        self.fastest_ms, self.fastest_cell = 0.0, 0

    def _one(self, number: int) -> F32:
        return self._kept[number * self._layout.size : (number + 1) * self._layout.size]

    def watch(self, scheme: Scheme, tiles: Tiles, time_s: float, look: bool) -> Watch:
        """What the next sweep keeps of the state of a time, which it starts from; valid until the next call."""
        ticks = round(time_s / self._tick_s)
        span_s, self._ticks = (ticks - self._ticks) * self._tick_s, ticks
        held = math.inf if scheme.centred else self._held
        self._numbers[:] = self._wet_depth_m, time_s, span_s, held
        if look:
            return Watch(self._kept, self._numbers, look, np.zeros((len(tiles), kernels.COUNTS), np.int64))
        if len(self._unused) != len(tiles):
            self._unused = np.zeros((len(tiles), kernels.COUNTS), np.int64)
        return Watch(self._kept, self._numbers, look, self._unused)

    def take(self, watch: Watch) -> tuple[int, int, int]:
        """Note what a look counted: the numbers of wet, supercritical and capped cells."""
        counts = watch.counts
        self.looks += 1
        self._note_fastest(counts)
        wet, fast, capped = (int(number) for number in counts[:, :3].sum(axis=0))
        return wet, fast, capped

    def finish(self, scheme: Scheme, tiles: Tiles, time_s: float) -> tuple[int, int, int]:
        """Take in the last state, from which no sweep starts: all but what is limited."""
        watch = self.watch(scheme, tiles, time_s, True)
        kernels.keep_state(
            watch.kept, watch.counts, watch.numbers, scheme.centred, scheme.depth_m, scheme.bed_m, scheme.motion_x,
            scheme.motion_y, np.uint64(self._layout.stride), tiles,
        )  # fmt: skip
        counts = self.take(watch)
        self.looks -= 1
        return counts

    def _note_fastest(self, counts: NDArray[np.int64]) -> None:
        if not len(counts):  # every tile is dry
            self.fastest_ms, self.fastest_cell = 0.0, 0
            return
        fastest = counts[counts[:, kernels.FASTEST].argmax()]
        self.fastest_ms = float(np.int32(fastest[kernels.FASTEST]).view(np.float32))
        self.fastest_cell = int(fastest[kernels.FASTEST_CELL])

    @cached_property
    def wet(self) -> NDArray[np.bool_]:
        """Cells that reached the wet depth by the end of the run, shape (rows, columns)."""
        return np.asarray(self._layout.view(self.depth_m) >= np.float32(self._wet_depth_m))

    def figures(self, cell_m2: float) -> dict[str, float]:
        """The maxima over all cells as SUMMARY has them."""
        return {
            "wet_area_m2": int(self.wet.sum()) * cell_m2,
            "max_depth_m": float(self.depth_m.max()),
            "max_speed_ms": float(self.speed_ms.max()),
        }
