"""The process that runs SWMM: units, account, failures, and that nothing of it is left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.core.flood.drains.coupled_runs import chain
from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.flood.drains import worker as worker_module
from twin_plugin.core.flood.drains.network import NO_CELL, FlowUnits
from twin_plugin.core.flood.drains.worker import DrainWorker

pytest.importorskip("swmm.toolkit")

BOTTOM_M = np.array([8.0, 7.75, 7.5])
NONE = np.array([np.nan])
DRY = np.full(3, np.nan)
"""Streets at the rims of the nodes, as the text has them."""


@pytest.fixture
def scratch(tmp_path, monkeypatch) -> Path:
    """Where scratch folders of workers are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def start(scratch):
    """A function that starts a worker, which is ended with the test."""
    started = []

    def make(network=None, routing_s: float = 1.0, **begin) -> DrainWorker:
        started.append(DrainWorker(network or chain(), routing_s))
        started[-1].begin(**begin)
        return started[-1]

    yield make
    for item in started:
        item.close()
    assert not list(scratch.iterdir())


def drive(worker: DrainWorker, flow_m3s: float, seconds: int, first_s: int = 0):
    """Let water into the first manhole for a time; the last exchange and the volume that was counted."""
    counted = np.zeros(3)
    for until in range(first_s + 5, first_s + seconds + 5, 5):
        found = worker.step(until, np.array([flow_m3s, 0.0, 0.0]), DRY, NONE)
        counted += found.counted_m3
    return found, counted


@pytest.mark.parametrize("units", FlowUnits)
def test_every_unit_gives_the_same_water(units, start):
    reference, _ = drive(start(), 0.05, 300)
    worker = start(chain(units=units))
    found, counted = drive(worker, 0.05, 300)
    # SWMM reads numbers of the input as they are and its own factors are rounded: depths agree to a hundredth of 1 mm.
    assert found.head_m == pytest.approx(reference.head_m, abs=1e-5)
    assert found.outfall_m3 == pytest.approx(reference.outfall_m3, rel=1e-4)
    assert counted[0] == pytest.approx(0.05 * found.time_s, rel=0.02)
    totals = worker.totals()
    assert totals.inflow_m3 == pytest.approx(counted.sum(), rel=1e-3)
    told = worker.statistics()
    assert told.depth_max_m[:3] == pytest.approx(np.maximum(found.head_m - BOTTOM_M, told.depth_max_m[:3]))
    assert 0.04 < told.flow_max_m3s[0] < 0.06
    assert 0.5 < told.velocity_max_m_s[0] < 2.0
    assert told.flow_max_time_s[0] <= found.time_s + 1


def test_what_swmm_counts_is_what_it_was_sent(start):
    """Node by node, and also where the node has an inflow of its own, which is not the street's."""
    own = chain(more='[INFLOWS]\nJ1 FLOW "" FLOW 1.0 1.0 0.02\n')
    worker = start(own)
    found, counted = drive(worker, 0.03, 200)
    totals = worker.totals()
    assert totals.inflow_m3 - counted.sum() == pytest.approx(0.02 * found.time_s, rel=0.01)
    # What the mean of two rates takes from the first step comes back after the last.
    _, rest = drive(worker, 0.0, 20, 200)
    assert counted[0] + rest[0] == pytest.approx(0.03 * 200, rel=1e-2)


def test_a_hot_start_goes_on_where_the_other_stopped(start):
    first = start()
    drive(first, 0.06, 200)
    saved = first.save()
    expected, _ = drive(first, 0.06, 200, 200)
    flows = np.array([0.06, 0.0, 0.0])
    second = start(hotstart=saved, clock_s=200.0, flows_m3s=flows)
    found, _ = drive(second, 0.06, 200)
    # SWMM writes float32.
    assert found.head_m == pytest.approx(expected.head_m, abs=1e-6)


def test_the_routing_step_is_shortened(start):
    """A text with steps of 20 s: SWMM goes no further than the run's routing step behind what it is asked for."""
    worker = start(chain(routing_s=20.0), routing_s=1.0)
    assert worker.step(5.0, np.zeros(3), DRY, NONE).time_s < 6.0


