"""Rooms below ground, their openings to the street, passages between them and barriers before openings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...common.errors import InputError

FILL_SHARE = 0.9
"""Share of the space between the lowest and the highest point of a room that water can take.

Walls, columns and slabs have the rest: with storeys of 3.5 m, slabs of 0.25 m (7 %), columns of 0.6 m every 8 m (0.6 %)
and outer walls of 0.3 m around 50 m x 40 m (2.7 %) it is 10 %. Parked cars fill with water and take 1 to 2 % more.
"""


@dataclass(frozen=True)
class Room:
    """A garage, basement, concourse or tunnel that fills evenly from its lowest to its highest point.

    Attributes
    ----------
    id : str
    bottom_m, top_m : float
        Floor and ceiling, metres above datum.
    volume_m3 : float
        What it holds when it is full.
    row : int
        Number of its row in the layer that it comes from; -1 where there is none.
    """

    id: str
    bottom_m: float
    top_m: float
    volume_m3: float
    row: int = -1

    def __post_init__(self) -> None:
        if not (math.isfinite(self.bottom_m) and math.isfinite(self.top_m) and self.top_m > self.bottom_m):
            raise InputError(
                "The highest point of the room {id} must lie above its lowest one: give bottom_elev_m and top_elev_m "
                "in metres above the terrain's datum.",
                id=self.id,
            )
        if not (math.isfinite(self.volume_m3) and self.volume_m3 > 0):
            raise InputError("The volume of the room {id} must be above 0 m³.", id=self.id)

    @staticmethod
    def of_area(
        id: str, area_m2: float, bottom_m: float, top_m: float, fill_share: float = FILL_SHARE, row: int = -1
    ) -> Room:
        """A room by its plan's area, of whose space water can take a share."""
        return Room(id, bottom_m, top_m, area_m2 * (top_m - bottom_m) * fill_share, row)

    @property
    def area_m2(self) -> float:
        """Area that water takes at each level."""
        return self.volume_m3 / (self.top_m - self.bottom_m)

    def level_m(self, volume_m3: float) -> float:
        """Level of the water, metres above datum, that has a volume (m³); the floor without water."""
        return self.bottom_m + min(max(volume_m3, 0.0), self.volume_m3) / self.area_m2

    def volume_below_m3(self, level_m: float) -> float:
        """Volume (m³) of the water that stands up to a level, metres above datum."""
        return min(max(level_m - self.bottom_m, 0.0) * self.area_m2, self.volume_m3)


@dataclass(frozen=True)
class RoomOpening:
    """A ramp, door, vent or metro entrance through which water reaches a room.

    Attributes
    ----------
    id : str
    room : int
        Number of its room, from 0.
    x, y : float
        Its place in the CRS of the terrain.
    sill_m : float
        Lowest level at which water enters, metres above datum.
    width_m : float
        Clear width.
    kind : str
        door, ramp, vent, metro entrance or window.
    """

    id: str
    room: int
    x: float
    y: float
    sill_m: float
    width_m: float
    kind: str = ""

    def __post_init__(self) -> None:
        if not math.isfinite(self.sill_m):
            raise InputError("The opening {id} has no level of its sill: give sill_elev_m in metres.", id=self.id)
        if not (math.isfinite(self.width_m) and self.width_m >= 0):
            raise InputError("The width of the opening {id} must not be negative or missing (m).", id=self.id)


@dataclass(frozen=True)
class RoomLink:
    """A passage between two rooms (by number, from 0), with the level of its sill and its clear width, m."""

    room: int
    other: int
    sill_m: float
    width_m: float

    def __post_init__(self) -> None:
        if self.room == self.other:
            raise InputError("A passage between rooms must join two different ones.")
        if not (math.isfinite(self.sill_m) and math.isfinite(self.width_m) and self.width_m > 0):
            raise InputError("A passage between rooms needs sill_elev_m (m) and width_m above 0 m.")


@dataclass(frozen=True)
class Barrier:
    """Flood boards, a flap or a gate before an opening, which stays shut once it has closed, until it fails.

    Attributes
    ----------
    opening : int
        Number of its opening, from 0.
    crest_m : float
        Level up to which it holds water back, metres above datum; infinity for a gate that shuts the opening.
    closes_s : float
        When it closes; infinity where no time closes it.
    closes_level_m : float
        Level of the water at its opening that closes it, metres above datum; infinity where no level does.
    fails_s : float
        When it gives way; infinity for never.
    """

    opening: int
    crest_m: float
    closes_s: float = 0.0
    closes_level_m: float = math.inf
    fails_s: float = math.inf

    def __post_init__(self) -> None:
        if any(math.isnan(value) for value in (self.crest_m, self.closes_s, self.closes_level_m, self.fails_s)):
            raise InputError("A barrier needs a crest, or must be a gate; its times and levels must be numbers.")
