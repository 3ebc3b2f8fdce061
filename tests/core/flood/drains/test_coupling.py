"""Street and network together: one balance, and an exchange that does not depend on how often they meet."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.core.flood.drains.coupled_runs import CELL_M, COLUMNS, GRATES, ROWS, STREET_M, chain, street_setup
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.flood.drains import coupling
from twin_plugin.core.flood.drains.network import FlowUnits, Inlet, InletKind
from twin_plugin.core.flood.drains.street_outlets import NODE_M2
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, MovingLevel
from twin_plugin.core.flood.processes.drains import DrainSettings
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows
from twin_plugin.core.flood.processes.rain import Rain

pytest.importorskip("swmm.toolkit")

STORM = Rain(((10.0, 60.0),))
INTO_J0 = 'J0 FLOW "" FLOW 1.0 1.0 0.25'
"""More than a pipe of 0.3 m carries."""


def run(network, *others, **options):
    from twin_plugin.core.flood.solver import simulate

    return simulate(street_setup(network, *others, **options))


@pytest.fixture
def meetings(monkeypatch) -> list[np.ndarray]:
    """What each node had taken less what it had given, m³, at each meeting of street and network."""
    found: list[np.ndarray] = []
    meet = coupling.RunningDrains._meet

    def noted(self, now_s: float) -> None:
        meet(self, now_s)
        found.append(self._captured_m3 - self._surcharged_m3)

    monkeypatch.setattr(coupling.RunningDrains, "_meet", noted)
    return found


def sign_changes(meetings: list[np.ndarray]) -> int:
    """How often a node gave in one coupling step and took in the next, or the other way round."""
    moved = np.diff(np.array(meetings), axis=0)
    signs = np.sign(np.where(np.abs(moved) > 1e-9, moved, 0.0))
    return int((signs[1:] * signs[:-1] < 0).sum())


@pytest.mark.parametrize("ponding", ["NO", "YES"])
@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_the_balance_closes_over_street_and_network(scheme, ponding):
    network = chain(diameter_m=0.2, ponding=ponding, more=f"[INFLOWS]\n{INTO_J0}\n")
    setup = street_setup(network, STORM)
    from twin_plugin.core.flood.solver import simulate

    summary = simulate(replace(setup, numerics=replace(setup.numerics, scheme=scheme))).summary
    assert summary.captured_m3 > 5
    assert summary.surcharged_m3 > 5
    assert abs(summary.mass_error) < 1e-6
    assert abs(summary.system_error) < 1e-5
    stored = summary.drains_stored_m3
    assert stored > 0
    assert abs(summary.drains_corrected_m3) < 0.005 * (summary.captured_m3 + 0.25 * 600), "what SWMM created or lost"
    assert summary.drains_engine_error_m3 == 0, "all of it is made up for"


def test_every_unit_gives_the_same_depths():
    depths = [
        run(chain(units=units, diameter_m=0.2, nodes=2), STORM).depth_m
        for units in (FlowUnits.CMS, FlowUnits.LPS, FlowUnits.CFS, FlowUnits.MLD)
    ]
    for other in depths[1:]:
        assert np.abs(other - depths[0]).max() < 1e-3


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
@pytest.mark.parametrize("diameter_m", [0.2, 0.6])
def test_the_coupling_step_hardly_matters(diameter_m, scheme, meetings):
    """With the same steps of the grid: the local inertial scheme itself brings less to a point with shorter ones."""
    from twin_plugin.core.flood.solver import simulate

    taken = {}
    for step_s in (1, 5, 30):
        setup = street_setup(chain(diameter_m=diameter_m), STORM, step_s=step_s, minutes=20)
        summary = simulate(replace(setup, numerics=replace(setup.numerics, scheme=scheme, max_step_s=1.0))).summary
        taken[step_s] = summary.captured_m3 - summary.surcharged_m3
        assert sign_changes(meetings) == 0
        meetings.clear()
    assert min(taken.values()) > 20
    assert max(taken.values()) < 1.05 * min(taken.values())


def test_a_node_that_fills_up_does_not_swing(meetings):
    """A street that is fed more than the pipes take: the inlets settle at what the pipes take."""
    cells = np.zeros((ROWS, COLUMNS), bool)
    cells[:, 0] = True
    summary = run(chain(diameter_m=0.2), Inflows((Inflow(cells, (0.0,), (0.3,)),)), minutes=15).summary
    assert summary.surcharged_m3 < 1e-3 * summary.captured_m3
    assert sign_changes(meetings) == 0
    settled = np.diff(np.array(meetings[-60:]).sum(axis=1))
    assert (settled > -0.01 * settled.mean()).all()
    # By Manning: the last pipe runs full, and falls 2.6 m in 50 m from the level of the street to its outfall.
    area_m2, radius_m = math.pi * 0.1**2, 0.05
    full_m3s = area_m2 * radius_m ** (2 / 3) / 0.013 * math.sqrt(2.6 / 50.0)
    assert settled.mean() / 5.0 == pytest.approx(full_m3s, rel=0.15)


def test_a_node_that_gives_up_water_and_takes_it_again_does_not_swing(meetings):
    """A wave from upstream lifts the covers; when it has passed, the street's water runs back into the pipes."""
    wave = "[INFLOWS]\nJ0 FLOW W FLOW 1.0 1.0\n[TIMESERIES]\nW 0:00 0\nW 0:02 0.3\nW 0:06 0.3\nW 0:08 0\nW 6:00 0\n"
    summary = run(chain(diameter_m=0.3, more=wave), minutes=30).summary
    assert summary.surcharged_m3 > 30
    assert summary.captured_m3 > 0.5 * summary.surcharged_m3
    assert sign_changes(meetings) == 0


