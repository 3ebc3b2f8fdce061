"""The tree of tiles of a city: squares cut into quarters until each holds few buildings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_BUILDINGS = 200
"""In a tile that shows storeys: some 1 MB with ten storeys each."""
MOST_BODIES = 3_000
"""Storeys and the like in such a tile, where the number of each building's is known."""
LEAST_SIDE_M = 30.0
"""Squares are cut no further, whatever stands in them."""
CELLS = 32
"""Blocks along a side of a tile that shows many buildings as one."""
LEAF_ERROR_M = 8.0
"""How far a block of one building may differ from its storeys and roof."""
LEAST_ERROR_M = 12.0


@dataclass(frozen=True, eq=False)
class Node:
    """A square with what stands in it.

    Attributes
    ----------
    level, column, row : int
        Level 0 is the whole city; columns count from the west, rows from the south.
    west, south, side_m : float
    members : ndarray of int64
        Places of the buildings, rising.
    children : list of Node
        None for a leaf.
    """

    level: int
    column: int
    row: int
    west: float
    south: float
    side_m: float
    members: Ints
    children: list[Node] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name: level, column and row."""
        return f"{self.level}-{self.column}-{self.row}"

    @property
    def error_m(self) -> float:
        """How far what it shows of many buildings may differ from them, m."""
        return LEAF_ERROR_M if not self.children else max(LEAST_ERROR_M, self.side_m / CELLS)

    def walk(self) -> Iterator[Node]:
        """Itself and all below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def grow(x: Floats, y: Floats, weights: Ints | None = None) -> Node:
    """The tree of buildings by the middles of their plans.

    Parameters
    ----------
    x, y : ndarray of float64, shape (buildings,)
        Finite, at least one.
    weights : ndarray of int64, shape (buildings,), optional
        Bodies of each building.
    """
    least = LEAST_SIDE_M
    span = max(float(np.ptp(x)), float(np.ptp(y)), least)
    side = least * 2.0 ** math.ceil(math.log2(span / least) + 1e-9)
    # Whole squares of the smallest size, so that a building more at the edge moves no tile as long as it fits.
    west, south = (math.floor(float(v.min()) / least) * least for v in (x, y))
    if max(float(x.max()) - west, float(y.max()) - south) >= side:
        side *= 2
    root = Node(0, 0, 0, west, south, side, np.arange(len(x), dtype=np.int64))
    _split(root, x, y, np.ones(len(x), np.int64) if weights is None else weights)
    return root


def _split(node: Node, x: Floats, y: Floats, weights: Ints) -> None:
    few = len(node.members) <= MOST_BUILDINGS and int(weights[node.members].sum()) <= MOST_BODIES
    if few or len(node.members) == 1 or node.side_m <= LEAST_SIDE_M:
        return
    half = node.side_m / 2
    right, upper = x[node.members] >= node.west + half, y[node.members] >= node.south + half
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        members = node.members[(right == bool(column)) & (upper == bool(row))]
        if len(members):
            child = Node(
                node.level + 1,
                2 * node.column + column,
                2 * node.row + row,
                node.west + column * half,
                node.south + row * half,
                half,
                members,
            )
            node.children.append(child)
            _split(child, x, y, weights)


def merged(node: Node, boxes: Floats, areas: Floats, bottom: Floats, top: Floats, shade: Ints) -> Floats:
    """The buildings of a node as few blocks: those whose middles share a cell are one.

    A block lies in the middle of what its buildings cover together and has their area; its height is their mean by
    area, above the lowest base, and its colour that of most of the volume.

    Parameters
    ----------
    boxes : ndarray of float64, shape (n, 4)
        West, south, east and north of all buildings of the city; likewise the others, shape (n,).

    Returns
    -------
    ndarray of float64, shape (blocks, 7)
        West, south, east, north, bottom, top and number of the colour.
    """
    k = node.members
    box, area, low, height = boxes[k], areas[k], bottom[k], top[k] - bottom[k]
    cell = node.side_m / CELLS
    column = np.floor(((box[:, 0] + box[:, 2]) / 2 - node.west) / cell).astype(np.int64)
    row = np.floor(((box[:, 1] + box[:, 3]) / 2 - node.south) / cell).astype(np.int64)
    _, group = np.unique(row * 2 * CELLS + column, return_inverse=True)
    count = int(group.max()) + 1
    total = np.bincount(group, area, count)
    mean = np.bincount(group, area * height, count) / total
    outer = np.empty((count, 4))
    base = np.full(count, np.inf)
    for side, least in ((0, True), (1, True), (2, False), (3, False)):
        outer[:, side] = np.inf if least else -np.inf
        (np.minimum if least else np.maximum).at(outer[:, side], group, box[:, side])
    np.minimum.at(base, group, low)
    shades = int(shade[k].max()) + 1
    volume = np.bincount(group * shades + shade[k], area * height, count * shades).reshape(count, shades)
    middle = (outer[:, :2] + outer[:, 2:]) / 2
    half = (outer[:, 2:] - outer[:, :2]) / 2
    half *= np.minimum(1.0, np.sqrt(total / (4 * half[:, 0] * half[:, 1])))[:, None]
    return np.column_stack([middle - half, middle + half, base, base + mean, volume.argmax(axis=1)])
