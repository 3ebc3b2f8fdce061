"""The water of buildings by a rule that looks at the cells under them: one depth, level and arrival for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray, IntArray
from ..common.messages import Message
from ..common.progress import Progress, advance, silent
from .footprint_cells import centres_inside, find_footprint_cells
from .footprints import centroids
from .ingress import BLOCK_SLACK_M, THRESHOLD_M, Contacts, Openings, Water, bare_contacts, reachable
from .rules import Rule

DEPTH_DIGITS = 2
"""The rule of touched cells reads its depths to 0.01 m, as Delft-FIAT does."""


@dataclass(frozen=True)
class Pool:
    """Cells of n buildings that a rule makes one value of, in compressed rows.

    Attributes
    ----------
    rule : Rule
    start : ndarray of int64, shape (n + 1,)
    cell : ndarray of int64
    weight : ndarray of float64
        How much each cell counts in a mean.
    under : ndarray of bool, shape (n,)
        Where other cells stand in for those that the rule asks for, as too few of them are there.
    """

    rule: Rule
    start: IntArray
    cell: IntArray
    weight: FloatArray
    under: NDArray[np.bool_]

    @property
    def count(self) -> IntArray:
        """Cells of each building, shape (n,); 0 off the raster."""
        return np.diff(self.start)

    @property
    def owner(self) -> IntArray:
        """Number of the building of each cell."""
        return np.repeat(np.arange(len(self.under)), self.count)

    def one(self, values: FloatArray) -> FloatArray:
        """The value of each building: the greatest, or the mean of those that are there; NaN where none is.

        Parameters
        ----------
        values : ndarray, shape (k,)
            On the pool's cells.
        """
        there = np.flatnonzero(np.isfinite(values))
        owner, count = self.owner[there], len(self.under)
        if self.rule is Rule.GREATEST:
            best = np.full(count, -np.inf)
            np.maximum.at(best, owner, values[there])
            return np.where(np.isfinite(best), best, np.nan)
        total = np.bincount(owner, self.weight[there], count)
        products = np.bincount(owner, self.weight[there] * values[there], count)
        return np.divide(products, total, out=np.full(count, np.nan), where=total > 0)

    def least(self, values: FloatArray) -> FloatArray:
        """The least value of each building; NaN where there is none."""
        best = np.full(len(self.under), np.inf)
        there = np.flatnonzero(np.isfinite(values))
        np.minimum.at(best, self.owner[there], values[there])
        return np.where(np.isfinite(best), best, np.nan)

    def depth(self, depth_m: FloatArray, dry_m: float) -> FloatArray:
        """The depth of each building from depths on the pool's cells, 0 where dry; NaN where nothing is known."""
        if self.rule is not Rule.TOUCHED:
            return self.one(depth_m)
        wet = np.round(self.one(np.where(depth_m >= dry_m, depth_m, np.nan)), DEPTH_DIGITS)
        return np.where(np.isnan(wet) & np.isfinite(self.one(depth_m)), 0.0, wet)

    def wet_share(self, depth_m: FloatArray, dry_m: float) -> FloatArray:
        """Share of the known cells that are wet, by their weight; NaN where none is known."""
        wet = np.where(np.isfinite(depth_m), (depth_m >= dry_m).astype(np.float64), np.nan)
        owner, there = self.owner, np.isfinite(wet)
        total = np.bincount(owner[there], self.weight[there], len(self.under))
        part = np.bincount(owner[there], self.weight[there] * wet[there], len(self.under))
        return np.divide(part, total, out=np.full(len(self.under), np.nan), where=total > 0)


def make_pool(
    rule: Rule, cells: Cells, footprints: NDArray[Any], known: NDArray[np.bool_], progress: Progress = silent
) -> Pool:
    """The cells that a rule asks for.

    Parameters
    ----------
    rule : Rule
        Any but RING.
    cells : Cells
    footprints : ndarray of shapely polygons, shape (n,)
    known : ndarray of bool, shape (rows * columns,)
        Cells with data.
    progress : Progress
    """
    count = len(footprints)
    middle = cells.index(*centroids(footprints))
    if rule is Rule.CENTROID:
        start = np.concatenate([[0], np.cumsum(middle >= 0)]).astype(np.int64)
        return Pool(rule, start, middle[middle >= 0], np.ones(int((middle >= 0).sum())), np.zeros(count, np.bool_))
    covered = find_footprint_cells(cells, footprints, progress)
    owner, cell, weight = covered.owner, covered.cell, covered.share
    under = np.zeros(count, np.bool_)
    if rule is Rule.TOUCHED:
        weight = np.ones(len(cell))
    if rule in (Rule.MEAN, Rule.GREATEST):
        inside = centres_inside(cells, footprints, covered)
        under = np.bincount(owner[inside & known[cell]], minlength=count) < 2
        kept = inside | under[owner]
        weight = np.where(under[owner], weight, 1.0)[kept]
        owner, cell = owner[kept], cell[kept]
    # Footprints without an area cover nothing: the cell under their middle stands in.
    alone = np.flatnonzero((np.bincount(owner, minlength=count) == 0) & (middle >= 0))
    under[alone] = True
    owner, cell = np.concatenate([owner, alone]), np.concatenate([cell, middle[alone]])
    weight = np.concatenate([weight, np.ones(len(alone))])
    order = np.argsort(owner, kind="stable")
    under &= np.bincount(owner, minlength=count) > 0
    start = np.searchsorted(owner[order], np.arange(count + 1)).astype(np.int64)
    return Pool(rule, start, cell[order], weight[order], under)