def test_an_empty_network_is_never_drained():
    """Dry pipes below a wet street and wet pipes below a dry street: nothing comes up that SWMM has not flooded."""
    summary = run(chain(diameter_m=0.6)).summary
    assert summary.captured_m3 == summary.surcharged_m3 == 0
    summary = run(chain(diameter_m=0.6, more='[INFLOWS]\nJ0 FLOW "" FLOW 1.0 1.0 0.05\n')).summary
    assert summary.surcharged_m3 == 0
    assert summary.stored_m3 == 0


def test_a_blocked_inlet_takes_nothing_and_still_lets_water_up():
    blocked = replace(GRATES, blocked_share=1.0)
    assert run(chain(blocked), STORM).summary.captured_m3 == 0
    assert run(chain(), STORM, blocked_share=1.0).summary.captured_m3 == 0
    assert run(chain(blocked, more=f"[INFLOWS]\n{INTO_J0}\n")).summary.surcharged_m3 > 10


def test_the_street_rises_to_the_tide_and_no_higher():
    """A tide above the street comes up through the inlets until the street stands at its level."""
    tide_m = STREET_M + 0.3
    result = run(chain(outfall=f"FIXED {tide_m}", diameter_m=0.6), minutes=60)
    assert result.depth_m.max() == pytest.approx(0.3, abs=0.02)
    assert result.depth_m.min() == pytest.approx(0.3, abs=0.02)
    assert abs(result.summary.system_error) < 1e-5


ALONE = """
import json, sys
from swmm.toolkit import shared_enum, solver
folder, seconds = sys.argv[1], float(sys.argv[2])
solver.swmm_open(*(f"{folder}/alone.{ending}" for ending in ("inp", "rpt", "out")))
solver.swmm_start(0)
days = 1.0
while days > 0:
    days = solver.swmm_step()
    if days * 86400 >= seconds:
        break
kinds = shared_enum.ObjectType
nodes = [solver.node_get_stats(i).maxDepth for i in range(solver.project_get_count(kinds.NODE))]
links = [solver.link_get_stats(i).maxFlow for i in range(solver.project_get_count(kinds.LINK))]
outflow = solver.system_get_routing_totals().outflow
solver.swmm_end()
solver.swmm_close()
print(json.dumps([nodes, links, outflow]))
"""


