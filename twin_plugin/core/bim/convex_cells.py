"""Cuts solids of plane faces, and endless prisms, into convex cells, each of them planes that enclose it.

A solid is cut along the planes of its own faces (binary space partition: Fuchs, Kedem and Naylor 1980,
doi:10.1145/965105.807481); a convex one is one cell.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from .cut_bodies import ON_PLANE_M, Convex, CutBody, NotPlain, Plane, Point, plane_of

MOST_FACETS = 200
MOST_CELLS = 64
"""A solid of more faces, or one that falls into more cells, is left to a kernel."""

Facet = tuple[Plane, list[Point]]
"""A plane that looks outward, and the corners of a face in it."""

Frame = tuple[Point, Point, Point]
"""An origin and the directions x and y of a plane."""


def cells_of_body(body: CutBody) -> list[Convex]:
    """The cells of a closed body whose faces have no holes.

    Raises
    ------
    NotPlain
        For a body that is open, whose faces have holes or are not plane, or of too many faces or cells.
    """
    if len(body.faces) > MOST_FACETS or any(len(face) > 1 for face in body.faces) or not body.is_closed():
        raise NotPlain
    sign = 1.0 if body.volume() > 0 else -1.0
    facets: list[Facet] = []
    for (ring,) in body.faces:
        x, y, z = body.normal(ring)
        points = [body.vertices[corner] for corner in ring]
        plane = plane_of((sign * x, sign * y, sign * z), points[0])
        if plane is None:
            continue  # a face without an area
        if any(abs(_height(plane, point)) > 10 * ON_PLANE_M for point in points):
            raise NotPlain
        facets.append((plane, points))
    return _cells(facets)


def cells_of_prism(area: list[tuple[float, float]], frame: Frame) -> list[Convex]:
    """The cells of an endless prism over an area in a plane, whose first corner is not again its last."""
    if len(area) > MOST_FACETS:
        raise NotPlain
    origin, along_x, along_y = frame
    turn = 1.0 if sum(x * v - u * y for (x, y), (u, v) in pairwise([*area, area[0]])) > 0 else -1.0
    up = (
        along_x[1] * along_y[2] - along_x[2] * along_y[1],
        along_x[2] * along_y[0] - along_x[0] * along_y[2],
        along_x[0] * along_y[1] - along_x[1] * along_y[0],
    )
    facets: list[Facet] = []
    for (x, y), (u, v) in pairwise([*area, area[0]]):
        if hypot(u - x, v - y) <= ON_PLANE_M:
            continue
        across, down = turn * (v - y), turn * (x - u)
        normal = _mix(across, along_x, down, along_y)
        ends = [_plus(origin, _mix(p, along_x, q, along_y)) for p, q in ((x, y), (u, v))]
        plane = plane_of(normal, ends[0])
        if plane is not None:
            # The height of a side is of no account: all planes stand upright on the area.
            facets.append((plane, [*ends, _plus(ends[1], up), _plus(ends[0], up)]))
    return _cells(facets)


def _mix(share: float, one: Point, part: float, other: Point) -> Point:
    return share * one[0] + part * other[0], share * one[1] + part * other[1], share * one[2] + part * other[2]


def _plus(one: Point, other: Point) -> Point:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _height(plane: Plane, point: Point) -> float:
    return plane[0] * point[0] + plane[1] * point[1] + plane[2] * point[2] - plane[3]


def _cells(facets: list[Facet]) -> list[Convex]:
    found: list[Convex] = []
    waiting: list[tuple[list[Facet], Convex]] = [(facets, [])] if facets else []
    while waiting:
        rest, planes = waiting.pop()
        plane = rest[0][0]
        outside: list[Facet] = []
        inside: list[Facet] = []
        for facet in rest[1:]:
            _sort(facet, plane, outside, inside)
        below = [*planes, plane]
        if inside:
            waiting.append((inside, below))
        else:
            found.append(below)
        if outside:
            a, b, c, d = plane
            waiting.append((outside, [*planes, (-a, -b, -c, -d)]))
        if len(found) + len(waiting) > MOST_CELLS:
            raise NotPlain
    return found


def _sort(facet: Facet, plane: Plane, outside: list[Facet], inside: list[Facet]) -> None:
    """Put a facet, or the parts of it, on the sides of a plane where they are; one in the plane bounds it already."""
    own, points = facet
    heights = [_height(plane, point) for point in points]
    low, high = min(heights) < -ON_PLANE_M, max(heights) > ON_PLANE_M
    if high and not low:
        outside.append(facet)
    elif low and not high:
        inside.append(facet)
    elif low and high:
        outside.append((own, _part(points, [-height for height in heights])))
        inside.append((own, _part(points, heights)))


def _part(points: list[Point], heights: list[float]) -> list[Point]:
    """What of a polygon is below a plane (Sutherland and Hodgman; parts of a hollow one hang together by lines)."""
    kept: list[Point] = []
    before, height_before = points[-1], heights[-1]
    for point, height in zip(points, heights, strict=True):
        if (height > 0) != (height_before > 0):
            share = height_before / (height_before - height)
            kept.append(_mix(1.0 - share, before, share, point))
        if height <= 0:
            kept.append(point)
        before, height_before = point, height
    return kept
