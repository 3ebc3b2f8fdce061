"""Points that are asked for their sunlight: windows, and places along facades."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.prisms import Bools, Edges, Floats, Ints, Prisms
from ..common.progress import Progress, advance, silent

OUTSIDE_M = 0.01
"""How far before the wall a point stands: on it, rounding would decide on which side."""
REACH_M = 1.5
"""A window lies no farther from the outline of its building: the wall's thickness, a recess or a bay."""
BLOCK = 50_000
"""Points between two looks whether to go on."""


@dataclass(frozen=True, eq=False)
class SunPoints:
    """Points before walls.

    Attributes
    ----------
    x, y, z : ndarray of float64, shape (n,)
    facing_deg : ndarray of float64, shape (n,)
        To where the wall faces, clockwise from the north of the map; NaN for a point without a wall.
    width_m : ndarray of float64, shape (n,)
        Of the window; 0 where it is a point.
    owner : ndarray of int64, shape (n,)
        The object to which it belongs, its place among the ids of the prisms; -1 for none.
    ids : tuple of str
    floors : tuple of str
        The storey of each, in the words of its layer; "" where unknown.
    """

    x: Floats
    y: Floats
    z: Floats
    facing_deg: Floats
    width_m: Floats
    owner: Ints
    ids: tuple[str, ...]
    floors: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.x)

    def keep(self, rows: Bools) -> SunPoints:
        """Some of them."""
        chosen = np.flatnonzero(rows).tolist()
        ids, floors = (tuple(texts[row] for row in chosen) for texts in (self.ids, self.floors))
        x, y, z, facing_deg = self.x[rows], self.y[rows], self.z[rows], self.facing_deg[rows]
        return SunPoints(x, y, z, facing_deg, self.width_m[rows], self.owner[rows], ids, floors)


@dataclass(frozen=True, eq=False)
class Walls:
    """Which wall a window is in.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
        The foot of the window on the wall, just outside; NaN where no wall is near.
    facing_deg : ndarray of float64, shape (n,)
    moved_m : ndarray of float64, shape (n,)
        How far that is from the window.
    prism : ndarray of int64, shape (n,)
        The body of the wall, -1 where no wall is near.
    """

    x: Floats
    y: Floats
    facing_deg: Floats
    moved_m: Floats
    prism: Ints


def facing(edges: Edges) -> Floats:
    """To where each wall faces: the inside is on its left."""
    return np.degrees(np.arctan2(edges.y1 - edges.y0, edges.x0 - edges.x1)) % 360.0


def find_walls(x: Floats, y: Floats, z: Floats, owner: Ints, prisms: Prisms) -> Walls:
    """The nearest wall of each window's object at the window's height, else at any.

    Parameters
    ----------
    x, y, z : ndarray of float64, shape (n,)
    owner : ndarray of int64, shape (n,)
        Objects; -1 for the nearest of all.
    """
    edges = prisms.edges()
    lines = shapely.linestrings(np.stack([[edges.x0, edges.x1], [edges.y0, edges.y1]], axis=-1).transpose(1, 0, 2))
    tree = shapely.STRtree(lines)
    point, edge = tree.query(shapely.buffer(shapely.points(x, y), REACH_M, quad_segs=4))
    far = shapely.distance(shapely.points(x[point], y[point]), lines[edge])
    of = prisms.owner[edges.prism[edge]]
    mine = (far <= REACH_M) & ((owner[point] < 0) | (owner[point] == of))
    point, edge, far = point[mine], edge[mine], far[mine]
    prism = edges.prism[edge]
    level = (z[point] < prisms.bottom_m[prism]) | (z[point] >= prisms.top_m[prism])
    order = np.lexsort((edge, np.round(far, 6), level, point))
    point, edge = point[order], edge[order]
    first = np.r_[True, point[1:] != point[:-1]] if len(point) else np.zeros(0, bool)
    point, edge = point[first], edge[first]
    x_out, y_out, bearing_out, moved = np.full((4, len(x)), np.nan)
    found = Walls(x_out, y_out, bearing_out, moved, np.full(len(x), -1, np.int64))
    bearing = facing(edges)[edge]
    foot = _foot(x[point], y[point], edges, edge)
    outward = np.sin(np.radians(bearing)), np.cos(np.radians(bearing))
    found.x[point], found.y[point] = (at + OUTSIDE_M * out for at, out in zip(foot, outward, strict=True))
    found.facing_deg[point] = bearing
    found.prism[point] = edges.prism[edge]
    found.moved_m[point] = np.hypot(foot[0] - x[point], foot[1] - y[point])
    return found


