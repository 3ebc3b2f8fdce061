"""Meshes elements from a STEP file's records without a parser or a kernel, where their shapes allow it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from .direct_cuts import Chains, cut_items
from .direct_items import Items, facets, joined, prisms
from .direct_tessellated import tessellated
from .elements import NOT_BODY
from .mesh import FARTHEST_M, Mesh, PlaneFaces
from .model import Floats
from .step_table import Flags, Ints, StepTable, ranges
from .step_values import SMALL, TooMuch, Values

BODY = "Body"
BESIDE = NOT_BODY | {"iai", "walkingline", "boundary"}
"""Representations that a kernel passes over; an element with any other one beside its body is left to it."""

CONTEXTS = ("Model", "Design")
MOST_CORNERS = 4_000_000
"""Models that would unfold to more than this (a gigabyte of memory, about) are left to a kernel."""

_HEAD = re.compile(rb"\(\s*#\d+\s*,\s*(?:'([^']*)'|\$)\s*,")
_CONTEXT = re.compile(rb"\(\s*(?:'[^']*'|\$)\s*,\s*'([^']*)'")


@dataclass(frozen=True)
class Direct(Items):
    """Elements that need no kernel as shapes in the model's axes; `records` are theirs.

    Attributes
    ----------
    shapes : ndarray
        Records of their representations.
    ids : ndarray, shape (n,)
        STEP ids of the elements.
    parts : ndarray, shape (p,)
        How many vertices each of an element's items has; items share none.
    first_part : ndarray, shape (n + 1,)
        Where the parts of each element begin.
    """

    shapes: Ints
    ids: Ints
    parts: Ints
    first_part: Ints

    def meshes(self) -> dict[int, Mesh]:
        """The elements' meshes, by their STEP ids."""
        vertices = self.vertices
        none = np.zeros((0, 3), dtype=np.int32)
        found: dict[int, Mesh] = {}
        firsts = (self.first_vertex, self.first_ring, self.first_corner, self.first_part)
        bounds = np.column_stack([part for first in firsts for part in (first[:-1], first[1:])]).tolist()
        heights = vertices[:, 2]
        starts = self.first_vertex[:-1]
        lows, highs = np.minimum.reduceat(heights, starts).tolist(), np.maximum.reduceat(heights, starts).tolist()
        for row, key in enumerate(self.ids.tolist()):
            v, w, r, s, c, d, p, q = bounds[row]
            rings = PlaneFaces(self.corners[c:d], self.counts[r:s], self.holes[r:s], self.parts[p:q])
            found[key] = Mesh(vertices[v:w], none, rings, (lows[row], highs[row]))
        return found


def mesh_directly(table: StepTable, schema: str, wanted: Flags, unit_m: float, angle_rad: float = 1.0) -> Direct | None:
    """Mesh what needs no kernel.

    Parameters
    ----------
    table : StepTable
    schema : str
    wanted : ndarray of bool
        Which records are elements that may be meshed.
    unit_m, angle_rad : float
        Metres in one project unit, and radians in its unit of plane angles.

    Returns
    -------
    Direct or None
        None where there is no such element, and where shared records would unfold to too much.
    """
    try:
        return _mesh(Values(table, schema, unit_m, angle_rad), wanted)
    except TooMuch:
        return None


def _mesh(values: Values, wanted: Flags) -> Direct | None:
    # Numbers that are none, and those beyond all measure, are found at the end.
    with np.errstate(all="ignore"):
        rows = _Rows(values, np.flatnonzero(wanted))
        records = np.unique(rows.items)
        chains = Chains(values, records)
        bodies = np.unique(np.concatenate([records, chains.needed(values)]))
        items = joined([read(values, bodies) for read in (facets, prisms, tessellated)])
        cut = cut_items(values, chains, items)
        items = joined([items, cut]) if cut is not None else items
        if not len(items.records):
            return None
        place = np.searchsorted(items.records, rows.items)
        place[place == len(items.records)] = 0
        rows.lose(rows.owner[items.records[place] != rows.items])
        return _assemble(values, rows, items, place)


