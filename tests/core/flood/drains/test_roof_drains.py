"""Roof rain that is led into the drains: its volume, the account, a full network, and which node gets which roof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.core.flood.drains.coupled_runs import CELL_M, COLUMNS, ROWS, chain, street_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.processes.drains import DrainSettings
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.processes.roofs import Roofs
from twin_plugin.core.flood.roofs.nodes import NearestNodes
from twin_plugin.core.flood.roofs.runoff import Downpipe

pytest.importorskip("swmm.toolkit")

STORM = Rain(((10.0, 30.0),))
HOUSE_M2 = 3 * 6 * CELL_M**2
INTO_J0 = '[INFLOWS]\nJ0 FLOW "" FLOW 1.0 1.0 0.25\n'
"""More than a pipe of 0.2 m carries."""


def house() -> np.ndarray:
    labels = np.zeros((ROWS, COLUMNS), np.int32)
    labels[1:4, 12:18] = 1
    return labels


def setup(network, roofs, how="wall", labels=None, **options):
    made = street_setup(network, STORM, **options)
    surface = replace(made.surface, buildings=house() if labels is None else labels, buildings_as=how)
    return replace(made, surface=surface, processes=(roofs, *made.processes))


def run(network, roofs, **options):
    from twin_plugin.core.flood.solver import simulate

    return simulate(setup(network, roofs, **options))


def into(node: str, storage_mm: float = 0.0) -> Roofs:
    """All rain of the house into a node in the middle of the street."""
    return Roofs(storage_mm, (Downpipe(1, 6, 12, node),))


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_roof_rain_less_its_storage_enters_the_network(how):
    """On a dry street with closed inlets nothing else does: the outfall and the pipes have the roof's volume."""
    network = chain(diameter_m=0.3)
    result = run(network, into("J1", 5.0), how=how, blocked_share=1.0, minutes=30)
    summary = result.summary
    roof_m3 = 0.025 * HOUSE_M2
    assert summary.roof_to_drains_m3 == pytest.approx(roof_m3, rel=1e-6)
    assert summary.roof_runoff_m3 == pytest.approx(roof_m3, rel=1e-6)
    assert summary.roofs_stored_m3 == pytest.approx(0.005 * HOUSE_M2, rel=1e-6)
    assert summary.captured_m3 == summary.surcharged_m3 == 0.0
    assert summary.stored_m3 == pytest.approx(0.030 * (ROWS * COLUMNS * CELL_M**2 - HOUSE_M2), rel=1e-6)
    left_m3 = result.outcomes[DrainSettings].lost_m3.sum()
    made_m3 = summary.drains_corrected_m3 + summary.drains_engine_error_m3
    assert summary.drains_stored_m3 + left_m3 == pytest.approx(roof_m3, rel=5e-3, abs=1.1 * abs(made_m3))
    assert abs(summary.mass_error) < 1e-6
    assert abs(summary.system_error) < 1e-6


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_what_a_full_network_does_not_take_comes_up_in_the_street(scheme):
    from twin_plugin.core.flood.solver import simulate

    made = setup(chain(diameter_m=0.2, more=INTO_J0), into("J0"), blocked_share=1.0, minutes=15)
    summary = simulate(replace(made, numerics=replace(made.numerics, scheme=scheme))).summary
    none = run(chain(diameter_m=0.2, more=INTO_J0), Roofs(), blocked_share=1.0, minutes=15).summary
    assert summary.roof_to_drains_m3 == pytest.approx(0.030 * HOUSE_M2, rel=1e-6)
    # Beside the house it is on the street without the network: of the roof's rain hardly any finds room in the pipes.
    assert summary.surcharged_m3 - none.surcharged_m3 == pytest.approx(0.030 * HOUSE_M2, rel=0.2)
    assert abs(summary.mass_error) < 1e-6
    assert abs(summary.system_error) < 1e-6


def test_streets_and_roofs_share_a_node():
    """Inlets and roofs fill the same network, and the account of all closes."""
    summary = run(chain(diameter_m=0.2), into("J1"), minutes=20).summary
    assert summary.captured_m3 > 5
    assert abs(summary.system_error) < 1e-6


def test_a_stopped_run_goes_on_as_one_that_was_not():
    from twin_plugin.core.flood.solver import simulate
    from twin_plugin.core.flood.state import Start

    network = chain(diameter_m=0.3)
    whole = run(network, into("J1", 2.0), minutes=20).summary
    half = run(network, into("J1", 2.0), minutes=6, keep_state=True)
    rest = simulate(replace(setup(network, into("J1", 2.0), minutes=14), start=Start(half.state, True))).summary
    assert half.summary.roof_to_drains_m3 + rest.roof_to_drains_m3 == pytest.approx(whole.roof_to_drains_m3, rel=1e-9)
    assert half.summary.captured_m3 + rest.captured_m3 == pytest.approx(whole.captured_m3, rel=1e-2)
    assert abs(rest.system_error) < 1e-6


def test_a_node_that_takes_no_water_is_refused():
    with pytest.raises(InputError, match="leads to the node 'O', which takes no water"):
        run(chain(), into("O"))
    with pytest.raises(InputError, match="leads to the node 'J1'"):
        run(None, into("J1"))


def test_each_building_gets_its_nearest_node_within_reach():
    """Nodes at 9, 25 and 41 m from the west along the middle of the street, a house from 24 to 36 m, one at 59 m."""
    network = chain()
    places = {"J0": 9.0, "J1": 25.0, "J2": 41.0}
    moved = [replace(node, x=places.get(node.id, 100.0), y=11.0) for node in network.nodes]
    labels, bed = house(), street_setup(network).surface.bed
    labels[0, -1] = 2
    for reach_m, expected in ((50.0, {1: "J1", 2: "J2"}), (10.0, {1: "J1"}), (4.9, {}), (5.1, {1: "J1"})):
        nodes = NearestNodes.of(replace(network, nodes=tuple(moved)), reach_m)
        assert {label: node.id for label, node in nodes.of_buildings(labels, bed).items()} == expected
    assert nodes.named("J2").id == "J2"
    assert nodes.named("O") is None
    assert nodes.of_place(9.0, 15.0).id == "J0"
    assert NearestNodes((), 5.0).of_buildings(labels, bed) == {}