def swmm_alone(text: str, folder: Path, seconds: float) -> list:
    (folder / "alone.inp").write_text(text, "utf-8")
    done = subprocess.run([sys.executable, "-c", ALONE, str(folder), str(seconds)], capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_swmm_alone_and_coupled_agree_without_street_water(tmp_path):
    """Where SWMM floods nothing, but for the water that stands in manholes: in SWMM alone they hold none."""
    network = chain(units=FlowUnits.CFS, more='[INFLOWS]\nJ0 FLOW "" FLOW 1.0 1.0 1.5\n')
    outcome = run(network, minutes=10).outcomes[DrainSettings]
    depths, flows, outflow = swmm_alone(network.text, tmp_path, 600)
    assert outcome.depth_max_m == pytest.approx(np.multiply(depths, 0.3048), abs=5e-3)
    assert outcome.flow_max_m3s == pytest.approx(np.multiply(flows, 0.3048**3), rel=0.02)
    in_shafts_m3 = NODE_M2 * outcome.depth_max_m[:-1].sum()
    assert outcome.lost_m3[-1] + in_shafts_m3 == pytest.approx(outflow * 0.3048**3, rel=2e-3)


def test_inlets_that_share_a_cell_share_its_water():
    cell = ROWS // 2 * COLUMNS + 5
    network = chain(cells=[cell, cell, cell + 1])
    summary = run(network, depth_m=0.1).summary
    assert abs(summary.system_error) < 1e-5
    assert abs(summary.drains_engine_error_m3) < 0.005 * summary.captured_m3, "no water was left to make up for it"
    assert summary.captured_m3 <= 0.1 * ROWS * COLUMNS * CELL_M**2


def test_an_outfall_onto_the_terrain_brings_its_water_there():
    bed = np.full((ROWS, COLUMNS), STREET_M, np.float32)
    bed[:, COLUMNS // 2 :] = 7.0
    network = chain(receives=True, diameter_m=0.6)
    result = run(network, Rain(((5.0, 40.0),)), bed=bed, minutes=15)
    summary = result.summary
    assert summary.outfall_m3 > 1
    assert abs(summary.system_error) < 1e-5
    assert summary.outfall_m3 == pytest.approx(summary.captured_m3, rel=0.2)


def test_the_tide_closes_the_outfall():
    free, high = (run(chain(), STORM, outfall_level_m=level).summary for level in (None, STREET_M - 0.2))
    assert high.captured_m3 < 0.8 * free.captured_m3
    assert abs(high.system_error) < 1e-5


def test_an_outfall_at_the_sea_follows_its_tide():
    """An edge whose level rises over the street: the outfall there has that level too, and water comes up the pipes."""
    from twin_plugin.core.flood.solver import simulate

    tide = MovingLevel.of((0.0, 600.0), (STREET_M - 2.0, STREET_M + 0.3))
    setup = street_setup(chain(diameter_m=0.6), minutes=20)
    drains = next(item for item in setup.processes if isinstance(item, DrainSettings))
    network = drains.network
    sea = replace(network.nodes[-1], x=CELL_M * COLUMNS + 5.0, y=CELL_M * ROWS / 2)
    drains = replace(drains, network=replace(network, nodes=(*network.nodes[:-1], sea)))
    drains = drains.beside(Boundaries({"east": tide, "north": Boundary()}), setup.surface)
    assert list(drains.outfall_levels) == ["O"]
    summary = simulate(replace(setup, processes=(drains,))).summary
    assert summary.surcharged_m3 > 5
    assert abs(summary.system_error) < 1e-5
    far = replace(sea, x=CELL_M * COLUMNS / 2)
    inland = replace(drains, network=replace(network, nodes=(*network.nodes[:-1], far)))
    assert not inland.beside(Boundaries({"east": tide}), setup.surface).outfall_levels


@pytest.mark.parametrize("step_s", [1, 5, 30])
def test_under_a_storm_and_a_tide_no_node_swings(step_s, meetings):
    """Street and sea both press: nodes take and give in turn, and never in steps that follow each other."""
    summary = run(
        chain(diameter_m=0.3, nodes=3), STORM, step_s=step_s, minutes=20, outfall_level_m=STREET_M + 0.05
    ).summary
    assert summary.captured_m3 > 1
    assert summary.surcharged_m3 > 1
    assert sign_changes(meetings) == 0
    assert abs(summary.system_error) < 1e-5


def test_an_error_of_swmm_itself_is_told(monkeypatch):
    monkeypatch.setattr(coupling, "MOST_ENGINE_ERROR", 0.0)
    monkeypatch.setattr(coupling, "LEAST_ENGINE_ERROR_M3", 0.0)
    assert any("SWMM's routing created" in str(note) for note in run(chain(), STORM).notes)


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_hot_start_equals_the_run_that_was_not_stopped(goes_on):
    """To a micrometre where nodes are not full: the network answers the street only by what it cannot take."""
    from twin_plugin.core.flood.solver import simulate
    from twin_plugin.core.flood.state import Start

    network = chain(diameter_m=0.6)
    whole = simulate(street_setup(network, depth_m=0.05, minutes=8))
    half = simulate(street_setup(network, depth_m=0.05, minutes=4, keep_state=True))
    rest = simulate(replace(street_setup(network, minutes=4), start=Start(half.state, goes_on)))
    assert np.abs(rest.depth_m - whole.depth_m).max() < 1e-6
    assert abs(rest.summary.system_error) < 1e-5
    assert rest.summary.drains_stored_m3 == pytest.approx(whole.summary.drains_stored_m3, rel=2e-3)
    other = replace(street_setup(chain(nodes=2), minutes=4), start=Start(half.state, goes_on))
    with pytest.raises(InputError, match="other drains"):
        simulate(other)


def test_a_hot_start_of_full_pipes_is_near():
    """SWMM's hot start holds depths and flows in float32 and not their rates: under pressure waves run otherwise."""
    from twin_plugin.core.flood.solver import simulate
    from twin_plugin.core.flood.state import Start

    network = chain(diameter_m=0.2)
    whole = simulate(street_setup(network, depth_m=0.15, minutes=8))
    half = simulate(street_setup(network, depth_m=0.15, minutes=4, keep_state=True))
    rest = simulate(replace(street_setup(network, minutes=4), start=Start(half.state, True)))
    assert np.abs(rest.depth_m - whole.depth_m).mean() < 5e-3
    taken = half.summary.captured_m3 + rest.summary.captured_m3
    assert taken == pytest.approx(whole.summary.captured_m3, rel=0.02)


def test_a_state_of_other_sizes_is_told():
    """Larger pipes may be meant: the run goes on with the depths of the state, and says so."""
    from twin_plugin.core.flood.solver import simulate
    from twin_plugin.core.flood.state import Start

    half = simulate(street_setup(chain(), depth_m=0.05, minutes=2, keep_state=True))
    same, wider = (
        simulate(replace(street_setup(chain(diameter_m=size), minutes=2), start=Start(half.state, True))).notes
        for size in (0.3, 0.5)
    )
    assert not any("START" in str(note) for note in same)
    assert any("3 nodes and pipes of 'chain.inp' have other levels or sizes than in START" in str(n) for n in wider)


def test_a_cancelled_run_ends_swmm(tmp_path, monkeypatch):
    import tempfile

    from twin_plugin.core.flood.solver import simulate

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Cancelled):
        simulate(street_setup(chain(), STORM), lambda fraction, text: False)
    assert not list(tmp_path.iterdir())


def test_the_outcome_tells_of_every_node_and_link():
    network = chain(Inlet(InletKind.TABLE, table=((0.0, 0.0), (0.1, 0.05))), diameter_m=0.2)
    result = run(network, STORM)
    outcome = result.outcomes[DrainSettings]
    assert outcome.captured_m3.sum() == pytest.approx(result.summary.captured_m3)
    assert outcome.surcharged_m3.sum() == pytest.approx(result.summary.surcharged_m3)
    assert (outcome.depth_max_m[:-1] > 0.2).all()
    assert outcome.filling_max.max() == 1.0
    assert (outcome.depth_max_time_s <= 601).all()
    assert outcome.lost_m3[-1] > 1


def test_nothing_changes_without_a_network():
    with_none, without = run(None, STORM), run(None, STORM)
    assert (with_none.depth_m == without.depth_m).all()
    assert "drains_stored_m3" not in without.summary
