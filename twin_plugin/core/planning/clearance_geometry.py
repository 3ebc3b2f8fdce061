"""Exact distances in space between axes of tubes and slabs: edges to edges, and corners to faces.

The nearest points of two bodies that do not meet lie on two edges, or on a corner and a face. Edge to edge is the
closed form for two segments (Eberly 2018, Robust computation of distance between line segments).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from ..common.prisms import Floats, Ints
from ..common.progress import Progress, advance
from .bodies import Bodies

BLOCK = 300_000
"""Pairs of features that are measured at once: more would cost memory and delay a cancel."""
HEAVY = 20_000
"""Pairs of parts with more pairs of edges are measured one by one."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest points of pairs of parts, on the axes of tubes and the surfaces of slabs.

    Attributes
    ----------
    distance : ndarray, shape (n,)
    first, second : ndarray, shape (n, 3)
    """

    distance: Floats
    first: Floats
    second: Floats

    @classmethod
    def unknown(cls, count: int) -> Nearest:
        """Nothing measured yet."""
        return cls(np.full(count, np.inf), np.zeros((count, 3)), np.zeros((count, 3)))

    def take(self, pair: Ints, distance: Floats, first: Floats, second: Floats) -> None:
        """Keep what is nearer than before; `pair` may hold a pair several times."""
        order = np.lexsort([distance, pair])
        head = order[np.r_[True, pair[order][1:] != pair[order][:-1]]] if len(order) else order
        head = head[distance[head] < self.distance[pair[head]]]
        self.distance[pair[head]] = distance[head]
        self.first[pair[head]], self.second[pair[head]] = first[head], second[head]


def between_segments(p0: Floats, p1: Floats, q0: Floats, q1: Floats) -> tuple[Floats, Floats]:
    """Where two segments are nearest to each other: shares along the first and the second, 0 at their starts.

    The arguments have the shape (n, k), with k coordinates each.
    """
    d1, d2, r = p1 - p0, q1 - q0, p0 - q0
    a, e, f = (np.einsum("ij,ij->i", u, v) for u, v in ((d1, d1), (d2, d2), (d2, r)))
    b, c = np.einsum("ij,ij->i", d1, d2), np.einsum("ij,ij->i", d1, r)
    tiny = 1e-300
    crossing = a * e - b * b
    share = np.where(crossing > 1e-12 * a * e, (b * f - c * e) / np.maximum(crossing, tiny), 0.0)
    best_s = np.clip(share, 0.0, 1.0)
    best_t = np.clip((b * best_s + f) / np.maximum(e, tiny), 0.0, 1.0)
    best_s = np.clip((b * best_t - c) / np.maximum(a, tiny), 0.0, 1.0)
    best = _squared(r, d1, d2, best_s, best_t)
    for s in (0.0, 1.0):  # the ends, for segments that are parallel
        t = np.clip((b * s + f) / np.maximum(e, tiny), 0.0, 1.0)
        best_s, best_t, best = _nearer(r, d1, d2, np.full(len(t), s), t, best_s, best_t, best)
    for t in (0.0, 1.0):
        s_of = np.clip((b * t - c) / np.maximum(a, tiny), 0.0, 1.0)
        best_s, best_t, best = _nearer(r, d1, d2, s_of, np.full(len(s_of), t), best_s, best_t, best)
    return best_s, best_t


def _squared(r: Floats, d1: Floats, d2: Floats, s: Floats, t: Floats) -> Floats:
    apart = r + s[:, None] * d1 - t[:, None] * d2
    return np.asarray(np.einsum("ij,ij->i", apart, apart))


def _nearer(
    r: Floats, d1: Floats, d2: Floats, s: Floats, t: Floats, best_s: Floats, best_t: Floats, best: Floats
) -> tuple[Floats, Floats, Floats]:
    other = _squared(r, d1, d2, s, t)
    nearer = other < best
    return np.where(nearer, s, best_s), np.where(nearer, t, best_t), np.where(nearer, other, best)


@dataclass(frozen=True, eq=False)
class PartFeatures:
    """Edges, corners and walls of all parts, those of a part behind each other.

    Attributes
    ----------
    edges : ndarray, shape (e, 2, 3)
        The axis of a tube; the lower, upper and upright edges of a slab.
    first_edge, first_corner, first_wall : ndarray, shape (parts + 1,)
    corners : ndarray, shape (c, 3)
        The ends of an axis; the corners of a slab.
    walls : ndarray, shape (w, 2, 3)
        Ends of the lower edge of each wall of a slab.
    rises : ndarray, shape (w, 2)
        Height of the wall at both ends.
    """

    edges: Floats
    first_edge: Ints
    corners: Floats
    first_corner: Ints
    walls: Floats
    rises: Floats
    first_wall: Ints


def features_of(bodies: Bodies) -> PartFeatures:
    """The features of bodies."""
    rings, slab_of_ring = shapely.get_rings(bodies.outlines, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    slab = slab_of_ring[ring[:-1][same]] if len(ring) else np.zeros(0, np.int64)
    one, two = points[:-1][same], points[1:][same]
    lower_1, upper_1 = bodies.levels(slab, one[:, 0], one[:, 1])
    lower_2, upper_2 = bodies.levels(slab, two[:, 0], two[:, 1])
    low_1, low_2 = np.column_stack([one, lower_1]), np.column_stack([two, lower_2])
    high_1, high_2 = np.column_stack([one, upper_1]), np.column_stack([two, upper_2])
    edges = np.stack([np.stack(pair, axis=1) for pair in ((low_1, low_2), (high_1, high_2), (low_1, high_1))], axis=1)
    corners = np.stack([low_1, high_1], axis=1)
    count, tubes = np.bincount(slab, minlength=len(bodies.outlines)), bodies.tubes
    axes = np.stack([bodies.start, bodies.end], axis=1)
    return PartFeatures(
        np.concatenate([axes, edges.reshape(-1, 2, 3)]),
        _starts(np.r_[np.ones(tubes, np.int64), 3 * count]),
        np.concatenate([axes.reshape(-1, 3), corners.reshape(-1, 3)]),
        _starts(np.r_[np.full(tubes, 2), 2 * count]),
        np.stack([low_1, low_2], axis=1),
        np.column_stack([upper_1 - lower_1, upper_2 - lower_2]),
        _starts(np.r_[np.zeros(tubes, np.int64), count]),
    )


def _starts(counts: Ints) -> Ints:
    return np.r_[0, np.cumsum(counts)].astype(np.int64)


def nearest(bodies: Bodies, features: PartFeatures, one: Ints, two: Ints, progress: Progress) -> Nearest:
    """The nearest points of pairs of parts, of which the one is not within the other.

    Parameters
    ----------
    one, two : ndarray of int64, shape (n,)
        Places of the parts.

    Raises
    ------
    Cancelled
    """
    found = Nearest.unknown(len(one))
    work = np.diff(features.first_edge)[one] * np.diff(features.first_edge)[two]
    light, heavy = np.flatnonzero(work <= HEAVY), np.flatnonzero(work > HEAVY)
    block = np.cumsum(work[light]) // BLOCK
    bounds = np.r_[np.flatnonzero(np.r_[True, block[1:] != block[:-1]]), len(light)] if len(light) else np.zeros(1, int)
    for low, high in pairwise(bounds):
        advance(progress, low / len(one))
        pairs = light[low:high]
        pair, i, j = _combine(features.first_edge, one[pairs], features.first_edge, two[pairs])
        _edges_to_edges(features, pairs[pair], i, j, found)
        for turned, of, to in ((False, one, two), (True, two, one)):
            slabs = pairs[to[pairs] >= bodies.tubes]
            pair, i, j = _combine(features.first_corner, of[slabs], features.first_wall, to[slabs])
            _corners_to_walls(features, slabs[pair], i, j, turned, found)
            pair, i, j = _combine(features.first_corner, of[slabs], np.arange(len(features.first_corner)), to[slabs])
            _corners_to_caps(bodies, features, slabs[pair], i, j - bodies.tubes, turned, found)
    for number, row in enumerate(heavy):
        advance(progress, (len(light) + number) / len(one))
        _many_corners(bodies, features, int(row), int(one[row]), int(two[row]), found, progress)
    return found


def _combine(first: Ints, one: Ints, second: Ints, two: Ints) -> tuple[Ints, Ints, Ints]:
    """All combinations of the features of pairs of parts: the number of the pair, and both features."""
    n_one, n_two = first[one + 1] - first[one], second[two + 1] - second[two]
    count = n_one * n_two
    pair = np.repeat(np.arange(len(one)), count)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    return pair, first[one][pair] + within // n_two[pair], second[two][pair] + within % n_two[pair]


def _edges_to_edges(features: PartFeatures, row: Ints, i: Ints, j: Ints, found: Nearest) -> None:
    p, q = features.edges[i], features.edges[j]
    s, t = between_segments(p[:, 0], p[:, 1], q[:, 0], q[:, 1])
    a = p[:, 0] + s[:, None] * (p[:, 1] - p[:, 0])
    b = q[:, 0] + t[:, None] * (q[:, 1] - q[:, 0])
    found.take(row, np.linalg.norm(a - b, axis=1), a, b)


def _corners_to_walls(
    features: PartFeatures, row: Ints, i: Ints, wall: Ints, turned: bool, found: Nearest
) -> None:  # fmt: skip
    """From corners of the one to upright walls of the other, and the other way round where `turned`."""
    corner, low = features.corners[i], features.walls[wall]
    way = low[:, 1, :2] - low[:, 0, :2]
    share = ((corner[:, :2] - low[:, 0, :2]) * way).sum(axis=1) / (way**2).sum(axis=1)
    bottom = low[:, 0, 2] + share * (low[:, 1, 2] - low[:, 0, 2])
    rise = features.rises[wall, 0] + share * (features.rises[wall, 1] - features.rises[wall, 0])
    on = (share >= 0) & (share <= 1) & (corner[:, 2] >= bottom) & (corner[:, 2] <= bottom + rise)
    foot = np.column_stack([low[:, 0, :2] + share[:, None] * way, corner[:, 2]])
    _take(row[on], corner[on], foot[on], turned, found)


def _corners_to_caps(
    bodies: Bodies, features: PartFeatures, row: Ints, i: Ints, slab: Ints, turned: bool, found: Nearest
) -> None:
    """From corners of the one to bottom and top of the other."""
    corner = features.corners[i]
    for plane in (bodies.bottom, bodies.top):
        normal = np.column_stack([-plane[slab, 1], -plane[slab, 2], np.ones(len(slab))])
        normal /= np.linalg.norm(normal, axis=1)[:, None]
        anchor = np.column_stack([bodies.anchors[slab], plane[slab, 0]])
        foot = corner - ((corner - anchor) * normal).sum(axis=1)[:, None] * normal
        on = shapely.intersects_xy(bodies.outlines[slab], foot[:, 0], foot[:, 1])
        _take(row[on], corner[on], foot[on], turned, found)


def _take(row: Ints, corner: Floats, foot: Floats, turned: bool, found: Nearest) -> None:
    ends = (foot, corner) if turned else (corner, foot)
    found.take(row, np.linalg.norm(corner - foot, axis=1), *ends)


def _many_corners(
    bodies: Bodies, features: PartFeatures, row: int, one: int, two: int, found: Nearest, progress: Progress
) -> None:
    """Measure one pair of outlines with many corners: only edges that are near enough in plan, some at a time."""
    limit = _at_most(bodies, one, two) + 1e-6
    near = [_near(bodies, features, part, bodies.plan[other], limit) for part, other in ((one, two), (two, one))]
    for i, j in _some(near[0].edges, near[1].edges, progress):
        _edges_to_edges(features, np.full(len(i), row), i, j, found)
    for turned, of, to, part in ((False, near[0], near[1], two), (True, near[1], near[0], one)):
        if part < bodies.tubes:
            continue
        for i, j in _some(of.corners, to.walls, progress):
            _corners_to_walls(features, np.full(len(i), row), i, j, turned, found)
        for i, j in _some(of.corners, np.array([part - bodies.tubes]), progress):
            _corners_to_caps(bodies, features, np.full(len(i), row), i, j, turned, found)


@dataclass(frozen=True, eq=False)
class _Near:
    """Places of features among all."""

    edges: Ints
    corners: Ints
    walls: Ints


def _at_most(bodies: Bodies, one: int, two: int) -> float:
    """A distance between two points of two parts, which their least distance is at most."""
    line = shapely.shortest_line(bodies.plan[one], bodies.plan[two])
    ends, levels = shapely.get_coordinates(line), []
    for part, (x, y) in zip((one, two), ends, strict=True):
        if part >= bodies.tubes:
            bottom, top = bodies.levels(part - bodies.tubes, x, y)
            levels.append((float(bottom), float(top)))
            continue
        way = bodies.end[part] - bodies.start[part]
        share = float((np.array([x, y]) - bodies.start[part, :2]) @ way[:2] / (way[:2] @ way[:2]))
        levels.append((float(bodies.start[part, 2] + share * way[2]),) * 2)
    (low_1, high_1), (low_2, high_2) = levels
    return float(np.hypot(shapely.length(line), max(low_2 - high_1, low_1 - high_2, 0.0)))


def _near(bodies: Bodies, features: PartFeatures, part: int, other: shapely.Geometry, limit: float) -> _Near:
    """The features of a part that are so near to another outline in plan."""

    def of(first: Ints, shapes: Floats) -> Ints:
        places = np.arange(first[part], first[part + 1])
        plan = shapes[places][..., :2]
        made = shapely.points(plan) if plan.ndim == 2 else shapely.linestrings(plan)
        with np.errstate(invalid="ignore"):  # which GEOS 3.11 raises where shapes do not meet
            return places[np.asarray(shapely.dwithin(made, other, limit))]

    shapely.prepare(other)
    return _Near(
        of(features.first_edge, features.edges),
        of(features.first_corner, features.corners),
        of(features.first_wall, features.walls),
    )


def _some(one: Ints, two: Ints, progress: Progress) -> Iterator[tuple[Ints, Ints]]:
    """All combinations of two lists, some at a time."""
    step = max(BLOCK // max(len(two), 1), 1)
    for low in range(0, len(one) if len(two) else 0, step):
        advance(progress, np.nan)
        some = one[low : low + step]
        yield np.repeat(some, len(two)), np.tile(two, len(some))
