"""People to shelters: against worked numbers, HiGHS, and whatever order the rows have."""

import numpy as np
import pytest

from tests.core.roads.along import arrive_along
from tests.core.roads.test_travel import closing, graph_of, random_case
from twin_plugin.core.contingency.evacuation import Block, People, Shelter
from twin_plugin.core.contingency.shelters import evacuate_blocks, gather, place_people
from twin_plugin.core.roads.graph import WaterOnRoads
from twin_plugin.core.roads.travel import Travel

FOUR = np.array([[4, 7, 12], [3, 5, 9], [6, 2, 8], [9, 4, 3]], float)
"""Costs of four blocks of 120, 80, 60 and 40 people at three shelters for 100, 90 and 70."""


def total(costs, sent):
    return float((np.where(np.isfinite(costs), costs, 0) * sent).sum())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_not_greedy_in_either_order(order):
    costs = np.array([[1, 2], [2, 9]], float)[list(order)]
    sent, without = place_people(costs, [60, 60], [60, 60])
    assert total(costs, sent) == 240
    assert not without.any()


def test_four_blocks_and_three_shelters_as_worked():
    sent, without = place_people(FOUR, [120, 80, 60, 40], [100, 90, 70])
    assert (sent.sum(), without.sum(), total(FOUR, sent)) == (260, 40, 1040)
    cut_off = FOUR.copy()
    cut_off[0, 0] = np.inf
    sent, without = place_people(cut_off, [120, 80, 60, 40], [100, 90, 70])
    assert (sent.sum(), without.sum(), total(cut_off, sent)) == (260, 40, 1270)


def test_a_place_is_found_however_far_others_must_move_on():
    """Each block can reach its own shelter for nothing and the next one for 1,000; only the last one has room."""
    n = 12
    costs = np.full((n + 1, n), np.inf)
    costs[np.arange(n), np.arange(n)] = 0.0
    costs[np.arange(n - 1), np.arange(1, n)] = 1000.0
    costs[n, 0] = 0.0
    sent, without = place_people(costs, [10] * (n - 1) + [0, 10], [10] * n)
    assert not without.any()
    assert total(costs, sent) == 1000.0 * 10 * (n - 1)


@pytest.mark.parametrize("seed", range(10))
def test_as_good_as_highs(seed):
    optimize = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(seed)
    blocks, places = 12, 5
    costs = np.round(rng.uniform(0, 50, (blocks, places)), 3)
    costs[rng.random(costs.shape) < 0.3] = np.inf
    people, capacity = rng.integers(0, 90, blocks), rng.integers(0, 120, places)
    sent, without = place_people(costs, people, capacity)
    np.testing.assert_array_equal(sent.sum(axis=1) + without, people)
    assert (sent.sum(axis=0) <= capacity).all()
    assert not sent[np.isinf(costs)].any()
    assert (sent >= 0).all()
    rows, columns = np.nonzero(np.isfinite(costs))
    count = len(rows)
    by_block = (rows == np.arange(blocks)[:, None]).astype(float)
    by_place = (columns == np.arange(places)[:, None]).astype(float)
    least = optimize.linprog(
        np.concatenate([costs[rows, columns], np.full(blocks, 1e4)]),
        A_ub=np.hstack([by_place, np.zeros((places, blocks))]),
        b_ub=capacity,
        A_eq=np.hstack([by_block, np.eye(blocks)]),
        b_eq=people,
        method="highs",
    )
    assert total(costs, sent) + 1e4 * without.sum() == pytest.approx(least.fun)
    assert without.sum() == round(least.x[count:].sum())


def shelter(name, node, capacity, excluded=""):
    return Shelter(name, name, node, capacity, 0.0, 0.0, excluded)


def test_buildings_meet_at_their_junction():
    people = People(
        ("b", "a", "c", "d", "e", "b"),
        ("", "School", "", "", "", ""),
        np.array([10, 20, 5, 0, 7, 1]),
        np.arange(6.0),
        np.zeros(6),
    )
    blocks = gather(people, np.array([3, 3, -1, 3, -1, 4]))
    assert [(b.id, b.name, b.node, b.people, b.buildings) for b in blocks] == [
        ("a", "School", 3, 30, ("a", "b")),
        ("b", "b", 4, 1, ("b",)),
        ("c", "c", -1, 5, ("c",)),
        ("e", "e", -1, 7, ("e",)),
    ]


