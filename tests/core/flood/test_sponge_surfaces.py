"""Sponge surfaces against days computed by hand: uptake limited by rate and room, outflow, overflow, capture ratio."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.roofs import Roofs
from twin_plugin.core.flood.roofs.runoff import Downpipe
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.sponge.capture import capture_figures, capture_pct
from twin_plugin.core.flood.sponge.kinds import kind_of, sponge_kinds
from twin_plugin.core.flood.sponge.surface import SpongeSurface
from twin_plugin.core.flood.sponge.surfaces import SpongeSurfaces
from twin_plugin.core.flood.state import Start

CELL_M = 2.0


def flat(rows: int = 6, columns: int = 8) -> Grid:
    return Grid(np.zeros((rows, columns), np.float32), 0.0, 0.0, CELL_M)


def everywhere(grid: Grid, **values) -> SpongeSurfaces:
    return SpongeSurfaces(np.ones(grid.values.shape, np.int32), (SpongeSurface(**values),))


def run(grid: Grid, surfaces: SpongeSurfaces, duration_s: float, **others):
    return simulate(flood_setup(grid, duration_s, 600, surfaces=surfaces, **others))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_day_computed_by_hand(scheme):
    """60 mm in an hour on a surface that takes 40 mm/h, holds 25 mm and drains 5 mm/h to the ground, 10 to drains.

    It fills by 40 - 15 = 25 mm/h: full after exactly an hour. Then 20 mm stand on it, and it takes 15 mm/h as long as
    they last: 80 min. The 25 mm that it holds leave in another 100 min; a third of the 60 mm reaches the ground.
    """
    grid = flat()
    surfaces = everywhere(
        grid, kind="permeable paving", storage_mm=25, rate_mm_h=40, seepage_mm_h=5, drain_mm_h=10, catchment_m2=96
    )
    area_m2 = grid.values.size * CELL_M**2
    result = run(grid, surfaces, 24 * 3600, rain=[(60, 60)], scheme=scheme)
    summary, volumes = result.summary, result.outcomes[SpongeSurfaces]
    assert summary.surfaces_m3 == pytest.approx(0.060 * area_m2, rel=1e-6)
    assert volumes.rain_m3[0] == pytest.approx(0.060 * area_m2, rel=1e-6)
    assert volumes.to_ground_m3[0] == pytest.approx(0.020 * area_m2, rel=1e-6)
    assert volumes.to_drains_m3[0] == pytest.approx(0.040 * area_m2, rel=1e-6)
    assert volumes.stored_m3[0] == pytest.approx(0.0, abs=1e-9)
    assert capture_figures(summary, volumes)["volume_capture_pct"] == pytest.approx(100 / 3, rel=1e-6)
    assert capture_pct(volumes)[0] == pytest.approx(100 / 3 * 192 / 288, rel=1e-6)
    assert volumes.full_s[0] == pytest.approx(3600, abs=11)
    assert abs(summary.system_error) < 1e-6


@pytest.mark.parametrize("minutes", [30, 60, 90, 140, 200])
def test_at_each_time_of_that_day_the_storage_is_the_one_computed(minutes):
    grid = flat()
    surfaces = everywhere(grid, kind="permeable paving", storage_mm=25, rate_mm_h=40, seepage_mm_h=5, drain_mm_h=10)
    result = run(grid, surfaces, minutes * 60, rain=[(60, 60)])
    stored_mm = {30: 12.5, 60: 25.0, 90: 25.0, 140: 25.0, 200: 10.0}[minutes]
    standing_mm = {30: 10.0, 60: 20.0, 90: 12.5, 140: 0.0, 200: 0.0}[minutes]
    area_m2 = grid.values.size * CELL_M**2
    assert 1000 * result.summary.surfaces_stored_m3 / area_m2 == pytest.approx(stored_mm, abs=1e-4)
    np.testing.assert_allclose(1000 * result.depth_m, standing_mm, atol=1e-4)


def test_what_has_no_room_stays_on_the_terrain_and_is_counted():
    grid = flat()
    surfaces = everywhere(grid, kind="swale", storage_mm=10, rate_mm_h=1e4, initial_fill=0.25)
    result = run(grid, surfaces, 3600, rain=[(30, 30)])
    np.testing.assert_allclose(result.depth_m, 0.0225, rtol=1e-6)
    assert result.summary.surfaces_stored_m3 == pytest.approx(0.010 * grid.values.size * 4, rel=1e-9)
    assert result.summary.surfaces_m3 == pytest.approx(0.0075 * grid.values.size * 4, rel=1e-9)
    assert result.outcomes[SpongeSurfaces].full_s[0] == pytest.approx(450, abs=11)


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_a_green_roof_holds_exactly_its_storage(how):
    grid = flat(20, 20)
    houses = np.zeros((20, 20), np.int32)
    houses[6:12, 7:13] = 1
    surfaces = SpongeSurfaces(houses.copy(), (SpongeSurface("green roof", 20.0, 1000.0),))
    result = run(grid, surfaces, 1800, rain=[(20, 50)], buildings=houses, buildings_as=how)
    assert result.summary.surfaces_stored_m3 == pytest.approx(0.020 * 36 * 4, rel=1e-9)
    assert result.summary.rain_m3 == pytest.approx(0.050 * 400 * 4, rel=1e-6)
    assert abs(result.summary.system_error) < 1e-6
    assert result.outcomes[SpongeSurfaces].rain_m3[0] == pytest.approx(0.050 * 36 * 4, rel=1e-6)


def test_a_tank_is_one_storage_that_its_cells_share():
    """Water stands in one half of the tank's cells only, and may fill it all."""
    tilted = Grid(np.tile([0.0, 0.0, 5.0, 5.0], (4, 1)).astype(np.float32), 0.0, 0.0, CELL_M)
    depth = np.zeros((4, 4), np.float32)
    depth[:, :2] = 0.5
    labels = np.ones((4, 4), np.int32)
    tank = SpongeSurfaces(labels, (SpongeSurface("tank", 200.0, 3600.0),))
    result = run(tilted, tank, 1200, initial_depth_m=depth)
    assert result.summary.surfaces_stored_m3 == pytest.approx(0.2 * 16 * 4, rel=1e-6)
    paving = SpongeSurfaces(labels, (SpongeSurface("permeable paving", 200.0, 3600.0),))
    result = run(tilted, paving, 1200, initial_depth_m=depth)
    assert result.summary.surfaces_stored_m3 == pytest.approx(0.2 * 8 * 4, rel=1e-6)


