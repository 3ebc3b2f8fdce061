"""How rooms fill where the levels of the water outside are known: from a RESULT, a gauge, or by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...common.errors import InputError
from ...common.progress import Progress, advance, silent
from .room_water import Filling, Mouth, RoomWater, Vector
from .rooms import Barrier, Room, RoomLink, RoomOpening


@dataclass(frozen=True)
class OutsideLevels:
    """Levels of the water outside over time, linear between the times and constant after the last one.

    Attributes
    ----------
    times_s : array, shape (times,)
        They rise.
    levels_m : array, shape (times, openings)
        Metres above datum; NaN where no water stands. With mouths of their own their nodes stand for the openings.
    """

    times_s: Vector
    levels_m: Vector

    def __post_init__(self) -> None:
        if not (np.diff(self.times_s) > 0).all() or len(self.levels_m) != len(self.times_s):
            raise InputError("The times of the levels outside must rise, and each must have its levels.")

    def at(self, time_s: float) -> Vector:
        """The levels at a time; minus infinity where no water stands. As it comes or goes the nearer time counts."""
        place = int(np.clip(np.searchsorted(self.times_s, time_s, "right") - 1, 0, len(self.times_s) - 1))
        after = min(place + 1, len(self.times_s) - 1)
        low, high = self.levels_m[place], self.levels_m[after]
        span = self.times_s[after] - self.times_s[place]
        share = min(max((time_s - self.times_s[place]) / span, 0.0), 1.0) if span > 0 else 0.0
        both = low + share * (high - low)
        level = np.where(np.isnan(both), low if share < 0.5 else high, both)
        return np.where(np.isnan(level), -math.inf, level)


def fill(
    rooms: Sequence[Room],
    openings: Sequence[RoomOpening],
    outside: OutsideLevels,
    duration_s: float,
    *,
    links: Sequence[RoomLink] = (),
    barriers: Sequence[Barrier] = (),
    mouths: Sequence[Mouth] | None = None,
    initial_m3: Sequence[float] | None = None,
    start_s: float = 0.0,
    step_s: float = 1.0,
    output_step_s: float = 60.0,
    progress: Progress = silent,
) -> Filling:
    """Fill rooms over their sills; what goes in does not lower the water outside.

    Parameters
    ----------
    rooms, openings, links, barriers : sequences
    outside : OutsideLevels
    duration_s : float
        From `start_s` on.
    mouths : sequence of Mouth, optional
        Where the water of each opening stands, with the ground there, by nodes of `outside`; by default each opening
        has one, without ground. An opening without a mouth lets no water in.
    initial_m3 : sequence of float, optional
        Water in the rooms at the start.
    start_s : float
        Time of `outside` at which it starts.
    step_s : float
        Longest step; each has the levels of its middle.
    output_step_s : float
        Time between the volumes that are kept.

    Returns
    -------
    Filling

    Raises
    ------
    Cancelled
        When `progress` answers False.
    """
    if mouths is None:
        mouths = [Mouth(number, number, opening.width_m) for number, opening in enumerate(openings)]
    water = RoomWater(rooms, openings, links, barriers, mouths, np.full(outside.levels_m.shape[1], np.inf))
    if initial_m3 is not None:
        water.restore(water.state() | {"volume_m3": np.asarray(initial_m3, np.float64)}, goes_on=False)
    times, volumes, time_s, end_s = [start_s], [water.volume_m3.copy()], start_s, start_s + duration_s
    while time_s < end_s:
        advance(progress, (time_s - start_s) / duration_s)
        target = min(start_s + len(times) * output_step_s, end_s)
        steps = max(1, math.ceil((target - time_s) / step_s - 1e-9))
        dt = (target - time_s) / steps
        for number in range(steps):
            now_s = time_s + number * dt
            water.outside.level_m[:] = water.outside.around_m[:] = outside.at(now_s + 0.5 * dt)
            water.advance(now_s, dt)
        time_s = target
        times.append(time_s)
        volumes.append(water.volume_m3.copy())
    return water.filling(times, volumes)
