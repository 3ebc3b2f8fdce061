"""What of each upright column of a building lies in its envelope: exact heights, a flood of voxels from outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .element_triangles import ElementTriangles
from .model import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_VOXELS = 3_000_000
FINEST_M = 0.2
MOST_SAMPLES = 2_000_000
"""Cells or points that are worked on at a time."""

UPRIGHT = 1e-9
"""Twice the area in plan (m2) below which a triangle counts as upright."""

OFF_CENTRE = (0.4142, 0.3819)
"""Share of a cell by which the grid is shifted, so that no edge of a model runs through the cells' centres."""

SAME_M = 1e-4
APART = 1e5
"""More than any height, m: keeps the columns apart where all are sorted at once."""


@dataclass(frozen=True, eq=False)
class EnvelopeColumns:
    """The columns of a grid in plan, one for each cell, above a level.

    Attributes
    ----------
    west, south, cell_m : float
        Corner of the grid in the frame of the triangles, and its cells' width.
    shape : (int, int)
        EnvelopeColumns along x and along y.
    top_m, bottom_m : ndarray of float64, shape (nx, ny)
        The highest point of the envelope and the lowest of the same run below it; NaN where there is nothing.
    top_face, bottom_face : ndarray of int64, shape (nx, ny)
        The triangles at these; -1 for none, and for the level itself.
    stand_m : ndarray of float64, shape (nx, ny)
        Where that run hangs over: the top of what stands on the level below it; NaN for none.
    stand_face : ndarray of int64, shape (nx, ny)
        The triangle there; -1 for none.
    inside_m : ndarray of float64, shape (nx, ny)
        How much of the column lies in the envelope.
    """

    west: float
    south: float
    cell_m: float
    top_m: Floats
    bottom_m: Floats
    top_face: Ints
    bottom_face: Ints
    stand_m: Floats
    stand_face: Ints
    inside_m: Floats

    @property
    def volume_m3(self) -> float:
        """Volume of the envelope above the level, m3."""
        return float(self.inside_m.sum()) * self.cell_m**2

    def at(self, places: Floats) -> Ints:
        """The flat number of the column in which each place (n, 2) lies, or of the nearest at the edge."""
        nx, ny = self.top_m.shape
        x = np.clip((places[:, 0] - self.west) // self.cell_m, 0, nx - 1).astype(np.int64)
        y = np.clip((places[:, 1] - self.south) // self.cell_m, 0, ny - 1).astype(np.int64)
        return np.asarray(x * ny + y)

    def centres(self) -> tuple[Floats, Floats]:
        """x and y of the columns' centres, each of shape (nx, ny)."""
        nx, ny = self.top_m.shape
        x = self.west + (np.arange(nx) + 0.5) * self.cell_m
        y = self.south + (np.arange(ny) + 0.5) * self.cell_m
        return tuple(np.meshgrid(x, y, indexing="ij"))  # type: ignore[return-value]


def columns_of(triangles: ElementTriangles, level_m: float, cell_m: float = 0.0) -> EnvelopeColumns | None:
    """The envelope of elements above a level: they, and what air they keep from the outside.

    Air is outside where a flood of voxels from above and from the sides comes; voxels that a face touches stop it, so
    that gaps narrower than a cell are closed. Heights are exact at the centre of each column.

    Parameters
    ----------
    triangles : ElementTriangles
    level_m : float
        Nothing below this counts; the flood does not come from there.
    cell_m : float, optional
        Width of the cells; by default 0.2 m, or what makes three million voxels.

    Returns
    -------
    EnvelopeColumns or None
        None where nothing rises above the level.
    """
    rising = triangles.corners[:, :, 2].max(axis=1) > level_m
    keep = np.isin(triangles.owner, np.unique(triangles.owner[rising]))
    if not keep.any():
        return None
    own = ElementTriangles(triangles.corners[keep], triangles.owner[keep])
    low, high = own.corners.min(axis=(0, 1)), own.corners.max(axis=(0, 1))
    size = high - np.append(low[:2], level_m)
    cell_m = cell_m or max(FINEST_M, float(np.prod(size + 2.0) / MOST_VOXELS) ** (1 / 3))
    west, south = (float(low[i] - (2.0 + OFF_CENTRE[i]) * cell_m) for i in range(2))
    nx, ny = (int(np.ceil((high[i] - (west, south)[i]) / cell_m)) + 3 for i in range(2))
    nz = int(np.ceil(size[2] / cell_m)) + 2
    grid = (west, south, cell_m, nx, ny)
    outside = _flood(_touched(own, (west, south, level_m), cell_m, (nx, ny, nz)))
    face, column, z = _crossings(own, grid)
    runs = _runs(own, face, column, z, level_m)
    gaps = _Gaps.between(runs, nx * ny, level_m, level_m + nz * cell_m)
    air = gaps.outside(outside, level_m, cell_m)
    found = _envelope(runs, air, nx * ny, level_m)
    inside = found.inside + np.bincount(gaps.column[~air], (gaps.high - gaps.low)[~air], nx * ny)
    originals = np.append(np.flatnonzero(keep), -1)
    shape = (nx, ny)
    return EnvelopeColumns(
        west,
        south,
        cell_m,
        found.top.reshape(shape),
        found.bottom.reshape(shape),
        originals[found.top_face].reshape(shape),
        originals[found.bottom_face].reshape(shape),
        found.stand.reshape(shape),
        originals[found.stand_face].reshape(shape),
        inside.reshape(shape),
    )


def _touched(
    triangles: ElementTriangles, origin: tuple[float, float, float], cell_m: float, shape: tuple[int, ...]
) -> Bools:
    """The voxels that faces touch, found by points on them that lie nearer to each other than half a voxel."""
    full = np.zeros(shape, dtype=np.bool_)
    a, b, c = (triangles.corners[:, i] for i in range(3))
    longest = np.max([np.linalg.norm(p - q, axis=1) for p, q in ((a, b), (b, c), (c, a))], axis=0)
    steps = np.maximum(1, np.ceil(longest / (0.5 * cell_m)).astype(np.int64))
    order = np.argsort(steps, kind="stable")
    values, starts = np.unique(steps[order], return_index=True)
    ends = np.append(starts[1:], len(order))
    zero = np.array(origin)
    for n, start, end in zip(values.tolist(), starts.tolist(), ends.tolist(), strict=True):
        i, j = np.triu_indices(n + 1)
        u, v = i / n, (j - i) / n
        batch = max(1, MOST_SAMPLES // len(u))
        for first in range(start, end, batch):
            some = order[first : min(first + batch, end)]
            base, along, across = a[some], b[some] - a[some], c[some] - a[some]
            points = base[:, None] + u[None, :, None] * along[:, None] + v[None, :, None] * across[:, None]
            place = np.floor((points.reshape(-1, 3) - zero) / cell_m).astype(np.int64)
            place = place[(place[:, 2] >= 0) & (place[:, 2] < shape[2])]
            full[place[:, 0], place[:, 1], place[:, 2]] = True
    return full


def _flood(full: Bools) -> Bools:
    """The free voxels that a flood from above and from the sides reaches."""
    free = ~full
    wet = np.zeros_like(free)
    wet[:, :, -1] = wet[0] = wet[-1] = True
    wet[:, 0] = wet[:, -1] = True
    wet &= free
    before = -1
    while (count := int(wet.sum())) != before:
        before = count
        for axis in (2, 0, 1):
            for back in (True, False):
                _sweep(wet, free, axis, back)
    return wet


def _sweep(wet: Bools, free: Bools, axis: int, back: bool) -> None:
    """Carry the flood along an axis, in place."""
    if back:
        wet, free = np.flip(wet, axis), np.flip(free, axis)
    size = wet.shape[axis]
    index = np.arange(1, size + 1, dtype=np.int16 if size < 30_000 else np.int32)
    index = index.reshape([-1 if i == axis else 1 for i in range(3)])
    last_wet = np.maximum.accumulate(np.where(wet, index, 0), axis=axis)
    last_full = np.maximum.accumulate(np.where(free, 0, index), axis=axis)
    wet |= free & (last_wet > last_full)


def _crossings(triangles: ElementTriangles, grid: tuple[float, float, float, int, int]) -> tuple[Ints, Ints, Floats]:
    """Where the vertical lines through the cells' centres meet triangles: the triangle, the cell, z."""
    west, south, cell_m, _, ny = grid
    twice = triangles.twice_plan_m2
    some = np.flatnonzero(np.abs(twice) > UPRIGHT)
    flat = (triangles.corners[some][:, :, :2] - (west, south)) / cell_m - 0.5
    low = np.ceil(flat.min(axis=1)).astype(np.int64)
    high = np.floor(flat.max(axis=1)).astype(np.int64)
    wide = np.maximum(high - low + 1, 0)
    counts = wide[:, 0] * wide[:, 1]
    found: list[tuple[Ints, Ints, Floats]] = []
    ends = np.cumsum(counts)
    start = 0
    while start < len(some):
        done = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, done + MOST_SAMPLES, side="right")))
        rows = np.repeat(np.arange(start, end), counts[start:end])
        place = np.arange(len(rows)) - np.repeat(ends[start:end] - counts[start:end] - done, counts[start:end])
        x = low[rows, 0] + place // np.maximum(wide[rows, 1], 1)
        y = low[rows, 1] + place % np.maximum(wide[rows, 1], 1)
        a, b, c = (flat[rows, i] for i in range(3))
        whole = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
        second = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (y - a[:, 1]) * (c[:, 0] - a[:, 0])) / whole
        third = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x - a[:, 0])) / whole
        hit = (second >= 0) & (third >= 0) & (second + third <= 1)
        own = some[rows[hit]]
        heights = triangles.corners[own][:, :, 2]
        z = heights[:, 0] + second[hit] * (heights[:, 1] - heights[:, 0]) + third[hit] * (heights[:, 2] - heights[:, 0])
        found.append((own, x[hit] * ny + y[hit], z))
        start = end
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    face, column, z = (np.concatenate(part) for part in zip(*found, strict=True))
    return face, column, z


