"""Segments cut at the edges of cells: equal to shapely's clip of each cell, whatever the direction."""

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.segment_cells import count_pieces, cut_segments

CELLS = Cells(10.0, 50.0, 2.0, 3.0, 8, 12)


def lengths_by_cell(first, last, cells):
    """Length of all segments in each cell, and outside, by their pieces."""
    pieces = cut_segments(first, last, cells)
    at = first[pieces.segment] + pieces.middle[:, None] * (last - first)[pieces.segment]
    number = cells.index(at[:, 0], at[:, 1])
    length = pieces.share * np.hypot(*(last - first).T)[pieces.segment]
    inside = np.bincount(number[number >= 0], length[number >= 0], cells.size)
    return inside, length[number < 0].sum()


def test_random_segments_equal_shapely():
    random = np.random.default_rng(5)
    first, last = (random.uniform((5, 20), (40, 55), (300, 2)) for _ in range(2))
    inside, outside = lengths_by_cell(first, last, CELLS)
    lines = shapely.linestrings(np.stack([first, last], axis=1))
    for number in range(CELLS.size):
        row, column = divmod(number, CELLS.columns)
        west, north = CELLS.west + column * CELLS.width, CELLS.north - row * CELLS.height
        box = shapely.box(west, north - CELLS.height, west + CELLS.width, north)
        assert inside[number] == pytest.approx(shapely.length(shapely.intersection(lines, box)).sum(), abs=1e-9)
    assert inside.sum() + outside == pytest.approx(shapely.length(lines).sum(), rel=1e-12)


def test_shares_of_a_segment_join_without_a_gap():
    random = np.random.default_rng(6)
    first, last = (random.uniform((5, 20), (40, 55), (200, 2)) for _ in range(2))
    pieces = cut_segments(first, last, CELLS)
    assert len(pieces.segment) <= count_pieces(first, last, CELLS)
    for segment in range(200):
        own = pieces.segment == segment
        assert own.any()
        assert pieces.share_from[own][0] == 0
        assert pieces.share_to[own][-1] == 1
        np.testing.assert_array_equal(pieces.share_to[own][:-1], pieces.share_from[own][1:])


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ((11.0, 49.0), (11.0, 49.0), 1),  # a point
        ((10.0, 50.0), (34.0, 50.0), 12),  # along the northern edge
        ((10.0, 26.0), (34.0, 50.0), 16),  # through corners, among others
        ((12.0, 47.0), (14.0, 44.0), 1),  # from corner to corner of one cell
        ((0.0, 0.0), (1.0, 1.0), 1),  # outside
        ((33.0, 48.0), (99.0, 48.0), 2),  # out of the raster
    ],
)
def test_edges_and_corners(first, last, count):
    first, last = np.array([first]), np.array([last])
    assert len(cut_segments(first, last, CELLS).segment) == count
    assert len(cut_segments(last, first, CELLS).segment) == count


def test_no_segments():
    none = np.zeros((0, 2))
    assert len(cut_segments(none, none, CELLS).segment) == 0
