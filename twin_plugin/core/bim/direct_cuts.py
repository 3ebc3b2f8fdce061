"""Bodies that are cut, made without a kernel: solids of plane faces less half spaces and less other such solids.

IFC's half space is what its plane's normal points away from where AgreementFlag is true, and what it points into where
it is false (IfcHalfSpaceSolid); a DIFFERENCE takes it off. What is taken off is cut into convex cells first.
What is not plain is left to a kernel: bodies that are not closed, cutters with holes, cutters that are cut themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from .convex_cells import Frame, cells_of_body, cells_of_prism
from .cut_bodies import Convex, CutBody, Face, NotPlain, Plane, Point
from .direct_items import FACETED, Items, joined
from .model import Floats
from .step_table import Ints
from .step_values import Values

BOOLEANS = ("IfcBooleanResult", "IfcBooleanClippingResult")
SOLIDS = (*FACETED[:1], "IfcExtrudedAreaSolid", "IfcTriangulatedFaceSet", "IfcPolygonalFaceSet")
"""What may be taken off a body beside half spaces."""

DEEPEST = 256
"""Cuts of one body beyond this many are left to a kernel."""

MOST_PIECES = 256
"""A body in more pieces than this is left to a kernel."""


class Chains:
    """The chains of cuts among some items: what each is of, and what is taken off it.

    Attributes
    ----------
    bases : ndarray
        The bodies that are cut, for each item; -1 for what is no such chain.
    cutters : dict of int to list of int
        What is taken off, in this order, by the records of the items.
    """

    def __init__(self, values: Values, records: Ints) -> None:
        self.records, self.bases = records, _bases(values, records)
        self.cutters: dict[int, list[int]] = {}
        for record, base in zip(records.tolist(), self.bases.tolist(), strict=True):
            chain = _cutters(values, record, base) if base >= 0 else None
            if chain is not None:
                self.cutters[record] = chain

    def needed(self, values: Values) -> Ints:
        """The bodies that are cut and the solids that are taken off."""
        every = np.array([cutter for chain in self.cutters.values() for cutter in chain], dtype=np.int64)
        return np.unique(np.concatenate([self.bases[self.bases >= 0], every[values.is_kind(every, *SOLIDS)]]))


def _bases(values: Values, records: Ints) -> Ints:
    bases = np.where(values.is_kind(records, *BOOLEANS), records, -1)
    for _ in range(DEEPEST):
        deeper = values.is_kind(bases, *BOOLEANS)
        if not deeper.any():
            return bases
        bases[deeper] = values.reference(bases[deeper], 0)
    bases[values.is_kind(bases, *BOOLEANS)] = -1
    return bases


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


def cut_items(values: Values, chains: Chains, bodies: Items) -> Items | None:
    """The chains of cuts as bodies of plane faces, less those that are not plain; None for none."""
    if not chains.cutters:
        return None
    rows = {record: row for row, record in enumerate(bodies.records.tolist())}
    cutters = _Cutters(values, chains, bodies, rows)
    of = dict(zip(chains.records.tolist(), chains.bases.tolist(), strict=True))
    found: list[Items] = []
    for record, chain in chains.cutters.items():
        if of[record] not in rows:
            continue
        try:
            body = _body(bodies, rows[of[record]])
            if body.is_closed():
                found.append(_item(record, cutters.taken_off(body, chain)))
        except (NotPlain, shapely.GEOSException):
            continue
    return joined(found) if found else None


class _Cutters:
    """What is taken off, by records; half spaces are read in bulk."""

    def __init__(self, values: Values, chains: Chains, bodies: Items, rows: dict[int, int]) -> None:
        self.values, self.bodies, self.rows = values, bodies, rows
        every = np.unique(np.array([cutter for chain in chains.cutters.values() for cutter in chain], dtype=np.int64))
        self.records = {record: row for row, record in enumerate(every.tolist())}
        surfaces = values.reference(every, 0)
        self.frames, self.fine = values.axes(values.reference(surfaces, 0))
        self.fine &= values.is_kind(surfaces, "IfcPlane")
        self.bounded = values.is_kind(every, "IfcPolygonalBoundedHalfSpace")
        self.fine &= self.bounded | values.is_kind(every, "IfcHalfSpaceSolid", "IfcBoxedHalfSpace")
        self.places, placed = values.axes(values.reference(every, 1))
        borders = values.reference(every, 2)
        self.fine &= ~self.bounded | (placed & values.is_kind(borders, "IfcPolyline"))
        self.points, self.firsts = self._border_points(np.where(self.bounded & self.fine, borders, -1))
        self.planes: dict[int, Plane | None] = {}
        self.known: dict[int, list[Convex]] = {}

    def _border_points(self, borders: Ints) -> tuple[list[list[float]], list[int]]:
        """The points of all borders in their planes, and where those of each begin; borders of others are lost."""
        values, rows = self.values, np.flatnonzero(borders >= 0)
        at, found = values.expand(borders[rows])
        flat, sizes = values.points(found)
        counts = np.bincount(at, minlength=len(rows))
        bad = np.bincount(at[sizes < 2], minlength=len(rows)) > 0
        self.fine[rows[bad | (counts < 4)]] = False
        sizes_of = np.zeros(len(borders), dtype=np.int64)
        sizes_of[rows] = counts
        return flat[:, :2].tolist(), np.concatenate([[0], np.cumsum(sizes_of)]).tolist()

    def taken_off(self, body: CutBody, chain: Sequence[int]) -> list[CutBody]:
        """What is left of a body without several cutters, in pieces."""
        pieces = [body]
        for cutter in chain:
            plane = self._plane(cutter)
            if plane is not None and not any(piece.reaches(plane) for piece in pieces):
                continue  # whatever bounds the half space
            for cell in self._cells(cutter):
                pieces = [left for piece in pieces for left in piece.without(cell)]
                if len(pieces) > MOST_PIECES:
                    raise NotPlain
        return pieces

    def _cells(self, record: int) -> list[Convex]:
        if record not in self.known:
            plane = self._plane(record)
            row = self.records[record]
            self.known[record] = self._half_space(row, plane) if plane is not None else self._solid(record)
        return self.known[record]

    def _solid(self, record: int) -> list[Convex]:
        if record not in self.rows or not self.values.is_kind(np.array([record]), *SOLIDS)[0]:
            raise NotPlain
        return cells_of_body(_body(self.bodies, self.rows[record]))

    def _plane(self, record: int) -> Plane | None:
        """The plane of a half space, beyond which nothing is taken off; None for a solid."""
        row = self.records[record]
        if record not in self.planes:
            self.planes[record] = self._plane_of(row, record) if self.fine[row] else None
        return self.planes[record]

    def _plane_of(self, row: int, record: int) -> Plane:
        flag = self.values.arguments(record)[1].upper()
        if flag not in (b".T.", b".F."):
            raise NotPlain
        sign = 1.0 if flag == b".T." else -1.0
        x, y, z = (sign * self.frames[row, :3, 2]).tolist()
        px, py, pz = self.frames[row, :3, 3].tolist()
        return x, y, z, x * px + y * py + z * pz

    def _half_space(self, row: int, plane: Plane) -> list[Convex]:
        if not self.bounded[row]:
            return [[plane]]
        ring = [(x, y) for x, y in self.points[self.firsts[row] : self.firsts[row + 1]]]
        ring = ring[:-1] if ring[0] == ring[-1] else ring
        if not shapely.is_valid(shapely.Polygon(ring)):
            raise NotPlain
        return [[plane, *sides] for sides in cells_of_prism(ring, _frame(self.places[row]))]


def _frame(place: Floats) -> Frame:
    x, y, origin = (_point(place[:3, column].tolist()) for column in (0, 1, 3))
    return origin, x, y


def _point(numbers: Sequence[float]) -> Point:
    x, y, z = numbers
    return x, y, z


def _body(bodies: Items, at: int) -> CutBody:
    """A body among others."""
    (a, b), (r, s), (c, d) = (
        first[at : at + 2].tolist() for first in (bodies.first_vertex, bodies.first_ring, bodies.first_corner)
    )
    corners, faces, end = bodies.corners[c:d].tolist(), list[Face](), 0
    for count, hole in zip(bodies.counts[r:s].tolist(), bodies.holes[r:s].tolist(), strict=True):
        ring = corners[end : end + count]
        end += count
        if hole and faces:
            faces[-1].append(ring)
        else:
            faces.append([ring])
    return CutBody([_point(vertex) for vertex in bodies.vertices[a:b].tolist()], faces)


def _item(record: int, pieces: Sequence[CutBody]) -> Items:
    """A body in pieces as an item."""
    if not pieces:
        raise NotPlain
    vertices: list[Point] = []
    corners: list[int] = []
    counts: list[int] = []
    holes: list[bool] = []
    for piece in pieces:
        numbers: dict[int, int] = {}
        for face in piece.faces:
            for at, ring in enumerate(face):
                for corner in ring:
                    if corner not in numbers:
                        numbers[corner] = len(vertices)
                        vertices.append(piece.vertices[corner])
                    corners.append(numbers[corner])
                counts.append(len(ring))
                holes.append(at > 0)
    return Items(
        np.array([record]),
        np.array(vertices, dtype=np.float64),
        np.array([0, len(vertices)]),
        np.array(corners, dtype=np.int64),
        np.array(counts, dtype=np.int64),
        np.array(holes, dtype=np.bool_),
        np.array([0, len(counts)]),
        np.array([0, len(corners)]),
    )
