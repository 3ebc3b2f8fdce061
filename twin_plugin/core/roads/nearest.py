"""Junctions of places: an end of the nearest stretch of road, where people set out or arrive."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from .from_lines import BuiltRoads


def nearest_nodes(
    built: BuiltRoads, x: FloatArray, y: FloatArray, reach_m: float, metres: tuple[float, float], outward: bool
) -> IntArray:
    """The junction of each place; -1 where no road is within reach.

    The nearest stretch counts, of the largest connected part of the graph where one is within reach, and of its two
    ends the nearer one along it. On a one-way street it is the end to which one may drive, or from which one comes.

    Parameters
    ----------
    built : BuiltRoads
    x, y : float64 arrays, shape (n,)
        In the CRS of the graph; NaN where a place has none.
    reach_m : float
    metres : tuple of float
        Metres in a unit of x and of y.
    outward : bool
        Whether people leave the place, else they come to it.
    """
    scale = np.array(metres)
    lines = np.asarray(shapely.transform(built.edge_lines, lambda xy: xy * scale), object)
    found = np.full(len(x), -1, np.int64)
    places = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    points = shapely.points(np.stack([x[places], y[places]], axis=1) * scale)
    largest = built.piece[built.graph.first] == 0
    for edges in (np.flatnonzero(largest), np.flatnonzero(~largest)):
        rest = np.flatnonzero(found[places] < 0)
        point, edge = _nearest(points[rest], lines, edges, reach_m)
        found[places[rest[point]]] = _ends(built, lines, points[rest[point]], edge, outward)
    return found


def _nearest(
    points: NDArray[np.object_], lines: NDArray[np.object_], edges: IntArray, reach_m: float
) -> tuple[IntArray, IntArray]:
    """Numbers of points with a line within reach, and the nearest of the chosen lines; of equal ones the first."""
    if not len(edges) or not len(points):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    tree = shapely.STRtree(lines[edges])
    point, line = tree.query_nearest(points, max_distance=reach_m)
    order = np.lexsort((edges[line], point))
    point, line = point[order], line[order]
    begins = np.concatenate([[True], point[1:] != point[:-1]])[: len(point)]
    return point[begins].astype(np.int64), edges[line[begins]]


def _ends(
    built: BuiltRoads, lines: NDArray[np.object_], points: NDArray[np.object_], edge: IntArray, outward: bool
) -> IntArray:
    """The end of each line that counts for a point beside it."""
    graph = built.graph
    along = shapely.line_locate_point(lines[edge], points)
    to_first = along <= 0.5 * shapely.length(lines[edge])
    # Who leaves drives to the end, and who comes drives in at the start.
    forward, backward = graph.forward[edge], graph.backward[edge]
    to_first = np.where(forward & ~backward, not outward, np.where(backward & ~forward, outward, to_first))
    return np.where(to_first, graph.first[edge], graph.last[edge])