def test_a_long_step_may_be_cancelled_and_is_the_same_in_pieces(start, monkeypatch):
    """SWMM's own steps do not depend on how often it is asked."""
    flows, polls = np.array([0.05, 0.0, 0.0]), []
    pieces = start().step(300.0, flows, DRY, NONE, lambda: polls.append(1))
    assert 25 < len(polls) < 30
    monkeypatch.setattr(worker_module, "PIECE_S", 1e9)
    whole = start().step(300.0, flows, DRY, NONE)
    assert whole.time_s == pieces.time_s
    np.testing.assert_array_equal(whole.head_m, pieces.head_m)
    assert pieces.counted_m3 == pytest.approx(whole.counted_m3, rel=1e-12)


def test_levels_of_outfalls_hold_water_back(start):
    worker = start()
    found = None
    for until in range(5, 605, 5):
        found = worker.step(until, np.zeros(3), DRY, np.array([8.5]))
    assert found.head_m == pytest.approx([8.5, 8.5, 8.5], abs=0.05)
    assert worker.totals().inflow_m3 > 1.0, "the sea came in"


def test_an_outfall_onto_the_terrain_lets_nothing_in(start):
    worker = start(chain(receives=True))
    for until in range(5, 305, 5):
        worker.step(until, np.zeros(3), DRY, np.array([8.5]))
    assert worker.totals().inflow_m3 == 0.0


def test_an_error_of_swmm_names_the_object(scratch):
    network = chain()
    broken = replace(network, text=network.text.replace("C1 CIRCULAR", ";"))
    with pytest.raises(InputError, match=r"'chain.inp' cannot be used: .*C1"):
        DrainWorker(broken, 1.0)
    assert not list(scratch.iterdir())


def test_the_end_of_the_networks_time_is_told(start):
    network = chain()
    worker = start(replace(network, text=network.text.replace("END_TIME 06:00:00", "END_TIME 00:01:00")))
    with pytest.raises(InputError, match="END_TIME"):
        worker.step(120.0, np.zeros(3), DRY, NONE)


def test_a_killed_process_is_told(start):
    worker = start()
    worker._process.kill()
    with pytest.raises(ResourceError, match="ended with -9" if os.name == "posix" else "ended with"):
        worker.step(5.0, np.zeros(3), DRY, NONE)


def test_a_process_that_hangs_is_ended(start, monkeypatch):
    worker = start()
    monkeypatch.setattr(worker_module, "ANSWER_S", 0.5)
    os.kill(worker._process.pid, 19)  # SIGSTOP
    with pytest.raises(ResourceError, match="did not answer"):
        worker.step(5.0, np.zeros(3), DRY, NONE)


ORPHAN = """
import os, sys, tempfile
tempfile.tempdir = sys.argv[1]
from tests.core.flood.drains.coupled_runs import chain
from twin_plugin.core.flood.drains.worker import DrainWorker
worker = DrainWorker(chain(), 1.0)
worker.begin()
print(worker._process.pid, flush=True)
os._exit(1)
"""


def test_the_process_ends_with_its_parent_and_leaves_nothing(tmp_path):
    done = subprocess.run([sys.executable, "-c", ORPHAN, str(tmp_path)], capture_output=True, text=True)
    child = int(done.stdout)
    until = time.monotonic() + 10
    while time.monotonic() < until and (alive(child) or list(tmp_path.iterdir())):
        time.sleep(0.05)
    assert not alive(child)
    assert not list(tmp_path.iterdir())


def alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().split()[2] != "Z"


DAEMON = """
import multiprocessing, tempfile
def work(queue):
    from tests.core.flood.drains.coupled_runs import chain
    from twin_plugin.core.flood.drains.worker import DrainWorker
    worker = DrainWorker(chain(), 1.0)
    queue.put(worker.begin().stored_m3)
    worker.close()
if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=work, args=(queue,), daemon=True)
    process.start()
    print(queue.get(timeout=60))
"""


def test_it_starts_in_a_daemonic_process(tmp_path):
    program = tmp_path / "daemon.py"
    program.write_text(DAEMON, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, env=environment, timeout=100)
    assert float(done.stdout) >= 0, done.stderr


def test_nodes_without_inlets_are_not_asked_for(start):
    network = chain()
    closed = replace(network, nodes=tuple(replace(node, inlet=None, cell=NO_CELL) for node in network.nodes))
    found = start(closed).step(5.0, np.zeros(0), np.zeros(0), NONE)
    assert (len(found.head_m), len(found.outfall_m3)) == (0, 1)
