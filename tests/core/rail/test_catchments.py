"""Walking catchments against shortest ways of scipy, and people against counts by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from twin_plugin.core.rail.catchments import Streets, Walking, straight
from twin_plugin.core.rail.people import People
from twin_plugin.core.roads.from_lines import Lines, build_graph

coo_matrix = pytest.importorskip("scipy.sparse").coo_matrix
dijkstra = pytest.importorskip("scipy.sparse.csgraph").dijkstra

WALKING = Walking(4.5, (5.0, 10.0))
METRES = 375.0


def streets(shapes, walking=WALKING):
    count = len(shapes)
    both = np.ones(count, bool)
    lines = Lines(np.array(shapes, object), np.full(count, walking.speed_kmh), both, both, np.arange(count))
    return Streets(build_graph(lines), walking)


def lattice(columns, rows, step_m, seed):
    """Streets of a town whose junctions are moved about, and some of them missing."""
    random = np.random.default_rng(seed)
    xy = {(i, j): (i * step_m + random.uniform(-20, 20), j * step_m + random.uniform(-20, 20))
          for i in range(columns) for j in range(rows)}  # fmt: skip
    pairs = [((i, j), (i + 1, j)) for i in range(columns - 1) for j in range(rows)]
    pairs += [((i, j), (i, j + 1)) for i in range(columns) for j in range(rows - 1)]
    kept = [pair for pair in pairs if random.random() > 0.15]
    return [shapely.LineString([xy[a], xy[b]]) for a, b in kept]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reached_streets_equal_shortest_ways_on_a_fine_graph(seed):
    """Every street in steps of about 1 m as a graph of its own: a step is reached as far as its ends are near."""
    shapes = lattice(9, 8, 110.0, seed)
    walked = streets(shapes)
    place = shapely.Point(430.0 + 7 * seed, 395.0)
    access = walked.access([place])
    reached = shapely.union_all(walked.reached(access, walked.walked_m(access), METRES))
    number, first, last, step = {}, [], [], []
    for shape in shapes:
        count = math.ceil(shape.length)
        points = [shape.interpolate(k / count, normalized=True) for k in range(count + 1)]
        nodes = [number.setdefault(tuple(np.round(p.coords[0], 6)), len(number)) for p in points]
        first, last, step = first + nodes[:-1], last + nodes[1:], step + [shape.length / count] * count
    nearest = min(shapes, key=place.distance)
    foot = nearest.interpolate(nearest.project(place))
    start = min(number, key=lambda xy: math.hypot(xy[0] - foot.x, xy[1] - foot.y))
    matrix = coo_matrix((step, (first, last)), (len(number), len(number)))
    left = METRES - place.distance(foot) - dijkstra(matrix, directed=False, indices=number[start])
    expected = np.minimum(step, np.clip(left[first], 0, None) + np.clip(left[last], 0, None)).sum()
    assert reached.length == pytest.approx(expected, rel=0.004)


def test_junctions_equal_the_least_ways_of_scipy():
    walked = streets(lattice(12, 12, 90.0, 4))
    graph = walked._built.graph
    size = len(graph.node_xy)
    matrix = coo_matrix((graph.length_m, (graph.first, graph.last)), (size, size))
    access = walked.access([shapely.Point(300, 310), shapely.Point(700, 640)])
    ways = dijkstra(matrix, directed=False, indices=np.concatenate([graph.first[access.edge], graph.last[access.edge]]))
    starts = np.concatenate([access.along_m, graph.length_m[access.edge] - access.along_m])
    expected = (ways + (starts + np.tile(access.aside_m, 2))[:, None]).min(axis=0)
    assert walked.walked_m(access) == pytest.approx(expected, abs=1e-6)


def test_a_street_by_hand():
    """50 m beside a street of 2 km: 375 m less the 50 to each side."""
    walked = streets([shapely.LineString([(0, 0), (2000, 0)])])
    access = walked.access([shapely.Point(1000, 50)])
    [first, second] = [walked.reached(access, walked.walked_m(access), m) for m in (375.0, 750.0)]
    assert shapely.total_bounds(first) == pytest.approx([675, 0, 1325, 0])
    assert shapely.total_bounds(second) == pytest.approx([300, 0, 1700, 0])
    [area, _] = walked.catchments(access)
    assert area.bounds == pytest.approx((625, -50, 1375, 50))


def test_who_lives_in_two_catchments_counts_once():
    walked = streets([shapely.LineString([(0, 0), (2000, 0)])])
    shapes = [walked.catchments(walked.access([shapely.Point(x, 0)]))[0] for x in (800, 1200)]
    people = People(
        shapely.points([[700, 10], [1000, 10], [1300, 10], [1990, 10], [1000, 60]]),
        np.array([100.0, 10.0, 1.0, 5000.0, 7000.0]),
        np.array([1.0, np.nan, 3.0, 0.0, 0.0]),
    )
    assert [people.inside(shape)[0] for shape in shapes] == [110.0, 11.0]
    assert people.inside(shapely.union_all(shapes)) == (111.0, 4.0)


def test_polygons_count_by_their_area():
    block = shapely.box(0, 0, 100, 50)
    people = People(np.array([block, block, None], object), np.array([80.0, np.nan, 9.0]), np.array([8.0, 4.0, 9.0]))
    assert people.inside(shapely.box(-10, -10, 25, 60)) == pytest.approx((20.0, 3.0))
    assert people.inside(shapely.box(-10, -10, 200, 60)) == pytest.approx((80.0, 12.0))
    assert people.inside(shapely.box(500, 0, 600, 60)) == (0.0, 0.0)
    assert people.inside(None) == (0.0, 0.0)


def test_a_far_station_and_one_on_an_island():
    shapes = [shapely.LineString([(0, 0), (500, 0)]), shapely.LineString([(5000, 0), (5100, 0)])]
    walked = streets(shapes)
    assert len(walked.access([shapely.Point(0, 900)]).edge) == 0
    island = walked.access([shapely.Point(5050, 10)])
    assert walked.reached(island, walked.walked_m(island), 375.0)[0].length == pytest.approx(100)


def test_straight_catchments_are_circles_shortened_by_the_detour():
    [near, far] = straight([shapely.Point(0, 0)], WALKING)
    assert near.bounds[2] == pytest.approx(375 / 1.3)
    assert far.area / near.area == pytest.approx(4)
