"""Outlines of cells against unions of their squares, and back."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.bridge.kernel.rasterize import burn, outlines
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.grid import Grid

LABELS = np.array([[0, 1, 1, 0, 2], [0, 1, 0, 2, 2], [3, 0, 1, 0, 0], [3, 3, 1, 1, 0]], np.int32)
GRID = Grid(np.zeros(LABELS.shape), 500.0, 900.0, 2.0, "EPSG:4547")


def test_outlines_are_the_squares_of_the_cells(qgis_app):
    found = outlines(LABELS, GRID)
    assert sorted(found) == [1, 2, 3]
    x, y = GRID.cells.centres(np.arange(LABELS.size))
    squares = shapely.box(x - 1.0, y - 1.0, x + 1.0, y + 1.0)
    for label, shape in found.items():
        assert shapely.is_valid(shape)
        assert shapely.equals(shape, shapely.union_all(squares[LABELS.ravel() == label]))


def test_burning_outlines_gives_the_labels_back(qgis_app):
    found = outlines(LABELS, GRID)
    assert np.array_equal(burn([found[label] for label in (1, 2, 3)], GRID), LABELS)


def test_outlining_ends_when_it_should(qgis_app):
    with pytest.raises(Cancelled):
        outlines(LABELS, GRID, lambda: False)
