"""Water on roads, rails, pipes and other assets: how much of each, how deep, when it closes, what speed is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.csv_table import read_rows
from ..common.errors import InputError

OPEN, CAUTION, CLOSED = "open", "caution", "closed"
"""Whether an asset can be used, from the best."""


@dataclass(frozen=True)
class SpeedByDepth:
    """How fast vehicles go through water, km/h: a w² + b w + c for w mm of water, up to `most_mm`, never beyond."""

    a: float
    b: float
    c: float
    most_mm: float

    def speed_kmh(self, depth_m: FloatArray, free_kmh: FloatArray) -> FloatArray:
        """Speed left, at most the free one; 0 in water deeper than `most_mm`."""
        w = 1000.0 * np.asarray(depth_m, np.float64)
        through = self.a * w**2 + self.b * w + self.c
        # 0.3 m from a float32 raster is 300.00001 mm.
        return np.where(w <= self.most_mm + 1e-3, np.minimum(free_kmh, through), 0.0)


def read_speed(path: Path, name: str = "pregnolato2017") -> SpeedByDepth:
    """A row of the editable table of speeds."""
    columns = ("name", "a", "b", "c", "most_mm")
    for row in read_rows(path, columns):
        if row["name"] == name:
            return SpeedByDepth(*(float(row[column]) for column in columns[1:]))
    raise InputError("The table of speeds '{path}' has no row {name}.", path=path.name, name=name)


def read_vehicles(path: Path) -> dict[str, tuple[float, float]]:
    """Largest still depth (m) and product of depth and speed (m²/s) of each vehicle in the editable table."""
    rows = read_rows(path, ("vehicle", "still_depth_m", "product_m2s"))
    return {row["vehicle"]: (float(row["still_depth_m"]), float(row["product_m2s"])) for row in rows}


@dataclass(frozen=True)
class Pieces:
    """Assets cut at the cells of the water; arrays of shape (pieces,).

    Attributes
    ----------
    asset : int64 array
        Number of the asset, from 0 to `count` - 1.
    cell : int64 array
        Number of the cell; -1 outside.
    length_m : float64 array
        0 for points.
    count : int
        Assets, also those without a piece.
    """

    asset: IntArray
    cell: IntArray
    length_m: FloatArray
    count: int

    def sums(self, chosen: NDArray[np.bool_]) -> FloatArray:
        """Length of the chosen pieces by asset, m."""
        return np.bincount(self.asset[chosen], self.length_m[chosen], self.count).astype(np.float64)

    def any_of(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Assets of which a piece is chosen."""
        return np.bincount(self.asset[chosen], minlength=self.count) > 0

    def values(self, by_cell: FloatArray) -> FloatArray:
        """Values of the pieces' cells; NaN outside."""
        return np.where(self.cell >= 0, np.asarray(by_cell, np.float64)[self.cell], np.nan)


@dataclass(frozen=True)
class Limits:
    """From which water an asset needs caution and from which it is closed.

    Attributes
    ----------
    caution_m, closed_m : float
        Depths.
    product_m2s : float
        Depth times speed that closes; infinite where speeds do not count.
    """

    caution_m: float = 0.15
    closed_m: float = 0.30
    product_m2s: float = np.inf

    def __post_init__(self) -> None:
        if not 0 < self.caution_m <= self.closed_m:
            raise InputError(
                "The depth of caution must be above 0 and at most the depth of closure: {caution:g} m and {closed:g} "
                "m were given.",
                caution=self.caution_m,
                closed=self.closed_m,
            )


@dataclass(frozen=True)
class Exposure:
    """The water on each asset; arrays of shape (assets,).

    Attributes
    ----------
    length_m, unknown_m : arrays
        Whole, and where the depth is not known.
    over_m : array, shape (assets, thresholds)
        Length with water of at least each threshold.
    depth_m : array
        Greatest depth; 0 where dry, NaN where no piece is known.
    product_m2s : array
        Greatest product of depth and speed; NaN where speeds are not known.
    passable : list of str or None
        OPEN, CAUTION, CLOSED; None where unknown.
    deepest : array of int64
        The piece with the greatest depth; -1 where none is known.
    """

    length_m: FloatArray
    unknown_m: FloatArray
    over_m: FloatArray
    depth_m: FloatArray
    product_m2s: FloatArray
    passable: list[str | None]
    deepest: IntArray


