"""Cells and grids: where points lie, whatever the shape of the cells."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid

CELLS = Cells(500_000.0, 2_490_000.0, 2.0, 3.0, 4, 5)


def test_the_centre_of_a_cell_lies_in_it():
    numbers = np.arange(CELLS.size)
    np.testing.assert_array_equal(CELLS.index(*CELLS.centres(numbers)), numbers)


def test_axes_are_the_centres_of_rows_and_columns():
    x, y = CELLS.axes()
    all_x, all_y = CELLS.centres(np.arange(CELLS.size))
    np.testing.assert_array_equal(all_x.reshape(4, 5), np.tile(x, (4, 1)))
    np.testing.assert_array_equal(all_y.reshape(4, 5), np.tile(y[:, None], (1, 5)))


def test_points_outside_and_without_coordinates_have_no_cell():
    x = np.array([CELLS.west - 0.1, CELLS.east + 0.1, np.nan, CELLS.west + 0.1])
    y = np.array([CELLS.north - 1, CELLS.north - 1, CELLS.north - 1, CELLS.south - 0.1])
    assert (CELLS.index(x, y) == -1).all()
    assert CELLS.geotransform == (500_000.0, 2.0, 0.0, 2_490_000.0, 0.0, -3.0)


def test_a_grid_is_sampled_in_its_cells():
    grid = Grid(np.arange(12, dtype=np.float32).reshape(3, 4), 10.0, 20.0, 2.0)
    x, y = grid.cells.centres(np.arange(12))
    np.testing.assert_array_equal(grid.sample(x, y), np.arange(12))
    assert np.isnan(grid.sample(np.array([9.0]), np.array([19.0]))).all()


def test_cells_without_a_size_are_refused():
    with pytest.raises(InputError, match="above 0"):
        Cells(0, 0, 0.0, 1.0, 2, 2)
