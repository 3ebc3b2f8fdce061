"""The volume below a parcel that nothing takes, by bands of depth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from ..common.prisms import Bools, Floats
from ..common.progress import Progress, advance, silent
from .bodies import Bodies
from .overlaps import above_plane

SLICE_M = 0.1
"""Height of the slices through tubes and sloping slabs; upright prisms are exact."""
_ALONG = 17
"""Places along an inclined tube at which its section at a level is measured."""


def free_volumes(
    bodies: Bodies, taken: Bools, parcel: shapely.Geometry, ground_m: float, depths_m: Sequence[float],
    progress: Progress = silent,
) -> Floats:  # fmt: skip
    """The free volume of each band of depth below a parcel, in m³.

    Bodies that share space count once. Each slice holds what a level in its middle cuts.

    Parameters
    ----------
    bodies : Bodies
    taken : ndarray of bool, shape (bodies,)
        Which bodies take space.
    parcel : shapely polygon
    ground_m : float
        Level from which depths count.
    depths_m : sequence of float
        Lower ends of the bands, rising.

    Returns
    -------
    ndarray, shape (depths,)

    Raises
    ------
    Cancelled
    """
    shapely.prepare(parcel)
    near = taken[bodies.owner] & (shapely.distance(bodies.plan, parcel) < np.maximum(bodies.reach_m, 1e-9))
    low, high = bodies.heights()
    limits = ground_m - np.r_[0.0, depths_m]
    sloping = _is_sloping(bodies)
    level, slope = near & ~sloping, near & sloping
    stops = np.r_[limits, low[level], high[level]]
    if slope.any():
        stops = np.r_[stops, np.arange(low[slope].min(), high[slope].max() + SLICE_M, SLICE_M)]
    stops = np.unique(np.clip(stops, limits[-1], ground_m))
    area, volumes = float(shapely.area(parcel)), np.zeros(len(depths_m))
    for number in range(len(stops) - 1):
        advance(progress, number / len(stops))
        middle, height = (stops[number] + stops[number + 1]) / 2, stops[number + 1] - stops[number]
        if height < 1e-9:
            continue
        cut = [_at_level(bodies, int(k), middle) for k in np.flatnonzero(near & (low < middle) & (high > middle))]
        used = 0.0
        if cut:
            with np.errstate(invalid="ignore"):
                used = float(shapely.area(shapely.intersection(shapely.union_all(cut), parcel)))
        band = int(np.searchsorted(np.asarray(depths_m), ground_m - middle))
        volumes[band] += (area - used) * height
    return volumes


def _is_sloping(bodies: Bodies) -> Bools:
    """Which parts have another section at each level."""
    planes = [(np.abs(plane[:, 1:]) > 1e-12).any(axis=1) for plane in (bodies.bottom, bodies.top)]
    return np.concatenate([np.ones(bodies.tubes, bool), planes[0] | planes[1]])


def _at_level(bodies: Bodies, part: int, level_m: float) -> Any:
    """What a level cuts of a part, in plan."""
    if part >= bodies.tubes:
        return _slab_at(bodies, part - bodies.tubes, level_m)
    start, end, radius = bodies.start[part], bodies.end[part], float(bodies.radius_m[part])
    way = end - start
    flat = float(np.hypot(*way[:2]))
    squeeze = flat / float(np.linalg.norm(way))
    low, high = 0.0, 1.0
    if abs(way[2]) > 1e-9:  # the stretch of the axis that is within the radius of the level
        reach = np.sort((level_m - start[2] + np.array([-radius, radius]) / squeeze) / way[2])
        low, high = max(low, reach[0]), min(high, reach[1])
    if high <= low:
        return None
    share = np.linspace(low, high, 2 if way[2] == 0 else _ALONG)
    height = (level_m - start[2] - share * way[2]) * squeeze
    half = np.sqrt(np.maximum(radius**2 - height**2, 0.0))
    across = np.array([-way[1], way[0]]) / flat
    axis = start[:2] + share[:, None] * way[:2]
    sides = np.vstack([axis + half[:, None] * across, axis - half[:, None] * across])
    return shapely.convex_hull(shapely.multipoints(sides))


def _slab_at(bodies: Bodies, slab: int, level_m: float) -> Any:
    outline, anchor = bodies.outlines[slab], bodies.anchors[slab]
    bottom, top = bodies.bottom[slab].copy(), bodies.top[slab].copy()
    bottom[0], top[0] = bottom[0] - level_m, top[0] - level_m
    parts = [low for high in above_plane(outline, top, anchor) for low in above_plane(high, -bottom, anchor)]
    return shapely.union_all(parts)
