"""What must hold for every flood run: water is conserved, directions do not matter, dry tiles and threads change no
bit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.clock import span
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes import tiles
from twin_plugin.core.flood.setup import FloodSetup
from twin_plugin.core.flood.solver import SCHEMES, simulate

OPEN = Boundary(BoundaryKind.OPEN)
BOTH = pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])
FIELDS = ("depth_max_m", "speed_max_ms", "product_max_m2s", "arrival_s", "wet_s", "depth_m")


def hills(rows: int = 60, columns: int = 70, seed: int = 1) -> np.ndarray:
    """An uneven terrain with blocks."""
    y, x = np.mgrid[0:rows, 0:columns]
    values = np.sin(x / 7.0) + np.cos(y / 5.0) + 0.02 * x + 0.01 * y
    generator = np.random.default_rng(seed)
    for row, column in generator.integers(5, min(rows, columns) - 12, (12, 2)):
        values[row : row + 5, column : column + 7] += 8
    return values.astype(np.float32)


def storm(heights: np.ndarray, **changes) -> FloodSetup:
    values = {"bed": Grid(heights, 0.0, 0.0, 2.0), "duration_s": 600, "output_step_s": 200, "rain": [(3, 12), (5, 20)]}
    return flood_setup(**{**values, **changes})


@BOTH
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"infiltration_mm_h": 25.0, "drain_mm_h": 30.0},
        {"boundaries": {"north": OPEN, "west": OPEN, "south": Boundary(BoundaryKind.LEVEL, 0.9)}},
        {"initial_level_m": 0.5},
        {"rain": [(10, 0.6)]},
    ],
    ids=["closed", "losses", "edges", "lake", "drizzle"],
)
def test_water_is_conserved(changes, scheme):
    summary = simulate(storm(hills(), scheme=scheme, **changes)).summary
    assert abs(summary.mass_error) < 1e-6
    assert abs(summary.error_m3) <= 1e-9 * (summary.initial_m3 + summary.rain_m3 + summary.boundary_in_m3)
    rain = (
        sum(depth for _, depth in storm(hills(), scheme=scheme, **changes).process(Rain).steps)
        / 1000
        * hills().size
        * 4
    )
    assert summary.rain_m3 == pytest.approx(rain, rel=1e-7)


@BOTH
def test_losses_are_split_and_bounded(scheme):
    summary = simulate(storm(hills(), scheme=scheme, infiltration_mm_h=10.0, drain_mm_h=30.0)).summary
    assert summary.drained_m3 == pytest.approx(3 * summary.infiltration_m3)
    assert 0 < summary.drained_m3 <= 0.030 / 6 * hills().size * 4


@BOTH
def test_depths_are_never_negative_and_cover_the_frames(scheme):
    depths = []
    result = simulate(storm(hills(), scheme=scheme), on_frame=lambda f: depths.append(f.depth_m.copy()))
    assert len(depths) == 4
    assert min(d.min() for d in depths) >= 0
    assert (result.depth_max_m >= np.max(depths, axis=0)).all()
    np.testing.assert_array_equal(result.depth_m, depths[-1])


TURNS = {
    "quarter": lambda a: np.rot90(a),
    "half": lambda a: np.rot90(a, 2),
    "mirrored": lambda a: a[:, ::-1],
    "upside down": lambda a: a[::-1],
    "transposed": lambda a: a.T,
}


@BOTH
@pytest.mark.parametrize("turn", TURNS)
def test_directions_do_not_matter(turn, scheme):
    move = TURNS[turn]
    source = np.zeros((60, 70), bool)
    source[30:33, 20:24] = True

    def result(change):
        inflow = Inflow(np.ascontiguousarray(change(source)), (0,), (0.8,))
        return simulate(storm(np.ascontiguousarray(change(hills())), inflows=[inflow], scheme=scheme))

    straight, turned = result(lambda a: a), result(move)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(turned, name), move(getattr(straight, name)))
    assert turned.summary.steps == straight.summary.steps


@BOTH
def test_a_shift_changes_no_bit(scheme):
    bed = hills()
    wide = np.full((bed.shape[0] + 5, bed.shape[1] + 9), np.nan, np.float32)
    wide[3:-2, 7:-2] = bed
    plain, shifted = simulate(storm(bed, scheme=scheme)), simulate(storm(wide, scheme=scheme))
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(plain, name), getattr(shifted, name)[3:-2, 7:-2])
        assert np.isnan(getattr(shifted, name)[0, 0])


@pytest.fixture
def small_tiles(monkeypatch):
    monkeypatch.setattr(tiles, "TILE_ROWS", 8)
    monkeypatch.setattr(tiles, "TILE_COLUMNS", 32)


@BOTH
@pytest.mark.usefixtures("small_tiles")
def test_skipping_dry_tiles_changes_no_bit(scheme):
    y, x = np.mgrid[0:200, 0:900]
    bed = (0.01 * np.abs(y - 100) + 0.002 * x + 0.3 * np.sin(x / 9.0)).astype(np.float32)
    source = np.zeros(bed.shape, bool)
    source[95:105, 400:404] = True
    inflow = Inflow(source, (0, 100, 200, 400), (0, 6, 6, 0))
    setup = flood_setup(Grid(bed, 0.0, 0.0, 2.0), 500, 100, inflows=[inflow], scheme=scheme, boundaries={"west": OPEN})
    some, everything = simulate(setup), simulate(replace(setup, numerics=replace(setup.numerics, skip_dry=False)))
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(some, name), getattr(everything, name))
    assert some.summary.skipped_share > 0.5
    assert everything.summary.skipped_share == 0
    assert some.summary.steps == everything.summary.steps
    assert some.summary.supercritical_share_peak == everything.summary.supercritical_share_peak
    assert abs(some.summary.mass_error) < 1e-6


@BOTH
@pytest.mark.usefixtures("small_tiles")
def test_skipping_with_losses_changes_no_bit(scheme):
    bed = hills(120, 700)
    source = np.zeros(bed.shape, bool)
    source[50:54, 300:304] = True
    setup = storm(bed, scheme=scheme, rain=(), inflows=[Inflow(source, (0, 60), (1, 0))], infiltration_mm_h=60.0)
    some, everything = simulate(setup), simulate(replace(setup, numerics=replace(setup.numerics, skip_dry=False)))
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(some, name), getattr(everything, name))
    assert some.summary.infiltration_m3 == pytest.approx(everything.summary.infiltration_m3, rel=1e-12)
    assert some.summary.skipped_share > 0.3


@BOTH
def test_threads_change_no_bit(scheme):
    bed = hills(200, 300)
    one, two = simulate(storm(bed, scheme=scheme, threads=1)), simulate(storm(bed, scheme=scheme, threads=2))
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    assert one.summary.rain_m3 == two.summary.rain_m3


@BOTH
def test_no_water_stays_dry(scheme):
    result = simulate(storm(hills(), scheme=scheme, rain=()))
    assert result.summary.peak_volume_m3 == 0
    assert result.summary.mass_error == 0
    assert not result.wet.any()
    assert (result.hazard() == 0).all()
    assert np.isnan(result.level_max_m()).all()


@BOTH
@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("rain", [(), ((30, 0.0), (40, 20.0), (90, 0.0))], ids=["none", "late"])
def test_time_without_water_in_any_tile(rain, scheme):
    """All tiles are left out before the rain begins; a flood without water is no error."""
    bed = Grid(np.linspace(0, 8, 100 * 300, dtype=np.float32).reshape(100, 300), 0.0, 0.0, 2.0)
    setup = flood_setup(bed, 3600, 600, rain=rain, scheme=scheme)
    result = simulate(setup)
    everything = simulate(replace(setup, numerics=replace(setup.numerics, skip_dry=False)))
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(result, name), getattr(everything, name))
    assert result.summary.rain_m3 == pytest.approx(sum(depth for _, depth in rain) / 1000 * 4 * 30_000)
    assert result.summary.skipped_share > (0.02 if rain else 0.9)
    assert np.nanmin(result.arrival_s, initial=np.inf) > 1800 - 1e-3 or not rain


@BOTH
def test_holes_in_the_data_are_walls(scheme):
    bed = hills()
    bed[20:30, 30:40] = np.nan
    result = simulate(storm(bed, scheme=scheme))
    assert result.summary.no_data_cells == 100
    assert result.summary.rain_m3 == pytest.approx(0.032 * (bed.size - 100) * 4)
    assert np.isnan(result.depth_m[20:30, 30:40]).all()
    assert (result.hazard()[20:30, 30:40] == 255).all()
    assert abs(result.summary.mass_error) < 1e-6


def test_arrival_and_time_under_water():
    bed = np.zeros((20, 20), np.float32)
    setup = flood_setup(Grid(bed, 0.0, 0.0, 5.0), 1200, 600, rain=[(20, 100.0)], max_step_s=2.0)
    result = simulate(setup)
    np.testing.assert_allclose(result.arrival_s, 600, atol=10)
    np.testing.assert_allclose(result.wet_s, 600, atol=10)
    np.testing.assert_allclose(result.depth_m, 0.1, rtol=1e-6)
    assert result.summary.peak_volume_m3 == pytest.approx(0.1 * 10_000)


@BOTH
def test_a_fixed_level_fills_to_it(scheme):
    setup = flood_setup(
        Grid(np.zeros((12, 40), np.float32), 0.0, 0.0, 5.0),
        3600,
        3600,
        boundaries={"east": Boundary(BoundaryKind.LEVEL, 0.8)},
        scheme=scheme,
    )
    result = simulate(setup)
    np.testing.assert_allclose(result.depth_m, 0.8, atol=0.01)
    assert result.summary.boundary_in_m3 - result.summary.boundary_out_m3 == pytest.approx(result.summary.stored_m3)


def test_speed_of_steps_keeps_to_the_wave():
    setup = flood_setup(Grid(np.zeros((20, 20), np.float32), 0.0, 0.0, 2.0), 60, 60, initial_level_m=1.0)
    summary = simulate(setup).summary
    assert summary.longest_step_s <= 0.6 * 2 / (9.80665 * 1.0) ** 0.5


@BOTH
def test_high_terrain_keeps_its_thin_water(scheme):
    """Levels of 3000 m must not cost the bits of millimetres."""
    low, high = (
        simulate(storm(hills(), scheme=scheme)),
        simulate(storm(hills().astype(np.float64) + 3000, scheme=scheme)),
    )
    np.testing.assert_allclose(high.depth_m, low.depth_m, atol=2e-3)


def test_levels_far_above_the_datum_are_right_to_the_millimetre():
    """Still water: float32 has steps of 0.5 mm at 8,000 m, so that a level may be rounded once."""
    bed = np.full((8, 8), 8000.0001) + np.where(np.arange(8) < 4, 0.0, 2.0)
    frames = []
    setup = flood_setup(Grid(bed, 0.0, 0.0, 2.0), 60, 60, initial_level_m=8000.6001)
    result = simulate(setup, on_frame=lambda frame: frames.append(frame.bed_m + frame.depth_m))
    assert result.level_max_m().dtype == np.float32
    np.testing.assert_allclose(result.level_max_m()[:, :4], 8000.6001, atol=3e-4)
    np.testing.assert_allclose(frames[-1][:, :4], 8000.6001, atol=1e-4)


@BOTH
def test_no_water_enters_over_an_open_edge(scheme):
    rows, columns = np.mgrid[0:12, 0:14]
    hill = 10 + 0.08 * columns + 0.02 * (rows - 6.0) ** 2  # steep enough for films that run faster than waves
    setup = flood_setup(
        Grid(hill.astype(np.float32), 0.0, 0.0, 1.0),
        900,
        900,
        scheme=scheme,
        rain=[(15, 30)],
        boundaries=dict.fromkeys(("north", "east", "south", "west"), OPEN),
    )
    summary = simulate(setup).summary
    assert summary.boundary_in_m3 == 0.0
    assert summary.boundary_out_m3 > 0.5 * summary.rain_m3


def test_water_leaves_an_open_edge_no_faster_than_it_comes():
    """Uniform flow down a plane of 1 %: the same speed in the last cell as before it."""
    bed = np.tile(np.arange(60, 0, -1, dtype=np.float32) * 0.05, (3, 1))
    source = np.zeros(bed.shape, bool)
    source[:, 0] = True
    setup = flood_setup(
        Grid(bed, 0.0, 0.0, 5.0), 1800, 1800, inflows=[Inflow(source, (0,), (15 * 0.5,))], boundaries={"east": OPEN}
    )
    speeds = []
    simulate(setup, on_frame=lambda f: speeds.append(f.velocity_east_ms.copy()))
    exact = 0.5 / (0.5 * 0.03 / 0.01**0.5) ** 0.6
    np.testing.assert_allclose(speeds[-1][:, 20:], exact, rtol=0.03)


@BOTH
@pytest.mark.parametrize(("slope", "fast"), [(0.04, True), (0.005, False)])
def test_cells_faster_than_a_wave_are_counted(slope, fast, scheme):
    """Uniform flow of 0.5 m²/s by Manning with n 0.02: 0.17 m at 3.0 m/s (Froude 2.4), 0.31 m at 1.6 m/s (0.92)."""
    bed = np.tile(np.arange(60, 0, -1, dtype=np.float32) * np.float32(5 * slope), (3, 1))
    source = np.zeros(bed.shape, bool)
    source[:, 0] = True
    inflow = Inflow(source, (0,), (15 * 0.5,))
    setup = flood_setup(
        Grid(bed, 0.0, 0.0, 5.0), 1800, 1800, 0.02, inflows=[inflow], scheme=scheme, boundaries={"east": OPEN}
    )
    share = simulate(setup).summary.supercritical_share
    assert share > 0.9 if fast else share < 0.1


def test_cancel_stops_within_a_second():
    calls = []

    def stop(fraction, text):
        calls.append((fraction, text))
        return len(calls) < 3

    with pytest.raises(Cancelled):
        simulate(storm(hills(400, 400), duration_s=360_000.0), progress=stop)
    assert calls[0][1] == "0 s of 100 h 00 min"
    assert calls[1][1].endswith("s steps")


def test_clock():
    assert [span(s) for s in (40, 720, 3900, 7200)] == ["40 s", "12 min", "1 h 05 min", "2 h 00 min"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"duration_s": 0}, "duration"),
        ({"rain": [(5, -1)]}, "negative"),
        # The record of 5 min is 491 (5/60)^0.452 = 160 mm.
        ({"rain": [(5, 165)]}, "millimetres"),
        ({"rain": [(10, 1), (5, 1)]}, "must rise"),
        ({"roughness": 0.0}, "Manning"),
        ({"infiltration_mm_h": -1}, "negative"),
        ({"wet_depth_m": 0}, "wet depth"),
        ({"boundaries": {"east": Boundary(BoundaryKind.LEVEL)}}, "east"),
        ({"inflows": [Inflow(np.zeros((60, 70), bool), (0,), (1,))]}, "outside"),
        ({"inflows": [Inflow(np.ones((60, 70), bool), (0, 0), (1, 1))]}, "rise"),
        ({"bed": Grid(np.full((4, 4), np.nan), 0, 0, 1)}, "no data"),
    ],
)
def test_what_cannot_be_simulated(changes, words):
    with pytest.raises(InputError, match=words):
        simulate(storm(hills(), **changes))


def test_schemes_are_registered_by_name():
    assert set(SCHEMES) == {"inertial", "shockcapturing"}


@BOTH
@pytest.mark.usefixtures("small_tiles")
def test_dry_ground_is_left_out_from_the_first_step(scheme):
    """Only the tiles around the source are visited at first, also where some water stands elsewhere."""
    bed = np.zeros((120, 700), np.float32)
    source = np.zeros(bed.shape, bool)
    source[50:54, 300:304] = True
    pond = np.zeros(bed.shape, np.float32)
    pond[100, 600] = 0.3
    setup = storm(bed, duration_s=20, output_step_s=20, scheme=scheme, rain=(), inflows=[Inflow(source, (0,), (1,))])
    for depth in (None, pond):
        wet = replace(setup, initial=replace(setup.initial, depth_m=depth))
        some, everything = simulate(wet), simulate(replace(wet, numerics=replace(wet.numerics, skip_dry=False)))
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(some, name), getattr(everything, name))
        assert some.summary.skipped_share > 0.8
