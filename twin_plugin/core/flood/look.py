"""Which scheme a run takes where its setup leaves that open: decided by a first look with coarse cells."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.grid import FloatArray, Grid
from ..common.progress import Progress
from .constants import AUTO, FAST_SHARE, INERTIAL, SHOCK_CAPTURING
from .result import RunSummary
from .setup import FloodSetup, InitialWater
from .surface import Surface

CELLS = 40_000
"""A first look has at most about so many cells: it takes a small part of the time of the run that follows."""

Simulate = Callable[[FloodSetup, Progress], RunSummary]


def choose(setup: FloodSetup, progress: Progress, simulate: Simulate) -> tuple[FloodSetup, dict[str, Any]]:
    """A setup with a scheme, and what SUMMARY says of the choice.

    Where the setup asks for "auto", the flood is first computed by the shock-capturing scheme, first order, on cells so
    wide that there are about 40,000. The local inertial scheme would not do: it lets a dam break without supercritical
    flow. The run takes the shock-capturing scheme where more than 5 % of the wet cells, over the whole time of that
    look, were supercritical, or where at one moment more than 5 % as many were supercritical as were ever wet at once:
    a dam that breaks within a minute is lost in the mean of an hour, and the first wet cells of a storm, many of them
    in gutters, are few of those that get wet.

    Parameters
    ----------
    setup : FloodSetup
    progress : Progress
        Only asked whether to go on.
    simulate : callable
        Runs a setup to its summary.
    """
    asked = setup.numerics.scheme
    if asked != AUTO:
        return setup, {"scheme_asked": asked}
    if setup.start is not None:  # whose motion only its own scheme can take
        scheme = setup.start.state.scheme
        return replace(setup, numerics=replace(setup.numerics, scheme=scheme)), {"scheme_asked": asked}
    factor = max(1, math.ceil(math.sqrt(setup.surface.bed.values.size / CELLS)))
    first = coarser(replace(setup, numerics=replace(setup.numerics, scheme=SHOCK_CAPTURING, order=1)), factor)
    found = simulate(first, _only_asked(progress))
    fast = max(found.supercritical_share, found.supercritical_extent_peak) > FAST_SHARE
    scheme = SHOCK_CAPTURING if fast else INERTIAL
    figures = {
        "scheme_asked": asked,
        "look_cell_m": first.surface.bed.cell_m,
        "look_supercritical_share": found.supercritical_share,
        "look_supercritical_extent_peak": found.supercritical_extent_peak,
    }
    return replace(setup, numerics=replace(setup.numerics, scheme=scheme)), figures


def _only_asked(progress: Progress) -> Progress:
    """A progress that stays at the start."""

    def ask(fraction: float, text: str) -> bool:
        return progress(0.0, text)

    return ask


def coarser(setup: FloodSetup, factor: int) -> FloodSetup:
    """The same flood on cells wider by a factor: mean heights and roughness, buildings where they cover a half."""
    if factor == 1:
        return setup
    surface, initial = setup.surface, setup.initial
    bed = surface.bed
    grid = Grid(_mean(bed.values, factor), bed.west, bed.north, bed.cell_m * factor, bed.crs)
    roughness = surface.roughness if np.ndim(surface.roughness) == 0 else _mean(np.asarray(surface.roughness), factor)
    labels = None if surface.buildings is None else _labels(surface.buildings, factor)
    wide = _WiderCells(grid, factor, labels)
    kept = (process.coarsened(wide) for process in setup.processes)
    processes = tuple(process for process in kept if process is not None)
    depth = None if initial.depth_m is None else _mean(initial.depth_m, factor)
    return replace(
        setup,
        surface=Surface(grid, roughness, labels, surface.buildings_as),
        processes=processes,
        initial=InitialWater(depth, initial.level_m),
    )


@dataclass
class _WiderCells:
    """What processes ask of wider cells; see `process.WiderCells`."""

    grid: Grid
    _factor: int
    _labels: NDArray[np.int32] | None

    def any_of(self, cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.asarray(_blocks(cells, self._factor, False).any((1, 3)))

    def mean_of(self, values: FloatArray) -> FloatArray:
        return _mean(values, self._factor)

    def clear(self, cells: NDArray[np.bool_]) -> None:
        if self._labels is not None:
            self._labels[cells] = 0


def _blocks(values: NDArray[Any], factor: int, fill: Any) -> NDArray[Any]:
    """Values in blocks, shape (rows, factor, columns, factor); what is missing at the end is filled."""
    rows, columns = (-(-size // factor) for size in values.shape)
    padded = np.full((rows * factor, columns * factor), fill, values.dtype)
    padded[: values.shape[0], : values.shape[1]] = values
    return padded.reshape(rows, factor, columns, factor)


def _mean(values: FloatArray, factor: int) -> FloatArray:
    """Mean of the known values of each block; NaN where there are none."""
    blocks = _blocks(np.asarray(values, np.float32), factor, np.nan)
    known = np.isfinite(blocks)
    counts = known.sum((1, 3))
    sums = np.where(known, blocks, np.float32(0)).sum((1, 3), dtype=np.float64)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).astype(np.float32)


def _labels(labels: NDArray[np.int32], factor: int) -> NDArray[np.int32]:
    """The largest label of each block of which buildings cover at least a half."""
    blocks = _blocks(labels, factor, 0)
    covered = 2 * (blocks > 0).sum((1, 3)) >= factor * factor
    return np.where(covered, blocks.max((1, 3)), 0).astype(np.int32)
