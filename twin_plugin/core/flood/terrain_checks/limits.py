"""The kinds of faults that a terrain is checked for, and from which size on each counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from ...common.errors import InputError

STEEPEST_SPIKE = 1.0
"""Peaks that rise less than their width are summits of coarse cells and no spikes."""
STEEPEST_WALL = 0.5
"""Ridges whose sides rise less, as a tangent, are crests of hills and no walls."""
WALL_CELLS = 2
"""A wall falls off within so many cells on both sides: it is at most three cells wide."""
BANK_SHARE = 0.5
"""The banks of a channel rise above its bed by this share of the height of a bridge at least."""
CHANNEL_M = 20.0
"""Both banks of a channel are looked for within this distance."""
SEARCHED = 1.5
"""A bridge is looked for within this many times the longest breach from the lowest place before it."""
MOST_HALO = 2000
"""A limit on what one tile reads around it: about 70 million cells at the most."""


class Kind(StrEnum):
    """What may be wrong in a terrain; the value is the code in the table."""

    FORM = "form"
    UNITS = "units"
    NO_DATA = "no_data"
    HOLE = "holes"
    PIT = "pits"
    SPIKE = "spikes"
    DIAGONAL = "diagonals"
    BRIDGE = "bridges"
    WALL = "walls"
    SEAM = "seams"
    FLAT = "flats"


class Severity(StrEnum):
    """How bad a finding is."""

    WRONG = "wrong"
    CHECK = "check"
    NOTE = "note"


MENDABLE = (Kind.NO_DATA, Kind.PIT, Kind.SPIKE, Kind.DIAGONAL, Kind.BRIDGE)
"""The kinds that a user may have mended or not. Form and units always are; the others are for people to judge."""


@dataclass(frozen=True)
class Limits:
    """From which size on a fault counts; lengths in m, areas in m².

    Attributes
    ----------
    pit_depth_m, pit_area_m2 : float
        Least depth and greatest area of a pit; larger ones are depressions of the ground.
    spike_height_m : float
        Least height of a spike, whose greatest area is that of a pit.
    wall_height_m, wall_length_m : float
        Least height above both sides, and least length, of a wall.
    bridge_height_m, breach_m : float
        How high a deck stands above the bed of the channel at least, and how wide it is at most.
    seam_step_m, seam_length_m : float
        Least mean step along a row or column line, and least length of that line.
    flat_area_m2 : float
        Least area of equal heights.

    Raises
    ------
    InputError
        When a limit is not above 0.
    """

    pit_depth_m: float = 0.5
    pit_area_m2: float = 10.0
    spike_height_m: float = 2.0
    wall_height_m: float = 0.5
    wall_length_m: float = 20.0
    bridge_height_m: float = 1.0
    breach_m: float = 30.0
    seam_step_m: float = 0.1
    seam_length_m: float = 100.0
    flat_area_m2: float = 10_000.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                raise InputError("The limit {name} must be above 0, not {value:g}.", name=name, value=value)


@dataclass(frozen=True)
class CellLimits:
    """`Limits` in cells of a size; whole numbers, so that tiles and the whole give the same.

    Raises
    ------
    InputError
        When a search would reach over more than `MOST_HALO` cells.
    """

    limits: Limits
    cell_m: float

    def __post_init__(self) -> None:
        if self.halo > MOST_HALO:
            raise InputError(
                "On cells of {cell_m:g} m the search for bridges up to {breach:g} m wide, or for pits up to {area:g} "
                "m², would reach over {halo} cells, more than the {most} that fit into memory: choose smaller limits.",
                cell_m=self.cell_m,
                breach=self.limits.breach_m,
                area=self.limits.pit_area_m2,
                halo=self.halo,
                most=MOST_HALO,
            )

    @property
    def pit_cells(self) -> int:
        """Most cells of a pit or spike."""
        return max(1, math.floor(self.limits.pit_area_m2 / self.cell_m**2 + 1e-9))

    @property
    def pit_reach(self) -> int:
        """How far a pit may reach from its lowest cell: longer ones are ditches."""
        return 2 * math.ceil(math.sqrt(self.pit_cells))

    @property
    def spike_m(self) -> float:
        """Least height of a spike."""
        return max(self.limits.spike_height_m, STEEPEST_SPIKE * self.cell_m)

    @property
    def breach(self) -> int:
        """Most high cells on the way through a deck."""
        return max(1, math.floor(self.limits.breach_m / self.cell_m + 1e-9))

    @property
    def search(self) -> int:
        """How far a deck is looked for."""
        return math.ceil(SEARCHED * self.breach) + 1

    @property
    def channel(self) -> int:
        """How far the banks of a channel are looked for, and how wide a breach becomes to each side."""
        return max(1, math.ceil(CHANNEL_M / self.cell_m))

    @property
    def halo(self) -> int:
        """How many cells around a tile its answer depends on: the sum over the stages, one after the other."""
        extremes, diagonals = 4 * (self.pit_reach + 1), 5  # where a pit reaches to, and what it depends on from there
        return extremes + diagonals + 2 * (self.search + self.channel) + WALL_CELLS + 2
