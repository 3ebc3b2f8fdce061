"""Water at shelters: which of them nobody may be sent to, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import Cells, FloatArray
from ..common.messages import Message

ENTERED = 2
"""Risk class of a building from which on water stands in it."""

FILM_M = 0.05
"""Less water runs off and comes into no building."""


@dataclass(frozen=True)
class WetBuildings:
    """Buildings that were assessed; arrays of shape (n,).

    Attributes
    ----------
    shapes : array of shapely geometries
        Footprints in the CRS of the water; None where there is none.
    depth_m : float64 array
        Greatest depth outside, NaN where unknown.
    risk_class : float64 array
        0 to 4, NaN where unknown.
    """

    shapes: NDArray[np.object_]
    depth_m: FloatArray
    risk_class: FloatArray


@dataclass(frozen=True)
class SiteWater:
    """The deepest water at a shelter, and the highest level of what can stand at its floor; NaN where not known."""

    depth_m: float
    level_m: float = math.nan
    risk_class: float = math.nan


def why_excluded(water: SiteWater, capacity: int, floor_m: float, depth_limit_m: float) -> Message | str:
    """Why nobody is sent to a shelter; "" where it can be used.

    Parameters
    ----------
    water : SiteWater
    capacity : int
    floor_m : float
        Elevation of its floor, NaN where unknown.
    depth_limit_m : float
        Depth outside from which on nobody is sent there.
    """
    if capacity <= 0:
        return Message("no capacity is known")
    if water.risk_class >= ENTERED:
        return Message("water comes into the building")
    if water.level_m > floor_m:
        return Message("the water stands {over:.2f} m above its floor", over=water.level_m - floor_m)
    if water.depth_m >= depth_limit_m:
        return Message("{depth:.2f} m of water outside", depth=water.depth_m)
    return ""


def building_of(shapes: NDArray[np.object_], buildings: WetBuildings) -> NDArray[np.int64]:
    """The building that each shelter lies in; -1 where in none. Of several the one with the highest class and depth."""
    found = np.full(len(shapes), -1, np.int64)
    tree = shapely.STRtree(buildings.shapes)
    site, building = tree.query(shapes, predicate="intersects")
    order = np.lexsort((np.nan_to_num(buildings.depth_m[building]), np.nan_to_num(buildings.risk_class[building])))
    found[site[order]] = building[order]
    return found


def water_around(
    shape: shapely.Geometry, cells: Cells, depth_m: FloatArray, level_m: FloatArray | None, floor_m: float
) -> SiteWater:
    """The deepest water on the cells that a shelter touches and those beside them; unknown where there are none.

    Notes
    -----
    A level beside the shelter counts from `FILM_M` above the floor on, as the ground there is not that at its door, and
    where the ground lies no higher than the floor: what runs off a slope above it is higher than the floor too, and
    passes by. Where water is on all sides, the floor lies in a hollow, and all of it counts.
    """
    west, south, east, north = shapely.bounds(shape)
    row, column = cells.row_column(np.array([west, east]), np.array([north, south]))
    rows = np.arange(max(int(row[0]) - 1, 0), min(int(row[1]) + 2, cells.rows))
    columns = np.arange(max(int(column[0]) - 1, 0), min(int(column[1]) + 2, cells.columns))
    number = (rows[:, None] * cells.columns + columns).ravel()
    x, y = cells.centres(number)
    # A cell beside one that is touched has its centre at most one and a half cells away.
    reach = 1.5 * math.hypot(cells.width, cells.height)
    near = shapely.distance(shapely.points(x, y), shape) <= reach
    number, x, y = number[near], x[near], y[near]
    depth = depth_m[number]
    if not np.isfinite(depth).any():
        return SiteWater(math.nan)
    deepest = float(np.nanmax(depth))
    if level_m is None:
        return SiteWater(deepest)
    level, wet = level_m[number], depth >= FILM_M
    half_x, half_y = cells.width / 2.0, cells.height / 2.0
    beside = ~shapely.intersects(shapely.box(x - half_x, y - half_y, x + half_x, y + half_y), shape)
    passing = beside & ((level - depth > floor_m) | (level < floor_m + FILM_M)) & ~wet[beside].all()
    counted = level[wet & ~passing & np.isfinite(level)]
    return SiteWater(deepest, float(counted.max()) if len(counted) else math.nan)
