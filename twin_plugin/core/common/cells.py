"""Cells: where the rectangular cells of a raster lie, in any CRS, with their size in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import InputError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """The place of a north-up raster whose cells need be neither square nor in metres; a `Grid` has one.

    Attributes
    ----------
    west, north : float
        Outer corner of the cell [0, 0], in the units of the CRS.
    width, height : float
        Of a cell, in the units of the CRS, above 0.
    rows, columns : int
        Row 0 is the northernmost.
    metres_x, metres_y : float
        Metres in one unit of the CRS, along a row and along a column.
    """

    west: float
    north: float
    width: float
    height: float
    rows: int
    columns: int
    metres_x: float = 1.0
    metres_y: float = 1.0

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0 and self.metres_x > 0 and self.metres_y > 0):
            raise InputError("The raster's cells must have a width and a height above 0.")

    @property
    def east(self) -> float:
        return self.west + self.columns * self.width

    @property
    def south(self) -> float:
        return self.north - self.rows * self.height

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """The six numbers in GDAL's order."""
        return (self.west, self.width, 0.0, self.north, 0.0, -self.height)

    @property
    def width_m(self) -> float:
        return self.width * self.metres_x

    @property
    def height_m(self) -> float:
        return self.height * self.metres_y

    @property
    def reach_m(self) -> float:
        """Width of the ring around a building: one cell (its longer side), but 1 m at least."""
        return max(self.width_m, self.height_m, 1.0)

    @property
    def size(self) -> int:
        return self.rows * self.columns

    def metric(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Coordinates in metres from the north-west corner, eastward and southward."""
        return (np.asarray(x) - self.west) * self.metres_x, (self.north - np.asarray(y)) * self.metres_y

    def row_column(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Row and column of each point, whole numbers; they may lie outside the raster (negative or beyond)."""
        column = np.floor((np.asarray(x, np.float64) - self.west) / self.width)
        row = np.floor((self.north - np.asarray(y, np.float64)) / self.height)
        return row, column

    def index(self, x: FloatArray, y: FloatArray) -> IntArray:
        """Flat number row * columns + column of the cell that holds each point; -1 outside the raster and for NaN."""
        row, column = self.row_column(x, y)
        inside = (row >= 0) & (row < self.rows) & (column >= 0) & (column < self.columns)
        number = np.where(inside, row, 0) * self.columns + np.where(inside, column, 0)
        return np.where(inside, number, -1).astype(np.int64)

    def centres(self, number: IntArray) -> tuple[FloatArray, FloatArray]:
        """x and y of the centres of cells given by their flat number."""
        row, column = np.divmod(np.asarray(number), self.columns)
        return self._place(row, column)

    def axes(self) -> tuple[FloatArray, FloatArray]:
        """x of each column (shape (columns,)) and y of each row (shape (rows,)), at cell centres."""
        return self._place(np.arange(self.rows), np.arange(self.columns))

    def _place(self, row: IntArray, column: IntArray) -> tuple[FloatArray, FloatArray]:
        return self.west + (column + 0.5) * self.width, self.north - (row + 0.5) * self.height


def metres_per_degree(latitude_deg: float) -> tuple[float, float]:
    """Metres in a degree of longitude and of latitude on WGS 84, within 0.01 m at every latitude below 89 degrees.

    Notes
    -----
    The usual series of the ellipsoid's arcs (American Practical Navigator, NGA Pub. 9, table 7).
    """
    phi = math.radians(latitude_deg)
    along_row = 111412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    along_column = 111132.92 - 559.82 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi) - 0.0023 * math.cos(6 * phi)
    return max(along_row, 1e-3), along_column
