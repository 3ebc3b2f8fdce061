"""The load flow: the worked feeder, pandapower on random networks, balance of power, what has no solution."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.power_networks import network, with_open, worked_feeder
from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.power import flow, pandapower_flow
from twin_plugin.core.power.flow import parts, solve
from twin_plugin.core.power.network import Sources
from twin_plugin.core.power.supply import find_supply


def solved(net, load):
    return solve(net, parts(net, find_supply(net)), load)


def test_the_worked_feeder():
    """110/10 kV, 40 MVA, six cables of 0.8 km, 1.2 MW and 0.3 Mvar at each node, 1.3 MW given at the end."""
    found = solved(*worked_feeder())
    assert found.cable_percent[:, 0].round(2).tolist() == [87.55, 70.18, 52.72, 35.23, 17.87, 4.53]
    assert found.voltage_pu[-1, 0] == pytest.approx(0.9690, abs=5e-5)
    assert found.source_percent[0, 0] == pytest.approx(15.81, abs=0.005)


def test_two_nodes_by_hand():
    """One cable without capacitance from a stiff source: the quadratic equation of the receiving end's voltage."""
    net = network(2, [(0, 1)], [0], length_km=5.0)
    bare = replace(net.sources, mva=np.array([np.nan]))
    net = replace(net, sources=bare, cables=replace(net.cables, c_nf=np.zeros(1)))
    p, q, r, x = 3.0, 1.0, 0.61, 0.525  # MW, Mvar, ohm
    found = solved(net, np.array([[0], [p + 1j * q]]))
    b = 2 * (p * r + q * x) - 100.0
    v = np.sqrt((-b + np.sqrt(b * b - 4 * (p * p + q * q) * (r * r + x * x))) / 2)
    assert found.voltage_pu[1, 0] == pytest.approx(v / 10.0, rel=1e-6)
    amperes = 1000 * np.hypot(p, q) / (np.sqrt(3) * v)
    assert found.current_a[0, 0] == pytest.approx(amperes, rel=1e-6)
    assert found.losses_mw[0] == pytest.approx(3 * r * (amperes / 1000) ** 2, rel=1e-4)


def random_case(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(4, 30))
    pairs = [(int(rng.integers(max(0, k - 4), k)), k) for k in range(1, count)]
    if seed % 2:
        pairs += [(0, count - 1), (1, count // 2)]  # loops
    sources = [0] if seed % 3 else [0, count - 1]
    net = network(count, pairs, sources, length_km=float(rng.uniform(0.2, 1.5)))
    load = rng.uniform(0, 0.4, (count, 3)) + 1j * rng.uniform(0, 0.15, (count, 3))
    load[rng.integers(0, count, 2)] -= 1.0
    return (with_open(net, int(rng.integers(0, len(pairs)))) if seed % 4 == 1 else net), load


@pytest.mark.parametrize("seed", range(12))
def test_pandapower_says_the_same(seed):
    pytest.importorskip("pandapower")
    net, load = random_case(seed)
    own, other = solved(net, load), pandapower_flow.solve_pandapower(net, load)
    assert own.solved.all()
    for name in ("voltage_pu", "cable_percent", "current_a", "source_percent", "source_mw", "cable_mw", "losses_mw"):
        mine, theirs = getattr(own, name), getattr(other, name)
        assert np.isnan(mine).tolist() == np.isnan(theirs).tolist(), name
        assert mine == pytest.approx(theirs, rel=1e-5, abs=1e-6, nan_ok=True), name


def test_pandapower_gives_the_worked_feeder():
    pytest.importorskip("pandapower")
    found = pandapower_flow.solve_pandapower(*worked_feeder())
    assert found.cable_percent[:, 0].round(2).tolist() == [87.55, 70.18, 52.72, 35.23, 17.87, 4.53]
    assert found.source_percent[0, 0] == pytest.approx(15.81, abs=0.005)


@pytest.mark.parametrize("seed", range(0, 12, 3))
def test_power_is_kept(seed):
    """What sources feed in is what nodes take, and the losses."""
    net, load = random_case(seed)
    found = solved(net, load)
    reached = find_supply(net).reached
    taken = load[reached].real.sum(axis=0)
    assert found.source_mw.sum(axis=0) == pytest.approx(taken + found.losses_mw, abs=1e-6)
    assert (found.losses_mw > 0).all()


def test_nothing_in_nothing_out():
    net = network(3, [(0, 1), (1, 2)], [0])
    plain = replace(net.sources, pfe_kw=np.zeros(1), i0_percent=np.zeros(1))
    found = solved(replace(net, sources=plain, cables=replace(net.cables, c_nf=np.zeros(2))), np.zeros((3, 1), complex))
    assert found.voltage_pu == pytest.approx(1.0)
    assert found.current_a == pytest.approx(0.0, abs=1e-6)


def test_a_dark_part_has_no_figures():
    net = with_open(network(4, [(0, 1), (1, 2), (2, 3)], [0]), 1)
    found = solved(net, np.full((4, 1), 0.1 + 0j))
    assert np.isnan(found.voltage_pu[2:]).all()
    assert np.isfinite(found.voltage_pu[:2]).all()
    assert np.isnan(found.cable_percent[1:]).all()


def test_too_much_load_has_no_solution():
    net = network(2, [(0, 1)], [0], length_km=20.0)
    found = solved(net, np.array([[0, 0], [500.0, 1.0]], complex))
    assert found.solved.tolist() == [False, True]
    assert np.isnan(found.voltage_pu[:, 0]).all()
    assert np.isnan(found.losses_mw[0])


def test_a_part_that_is_too_large_is_one_sentence(monkeypatch):
    monkeypatch.setattr(flow, "MOST_NODES", 2)
    net, load = worked_feeder()
    with pytest.raises(InputError, match="METHOD pandapower or topology"):
        solved(net, load)


def test_without_pandapower_one_sentence(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pandapower", None)
    with pytest.raises(ResourceError, match="pip install pandapower"):
        pandapower_flow.solve_pandapower(*worked_feeder())


def test_pandapower_needs_a_transformer():
    pytest.importorskip("pandapower")
    net, load = worked_feeder()
    bare: Sources = replace(net.sources, mva=np.array([np.nan]))
    with pytest.raises(InputError, match="METHOD builtin"):
        pandapower_flow.solve_pandapower(replace(net, sources=bare), load)
