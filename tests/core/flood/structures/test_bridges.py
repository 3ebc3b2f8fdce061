"""Bridges over a channel, with the deck in the terrain and without it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows

FLOW_M3S = 20.0


def channel(deck):
    """A level channel 10 m wide between banks of 6 m, 120 m long; `deck`: it has a road of 4 m at 3.5 m across it."""
    heights = np.full((9, 60), 6.0, np.float32)
    heights[2:7] = 0.0
    if deck:
        heights[:, 29:31] = np.maximum(heights[:, 29:31], 3.5)
    return Grid(heights, 0.0, 18.0, 2.0)


def processes():
    source = np.zeros((9, 60), bool)
    source[2:7, 0:2] = True
    edge = Boundaries({"east": Boundary(BoundaryKind.LEVEL, 1.2)})
    return Inflows([Inflow(source, (0.0,), (FLOW_M3S,))]), edge


@pytest.fixture
def crossing(feature):
    """A function from the fields to a bridge across the channel."""

    def make(**fields):
        fields = {"deck_m": 3.5, "deck_width_m": 4.0, "width_m": 10.0} | fields
        return feature("bridge", "桥梁", [(60.0, 3.0), (60.0, 15.0)], **fields)

    return make


@pytest.mark.parametrize("deck", [False, True])
@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_steady_flow_below_a_bridge_has_the_loss_of_its_rating(run, crossing, deck, scheme):
    """D'Aubuisson: 20 = 0.9 b y sqrt(2 g dh) with b = 6 m behind the piers and y the level behind the bridge."""
    result, outcome = run([crossing(soffit_m=3.0, piers_m=4.0)], channel(deck), None, 1500, 100, scheme, processes())
    last = outcome.series[-1]
    assert last["flow_m3s"] == pytest.approx(FLOW_M3S, rel=0.01)  # from the left of the line to its right
    above, below = last["level_start_m"], last["level_end_m"]
    drop = (FLOW_M3S / (0.9 * 6.0 * below)) ** 2 / (2 * 9.81)
    assert above - below == pytest.approx(drop, rel=0.05)
    assert outcome.flows[0]["regime_at_max"] == "drowned"
    assert abs(result.summary.mass_error) < 1e-6


def test_a_low_bridge_is_under_pressure_and_water_runs_over_its_deck(run, crossing):
    result, outcome = run(
        [crossing(soffit_m=0.6, deck_m=1.8)], channel(False), None, 1500, 100, "inertial", processes()
    )
    last = outcome.series[-1]
    assert last["flow_m3s"] == pytest.approx(FLOW_M3S, rel=0.01)
    assert last["regime"] == "over the deck"
    above, below = last["level_start_m"], last["level_end_m"]
    under = min(0.5 * 6 * (2 * 9.81 * (above - 0.3)) ** 0.5, 0.8 * 6 * (2 * 9.81 * (above - below)) ** 0.5)
    assert under + 1.45 * 12 * (above - 1.8) ** 1.5 == pytest.approx(FLOW_M3S, rel=0.15)
    assert abs(result.summary.mass_error) < 1e-6


def test_wider_cells_of_the_first_look_have_the_channel_and_no_deck(plan, crossing):
    from twin_plugin.core.flood.look import coarser
    from twin_plugin.core.flood.setup import FloodSetup, RunOutput

    bed = channel(False)
    made = plan([crossing(soffit_m=3.0)], bed)
    assert made.surface.bed.values.max() == pytest.approx(8.5)
    wide = coarser(FloodSetup(made.surface, RunOutput(60.0), (made.structures,)), 3)
    plain = coarser(FloodSetup(plan([], bed).surface, RunOutput(60.0), ()), 3)
    np.testing.assert_allclose(wide.surface.bed.values, plain.surface.bed.values, atol=1e-5)
    assert wide.processes[0].links == []


def test_an_opening_wider_than_the_channel_is_told_and_counts_as_wide_as_that(plan, crossing):
    made = plan([crossing(soffit_m=3.0, width_m=10.5)], channel(False))
    assert not any("Bridges with less ground" in note for note in made.notes)
    made = plan([crossing(soffit_m=3.0, width_m=18.0, piers_m=0.0)], channel(False))
    assert any("Bridges with less ground" in note and "(bridge)" in note for note in made.notes)
    assert sum(passage.numbers[3] for passage in made.structures.links[0].passages) == pytest.approx(10.0)
