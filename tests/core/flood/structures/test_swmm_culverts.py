"""Culverts against EPA SWMM 5.2: a node with a steady inflow, a culvert and an outfall, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("numba")
pytest.importorskip("swmm.toolkit")

from twin_plugin.core.flood.structures import culvert_kernels as culverts

INPUT = """[OPTIONS]
FLOW_UNITS CMS
FLOW_ROUTING DYNWAVE
END_TIME 02:00
END_DATE 01/01/2004
ROUTING_STEP 1
VARIABLE_STEP 0.5
MIN_SURFAREA 30
HEAD_TOLERANCE 0.00005
MAX_TRIALS 20
[JUNCTIONS]
J 10 20 0 0 0
[OUTFALLS]
O {outlet} FIXED {stage}
[CONDUITS]
C J O {length} {n} 0 0
[XSECTIONS]
C {shape} 1 {code}
[LOSSES]
C {loss} 1 0
[INFLOWS]
J FLOW "" FLOW 1 1 {flow}
"""
LAST_DEPTH = """
import sys
from swmm.toolkit import solver
from swmm.toolkit.shared_enum import NodeResult
solver.swmm_open(*sys.argv[1:])
solver.swmm_start(False)
while solver.swmm_step() > 0:
    depth = solver.node_get_result(0, NodeResult.DEPTH)
solver.swmm_end()
solver.swmm_close()
print(depth)
"""


@pytest.fixture
def headwater(tmp_path):
    """A function from the numbers of INPUT to SWMM's depth at the inlet, m."""

    def compute(**numbers):
        path = tmp_path / "culvert.inp"
        path.write_text(INPUT.format(**numbers), "utf-8")
        files = [str(path.with_suffix(end)) for end in (".inp", ".rpt", ".out")]
        told = subprocess.run([sys.executable, "-c", LAST_DEPTH, *files], capture_output=True, text=True, check=True)
        return float(told.stdout)

    return compute


@pytest.mark.parametrize("flow", [1.0, 2.0, 4.0])
def test_inlet_control_of_a_circle(headwater, structure_tables, flow):
    """Square edge with headwall, SWMM's culvert code 1, unsubmerged and submerged."""
    found = structure_tables.inlets["square edge"]
    theirs = headwater(outlet=9.4, stage=9.4, length=20, n=0.013, shape="CIRCULAR 1.2 0 0 0", code=1, loss=0, flow=flow)
    ours = culverts.inlet_head(flow, 1.2, 0.0, 1, found.k, found.m, found.c, found.y, -0.5 * 0.03)
    assert ours == pytest.approx(theirs, rel=0.01)


@pytest.mark.parametrize("flow", [2.0, 5.0, 15.0])
def test_inlet_control_of_a_box(headwater, structure_tables, flow):
    """Headwall with bevels of 33.7 degrees, code 16, form 2 of HDS-5."""
    found = structure_tables.inlets["bevel 1:1.5"]
    theirs = headwater(outlet=9, stage=9, length=20, n=0.013, shape="RECT_CLOSED 1.5 2 0 0", code=16, loss=0, flow=flow)
    ours = culverts.inlet_head(flow, 1.5, 2.0, 2, found.k, found.m, found.c, found.y, -0.5 * 0.05)
    assert ours == pytest.approx(theirs, rel=0.001)


@pytest.mark.parametrize("flow", [1.0, 3.0])
def test_a_full_barrel(headwater, flow):
    theirs = headwater(
        outlet=9.9, stage=11.6, length=50, n=0.015, shape="CIRCULAR 1.2 0 0 0", code="", loss=0.5, flow=flow
    )
    ours, full = culverts.outlet_head(flow, 1.7, 1.2, 0.0, 50.0, 0.002, 0.015, 0.5)
    assert full
    assert ours == pytest.approx(theirs, rel=0.001)