@dataclass(frozen=True)
class PooledWater:
    """Greatest water of n buildings by a rule, shape (n,) each; NaN where unknown or dry.

    Attributes
    ----------
    depth_m : 0 where dry
    level_m : of the wet cells
    ground_m : level of the ground under the wet cells
    arrival_min : first on any cell
    wet_share : share of the cells that are wet, by their weight
    cell : ndarray of int64
        The cell where the water stands highest, else deepest; -1 without any.
    """

    depth_m: FloatArray
    level_m: FloatArray
    ground_m: FloatArray
    arrival_min: FloatArray
    wet_share: FloatArray
    cell: IntArray


def pooled_water(pool: Pool, water: Water, dry_m: float) -> PooledWater:
    """The water of each building on the cells of a pool."""
    none = np.full(len(pool.under), np.nan)
    depth = None if water.depth_m is None else water.depth_m[pool.cell]
    level = water.wet_level(dry_m)
    level = None if level is None else level[pool.cell]
    ground = none if depth is None or level is None else pool.one(level - depth)
    arrival = none if water.arrival_min is None else pool.least(water.arrival_min[pool.cell])
    share = none if depth is None else pool.wet_share(depth, dry_m)
    places = [values for values in (level, depth) if values is not None]
    return PooledWater(
        none if depth is None else pool.depth(depth, dry_m),
        none if level is None else pool.one(level),
        ground,
        arrival,
        share,
        _highest(pool, places),
    )


def _highest(pool: Pool, several: list[FloatArray]) -> IntArray:
    """The cell of each building with the greatest value; by the next values where the first have none; else -1."""
    result = np.full(len(pool.under), -1, np.int64)
    for values in several:
        order = np.lexsort((np.nan_to_num(values, nan=-np.inf), pool.owner))
        order = order[np.isfinite(values[order])]
        best = np.full(len(pool.under), -1, np.int64)
        best[pool.owner[order]] = pool.cell[order]
        result = np.where(result < 0, best, result)
    return result


def pooled_contacts(
    found: PooledWater, ground_floor_m: FloatArray, openings: Openings | None, has_level: bool
) -> Contacts:
    """Where water may come in: every opening and every building without one meets the one water of its building.

    As `ingress.find_contacts`, which compares each opening with the cell nearest to it.
    """
    count, building, opening, sill = len(ground_floor_m), [], [], []
    deep = [np.zeros(0, np.bool_)]
    served = np.zeros(count, np.bool_)
    if openings is not None and has_level:
        use = np.flatnonzero((found.cell[openings.building] >= 0) & np.isfinite(openings.sill_m))
        kept, buried = reachable(openings, use, found.ground_m[openings.building[use]])
        use = use[kept]
        building, opening, sill, deep = [openings.building[use]], [use], [openings.sill_m[use]], [buried[kept]]
        served[openings.building[use]] = True
    own = np.flatnonzero(~served & (found.cell >= 0))
    owner = np.concatenate([*building, own])
    return bare_contacts(
        owner,
        found.cell[owner],
        np.concatenate([*opening, np.full(len(own), -1, np.int64)]),
        np.concatenate([*sill, ground_floor_m[own] + THRESHOLD_M if has_level else np.full(len(own), np.nan)]),
        np.concatenate([*deep, np.zeros(len(own), np.bool_)]),
        found.level_m[owner],
        found.depth_m[owner],
    )


def pooled_times(contacts: Contacts, pool: Pool, water: Water, dry_m: float, progress: Progress = silent) -> None:
    """Fill in the times of contacts from the series, whose cells become one value at each time by the rule.

    As `ingress.find_times`, which follows the cell of each contact.
    """
    if water.series is None or not len(contacts.building):
        return
    faces = water.series.number(*water.cells.centres(pool.cell))
    at, greatest = np.flatnonzero(faces >= 0), water.wet_level(dry_m)
    ceiling = np.full(len(at), np.nan) if greatest is None else greatest[pool.cell[at]]
    highest = np.full(len(contacts.building), -np.inf)
    cell_depth, cell_level = np.full((2, len(pool.cell)), np.nan)
    for done, minutes, depth, level in water.series.steps(faces[at]):
        advance(progress, done, Message("Times of ingress"))
        cell_depth[at] = depth
        cell_level[at] = np.where((level > ceiling + BLOCK_SLACK_M) | (depth < dry_m), np.nan, level)
        owner = contacts.building
        one_depth, one_level = pool.depth(cell_depth, dry_m)[owner], pool.one(cell_level)[owner]
        contacts.follow(minutes, one_depth, one_level, dry_m, highest)
