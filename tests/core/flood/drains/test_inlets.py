"""What inlets take: against SWMM's own inlets in street conduits, against hand computations and limits."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.flood.drains.inlets import Column, Openings
from twin_plugin.core.flood.drains.network import FOOT_M, GrateType, Inlet, InletKind

pytest.importorskip("swmm.toolkit")

FOOT3_M3 = FOOT_M**3
CROWN_M = 20.0 * FOOT_M
CROSS_SLOPE = 0.04
LINES = {
    "grate": ["X GRATE 2 2 P_BAR-50"],
    "vane": ["X GRATE 1.5 2 CURVED_VANE"],
    "curb": ["X CURB 5 0.5 HORIZONTAL"],
    "combination": ["X GRATE 2 2 P_BAR-50", "X CURB 4 0.5 HORIZONTAL"],
    "slotted": ["X SLOTTED 6 0.15"],
}
"""In feet, as EPA's example has them."""
INLETS = {
    "grate": Inlet(InletKind.GRATE, 2 * FOOT_M, 2 * FOOT_M),
    "vane": Inlet(InletKind.GRATE, 1.5 * FOOT_M, 2 * FOOT_M, grate=GrateType.CURVED_VANE),
    "curb": Inlet(InletKind.CURB, curb_length_m=5 * FOOT_M, opening_height_m=0.5 * FOOT_M),
    "combination": Inlet(
        InletKind.COMBINATION, 2 * FOOT_M, 2 * FOOT_M, curb_length_m=4 * FOOT_M, opening_height_m=0.5 * FOOT_M
    ),
    "slotted": Inlet(InletKind.SLOTTED, 6 * FOOT_M, 0.15 * FOOT_M),
}
PLACES = {"Street4": "J2", "Street5": "J11"}
"""Streets with one side and where their inlets lead: for two sides SWMM 5.2 counts inlets in sags by another street."""


@pytest.fixture
def swmm_takes(shared_data, tmp_path):
    """A function that gives, for an inlet in streets of EPA's example, rows of flow, depth, factor and capture."""

    def run(name: str, placement: str, depression: tuple[float, float]) -> list[tuple[float, ...]]:
        local = f"{depression[0]} {depression[1]}"
        usage = [f"{street} X {node} 1 0 0 {local} {placement}" for street, node in PLACES.items()]
        program = Path(__file__).parent / "swmm_streets.py"
        source = shared_data("drainage/test_inlet_drains.inp")
        arguments = [str(source), str(tmp_path), json.dumps(LINES[name]), json.dumps(usage)]
        done = subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=True)
        rows = json.loads(done.stdout.splitlines()[-1])
        return [
            (flow * FOOT3_M3, depth * FOOT_M, factor * FOOT_M ** (1 / 3), taken * FOOT3_M3)
            for _, flow, depth, factor, taken in rows
            if flow > 0.05 and taken > 1e-4
        ]

    return run


def opening(name: str, depression: tuple[float, float]) -> Openings:
    openings = Openings.of([INLETS[name]])
    row = openings.numbers[0]
    row[Column.CROSS_SLOPE] = CROSS_SLOPE
    row[Column.DEPRESSION], row[Column.DEPRESSED_WIDTH] = np.multiply(depression, FOOT_M)
    return openings


def approach(row, flow: float, factor: float) -> tuple[float, float]:
    """Spread and speed of a gutter flow by Izzard's equation, by halving; NaN within the gutter."""
    from twin_plugin.core.flood.drains.inlet_kernels import gutter

    inside = float(row[Column.DEPRESSED_WIDTH])
    low, high = inside, 100.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        share = gutter(row, middle)[1]
        low, high = (middle, high) if factor * (middle - inside) ** (8 / 3) < flow * (1.0 - share) else (low, middle)
    if inside and high < 1.001 * inside:
        return math.nan, math.nan
    spread = min(high, CROWN_M)
    area, share = gutter(row, spread)
    full = spread == CROWN_M
    return spread, (factor * CROWN_M ** (8 / 3) / (1.0 - share) if full else flow) / area


@pytest.mark.parametrize("depression", [(0.0, 0.0), (0.5, 2.0)], ids=["plain", "depressed"])
@pytest.mark.parametrize("name", INLETS)
def test_an_inlet_on_a_grade_takes_what_swmm_takes(name, depression, swmm_takes):
    from twin_plugin.core.flood.drains.inlet_kernels import grade_flow

    row, compared = opening(name, depression).numbers[0], 0
    for flow, _, factor, taken in swmm_takes(name, "ON_GRADE", depression):
        spread, speed = approach(row, flow, factor)
        if math.isnan(spread):
            continue
        assert min(grade_flow(row, spread, speed, flow), flow) == pytest.approx(taken, rel=0.01)
        compared += 1
    assert compared > 50


