"""Ingress: where the water outside stands above a sill, how high, and when it first did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray, IntArray
from ..common.errors import InputError
from ..common.messages import Message
from ..common.progress import Progress, advance, silent
from .ring import RingCells
from .tiles import Tile

THRESHOLD_M = 0.15
"""Height of a door's sill above the ground floor where no opening is known."""

BURIED_M = 1.0
"""A sill further below the ground outside is reached only through a ramp, a vent or a metro entrance."""

BLOCK_SLACK_M = 0.05
"""RESULT faces may merge several cells. If a face's level exceeds this cell's maximum by more than this, it belongs to
a neighbour and is ignored.
"""

LEADS_DOWN = ("ramp", "vent", "metro entrance")
"""Kinds of opening through which water reaches what lies below ground."""


class Series(Protocol):
    """Depth and level over time, as `bridge.kernel.ugrid_reader` reads them from a RESULT."""

    def number(self, x: FloatArray, y: FloatArray) -> IntArray:
        """The face that holds each point, in the CRS of the water; -1 where there is none."""

    def steps(self, faces: IntArray) -> Iterator[tuple[float, float, FloatArray, FloatArray]]:
        """For each time: share done, minutes, depth and level in m on the faces; NaN where unknown or dry."""


def no_water() -> InputError:
    """The error where nothing says how high the water stands."""
    return InputError("Neither depths nor levels of the water were given: choose DEPTH, LEVEL or RESULT.")


@dataclass(frozen=True)
class Water:
    """Greatest water of a storm, by flat cell number; NaN where there is no data.

    Attributes
    ----------
    cells : Cells
    depth_m : ndarray or None, shape (rows * columns,)
        0 where dry.
    level_m : ndarray or None, shape (rows * columns,)
        NaN where dry.
    arrival_min : ndarray or None, shape (rows * columns,)
    series : Series or None
    name : str
        What errors call it.
    """

    cells: Cells
    depth_m: FloatArray | None = None
    level_m: FloatArray | None = None
    arrival_min: FloatArray | None = None
    series: Series | None = None
    name: str = Message("the water raster")

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the water is known: the depth has data; without depths every cell, as dry ones have no level."""
        return np.ones(self.cells.size, np.bool_) if self.depth_m is None else np.isfinite(self.depth_m)

    def wet_level(self, dry_m: float) -> FloatArray | None:
        """The level where the depth is at least `dry_m`, NaN elsewhere."""
        if self.level_m is None or self.depth_m is None:
            return self.level_m
        return np.where(self.depth_m >= dry_m, self.level_m, np.nan)


class TiledWater(Protocol):
    """Water of which a tile at a time is read.

    Attributes
    ----------
    cells : Cells
        All of them.
    series : Series or None
    name : str
        What errors call it.
    has_depth, has_level : bool
        What its tiles have.
    """

    cells: Cells
    series: Series | None
    name: str
    has_depth: bool
    has_level: bool

    def cut(self, tile: Tile, progress: Progress) -> Water:
        """The water on a tile's cells, with the series of the whole."""


class WholeWater:
    """Water that is there as a whole, as the one tile of itself."""

    def __init__(self, water: Water) -> None:
        self._water = water
        self.cells, self.series, self.name = water.cells, water.series, water.name
        self.has_depth, self.has_level = water.depth_m is not None, water.level_m is not None

    def cut(self, tile: Tile, progress: Progress) -> Water:
        return self._water


@dataclass(frozen=True)
class Openings:
    """External openings of buildings, arrays of one length.

    Attributes
    ----------
    building : ndarray of int64
        Number of the building that each belongs to.
    x, y, sill_m : ndarray of float64
        Place in the CRS of the water, and the level at which water comes in.
    id, label, kind : ndarray of str
    """

    building: IntArray
    x: FloatArray
    y: FloatArray
    sill_m: FloatArray
    id: NDArray[np.object_]
    label: NDArray[np.object_]
    kind: NDArray[np.object_]

    def some(self, rows: IntArray, local: IntArray) -> Openings:
        """Some of them, whose buildings have other numbers, given by `local` for each of all buildings."""
        names = list(self.__dataclass_fields__)[1:]
        return Openings(local[self.building[rows]], *(getattr(self, name)[rows] for name in names))


