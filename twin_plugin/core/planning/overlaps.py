"""How much of one body lies in another: volumes of overlap, and gaps in height where bodies lie above each other.

Slabs with slabs are in closed form. A tube with a slab is the sum of its cross-sections by upright planes, each in
closed form, at `STEPS` places of each stretch between two corners of the outline; two tubes are the sum of what planes
along both axes cut. Tubes end flat for volumes.
"""

from __future__ import annotations

import numpy as np
import shapely

from ..common.prisms import Bools, Floats, Ints
from .bodies import Bodies
from .clearance_geometry import between_segments

STEPS, MOST_STEPS = 64, 8192
"""Cross-sections of a tube in each stretch, which give its volume within 0.1 %; at most so many in all."""
SLICES = 24
"""Planes through two tubes, which give their overlap within 0.1 %."""
DEPTHS = 129
"""Points of an axis at which it is measured how deep it lies in a slab."""
SMALL_M2 = 1e-9
TOUCH_M = 1e-6
"""Bodies that overlap by less touch."""


def slab_in_slab(bodies: Bodies, one: int, two: int) -> tuple[float, float, float]:
    """Gap in height over the common plan, volume of the overlap in m³, and how deep the one lies in the other in m.

    Parameters
    ----------
    one, two : int
        Places among the slabs.

    Returns
    -------
    (float, float, float)
        The gap is negative by the greatest overlap in height, and NaN where they have nothing in common in plan. The
        depth is the smaller one of that and the least width of what they have in common in plan.
    """
    with np.errstate(invalid="ignore"):
        common = shapely.intersection(bodies.outlines[one], bodies.outlines[two])
    anchor = bodies.anchors[one]
    planes = [
        _moved(plane[slab], bodies.anchors[slab], anchor)
        for plane in (bodies.bottom, bodies.top)
        for slab in (one, two)
    ]
    low_1, low_2, high_1, high_2 = planes
    parts = [part for part in shapely.get_parts(common) if shapely.area(part) > SMALL_M2]
    if not parts:
        return np.nan, 0.0, 0.0
    gap, volume, depth = np.inf, 0.0, 0.0
    for part in parts:
        overlap_m = -np.inf
        for piece in _split(_split([part], low_1 - low_2, anchor), high_1 - high_2, anchor):
            xy = shapely.get_coordinates(piece) - anchor
            middle = shapely.get_coordinates(shapely.centroid(piece))[0] - anchor
            low = low_1 if _at(low_1 - low_2, middle) > 0 else low_2
            high = high_1 if _at(high_1 - high_2, middle) < 0 else high_2
            height = high - low
            overlap_m = max(overlap_m, float(_at(height, xy).max()))
            for inside in above_plane(piece, height, anchor):
                centre = shapely.get_coordinates(shapely.centroid(inside))[0] - anchor
                volume += float(shapely.area(inside) * _at(height, centre))
        gap = min(gap, -overlap_m)
        if overlap_m > TOUCH_M:
            depth = max(depth, min(overlap_m, _width(part)))
    return gap, volume, depth


def _moved(plane: Floats, own: Floats, anchor: Floats) -> Floats:
    """A plane about another point."""
    return np.array([plane[0] + float(plane[1:] @ (anchor - own)), plane[1], plane[2]])


def _at(plane: Floats, xy: Floats) -> Floats:
    return np.asarray(plane[0] + xy @ plane[1:])


def _split(pieces: list[shapely.Geometry], plane: Floats, anchor: Floats) -> list[shapely.Geometry]:
    """Pieces cut along the line where a plane is 0."""
    if not np.any(np.abs(plane[1:]) > 1e-12):
        return pieces
    return [part for piece in pieces for sign in (1, -1) for part in above_plane(piece, sign * plane, anchor)]


