"""Cuts polygons into convex cells, each of them lines that enclose it, as `convex_cells` does with solids."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from .cut_bodies import ON_PLANE_M, NotPlain

Flat = tuple[float, float]
Side = tuple[Flat, Flat]
"""A side of a polygon, which lies to the left of it."""

Line = tuple[float, float, float]
"""A normal (a, b) of unit length and a distance c; beyond it are the points with a x + b y > c."""

MOST_CELLS = 64
SAME, TINY_M2 = 1e-4, 1e-5
"""Areas that differ by no more than this share, and so much more, are the same."""


def area_of(ring: list[Flat]) -> float:
    """The area of a polygon, negative where it runs with the clock."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, *ring[:1]])) / 2


def flat_cells(sides: list[Side]) -> list[list[Line]]:
    """The cells that the sides of a polygon enclose.

    Raises
    ------
    NotPlain
        Where there are too many, or they are not as large as the polygon.
    """
    found: list[list[Line]] = []
    waiting: list[tuple[list[Side], list[Line]]] = [(sides, [])] if sides else []
    while waiting:
        rest, lines = waiting.pop()
        a, b, c = line = _line(*rest[0])
        outside: list[Side] = []
        inside: list[Side] = []
        for side in rest[1:]:
            p, q = side
            one, other = a * p[0] + b * p[1] - c, a * q[0] + b * q[1] - c
            if (one > ON_PLANE_M and other < -ON_PLANE_M) or (one < -ON_PLANE_M and other > ON_PLANE_M):
                share = one / (one - other)
                middle = (p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]))
                parts = [(p, middle), (middle, q)] if one > 0 else [(middle, q), (p, middle)]
                outside.append(parts[0])
                inside.append(parts[1])
            elif max(one, other) > ON_PLANE_M:
                outside.append(side)
            elif min(one, other) < -ON_PLANE_M:
                inside.append(side)
        below = [*lines, line]
        if inside:
            waiting.append((inside, below))
        else:
            found.append(below)
        if outside:
            waiting.append((outside, [*lines, (-a, -b, -c)]))
        if len(found) + len(waiting) > MOST_CELLS:
            raise NotPlain
    _check(found, [p for p, _ in sides])
    return found


def _line(p: Flat, q: Flat) -> Line:
    """The line along a side, beyond which lies what is to the right of it."""
    length = hypot(q[0] - p[0], q[1] - p[1])
    a, b = (q[1] - p[1]) / length, (p[0] - q[0]) / length
    return a, b, a * p[0] + b * p[1]


def _check(cells: list[list[Line]], ring: list[Flat]) -> None:
    """Whether cells together are as large as what they are cells of: rounding may have lost a side."""
    xs, ys = ([point[axis] for point in ring] for axis in (0, 1))
    left, right, low, high = min(xs) - 1.0, max(xs) + 1.0, min(ys) - 1.0, max(ys) + 1.0
    area, inside = abs(area_of(ring)), 0.0
    for lines in cells:
        part = [(left, low), (right, low), (right, high), (left, high)]
        for line in lines:
            part = _below(part, line)
        inside += area_of(part)
    if abs(inside - area) > SAME * area + TINY_M2:
        raise NotPlain


def _below(ring: list[Flat], line: Line) -> list[Flat]:
    """What of a convex polygon is not beyond a line."""
    a, b, c = line
    heights = [a * x + b * y - c for x, y in ring]
    kept: list[Flat] = []
    for at, (point, height) in enumerate(zip(ring, heights, strict=True)):
        before = heights[at - 1]
        if (height > 0) != (before > 0):
            (x, y), share = ring[at - 1], before / (before - height)
            kept.append((x + share * (point[0] - x), y + share * (point[1] - y)))
        if height <= 0:
            kept.append(point)
    return kept
