"""Structures in runs: two basins and what joins them."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.grid import Grid

WALL = ("wall", "wall", [(34.0, 0.0), (34.0, 32.0)])
ACROSS = [(30.0, 14.0), (38.0, 14.0)]


@pytest.fixture
def wall(feature):
    return feature(*WALL, height_m=5)


def test_two_tanks_empty_into_each_other_as_the_closed_form_says(run, feature, wall, tanks):
    """Drowned orifice: d(dh)/dt = -2 C a sqrt(2 g dh) / A, so that sqrt(dh) falls evenly: both levels meet at T."""
    bed, depth = tanks(1.5, 1.0)
    hole = feature("hole", "orifice", ACROSS, diameter_m=0.6, invert_m=0.0)
    area_m2, rate = 64 * 16.0, 0.6 * math.pi * 0.3**2 * math.sqrt(2 * 9.81)
    result, outcome = run([wall, hole], bed, depth, 900, 100)
    for row in outcome.series:
        root = max(math.sqrt(0.5) - rate * row["time_min"] * 60 / area_m2, 0.0)
        assert row["volume_m3"] == pytest.approx((0.5 - root**2) / 2 * area_m2, rel=0.02, abs=0.5)
        assert row["regime"] in ("drowned", "none")
    assert abs(result.summary.mass_error) < 1e-6


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_tanks_that_are_level_stay_so_and_do_not_swing(run, feature, wall, tanks, scheme):
    bed, depth = tanks(1.02, 1.0)
    pipe = feature("pipe", "culvert", ACROSS, diameter_m=1.0, inlet_invert_m=0.0, outlet_invert_m=0.0)
    result, outcome = run([wall, pipe], bed, depth, 600, 20, scheme)
    flows = [abs(row["flow_m3s"]) for row in outcome.series]
    assert max(flows) > 0.1
    assert max(flows[-10:]) < 1e-3 * max(flows)
    assert np.ptp(result.depth_m[:, [0, -1]]) < 1e-4
    assert outcome.flows[0]["back_m3"] < 0.1 * outcome.flows[0]["volume_m3"]


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_a_levee_keeps_a_lake_at_rest_on_both_sides(run, feature, tanks, scheme):
    bed, depth = tanks(1.0, 0.4)
    levee = feature("levee", "堤防", [(33.0, -3.0), (35.0, 35.0)], crest_m=2.0)  # oblique, over both edges
    result, _ = run([levee], bed, depth, 120, scheme=scheme)
    assert np.abs(result.depth_m - depth)[:, [0, 7, 9, 16]].max() < 1e-6
    assert result.speed_max_ms.max() < 1e-6


def test_no_structure_changes_no_bit(run, feature, tanks):
    """A layer without features, walls below the ground and a closed gate are as no structures at all."""
    bed, depth = tanks(0.5, 0.2)
    depth[:, 8] = 0.3
    plain, _ = run([], bed, depth, 60)
    low = feature("low", "wall", WALL[2], crest_m=-1.0)
    shut = feature("shut", "gate", ACROSS, width_m=2, opening_m=1, start_min=100)
    for features in ([low], [shut], [low, shut]):
        result, _ = run(features, bed, depth, 60)
        np.testing.assert_array_equal(result.depth_m, plain.depth_m)
        np.testing.assert_array_equal(result.depth_max_m, plain.depth_max_m)
        assert result.summary.stored_m3 == plain.summary.stored_m3


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_terrain_gives_turned_water(run, feature, turns):
    """Walls, a culvert and a weir on a rough terrain, turned by right angles."""
    rng = np.random.default_rng(5)
    heights = rng.uniform(0, 0.2, (18, 18)).astype(np.float32)
    depth = np.zeros((18, 18), np.float32)
    depth[:, :8] = 1.0

    def make(turn):
        def point(x, y):
            x, y = x - 18.0, y - 18.0
            for _ in range(turn):
                x, y = -y, x
            return x + 18.0, y + 18.0

        def line(*points):
            return [point(*p) for p in points]

        return [
            feature("w", "wall", line((17.1, -1.3), (16.3, 20.2), (18.7, 37.9)), height_m=3),
            feature("c", "culvert", line((13.1, 9.2), (23.2, 9.3)), diameter_m=0.7),
            feature("v", "weir", line((13.3, 25.1), (23.1, 25.3)), crest_m=0.5, width_m=5),
        ]

    one, first = run(make(0), Grid(heights, 0.0, 36.0, 2.0), depth, 60)
    turned = Grid(np.rot90(heights, turns).copy(), 0.0, 36.0, 2.0)
    two, second = run(make(turns), turned, np.rot90(depth, turns).copy(), 60)
    np.testing.assert_array_equal(np.rot90(one.depth_m, turns), two.depth_m)
    for a, b in zip(first.flows, second.flows, strict=True):
        assert a["volume_m3"] == pytest.approx(b["volume_m3"], rel=1e-12)
        assert a["volume_m3"] > 1.0


def test_a_pump_out_of_the_area_is_in_the_account_and_has_hysteresis(run, feature):
    bed = Grid(np.zeros((6, 6), np.float32), 0.0, 24.0, 4.0)
    depth = np.full((6, 6), 0.5, np.float32)
    pump = feature("p", "排涝泵站", [(10.0, 10.0)], capacity_m3s=0.5, on_level_m=0.4, off_level_m=0.2, start_min=1)
    result, outcome = run([pump], bed, depth, 1200, 60)
    row = outcome.flows[0]
    assert result.summary.pumped_out_m3 == pytest.approx(row["volume_m3"], rel=1e-12)
    assert row["flow_max_m3s"] == pytest.approx(0.5, rel=1e-6)
    assert outcome.series[0]["flow_m3s"] == outcome.series[1]["flow_m3s"] == 0.0  # it starts after a minute
    assert result.depth_m.mean() == pytest.approx(0.2, abs=0.01)
    assert row["running_min"] == pytest.approx(0.3 * 576 / 0.5 / 60, rel=0.05)
    assert abs(result.summary.mass_error) < 1e-6


def test_a_run_that_is_stopped_goes_on_to_the_last_bit(feature, plan, tanks, wall):
    """A pump with hysteresis and a culvert: 300 s at once, and 120 s and 180 s from the state."""
    from dataclasses import replace

    from twin_plugin.core.flood.schemes.scheme import Numerics
    from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
    from twin_plugin.core.flood.solver import simulate
    from twin_plugin.core.flood.state import Start

    bed, depth = tanks(1.0, 0.3)
    pipe = feature("pipe", "culvert", ACROSS, diameter_m=0.8, inlet_invert_m=0.0, outlet_invert_m=0.0)
    pump = feature("pump", "pump", [(50.0, 14.0), (6.0, 6.0)], capacity_m3s=0.4, on_level_m=0.45, off_level_m=0.35)
    made = plan([wall, pipe, pump], bed)

    def setup(duration_s):
        output = RunOutput(duration_s, 60.0, keep_state=True)
        return FloodSetup(
            made.surface, output, (made.structures,), InitialWater(depth), Numerics("inertial", threads=1)
        )

    whole = simulate(setup(300.0))
    first = simulate(setup(120.0))
    rest = simulate(replace(setup(180.0), initial=InitialWater(), start=Start(first.state, goes_on=True)))
    np.testing.assert_array_equal(whole.depth_m, rest.depth_m)
    kind = type(made.structures)
    for one, a, b in zip(*(r.outcomes[kind].flows for r in (whole, first, rest)), strict=True):
        assert one["volume_m3"] == pytest.approx(a["volume_m3"] + b["volume_m3"], rel=1e-12)
        assert one["volume_m3"] > 10


def test_flow_over_a_weir_in_a_wall_is_its_formula(run, feature, wall, tanks):
    """A wall with a low crest in it: water falls from one basin into the other, less as the first one sinks."""
    bed, depth = tanks(1.2, 0.0)
    weir = feature("v", "weir", ACROSS, crest_m=0.8, width_m=4.0)
    result, outcome = run([wall, weir], bed, depth, 300, 50)
    for row in outcome.series[1:]:
        head_m = row["level_start_m"] - 0.8
        assert row["flow_m3s"] == pytest.approx(1.7 * 4.0 * head_m**1.5, rel=0.02)
        assert row["regime"] == "free"
    assert outcome.flows[0]["limited_share"] == 0.0
    assert abs(result.summary.mass_error) < 1e-6


def test_a_barrier_gate_closes_when_the_water_rises(run, feature, wall, tanks):
    """From both sides: closed above 1.0 m, open again below 0.6 m; a flap lets nothing back."""
    bed, depth = tanks(0.3, 1.2)
    gate = feature("g", "gate", ACROSS, width_m=2, opening_m=1, open_level_m=0.6, close_level_m=1.0)
    flap = feature("f", "拍门", [(30.0, 22.0), (38.0, 22.0)], width_m=2, opening_m=1, one_way="是")
    _, outcome = run([wall, gate, flap], bed, depth, 60, 10)
    assert [row["volume_m3"] for row in outcome.flows] == [0.0, 0.0]
    assert {row["back_m3"] for row in outcome.flows} == {0.0}
    assert {row["regime"] for row in outcome.series[2:]} == {"closed"}


def test_a_culvert_that_is_drawn_the_other_way_passes_the_same(run, feature, wall, tanks):
    bed, depth = tanks(1.2, 0.6)
    fields = {"diameter_m": 0.8, "roughness": 0.02}
    one = feature("c", "culvert", ACROSS, inlet_invert_m=0.0, outlet_invert_m=0.0, **fields)
    two = feature("c", "culvert", ACROSS[::-1], inlet_invert_m=0.0, outlet_invert_m=0.0, **fields)
    (first, forth), (second, back) = (run([wall, pipe], bed, depth, 120) for pipe in (one, two))
    np.testing.assert_array_equal(first.depth_m, second.depth_m)
    assert forth.flows[0]["volume_m3"] == back.flows[0]["back_m3"] > 10
    assert forth.flows[0]["flow_max_m3s"] == back.flows[0]["flow_max_m3s"]


@pytest.mark.parametrize("kind", ["culvert", "orifice", "gate", "weir"])
def test_no_flow_changes_its_sign_from_step_to_step_while_a_basin_fills(feature, plan, wall, tanks, kind):
    """Every step is looked at, from the first until the flow has fallen to a fiftieth."""
    from twin_plugin.core.flood.schemes.scheme import Numerics
    from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
    from twin_plugin.core.flood.solver import Run

    fields = {
        "culvert": {"diameter_m": 1.0}, "orifice": {"diameter_m": 1.0}, "gate": {"width_m": 2, "opening_m": 0.5},
        "weir": {"crest_m": 0.1, "width_m": 4},
    }[kind]  # fmt: skip
    bed, depth = tanks(1.0, 0.2)
    made = plan([wall, feature("x", kind, ACROSS, **fields)], bed)
    setup = FloodSetup(made.surface, RunOutput(400, 400), (made.structures,), InitialWater(depth),
                       Numerics("inertial", threads=1))  # fmt: skip
    run, flows = Run(setup, lambda fraction, text: True, None), []
    process = run._started_by[type(made.structures)]
    settle = process._records.step

    def noted(end_s, dt_s, flow_m3s, *more):
        flows.append(float(flow_m3s[0]))
        settle(end_s, dt_s, flow_m3s, *more)

    process._records.step = noted
    run.run()
    flows = np.array(flows)
    filling = flows[: int(np.argmax(np.abs(flows) < flows.max() / 50)) or None]
    filling = filling[np.argmax(filling > flows.max() / 50) :]
    assert len(filling) > 50
    assert (filling > 0).all()
    assert np.abs(np.diff(filling)).max() < 0.35 * flows.max()