def above_plane(piece: shapely.Geometry, plane: Floats, anchor: Floats) -> list[shapely.Geometry]:
    """What of a polygon lies where a plane is above 0."""
    gradient = plane[1:]
    steep = float(np.hypot(*gradient))
    if steep < 1e-12:
        return [piece] if plane[0] > 0 else []
    west, south, east, north = shapely.bounds(piece)
    reach = 4.0 * (np.hypot(east - west, north - south) + 1.0)
    middle = np.array([(west + east) / 2, (south + north) / 2])
    way = gradient / steep
    foot = middle - way * float(_at(plane, middle - anchor)) / steep
    if np.hypot(*(foot - middle)) > reach:
        return [piece] if _at(plane, middle - anchor) > 0 else []
    side = np.array([-way[1], way[0]]) * reach
    half = shapely.Polygon([foot - side, foot + side, foot + side + way * reach * 2, foot - side + way * reach * 2])
    with np.errstate(invalid="ignore"):
        found = shapely.get_parts(shapely.intersection(piece, half))
    return [part for part in found if shapely.area(part) > SMALL_M2]


def _width(shape: shapely.Geometry) -> float:
    """The least width of a shape, seen along the sides of its hull."""
    ring = shapely.get_coordinates(shapely.convex_hull(shape))
    way = np.diff(ring, axis=0)
    length = np.hypot(*way.T)
    normal = np.column_stack([-way[:, 1], way[:, 0]])[length > 0] / length[length > 0, None]
    across = ring @ normal.T
    return float((across.max(axis=0) - across.min(axis=0)).min())


def tube_in_slab(bodies: Bodies, tube: int, slab: int) -> tuple[float, float, float]:
    """Gap in height, volume of the overlap, and how deep the axis lies in the slab; as `slab_in_slab`.

    The gap is NaN where they have nothing in common in plan; the depth is 0 where the axis stays outside.
    """
    start, end, radius = bodies.start[tube], bodies.end[tube], float(bodies.radius_m[tube])
    outline = bodies.outlines[slab]
    axis = shapely.LineString([start[:2], end[:2]])
    apart = float(shapely.distance(axis, outline))
    if apart >= radius:
        return np.nan, 0.0, 0.0
    length = float(shapely.length(axis))
    pieces = []
    if apart == 0.0:
        with np.errstate(invalid="ignore"):
            parts = shapely.get_parts(shapely.intersection(axis, outline))
        pieces = [np.sort(shapely.line_locate_point(axis, shapely.points(shapely.get_coordinates(p)))) for p in parts]
    gap, depth = np.inf, 0.0
    for along in pieces:
        share = np.linspace(along[0], along[-1], DEPTHS) / length
        at = start + share[:, None] * (end - start)
        low, high = bodies.levels(slab, at[:, 0], at[:, 1])
        gap = min(gap, float(np.maximum(low - at[:, 2], at[:, 2] - high).min()) - radius)
        depth = max(depth, _depth(bodies, slab, at, low, high))
    if not pieces:
        nearest = shapely.get_coordinates(shapely.shortest_line(axis, outline))
        share = np.hypot(*(nearest[0] - start[:2])) / length
        z = start[2] + share * (end[2] - start[2])
        bottom, top = bodies.levels(slab, *nearest[1])
        gap = float(max(bottom - z, z - top)) - float(np.sqrt(radius**2 - apart**2))
    lowest, highest = _range(bodies, slab)
    reaches = min(start[2], end[2]) - radius < highest and max(start[2], end[2]) + radius > lowest
    return gap, _tube_volume(bodies, tube, slab) if reaches else 0.0, depth


def _range(bodies: Bodies, slab: int) -> tuple[float, float]:
    points = shapely.get_coordinates(bodies.outlines[slab])
    low, high = bodies.levels(np.full(len(points), slab), points[:, 0], points[:, 1])
    return float(low.min()), float(high.max())


def _depth(bodies: Bodies, slab: int, at: Floats, low: Floats, high: Floats) -> float:
    """How far the deepest of some points lies from the surface of a slab; 0 where none lies in it."""
    slopes = [np.sqrt(1.0 + float((plane[slab, 1:] ** 2).sum())) for plane in (bodies.bottom, bodies.top)]
    wall = shapely.distance(shapely.boundary(bodies.outlines[slab]), shapely.points(at[:, :2]))
    inside = np.minimum(np.minimum((at[:, 2] - low) / slopes[0], (high - at[:, 2]) / slopes[1]), wall)
    return max(float(inside.max()), 0.0)


