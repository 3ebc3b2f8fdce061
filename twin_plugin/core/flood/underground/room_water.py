"""The water in rooms: advances it, and keeps when and how high each room filled and what each opening let in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from .rooms import Barrier, Room, RoomLink, RoomOpening

Vector = NDArray[np.float64]
Numbers = NDArray[np.int64]

DEPTHS_M = (0.15, 0.30, 1.20)
"""Depths in a room whose first minute is kept: wet feet, doors that no longer open, danger to life."""
STARTED_M3 = 0.01
"""An opening lets water in from the moment at which so much has passed it: the drops of a wet street do not count."""


@dataclass(frozen=True)
class Mouth:
    """The part of an opening that lies at one node: its clear width (m) and the ground there, metres above datum."""

    opening: int
    node: int
    width_m: float
    ground_m: float = -math.inf


@dataclass(frozen=True)
class RoomFilled:
    """What became of a room.

    Attributes
    ----------
    room : Room
    volume_m3 : float
        Water in it at the end.
    depth_max_m, level_max_m : float
        Deepest water above its floor and the level of that, metres above datum; NaN where no water came.
    filled_share : float
        Greatest volume as a share of what it holds.
    minutes : tuple of float
        When the water reached each of `DEPTHS_M`; NaN where it never did.
    first_opening : int
        The opening by which water came first, -1 where none did.
    first_min : float
        When it did.
    inflow_m3 : mapping of int to float
        What each of its openings let in, less what went back by it.
    openings : int
        Openings that lead to it.
    """

    room: Room
    volume_m3: float
    depth_max_m: float
    level_max_m: float
    filled_share: float
    minutes: tuple[float, ...]
    first_opening: int
    first_min: float
    inflow_m3: Mapping[int, float]
    openings: int


@dataclass(frozen=True)
class OpeningFlow:
    """What passed an opening: in and back (m³), the greatest inflow (m³/s) and its time, and when water came first.

    Times are NaN where no water came.

    `used` is False where the opening has no cell at which water could reach it.
    """

    opening: RoomOpening
    in_m3: float
    out_m3: float
    peak_m3s: float
    peak_min: float
    first_min: float
    used: bool


@dataclass(frozen=True)
class Filling:
    """Rooms and openings at the end, and the volumes (m³) in the rooms over time, shape (times, rooms)."""

    rooms: tuple[RoomFilled, ...]
    openings: tuple[OpeningFlow, ...]
    times_s: Vector
    volumes_m3: Vector


class RoomWater:
    """The water in the rooms of a run.

    Parameters
    ----------
    rooms : sequence of Room
    openings : sequence of RoomOpening
    links : sequence of RoomLink
    barriers : sequence of Barrier
    mouths : sequence of Mouth
        Openings without one let no water in.
    node_area_m2 : array, shape (nodes,)
        Area of the water outside at each node, by which its level falls; infinite where the level is given.

    Attributes
    ----------
    outside : room_kernels.Outside
        The water at the nodes; whoever advances the rooms sets level_m and around_m (metres above datum).
    volume_m3 : float64 array, shape (rooms,)
    moved_m3 : float64 array, shape (mouths,)
        What passed each mouth in the last step, positive into the room.
    """

    def __init__(
        self,
        rooms: Sequence[Room],
        openings: Sequence[RoomOpening],
        links: Sequence[RoomLink],
        barriers: Sequence[Barrier],
        mouths: Sequence[Mouth],
        node_area_m2: Vector,
    ) -> None:
        from .room_kernels import Links, Mouths, Outside, RoomArrays, advance

        self._advance = advance
        self._rooms, self._openings, self._barriers = tuple(rooms), tuple(openings), tuple(barriers)
        own = sorted(mouths, key=lambda mouth: (openings[mouth.opening].room, mouth.opening))
        self._ground_m = np.array([mouth.ground_m for mouth in own])
        at = np.array([openings[mouth.opening].room for mouth in own], np.int64)
        self._mouths = Mouths(
            np.searchsorted(at, np.arange(len(rooms) + 1)).astype(np.int64),
            np.array([mouth.opening for mouth in own], np.int64),
            np.array([mouth.node for mouth in own], np.int64),
            np.zeros(len(own)),
            np.array([mouth.width_m for mouth in own], np.float64),
            np.zeros(len(own)),
        )
        self._arrays = RoomArrays(
            np.array([room.bottom_m for room in rooms], np.float64),
            np.array([room.volume_m3 for room in rooms], np.float64),
            np.array([room.area_m2 for room in rooms], np.float64),
            np.zeros(len(rooms)),
        )
        self._links = Links(
            np.array([link.room for link in links], np.int64),
            np.array([link.other for link in links], np.int64),
            np.array([link.sill_m for link in links], np.float64),
            np.array([link.width_m for link in links], np.float64),
        )
        nodes = len(node_area_m2)
        self.outside = Outside(np.zeros(nodes), np.asarray(node_area_m2, np.float64), np.zeros(nodes))
        self.volume_m3, self.moved_m3 = self._arrays.volume_m3, self._mouths.moved_m3
        self._closed = np.zeros(len(barriers), bool)
        self._failed = np.zeros(len(barriers), bool)
        self._set_crests()
        self._record = _Record(len(rooms), len(openings))

    def _set_crests(self) -> None:
        sills = np.array([opening.sill_m for opening in self._openings])
        for barrier, closed, failed in zip(self._barriers, self._closed, self._failed, strict=True):
            if closed and not failed:
                sills[barrier.opening] = max(sills[barrier.opening], barrier.crest_m)
        np.maximum(sills[self._mouths.opening], self._ground_m, out=self._mouths.crest_m)

    def _move_barriers(self, time_s: float) -> None:
        """Close the barriers whose time or level has come, and let those give way whose time has."""
        changed = False
        for number, barrier in enumerate(self._barriers):
            if not self._closed[number]:
                at = self._mouths.node[self._mouths.opening == barrier.opening]
                level_m = self.outside.level_m[at].max(initial=-math.inf)
                if time_s >= barrier.closes_s or level_m >= barrier.closes_level_m:
                    self._closed[number] = changed = True
            if not self._failed[number] and time_s >= barrier.fails_s:
                self._failed[number] = changed = True
        if changed:
            self._set_crests()

    def advance(self, start_s: float, dt_s: float) -> bool:
        """Let water pass for a time from the levels in `outside`, which fall with it; whether any did."""
        if self._barriers:
            self._move_barriers(start_s)
        before = self.volume_m3.copy()
        self.moved_m3[:] = 0.0
        moved = self._advance(dt_s, self._arrays, self._mouths, self.outside, self._links)
        if moved:
            by_opening = np.zeros(len(self._openings))
            np.add.at(by_opening, self._mouths.opening, self.moved_m3)
            area_m2 = self._arrays.area_m2
            self._record.keep(start_s, dt_s, before / area_m2, self.volume_m3 / area_m2, by_opening)
        return bool(moved)

    def state(self) -> dict[str, NDArray[Any]]:
        """Which rooms there are and what they hold, which barriers have closed or given way, and the record so far."""
        return {
            "rooms": np.array([room.id for room in self._rooms], np.str_),
            "volume_m3": self.volume_m3.copy(),
            "closed": self._closed.copy(),
            "failed": self._failed.copy(),
            **{name: getattr(self._record, name).copy() for name in _Record.KEPT},
        }

    def restore(self, state: Mapping[str, NDArray[Any]], goes_on: bool) -> None:
        """Go on from a state: with its record where the clock goes on, else from what the rooms hold.

        Raises
        ------
        InputError
            When it is that of other rooms, openings or barriers.
        """
        own = self.state()
        if any(own[name].shape != state[name].shape for name in own) or (own["rooms"] != state["rooms"]).any():
            raise InputError(
                "The state in START has other rooms below ground, openings or barriers than this run: give the same "
                "layers, or start without it."
            )
        self.volume_m3[:] = state["volume_m3"]
        self._closed[:], self._failed[:] = state["closed"], state["failed"]
        self._set_crests()
        if goes_on:
            for name in _Record.KEPT:
                getattr(self._record, name)[:] = state[name]
        else:
            self._record.start(self.volume_m3 / self._arrays.area_m2)

    def filling(self, times_s: Sequence[float], volumes_m3: Sequence[Vector]) -> Filling:
        """What became of the rooms, with their volumes at some times."""
        record, used = self._record, set(self._mouths.opening.tolist())
        flows = tuple(
            OpeningFlow(opening, record.in_m3[i], record.out_m3[i], record.peak_m3s[i], record.peak_min[i],
                        record.first_min[i], i in used)
            for i, opening in enumerate(self._openings)
        )  # fmt: skip
        rooms = tuple(self._filled(number, room, flows) for number, room in enumerate(self._rooms))
        volumes = np.reshape(np.asarray(volumes_m3, np.float64), (len(times_s), len(self._rooms)))
        return Filling(rooms, flows, np.asarray(times_s, np.float64), volumes)

    def _filled(self, number: int, room: Room, flows: Sequence[OpeningFlow]) -> RoomFilled:
        depth, own = float(self._record.depth_m[number]), [i for i, f in enumerate(flows) if f.opening.room == number]
        first = min((i for i in own if flows[i].first_min == flows[i].first_min), key=lambda i: flows[i].first_min,
                    default=-1)  # fmt: skip
        return RoomFilled(
            room,
            float(self.volume_m3[number]),
            depth,
            room.bottom_m + depth if depth > 0 else math.nan,
            min(depth / (room.top_m - room.bottom_m), 1.0),
            tuple(self._record.minutes[number].tolist()),
            first,
            flows[first].first_min if first >= 0 else math.nan,
            {i: flows[i].in_m3 - flows[i].out_m3 for i in own},
            sum(flows[i].used for i in own),
        )


class _Record:
    """Maxima and first times of rooms and openings."""

    KEPT = ("depth_m", "minutes", "in_m3", "out_m3", "peak_m3s", "peak_min", "first_min")

    def __init__(self, rooms: int, openings: int) -> None:
        self.depth_m = np.zeros(rooms)
        self.minutes = np.full((rooms, len(DEPTHS_M)), math.nan)
        self.in_m3, self.out_m3, self.peak_m3s = np.zeros(openings), np.zeros(openings), np.zeros(openings)
        self.peak_min, self.first_min = np.full(openings, math.nan), np.full(openings, math.nan)

    def start(self, depth_m: Vector) -> None:
        """Rooms have water at the start."""
        self.depth_m[:] = depth_m
        self.minutes[depth_m[:, None] >= np.array(DEPTHS_M)] = 0.0

    def keep(self, start_s: float, dt_s: float, before_m: Vector, after_m: Vector, moved_m3: Vector) -> None:
        """Note a step: depths in the rooms before and after it, and what passed each opening."""
        for k, depth_m in enumerate(DEPTHS_M):
            rows = np.flatnonzero((after_m >= depth_m) & np.isnan(self.minutes[:, k]))
            if len(rows):  # the depth rises evenly within a step
                rise = after_m[rows] - before_m[rows]
                share = np.where(rise > 0, (depth_m - before_m[rows]) / np.where(rise > 0, rise, 1.0), 0.0)
                self.minutes[rows, k] = (start_s + np.clip(share, 0.0, 1.0) * dt_s) / 60.0
        np.maximum(self.depth_m, after_m, out=self.depth_m)
        self.in_m3 += np.maximum(moved_m3, 0.0)
        self.out_m3 -= np.minimum(moved_m3, 0.0)
        flow, end_min = moved_m3 / dt_s, (start_s + dt_s) / 60.0
        higher = flow > self.peak_m3s
        self.peak_m3s[higher], self.peak_min[higher] = flow[higher], end_min
        self.first_min[np.isnan(self.first_min) & (self.in_m3 >= STARTED_M3)] = end_min
