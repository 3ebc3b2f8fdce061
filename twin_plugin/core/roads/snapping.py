"""Ends of roads that miss the road they lead to, and roads that cross without a junction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray

Shapes = NDArray[np.object_]


def join_ends(
    shapes: Shapes, snap_m: float, metres_x: float, metres_y: float, same_m: float
) -> tuple[Shapes, FloatArray]:
    """Join ends that meet nothing to the nearest other line within a distance.

    Parameters
    ----------
    shapes : array of shapely lines, None where there is none
    snap_m : float
    metres_x, metres_y : float
        Metres in one unit of the CRS.
    same_m : float
        Vertices within this are one.

    Returns
    -------
    shapes : array of shapely lines
        In metres they have a vertex more where an end was joined to their inside.
    ties : float64 array, shape (joined, 4)
        x and y of the end, and of the vertex that it is joined to.
    """
    if snap_m <= 0:
        return shapes, np.empty((0, 4))
    scale = np.array([metres_x, metres_y])
    ends, other, distance = near_misses(shapes, snap_m, metres_x, metres_y, same_m)
    metric = _scaled(shapes, scale)
    ties, new = np.empty((len(ends), 4)), dict[int, list[FloatArray]]()
    for row in np.flatnonzero(distance <= snap_m):
        line = metric[other[row]]
        where = _target(line, ends[row], snap_m)
        ties[row] = [*(ends[row] / scale), *(where / scale)]
        new.setdefault(int(other[row]), []).append(where)
    changed = shapes.copy()
    for line_number, places in new.items():
        changed[line_number] = _with_vertices(shapes[line_number], metric[line_number], places, scale)
    return changed, ties[distance <= snap_m]


def near_misses(
    shapes: Shapes, within_m: float, metres_x: float, metres_y: float, same_m: float
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Ends that meet no vertex of another line but lie within a distance of one.

    Returns
    -------
    ends : float64 array, shape (n, 2)
        In metres.
    other : int64 array, shape (n,)
        The nearest other line.
    distance_m : float64 array, shape (n,)
    """
    scale = np.array([metres_x, metres_y])
    metric = _scaled(shapes, scale)
    ends, owner = _dead_ends(metric, same_m)
    there = np.flatnonzero(~shapely.is_missing(metric))
    tree = shapely.STRtree(metric[there])
    points = shapely.points(ends)
    point, line = tree.query(points, predicate="dwithin", distance=within_m)
    line = there[line]
    apart = line != owner[point]
    point, line = point[apart], line[apart]
    distance = shapely.distance(points[point], metric[line])
    order = np.lexsort((*shapely.bounds(metric[line]).T[::-1], distance, point))
    point, line, distance = point[order], line[order], distance[order]
    begins = np.concatenate([[True], point[1:] != point[:-1]])[: len(point)]
    point = point[begins]
    return ends[point], line[begins].astype(np.int64), distance[begins]


def count_crossings(lines: Shapes, first: IntArray, last: IntArray, line: IntArray) -> int:
    """Pairs of lines that cross at a place where neither has a junction with the other: bridges, or errors.

    Parameters
    ----------
    lines : array of shapely LineStrings, shape (edges,)
        Of the edges of a graph.
    first, last, line : int64 arrays, shape (edges,)
        Their nodes and the line that they are a part of.
    """
    tree = shapely.STRtree(lines)
    one, other = tree.query(lines, predicate="intersects")
    kept = line[one] < line[other]
    one, other = one[kept], other[kept]
    shared = ((first[one] == first[other]) | (first[one] == last[other])).astype(np.int64)
    shared += (last[one] == first[other]) | (last[one] == last[other])
    crossed = shared == 0
    met = np.flatnonzero(~crossed)
    # Where they meet at a node they may cross elsewhere as well.
    common = shapely.intersection(lines[one[met]], lines[other[met]])
    points = np.isin(shapely.get_type_id(common), (0, 4))
    crossed[met] = points & (shapely.get_num_geometries(common) > shared[met])
    return len(np.unique(np.stack([line[one[crossed]], line[other[crossed]]], axis=1), axis=0))


def _dead_ends(metric: Shapes, same_m: float) -> tuple[FloatArray, IntArray]:
    """Ends of lines at which no other vertex lies, and their lines."""
    parts, line = shapely.get_parts(metric, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    _, place, often = np.unique(np.rint(xy / same_m), axis=0, return_inverse=True, return_counts=True)
    alone = often[place.ravel()] == 1
    last = np.concatenate([part[1:] != part[:-1], [True]])[: len(part)]
    first = np.concatenate([[True], part[1:] != part[:-1]])[: len(part)]
    found = np.flatnonzero(alone & (first | last))
    return xy[found], line[part[found]].astype(np.int64)


def _target(line: shapely.Geometry, end: FloatArray, snap_m: float) -> FloatArray:
    """The vertex of a line that an end is joined to: one within the distance, else the nearest place on it."""
    xy = shapely.get_coordinates(line)
    far = np.hypot(*(xy - end).T)
    if far.min() <= snap_m:
        return np.asarray(xy[far.argmin()], np.float64)
    point = shapely.points(end)
    parts = shapely.get_parts(line)
    nearest = parts[shapely.distance(parts, point).argmin()]
    place = shapely.line_interpolate_point(nearest, shapely.line_locate_point(nearest, point))
    return np.asarray(shapely.get_coordinates(place)[0], np.float64)


def _with_vertices(
    shape: shapely.Geometry, metric: shapely.Geometry, places: Sequence[FloatArray], scale: FloatArray
) -> shapely.Geometry:
    """A line with a vertex at each of some places on it, in metres, where it has none."""
    have = {tuple(xy) for xy in shapely.get_coordinates(metric)}
    wanted = [place for place in places if tuple(place) not in have]
    if not wanted:
        return shape
    parts, metric_parts = shapely.get_parts(shape), shapely.get_parts(metric)
    nearest = shapely.distance(metric_parts[:, None], shapely.points(np.array(wanted))[None]).argmin(axis=0)
    made = []
    for number, (part, metric_part) in enumerate(zip(parts, metric_parts, strict=True)):
        xy = shapely.get_coordinates(part)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(shapely.get_coordinates(metric_part), axis=0).T))])
        own = [place for place, index in zip(wanted, nearest, strict=True) if index == number]
        more = [float(shapely.line_locate_point(metric_part, shapely.points(place))) for place in own]
        order = np.argsort(np.concatenate([along, more]), kind="stable")
        every = np.concatenate([xy, np.array(own).reshape(-1, 2) / scale])
        made.append(shapely.linestrings(every[order]))
    return made[0] if len(made) == 1 else shapely.multilinestrings(made)


def _scaled(shapes: Shapes, scale: FloatArray) -> Shapes:
    return np.asarray(shapely.transform(shapes, lambda xy: xy * scale), object)