@dataclass(frozen=True, eq=False)
class _Runs:
    """Intervals of columns, sorted by column and height, with the faces at their ends; they do not overlap."""

    column: Ints
    low: Floats
    high: Floats
    low_face: Ints
    high_face: Ints


def _runs(triangles: ElementTriangles, face: Ints, column: Ints, z: Floats, level_m: float) -> _Runs:
    """What elements fill of each column above a level."""
    down = triangles.twice_plan_m2[face] < 0
    owner = triangles.owner[face]
    order = np.lexsort((~down, z, owner, column))
    face, column, z, owner, down = face[order], column[order], z[order], owner[order], down[order]
    first = np.flatnonzero(np.diff(column, prepend=-1).astype(np.bool_) | np.diff(owner, prepend=-1).astype(np.bool_))
    if not len(first):
        none = np.zeros(0, np.int64)
        return _Runs(none, np.zeros(0), np.zeros(0), none, none)
    counts = np.diff(first, append=len(z))
    group = np.repeat(np.arange(len(first)), counts)
    # From below, a face that looks down leads into the element, one that looks up out of it.
    depth = np.cumsum(np.where(down, 1, -1))
    depth -= np.repeat(depth[first] - np.where(down, 1, -1)[first], counts)
    last = first + counts - 1
    sound = (depth[last] == 0) & (np.minimum.reduceat(depth, first) >= 0)
    inner = sound[group] & (depth != 0)
    enters = np.zeros(len(z), dtype=np.bool_)
    enters[first] = True
    before = np.append(0, depth[:-1])
    enters |= sound[group] & (before == 0)
    leaves = np.zeros(len(z), dtype=np.bool_)
    leaves[last] = True
    leaves |= sound[group] & ~inner
    column, low, high = column[enters], z[enters], z[leaves]
    return _merged(_Runs(column, low, high, face[enters], face[leaves]), level_m)