def _tube_volume(bodies: Bodies, tube: int, slab: int) -> float:
    """The volume of a tube within a slab: the sum of its sections by upright planes across it."""
    start, end, radius = bodies.start[tube], bodies.end[tube], float(bodies.radius_m[tube])
    outline, way = bodies.outlines[slab], end[:2] - start[:2]
    flat = float(np.hypot(*way))
    way, slope = way / flat, (end[2] - start[2]) / flat
    across = np.array([-way[1], way[0]])
    corners = (shapely.get_coordinates(outline) - start[:2]) @ way
    stops = np.unique(np.clip(np.r_[0.0, corners, flat], 0.0, flat))
    stops = stops[np.r_[True, np.diff(stops) > 1e-9]]
    steps = max(min(STEPS, MOST_STEPS // len(stops)), 1)
    step = np.diff(stops) / steps
    along = (stops[:-1, None] + (np.arange(steps) + 0.5) * step[:, None]).ravel()
    width = np.repeat(step, steps)
    feet = start[:2] + along[:, None] * way
    cuts = shapely.linestrings(np.stack([feet - radius * across, feet + radius * across], axis=1))
    with np.errstate(invalid="ignore"):
        parts, at = shapely.get_parts(shapely.intersection(cuts, outline), return_index=True)
    lines = shapely.length(parts) > 0
    parts, at = parts[lines], at[lines]
    if not len(parts):
        return 0.0
    ends = np.stack([shapely.get_coordinates(shapely.get_point(parts, k)) for k in (0, -1)], axis=1)
    side = np.sort(((ends - feet[at][:, None]) * across).sum(axis=2), axis=1)
    squeeze = 1.0 / np.sqrt(1.0 + slope**2)  # an upright section of an inclined tube is higher than wide
    low, high = bodies.levels(np.full(len(at), slab), feet[at, 0], feet[at, 1])
    z = start[2] + along[at] * slope
    area = _disc_in_box(side[:, 0], side[:, 1], (low - z) * squeeze, (high - z) * squeeze, radius) / squeeze
    return float((area * width[at]).sum())


def _disc_in_box(left: Floats, right: Floats, low: Floats, high: Floats, radius: float) -> Floats:
    """The area of a disc about 0 within boxes."""

    def quarter(x: Floats, y: Floats) -> Floats:
        """Area of the disc left of x and below y."""
        x, y = np.clip(x / radius, -1, 1), np.clip(y / radius, -1, 1)

        def under(u: Floats) -> Floats:  # half of the disc's area from -1 to u
            return np.asarray((u * np.sqrt(np.maximum(1 - u * u, 0)) + np.arcsin(u) + np.pi / 2) / 2)

        edge = np.sqrt(np.maximum(1 - y * y, 0))
        a, b = np.clip(x, -1, -edge), np.clip(x, -edge, edge)
        c = np.clip(x, edge, 1)
        outer = 2 * under(a) + 2 * (under(c) - under(edge))
        outer = np.where(y >= 0, outer, 0.0)
        return np.asarray((outer + under(b) - under(-edge) + y * (b + edge)) * radius**2)

    return quarter(right, high) - quarter(left, high) - quarter(right, low) + quarter(left, low)


def tubes_in_tubes(bodies: Bodies, one: Ints, two: Ints) -> Floats:
    """The volumes that pairs of tubes share.

    A plane along both axes cuts a strip out of each tube. Where the strips cross away from the ends, they share
    4 w₁ w₂ / sin of the angle; else their rectangles are intersected. The volume is the sum over `SLICES` planes.
    """
    start = bodies.start[one]
    axes = [bodies.end[which] - bodies.start[which] for which in (one, two)]
    length_1, length_2 = (np.linalg.norm(axis, axis=1) for axis in axes)
    d1, d2 = axes[0] / length_1[:, None], axes[1] / length_2[:, None]
    apart = bodies.start[two] - start
    normal = np.cross(d1, d2)
    sine = np.linalg.norm(normal, axis=1)
    beside = apart - (apart * d1).sum(axis=1)[:, None] * d1
    upright = np.cross(d1, np.broadcast_to([0.0, 0.0, 1.0], d1.shape))
    beside = np.where((np.linalg.norm(beside, axis=1) > 1e-9)[:, None], beside, upright)
    normal = np.where((sine > 1e-6)[:, None], normal, beside)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    r1, r2, away = bodies.radius_m[one], bodies.radius_m[two], (apart * normal).sum(axis=1)
    low, high = np.maximum(-r1, away - r2), np.minimum(r1, away + r2)
    side = np.cross(normal, d1)
    base = np.column_stack([(apart * d1).sum(axis=1), (apart * side).sum(axis=1)])
    way = np.column_stack([(d2 * d1).sum(axis=1), (d2 * side).sum(axis=1)])
    turn = (np.arange(SLICES) + 0.5) * np.pi / SLICES - np.pi / 2  # finer towards the ends, where strips narrow fast
    half = np.maximum(high - low, 0.0)[:, None] / 2
    h = (low + high)[:, None] / 2 + half * np.sin(turn)
    w1 = np.sqrt(np.maximum(r1[:, None] ** 2 - h**2, 0.0))
    w2 = np.sqrt(np.maximum(r2[:, None] ** 2 - (h - away[:, None]) ** 2, 0.0))
    area = 4.0 * w1 * w2 / np.maximum(sine, 1e-6)[:, None]
    cut = np.flatnonzero(~_crosses_within(base, way, (length_1, length_2), (r1, r2)) & (half[:, 0] > 0))
    if len(cut):
        area[cut] = _rectangles(base[cut], way[cut], (length_1[cut], length_2[cut]), (w1[cut], w2[cut]))
    return np.asarray((area * half * np.cos(turn)).sum(axis=1) * np.pi / SLICES)


def _crosses_within(base: Floats, way: Floats, length: tuple[Floats, Floats], radius: tuple[Floats, Floats]) -> Bools:
    """Whether two strips cross away from the ends of both."""
    sine = np.maximum(np.abs(way[:, 1]), 1e-9)
    t = -base[:, 1] / np.where(way[:, 1] < 0, -sine, sine)
    s = base[:, 0] + t * way[:, 0]
    cosine = np.abs(way[:, 0])
    reach_1 = (radius[1] + radius[0] * cosine) / sine
    reach_2 = (radius[0] + radius[1] * cosine) / sine
    return (s > reach_1) & (s < length[0] - reach_1) & (t > reach_2) & (t < length[1] - reach_2)


def _rectangles(base: Floats, way: Floats, length: tuple[Floats, Floats], half: tuple[Floats, Floats]) -> Floats:
    """The areas that rectangles share: one along x from 0, one from `base` along `way`; shape (pairs, slices)."""
    across = np.column_stack([-way[:, 1], way[:, 0]])[:, None]
    zero = np.zeros_like(half[0])
    end = zero + length[0][:, None]
    one = np.stack([np.stack(c, axis=-1) for c in ((zero, -half[0]), (end, -half[0]), (end, half[0]), (zero, half[0]))])
    far = (base + length[1][:, None] * way)[:, None]
    near, wide = base[:, None], half[1][..., None] * across
    two = np.stack([near - wide, far - wide, far + wide, near + wide])
    shapes = [shapely.polygons(np.moveaxis(ring, 0, -2)) for ring in (one, two)]
    with np.errstate(invalid="ignore"):
        return np.asarray(shapely.area(shapely.intersection(*shapes)))


def tubes_in_height(bodies: Bodies, one: Ints, two: Ints, plan_m: Floats) -> Floats:
    """Gaps in height of pairs of tubes where they are nearest in plan and in space; NaN where they lie side by side.

    At a distance h of the axes in plan, the gap is that of their levels less √((r₁ + r₂)² - h²).
    """
    reach = bodies.radius_m[one] + bodies.radius_m[two]
    gaps = np.full(len(one), np.nan)
    for dimensions in (2, 3):
        ends = [points[which][:, :dimensions] for which in (one, two) for points in (bodies.start, bodies.end)]
        s, t = between_segments(*ends)
        a = bodies.start[one] + s[:, None] * (bodies.end[one] - bodies.start[one])
        b = bodies.start[two] + t[:, None] * (bodies.end[two] - bodies.start[two])
        apart = np.hypot(*(a - b)[:, :2].T)
        over = np.sqrt(np.maximum(reach**2 - apart**2, 0.0))
        gap = np.where(apart < reach, np.abs(a[:, 2] - b[:, 2]) - over, np.nan)
        gaps = np.fmin(gaps, gap)
    return np.where(plan_m < reach, gaps, np.nan)
