"""The ground's memory over a stop, and beside the ground's memory in EPA SWMM."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.ground.ground_infiltration import GroundClass, GroundInfiltration
from twin_plugin.core.flood.ground.methods import CurveNumber, GreenAmpt, Horton
from twin_plugin.core.flood.processes.boundaries import Boundaries, MovingLevel
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.state import Start
from twin_plugin.core.flood.surface import Surface

LOAM, LAWN = GreenAmpt(3.4, 88.9, 0.3), Horton(76.0, 13.0, 4.14)
STOP_S, END_S = 600.0, 1500.0


def hills(duration_s, loss, scheme="inertial", buildings=None):
    """Hills under rain by a sea whose level rises; their ground takes water."""
    y, x = np.mgrid[:20, :30]
    bed = Grid((2 + np.sin(x / 7) + np.cos(y / 5)).astype(np.float32), 0.0, 0.0, 5.0)
    ground = GroundInfiltration((GroundClass("soil", loss, 0.8),), np.zeros((20, 30), np.int32))
    tide = Boundaries({"west": MovingLevel.of((0.0, 700.0, 1500.0), (1.0, 2.6, 1.4))})
    rain = Rain(((5.0, 9.0), (10.0, 21.0), (15.0, 6.0)))
    output = RunOutput(duration_s, 300.0, keep_state=True)
    surface = Surface(bed, buildings=buildings, buildings_as="wall")
    return FloodSetup(surface, output, (rain, tide, ground), numerics=Numerics(scheme, threads=1))


@pytest.mark.parametrize("loss", [LOAM, LAWN, CurveNumber(80)])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_run_that_was_stopped_equals_one_that_was_not(scheme, loss):
    whole = simulate(hills(END_S, loss, scheme))
    first = simulate(hills(STOP_S, loss, scheme))
    second = simulate(replace(hills(END_S - STOP_S, loss, scheme), start=Start(first.state, goes_on=True)))
    assert second.notes == ()
    np.testing.assert_array_equal(second.depth_m, whole.depth_m)
    for volume in ("infiltration_m3", "boundary_in_m3", "boundary_out_m3"):
        assert first.summary[volume] + second.summary[volume] == pytest.approx(whole.summary[volume], rel=1e-12)
    taken = [run.outcomes[GroundInfiltration] for run in (first, second, whole)]
    np.testing.assert_allclose(taken[0] + taken[1], taken[2], rtol=1e-5, atol=1e-5)


def test_cells_that_were_under_a_building_start_dry_and_another_method_is_refused():
    labels = np.zeros((20, 30), np.int32)
    labels[8:12, 8:12] = 1
    first = simulate(hills(STOP_S, LOAM, buildings=labels))
    second = simulate(replace(hills(60.0, LOAM), start=Start(first.state, goes_on=True)))
    assert abs(second.summary.mass_error) < 1e-6
    with pytest.raises(InputError, match="another INFILTRATION_METHOD"):
        simulate(replace(hills(60.0, LAWN), start=Start(first.state, goes_on=True)))


INPUT = """
[OPTIONS]
FLOW_UNITS CMS
INFILTRATION {method}
START_DATE 01/01/2026
START_TIME 00:00:00
END_DATE {end:%m/%d/%Y}
END_TIME {end:%H:%M:%S}
REPORT_STEP 01:00:00
WET_STEP 00:00:10
DRY_STEP 00:01:00
ROUTING_STEP 60
[RAINGAGES]
gauge INTENSITY 0:01 1.0 TIMESERIES storm
[SUBCATCHMENTS]
ground gauge outfall 1.0 0 100 0.01 0
[SUBAREAS]
ground 0.01 0.1 0 1000 0 OUTLET
[INFILTRATION]
ground {numbers}
[OUTFALLS]
outfall 0 FREE NO
[TIMESERIES]
{series}
"""
RUN = "import sys; from swmm.toolkit import solver; solver.swmm_run(*sys.argv[1:4])"


def swmm_mm(folder, method, numbers, pause_h):
    """What SWMM's ground takes of two storms of 40 mm in 1 h on a surface that holds all water."""
    second = 60 + 60 * pause_h
    rows = [(m, 40) for start in (0, second) for m in range(start, start + 60)] + [(60, 0), (second + 60, 0)]
    series = "\n".join(f"storm {m // 60}:{m % 60:02d} {rate}" for m, rate in sorted(rows))
    end = datetime(2026, 1, 1) + timedelta(hours=pause_h + 2)
    (folder / "ground.inp").write_text(INPUT.format(method=method, numbers=numbers, series=series, end=end), "utf-8")
    files = [str(folder / f"ground.{kind}") for kind in ("inp", "rpt", "out")]
    subprocess.run([sys.executable, "-c", RUN, *files], check=True, capture_output=True)
    report = (folder / "ground.rpt").read_text("utf-8")
    return float(re.search(r"Infiltration Loss \.+\s+[\d.]+\s+([\d.]+)", report)[1])


@pytest.mark.parametrize("pause_h", [12, 240])
@pytest.mark.parametrize(
    ("loss", "method", "numbers"),
    [(LOAM, "MODIFIED_GREEN_AMPT", "88.9 3.4 0.3"), (LAWN, "HORTON", "76 13 4.14 7 0")],
)
def test_the_ground_recovers_between_two_storms_as_in_swmm(tmp_path, loss, method, numbers, pause_h):
    pytest.importorskip("swmm.toolkit")
    bed = Grid(np.zeros((3, 3), np.float32), 0.0, 0.0, 2.0)
    ground = GroundInfiltration((GroundClass("soil", loss),), np.zeros((3, 3), np.int32))
    rain = Rain(((60, 40.0), (60 + 60 * pause_h, 0.0), (120 + 60 * pause_h, 40.0)))
    duration_s = 3600.0 * (pause_h + 2)
    output, numerics = RunOutput(duration_s, duration_s), Numerics(max_step_s=30.0)
    summary = simulate(FloodSetup(Surface(bed), output, (rain, ground), numerics=numerics)).summary
    taken_mm = 1000.0 * summary.infiltration_m3 / 36.0
    assert taken_mm == pytest.approx(swmm_mm(tmp_path, method, numbers, pause_h), abs=0.05)
