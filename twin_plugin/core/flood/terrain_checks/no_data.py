"""Values that stand for no data without being declared: -9999, the ends of number types, 0 in holes, far constants."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ...common.grid import FloatArray
from .cell_runs import CellRuns, Regions, joined, regions, runs_of
from .run_warnings import HOLE_M, SIDES, shifted

KNOWN = (
    *(0.0, -9999.0, 9999.0, -999.0, -99999.0, 99999.0, -32768.0, -32767.0, 32767.0, 65535.0, -2147483648.0),
    *(float(np.float32(value)) for value in (-3.4028234663852886e38, 3.4028234663852886e38, 1e20, -1e20, 1e30, -1e30)),
    *(-1.7976931348623157e308, 1.7976931348623157e308),
)
"""What programs write where they know no height."""
ABOVE_M = 100.0
"""Cells of one value that lie so far above all cells around them have no data: no building is so high all at once."""
CONSTANT_CELLS = 9
"""The least or greatest value counts where so many cells have it, if it is none of `KNOWN`."""
IMPOSSIBLE_M = 1e5
"""No height in any use lies further from the datum."""
LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Where no cell around tells more, a value of `KNOWN` beyond these stands for no data: no land is there."""


@dataclass
class Census:
    """What the values of a terrain are, gathered tile by tile, in the numbers of the file.

    Attributes
    ----------
    known, missing : int
        Cells with and without a value.
    least, greatest : float
        Of the values that may be heights.
    whole : bool
        Whether all of these are whole numbers.
    far : bool
        Whether a value lies where no height is, and is none of `KNOWN`.
    counts : dict of float to int
        How many cells have a value of `KNOWN`, or the least or greatest value of a tile.
    """

    factor: float
    offset: float
    known: int = 0
    missing: int = 0
    least: float = math.inf
    greatest: float = -math.inf
    whole: bool = True
    far: bool = False
    counts: dict[float, int] = field(default_factory=dict)

    def add(self, values: FloatArray) -> None:
        """Count the values of a tile."""
        there = values[np.isfinite(values)]
        self.known += there.size
        self.missing += values.size - there.size
        if not there.size:
            return
        ends = {float(there.min()), float(there.max())}
        low, high = min(ends), max(ends)
        marks = [value for value in KNOWN if low <= value <= high]
        for value in marks:
            if count := int((there == value).sum()):
                self.counts[value] = self.counts.get(value, 0) + count
        others = there[~np.isin(there, [value for value in marks if value])]
        with np.errstate(over="ignore"):
            possible = np.abs(others * self.factor + self.offset) < IMPOSSIBLE_M
        heights, self.far = others[possible], self.far or not possible.all()
        if not heights.size:
            return
        self.whole = self.whole and bool((heights == np.rint(heights)).all())
        for value in {float(heights.min()), float(heights.max())}:
            if value not in KNOWN:
                self.counts[value] = self.counts.get(value, 0) + int((heights == value).sum())
        self.least, self.greatest = min(self.least, float(heights.min())), max(self.greatest, float(heights.max()))

    @property
    def varied(self) -> bool:
        """Whether there are two different heights."""
        return self.least < self.greatest

    @property
    def candidates(self) -> tuple[float, ...]:
        """Values that may stand for no data."""
        known = [value for value in KNOWN if self.counts.get(value)]
        # The count of the least of all values is whole: it is the least one of every tile that has it.
        ends = [value for value in (self.least, self.greatest) if value not in KNOWN and self.varied]
        return tuple(known + [value for value in ends if self.counts[value] >= CONSTANT_CELLS])


@dataclass
class MarkSearch:
    """Regions of the values that may stand for no data, with what lies around them.

    Attributes
    ----------
    values : tuple of float
        As `Census.candidates` gives them.
    factor, offset : float
        From the numbers of the file to m.
    """

    values: tuple[float, ...]
    factor: float
    offset: float
    _above: dict[float, list[CellRuns]] = field(default_factory=dict)
    _below: dict[float, list[CellRuns]] = field(default_factory=dict)
    _beyond: list[CellRuns] = field(default_factory=list)

    def add(self, values: FloatArray, row: int, column: int) -> None:
        """Search a tile that has one cell more on each side; `row` and `column` are those of its own first cell."""
        inner = values[1:-1, 1:-1]
        with np.errstate(over="ignore"):
            beyond = (np.abs(inner * self.factor + self.offset) >= IMPOSSIBLE_M) & ~np.isin(inner, self.values)
        self._beyond.append(runs_of(beyond, inner, row, column))
        outer = [value for value in self.values if value in KNOWN and not self._is_land(value)]
        ground = np.where(np.isin(values, outer), np.nan, values)
        for value in self.values:
            here = inner == value
            if not here.any():
                continue
            around = np.where(values == value, np.nan, ground)
            sides = [shifted(around, *step)[1:-1, 1:-1] for step in SIDES]
            with np.errstate(over="ignore"):
                rise = abs(self.factor) * (np.fmin.reduce(sides) - value)
                fall = abs(self.factor) * (value - np.fmax.reduce(sides))
            for found, gap in ((self._above, rise), (self._below, fall)):
                gap = np.where(np.isnan(gap), np.inf, gap)
                found.setdefault(value, []).append(runs_of(here, gap, row, column))

    def _is_land(self, value: float) -> bool:
        return LOWEST_M <= value * self.factor + self.offset <= HIGHEST_M

    def found(self) -> list[tuple[float, Regions]]:
        """The values that stand for no data, with their regions; NaN for impossible numbers of all kinds."""
        result = []
        for value in self.values:
            if value not in self._above:
                continue
            up, down = (regions(joined(found[value]), corners=False) for found in (self._above, self._below))
            height = value * self.factor + self.offset
            alone = np.isinf(up.least) & np.isinf(down.least)
            taken = ((up.least >= HOLE_M) | (down.least >= ABOVE_M)) & ~alone
            if value not in KNOWN:
                taken &= up.cells >= CONSTANT_CELLS
            elif value:
                taken |= alone & (not self._is_land(value))
            if abs(height) >= IMPOSSIBLE_M:
                taken[:] = True
            if taken.any():
                result.append((value, up.taken(taken)))
        if len(beyond := joined(self._beyond)):
            result.append((math.nan, regions(beyond)))
        return result
