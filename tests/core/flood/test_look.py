"""The scheme is chosen by what the water does in a first look, and the maps say where it ran fast or was held back."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import look, solver
from twin_plugin.core.flood.constants import FAST_SHARE
from twin_plugin.core.flood.ledger import Counts
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows
from twin_plugin.core.flood.solver import simulate

OPEN = Boundary(BoundaryKind.OPEN)


def street(slope: float, **options):
    """A plane, 20 x 60 cells of 5 m, with 0.5 m²/s from its upper end, n 0.02: Froude 2.4 at 4 %, 0.92 at 0.5 %."""
    bed = np.tile(np.arange(60, 0, -1, dtype=np.float32) * np.float32(5 * slope), (20, 1))
    source = np.zeros(bed.shape, bool)
    source[:, 0] = True
    inflow = Inflow(source, (0,), (100 * 0.5,))
    flowing = {"inflows": [inflow], "boundaries": {"east": OPEN}}
    return flood_setup(Grid(bed, 0, 100, 5.0), 300, 300, 0.02, **flowing, **options)


def normal_depth(slope: float) -> np.ndarray:
    """Depths of a street that has flowed for long: where water enters dry ground, its front is supercritical."""
    return np.full((20, 60), (0.5 * 0.02 / slope**0.5) ** 0.6)


def dam(duration_s: float, **options):
    """Water 4 m deep behind a dam that breaks over 900 m of dry ground, 20 x 100 cells of 10 m."""
    depth = np.zeros((20, 100), np.float32)
    depth[:, :10] = 4.0
    return flood_setup(Grid(np.zeros(depth.shape), 0, 200, 10.0), duration_s, initial_depth_m=depth, **options)


def storm(**options):
    """40 mm in an hour on ground that falls by 0.2 % to the middle."""
    y, x = np.mgrid[0:50, 0:60].astype(np.float32)
    bed = 0.004 * np.hypot(x - 30, y - 25)
    return flood_setup(Grid(bed, 0, 100, 2.0), 3600, rain=[(20, 20), (60, 20)], wet_depth_m=0.005, **options)


@pytest.mark.parametrize(("slope", "scheme"), [(0.04, "shockcapturing"), (0.003, "inertial")])
@pytest.mark.parametrize("cells", [2000, 400], ids=["as it is", "coarser"])
def test_fast_water_takes_the_shock_capturing_scheme(monkeypatch, slope, scheme, cells):
    monkeypatch.setattr(look, "CELLS", cells)
    flowing = {"initial_depth_m": normal_depth(slope)}
    summary = simulate(street(slope, scheme="auto", **flowing)).summary
    assert summary.scheme == scheme
    assert summary.scheme_asked == "auto"
    assert summary.look_cell_m == (5.0 if cells == 2000 else 10.0)
    assert (summary.look_supercritical_share > FAST_SHARE) == (scheme == "shockcapturing")
    asked = simulate(street(slope, scheme=scheme, **flowing)).summary
    assert asked.scheme_asked == scheme
    assert (asked.steps, asked.stored_m3) == (summary.steps, summary.stored_m3)


@pytest.mark.parametrize("duration_s", [60, 900])
def test_a_dam_that_breaks_is_seen_however_long_the_run(duration_s):
    """Its front is supercritical for about a minute, a few percent of the wet cells in the mean of a longer time."""
    summary = simulate(dam(duration_s, scheme="auto")).summary
    assert summary.scheme == "shockcapturing"
    assert summary.look_supercritical_extent_peak > FAST_SHARE
    assert (summary.look_supercritical_share > FAST_SHARE) == (duration_s == 60)


def test_a_gentle_storm_takes_the_local_inertial_scheme():
    summary = simulate(storm(scheme="auto")).summary
    assert summary.scheme == "inertial"
    assert summary.look_supercritical_extent_peak < FAST_SHARE
    assert summary.wet_area_m2 > 1000


def test_the_few_cells_that_are_wet_first_do_not_stand_for_the_flood():
    counts = Counts()
    for wet, fast in ((10, 9), (1000, 10)):
        counts.sample(wet, fast, 0)
    figures = counts.figures(2000, 1.0)
    assert figures["supercritical_share_peak"] == 0.9
    assert figures["supercritical_extent_peak"] == 0.01


def test_a_first_look_can_be_cancelled():
    with pytest.raises(Cancelled):
        simulate(street(0.04, scheme="auto"), progress=lambda fraction, text: False)


def test_wider_cells_keep_water_and_buildings():
    bed = np.arange(35, dtype=np.float32).reshape(5, 7)
    bed[0, 0] = np.nan
    buildings = np.zeros(bed.shape, np.int32)
    buildings[2:4, 2:5] = 7
    source = np.zeros(bed.shape, bool)
    source[2, 3] = source[4, 6] = True
    setup = flood_setup(
        Grid(bed, 10.0, 20.0, 2.0), 60, buildings=buildings, inflows=[Inflow(source, (0, 9), (1, 2))],
        roughness=np.full(bed.shape, 0.05), initial_depth_m=np.ones(bed.shape), boundaries={"east": OPEN},
    )  # fmt: skip
    wide = look.coarser(setup, 2)
    grid = wide.surface.bed
    assert (grid.rows, grid.columns, grid.cell_m, grid.west, grid.north) == (3, 4, 4.0, 10.0, 20.0)
    assert grid.values[0, 0] == pytest.approx((1 + 7 + 8) / 3)
    assert grid.values[2, 3] == 34
    assert wide.surface.roughness[1, 1] == pytest.approx(0.05)
    assert (wide.initial.depth_m == 1).all()
    inflow = wide.process(Inflows).inflows[0]
    assert inflow.flows_m3s == (1, 2)
    assert np.argwhere(inflow.cells).tolist() == [[1, 1], [2, 3]]
    assert wide.surface.buildings.tolist() == [[0, 0, 0, 0], [0, 0, 7, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_maps_of_fast_water(scheme):
    """Uniform flow by Manning has the Froude number 2.4."""
    result = simulate(street(0.04, scheme=scheme))
    fastest = float(np.median(result.froude_max[:, 20:]))
    # The front of the wave is faster where the scheme has no momentum.
    assert fastest == pytest.approx(2.4, rel=0.1) if scheme == "shockcapturing" else 2.3 < fastest < 4
    assert result.governing.sum() <= result.summary.steps
    assert result.governing.sum() > 0.8 * result.summary.steps
    column = int(result.summary.governing_x // 5)
    row = int((100 - result.summary.governing_y) // 5)
    assert result.governing[row, column] == result.governing.max()
    assert result.governing.max() / result.summary.steps == pytest.approx(result.summary.governing_share)


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_the_deepest_cell_of_a_pool_decides_the_steps(scheme):
    bed = np.zeros((12, 16), np.float32)
    bed[7, 3] = -1.0
    result = simulate(flood_setup(Grid(bed, 0, 24, 2.0), 60, 60, initial_level_m=1.0, scheme=scheme))
    assert result.governing[7, 3] > 0.9 * result.summary.steps
    assert (result.summary.governing_x, result.summary.governing_y) == (7.0, 9.0)
    assert result.froude_max.max() < 1e-3
    assert (result.limited == 0).all()


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_the_edge_of_a_roof_pays_out_all_it_holds(scheme, monkeypatch):
    """A film runs off a block so fast that a step would take more than there is: only there the limiter acts, in the
    first steps, which are long.
    """
    monkeypatch.setattr(solver, "LOOK_EVERY_STEPS", 1)
    bed = np.zeros((12, 20), np.float32)
    bed[3:9, 5:12] = 10.0
    result = simulate(flood_setup(Grid(bed, 0, 24, 2.0), 900, 300, rain=[(10, 30)], scheme=scheme, max_step_s=10.0))
    assert ((result.limited >= 0) & (result.limited <= 1)).all()
    ground = np.ones(bed.shape, bool)
    ground[2:10, 4:13] = False
    assert (result.limited[ground] == 0).all()
    assert result.limited[3:9, 5:12].max() > 0 or scheme == "shockcapturing"


def test_the_froude_cap_is_a_limit():
    result = simulate(street(0.04, froude_cap=1.0))
    assert np.median(result.limited[:, 20:]) > 0.5
    assert result.summary.capped_share > 0.5


@pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
def test_the_cell_that_makes_steps_collapse_is_named(scheme):
    """A pit of 60 m that a fault in the terrain left, full of water: a wave on it has sqrt(9.81 x 61) = 24 m/s."""
    bed = np.zeros((12, 16), np.float32)
    bed[7, 3] = -60.0
    summary = simulate(flood_setup(Grid(bed, 0, 24, 2.0), 60, 60, initial_level_m=1.0, scheme=scheme)).summary
    assert summary.fastest_wave_ms == pytest.approx((9.80665 * 61.0) ** 0.5, rel=0.02)
    assert (summary.fastest_wave_x, summary.fastest_wave_y) == (7.0, 9.0)


def test_progress_names_the_cell_of_short_steps(monkeypatch):
    monkeypatch.setattr(solver, "REPORT_S", -1.0)
    bed = np.zeros((12, 16), np.float32)
    bed[7, 3] = -60.0
    texts = []

    def progress(fraction, text):
        texts.append(text)
        return True

    simulate(flood_setup(Grid(bed, 0, 24, 2.0), 5, 5, initial_level_m=1.0), progress)
    assert texts[1].endswith("because of the cell at 7.0, 9.0")
