"""Measures of the parcels of a control plan: plot ratio, density, green ratio, height, setback, floor areas by use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Bools, Floats, Ints
from ..common.progress import Progress, advance, silent
from .control_plan import UNKNOWN_USE, Measure

PART_SHARE = 0.01
"""A building stands in a parcel with at least so much of its outline: less is an inaccuracy of the drawing."""
APART_M2 = 1.0
"""Parcels overlap where they share more."""
BLOCK = 4_000
"""Pairs, or parcels, between two looks whether to go on."""


@dataclass(frozen=True, eq=False)
class Stock:
    """Buildings as a control plan counts them.

    Attributes
    ----------
    outlines : ndarray of shapely geometry, shape (n,)
        What each building covers, in a CRS in metres.
    height_m : ndarray of float64, shape (n,)
        Above the ground at the building; NaN where unknown.
    floor_of : ndarray of int64, shape (f,)
        The building of each floor area.
    floor_m2 : ndarray of float64, shape (f,)
        Floor areas above ground.
    floor_use : tuple of str, length f
        "" where unknown.
    """

    outlines: NDArray[Any]
    height_m: Floats
    floor_of: Ints
    floor_m2: Floats
    floor_use: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.outlines)

    @classmethod
    def none(cls) -> Stock:
        """No building at all."""
        return cls(np.zeros(0, object), np.zeros(0), np.zeros(0, np.int64), np.zeros(0), ())

    def keep(self, buildings: Bools) -> Stock:
        """Some of the buildings."""
        place, stays = np.cumsum(buildings) - 1, buildings[self.floor_of]
        uses = tuple(use for use, yes in zip(self.floor_use, stays, strict=True) if yes)
        owner = place[self.floor_of[stays]].astype(np.int64)
        return Stock(self.outlines[buildings], self.height_m[buildings], owner, self.floor_m2[stays], uses)

    def joined(self, other: Stock) -> Stock:
        """These and others, which come after these."""
        return Stock(
            np.concatenate([self.outlines, other.outlines]),
            np.concatenate([self.height_m, other.height_m]),
            np.concatenate([self.floor_of, other.floor_of + len(self)]),
            np.concatenate([self.floor_m2, other.floor_m2]),
            self.floor_use + other.floor_use,
        )


@dataclass(frozen=True)
class FloorsOfUse:
    """The floors of one use in a parcel, by its place."""

    parcel: int
    use: str
    floor_m2: float


@dataclass(frozen=True, eq=False)
class ParcelMeasures:
    """Measures of n parcels.

    Attributes
    ----------
    area_m2, floor_m2, footprint_m2, green_m2 : ndarray of float64, shape (n,)
        Of the parcel, of floors above ground, of what is built over, of green land; `green_m2` is NaN where no green
        land is known.
    values : mapping of Measure to ndarray of float64, shape (n,)
        Ratios in parts of one. The setback is NaN where no building stands.
    buildings : ndarray of int64, shape (n,)
    by_use : sequence of FloorsOfUse
        From the first parcel to the last.
    split : int
        Buildings that stand in several parcels; their floors are divided by the area of their outline.
    outside : int
        Buildings that stand in parcels, but with more than `PART_SHARE` in none; that part counts nowhere.
    """

    area_m2: Floats
    floor_m2: Floats
    footprint_m2: Floats
    green_m2: Floats
    values: dict[Measure, Floats]
    buildings: Ints
    by_use: Sequence[FloorsOfUse]
    split: int
    outside: int

    def main_use(self) -> list[str]:
        """The use with most floor area in each parcel, "" where there is no floor."""
        found, most = [""] * len(self.area_m2), [0.0] * len(self.area_m2)
        for row in self.by_use:
            if row.floor_m2 > most[row.parcel]:
                found[row.parcel], most[row.parcel] = row.use, row.floor_m2
        return found


def measure_parcels(
    parcels: NDArray[Any], stock: Stock, green: NDArray[Any] | None, progress: Progress = silent
) -> ParcelMeasures:
    """Measure parcels.

    The plot ratio is the floor area above ground over the area of the parcel, the density the share that is built over,
    the green ratio the share of green land that no building covers. The height is the greatest of the buildings. The
    setback is the least distance of what stands in the parcel to the parcel's boundary: 0 where a building crosses it.

    Parameters
    ----------
    parcels : ndarray of shapely geometry, shape (n,)
    stock : Stock
    green : ndarray of shapely geometry, optional
        Green land; None where nothing says where it is.
    progress : Progress

    Raises
    ------
    Cancelled
    """
    count, area = len(parcels), np.asarray(shapely.area(parcels), np.float64)
    building, parcel, pieces = _pieces(parcels, stock.outlines, progress)
    share = shapely.area(pieces) / shapely.area(stock.outlines)[building]
    footprint, covered = _built_over(count, parcel, pieces, progress)
    floor, by_use = _floors(count, stock, building, parcel, share)
    stands = share >= PART_SHARE
    within = building[stands], parcel[stands]
    heights = np.zeros(count)
    np.maximum.at(heights, within[1], stock.height_m[within[0]])  # NaN stays: one unknown makes the greatest unknown
    setback = _setbacks(parcels, within[1], pieces[stands], progress)
    green_m2 = np.full(count, np.nan) if green is None else _green(parcels, green, covered, progress)
    values = {
        Measure.FAR: floor / area,
        Measure.DENSITY: footprint / area,
        Measure.GREEN: green_m2 / area,
        Measure.HEIGHT: heights,
        Measure.SETBACK: setback,
    }
    inside = np.bincount(building, share, minlength=len(stock))
    return ParcelMeasures(
        area,
        floor,
        footprint,
        green_m2,
        values,
        np.bincount(within[1], minlength=count).astype(np.int64),
        by_use,
        int((np.bincount(within[0], minlength=len(stock)) > 1).sum()),
        int(((inside > PART_SHARE) & (inside < 1 - PART_SHARE)).sum()),
    )


def overlaps(parcels: NDArray[Any]) -> tuple[int, float]:
    """How many pairs of parcels overlap by more than `APART_M2`, and the area that they share, m²."""
    first, second = shapely.STRtree(parcels).query(parcels, predicate="intersects")
    once = first < second
    shared = np.zeros(int(once.sum()))
    if len(shared):
        shared = np.asarray(shapely.area(shapely.intersection(parcels[first[once]], parcels[second[once]])))
    over = shared > APART_M2
    return int(over.sum()), float(shared[over].sum())


def _pieces(parcels: NDArray[Any], outlines: NDArray[Any], progress: Progress) -> tuple[Ints, Ints, NDArray[Any]]:
    """Building, parcel and the part of the building in the parcel, of each pair that shares an area."""
    building, parcel = shapely.STRtree(parcels).query(outlines, predicate="intersects")
    order = np.lexsort((building, parcel))
    building, parcel = building[order], parcel[order]
    pieces = np.empty(len(building), object)
    for start in range(0, len(building), BLOCK):
        advance(progress, 0.5 * start / len(building))
        now = slice(start, start + BLOCK)
        pieces[now] = shapely.intersection(outlines[building[now]], parcels[parcel[now]])
    shares = shapely.area(pieces) > 0
    return building[shares], parcel[shares], pieces[shares]


def _built_over(
    count: int, parcel: Ints, pieces: NDArray[Any], progress: Progress
) -> tuple[Floats, list[shapely.Geometry | None]]:
    """The area of each parcel that buildings cover, each place once, and its shape."""
    first = np.searchsorted(parcel, np.arange(count + 1))
    shapes: list[shapely.Geometry | None] = []
    for number in range(count):
        if number % BLOCK == 0:
            advance(progress, 0.5 + 0.2 * number / count)
        mine = pieces[first[number] : first[number + 1]]
        shapes.append(shapely.union_all(mine) if len(mine) else None)
    return np.nan_to_num(shapely.area(np.array(shapes, object))), shapes


def _floors(count: int, stock: Stock, building: Ints, parcel: Ints, share: Floats) -> tuple[Floats, list[FloorsOfUse]]:
    """The floor area of each parcel, and that of each use in it."""
    named = np.array([use or UNKNOWN_USE for use in stock.floor_use], object)
    uses = sorted(set(named), key=lambda use: (use == UNKNOWN_USE, use))
    place = {use: number for number, use in enumerate(uses)}
    order = np.argsort(stock.floor_of, kind="stable")
    owner = stock.floor_of[order]
    first = np.searchsorted(owner, building)
    many = np.searchsorted(owner, building, "right") - first  # floors of the building of each pair
    pair = np.repeat(np.arange(len(building)), many)
    floor = order[np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(first, many)]
    part = stock.floor_m2[floor] * share[pair]
    use = np.array([place[name] for name in named], np.int64)[floor]
    keys, which = np.unique(parcel[pair] * len(uses) + use, return_inverse=True)
    sums = np.bincount(which, part, len(keys))
    rows = [
        FloorsOfUse(key // len(uses), uses[key % len(uses)], area)
        for key, area in zip(keys.tolist(), sums.tolist(), strict=True)
    ]
    return np.bincount(parcel[pair], part, count).astype(np.float64), rows


def _setbacks(parcels: NDArray[Any], parcel: Ints, pieces: NDArray[Any], progress: Progress) -> Floats:
    """The least distance of the pieces in each parcel to its boundary, NaN where there are none."""
    edges = shapely.boundary(parcels)
    found = np.full(len(parcels), np.nan)
    for start in range(0, len(parcel), BLOCK):
        advance(progress, 0.7 + 0.2 * start / len(parcel))
        now = slice(start, start + BLOCK)
        np.fmin.at(found, parcel[now], shapely.distance(pieces[now], edges[parcel[now]]))
    return found


def _green(
    parcels: NDArray[Any], green: NDArray[Any], covered: Sequence[shapely.Geometry | None], progress: Progress
) -> Floats:
    """The green land of each parcel that no building covers."""
    tree = shapely.STRtree(green)
    found = np.zeros(len(parcels))
    for number, (shape, built) in enumerate(zip(parcels, covered, strict=True)):
        if number % 100 == 0:
            advance(progress, 0.9 + 0.1 * number / len(parcels))
        near = tree.query(shape, predicate="intersects")
        if not len(near):
            continue
        land = shapely.intersection(shapely.union_all(green[near]), shape)
        found[number] = shapely.area(land if built is None else shapely.difference(land, built))
    return found
