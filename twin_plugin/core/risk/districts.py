"""Which district an asset lies in, and sums by district."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import FloatArray

OUTSIDE, UNPLACED = -1, -2
"""In place of a district: an asset in none, and an asset without a geometry."""


@dataclass(frozen=True)
class Membership:
    """The district of each asset.

    Attributes
    ----------
    district : ndarray of int64, shape (assets,)
        Row of the district, OUTSIDE or UNPLACED.
    several : int
        Assets that lie in more than one district and count in the last of them.
    """

    district: NDArray[np.int64]
    several: int


def membership(assets: NDArray[np.object_], districts: NDArray[np.object_]) -> Membership:
    """The district that holds a point inside each asset: each asset counts once, so that sums equal the total.

    Parameters
    ----------
    assets : ndarray of shapely geometries, shape (assets,)
        None where an asset has no geometry.
    districts : ndarray of shapely polygons, shape (districts,)
        In the CRS of the assets; None where a district has no geometry.
    """
    found = np.full(len(assets), OUTSIDE, np.int64)
    found[shapely.is_missing(assets) | shapely.is_empty(assets)] = UNPLACED
    placed = np.flatnonzero(found == OUTSIDE)
    points = shapely.point_on_surface(assets[placed])
    hits, rows = shapely.STRtree(districts).query(points, predicate="intersects")
    np.maximum.at(found, placed[hits], rows)
    return Membership(found, int((np.bincount(hits, minlength=1) > 1).sum()))


def sums(values: FloatArray, member: Membership, districts: int) -> FloatArray:
    """Sums of known values by district, then those outside and those without a place.

    Parameters
    ----------
    values : ndarray of float64, shape (assets,)
        NaN where unknown: left out.

    Returns
    -------
    ndarray of float64, shape (districts + 2,)
    """
    slot = np.where(member.district >= 0, member.district, districts - 1 - member.district)
    known = np.isfinite(values)
    return np.asarray(np.bincount(slot[known], weights=values[known], minlength=districts + 2), np.float64)
