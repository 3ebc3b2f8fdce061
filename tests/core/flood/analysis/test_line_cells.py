"""Lines cut at the edges of cells, beside shapely's intersections."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.analysis import line_cells
from twin_plugin.core.flood.analysis.line_cells import cut_at_cells

CELLS = Cells(500_000.0, 2_490_040.0, 2.0, 2.0, 20, 30)


def box(cell):
    row, column = divmod(int(cell), CELLS.columns)
    west, north = CELLS.west + 2.0 * column, CELLS.north - 2.0 * row
    return shapely.box(west, north - 2.0, west + 2.0, north)


@pytest.mark.parametrize("seed", range(12))
def test_lengths_in_cells_are_those_of_the_intersections(seed):
    dice = np.random.default_rng(seed)
    vertices = np.array([CELLS.west, CELLS.south]) + dice.uniform(-10, 70, (dice.integers(2, 9), 2))
    line = shapely.LineString(vertices)
    cut = cut_at_cells([vertices], CELLS)
    assert cut.length_m.sum() == pytest.approx(line.length)
    np.testing.assert_array_equal(cut.right, cut.left)
    everywhere = np.arange(CELLS.size)
    lengths = np.zeros(CELLS.size)
    np.add.at(lengths, cut.right[cut.right >= 0], cut.length_m[cut.right >= 0])
    expected = [shapely.length(shapely.intersection(line, box(cell))) for cell in everywhere]
    np.testing.assert_allclose(lengths, expected, atol=1e-5)
    # The middle of a piece lies on the line, so far from its start.
    for piece in np.flatnonzero(cut.right >= 0):
        point = shapely.line_interpolate_point(line, cut.middle_m[piece])
        assert shapely.distance(box(cut.right[piece]), point) < 1e-6


def test_the_normal_points_to_the_right_of_the_line():
    north = cut_at_cells([np.array([(500_001.0, 2_490_001.0), (500_001.0, 2_490_009.0)])], CELLS)
    np.testing.assert_allclose([north.normal_x, north.normal_y], [[1] * 5, [0] * 5], atol=1e-12)


def test_along_an_edge_both_sides_count():
    cut = cut_at_cells([np.array([(500_004.0, 2_490_001.0), (500_004.0, 2_490_003.0)])], CELLS)
    assert len(cut) == 2
    np.testing.assert_array_equal(cut.right - cut.left, [1, 1])
    assert cut.right.tolist() == [19 * 30 + 2, 18 * 30 + 2]
    # At the edge of the raster one side is outside.
    rim = cut_at_cells([np.array([(500_000.0, 2_490_001.0), (500_000.0, 2_490_001.9)])], CELLS)
    assert (rim.right.tolist(), rim.left.tolist()) == ([19 * 30], [-1])


def test_distance_goes_on_from_part_to_part():
    parts = [np.array([(500_000.5, 2_490_001.0), (500_001.5, 2_490_001.0)]) + offset for offset in (0, 10)]
    cut = cut_at_cells(parts, CELLS)
    assert cut.middle_m.tolist() == pytest.approx([0.5, 1.5])
    assert cut.length_m.tolist() == pytest.approx([1.0, 1.0])


def test_far_outside_is_one_piece():
    cut = cut_at_cells([np.array([(-1e9, 0.0), (1e9, 0.0)])], CELLS)
    assert (cut.right == -1).all()
    assert len(cut) <= CELLS.columns + 2
    assert cut.length_m.sum() == pytest.approx(2e9)


def test_without_length_there_are_no_pieces():
    assert len(cut_at_cells([np.array([(500_001.0, 2_490_001.0)] * 3)], CELLS)) == 0
    assert len(cut_at_cells([], CELLS)) == 0


def test_too_many_pieces_are_refused(monkeypatch):
    monkeypatch.setattr(line_cells, "MOST_PIECES", 10)
    with pytest.raises(InputError, match="crosses more than 10 cells"):
        cut_at_cells([np.array([(500_000.0, 2_490_001.0), (500_060.0, 2_490_001.0)])], CELLS)
