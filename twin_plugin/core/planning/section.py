"""What an upright section along a line cuts of terrain, buildings and bodies below the ground.

In a section x is the distance along the line and y the elevation. A straight piece of the line cuts a slab in
quadrangles and a tube in a part of an ellipse, whose width is the diameter over the sine of the angle between both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.prisms import Floats, Prisms
from ..common.progress import Progress, advance, silent
from .bodies import Bodies

ALONG = 0.1
"""Tubes that run along a section, with a smaller sine of the angle, are cut disc by disc."""
_DISCS, _QUARTER = 241, 24
SMALL_M2 = 1e-6


@dataclass(frozen=True)
class Cut:
    """A part of an object in a section.

    Attributes
    ----------
    owner : int
        The place of the object among those that were cut.
    shape : shapely Polygon
        In section coordinates.
    """

    owner: int
    shape: shapely.Polygon


@dataclass(frozen=True, eq=False)
class Legs:
    """The straight pieces of a line.

    Attributes
    ----------
    start, end : ndarray, shape (n, 2)
    from_m : ndarray, shape (n,)
        The distance along the line at which each begins.
    """

    start: Floats
    end: Floats
    from_m: Floats

    @classmethod
    def of(cls, line: shapely.LineString) -> Legs:
        """The pieces of a line, without those of no length."""
        points = shapely.get_coordinates(line)
        length = np.hypot(*np.diff(points, axis=0).T)
        keep = length > 0
        begins = np.cumsum(length) - length
        return cls(points[:-1][keep], points[1:][keep], begins[keep])

    @property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.end - self.start).T))

    def lines(self) -> NDArray[Any]:
        return np.asarray(shapely.linestrings(np.stack([self.start, self.end], axis=1)), object)


def ground_line(terrain: Grid, line: shapely.LineString, step_m: float | None = None) -> list[Floats]:
    """The terrain along a line: stretches of (distance, elevation) of shape (n, 2), parted where it has no data.

    The terrain is looked up at the middle of each stretch of at most half a cell, and at both ends.
    """
    length = float(shapely.length(line))
    step = step_m or terrain.cell_m / 2
    at = np.linspace(0.0, length, max(int(np.ceil(length / step)), 1) + 1)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    heights = terrain.sample(points[:, 0], points[:, 1])
    known = np.isfinite(heights)
    groups = np.split(np.arange(len(at)), np.flatnonzero(known[1:] != known[:-1]) + 1)
    return [np.column_stack([at[group], heights[group]]) for group in groups if known[group[0]] and len(group) > 1]


def cut_prisms(prisms: Prisms, line: shapely.LineString, progress: Progress = silent) -> Iterator[Cut]:
    """What a section cuts of buildings: a rectangle for each prism and stretch of the line in it.

    Raises
    ------
    Cancelled
    """
    for row, low, high in _stretches(prisms.outlines, Legs.of(line), progress):
        bottom, top = float(prisms.bottom_m[row]), float(prisms.top_m[row])
        yield Cut(int(prisms.owner[row]), shapely.box(low, bottom, high, top))


def cut_bodies(bodies: Bodies, line: shapely.LineString, progress: Progress = silent) -> Iterator[Cut]:
    """What a section cuts of bodies below the ground.

    Raises
    ------
    Cancelled
    """
    legs = Legs.of(line)
    for slab, low, high in _stretches(bodies.outlines, legs, progress):
        ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [low, high]))
        bottom, top = bodies.levels(np.full(2, slab), ends[:, 0], ends[:, 1])
        ring = [(low, bottom[0]), (high, bottom[1]), (high, top[1]), (low, top[0])]
        if top.max() - bottom.min() > 0 and high > low:
            yield Cut(int(bodies.owner[bodies.tubes + slab]), shapely.Polygon(ring))
    if not bodies.tubes:
        return
    tree = shapely.STRtree(bodies.plan[: bodies.tubes])
    widest = float(bodies.radius_m.max())
    for leg, straight in enumerate(legs.lines()):
        advance(progress, leg / len(legs.from_m))
        for tube in np.sort(tree.query(straight, predicate="dwithin", distance=widest)):
            shape = _cut_tube(bodies, int(tube), legs, leg)
            if shape is not None:
                yield Cut(int(bodies.owner[tube]), shape)


def _stretches(outlines: NDArray[Any], legs: Legs, progress: Progress) -> Iterator[tuple[int, float, float]]:
    """Which outline the line crosses, from which distance to which; those of neighbouring pieces apart."""
    if not len(outlines):
        return
    tree = shapely.STRtree(outlines)
    for leg, straight in enumerate(legs.lines()):
        advance(progress, leg / len(legs.from_m))
        for row in np.sort(tree.query(straight, predicate="intersects")):
            with np.errstate(invalid="ignore"):
                parts = shapely.get_parts(shapely.intersection(straight, outlines[row]))
            for part in parts[shapely.length(parts) > 0]:
                ends = shapely.points(shapely.get_coordinates(part)[[0, -1]])
                low, high = np.sort(shapely.line_locate_point(straight, ends)) + legs.from_m[leg]
                yield int(row), float(low), float(high)


def _cut_tube(bodies: Bodies, tube: int, legs: Legs, leg: int) -> shapely.Polygon | None:
    """What one straight piece of a section cuts of a tube."""
    way = (legs.end[leg] - legs.start[leg]) / legs.length_m[leg]
    across = np.array([-way[1], way[0]])
    start, end, radius = bodies.start[tube], bodies.end[tube], float(bodies.radius_m[tube])
    length = float(np.linalg.norm(end - start))
    axis = (end - start) / length
    # In the section's own axes: along it, across it, up.
    turned = np.array([axis[:2] @ way, axis[:2] @ across, axis[2]])
    base = np.array([(start[:2] - legs.start[leg]) @ way, (start[:2] - legs.start[leg]) @ across, start[2]])
    shape = _ellipse(base, turned, length, radius) if abs(turned[1]) >= ALONG else _discs(base, turned, length, radius)
    if shape is None:
        return None
    low, high = bodies.heights_of(tube)
    window = shapely.box(0.0, low - 1.0, float(legs.length_m[leg]), high + 1.0)
    with np.errstate(invalid="ignore"):
        found = shapely.intersection(shape, window)
    if shapely.get_type_id(found) != shapely.GeometryType.POLYGON or shapely.area(found) < SMALL_M2:
        return None
    return shapely.transform(found, lambda points: points + np.array([legs.from_m[leg], 0.0]))


def _ellipse(base: Floats, axis: Floats, length: float, radius: float) -> shapely.Polygon | None:
    """The section of a tube that crosses the plane: its ellipse between both ends.

    The plane is across = 0; with w from the place where the axis crosses it, |w|² - (w · d)² = r², d being what the
    axis has in the plane: half axes r / |across| along d, and r beside it.
    """
    share = -base[1] / axis[1]
    centre = base[[0, 2]] + share * axis[[0, 2]]
    flat = axis[[0, 2]]
    size = float(np.hypot(*flat))
    along = flat / size if size > 1e-12 else np.array([1.0, 0.0])
    beside = np.array([-along[1], along[0]])
    turn = np.linspace(0, 2 * np.pi, 4 * _QUARTER, endpoint=False)
    wide = radius / abs(axis[1])
    ring = centre + np.cos(turn)[:, None] * wide * along + np.sin(turn)[:, None] * radius * beside
    shape = shapely.Polygon(ring)
    if size < 1e-12:
        return shape if -1e-9 <= share <= length + 1e-9 else None
    # A point of the plane lies at the place share + w · d of the axis: keep those between its ends.
    stops = (np.array([0.0, length]) - share) / size
    if stops[0] > wide or stops[1] < -wide:
        return None
    far = 2.0 * wide + radius
    low, high = np.clip(stops, -far, far)
    corners = [(low, -far), (high, -far), (high, far), (low, far)]
    between = shapely.Polygon([centre + a * along + b * beside for a, b in corners])
    found = shapely.intersection(shape, between)
    return found if shapely.area(found) > SMALL_M2 else None


def _discs(base: Floats, axis: Floats, length: float, radius: float) -> shapely.Polygon | None:
    """The section of a tube that runs along the plane: the hull of the chords that its discs have in the plane."""
    up = np.array([0.0, 0.0, 1.0]) - axis[2] * axis
    up /= np.linalg.norm(up)
    side = np.cross(axis, up)
    at = np.linspace(0.0, length, _DISCS)
    centres = base + at[:, None] * axis
    reach = radius * float(np.hypot(side[1], up[1]))
    near = np.abs(centres[:, 1]) <= reach
    if not near.any():
        return None
    middle = float(np.arctan2(up[1], side[1]))
    open_ = np.arccos(np.clip(-centres[near, 1] / reach, -1.0, 1.0))
    points = [
        centres[near] + radius * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * up)
        for turn in (middle - open_, middle + open_)
    ]
    hull = shapely.convex_hull(shapely.multipoints(np.vstack(points)[:, [0, 2]]))
    return hull if shapely.get_type_id(hull) == shapely.GeometryType.POLYGON else None


def joined(cuts: list[Cut]) -> list[Cut]:
    """Parts of one object that touch, as at the corners of a line and at the joints of a tube, as one."""
    shapes = dict[int, list[shapely.Polygon]]()
    for cut in cuts:
        shapes.setdefault(cut.owner, []).append(cut.shape)
    found = []
    for owner, several in shapes.items():
        union = several[0] if len(several) == 1 else shapely.union_all(several, grid_size=1e-6)
        found += [Cut(owner, part) for part in shapely.get_parts(union) if shapely.area(part) > SMALL_M2]
    return found
