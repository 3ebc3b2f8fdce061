"""What a barrier before each opening alone would keep out of rooms below ground, and how these openings rank."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...common.progress import Progress, part, silent
from .filling import OutsideLevels, fill
from .room_water import Filling, Mouth, RoomFilled
from .rooms import Barrier, Room, RoomLink, RoomOpening

MOST_MOUTHS = 20_000
"""So many mouths are computed together: those of the rooms that one opening leads to, for each opening."""
FULL_DAMAGE_M = 1.2
"""Depth in a room at which its whole value is lost, by default: what stands in a room stands on its floor."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """Rooms below ground, their openings, and the water outside over time, as `fill` takes them."""

    rooms: Sequence[Room]
    openings: Sequence[RoomOpening]
    links: Sequence[RoomLink]
    barriers: Sequence[Barrier]
    mouths: Sequence[Mouth]
    outside: OutsideLevels
    start_s: float
    duration_s: float
    step_s: float = 1.0

    def fill(self, output_step_s: float, progress: Progress = silent) -> Filling:
        """Fill the rooms."""
        return fill(
            self.rooms,
            self.openings,
            self.outside,
            self.duration_s,
            links=self.links,
            barriers=self.barriers,
            mouths=self.mouths,
            start_s=self.start_s,
            step_s=self.step_s,
            output_step_s=output_step_s,
            progress=progress,
        )


@dataclass(frozen=True)
class Values:
    """What is lost in rooms: the value of what each holds (NaN where unknown), and the depth at which all is lost (m).

    The loss rises evenly with the depth.
    """

    values: Vector
    full_depth_m: float = FULL_DAMAGE_M

    def damage(self, room: int, depth_m: float) -> float:
        """Loss in a room by its greatest depth, in the unit of the values; NaN where its value is unknown."""
        return float(self.values[room]) * min(depth_m / self.full_depth_m, 1.0)


@dataclass(frozen=True)
class Barred:
    """What a barrier before one opening alone wins.

    Attributes
    ----------
    opening : int
    kept_out_m3 : float
        What all rooms together hold less at most; below 0 where water leaves by the opening.
    won_min : tuple of float
        By how many minutes its room reaches each of `DEPTHS_M` later; infinite where it no longer does, NaN where it
        does not without the barrier either.
    avoided : float
        Damage in all rooms that there is no more, NaN where no value is known.
    """

    opening: int
    kept_out_m3: float
    won_min: tuple[float, ...]
    avoided: float


def groups_of(rooms: int, links: Sequence[RoomLink]) -> list[int]:
    """The number of the group of each room: rooms that passages join have the same one."""
    group = list(range(rooms))
    for link in links:
        first, second = sorted((group[link.room], group[link.other]))
        if first != second:
            group = [first if own == second else own for own in group]
    return group


def bar_each(
    case: Case, free: Filling, values: Values, most_mouths: int = MOST_MOUTHS, progress: Progress = silent
) -> list[Barred]:
    """Bar each opening through which water passes, alone.

    Parameters
    ----------
    case : Case
    free : Filling
        The case with all openings as they are.
    values : Values
    most_mouths : int
    progress : Progress

    Returns
    -------
    list of Barred
        By opening; nothing for those that no water passes.
    """
    group = groups_of(len(case.rooms), case.links)
    passed = [number for number, flow in enumerate(free.openings) if flow.in_m3 > 0 or flow.out_m3 > 0]
    found: list[Barred] = []
    for done, batch in _batches(case, group, passed, most_mouths):
        own = part(progress, done / max(len(passed), 1), (done + len(batch)) / max(len(passed), 1))
        copies = _copies(case, group, batch)
        filled = copies.case.fill(case.duration_s, own).rooms
        for opening, rooms in zip(batch, copies.rooms, strict=True):
            barred = {room: filled[copy] for room, copy in rooms.items()}
            found.append(_won(opening, case.openings[opening].room, free.rooms, barred, values))
    return found


def ranked(barred: Sequence[Barred], openings: Sequence[RoomOpening]) -> list[Barred]:
    """The openings by the damage avoided per metre of barrier, then by the water kept out per metre; the best first."""

    def by(item: Barred) -> tuple[float, float, int]:
        width_m = max(openings[item.opening].width_m, 1e-9)
        avoided = -math.inf if math.isnan(item.avoided) else item.avoided / width_m
        return -avoided, -item.kept_out_m3 / width_m, item.opening

    return sorted(barred, key=by)


def _won(
    opening: int, room: int, free: Sequence[RoomFilled], barred: Mapping[int, RoomFilled], values: Values
) -> Barred:
    kept_m3 = sum(
        free[number].filled_share * free[number].room.volume_m3 - filled.filled_share * filled.room.volume_m3
        for number, filled in barred.items()
    )
    won = tuple(
        math.inf if math.isnan(late) and not math.isnan(early) else late - early
        for early, late in zip(free[room].minutes, barred[room].minutes, strict=True)
    )
    losses = [
        values.damage(number, free[number].depth_max_m) - values.damage(number, filled.depth_max_m)
        for number, filled in barred.items()
    ]
    known = [loss for loss in losses if not math.isnan(loss)]
    return Barred(opening, kept_m3, won, sum(known) if known else math.nan)


def _batches(case: Case, group: Sequence[int], passed: Sequence[int], most: int) -> Iterator[tuple[int, list[int]]]:
    """Openings that are computed together, and how many there were before."""
    size = dict.fromkeys(group, 0)
    for mouth in case.mouths:
        size[group[case.openings[mouth.opening].room]] += 1
    batch: list[int] = []
    mouths, done = 0, 0
    for opening in passed:
        more = size[group[case.openings[opening].room]]
        if batch and mouths + more > most:
            yield done, batch
            done, batch, mouths = done + len(batch), [], 0
        batch.append(opening)
        mouths += more
    if batch:
        yield done, batch


@dataclass(frozen=True)
class _Copies:
    """The rooms of a case once for each barred opening, and of each opening the copies of its group by room."""

    case: Case
    rooms: list[dict[int, int]]


def _copies(case: Case, group: Sequence[int], batch: Sequence[int]) -> _Copies:
    """Rooms, openings, passages and barriers once for each opening that is barred: it has no mouth in its copy.

    All copies take part in the same steps, which is much quicker than a run for each.
    """
    rooms: list[Room] = []
    openings: list[RoomOpening] = []
    links: list[RoomLink] = []
    barriers: list[Barrier] = []
    mouths: list[Mouth] = []
    places: list[dict[int, int]] = []
    for barred in batch:
        own = group[case.openings[barred].room]
        room_at = {number: len(rooms) + k for k, number in enumerate(n for n, g in enumerate(group) if g == own)}
        inside = [number for number, opening in enumerate(case.openings) if opening.room in room_at]
        at = {number: len(openings) + k for k, number in enumerate(inside)}
        rooms += [case.rooms[number] for number in room_at]
        openings += [replace(case.openings[number], room=room_at[case.openings[number].room]) for number in inside]
        links += [
            replace(link, room=room_at[link.room], other=room_at[link.other])
            for link in case.links
            if link.room in room_at
        ]
        barriers += [replace(bar, opening=at[bar.opening]) for bar in case.barriers if bar.opening in at]
        mouths += [
            replace(mouth, opening=at[mouth.opening])
            for mouth in case.mouths
            if mouth.opening in at and mouth.opening != barred
        ]
        places.append(room_at)
    return _Copies(replace(case, rooms=rooms, openings=openings, links=links, barriers=barriers, mouths=mouths), places)
