"""Bodies that are cut by planes, made without a kernel: faceted bodies and prisms less half spaces.

IFC's half space is what its plane's normal points away from where AgreementFlag is true, and what it points into where
it is false (IfcHalfSpaceSolid); a DIFFERENCE takes it off. Each face is clipped, and the open edges that are left are
the border of the new face. What is not plain is left to a kernel: faces with holes that are cut, faces that a plane
crosses more than twice, bounded half spaces whose border crosses itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from .direct_items import Items, joined
from .model import Floats
from .step_table import Flags, Ints
from .step_values import Values

BOOLEANS = ("IfcBooleanResult", "IfcBooleanClippingResult")
DEEPEST = 256
"""Cuts of one body beyond this many are left to a kernel."""

MOST_PIECES = 64
"""A body in more pieces than this is left to a kernel."""

ON_PLANE_M = 1e-7
DIGITS = 6
"""Vertices that agree to so many digits (m) are one."""

MARGIN_M = 1e-4

Ring = list[int]
Plane = tuple[Floats, float]
"""A normal n of unit length and a distance d; beyond it are all points p with n p > d."""


class _NotPlain(Exception):
    """A cut that is a kernel's work."""


def cut_bases(values: Values, records: Ints) -> Ints:
    """The bodies that are cut in the chains of boolean results among some items; -1 for what is no such chain."""
    bases = np.where(values.is_kind(records, *BOOLEANS), records, -1)
    for _ in range(DEEPEST):
        deeper = values.is_kind(bases, *BOOLEANS)
        if not deeper.any():
            return bases
        bases[deeper] = values.reference(bases[deeper], 0)
    bases[values.is_kind(bases, *BOOLEANS)] = -1
    return bases


def cut_items(values: Values, records: Ints, bases: Ints, bodies: Items) -> Items | None:
    """The boolean results among some items as bodies of plane faces, less those that are not plain; None for none."""
    chains: dict[int, list[int]] = {}
    for record, base in zip(records.tolist(), bases.tolist(), strict=True):
        if base >= 0 and base in bodies.records:
            chain = _cutters(values, record, base)
            if chain is not None:
                chains[record] = chain
    every = np.unique(np.array([cutter for chain in chains.values() for cutter in chain], dtype=np.int64))
    half_spaces = _HalfSpaces(values, every)
    of = dict(zip(records.tolist(), bases.tolist(), strict=True))
    found: list[Items] = []
    for record, chain in chains.items():
        body = _Body.of(bodies, int(np.searchsorted(bodies.records, of[record])))
        try:
            found.append(_item(record, half_spaces.left_of(body, chain)))
        except (_NotPlain, shapely.GEOSException):
            continue
    return joined(found) if found else None


def _cutters(values: Values, record: int, base: int) -> list[int] | None:
    """What is taken off a base, in this order, until it is a boolean result; None where it is no chain of cuts."""
    cutters: list[int] = []
    while record != base:
        operator, *_ = values.arguments(record)
        operands = values.expand(np.array([record]))[1].tolist()
        if operator.upper() != b".DIFFERENCE." or len(operands) != 2 or min(operands) < 0:
            return None
        record, cutter = operands
        cutters.append(cutter)
    return cutters[::-1]