@pytest.mark.parametrize("depression", [(0.0, 0.0), (0.5, 2.0)], ids=["plain", "depressed"])
@pytest.mark.parametrize("name", INLETS)
def test_an_inlet_in_a_sag_takes_what_swmm_takes(name, depression, swmm_takes):
    from twin_plugin.core.flood.drains.inlet_kernels import sag_flow

    openings = opening(name, depression)
    row, compared = openings.numbers[0], 0
    for _, depth, _, taken in swmm_takes(name, "ON_SAG", depression):
        if jumps(row, depth):
            continue
        assert sag_flow(row, openings.depths_m, openings.flows_m3s, depth) == pytest.approx(taken, rel=0.01)
        compared += 1
    assert compared > 50


def jumps(row, depth_m: float) -> bool:
    """Whether SWMM takes a grate's orifice flow though that of the weir, which HEC-22 takes then, is smaller.

    SWMM compares the depth at the kerb with the one where both are equal, and computes them by the mean depth.
    """
    slope = CROSS_SLOPE + (row[Column.DEPRESSION] / row[Column.DEPRESSED_WIDTH] if row[Column.DEPRESSED_WIDTH] else 0.0)
    width = min(row[Column.GRATE_WIDTH], depth_m / slope)
    length = row[Column.GRATE_LENGTH]
    equal_m = 1.79 * length * width * row[Column.OPEN_SHARE] / (length + 2 * width) if length else 0.0
    return depth_m - 0.5 * width * slope < equal_m < depth_m


def taken_by(inlet: Inlet, depth_m: float, speed_ms: float = 0.0, blocked_share: float = 0.0) -> float:
    from twin_plugin.core.flood.drains.inlet_kernels import capture

    openings = Openings.of([inlet], blocked_share)
    return capture(openings.numbers[0], openings.depths_m, openings.flows_m3s, depth_m, speed_ms)


def test_weir_and_orifice_by_hand():
    """A manhole of 0.5 m², 3.0 sqrt(0.3048) = 1.6563: a perimeter of 2.5066 m in 0.05 m; 0.67 of the area in 1 m."""
    cover = Inlet(area_m2=0.5)
    assert taken_by(cover, 0.05) == pytest.approx(1.6563 * 2.5066 * 0.05**1.5, rel=1e-4)
    assert taken_by(cover, 1.0) == pytest.approx(0.67 * 0.5 * math.sqrt(2 * 9.80665), rel=1e-6)


def test_a_table_is_followed_and_kept_at_its_end():
    inlet = Inlet(InletKind.TABLE, table=((0.0, 0.0), (0.1, 0.02), (0.2, 0.05)))
    assert [taken_by(inlet, depth) for depth in (0.05, 0.15, 0.5)] == pytest.approx([0.01, 0.035, 0.05])


def test_number_blocked_share_and_limit_count():
    one = taken_by(INLETS["grate"], 0.1)
    assert taken_by(Inlet(InletKind.GRATE, 2 * FOOT_M, 2 * FOOT_M, count=3), 0.1) == pytest.approx(3 * one)
    half = Inlet(InletKind.GRATE, 2 * FOOT_M, 2 * FOOT_M, blocked_share=0.5)
    assert taken_by(half, 0.1, blocked_share=0.2) == pytest.approx(0.4 * one)
    assert taken_by(half, 0.1, blocked_share=1.0) == 0.0
    limited = Inlet(InletKind.GRATE, 2 * FOOT_M, 2 * FOOT_M, most_m3s=0.01)
    assert taken_by(limited, 0.1) == pytest.approx(0.01)


@pytest.mark.parametrize("name", INLETS)
def test_no_water_gives_nothing_and_deeper_water_no_less(name):
    assert taken_by(INLETS[name], 0.0) == 0.0
    depths = np.linspace(0.001, 1.5, 400)
    flows = [taken_by(INLETS[name], depth) for depth in depths]
    assert (np.diff(flows) > -0.02 * np.array(flows[1:])).all()
    assert min(flows) > 0


def test_still_water_on_a_grade_is_taken_as_in_a_sag_and_fast_water_less():
    on_grade = Inlet(InletKind.GRATE, 0.6, 0.6, on_grade=True, cross_slope=0.02)
    assert taken_by(on_grade, 0.05, 1e-6) == pytest.approx(
        taken_by(Inlet(InletKind.GRATE, 0.6, 0.6, cross_slope=0.02), 0.05)
    )
    assert taken_by(on_grade, 0.05, 0.7) < taken_by(on_grade, 0.05, 0.0)
