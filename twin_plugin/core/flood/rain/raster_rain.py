"""The rain of a series of rasters, such as a radar's: each cell takes the pixel that its centre lies in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...common.cells import Cells
from ...common.errors import InputError
from .rain_field import FallingRain, FloatArray, Ground, Intervals, RainField, RainOnUnits, Units

BLOCK_ROWS = 256  # rows of cells whose pixels are found at once


@dataclass(frozen=True)
class PixelMap:
    """Where places lie among the pixels of a raster in any CRS: known at the nodes of a lattice, linear between them.

    Attributes
    ----------
    west, north : float
        The node [0, 0], in the CRS of the cells.
    spacing_m : float
        Between nodes: over so short a distance a CRS is straight to a fraction of a millimetre.
    columns, rows : float64 arrays, shape (nodes from north to south, nodes from west to east)
        Pixel coordinates, whole at the pixels' edges; NaN where a node cannot be transformed.
    """

    west: float
    north: float
    spacing_m: float
    columns: FloatArray
    rows: FloatArray

    def pixels(self, cells: Cells, shape: tuple[int, int]) -> Units:
        """The number row * columns + column of the pixel that each cell's centre lies in, -1 outside; shape (rows,
        columns) of the cells.
        """
        x, y = cells.axes()
        found = np.empty((cells.rows, cells.columns), np.int32)
        for start in range(0, cells.rows, BLOCK_ROWS):
            part = slice(start, start + BLOCK_ROWS)
            column, row = (np.floor(self._at(values, x, y[part])) for values in (self.columns, self.rows))
            with np.errstate(invalid="ignore"):
                inside = (row >= 0) & (row < shape[0]) & (column >= 0) & (column < shape[1])
            found[part] = np.where(inside, np.nan_to_num(row) * shape[1] + np.nan_to_num(column), -1)
        return found

    def _at(self, values: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
        """Values of the lattice at the crossings of columns x and rows y."""
        nodes = [(self.north - y) / self.spacing_m, (x - self.west) / self.spacing_m]
        first = [np.clip(place.astype(np.int64), 0, size - 2) for place, size in zip(nodes, values.shape, strict=True)]
        part = [place - node for place, node in zip(nodes, first, strict=True)]
        rows = values[first[0]] * (1.0 - part[0])[:, None] + values[first[0] + 1] * part[0][:, None]
        return np.asarray(rows[:, first[1]] * (1.0 - part[1]) + rows[:, first[1] + 1] * part[1])


@dataclass(frozen=True)
class RainImages:
    """Images of rain, of which one at a time is read.

    Attributes
    ----------
    digest : str
        Of all their values.
    read_mm : callable
        From the number of an image to its depths in mm, shape (rows, columns), 0 where it has no data.
    """

    digest: str
    read_mm: Callable[[int], FloatArray]


@dataclass(frozen=True)
class RasterRain(RainField):
    """Rain of a series of rasters.

    Attributes
    ----------
    pixels : PixelMap
    shape : tuple of int
        Rows and columns of an image.
    ends_s : float64 array, shape (intervals,)
        Ends of the intervals, rising; the first one begins at 0.
    parts : sequence of sequences of (image, factor)
        What falls in each interval: as a rule one image, the mean of two where one is missing, nothing where none is.
    images : RainImages
    """

    pixels: PixelMap
    shape: tuple[int, int]
    ends_s: FloatArray
    parts: Sequence[Sequence[tuple[int, float]]]
    images: RainImages

    def __post_init__(self) -> None:
        if self.ends_s.shape != (len(self.parts),) or not (np.diff(self.ends_s, prepend=0.0) > 0).all():
            raise InputError("The intervals of the rain rasters must rise from above 0, each with its images.")

    @property
    def kind(self) -> str:
        return "rasters"

    @property
    def end_min(self) -> float:
        return float(self.ends_s[-1]) / 60.0

    def start(self, ground: Ground) -> FallingRain:
        pixels = self.pixels.pixels(self.cells, self.shape)
        number = np.full(self.shape[0] * self.shape[1] + 1, -1, np.int32)  # the last one for cells outside
        number[pixels] = 0
        used = np.flatnonzero(number[:-1] >= 0)
        number[used], number[-1] = np.arange(used.size), -1
        units = number[pixels]

        def depths_m(interval: int) -> FloatArray:
            total = np.zeros(used.size)
            for image, factor in self.parts[interval]:
                total += (factor / 1000.0) * self.images.read_mm(image).reshape(-1)[used]
            return total

        return RainOnUnits(ground, units, Intervals(self.ends_s, depths_m))
