"""Sky view and horizons of a surface.

The sky view of a horizontal place is the share of the sky's light that reaches it from an evenly bright sky, weighted
with the cosine of the angle to the vertical: 1 - mean sin²(horizon) over all azimuths (I. D. Watson and G. T. Johnson,
1987, doi:10.1002/joc.3370070210; the same as 1 - mean over azimuths of what a horizon takes).
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.grid import Grid
from ..common.messages import Message
from ..common.prisms import Floats
from ..common.progress import Progress, part, silent
from .horizon_kernels import horizons
from .lines import lines_towards
from .side_by_side import Task, side_by_side

BLOCK_CELLS = 1_000_000
"""So many cells are walked between two looks whether to go on."""
AZIMUTHS = 32
LEAST_AZIMUTHS = 4


def azimuths_of(number: int) -> Floats:
    """Azimuths at half steps, clockwise from north: 4 are 45, 135, 225 and 315 degrees."""
    return (np.arange(number) + 0.5) * (360.0 / number)


def sky_view_of(horizon_deg: Floats) -> Floats:
    """Sky view of horizons at even azimuths, along the last axis."""
    sine = np.sin(np.radians(np.maximum(horizon_deg, 0.0)))
    return np.asarray(1.0 - np.mean(sine**2, axis=-1))


def sky_view(surface: Grid, azimuths: int = AZIMUTHS, progress: Progress = silent, threads: int = 1) -> Grid:
    """Sky view of every cell, from horizons at even azimuths.

    Parameters
    ----------
    surface : Grid
        Heights of terrain and roofs. Cells without one hide nothing, nor does anything outside the raster.
    azimuths : int
        How many, at half steps.

    Returns
    -------
    Grid
        From 0 to 1, float32; NaN where the surface has no height.

    Raises
    ------
    InputError
        For fewer than 4 azimuths.
    Cancelled
    """
    if azimuths < LEAST_AZIMUTHS:
        raise InputError("Choose at least {least} azimuths, not {n}.", least=LEAST_AZIMUTHS, n=azimuths)
    walks = _Walks(surface, threads)
    for number, angle in enumerate(azimuths_of(azimuths)):
        walks.add(float(angle), part(progress, number / azimuths, (number + 1) / azimuths))
    share = np.clip(1.0 - walks.total() / azimuths, 0.0, 1.0)  # the sum is rounded
    return surface.with_values(np.where(np.isfinite(surface.values), share, np.nan).astype(np.float32))


def horizon(surface: Grid, azimuth_deg: float, progress: Progress = silent, threads: int = 1) -> Grid:
    """Angle of the horizon of every cell at an azimuth, in degrees, float32; 0 where it is not above the horizontal."""
    sine2 = _Walks(surface, threads).add(azimuth_deg, progress).total()
    angle = np.degrees(np.arcsin(np.sqrt(np.clip(sine2, 0.0, 1.0))))
    return surface.with_values(np.where(np.isfinite(surface.values), angle, np.nan).astype(np.float32))


class _Walks:
    """The sum of sin² of the horizons of a surface at some azimuths."""

    def __init__(self, surface: Grid, threads: int) -> None:
        self._cell_m, self._threads = surface.cell_m, threads
        heights = np.where(np.isfinite(surface.values), surface.values, -np.inf).astype(np.float64)
        # Lines are walked along the memory: the turned raster has the steps by rows.
        self._heights = {True: heights, False: np.ascontiguousarray(heights.T)}
        self._sums = {turn: np.zeros(values.shape, np.float32) for turn, values in self._heights.items()}

    def add(self, azimuth_deg: float, progress: Progress) -> _Walks:
        rows, columns = self._heights[True].shape
        family = lines_towards(azimuth_deg, rows, columns, self._cell_m)
        heights, total = self._heights[family.by_columns], self._sums[family.by_columns]
        first, behind = -int(family.offset.max()), heights.shape[0] - int(family.offset.min())
        block = max(BLOCK_CELLS // heights.shape[1], 1)

        def task(line: int) -> Task:
            def work(stopped: threading.Event) -> None:
                horizons(heights, line, min(line + block, behind), family.backward, family.offset, self._cell_m, total)

            return work

        tasks = [task(line) for line in range(first, behind, block)]
        side_by_side(tasks, self._threads, progress, Message("Horizons"))
        return self

    def total(self) -> NDArray[np.float32]:
        return np.asarray(self._sums[True] + self._sums[False].T)