def _foot(x: Floats, y: Floats, edges: Edges, edge: Ints) -> tuple[Floats, Floats]:
    """The nearest place of an edge to each point, not quite at its ends."""
    x0, y0 = edges.x0[edge], edges.y0[edge]
    along_x, along_y = edges.x1[edge] - x0, edges.y1[edge] - y0
    length = np.maximum(np.hypot(along_x, along_y), 1e-9)
    rest = np.minimum(OUTSIDE_M, length / 2)
    at = np.clip(((x - x0) * along_x + (y - y0) * along_y) / length, rest, length - rest)
    return x0 + along_x * at / length, y0 + along_y * at / length


def along_walls(
    prisms: Prisms,
    objects: Bools,
    levels: list[Floats],
    spacing_m: float,
    sill_m: float,
    progress: Progress = silent,
) -> tuple[SunPoints, Ints]:
    """Points along the outer walls of objects at equal distances of at most a spacing, at a height above each floor.

    Walls between bodies of one object, as between wings, get no points; those against another building do: `covered`.

    Parameters
    ----------
    prisms : Prisms
    objects : ndarray of bool, shape (objects,)
    levels : list of ndarray
        Elevations of the floors of each prism.
    progress : Progress
        Asked whether to go on.

    Returns
    -------
    SunPoints
        Ids are OBJECT/floor/number.
    ndarray of int64
        The prism of each.

    Raises
    ------
    Cancelled
        When `progress` says so.
    """
    edges = prisms.edges()
    length = np.hypot(edges.x1 - edges.x0, edges.y1 - edges.y0)
    wanted = objects[prisms.owner[edges.prism]] & (length > 2 * OUTSIDE_M)
    number = np.maximum(np.ceil(length / spacing_m - 1e-9), 1).astype(np.int64)
    edge = np.repeat(np.flatnonzero(wanted), number[wanted])
    place = np.arange(len(edge)) - np.repeat(np.cumsum(number[wanted]) - number[wanted], number[wanted])
    share = (place + 0.5) / number[edge]
    bearing = facing(edges)[edge]
    x = edges.x0[edge] + share * (edges.x1 - edges.x0)[edge] + OUTSIDE_M * np.sin(np.radians(bearing))
    y = edges.y0[edge] + share * (edges.y1 - edges.y0)[edge] + OUTSIDE_M * np.cos(np.radians(bearing))
    floors = np.array([len(level) for level in levels], np.int64)[edges.prism[edge]]
    row = np.repeat(np.arange(len(edge)), floors)
    floor = np.arange(len(row)) - np.repeat(np.cumsum(floors) - floors, floors)
    prism = edges.prism[edge[row]]
    start = np.cumsum([0, *(len(level) for level in levels)])[:-1]
    z = np.concatenate([*levels, np.zeros(0)])[start[prism] + floor] + sill_m
    owner = prisms.owner[prism]
    outside = ~_within_own(x[row], y[row], z, owner, prisms, progress)
    row, floor, z, owner, prism = row[outside], floor[outside], z[outside], owner[outside], prism[outside]
    count: dict[tuple[int, int], int] = {}
    ids = []
    for done, (who, level) in enumerate(zip(owner.tolist(), floor.tolist(), strict=True)):
        if done % BLOCK == 0:
            advance(progress, math.nan)
        count[who, level] = count.get((who, level), 0) + 1
        ids.append(f"{prisms.ids[who]}/{level}/{count[who, level]}")
    nothing = np.zeros(len(row))
    words = tuple(str(level) for level in floor.tolist())
    return SunPoints(x[row], y[row], z, bearing[row], nothing, owner, tuple(ids), words), prism


def _within_own(x: Floats, y: Floats, z: Floats, owner: Ints, prisms: Prisms, progress: Progress) -> Bools:
    """Which points lie within a body of their own object."""
    found = np.zeros(len(x), bool)
    for point, prism in _within(x, y, prisms, progress):
        level = (z[point] > prisms.bottom_m[prism]) & (z[point] < prisms.top_m[prism])
        found[point[level & (prisms.owner[prism] == owner[point])]] = True
    return found


def covered(points: SunPoints, prisms: Prisms, progress: Progress = silent) -> Ints:
    """The object within which each point lies, -1 for none: there the sun never shines."""
    found = np.full(len(points), -1, np.int64)
    for at, prism in _within(points.x, points.y, prisms, progress):
        inside = (points.z[at] > prisms.bottom_m[prism]) & (points.z[at] < prisms.top_m[prism])
        found[at[inside]] = prisms.owner[prism[inside]]
    return found


def _within(x: Floats, y: Floats, prisms: Prisms, progress: Progress) -> Iterator[tuple[Ints, Ints]]:
    """Points and the prisms in whose outline they lie, some points at a time."""
    if not len(prisms):
        return
    tree = shapely.STRtree(prisms.outlines)
    for start in range(0, len(x), BLOCK):
        advance(progress, math.nan)
        part = slice(start, start + BLOCK)
        point, prism = tree.query(shapely.points(x[part], y[part]), predicate="within")
        yield point + start, prism
