"""Hours of sun on every cell of a surface."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from ..common.grid import Grid
from ..common.messages import Message
from ..common.prisms import Floats
from ..common.progress import Progress, part, silent
from ..common.sun_position import SunPath
from .shadow_kernels import measure_spells
from .shadows import Shadows, cast_shadows
from .side_by_side import Task, side_by_side

BLOCK_CELLS = 200_000
"""So many cells are counted between two looks whether to go on."""


@dataclass(frozen=True)
class Counting:
    """Which sun counts.

    Attributes
    ----------
    longest : int
        So many of the longest spells; 0 for all.
    least_spell_min : float
        Shorter spells do not count.
    lowest_deg : float
        A lower sun does not count.
    """

    longest: int = 0
    least_spell_min: float = 0.0
    lowest_deg: float = 0.0


def ground_sun_hours(
    surface: Grid, path: SunPath, counting: Counting | None = None, progress: Progress = silent, threads: int = 1
) -> Grid:
    """Hours of sun on every cell, in steps of the path.

    Parameters
    ----------
    surface : Grid
        Heights of terrain and roofs.
    path : SunPath
        The sun in the middle of each step, as `SunDay.midpoints` has it.

    Returns
    -------
    Grid
        float32 hours; NaN where the surface has no height.
    """
    counting = counting or Counting()
    shadows = cast_shadows(
        surface, path.azimuth_deg, path.altitude_deg, counting.lowest_deg, part(progress, 0.0, 0.7), threads
    )
    minutes = np.full(len(path), 60.0 * path.step_h)
    return sun_hours(shadows, minutes, counting, part(progress, 0.7, 1.0), threads)


def sun_hours(
    shadows: Shadows, minutes: Floats, counting: Counting, progress: Progress = silent, threads: int = 1
) -> Grid:
    """Hours without shadow on every cell, where each time stands for some minutes."""
    planes = shadows.planes.reshape(len(shadows.planes), shadows.surface.cells.size)
    hours = np.zeros(shadows.surface.cells.size, np.float32)

    def block(first: int) -> Task:
        def work(stopped: threading.Event) -> None:
            space = np.zeros(counting.longest)
            behind = min(first + BLOCK_CELLS, len(hours))
            measure_spells(
                planes, shadows.plane, shadows.bit, minutes, counting.least_spell_min, counting.longest, first,
                behind, space, hours,
            )  # fmt: skip

        return work

    blocks = [block(first) for first in range(0, len(hours), BLOCK_CELLS)]
    side_by_side(blocks, threads, progress, Message("Hours of sun"))
    values = hours.reshape(shadows.surface.values.shape)
    return shadows.surface.with_values(np.where(shadows.known, values, np.float32(np.nan)))