class _Rows:
    """Which items each element is made of, and where they stand; elements of which anything is unusual are lost.

    Attributes
    ----------
    owner : ndarray, shape (k,)
        Numbers of elements, sorted.
    items : ndarray, shape (k,)
        Records of representation items.
    matrices : ndarray, shape (k, 4, 4)
        From the item's axes to the model's, in metres.
    """

    def __init__(self, values: Values, elements: Ints) -> None:
        self.values, self.elements = values, elements
        self.good = np.ones(len(elements), dtype=np.bool_)
        places = self._only(elements, "IfcLocalPlacement")
        self.shapes = self._only(elements, "IfcProductDefinitionShape")
        world, fine = values.placements(places)
        self.good &= fine
        bodies, self.representations, self.of = self._bodies()
        owner, items = self._items_of(bodies)
        matrices = world[owner]
        mapped = values.is_kind(items, "IfcMappedItem")
        self.owner, self.items, self.matrices = self._unmapped(owner, items, matrices, mapped)

    def lose(self, rows: Ints) -> None:
        """Leave elements to the kernels."""
        self.good[rows] = False

    def _only(self, records: Ints, name: str) -> Ints:
        """The one record of this class that each refers to; -1, and the element is lost, where it is not one."""
        at, found = self.values.expand(records)
        hits = np.flatnonzero(self.values.is_kind(found, name))
        only = np.full(len(records), -1, dtype=np.int64)
        only[at[hits]] = found[hits]
        self.good &= np.bincount(at[hits], minlength=len(records)) == 1
        return only

    def _bodies(self) -> tuple[Ints, Ints, Ints]:
        """The body of each element (-1: none), all its representations, and the element of each."""
        values, data = self.values, self.values.table.data
        at, found = values.expand(np.where(self.good, self.shapes, 0))
        kept = self.good[at]
        at, found = at[kept], found[kept]
        self.lose(at[~values.is_kind(found, "IfcShapeRepresentation")])
        body = np.full(len(self.elements), -1, dtype=np.int64)
        contexts: dict[int, bool] = {}
        rows = (at, found, values.table.opens[found], values.reference(found, 0))
        for row, record, opens, context in zip(*(each.tolist() for each in rows), strict=True):
            if not self.good[row]:
                continue
            head = _HEAD.match(data, opens)
            name = (head.group(1) or b"").decode("latin-1") if head is not None else ""
            if name == BODY and body[row] < 0 and self._is_model(context, contexts):
                body[row] = record
            elif name.lower() not in BESIDE:
                self.good[row] = False
        self.good &= body >= 0
        return body, found, at

    def _is_model(self, context: int, known: dict[int, bool]) -> bool:
        """Whether a context is that of models and not of plans."""
        if context not in known:
            table = self.values.table
            found = _CONTEXT.match(table.data, int(table.opens[context])) if context >= 0 else None
            known[context] = found is not None and found.group(1).decode("latin-1") in CONTEXTS
        return known[context]

    def _items_of(self, representations: Ints) -> tuple[Ints, Ints]:
        """The items of the elements' representations, and the element of each."""
        rows = np.flatnonzero((representations >= 0) & self.good)
        at, found = self.values.expand(representations[rows])
        first = np.concatenate([[True], at[1:] != at[:-1]])[: len(at)]
        # The first reference is the context.
        return rows[at[~first]], found[~first]

    def _unmapped(self, owner: Ints, items: Ints, matrices: Floats, mapped: Flags) -> tuple[Ints, Ints, Floats]:
        """The rows with mapped items replaced by what they stand for."""
        if not mapped.any():
            return owner, items, matrices
        values = self.values
        maps, operators = values.reference(items[mapped], 0), values.reference(items[mapped], 1)
        moves, fine = _operators(values, operators)
        fine &= values.is_kind(maps, "IfcRepresentationMap") & (values.counts[items[mapped]] == 2)
        origins, sources = values.reference(maps, 0), values.reference(maps, 1)
        frames, placed = values.axes(origins)
        # Kernels differ in what they make of a map with another origin.
        fine &= placed & (np.abs(frames - np.eye(4)) < SMALL).all(axis=(1, 2))
        fine &= values.is_kind(sources, "IfcShapeRepresentation")
        self.lose(owner[mapped][~fine])
        rows = np.flatnonzero(fine)
        at, found = values.expand(sources[rows])
        first = np.concatenate([[True], at[1:] != at[:-1]])[: len(at)]
        at, found = rows[at[~first]], found[~first]
        world = matrices[mapped] @ moves
        every = np.concatenate([owner[~mapped], owner[mapped][at]])
        order = np.argsort(every, kind="stable")
        return (
            every[order],
            np.concatenate([items[~mapped], found])[order],
            np.concatenate([matrices[~mapped], world[at]])[order],
        )


