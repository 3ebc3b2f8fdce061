"""View corridors: how high one may build below the lines from an eye to what must stay in view; what stands higher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.errors import InputError
from ..common.grid import Grid
from ..common.messages import Message
from ..common.prisms import Bools, Floats, Ints, Prisms
from ..common.progress import Progress, advance, part

STRIP, CONE = "strip", "cone"
SHORTEST_M = 1.0
LEAST_M2 = 1e-4
"""A building that has less in a corridor only touches it."""
LEAST_M = 1e-6
"""Less above the ceiling is rounding."""
TARGET_SHARE = 0.5
"""A building of which the target covers more is the target."""
STRIP_CELLS = 2_000_000
"""Cells that are looked at before the next question whether to go on."""


@dataclass(frozen=True, eq=False)
class Corridor:
    """A view to a target.

    Attributes
    ----------
    id, name, observer, target : str
    x0, y0, eye_m : float
        The eye.
    x1, y1, target_m : float
        The end of the axis, and the lowest elevation there that must be seen.
    area : shapely Polygon
        The corridor in plan.
    lowering_per_m : float
        By what the straight line of sight sinks below the chord of the Earth; 0 for a flat Earth.
    landmark : shapely geometry
        The target in plan.
    """

    id: str
    name: str
    observer: str
    target: str
    x0: float
    y0: float
    eye_m: float
    x1: float
    y1: float
    target_m: float
    area: shapely.Polygon
    lowering_per_m: float
    landmark: shapely.Geometry

    @property
    def length_m(self) -> float:
        return float(np.hypot(self.x1 - self.x0, self.y1 - self.y0))

    def along(self, x: Floats, y: Floats) -> Floats:
        """How far places are from the eye, along the axis."""
        east, north = (self.x1 - self.x0) / self.length_m, (self.y1 - self.y0) / self.length_m
        return np.asarray((np.asarray(x) - self.x0) * east + (np.asarray(y) - self.y0) * north)

    def allowed_m(self, along_m: Floats) -> Floats:
        """The ceiling: the elevation of the line of sight at distances along the axis.

        A line between two places is straight, and levels are round: at s of D metres it is s (D - s) times
        `lowering_per_m` nearer to the level of the sea than the rule of three says.
        """
        share = np.asarray(along_m) / self.length_m
        bend = self.lowering_per_m * np.asarray(along_m) * (self.length_m - np.asarray(along_m))
        return np.asarray(self.eye_m + (self.target_m - self.eye_m) * share - bend)

    def lowest_allowed(self, first_m: Floats, last_m: Floats) -> tuple[Floats, Floats]:
        """The lowest ceiling between two distances and where it is: at an end, or where the bent line is lowest."""
        c = self.lowering_per_m
        slope = (self.target_m - self.eye_m) / self.length_m
        at = np.where(slope > 0, first_m, last_m)
        if c > 0:
            at = np.clip((c * self.length_m - slope) / (2.0 * c), first_m, last_m)
        return self.allowed_m(at), at


@dataclass(frozen=True)
class CorridorForm:
    """The shape of corridors.

    Attributes
    ----------
    kind : str
        STRIP, of one width; or CONE, from the eye to the target's outline, or to a width at the target.
    width_m : float
    lowering_per_m : float
    """

    kind: str
    width_m: float
    lowering_per_m: float = 0.0


def corridor(
    texts: tuple[str, str, str, str], eye: tuple[float, float, float], landmark: shapely.Geometry, target_m: float,
    form: CorridorForm,
) -> Corridor:  # fmt: skip
    """The corridor from an eye (x, y, elevation) to a landmark: a point, or a polygon, whose near side ends the axis.

    Raises
    ------
    InputError
        When they are less than a metre apart.
    """
    start = shapely.Point(eye[:2])
    if shapely.distance(start, landmark) < SHORTEST_M:
        raise InputError(
            "The corridor '{name}' has its eye at its target: move one of them, or leave the pair out.", name=texts[1]
        )
    end = _end(start, landmark)
    if form.kind == STRIP:
        area = shapely.LineString([start, end]).buffer(form.width_m / 2.0, cap_style="flat")
    elif shapely.area(landmark) > 0:
        area = shapely.union_all([start, landmark]).convex_hull
    else:
        area = _triangle(start, end, form.width_m)
    area = _before(area, landmark, start)
    return Corridor(*texts, *eye, end.x, end.y, target_m, area, form.lowering_per_m, landmark)


def _triangle(start: shapely.Point, end: shapely.Point, width_m: float) -> shapely.Polygon:
    """From the eye to a width across the axis at its end."""
    length = float(shapely.distance(start, end))
    east, north = (end.x - start.x) / length * width_m / 2.0, (end.y - start.y) / length * width_m / 2.0
    return shapely.Polygon([start, (end.x + north, end.y - east), (end.x - north, end.y + east)])


def _end(start: shapely.Point, landmark: shapely.Geometry) -> shapely.Point:
    """Where the axis meets a landmark: at a point itself, at a polygon where the way to its middle enters it."""
    middle = shapely.centroid(landmark)
    if not shapely.area(landmark) > 0:
        return middle
    if not shapely.intersects(landmark, middle):
        middle = shapely.point_on_surface(landmark)
    entry = shapely.intersection(shapely.LineString([start, middle]), landmark)
    points = shapely.points(shapely.get_coordinates(entry))
    return points[int(np.argmin(shapely.distance(points, start)))]


def _before(area: shapely.Polygon, landmark: shapely.Geometry, start: shapely.Point) -> shapely.Polygon:
    """The part of a corridor between the eye and the landmark."""
    if not shapely.area(landmark) > 0:
        return area
    parts = shapely.get_parts(shapely.difference(area, landmark))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return parts[int(np.argmin(shapely.distance(parts, start)))]


@dataclass(frozen=True, eq=False)
class Standing:
    """A building in a corridor.

    Attributes
    ----------
    object : int
        Its place in the prisms' ids.
    part : shapely geometry
        What lies in the corridor.
    top_m, allowed_m : float
        Where it exceeds the ceiling by most, or is nearest to it.
    along_m : float
        The distance of that place from the eye.
    """

    object: int
    part: shapely.Geometry
    top_m: float
    allowed_m: float
    along_m: float

    @property
    def exceed_m(self) -> float:
        """By how much it is too high; below 0 what is left."""
        return self.top_m - self.allowed_m

    @property
    def exceeds(self) -> bool:
        return self.exceed_m > LEAST_M


def is_target(view: Corridor, prisms: Prisms) -> Bools:
    """Which objects are the target, or hold the eye: they cannot stand in their own way."""
    found = np.zeros(prisms.objects, bool)
    if not len(prisms):
        return found
    eye, end = shapely.Point(view.x0, view.y0), shapely.Point(view.x1, view.y1)
    own = shapely.intersects(prisms.outlines, eye) & (prisms.top_m > view.eye_m)
    if shapely.area(view.landmark) > 0:
        with np.errstate(invalid="ignore"):  # which GEOS 3.11 raises where shapes do not meet
            share = shapely.area(shapely.intersection(prisms.outlines, view.landmark))
        own |= share > TARGET_SHARE * shapely.area(prisms.outlines)
    else:
        own |= shapely.intersects(prisms.outlines, end)
    found[prisms.owner[own]] = True
    return found


def standing_in(view: Corridor, prisms: Prisms, tree: shapely.STRtree) -> list[Standing]:
    """The buildings of a corridor, without the target and the building of the eye; the highest above it first.

    Parameters
    ----------
    tree : STRtree
        Of the prisms' outlines.
    """
    near = np.sort(tree.query(view.area, predicate="intersects"))
    near = near[~is_target(view, prisms)[prisms.owner[near]]]
    if not len(near):
        return []
    parts = shapely.intersection(prisms.outlines[near], view.area)
    kept = shapely.area(parts) > LEAST_M2
    near, parts = near[kept], parts[kept]
    found: dict[int, Standing] = {}
    for prism, piece in zip(near.tolist(), parts, strict=True):
        points = shapely.get_coordinates(piece)
        along = np.clip(view.along(points[:, 0], points[:, 1]), 0.0, view.length_m)
        allowed, at = view.lowest_allowed(along.min(), along.max())
        number, top = int(prisms.owner[prism]), float(prisms.top_m[prism])
        new, old = Standing(number, piece, top, float(allowed), float(at)), found.get(number)
        if old is not None:
            whole = shapely.union(old.part, piece)
            worse = new if new.exceed_m > old.exceed_m else old
            new = Standing(number, whole, worse.top_m, worse.allowed_m, worse.along_m)
        found[number] = new
    return sorted(found.values(), key=lambda item: -item.exceed_m)


@dataclass(frozen=True)
class TerrainInView:
    """The terrain of a corridor.

    Attributes
    ----------
    cells, unknown : int
        Cells in it, and those of them without a height.
    exceed_m : float
        How far it rises above the ceiling at most; below 0 what is left; NaN where nothing is known.
    along_m : float
        The distance of that place from the eye.
    """

    cells: int
    unknown: int
    exceed_m: float
    along_m: float


def terrain_in(view: Corridor, terrain: Grid, progress: Progress) -> TerrainInView:
    """Compare the terrain with the ceiling, but for one cell at the eye and at the target."""
    cells, unknown, most, where = 0, 0, np.nan, np.nan
    for rows, columns, x, y in cells_within(view.area, terrain, progress):
        along = view.along(x, y)
        between = (along > terrain.cell_m) & (along < view.length_m - terrain.cell_m)
        heights = terrain.values[rows[between], columns[between]].astype(np.float64)
        over = heights - view.allowed_m(along[between])
        cells, unknown = cells + len(over), unknown + int(np.isnan(over).sum())
        if np.isfinite(over).any():
            top = int(np.nanargmax(over))
            if not over[top] <= most:
                most, where = float(over[top]), float(along[between][top])
    return TerrainInView(cells, unknown, most, where)


def cells_within(area: shapely.Polygon, grid: Grid, progress: Progress) -> Iterator[tuple[Ints, Ints, Floats, Floats]]:
    """Row, column and centre of the cells whose centres lie in a polygon, some rows at a time.

    The outline is cut with the line through the centres of each row; cells between two cuts lie within (even and odd).
    """
    rings = [np.asarray(ring.coords)[:, :2] for ring in (area.exterior, *area.interiors)]
    x0, y0, x1, y1 = (
        np.concatenate([ring[part, axis] for ring in rings])
        for part, axis in ((slice(-1), 0), (slice(-1), 1), (slice(1, None), 0), (slice(1, None), 1))
    )
    _, south, _, north = area.bounds
    top, low = (int(np.clip((grid.north - y) // grid.cell_m + k, 0, grid.rows)) for y, k in ((north, 0), (south, 1)))
    step = max(1, STRIP_CELLS // max(grid.columns, len(x0)))
    for first in range(top, low, step):
        advance(progress, (first - top) / max(low - top, 1))
        rows = np.arange(first, min(first + step, low))
        y = (grid.north - (rows + 0.5) * grid.cell_m)[:, None]
        cuts = np.full((len(rows), len(x0)), np.inf)
        crossed = (y0 <= y) != (y1 <= y)
        row, edge = np.nonzero(crossed)
        share = (y[row, 0] - y0[edge]) / (y1[edge] - y0[edge])
        cuts[row, edge] = x0[edge] + share * (x1[edge] - x0[edge])
        cuts = np.sort(cuts, axis=1)
        cuts = cuts[:, : crossed.sum(axis=1).max(initial=0)]
        ends = np.clip(np.ceil((cuts - grid.west) / grid.cell_m - 0.5), 0, grid.columns).astype(np.int64)
        begin, count = ends[:, ::2].ravel(), np.maximum(ends[:, 1::2] - ends[:, ::2], 0).ravel()
        number = np.repeat(rows, cuts.shape[1] // 2)
        all_rows = np.repeat(number, count)
        inside = np.arange(len(all_rows)) - np.repeat(np.cumsum(count) - count, count)
        columns = np.repeat(begin, count) + inside
        yield (
            all_rows,
            columns,
            grid.west + (columns + 0.5) * grid.cell_m,
            grid.north - (all_rows + 0.5) * grid.cell_m,
        )


def ceiling(views: list[Corridor], grid: Grid, progress: Progress) -> Grid:
    """The lowest ceiling of all corridors on the cells of a grid; NaN outside them."""
    values = np.full((grid.rows, grid.columns), np.nan, np.float32)
    for number, view in enumerate(views):
        mine = part(progress, number / len(views), (number + 1) / len(views))
        for rows, columns, x, y in cells_within(view.area, grid, mine):
            along = np.clip(view.along(x, y), 0.0, view.length_m)
            values[rows, columns] = np.fmin(values[rows, columns], view.allowed_m(along))
    return Grid(values, grid.west, grid.north, grid.cell_m, grid.crs)


def zones(view: Corridor, step_m: float) -> Iterator[tuple[shapely.Geometry, float, float]]:
    """Parts of a corridor by classes of the ceiling: the part, and the elevations between which its ceiling lies."""
    cuts = max(2, min(5000, int(np.ceil(view.length_m))))
    along = np.linspace(0.0, view.length_m, cuts + 1)
    levels = np.floor(view.allowed_m((along[1:] + along[:-1]) / 2.0) / step_m)
    new = np.flatnonzero(np.r_[True, levels[1:] != levels[:-1]])
    east, north = (view.x1 - view.x0) / view.length_m, (view.y1 - view.y0) / view.length_m
    west, south, right, top = view.area.bounds
    reach = right - west + top - south + 1.0
    for first, last in zip(new.tolist(), [*new[1:].tolist(), cuts], strict=True):
        # The corridor may go on beyond the axis at a polygon, and begins at the eye.
        near = along[first] if first else -reach
        far = along[last] if last < cuts else view.length_m + reach
        corners = [
            (view.x0 + east * s - north * side, view.y0 + north * s + east * side)
            for s, side in ((near, reach), (near, -reach), (far, -reach), (far, reach))
        ]
        piece = shapely.intersection(view.area, shapely.Polygon(corners))
        if shapely.area(piece) > LEAST_M2:
            yield piece, float(levels[first] * step_m), float((levels[first] + 1) * step_m)


def note_of_targets(views: list[Corridor], prisms: Prisms) -> list[Message]:
    """What is said of buildings that are targets or hold an eye."""
    own = np.zeros(prisms.objects, bool)
    for view in views:
        own |= is_target(view, prisms)
    if not own.any():
        return []
    return [
        Message(
            "{n} buildings are targets or hold an eye, such as '{id}': they do not count as obstacles.",
            n=int(own.sum()),
            id=prisms.ids[int(np.flatnonzero(own)[0])],
        )
    ]
