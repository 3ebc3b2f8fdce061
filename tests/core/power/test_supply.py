"""Who has power: an independent graph search says the same, with loops, islands, open switches and two sources."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.power_networks import network, with_open, worked_feeder
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.power.outages import Outages, first_minute, split_ids, switch
from twin_plugin.core.power.supply import find_supply


def searched(net):
    """Nodes that a plain search reaches, written another way: sets that grow until they no longer do."""
    reached = {int(n) for n, on in zip(net.sources.node, net.sources.on, strict=True) if on and net.on[n]}
    edges = [
        (int(a), int(b))
        for a, b, c in zip(net.cables.start, net.cables.end, net.cables.closed, strict=True)
        if c and net.on[a] and net.on[b]
    ]
    while True:
        more = {b for a, b in edges if a in reached} | {a for a, b in edges if b in reached}
        if more <= reached:
            return reached
        reached |= more


def random_network(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(5, 40))
    pairs = [(k, int(rng.integers(0, k))) for k in range(1, count)]
    pairs += [tuple(map(int, rng.choice(count, 2, replace=False))) for _ in range(int(rng.integers(0, 6)))]
    net = network(count, pairs, [int(n) for n in rng.choice(count, int(rng.integers(1, 4)), replace=False)])
    cables = replace(net.cables, closed=rng.random(len(pairs)) < 0.8)
    on = rng.random(count) < 0.95
    return replace(net, cables=cables, on=on, sources=replace(net.sources, on=rng.random(len(net.sources.ids)) < 0.8))


@pytest.mark.parametrize("seed", range(40))
def test_an_independent_search_reaches_the_same_nodes(seed):
    net = random_network(seed)
    found = find_supply(net)
    assert set(np.flatnonzero(found.reached).tolist()) == searched(net)
    assert ((found.source >= 0) == found.reached).all()
    networkx = pytest.importorskip("networkx")
    graph = networkx.Graph()
    graph.add_nodes_from(np.flatnonzero(net.on).tolist())
    usable = net.usable()
    graph.add_edges_from(zip(net.cables.start[usable].tolist(), net.cables.end[usable].tolist(), strict=True))
    feeding = {int(n) for n, on in zip(net.sources.node, net.sources.on, strict=True) if on and net.on[n]}
    live = [part for part in networkx.connected_components(graph) if part & feeding]
    assert {frozenset(np.flatnonzero(found.part == k).tolist()) for k in range(len(found.loops))} == {
        frozenset(part) for part in live
    }
    paths = networkx.multi_source_dijkstra_path_length(graph, feeding) if feeding else {}
    for node, steps in paths.items():
        assert found.steps[node] == steps


def test_without_the_transformer_all_seven_nodes_are_dark():
    net, _ = worked_feeder()
    assert find_supply(net).reached.all()
    assert not find_supply(switch(net, Outages(off=("T0",)))).reached.any()


def test_loops_count_cables_beyond_a_tree():
    ring = network(4, [(0, 1), (1, 2), (2, 3), (3, 0)], [0])
    assert find_supply(ring).loops.tolist() == [1]
    assert find_supply(with_open(ring, 2)).loops.tolist() == [0]
    two = network(4, [(0, 1), (1, 2), (2, 3)], [0, 3])
    assert find_supply(two).loops.tolist() == [1], "two sources that meet"
    assert find_supply(with_open(two, 1)).loops.tolist() == [0, 0]


def test_an_open_cable_that_is_closed_feeds_from_the_other_side():
    net = with_open(network(5, [(0, 1), (1, 2), (2, 3), (3, 4)], [0, 4]), 2)
    out = switch(net, Outages(off=("T0",)))
    assert find_supply(out).reached.tolist() == [False, False, False, True, True]
    fed = switch(net, Outages(off=("T0",), on=("L2",)))
    assert find_supply(fed).reached.all()
    assert set(find_supply(fed).source.tolist()) == {1}


def test_a_source_in_water_takes_its_busbar_with_it():
    net = network(3, [(0, 1), (1, 2)], [0, 2])
    assert find_supply(switch(net, Outages(off=("T0",)))).reached.all(), "the busbar carries on"
    wet = find_supply(switch(net, Outages(by_water={"T0": 30.0})))
    assert wet.reached.tolist() == [False, True, True]


def test_a_node_or_a_cable_can_be_out():
    net = network(4, [(0, 1), (1, 2), (2, 3)], [0])
    assert find_supply(switch(net, Outages(off=("N1",)))).reached.tolist() == [True, False, False, False]
    assert find_supply(switch(net, Outages(off=("L2",)))).reached.tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("outages", "said"),
    [
        (Outages(off=("T9",)), "OUT_OF_SERVICE names 'T9'"),
        (Outages(on=("N1",)), "SWITCH_ON names 'N1'"),
        (Outages(off=("L1",), on=("L1",)), "in OUT_OF_SERVICE and in SWITCH_ON"),
    ],
)
def test_an_unknown_id_is_one_sentence(outages, said):
    net = network(3, [(0, 1), (1, 2)], [0])
    with pytest.raises(InputError, match=said):
        switch(net, outages)


def test_ids_are_parted_by_any_mark():
    assert split_ids(" A006; L1,L2\nL1；变电站 1 ") == ("A006", "L1", "L2", "变电站 1")
    assert split_ids("") == ()


def test_the_first_known_minute():
    assert first_minute([float("nan"), 56.0, 60.0]) == 56.0
    assert np.isnan(first_minute([float("nan")]))