def test_storage_and_rates_are_those_of_the_polygon_and_not_of_its_cells():
    grid = flat()
    labels = np.zeros(grid.values.shape, np.int32)
    labels[2, 3] = 1
    one = SpongeSurfaces(labels, (SpongeSurface("tank", 100.0, 3600.0, area_m2=1.5),))
    assert run(grid, one, 3600, rain=[(30, 100)]).summary.surfaces_stored_m3 == pytest.approx(0.15, rel=1e-6)


def test_the_ground_below_takes_nothing_besides():
    grid = flat()
    dry = run(grid, everywhere(grid, kind="swale", storage_mm=5, rate_mm_h=100), 3600, rain=[(30, 30)],
              infiltration_mm_h=20.0)  # fmt: skip
    assert dry.summary.infiltration_m3 == 0.0


def test_turned_and_mirrored_surfaces_do_the_same():
    rng = np.random.default_rng(3)
    values = rng.random((12, 12)).astype(np.float32) * 0.2
    labels = (rng.random((12, 12)) < 0.3).astype(np.int32)
    surface = (SpongeSurface("bioretention", 15.0, 30.0, 5.0),)

    def depths(turn):
        grid = Grid(np.ascontiguousarray(turn(values)), 0.0, 0.0, CELL_M)
        return run(grid, SpongeSurfaces(np.ascontiguousarray(turn(labels)), surface), 900, rain=[(10, 20)]).depth_m

    straight = depths(lambda a: a)
    np.testing.assert_array_equal(depths(np.rot90), np.rot90(straight))
    np.testing.assert_array_equal(depths(np.fliplr), np.fliplr(straight))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_surfaces_that_take_nothing_change_no_bit(scheme):
    rng = np.random.default_rng(5)
    grid = Grid(rng.random((20, 24)).astype(np.float32), 0.0, 0.0, CELL_M)
    without = run(grid, SpongeSurfaces(), 900, rain=[(10, 20)], scheme=scheme)
    nothing = everywhere(grid, kind="swale", storage_mm=0.0, rate_mm_h=100.0)
    with_them = run(grid, nothing, 900, rain=[(10, 20)], scheme=scheme)
    np.testing.assert_array_equal(without.depth_m, with_them.depth_m)
    np.testing.assert_array_equal(without.depth_max_m, with_them.depth_max_m)


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_a_run_that_was_stopped_equals_one_that_was_not(how):
    grid = flat(20, 20)
    houses = np.zeros((20, 20), np.int32)
    houses[6:12, 7:13] = 1
    labels = np.where(houses > 0, 1, np.where(np.arange(20) < 5, 2, 0)).astype(np.int32)
    surfaces = SpongeSurfaces(
        labels, (SpongeSurface("green roof", 8.0, 500.0), SpongeSurface("swale", 10.0, 30.0, 4.0, 2.0))
    )

    def setup(duration_s):
        made = flood_setup(
            grid, duration_s, 300, surfaces=surfaces, roofs=Roofs(2.0, (Downpipe(1, 15, 3),)), rain=[(15, 30)],
            buildings=houses, buildings_as=how, threads=1,
        )  # fmt: skip
        return replace(made, output=replace(made.output, keep_state=True))

    whole, first = simulate(setup(1500)), simulate(setup(600))
    second = simulate(replace(setup(900), start=Start(first.state, goes_on=True)))
    np.testing.assert_array_equal(second.depth_m, whole.depth_m)
    assert second.summary.surfaces_stored_m3 == whole.summary.surfaces_stored_m3
    assert second.summary.roofs_stored_m3 == whole.summary.roofs_stored_m3
    taken_m3 = first.summary.surfaces_m3 + second.summary.surfaces_m3
    assert taken_m3 == pytest.approx(whole.summary.surfaces_m3, rel=1e-12)
    assert abs(second.summary.system_error) < 1e-6


def test_kinds_are_known_by_their_words_in_both_languages():
    assert kind_of("Green_Roof").name == kind_of("绿色屋顶").name == "green roof"
    assert kind_of("rain garden").name == kind_of("雨水花园").name == "bioretention"
    assert kind_of("cistern").vessel
    assert kind_of("lawn") is None
    assert kind_of(None) is None
    for kind in sponge_kinds().values():
        assert kind.depth_mm > 0
        assert 0 < kind.void_share <= 1
        assert len(kind.source) > 10


def test_wrong_numbers_are_refused():
    for values in ({"storage_mm": -1}, {"rate_mm_h": math.nan}, {"initial_fill": 1.1}, {"area_m2": 0.0}):
        with pytest.raises(InputError):
            SpongeSurface(**{"kind": "tank", "storage_mm": 1.0, "rate_mm_h": 1.0} | values)
    with pytest.raises(InputError, match="no kind"):
        SpongeSurface("lawn", 1.0, 1.0)
