"""Checks a terrain of any size tile by tile and writes the mended one: the answer is that of one piece, bit for bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...common.grid import FloatArray, Grid
from ...common.progress import Progress, advance, part, silent
from .bridge_kernels import open_channels
from .cell_runs import CellRuns, Regions, joined, regions, runs_of
from .diagonals import open_corners
from .extreme_kernels import fill_small
from .limits import BANK_SHARE, WALL_CELLS, CellLimits, Kind
from .no_data import Census, MarkSearch
from .run_warnings import COMPARED, shifted, steepness
from .seams import Seam, StepSegment, seams, step_segments
from .walls import long_ones, ridge_heights
from .water_lines import WaterLines

TILE = 1024
"""Cells of a tile's edge; a multiple of the blocks of files (256) and of `seams.SEGMENT`."""
COMPARED_COLUMNS = 4096
"""So many columns in the middle are compared for the steepness."""
ROWS = 16
"""So many rows are searched between two looks whether to go on."""

Mask = NDArray[np.bool_]
FOUND_BY_DEPTH = (Kind.PIT, Kind.SPIKE, Kind.DIAGONAL, Kind.BRIDGE, Kind.WALL, Kind.FLAT, Kind.HOLE)


class Terrain(Protocol):
    """A terrain that is read in windows, square cells in rows from north to south.

    Attributes
    ----------
    rows, columns : int
    cell_m : float
    factor, offset : float
        What brings its numbers to heights in m.
    """

    rows: int
    columns: int
    cell_m: float
    factor: float
    offset: float

    def read(self, row: int, column: int, rows: int, columns: int) -> FloatArray:
        """The numbers of a window as float64; NaN without data and outside the terrain."""


Write = Callable[[int, int, FloatArray], None]
"""Takes a tile of the mended terrain: its first row and column, and heights in m with NaN without data."""


@dataclass(frozen=True)
class Plan:
    """What is checked, and what is mended.

    Attributes
    ----------
    checks, mends : frozenset of Kind
    limits : CellLimits
    lines : WaterLines
    tile : int
    """

    checks: frozenset[Kind]
    mends: frozenset[Kind]
    limits: CellLimits
    lines: WaterLines
    tile: int = TILE


@dataclass
class Survey:
    """What was found.

    Attributes
    ----------
    census : Census
    marks : list of (float, Regions)
        Values that stand for no data, in the numbers of the file.
    found : dict of Kind to Regions
        Connected cells of each kind; their values are depths and heights in m.
    seams : list of Seam
    slope : float
        Median slope, as a tangent.
    changed : int
        Cells whose heights are not those of the terrain.
    """

    census: Census
    marks: list[tuple[float, Regions]] = field(default_factory=list)
    found: dict[Kind, Regions] = field(default_factory=dict)
    seams: list[Seam] = field(default_factory=list)
    slope: float = 0.0
    changed: int = 0


def survey(terrain: Terrain, plan: Plan, write: Write | None = None, progress: Progress = silent) -> Survey:
    """Check a terrain, and write the mended one.

    Parameters
    ----------
    terrain : Terrain
    plan : Plan
    write : Write, optional
        Gets every tile of the mended terrain once.
    progress : Progress
        Asked within a second whether to go on.

    Raises
    ------
    Cancelled
        When `progress` answers False.
    """
    result = Survey(Census(terrain.factor, terrain.offset))
    tiles = list(_tiles(terrain, plan.tile))
    for number, (row, column, rows, columns) in enumerate(tiles):
        advance(progress, 0.1 * number / len(tiles), "looking at the values")
        result.census.add(terrain.read(row, column, rows, columns))
    result.slope = _slope(terrain, progress)
    if Kind.NO_DATA in plan.checks:
        result.marks = _marks(terrain, tiles, result.census, part(progress, 0.1, 0.2))
    holes = joined(found.runs for _, found in result.marks) if Kind.NO_DATA in plan.mends else joined(())
    if len(plan.lines):
        for row, column, rows, columns in tiles:
            advance(progress, 0.2)
            plan.lines.take(_heights(terrain, holes, row, column, rows, columns), row, column)
        plan.lines.settle()
    look = _Look(terrain, plan, holes)
    for number, (row, column, rows, columns) in enumerate(tiles):
        share = part(progress, 0.2 + 0.7 * number / len(tiles), 0.2 + 0.7 * (number + 1) / len(tiles))
        mended = look.at(row, column, rows, columns, share)
        if write is not None:
            write(row, column, mended)
    advance(progress, 0.9, "joining what the tiles have")
    _join(result, look, terrain)
    return result


