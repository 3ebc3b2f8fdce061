"""Cuts solids of plane faces, and endless prisms, into convex cells, each of them planes that enclose it.

A solid is cut along the planes of its own faces (binary space partition: Fuchs, Kedem and Naylor 1980,
doi:10.1145/965105.807481); a convex one is one cell.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from .cut_bodies import ON_PLANE_M, Convex, CutBody, Face, NotPlain, Plane, Point, Ring, plane_of

MOST_FACETS = 200
MOST_CELLS = 64
"""A solid of more faces, or one that falls into more cells, is left to a kernel."""

SAME, TINY_M3 = 1e-4, 1e-5
"""Volumes that differ by no more than this share, and so much more, are the same."""

FLAT_M3 = 1e-9
"""What has no more volume than a sixth of this is flat and takes nothing off."""

Facet = tuple[Plane, Ring]
"""A plane that looks outward, and a face in it."""

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
    volume = body.volume()
    if abs(volume) < FLAT_M3:
        return []
    sign = 1.0 if volume > 0 else -1.0
    facets: list[Facet] = []
    for (ring,) in body.faces:
        x, y, z = body.normal(ring)
        plane = plane_of((sign * x, sign * y, sign * z), body.vertices[ring[0]])
        if plane is None:
            continue  # a face without an area
        if any(abs(_height(plane, body.vertices[corner])) > 10 * ON_PLANE_M for corner in ring):
            raise NotPlain
        facets.append((plane, ring))
    cells = _cells(body, facets)
    _check(cells, body)
    return cells


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
    planes: list[Plane] = []
    points: list[Point] = []
    for (x, y), (u, v) in pairwise([*area, area[0]]):
        if hypot(u - x, v - y) <= ON_PLANE_M:
            continue
        across, down = turn * (v - y), turn * (x - u)
        ends = [_plus(origin, _mix(p, along_x, q, along_y)) for p, q in ((x, y), (u, v))]
        plane = plane_of(_mix(across, along_x, down, along_y), ends[0])
        if plane is not None:
            # The height of a side is of no account: all planes stand upright on the area.
            planes.append(plane)
            points += [*ends, _plus(ends[1], up), _plus(ends[0], up)]
    sides = CutBody(points, [[[4 * n, 4 * n + 1, 4 * n + 2, 4 * n + 3]] for n in range(len(planes))])
    found = _cells(sides, [(plane, face[0]) for plane, face in zip(planes, sides.faces, strict=True)])
    corners = [face[0] for face in sides.faces]
    lower, upper = [ring[0] for ring in reversed(corners)], [ring[3] for ring in corners]
    top, bottom = plane_of(up, _plus(origin, up)), plane_of((-up[0], -up[1], -up[2]), origin)
    if top is None or bottom is None:
        raise NotPlain
    _check([[*cell, top, bottom] for cell in found], CutBody(sides.vertices, [*sides.faces, [lower], [upper]]))
    return found


def _check(cells: list[Convex], whole: CutBody) -> None:
    """Whether cells together are as large as what they are cells of: rounding may have lost a facet."""
    if len(cells) == 1:
        corners = {corner for face in whole.faces for ring in face for corner in ring}
        heights = (_height(plane, whole.vertices[corner]) for plane in cells[0] for corner in corners)
        if max(heights) > 10 * ON_PLANE_M:
            raise NotPlain
        return
    box = whole.box(1.0)
    around = abs(box.volume())
    inside = sum(around - sum(abs(piece.volume()) for piece in box.without(cell)) for cell in cells)
    volume = abs(whole.volume())
    if abs(inside - volume) > SAME * volume + TINY_M3:
        raise NotPlain


def _mix(share: float, one: Point, part: float, other: Point) -> Point:
    return share * one[0] + part * other[0], share * one[1] + part * other[1], share * one[2] + part * other[2]


def _plus(one: Point, other: Point) -> Point:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _height(plane: Plane, point: Point) -> float:
    return plane[0] * point[0] + plane[1] * point[1] + plane[2] * point[2] - plane[3]


def _cells(body: CutBody, facets: list[Facet]) -> list[Convex]:
    """The cells that facets of a body, which look outward, enclose."""
    found: list[Convex] = []
    waiting: list[tuple[list[Facet], Convex]] = [(facets, [])] if facets else []
    while waiting:
        rest, planes = waiting.pop()
        plane = rest[0][0]
        outside: list[Facet] = []
        inside: list[Facet] = []
        for own, ring in rest[1:]:
            heights = body.ring_heights(ring, plane)
            low, high = min(heights.values()) < 0, max(heights.values()) > 0
            # A facet in the plane bounds it already.
            if low and high:
                inside += _facets(body, own, body.clipped([ring], heights))
                outside += _facets(body, own, body.clipped([ring], _turned(heights)))
            elif low or high:
                (inside if low else outside).append((own, ring))
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


def _facets(body: CutBody, plane: Plane, faces: list[Face]) -> list[Facet]:
    """The facets that a facet falls into, without the lines along which its parts hang together."""
    rings = [_without_spikes(body, face[0]) for face in faces]
    return [(plane, ring) for ring in rings if len(ring) > 2]


def _without_spikes(body: CutBody, ring: Ring) -> Ring:
    """A ring without corners from which it goes straight back."""
    kept: Ring = []
    for corner in [*ring, *ring[:2]]:
        while len(kept) > 1 and _is_spike(*(body.vertices[each] for each in (*kept[-2:], corner))):
            kept.pop()
        if not kept or kept[-1] != corner:
            kept.append(corner)
    # The first corners came twice, so that those about the end are looked at too.
    return kept[2:] if len(kept) > 4 else []


def _is_spike(a: Point, b: Point, c: Point) -> bool:
    (x, y, z), (u, v, w) = ([q - p for p, q in zip(one, other, strict=True)] for one, other in ((a, b), (b, c)))
    across = (y * w - z * v) ** 2 + (z * u - x * w) ** 2 + (x * v - y * u) ** 2
    longest = max(x * x + y * y + z * z, u * u + v * v + w * w)
    return x * u + y * v + z * w < 0 and across <= ON_PLANE_M**2 * longest


def _turned(heights: dict[int, float]) -> dict[int, float]:
    return {corner: -height for corner, height in heights.items()}
