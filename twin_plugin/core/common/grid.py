"""Grid: a raster as core sees it, an array with its place, no data as NaN."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    def east(self) -> float:
        return self.west + self.columns * self.cell_m

    @property
    def south(self) -> float:
        return self.north - self.rows * self.cell_m

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """The six numbers in GDAL's order."""
        return (self.west, self.cell_m, 0.0, self.north, 0.0, -self.cell_m)

    def with_values(self, values: FloatArray) -> Grid:
        """The same place with other values of the same shape."""
        if values.shape != self.values.shape:
            raise InputError("Expected {shape} cells, got {shape2}.", shape=self.values.shape, shape2=values.shape)
        return replace(self, values=values)

    def index(self, x: FloatArray, y: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of each point; they may lie outside the grid (negative or beyond)."""
        column = np.floor((np.asarray(x) - self.west) / self.cell_m).astype(np.int64)
        row = np.floor((self.north - np.asarray(y)) / self.cell_m).astype(np.int64)
        return row, column

    def centres(self) -> tuple[FloatArray, FloatArray]:
        """x of each column (shape (columns,)) and y of each row (shape (rows,)), at cell centres."""
        x = self.west + (np.arange(self.columns) + 0.5) * self.cell_m
        y = self.north - (np.arange(self.rows) + 0.5) * self.cell_m
        return x, y

    def sample(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Value of the cell that holds each point; NaN outside the grid and on no data."""
        row, column = self.index(x, y)
        inside = (row >= 0) & (row < self.rows) & (column >= 0) & (column < self.columns)
        result = np.full(row.shape, np.nan)
        result[inside] = self.values[row[inside], column[inside]]
        return result
