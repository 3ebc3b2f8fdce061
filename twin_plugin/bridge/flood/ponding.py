"""Waterlogging points of a RESULT as rows of a layer, and how found places agree with reported ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import QgsRasterLayer, QgsRectangle

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.flood.waterlogging.ponding import Agreement, LongestWet, PondedAreas, ponded_areas
from ..kernel.rasterize import outlines
from ..kernel.rasters import crs_text
from ..kernel.ugrid_reader import Result
from .files.result_checks import require_square
from .run_agreement import terrain_doubts

if TYPE_CHECKING:
    import shapely


class ResultPonds:
    """The areas of a RESULT that are `limit_m` deep for `least_min` minutes, of at least an area.

    Attributes
    ----------
    areas : PondedAreas
    warnings : list of Message

    Raises
    ------
    InputError
        When the file cannot be read, or the terrain is in another CRS or place.
    """

    def __init__(
        self,
        path: str,
        terrain: QgsRasterLayer,
        rule: tuple[float, float],
        least_m2: float,
        progress: Progress,
    ) -> None:
        result, (limit_m, least_min), crs = Result(path), rule, terrain.crs()
        if result.crs.isValid() and result.crs != crs:
            raise InputError(
                "The result '{path}' is in {own} and the terrain in {crs}: choose the terrain of the simulation.",
                path=path,
                own=result.crs.authid(),
                crs=crs.authid(),
            )
        require_square(result)
        cells = result.cells
        self._wet = LongestWet(cells.size, limit_m)
        faces = result.number(*cells.centres(np.arange(cells.size)))
        there = np.flatnonzero(faces >= 0)
        depth = np.zeros(cells.size)
        for done, minutes, depth_now, _ in result.steps(faces[there]):
            advance(progress, done, "reading the depths of the result")
            depth[there] = depth_now
            self._wet.add(minutes, depth)
        self._cell_m2 = cells.width * cells.height
        shape = (cells.rows, cells.columns)
        self.areas: PondedAreas = ponded_areas(self._wet, shape, least_min, least_m2 / self._cell_m2)
        self.grid = Grid(np.zeros(shape, np.float32), cells.west, cells.north, cells.width, crs_text(crs))
        self.warnings = [*terrain_doubts(terrain, result, {}), *_doubts(result.minutes, least_min)]

    def rows(self, depressions: np.ndarray, terrain: Grid) -> Iterator[tuple[shapely.Geometry, dict[str, Any]]]:
        """(point, values by column) of each area; `depressions` are ids on the cells of the terrain."""
        import shapely

        cells, labels = self.grid.cells, self.areas.labels.ravel()
        longest = np.zeros(len(self.areas.cells) + 1)
        np.maximum.at(longest, labels, self._wet.minutes)
        for number, deepest in enumerate(self.areas.deepest):
            row, column = divmod(int(deepest), cells.columns)
            x, y = cells.west + (column + 0.5) * cells.width, cells.north - (row + 0.5) * cells.height
            at = int(terrain.cells.index(np.array([x]), np.array([y]))[0])
            yield (
                shapely.Point(x, y),
                {
                    "id": number + 1,
                    "depth_m": float(self._wet.deepest_m[deepest]),
                    "minutes": float(longest[number + 1]),
                    "area_m2": float(self.areas.cells[number]) * self._cell_m2,
                    "depression_id": (int(depressions.ravel()[at]) or None) if at >= 0 else None,
                },
            )

    def shapes(self) -> list[shapely.Geometry]:
        """The outlines of the areas."""
        return list(outlines(self.areas.labels, self.grid).values())


def agreement(
    found: Sequence[shapely.Geometry], reported: Sequence[shapely.Geometry | None], near_m: float
) -> Agreement:
    """Compare places found with places reported: near is at most `near_m` from the outline of a found one."""
    import shapely

    points = [point for point in reported if point is not None and not shapely.is_empty(point)]
    tree = shapely.STRtree(list(found))
    which, place = tree.query(points, "dwithin", near_m) if points and found else (np.zeros(0), np.zeros(0))
    hits = len(np.unique(which))
    return Agreement(hits, len(points) - hits, len(found) - len(np.unique(place)))


def reported_doubts(reported: Sequence[shapely.Geometry | None], extent: QgsRectangle) -> Iterator[Message]:
    """What makes a comparison with reported places mean less: some without a geometry, outside an extent, or none."""
    import shapely

    points = [point for point in reported if point is not None and not shapely.is_empty(point)]
    if missing := len(reported) - len(points):
        yield Message("{n} reported places have no geometry and are left out.", n=missing)
    if not points:
        yield Message("REPORTED has no places: nothing is compared.")
    box = shapely.box(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    if outside := sum(not box.intersects(point) for point in points):
        yield Message("{n} reported places lie outside the terrain and count as misses: check their CRS.", n=outside)


def _doubts(minutes: np.ndarray, least_min: float) -> Iterator[Message]:
    """What a careful reader of the points must know."""
    if len(minutes) and minutes[-1] - minutes[0] < least_min:
        yield Message(
            "The result lasts {length:g} min, less than the {least:g} min of the rule: no cell can be a waterlogging "
            "point. Simulate longer.",
            length=float(minutes[-1] - minutes[0]),
            least=least_min,
        )
    step = float(np.diff(minutes).max(initial=0.0))
    if step > least_min / 2 > 0:
        yield Message(
            "The frames of the result are up to {step:g} min apart, so that the time under water is rough: choose a "
            "smaller output step.",
            step=step,
        )
