"""Cells of a fault as runs along rows, gathered from tiles, and joined to regions whatever the tiles were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .region_kernels import join_rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CellRuns:
    """Runs of cells along rows.

    Attributes
    ----------
    row, first, last : int64 arrays
        Row of each run, its first column, and the column behind its last one.
    most, least : float64 arrays
        Greatest and least value of its cells: unlike a sum they do not depend on the order.
    """

    row: Ints
    first: Ints
    last: Ints
    most: Floats
    least: Floats

    def __len__(self) -> int:
        return len(self.row)

    @property
    def cells(self) -> Ints:
        """Number of cells of each run."""
        return self.last - self.first

    def taken(self, chosen: NDArray[np.generic]) -> CellRuns:
        """Some of the runs, by a mask or by numbers."""
        return CellRuns(*(values[chosen] for values in vars(self).values()))

    def mask(self, row: int, column: int, shape: tuple[int, int]) -> NDArray[np.bool_]:
        """Which cells of a window lie in the runs; they must be sorted by row."""
        low, high = np.searchsorted(self.row, (row, row + shape[0]))
        first, last = (np.clip(ends[low:high] - column, 0, shape[1]) for ends in (self.first, self.last))
        steps = np.zeros((shape[0], shape[1] + 1), np.int32)
        lines = self.row[low:high] - row
        np.add.at(steps, (lines, first), 1)
        np.add.at(steps, (lines, last), -1)
        return np.asarray(np.cumsum(steps[:, :-1], axis=1) > 0)


def runs_of(mask: NDArray[np.bool_], values: Floats, row: int = 0, column: int = 0) -> CellRuns:
    """The runs of a mask with the values of its cells; `row` and `column` say where its first cell lies."""
    rows, columns = mask.shape
    padded = np.zeros((rows, columns + 2), np.bool_)
    padded[:, 1:-1] = mask
    change = np.flatnonzero(padded[:, 1:] != padded[:, :-1])
    line, first = np.divmod(change[::2], columns + 1)
    last = change[1::2] % (columns + 1)
    if not len(line):
        return EMPTY
    inside = values[mask].astype(np.float64)
    starts = np.concatenate(([0], np.cumsum(last - first)[:-1]))
    most, least = (extreme.reduceat(inside, starts) for extreme in (np.maximum, np.minimum))
    return CellRuns(line + row, first + column, last + column, most, least)


def joined(parts: Iterable[CellRuns]) -> CellRuns:
    """Runs of several tiles as those of the whole: sorted, and one where they touch along a row."""
    kept = [part for part in parts if len(part)]
    if not kept:
        return EMPTY
    merged = CellRuns(*(np.concatenate([vars(part)[name] for part in kept]) for name in vars(kept[0])))
    merged = merged.taken(np.lexsort((merged.first, merged.row)))
    follows = (merged.row[1:] == merged.row[:-1]) & (merged.first[1:] == merged.last[:-1])
    starts = np.flatnonzero(np.concatenate(([True], ~follows)))
    ends = np.concatenate((starts[1:], [len(merged)])) - 1
    return CellRuns(
        merged.row[starts],
        merged.first[starts],
        merged.last[ends],
        np.maximum.reduceat(merged.most, starts),
        np.minimum.reduceat(merged.least, starts),
    )


EMPTY = CellRuns(*(np.zeros(0, kind) for kind in (np.int64, np.int64, np.int64, float, float)))
"""No cells."""


@dataclass(frozen=True)
class Regions:
    """Connected cells as sets of runs.

    Attributes
    ----------
    runs : CellRuns
        Sorted by region, then by row and column.
    starts : int64 array
        The first run of each region; regions are in the order of their first cells.
    """

    runs: CellRuns
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def per_region(self, operation: Any, values: NDArray[Any]) -> NDArray[Any]:
        """A value of the runs, reduced over each region by an operation of numpy."""
        return np.asarray(operation.reduceat(values, self.starts)) if len(self) else values[:0]

    @property
    def cells(self) -> Ints:
        """Number of cells of each region."""
        return self.per_region(np.add, self.runs.cells)

    @property
    def most(self) -> Floats:
        """Greatest value in each region."""
        return self.per_region(np.maximum, self.runs.most)

    @property
    def least(self) -> Floats:
        """Least value in each region."""
        return self.per_region(np.minimum, self.runs.least)

    @property
    def boxes(self) -> tuple[Ints, Ints, Ints, Ints]:
        """First row, first column, and row and column behind the last, of each region."""
        return (
            self.per_region(np.minimum, self.runs.row),
            self.per_region(np.minimum, self.runs.first),
            self.per_region(np.maximum, self.runs.row) + 1,
            self.per_region(np.maximum, self.runs.last),
        )

    def member(self, number: int) -> CellRuns:
        """The runs of a region."""
        end = self.starts[number + 1] if number + 1 < len(self) else len(self.runs)
        return self.runs.taken(np.arange(self.starts[number], end))

    def taken(self, chosen: NDArray[np.bool_]) -> Regions:
        """Some of the regions."""
        of_run = np.repeat(np.arange(len(self)), np.diff(np.append(self.starts, len(self.runs))))
        runs, kept = self.runs.taken(chosen[of_run]), of_run[chosen[of_run]]
        starts = np.flatnonzero(np.concatenate(([True], kept[1:] != kept[:-1]))) if len(kept) else kept
        return Regions(runs, starts)


def regions(runs: CellRuns, corners: bool = True) -> Regions:
    """The connected regions of runs as `joined` gives them; `corners` says whether cells join at corners."""
    if not len(runs):
        return Regions(EMPTY, np.zeros(0, np.int64))
    parent = np.arange(len(runs))
    join_rows(runs.row, runs.first, runs.last, int(corners), parent)
    order = np.argsort(parent, kind="stable")  # a root is the first run of its region
    labels = parent[order]
    return Regions(runs.taken(order), np.flatnonzero(np.concatenate(([True], labels[1:] != labels[:-1]))))
