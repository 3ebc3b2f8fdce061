"""The insides of buildings that are cut out: water enters and leaves them through doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..process import Domain, Process, ProcessField, Role, RunningProcess, WiderCells
from ..surface import GAPS, Surface
from ..underground.rooms import Barrier, Room, RoomLink, RoomOpening
from .underground import RunningUnderground, free_cells, mouths_of, named

FILL_SHARE = 0.9
"""Share of a building's footprint that water takes; walls and what stands in it have the rest."""
HEIGHT_M = 50.0
"""Water inside never stands so high above the floor."""


@dataclass(frozen=True)
class Interiors(Process):
    """Insides of buildings with doors.

    The water inside is level; through each door it flows as over a weir of the door's width, in both directions.

    Attributes
    ----------
    rooms : tuple of Room
        The inside of each building with a door; `row` is the label of the building.
    openings : tuple of RoomOpening
        Doors, by number of their room.
    west, north : float
        Outer corner of the terrain's first cell, in its CRS: doors are placed from there.
    """

    rooms: tuple[Room, ...] = ()
    openings: tuple[RoomOpening, ...] = ()
    west: float = 0.0
    north: float = 0.0

    FIELDS = (
        ProcessField("interiors", "", Role.READS, "buildings that water enters through doors"),
        ProcessField("doors", "", Role.READS, "their doors"),
        ProcessField("to_interiors_m3", "m³", Role.TAKES, "water that entered buildings through doors"),
        ProcessField("from_interiors_m3", "m³", Role.ADDS, "water that left buildings through doors"),
    )
    SOURCE = (
        "A level storage behind broad-crested weirs, drowned by Villemonte (1947), Engineering News-Record 139, as for "
        "rooms below ground; buildings with holes: Schubert and Sanders (2012), doi:10.1016/j.advwatres.2012.02.012."
    )
    STORE: ClassVar[str] = "interiors"
    PASSED: ClassVar[tuple[str, str]] = ("to_interiors_m3", "from_interiors_m3")

    @property
    def links(self) -> tuple[RoomLink, ...]:
        """None: buildings are not joined."""
        return ()

    @property
    def barriers(self) -> tuple[Barrier, ...]:
        """None."""
        return ()

    def check(self, surface: Surface) -> None:
        bed = surface.bed
        if self.rooms and surface.buildings_as != GAPS:
            raise InputError("Doors need buildings as walls with gaps: choose gaps in BUILDINGS_AS.")
        if self.rooms and (self.west, self.north) != (bed.west, bed.north):
            raise InputError("Doors must be placed on the terrain of the run.")

    def warnings(self, surface: Surface) -> Iterator[Message]:
        if surface.buildings_as == GAPS and not self.rooms:
            yield Message("No building has a door: with BUILDINGS_AS gaps and without DOORS water enters none.")
        places = mouths_of(self, free_cells(surface), surface.bed.cell_m)
        lost = [door.id for door, (rows, _) in zip(self.openings, places, strict=True) if not len(rows)]
        if lost:
            yield Message(
                "{n} doors ({ids}) have no cell of the terrain without a building near them: no water enters there. "
                "Move them to the edge of their building, or choose a larger extent.",
                n=len(lost),
                ids=named(lost),
            )

    def settings(self) -> dict[str, Any]:
        return {"interiors": len(self.rooms), "doors": len(self.openings)}

    def coarsened(self, wide: WiderCells) -> Process | None:
        """None: the first look takes buildings as walls."""
        return None

    def start(self, domain: Domain) -> RunningProcess | None:
        return RunningInteriors(self, domain) if self.rooms else None


@dataclass(frozen=True)
class InsideWater:
    """What stood in buildings.

    Attributes
    ----------
    labels : int32 array, shape (rows, columns)
        The building on each cell, 0 for none.
    buildings : int array
        Labels of those with doors.
    floor_m, depth_max_m, volume_m3 : float arrays
        Of each of these: floor, metres above datum, deepest water and what stands in it at the end.
    """

    labels: NDArray[np.int32]
    buildings: NDArray[np.int64]
    floor_m: NDArray[np.float64]
    depth_max_m: NDArray[np.float64]
    volume_m3: NDArray[np.float64]

    def on_cells(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values of buildings on their cells, NaN elsewhere, shape (rows, columns)."""
        table = np.full(int(self.labels.max(initial=0)) + 1, np.nan)
        table[self.buildings] = values
        return table[self.labels]


class RunningInteriors(RunningUnderground):
    """The insides of the buildings of a run."""

    def __init__(self, settings: Interiors, domain: Domain) -> None:
        super().__init__(settings, domain)
        self._labels = domain.terrain.buildings

    def outcome(self) -> InsideWater:
        filled = self.filling().rooms
        labels = np.zeros((0, 0), np.int32) if self._labels is None else self._labels
        return InsideWater(
            labels,
            np.array([item.room.row for item in filled], np.int64),
            np.array([item.room.bottom_m for item in filled]),
            np.array([item.depth_max_m for item in filled]),
            np.array([item.volume_m3 for item in filled]),
        )
