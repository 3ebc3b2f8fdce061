"""Rings of footprints against shapely's own geometry, and their properties."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells, metres_per_degree
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.risk.footprints import Footprints
from twin_plugin.core.risk.ring import find_rings


def by_shapely(cells, footprints):
    """The definition, written out with shapely: slow and independent."""
    row, column = np.divmod(np.arange(cells.size), cells.columns)
    left, top = cells.west + column * cells.width, cells.north - row * cells.height
    boxes = shapely.box(left, top - cells.height, left + cells.width, top)
    taken = shapely.contains_xy(shapely.union_all(footprints), *cells.centres(np.arange(cells.size)))
    rings = []
    for footprint in footprints:
        near = shapely.distance(shapely.centroid(boxes), footprint.boundary) < cells.reach_m * (1 - 1e-6)
        within = shapely.within(boxes, footprint)
        rings.append(set(np.flatnonzero(near & ~taken & ~within)))
    return rings


def ring_sets(rings):
    return [set(rings.cell[a:b]) for a, b in zip(rings.start[:-1], rings.start[1:], strict=True)]


@pytest.mark.parametrize("seed", range(6))
def test_rings_equal_shapely_on_random_footprints(seed):
    random = np.random.default_rng(seed)
    cells = Cells(100.0, 260.0, float(random.choice([0.6, 1.0, 2.5])), float(random.choice([0.6, 1.0, 2.5])), 40, 45)
    shapes = []
    for _ in range(8):
        angle = np.sort(random.uniform(0, 2 * np.pi, 7))
        x = random.uniform(100, 100 + 45 * cells.width) + random.uniform(2, 9) * np.cos(angle)
        y = random.uniform(260 - 40 * cells.height, 260) + random.uniform(2, 9) * np.sin(angle)
        shapes.append(shapely.Polygon(np.column_stack([x, y])))
    footprints = np.array([shape for shape in shapes if shape.is_valid], object)
    found = find_rings(cells, footprints)
    for ring, expected, alone in zip(ring_sets(found), by_shapely(cells, footprints), found.under, strict=True):
        if not alone:
            assert ring == expected


def touched_by_shapely(cells, footprint):
    """The cells that the outline touches, written out with shapely."""
    row, column = np.divmod(np.arange(cells.size), cells.columns)
    left, top = cells.west + column * cells.width, cells.north - row * cells.height
    boxes = shapely.box(left, top - cells.height, left + cells.width, top)
    return set(np.flatnonzero(shapely.intersects(boxes, footprint.boundary)))


@pytest.mark.parametrize("seed", range(4))
def test_on_cells_wider_than_5_m_the_ring_is_the_cells_that_the_outline_touches(seed):
    random = np.random.default_rng(seed)
    cells = Cells(100.0, 1260.0, float(random.choice([5.1, 30.0, 50.0])), float(random.choice([2.0, 50.0])), 24, 30)
    shapes = []
    for size in (3, 8, 20, 60, 120, 40, 5, 90):
        angle = np.sort(random.uniform(0, 2 * np.pi, 7))
        x = random.uniform(100, 100 + 30 * cells.width) + random.uniform(0.4, 1) * size * np.cos(angle)
        y = random.uniform(1260 - 24 * cells.height, 1260) + random.uniform(0.4, 1) * size * np.sin(angle)
        shapes.append(shapely.Polygon(np.column_stack([x, y])))
    shapes.append(shapely.box(310, 1100, 380, 1190).difference(shapely.box(330, 1120, 350, 1150)))
    footprints = np.array([shape for shape in shapes if shape.is_valid], object)
    for ring, footprint in zip(ring_sets(find_rings(cells, footprints)), footprints, strict=True):
        assert ring == touched_by_shapely(cells, footprint)


def test_the_rule_of_wide_cells_begins_above_5_m_on_the_longer_side():
    house = np.array([shapely.box(11, 11, 13, 13)])
    assert len(find_rings(Cells(0, 40, 5, 5, 8, 8), house).cell) > 1
    assert find_rings(Cells(0, 40, 5, 5.01, 8, 8), house).count.tolist() == [1]


def test_an_opening_takes_a_wide_cell_free_of_buildings_where_there_is_one():
    cells = Cells(0, 40, 10, 10, 4, 4)
    rings = find_rings(cells, np.array([shapely.box(12, 12, 28, 28), shapely.box(1, 31, 9, 39)]))
    known = np.ones(cells.size, bool)
    # The first house holds the centres of all the cells that it touches; the second that of its only cell.
    assert rings.nearest(cells, np.array([1]), np.array([9.0]), np.array([35.0]), known).tolist() == [0]
    big = find_rings(cells, np.array([shapely.box(8, 12, 28, 28)]))
    assert big.nearest(cells, np.array([0]), np.array([10.5]), np.array([24.0]), known).tolist() == [4]


def test_ring_of_a_square_is_the_frame_around_it():
    cells = Cells(0, 10, 1, 1, 10, 10)
    rings = find_rings(cells, np.array([shapely.box(3.2, 3.2, 6.8, 6.8)]))
    row, column = np.divmod(rings.cell, 10)
    assert len(rings.cell) == 36 - 16  # 6 x 6 cells come within 1 m, 4 x 4 are the building's
    assert not ((row >= 3) & (row <= 6) & (column >= 3) & (column <= 6)).any()


def test_reach_is_one_metre_on_a_fine_raster():
    cells = Cells(0, 10, 0.25, 0.25, 40, 40)
    rings = find_rings(cells, np.array([shapely.box(4, 4, 6, 6)]))
    x, y = cells.centres(rings.cell)
    apart = shapely.distance(shapely.points(x, y), shapely.box(4, 4, 6, 6))
    assert apart.min() > 0
    assert 0.8 < apart.max() < 1.3


def test_cells_of_other_buildings_are_left_out():
    cells = Cells(0, 20, 1, 1, 20, 20)
    pair = np.array([shapely.box(4, 5, 8, 15), shapely.box(8, 5, 12, 15)])
    rings = find_rings(cells, pair)
    x, y = cells.centres(rings.cell)
    assert not shapely.contains_xy(shapely.union_all(pair), x, y).any()


def test_courtyards_count_as_outside():
    cells = Cells(0, 20, 1, 1, 20, 20)
    house = shapely.box(4, 4, 16, 16).difference(shapely.box(8, 8, 12, 12))
    rings = find_rings(cells, np.array([house]))
    x, y = cells.centres(rings.cell)
    assert shapely.contains_xy(shapely.box(8, 8, 12, 12), x, y).any()


def test_hemmed_in_building_takes_the_cell_under_it():
    cells = Cells(0, 15, 5, 5, 3, 3)
    inner = shapely.box(5, 5, 10, 10)
    rings = find_rings(cells, np.array([inner, shapely.box(0, 0, 15, 15).difference(inner)]))
    assert rings.under.tolist() == [True, True]
    assert rings.cell[rings.start[0] : rings.start[1]].tolist() == [4]


def test_nothing_in_nothing_out_and_missing_footprints():
    cells = Cells(0, 10, 1, 1, 10, 10)
    assert find_rings(cells, np.empty(0, object)).start.tolist() == [0]
    rings = find_rings(cells, np.array([None, shapely.Polygon(), shapely.box(100, 100, 110, 110)], object))
    assert rings.count.tolist() == [0, 0, 0]
    far = Footprints.of(np.array([None, shapely.box(100, 100, 110, 110)], object))
    assert far.off(cells).tolist() == [False, True]


def test_order_of_buildings_does_not_matter():
    cells = Cells(0, 40, 1, 1, 40, 40)
    houses = np.array([shapely.box(x, y, x + 5, y + 4) for x in (2, 9, 20) for y in (3, 9, 25)])
    forward, backward = find_rings(cells, houses), find_rings(cells, houses[::-1])
    assert ring_sets(forward) == ring_sets(backward)[::-1]


def test_degrees_equal_metres():
    across, along = metres_per_degree(-6.2)
    assert across == pytest.approx(110_668, rel=1e-3)
    assert along == pytest.approx(110_588, rel=1e-3)
    houses = np.array([shapely.box(21.1, 33.3, 42.2, 47.4), shapely.box(60.3, 10.4, 77.7, 22.1)])
    metric = find_rings(Cells(0, 100, 2.5, 2.5, 40, 40), houses)
    turned = shapely.transform(houses, lambda xy: xy / [across, along] + [106, -6.2])
    degrees = find_rings(Cells(106, -6.2 + 100 / along, 2.5 / across, 2.5 / along, 40, 40, across, along), turned)
    assert ring_sets(metric) == ring_sets(degrees)


def test_footprint_on_the_lines_of_the_cells_has_one_row_of_ring():
    rings = find_rings(Cells(0, 10, 1, 1, 10, 10), np.array([shapely.box(3, 3, 6, 6)]))
    assert len(rings.cell) == 5 * 5 - 3 * 3


def test_values_of_rings():
    cells = Cells(0, 10, 1, 1, 10, 10)
    rings = find_rings(cells, np.array([shapely.box(3, 3, 6, 6), shapely.box(100, 0, 101, 1)]))
    values = np.full(100, np.nan)
    values[rings.cell[3]], values[rings.cell[5]] = 0.2, 0.7
    highest, where = rings.highest(values)
    assert highest[0] == 0.7
    assert where.tolist() == [rings.cell[5], -1]
    assert np.isnan(highest[1])
    assert rings.lowest(values)[0] == 0.2


def test_nearest_takes_known_cells_only():
    cells = Cells(0, 10, 1, 1, 10, 10)
    rings = find_rings(cells, np.array([shapely.box(3, 3, 6, 6)]))
    known = np.ones(100, bool)
    here = (np.array([0]), np.array([6.0]), np.array([4.5]))
    first = rings.nearest(cells, *here, known)
    assert first.tolist() == [5 * 10 + 6]
    known[first] = False
    assert rings.nearest(cells, *here, known)[0] not in (-1, first[0])
    assert rings.nearest(cells, *here, np.zeros(100, bool)).tolist() == [-1]


def test_cancel_stops():
    with pytest.raises(Cancelled):
        find_rings(Cells(0, 10, 1, 1, 10, 10), np.array([shapely.box(3, 3, 6, 6)]), lambda fraction, text: False)