def test_nobody_goes_into_water_or_where_no_road_leads():
    graph = graph_of([[0, 1], [1, 2], [3, 4]], [500.0, 500.0, 500.0])
    travel = Travel(graph, closing(graph, [np.nan, 1.5, np.nan]))
    blocks = [
        Block("near", "", 0, 30, ("x",), 0, 0),
        Block("far", "", 3, 10, ("y",), 0, 0),
        Block("off", "", -1, 4, ("z",), 0, 0),
    ]
    shelters = [shelter("wet", 1, 500, "in water"), shelter("dry", 2, 500), shelter("full", 1, 12)]
    found = evacuate_blocks(travel, blocks, shelters, 0.0)
    assert [(p.block, p.shelter, p.people) for p in found.placements] == [("near", "full", 12)]
    assert [(u.block, u.people, str(u.reason)) for u in found.unplaced] == [
        ("far", 10, "no way to a shelter stays open long enough"),
        ("near", 18, "the shelters that they can reach in time are full"),
        ("off", 4, "no road is near"),
    ]
    route = found.routes[0]
    assert (route.edges, route.nodes, route.length_m) == ((0,), (0, 1), 500.0)
    assert found.people_minutes == pytest.approx(12 * 1.0)
    assert np.isinf(route.latest_departure_min)
    assert [str(note) for note in found.notes] == [
        "1 shelters could take people, but no way to them stays open long enough: dry."
    ]
    earlier = evacuate_blocks(travel, blocks, shelters, -1.0)  # the second edge is left at 1.0, before it closes
    assert [(p.shelter, p.people) for p in earlier.placements] == [("dry", 18), ("full", 12)]
    assert [r.latest_departure_min for r in earlier.routes] == [pytest.approx(-0.5), np.inf]
    none = evacuate_blocks(travel, blocks[:1], shelters[:1], 0.0)
    assert [str(u.reason) for u in none.unplaced] == ["there is no shelter that can be used"]


@pytest.mark.parametrize("reopened", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_as_good_as_with_the_minutes_of_all_pairs(seed, reopened):
    """The solution by bounds costs as much as one by a search from every block."""
    graph, water = random_case(seed)
    travel = Travel(graph, water, reopened)
    rng = np.random.default_rng(seed)
    blocks = [Block(f"b{n}", "", n, int(rng.integers(1, 50)), (), 0, 0) for n in range(5)]
    shelters = [shelter("p", 5, 60), shelter("q", 6, 50), shelter("r", 0, 10)]
    for depart in (-4.0, 0.0, 3.0):
        found = evacuate_blocks(travel, blocks, shelters, depart)
        costs = np.array([travel.earliest(b.node, depart)[[5, 6, 0]] for b in blocks]) - depart
        sent, without = place_people(costs, [b.people for b in blocks], [60, 50, 10])
        assert sum(p.people for p in found.placements) == sent.sum()
        assert sum(u.people for u in found.unplaced) == without.sum()
        assert found.people_minutes == pytest.approx(total(costs, sent), abs=0.001 * sent.sum() + 1e-9)
        for route in found.routes:
            assert arrive_along(travel, route.edges, depart) == pytest.approx(route.arrive_min)
            assert route.latest_by_any_way_min >= route.latest_departure_min >= depart - 1e-6


def test_the_same_whatever_the_order_of_the_rows():
    graph, water = random_case(3)
    travel = Travel(
        graph, WaterOnRoads(water.times_min, water.speed_kmh, np.full_like(water.closes_min, np.nan), water.opens_min)
    )
    blocks = [Block(f"b{n}", "", n % 6, 10, (), 0, 0) for n in range(9)]
    shelters = [shelter("p", 5, 31), shelter("q", 6, 32), shelter("r", 6, 20)]
    expected = evacuate_blocks(travel, blocks, shelters, 0.0)
    rng = np.random.default_rng(1)
    for _ in range(4):
        mixed = [blocks[n] for n in rng.permutation(9)], [shelters[n] for n in rng.permutation(3)]
        assert evacuate_blocks(travel, *mixed, 0.0) == expected
