"""Closed bodies of plane faces that planes cut, in plain numbers: their few faces are not worth an array each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import pairwise
from math import sqrt

import shapely

Point = tuple[float, float, float]
Plane = tuple[float, float, float, float]
"""A normal (a, b, c) of unit length and a distance d; beyond it are the points p with a x + b y + c z > d."""

Ring = list[int]
Face = list[Ring]
"""The outer ring of a face, then its holes, as numbers of vertices."""

Convex = list[Plane]
"""What lies beyond none of these planes."""

Crossings = dict[tuple[int, int], int]
"""The vertices at which edges, the lower number of their ends first, cross a plane."""

ON_PLANE_M = 1e-6
DIGITS = 6
"""Vertices that agree to so many digits (m) are one."""


BOX_FACES = ((2, 3, 1, 0), (4, 5, 7, 6), (0, 1, 5, 4), (1, 3, 7, 5), (3, 2, 6, 7), (2, 0, 4, 6))
"""The faces of a box that look outward, where its corners are numbered by x, then y, then z."""


class NotPlain(Exception):
    """A cut that is a kernel's work."""


class CutBody:
    """A closed body of plane faces, which planes cut."""

    def __init__(self, vertices: Sequence[Point], faces: list[Face]) -> None:
        self.vertices: list[Point] = []
        self._numbers: dict[Point, int] = {}
        known = [self._number(vertex) for vertex in vertices]
        self.faces: list[Face] = []
        for face in faces:
            rings = [_without_repeats([known[corner] for corner in ring]) for ring in face]
            if len(rings[0]) > 2:
                self.faces.append([ring for ring in rings if len(ring) > 2])

    def _number(self, vertex: Point) -> int:
        x, y, z = vertex
        # Zero has no sign here.
        place = (round(x, DIGITS) + 0.0, round(y, DIGITS) + 0.0, round(z, DIGITS) + 0.0)
        number = self._numbers.setdefault(place, len(self.vertices))
        if number == len(self.vertices):
            self.vertices.append(vertex)
        return number

    def box(self, margin_m: float) -> CutBody:
        """The box along the axes that holds it with a margin."""
        used = {corner for face in self.faces for ring in face for corner in ring}
        ranges = list(zip(*(self.vertices[corner] for corner in used), strict=True))
        low, high = [min(each) - margin_m for each in ranges], [max(each) + margin_m for each in ranges]
        points = [(x, y, z) for z in (low[2], high[2]) for y in (low[1], high[1]) for x in (low[0], high[0])]
        return CutBody(points, [[list(ring)] for ring in BOX_FACES])

    def is_closed(self) -> bool:
        """Whether each edge has a face on either side, which run against each other along it."""
        edges = list(_edges(self.faces))
        every = set(edges)
        return len(every) == len(edges) and all((b, a) in every for a, b in edges)

    def volume(self) -> float:
        """Six times the volume (m3); negative where the faces look inward."""
        total = 0.0
        for face in self.faces:
            for ring in face:
                first = self.vertices[ring[0]]
                for b, c in pairwise(ring[1:]):
                    total += _triple(first, self.vertices[b], self.vertices[c])
        return total

    def normal(self, ring: Ring) -> Point:
        """The normal of a ring, twice as long as its area is great (Newell)."""
        x = y = z = 0.0
        a = self.vertices[ring[-1]]
        for corner in ring:
            b = self.vertices[corner]
            x += (a[1] - b[1]) * (a[2] + b[2])
            y += (a[2] - b[2]) * (a[0] + b[0])
            z += (a[0] - b[0]) * (a[1] + b[1])
            a = b
        return x, y, z

    def heights(self, plane: Plane) -> dict[int, float]:
        """How far each vertex that is used lies beyond a plane; 0 for those in it."""
        return self.ring_heights({corner for face in self.faces for ring in face for corner in ring}, plane)

    def ring_heights(self, corners: Iterable[int], plane: Plane) -> dict[int, float]:
        """How far some vertices lie beyond a plane; 0 for those in it."""
        a, b, c, d = plane
        vertices = self.vertices
        found = {}
        for corner in corners:
            x, y, z = vertices[corner]
            height = a * x + b * y + c * z - d
            found[corner] = height if abs(height) > ON_PLANE_M else 0.0
        return found

    def reaches(self, plane: Plane) -> bool:
        """Whether any of it lies on this side of a plane."""
        return bool(self.faces) and min(self.heights(plane).values()) < 0

    def without(self, convex: Convex) -> list[CutBody]:
        """What is left of it without a convex body, in pieces."""
        if not self.faces:
            return []
        crossing = []
        for plane in convex:
            heights = self.heights(plane)
            values = heights.values()
            if min(values) >= 0:
                return [self]
            if max(values) > 0:
                crossing.append((plane, heights))
        left: list[CutBody] = []
        rest = self
        for number, (plane, heights) in enumerate(crossing):
            if number:
                heights = rest.heights(plane)
                if min(heights.values()) >= 0:
                    return [*left, rest]
                if max(heights.values()) <= 0:
                    continue
            a, b, c, d = plane
            crossings: Crossings = {}
            turned = {corner: -height for corner, height in heights.items()}
            beyond = rest.cut((-a, -b, -c, -d), turned, crossings)
            left += [beyond] if beyond.faces else []
            if number + 1 < len(crossing):
                rest = rest.cut(plane, heights, crossings)
                if not rest.faces:
                    break  # thinner than the rounding of its vertices
        return left

    def cut(self, plane: Plane, heights: dict[int, float], crossings: Crossings) -> CutBody:
        """What is left without what lies beyond a plane, on both sides of which it has vertices.

        `crossings` are known points where edges cross the plane; new ones are added.
        """
        body = copy(self)
        body.faces = []
        sign = 0.0
        for face in self.faces:
            own = [heights[corner] for ring in face for corner in ring]
            if max(own) > 0:
                if min(own) < 0:
                    body.faces += self.clipped(face, heights, crossings)
            elif min(own) < 0:
                body.faces.append(face)
            else:
                # A face in the plane stays where the body is below it.
                sign = sign or self.volume()
                body.faces += [face] if _along(self.normal(face[0]), plane) * sign > 0 else []
        body.faces += body._caps(plane, self.faces)
        return body

    def clipped(self, face: Face, heights: dict[int, float], crossings: Crossings) -> list[Face]:
        """What of a face is not above a plane; vertices in the plane count as below it."""
        if len(face) == 1:
            chains = self._below(face[0], [heights[corner] > 0 for corner in face[0]], heights, crossings)
            rings = self._linked(chains)
            return [[ring] for ring in rings if len(ring) > 2]
        whole: list[Ring] = []
        chains = []
        for ring in face:
            above = [heights[corner] > 0 for corner in ring]
            if all(above):
                continue
            if any(above):
                chains += self._below(ring, above, heights, crossings)
            else:
                whole.append(ring)
        if not chains or not any(heights[corner] > 0 for corner in face[0]):
            raise NotPlain  # a hole that leaves its face
        cut = [ring for ring in self._linked(chains) if len(ring) > 2]
        return self._grouped(cut, whole)

    def _below(self, ring: Ring, above: list[bool], heights: dict[int, float], crossings: Crossings) -> list[Ring]:
        """The parts of a ring that are below a plane, each with the points where it leaves it and comes back."""
        count = len(ring)
        start = next(at for at in range(count) if above[at - 1] and not above[at])
        chains: list[Ring] = []
        for step in range(start, start + count):
            at = step % count
            if above[at]:
                continue
            corner = ring[at]
            if above[at - 1]:
                chains.append([self._crossing(ring[at - 1], corner, heights, crossings)])
            if chains[-1][-1] != corner:
                chains[-1].append(corner)
            following = (at + 1) % count
            if above[following]:
                crossing = self._crossing(ring[following], corner, heights, crossings)
                if crossing != corner:
                    chains[-1].append(crossing)
        return chains

    def _crossing(self, above: int, below: int, heights: dict[int, float], crossings: Crossings) -> int:
        """Where an edge crosses a plane: the vertex below where that is in it."""
        if heights[below] == 0:
            return below
        # Both faces at an edge must find the same point.
        low, high = edge = (below, above) if below < above else (above, below)
        known = crossings.get(edge)
        if known is not None:
            return known
        share = heights[low] / (heights[low] - heights[high])
        (x, y, z), (u, v, w) = self.vertices[low], self.vertices[high]
        number = self._number((x + share * (u - x), y + share * (v - y), z + share * (w - z)))
        crossings[edge] = number
        return number

    def _linked(self, chains: list[Ring]) -> list[Ring]:
        """Parts of rings joined along a plane: what is inside a face there lies between each second pair of points."""
        if len(chains) == 1:
            return [_without_repeats(chains[0])]
        points = [self.vertices[corner] for chain in chains for corner in (chain[0], chain[-1])]
        widths = [max(each) - min(each) for each in zip(*points, strict=True)]
        axis = widths.index(max(widths))
        # (where, the number of the chain, whether it begins there)
        ends = [(self.vertices[chain[0]][axis], number, True) for number, chain in enumerate(chains)]
        ends += [(self.vertices[chain[-1]][axis], number, False) for number, chain in enumerate(chains)]
        ends.sort()
        following: dict[int, int] = {}
        for at in range(0, len(ends), 2):
            if ends[at][2] == ends[at + 1][2] and at + 2 < len(ends) and ends[at + 2][0] - ends[at + 1][0] < ON_PLANE_M:
                ends[at + 1], ends[at + 2] = ends[at + 2], ends[at + 1]
            (_, one, begins), (_, other, ends_not) = ends[at], ends[at + 1]
            if begins == ends_not:
                raise NotPlain
            before, after = (other, one) if begins else (one, other)
            following[before] = after
        rings: list[Ring] = []
        while following:
            first, number = following.popitem()
            ring = list(chains[first])
            while number != first:
                ring += chains[number]
                number = following.pop(number)
            rings.append(_without_repeats(ring))
        return rings

    def _caps(self, plane: Plane, before: list[Face]) -> list[Face]:
        """The faces that close a body again: the edges that only one face has, turned round."""
        edges = set(_edges(self.faces))
        after: dict[int, list[int]] = {}
        for a, b in edges:
            if (b, a) not in edges:
                after.setdefault(b, []).append(a)
        rings: list[Ring] = []
        while after:
            first = next(iter(after))
            ring = [first]
            corner = _pop(after, first)
            while corner != first:
                ring.append(corner)
                if corner not in after:
                    raise NotPlain
                corner = _pop(after, corner)
            if len(ring) > 2:
                rings.append(ring)
        if len(rings) < 2:
            return [rings] if rings else []
        inward = copy(self)
        inward.faces = before
        sign = 1.0 if inward.volume() > 0 else -1.0
        outer = [_along(self.normal(ring), plane) * sign > 0 for ring in rings]
        holes = [ring for ring, is_outer in zip(rings, outer, strict=True) if not is_outer]
        return self._grouped([ring for ring, is_outer in zip(rings, outer, strict=True) if is_outer], holes)

    def _grouped(self, outer: list[Ring], holes: list[Ring]) -> list[Face]:
        """Rings as faces, each hole with the ring that holds it."""
        faces = [[ring] for ring in outer]
        if not holes:
            return faces
        if len(faces) == 1:
            return [[*faces[0], *holes]]
        areas = [self._flat(ring) for ring in [*outer, *holes]]
        for hole, area in zip(holes, areas[len(outer) :], strict=True):
            around = [n for n in range(len(outer)) if areas[n].covers(area.representative_point())]
            if not around:
                raise NotPlain
            faces[min(around, key=lambda number: float(areas[number].area))].append(hole)
        return faces

    def _flat(self, ring: Ring) -> shapely.Polygon:
        """A ring without the coordinate in which it has least extent in area."""
        normal = [abs(each) for each in self.normal(ring)]
        one, other = (axis for axis in range(3) if axis != normal.index(max(normal)))
        return shapely.Polygon([(self.vertices[corner][one], self.vertices[corner][other]) for corner in ring])


def _pop(after: dict[int, list[int]], corner: int) -> int:
    found = after[corner].pop()
    if not after[corner]:
        del after[corner]
    return found


def _edges(faces: list[Face]) -> Iterator[tuple[int, int]]:
    for face in faces:
        for ring in face:
            before = ring[-1]
            for corner in ring:
                yield before, corner
                before = corner


def _without_repeats(ring: Ring) -> Ring:
    """A ring without corners that are the one before them."""
    return [corner for at, corner in enumerate(ring) if corner != ring[at - 1]]


def _triple(a: Point, b: Point, c: Point) -> float:
    return a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])


def _along(normal: Point, plane: Plane) -> float:
    return normal[0] * plane[0] + normal[1] * plane[1] + normal[2] * plane[2]


def plane_of(normal: Point, point: Point) -> Plane | None:
    """The plane through a point with a normal of any length; None for none."""
    x, y, z = normal
    length = sqrt(x * x + y * y + z * z)
    if length == 0:
        return None
    x, y, z = x / length, y / length, z / length
    return x, y, z, x * point[0] + y * point[1] + z * point[2]