def _merged(runs: _Runs, level_m: float) -> _Runs:
    """The same without overlaps, and without what lies below a level."""
    keep = runs.high > level_m + SAME_M
    column, low, high = runs.column[keep], np.maximum(runs.low[keep], level_m), runs.high[keep]
    low_face, high_face = np.where(runs.low[keep] > level_m, runs.low_face[keep], -1), runs.high_face[keep]
    order = np.lexsort((low, column))
    column, low, high, low_face, high_face = (part[order] for part in (column, low, high, low_face, high_face))
    if not len(column):
        return _Runs(column, low, high, low_face, high_face)
    reach = np.maximum.accumulate(high + column * APART)
    new = np.ones(len(column), dtype=np.bool_)
    new[1:] = (low[1:] + column[1:] * APART > reach[:-1] + SAME_M) | (column[1:] != column[:-1])
    start = np.flatnonzero(new)
    top = np.maximum.reduceat(high, start)
    number = np.cumsum(new) - 1
    # The face at the top of each run is that of the interval which reaches highest.
    by_height = np.lexsort((high, number))
    ends = np.append(start[1:], len(column)) - 1
    return _Runs(column[start], low[start], top, low_face[start], high_face[by_height[ends]])


@dataclass(frozen=True, eq=False)
class _Gaps:
    """The air between the runs of each column, and above and below them."""

    column: Ints
    low: Floats
    high: Floats

    @classmethod
    def between(cls, runs: _Runs, columns: int, level_m: float, top_m: float) -> _Gaps:
        every = np.arange(columns)
        column = np.concatenate([every, runs.column])
        low = np.concatenate([np.full(columns, level_m), runs.high])
        order = np.lexsort((low, column))
        column, low = column[order], low[order]
        # Each gap ends where the next run of its column begins; the lowest begins at the level.
        high = np.full(len(low), top_m)
        first = np.flatnonzero(np.diff(column, prepend=-1))
        place = np.arange(len(column)) - np.repeat(first, np.diff(first, append=len(column)))
        counts = np.bincount(runs.column, minlength=columns)
        starts = np.cumsum(counts) - counts
        has = place < counts[column]
        high[has] = runs.low[starts[column[has]] + place[has]]
        return cls(column, low, high)

    def outside(self, wet: Bools, level_m: float, cell_m: float) -> Bools:
        """Which of them the flood reaches, in their own column or, where a face hides that, in one beside it."""
        ny = wet.shape[1]
        counts = np.zeros((wet.shape[0], ny, wet.shape[2] + 1), dtype=np.int32)
        np.cumsum(wet, axis=2, out=counts[:, :, 1:], dtype=np.int32)
        x, y = self.column // ny, self.column % ny
        bottom = np.clip(np.ceil((self.low - level_m) / cell_m - 0.5).astype(np.int64), 0, wet.shape[2])
        top = np.clip(np.ceil((self.high - level_m) / cell_m - 0.5).astype(np.int64), bottom, wet.shape[2])
        reached = counts[x, y, top] > counts[x, y, bottom]
        # Beside a wall the flood stops one voxel early: there the air of the next column decides.
        free = np.zeros(wet.shape, dtype=np.bool_)
        some = np.flatnonzero(reached)
        _fill(free, x[some], y[some], bottom[some], top[some])
        open_air = np.zeros_like(counts)
        np.cumsum(free, axis=2, out=open_air[:, :, 1:], dtype=np.int32)
        rest = np.flatnonzero(~reached & (top > bottom))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            i, j = np.clip(x[rest] + dx, 0, wet.shape[0] - 1), np.clip(y[rest] + dy, 0, ny - 1)
            seen = open_air[i, j, top[rest]] - open_air[i, j, bottom[rest]]
            reached[rest] |= 2 * seen > top[rest] - bottom[rest]
        return np.asarray(reached)


