"""A graph of roads from lines: junctions where lines share a vertex, never where they only cross.

Roads are drawn so in OpenStreetMap and in most surveys: side streets meet a vertex inside the main street, and a
bridge has none in common with what it crosses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.errors import InputError
from ..common.segment_lengths import segment_lengths
from .graph import RoadGraph
from .snapping import join_ends

SAME_M = 0.001
"""Vertices that are equal after rounding to this are one."""


@dataclass(frozen=True)
class Lines:
    """Roads as lines; arrays of shape (n,).

    Attributes
    ----------
    shapes : array of shapely geometries
        LineStrings and MultiLineStrings; None where there is none.
    free_kmh : float64 array
        Speed without water.
    forward, backward : bool arrays
        Whether one may drive in the direction in which the line is drawn, and against it.
    rank : int64 array
        Order of the ids, by which edges of the same shape are numbered.
    metres_x, metres_y : float
        Metres in one unit of the CRS.
    geographic : bool
    """

    shapes: NDArray[np.object_]
    free_kmh: FloatArray
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    rank: IntArray
    metres_x: float = 1.0
    metres_y: float = 1.0
    geographic: bool = False


@dataclass(frozen=True)
class BuiltRoads:
    """A graph and how it came about.

    Attributes
    ----------
    graph : RoadGraph
    edge_lines : array of shapely LineStrings, shape (edges,)
    without_length : int
        Lines of a single place, and those without a geometry: they have no edge.
    joined : int
        Ends that were joined within the tolerance.
    piece : int64 array, shape (nodes,)
        Number of the connected part of the graph that each node is in, the largest is 0.
    """

    graph: RoadGraph
    edge_lines: NDArray[np.object_]
    without_length: int
    joined: int
    piece: IntArray

    @property
    def piece_sizes(self) -> IntArray:
        """Nodes of each connected part, the largest first."""
        return np.bincount(self.piece).astype(np.int64)


@dataclass(frozen=True)
class _Vertices:
    """Vertices of all lines one after the other, each once in a row; arrays of shape (vertices,).

    Attributes
    ----------
    xy : float64 array, shape (vertices, 2)
    place : int64 array
        Number of the place, from west to east and then from south to north.
    part, line : int64 arrays
        Part of a line that the vertex belongs to, and the line.
    """

    xy: FloatArray
    place: IntArray
    part: IntArray
    line: IntArray

    def take(self, kept: NDArray[np.bool_]) -> _Vertices:
        """Some of the vertices."""
        return _Vertices(self.xy[kept], self.place[kept], self.part[kept], self.line[kept])


def build_graph(lines: Lines, snap_m: float = 0.0) -> BuiltRoads:
    """The graph of some roads.

    Parameters
    ----------
    lines : Lines
    snap_m : float
        Ends that meet nothing are joined to the nearest other line within this distance.

    Raises
    ------
    InputError
        Where no line has a length.
    """
    shapes = shapely.force_2d(np.asarray(lines.shapes, object))
    shapes[shapely.is_missing(shapes) | shapely.is_empty(shapes)] = None
    shapes, ties = join_ends(shapes, snap_m, lines.metres_x, lines.metres_y, SAME_M)
    vertices = _vertices(lines, shapes, ties)
    lengthy = np.unique(vertices.line)
    if not len(lengthy):
        raise InputError("None of the roads has a length: choose a layer of lines.")
    first, last = _edge_ends(vertices)
    graph, order = _graph(lines, vertices, first, last)
    edge_lines = _edge_lines(vertices, first, last)[order]
    piece = _pieces(len(graph.node_xy), graph.first, graph.last)
    return BuiltRoads(graph, edge_lines, len(shapes) - len(lengthy), len(ties), piece)


def _vertices(lines: Lines, shapes: NDArray[np.object_], ties: FloatArray) -> _Vertices:
    """The vertices of the lines; those of `ties`, shape (n, 4), x and y of two places each, are one place."""
    parts, line = shapely.get_parts(shapes, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    scale = np.array([lines.metres_x, lines.metres_y]) / SAME_M
    every = np.concatenate([xy, ties[:, :2], ties[:, 2:]])
    _, place = np.unique(np.rint(every * scale), axis=0, return_inverse=True)
    place = place.ravel().astype(np.int64)
    count = len(xy)
    one, other = place[count : count + len(ties)], place[count + len(ties) :]
    place = _joined(int(place.max(initial=-1)) + 1, one, other)[place[:count]]
    vertices = _Vertices(xy, place, part.astype(np.int64), line[part].astype(np.int64))
    again = (place[1:] == place[:-1]) & (part[1:] == part[:-1])
    vertices = vertices.take(np.concatenate([[True], ~again])[:count])
    alone = np.bincount(vertices.part, minlength=len(parts)) < 2
    return vertices.take(~alone[vertices.part])


def _edge_ends(vertices: _Vertices) -> tuple[IntArray, IntArray]:
    """Vertices where each edge begins and ends: ends of lines, and places where more than one vertex lies."""
    count = len(vertices.place)
    ends = np.ones(count, np.bool_)
    ends[1:-1] = (vertices.part[1:-1] != vertices.part[:-2]) | (vertices.part[1:-1] != vertices.part[2:])
    often = np.bincount(vertices.place)[vertices.place] > 1
    node = np.flatnonzero(ends | often)
    within = vertices.part[node[1:]] == vertices.part[node[:-1]]
    return node[:-1][within], node[1:][within]


def _graph(lines: Lines, vertices: _Vertices, first: IntArray, last: IntArray) -> tuple[RoadGraph, IntArray]:
    """The graph of edges from vertex to vertex, and the order in which its edges have them."""
    step = segment_lengths(vertices.xy[:-1], vertices.xy[1:], lines.metres_x, lines.metres_y, lines.geographic)
    length = np.add.reduceat(step, np.stack([first, last], axis=1).ravel()[: 2 * len(first) - 1])[::2]
    places, number = np.unique(vertices.place[np.concatenate([first, last])], return_inverse=True)
    start, end = number[: len(first)].astype(np.int64), number[len(first) :].astype(np.int64)
    line = vertices.line[first]
    order = np.lexsort((last, lines.rank[line], length, end, start))
    # The same of several vertices within a millimetre, whatever the order of the lines.
    ranked = np.lexsort((vertices.xy[:, 1], vertices.xy[:, 0], vertices.place))
    at = ranked[np.searchsorted(vertices.place[ranked], places)]
    line = line[order]
    graph = RoadGraph(
        vertices.xy[at],
        start[order],
        end[order],
        length[order],
        lines.free_kmh[line],
        lines.forward[line],
        lines.backward[line],
        line,
    )
    return graph, order


def _edge_lines(vertices: _Vertices, first: IntArray, last: IntArray) -> NDArray[np.object_]:
    """The edges as lines."""
    count = last - first + 1
    edge = np.repeat(np.arange(len(first)), count)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    return np.asarray(shapely.linestrings(vertices.xy[first[edge] + step], indices=edge), object)


def _joined(count: int, one: IntArray, other: IntArray) -> IntArray:
    """The least number that each of `count` things is joined to by pairs, over any number of steps."""
    root = np.arange(count)
    while True:
        low = np.minimum(root[one], root[other])
        before = root.copy()
        np.minimum.at(root, root[one], low)
        np.minimum.at(root, root[other], low)
        root = root[root]
        if (root == before).all():
            return root


def _pieces(nodes: int, first: IntArray, last: IntArray) -> IntArray:
    """Number of the connected part of each node, the largest is 0; ties by the least node."""
    root = _joined(nodes, first, last)
    roots, number = np.unique(root, return_inverse=True)
    size = np.bincount(number)
    rank = np.empty(len(roots), np.int64)
    rank[np.lexsort((roots, -size))] = np.arange(len(roots))
    found: IntArray = rank[number]
    return found
