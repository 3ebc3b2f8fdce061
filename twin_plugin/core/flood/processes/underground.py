"""Garages, basements, concourses and tunnels: what passes a sill leaves the terrain and fills them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..ledger import Store
from ..process import Domain, Process, ProcessField, Role, RunningProcess, Step
from ..surface import Surface
from ..underground.places import mouth_cells
from ..underground.room_water import Filling, Mouth, RoomWater
from ..underground.rooms import Barrier, Room, RoomLink, RoomOpening

if TYPE_CHECKING:
    from ..terrain import SolverTerrain

STORE = "underground"
FAR_M = 2.0
"""A sill so far above or below the ground at its opening is doubted: mostly of another datum or a wrong storey."""
NAMED = 3
"""So many ids are named in a sentence."""


@dataclass(frozen=True)
class UndergroundWater(Process):
    """Rooms below ground with their openings, passages between them and barriers.

    Attributes
    ----------
    rooms : sequence of Room
    openings : sequence of RoomOpening
        By number of their room.
    links : sequence of RoomLink
    barriers : sequence of Barrier
    west, north : float
        Outer corner of the terrain's first cell, in its CRS: openings are placed from there.
    """

    rooms: tuple[Room, ...] = ()
    openings: tuple[RoomOpening, ...] = ()
    links: tuple[RoomLink, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    west: float = 0.0
    north: float = 0.0

    FIELDS = (
        ProcessField("underground_rooms", "", Role.READS, "rooms below ground that take water"),
        ProcessField("underground_openings", "", Role.READS, "their openings to the terrain"),
        ProcessField("underground_capacity_m3", "m³", Role.READS, "what all rooms hold when they are full"),
        ProcessField("to_underground_m3", "m³", Role.TAKES, "water that passed sills into rooms below ground"),
        ProcessField("from_underground_m3", "m³", Role.ADDS, "water that came back from rooms below ground"),
    )
    STORE: ClassVar[str] = STORE
    PASSED: ClassVar[tuple[str, str]] = ("to_underground_m3", "from_underground_m3")
    SOURCE = (
        "Broad-crested weir, Q = 1.70 b h^1.5, drowned from the room's side by Villemonte (1947), Engineering "
        "News-Record 139; implicit in the levels on both sides."
    )

    def __post_init__(self) -> None:
        rooms, openings = len(self.rooms), len(self.openings)
        if not all(0 <= opening.room < rooms for opening in self.openings):
            raise InputError("An opening leads to a room that does not exist.")
        if not all(0 <= link.room < rooms and 0 <= link.other < rooms for link in self.links):
            raise InputError("A passage joins a room that does not exist.")
        if not all(0 <= barrier.opening < openings for barrier in self.barriers):
            raise InputError("A barrier stands at an opening that does not exist.")

    def check(self, surface: Surface) -> None:
        bed = surface.bed
        if self.rooms and (self.west, self.north) != (bed.west, bed.north):
            raise InputError("Openings of rooms below ground must be placed on the terrain of the run.")

    def warnings(self, surface: Surface) -> Iterator[Message]:
        """Rooms that no water can reach, openings without a cell, and sills far from the ground."""
        places = self.places(free_cells(surface), surface.bed.cell_m)
        placed = [(o, rows, columns) for o, (rows, columns) in zip(self.openings, places, strict=True) if len(rows)]
        reached = {opening.room for opening, _, _ in placed}
        reached |= {number for link in self.links for number in (link.room, link.other)}
        dry = [room.id for number, room in enumerate(self.rooms) if number not in reached]
        if dry:
            yield Message(
                "No opening leads water to {n} rooms below ground ({ids}): they stay dry.", n=len(dry), ids=named(dry)
            )
        lost = [o.id for o, (rows, _) in zip(self.openings, places, strict=True) if not len(rows)]
        if lost:
            yield Message(
                "{n} openings of rooms below ground ({ids}) have no cell of the terrain without a building near them: "
                "no water enters there. Move them to the edge of their building, or choose a larger extent.",
                n=len(lost),
                ids=named(lost),
            )
        shut = [
            f"{self.rooms[link.room].id} – {self.rooms[link.other].id}"
            for link in self.links
            if link.sill_m >= max(self.rooms[link.room].top_m, self.rooms[link.other].top_m)
        ]
        if shut:
            yield Message(
                "The sills of {n} passages between rooms ({ids}) lie above both ceilings, so that no water passes: "
                "make sure that sill_elev_m is in metres above the terrain's datum.",
                n=len(shut),
                ids=named(shut),
            )
        bed = surface.bed.values
        far = [o.id for o, rows, columns in placed if abs(o.sill_m - float(bed[rows[0], columns[0]])) > FAR_M]
        if far:
            yield Message(
                "The sills of {n} openings of rooms below ground ({ids}) lie more than {far_m:g} m above or below the "
                "ground there: make sure that sill_elev_m is in metres above the terrain's datum.",
                n=len(far),
                ids=named(far),
                far_m=FAR_M,
            )

    def settings(self) -> dict[str, Any]:
        return {
            "underground_rooms": len(self.rooms),
            "underground_openings": len(self.openings),
            "underground_capacity_m3": sum((room.volume_m3 for room in self.rooms), 0.0),
        }

    def places(self, free: NDArray[np.bool_], cell_m: float) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Rows and columns of the free cells from which each opening takes its water."""
        return mouths_of(self, free, cell_m)

    def start(self, domain: Domain) -> RunningProcess | None:
        return RunningUnderground(self, domain) if self.rooms else None


