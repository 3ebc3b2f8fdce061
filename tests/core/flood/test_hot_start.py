"""A run that is stopped and started again from its state equals one that was not stopped."""

from dataclasses import replace

import numpy as np
import pytest

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.solver import simulate
from twin_plugin.core.flood.state import Start

SCHEMES = ("inertial", "shockcapturing")
STOP_S, END_S = 600.0, 1500.0


def hills(rows=40, columns=60):
    y, x = np.mgrid[:rows, :columns]
    return Grid((2 + np.sin(x / 7) + np.cos(y / 5) + 0.02 * x).astype(np.float32), 0.0, 0.0, 5.0, "EPSG:32650")


def storm(duration_s, **changes):
    cells = np.zeros((40, 60), bool)
    cells[10:12, 20:22] = True
    values = {
        "rain": ((5.0, 9.0), (10.0, 21.0), (15.0, 6.0)),
        "inflows": (Inflow(cells, (0.0, 500.0, 900.0), (0.2, 1.5, 0.1)),),
        "boundaries": {"south": Boundary(BoundaryKind.OPEN), "west": Boundary(BoundaryKind.LEVEL, 1.6)},
        "infiltration_mm_h": 5.0,
        "drain_mm_h": 10.0,
        "threads": 1,
    }
    return flood_setup(hills(), duration_s, 300.0, **values | changes)


def kept(setup):
    return replace(setup, output=replace(setup.output, keep_state=True))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_run_that_was_stopped_equals_one_that_was_not(scheme):
    whole = simulate(kept(storm(END_S, scheme=scheme)))
    first = simulate(kept(storm(STOP_S, scheme=scheme)))
    second = simulate(replace(kept(storm(END_S - STOP_S, scheme=scheme)), start=Start(first.state, goes_on=True)))
    assert second.notes == ()
    np.testing.assert_array_equal(second.depth_m, whole.depth_m)
    for name, values in whole.state.fields.items():
        np.testing.assert_array_equal(second.state.fields[name], values)
    assert second.state.time_s == whole.state.time_s == END_S
    assert first.summary.steps + second.summary.steps == whole.summary.steps
    for volume in ("rain_m3", "inflow_m3", "boundary_in_m3", "boundary_out_m3", "infiltration_m3", "drained_m3"):
        assert first.summary[volume] + second.summary[volume] == pytest.approx(whole.summary[volume], rel=1e-12)
    assert second.summary.initial_m3 == pytest.approx(first.summary.stored_m3, rel=1e-12)
    assert abs(second.summary.mass_error) < 1e-12
    np.testing.assert_array_equal(np.fmax(first.depth_max_m, second.depth_max_m), whole.depth_max_m)


def test_a_new_clock_gives_the_rain_from_its_beginning():
    first = simulate(kept(storm(STOP_S)))
    again = simulate(replace(storm(STOP_S), start=Start(first.state)))
    assert again.summary.rain_m3 == pytest.approx(first.summary.rain_m3, rel=1e-6)
    assert again.summary.inflow_m3 == pytest.approx(first.summary.inflow_m3, rel=1e-6)
    assert again.summary.start_clock_min == 0.0


def test_auto_goes_on_with_the_scheme_of_the_state():
    first = simulate(kept(storm(STOP_S, scheme="shockcapturing")))
    second = simulate(replace(storm(60.0, scheme="auto"), start=Start(first.state, goes_on=True)))
    assert second.summary.scheme == "shockcapturing"
    assert second.notes == ()


def test_another_scheme_takes_the_water_without_its_motion():
    first = simulate(kept(storm(STOP_S, scheme="shockcapturing")))
    second = simulate(replace(storm(60.0, scheme="inertial"), start=Start(first.state, goes_on=True)))
    assert "another SCHEME" in str(second.notes[0])
    assert second.summary.initial_m3 == pytest.approx(first.summary.stored_m3, rel=1e-12)


def test_other_ground_is_reported_and_walls_hold_no_water():
    first = simulate(kept(storm(STOP_S)))
    labels = np.zeros((40, 60), np.int32)
    labels[20:24, 20:30] = 1
    second = simulate(
        replace(storm(60.0, buildings=labels, buildings_as="wall"), start=Start(first.state, goes_on=True))
    )
    assert "others than in the run of the state" in str(second.notes[0])
    assert abs(second.summary.mass_error) < 1e-12
    assert second.summary.initial_m3 < first.summary.stored_m3


def test_a_state_of_other_cells_is_refused_with_both():
    first = simulate(kept(storm(60.0)))
    bed = hills()
    moved = replace(storm(60.0), surface=replace(storm(60.0).surface, bed=replace(bed, west=5.0)))
    with pytest.raises(InputError, match=r"40 x 60 of 5 m from 5\.000"):
        replace(moved, start=Start(first.state))


def test_what_a_run_has_no_input_for_is_named():
    first = simulate(kept(storm(60.0)))
    edges = {"south": Boundary(BoundaryKind.OPEN), "west": Boundary(BoundaryKind.LEVEL, 1.6)}
    dry = flood_setup(hills(), 60.0, threads=1, boundaries=edges)
    second = simulate(replace(dry, start=Start(first.state, goes_on=True)))
    assert "Inflows, Rain" in str(second.notes[0])
    assert simulate(replace(dry, start=Start(first.state))).notes == ()
