"""Exact distances in space between axes of tubes and slabs: edges to edges, and corners to faces.

The nearest points of two bodies that do not meet lie on two edges, or on a corner and a face. Edge to edge is the
closed form for two segments (Eberly 2018, Robust computation of distance between line segments).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from ..common.progress import Progress, advance
from .bodies import Bodies
from .prisms import Floats, Ints

BLOCK = 300_000
"""Pairs of features that are measured at once: more would cost memory and delay a cancel."""


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
    block = np.cumsum(work) // BLOCK
    bounds = np.r_[np.flatnonzero(np.r_[True, block[1:] != block[:-1]]), len(one)] if len(one) else np.zeros(1, int)
    for low, high in pairwise(bounds):
        advance(progress, low / len(one))
        pairs = np.arange(low, high)
        _edges_to_edges(features, one, two, pairs, found)
        slabs = pairs[(one[pairs] >= bodies.tubes) | (two[pairs] >= bodies.tubes)]
        if len(slabs):
            for turned in (False, True):
                _corners_to_faces(bodies, features, one, two, slabs, turned, found)
    return found


def _combine(first: Ints, one: Ints, second: Ints, two: Ints) -> tuple[Ints, Ints, Ints]:
    """All combinations of the features of pairs of parts: the number of the pair, and both features."""
    n_one, n_two = first[one + 1] - first[one], second[two + 1] - second[two]
    count = n_one * n_two
    pair = np.repeat(np.arange(len(one)), count)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    return pair, first[one][pair] + within // n_two[pair], second[two][pair] + within % n_two[pair]


def _edges_to_edges(features: PartFeatures, one: Ints, two: Ints, pairs: Ints, found: Nearest) -> None:
    pair, i, j = _combine(features.first_edge, one[pairs], features.first_edge, two[pairs])
    p, q = features.edges[i], features.edges[j]
    s, t = between_segments(p[:, 0], p[:, 1], q[:, 0], q[:, 1])
    a = p[:, 0] + s[:, None] * (p[:, 1] - p[:, 0])
    b = q[:, 0] + t[:, None] * (q[:, 1] - q[:, 0])
    found.take(pairs[pair], np.linalg.norm(a - b, axis=1), a, b)


def _corners_to_faces(
    bodies: Bodies, features: PartFeatures, one: Ints, two: Ints, pairs: Ints, turned: bool, found: Nearest
) -> None:
    """From the corners of the one to the walls, the bottom and the top of the other, and back where `turned`."""
    of, to = (two, one) if turned else (one, two)
    pairs = pairs[to[pairs] >= bodies.tubes]
    if not len(pairs):
        return

    def take(pair: Ints, corner: Floats, foot: Floats) -> None:
        ends = (foot, corner) if turned else (corner, foot)
        found.take(pairs[pair], np.linalg.norm(corner - foot, axis=1), *ends)

    pair, i, wall = _combine(features.first_corner, of[pairs], features.first_wall, to[pairs])
    corner, low = features.corners[i], features.walls[wall]
    way = low[:, 1, :2] - low[:, 0, :2]
    share = ((corner[:, :2] - low[:, 0, :2]) * way).sum(axis=1) / (way**2).sum(axis=1)
    bottom = low[:, 0, 2] + share * (low[:, 1, 2] - low[:, 0, 2])
    rise = features.rises[wall, 0] + share * (features.rises[wall, 1] - features.rises[wall, 0])
    on = (share >= 0) & (share <= 1) & (corner[:, 2] >= bottom) & (corner[:, 2] <= bottom + rise)
    foot = np.column_stack([low[:, 0, :2] + share[:, None] * way, corner[:, 2]])
    take(pair[on], corner[on], foot[on])
    one_each = np.arange(len(features.first_corner))
    pair, i, part = _combine(features.first_corner, of[pairs], one_each, to[pairs])
    corner, slab = features.corners[i], part - bodies.tubes
    for plane in (bodies.bottom, bodies.top):
        normal = np.column_stack([-plane[slab, 1], -plane[slab, 2], np.ones(len(slab))])
        normal /= np.linalg.norm(normal, axis=1)[:, None]
        anchor = np.column_stack([bodies.anchors[slab], plane[slab, 0]])
        foot = corner - ((corner - anchor) * normal).sum(axis=1)[:, None] * normal
        on = shapely.intersects_xy(bodies.outlines[slab], foot[:, 0], foot[:, 1])
        take(pair[on], corner[on], foot[on])
