"""Cuts solids of plane faces, and endless prisms, into convex cells, each of them planes that enclose it.

A solid is cut along the planes of its own faces (binary space partition: Fuchs, Kedem and Naylor 1980,
doi:10.1145/965105.807481); a convex one is one cell.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from .cut_bodies import ON_PLANE_M, Convex, CutBody, Face, NotPlain, Plane, Point, Ring, plane_of
from .flat_cells import Flat, area_of, flat_cells

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
"""An origin and the directions x and y, of unit length, of a plane."""


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
    if _is_convex(body, facets):
        return [[plane for plane, _ in facets]]
    cells = _cells(body, facets)
    _check(cells, body)
    return cells


def _is_convex(body: CutBody, facets: list[Facet]) -> bool:
    """Whether no corner of a body lies beyond any of its faces."""
    corners = [body.vertices[corner] for corner in {corner for _, ring in facets for corner in ring}]
    return all(a * x + b * y + c * z - d <= ON_PLANE_M for (a, b, c, d), _ in facets for x, y, z in corners)


def cells_of_prism(area: list[Flat], frame: Frame) -> list[Convex]:
    """The cells of an endless prism over a simple polygon in a plane, whose first corner is not again its last.

    Raises
    ------
    NotPlain
        For a polygon of too many corners or cells.
    """
    if len(area) > MOST_FACETS:
        raise NotPlain
    ring = area if area_of(area) > 0 else area[::-1]
    cells = flat_cells([(p, q) for p, q in pairwise([*ring, ring[0]]) if hypot(q[0] - p[0], q[1] - p[1]) > ON_PLANE_M])
    origin, along_x, along_y = frame
    found: list[Convex] = []
    for lines in cells:
        planes: Convex = []
        for a, b, c in lines:
            x, y, z = (a * u + b * v for u, v in zip(along_x, along_y, strict=True))
            planes.append((x, y, z, c + x * origin[0] + y * origin[1] + z * origin[2]))
        found.append(planes)
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
                inside += _facets(body, own, body.clipped([ring], heights, {}))
                outside += _facets(body, own, body.clipped([ring], _turned(heights), {}))
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