class _HalfSpaces:
    """Half spaces by their records, read in bulk."""

    def __init__(self, values: Values, records: Ints) -> None:
        self.values, self.records = values, records
        surfaces = values.reference(records, 0)
        self.frames, self.fine = values.axes(values.reference(surfaces, 0))
        self.fine &= values.is_kind(surfaces, "IfcPlane")
        self.bounded = values.is_kind(records, "IfcPolygonalBoundedHalfSpace")
        self.fine &= self.bounded | values.is_kind(records, "IfcHalfSpaceSolid", "IfcBoxedHalfSpace")
        self.places, placed = values.axes(values.reference(records, 1))
        self.borders = values.reference(records, 2)
        self.fine &= ~self.bounded | (placed & values.is_kind(self.borders, "IfcPolyline"))
        self.areas: dict[int, shapely.Polygon] = {}

    def left_of(self, body: _Body, cutters: Sequence[int]) -> list[_Body]:
        """What is left of a body without several half spaces, in pieces."""
        pieces = [body]
        for cutter in cutters:
            pieces = [left for piece in pieces for left in self.taken_off(cutter, piece)]
            if len(pieces) > MOST_PIECES:
                raise _NotPlain
        return pieces

    def taken_off(self, record: int, body: _Body) -> list[_Body]:
        """What is left of a body without a half space."""
        row = int(np.searchsorted(self.records, record))
        flag = self.values.arguments(record)[1].upper() if self.fine[row] else b""
        if flag not in (b".T.", b".F."):
            raise _NotPlain
        normal = self.frames[row, :3, 2] * (-1.0 if flag == b".T." else 1.0)
        plane = (normal, float(normal @ self.frames[row, :3, 3]))
        left = [body]
        for sides in self._borders(row, body) if self.bounded[row] else [[]]:
            left = [part for piece in left for part in piece.without([plane, *sides])]
        return left

    def _borders(self, row: int, body: _Body) -> list[list[Plane]]:
        """The sides of the prism that bounds a half space, as convex prisms; one without sides where it holds all."""
        if row not in self.areas:
            points = self.values.expand(self.borders[row : row + 1])[1]
            flat, sizes = self.values.points(points)
            if (sizes < 2).any() or len(flat) < 4:
                raise _NotPlain
            self.areas[row] = shapely.Polygon(flat[:, :2])
        place, area = self.places[row], self.areas[row]
        local = (body.used() - place[:3, 3]) @ place[:3, :2]
        hull = shapely.convex_hull(shapely.multipoints(local))
        if not area.is_valid:
            raise _NotPlain
        if area.buffer(MARGIN_M, join_style="mitre").covers(hull):
            return [[]]
        part = shapely.intersection(area, hull.buffer(1.0, join_style="mitre"))
        if part.is_empty:
            return []
        if part.geom_type != "Polygon":
            raise _NotPlain
        convex = [part]
        if part.convex_hull.area - part.area > MARGIN_M:
            triangles = shapely.get_parts(shapely.delaunay_triangles(part))
            convex = [each for each in triangles if part.contains(shapely.point_on_surface(each))]
            if abs(sum(each.intersection(part).area for each in convex) - part.area) > MARGIN_M:
                raise _NotPlain
        return [_sides(each, place) for each in convex]


def _sides(area: shapely.Polygon, place: Floats) -> list[Plane]:
    """The sides of an endless prism over a convex area in the plane of a placement."""
    sides = []
    for (x, y), (u, v) in pairwise(shapely.get_coordinates(orient(area)).tolist()):
        length = float(np.hypot(u - x, v - y))
        if length > MARGIN_M:
            normal = (place[:3, 0] * (v - y) - place[:3, 1] * (u - x)) / length
            sides.append((normal, float(normal @ (place[:3, 3] + place[:3, 0] * x + place[:3, 1] * y))))
    return sides


