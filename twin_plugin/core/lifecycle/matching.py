"""Two states of objects compared: matched by id, then by where they stand; what was added, deleted or changed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.progress import Progress, advance, silent

SAME_M = 0.001
"""Differences of position, size or level below this are rounding."""
LEAST_IOU = 0.5
"""Objects without a common id are the same where they share so much of what both cover (intersection over union)."""


class Difference(StrEnum):
    """What became of an object."""

    UNCHANGED = "unchanged"
    WITHIN = "within tolerance"
    CHANGED = "changed"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, eq=False)
class State:
    """Objects at one time.

    Attributes
    ----------
    ids : sequence of str
        As a twin base has them: model id, '/', GlobalId. Only what stands behind the last '/' is compared, so that a
        model of another name matches.
    shapes : ndarray of shapely geometry or None, shape (n,)
        What the objects cover, valid, in metres.
    levels : dict of str to ndarray, shape (n,)
        Elevations and heights by column, NaN where unknown.
    attributes : dict of str to sequence
        Other values by column, which are compared as texts.
    """

    ids: Sequence[str]
    shapes: NDArray[Any]
    levels: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    attributes: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """An object in both states, or in one of them.

    Attributes
    ----------
    before, after : int
        Rows, -1 where it is not there.
    by : str
        id or geometry, "" where it is in one state only.
    distance_m : float
        Between the centroids.
    iou : float
        Shared area by the area of both together; 1 for the same place and shape.
    area_pct : float
        Change of the area, in per cent of that before.
    levels_m : dict of str to float
        Change of each level, only of those known in both.
    attributes : tuple of (str, str, str)
        Column, value before and value after of each attribute that differs.
    """

    before: int
    after: int
    by: str
    difference: Difference
    distance_m: float = math.nan
    iou: float = math.nan
    area_pct: float = math.nan
    levels_m: Mapping[str, float] = field(default_factory=dict)
    attributes: tuple[tuple[str, str, str], ...] = ()


def compare(before: State, after: State, tolerance_m: float, progress: Progress = silent) -> list[Pair]:
    """The objects of two states, those of the later one in its order, then those that were deleted.

    Parameters
    ----------
    tolerance_m : float
        Objects whose place, edges and levels differ by at most this are within tolerance.
    """
    matched = _by_id(before.ids, after.ids)
    by = dict.fromkeys(matched, "id")
    taken = set(matched.values())
    free_before = [row for row in range(len(before.ids)) if row not in taken]
    free_after = [row for row in range(len(after.ids)) if row not in matched]
    for new, old in _by_place(before.shapes, free_before, after.shapes, free_after).items():
        matched[new], by[new] = old, "geometry"
    pairs = []
    for row in range(len(after.ids)):
        if row % 256 == 0:
            advance(progress, row / max(len(after.ids), 1))
        if row in matched:
            pairs.append(_pair(before, after, matched[row], row, by[row], tolerance_m))
        else:
            pairs.append(Pair(-1, row, "", Difference.ADDED))
    there = set(matched.values())
    pairs += [Pair(row, -1, "", Difference.DELETED) for row in range(len(before.ids)) if row not in there]
    return pairs


def key(identity: str) -> str:
    """What of an id is compared: the GlobalId of the object in its model."""
    return identity.rsplit("/", 1)[-1]


def _by_id(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Rows of the later state with those of the earlier one that have their id; ids that occur twice match nothing."""
    keys = [[key(identity) for identity in ids] for ids in (before, after)]
    once = [{name for name, n in Counter(names).items() if n == 1 and name} for names in keys]
    places = {name: row for row, name in enumerate(keys[0]) if name in once[0]}
    return {row: places[name] for row, name in enumerate(keys[1]) if name in once[1] and name in places}


def _by_place(
    before: NDArray[Any], free_before: Sequence[int], after: NDArray[Any], free_after: Sequence[int]
) -> dict[int, int]:
    """The same for rows without a match, by the share of area that they have in common; the best ones first."""
    old = [row for row in free_before if before[row] is not None and shapely.area(before[row]) > 0]
    new = [row for row in free_after if after[row] is not None and shapely.area(after[row]) > 0]
    if not old or not new:
        return {}
    tree = shapely.STRtree([before[row] for row in old])
    mine, theirs = tree.query([after[row] for row in new], predicate="intersects")
    found = sorted(
        ((iou(before[old[b]], after[new[a]]), new[a], old[b]) for a, b in zip(mine, theirs, strict=True)), reverse=True
    )
    matched, used = dict[int, int](), set[int]()
    for share, row, other in found:
        if share >= LEAST_IOU and row not in matched and other not in used:
            matched[row] = other
            used.add(other)
    return matched


def iou(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Shared area of two polygons by the area of both together."""
    with np.errstate(invalid="ignore"):  # which GEOS 3.11 raises where shapes do not meet
        shared = float(shapely.area(shapely.intersection(one, other)))
    both = float(shapely.area(one) + shapely.area(other)) - shared
    return shared / both if both > 0 else math.nan


def _pair(before: State, after: State, old: int, new: int, by: str, tolerance_m: float) -> Pair:
    one, other = before.shapes[old], after.shapes[new]
    distance_m = share = area_pct = math.nan
    apart_m = 0.0
    if one is not None and other is not None:
        distance_m = float(shapely.distance(shapely.centroid(one), shapely.centroid(other)))
        share = iou(one, other)
        area = float(shapely.area(one))
        area_pct = (float(shapely.area(other)) / area - 1) * 100 if area > 0 else math.nan
        apart_m = float(shapely.hausdorff_distance(shapely.boundary(one), shapely.boundary(other)))
    levels = {
        name: float(after.levels[name][new] - values[old])
        for name, values in before.levels.items()
        if name in after.levels
    }
    levels = {name: change for name, change in levels.items() if math.isfinite(change)}
    attributes = tuple(
        (name, _text(values[old]), _text(after.attributes[name][new]))
        for name, values in before.attributes.items()
        if name in after.attributes and _text(values[old]) != _text(after.attributes[name][new])
    )
    largest_m = max([apart_m, *map(abs, levels.values())])
    if (one is None) != (other is None) or largest_m > max(tolerance_m, SAME_M) or attributes:
        difference = Difference.CHANGED
    elif largest_m > SAME_M:
        difference = Difference.WITHIN
    else:
        difference = Difference.UNCHANGED
    return Pair(old, new, by, difference, distance_m, share, area_pct, levels, attributes)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
