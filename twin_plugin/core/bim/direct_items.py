"""Shapes that need no geometry kernel, made of a STEP file's records in bulk: faceted bodies and straight extrusions.

What a map needs of an element is its outline seen from above and its height. A body of plane faces says both as it is
written, and so does an outline that is extruded; only curved faces and some cuts
(see direct_cuts) are a kernel's work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .direct_curves import circle, rings
from .direct_profiles import SHAPES, profiles
from .model import Floats
from .step_table import Flags, Ints, ranges
from .step_values import Values

SHELLS = ("IfcClosedShell", "IfcOpenShell", "IfcConnectedFaceSet")
FACETED = ("IfcFacetedBrep", "IfcFaceBasedSurfaceModel", "IfcShellBasedSurfaceModel")


@dataclass(frozen=True)
class Items:
    """Shapes of plane faces, each in its own axes, in metres.

    Attributes
    ----------
    records : ndarray, shape (i,)
        The representation items; sorted.
    vertices : ndarray, shape (v, 3)
    first_vertex : ndarray, shape (i + 1,)
        Where the vertices of each item begin.
    corners : ndarray, shape (c,)
        Rings of vertices, as numbers within their item.
    counts, holes : ndarray, shape (r,)
        The corners of each ring, and whether it is a hole in the face before it.
    first_ring, first_corner : ndarray, shape (i + 1,)
        Where the rings and the corners of each item begin.
    """

    records: Ints
    vertices: Floats
    first_vertex: Ints
    corners: Ints
    counts: Ints
    holes: Flags
    first_ring: Ints
    first_corner: Ints


def _no_items() -> Items:
    none, zero = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    return Items(none, np.zeros((0, 3)), zero, none, none, np.zeros(0, dtype=np.bool_), zero, zero)


NO_ITEMS = _no_items()


def joined(parts: list[Items]) -> Items:
    """Several sets of items, each sorted by its records, as one."""
    parts = [part for part in parts if len(part.records)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    records = np.concatenate([part.records for part in parts])
    order = np.argsort(records, kind="stable")
    sizes = [np.concatenate([np.diff(getattr(part, name)) for part in parts])[order] for name in _FIRSTS]
    starts = []
    for name, of in zip(_FIRSTS, ("vertices", "counts", "corners"), strict=True):
        before = np.cumsum([0, *(len(getattr(part, of)) for part in parts)])
        firsts = [getattr(part, name)[:-1] + shift for part, shift in zip(parts, before, strict=False)]
        starts.append(np.concatenate(firsts)[order])
    vertex, ring, corner = (ranges(start, size) for start, size in zip(starts, sizes, strict=True))
    first = [np.concatenate([[0], np.cumsum(size)]) for size in sizes]
    return Items(
        records[order],
        np.concatenate([part.vertices for part in parts])[vertex],
        first[0],
        np.concatenate([part.corners for part in parts])[corner],
        np.concatenate([part.counts for part in parts])[ring],
        np.concatenate([part.holes for part in parts])[ring],
        first[1],
        first[2],
    )


_FIRSTS = ("first_vertex", "first_ring", "first_corner")


def _owned(values: Values, records: Ints, owner: Ints, good: Flags, names: tuple[str, ...]) -> tuple[Ints, Ints]:
    """What records refer to, and the item each belongs to; an item with anything of another class is good no more."""
    at, found = values.expand(records)
    whose = owner[at]
    fitting = values.is_kind(found, *names)
    good[whose[~fitting]] = False
    return found[fitting], whose[fitting]


def facets(values: Values, records: Ints) -> Items:
    """Bodies and surfaces of plane faces."""
    items = records[values.is_kind(records, *FACETED)]
    if not len(items):
        return NO_ITEMS
    good = values.counts[items] > 0
    shells, owner = _owned(values, items, np.arange(len(items)), good, SHELLS)
    faces, owner = _owned(values, shells, owner, good, ("IfcFace",))
    good[owner[values.counts[faces] == 0]] = False
    bounds_of = values.counts[faces]
    bounds, of_face = values.expand(faces)[1], np.repeat(np.arange(len(faces)), bounds_of)
    outer = values.is_kind(bounds, "IfcFaceOuterBound")
    fine = outer | values.is_kind(bounds, "IfcFaceBound")
    # A face with holes says which of its bounds is the outer one; a face with one bound need not.
    several = bounds_of[of_face] > 1
    outers = np.bincount(of_face[outer], minlength=len(faces))
    fine &= ~several | (outers[of_face] == 1)
    loops = values.reference(bounds, 0)
    fine &= values.is_kind(loops, "IfcPolyLoop")
    fine[fine] &= values.counts[loops[fine]] >= 3
    fine[fine] &= values.flags(bounds[fine])[1]
    good[owner[of_face[~fine]]] = False
    order = np.lexsort((several & ~outer, of_face))
    order = order[good[owner[of_face[order]]]]
    forward, _ = values.flags(bounds[order])
    of_ring = owner[of_face[order]]
    return _facet_items(values, items, good, loops[order], of_ring, (several & ~outer)[order], ~forward)


def _facet_items(
    values: Values, items: Ints, good: Flags, loops: Ints, of_ring: Ints, holes: Flags, backward: Flags
) -> Items:
    ring, points = values.expand(loops)
    of_corner = of_ring[ring]
    fine = values.is_kind(points, "IfcCartesianPoint")
    key = of_corner * np.int64(len(values.table.ids) + 1) + points + 1
    unique, corners = np.unique(key, return_inverse=True)
    of_vertex, point = unique // (len(values.table.ids) + 1), unique % (len(values.table.ids) + 1) - 1
    vertices, sizes = values.coordinates(point)
    vertices *= values.unit_m
    good[of_corner[~fine]] = False
    good[of_vertex[sizes != 3]] = False
    counts = values.counts[loops]
    # A bound that runs against its loop is turned round.
    first = np.cumsum(counts) - counts
    within = np.arange(len(corners)) - first[ring]
    turned = backward[ring]
    corners = corners[np.where(turned, first[ring] + counts[ring] - 1 - within, np.arange(len(corners)))]
    return chosen(items, good, vertices, of_vertex, corners, counts, of_ring, holes)


def chosen(
    items: Ints,
    good: Flags,
    vertices: Floats,
    of_vertex: Ints,
    corners: Ints,
    counts: Ints,
    of_ring: Ints,
    holes: Flags,
) -> Items:
    """The items that are good; arrays come in the order of the items, corners as numbers among all vertices."""
    good = good & (np.bincount(of_ring, minlength=len(items)) > 0)
    of_corner, number = np.repeat(of_ring, counts), np.cumsum(good) - 1
    total = int(good.sum())
    sizes = [np.bincount(number[of[good[of]]], minlength=total) for of in (of_vertex, of_ring, of_corner)]
    first = [np.concatenate([[0], np.cumsum(size)]).astype(np.int64) for size in sizes]
    old_first = np.searchsorted(of_vertex, np.arange(len(items)))
    kept = good[of_corner]
    local = corners[kept] - old_first[of_corner[kept]]
    ring = good[of_ring]
    return Items(items[good], vertices[good[of_vertex]], first[0], local, counts[ring], holes[ring], first[1], first[2])


def prisms(values: Values, records: Ints) -> Items:
    """Outlines of straight lines, and rectangles, that are extruded."""
    items = records[values.is_kind(records, "IfcExtrudedAreaSolid")]
    if not len(items):
        return NO_ITEMS
    profile = values.reference(items, 0)
    placed = values.counts[items] == 3
    place, way = values.reference(items, 1), values.reference(items, 2)
    way = np.where(placed, way, place)
    frames, good = values.axes(place)
    frames[~placed], good[~placed] = np.eye(4), values.counts[items[~placed]] == 2
    along, sizes = values.coordinates(np.where(good, way, items))
    good &= values.is_kind(way, "IfcDirection") & (sizes == 3)
    length = np.linalg.norm(along, axis=1)
    depth = _last_numbers(values, items, 1)[:, 0] * values.unit_m
    good &= (length > 1e-9) & np.isfinite(depth) & (depth > 0)
    along = along * (np.where(good, depth, 0.0) / np.where(length > 1e-9, length, 1.0))[:, None]
    ends = np.einsum("nij,nj->ni", frames[:, :3, :3], along)
    points, of_ring, counts, holes = _outlines(values, profile, good)
    return _prism_items(items, good, frames, ends, points, of_ring, counts, holes)


def _last_numbers(values: Values, records: Ints, how_many: int) -> Floats:
    """The last numbers of records (n, how_many); NaN where other values stand there, or more numbers before them."""
    found = np.full((len(records), how_many), np.nan)
    for row, record in enumerate(records.tolist()):
        try:
            found[row] = [float(part) for part in values.last(record, how_many)]
        except ValueError:
            continue
    return found


def _outlines(values: Values, profile: Ints, good: Flags) -> tuple[Floats, Ints, Ints, Flags]:
    """The rings of profiles in their planes (n, 2), the profile of each ring, its corners, and whether it is a hole."""
    rows = np.arange(len(profile))
    is_rectangle = values.is_kind(profile, "IfcRectangleProfileDef")
    closed = values.is_kind(profile, "IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids")
    more, bent_of, bent_holes = _sized(values, profile, good & ~is_rectangle & ~closed)
    good &= is_rectangle | closed | np.isin(rows, bent_of)
    at, curves = values.expand(profile[closed & good])
    owner = rows[closed & good][at]
    hole = np.concatenate([[False], owner[1:] == owner[:-1]])[: len(owner)]
    plain = values.is_kind(curves, "IfcPolyline")
    other = np.flatnonzero(~plain)
    bent = rings(values, curves[other])
    lost = np.array([ring is None for ring in bent], dtype=np.bool_)
    good[owner[other[lost]]] = False
    more += [ring for ring in bent if ring is not None]
    bent_of = np.concatenate([bent_of, owner[other[~lost]]])
    bent_holes = np.concatenate([bent_holes, hole[other[~lost]]])
    kept = good[owner] & plain
    curves, owner, hole = curves[kept], owner[kept], hole[kept]
    flat, counts = _lines(values, curves, owner, good)
    boxes = rows[is_rectangle & good]
    corners = _rectangles(values, profile[boxes], boxes, good)
    every = np.concatenate([owner, boxes, bent_of])
    all_holes = np.concatenate([hole, np.zeros(len(boxes), np.bool_), bent_holes])
    sizes_all = np.concatenate([counts, np.full(len(boxes), 4), [len(ring) for ring in more]]).astype(np.int64)
    order = np.lexsort((all_holes, every))
    order = order[good[every[order]]]
    starts = np.cumsum(sizes_all) - sizes_all
    points_all = np.concatenate([flat, corners.reshape(-1, 2), *more])[ranges(starts[order], sizes_all[order])]
    return points_all, every[order], sizes_all[order], all_holes[order]


def _lines(values: Values, curves: Ints, owner: Ints, good: Flags) -> tuple[Floats, Ints]:
    """The points of polylines in metres, and how many each has; profiles of which any is unusual are good no more."""
    ring, points = values.expand(curves)
    good[owner[ring[~values.is_kind(points, "IfcCartesianPoint")]]] = False
    flat, sizes = values.coordinates(np.where(points >= 0, points, 0))
    good[owner[ring[(sizes < 2) | (flat[:, 2] != 0)]]] = False
    # A corner that repeats the one before it, and the last that repeats the first, are none.
    first = np.concatenate([[0], np.cumsum(np.bincount(ring, minlength=len(curves)))]).astype(np.int64)
    following = np.arange(1, len(ring) + 1)
    following[first[1:][first[1:] > first[:-1]] - 1] = first[:-1][first[1:] > first[:-1]]
    own = (flat != flat[following]).any(axis=1) if len(ring) else np.zeros(0, dtype=np.bool_)
    counts = np.bincount(ring[own], minlength=len(curves))
    good[owner[counts < 3]] = False
    return flat[own, :2] * values.unit_m, counts


def _sized(values: Values, profile: Ints, wanted: Flags) -> tuple[list[Floats], Ints, Flags]:
    """The rings of circles and of other profiles given by their sizes, the profile of each, and which are holes."""
    round_ones = np.flatnonzero(wanted & values.is_kind(profile, "IfcCircleProfileDef"))
    more, owners = _circles(values, profile[round_ones], round_ones) if len(round_ones) else ([], [])
    holes = [False] * len(owners)
    others = np.flatnonzero(wanted & values.is_kind(profile, *SHAPES))
    known = profiles(values, profile[others]) if len(others) else {}
    for row, record in zip(others.tolist(), profile[others].tolist(), strict=True):
        for number, ring in enumerate(known.get(record, ())):
            more.append(ring)
            owners.append(row)
            holes.append(number > 0)
    return more, np.array(owners, dtype=np.int64), np.array(holes, dtype=np.bool_)


def _circles(values: Values, profile: Ints, rows: Ints) -> tuple[list[Floats], list[int]]:
    """The points of circles, and the rows of those that are written as usual."""
    radius = _last_numbers(values, profile, 1)[:, 0] * values.unit_m
    place = values.reference(profile, 0)
    frames, fine = values.flat_axes(place)
    frames[place < 0], fine[place < 0] = np.eye(4), True
    usual = np.flatnonzero(fine & (radius > 0))
    found = [circle(float(radius[row])) @ frames[row, :2, :2].T + frames[row, :2, 3] for row in usual.tolist()]
    return found, rows[usual].tolist()


def _rectangles(values: Values, profile: Ints, rows: Ints, good: Flags) -> Floats:
    """The corners (n, 4, 2) of rectangles."""
    size = _last_numbers(values, profile, 2) * values.unit_m
    place = values.reference(profile, 0)
    frames, fine = values.flat_axes(place)
    frames[place < 0], fine[place < 0] = np.eye(4), True
    good[rows[~fine | ~(size > 0).all(axis=1)]] = False
    half = np.nan_to_num(size) / 2
    signs = np.array([[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]])
    corners = half[:, None, :] * signs
    return np.asarray(np.einsum("nij,nkj->nki", frames[:, :2, :2], corners) + frames[:, None, :2, 3])


def _turned(points: Floats, ring: Ints, counts: Ints, holes: Flags) -> Floats:
    """The points of rings, each hole running against the outline before it."""
    if not holes.any():
        return points
    first = np.cumsum(counts) - counts
    own = points - points[first][ring]
    after = np.roll(own, -1, axis=0)
    after[first + counts - 1] = 0.0
    left = np.add.reduceat(own[:, 0] * after[:, 1] - own[:, 1] * after[:, 0], first) > 0
    outline = np.flatnonzero(~holes)[np.cumsum(~holes) - 1]
    back = (holes & (left == left[outline]))[ring]
    at = np.arange(len(ring))
    return points[np.where(back, 2 * first[ring] + counts[ring] - 1 - at, at)]


def _prism_items(
    items: Ints, good: Flags, frames: Floats, ends: Floats, points: Floats, of_ring: Ints, counts: Ints, holes: Flags
) -> Items:
    """Both ends of every prism, and a face for each side of its outline."""
    ring = np.repeat(np.arange(len(counts)), counts)
    points = _turned(points, ring, counts, holes)
    whose = of_ring[ring]
    lower = np.einsum("nij,nj->ni", frames[whose][:, :3, :2], points) + frames[whose][:, :3, 3]
    upper = lower + ends[whose]
    first = np.cumsum(counts) - counts
    within = np.arange(len(ring)) - first[ring]
    # The vertices of a ring: those of its lower end, then those of its upper one.
    low = 2 * first[ring] + within
    high = low + counts[ring]
    vertices = np.empty((2 * len(ring), 3))
    vertices[low], vertices[high] = lower, upper
    of_vertex = np.empty(2 * len(ring), dtype=np.int64)
    of_vertex[low] = of_vertex[high] = whose
    after = np.where(within + 1 == counts[ring], low - within, low + 1)
    sides = np.stack([low, after, after + counts[ring], high], axis=1).ravel()
    back = 2 * first[ring] + counts[ring] - 1 - within
    # Rings: of lower ends (turned round), of upper ends, and sides; sorted by item, holes behind their outlines.
    sizes = np.concatenate([counts, counts, np.full(len(ring), 4)])
    owners = np.concatenate([of_ring, of_ring, whose])
    stage = np.repeat([0, 1, 2], [len(counts), len(counts), len(ring)])
    order = np.lexsort((stage, owners))
    starts = np.cumsum(sizes) - sizes
    corners = np.concatenate([back, high, sides])[ranges(starts[order], sizes[order])]
    hole = np.concatenate([holes, holes, np.zeros(len(ring), np.bool_)])[order]
    sizes, owners = sizes[order], owners[order]
    return chosen(items, good, vertices, of_vertex, corners, sizes, owners, hole)