class _Body:
    """A closed body of plane faces, which planes cut."""

    def __init__(self, vertices: Floats, corners: Ints, counts: Ints, holes: Flags) -> None:
        self.vertices: list[Floats] = []
        self.numbers: dict[tuple[float, ...], int] = {}
        known = [self._number(vertex) for vertex in vertices]
        ends = np.cumsum(counts).tolist()
        self.faces: list[list[Ring]] = []
        for end, count, hole in zip(ends, counts.tolist(), holes.tolist(), strict=True):
            ring = [known[corner] for corner in corners[end - count : end].tolist()]
            if hole and self.faces:
                self.faces[-1].append(ring)
            else:
                self.faces.append([ring])

    @classmethod
    def of(cls, bodies: Items, at: int) -> _Body:
        """A body among others."""
        (a, b), (r, s), (c, d) = (
            first[at : at + 2].tolist() for first in (bodies.first_vertex, bodies.first_ring, bodies.first_corner)
        )
        return cls(bodies.vertices[a:b], bodies.corners[c:d], bodies.counts[r:s], bodies.holes[r:s])

    def _number(self, vertex: Floats) -> int:
        key = tuple((np.round(vertex, DIGITS) + 0.0).tolist())
        number = self.numbers.setdefault(key, len(self.vertices))
        if number == len(self.vertices):
            self.vertices.append(vertex)
        return number

    def used(self) -> Floats:
        """The vertices of all faces (n, 3)."""
        return np.array([self.vertices[corner] for face in self.faces for ring in face for corner in ring])

    def _side(self, plane: Plane) -> list[float]:
        """How far each vertex lies beyond a plane."""
        beyond = np.array(self.vertices) @ plane[0] - plane[1]
        beyond[np.abs(beyond) < ON_PLANE_M] = 0.0
        return beyond.tolist()

    def _corners(self) -> Iterator[int]:
        return (corner for face in self.faces for ring in face for corner in ring)

    def touches(self, plane: Plane) -> bool:
        """Whether anything of it lies beyond a plane."""
        beyond = self._side(plane)
        return any(beyond[corner] > 0 for corner in self._corners())

    def without(self, planes: Sequence[Plane]) -> list[_Body]:
        """What is left without what lies beyond the first plane and within all others."""
        if not self.touches(planes[0]):
            return [self]
        left: list[_Body] = []
        rest = self
        for normal, distance in planes[1:]:
            # What is outside one side of the border stays whole.
            outside = rest.cut((-normal, -distance))
            left += [outside] if outside is not None else []
            inside = rest.cut((normal, distance))
            if inside is None:
                return left
            rest = inside
        below = rest.cut(planes[0])
        return [*left, below] if below is not None else left

    def cut(self, plane: Plane) -> _Body | None:
        """What is left without what lies beyond a plane; None for nothing."""
        heights = self._side(plane)
        every = [heights[corner] for corner in self._corners()]
        if max(every) <= 0:
            return self if min(every) < 0 else None
        if min(every) >= 0:
            return None
        body = copy(self)
        body.faces = []
        for face in self.faces:
            own = [heights[corner] for ring in face for corner in ring]
            if max(own) <= 0:
                if min(own) == 0:
                    raise _NotPlain  # a face in the plane, which may look up or down
                body.faces.append(face)
            elif min(own) < 0:
                if len(face) > 1:
                    raise _NotPlain
                ring = self._clipped(face[0], heights)
                body.faces += [[ring]] if len(ring) > 2 else []
        body.faces.extend([ring] for ring in body._caps())
        return body

    def _clipped(self, ring: Ring, heights: list[float]) -> Ring:
        """What of a face is not above a plane."""
        kept: Ring = []
        crossings = 0
        for corner, following in zip(ring, [*ring[1:], ring[0]], strict=True):
            a, b = heights[corner], heights[following]
            if a <= 0:
                kept.append(corner)
            crossings += (a > 0) != (b > 0)
            if a * b < 0:
                # Both faces at an edge must find the same point.
                (low, at), (high, to) = sorted(((corner, a), (following, b)))
                share = at / (at - to)
                kept.append(self._number(self.vertices[low] + share * (self.vertices[high] - self.vertices[low])))
        if crossings > 2:
            raise _NotPlain
        return [corner for corner, before in zip(kept, [kept[-1], *kept[:-1]], strict=True) if corner != before]

    def _caps(self) -> list[Ring]:
        """The faces that close a body again: the edges that only one face has, turned round."""
        edges = {
            (corner, following)
            for face in self.faces
            for ring in face
            for corner, following in zip(ring, [*ring[1:], ring[0]], strict=True)
        }
        open_edges = [(b, a) for a, b in edges if (b, a) not in edges]
        after = dict(open_edges)
        if len(after) != len(open_edges) or set(after) != set(after.values()):
            raise _NotPlain
        rings: list[Ring] = []
        while after:
            first, corner = after.popitem()
            ring = [first]
            while corner != first:
                ring.append(corner)
                corner = after.pop(corner)
            if len(ring) > 2:
                rings.append(ring)
        return rings


def _item(record: int, pieces: Sequence[_Body]) -> Items:
    """A body in pieces as an item."""
    if not pieces:
        raise _NotPlain
    vertices, rings, holes = [], [], []
    total = 0
    for piece in pieces:
        own = [ring for face in piece.faces for ring in face]
        used, corners = np.unique(np.concatenate(own), return_inverse=True)
        vertices.append(np.array(piece.vertices)[used])
        rings += np.split(corners + total, np.cumsum([len(ring) for ring in own])[:-1])
        holes += [number > 0 for face in piece.faces for number in range(len(face))]
        total += len(used)
    return Items(
        np.array([record]),
        np.concatenate(vertices),
        np.array([0, total]),
        np.concatenate(rings).astype(np.int64),
        np.array([len(ring) for ring in rings], dtype=np.int64),
        np.array(holes, dtype=np.bool_),
        np.array([0, len(rings)]),
        np.array([0, sum(len(ring) for ring in rings)]),
    )