def _operators(values: Values, records: Ints) -> tuple[Floats, Flags]:
    """Transformations of mapped items as 4 x 4 matrices."""
    unique, where = np.unique(records, return_inverse=True)
    operator = "IfcCartesianTransformationOperator3D"
    fine = values.is_kind(unique, operator, f"{operator}nonUniform")
    parts = np.full((len(unique), 4), -1, dtype=np.int64)  # axes 1 and 2, origin, axis 3
    scales = np.ones((len(unique), 3))
    for row in np.flatnonzero(fine):
        written = values.arguments(int(unique[row]))
        named = iter(values.expand(unique[row : row + 1])[1].tolist())
        try:
            parts[row] = [next(named) if written[k].startswith(b"#") else -1 for k in (0, 1, 2, 4)]
            scale = 1.0 if written[3] == b"$" else float(written[3])
            scales[row] = [scale, *(scale if text == b"$" else float(text) for text in (*written[5:7], b"$", b"$")[:2])]
        except (IndexError, StopIteration, ValueError):
            fine[row] = False
    fine &= (scales > 0).all(axis=1)
    x, of_x = values.directions(parts[:, 0], np.array([1.0, 0.0, 0.0]))
    y, of_y = values.directions(parts[:, 1], np.array([0.0, 1.0, 0.0]))
    z, of_z = values.directions(parts[:, 3], np.array([0.0, 0.0, 1.0]))
    points, sizes = values.points(parts[:, 2])
    fine &= of_x & of_y & of_z & (sizes == 3)
    square = np.stack([(x * y).sum(axis=1), (y * z).sum(axis=1), (x * z).sum(axis=1)])
    fine &= (np.abs(square) < SMALL).all(axis=0)
    moves = np.zeros((len(unique), 4, 4))
    for column, (axis, scale) in enumerate(zip((x, y, z), scales.T, strict=True)):
        moves[:, :3, column] = axis * scale[:, None]
    moves[:, :3, 3], moves[:, 3, 3] = points, 1.0
    return moves[where], fine[where]


def _assemble(values: Values, rows: _Rows, items: Items, place: Ints) -> Direct | None:
    """Every element's items in the model's axes; None where no element is left."""
    rows.good &= np.bincount(rows.owner, minlength=len(rows.good)) > 0
    unfolded = np.diff(items.first_corner)[place[rows.good[rows.owner]]].sum()
    while unfolded <= MOST_CORNERS and rows.good.any():
        found = _unfold(values, rows, items, place)
        within = (np.abs(found.vertices) < FARTHEST_M).all(axis=1)
        if within.all():
            return found
        # A shape with a coordinate beyond the earth is left to a kernel, which may make something of it.
        lost = np.searchsorted(found.first_vertex, np.flatnonzero(~within), side="right") - 1
        rows.lose(np.flatnonzero(rows.good)[lost])
    return None


def _unfold(values: Values, rows: _Rows, items: Items, place: Ints) -> Direct:
    good = np.flatnonzero(rows.good)
    kept = rows.good[rows.owner]
    owner, place, matrices = (np.cumsum(rows.good) - 1)[rows.owner[kept]], place[kept], rows.matrices[kept]
    parts = np.diff(items.first_vertex)[place]
    row = np.repeat(np.arange(len(place)), parts)
    local = items.vertices[ranges(items.first_vertex[place], parts)]
    vertices = np.einsum("nij,nj->ni", matrices[row, :3, :3], local) + matrices[row, :3, 3]
    rings, corners = np.diff(items.first_ring)[place], np.diff(items.first_corner)[place]
    first = {
        f"first_{name}": np.concatenate([[0], np.cumsum(np.bincount(owner, of, len(good)))]).astype(np.int64)
        for name, of in (("vertex", parts), ("ring", rings), ("corner", corners), ("part", np.ones(len(place))))
    }
    # Items number their own vertices, elements those of all their items.
    shift = np.cumsum(parts) - parts - first["first_vertex"][owner]
    ring = ranges(items.first_ring[place], rings)
    return Direct(
        records=rows.elements[good],
        shapes=rows.representations[rows.good[rows.of]],
        ids=values.table.ids[rows.elements[good]],
        vertices=vertices,
        corners=items.corners[ranges(items.first_corner[place], corners)] + np.repeat(shift, corners),
        counts=items.counts[ring],
        holes=items.holes[ring],
        parts=parts,
        **first,
    )