class RoomSettings(Protocol):
    """Settings of a process whose rooms exchange water with the terrain; `PASSED` names the volumes in and out."""

    STORE: ClassVar[str]
    PASSED: ClassVar[tuple[str, str]]

    @property
    def rooms(self) -> tuple[Room, ...]: ...
    @property
    def openings(self) -> tuple[RoomOpening, ...]: ...
    @property
    def links(self) -> tuple[RoomLink, ...]: ...
    @property
    def barriers(self) -> tuple[Barrier, ...]: ...
    @property
    def west(self) -> float: ...
    @property
    def north(self) -> float: ...


def mouths_of(
    settings: RoomSettings, free: NDArray[np.bool_], cell_m: float
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows and columns of the free cells from which each opening takes its water."""
    west, north = settings.west, settings.north
    return [
        mouth_cells(free, (north - o.y) / cell_m, (o.x - west) / cell_m, o.width_m, cell_m) for o in settings.openings
    ]


def free_cells(surface: Surface) -> NDArray[np.bool_]:
    """Cells with a height and without a building."""
    return np.isfinite(surface.bed.values) & surface.free


def named(ids: Sequence[str]) -> str:
    """The first ids of several."""
    return ", ".join(ids[:NAMED]) + (" …" if len(ids) > NAMED else "")


class RunningUnderground(RunningProcess):
    """The rooms of a run and the cells at their openings."""

    def __init__(self, settings: RoomSettings, domain: Domain) -> None:
        from ..schemes.addition_kernels import change_depths
        from ..underground.room_kernels import water_levels

        self._domain, self._change_depths, self._water_levels = domain, change_depths, water_levels
        terrain = domain.terrain
        places = mouths_of(settings, terrain.wet & ~terrain.roofs, domain.cell_m)
        flat = [terrain.layout.index(rows, columns) for rows, columns in places]
        self.cells = np.unique(np.concatenate([np.zeros(0, np.int64), *flat]))
        self._ground_m = terrain.bed_m[self.cells].astype(np.float64) + terrain.base_m
        mouths = [
            Mouth(number, int(node), opening.width_m / len(cells), float(self._ground_m[node]))
            for number, (opening, cells) in enumerate(zip(settings.openings, flat, strict=True))
            for node in np.searchsorted(self.cells, cells)
        ]
        areas = np.full(len(self.cells), domain.cell_m2)
        self._water = RoomWater(settings.rooms, settings.openings, settings.links, settings.barriers, mouths, areas)
        self._store = domain.ledger.stores[settings.STORE] = Store()
        self._to, self._back = settings.PASSED
        # What a float32 change of depth could not take from a cell or give it: it goes along with the next one.
        self._due_m = np.zeros(len(self.cells))
        self._moved_m = np.zeros(len(self.cells))
        self._near = _around(self.cells, terrain)
        self._times_s: list[float] = []
        self._volumes_m3: list[NDArray[np.float64]] = []

    def exchange(self, step: Step) -> None:
        scheme, outside = self._domain.scheme, self._water.outside
        self._water_levels(scheme.depth_m, self.cells, self._ground_m, *self._near, outside)
        before_m = outside.level_m.copy()
        if not self._water.advance(step.start_s, step.dt_s):
            return
        self._due_m += outside.level_m - before_m
        change = self._due_m.astype(np.float32)
        deepest_m = self._change_depths(scheme.depth_m, scheme.low_m, self.cells, change, self._moved_m)
        step.deepest_m = max(step.deepest_m, float(deepest_m))
        self._due_m -= self._moved_m
        self._book()

    def _book(self) -> None:
        moved, store, ledger = self._moved_m, self._store, self._domain.ledger
        back_m3 = float(moved[moved > 0].sum()) * self._domain.cell_m2
        taken_m3 = -float(moved[moved < 0].sum()) * self._domain.cell_m2
        ledger.taken[self._to] += taken_m3
        ledger.added[self._back] += back_m3
        store.from_terrain_m3 += taken_m3
        store.to_terrain_m3 += back_m3
        store.stored_m3 = float(self._water.volume_m3.sum())

    def frame(self, time_s: float) -> None:
        self._times_s.append(time_s)
        self._volumes_m3.append(self._water.volume_m3.copy())

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {**self._water.state(), "due_m": self._due_m.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self._water.restore(state, goes_on=self._domain.start_s > 0)
        if state["due_m"].shape == self._due_m.shape:  # else the cells are others, and what is due is lost
            self._due_m[:] = state["due_m"]
        self._store.initial_m3 = self._store.stored_m3 = float(self._water.volume_m3.sum())

    def filling(self) -> Filling:
        """What became of the rooms so far."""
        return self._water.filling(self._times_s, self._volumes_m3)

    def outcome(self) -> object:
        return self.filling()


def _around(cells: NDArray[np.int64], terrain: SolverTerrain) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The free cells around each of some, without these: where those of each begin, the cells, their ground."""
    layout = terrain.layout
    free = np.zeros(layout.size, bool)
    layout.view(free)[:] = terrain.wet & ~terrain.roofs
    steps = np.array([row * layout.stride + column for row in (-1, 0, 1) for column in (-1, 0, 1)])
    beside = cells[:, None] + steps
    counts = free[beside] & ~np.isin(beside, cells)
    first = np.concatenate([[0], np.cumsum(counts.sum(axis=1))]).astype(np.int64)
    near = beside[counts]
    return first, near, terrain.bed_m[near].astype(np.float64) + terrain.base_m
