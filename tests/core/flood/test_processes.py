"""The seam of processes: each says what it reads and accounts for, and the water account follows from that."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.ledger import Ledger
from twin_plugin.core.flood.process import Role
from twin_plugin.core.flood.processes import PROCESSES
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.surface import Surface

FLAT = Grid(np.zeros((12, 16), np.float32), 0.0, 0.0, 2.0)
OLD_KEYS = ("rain_m3", "inflow_m3", "boundary_in_m3", "boundary_out_m3", "infiltration_m3", "drained_m3", "rain_mm",
            "infiltration_mm_h", "drain_capacity_mm_h", "boundaries", "levels_m")  # fmt: skip


@pytest.mark.parametrize("kind", PROCESSES)
def test_a_process_describes_its_fields_and_its_source(kind):
    assert kind.FIELDS
    assert len(kind.SOURCE) > 20
    for item in kind.FIELDS:
        assert item.name == item.name.lower()
        assert item.meaning
        if item.role is Role.READS:
            continue
        assert item.unit == "m³"
        assert item.name.endswith("_m3")


@pytest.mark.parametrize("kind", PROCESSES)
def test_what_a_process_shows_of_its_settings_is_in_its_table(kind):
    names = {item.name for item in kind.FIELDS if item.role is Role.READS}
    assert set(kind().settings()) <= names


def test_every_volume_and_setting_is_in_the_summary_also_where_a_process_does_nothing():
    summary = simulate(flood_setup(FLAT, 60, 60)).summary
    for kind in PROCESSES:
        assert {item.name for item in kind.FIELDS if item.role is not Role.READS} <= set(summary)
    assert set(OLD_KEYS) <= set(summary)
    assert summary["boundaries"] == dict.fromkeys(("north", "east", "south", "west"), "closed")


def test_the_order_in_which_processes_are_given_changes_no_bit():
    source = np.zeros((12, 16), bool)
    source[4, 5] = True
    edges = Boundaries({"east": Boundary(BoundaryKind.OPEN)})
    parts = (Rain([(5, 20)]), Inflows([Inflow(source, (0,), (0.1,))]), edges)
    setup = flood_setup(FLAT, 300, 300)
    results = [
        simulate(type(setup)(setup.surface, setup.output, some, setup.initial, setup.numerics))
        for some in (parts, parts[::-1])
    ]
    np.testing.assert_array_equal(results[0].depth_m, results[1].depth_m)
    assert results[0].summary.error_m3 == results[1].summary.error_m3


def test_the_account_is_what_was_given_minus_what_was_taken():
    ledger = Ledger(("rain_m3",), ("out_m3", "ground_m3", "drains_m3"))
    ledger.initial_m3, ledger.added["rain_m3"], ledger.taken["out_m3"] = 5.0, 10.0, 2.0
    ledger.book_losses({"ground_m3": 1.0, "drains_m3": 3.0}, 4.0)
    assert ledger.taken == {"out_m3": 2.0, "ground_m3": 1.0, "drains_m3": 3.0}
    assert ledger.expected_m3 == 9.0
    ledger.stored_m3 = 9.5
    assert ledger.relative_error == 0.5 / 15.0
    assert set(ledger.figures()) >= {"initial_m3", "rain_m3", "out_m3", "stored_m3", "error_m3", "mass_error"}


def test_parts_are_checked_when_they_are_created():
    with pytest.raises(InputError, match="negative"):
        Rain([(5, -1)])
    with pytest.raises(InputError, match="has a level but no height"):
        Boundaries({"east": Boundary(BoundaryKind.LEVEL)})
    with pytest.raises(InputError, match="rise"):
        Inflows([Inflow(np.ones((2, 2), bool), (0, 0), (1, 1))])


def test_a_run_has_each_process_once():
    with pytest.raises(TypeError, match="once"):
        FloodSetup(Surface(FLAT), RunOutput(60), (Rain([(5, 1)]), Rain([(5, 2)])))


def test_the_table_of_schemes_cannot_be_changed():
    assert SCHEMES["inertial"].__name__ == "LocalInertial"
    with pytest.raises(TypeError):
        SCHEMES["other"] = None


@pytest.mark.parametrize(
    ("kind", "level_m", "word"),
    [
        (BoundaryKind.LEVEL, 14.0, None),
        (BoundaryKind.LEVEL, 990.0, "990 m above the lowest ground"),
        (BoundaryKind.LEVEL, -30.0, "-30 m in the east lies 30 m below the lowest ground"),
        (BoundaryKind.OPEN, 2.0, "LEVEL_EAST_M has no effect, since the east boundary is open"),
        (BoundaryKind.OPEN, np.nan, None),
    ],
)
def test_levels_without_effect_or_far_above_the_ground_are_reported(kind, level_m, word):
    values = np.full((12, 16), 500.0, np.float32)
    values[3, -1] = np.nan
    values[4:, -1] = 0.0
    edges = Boundaries({"east": Boundary(kind, level_m), "west": Boundary(BoundaryKind.OPEN)})
    for columns in (values, np.pad(values, ((0, 0), (0, 2)), constant_values=np.nan)):  # the sea beyond has no data
        texts = list(edges.warnings(Surface(Grid(columns, 0.0, 0.0, 2.0))))
        assert [word in text for text in texts] == ([True] if word else [])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_account_of_each_frame_closes_and_its_parts_add_up(scheme):
    """Rain, two inflows and four different edges: every frame's volumes are complete, and the last are SUMMARY's."""
    source = np.zeros((2, 12, 16), bool)
    source[0, 4, 5] = source[1, 8, 9] = True
    sides = {
        "north": Boundary(BoundaryKind.OPEN), "east": Boundary(BoundaryKind.LEVEL, 0.1),
        "south": Boundary(BoundaryKind.OPEN),
    }  # fmt: skip
    inflows = Inflows([Inflow(source[0], (0,), (0.1,)), Inflow(source[1], (0,), (0.02,))])
    processes = (Rain([(5, 20)]), inflows, Boundaries(sides))
    setup = flood_setup(FLAT, 300, 100)
    setup = type(setup)(setup.surface, setup.output, processes, setup.initial, Numerics(scheme))
    accounts = []
    summary = simulate(setup, on_frame=lambda frame: accounts.append((frame.time_s, frame.account_m3))).summary
    assert [time_s for time_s, _ in accounts] == [0, 100, 200, 300]
    for _, account in accounts:
        for name in ("inflow", "boundary_in", "boundary_out"):
            parts = [v for key, v in account.items() if key.startswith(f"{name}_") and key != f"{name}_m3"]
            assert sum(parts) == pytest.approx(account[f"{name}_m3"], rel=1e-12)
        added = account["initial_m3"] + account["rain_m3"] + account["inflow_m3"] + account["boundary_in_m3"]
        assert abs(added - account["boundary_out_m3"] - account["stored_m3"]) <= 1e-6 * max(added, 1)
    last = accounts[-1][1]
    assert {name: last[name] for name in last if name in summary} == {
        name: summary[name] for name in last if name in summary
    }
    assert last["inflow_1_m3"] == pytest.approx(30.0, rel=1e-6)
    assert last["inflow_2_m3"] == pytest.approx(6.0, rel=1e-6)
    assert last["boundary_in_east_m3"] == last["boundary_in_m3"] > 0
    assert last["boundary_out_north_m3"] > 0
    assert last["boundary_out_west_m3"] == 0.0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("side", ["north", "east", "south", "west"])
def test_water_is_accounted_for_at_the_edge_over_which_it_leaves(side, scheme):
    """A plane that falls towards one edge, with all four open: nearly all of its water leaves there."""
    y, x = np.mgrid[0:20, 0:20].astype(np.float32)
    height = {"north": y, "south": 19 - y, "west": x, "east": 19 - x}[side]
    bed = Grid((0.02 * height).astype(np.float32), 0.0, 0.0, 2.0)
    edges = Boundaries(dict.fromkeys(("north", "east", "south", "west"), Boundary(BoundaryKind.OPEN)))
    setup = flood_setup(bed, 1200, 1200)
    setup = type(setup)(setup.surface, setup.output, (Rain([(5, 30)]), edges), setup.initial, Numerics(scheme))
    accounts = []
    simulate(setup, on_frame=lambda frame: accounts.append(frame.account_m3))
    out = {name: accounts[-1][f"boundary_out_{name}_m3"] for name in ("north", "east", "south", "west")}
    assert max(out, key=out.get) == side
    assert out[side] > 0.6 * sum(out.values()) > 0