def _tiles(terrain: Terrain, size: int) -> Iterator[tuple[int, int, int, int]]:
    for row in range(0, terrain.rows, size):
        for column in range(0, terrain.columns, size):
            yield row, column, min(size, terrain.rows - row), min(size, terrain.columns - column)


def _heights(terrain: Terrain, holes: CellRuns, row: int, column: int, rows: int, columns: int) -> FloatArray:
    """Heights in m of a window, without what stands for no data."""
    values = np.ascontiguousarray(terrain.read(row, column, rows, columns), np.float64)
    if (terrain.factor, terrain.offset) != (1.0, 0.0):
        values = values * terrain.factor + terrain.offset
    if len(holes):
        values[holes.mask(row, column, (rows, columns))] = np.nan
    return values


def _slope(terrain: Terrain, progress: Progress) -> float:
    """Median slope of pairs of rows, evenly over the terrain."""
    step, columns = max(1, terrain.rows // COMPARED), min(terrain.columns, COMPARED_COLUMNS)
    left = (terrain.columns - columns) // 2
    pairs = []
    for row in range(0, terrain.rows - 1, step):
        advance(progress, 0.1)
        pairs.append(terrain.read(row, left, 2, columns))
    if not pairs:
        return 0.0
    gaps = np.full((1, columns), np.nan)
    values = np.concatenate([line for pair in pairs for line in (pair, gaps)])
    return abs(terrain.factor) * steepness(Grid(values, 0.0, 0.0, terrain.cell_m))


def _marks(
    terrain: Terrain, tiles: list[tuple[int, int, int, int]], census: Census, progress: Progress
) -> list[tuple[float, Regions]]:
    """The values that stand for no data; the terrain is read again only where some may."""
    search = MarkSearch(census.candidates, terrain.factor, terrain.offset)
    if not (search.values or census.far):
        return []
    for number, (row, column, rows, columns) in enumerate(tiles):
        advance(progress, number / len(tiles), "looking for undeclared no data")
        search.add(terrain.read(row - 1, column - 1, rows + 2, columns + 2), row, column)
    return search.found()


class _Look:
    """Checks tiles one after the other, and keeps what they have."""

    def __init__(self, terrain: Terrain, plan: Plan, holes: CellRuns) -> None:
        self.terrain, self.plan, self.holes = terrain, plan, holes
        self.runs: dict[Kind, list[CellRuns]] = {kind: [] for kind in FOUND_BY_DEPTH if kind in plan.checks}
        self.steps: list[StepSegment] = []
        self.changed = 0

    def at(self, row: int, column: int, rows: int, columns: int, progress: Progress) -> FloatArray:
        """Check a tile; returns its mended heights."""
        checks, limits, halo = self.plan.checks, self.plan.limits, self.plan.limits.halo
        window = (row - halo, column - halo, rows + 2 * halo, columns + 2 * halo)
        self.inner, self.place = (slice(halo, halo + rows), slice(halo, halo + columns)), (row, column)
        advance(progress, 0.0, "checking the heights")
        given = _heights(self.terrain, self.holes, *window)
        if Kind.SEAM in checks:
            self.steps += step_segments(given, halo, row, column, limits.limits.seam_step_m)
        advance(progress, 0.05)
        if Kind.FLAT in checks:
            level = np.logical_and.reduce(
                [shifted(given, *step) == given for step in ((0, 1), (0, -1), (1, 0), (-1, 0))]
            )
            self._keep(Kind.FLAT, level, given)
        if Kind.HOLE in checks:
            missing = np.isnan(self.terrain.read(row, column, rows, columns))
            self.runs[Kind.HOLE].append(runs_of(missing, np.zeros(missing.shape), row, column))
        heights = self._spikes(given, part(progress, 0.1, 0.3))
        heights = self._pits(heights, part(progress, 0.3, 0.5))
        advance(progress, 0.5)
        heights = self._diagonals(heights)
        heights = self._bridges(heights, part(progress, 0.55, 0.95))
        if Kind.WALL in checks:
            advance(progress, 0.95)
            around = tuple(slice(part.start - WALL_CELLS, part.stop + WALL_CELLS) for part in self.inner)
            ridge = np.zeros(heights.shape)
            ridge[around] = ridge_heights(heights[around], limits)
            self._keep(Kind.WALL, ridge > 0.0, ridge)
        before, after = given[self.inner], heights[self.inner]
        self.changed += int((~((before == after) | (np.isnan(before) & np.isnan(after)))).sum())
        return after

    def _keep(self, kind: Kind, mask: Mask, values: FloatArray) -> None:
        self.runs[kind].append(runs_of(mask[self.inner], values[self.inner], *self.place))

    def _found(self, kind: Kind, before: FloatArray, after: FloatArray) -> FloatArray:
        """Keep where heights change, and give those to go on with."""
        with np.errstate(invalid="ignore"):
            change = np.abs(after - before)
            self._keep(kind, change > 0.0, change)
        return after if kind in self.plan.mends else before

    def _spikes(self, heights: FloatArray, progress: Progress) -> FloatArray:
        if Kind.SPIKE not in self.plan.checks:
            return heights
        return self._found(Kind.SPIKE, heights, -self._filled(-heights, self.plan.limits.spike_m, progress))

    def _pits(self, heights: FloatArray, progress: Progress) -> FloatArray:
        if Kind.PIT not in self.plan.checks:
            return heights
        filled = self._filled(heights, self.plan.limits.limits.pit_depth_m, progress)
        return self._found(Kind.PIT, heights, filled)

    def _filled(self, heights: FloatArray, least_m: float, progress: Progress) -> FloatArray:
        filled, limits = heights.copy(), self.plan.limits
        for first in range(0, len(heights), ROWS):
            advance(progress, first / len(heights))
            fill_small(heights, first, first + ROWS, limits.pit_cells, limits.pit_reach, least_m, filled)
        return filled

    def _diagonals(self, heights: FloatArray) -> FloatArray:
        if Kind.DIAGONAL not in self.plan.checks:
            return heights
        opened, channel = open_corners(heights)
        sides = np.fmin.reduce([shifted(heights, *step) for step in ((0, 1), (0, -1), (1, 0), (-1, 0))])
        self._keep(Kind.DIAGONAL, channel, sides - heights)
        return opened if Kind.DIAGONAL in self.plan.mends else heights

    def _bridges(self, heights: FloatArray, progress: Progress) -> FloatArray:
        if Kind.BRIDGE not in self.plan.checks:
            return heights
        limits, opened = self.plan.limits, heights.copy()
        row, column = (place - limits.halo for place in self.place)
        if len(self.plan.lines):
            self.plan.lines.lower(opened, row, column)
        ground, deck_m = opened.copy(), limits.limits.bridge_height_m
        sizes = limits.search, limits.breach, limits.channel, deck_m, BANK_SHARE * deck_m
        for first in range(0, len(heights), ROWS):
            advance(progress, first / len(heights))
            open_channels(ground, first, first + ROWS, *sizes, opened)
        return self._found(Kind.BRIDGE, heights, opened)


def _join(result: Survey, look: _Look, terrain: Terrain) -> None:
    """Regions and seams of all tiles."""
    limits = look.plan.limits
    for kind, parts in look.runs.items():
        found = regions(joined(parts), corners=kind not in (Kind.HOLE, Kind.FLAT))
        if kind in (Kind.PIT, Kind.SPIKE) and len(found):  # the rim's own hollows are filled too, and no pits
            least_m = limits.limits.pit_depth_m if kind is Kind.PIT else limits.spike_m
            found = found.taken(found.most >= least_m)
        if kind is Kind.WALL and len(found):
            found = found.taken(long_ones(found, limits))
        if kind is Kind.FLAT and len(found):
            large = found.cells * limits.cell_m**2 >= limits.limits.flat_area_m2
            found = found.taken(large & (not result.census.whole))
        if kind is Kind.HOLE and len(found):
            top, left, bottom, right = found.boxes
            found = found.taken((top > 0) & (left > 0) & (bottom < terrain.rows) & (right < terrain.columns))
        result.found[kind] = found
    result.seams, result.changed = seams(look.steps, limits), look.changed + int(look.holes.cells.sum())
