"""Structures that pass water between two places, as a run's setup has them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .kinds import Kind

IntVector = NDArray[np.int64]


@dataclass(frozen=True)
class Pool:
    """Cells at one end of a structure, whose water counts as one; none where the water leaves the area."""

    rows: IntVector
    columns: IntVector

    def __len__(self) -> int:
        return len(self.rows)

    def wider(self, factor: int) -> Pool:
        """The cells of a grid whose cells are wider by a factor, each once, in the same order."""
        pairs = dict.fromkeys(zip((self.rows // factor).tolist(), (self.columns // factor).tolist(), strict=True))
        both = np.array(list(pairs), np.int64).reshape(-1, 2)
        return Pool(both[:, 0].copy(), both[:, 1].copy())


NOWHERE = Pool(np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True)
class Control:
    """When a pump runs or a gate is open.

    Attributes
    ----------
    start_s, end_s : float
        From the first time up to the second one.
    on_m, off_m : float
        Levels, metres above datum, at which it starts (opens) and stops (closes); in between it stays as it is. NaN: no
        level counts. `off_m` above `on_m`: it stops when the water rises.
    highest : bool
        The higher one of the levels at both ends counts, not that at the start of the line.
    """

    start_s: float = 0.0
    end_s: float = math.inf
    on_m: float = math.nan
    off_m: float = math.nan
    highest: bool = False

    def switched(self, on: bool, level_m: float) -> bool:
        """Whether it runs at a level, after it was on or off."""
        if math.isnan(self.on_m) or math.isnan(self.off_m):
            return True
        if self.on_m >= self.off_m:
            return level_m >= self.on_m or (on and level_m > self.off_m)
        return level_m <= self.on_m or (on and level_m < self.off_m)

    @property
    def first(self) -> bool:
        """Whether it is on before any level was read: where it stops at high water."""
        return not self.on_m >= self.off_m


@dataclass(frozen=True)
class Passage:
    """A way of water through a structure, with the numbers of its kind (see `passage_kernels`)."""

    start: Pool
    end: Pool
    numbers: tuple[float, ...]


@dataclass(frozen=True)
class Link:
    """A structure that passes water.

    Attributes
    ----------
    passages : tuple of Passage
        One, or for a bridge one for each strip across the flow.
    one_way : bool
        Water passes only from the start to the end.
    curve : tuple of (lift_m, flow_m3s)
        Of a pump, the lift rising.
    inlet : tuple of float
        Of a culvert: form, k, m, c, y and slope factor of inlet control.
    path : tuple of (x, y)
        Where it lies, for the map.
    """

    name: str
    kind: Kind
    passages: tuple[Passage, ...]
    control: Control = Control()
    one_way: bool = False
    curve: tuple[tuple[float, float], ...] = ()
    inlet: tuple[float, ...] = ()
    path: tuple[tuple[float, float], ...] = ()

    @property
    def outside(self) -> bool:
        """Whether its water leaves the area."""
        return not len(self.passages[0].end)