@dataclass
class Contacts:
    """Places where water may come in: one for each opening in reach, and one for each building that has none.

    Attributes
    ----------
    building, cell, opening : ndarray of int64
        `opening` is -1 for a building's own contact.
    sill_m : ndarray of float64
        NaN where only the depth counts.
    level_m, depth_m : ndarray of float64
        The greatest water at the cell; NaN where dry or unknown.
    above_m : ndarray of float64
        Height of the greatest water above the sill; negative below it, NaN without water.
    first_min, peak_min : ndarray of float64
        When the water first stood above the sill and when it stood highest; NaN without a series.
    guarded : ndarray of bool
        Whether the height is limited by the depth outside: the sill lies below the ground there.
    """

    building: IntArray
    cell: IntArray
    opening: IntArray
    sill_m: FloatArray
    level_m: FloatArray
    depth_m: FloatArray
    above_m: FloatArray
    first_min: FloatArray
    peak_min: FloatArray
    guarded: NDArray[np.bool_]

    @classmethod
    def joined(cls, several: list[Contacts]) -> Contacts:
        """Several, one after the other."""
        names = list(cls.__dataclass_fields__)
        return cls(*(np.concatenate([getattr(contacts, name) for contacts in several]) for name in names))

    def some(self, rows: IntArray) -> Contacts:
        """Some of them."""
        return Contacts(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def height(self, level_m: FloatArray, depth_m: FloatArray) -> FloatArray:
        """Height above the sill for any levels and depths at the contacts' cells."""
        own = self.opening < 0
        by_depth = np.where(own, depth_m - THRESHOLD_M, depth_m)
        by_level = level_m - self.sill_m
        limited = np.where(np.isfinite(by_depth), np.fmin(by_level, by_depth), by_level)
        result = np.where(self.guarded | own, limited, by_level)
        # Rasters are float32: without rounding a level equal to a sill may come out above it.
        return np.round(np.where(np.isnan(self.sill_m), by_depth, result), 4)

    def follow(
        self, minutes: float, depth_m: FloatArray, level_m: FloatArray, dry_m: float, highest: FloatArray
    ) -> None:
        """Note at a time of a series where water comes in first or stands highest; `highest` is kept between times."""
        wet = depth_m >= dry_m
        above = np.where(wet, self.height(level_m, depth_m), np.nan)
        first = np.isnan(self.first_min) & (above > 0)
        self.first_min[first] = minutes
        measure = np.where(wet, np.where(np.isnan(level_m), depth_m, level_m), -np.inf)
        rising = measure > highest
        highest[rising], self.peak_min[rising] = measure[rising], minutes


def find_contacts(
    rings: RingCells, water: Water, ground_floor_m: FloatArray, openings: Openings | None, dry_m: float
) -> Contacts:
    """Where water may come in, with the greatest water there.

    Openings count where the level is known; each takes the nearest ring cell. Doors and windows whose sill lies
    more than 1 m below the ground outside are left out. A building without openings has a contact where the water of
    its ring stands highest; its sill is the ground floor plus 0.15 m. Where the ground floor or the level is unknown,
    the greatest depth of the ring counts, above 0.15 m: with the level or without it, the class is the same.

    Parameters
    ----------
    rings : Rings
        Of n buildings.
    water : Water
    ground_floor_m : ndarray, shape (n,)
        NaN where unknown.
    openings : Openings, optional
    dry_m : float
        Less depth than this counts as dry.
    """
    level = water.wet_level(dry_m)
    parts = []
    served = np.zeros(len(rings.under), np.bool_)
    if openings is not None and level is not None:
        cell = rings.nearest(water.cells, openings.building, openings.x, openings.y, water.known)
        use = np.flatnonzero((cell >= 0) & np.isfinite(openings.sill_m))
        kept, deep = reachable(openings, use, _ground(level, water.depth_m, cell[use]))
        use, deep = use[kept], deep[kept]
        parts.append((openings.building[use], cell[use], use, openings.sill_m[use], deep))
        served[openings.building[use]] = True
    floor_m = ground_floor_m if level is not None else np.full(len(rings.under), np.nan)
    cells = _own_cells(rings, level, water.depth_m, np.isfinite(floor_m))
    own = np.flatnonzero(~served & (cells >= 0))
    where, sill = cells[own], floor_m[own] + THRESHOLD_M
    parts.append((own, where, np.full(len(own), -1, np.int64), sill, np.zeros(len(own), np.bool_)))
    building, cell, opening, sill_m, guarded = (np.concatenate(column) for column in zip(*parts, strict=True))
    return bare_contacts(building, cell, opening, sill_m, guarded, _at(level, cell), _at(water.depth_m, cell))


def reachable(openings: Openings, use: IntArray, ground_m: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which openings of those used can be reached from the street, and which have their sill below the ground there."""
    deep = openings.sill_m[use] < ground_m - BURIED_M
    return ~deep | np.isin(openings.kind[use], LEADS_DOWN), deep


def bare_contacts(
    building: IntArray,
    cell: IntArray,
    opening: IntArray,
    sill_m: FloatArray,
    guarded: NDArray[np.bool_],
    level_m: FloatArray,
    depth_m: FloatArray,
) -> Contacts:
    """Contacts with the height of their greatest water, without times."""
    above_m, first_min, peak_min = np.full((3, len(building)), np.nan)
    contacts = Contacts(building, cell, opening, sill_m, level_m, depth_m, above_m, first_min, peak_min, guarded)
    contacts.above_m = contacts.height(contacts.level_m, contacts.depth_m)
    return contacts


def find_times(
    contacts: Contacts, cells: Cells, series: Series | None, dry_m: float, progress: Progress = silent
) -> None:
    """Fill in when the water first stood above each contact's sill, and when it stood highest, from a series."""
    if series is None or not len(contacts.building):
        return
    faces = series.number(*cells.centres(contacts.cell))
    at = np.flatnonzero(faces >= 0)
    chosen = contacts.some(at)
    highest = np.full(len(at), -np.inf)
    for done, minutes, depth, level in series.steps(faces[at]):
        advance(progress, done, Message("Times of ingress"))
        # The level of a merged face may be that of water on a roof.
        level = np.where(level > chosen.level_m + BLOCK_SLACK_M, np.nan, level)
        chosen.follow(minutes, depth, level, dry_m, highest)
    contacts.first_min[at], contacts.peak_min[at] = chosen.first_min, chosen.peak_min


def _own_cells(
    rings: RingCells, level: FloatArray | None, depth: FloatArray | None, with_floor: NDArray[np.bool_]
) -> IntArray:
    """The cell of each ring where the water stands highest, or deepest for buildings without a known ground floor.

    The other of the two where that is unknown; -1 where nothing is known.
    """
    unknown = np.full(len(rings.under), -1, np.int64)
    by_depth = rings.highest(depth)[1] if depth is not None else unknown
    by_level = rings.highest(level)[1] if level is not None else unknown
    first, second = np.where(with_floor, by_level, by_depth), np.where(with_floor, by_depth, by_level)
    return np.where(first >= 0, first, second)


def _ground(level: FloatArray, depth: FloatArray | None, cell: IntArray) -> FloatArray:
    """Level of the ground at wet cells; NaN elsewhere, which no sill lies below."""
    return np.full(len(cell), np.nan) if depth is None else level[cell] - depth[cell]


def _at(values: FloatArray | None, cell: IntArray) -> FloatArray:
    return np.full(len(cell), np.nan) if values is None else np.asarray(values[cell], np.float64)
