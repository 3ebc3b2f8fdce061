"""A plan divided into cells without gaps or overlaps, each with a label; neighbours share their corners exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from .footprint import polygons
from .inside_columns import Ints
from .model import Floats

GRID_M = 0.001
"""Corners lie on this grid."""

SIMPLE_M = 0.01
"""Corners this near to the line between their neighbours are dropped."""

OUTSIDE = -1

Cost = Callable[[int, int, float, float], float]
"""What it costs to give a place (x, y) of one label another label."""


@dataclass(frozen=True, eq=False)
class PlanCells:
    """Cells of a plan.

    Attributes
    ----------
    shapes : list of Polygon
    labels : ndarray of int64, shape (cells,)
        OUTSIDE for a hole.
    """

    shapes: list[Polygon]
    labels: Ints

    def edges(self) -> dict[tuple[int, int, int, int], int]:
        """The cell to the left of each directed edge, by the edge's ends in millimetres."""
        left: dict[tuple[int, int, int, int], int] = {}
        for number, shape in enumerate(self.shapes):
            for ring in rings(shape):
                keys = [(int(x), int(y)) for x, y in np.round(ring / GRID_M).astype(np.int64)]
                for (a, b), (c, d) in zip(keys, keys[1:] + keys[:1], strict=True):
                    left[(a, b, c, d)] = number
        return left


def rings(shape: Polygon) -> list[Floats]:
    """The rings (n, 2) of a polygon without their closing points, what they bound on their left."""
    oriented = shapely.geometry.polygon.orient(shape)
    return [np.asarray(ring.coords)[:-1, :2] for ring in (oriented.exterior, *oriented.interiors)]


def divide(lines: Sequence[BaseGeometry]) -> list[Polygon]:
    """The cells that lines bound."""
    kept = [line for line in lines if not line.is_empty]
    if not kept:
        return []
    noded = shapely.union_all(kept, grid_size=GRID_M)
    return polygons(shapely.polygonize(list(shapely.get_parts(noded))))


def merge_small(cells: PlanCells, is_small: NDArray[np.bool_], cost: Cost) -> PlanCells:
    """Give small cells the label of that neighbour, or of the outside, to which their place fits best."""
    labels = cells.labels.copy()
    edges = cells.edges()
    near: dict[int, set[int]] = {number: set() for number in np.flatnonzero(is_small).tolist()}
    for (a, b, c, d), number in edges.items():
        if number in near:
            near[number].add(edges.get((c, d, a, b), OUTSIDE))
    small = sorted(near, key=lambda number: -cells.shapes[number].area)
    open_ones = set(small)
    while open_ones:
        changed = False
        for number in small:
            if number not in open_ones:
                continue
            known = {int(labels[other]) if other >= 0 else OUTSIDE for other in near[number] - open_ones}
            if not known:
                continue
            point = cells.shapes[number].representative_point()
            own = int(cells.labels[number])
            labels[number] = min(sorted(known), key=lambda label: cost(own, label, point.x, point.y))
            open_ones.discard(number)
            changed = True
        if not changed:
            break
    return PlanCells(cells.shapes, labels)


def dissolve(cells: PlanCells, split: Callable[[Floats, int, int], Floats] | None = None) -> PlanCells:
    """Cells of one label joined, their borders simplified.

    Parameters
    ----------
    cells : PlanCells
    split : callable, optional
        Takes the ends (2, 2) of a border with the labels at its left and at its right, and gives the points (n, 2) to
        insert, in order.
    """
    edges = cells.edges()
    labels = {number: int(label) for number, label in enumerate(cells.labels)} | {OUTSIDE: OUTSIDE}
    pairs: dict[tuple[int, int], list[Floats]] = {}
    for (a, b, c, d), number in edges.items():
        left, right = labels[number], labels[edges.get((c, d, a, b), OUTSIDE)]
        twin = (c, d, a, b) in edges
        if left == right or (twin and left < right):
            continue
        pairs.setdefault((left, right), []).append(np.array([[a, b], [c, d]]) * GRID_M)
    every = [line for pieces in pairs.values() for line in pieces]
    if not every:
        return PlanCells([], np.zeros(0, np.int64))
    fixed = _junctions(every)
    borders: list[BaseGeometry] = []
    for (left, right), pieces in pairs.items():
        for chain in _chains(pieces, fixed):
            simple = shapely.simplify(shapely.linestrings(chain), SIMPLE_M)
            points = np.asarray(simple.coords)
            if split is not None:
                points = _split(points, left, right, split)
            borders.append(shapely.linestrings(points))
    shapes = divide(borders)
    return PlanCells(shapes, _label_again(shapes, cells))


def _junctions(lines: Sequence[Floats]) -> set[tuple[int, int]]:
    """Points, in millimetres, at which not exactly two borders meet."""
    points = np.round(np.concatenate(lines) / GRID_M).astype(np.int64)
    unique, counts = np.unique(points, axis=0, return_counts=True)
    return {(int(x), int(y)) for x, y in unique[counts != 2]}


def _chains(pieces: Sequence[Floats], fixed: set[tuple[int, int]]) -> list[Floats]:
    """Segments of one pair of labels, in one direction, joined into lines that end where others begin."""
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for piece in pieces:
        (a, b), (c, d) = np.round(piece / GRID_M).astype(np.int64).tolist()
        after.setdefault((a, b), []).append((c, d))
    starts = [point for point in after if point in fixed] or []
    chains = []
    for start in [*starts, *after]:
        while after.get(start):
            chain = [start]
            while after.get(chain[-1]):
                chain.append(after[chain[-1]].pop())
                if chain[-1] in fixed or chain[-1] == start:
                    break
            chains.append(np.array(chain) * GRID_M)
    return chains


def _split(points: Floats, left: int, right: int, split: Callable[[Floats, int, int], Floats]) -> Floats:
    parts = []
    for start, end in pairwise(points):
        parts += [start[None], split(np.stack([start, end]), left, right)]
    return np.concatenate([*parts, points[-1:]])


def _label_again(shapes: Sequence[Polygon], before: PlanCells) -> Ints:
    """The labels of the cells in which the shapes' inner points lie."""
    labels = np.full(len(shapes), OUTSIDE, dtype=np.int64)
    if not len(shapes) or not before.shapes:
        return labels
    tree = shapely.STRtree(before.shapes)
    inner = shapely.point_on_surface(np.array(shapes, dtype=object))
    found, cell = tree.query(inner, predicate="intersects")  # it may lie between two cells that were joined
    labels[found] = before.labels[cell]
    return labels


def lines_of(shape: BaseGeometry | None) -> BaseGeometry:
    """The boundary of polygons."""
    parts = polygons(shape) if shape is not None else []
    return shapely.union_all([part.boundary for part in parts]) if parts else MultiLineString()
