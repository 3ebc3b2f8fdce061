"""The ground above pipes and tunnels: where it is least."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.grid import Grid
from ..common.prisms import Floats, Ints
from ..common.progress import Progress, advance, silent
from .bodies import Bodies

BLOCK = 200_000
"""Points of axes that are looked up at once."""


@dataclass(frozen=True, eq=False)
class Covers:
    """The least cover of each body that has tubes or slabs below the ground.

    Attributes
    ----------
    least_m : ndarray, shape (bodies,)
        Ground less crown; negative where the crown lies above the ground, NaN where there is no terrain.
    at : ndarray, shape (bodies, 3)
        Where, at the level of the crown.
    """

    least_m: Floats
    at: Floats


def covers(bodies: Bodies, terrain: Grid, progress: Progress = silent) -> Covers:
    """The least cover of the tubes of each body, looked up at every half cell along their axes, both ends among them.

    Raises
    ------
    Cancelled
    """
    least, at = np.full(len(bodies), np.nan), np.full((len(bodies), 3), np.nan)
    length = np.hypot(*(bodies.end - bodies.start)[:, :2].T)
    number = np.maximum(np.ceil(2.0 * length / terrain.cell_m), 1).astype(np.int64) + 1
    ends = np.cumsum(number)
    block = (ends - 1) // BLOCK
    for value in np.unique(block):
        tubes = np.flatnonzero(block == value)
        advance(progress, float(tubes[0]) / max(bodies.tubes, 1))
        _take(bodies, terrain, tubes, number[tubes], least, at)
    return Covers(least, at)


def _take(bodies: Bodies, terrain: Grid, tubes: Ints, number: Ints, least: Floats, at: Floats) -> None:
    tube = np.repeat(tubes, number)
    within = np.arange(len(tube)) - np.repeat(np.cumsum(number) - number, number)
    share = within / np.repeat(number - 1, number)
    place = bodies.start[tube] + share[:, None] * (bodies.end[tube] - bodies.start[tube])
    place[:, 2] += bodies.radius_m[tube]
    cover = terrain.sample(place[:, 0], place[:, 1]) - place[:, 2]
    owner = bodies.owner[tube]
    known = np.flatnonzero(np.isfinite(cover))
    order = known[np.lexsort([cover[known], owner[known]])]
    first = order[np.r_[True, owner[order][1:] != owner[order][:-1]]] if len(order) else order
    lower = first[~(least[owner[first]] <= cover[first])]
    least[owner[lower]], at[owner[lower]] = cover[lower], place[lower]
