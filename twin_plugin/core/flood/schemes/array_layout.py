"""How cells lie in the solver's flat, padded arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
TOP = 3  # rows of wall before the first row of cells: a slope, a face and a share reach so far
BOTTOM = 3
LEFT = 3
RIGHT = 14  # a row of faces is rounded up to whole registers
LINE = 16  # float32 in a cache line


@dataclass(frozen=True)
class ArrayLayout:
    """Rows and columns of cells, and the stride of a padded row."""

    rows: int
    columns: int

    @property
    def stride(self) -> int:
        return (LEFT + self.columns + RIGHT + LINE - 1) // LINE * LINE

    @property
    def size(self) -> int:
        return (TOP + self.rows + BOTTOM) * self.stride

    def zeros(self) -> F32:
        """A new flat array, its pages not touched yet."""
        return np.zeros(self.size, np.float32)

    def view(self, flat: NDArray[Any]) -> NDArray[Any]:
        """The cells of a flat array, shape (rows, columns), without copying."""
        padded = flat.reshape(TOP + self.rows + BOTTOM, self.stride)
        return padded[TOP : TOP + self.rows, LEFT : LEFT + self.columns]

    def index(self, row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.int64]:
        """Flat position of cells."""
        return (np.asarray(row) + TOP) * self.stride + np.asarray(column) + LEFT

    def place(self, position: int) -> tuple[int, int]:
        """Row and column of a cell."""
        return position // self.stride - TOP, position % self.stride - LEFT

    def place_all(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and columns of cells."""
        return positions // self.stride - TOP, positions % self.stride - LEFT

    def counted(self, numbers: Mapping[int, int]) -> F32:
        """Numbers of some cells by flat position, 0 elsewhere, shape (rows, columns)."""
        result = np.zeros((self.rows, self.columns), np.float32)
        for position, number in numbers.items():
            result[self.place(position)] = number
        return result

    def tiles(self, tile_rows: int, tile_columns: int) -> NDArray[np.uint64]:
        """First and past-the-end padded rows and columns of each tile, shape (tiles, 4), row after row of tiles."""
        boxes = [
            (TOP + r, TOP + min(r + tile_rows, self.rows), LEFT + c, LEFT + min(c + tile_columns, self.columns))
            for r in range(0, self.rows, tile_rows)
            for c in range(0, self.columns, tile_columns)
        ]
        return np.array(boxes, np.uint64)
