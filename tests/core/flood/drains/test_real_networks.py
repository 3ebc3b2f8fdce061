"""Published networks on a terrain: what is in SWMM's own hands, as pumps and rules, is so in a coupled run too."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.flood.drains.test_coupling import swmm_alone
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.drains.inp_objects import read_network
from twin_plugin.core.flood.drains.inp_text import read_inp
from twin_plugin.core.flood.drains.network import DrainNetwork
from twin_plugin.core.flood.drains.placement import OtherNodes, Placing, place
from twin_plugin.core.flood.processes.drains import DrainSettings
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.result import FloodResult
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.surface import Surface

pytest.importorskip("swmm.toolkit")

CELLS = 40


@pytest.fixture
def coupled(shared_data):
    """A function that runs a file of data/drainage, all nodes open, on a plane through its rims; with its network."""

    def run(name: str, minutes: float, *others) -> tuple[FloodResult, DrainNetwork]:
        from twin_plugin.core.flood.solver import simulate

        network = read_network(read_inp(shared_data(f"drainage/{name}")))
        x, y, rim = (np.array([getattr(node, key) for node in network.nodes]) for key in ("x", "y", "rim_m"))
        cell = 1.05 * max(np.ptp(x), np.ptp(y)) / (CELLS - 2)
        west, north = x.min() - cell, y.max() + cell
        known = np.isfinite(rim)
        plane = np.linalg.lstsq(np.c_[x, y, np.ones(len(x))][known], rim[known], rcond=None)[0]
        middle = cell * (np.arange(CELLS) + 0.5)
        bed = plane[0] * (west + middle)[None, :] + plane[1] * (north - middle)[:, None] + plane[2]
        surface = Surface(Grid(bed, west, north, cell))
        laid = place(network, surface, Placing(60.0 * minutes, other_nodes=OtherNodes.OPEN), x, y, network.links)
        output = RunOutput(60.0 * minutes, 600.0)
        return simulate(FloodSetup(surface, output, (*others, DrainSettings(laid)), numerics=Numerics(threads=1))), laid

    return run


@pytest.mark.parametrize("name", ["Example1.inp", "Pump_Control_Model.inp", "test_inlet_drains.inp"])
def test_published_networks_take_street_water(name, coupled):
    result, _ = coupled(name, 20.0, Rain(((15.0, 60.0),)))
    assert result.summary.captured_m3 > 10
    assert abs(result.summary.system_error) < 1e-5
    assert result.summary.drains_stored_m3 > 0


def test_inlets_of_streets_are_read_with_their_gutters(coupled):
    """Street1 has two sides with a slope of 4 %, its inlets a depression of 0.5 ft over 2 ft of their own."""
    _, network = coupled("test_inlet_drains.inp", 1.0)
    inlets = {node.id: node.inlet for node in network.nodes}
    assert (inlets["J1"].count, inlets["J2"].count) == (2, 1)
    assert inlets["J1"].cross_slope == pytest.approx(0.04)
    assert inlets["J1"].depression_m == pytest.approx(0.1524)
    assert inlets["J1"].depressed_width_m == pytest.approx(0.6096)
    assert inlets["J2"].depression_m == 0.0


def test_rules_switch_pumps_as_in_swmm_alone(coupled, tmp_path):
    """The pump starts at 4 ft of water and stops at 1 ft: without the rules it would run from the start."""
    result, network = coupled("Pump_Control_Model.inp", 120.0)
    pump = next(number for number, link in enumerate(network.links) if link.id == "PUMP1")
    found = result.outcomes[DrainSettings].flow_max_m3s[pump]
    rules = network.text.index("[CONTROLS]")
    free = network.text[:rules] + network.text[network.text.index("[", rules + 1) :]
    with_rules, without = (swmm_alone(text, tmp_path, 7200.0)[1][pump] * 0.3048**3 for text in (network.text, free))
    assert found == pytest.approx(with_rules, rel=0.02, abs=1e-6)
    assert abs(with_rules - without) > 1e-4
    assert result.summary.surcharged_m3 == 0