def expose(
    pieces: Pieces,
    depth_m: FloatArray,
    limits: Limits,
    thresholds_m: Sequence[float] = (),
    speed_ms: FloatArray | None = None,
) -> Exposure:
    """The water on each asset.

    Parameters
    ----------
    pieces : Pieces
    depth_m : array, shape (cells,)
        Greatest depth by cell; 0 where dry, NaN without data.
    limits : Limits
    thresholds_m : sequence of float
    speed_ms : array, shape (cells,), optional
        Greatest speed by cell. The greatest depth times the greatest speed is at least the greatest product in time.
    """
    depth = pieces.values(depth_m)
    known = np.isfinite(depth)
    every = np.ones(len(depth), np.bool_)
    over = np.stack([pieces.sums(known & (depth >= least)) for least in thresholds_m], axis=1) if thresholds_m else None
    greatest, deepest = _greatest(pieces, depth)
    product = np.full(pieces.count, np.nan)
    if speed_ms is not None:
        product, _ = _greatest(pieces, depth * pieces.values(speed_ms))
    closed = (greatest >= limits.closed_m) | (np.nan_to_num(product) > limits.product_m2s)
    caution = greatest >= limits.caution_m
    words = np.where(closed, CLOSED, np.where(caution, CAUTION, OPEN))
    passable = [str(word) if deepest[row] >= 0 else None for row, word in enumerate(words)]
    none = np.zeros((pieces.count, 0))
    return Exposure(
        pieces.sums(every), pieces.sums(~known), none if over is None else over, greatest, product, passable, deepest
    )


def _greatest(pieces: Pieces, values: FloatArray) -> tuple[FloatArray, IntArray]:
    """Greatest known value of each asset, NaN where there is none, and the first piece that has it, else -1."""
    greatest = np.full(pieces.count, -np.inf)
    known = np.flatnonzero(np.isfinite(values))
    np.maximum.at(greatest, pieces.asset[known], values[known])
    place = np.full(pieces.count, -1, np.int64)
    best = known[values[known] == greatest[pieces.asset[known]]]
    place[pieces.asset[best[::-1]]] = best[::-1]
    return np.where(place >= 0, greatest, np.nan), place


class Closures:
    """When water closes assets, from depths over time; between two times a depth changes evenly.

    Parameters
    ----------
    pieces : Pieces
    closed_m : float
    """

    def __init__(self, pieces: Pieces, closed_m: float) -> None:
        self._pieces, self._closed_m = pieces, closed_m
        self.first_min = np.full(pieces.count, np.nan)
        self.last_min = np.full(pieces.count, np.nan)
        self._before: tuple[float, FloatArray] | None = None

    def add(self, minutes: float, depth_m: FloatArray) -> None:
        """Take the depths of the pieces at the next time; NaN where there are none."""
        depth = np.nan_to_num(depth_m, nan=0.0)
        over = depth >= self._closed_m
        if self._before is None:
            self._note(over, np.full(len(depth), minutes), np.full(len(depth), minutes))
        else:
            then, earlier = self._before
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.clip((self._closed_m - earlier) / (depth - earlier), 0.0, 1.0)
            crossing = then + np.nan_to_num(share) * (minutes - then)
            was = earlier >= self._closed_m
            self._note(over & ~was, crossing, np.full(len(depth), minutes))
            self._note(was, np.full(len(depth), then), np.where(over, minutes, crossing))
        self._before = minutes, depth

    def _note(self, chosen: NDArray[np.bool_], start_min: FloatArray, end_min: FloatArray) -> None:
        """Pieces that are closed from a time to another one."""
        assets = self._pieces.asset[chosen]
        for kept, times, fold in ((self.first_min, start_min, np.fmin), (self.last_min, end_min, np.fmax)):
            fold.at(kept, assets, times[chosen])

    def opens_min(self) -> FloatArray:
        """When each asset opens again; NaN where it never closes, or is closed at the last time."""
        if self._before is None:
            return np.full(self._pieces.count, np.nan)
        end_min, depth = self._before
        still = self._pieces.any_of(depth >= self._closed_m)
        return np.where(still & (self.last_min >= end_min), np.nan, self.last_min)


def delay_min(pieces: Pieces, depth_m: FloatArray, speeds: SpeedByDepth, free_kmh: FloatArray) -> FloatArray:
    """Minutes that the way along each asset takes longer at its greatest depths; infinite where one cannot pass.

    Parameters
    ----------
    depth_m : array, shape (cells,)
    free_kmh : array, shape (assets,)
        Speed without water.
    """
    depth, free = np.nan_to_num(pieces.values(depth_m), nan=0.0), free_kmh[pieces.asset]
    speed = speeds.speed_kmh(depth, free)
    minutes, long = np.zeros(len(depth)), pieces.length_m > 0
    with np.errstate(divide="ignore"):
        minutes[long] = 0.06 * pieces.length_m[long] * (1.0 / speed[long] - 1.0 / free[long])
    return np.bincount(pieces.asset, minutes, pieces.count).astype(np.float64)