def _fill(free: Bools, x: Ints, y: Ints, bottom: Ints, top: Ints) -> None:
    """Mark the voxels of intervals of columns, in place."""
    change = np.zeros((*free.shape[:2], free.shape[2] + 1), dtype=np.int32)
    np.add.at(change, (x, y, bottom), 1)
    np.add.at(change, (x, y, top), -1)
    free |= np.cumsum(change, axis=2)[:, :, :-1] > 0


@dataclass(frozen=True, eq=False)
class _ColumnEnds:
    """Columns in one row: heights and faces as `EnvelopeColumns` has them, and the length in elements."""

    top: Floats
    bottom: Floats
    stand: Floats
    top_face: Ints
    bottom_face: Ints
    stand_face: Ints
    inside: Floats


def _envelope(runs: _Runs, air: Bools, columns: int, level_m: float) -> _ColumnEnds:
    """Where the uppermost run of elements and kept air ends in each column, and what stands below it."""
    top, bottom, stand = (np.full(columns, np.nan) for _ in range(3))
    top_face, bottom_face, stand_face = (np.full(columns, -1) for _ in range(3))
    inside: Floats = np.bincount(runs.column, runs.high - runs.low, columns).astype(np.float64)
    if len(runs.column):
        counts = np.bincount(runs.column, minlength=columns)
        starts = np.cumsum(counts) - counts
        has = np.flatnonzero(counts)
        first, last = starts[has], starts[has] + counts[has] - 1
        top[has], top_face[has] = runs.high[last], runs.high_face[last]
        # The gap below a run has the run's place and one more for each column before it: go down while none is outside.
        own = np.arange(len(runs.column))
        below = air[own + runs.column]
        lowest = np.maximum.accumulate(np.where(below, own, -1))[last]
        hangs = lowest >= first
        low_run = np.where(hangs, lowest, first)
        bottom[has] = np.where(hangs, runs.low[low_run], level_m)
        bottom_face[has] = np.where(hangs, runs.low_face[low_run], -1)
        # Up from the level to the first gap that is outside.
        above = air[own + runs.column + 1]
        ends = np.minimum.accumulate(np.where(above, own, len(own))[::-1])[::-1][first]
        some = np.flatnonzero(hangs & ~below[first])
        stand[has[some]], stand_face[has[some]] = runs.high[ends[some]], runs.high_face[ends[some]]
    return _ColumnEnds(top, bottom, stand, top_face, bottom_face, stand_face, inside)
