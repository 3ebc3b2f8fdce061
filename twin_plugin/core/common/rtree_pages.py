"""The pages of a spatial index of SQLite, packed at once: many times as fast as inserting box after box.

SQLite keeps an R-tree in three plain tables whose format it promises to keep (`rtree.c`): nodes as big-endian records
of at most 51 boxes, the node of each row, and the parent of each node. GDAL fills them the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cells import IntArray

HEAD_BYTES, CELL_BYTES = 4, 24
"""Of a node: its height and the number of its boxes, then an id and four numbers of 32 bits for each box."""
_CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])
ROOT = 1


@dataclass(frozen=True)
class RTreePages:
    """What the three tables of an R-tree hold.

    Attributes
    ----------
    nodes : list of (int, bytes)
        Number and record of each node; the root is 1.
    rows : list of (int, int)
        Each row and the node that holds it.
    parents : list of (int, int)
        Each node but the root, and the node above it.
    """

    nodes: list[tuple[int, bytes]]
    rows: list[tuple[int, int]]
    parents: list[tuple[int, int]]


def pack(ids: IntArray, boxes: NDArray[np.float64], node_bytes: int) -> RTreePages:
    """Pack boxes into the pages of an R-tree, neighbours into one (sort-tile-recursive; Leutenegger et al. 1997).

    Parameters
    ----------
    ids : ndarray of int64, shape (n,)
    boxes : ndarray of float64, shape (n, 4)
        West, south, east and north of each.
    node_bytes : int
        Length of a node's record.
    """
    most = (node_bytes - HEAD_BYTES) // CELL_BYTES
    order = _tiled(boxes, most)
    levels = []
    entries, bounds = np.asarray(ids, np.int64)[order], _outward(boxes[order])
    while True:
        cut = _cuts(len(entries), most)
        levels.append((entries, bounds, cut))
        if len(cut) <= 2:
            break
        bounds = _around(bounds, cut)
        entries = np.arange(len(cut) - 1)
    return _numbered(levels, node_bytes)


def _numbered(levels: list[tuple[Any, Any, IntArray]], node_bytes: int) -> RTreePages:
    """Records of levels, leaves first; nodes are numbered from the root down."""
    counts = [len(cut) - 1 for _, _, cut in levels]
    starts = [ROOT + sum(counts[level + 1 :]) for level in range(len(levels))]
    pages = RTreePages([], [], [])
    for level, (entries, bounds, cut) in enumerate(levels):
        numbers = np.arange(starts[level], starts[level] + counts[level])
        below = entries if level == 0 else entries + starts[level - 1]
        holder = np.repeat(numbers, np.diff(cut)).tolist()
        pairs = list(zip(below.tolist(), holder, strict=True))
        (pages.rows if level == 0 else pages.parents).extend(pairs)
        height = level if level == len(levels) - 1 else 0  # only the root's is read
        pages.nodes.extend(zip(numbers.tolist(), _records(below, bounds, cut, height, node_bytes), strict=True))
    pages.rows.sort()
    return pages


def _records(ids: IntArray, bounds: NDArray[np.float32], cut: IntArray, height: int, node_bytes: int) -> list[bytes]:
    cells = np.empty(len(ids), _CELL)
    cells["id"] = ids
    cells["box"] = bounds[:, [0, 2, 1, 3]]  # both of x, then both of y
    held = cells.tobytes()
    result = []
    for first, last in zip(cut[:-1].tolist(), cut[1:].tolist(), strict=True):
        head = height.to_bytes(2, "big") + (last - first).to_bytes(2, "big")
        result.append((head + held[CELL_BYTES * first : CELL_BYTES * last]).ljust(node_bytes, b"\0"))
    return result


def _tiled(boxes: NDArray[np.float64], most: int) -> IntArray:
    """An order in which as many boxes as a node holds lie together: columns by x, in each of them by y."""
    count = len(boxes)
    columns = math.ceil(math.sqrt(math.ceil(count / most))) or 1
    by_x = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
    column = np.empty(count, np.int64)
    column[by_x] = np.arange(count) * columns // max(count, 1)
    return np.lexsort((boxes[:, 1] + boxes[:, 3], column))


def _cuts(count: int, most: int) -> IntArray:
    """Where nodes begin and end, so that all hold about as many; one node for nothing at all."""
    nodes = math.ceil(count / most) or 1
    return np.arange(nodes + 1) * count // nodes


def _outward(boxes: NDArray[np.float64]) -> NDArray[np.float32]:
    """Boxes of 32 bits that hold those of 64."""
    result = boxes.astype(np.float32)
    low, high = result[:, :2], result[:, 2:]
    np.copyto(low, np.nextafter(low, np.float32(-np.inf)), where=low > boxes[:, :2])
    np.copyto(high, np.nextafter(high, np.float32(np.inf)), where=high < boxes[:, 2:])
    return result


def _around(bounds: NDArray[np.float32], cut: IntArray) -> NDArray[np.float32]:
    """The box around the boxes of each node."""
    low, high = np.minimum.reduceat(bounds[:, :2], cut[:-1]), np.maximum.reduceat(bounds[:, 2:], cut[:-1])
    return np.hstack([low, high])
