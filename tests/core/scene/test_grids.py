"""Grids on wider cells: means against plain loops, gaps, edges that do not fit."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.scene.grids import block_means, coarser, factor_for


@pytest.mark.parametrize("factor", [1, 2, 3, 7, 40])
def test_means_are_those_of_plain_loops(factor):
    dice = np.random.default_rng(1)
    values = dice.random((17, 23))
    values[dice.random(values.shape) < 0.3] = np.nan
    values[:6, :6] = np.nan
    found = block_means(values, factor)
    assert found.shape == (-(-17 // factor), -(-23 // factor))
    for row in range(found.shape[0]):
        for column in range(found.shape[1]):
            block = values[row * factor : (row + 1) * factor, column * factor : (column + 1) * factor]
            known = [value for value in block.ravel() if value == value]
            mean = sum(known) / len(known) if known else np.nan
            assert found[row, column] == pytest.approx(mean, nan_ok=True)


def test_several_steps_at_once():
    values = np.arange(2 * 4 * 6, dtype=np.float32).reshape(2, 4, 6)
    found = block_means(values, 2)
    assert found.dtype == np.float32
    assert found.tolist() == [block_means(step, 2).tolist() for step in values]


@pytest.mark.parametrize(
    ("rows", "columns", "most"), [(1, 1, 1), (100, 100, 10_000), (100, 100, 9_999), (1, 9000, 250), (3001, 77, 5000)]
)
def test_the_factor_is_the_least_that_fits(rows, columns, most):
    factor = factor_for(rows, columns, most)
    assert -(-rows // factor) * -(-columns // factor) <= most
    assert factor == 1 or -(-rows // (factor - 1)) * -(-columns // (factor - 1)) > most


def test_a_grid_stays_in_its_place():
    grid = coarser(Grid(np.ones((5, 5), np.float32), 100.0, 900.0, 2.0, "EPSG:4547"), 2)
    assert (grid.west, grid.north, grid.cell_m, grid.rows, grid.columns) == (100.0, 900.0, 4.0, 3, 3)
    assert grid.crs == "EPSG:4547"
