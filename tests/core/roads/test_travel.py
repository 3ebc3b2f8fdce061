"""Travel on roads in water: against worked numbers, and against an enumeration of all simple paths."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.core.roads.along import arrive_along
from twin_plugin.core.risk.networks import read_speed
from twin_plugin.core.roads.graph import RoadGraph, WaterOnRoads, without_water
from twin_plugin.core.roads.travel import Travel

TABLES = Path(__file__).parents[3] / "resources" / "tables"
NODES = "ABCDEF"
WORKED = (
    ("AB", 600, np.nan),
    ("BC", 600, np.nan),
    ("CF", 900, 10.0),
    ("AD", 1500, np.nan),
    ("DE", 1200, np.nan),
    ("EF", 900, np.nan),
    ("BE", 1500, 8.0),
    ("BD", 500, np.nan),
)
"""Edges with their length in m and when they close, min; 30 km/h."""


def graph_of(ends, length_m, free_kmh=30.0, backward=None):
    first, last = np.array(ends, np.int64).reshape(-1, 2).T
    count = len(first)
    both = np.ones(count, bool)
    xy = np.zeros((1 + max(first.max(), last.max()), 2))
    free = np.full(count, free_kmh)
    back = both if backward is None else np.array(backward)
    return RoadGraph(xy, first.copy(), last.copy(), np.array(length_m, float), free, both, back, np.arange(count))


def closing(graph, closes_min, opens_min=None):
    dry = without_water(graph)
    opens = np.full(len(closes_min), np.nan) if opens_min is None else np.array(opens_min, float)
    return WaterOnRoads(dry.times_min, dry.speed_kmh, np.array(closes_min, float), opens)


@pytest.fixture
def worked():
    graph = graph_of([[NODES.index(n) for n in name] for name, _, _ in WORKED], [m for _, m, _ in WORKED])
    return Travel(graph, closing(graph, [closes for _, _, closes in WORKED]))


@pytest.mark.parametrize(
    ("depart", "way", "arrive"),
    [
        (0, "ABCF", 4.2),
        (4, "ABCF", 8.2),
        (5, "ABCF", 9.2),
        (5.8, "ABCF", 10.0),
        (6, "ABDEF", 12.4),
        (8, "ABDEF", 14.4),
        (10, "ABDEF", 16.4),
    ],
)
def test_ways_of_the_worked_example(worked, depart, way, arrive):
    """Whoever leaves at 6 would be in C before it closes, but not through."""
    found = worked.way(0, 5, depart)
    assert "".join(NODES[node] for node in found.nodes) == way
    assert found.arrive_min == pytest.approx(arrive, abs=1e-9)
    assert worked.earliest(0, depart)[5] == found.arrive_min
    for (edge, start), end in zip(zip(found.edges, found.nodes, strict=False), found.nodes[1:], strict=True):
        assert {worked.graph.first[edge], worked.graph.last[edge]} == {start, end}


def test_last_safe_moments_of_the_worked_example(worked):
    names = [name for name, _, _ in WORKED]
    along = [names.index(name) for name in ("AB", "BC", "CF")]
    assert worked.latest_along(along) == pytest.approx(5.8)
    assert worked.latest_along([names.index("AB"), names.index("BE"), names.index("EF")]) == pytest.approx(3.8)
    assert worked.way(0, 5, 0.0).latest_departure_min == pytest.approx(5.8)
    assert np.isinf(worked.latest(5)[0])  # by A-B-D-E-F, which never closes


def test_a_blocked_bridge_means_another_way(worked):
    closes = worked.water.closes_min.copy()
    closes[[name for name, _, _ in WORKED].index("BD")] = -100.0
    blocked = Travel(worked.graph, closing(worked.graph, closes))
    assert [NODES[node] for node in blocked.way(0, 5, 8.0).nodes] == list("ADEF")
    closes[:] = -100.0
    assert Travel(worked.graph, closing(worked.graph, closes)).way(0, 5, 8.0) is None


def test_minutes_in_water_as_worked():
    speeds = read_speed(TABLES / "speed_by_depth.csv")
    depth = np.array([0.0, 0.1, 0.15, 0.2, 0.25])
    graph = graph_of([[0, 1]] * 5, [600.0] * 5)
    slow = speeds.speed_kmh(depth, graph.free_kmh).astype(np.float32)[None]
    never = np.full(5, np.nan)
    travel = Travel(graph, WaterOnRoads(np.zeros(1), slow, never, never))
    minutes = [arrive_along(travel, [edge], 0.0) for edge in range(5)]
    np.testing.assert_allclose(minutes, [1.2, 1.2, 1.484, 2.911, 7.244], atol=6e-4)


def test_speed_changes_evenly_on_the_way():
    """From 60 to 20 km/h within 10 min: 60 t - 2 t² = 60 times 5 km, of which the smaller root is meant."""
    graph = graph_of([[0, 1]], [5000.0], 60.0)
    never = np.full(1, np.nan)
    travel = Travel(graph, WaterOnRoads(np.array([0.0, 10.0]), np.array([[60.0], [20.0]], np.float32), never, never))
    root = 15 - np.sqrt(15.0**2 - 150.0)
    assert arrive_along(travel, [0], 0.0) == pytest.approx(root)
    assert arrive_along(travel, [0], -3.0) == pytest.approx((60 - np.sqrt(3600 - 8 * 120)) / 4)  # 3 km are done at 0
    assert arrive_along(travel, [0], 9.0) == pytest.approx(10 + (300 - 22) / 20)
    back = Travel(graph, WaterOnRoads(travel.water.times_min, travel.water.speed_kmh, np.full(1, root), never))
    assert back.latest(1)[0] == pytest.approx(0.0, abs=1e-9)


def test_one_way_streets_and_waiting():
    graph = graph_of([[0, 1], [1, 2], [0, 2]], [500.0, 500.0, 5000.0], backward=[False, True, True])
    water = closing(graph, [np.nan, 2.0, np.nan], [np.nan, 5.0, np.nan])
    travel, waiting = Travel(graph, water), Travel(graph, water, reopened=True)
    assert travel.way(1, 0, 0.0).nodes == (1, 2, 0)
    assert travel.earliest(0, 1.5)[2] == pytest.approx(11.5)
    assert waiting.earliest(0, 1.5)[2] == pytest.approx(6.0)
    assert travel.latest(2)[1] == pytest.approx(1.0)
    assert np.isinf(waiting.latest(2)[1])


def simple_ways(graph, source, target):
    """Every way that comes to no node twice, as edges."""

    def further(node, seen, edges):
        if node == target:
            yield list(edges)
            return
        for edge in range(len(graph.first)):
            for start, end, allowed in (
                (graph.first[edge], graph.last[edge], graph.forward[edge]),
                (graph.last[edge], graph.first[edge], graph.backward[edge]),
            ):
                if start == node and end not in seen and allowed:
                    yield from further(end, {*seen, end}, [*edges, edge])

    yield from further(source, {source}, [])


def random_case(seed):
    """A graph of 7 nodes with one-way streets, water that comes and goes, and closures."""
    rng = np.random.default_rng(seed)
    ends = [pair for pair in ((i, j) for i in range(7) for j in range(i + 1, 7)) if rng.random() < 0.55]
    ends += [(0, 1), (5, 6)]
    count = len(ends)
    graph = graph_of(ends, rng.uniform(50, 1500, count), backward=rng.random(count) < 0.8)
    times = np.array([0.0, 3.0, 5.0, 9.0])
    speed = np.minimum(30.0, rng.uniform(2, 60, (4, count))).astype(np.float32)
    closes = np.where(rng.random(count) < 0.4, rng.uniform(0, 9, count), np.nan)
    return graph, WaterOnRoads(times, speed, closes, closes + rng.uniform(1, 6, count))


@pytest.mark.parametrize("reopened", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_equal_to_an_enumeration_of_all_simple_ways(seed, reopened):
    graph, water = random_case(seed)
    travel = Travel(graph, water, reopened)
    latest = travel.latest(6)
    for source in range(6):
        ways = list(simple_ways(graph, source, 6))
        for depart in (-2.0, 0.0, 1.7, 4.0, 8.0):
            best = min((arrive_along(travel, way, depart) for way in ways), default=np.inf)
            assert travel.earliest(source, depart)[6] == pytest.approx(best)
            found = travel.way(source, 6, depart)
            assert (found is None) == np.isinf(best)
            if found is not None:
                assert arrive_along(travel, found.edges, depart) == pytest.approx(best)
            assert (latest[source] >= depart - 1e-9) == np.isfinite(best)
        assert latest[source] == pytest.approx(max(map(travel.latest_along, ways), default=-np.inf))
        if np.isfinite(latest[source]):  # a moment before it somebody comes through, a moment later nobody
            assert np.isfinite(travel.earliest(source, latest[source] - 1e-6)[6])
            assert np.isinf(travel.earliest(source, latest[source] + 1e-6)[6])


@pytest.mark.parametrize("seed", range(6))
def test_who_leaves_earlier_arrives_earlier(seed):
    graph, water = random_case(seed)
    travel = Travel(graph, water)
    arrivals = [travel.earliest(0, depart) for depart in np.linspace(-2, 10, 60)]
    for earlier, later in pairwise(arrivals):
        assert (earlier <= later + 1e-9).all()


@pytest.mark.parametrize("reopened", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_bounds_are_never_above_and_exact_where_they_are_driven(seed, reopened):
    graph, water = random_case(seed)
    travel = Travel(graph, water, reopened)
    sources = np.arange(6)
    for depart in (-6.0, 0.0, 4.0):
        bounds = travel.bounds(sources, 6, depart)
        least = bounds.least_min[:6]
        minutes = np.array([travel.earliest(source, depart)[6] for source in sources]) - depart
        assert (least <= minutes).all()
        exact = bounds.driven_min <= least + 1e-6
        np.testing.assert_allclose(least[exact], minutes[exact], atol=2e-6)
        for source in sources:  # a search that knows the bounds finds the same
            assert travel.arrival(source, 6, depart, bounds) - depart == pytest.approx(minutes[source], abs=1e-9)
            way = travel.way(source, 6, depart, bounds)
            assert (way is None) == np.isinf(minutes[source])
