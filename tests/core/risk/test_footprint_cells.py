"""The share of each cell that a footprint covers, against shapely's intersections of boxes and footprints."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.risk.footprint_cells import centres_inside, find_footprint_cells

CELLS = Cells(100.0, 220.0, 2.0, 3.0, 40, 60)


def by_shapely(cells, shape):
    """Share of each cell that lies in a footprint, by cell number."""
    row, column = np.indices((cells.rows, cells.columns)).reshape(2, -1)
    west, north = cells.west + column * cells.width, cells.north - row * cells.height
    boxes = shapely.box(west, north - cells.height, west + cells.width, north)
    share = shapely.area(shapely.intersection(boxes, shape)) / (cells.width * cells.height)
    return {int(cell): share[cell] for cell in np.flatnonzero(share > 1e-7)}


def found(cells, shapes):
    """Share by cell number of each footprint."""
    under = find_footprint_cells(cells, np.array(shapes, object))
    pairs = zip(under.start[:-1], under.start[1:], strict=True)
    return [dict(zip(under.cell[a:b].tolist(), under.share[a:b], strict=True)) for a, b in pairs]


def star(random, x, y, radius):
    """A jagged polygon with a hole, drawn in either direction."""
    angles = np.sort(random.uniform(0, 2 * np.pi, 15))
    reach = radius * random.uniform(0.5, 1.0, 15)
    outline = np.column_stack([x + reach * np.cos(angles), y + reach * np.sin(angles)])
    shape = shapely.Polygon(outline).difference(shapely.box(x - 1.3, y - 1.1, x + 0.7, y + 1.9))
    return shape if random.random() < 0.5 else shapely.reverse(shape)


def test_shares_are_those_of_an_exact_clip():
    random = np.random.default_rng(13)
    shapes = [star(random, *random.uniform((95, 90), (225, 225)), random.uniform(1, 25)) for _ in range(40)]
    shapes.append(shapely.MultiPolygon([shapely.box(110, 110, 111, 111), shapely.box(111.5, 111.5, 119, 118)]))
    for share, shape in zip(found(CELLS, shapes), shapes, strict=True):
        expected = by_shapely(CELLS, shape)
        assert share.keys() == expected.keys()
        assert list(share.values()) == pytest.approx([expected[cell] for cell in share], abs=1e-9)


def test_walls_along_the_edges_of_cells_touch_no_neighbour():
    (share,) = found(CELLS, [shapely.box(104, 190, 110, 199)])
    assert list(share.values()) == [1.0] * 9
    assert share.keys() == by_shapely(CELLS, shapely.box(104, 190, 110, 199)).keys()


def test_a_footprint_that_crosses_itself_counts_as_its_mended_form():
    bow = shapely.Polygon([(110, 110), (120, 120), (120, 110), (110, 120)])
    (share,) = found(CELLS, [bow])
    assert sum(share.values()) * 6.0 == pytest.approx(shapely.make_valid(bow).area)


def test_missing_empty_and_distant_footprints_have_no_cells():
    assert found(CELLS, [None, shapely.Polygon(), shapely.box(0, 0, 10, 10)]) == [{}, {}, {}]
    assert find_footprint_cells(CELLS, np.empty(0, object)).start.tolist() == [0]


def test_centres_are_those_that_shapely_finds():
    random = np.random.default_rng(5)
    shapes = np.array([star(random, *random.uniform((110, 110), (210, 210)), 12.0) for _ in range(10)], object)
    under = find_footprint_cells(CELLS, shapes)
    inside = centres_inside(CELLS, shapes, under)
    centres = shapely.points(*CELLS.centres(np.arange(CELLS.size)))
    for building, shape in enumerate(shapes):
        expected = np.flatnonzero(shapely.contains(shape, centres))
        assert sorted(under.cell[inside & (under.owner == building)]) == expected.tolist()


def test_a_cancel_stops_the_search():
    with pytest.raises(Cancelled):
        find_footprint_cells(CELLS, np.array([shapely.box(110, 110, 120, 120)]), lambda fraction, text: False)
