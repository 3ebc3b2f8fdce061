"""Grid: a raster as core sees it, an array and where its cells lie, no data as NaN."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cells import Cells
from .errors import InputError

FloatArray = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Grid:
    """A north-up raster of square cells in a projected CRS.

    Attributes
    ----------
    values : ndarray, shape (rows, columns), float32 or float64
        Row 0 is the northernmost. No data is NaN.
    west, north : float
        Outer corner of the cell [0, 0], in the units of the CRS (metres).
    cell_m : float
        Edge of a cell in metres, above 0.
    crs : str
        An authority code such as "EPSG:4547" or WKT; "" when unknown. Core only carries it.
    """

    values: FloatArray
    west: float
    north: float
    cell_m: float
    crs: str = ""

    def __post_init__(self) -> None:
        if self.values.ndim != 2:
            raise InputError("A grid needs rows and columns, not an array of {ndim} dimensions.", ndim=self.values.ndim)
        if not self.cell_m > 0:
            raise InputError("The cell size must be above 0 m, not {cell_m}.", cell_m=self.cell_m)

    @property
    def rows(self) -> int:
        return int(self.values.shape[0])

    @property
    def columns(self) -> int:
        return int(self.values.shape[1])

    @property
    def cells(self) -> Cells:
        """Where the grid's cells lie."""
        return Cells(self.west, self.north, self.cell_m, self.cell_m, self.rows, self.columns)

    def with_values(self, values: FloatArray) -> Grid:
        """The same place with other values of the same shape."""
        if values.shape != self.values.shape:
            raise InputError("Expected {shape} cells, got {shape2}.", shape=self.values.shape, shape2=values.shape)
        return replace(self, values=values)

    def sample(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Value of the cell that holds each point; NaN outside the grid and on no data."""
        number = self.cells.index(x, y)
        return np.where(number >= 0, self.values.ravel()[number], np.nan)
